"""What a template may write of an answer: the names that each kind of value has."""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from jinja2 import nodes
from msgspec import Struct

from nkdocs._jinja import NON_ANSWERS, STRING_METHODS
from nkdocs.interview.spec import Pattern, Question
from nkdocs.kinds.kind import Kind
from nkdocs.kinds.nonanswers import HOWS

_T = TypeVar("_T")
#: The names of one choice, and of the choices of many.
CHOICE = frozenset({"key", "label"}) | STRING_METHODS


#: How many values stand in brackets: the least and the most.
Takes: TypeAlias = tuple[int, int]
_OF_TEXT: Mapping[str, Takes] = {
    "strip": (0, 1), "startswith": (1, 3), "endswith": (1, 3), "split": (0, 2),
}  # fmt: skip
_ANYTHING = (0, 99)
_VARIADIC = 0x04  # Python's own flag of a function that takes any number of values


@dataclass(frozen=True, slots=True)
class Value:
    """A value that is no list of items.

    Attributes:
        names: those it has, None for any.
        items: the names of its items, where it is a plain list.
        what: the answer it is, in words, for messages.
        methods: those of its names that are written with brackets, besides those of text, and
            how many values stand in them.
        can: what can be done with it (`operations`), None if that is not known.
        words: those it can equal, None if any.
    """

    names: frozenset[str] | None
    items: frozenset[str] = STRING_METHODS
    what: str = field(default="", compare=False)
    methods: Mapping[str, Takes] = field(default_factory=dict, compare=False)
    can: frozenset[str] | None = field(default=None, compare=False)
    words: frozenset[str] | None = field(default=None, compare=False)

    def calls(self, name: str) -> Takes | None:
        """Return how many values stand in the brackets of *name*; None if it has no brackets."""
        text = self.names is not None and self.names >= STRING_METHODS
        own = _OF_TEXT.get(name, (0, 0)) if text and name in STRING_METHODS else None
        return self.methods.get(name, own)


#: Any plain text; what nothing is known of.
TEXT, ANY = Value(STRING_METHODS), Value(None)
#: What is called, and is not called yet; one list or another: true or false, no more.
METHOD, MIXED = (Value(frozenset({sign}), frozenset({sign})) for sign in ("()", "?"))


def method(words: str, takes: Takes) -> Value:
    """Return the face of a method that is not called yet, which the author calls *words*."""
    return replace(METHOD, what=words, methods={"": takes})


def takes_of(made: object) -> Takes:
    """Return how many values stand in the brackets of a method."""
    code = getattr(made, "__code__", None)
    if code is None or code.co_flags & _VARIADIC:
        return _ANYTHING
    most = code.co_argcount - 1  # itself is not written
    return most - len(getattr(made, "__defaults__", None) or ()), most


class Reach(Struct, frozen=True):
    """One look at the answer to a question: on which line, and what for.

    Attributes:
        use: `printed`, `condition` or `loop`.
    """

    question: Question
    line: int
    use: str


def names_of(kind: Kind) -> frozenset[str]:
    """Return the names that an answer of a kind has."""
    made = _made(kind)
    return STRING_METHODS if made is str else frozenset(getattr(made, "template_names", ()))


def _made(kind: Kind) -> type:
    """Return the type of what a kind makes of an answer."""
    made: type = kind.parse.__annotations__.get("return", str)
    return made


def value_of(question: Question) -> Value:
    """Return the names of a question's answer: those of what its kind makes of it."""
    made, names = _made(question.kind), names_of(question.kind)
    unknown = set(NON_ANSWERS) if question.options.unknowns else set()
    unknown |= set(question.options.choices) if question.kind.name == "many" else set()
    items = {"many": CHOICE, "exhibits": frozenset[str]()}.get(question.kind.name, STRING_METHODS)
    what = f"{question.path}, of the kind '{question.kind.name}',"
    calls = {} if made is str else {
        n: takes_of(getattr(made, n)) for n in names if callable(getattr(made, n, None))
    }
    # `owed` of an answer that is not there
    return Value(names | unknown | {"owed"}, items, what, calls, able(made), _words(question))


def _words(question: Question) -> frozenset[str] | None:
    """Return the words that an answer can equal, None if it may be any."""
    own = {"choice": question.options.choices, "many": question.options.choices,
           "yesno": ("yes", "no")}.get(question.kind.name)  # fmt: skip
    honest = HOWS if question.options.unknowns else ()
    return None if own is None else frozenset({*own, *honest})


def able(made: type) -> frozenset[str]:
    """Return what can be done with values of the type that a kind makes."""
    if made is str:
        return frozenset({"len", "in", "ends", "slice", "text"})
    can = set()
    if hasattr(made, "__iter__"):
        can |= {"iter", "len", "in", "ends", "item", "slice"}
    if made.__dict__.keys() & {"__lt__"} or hasattr(made, "earliest"):
        can.add("day" if hasattr(made, "earliest") else "number")
    return frozenset(can)


def lacking(face: Value, names: frozenset[str], name: str) -> str:
    """Say that a value has no *name*, which it has, and which was meant."""
    known = sorted(names - STRING_METHODS - {"owed"})
    near = difflib.get_close_matches(name, sorted(names), 1)
    guess = f"; did you mean .{near[0]}?" if near else ""
    has = f"has {', '.join(f'.{n}' for n in known)}" if known else "has nothing after a dot"
    return f"you wrote .{name}, and {face.what or 'this value'} {has}{guess}"


def item_of(face: Value) -> Value:
    """Return what one item of a value is."""
    if face.items == STRING_METHODS:
        return Value(face.items)
    return Value(face.items, what=face.what, can=frozenset({"text"}), words=face.words)


def held(faces: Sequence[object]) -> Value:
    """Return the face of a list written out: each of its items may be any of *faces*."""
    values = [face.names for face in faces if isinstance(face, Value) and face != MIXED]
    if len(values) < len(faces):
        return MIXED
    known = [names for names in values if names is not None]
    return Value(frozenset(), frozenset().union(*known)) if len(known) == len(values) else ANY


def either(faces: Sequence["Value | Pattern"]) -> "Value | Pattern":
    """Return the face of what may be one thing or another, or hold them."""
    places = {face for face in faces if not isinstance(face, Value)}
    if MIXED in faces or len(places) > 1 or (places and len(set(faces)) > 1):
        return MIXED
    if places:
        return places.pop()
    values = [face for face in faces if isinstance(face, Value)]
    return _common(values) if len(set(values)) == 1 else ANY if ANY in faces else TEXT


def _common(values: Sequence[Value]) -> Value:
    """Return one of several values of the same names, which can do what all of them can."""
    what = values[0].what if len({v.what for v in values}) == 1 else ""
    able = [v.can for v in values if v.can is not None]
    words = [v.words for v in values if v.words is not None]
    return replace(
        values[0],
        what=what,
        can=frozenset.intersection(*able) if len(able) == len(values) else None,
        words=frozenset.union(*words) if len(words) == len(values) else None,
    )


def empties(test: nodes.Node, face: Callable[[nodes.Node], _T], *, holds: bool) -> tuple[_T, ...]:
    """Return what is empty where *test* holds, or where it does not."""
    if isinstance(test, nodes.Not):
        return empties(test.node, face, holds=not holds)
    if isinstance(test, (nodes.And, nodes.Or)):
        both = isinstance(test, nodes.And) is holds
        sides = (test.left, test.right) if both else ()
        return tuple(f for side in sides for f in empties(side, face, holds=holds))
    if isinstance(test, nodes.Getattr) and test.attr == "owed":
        return (face(test.node),) if holds else ()
    return () if holds else (face(test),)


def guess(name: str, known: Iterable[str], owner: str = "") -> str:
    """Return which of the *known* names may have been meant, as the end of a sentence."""
    near = difflib.get_close_matches(name, sorted(known), 1)
    return f"; did you mean {owner}{near[0]}?" if near else ""
