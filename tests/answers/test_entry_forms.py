"""The fixed form of exhibits and filings, as a file tells them: texts, lists and keys."""

import copy
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkdocs import _yaml
from nkdocs._forms import Form, FormError
from nkdocs._resources import shipped
from nkdocs.answers import entries
from nkdocs.answers.entries import Exhibit, Filing

CASES = sorted(shipped("answers").rglob("answers.yaml"))
DIRTY = st.sampled_from(["a", " a\u200b", "\x07", "a\nb", "e\u0301", "\u202eB", "1", "0", ""])
FILED = st.fixed_dictionaries({}, optional={"filing": DIRTY, "tab": DIRTY, "page": DIRTY})
BOX = st.lists(st.sampled_from(["1", "72.5", "-3", "x", "1e3", "", "\x07"]), min_size=3, max_size=5)
SPOT = st.fixed_dictionaries({"page": DIRTY}, optional={"text": DIRTY, "box": BOX, "tab": DIRTY})
#: What a file may hold in any place: what is right somewhere, what is nearly right, what is not.
TOLD = st.one_of(
    st.sampled_from(["", "a", "a-1", "A", "yes", "no", "true", "1", "0", "null", "None", "1-6, 9",
                     "6-1", "-3", "3.0", "1e3", " 3 ", "\u0663", "court", "a\n", "a\u200b", "\x00",
                     "English", "9" * 30, "mail"]),
    st.lists(st.sampled_from(["court", "opla", "a", "1", "", "x"]), max_size=5),
    FILED, SPOT, st.lists(SPOT, max_size=2), st.lists(st.one_of(SPOT, FILED, DIRTY), max_size=2),
    st.lists(st.sampled_from(["1", "2.5", "-3", "nan", "1e3", "", " 4 ", "x"]), max_size=5),
    st.text(max_size=8),
)  # fmt: skip


def outcome(read: Callable[[object], object], told: object) -> object:
    """What is made of it; all that is wrong with it where it is refused."""
    try:
        return read(told)
    except FormError as error:
        return error.wrongs


def agree(form: type[Form], told: object) -> bool:
    """Whether the quick way, with pydantic for what it does not take, does as pydantic alone."""
    alone = vars(Form)["checked"].__func__
    return outcome(form.checked, told) == outcome(partial(alone, form), told)


@pytest.mark.parametrize("form", [Exhibit, Filing, entries.Spot, entries.AlreadyFiled])
def test_quick_reading_agrees_with_the_full_one(form: type[Form]) -> None:
    """What it takes pydantic takes too, and makes the same of it; it takes what ships."""
    sound: dict[type[Form], dict[str, Any]] = {
        Exhibit: {"id": "a", "title": "A", "file": "a.pdf"},
        Filing: {"id": "a", "recipient": "eoir-boston"},
        entries.Spot: {"page": "1", "text": "a"},
        entries.AlreadyFiled: {"filing": "a"},
    }

    @given(st.dictionaries(st.sampled_from([*form.__struct_fields__, "strange"]), TOLD, max_size=3))
    def check(more: dict[str, object]) -> None:
        assert agree(form, {**sound[form], **more})

    check()
    strange: list[object] = ["", [], "a", {}, None, {"id": "a"}]
    assert all(agree(form, told) for told in strange)


def test_shipped_entries_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No form of pydantic is prepared for a case that is written rightly."""
    monkeypatch.setattr(Form, "checked", lambda told: pytest.fail(str(told)))
    found = [_yaml.load(case.read_text("utf-8")).data for case in CASES]

    read = [Exhibit.checked(one) for data in found for one in data.get("exhibits", [])]
    rich = {"id": "rich", "title": "Rich", "file": "a.pdf", "pages": ["1", "2"], "key_pages": "1",
            "already_filed": {"filing": "evidence", "tab": "B", "page": "12"},
            "redact": [{"page": "1", "box": ["72", "72.5", "90", "90"]}],
            "marks": [{"page": "2", "text": "so"}], "identity_only": "true"}  # fmt: skip
    whole = Exhibit.checked(rich)
    led = [Filing.checked(one) for data in found for one in data.get("filings", [])]

    assert len(read) > len(CASES)
    assert len(led) > len(CASES)
    assert whole.already_filed == entries.AlreadyFiled(filing="evidence", tab="B", page=12)
    assert whole.redact == (entries.Spot(page=1, box=(72, 72.5, 90, 90)),)
    assert (whole.pages, whole.key_pages, whole.identity_only) == ((1, 2), (1,), True)


def test_schema_lets_an_editor_take_what_the_file_may_hold() -> None:
    """`yes`, `1-6, 9` and a bare year are right; an unknown key, and no id, are not."""
    made = entries.schemas()

    assert made["exhibits"]["$ref"] == "#/$defs/Exhibit"
    form = made["exhibits"]["$defs"]["Exhibit"]  # type: ignore[index]
    told = form["properties"]
    assert form["additionalProperties"] is False
    assert form["required"] == ["id"]
    assert told["id"] == {"type": ["string", "integer"], "pattern": "^[a-z0-9][a-z0-9-]*$"}
    listed = made["filings"]["$defs"]["Filing"]["properties"]["exhibits"]  # type: ignore[index]
    assert "number" in listed["items"]["type"]
    assert told["pages"]["type"] == ["array", "string", "integer"]
    assert told["country_conditions"]["type"] == ["boolean", "string"]
    assert "number" in told["date"]["type"]
    assert "\n    " not in form["description"]


def test_text_of_a_part_is_cleaned_and_refused_as_any_other() -> None:
    """A tab in another filing is printed in the index, too (TRUST.md R1)."""
    sound = {"id": "a", "title": "A", "file": "a.pdf"}

    clean = Exhibit.checked({**sound, "already_filed": {"filing": "b", "tab": " B\u200b"}})
    with pytest.raises(FormError) as told:
        Exhibit.checked({**sound, "already_filed": {"filing": "b", "tab": "\u202eB"}})

    assert clean.already_filed is not None
    assert clean.already_filed.tab == "B"
    assert told.value.wrongs[0].place == ("already_filed", "tab")
    assert "U+202E" in told.value.wrongs[0].said
    assert copy.copy(told.value).wrongs == told.value.wrongs


@pytest.mark.parametrize("pages", ["1-9999999999", "1-99999999999999999999999", "12345678"])
def test_slip_in_pages_fills_no_memory(pages: str) -> None:
    """It is a fault as any other."""
    with pytest.raises(FormError, match="so many pages"):
        Exhibit.checked({"id": "a", "title": "A", "file": "a.pdf", "pages": pages})
