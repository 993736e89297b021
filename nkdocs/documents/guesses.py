"""The kind of an answer, guessed from its name and from what a Word file does with it."""

import re
from collections.abc import Collection

from nkdocs.documents.uses import Use
from nkdocs.interview.faces import names_of
from nkdocs.interview.spec import ITEM, Pattern
from nkdocs.kinds.registry import KINDS

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
_OFFICES = re.compile(r"(^|_)(court|agency|company|office|business|school|hospital|bank|dealer)$")
#: Kinds whose answers have parts that a template prints.
_PARTED = frozenset({"address", "anumber", "country", "date", "money", "name"})
#: What a template asks of any answer: that is no answer of its own.
ASKED_OF = frozenset({"owed", "none"})
#: What every item of a list has, and which names stand for items of a list.
OF_ITEMS, ENDS = frozenset({"id", "index"}), frozenset({"first", "last"})


def by_name(path: Pattern) -> str:
    """Return the kind that a name alone tells, `text` if it tells none."""
    return next((kind for pattern, kind in _BY_NAME if re.search(pattern, path[-1])), "text")


def whole(path: Pattern, parts: Collection[str]) -> str:
    """Return the kind of an answer of which a template names *parts*; empty if it is a group.

    Whoever names a part of a name means a name.
    """
    kind = by_name(path)
    if kind not in _PARTED or not parts:
        return ""
    known = names_of(KINDS[kind]).intersection(parts)
    return kind if len(known) == len(parts) or (known and kind == "name") else ""


def kind_of(path: Pattern, use: Use, below: Collection[Pattern]) -> str:
    """Return the kind of a name's answer; `group` if only its parts are answers."""
    named = by_name(path)
    items = {p[1] for p in below if p[0] == ITEM and len(p) > 1} - ASKED_OF - OF_ITEMS
    office = path[-1] == "name" and len(path) > 1 and _OFFICES.search(path[-2])
    parts = {p[0] for p in below} - {ITEM} - ASKED_OF
    looped = use.looped or any(p[0] == ITEM for p in below)
    asked = use.asked and not use.printed
    guesses = (
        ("list", items),
        (whole(path, parts), whole(path, parts) and not looped),
        ("group", parts and not looped),
        ("many", use.ticked),
        ("text", use.words and use.holds),
        ("texts", looped),
        ("many", use.holds),
        ("number", _is_number(path, use)),
        ("date", _is_day(use)),
        ("yesno", use.words and set(use.words) <= {"yes", "no"}),
        ("choice", use.words),
        ("money", use.paid),
        ("yesno", asked or (named == "yesno" and not use.printed)),
        ("text", named == "yesno" or office),
    )
    return next((kind for kind, holds in guesses if holds), named)


def _is_number(path: Pattern, use: Use) -> bool:
    """Whether a name is calculated with, or compared as a number; sums of money have no order."""
    figures = {"money", "number"}
    others = (path, *use.beside) if use.beside else ()
    return use.measured or any(by_name(one) in figures for one in others)


def _is_day(use: Use) -> bool:
    return use.dated or any(one == ("today",) or by_name(one) == "date" for one in use.beside)
