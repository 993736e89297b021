"""References to law in papers: found by their form, and looked up in the registry."""

import functools
import re
from collections.abc import Iterator

from msgspec import Struct

from nkdocs._patterns import lazily
from nkdocs.authorities import Authority
from nkdocs.checks.facts import DocumentFact, Facts, Found, Rule, key
from nkdocs.checks.passages import (
    Sentence,
    inside,
    leaving,
    origin,
    placed,
    quoted,
    sentences,
)

_GAP = r"[\s\u00a0]*"
_PARTS = r"(?:\([A-Za-z0-9]{1,4}\))*"
_SECTION = rf"\d+[a-z]?(?:\.\d+)?(?:-\d+(?:\.\d+)?)?{_PARTS}"
_SIGN = rf"(?:§§?|[Ss]ections?|[Ss]ecs?\.|[Pp]arts?|[Pp]t\.)?{_GAP}"
_AND = r"(?:,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*[-–]\s*)"
_LETTERS = r"(?:,\s*\([a-z]\))*"
_DECIMALS = rf"{_LETTERS}(?:{_AND}(?:{_SIGN})?\d+\.\d+{_PARTS}{_LETTERS})*"
_NEXT = rf"(?:{_AND}\d{{3,4}}[a-z]?(?!\s*(?:U\.?\s?S|C\.?\s?F|I&N|F\.)){_PARTS}{_LETTERS})*"
_CODES = {  # how a code is written, and how its sections go on after § § and after §
    "CFR": (rf"\b\d+{_GAP}C\.?\s?F\.?\s?R\.?", _DECIMALS, _DECIMALS),
    "USC": (rf"\b\d+{_GAP}U\.?\s?S\.?\s?C\.?(?:\s?A\.?)?", _NEXT, _LETTERS),
    "INA": (r"\b(?:INA|Immigration\s+and\s+Nationality\s+Act)", _NEXT, _LETTERS),
}
_REPORTERS = {
    "I&N": rf"I\.?{_GAP}(?:&|and){_GAP}N\.?{_GAP}Dec\.?",
    "F4": rf"F\.{_GAP}4th",
    "F3": rf"F\.{_GAP}3d",
    "F2": rf"F\.{_GAP}2d",
    "FS3": rf"F\.{_GAP}Supp\.{_GAP}3d",
    "FS2": rf"F\.{_GAP}Supp\.{_GAP}2d",
    "FS": rf"F\.{_GAP}Supp\.(?!{_GAP}\d)",
    "US": r"U\.\s?S\.(?!\s?C)",
    "FR": rf"Fed\.{_GAP}Reg\.",
}
_LAWS = lazily(
    "|".join(
        rf"(?P<{name}>{form}{_GAP}(?:§§{_GAP}{_SECTION}{_LETTERS}{more}|{_SIGN}{_SECTION}{rest}))"
        for name, (form, more, rest) in _CODES.items()
    )
    + rf"|(?P<PL>\bPub\.{_GAP}L\.{_GAP}(?:No\.{_GAP})?\d+[-–]\d+)"
)
_CASES = {
    name: lazily(rf"\b(?P<volume>\d+){_GAP}{form}{_GAP}(?P<page>\d+)")
    for name, form in _REPORTERS.items()
}
_NUMBER = lazily(r"\d+[a-z]?(?:\.\d+)?(?:-\d+(?:\.\d+)?)?")
_SHORT_ID = lazily(r"(?<![\w-])(?:[Ii]d\.|[Ii]bid\.)")
_SUPRA_NOTE = lazily(
    r"(?P<name>[A-Z][\w’'.&-]*(?:\s+[\w’'.&-]+){0,4}?),?\s+supra\s+(?:note|n\.)\s*(?P<note>\d+)"
)
_SUPRA = lazily(
    r"(?P<name>[A-Z][\w’'&-]+(?:\s+[A-Z][\w’'&-]+){0,3}),\s+supra\b(?!\s+(?:note|n\.))"
)
_BINDING = lazily(
    r"\b(?:binding|binds?|bound|controls|controlling|governs?|governing|compels?|dictates?|"
    r"mandates?|requires?|forecloses?|must)\b",
    re.IGNORECASE,
)
_PERSUADES = lazily(
    r"\b(?:persuasive|not\s+bound|not\s+bind|not\s+binding|see\s+also|cf\.|compare|elsewhere|"
    r"(?:sister|other|another)\s+(?:court|circuit)|outside)\b",
    re.IGNORECASE,
)
Reference = tuple[str, str, str]


class Cited(Struct, frozen=True):
    """A reference to law in a text.

    Attributes:
        keys: what it refers to, each as (kind, volume or title, page or section).
    """

    start: int
    end: int
    keys: tuple[Reference, ...]


def references(text: str) -> list[Cited]:
    """Return the references to law in *text*, in order."""
    laws = (
        Cited(*match.span(), tuple(_law_keys(match.lastgroup or "", match[0])))
        for match in _LAWS.finditer(text)
    )
    cases = (
        Cited(*match.span(), ((name, match["volume"], match["page"]),))
        for name, form in _CASES.items()
        for match in form.finditer(text)
    )
    return sorted((*laws, *cases), key=lambda cited: cited.start)


def _law_keys(name: str, text: str) -> Iterator[Reference]:
    """Yield title and section of each section that one reference names."""
    if name == "PL":
        yield name, "", "-".join(re.findall(r"\d+", text))
        return
    plain = re.sub(r"\([^()]*\)", " ", text)
    numbers = _NUMBER.findall(re.sub(r"(?<=\d)\s*–\s*(?=\d)", " ", plain))
    title, sections = ("", numbers) if name == "INA" else (numbers[0], numbers[1:])
    for section in sections:
        yield name, title, section


def known(facts: Facts) -> dict[Reference, list[Authority]]:
    """Return the authorities of the registry by what their citations refer to."""
    by: dict[Reference, list[Authority]] = {}
    for authority in facts.registry:
        for one in _referred(authority.cite):
            by.setdefault(one, []).append(authority)
    return by


@functools.lru_cache(maxsize=4096)
def _referred(text: str) -> tuple[Reference, ...]:
    """Return what *text* refers to: citations of the registry, which stay the same all night."""
    return tuple(one for cited in references(text) for one in cited.keys)


def authorities_in(facts: Facts, text: str) -> list[Authority]:
    """Return the authorities of the registry that *text* refers to, each once.

    Where paragraphs of one section are entries of their own, those that the text names count; all
    of them where it names none.
    """
    by = known(facts)
    found: dict[str, Authority] = {}
    for cited in references(text):
        words = text[cited.start : cited.end]
        for one in cited.keys:
            entries = by.get(one, [])
            exact = [a for a in entries if _paragraph(a.cite) and _paragraph(a.cite) in words]
            found |= {a.id: a for a in exact or entries}
    return list(found.values())


def _paragraph(cite: str) -> str:
    parts = re.search(r"\([a-z]\)", cite)
    return parts[0] if parts else ""


def _unknown(facts: Facts) -> Iterator[Found]:
    """L701: a reference that is not in the registry.

    What the government is quoted with, and what a question itself offers (the charges of a Notice
    to Appear), is not ours to prove.
    """
    documents = list(leaving(facts))
    by = set(known(facts)) | _offered(facts) if documents else set()
    for document in documents:
        told: set[Reference] = set()
        for sentence in sentences(document):
            spans = quoted(sentence.text)
            for cited in references(sentence.text):
                lacking = [k for k in cited.keys if k not in told and not _is_listed(k, by)]
                if lacking and not inside(cited.start, spans):
                    told |= set(lacking)
                    yield _not_listed(facts, sentence, lacking)


def _is_listed(one: Reference, by: set[Reference]) -> bool:
    """Whether the registry has what is referred to; of a whole part, one of its sections."""
    kind, title, section = one
    if one in by or kind != "CFR" or "." in section:
        return one in by
    return any(b[:2] == (kind, title) and b[2].startswith(f"{section}.") for b in by)


def _not_listed(facts: Facts, sentence: Sentence, lacking: list[Reference]) -> Found:
    from_ = origin(facts, sentence)
    names = ", ".join(_written(one) for one in lacking)
    return Found(
        "L701", f"{from_.where} {names}", from_.spot, {"where": from_.where, "cite": names},
        place=from_.place,
    )  # fmt: skip


def _written(one: Reference) -> str:
    kind, first, second = one
    names = {"CFR": "C.F.R.", "USC": "U.S.C.", "I&N": "I&N Dec.", "F4": "F.4th", "F3": "F.3d",
             "F2": "F.2d", "FS": "F. Supp.", "FS2": "F. Supp. 2d", "FS3": "F. Supp. 3d",
             "US": "U.S.", "FR": "Fed. Reg.", "PL": "Pub. L."}  # fmt: skip
    return " ".join(t for t in (first, names.get(kind, kind), second) if t)


def _offered(facts: Facts) -> set[Reference]:
    """Return what the choices of questions refer to, as they are printed."""
    labels = (
        label
        for question in facts.answers.catalogue.questions.values()
        for label in question.options.choices.values()
        if any(c.isdigit() for c in label)
    )
    return {one for label in labels for one in _referred(label)}


def _short_forms(facts: Facts) -> Iterator[Found]:
    """L704: `id.` with nothing before it, `supra` of what was not named, or of another note."""
    for document in leaving(facts):
        for at, what in _wrong_short_forms(document):
            here = placed(document, at)
            yield Found(
                "L704", f"{here.where} {what}", (), {"where": here.where, "what": what},
                place=here.place,
            )  # fmt: skip


def _wrong_short_forms(document: DocumentFact) -> Iterator[tuple[int, str]]:
    before = ""
    for at, text in enumerate(document.paragraphs, 1):
        for found in _SHORT_ID.finditer(text):
            if not references(before + text[: found.start()]):
                yield at, "'id.' comes before any authority is cited"
        for found in _SUPRA.finditer(text):
            if _first_word(found["name"]) not in before + text[: found.start()]:
                yield at, "'supra' names what was not cited before"
        yield from ((at, what) for what in _wrong_notes(document, text))
        before += text + "\n"
    for note in document.footnotes:
        yield from ((len(document.paragraphs), what) for what in _wrong_notes(document, note))


def _wrong_notes(document: DocumentFact, text: str) -> Iterator[str]:
    """Yield what is wrong with each "X, supra note 5" in *text*."""
    for found in _SUPRA_NOTE.finditer(text):
        number, name = int(found["note"]), _first_word(found["name"])
        if not 1 <= number <= len(document.footnotes):
            yield f"there is no note {number}"
        elif name not in document.footnotes[number - 1]:
            notes = enumerate(document.footnotes, 1)
            others = [n for n, note in notes if name in note and note != text]
            if others:
                yield f"note {number} does not name the source, note {others[0]} does"


def _first_word(name: str) -> str:
    return re.sub(r"^(?:See|Cf\.|Matter of|In)\s+", "", name).split()[0]


def _outside(facts: Facts) -> Iterator[Found]:
    """L706: a court's decision is said to bind where another circuit's law controls."""
    circuit = key(facts.answers.value(("case", "circuit")))
    for document in leaving(facts) if circuit else ():
        for sentence in sentences(document):
            if not _BINDING.search(sentence.text) or _PERSUADES.search(sentence.text):
                continue
            for authority in authorities_in(facts, sentence.text):
                binding = authority.weight.get("binding_in", [])
                if binding and circuit not in binding:
                    from_ = origin(facts, sentence)
                    told = {"where": from_.where, "authority": authority.id, "circuit": circuit}
                    yield Found("L706", f"{from_.where} {authority.id}", from_.spot, told,
                                place=from_.place)  # fmt: skip


RULES: tuple[Rule, ...] = (_unknown, _short_forms, _outside)
