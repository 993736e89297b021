"""The answers as documents see them: only what counts, only what the audience may see."""

import gc
import weakref

import pytest

from nkdocs._conditions import Condition
from nkdocs._jinja import Missing
from nkdocs.answers.sight import Forbidden, ForbiddenPathError
from nkdocs.answers.view import Group, Items
from nkdocs.checks.printed import told
from nkdocs.errors import TemplateError
from tests.documents.letters import answers

ROK_IDLE = "rok: {lived: no, settled: Text., contact: {entered: October 2011}}\n"


def test_an_idle_answer_is_not_seen_and_not_lost() -> None:
    """Its condition does not hold: documents see a gap, the file keeps its bytes."""
    seen = answers(ROK_IDLE)

    assert isinstance(seen.value(("rok", "settled")), Missing)
    assert seen.data(("rok", "settled")) == "Text."
    assert ROK_IDLE in seen.case.text


def test_it_counts_again_when_its_condition_holds() -> None:
    """Nothing was moved, so nothing has to be typed again."""
    seen = answers(ROK_IDLE.replace("lived: no", "lived: yes"))

    assert str(seen.value(("rok", "settled"))) == "Text."


def test_a_group_of_idle_answers_is_false() -> None:
    """`{% if rok.contact %}` does not see what is idle."""
    assert not answers(ROK_IDLE).value(("rok", "contact"))
    assert answers(ROK_IDLE.replace("lived: no", "lived: yes")).value(("rok", "contact"))


def test_a_condition_may_read_what_its_audience_may_not() -> None:
    """Whether a question counts is decided on all answers; the audience sees the question alone."""
    text = "pd: {negatives: [{id: a, fact: x, disclose: yes, context: y}]}\n"

    items = answers(text, "opla").value(("pd", "negatives"))

    assert isinstance(items, Items)
    assert len(items) == 1


@pytest.mark.parametrize("audience", ["opla", "court", "client"])
def test_an_internal_answer_raises(audience: str) -> None:
    """Before anything of it can be printed, tested or counted."""
    seen = answers("pd: {case_strength: weak}\n", audience)

    with pytest.raises(ForbiddenPathError) as caught:
        seen.value(("pd", "case_strength"))

    assert "pd.case_strength" in caught.value.message
    assert "weak" not in caught.value.message


def test_the_office_sees_everything() -> None:
    """An internal document is for nobody outside."""
    for audience in (None, "internal"):
        assert str(answers("pd: {case_strength: weak}\n", audience).value(("pd", "case_strength")))


def test_items_are_known_by_their_ids() -> None:
    """Paths name the id, never the position."""
    seen = answers("events: [{id: one, when: 2001}, {id: two, when: 2002}]\n")

    assert seen.items(("events",)) == ["one", "two"]
    assert seen.path(("events", 1, "when")) == "events.two.when"


def test_inside_an_item_bare_names_are_its_own() -> None:
    """Outer items stand under the singular of their list, roots under their own names."""
    seen = answers(
        "respondents:\n- {id: a, lead: yes, name: KIM Min, entries: [{id: e, manner: visa}]}\n"
        "case: {detained: no}\n"
    )
    spot = ("respondents", 0, "entries", 0, "when")

    held = [Condition(c).holds(lambda n: seen.resolve(n, spot)) for c in (
        "manner == 'visa'", "respondent.lead", "client.lead", "case.detained", "not entry.last",
        "lead",
    )]  # fmt: skip

    assert held == [True, True, True, False, True, True]


def test_conditions_in_a_circle_end() -> None:
    """Two questions that each wait for the other are both asked."""
    seen = answers("")
    circle: Condition = Condition("x")

    def ask(_: str) -> object:
        return seen.holds(circle, ("case",))

    asked = Condition("y")
    seen.conditions.asking.add((circle.text, ("case",)))  # as if it were being asked

    assert asked.holds(ask)


_ASKED = "case: {proceeding: removal_240, stage: individual_set, charges: [a6]%s}\n"


@pytest.mark.parametrize("open_one", ["", ", nta_date: ~", ", nta_date: some day in May"])
def test_an_answer_counts_while_what_its_condition_reads_is_open(open_one: str) -> None:
    """Whether the day of the Notice is not told or cannot be read: its charges are told."""
    seen = answers(_ASKED % open_one)

    assert str(seen.value(("case", "charges"))) == "INA § 212(a)(6)(A)(i)"
    assert str(seen.seen_by("opla").value(("case", "charges"))) == "INA § 212(a)(6)(A)(i)"


@pytest.mark.parametrize(
    "said",
    ["case: {proceeding: asylum_only, charges: [a6]}\n",
     "case: {proceeding: removal_240, stage: pre_nta, charges: [a6]}\n",
     "case: {detained: no, facility: a jail}\n"],
)  # fmt: skip
def test_an_answer_whose_condition_fails_for_sure_is_not_seen(said: str) -> None:
    """There is no Notice, nobody is detained."""
    seen = answers(said)

    for name in ("charges", "facility"):
        assert isinstance(seen.value(("case", name)), Missing)


def test_an_answer_left_out_on_purpose_is_no_open_one() -> None:
    """Nobody has to say whether there is a work permit: without a word there is none."""
    seen = answers("case: {ead: {category: c8}}\n")

    assert isinstance(seen.value(("case", "ead", "category")), Missing)


@pytest.mark.parametrize(
    ("text", "hangs"),
    [("x", True), ("not x", True), ("x == 'a'", True), ("'a' in x", True), ("x and y", True),
     ("x and z", False), ("z and x", False), ("x or z", True), ("x or y", False), ("z", False),
     ("(x or z) and not y", False), ("x|length > 1", False)],
)  # fmt: skip
def test_a_condition_hangs_only_where_the_open_answer_decides(text: str, *, hangs: bool) -> None:
    """Of x nobody knows; y is told, z denied."""
    known = {"x": Missing("x", wrong=True), "y": "y", "z": ""}

    assert Condition(text).hangs(known.__getitem__) is hangs


def test_open_conditions_in_a_circle_end() -> None:
    """Whoever asks in a circle whether a condition hangs is told that it does not."""
    seen = answers("")
    circle = Condition("x")

    def ask(_: str) -> object:
        return Missing("x", wrong=seen.conditions.hang(circle, (), lambda n, _: ask(n), seen.usage))

    assert not seen.conditions.hang(circle, (), lambda n, _: ask(n), seen.usage)


@pytest.mark.parametrize("what", ["pd", "events"])
def test_groups_and_lists_are_no_text(what: str) -> None:
    """Printed they stop the work."""
    value = answers("events: [{id: a, when: 2001}]\n").value((what,))

    assert isinstance(value, (Group, Items))
    with pytest.raises(TemplateError):
        str(value)


def test_an_absent_list_is_open_and_an_empty_one_is_an_answer() -> None:
    """`[]` says: none."""
    assert not answers("").has(("events",))
    assert answers("events: []\n").has(("events",))


def test_an_empty_choice_of_several_is_no_answer() -> None:
    """Of choices, none was made."""
    assert not answers("pd: {forms: []}\n").has(("pd", "forms"))


def test_what_is_looked_at_is_remembered() -> None:
    """For the question what a signed text was made from."""
    seen = answers("events: [{id: a, when: 2001, told: x}]\n")
    events = seen.value(("events",))
    seen.usage.paths.clear()

    for event in events:  # type: ignore[attr-defined]
        event.lookup("told")

    assert set(seen.usage.paths) >= {"events", "events.a.told"}


def test_an_invalid_answer_is_a_gap() -> None:
    """Its fault is told by validation; a document sees nothing."""
    assert isinstance(answers("case: {nta_date: soon}\n").value(("case", "nta_date")), Missing)


def test_a_case_without_respondents_has_a_client_that_is_missing() -> None:
    """And the first respondent stands in while nobody is marked as lead."""
    assert isinstance(answers("").client, Missing)
    assert answers("respondents: [{id: a}, {id: b}]\n").client.id == "a"  # type: ignore[attr-defined]


def test_what_one_view_has_read_shows_no_other_what_it_may_not_see() -> None:
    """Views share what was parsed, not what may be seen, and each notes its own use."""
    office = answers("pd: {case_strength: weak}\noffice: {name: A clinic}\n")
    assert str(office.value(("pd", "case_strength")))
    court = office.seen_by("court")

    assert court.value(("office", "name")) is not None
    assert set(court.usage.paths) == {"office.name"}
    assert "office.name" not in office.usage.paths
    with pytest.raises(ForbiddenPathError):
        court.value(("pd", "case_strength"))


def test_what_was_forgotten_is_read_anew_and_says_the_same() -> None:
    """Views that were made of the answers forget with them; then all of it goes at once."""
    seen = answers("respondents: [{id: kim, name: KIM Example, born: about 1986}]\n" + ROK_IDLE)
    view, born = seen.seen_by("court"), ("respondents", 0, "born")
    before = str(seen.client), str(view.client), str(view.value(born))
    seen.forget()
    assert (str(seen.client), str(view.client), str(view.value(born))) == before

    known = weakref.ref(seen)
    seen.forget()
    gc.disable()  # Python's own search would find it, too, but later
    try:
        del seen, view
        assert known() is None
    finally:
        gc.enable()


def test_what_an_audience_may_not_see_keeps_nobody_who_asked() -> None:
    """An error that is kept for later would keep its callers: exhibits on their way, say."""

    class Held:
        """Something that whoever asks has at hand."""

    def ask() -> tuple[weakref.ref[Held], dict[str, object]]:
        held = Held()
        return weakref.ref(held), answers("").seen_by("opla").names()

    gc.disable()
    try:
        held, names = ask()
        assert any(isinstance(value, Forbidden) for value in names.values())
        assert held() is None
    finally:
        gc.enable()


def test_answers_with_idle_ones_do_not_stay_when_nobody_needs_them() -> None:
    """What rules gathered of them goes with them, gaps that ask whether they are owed too."""
    seen = answers(ROK_IDLE + "events: [{id: a, when: 2001, told: Text.}]\n")
    assert [one.value for one in told(seen)] == ["Text."]
    assert isinstance(seen.value(("rok", "settled")), Missing)
    known = weakref.ref(seen)
    del seen
    gc.collect()
    assert known() is None
