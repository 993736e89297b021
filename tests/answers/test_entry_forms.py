"""The fixed form of exhibits and filings, as a file tells them: texts, lists and keys."""

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
#: What a file may hold in any place: what is right somewhere, what is nearly right, what is not.
TOLD = st.one_of(
    st.sampled_from(["", "a", "a-1", "A", "yes", "no", "true", "1", "0", "null", "None", "1-6, 9",
                     "6-1", "-3", "3.0", "1e3", " 3 ", "\u0663", "court", "a\n", "a\u200b", "\x00",
                     "English", "9" * 30, "mail"]),
    st.lists(st.sampled_from(["court", "opla", "a", "1", "", "x"]), max_size=5),
    st.just({"filing": "one", "page": "2"}), st.just({"page": "1", "text": "a"}),
    st.just([{"page": "1", "text": "a"}]), st.just([{"page": "0", "box": ["1", "2", "3", "4"]}]),
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
    led = [Filing.checked(one) for data in found for one in data.get("filings", [])]

    assert len(read) > len(CASES)
    assert len(led) > len(CASES)


def test_schema_lets_an_editor_take_what_the_file_may_hold() -> None:
    """`yes`, `1-6, 9` and a bare year are right; an unknown key, and no id, are not."""
    made = entries.schemas()

    assert made["exhibits"]["$ref"] == "#/$defs/Exhibit"
    form = made["exhibits"]["$defs"]["Exhibit"]  # type: ignore[index]
    told = form["properties"]
    assert form["additionalProperties"] is False
    assert form["required"] == ["id"]
    assert told["id"] == {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}
    assert told["pages"]["type"] == ["array", "string", "integer"]
    assert told["country_conditions"]["type"] == ["boolean", "string"]
    assert "number" in told["date"]["type"]
    assert "\n    " not in form["description"]
