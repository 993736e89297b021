"""Dismissal, consent, expedited removal, the right office, filings."""

import pytest

from tests.checks.cases import (
    DECLARATION,
    PD,
    REVIEW,
    case,
    confirming,
    findings,
    found,
    the,
    told,
    with_exhibit,
)


def asks(*forms: str, more: str = "", entry: str = "") -> str:
    """Return answers that ask for forms of discretion."""
    person = f"respondents:\n- {{id: seo, lead: yes, entries: [{{id: e, {entry}}}]}}\n"
    return f"pd: {{forms: [{', '.join(forms)}]}}\n{person if entry else ''}{more}"


@pytest.mark.parametrize("form", ["dismissal", "termination"])
def test_ending_the_case_needs_consent(form: str) -> None:
    """Drafts and papers for signature are free: it counts for the final only."""
    finding = the(found(asks("admin_closure", form), "L201"))

    assert told(finding) == ("ERROR", "final", "ack", 2)
    assert f"'{form}'" in finding.message
    assert not found(asks(form, more="consent: {pd: {signed_on: 2026-11-01}}"), "L201")


@pytest.mark.parametrize(("day", "recorded"), [("2026-11-20", True), ("2026-11-21", False)])
def test_consent_that_is_still_to_come_is_none(day: str, *, recorded: bool) -> None:
    """Nobody types it in advance."""
    text = asks("dismissal", more=f"consent: {{pd: {{signed_on: {day}}}}}")

    assert bool(found(text, "L201")) is not recorded


@pytest.mark.parametrize(
    ("rider", "owed"),
    [
        ("relation: spouse, born: 1990", True),
        ("relation: spouse", True),
        ("relation: child, born: 2008-11-20", True),
        ("relation: child, born: 2008-11-21", False),
        ("relation: child, born: 2008-11-10, born_calendar: lunar", False),
        ("relation: child, born: 2015", False),
        ("relation: spouse, born: 1990, consent: {pd_signed_on: 2026-11-01}", False),
        ("relation: spouse, born: 1990, consent: {pd_signed_on: 2026-11-21}", True),
    ],
)
def test_each_adult_rider_consents_alone(rider: str, *, owed: bool) -> None:
    """Of a minor nobody asks it; who is not known to be one is none."""
    people = f"respondents: [{{id: seo, lead: yes}},\n  {{id: han, lead: no, {rider}}}]\n"
    own = f"{people}consent: {{pd: {{signed_on: 2026-11-01}}}}"

    found_ = found(asks("dismissal", more=own), "L201")

    assert [(told(f), f.subject) for f in found_] == [
        (("ERROR", "final", "ack", 4), "respondents.han.consent.pd_signed_on")
    ] * owed
    assert all(f.also[0].line == 2 and "consent of han" in f.message for f in found_)
    assert not found(asks("admin_closure", more=own), "L201")


def test_a_child_whose_age_is_not_known_is_settled_by_its_birth() -> None:
    """The next step says so, and what it says is enough."""
    asked = asks("dismissal", more="consent: {pd: {signed_on: 2026-11-01}}\n")
    people = "respondents: [{id: seo, lead: yes}, {id: han, lead: no, relation: child%s}]\n"

    finding = the(found(asked + people % "", "L201"))

    assert "respondents.ID.born" in finding.hint
    assert not found(asked + people % ", born: 2015", "L201")


def test_other_forms_need_no_such_consent() -> None:
    """Administrative closure keeps the application."""
    assert not found(asks("admin_closure", "continuance"), "L201")


def test_letter_of_review_is_weighed_by_what_it_asks() -> None:
    """What was first asked for does not count for a review that no longer asks it."""
    text = "pd: {forms: [dismissal]}\nsr: {narrowed: [admin_closure]}\n"

    assert not found(text, "L201", REVIEW)
    assert the(found(text, "L201", PD)).place.line == 2
    assert the(found("sr: {narrowed: [termination]}", "L201", REVIEW)).place.line == 2


@pytest.mark.parametrize(
    ("entry", "severity"),
    [
        ("manner: without inspection, when: 2025-01-01", "ERROR"),
        ("manner: without inspection, when: 2024-11-21", "ERROR"),
        ("manner: without inspection, when: 2024-11-20", "WARN"),
        ("manner: without inspection, when: autumn 2021", "WARN"),
        ("manner: without inspection, when: 2024", "ERROR"),
        ("manner: without inspection, when: does not remember", "ERROR"),
        ("manner: parole, when: 2010", "ERROR"),
        ("manner: port of entry, when: 2010", "ERROR"),
        ("manner: esta, when: 2010", "ERROR"),
        ("manner: visa, when: 2026", "INFO"),
        ("when: 2010", "ERROR"),
    ],
)
def test_expedited_removal_is_weighed_by_manner_of_entry(entry: str, severity: str) -> None:
    """Parole at any age; the two years must surely have passed."""
    finding = the(found(asks("dismissal", entry=entry), "L202"))

    assert (finding.severity.value, finding.counts.value) == (severity, "for-signature")
    assert (finding.subject, finding.place.line) == ("seo", 4)


OLD = "manner: without inspection, when: autumn 2021"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (OLD, "no exhibit is named for it in its proof"),
        (f"{OLD}, proof: [lease]", "exhibits are named for it"),
        ("manner: esta, when: 2010", "Visa Waiver entrant can be removed without a hearing"),
        ("manner: parole, when: 2010", "chirla-2025 is not confirmed"),
        ("manner: without inspection, when: 2026", "not sure that two years have passed"),
        (OLD, "active in the interior by make-the-road-2026, which nobody confirmed"),
    ],
)
def test_danger_is_told_by_manner_of_entry(entry: str, said: str) -> None:
    """Two years ask for proof of presence; the Visa Waiver has a text of its own."""
    assert said in the(found(asks("dismissal", entry=entry), "L202")).message


def test_danger_is_told_of_each_respondent() -> None:
    """A rider entered another day, another way."""
    text = asks("dismissal", entry=OLD)
    text += "- {id: han, entries: [{id: e, manner: esta, when: 2024}]}\n"

    assert [(f.subject, f.severity.value) for f in found(text, "L202")] == [
        ("seo", "WARN"), ("han", "ERROR"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("manner", "severity"),
    [("parole", "WARN"), ("parole at a port of entry", "WARN"), ("port of entry", "ERROR")],
)
def test_parole_is_milder_only_while_the_case_confirmed_the_decision(
    manner: str, severity: str
) -> None:
    """It speaks of persons paroled at a port of entry, and of nobody else."""
    facts = case(asks("dismissal", entry=f"manner: {manner}, when: 2010"))

    confirmed = the(findings(confirming(facts, "chirla-2025"), "L202"))

    assert the(findings(facts, "L202")).severity.value == "ERROR"
    assert confirmed.severity.value == severity


def test_last_entry_is_the_marked_one() -> None:
    """Not the one that happens to be told last."""
    text = """pd: {forms: [termination]}
respondents:
- id: seo
  entries:
  - {id: new, manner: visa, when: 2025, last: yes}
  - {id: old, manner: without inspection, when: 2026}
"""

    assert told(the(found(text, "L202"))) == ("INFO", "for-signature", "ack", 6)


def test_dismissal_shows_what_it_costs() -> None:
    """One line for the application, one for the work permit."""
    text = asks("dismissal", more="case: {i589: {filed: yes}, ead: {has: yes}}")

    assert [f.subject for f in found(text, "L203")] == ["case.i589.filed", "case.ead.has"]
    assert told(found(text, "L203")[0]) == ("WARN", "draft", "ack", 2)
    assert not found(text.replace("dismissal", "admin_closure"), "L203")


@pytest.mark.parametrize(
    ("form", "ground", "lacks"),
    [
        ("dismissal", "t_joint", True),
        ("dismissal", "a7", False),
        ("termination", "a7", True),
        ("termination", "t_joint", False),
        ("admin_closure", "", False),
    ],
)
def test_form_names_a_ground_of_its_own(form: str, ground: str, *, lacks: bool) -> None:
    """Termination is not dismissal."""
    text = f"pd: {{forms: [{form}], grounds: [{ground}]}}\ncase: {{proceeding: removal_240}}"

    assert bool(found(text, "L204")) is lacks


def test_no_hook_of_the_notice_where_there_is_none() -> None:
    """Asylum-only proceedings begin on Form I-863."""
    text = "pd: {forms: [dismissal], grounds: [a7]}\ncase: {proceeding: asylum_only}"

    assert told(the(found(text, "L204"))) == ("ERROR", "for-signature", "ack", 2)


def test_notice_is_missing_in_withholding_only_as_well() -> None:
    """They begin on Form I-863 too."""
    text = "pd: {forms: [dismissal], grounds: [a7]}\ncase: {proceeding: withholding_only}"

    assert found(text, "L204")


@pytest.mark.parametrize(
    ("form", "recipient", "wrong"),
    [
        ("stay_of_removal", "ero-boston", ""),
        ("release_parole", "ero-boston", ""),
        ("nta_cancel", "cbp-laredo", ""),
        ("nta_cancel", "opla-boston", "issued the NTA"),
        ("stay_of_removal", "cbp-laredo", "ERO"),
        ("admin_closure", "opla-boston", ""),
        ("admin_closure", "ero-boston", "OPLA"),
    ],
)
def test_form_is_asked_of_whom_can_give_it(form: str, recipient: str, wrong: str) -> None:
    """The recipient of the letter's own filing says whose it is."""
    filing = f"filings:\n- {{id: pd, recipient: {recipient}, lead: pd-request, exhibits: []}}\n"

    messages = [f.message for f in found(asks(form, more=filing), "L206")]

    assert bool(messages) is bool(wrong)
    assert all(wrong in message for message in messages)


def test_cancellation_is_asked_with_form_g_28() -> None:
    """The issuing office does not know the court's form."""
    filing = "filings:\n- {id: pd, recipient: cbp-laredo, lead: pd-request, exhibits: []}\n"
    text = asks("nta_cancel", more=f"{filing}appearance: {{form: eoir-28}}\n")

    assert found(text, "L206")
    assert not found(text.replace("eoir-28", "g-28"), "L206")


@pytest.mark.parametrize(
    ("form", "lacks"), [("eoir-28", 0), ("eoir-27", 0), ("both", 0), ("g-28", 1), ("none", 1)]
)
def test_joint_motion_needs_an_appearance_before_court_or_board(form: str, lacks: int) -> None:
    """OPLA offices ask for it."""
    text = asks("join_mtr", more=f"appearance: {{form: {form}}}\n")

    assert [told(f) for f in found(text, "L207")] == [("WARN", "draft", "ack", 3)] * lacks
    assert not found(text.replace("join_mtr", "continuance"), "L207")


CRIMINAL = """pd:
  criminal:
    any: yes
    records:
    - {id: one, when: 2024-01-05, charge: Theft, exhibit: [disposition], sealed: 'no'}
    - {id: two, when: 2024-02-05, charge: Theft, sealed: 'yes'}
"""


def test_arrests_with_their_end_are_not_told() -> None:
    """Of a sealed record no exhibit is asked for."""
    assert not found(CRIMINAL, "L209")
    assert not found(CRIMINAL.replace("any: yes", "any: no"), "L209")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (", exhibit: [disposition]", "", "no exhibit shows how it ended: one"),
        (", sealed: 'no'", "", "ask whether it is sealed, juvenile or dismissed: one"),
        (", sealed: 'yes'", ", sealed: unknown", "dismissed: two"),
    ],
)
def test_arrest_without_its_end_or_the_question_of_sealing(old: str, new: str, said: str) -> None:
    """One line for all of them; it names no charge."""
    finding = the(found(CRIMINAL.replace(old, new), "L209", PD))

    assert told(finding) == ("WARN", "draft", "ack", 4)
    assert said in finding.message
    assert "Theft" not in finding.message


def test_arrest_that_nobody_listed() -> None:
    """Yes, and nothing more."""
    assert "none of them is listed" in the(found("pd: {criminal: {any: yes}}\n", "L209")).message
    assert not found("pd: {criminal: {any: yes}}\n", "L209", DECLARATION)


SCAN = """exhibits:
- {id: scan, title: Scan, file: a.pdf, audience: [opla]}
filings:
- id: pd
  recipient: opla-boston
  exhibits: [scan]
"""


@pytest.mark.parametrize(
    ("text", "sideways", "count"),
    [
        (SCAN, 1, 1),
        (SCAN, 0, 0),
        (SCAN.replace("opla-boston", "eoir-boston"), 1, 0),
        (SCAN + "  service: mail\n", 1, 0),
        (SCAN + "  service: email\n", 1, 1),
    ],
)
def test_pages_of_a_mailing_to_opla_lie_one_way(text: str, sideways: int, count: int) -> None:
    """On paper and in court nobody minds."""
    found_ = findings(with_exhibit(case(text), "scan", sideways=sideways), "L212")

    assert [told(f) for f in found_] == [("WARN", "final", "ack", 7)] * count


@pytest.mark.parametrize("form", ["stay_of_removal", "release_parole", "nta_cancel"])
def test_form_that_is_not_for_opla(form: str) -> None:
    """A request to the wrong office is lost."""
    assert told(the(found(asks(form), "L206"))) == ("ERROR", "for-signature", "ack", 2)
    assert not found(asks("admin_closure"), "L206")


def test_few_equities_with_proof_are_a_thought() -> None:
    """A cite in the text is proof as well."""
    text = """pd:
  equities:
  - {id: a, factor: health, fact: "Ill. [@letter, 1]"}
  - {id: b, factor: child, fact: A child., exhibit: [letter]}
  - {id: c, factor: work, fact: Work.}
"""

    finding = the(found(text, "L214", PD))

    assert told(finding) == ("INFO", "draft", "note", 3)
    assert "2 of 3" in finding.message
    assert not found(text.replace("fact: Work.", "exhibit: [letter]"), "L214", PD)
    assert not found(text, "L214", DECLARATION)


FILINGS = """exhibits:
- {id: memo, title: Memo, file: a.pdf, audience: [internal]}
- {id: letter, title: Letter, file: b.pdf, audience: [court]}
- {id: both, title: Both, file: c.pdf, audience: [court, opla]}
filings:
- {id: pd, recipient: opla-boston, lead: LEAD, exhibits: [EXHIBIT]}
"""


@pytest.mark.parametrize(
    ("lead", "exhibit", "line"),
    [
        ("pd-request", "memo", 3),
        ("pd-request", "letter", 4),
        ("asylum-declaration", "both", 7),
    ],
)
def test_filing_holds_what_its_recipient_may_not_see(lead: str, exhibit: str, line: int) -> None:
    """It stops in every state and is never accepted."""
    text = FILINGS.replace("LEAD", lead).replace("EXHIBIT", exhibit)

    assert told(the(found(text, "L612"))) == ("ERROR", "draft", "block", line)


def test_filing_of_what_its_recipient_may_see() -> None:
    """Nothing is found."""
    text = FILINGS.replace("LEAD", "pd-request").replace("EXHIBIT", "both")

    assert not found(text, "L612")


@pytest.mark.parametrize(("primary", "count"), [("termination", 1), ("continuance", 0), ("", 0)])
def test_the_form_asked_first_is_among_those_asked_for(primary: str, count: int) -> None:
    """A primary form that the list lacks would not be asked for at all."""
    text = f"pd: {{forms: [continuance, admin_closure], primary: '{primary}'}}\n"

    found_ = found(text, "L219", "pd-request")

    assert [told(f) for f in found_] == [("ERROR", "for-signature", "ack", 2)] * count


@pytest.mark.parametrize(
    ("form", "office", "wrong"),
    [
        ("stay_of_removal", "ero", False),
        ("nta_cancel", "issuing_office", False),
        ("nta_cancel", "ero", True),
        ("admin_closure", "ero", True),
        ("admin_closure", "opla", False),
    ],
)
def test_form_is_asked_of_the_office_that_can_give_it(
    form: str, office: str, *, wrong: bool
) -> None:
    """The office that is asked is an answer; without one it is OPLA."""
    text = f"pd: {{forms: [{form}], addressee_office: {office}}}"

    assert bool(found(text, "L206")) is wrong


@pytest.mark.parametrize(
    ("form", "where", "open_"),
    [
        ("admin_closure", "proceeding: removal_240, stage: master", True),
        ("admin_closure", "stage: admin_closed", False),
        ("recalendar_nonopposition", "stage: admin_closed", True),
        ("recalendar_nonopposition", "stage: master", False),
        ("dismissal", "proceeding: expedited_cfi", False),
        ("termination", "proceeding: asylum_only", False),
        ("join_mtr", "stage: final_order", True),
        ("join_mtr", "stage: master", False),
        ("stipulate_bond", "detained: no", False),
        ("withdraw_aca_motion", "pending_motions: []", False),
        ("withdraw_aca_motion", "pending_motions: [{id: m, kind: aca, by: dhs}]", True),
        ("continuance", "proceeding: affirmative_uscis", False),
        ("admin_closure", "judge: R. Castellane", True),
    ],
)
@pytest.mark.parametrize("asking", ["pd: {forms", "sr: {narrowed"])
def test_form_lives_in_some_proceedings_and_at_some_stages(
    asking: str, form: str, where: str, *, open_: bool
) -> None:
    """Request and review say the same of a form; an open answer closes nothing."""
    text = f"{asking}: [{form}]}}\ncase: {{{where}}}"

    told_ = [told(f) for f in found(text, "L220")]

    assert told_ == ([] if open_ else [("ERROR", "for-signature", "ack", 2)])


@pytest.mark.parametrize(
    ("forms", "case", "codes"),
    [
        ("[stay_of_removal]", "stage: master", ["L206"]),
        ("[dismissal], grounds: [a7]", "proceeding: asylum_only", ["L204"]),
        ("[dismissal], grounds: [a7]", "proceeding: withholding_only", ["L204"]),
        ("[dismissal], grounds: [a7]", "proceeding: expedited_cfi", ["L220"]),
    ],
)
def test_what_is_not_available_is_told_once(forms: str, case: str, codes: list[str]) -> None:
    """The wrong office, the missing Notice and the wrong stage are three findings, not nine."""
    text = f"pd: {{forms: {forms}}}\ncase: {{{case}}}"

    assert [c for c in ("L204", "L206", "L220") for _ in found(text, c)] == codes


def test_asylum_is_no_relief_of_withholding_only_proceedings() -> None:
    """The finding names the answer."""
    text = "pd: {relief_available: [cat, asylum]}\ncase: {proceeding: withholding_only}"

    finding = the(found(text, "L220", PD))

    assert finding.subject == "pd.relief_available.asylum"
    assert not found(text, "L220", DECLARATION)


@pytest.mark.parametrize(("said", "count"), [("None.", 1), ("n/a", 1), ("We know of none.", 0)])
def test_a_bare_denial_of_a_record_is_no_statement(said: str, count: int) -> None:
    """A false none is a false statement."""
    text = f"pd:\n  record_statement: {said}\n"

    assert [told(f) for f in found(text, "L221")] == [("ERROR", "for-signature", "ack", 3)] * count


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Counsel is aware of no arrest or conviction.", 1),
        ("One arrest, dismissed; counsel is aware of no conviction and no other arrest.", 0),
    ],
)
def test_a_letter_denies_no_arrest_that_counsel_knows_of(said: str, count: int) -> None:
    """What stays in the office must not make the letter false."""
    text = f"pd:\n  record_statement: {said}\n  criminal: {{any: yes}}\n"

    assert [told(f) for f in found(text, "L221")] == [("ERROR", "for-signature", "ack", 3)] * count
    assert not found(text.replace("yes", "no"), "L221")
