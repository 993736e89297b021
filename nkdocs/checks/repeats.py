"""Letters that say again what was said: in the template, in another case, in the first request.

Only prose that comes from the answers, or that somebody wrote into a paper, is compared: what a
template says stands in every letter.
"""

import difflib
import re
from collections.abc import Iterator

from nkdocs._patterns import lazily
from nkdocs.checks.facts import DocumentFact, Facts, Found, Rule
from nkdocs.checks.letters import (
    PD,
    REVIEW,
    answers_of,
    at_paragraph,
    of,
    sentences,
    written_in,
)
from nkdocs.checks.likeness import Words, all_runs, runs, taken, words
from nkdocs.interview.engine import Spot
from nkdocs.kinds.dates import Date
from nkdocs.kinds.points import MONTHS

_BOILERPLATE = 60  # percent
_RESENT = 50  # percent
_ENOUGH = 60  # words: of less, a share says nothing
_CLOSE = 0.75
_FEW = 6  # words of a sentence without its numbers
_QUOTED: frozenset[Spot] = frozenset(
    {("sr", "decision", "quote"), ("sr", "original_request", "asked")}
)
_REQUESTED: Spot = ("sr", "original_request", "date")
_NEW = frozenset({("sr", "new_facts"), ("sr", "changed_law")})
_DATE = rf"(?:{'|'.join(MONTHS)})\s+\d{{1,2}},?\s+\d{{4}}|(?:{'|'.join(MONTHS)})\s+\d{{4}}"
_NUMBER = lazily(rf"{_DATE}|A?\d[\d,.:-]*\d|\d", re.IGNORECASE)
_NOTE = lazily(
    r"\b(?:since|now|then|no longer|meanwhile|today|corrected?|updated?|formerly|instead|rather|"
    r"at the time|new(?:ly)?|grown|risen|turned|more|has become)\b",
    re.IGNORECASE,
)


def _boilerplate(facts: Facts) -> Iterator[Found]:
    """L215: most of what is the client's own in a letter stands elsewhere, word for word."""
    for document in (PD, REVIEW):
        texts = [(s, words(t)) for s, t in answers_of(facts, document) if s not in _QUOTED]
        total = sum(len(said) for _, said in texts)
        for name, source in _elsewhere(facts) if total >= _ENOUGH else ():
            known = all_runs(source)
            shares = [(taken(said, known), spot) for spot, said in texts]
            percent = 100 * sum(n for n, _ in shares) // total
            if percent > _BOILERPLATE:
                told = {"document": document, "percent": percent, "where": name}
                spot = max(shares, key=lambda share: share[0])[1]
                yield Found("L215", f"{document} {name}", spot, told)
                break


def _elsewhere(facts: Facts) -> Iterator[tuple[str, list[str]]]:
    """Yield what prose is compared with: templates and examples, then each other case."""
    own = [piece for d in facts.documents or () for piece in d.template]
    for question in facts.answers.catalogue.questions.values():
        own += [question.example, question.help, question.prompt.en]
    yield "the template or an example", own
    yield from ((other.name, list(other.prose)) for other in facts.others)


def _resent(facts: Facts) -> Iterator[Found]:
    """L306: the letter of review is, for the most part, the first request again."""
    first = words(facts.as_sent)
    if REVIEW not in facts.chosen or len(first) < _ENOUGH:
        return
    known = all_runs([facts.as_sent])
    for document, texts in _own_words(facts):
        said = [words(text) for text in texts]
        total = sum(map(len, said))
        if total < _ENOUGH:
            continue
        again = sum(taken(part, known) for part in said)
        back = taken(first, {run for part in said for run in runs(part)})
        percent = max(100 * again // total, 100 * back // len(first))
        if percent > _RESENT:
            told = {"document": document.name if document else REVIEW, "percent": percent}
            spot = ("sr", "original_request", "exhibit")
            yield Found("L306", REVIEW, spot, told)
            return


def _own_words(facts: Facts) -> Iterator[tuple[DocumentFact | None, list[str]]]:
    """Yield what the letter of review says in its own words: by the answers, or as it is edited."""
    answers = [text for spot, text in answers_of(facts, REVIEW) if spot not in _QUOTED]
    papers = of(facts, REVIEW)
    for paper in papers:
        yield paper, [*answers, *(text for _, text in written_in(facts, paper))]
    if not papers:
        yield None, answers


def _differs(facts: Facts) -> Iterator[Found]:
    """L307: a number or a date is another one than in the first request, and nothing says why.

    Sentences are compared that are nearly the same without their numbers. What is told as new is
    left out; one line for the letter.
    """
    if REVIEW not in facts.chosen or not facts.as_sent:
        return
    spots, day = list[Spot](), facts.answers.value(_REQUESTED)
    dates = {_plain(d) for d in re.findall(_DATE, facts.as_sent, re.IGNORECASE)}
    if isinstance(day, Date) and dates and _plain(str(day)) not in dates:
        spots.append(_REQUESTED)
    first = [m for s in sentences(facts.as_sent) if (m := _masked(s))[1]]
    for at, text in answers_of(facts, REVIEW):
        told_as_new = at in _QUOTED or at[:2] in _NEW
        if not told_as_new and any(_other(s, first) for s in sentences(text)):
            spots.append(at)
    places = [at_paragraph(paper, number) for paper in of(facts, REVIEW)
              for number, text in written_in(facts, paper)
              if any(_other(s, first) for s in sentences(text))]  # fmt: skip
    where = [*(facts.answers.path(s) for s in spots), *map(str, places)]
    if where:
        told = {"count": len(where), "paths": ", ".join(where)}
        yield Found("L307", "sr", spots[0] if spots else (), told, tuple(spots[1:]),
                    place=None if spots else places[0])  # fmt: skip


def _other(sentence: str, first: list[tuple[Words, tuple[str, ...]]]) -> bool:
    """Whether the sentence most like this one has other numbers."""
    said, numbers = _masked(sentence)
    if not numbers or len(said) < _FEW or _NOTE.search(sentence):
        return False
    near = [(difflib.SequenceMatcher(None, said, s, autojunk=False).ratio(), n) for s, n in first]
    closest = max(near, key=lambda found: found[0], default=(0.0, ()))
    return closest[0] >= _CLOSE and sorted(closest[1]) != sorted(numbers)


def _masked(sentence: str) -> tuple[Words, tuple[str, ...]]:
    """Return the words of a sentence without its numbers and dates, and those."""
    numbers = tuple(_plain(n) for n in _NUMBER.findall(sentence))
    return words(_NUMBER.sub(" ", sentence)), numbers


def _plain(text: str) -> str:
    return " ".join(text.replace(",", "").casefold().split())


RULES: tuple[Rule, ...] = (_boilerplate, _resent, _differs)
