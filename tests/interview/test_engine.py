"""Which questions a case still has to answer, and which comes next: pure."""

from dataclasses import dataclass, field

import pytest

from nkdocs._conditions import Condition
from nkdocs.interview.engine import Plan, Spot, Standing, Step, needed, plan
from nkdocs.interview.spec import Catalogue, Document
from tests.documents.letters import answers, catalogue

DECLARATION, PD, REVIEW = "asylum-declaration", "pd-request", "supervisory-review"


@dataclass
class Nothing:
    """What is known of a case of which nothing is known, but for some lists."""

    lists: dict[Spot, list[str]] = field(default_factory=dict)
    closed: set[Spot] = field(default_factory=set)
    met: bool = True

    def has(self, spot: Spot) -> bool:
        """Only the lists are answered."""
        return spot in self.lists

    def items(self, spot: Spot) -> list[str]:
        """Return the items of a list."""
        return self.lists.get(spot, [])

    def done(self, spot: Spot) -> bool:
        """Whether a list is said to be complete."""
        return spot in self.closed

    def holds(self, condition: Condition, spot: Spot) -> bool:
        """Every condition is met, or none."""
        del condition, spot
        return self.met

    def hangs(self, condition: Condition, spot: Spot) -> bool:
        """No condition hangs on an open answer."""
        del condition, spot
        return False


def documents(*names: str) -> list[Document]:
    """Return documents."""
    return [catalogue().documents[n] for n in names]


def made(text: str, *names: str) -> Plan:
    """Return the plan over answers."""
    return plan(catalogue(), documents(*names), answers(text))


def step(of: Plan, path: str) -> Step:
    """Return the step of a path."""
    return next(s for s in of.steps if s.path == path)


def test_every_question_is_asked_once() -> None:
    """Sections that several documents use are asked once, in the order of the sections."""
    of = plan(catalogue(), documents(PD, REVIEW, DECLARATION), Nothing())

    paths = [s.path for s in of.steps]
    assert len(paths) == len(set(paths))
    assert {s.question.section for s in of.steps} == {s.id for s in of.sections}


def test_the_items_of_a_list_are_asked_where_the_list_is() -> None:
    """All of the first item, then all of the second, then whether there are more."""
    known = Nothing({("events",): ["one", "two"]})

    of = plan(catalogue(), documents(DECLARATION), known)

    events = [s.path for s in of.steps if s.path.startswith("events")]
    ones = [p for p in events if p.startswith("events.one.")]
    assert events[: len(ones)] == ones
    assert events[-1] == "events"
    assert {p.split(".")[2] for p in ones} >= {"when", "told"}


def test_lists_within_lists_are_walked() -> None:
    """Every entry of every respondent has its questions."""
    known = Nothing({
        ("respondents",): ["a", "b"],
        ("respondents", 0, "entries"): ["x"],
        ("respondents", 1, "entries"): ["y", "z"],
    })  # fmt: skip

    of = plan(catalogue(), documents(PD), known)

    manner = [s.path for s in of.steps if s.question.path == "respondents[].entries[].manner"]
    assert manner == ["respondents.a.entries.x.manner", "respondents.b.entries.y.manner",
                      "respondents.b.entries.z.manner"]  # fmt: skip
    assert step(of, "respondents.b.entries.z.manner").spot == (
        "respondents", 1, "entries", 1, "manner",
    )  # fmt: skip


def test_a_list_with_items_stays_open_until_it_is_said_to_be_complete() -> None:
    """Having one event does not mean having told all; `[]` means none."""
    some = Nothing({("events",): ["one"]})
    done = Nothing({("events",): ["one"]}, {("events",)})
    none = Nothing({("events",): []})

    standing = [
        step(plan(catalogue(), documents(DECLARATION), known), "events").standing
        for known in (some, done, none)
    ]

    assert standing == [Standing.OPEN, Standing.USED, Standing.USED]


def test_a_question_whose_condition_fails_is_idle_and_required_of_nobody() -> None:
    """It is neither asked nor counted."""
    of = made("rok: {lived: no, settled: x}\n", DECLARATION)

    assert step(of, "rok.settled").standing is Standing.IDLE
    assert not step(of, "rok.settled").required
    assert step(of, "rok.lived").standing is Standing.USED


@pytest.mark.parametrize("nta_date", ["", ", nta_date: some day"])
def test_an_answer_is_used_while_its_condition_is_open(nta_date: str) -> None:
    """It is not asked for while it is not given, and idle as soon as the condition fails."""
    said = "case: {proceeding: %s, stage: individual_set, charges: [a6]%s}\n"
    of = made(said % ("removal_240", nta_date), PD)
    other = made(said % ("asylum_only", nta_date), PD)

    assert step(of, "case.charges").standing is Standing.USED
    assert step(of, "case.nta_allegations").standing is Standing.IDLE
    assert step(other, "case.charges").standing is Standing.IDLE


def test_a_condition_can_make_a_question_required() -> None:
    """Whoever interprets must say in which language."""
    of = made(
        "people:\n- {id: cho, role: interpreter}\n- {id: ruth, role: supporter}\n", DECLARATION
    )

    assert step(of, "people.cho.competence").required
    assert not step(of, "people.ruth.competence").required


def test_the_next_open_question_follows_the_one_just_answered() -> None:
    """From the end it goes on at the beginning; what was skipped is not offered again."""
    of = plan(catalogue(), documents(PD), Nothing())
    first, second, last = of.open[0], of.open[1], of.open[-1]

    assert of.next() == first
    assert of.next(first.spot) == second
    assert of.next(last.spot) == first
    assert of.next(first.spot, frozenset({second.spot})) == of.open[2]
    assert of.next(skipped=frozenset(s.spot for s in of.open)) is None


def test_back_leads_to_the_question_asked_before() -> None:
    """Idle ones are left out; before the first there is none."""
    of = made("rok: {lived: no}\n", DECLARATION)
    asked = [s for s in of.steps if s.standing is not Standing.IDLE]

    assert of.before(asked[5].spot) == asked[4]
    assert of.before(asked[0].spot) is None


def test_a_section_counts_what_is_open_and_what_is_asked() -> None:
    """Idle questions count for neither."""
    empty = plan(catalogue(), documents(PD), Nothing(met=True))
    idle = plan(catalogue(), documents(PD), Nothing(met=False))

    assert empty.count("matter")[0] == empty.count("matter")[1] > 5
    assert idle.count("matter")[1] < empty.count("matter")[1]


@pytest.mark.parametrize(
    ("told", "papers"),
    [
        pytest.param("", {DECLARATION, PD, REVIEW}, id="none-named"),
        pytest.param("meta: {papers: [pd-request]}\n", {PD}, id="one-named"),
    ],
)
def test_the_papers_of_a_case_are_those_it_names(told: str, papers: set[str]) -> None:
    """A case that names none has the request, the review and the declaration."""
    assert {d.id for d in needed(catalogue(), answers(told))} == papers


@pytest.mark.parametrize("name", [PD, REVIEW, DECLARATION])
def test_the_demo_leaves_nothing_required_open(name: str) -> None:
    """The sample case answers all that its documents need."""
    from nkdocs._resources import shipped
    from nkdocs.packet.desk import open_desk

    desk = open_desk(shipped("answers") / "demo")

    of = plan(desk.catalogue, desk.documents([name]), desk.answers())

    assert not [s.path for s in of.open if s.required and not desk.answers().has(s.spot)]
    assert isinstance(desk.catalogue, Catalogue)
