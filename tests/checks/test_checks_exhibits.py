"""Exhibits and cites that miss each other; translations; pages without text."""

import pytest
from msgspec.structs import replace

from nkdocs.checks.facts import DocumentFact, ExhibitFact
from tests.checks.cases import case, findings, found, the, told

CARD = """people: [{id: park, name: Park, role: translator, phone: PHONE,
  address: "77 Alder Court, Fairmont, NY 00010"}]
exhibits:
- {id: card, title: Card, file: a.jpg, language: Korean, MORE audience: [court]}
filings: [{id: f, recipient: RECIPIENT, exhibits: [card]}]
"""


def card(more: str, phone: str = "000-555-0133", recipient: str = "eoir-boston") -> str:
    """Return a case with a Korean card."""
    return CARD.replace("MORE", more).replace("PHONE", phone).replace("RECIPIENT", recipient)


@pytest.mark.parametrize(
    ("more", "lacking"),
    [
        ("", "an English translation, a certificate of translation"),
        ("translation: en.docx,", "a certificate of translation"),
        ("translation: en.docx, translator: kim,", "its translator in people:"),
    ],
)
def test_foreign_exhibit_for_the_court_is_translated(more: str, lacking: str) -> None:
    """All that is lacking stands in one line; it counts for the final."""
    finding = the(found(card(more), "L604"))

    assert told(finding) == ("ERROR", "final", "ack", 5)
    assert finding.message.endswith(f"lacks: {lacking}.")


WHOLE = (
    "I, Park, am competent to translate. The translation is true and accurate to the best of my "
    "abilities. Address: 77 Alder Court, Fairmont, NY 00010. Telephone: 000-555-0133."
)


@pytest.mark.parametrize(
    ("gone", "what"),
    [
        ("", ""),
        ("am competent to", "lacks: that the translator is competent"),
        ("true and accurate", "lacks: that the translation is true and accurate"),
        ("Telephone: 000-555-0133.", "lacks: a telephone number"),
        ("Address: 77 Alder Court, Fairmont, NY 00010.", "lacks: an address"),
    ],
)
def test_certificate_of_translation_says_all_that_is_asked(gone: str, what: str) -> None:
    """Read in the file itself, for the court alone."""
    more = "translation: en.pdf, certificate: c.pdf, translator: park,"
    read = (ExhibitFact("card", 3, certificate=WHOLE.replace(gone, "") if gone else WHOLE),)

    found_ = findings(replace(case(card(more)), exhibits=read), "L402")
    letter = replace(case(card(more, recipient="opla-boston")), exhibits=read)

    assert [told(f) for f in found_] == [("ERROR", "final", "ack", 5)] * bool(gone)
    assert all(f"'card' {what}" in f.message for f in found_)
    assert not findings(letter, "L402")


def test_certificate_that_is_a_picture_is_said_to_be_one() -> None:
    """Silence would pass for a check."""
    more = "translation: en.pdf, certificate: c.jpg, translator: park,"
    read = (ExhibitFact("card", 3, 1, certificate="  "),)

    finding = the(findings(replace(case(card(more)), exhibits=read), "L402"))

    assert told(finding) == ("WARN", "final", "ack", 5)
    assert "is a picture" in finding.message


def test_certificate_names_the_translator_whole() -> None:
    """Without a telephone it can be refused."""
    text = card("translation: en.docx, translator: park,", phone="")

    assert "the translator's telephone number" in the(found(text, "L604")).message


@pytest.mark.parametrize(
    ("more", "recipient"),
    [
        ("translation: en.docx, translator: park,", "eoir-boston"),
        ("translation: en.docx, certificate: c.pdf,", "uscis-nebraska"),
        ("", "opla-boston"),
    ],
)
def test_translated_exhibit_or_one_for_opla(more: str, recipient: str) -> None:
    """Mail to OPLA has no such rule."""
    assert not found(card(more, recipient=recipient), "L604")


LISTED = """pd: {theory: "It is so [@leter, 2].", equities: [{id: a, exhibit: [photo]}]}
exhibits:
- {id: letter, title: Letter, file: a.pdf}
- {id: photo, title: Photo, file: b.JPG}
- {id: report, title: Report, file: c.pdf, country_conditions: yes}
- {id: spare, title: Spare, file: d.pdf}
"""


def test_cite_of_no_exhibit_names_its_neighbour() -> None:
    """A slip of the pen is mended at once."""
    finding = the(found(LISTED, "L601"))

    assert told(finding) == ("ERROR", "for-signature", "ack", 2)
    assert "did you mean 'letter'?" in finding.message
    assert finding.subject == "pd.theory"


def test_answer_that_names_an_exhibit_is_a_cite() -> None:
    """Without brackets too."""
    text = LISTED.replace("[photo]", "[foto]").replace("@leter", "@letter")

    assert the(found(text, "L601")).subject == "pd.equities.a.exhibit"


def test_answer_that_names_an_exhibit_is_a_cite_where_no_text_cites_one() -> None:
    """An answer of that kind is looked at in a file without a single bracketed cite."""
    text = LISTED.replace("[photo]", "[foto]").replace("[@leter, 2]", "true")

    assert the(found(text, "L601")).subject == "pd.equities.a.exhibit"


def test_cite_that_an_escape_writes_is_a_cite() -> None:
    """What counts is what the answer says, however its file writes it."""
    text = LISTED.replace("[@leter", r"\x5b@leter")

    assert "[@" not in text
    assert the(found(text, "L601")).subject == "pd.theory"


def test_exhibit_that_nobody_cites() -> None:
    """Told once papers were read; country conditions may stand uncited."""
    facts = case(LISTED.replace("@leter", "@letter"))
    paper = DocumentFact("pd-request.docx", "pd-request", "opla", ("[@spare, 1]",))

    assert not findings(facts, "L602")
    assert told(the(findings(replace(facts, documents=()), "L602"))) == ("INFO", "draft", "note", 7)
    assert not findings(replace(facts, documents=(paper,)), "L602")
