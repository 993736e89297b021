"""Dismissal, consent, expedited removal, the right office, filings."""

import pytest

from tests.checks.cases import DECLARATION, PD, REVIEW, found, the, told


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
        ("dismissal", "proceeding: withholding_only", False),
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
        ("[dismissal], grounds: [a7]", "proceeding: withholding_only", ["L220"]),
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
