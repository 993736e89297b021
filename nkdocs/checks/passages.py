"""What a paper says, sentence by sentence, and where it comes from: an answer, or its own text."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from nkdocs._patterns import lazily
from nkdocs.checks.facts import DocumentFact, Facts
from nkdocs.checks.letters import letters
from nkdocs.checks.letters import sentences as split
from nkdocs.checks.printed import printed
from nkdocs.citations.cite import parse
from nkdocs.diagnostics import Place
from nkdocs.interview.engine import Spot

_WITNESS = "witness-declaration"
SWORN = ("asylum-declaration", _WITNESS, "supplemental-declaration")

_TAB = lazily(r"\(?(?:[Ss]ee\s+)?\bTab\s+[A-Z]+(?:\s+at\s+[\d–-]+)?\)?")
_BEGINS = lazily(
    r"\bdeclares?\s+(?:as\s+follows|the\s+following)\b|나의\s+진술은\s+다음과", re.IGNORECASE
)
_CERTIFICATE = "certificate"  # how the file of a translator begins, who swears to nothing
_ENDS = lazily(r"\bunder\s+(?:the\s+)?penalty\s+of\s+perjury\b", re.IGNORECASE)


class Sentence(Struct, frozen=True):
    """A sentence of a paper.

    Attributes:
        at: the position of its paragraph, from 1, empty paragraphs left out.
        paragraph: all that the paragraph says.
    """

    document: DocumentFact
    at: int
    text: str
    paragraph: str


class Origin(Struct, frozen=True):
    """Where a sentence comes from: the answer that says it, or else its place in the paper."""

    where: str
    spot: Spot = ()
    place: Place | None = None


def sworn(document: DocumentFact) -> bool:
    """Whether a paper is sworn text."""
    return document.document.startswith(SWORN) and not document.name.startswith(_CERTIFICATE)


def leaving(facts: Facts) -> list[DocumentFact]:
    """Return the papers that leave the office."""
    return [d for d in facts.documents or () if d.audience in {"court", "opla"}]


def of_the_case(facts: Facts) -> list[DocumentFact]:
    """Return the papers that leave the office, but those in which "I" is a witness."""
    return [d for d in leaving(facts) if not d.document.startswith(_WITNESS)]


def sworn_part(document: DocumentFact) -> list[tuple[int, str]]:
    """Return position and text of the paragraphs between "declare as follows" and the oath.

    In the edition in both languages the same words follow in the other one. Of a paper that lacks
    one of the two marks everything that lies on its side counts.
    """
    texts = list(enumerate(document.paragraphs, 1))
    begun = [at for at, text in texts if _BEGINS.search(text)]
    first = begun[0] if begun else 0
    first += first + 1 in begun
    last = next((at for at, text in texts if at > first and _ENDS.search(text)), len(texts) + 1)
    return [(at, text) for at, text in texts if first < at < last]


def sentences(
    document: DocumentFact, within: Sequence[tuple[int, str]] | None = None
) -> Iterator[Sentence]:
    """Yield the sentences of a paper, or of the paragraphs *within* it."""
    texts = enumerate(document.paragraphs, 1) if within is None else within
    for at, text in texts:
        for sentence in split(text):
            yield Sentence(document, at, sentence, text)


def origin(facts: Facts, sentence: Sentence) -> Origin:
    """Return the answer that *sentence* was printed from, or its place in the paper."""
    sought = letters(_TAB.sub(" ", sentence.text))
    for spot, told in printed(facts, sentence.document.audience) if sought else ():
        if sought in letters("".join(p for p in parse(told) if isinstance(p, str))):
            return Origin(facts.answers.path(spot), spot)
    return placed(sentence.document, sentence.at)


def placed(document: DocumentFact, at: int) -> Origin:
    """Return the place of a paragraph of a paper: by the number it prints, if it prints one."""
    number = document.numbers[at - 1] if at <= len(document.numbers) else 0
    part = f"¶ {number}" if number else f"paragraph {at}"
    return Origin(f"{document.name} {part}", (), Place(f"out/{document.name}", part=part))


def quoted(text: str) -> list[tuple[int, int]]:
    """Return the spans of *text* that stand between double quotation marks."""
    return [m.span() for m in re.finditer(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)", text)]


def inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a position lies in one of *spans*."""
    return any(first <= at < last for first, last in spans)
