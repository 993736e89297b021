"""The beginning of an interview for a Word file: its own tags as questions, their kinds guessed.

A name that the product asks already is not asked twice: the document then uses that section. The
rest becomes questions of the document's own, for its author to word.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

from msgspec import Struct, field

from nkdocs._yaml import write
from nkdocs.documents import catchall
from nkdocs.documents.fields import parts_of
from nkdocs.documents.tags import Paragraph
from nkdocs.documents.uses import Use, Uses
from nkdocs.interview.spec import ITEM, Catalogue, Pattern
from nkdocs.interview.spec import path as written
from nkdocs.interview.vocabulary import OF_INTERNAL
from nkdocs.kinds.places import Address
from nkdocs.kinds.pronouns import PRONOUN_NAMES

_ASKABLE = re.compile(r"[a-z_][a-z0-9_]*")
_OWN = {"id", "index", "owed", "none"}
_LIKE, _SURE = 0.7, 0.85  # how near to a known name, with the same letters or not, a slip is
#: What the words in a name say of its kind; the first that fits.
_BY_NAME: tuple[tuple[str, str], ...] = (
    (r"^(is|has|was|were|had|did|does|can|will|wants|needs|got|should|include)_", "yesno"),
    (r"(^|_)(date|born|birthdate|birthday|dob|deadline|day|movein)(_|$)|_on$", "date"),
    (r"(^|_)e?mail($|_address)|^email", "email"),
    (r"(^|_)(phone|telephone|mobile|cell|fax)(_|$)", "phone"),
    (r"(^|_)(a_number|anumber|alien_number)$", "anumber"),
    (r"(^|_)(amount|value|rent|fee|price|cost|salary|wages?|income|deposit|share)$", "money"),
    (r"(^|_)(count|age|pages|how_many)$|^(num|number_of)_", "number"),
    (r"(^|_)(addresses)$", "text"),
    (r"(^|_)address(_block)?$", "address"),
    (r"(^|_)(country|nationality|citizenship)$", "country"),
    (r"(^|_)(history|facts|statement|argument|conclusion|description|story|reasons?|because)$",
     "story"),
    (r"(^|_)(explanation|explain|details|comments|summary|harm|notes)$", "story"),
    (r"^(full_)?name$|^(client|tenant|landlord|attorney|officer|witness|spouse|child|your)_name$",
     "name"),
)  # fmt: skip


#: Lists of people by AssemblyLine's published names; each of them has a name.
PEOPLE = frozenset(
    "other_parties plaintiffs defendants petitioners children spouses parents caregivers "
    "translators debt_collectors creditors guardians_ad_litem guardians decedents "
    "interested_parties adoptees".split()
)
_BEFORE, _AFTER = 10, 14  # words of the sentence that are quoted before and behind a blank
_ADDRESS = re.compile(r"(^|_)address$")
_PRONOUNS = dict.fromkeys(("she", "he", "they"))
_OFFICES = re.compile(r"(^|_)(court|agency|company|office|business|school|hospital|bank|dealer)$")


class Scaffold(Struct):
    """What an interview for a Word file begins with.

    Attributes:
        sections: those of the product that ask what the file names.
        questions: of its own, each as its interview.yaml has it.
        left: names that could not become questions, with the reason.
    """

    sections: dict[str, None] = field(default_factory=dict)
    questions: dict[Pattern, dict[str, object]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def plain(self) -> list[Any]:
        """Return it as lists and mappings."""
        asked = [[list(path), question] for path, question in self.questions.items()]
        return [list(self.sections), asked, self.left]

    @classmethod
    def read(cls, plain: Sequence[Any]) -> Self:
        """Return what `plain` told."""
        sections, asked, left = plain
        return cls(dict.fromkeys(sections), {tuple(p): q for p, q in asked}, left)


def scaffold(template: bytes, catalogue: Catalogue, audience: str, *, name: str) -> Scaffold:
    """Return the beginning of an interview that asks what a Word file names.

    Args:
        template: the Word file.
        catalogue: the questions that are asked already.
        audience: who may see the answers.
        name: what messages call the file.

    Raises:
        TemplateError: it is no Word file.
    """
    made = Scaffold()
    found: dict[Pattern, tuple[Use, Paragraph]] = {}
    told: dict[Pattern, catchall.Told] = {}
    for part in parts_of(template, name):
        told |= catchall.told(part.source)
        uses = Uses()
        uses.walk(part.tree.body, {})
        for path, use in uses.found.items():
            merged = _merged(found[path][0], use) if path in found else use
            spot = found[path][1] if path in found else part.paragraphs[use.line]
            found[path] = (merged, spot)
    every = _named(_whole(found, catalogue), catalogue)
    for path in sorted(every, key=len):  # a whole before its parts
        use, spot = every[path]
        if path[0] not in OF_INTERNAL and not _known(path, catalogue, made):
            _ask(path, use, spot, every, catalogue, made)
    made.questions = {p: made.questions[p] for p in every if p in made.questions}
    for path, question in made.questions.items():
        question["audience"] = [audience]
        question.update(told[path].question if path in told else {})
    if any(p[0] == "today" for p in found) or made.sections:
        made.sections = {"meta": None, **made.sections}
    return made


def _merged(one: Use, other: Use) -> Use:
    return Use(one.line, one.printed or other.printed, one.asked or other.asked,
               one.looped or other.looped, {**one.words, **other.words},
               {**one.holds, **other.holds}, one.called or other.called,
               one.ticked or other.ticked)  # fmt: skip


def _whole(
    found: Mapping[Pattern, tuple[Use, Paragraph]], catalogue: Catalogue
) -> dict[Pattern, tuple[Use, Paragraph]]:
    """Return *found* with `client` as what it is, and the lists of which only items are named."""
    whole: dict[Pattern, tuple[Use, Paragraph]] = {}
    for path, (use, spot) in found.items():
        own = ("respondents", ITEM, *path[1:]) if path[0] == "client" else path
        for end in [n for n, step in enumerate(own) if step == ITEM]:
            whole.setdefault(own[:end], (Use(use.line, looped=True), spot))
        if len(own) > 1 and own[-1] in Address.template_names and _ADDRESS.search(own[-2]):
            whole.setdefault(own[:-1], (Use(use.line, printed=True), spot))
        whole[own] = (_merged(whole[own][0], use), spot) if own in whole else (use, spot)
    return {p: told for p, told in whole.items() if p[:1] != ("today",) or p in catalogue.questions}


def _named(
    every: Mapping[Pattern, tuple[Use, Paragraph]], catalogue: Catalogue
) -> dict[Pattern, tuple[Use, Paragraph]]:
    """Return *every* with what printing a person, an office or a list of people asks: names.

    Forms of a pronoun ask which pronoun.
    """
    named: dict[Pattern, tuple[Use, Paragraph]] = {}
    parts = {p[:n] for p in every for n in range(1, len(p))}
    lists = {p[:n] for p in every for n in range(1, len(p)) if p[n] == ITEM}
    for path, (use, spot) in every.items():
        shown = Use(use.line, printed=True)
        owner, last = path[:-1], path[-1]
        if last in PRONOUN_NAMES and owner and owner in parts and not catalogue.children(owner):
            named.setdefault((*owner, "pronoun"), (Use(use.line, words=_PRONOUNS), spot))
            named.setdefault((*owner, "name"), (shown, spot))
            continue
        named[path] = (use, spot)
        people = len(path) == 1 and last in PEOPLE and not catalogue.children(path)
        below = {p[len(path) :] for p in every if p[: len(path)] == path and len(p) > len(path)}
        whole = _kind(path, use, below) in {"group", "list"} or last == ITEM
        if people or (use.printed and path in parts and whole and path not in catalogue.questions):
            inside = path if last == ITEM or not (people or path in lists) else (*path, ITEM)
            if people or path in lists:
                named[path] = (_merged(use, Use(use.line, looped=True)), spot)
            if not _all_items(path, every):
                named.setdefault((*inside, "name"), (shown, spot))
    return named


def _all_items(path: Pattern, every: Iterable[Pattern]) -> bool:
    """Whether *path* is an item, or a list, of which no part is named: lines of text."""
    below = [p[len(path) :] for p in every if p[: len(path)] == path and len(p) > len(path)]
    return not PEOPLE & {*path} and all(p == (ITEM,) for p in below)


def _known(path: Pattern, catalogue: Catalogue, made: Scaffold) -> bool:
    """Note the section that asks *path*; return whether one does."""
    for end in range(len(path), 0, -1):
        question = catalogue.questions.get(path[:end])
        if question is None:
            continue
        pronoun = (*path[:end], ITEM, "pronoun")
        made.sections[question.section] = None
        if path[-1] in PRONOUN_NAMES and pronoun in catalogue.questions:
            made.sections[catalogue.questions[pronoun].section] = None
            return True
        rest = path[end:]
        return not question.is_list or rest in {(), (ITEM,)} or rest[-1] in {*_OWN, "first", "last"}
    return bool(catalogue.children(path))


def _ask(
    path: Pattern,
    use: Use,
    spot: Paragraph,
    every: Mapping[Pattern, tuple[Use, Paragraph]],
    catalogue: Catalogue,
    made: Scaffold,
) -> None:
    """Make a question of one name, or say why not."""
    last, owner = path[-1], _as_written(path[:-1], every)
    shown = f"{owner}{last}"
    if last == ITEM or last in _OWN:
        return
    below = {p[len(path) :] for p in every if p[: len(path)] == path and len(p) > len(path)}
    kind = _kind(path, use, below)
    if any(path[:n] in made.questions and made.questions[path[:n]]["kind"] != "list"
           for n in range(1, len(path))):  # fmt: skip
        return  # a part of an answer that is asked as a whole
    if meant := _meant(last, catalogue.children(path[:-1])):
        made.left.append(f"{shown}: is {owner}{meant} meant?")
    elif path[0] == "self":
        made.left.append(f"{shown}: self is a word of the tags themselves; give it another name")
    elif not all(_ASKABLE.fullmatch(step) for step in path if step != ITEM):
        made.left.append(f"{shown}: names are small letters, digits and _")
    elif kind != "group":  # a group is asked by its parts
        made.questions[path] = _question(path, kind, use, spot, every)


def _as_written(owner: Pattern, every: Mapping[Pattern, tuple[Use, Paragraph]]) -> str:
    """Return what tags write before a part of *owner*: `client.`, `e.` in a loop over events."""
    end = max((n + 1 for n, step in enumerate(owner) if step == ITEM), default=0)
    use = every[owner[: end - 1]][0] if end and owner[: end - 1] in every else None
    own = "client" if owner[:end] == ("respondents", ITEM) else use.called if use else ""
    steps = (own, *owner[end:]) if own else owner
    return f"{written(steps)}." if steps else ""


def _meant(name: str, known: Iterable[str]) -> str:
    """Return the known name of which *name* is a slip, empty if it is one of its own."""
    for near in difflib.get_close_matches(name, list(known), 1, _LIKE):
        swapped = sorted(near) == sorted(name)
        if swapped or difflib.SequenceMatcher(None, name, near).ratio() >= _SURE:
            return near
    return ""


def _kind(path: Pattern, use: Use, below: "set[Pattern]") -> str:
    """Return the kind of a name's answer; `group` if only its parts are answers."""
    named = next((kind for pattern, kind in _BY_NAME if re.search(pattern, path[-1])), "text")
    items = {p[1] for p in below if p[0] == ITEM and len(p) > 1} - _OWN
    named = "text" if path[-1] == "name" and _OFFICES.search(path[-2]) else named
    parts = {p[0] for p in below} - {ITEM}
    asked = use.asked and not use.printed
    guesses = (
        ("group", parts and not (named == "address" and parts <= Address.template_names)),
        ("list", items),
        ("many", use.ticked),
        ("text", use.words and use.holds),
        ("texts", use.looped or any(p[0] == ITEM for p in below)),
        ("many", use.holds),
        ("yesno", use.words and set(use.words) <= {"yes", "no"}),
        ("choice", use.words),
        ("yesno", asked or (named == "yesno" and not use.printed)),
        ("text", named == "yesno"),
    )
    return next((kind for kind, holds in guesses if holds), named)


def _question(
    path: Pattern,
    kind: str,
    use: Use,
    spot: Paragraph,
    every: Mapping[Pattern, tuple[Use, Paragraph]],
) -> dict[str, object]:
    """Return a question as interview.yaml has it."""
    told: dict[str, object] = {"ask": written(path), "kind": kind}
    told["prompt"] = {"en": _prompt(path, kind, every)}
    if kind in {"choice", "many"}:
        told["choices"] = {w: w for w in {**use.words, **use.holds}}
    if kind == "list":
        told["singular"] = _singular(path[-1], use.called, every)
    quoted = _sentence(spot.text, path[-1])
    if re.sub(r"[\W_]", "", quoted.replace("[?]", "")):
        told["help"] = f"Used in {spot.part} paragraph {spot.number}: {quoted}"
    return told


def _prompt(
    path: Pattern, kind: str, every: Mapping[Pattern, tuple[Use, Paragraph]]
) -> str:
    """Return a first wording of a question, from its name."""
    names: list[str] = []
    for n, step in enumerate(path):
        if step == ITEM:
            use = every[path[:n]][0] if path[:n] in every else Use(0)
            names[-1] = _singular(path[n - 1], use.called, every)
        else:
            names.append(step)
    said = " of the ".join(name.replace("_", " ") for name in reversed(names))
    return f"Which {said} are there?" if kind == "list" else f"{said[0].upper()}{said[1:]}?"


def _sentence(text: str, name: str) -> str:
    """Return the words around the tag that names *name*: `[?]` in its place, blanks for others."""
    bare = re.sub(r"\{%.*?%\}|\{#.*?#\}", "", text)
    asked = rf"\{{\{{[^}}]*\b{re.escape(name)}\b[^}}]*(\}}\}}|$)"
    shown = re.sub(asked, "[?]", bare, count=1, flags=re.IGNORECASE)
    words = re.sub(r"\{\{.*?(\}\}|$)", "____", shown).split()
    at = next((n for n, word in enumerate(words) if "[?]" in word), 0)
    first, last = max(at - _BEFORE, 0), at + _AFTER
    cut = " ".join(words[first:last])
    return ("… " if first else "") + cut + (" …" if last < len(words) else "")


def _singular(name: str, called: str, every: Iterable[Pattern]) -> str:
    """Return what one item is called: as in the template's own loop, else without its ending."""
    odd = {"children": "child", "people": "person", "witnesses": "witness", "spouses": "spouse"}
    made = called or odd.get(name) or re.sub(r"ies$", "y", name)
    made = made if made != name else re.sub(r"s$", "", name)
    taken = {p[0] for p in every}
    return made if made != name and made not in taken else f"one_{made}"


def interview(made: Scaffold, *, document: str, title: str, audience: str) -> str:
    """Return the interview.yaml that a scaffold gives."""
    file: dict[str, object] = {"file": f"{document}.docx", "title": title, "audience": audience}
    data: dict[str, object] = {"document": document, "title": title, "audience": audience}
    data |= {"use": list(made.sections), "files": [file]}
    data["questions"] = [*_in_order(made.questions)]
    head = (
        "# Made from the tags of the Word file. Word the prompts, correct the kinds, say with\n"
        "# `required: yes` what the letter cannot do without.\n"
    )
    return head + write.dump(data)


def _in_order(questions: Mapping[Pattern, dict[str, object]]) -> Iterator[dict[str, object]]:
    """Yield questions, those about the items of a list right after the list."""

    def place(path: Pattern) -> list[int]:
        order = list(questions)
        roots = [path[:n] for n in range(1, len(path) + 1) if path[:n] in questions]
        return [order.index(root) for root in roots]

    yield from (questions[path] for path in sorted(questions, key=place))
