"""Follows the names of a template or a condition to the questions that ask them. Pure.

Every expression has a face: where in the answers it leads (a list, an item, a group), or the
names that its value has. Through loops, assignments, filters and subscripts the face is known, or
the expression is refused: what cannot be followed could reach an answer unseen (DESIGN 8.15).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from jinja2 import nodes

from nkdocs._jinja import Condition
from nkdocs.interview.faces import (
    ANY,
    CHOICE,
    TEXT,
    Reach,
    Value,
    empties,
    guess,
    lacking,
    value_of,
)
from nkdocs.interview.spec import ITEM, Catalogue, Pattern
from nkdocs.interview.spec import path as written
from nkdocs.interview.vocabulary import FUNCTIONS, LOOKED_UP, Face
from nkdocs.kinds.pronouns import PRONOUN_NAMES

_Link: TypeAlias = "nodes.Name | nodes.Getattr | nodes.Getitem | nodes.Call"

_METHOD = Value(frozenset({"()"}), frozenset())  # what is called, and is not called yet
_MIXED = Value(frozenset({"?"}), frozenset({"?"}))  # one list or another: true or false, no more
#: What a name of a value may have in turn: the country of a place, the day of a point in time.
_PART = Value(CHOICE | {"code", "name", "iso", "long", "year", "first", "last"})
_LOOP = Value(frozenset({"first", "last", "index", "index0", "length", "revindex"}))
_SAME = frozenset("list sort unique reverse select reject selectattr rejectattr".split())
_KEYWORDS = frozenset("attribute reverse case_sensitive page last part".split())
_NUMBER = frozenset("length count int".split())


@dataclass(slots=True)
class Names:
    """What following the names of one tree found, each with its line.

    Attributes:
        given: the names that are no answers, and their faces.
        reached: every look at a question's answer.
        wrong: what is wrong with a name, in words.
        doubts: names that a template sets on some of its ways only, and uses on all.
        law: the authorities asked for.
    """

    catalogue: Catalogue
    given: Mapping[str, Face]
    reached: list[Reach] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)
    law: list[tuple[int, str]] = field(default_factory=list)
    _line: int = 1
    _use: str = "printed"
    _partly: dict[str, int] = field(default_factory=dict)
    _gone: set[str] = field(default_factory=set)
    _empty: tuple[Face, ...] = ()

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
                    self._text(self.used("printed", inner, scope))

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
        return Names(self.catalogue, self.given).at(steps)

    def used(self, use: str, node: nodes.Node, scope: Mapping[str, Face]) -> Face:
        """Follow an expression that is there to be *printed*, as a *condition*, or for a *loop*."""
        self._use = use
        return self.face(node, scope)

    def _loop(self, node: nodes.For, scope: dict[str, Face]) -> None:
        inner = {**scope, "loop": _LOOP}
        many, outside = self.used("loop", node.iter, scope), self._empty
        self._assign(node.target, self._items(many), inner)
        if node.test is not None:
            self.used("condition", node.test, inner)
            spare = Names(self.catalogue, self.given)
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
            around, spare = self._empty, Names(self.catalogue, self.given)
            self._empty += empties(one.test, lambda n: spare.face(n, scope), holds=True)  # noqa: B023
            ways.append(self._way(one.body, scope))
            self._empty = around + empties(one.test, lambda n: spare.face(n, scope), holds=False)  # noqa: B023
        ways.append(self._way(node.else_, scope))
        self._empty = outside
        for name in dict.fromkeys(name for way in ways for name in way):
            faces = [way[name] for way in ways if name in way]
            if len(faces) < len(ways):
                self._partly.setdefault(name, node.lineno)
            scope[name] = faces[0] if len(set(faces)) == 1 else self._either(faces)

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

    def _text(self, face: Face) -> Face:
        """Require what can be printed; an empty list prints as a marked blank."""
        if isinstance(face, Value):
            if face == _METHOD:
                self._wrong("what stands here is written with brackets: name()")
        elif face in self._empty:
            return TEXT
        elif face in self.catalogue.questions:
            self._wrong(f"{written(face)} is a list; print its items in a loop")
        else:
            self._wrong(f"{written(face)} is a group of answers; print one of them")
        return TEXT

    def _wrong(self, said: str) -> Face:
        self.wrong.append((self._line, said))
        return ANY

    def face(self, node: nodes.Node, scope: Mapping[str, Face]) -> Face:
        """Return the face of an expression, following every name in it."""
        self._line = node.lineno or self._line
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._filter(node, node.node, scope)
        if isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Call)):
            return self._chain(node, scope)
        faces = [self.face(inner, scope) for inner in node.iter_child_nodes()]
        if isinstance(node, nodes.CondExpr):
            return self._either(faces[1:])
        if isinstance(node, nodes.Concat):
            faces = [self._text(face) for face in faces]
        if isinstance(node, nodes.BinExpr) and not isinstance(node, (nodes.And, nodes.Or)):
            self._reckoned(faces)
        if isinstance(node, (nodes.And, nodes.Or)):
            return self._either(faces)
        if isinstance(node, (nodes.List, nodes.Tuple)):
            return self._held(faces)
        return self._either([ANY, *faces]) if isinstance(node, nodes.Dict) else TEXT

    def _held(self, faces: Sequence[Face]) -> Face:
        """Return the face of a list written out: each of its items may be any of *faces*."""
        values = [face.names for face in faces if isinstance(face, Value) and face != _MIXED]
        if len(values) < len(faces):
            return _MIXED
        known = [names for names in values if names is not None]
        return Value(frozenset(), frozenset().union(*known)) if len(known) == len(values) else ANY

    def _reckoned(self, faces: Sequence[Face]) -> None:
        """Refuse to calculate with answers: only plain text can be put together with `+`."""
        for face in faces:
            if not isinstance(face, Value) or (face.what and "upper" not in (face.names or ())):
                what = face.what if isinstance(face, Value) else written(face)
                self._wrong(f"{what or 'a list'} is no number to calculate with; to join it to "
                            "other text write ~ in place of +")  # fmt: skip

    def _chain(self, node: "_Link", scope: Mapping[str, Face]) -> Face:
        if isinstance(node, nodes.Name):
            if node.name in FUNCTIONS and node.name not in scope:
                return self._wrong(f"{node.name} is written with brackets: {node.name}(…)")
            return self._root(node.name, scope)
        if isinstance(node, nodes.Getattr):
            base = self.face(node.node, scope)
            face = self.member(base, node.attr)
            return _METHOD if isinstance(base, Value) and base.calls(node.attr) else face
        return self._item(node, scope) if isinstance(node, nodes.Getitem) else (
            self._call(node, scope))  # fmt: skip

    def _root(self, name: str, scope: Mapping[str, Face]) -> Face:
        known = {**self.given, **scope}
        if name in scope and name in self._partly:
            said = f"{name} is set only where the condition in paragraph {self._partly[name]} holds"
            self.doubts.append((self._line, f"{said}, and used here"))
        if name in known:
            return known[name]
        if name == "client":
            return ("respondents", ITEM)
        roots = self.catalogue.children(())
        if name in roots:
            return self.at((name,))
        if name in self._gone:
            return self._wrong(f"{name} is set inside a loop and is gone after it")
        return self._wrong(self._unknown((), name, roots | {*known, "client"}))

    def member(self, face: Face, name: str) -> Face:
        """Return the face of what *name* is of *face*."""
        if isinstance(face, Value):
            return self._part(face, name)
        question = self.catalogue.questions.get(face)
        children = self.catalogue.children(face) if question is None else frozenset()
        if question is not None and name in {"first", "last", "none", "owed"}:
            return (*face, ITEM) if name in {"first", "last"} else TEXT
        if name in children:
            return self.at((*face, name))
        pronoun = name in PRONOUN_NAMES and "pronoun" in children
        if pronoun:
            self.at((*face, "pronoun"))
            if name == "verb":
                return _METHOD
        own = bool(face) and face[-1] == ITEM and name in {"id", "index"}
        return TEXT if pronoun or own else self._wrong(self._unknown(face, name, children))

    def _part(self, face: Value, name: str) -> Face:
        """Return the face of what *name* is of a value."""
        if face == _MIXED:
            return self._cannot(f".{name} of what may be one of several lists or groups")
        if face.names is not None and name not in face.names:
            return self._wrong(lacking(face, face.names, name))
        return ANY if face.names is None else _PART

    def at(self, steps: Pattern) -> Face:
        """Return the face of the answer, the list or the group at *steps*."""
        question = self.catalogue.questions.get(steps)
        if question is not None:
            self.reached.append(Reach(question, self._line, self._use))
        return steps if question is None or question.is_list else value_of(question)

    def _item(self, node: nodes.Getitem, scope: Mapping[str, Face]) -> Face:
        base, key = self.face(node.node, scope), node.arg
        if isinstance(key, nodes.Const) and isinstance(key.value, str) and base != ANY:
            return self.member(base, key.value)
        self.face(key, scope)
        if isinstance(base, Value):
            return ANY if base == ANY else TEXT
        if isinstance(key, nodes.Slice) and base in self.catalogue.questions:
            return base
        if isinstance(key, nodes.Const) and base in self.catalogue.questions:
            return (*base, ITEM)
        return self._cannot(f"a computed part of {written(base)}")

    def _call(self, node: nodes.Call, scope: Mapping[str, Face]) -> Face:
        for inner in (*node.args, *node.kwargs):
            self.face(inner, scope)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        known = name in FUNCTIONS and name not in scope
        if name and not known and name not in {"client", *self.given, *scope} and (
            name not in self.catalogue.children(())
        ):
            near = guess(name, FUNCTIONS)
            return self._wrong(f"you wrote {name}( ), and there is no such function{near}")
        self._keywords(node)
        what = self._root(name, scope) if name else self.face(node.node, scope)
        if what not in (ANY, _METHOD) and not known:
            called = name or getattr(node.node, "attr", "this")
            return self._wrong(f"{called} takes no brackets; write it without ( )")
        if name == "authority":
            named = node.args[0] if node.args else None
            told = str(named.value) if isinstance(named, nodes.Const) else ""
            self.law.append((self._line, told))
        return what if name in LOOKED_UP else TEXT

    def _filter(self, node: nodes.Filter, of: nodes.Node, scope: Mapping[str, Face]) -> Face:
        base = self.face(of, scope)
        for inner in (*node.args, *node.kwargs):
            self.face(inner, scope)
        self._keywords(node)
        self._attribute(node, base)
        if node.name in _SAME:
            return base
        if node.name in {"first", "last"} and not isinstance(base, Value):
            return self._items(base)
        return Value(frozenset()) if node.name in _NUMBER else TEXT

    def _keywords(self, node: nodes.Filter | nodes.Call) -> None:
        """Refuse named arguments that nothing takes."""
        unknown = [k.key for k in node.kwargs if k.key not in _KEYWORDS]
        for key in unknown:
            self._wrong(f"you wrote {key}=, which nothing takes")

    def _attribute(self, node: nodes.Filter, base: Face) -> None:
        """Follow the attribute that a filter looks at in each item."""
        named = [k.value for k in node.kwargs if k.key == "attribute"]
        named += node.args[:1] if node.name in {"selectattr", "rejectattr"} else []
        named += node.args[1:2] if node.name in {"join", "unique"} else []
        named += node.args[2:3] if node.name == "sort" else []
        for name in named:
            if not isinstance(name, nodes.Const):
                self._cannot(f"a computed attribute of the filter '{node.name}'")
                continue
            face = self._items(base)
            for step in str(name.value).split("."):
                face = self.member(face, step)

    def _items(self, face: Face) -> Face:
        """Return the face of each item of what a loop goes through."""
        if face == _MIXED:
            return self._cannot("a loop over what may be one of several lists")
        if isinstance(face, Value):
            return ANY if face == ANY else Value(face.items)
        if face in self.catalogue.questions:
            return (*face, ITEM)
        return self._cannot(f"a loop over {written(face)}, which is no list")

    def _either(self, faces: Sequence[Face]) -> Face:
        """Return the face of what may be one thing or another, or hold them."""
        places = {face for face in faces if not isinstance(face, Value)}
        if _MIXED in faces or len(places) > 1 or (places and len(set(faces)) > 1):
            return _MIXED
        if places:
            return places.pop()
        return faces[0] if len(set(faces)) == 1 else ANY if ANY in faces else TEXT

    def _cannot(self, what: str) -> Face:
        return self._wrong(f"{what} cannot be followed to its questions; write it out")

    def _unknown(self, face: Pattern, name: str, children: frozenset[str]) -> str:
        owner, small = f"{written(face)}." if face else "", name.lower()
        hint = f"; names are written in small letters: {small}" if name != small else ""
        return f"you wrote {owner}{name}, which is no answer{hint or guess(name, children, owner)}"
