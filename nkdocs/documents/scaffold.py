"""The beginning of an interview for a Word file: its own tags as questions, their kinds guessed.

A name that the product asks already is not asked twice: the document then uses that section. The
rest becomes questions of the document's own, for its author to word.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

from msgspec import Struct, field

from nkdocs._jinja import STRING_METHODS
from nkdocs._yaml import write
from nkdocs.documents import catchall, guesses
from nkdocs.documents.fields import asking, parts_of, steps_of
from nkdocs.documents.guesses import ASKED_OF, OF_ITEMS, kind_of
from nkdocs.documents.tags import Paragraph
from nkdocs.documents.uses import Use, Uses
from nkdocs.interview import paths
from nkdocs.interview.faces import Value, names_of
from nkdocs.interview.spec import ITEM, Catalogue, Pattern
from nkdocs.interview.spec import path as written
from nkdocs.interview.vocabulary import FUNCTIONS, OF_INTERNAL, OF_TEMPLATES
from nkdocs.kinds.pronouns import PRONOUN_NAMES
from nkdocs.kinds.registry import KINDS

_ASKABLE = re.compile(r"[a-z_][a-z0-9_]*")
_LIKE, _SURE = 0.7, 0.85  # how near to a known name, with the same letters or not, a slip is

#: Lists of people by AssemblyLine's published names; each of them has a name.
PEOPLE = frozenset(
    "other_parties plaintiffs defendants petitioners children spouses parents caregivers "
    "translators debt_collectors creditors guardians_ad_litem guardians decedents "
    "interested_parties adoptees".split()
)
_BEFORE, _AFTER = 10, 14  # words of the sentence that are quoted before and behind a blank
_PRONOUNS = dict.fromkeys(("she", "he", "they"))


class Scaffold(Struct):
    """What an interview for a Word file begins with.

    Attributes:
        sections: those of the product that ask what the file names.
        questions: of its own, each as its interview.yaml has it.
        left: names that could not become questions, with the reason.
        tags: whether the file has any.
    """

    sections: dict[str, None] = field(default_factory=dict)
    questions: dict[Pattern, dict[str, object]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    tags: bool = False

    def plain(self) -> list[Any]:
        """Return it as lists and mappings."""
        asked = [[list(path), question] for path, question in self.questions.items()]
        return [list(self.sections), asked, self.left, self.tags]

    @classmethod
    def read(cls, plain: Sequence[Any]) -> Self:
        """Return what `plain` told."""
        sections, asked, left, tags = plain
        return cls(dict.fromkeys(sections), {tuple(p): q for p, q in asked}, left, tags)


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
        made.tags |= bool(part.source.strip())
        told |= catchall.told(part.source)
        uses = Uses()
        uses.walk(part.tree.body, {})
        for path, use in uses.found.items():
            use.paid |= path in told and told[path].paid
            merged = found[path][0].merged(use) if path in found else use
            spot = found[path][1] if path in found else part.paragraphs[use.line]
            found[path] = (merged, spot)
    every = _named(_whole(found, catalogue), catalogue)
    for path in sorted(every, key=len):  # a whole before its parts
        use, spot = every[path]
        if path[0] in OF_INTERNAL:
            _given(path, use, audience, made)
        elif not _known(path, catalogue, made):
            _ask(path, use, spot, every, catalogue, made)
    made.questions = {p: made.questions[p] for p in every if p in made.questions}
    for path, question in made.questions.items():
        if every[path][0].reckoned:
            _leave(path, "nothing is calculated with it; ask for the result itself", made)
        question["audience"] = [audience]
        question.update(told[path].question if path in told else {})
    if any(p[0] == "today" for p in found) or made.sections:
        made.sections = {"meta": None, **made.sections}
    return made


def _whole(
    found: Mapping[Pattern, tuple[Use, Paragraph]], catalogue: Catalogue
) -> dict[Pattern, tuple[Use, Paragraph]]:
    """Return *found* with `client` as what it is, and the lists of which only items are named."""
    whole: dict[Pattern, tuple[Use, Paragraph]] = {}
    for path, (use, spot) in found.items():
        own = steps_of(path, {p: u for p, (u, _) in found.items()}, catalogue)
        for end in [n for n, step in enumerate(own) if step == ITEM]:
            whole.setdefault(own[:end], (Use(use.line, looped=True), spot))
        if len(own) > 1 and guesses.whole(own[:-1], {own[-1]}):
            whole.setdefault(own[:-1], (Use(use.line, printed=True), spot))
        whole[own] = (whole[own][0].merged(use), spot) if own in whole else (use, spot)
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
        if path[0] in OF_INTERNAL:
            named[path] = (use, spot)
            continue
        if last in PRONOUN_NAMES and owner in parts and _is_person(owner, catalogue):
            named.setdefault((*owner, "pronoun"), (Use(use.line, words=_PRONOUNS), spot))
            named.setdefault((*owner, "name"), (shown, spot))
            continue
        named[path] = (use, spot)
        people = len(path) == 1 and last in PEOPLE and not catalogue.children(path)
        below = {p[len(path) :] for p in every if p[: len(path)] == path and len(p) > len(path)}
        whole = kind_of(path, use, below) in {"group", "list"} or last == ITEM
        if people or (use.printed and path in parts and whole and path not in catalogue.questions):
            inside = path if last == ITEM or not (people or path in lists) else (*path, ITEM)
            if people or path in lists:
                named[path] = (use.merged(Use(use.line, looped=True)), spot)
            if not _all_items(path, every):
                named.setdefault((*inside, "name"), (shown, spot))
    return named


def _is_person(path: Pattern, catalogue: Catalogue) -> bool:
    """Whether *path* may be a person of the file's own, of whom it names a form of a pronoun."""
    asked = path in catalogue.questions or catalogue.children(path)
    return bool(path) and not asked and guesses.by_name(path) != "name"


def _all_items(path: Pattern, every: Iterable[Pattern]) -> bool:
    """Whether *path* is an item, or a list, of which no part is named: lines of text."""
    below = [p[len(path) :] for p in every if p[: len(path)] == path and len(p) > len(path)]
    return not PEOPLE & {*path} and all(p == (ITEM,) for p in below)


def _known(path: Pattern, catalogue: Catalogue, made: Scaffold) -> bool:
    """Note the sections that ask *path*; return whether they do."""
    known, askers = asking(path, catalogue)
    made.sections |= dict.fromkeys(question.section for question in askers)
    return known


def _ask(
    path: Pattern,
    use: Use,
    spot: Paragraph,
    every: Mapping[Pattern, tuple[Use, Paragraph]],
    catalogue: Catalogue,
    made: Scaffold,
) -> None:
    """Make a question of one name, or say why not."""
    last = path[-1]
    own = len(path) > 1 and last in (ASKED_OF | (OF_ITEMS if path[-2] == ITEM else set()))
    if last == ITEM or own:
        return
    below = {p[len(path) :] for p in every if p[: len(path)] == path and len(p) > len(path)}
    kind = kind_of(path, use, below)
    why = _barred(path, catalogue, made)
    if why is None:  # a part of an answer that is asked as a whole
        return
    if why:
        _leave(path, why, made)
    elif meant := _meant(last, catalogue.children(path[:-1])):
        owner = _as_written(path[:-1], every)
        _leave(path, f"is {owner}{meant} meant?", made, f"{owner}{last}")
    elif not all(_ASKABLE.fullmatch(step) for step in path if step != ITEM):
        _leave(path, "names are small letters, digits and _", made)
    elif kind != "group":  # a group is asked by its parts
        made.questions[path] = _question(path, kind, use, spot, every)


def _as_written(owner: Pattern, every: Mapping[Pattern, tuple[Use, Paragraph]]) -> str:
    """Return what tags write before a part of *owner*: `client.`, `e.` in a loop over events."""
    end = max((n + 1 for n, step in enumerate(owner) if step == ITEM), default=0)
    use = every[owner[: end - 1]][0] if end and owner[: end - 1] in every else None
    own = "client" if owner[:end] == ("respondents", ITEM) else use.called if use else ""
    steps = (own, *owner[end:]) if own else owner
    return f"{written(steps)}." if steps else ""


def _leave(path: Pattern, why: str, made: Scaffold, called: str = "") -> None:
    """Note why a name, as it is *called*, is not asked, once for all that stands below it."""
    told = {line.partition(": ")[0] for line in made.left}
    if not any(written(path[:end]) in told for end in range(1, len(path) + 1)):
        made.left.append(f"{called or written(path)}: {why}")


def _given(path: Pattern, use: Use, audience: str, made: Scaffold) -> None:
    """Note a name that every template has, where it is written as if it were an answer."""
    top, face = path[0], OF_INTERNAL[path[0]]
    names = face.names if isinstance(face, Value) else None
    if top in FUNCTIONS:
        why = f"is nkdocs's own, with brackets: {top}(…); call an answer otherwise"
        _leave(path[:1], why, made)
    elif top not in OF_TEMPLATES and audience != "internal":
        why = "is nkdocs's own, and for papers that stay in the office; call an answer otherwise"
        _leave(path[:1], why, made)
    elif path == ("state",) and use.printed:
        why = "is how far the paper has come, draft or final; call an answer otherwise"
        _leave(path, why, made)
    elif names is not None and path[1:] and path[1] != ITEM and path[1] not in names:
        _leave(path, f"{paths.reserved(path[:1])}; call an answer otherwise", made)


def _barred(path: Pattern, catalogue: Catalogue, made: Scaffold) -> str | None:
    """Return why a name cannot be asked, empty if it can; None if it is asked already."""
    if why := paths.reserved(path):
        return f"{why}; call it otherwise"
    if known := paths.within(path, catalogue.questions):
        return _listed(path, known.steps, known.singular)
    for end in range(1, len(path)):
        asked = made.questions.get(path[:end])
        kind = str(asked["kind"]) if asked else ""
        if asked is None or (kind == "list" and path[end] == ITEM):
            continue
        if kind == "list":
            return _listed(path, path[:end], str(asked["singular"]))
        names = names_of(KINDS[kind])
        if path[end] == ITEM or path[end] in names or kind in {"many", "choice"}:
            return None
        told = ", ".join(f".{n}" for n in sorted(names - STRING_METHODS)) or "no parts"
        return f"{written(path[:end])} is asked as one answer, of the kind '{kind}': it has {told}"
    return ""


def _listed(path: Pattern, list_: Pattern, singular: str) -> str:
    """Say how Word names what *path* names of a list as if it were one item."""
    of_client = list_[:2] == ("respondents", ITEM)
    called, part = written(list_), written(path[len(list_) :])
    called = written(("client", *list_[2:])) if of_client else called
    if list_ == ("respondents",):
        return f"{called} is a list: write client.{part}, or loop over it"
    one = singular or "one"
    loop = f"{{% for {one} in {called} %}}"
    return f"{called} is a list: write {one}.{part} in a loop over it, {loop}"


def _meant(name: str, known: Iterable[str]) -> str:
    """Return the known name of which *name* is a slip, empty if it is one of its own."""
    for near in difflib.get_close_matches(name, list(known), 1, _LIKE):
        swapped = sorted(near) == sorted(name)
        if swapped or difflib.SequenceMatcher(None, name, near).ratio() >= _SURE:
            return near
    return ""


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
    if kind == "yesno":  # a passage hangs on it: not asked it would stand for no
        told["required"] = "yes"
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
