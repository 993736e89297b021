"""What can be done with an answer of a kind: gone through, counted, compared, filtered. Pure.

A template is filled from many cases. What works with one answer and not with another (a list that
has something in it, a day that is known) is found here, from the kind of the question alone.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from jinja2 import nodes
from jinja2.tests import TESTS

from nkdocs.interview.faces import Takes, Value

#: Filters that make a text of what they are given.
TEXTUAL = frozenset("upper lower title capitalize trim replace string fix_punctuation int".split())
#: Filters that print the items of a list.
NAMING = frozenset("join comma_and_list comma_or_list short_list".split())
#: Filters that write a number or a day.
NUMBERED = frozenset("ordinal ordinal_number nice_number format_date".split())
_NEEDS: Mapping[str, str] = {
    **dict.fromkeys("sort unique reverse list select reject selectattr rejectattr".split(), "iter"),
    **dict.fromkeys(NAMING, "iter"),
    **dict.fromkeys(("length", "count"), "len"),
    **dict.fromkeys(("first", "last"), "ends"),
    **dict.fromkeys(NUMBERED - {"format_date"}, "number"),
}
#: Filters that give a list of the same items.
SAME = frozenset("list sort unique reverse select reject selectattr rejectattr".split())
#: Arguments that are named.
KEYWORDS = frozenset("attribute reverse case_sensitive page last part".split())
#: Filters that give a number.
NUMBERS = frozenset("length count int".split())
#: What stands in the brackets of a method or a function, as an example.
_INSIDE = {"age": "today", "verb": "'is', 'are'", "cite": "'exhibit', 3", "mark": "event.id",
           "authority": "'nkhra-302'", "guidance": "case.date", "sent": "'pd-request'"}  # fmt: skip
#: What is wrong with a `None` that is printed.
NOTHING = "None is no answer and prints nothing; take it out, or write words in quotes"
_SOME = 8  # words that a message lists
_ORDERS = frozenset({"lt", "gt", "lteq", "gteq"})
_SIGNS = {"lt": "<", "gt": ">", "lteq": "<=", "gteq": ">="}
_ORDERED = ("day", "number", "text")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: Tests that take anything.
_ANY_TEST = frozenset(
    "defined undefined none string number mapping iterable sequence boolean true false sameas "
    "eq equalto == ne != in callable escaped integer float".split()
)


def lacks(face: object, what: str) -> bool:
    """Whether it is known that *what* cannot be done with a value."""
    return isinstance(face, Value) and face.can is not None and what not in face.can


def looped(face: Value) -> str:
    """Return why nothing can go through a value, empty if something can."""
    return f"a loop over {_called(face)} which is no list" if lacks(face, "iter") else ""


def indexed(face: Value, *, slices: bool) -> str:
    """Return why a value has no items, empty if it may have some."""
    wrong = lacks(face, "slice" if slices else "item")
    return f"you wrote [ ] after {_called(face)} which is no list" if wrong else ""


def filtered(name: str, face: Value) -> str:
    """Return why a filter cannot work on a value, empty if it can."""
    need = _NEEDS.get(name)
    if name == "format_date" and face.what and face.names is not None:
        return "" if "format" in face.names else f"|{name} of {_called(face)} which is no date"
    if need is None or not lacks(face, need):
        return ""
    is_ = {"number": "no number", "ends": "neither list nor text"}.get(need, "no list")
    return f"|{name} of {_called(face)} which is {is_}"


def tested(name: str, face: object) -> str:
    """Return why a test cannot be made of a value, empty if it can."""
    if name in _ANY_TEST or name not in TESTS or (isinstance(face, Value) and face.can is None):
        return ""
    called = _called(face) if isinstance(face, Value) else "a list or group,"
    return f"“is {name}” of {called} of which it cannot be asked; compare with == or <"


def compared(
    sign: str, left: tuple[object, nodes.Node], right: tuple[object, nodes.Node]
) -> str:
    """Return why two sides cannot be compared, empty if they can.

    Args:
        sign: what Jinja calls the comparison.
        left: what stands before it, its face and itself.
        right: what stands behind it.
    """
    behind = right[0]
    if sign in {"in", "notin"} and isinstance(behind, Value) and lacks(behind, "in"):
        return f"“in {behind.what.rstrip(',') or 'this'}”, which is no list and no text"
    if sign not in _ORDERS:
        return _never(sign, left, right)
    sides = [_orders(*side) for side in (left, right)]
    if None in sides or set(sides[0] or ()) & set(sides[1] or ()):
        return ""
    one = next((f for f, _ in (left, right) if isinstance(f, Value) and f.what), None)
    called = f"{one.what.rstrip(',')}," if one else "a list or group"
    return f"{called} and what it is compared with by {_SIGNS[sign]} have no order between them"


def _never(sign: str, left: tuple[object, nodes.Node], right: tuple[object, nodes.Node]) -> str:
    """Return which word an answer is compared with that it never is, empty if none."""
    for (face, _), (_, other) in ((left, right), (right, left)):
        if not isinstance(face, Value) or face.words is None:
            continue
        listed = isinstance(other, (nodes.List, nodes.Tuple)) and sign in {"in", "notin"}
        told = other.items if listed else [other]  # type: ignore[attr-defined] # it is a list
        for word in (t.value for t in told if isinstance(t, nodes.Const)):
            if isinstance(word, str) and word not in face.words:
                small = [word.lower()] if word.lower() in face.words else []
                near = small or difflib.get_close_matches(word, sorted(face.words), 1)
                some = ", ".join(sorted(face.words)[:_SOME])
                more = ", …" if len(face.words) > _SOME else ""
                meant = f"; did you mean '{near[0]}'?" if near else f"; it is: {some}{more}"
                return f"{_called(face)} is never '{word}'{meant}"
    return ""


def reckoned(faces: Iterable[object]) -> Iterator[str]:
    """Yield for each answer why nothing is calculated with it, or put together with `+`."""
    for face in faces:
        if not isinstance(face, Value) or face.what:
            what = face.what if isinstance(face, Value) else "a list or group"
            if isinstance(face, Value) and "number" in (face.can or ()):
                yield f"nothing is calculated with {what.rstrip(',')}; ask for the result itself"
                continue
            yield (f"{what} is no number to calculate with; to join it to other text write ~ in "
                   "place of +")  # fmt: skip


def bracketed(face: Value) -> str:
    """Say that a method is written with brackets, and what stands in them."""
    least, _ = face.methods.get("", (0, 0))
    name = face.what.rpartition(".")[2]
    inside = _INSIDE.get(name, "…") if least else ""
    what = face.what or "what stands here"
    return f"{what} is written with brackets: {name or 'name'}({inside})"


def told(node: nodes.Call, called: str, takes: Takes) -> str:
    """Return why what stands in the brackets of a call is too little or too much; empty if not."""
    least, most = takes
    count = len(node.args) + len(node.kwargs)
    if least <= count <= most or node.dyn_args or node.dyn_kwargs:
        return ""
    if not most:
        return f"nothing stands in the brackets of {called}()"
    wants = f"{least}" if least == most else f"{least} to {most}"
    wants += " value" if most == 1 else " values"
    inside = _INSIDE.get(called.rpartition(".")[2], "")
    example = f": {called}({inside})" if inside else ""
    return f"{called} takes {wants} in its brackets, and is told {count or 'none'}{example}"


def cited(node: nodes.Call) -> str:
    """Return why a `cite(…)` names no page, empty if it may."""
    by_name = {k.key: k.value for k in node.kwargs}
    places = dict(zip(("what", "page", "last"), node.args, strict=False)) | by_name
    for name, fits in (("page", (int, str)), ("last", (int,))):
        value = places.get(name)
        if isinstance(value, nodes.Const) and type(value.value) not in fits:
            what = "page" if name == "page" else "last page"
            return f"cite is told a {what} that is no number: write cite('exhibit', 3)"
    return ""


def joined(node: nodes.Concat | nodes.Add) -> str:
    """Return why what is put together makes no text, empty if it may."""
    sides = node.nodes if isinstance(node, nodes.Concat) else [node.left, node.right]
    kinds = {type(side.value) for side in sides if isinstance(side, nodes.Const)}
    if isinstance(node, nodes.Add):
        odd = str in kinds and kinds & {int, float}
        return "a text and a number are joined with ~, not with +" if odd else ""
    return NOTHING if type(None) in kinds else ""


def whole(face: object) -> str:
    """Return why |int makes no number of a value, empty if it may."""
    if isinstance(face, Value) and lacks(face, "number") and lacks(face, "text"):
        return f"|int of {_called(face)} which is no number, and would print 0"
    return ""


def _orders(face: object, node: nodes.Node) -> tuple[str, ...] | None:
    """Return in which orders a side stands; None if that is not known."""
    told = node.value if isinstance(node, nodes.Const) else None
    if isinstance(told, str):
        return ("day", "text") if _ISO.fullmatch(told) else ("text",)
    if told is not None:
        return ("number",)
    if not isinstance(face, Value):
        return ()
    return None if face.can is None else tuple(o for o in _ORDERED if o in face.can)


def _called(face: Value) -> str:
    return face.what or "this,"
