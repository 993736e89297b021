"""What a recipient wants: L208, L210, L211, L216, L222."""

import pytest
from msgspec.structs import replace

from nkdocs import recipients
from nkdocs.checks.facts import Facts, MailFact
from tests.checks.cases import FOLDERS, PD, case, findings, the, told

FILING = "- {id: pd, recipient: opla-newark, lead: pd-request, exhibits: [letter, memo]}\n"
EXHIBITS = (
    "exhibits:\n"
    "- {id: letter, title: Letter of the clinic, file: a.pdf, audience: [court, opla]}\n"
    "- {id: memo, title: OPLA memorandum of 2022, file: b.pdf, audience: [opla]}\n"
)
VERIFIED = "verified: {on: 2026-09-01, by: JL}"


def facts(text: str, profile: str = "", *chosen: str) -> Facts:
    """Return the facts of *text* with the shipped profiles and one of the office's own."""
    known = recipients.load(FOLDERS)
    if profile:
        known |= recipients.read(f"recipients: 1\nprofiles:\n- {{id: opla-newark, {profile}}}\n")
    return replace(case(text, *chosen), recipients=known)


def newark(more: str = "", on: str = "2026-09-01") -> str:
    """Return a profile that was verified."""
    return f"title: OPLA Newark, verified: {{on: {on}, by: JL}}{more}"


@pytest.mark.parametrize(
    ("profile", "line"),
    [
        pytest.param("", 3, id="only-the-kind-of-office-is-known"),
        pytest.param(newark(on="2026-08-21"), 3, id="ninety-one-days"),
        pytest.param(newark(on="2026-11-21"), 3, id="after-the-day"),
        pytest.param("title: OPLA Newark", 3, id="never"),
    ],
)
def test_a_profile_nobody_confirmed_lately_warns(profile: str, line: int) -> None:
    """L210 stands at the filing's recipient."""
    found = the(findings(facts(f"filings:\n{FILING}", profile), "L210"))

    assert told(found) == ("WARN", "draft", "ack", line)
    assert found.subject == "opla-newark"


def test_a_profile_confirmed_within_ninety_days_is_silent() -> None:
    """The ninetieth day still counts."""
    found = findings(facts(f"filings:\n{FILING}", newark(on="2026-08-22")), "L210")

    assert found == []


def test_one_recipient_of_several_filings_is_told_once() -> None:
    """One telephone call cures it."""
    second = FILING.replace("id: pd", "id: two")

    assert len(findings(facts(f"filings:\n{FILING}{second}"), "L210")) == 1


def test_a_filing_that_was_sent_is_past_confirming() -> None:
    """Nobody is asked to confirm where a letter went long ago."""
    sent = replace(facts(f"filings:\n{FILING}"), served={"pd": frozenset({"letter"})})

    assert findings(sent, "L210") == []


def test_the_court_needs_no_address() -> None:
    """L210 is about offices of DHS."""
    court = "filings:\n- {id: ev, recipient: eoir-newark, exhibits: [letter]}\n"

    assert findings(facts(court), "L210") == []


@pytest.mark.parametrize(
    ("profile", "severity"),
    [
        pytest.param("", "WARN", id="unknown-office"),
        pytest.param(newark(), "WARN", id="not-required"),
        pytest.param(newark(", negatives: yes"), "ERROR", id="required-and-verified"),
        pytest.param("title: T, negatives: yes", "WARN", id="required-unverified"),
    ],
)
def test_silence_about_adverse_factors_is_an_error_only_where_verified(
    profile: str, severity: str
) -> None:
    """L208 stands at pd.negatives, or where it would stand."""
    text = f"pd:\n  negatives: []\nfilings:\n{FILING}"

    found = the(findings(facts(text, profile, PD), "L208"))

    assert told(found) == (severity, "for-signature", "ack", 3)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("  negatives:\n  - {id: a, disclose: yes, fact: x}\n", id="disclosed"),
        pytest.param("  record_statement: We know of no arrest.\n", id="statement"),
    ],
)
def test_what_is_told_ends_it(said: str) -> None:
    """A disclosed factor, or counsel's statement of the record, is a section."""
    assert findings(facts(f"pd:\n{said}", "", PD), "L208") == []


def test_a_factor_kept_back_is_no_section() -> None:
    """Without disclose it is not printed."""
    text = "pd:\n  negatives:\n  - {id: a, fact: x}\n"

    assert the(findings(facts(text, "", PD), "L208")).place.line == 3


def test_an_exhibit_on_the_list_of_unwanted_papers_warns() -> None:
    """L211 stands at the exhibit and names the word, not the title."""
    found = the(findings(facts(f"{EXHIBITS}filings:\n{FILING}"), "L211"))

    assert told(found) == ("WARN", "draft", "ack", 4)
    assert found.subject == "pd.memo"
    assert "'memorandum'" in found.message
    assert "of 2022" not in found.message


def test_a_word_within_a_word_is_not_that_word() -> None:
    """A letter in memory of somebody is no memo."""
    text = EXHIBITS.replace("OPLA memorandum of 2022", "In memoriam of a friend")

    assert findings(facts(f"{text}filings:\n{FILING}"), "L211") == []


def test_what_was_filed_with_the_court_is_in_the_record() -> None:
    """L211 names the filing in which it stands."""
    court = "- {id: ev, recipient: eoir-newark, exhibits: [letter]}\n"
    text = EXHIBITS.replace("memorandum", "notice")
    given = facts(f"{text}filings:\n{FILING}{court}")

    found = findings(replace(given, served={"ev": frozenset({"letter"})}), "L211")

    assert the(found).subject == "pd.letter"
    assert "'ev'" in the(found).message


def test_the_request_as_sent_goes_with_a_letter_of_review() -> None:
    """The reviewer should not have to search for it, nor for the refusal."""
    text = EXHIBITS.replace("Letter of the clinic", "Our memorandum as sent")
    filing = FILING.replace("pd-request", "supervisory-review")
    review = "sr:\n  original_request: {exhibit: [letter]}\n  decision: {exhibit: [memo]}\n"

    assert findings(facts(f"{text}{review}filings:\n{filing}"), "L211") == []
    assert len(findings(facts(f"{text}{review}filings:\n{FILING}"), "L211")) == 2


CASE = (
    "respondents:\n- {id: kim, lead: yes, name: {legal: KIM Sun}, a_number: A000-000-031}\n"
    "case:\n  proceeding: removal_240\n  court: eoir-newark\n  detained: yes\n"
    "  next_hearing: {kind: individual, when: 2027-02-11 09:00}\n"
    f"filings:\n{FILING}"
)
GOOD = "DETAINED-PD – A000-000-031 – KIM, Sun – administrative closure – NHD 2027-02-11"
ALL = "subject_has: [a_number, name, form, hearing, detained]"


def mailed(subject: str, profile: str) -> Facts:
    """Return the facts of a detained client's case whose e-mail has a subject."""
    mail = MailFact("pd", subject, "administrative closure")
    return replace(facts(CASE, profile), mails=(mail,))


def test_a_subject_with_everything_is_silent() -> None:
    """Every part is found where it stands."""
    assert findings(mailed(GOOD, newark(f", {ALL}")), "L216") == []


@pytest.mark.parametrize(
    ("old", "new", "lacking"),
    [
        pytest.param("A000-000-031", "A000-000-013", "the A-number", id="a-number"),
        pytest.param("KIM", "KIMM", "the name", id="name"),
        pytest.param("administrative closure", "dismissal", "what is asked for", id="form"),
        pytest.param("2027-02-11", "2027-02-12", "the day of the next hearing", id="hearing"),
        pytest.param("DETAINED-", "", "DETAINED", id="detained"),
    ],
)
def test_a_subject_that_lacks_a_part_stops_the_final(old: str, new: str, lacking: str) -> None:
    """L216 names what is missing and stands at the filing."""
    found = findings(mailed(GOOD.replace(old, new), newark(f", {ALL}")), "L216")

    assert told(the(found)) == ("ERROR", "final", "ack", 10)
    assert the(found).message.endswith(f"lacks {lacking}.")


def test_the_pattern_of_an_unverified_office_only_warns() -> None:
    """What nobody confirmed stops nothing."""
    found = findings(mailed("Request", f"title: T, {ALL}"), "L216")

    assert told(the(found))[0] == "WARN"


def test_an_office_that_wants_little_is_content_with_little() -> None:
    """Fixed rules would collide with an office that wanted the A-number and the type only."""
    short = "A000000031 - administrative closure"

    found = findings(mailed(short, newark(", subject_has: [a_number, form]")), "L216")

    assert found == []


def test_a_letter_that_goes_another_way_than_it_says_is_told() -> None:
    """L222 shows both places."""
    filing = FILING.replace("lead:", "service: eservice, lead:")
    text = f"pd:\n  opla_office: {{name: OPLA, how: email}}\nfilings:\n{filing}"

    found = the(findings(facts(text), "L222"))

    assert told(found) == ("WARN", "draft", "ack", 5)
    assert [place.line for place in found.also] == [3]
