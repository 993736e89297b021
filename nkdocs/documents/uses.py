"""What a Word template says of its own names, before any question asks them.

From how a name is used (printed, asked of in a condition, looped over, compared with a word, put
through a filter) follows what the answer behind it is.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import nodes
from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs.interview.spec import ITEM, Pattern

_COUNTING = frozenset({"length", "count", "first", "last", "join", "sort", "selectattr",
                       "rejectattr", "unique", "reverse", "list", "select", "reject",
                       "comma_and_list", "comma_or_list", "short_list"})  # fmt: skip

_SAME = frozenset({"sort", "unique", "reverse", "list", "select", "reject", "selectattr",
                   "rejectattr"})  # fmt: skip

_ORDERS = frozenset({"lt", "gt", "lteq", "gteq"})
_SUMS = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
_WRITING = frozenset({"format_date", "nice_number", "ordinal", "ordinal_number", "int"})
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Use(Struct):
    """How one name is used.

    Attributes:
        line: the paragraph in which it stands first.
        printed: whether it is printed.
        asked: whether a condition asks if it is there or true.
        looped: whether a loop goes through it, or one of it is named.
        words: those it is compared with.
        holds: the words that are looked for in it.
        called: what one of it is called in a loop.
        ticked: whether words are looked for as boxes that are ticked.
        measured: whether it is compared or calculated with a number, or written as one.
        reckoned: whether something is calculated with it as it is.
        dated: whether it is compared with a day, or written as one.
        paid: whether it is written as money.
        beside: the names with which it is compared in order, or calculated.
    """

    line: int
    printed: bool = False
    asked: bool = False
    looped: bool = False
    words: dict[str, None] = field(default_factory=dict)
    holds: dict[str, None] = field(default_factory=dict)
    called: str = ""
    ticked: bool = False
    measured: bool = False
    reckoned: bool = False
    dated: bool = False
    paid: bool = False
    beside: dict[Pattern, None] = field(default_factory=dict)

    def merged(self, other: "Use") -> "Use":
        """Return what both tell of one name."""
        told: dict[str, Any] = {
            name: {**mine, **theirs} if isinstance(mine, dict) else mine or theirs
            for name in self.__struct_fields__
            for mine, theirs in ((getattr(self, name), getattr(other, name)),)
        }
        return replace(self, **told)


class Uses(Struct):
    """The names of one template and how each is used, by path.

    Attributes:
        seen: each use: the paragraph, the name, and `printed`, `condition` or `loop`.
    """

    found: dict[Pattern, Use] = field(default_factory=dict)
    seen: dict[tuple[int, Pattern, str], None] = field(default_factory=dict)
    _how: str = "printed"

    def walk(self, body: "list[nodes.Node]", scope: dict[str, Pattern | None]) -> None:
        """Follow *body*; *scope* holds what loops and assignments named, None what is no answer."""
        for node in body:
            if isinstance(node, nodes.For):
                self._loop(node, scope)
            elif isinstance(node, nodes.If):
                self._branches(node, scope)
            elif isinstance(node, nodes.Assign):
                self._how = "condition"
                named = self._value(node.node, scope)
                if named is not None:
                    self._use(named, node.lineno)
                names = _names(node.target)
                scope.update(dict.fromkeys(names, named if len(names) == 1 else None))
            elif isinstance(node, nodes.Output):
                for inner in node.nodes:
                    self._printed(inner, scope)

    def _branches(self, node: nodes.If, scope: Mapping[str, Pattern | None]) -> None:
        for one in (node, *node.elif_):
            self._test(one.test, scope)
        for branch in (node.body, *(one.body for one in node.elif_), node.else_):
            self.walk(branch, dict(scope))

    def _loop(self, node: nodes.For, scope: Mapping[str, Pattern | None]) -> None:
        self._how = "loop"
        many, names = self._value(node.iter, scope), _names(node.target)
        inner = {**scope, "loop": None, **dict.fromkeys(names)}
        if many is not None and len(names) == 1:
            use = self._use(many, node.lineno)
            use.looped, use.called = True, use.called or names[0]
            inner[names[0]] = (*many, ITEM)
        if node.test is not None:
            self._test(node.test, inner)
        self.walk(node.body, inner)
        self.walk(node.else_, dict(scope))

    def _use(self, path: Pattern, line: int) -> Use:
        self.seen[line, path, self._how] = None
        return self.found.setdefault(path, Use(line))

    def _printed(self, node: nodes.Node, scope: Mapping[str, Pattern | None]) -> None:
        if isinstance(node, nodes.CondExpr):
            self._test(node.test, scope)
            for way in filter(None, (node.expr1, node.expr2)):
                self._printed(way, scope)
            return
        if isinstance(node, (nodes.Or, nodes.Concat)):
            for side in node.iter_child_nodes():
                self._printed(side, scope)
            return
        self._how = "printed"
        path = self._value(node, scope)
        if path is not None:
            self._use(path, node.lineno).printed = True

    def _test(self, node: nodes.Node, scope: Mapping[str, Pattern | None]) -> None:
        """Follow a condition."""
        self._how = "condition"
        if isinstance(node, (nodes.And, nodes.Or, nodes.Not)):
            for side in node.iter_child_nodes():
                self._test(side, scope)
        elif isinstance(node, nodes.Compare):
            self._compared(node, scope)
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(
            node.arg.value, str
        ):  # one of several boxes that are ticked
            path = self._value(node.node, scope)
            if path is not None:
                use = self._use(path, node.lineno)
                use.holds[node.arg.value], use.ticked = None, True
        else:
            path = self._value(node, scope)
            if path is not None:
                self._use(path, node.lineno).asked = True

    def _compared(self, node: nodes.Compare, scope: Mapping[str, Pattern | None]) -> None:
        """Note with which words a name is compared, or which are looked for in it."""
        path = self._value(node.expr, scope)
        for operand in node.ops:
            other = self._value(operand.expr, scope)
            listed = operand.expr.items if isinstance(
                operand.expr, (nodes.List, nodes.Tuple)) else [operand.expr]  # fmt: skip
            words = {
                c.value: None
                for c in listed
                if isinstance(c, nodes.Const) and isinstance(c.value, str)
            }
            if path is not None:
                self._use(path, node.lineno).words.update(words)
            if operand.op not in {"in", "notin"}:
                sides = (path, node.expr), (other, operand.expr)
                self._side_by_side(operand.op in _ORDERS, *sides)
            said = node.expr.value if isinstance(node.expr, nodes.Const) else None
            if other is not None and operand.op in {"in", "notin"} and isinstance(said, str):
                self._use(other, node.lineno).holds[said] = None
            elif other is not None:
                self._use(other, node.lineno)

    def _side_by_side(
        self, ordered: bool, *sides: tuple[Pattern | None, nodes.Node]  # noqa: FBT001 - a fact
    ) -> None:
        """Note what two sides of a comparison or a sum tell of each other."""
        for (path, node), (other, told) in (sides, sides[::-1]):
            if path is None:
                continue
            use, value = self._use(path, node.lineno), getattr(told, "value", None)
            use.measured |= isinstance(value, (int, float)) and not isinstance(value, bool)
            use.dated |= ordered and isinstance(value, str) and bool(_ISO.fullmatch(value))
            use.beside |= {other: None} if ordered and other not in {None, path} else {}

    def _reckoned(self, node: nodes.BinExpr, scope: Mapping[str, Pattern | None]) -> None:
        """Note what is calculated with; names that are put together with + may be texts."""
        left, right = ((self._value(n, scope), n) for n in (node.left, node.right))
        self._side_by_side(True, left, right)  # noqa: FBT003
        for path, side in (left, right):
            if path is not None:
                use = self._use(path, node.lineno)
                use.measured |= not isinstance(node, nodes.Add) or _is_sum((node.left, node.right))
                use.printed = True
                use.reckoned |= not isinstance(side, nodes.Filter)  # |int is a number of its own

    def _value(self, node: nodes.Node, scope: Mapping[str, Pattern | None]) -> Pattern | None:
        """Return the path that an expression leads to, None if to no name of its own."""
        if isinstance(node, nodes.Name):
            return scope.get(node.name, (node.name,))
        if isinstance(node, nodes.Getattr):
            base = self._value(node.node, scope)
            return None if base is None else (*base, node.attr)
        if isinstance(node, nodes.Getitem):
            return self._item(node, scope)
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._filtered(node, node.node, scope)
        if isinstance(node, nodes.BinExpr) and isinstance(node, _SUMS):
            self._reckoned(node, scope)
            return None
        inside = node.node if isinstance(node, nodes.Test) else None
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
            inside = node.node.node  # a method: it is of the answer before it
        skipped = node.node if isinstance(node, nodes.Call) else inside
        for inner in node.iter_child_nodes():
            if inner is not skipped:
                self._seen(inner, scope)
        return self._value(inside, scope) if inside is not None else None

    def _seen(self, node: nodes.Node, scope: Mapping[str, Pattern | None]) -> None:
        path = self._value(node, scope)
        if path is not None:
            self._use(path, node.lineno).printed = True

    def _item(self, node: nodes.Getitem, scope: Mapping[str, Pattern | None]) -> Pattern | None:
        base, key = self._value(node.node, scope), node.arg
        if base is None or not isinstance(key, (nodes.Const, nodes.Slice)):
            return None
        if isinstance(key, nodes.Const) and isinstance(key.value, str):
            return (*base, key.value)
        self._use(base, node.lineno).looped = True
        return base if isinstance(key, nodes.Slice) else (*base, ITEM)

    def _filtered(
        self, node: nodes.Filter, of: nodes.Node, scope: Mapping[str, Pattern | None]
    ) -> Pattern | None:
        """Return where a filter leads: counting and joining are of a list."""
        path = self._value(of, scope)
        if path is not None and node.name in _WRITING:
            use = self._use(path, node.lineno)
            use.dated |= node.name == "format_date"
            use.measured |= node.name != "format_date"
        if path is None or node.name not in _COUNTING:
            return path
        use = self._use(path, node.lineno)
        use.looped = True
        for key in node.kwargs:
            if key.key == "attribute" and isinstance(key.value, nodes.Const):
                part = str(key.value.value).split(".")
                self._use((*path, ITEM, *part), node.lineno).printed = True
        if node.name in {"first", "last"}:
            return (*path, ITEM)
        return path if node.name in _SAME else None


def _names(target: nodes.Node) -> list[str]:
    """Return the names that a loop or an assignment gives."""
    one = [target] if isinstance(target, nodes.Name) else []
    return [name.name for name in (*one, *target.find_all(nodes.Name))]


def _is_sum(sides: Iterable[nodes.Node]) -> bool:
    """Whether a number, or what is calculated, stands on one of the sides of a +."""
    return any(isinstance(getattr(s, "value", None), (int, float)) or (
        isinstance(s, _SUMS) and not isinstance(s, nodes.Add)) for s in sides)  # fmt: skip
