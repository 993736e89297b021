"""What the letters to OPLA say, sentence by sentence, each told where an answer holds it.

What an answer holds is told of the answer, so that it has a line; a paper's own paragraphs are
looked at for what somebody wrote into them.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct

from nkdocs._patterns import lazily
from nkdocs.checks.facts import DocumentFact, Facts
from nkdocs.checks.printed import printed_below
from nkdocs.citations.cite import parse
from nkdocs.diagnostics import Place
from nkdocs.interview.engine import Spot

PD, REVIEW = "pd-request", "supervisory-review"
_ROOTS = {PD: ("pd", "case"), REVIEW: ("sr",)}
# What is rarest stands first: it is looked for at every character.
_SENTENCE = lazily(
    r"(?<=[.!?;])(?=[\"”’)\]\s])"
    r"(?<!\bM[sr]\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bNo\.)(?<!U\.S\.)(?<!\bv\.)(?<!\bat\.)"
    r"(?<!C\.F\.R\.)(?<!U\.S\.C\.)(?<!\bF\.)(?<!\bDec\.)(?<!\bSupp\.)(?<!\bReg\.)(?<!\bPub\.)"
    r"(?<!\bL\.)(?<!\bEx\.)(?<!\bArt\.)"
    r"[\"”’)\]]*\s+(?=[A-Z\"“‘(\[])|\n+"
)
OWN = 12  # letters: a piece of a template that is shorter may stand anywhere


class Sentence(Struct, frozen=True):
    """A sentence of a letter.

    Attributes:
        whole: the answer or paragraph it stands in.
        where: how findings name it: the answer's path, or the paper's paragraph, and its number.
        document: the id of the letter.
        spot: the answer that holds it, none for what somebody wrote into a paper.
        place: where it stands when that is no answer.
    """

    text: str
    whole: str
    where: str
    document: str
    spot: Spot = ()
    place: Place | None = None


def at_hand(facts: Facts) -> bool:
    """Whether there is a letter whose sentences can be looked at."""
    written = any(d.audience == "opla" for d in facts.documents or ())
    return written or not facts.chosen.isdisjoint(_ROOTS)


Flag = Callable[[Sentence], str]


def flagged(
    facts: Facts, flag: Flag, without: frozenset[Spot] = frozenset()
) -> Iterator[tuple[Sentence, str]]:
    """Yield every sentence that *flag* says something of, with what it says, each once.

    Answers at *without* are left out.
    """
    told: list[list[str]] = []
    for sentence in _of_answers(facts, without):
        if what := flag(sentence):
            told.append([letters(p) for p in parse(sentence.text) if isinstance(p, str)])
            yield sentence, what
    for sentence in _of_papers(facts):
        what = flag(sentence)
        if what and not _repeats(letters(sentence.text), told):
            yield sentence, what


def answers_of(facts: Facts, document: str) -> Iterator[tuple[Spot, str]]:
    """Yield the texts that a letter at hand prints of the answers, in people's own words."""
    for root in _ROOTS.get(document, ()) if document in facts.chosen else ():
        yield from printed_below(facts, "opla", root)


def of(facts: Facts, document: str) -> list[DocumentFact]:
    """Return a letter's papers, as they were filled or edited; none where they were not read."""
    found = facts.documents or ()
    return [d for d in found if d.document == document and d.audience == "opla"]


def written_in(facts: Facts, document: DocumentFact) -> Iterator[tuple[int, str]]:
    """Yield number and text of the paragraphs that neither the template nor an answer made."""
    answers = [letters(p) for _, text in answers_of(facts, document.document)
               for p in text.split("\n\n")]  # fmt: skip
    for number, text in enumerate(document.paragraphs, 1):
        plain = letters(text)
        held = any(a and (a in plain or plain in a) for a in answers)
        if not held and not from_template(plain, document):
            yield number, text


def from_template(plain: str, document: DocumentFact) -> bool:
    """Whether the template's own words stand in a paragraph, of which *plain* are the letters."""
    pieces = (letters(piece) for piece in document.template)
    return any(len(piece) >= OWN and piece in plain for piece in pieces)


def at_paragraph(document: DocumentFact, number: int) -> Place:
    """Return where a paragraph of a paper stands."""
    return Place(f"out/{document.name}", part=f"paragraph {number}")


def sentences(text: str) -> list[str]:
    """Return the sentences of *text*."""
    return [s for s in _SENTENCE.split(text) if s.strip()]


def letters(text: str) -> str:
    """Return letters and digits alone, small."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _of_answers(facts: Facts, without: frozenset[Spot]) -> Iterator[Sentence]:
    for document in _ROOTS:
        for spot, text in answers_of(facts, document):
            for at, sentence in enumerate(sentences(text) if spot not in without else (), 1):
                where = f"{facts.answers.path(spot)} sentence {at}"
                yield Sentence(sentence, text, where, document, spot)


def _of_papers(facts: Facts) -> Iterator[Sentence]:
    for document in (d for d in facts.documents or () if d.audience == "opla"):
        for number, text in enumerate(document.paragraphs, 1):
            for at, sentence in enumerate(sentences(text), 1):
                where = f"{document.name} paragraph {number} sentence {at}"
                place = at_paragraph(document, number)
                yield Sentence(sentence, text, where, document.document, (), place)


def _repeats(sentence: str, told: list[list[str]]) -> bool:
    """Whether a paper's sentence is one of an answer; cites print otherwise than they are typed."""
    return any(pieces and all(p in sentence for p in pieces) for pieces in told)
