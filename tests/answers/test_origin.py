"""Where an answer comes from, for papers that stay in the office."""

import pytest

from nkdocs.answers.origin import Origins
from nkdocs.errors import TemplateError
from tests.documents.letters import answers

TEXT = """
respondents:
- {id: seo, lead: yes, born: 1986, ethnic_group: "was told by my aunt: Korean",
   marital: does not know}
events:
- {id: arrest, told: They came., when: 2006}
transit: []
_about:
  respondents.seo.born: {source: document, exhibit: id-card, confirmed_on: 2026-11-02, note: solar}
  respondents.seo.ethnic_group: {source: counsel_notes}
  events.arrest: {source: client, confirmed_on: 2026-11-17}
  respondents.seo.marital: torn
"""


def origin(where: str, name: str = "", audience: str | None = None) -> str:
    """Return where an answer of TEXT comes from."""
    told = answers(TEXT, audience)
    view: object = told.client if where == "client" else told.root.lookup(where)
    if where == "events":
        view = told.value(("events", 0))
    return Origins(told).origin(view, name)


@pytest.mark.parametrize(
    ("where", "name", "said"),
    [
        ("client", "born", ("respondents.seo.born; from a document; exhibit id-card; "
         "confirmed 2026-11-02; note: solar")),
        ("client", "ethnic_group", ("respondents.seo.ethnic_group; told by my aunt; "
         "from counsel's notes, not confirmed by the client")),
        ("client", "marital", "respondents.seo.marital"),
        ("client", "religion", "open: asked by respondents.seo.religion"),
        ("client", "", "respondents.seo; ethnic_group: told by my aunt"),
        ("events", "told", "events.arrest.told; from the client; confirmed 2026-11-17"),
        ("events", "", "events.arrest; from the client; confirmed 2026-11-17"),
        ("transit", "", "transit"),
        ("family", "", "open: asked by family"),
    ],
)  # fmt: skip
def test_origin_names_path_teller_and_note(where: str, name: str, said: str) -> None:
    """An open answer names its question; a note of an item counts for its parts."""
    assert origin(where, name) == said


@pytest.mark.parametrize("audience", ["client", "court", "opla"])
def test_paper_that_leaves_the_office_has_no_origins(audience: str) -> None:
    """Sources and notes are the office's own."""
    with pytest.raises(TemplateError, match="leaves the office"):
        origin("client", "born", audience)


def test_text_has_no_origin() -> None:
    """A template that asks for one is wrong."""
    with pytest.raises(TemplateError, match="no answers"):
        Origins(answers(TEXT)).origin("born")


@pytest.mark.parametrize(
    ("text", "none"),
    [("", False), ("transit: []", True), ("transit: [{id: a}]", False), ("transit:", False)],
)
def test_list_said_to_be_empty_is_none(text: str, none: bool) -> None:  # noqa: FBT001
    """A template can print 'None' where somebody answered so, and a blank where nobody did."""
    assert answers(text).value(("transit", "none")) is none


def test_list_that_is_not_asked_is_not_none() -> None:
    """Nobody answered it."""
    told = answers("china: {lived: no, children: []}")

    assert told.value(("china", "children", "none")) is False
