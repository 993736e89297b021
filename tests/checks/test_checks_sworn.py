"""What arises at signing: certificates, dates, the read-back, the words of the statute."""

import pytest

from tests.checks.cases import (
    DECLARATION,
    PD,
    case,
    findings,
    found,
    the,
    told,
    with_paper,
)

BASE = """respondents: [{id: seo, lead: yes, understands_english: no}]
people:
- {id: cho, name: Cho, role: interpreter, relation: RELATION, phone: 000-555-0134,
   address: "5 Quarry Lane, Fairmont, NY 00010", competence: Raised in both.}
interpreter: {person: cho}
signing: {interpreter_signed_on: 2026-11-17, date: 2026-11-17}
readback: {date: 2026-11-17}
"""
SOUND = BASE.replace("RELATION", "none")
CODES = ("L007", "L401", "L402", "L403", "L422")


def test_whole_certificate_has_nothing_against_it() -> None:
    """Read back, interpreted and signed."""
    assert not [f for c in CODES for f in found(SOUND, c)]


@pytest.mark.parametrize(
    "gone", ["interpreter: {person: cho}", "interpreter_signed_on: 2026-11-17,"]
)
def test_declarant_without_english_needs_a_certificate(gone: str) -> None:
    """It arises at signing, so it counts for the final only."""
    assert told(the(found(SOUND.replace(gone, ""), "L401"))) == ("ERROR", "final", "ack", 2)
    assert not found(SOUND.replace(gone, ""), "L401", PD)


def test_declarant_with_english_needs_none() -> None:
    """Nor one of whom it is not known."""
    for known in ("understands_english: yes", ""):
        text = SOUND.replace("understands_english: no", known).replace("{person: cho}", "")
        assert not found(text, "L401")


def test_certificate_has_all_its_elements() -> None:
    """Address, telephone, competence."""
    finding = the(found(SOUND.replace(" phone: 000-555-0134,", ""), "L402"))

    assert told(finding) == ("ERROR", "final", "ack", 4)
    assert "lacks: phone" in finding.message


@pytest.mark.parametrize(
    ("relation", "severity"),
    [("counsel", "ERROR"), ("office_staff", "WARN"), ("relative", "WARN")],
)
def test_interpreter_stands_apart(relation: str, severity: str) -> None:
    """Counsel who interprets becomes a witness (RPC 3.7)."""
    finding = the(found(BASE.replace("RELATION", relation), "L403"))

    assert told(finding) == (severity, "for-signature", "ack", 4)


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ("date: 2026-11-17}\nreadback", "date: 2026-11-21}\nreadback", "ERROR"),
        ("{date: 2026-11-17}\n", "{date: 2026-11-21}\n", "ERROR"),
        ("signed_on: 2026-11-17", "signed_on: 2026-12-01", "ERROR"),
        ("date: 2026-11-17}\nreadback", "date: 2026-11-16}\nreadback", "WARN"),
    ],
)
def test_day_that_cannot_be_true(old: str, new: str, severity: str) -> None:
    """In the future nothing has happened; before the read-back nothing was understood."""
    weights = [told(f)[:3] for f in found(SOUND.replace(old, new), "L007")]

    assert (severity, "final", "ack") in weights


@pytest.mark.parametrize(
    ("when", "count"), [("2026-11-18", 1), ("2026-11-17", 0), ("autumn 2026", 0), ("2006", 0)]
)
def test_paper_is_signed_after_what_it_tells(when: str, count: int) -> None:
    """A day is later only if it surely is; both places are shown."""
    text = f"{SOUND}events: [{{id: call, when: {when}}}]\n"

    found_ = found(text, "L007")

    assert [told(f)[:3] for f in found_] == [("WARN", "final", "ack")] * count
    assert [f.also[0].line for f in found_] == [text.count("\n") + 1] * count


def test_read_back_is_recorded() -> None:
    """Nobody types it in advance: it counts for the final only."""
    text = SOUND.replace("readback: {date: 2026-11-17}", "")

    assert told(the(found(text, "L422")))[:3] == ("ERROR", "final", "ack")
    assert not found(text, "L422", PD)


EVENT = """events: [{id: night, sensitive: yes}, {id: day, sensitive: no}]
_about: {events.night: {source: client, confirmed_on: DAY}}
"""


@pytest.mark.parametrize(("day", "count"), [("2026-11-17", 0), ("", 1)])
def test_sensitive_event_is_confirmed(day: str, count: int) -> None:
    """What hurts most is told in words the client agrees to."""
    found_ = found(EVENT.replace("DAY", day), "L414", DECLARATION)

    assert [told(f) for f in found_] == [("ERROR", "final", "ack", 2)] * count


WORDS = "I declare under penalty of perjury under the laws of the United States of America that"


@pytest.mark.parametrize(
    ("country", "words", "count"),
    [
        ("KR", WORDS, 0),
        ("KR", "I declare under penalty of perjury that", 1),
        ("US", "I declare under penalty of perjury that", 0),
        ("PR", "I declare under penalty of perjury that", 0),
    ],
)
def test_abroad_the_statute_has_words_of_its_own(country: str, words: str, count: int) -> None:
    """Within the United States they are harmless."""
    facts = case(f"signing: {{place_country: {country}}}")
    found_ = findings(with_paper(facts, "I am Seo.", words, document=DECLARATION), "L404")

    assert [told(f) for f in found_] == [("ERROR", "for-signature", "ack", 2)] * count


def test_words_for_abroad_are_harmless_within_the_united_states() -> None:
    """Only told; without them nothing is said."""
    facts = case("signing: {place_country: US}\n")
    words = "I declare under penalty of perjury under the laws of the United States of America."
    finding = the(findings(with_paper(facts, words, document=DECLARATION), "L404"))

    assert told(finding) == ("INFO", "for-signature", "ack", 2)
    assert not findings(with_paper(facts, "I am Seo.", document=DECLARATION), "L404")
