"""Home, work, and other people's status in what DHS reads."""

import pytest

from tests.checks.cases import (
    DECLARATION,
    PD,
    case,
    findings,
    found,
    the,
    told,
    with_exhibit,
    with_paper,
)

PEOPLE = """respondents:
- id: seo
  lead: yes
  address: 12 West Elder Street, Fairmont, NY 00010
  employer: Harbor Linen Company
people:
- {id: ruth, name: Ruth Halloran, role: supporter, immigration_status: lawful permanent resident,
   address: "9 Maple Row, Fairmont, NY 00010"}
- {id: cho, name: Cho Eun-sil, role: interpreter, address: "5 Quarry Lane, Fairmont, NY 00010"}
pd:
"""
EXHIBITS = """exhibits:
- {id: letter, title: Letter, file: a.pdf, audience: [court, opla]}
- {id: court, title: Court only, file: b.pdf, audience: [court]}
"""


def says(text: str, *, more: str = "") -> str:
    """Return answers of a request that says *text*."""
    return f'{PEOPLE}  theory: "{text}"\n{more}'


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("She lives at 12 West Elder St., with her son.", "respondents.seo.address"),
        ("She works for Harbor Linen.", "respondents.seo.employer"),
        ("Ruth Halloran, a lawful permanent resident, wrote.", "people.ruth.immigration_status"),
        ("Her friend lives at 9 Maple Row.", "people.ruth.address"),
    ],
)
def test_letter_tells_what_is_not_for_dhs(text: str, path: str) -> None:
    """The finding names the answer and never what it says."""
    finding = the(found(says(text), "L218", PD))

    assert told(finding) == ("WARN", "draft", "ack", 12)
    assert path in finding.message
    assert not [w for w in ("Elder", "Harbor", "permanent", "Maple") if w in finding.message]


@pytest.mark.parametrize(
    "text",
    [
        "She lives near the river and works in a laundry.",
        "She lives at 112 West Elder Street.",
        "A lawful permanent resident may sponsor relatives.",
        "Ruth Halloran sings with her.",
        "The interpreter can be reached at 5 Quarry Lane.",
    ],
)
def test_letter_that_names_nobody_is_quiet(text: str) -> None:
    """A status without its person, another house, an interpreter's business address."""
    assert not found(says(text), "L218", PD)


def test_what_several_answers_leak_is_one_line_of_the_letter() -> None:
    """The other places are shown beside the first."""
    text = says("She works for Harbor Linen.") + "  humanitarian: She lives at 12 West Elder St.\n"
    finding = the(found(text, "L218", PD))

    assert (finding.place.line, [p.line for p in finding.also]) == (13, [12])


def test_what_was_written_into_the_letter_is_told_there() -> None:
    """By file and paragraph."""
    facts = with_paper(case(says("She sings."), PD), "Re:", "She lives at 12 West Elder Street.")

    assert str(the(findings(facts, "L218")).place) == "out/pd-request.docx paragraph 2"


def test_papers_for_the_court_may_tell_it() -> None:
    """The court has the address."""
    paper = with_paper(case(PEOPLE, DECLARATION), "I live at 12 West Elder Street.",
                       document=DECLARATION)  # fmt: skip

    assert not findings(paper, "L218")


@pytest.mark.parametrize(
    "text",
    [
        "I am a lawful permanent resident and her neighbor.",
        "My wife and I sing. I have a green card.",
        "My husband is an asylee from the same county.",
        "I was granted asylum in 2015.",
        "My name is Ruth Halloran, 9 Maple Row, Fairmont.",
        "She has worked at the Harbor Linen Company since May.",
    ],
)
def test_letter_of_support_tells_of_its_writer(text: str) -> None:
    """Status or address of a third person, in an exhibit that DHS may see."""
    facts = with_exhibit(case(says("She sings.", more=EXHIBITS), PD), "letter", text)
    finding = the(findings(facts, "L218"))

    assert told(finding) == ("WARN", "draft", "ack", 14)
    assert finding.subject == "exhibit letter"


def test_exhibit_for_the_court_alone_is_not_looked_at() -> None:
    """And a clean letter of support shows nothing."""
    facts = case(says("She sings.", more=EXHIBITS), PD)
    clean = "I am a retired librarian. I know that she has asked for asylum."

    assert not findings(with_exhibit(facts, "court", "I have a green card."), "L218")
    assert not findings(with_exhibit(facts, "letter", clean), "L218")
