"""What is wrong with the answers: every fault in one run, each with its place and remedy."""

import pytest

from nkdocs.answers import load, validate
from nkdocs.diagnostics import Finding
from tests.documents.letters import answers, catalogue

ONE = "exhibits: [{id: card, title: T, file: x}]"


def faults(text: str) -> list[Finding]:
    """Return the faults of answers whose first line is line 2."""
    return list(validate.validate(answers(text), []).faults)


@pytest.mark.parametrize(
    ("text", "code", "place", "said"),
    [
        ("case: {cuort: x}", "A002", "answers.yaml:2:8", "did you mean 'court'"),
        ("caze: {court: x}", "A002", "answers.yaml:2:1", "did you mean 'case'"),
        ("case: {nta_date: soon}", "A003", "answers.yaml:2:8", "case.nta_date"),
        ("case: tomorrow", "A003", "answers.yaml:2:1", "holds answers of its own"),
        ("events: {id: a}", "A003", "answers.yaml:2:1", "is a list"),
        ("events: [one]", "A003", "answers.yaml:2:10", "needs keys of its own"),
        ("events: [{when: 2001}]", "A005", "answers.yaml:2:10", "has no id"),
        ("events: [{id: a}, {id: a}]", "A005", "answers.yaml:2:19", "used twice"),
        ("events: [{id: 'A b'}]", "A005", "answers.yaml:2:11", "small letters"),
        (f"events: [{{id: {'a' * 37}}}]", "A005", "answers.yaml:2:11", "36 at most"),
        ("events: [{id: a, wen: 2001}]", "A002", "answers.yaml:2:18", "did you mean 'when'"),
        ("exhibits: [{id: a, title: T, fiel: x}]", "A007", "answers.yaml:2:30", "'file'"),
        ("exhibits: [{id: a, title: T}]", "A007", "answers.yaml:2:12", "file or a document"),
        ("exhibits: [{id: a, title: T, file: x, pages: six}]", "A007", "answers.yaml:2:39",
         "write pages as"),
        ("exhibits: [{id: A b, title: T, file: x}]", "A007", "answers.yaml:2:13", "small letters"),
        ('exhibits: [{id: a, title: "T\\u0007", file: x}]', "A007", "answers.yaml:2:20",
         "cannot be printed"),
        ("exhibits: [{id: a, title: T, file: x, audience: [all]}]", "A007", "answers.yaml:2:",
         "must be one of"),
        ("exhibits: [{id: a, title: T, file: x}, {id: a, title: T, file: y}]", "A007",
         "answers.yaml:2:", "twice"),
        ("exhibits: {id: a}", "A007", "answers.yaml:2:1", "is a list"),
        ("filings: [{id: pd, recipient: opla, exhibits: [crad]}]\n" + ONE, "A007",
         "answers.yaml:2:", "did you mean 'card'"),
        ("filings: [{id: pd}]", "A007", "answers.yaml:2:11", "recipient is missing"),
        ("exhibits: [{id: a, title: T, file: x, already_filed: {filing: pd, tabb: B}}]", "A007",
         "answers.yaml:2:", "did you mean 'tab'"),
        ("exhibits: [{id: a, title: T, file: x, redact: [{pag: 1, page: 2, text: x}]}]", "A007",
         "answers.yaml:2:", "did you mean 'page'"),
    ],
)  # fmt: skip
def test_a_fault_names_its_place_and_the_remedy(
    text: str, code: str, place: str, said: str
) -> None:
    """Code, file:line:column, and what was probably meant."""
    found = [f for f in faults(f"{text}\n") if f.code == code]

    assert len(found) == 1, [str(f) for f in faults(f"{text}\n")]
    assert str(found[0].place).startswith(place)
    assert said in found[0].message
    assert found[0].hint


def test_every_fault_is_told_in_one_run() -> None:
    """Not one after the other."""
    text = "case: {cuort: x, nta_date: soon}\nevents: [{when: 2001, told: x, colour: red}]\n"

    assert [f.code for f in faults(text)] == ["A002", "A003", "A005", "A002"]


@pytest.mark.parametrize(
    "text",
    ["case: {nta_date: CANARY}", "case: {court: CANARY}", "case: {detained: CANARY}",
     "events: [{id: a, when: CANARY}]", "respondents: [{id: a, a_number: CANARY}]",
     "exhibits: [{id: a, title: T, file: x, pages: CANARY}]",
     "filings: [{id: pd, recipient: opla, service: CANARY}]",
     "respondents: [{id: a, name: {legal: CANARY, colour: CANARY}}]"],
)  # fmt: skip
def test_no_fault_repeats_what_was_typed(text: str) -> None:
    """It may be a client's name (TRUST R23)."""
    found = faults(f"{text}\n")

    assert found
    assert "CANARY" not in " ".join(f"{f} {f.hint} {f.subject} {f.facts}" for f in found)


def test_idle_answers_are_listed_and_are_no_fault() -> None:
    """Present, and no document that asks for them sees them now."""
    seen = answers("rok: {lived: no, settled: Text.}\n")

    report = validate.validate(seen, [catalogue().documents["asylum-declaration"]])

    assert "rok.settled" in report.idle
    assert not report.faults


def test_what_is_required_and_open_is_named_as_a_final_needs_it() -> None:
    """Path, question, who can cure it."""
    seen = answers("case: {proceeding: removal_240}\n")
    report = validate.validate(seen, [catalogue().documents["pd-request"]])

    found = {f.subject: f for f in validate.missing(seen, report.open)}

    assert "case.court" in found
    assert found["case.court"].code == "A004"
    assert found["case.court"].counts.value == "for-signature"
    assert "pd.forms" in found


def test_a_documents_own_requirement_counts_for_it_alone() -> None:
    """`require` of pd-request tightens the charges; the declaration does not ask it."""
    seen = answers("case: {proceeding: removal_240, nta_date: 2021-10-05}\n")

    opened = {
        name: {s.path for s in validate.validate(seen, [catalogue().documents[name]]).open}
        for name in ("pd-request", "asylum-declaration")
    }

    assert "pd.negatives" in opened["pd-request"]
    assert "pd.negatives" not in opened["asylum-declaration"]


SPARSE = """respondents:
- {id: a, lead: yes, name: SEO Yun, nationality: [{id: k, country: KR}, {id: n}]}
- {id: b, entries: [{id: e}]}
case: {proceeding: removal_240, next_hearing: {kind: individual}}
dprk: {lived: yes}
china: {lived: no, children: [{id: c}]}
events: [{id: one, when: 2006, harm: [detention]}, {id: two, told: He came.}]
"""


@pytest.mark.parametrize("name", sorted(catalogue().documents))
@pytest.mark.parametrize("text", ["", SPARSE])
def test_what_is_lacking_is_what_the_whole_plan_says(name: str, text: str) -> None:
    """Found without asking the rest: the same steps, in the same order, for every document."""
    seen, document = answers(text), catalogue().documents[name]

    report = validate.validate(seen, [document])

    planned = [s for s in report.plan.steps if s.required and not seen.has(s.spot)]
    assert list(report.open) == planned
    assert planned or name == "sign-off"


def test_keys_of_the_program_are_left_alone() -> None:
    """What begins with `_` is no answer."""
    assert not faults("_about: {x: y}\n_done: [events]\n_accepted: []\n_notes: {}\n")


@pytest.mark.parametrize(
    "bad", ["", "answers: 2\n", "answers:\n", "{meta: {}}\n", "- a\n", "{{ x }}"]
)
def test_a_file_of_another_form_is_refused(bad: str) -> None:
    """The first key says which form it is."""
    found = load.load(bad, "answers.yaml").faults

    assert found
    assert {f.code for f in found} == {"A001"}
