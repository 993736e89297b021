"""Follows the names of a template or a condition to the questions that ask them. Pure.

Loops, ifs and assignments give names; what each of them stands for is followed from paragraph to
paragraph, and in between every expression (`nkdocs.interview.expressions`).
"""

from collections.abc import Iterable, Mapping

from jinja2 import nodes

from nkdocs._conditions import Condition
from nkdocs.interview.expressions import Followed
from nkdocs.interview.faces import TEXT, Value, either, empties
from nkdocs.interview.operations import NOTHING
from nkdocs.interview.spec import ITEM, Pattern
from nkdocs.interview.vocabulary import Face

_LOOP = Value(frozenset({"first", "last", "index", "index0", "length", "revindex"}))


class Names(Followed):
    """What following the names of one tree found: of statements, and of the expressions in them."""

    def walk(self, body: Iterable[nodes.Node], scope: dict[str, Face]) -> None:
        """Follow the names of *body*; *scope* holds those that loops and assignments gave."""
        for node in body:
            if isinstance(node, nodes.For):
                self._loop(node, scope)
            elif isinstance(node, nodes.If):
                self._branches(node, scope)
            elif isinstance(node, nodes.Assign):
                self._assign(node.target, self.used("condition", node.node, scope), scope)
            elif isinstance(node, nodes.Output):
                for inner in node.nodes:
                    self._use = "printed"
                    self._shown(inner, scope)

    def condition(self, condition: Condition, steps: Pattern = ()) -> None:
        """Follow a condition of the question, or for the items, at *steps*.

        Inside a list item its own answers stand under their bare names, the items around it under
        the singular of their list (DESIGN 8.16).
        """
        scope: dict[str, Face] = {}
        for end in (n + 1 for n, step in enumerate(steps) if step == ITEM):
            own, inside = self.catalogue.questions.get(steps[: end - 1]), steps[:end]
            names = self.catalogue.children(inside)
            scope |= {own.singular: inside} if own and own.singular else {}
            scope |= {name: self._standing((*inside, name)) for name in names}
            scope |= {"id": TEXT, "index": TEXT}
        for printed in condition.tree.find_all(nodes.Output):
            for inner in printed.nodes:
                self.used("condition", inner, scope)

    def _standing(self, steps: Pattern) -> Face:
        """Return the face of an answer that is in reach and not looked at yet."""
        return Followed(self.catalogue, self.given).at(steps)

    def _loop(self, node: nodes.For, scope: dict[str, Face]) -> None:
        inner = {**scope, "loop": _LOOP}
        many, outside = self.used("loop", node.iter, scope), self._empty
        if not isinstance(node.target, nodes.Name):
            self._wrong("a loop gives one name: {% for one in many %}")
        self._assign(node.target, self._items(many), inner)
        if node.test is not None:
            self.used("condition", node.test, inner)
            spare = Followed(self.catalogue, self.given)
            self._empty += empties(node.test, lambda n: spare.face(n, inner), holds=True)
        before = set(inner)
        self.walk(node.body, inner)
        self._gone |= set(inner) - before
        self._empty = (*outside, many)
        self.walk(node.else_, scope)
        self._empty = outside

    def _branches(self, node: nodes.If, scope: dict[str, Face]) -> None:
        """Follow every way through an if; what only some of them set is noted."""
        ways, outside = [], self._empty
        for one in (node, *node.elif_):
            self.used("condition", one.test, scope)
            around, spare = self._empty, Followed(self.catalogue, self.given)
            self._empty += empties(one.test, lambda n: spare.face(n, scope), holds=True)  # noqa: B023
            ways.append(self._way(one.body, scope))
            self._empty = around + empties(one.test, lambda n: spare.face(n, scope), holds=False)  # noqa: B023
        ways.append(self._way(node.else_, scope))
        self._empty = outside
        for name in dict.fromkeys(name for way in ways for name in way):
            faces = [way[name] for way in ways if name in way]
            if len(faces) < len(ways):
                self._partly.setdefault(name, node.lineno)
            scope[name] = either(faces)

    def _way(self, body: Iterable[nodes.Node], scope: Mapping[str, Face]) -> dict[str, Face]:
        way = dict(scope)
        self.walk(body, way)
        return way

    def _assign(self, target: nodes.Node, face: Face, scope: dict[str, Face]) -> None:
        names = list(target.find_all(nodes.Name))
        if isinstance(target, nodes.Name):
            scope[target.name], names = face, [target]
        else:
            scope.update({name.name: TEXT for name in names})
        for name in names:
            self._partly.pop(name.name, None)

    def _shown(self, node: nodes.Node | None, scope: Mapping[str, Face]) -> None:
        """Follow what is printed, on each of its ways."""
        ways: tuple[nodes.Node | None, ...] = ()
        if isinstance(node, nodes.CondExpr):
            self.face(node.test, scope)
            ways = (node.expr1, node.expr2)
        elif isinstance(node, nodes.Or):
            ways = (node.left, node.right)
        elif isinstance(node, nodes.Const) and node.value is None:
            self._line = node.lineno or self._line
            self._wrong(NOTHING)
        elif node is not None:
            self._text(self.face(node, scope))
        for way in ways:
            self._shown(way, scope)
