"""The Korean beside the English: each answer has it, and each pair tells the same numbers."""

from collections.abc import Iterator

from nkdocs.answers import korean, save
from nkdocs.answers.sight import ForbiddenPathError
from nkdocs.answers.view import Answers, Group, Items
from nkdocs.checks.facts import Facts, Found, Rule, listed
from nkdocs.diagnostics import Severity
from nkdocs.errors import AnswersError
from nkdocs.interview.engine import Spot
from nkdocs.kinds.korean import in_korean
from nkdocs.kinds.nonanswers import NonAnswer, value_of
from nkdocs.kinds.places import Place
from nkdocs.kinds.whens import When
from nkdocs.kinds.words import Story

_DECLARATION = "asylum-declaration"
_ASKED: Spot = ("signing", "bilingual")
_SHOWN = 4  # paths that one finding names
#: What the declaration prints of the client's words, by the names at the top of the answers.
_SWORN = (
    "dprk", "china", "events", "family", "transit", "rok", "firm_resettlement", "us", "oneyear",
    "claim", "statements", "evidence", "effects", "bars",
)  # fmt: skip
#: What it prints besides.
_ALSO = (("interpreter", "helpers"), ("interpreter", "language"))
_OF_CLIENT = ("birth_place", "language")


def _asked(facts: Facts) -> bool:
    """Whether the edition in both languages is wanted."""
    return _DECLARATION in facts.chosen and bool(facts.answers.value(_ASKED))


def _missing(facts: Facts) -> Iterator[Found]:
    """L425: answers that the edition in both languages prints and that nobody put into Korean."""
    if not _asked(facts):
        return
    seen = facts.answers.seen_by("court")
    known = facts.answers.catalogue
    asked = {q.path for q in known.asked(known.documents[_DECLARATION])}
    told = [s for s, _ in _words(seen) if (q := seen.question(s)) and q.path in asked]
    gaps = [s for s in told if not korean.paragraphs(seen.case, seen.path(s))]
    if gaps:
        paths = [seen.path(spot) for spot in gaps]
        more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
        said = {"what": f"no Korean text stands under _ko for {', '.join(paths[:_SHOWN])}{more}"}
        yield Found("L425", korean.KEY, _ASKED, said, tuple(gaps[:_SHOWN]), read=" ".join(paths))


def _pairs(facts: Facts) -> Iterator[Found]:
    """L424 and L425: pairs of other numbers of paragraphs, or other dates and numbers in them.

    Without the edition they are only worth a look.
    """
    if _DECLARATION not in facts.chosen:
        return
    weight = None if _asked(facts) else Severity.WARN
    answers = facts.answers
    for name in korean.written(answers.case):
        found = korean.paragraphs(answers.case, name)
        try:
            spot = save.spot_of(answers.case.data, name)
            english = _paragraphs(answers.value(spot))
        except AnswersError:
            continue  # an unknown path is told by A008
        if not found or not english:
            continue
        path, place = korean.path_of(name), (korean.KEY, name)
        if len(found) != len(english):
            told = {"what": f"{path} has {len(found)} paragraphs and the English {len(english)}"}
            read = f"{len(found)}/{len(english)}"
            yield Found("L425", path, place, told, (spot,), weight, read)
            continue
        from nkdocs.checks.amounts import differ  # few cases are told in Korean

        for number, (ours, theirs) in enumerate(zip(english, found, strict=True), 1):
            if wrong := differ(ours, theirs):
                counts = {"ours": len(wrong.english), "theirs": len(wrong.korean)}
                where = {"path": path, "paragraph": number, **counts}
                yield Found("L424", f"{path} {number}", place, where, (spot,), weight, str(wrong))


def _paragraphs(value: object) -> tuple[str, ...]:
    """Return what an answer prints in English, paragraph by paragraph; nothing of a gap."""
    told = value_of(value)
    if isinstance(told, Story):
        return told.paragraphs
    if isinstance(told, When):
        return (told.phrase,)
    return (str(told),) if isinstance(told, (str, Place)) else ()


def _words(seen: Answers) -> Iterator[tuple[Spot, object]]:
    """Yield every answer the edition prints that only a person can say in Korean."""
    groups: list[tuple[Group, str]] = [(seen.root, n) for n in _SWORN]
    client = seen.client
    if isinstance(client, Group):
        groups += [(client, n) for n in _OF_CLIENT]
        groups += [(entry, "where") for entry in listed(client.lookup("entries"))]
    for spot, value in (found for group, name in groups for found in _below(group, name)):
        yield spot, value
    chosen = str(seen.value(("interpreter", "person")))
    people = (p for p in listed(seen.value(("people",))) if p.id == chosen)
    for spot in (*_ALSO, *((*p.spot, "competence") for p in people)):
        value = seen.value(spot)
        if _only_by_a_person(value):
            yield spot, value


def _below(group: Group, name: str) -> Iterator[tuple[Spot, object]]:
    try:
        value = group.lookup(name)
    except ForbiddenPathError:
        return
    if isinstance(value, Items):
        for item in value:
            if name == "statements" and not item.lookup("correction"):
                continue  # only what is corrected is printed
            for inner in sorted(item.children()):
                yield from _below(item, inner)
    elif isinstance(value, Group):
        for inner in sorted(value.children()):
            yield from _below(value, inner)
    elif _only_by_a_person(value):
        yield (*group.spot, name), value


def _only_by_a_person(value: object) -> bool:
    if isinstance(value, NonAnswer):
        return False
    told = value_of(value)
    hearsay = told is not value and isinstance(told, When)
    return hearsay or (isinstance(told, (str, Story, Place)) and not in_korean(told))


RULES: tuple[Rule, ...] = (_missing, _pairs)
