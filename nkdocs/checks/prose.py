"""Sworn text as prose: numbered, in the first person, without law, of a length that is read."""

import hashlib
import re
from collections.abc import Iterator, Sequence

from nkdocs._patterns import lazily
from nkdocs.checks.facts import DocumentFact, Facts, Found, Rule, client
from nkdocs.checks.letters import letters
from nkdocs.checks.letters import sentences as split
from nkdocs.checks.passages import (
    Sentence,
    inside,
    origin,
    placed,
    quoted,
    sentences,
    sworn,
    sworn_part,
)
from nkdocs.diagnostics import Severity
from nkdocs.kinds.people import Name

_DECLARATION = "asylum-declaration"
_THIRD = (
    r"\b[Tt]he\s+(?:respondent|applicant|declarant|asylum[- ]seeker)s?\b|"
    r"\b(?:[Mm]y|[Oo]ur)\s+client\b"
)
_FULL_STOP = lazily(r"[.!?]['\"”’)\]]*\s*$")
_LATIN = lazily(r"[A-Za-z\u00c0-\u024f]")
_FEW_WORDS = 7  # a heading or a label is shorter than a sentence
_BLANK = "[…]"
_A_PAGE = 280  # words of a double-spaced page, in a text of many short paragraphs
_SHORTEST, _LONGEST = 10, 25  # pages


def _sworn(facts: Facts) -> Iterator[tuple[DocumentFact, Sequence[tuple[int, str]]]]:
    for document in facts.documents or ():
        if sworn(document):
            yield document, sworn_part(document)


def _numbered(facts: Facts) -> Iterator[Found]:
    """L405: paragraphs of sworn text without a number, one line a paper.

    What is wholly quoted, or not in English, is only told.
    """
    for document, part in _sworn(facts):
        if not document.numbers:
            continue
        bare = [(at, t) for at, t in part if not document.numbers[at - 1] and _is_sentence(t)]
        own = [at for at, t in bare if not _is_apart(t)]
        if not bare:
            continue
        first = (own or [at for at, _ in bare])[0]
        told = {
            "where": document.name,
            "what": f"{len(own) or len(bare)} without a number, the first is paragraph {first}",
        }
        yield Found(
            "L405", f"{document.name} numbers", (), told, place=placed(document, first).place,
            severity=None if own else Severity.INFO,
        )  # fmt: skip


def _is_sentence(text: str) -> bool:
    return bool(_FULL_STOP.search(text)) and (
        len(text.split()) >= _FEW_WORDS or not _LATIN.search(text)
    )


def _is_apart(text: str) -> bool:
    """Whether a paragraph is a quotation as a whole, or a translation."""
    foreign = len(_LATIN.findall(text)) < sum(c.isalpha() for c in text) / 2
    return foreign or bool(re.fullmatch(r"\s*[“\"].*[”\"]\s*", text, re.DOTALL))


def _first_person(facts: Facts) -> Iterator[Found]:
    """L405: sworn text that speaks of its declarant as of somebody else."""
    lead = client(facts) if facts.documents else None
    name = None if lead is None else lead.lookup("name")
    own = rf"|\bM(?:s|r|rs|x)\.\s+{re.escape(name.surname)}\b" if isinstance(name, Name) else ""
    for document, part in _sworn(facts):
        theirs = own if document.document == _DECLARATION else ""
        for sentence in sentences(document, part):
            found = re.search(_THIRD + theirs, sentence.text)
            if found:
                quote = inside(found.start(), quoted(sentence.text))
                yield _told(
                    facts, "L405", sentence, "not in the first person",
                    Severity.INFO if quote else None,
                )  # fmt: skip


def _conclusions(facts: Facts) -> Iterator[Found]:
    """L406: words of the law in the client's mouth."""
    for document, part in _sworn(facts):
        for sentence in sentences(document, part):
            spans = quoted(sentence.text)
            for phrase in facts.lists.conclusions:
                found = re.search(phrase.words, sentence.text, re.IGNORECASE)
                if found and not inside(found.start(), spans):
                    yield _told(facts, "L406", sentence, phrase.what)


def _told(
    facts: Facts, code: str, sentence: Sentence, what: str, severity: Severity | None = None
) -> Found:
    """Return a finding about a sentence; of its words it keeps a digest alone."""
    from_ = origin(facts, sentence)
    at = split(sentence.paragraph).index(sentence.text) + 1
    digest = hashlib.sha256(letters(sentence.text).encode("utf-8", "surrogatepass")).hexdigest()
    return Found(
        code, f"{from_.where} {what}", from_.spot,
        {"where": from_.where if from_.spot else f"{from_.where} sentence {at}", "what": what},
        severity=severity, read=f"{what}/{digest[:16]}", place=from_.place,
    )  # fmt: skip


def _length(facts: Facts) -> Iterator[Found]:
    """L417: a declaration that is shorter or longer than what is read with profit.

    Of one with open blanks nothing is said yet.
    """
    for document, part in _sworn(facts):
        if document.document != _DECLARATION or any(_BLANK in text for _, text in part):
            continue
        words = sum(len(text.split()) for _, text in part)
        pages = round(words / _A_PAGE)
        if not _SHORTEST <= pages <= _LONGEST:
            told = {"document": document.name, "pages": pages}
            yield Found("L417", document.name, (), told, place=placed(document, 1).place)


RULES: tuple[Rule, ...] = (_numbered, _first_person, _conclusions, _length)
