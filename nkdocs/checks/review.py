"""A letter that asks for supervisory review: the refusal, its words, the reader."""

import re
import unicodedata
from collections.abc import Iterator

from nkdocs._patterns import lazily
from nkdocs.checks.facts import ExhibitFact, Facts, Found, Rule, dated, key
from nkdocs.citations.cite import parse
from nkdocs.diagnostics import Severity
from nkdocs.interview.engine import Spot
from nkdocs.kinds.lists import ExhibitRefs

_REVIEW = "supervisory-review"
_DECISION: Spot = ("sr", "decision")
_REQUEST = ("sr", "original_request")
_LEFT_OUT = lazily(r"\[[^\[\]]{2,}\]|\.\s?\.\s?\.(?:\s?\.)?|…")
_LETTER = lazily(r"\[(\w)\]")
_SHORT = 12  # letters: a piece of a quotation that is too short to be told from its neighbours
_TITLES = frozenset(
    "a acc advisor assistant attorney cc chief counsel dcc deputy dr esq hon legal miss mr mrs ms "
    "mx office principal senior the trial".split()
)


def _refusal(facts: Facts) -> Iterator[Found]:
    """L301: the refusal is not attached, or its words are not there.

    An oral refusal is proved by the attorney's file note and told without quotation marks.
    """
    if _REVIEW not in facts.chosen:
        return
    channel = key(facts.answers.value((*_DECISION, "channel")))
    if not channel:
        return
    words = "paraphrase" if channel == "oral" else "quote"
    if not facts.answers.value((*_DECISION, words)):
        yield from _lacking(facts, words, "is not answered")
    attached = {name for f in facts.filings if f.lead == _REVIEW for name in f.exhibits}
    refusals = _refusals(facts)
    if not refusals:
        yield from _lacking(facts, "exhibit", "is not answered")
    elif attached and not attached & set(refusals):
        yield from _lacking(facts, "exhibit", "names nothing that the letter's filing attaches")


def _lacking(facts: Facts, name: str, what: str) -> Iterator[Found]:
    spot = (*_DECISION, name)
    path = facts.answers.path(spot)
    yield Found("L301", path, spot, {"path": path, "what": what})


def _refusals(facts: Facts) -> list[str]:
    """Return the ids of the exhibits that are the refusal."""
    value = facts.answers.value((*_DECISION, "exhibit"))
    return list(value.ids) if isinstance(value, ExhibitRefs) else []


def _quotation(facts: Facts) -> Iterator[Found]:
    """L302: what is quoted does not stand in the refusal, as far as its text can be read."""
    spot = (*_DECISION, "quote")
    quote = str(facts.answers.value(spot) or "") if _REVIEW in facts.chosen else ""
    if not quote:
        return
    read = [e for e in facts.exhibits or () if e.id in _refusals(facts) and _letters(e.text)]
    severities = [_altered(quote, exhibit) for exhibit in read]
    if severities and None not in severities:
        told = {"path": "sr.decision.quote", "exhibit": read[0].id}
        mildest = Severity.WARN if Severity.WARN in severities else None
        yield Found("L302", "sr.decision.quote", spot, told, severity=mildest,
                    read=f"{read[0].id}/{len(_letters(quote))}")  # fmt: skip


def _altered(quote: str, exhibit: ExhibitFact) -> Severity | None:
    """Return how surely *quote* differs from the exhibit; None if it stands there.

    Where pages have no text, or one that was recognised, or a page's end may lie between two
    pieces, it is only a warning.
    """
    at, text, severity = 0, _letters(exhibit.text), None
    for piece in _pieces(quote):
        found = text.find(piece, at)
        if found >= 0:
            at = found + len(piece)
        elif (
            exhibit.silent
            or exhibit.recognised
            or (exhibit.pages > 1 and _in_two(piece, text))
        ):
            severity = Severity.WARN
        else:
            return Severity.ERROR
    return severity


def _in_two(piece: str, text: str) -> bool:
    """Whether *piece* stands in *text* in two parts, as around the foot and head of pages."""
    cuts = range(_SHORT, len(piece) - _SHORT + 1)
    return any(
        (start := text.find(piece[:cut])) >= 0 and text.find(piece[cut:], start + cut) >= 0
        for cut in cuts
    )


def _pieces(quote: str) -> list[str]:
    """Return the letters of a quotation between what it says it leaves out or puts in."""
    words = "".join(p for p in parse(quote) if isinstance(p, str))
    pieces = _LEFT_OUT.split(_LETTER.sub(r"\1", words))
    return [letters for piece in pieces if (letters := _letters(piece))]


def _letters(text: str) -> str:
    """Return letters and digits alone: quotation marks, dashes, spaces and capitals set aside."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def _resend(facts: Facts) -> Iterator[Found]:
    """L303: a review letter that brings no reason and nothing new is a mere resend."""
    answers = facts.answers
    brought = (("sr", "reasons"), ("sr", "new_facts"), ("sr", "changed_law"))
    if _REVIEW in facts.chosen and not any(answers.value(spot) for spot in brought):
        yield Found("L303", "sr.reasons", ("sr", "reasons"))


def _same_eyes(facts: Facts) -> Iterator[Found]:
    """L304: the supervisor who is asked is the author of the refusal."""
    reviewer, author = ("sr", "reviewer", "name"), (*_DECISION, "author")
    if _REVIEW not in facts.chosen:
        return
    one, other = (str(facts.answers.value(spot) or "") for spot in (reviewer, author))
    if _same(_name(one), _name(other.split(",")[0])):
        yield Found("L304", "sr.reviewer.name", reviewer, {}, (author,),
                    read=f"{_letters(one)}/{_letters(other)}")  # fmt: skip


def _name(text: str) -> list[str]:
    return [w for w in re.findall(r"[^\W\d_]+", text.casefold()) if w not in _TITLES]


def _same(one: list[str], other: list[str]) -> bool:
    """Whether two names agree: the surname, and the first names or their initials."""
    if not one or not other or one[-1] != other[-1]:
        return False
    if len(one) == 1 or len(other) == 1:
        return True
    first, second = one[0], other[0]
    short = min(len(first), len(second)) == 1
    return first[0] == second[0] if short else first == second


def _as_sent(facts: Facts) -> Iterator[Found]:
    """L308: what the letter says of the request is not what the record of it says."""
    if _REVIEW not in facts.chosen:
        return
    refused = dated(facts.answers.value((*_DECISION, "date")))
    sent = [s for s in facts.sent if s.document == "pd-request"]
    sent = [s for s in sent if refused is None or s.on <= refused.latest]
    if not sent:
        return
    record = max(sent, key=lambda s: s.on)
    told = {name: facts.answers.value((*_REQUEST, name)) for name in ("date", "channel", "exhibit")}
    day = dated(told["date"])
    if day is not None and day.latest != record.on:
        yield _not_so("date", f"is not the day on which it was sent, {record.on}")
    if key(told["channel"]) not in {"", record.channel}:
        yield _not_so("channel", f"is not how it was sent, {record.channel}")
    if told["exhibit"] and not record.exhibits:
        yield _not_so("exhibit", "is not the file that was sent")


def _not_so(name: str, what: str) -> Found:
    spot = (*_REQUEST, name)
    path = ".".join(spot)
    return Found("L308", path, spot, {"path": path, "what": what})


RULES: tuple[Rule, ...] = (_refusal, _quotation, _resend, _same_eyes, _as_sent)
