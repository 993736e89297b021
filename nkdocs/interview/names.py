"""Follows the names of a template or a condition to the questions that ask them. Pure.

Every expression has a face: where in the answers it leads (a list, an item, a group), or the
names that its value has. Through loops, assignments, filters and subscripts the face is known, or
the expression is refused: what cannot be followed could reach an answer unseen (DESIGN 8.15).
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from jinja2 import nodes

from nkdocs._jinja import STRING_METHODS, Condition
from nkdocs.interview.spec import ITEM, Catalogue, Pattern, Question
from nkdocs.interview.spec import path as written
from nkdocs.kinds.pronouns import PRONOUN_NAMES


@dataclass(frozen=True, slots=True)
class Value:
    """A value that is no list of items: the names it has, None for any; those of its items."""

    names: frozenset[str] | None
    items: frozenset[str] = STRING_METHODS


Face: TypeAlias = "Value | Pattern"
_Link: TypeAlias = "nodes.Name | nodes.Getattr | nodes.Getitem | nodes.Call"

TEXT, ANY = Value(STRING_METHODS), Value(None)
_MIXED = Value(frozenset({"?"}), frozenset({"?"}))  # one list or another: true or false, no more
_CHOICE = frozenset({"key", "label"}) | STRING_METHODS
#: What a name of a value may have in turn: the country of a place, the day of a point in time.
_PART = Value(_CHOICE | {"code", "name", "iso", "long", "year", "first", "last"})
_LOOP = Value(frozenset({"first", "last", "index", "index0", "length", "revindex"}))
_DATE = Value(frozenset({"iso", "long", "year"}))
_SAME = frozenset("list sort unique reverse select reject selectattr rejectattr".split())
_KEYWORDS = frozenset("attribute reverse case_sensitive page last part".split())
_NUMBER = frozenset("length count int".split())

#: Functions of a template whose values have names of their own.
_LOOKED_UP = frozenset({"authority", "guidance", "sent"})
#: What a condition may name besides answers.
OF_CONDITIONS: Mapping[str, Face] = {"today": _DATE}
#: What a template may name besides answers.
OF_TEMPLATES: Mapping[str, Face] = {
    "today": _DATE,
    "state": TEXT,
    "filing": Value(frozenset({"id", "recipient", "venue"})),
    "exhibits": Value(frozenset(), frozenset({"id", "title", "tab", "date"})),
    "cite": TEXT,
    "mark": TEXT,
    "origin": TEXT,
    "korean": TEXT,
    "authority": Value(frozenset({"cite", "confirmed", "quote", "id", "since"})),
    "guidance": Value(frozenset(), frozenset({"cite", "current", "id"})),
    "sent": Value(frozenset({"asked", "channel", "filing", "on"})),
}
#: What a template for nobody outside the office may name, too.
OF_INTERNAL: Mapping[str, Face] = {
    **OF_TEMPLATES,
    "findings": Value(frozenset(), frozenset(
        {"code", "severity", "message", "place", "source", "cure", "next", "group", "counts"}
    )),
    "accepted": Value(frozenset(), frozenset({"code", "at", "reason", "by", "on"})),
    "changes": Value(frozenset(), frozenset({"path", "what"})),
    "sheet": Value(frozenset({"code", "standing", "papers"})),
    "kit": Value(frozenset(
        {"document", "title", "pages", "paragraphs", "memo", "sworn", "command"}
    )),
}  # fmt: skip
#: What the words of e-mails and upload lists may name besides answers.
_SENT = frozenset({"file", "path", "pages", "mb", "what"})
OF_MAIL: Mapping[str, Face] = {
    "today": _DATE,
    "asked": TEXT,
    "packet": Value(_SENT),
    "files": Value(frozenset(), _SENT),
    "filing": Value(frozenset({"id", "recipient", "venue", "title", "case"})),
    "exhibits": OF_TEMPLATES["exhibits"],
    "rules": Value(frozenset(), STRING_METHODS),
    "recipient": Value(frozenset(
        {"title", "address", "verified", "source", "max_mb", "negatives", "rap_sheet", "unwanted"}
    )),
}  # fmt: skip


@dataclass(slots=True)
class Names:
    """What following the names of one tree found.

    Attributes:
        given: the names that are no answers, and their faces.
        reached: every question whose answer is looked at.
        wrong: what is wrong with a name, in words.
        law: the authorities asked for.
    """

    catalogue: Catalogue
    given: Mapping[str, Face]
    reached: list[Question] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    law: list[str] = field(default_factory=list)

    def walk(self, body: Iterable[nodes.Node], scope: dict[str, Face]) -> None:
        """Follow the names of *body*; *scope* holds those that loops and assignments gave."""
        for node in body:
            if isinstance(node, nodes.For):
                self._loop(node, scope)
            elif isinstance(node, nodes.If):
                self.face(node.test, scope)
                for branch in (node.body, node.elif_, node.else_):
                    self.walk(branch, scope)
            elif isinstance(node, nodes.Assign):
                self._assign(node.target, self.face(node.node, scope), scope)
            elif isinstance(node, nodes.Output):
                for inner in node.nodes:
                    self.face(inner, scope)

    def _loop(self, node: nodes.For, scope: dict[str, Face]) -> None:
        inner = {**scope, "loop": _LOOP}
        self._assign(node.target, self._items(self.face(node.iter, scope)), inner)
        if node.test is not None:
            self.face(node.test, inner)
        self.walk(node.body, inner)
        self.walk(node.else_, scope)

    def _assign(self, target: nodes.Node, face: Face, scope: dict[str, Face]) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = face
        else:
            scope.update({name.name: TEXT for name in target.find_all(nodes.Name)})

    def face(self, node: nodes.Node, scope: Mapping[str, Face]) -> Face:
        """Return the face of an expression, following every name in it."""
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._filter(node, node.node, scope)
        if isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Call)):
            return self._chain(node, scope)
        faces = [self.face(inner, scope) for inner in node.iter_child_nodes()]
        if isinstance(node, nodes.CondExpr):
            return self._either(faces[1:])
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

    def _chain(self, node: "_Link", scope: Mapping[str, Face]) -> Face:
        if isinstance(node, nodes.Name):
            return self._root(node.name, scope)
        if isinstance(node, nodes.Getattr):
            return self.member(self.face(node.node, scope), node.attr)
        return self._item(node, scope) if isinstance(node, nodes.Getitem) else (
            self._call(node, scope))  # fmt: skip

    def _root(self, name: str, scope: Mapping[str, Face]) -> Face:
        known = {**self.given, **scope}
        if name in known:
            return known[name]
        if name == "client":
            return ("respondents", ITEM)
        roots = self.catalogue.children(())
        if name in roots:
            return self.at((name,))
        self.wrong.append(self._unknown((), name, roots | {*known, "client"}))
        return ANY

    def member(self, face: Face, name: str) -> Face:
        """Return the face of what *name* is of *face*."""
        if face == _MIXED:
            return self._cannot(f".{name} of what may be one of several lists or groups")
        if isinstance(face, Value):
            if face.names is not None and name not in face.names:
                self.wrong.append(f"you wrote .{name} of a value that has {_listed(face.names)}")
            return ANY if face.names is None else _PART
        question = self.catalogue.questions.get(face)
        children = self.catalogue.children(face) if question is None else frozenset()
        if question is not None and name in {"first", "last", "none", "owed"}:
            return (*face, ITEM) if name in {"first", "last"} else TEXT
        if name in children:
            return self.at((*face, name))
        pronoun = name in PRONOUN_NAMES and "pronoun" in children
        if pronoun:
            self.at((*face, "pronoun"))
        elif not (face and face[-1] == ITEM and name in {"id", "index"}):
            self.wrong.append(self._unknown(face, name, children))
            return ANY
        return TEXT

    def at(self, steps: Pattern) -> Face:
        """Return the face of the answer, the list or the group at *steps*."""
        question = self.catalogue.questions.get(steps)
        if question is not None:
            self.reached.append(question)
        return steps if question is None or question.is_list else _value(question)

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
        self._keywords(node)
        what = self.face(node.node, scope)
        if isinstance(node.node, nodes.Name) and node.node.name == "authority":
            named = node.args[0] if node.args else None
            self.law.append(str(named.value) if isinstance(named, nodes.Const) else "")
        looked_up = isinstance(node.node, nodes.Name) and node.node.name in _LOOKED_UP
        return what if looked_up else TEXT

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
        self.wrong += [f"you wrote {key}=, which nothing takes" for key in unknown]

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
        self.wrong.append(f"{what} cannot be followed to its questions; write it out")
        return ANY

    def _unknown(self, face: Pattern, name: str, children: frozenset[str]) -> str:
        near = difflib.get_close_matches(name, sorted(children), 1)
        owner = f"{written(face)}." if face else ""
        guess = f"; did you mean {owner}{near[0]}?" if near else ""
        return f"you wrote {owner}{name}, which is no answer{guess}"


def _value(question: Question) -> Value:
    """Return the names of a question's answer: those of what its kind makes of it."""
    made = question.kind.parse.__annotations__.get("return", str)
    names = STRING_METHODS if made is str else frozenset(getattr(made, "template_names", ()))
    unknown = {"how", "phrase", "Phrase", "by"} if question.options.unknowns else set()
    items = _CHOICE if question.kind.name == "many" else STRING_METHODS
    return Value(names | unknown | {"owed"}, items)  # `owed` of an answer that is not there


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names - STRING_METHODS)) or "no names"


def condition_faults(catalogue: Catalogue, condition: Condition, steps: Pattern = ()) -> list[str]:
    """Return what is wrong with a condition of the question, or for the items, at *steps*.

    Inside a list item its own answers stand under their bare names, the items around it under the
    singular of their list (DESIGN 8.16).
    """
    names = Names(catalogue, OF_CONDITIONS)
    scope: dict[str, Face] = {}
    for end in (n + 1 for n, step in enumerate(steps) if step == ITEM):
        own = catalogue.questions.get(steps[: end - 1])
        scope |= {own.singular: steps[:end]} if own and own.singular else {}
        scope |= {name: names.at((*steps[:end], name)) for name in catalogue.children(steps[:end])}
        scope |= {"id": TEXT, "index": TEXT}
    names.walk(condition.tree.body, scope)
    return names.wrong
