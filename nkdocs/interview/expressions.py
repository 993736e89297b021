"""Follows the names of an expression to the questions that ask them. Pure.

Every expression has a face: where in the answers it leads (a list, an item, a group), or the
names that its value has. Through filters and subscripts the face is known, or the expression is
refused: what cannot be followed could reach an answer unseen (DESIGN 8.15).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from jinja2 import nodes
from msgspec import Struct, field

from nkdocs.interview import operations, paths
from nkdocs.interview.faces import (
    ANY,
    CHOICE,
    METHOD,
    MIXED,
    TEXT,
    Reach,
    Value,
    either,
    guess,
    held,
    item_of,
    lacking,
    method,
    takes_of,
    value_of,
)
from nkdocs.interview.spec import ITEM, Catalogue, Pattern
from nkdocs.interview.spec import path as written
from nkdocs.interview.vocabulary import FUNCTIONS, LOOKED_UP, Face
from nkdocs.kinds.pronouns import PRONOUN_NAMES, Pronouns

_Link: TypeAlias = "nodes.Name | nodes.Getattr | nodes.Getitem | nodes.Call"

#: What a name of a value may have in turn: the country of a place, the day of a point in time.
_PART = Value(CHOICE | {"code", "name", "iso", "long", "year", "first", "last"})


class Followed(Struct):
    """What following the names of expressions found, each with its line.

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
    _words: dict[Pattern, str] = field(default_factory=dict)  # what the author calls a place

    def used(self, use: str, node: nodes.Node, scope: Mapping[str, Face]) -> Face:
        """Follow an expression that is there to be *printed*, as a *condition*, or for a *loop*."""
        self._use = use
        return self.face(node, scope)

    def face(self, node: nodes.Node, scope: Mapping[str, Face]) -> Face:
        """Return the face of an expression, following every name in it."""
        self._line = node.lineno or self._line
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._filter(node, node.node, scope)
        if isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Call)):
            return self._chain(node, scope)
        if isinstance(node, nodes.Compare):
            return self._compare(node, scope)
        return self._put_together(node, [self.face(n, scope) for n in node.iter_child_nodes()])

    def _text(self, face: Face) -> Face:
        """Require what can be printed; an empty list prints as a marked blank."""
        if face == MIXED:
            self._wrong("what may be a list or group is printed; print one of its parts")
        elif face == METHOD:
            self._wrong(operations.bracketed(face))
        elif isinstance(face, Value) or face in self._empty:
            return TEXT
        elif "name" in self.catalogue.children(self._one(face)):
            self._text(self.at((*self._one(face), "name")))  # it prints as its name, or names
        elif face in self.catalogue.questions:
            self._wrong(f"{self._called(face)} is a list; print its items in a loop")
        else:
            self._wrong(f"{self._called(face)} is a group of answers; print one of them")
        return TEXT

    def _one(self, face: Pattern) -> Pattern:
        """Return where the answers of a group stand, or those of each item of a list."""
        return (*face, ITEM) if face in self.catalogue.questions else face

    def _called(self, face: Pattern) -> str:
        """Return a place as the author wrote it last: `client`, not `respondents[]`."""
        return self._words.get(face) or written(face)

    def _owner(self, face: Pattern) -> str:
        """Return what the author writes before a part of a place, with its dot."""
        words = self._words.get(face, written(face))
        return f"{words}." if words else ""

    def _wrong(self, said: str) -> Face:  # an empty text is nothing wrong
        self.wrong += [(self._line, said)] if said else []
        return ANY

    def _put_together(self, node: nodes.Node, faces: list[Face]) -> Face:
        """Return the face of what an operator makes of *faces*."""
        if isinstance(node, nodes.Test):
            self._wrong(operations.tested(node.name, faces[0]))
        if isinstance(node, nodes.CondExpr):
            return either(faces[1:])
        if isinstance(node, (nodes.Concat, nodes.Add)):
            self._wrong(operations.joined(node))
        if isinstance(node, nodes.Concat):
            faces = [self._text(face) for face in faces]
        if isinstance(node, (nodes.And, nodes.Or)):
            return either(faces)
        if isinstance(node, (nodes.BinExpr, nodes.Neg, nodes.Pos)):
            for wrong in operations.reckoned(faces):
                self._wrong(wrong)
        if isinstance(node, (nodes.List, nodes.Tuple)):
            return held(faces)
        return either([ANY, *faces]) if isinstance(node, nodes.Dict) else TEXT

    def _compare(self, node: nodes.Compare, scope: Mapping[str, Face]) -> Face:
        """Follow a comparison."""
        left, before = self.face(node.expr, scope), node.expr
        for operand in node.ops:
            right = self.face(operand.expr, scope)
            sides = ((left, before), (right, operand.expr))
            self._wrong(operations.compared(operand.op, *sides))
            if operand.op in {"in", "notin"} and not isinstance(right, Value):
                self._items(right)  # a list of items, or nothing can be in it
            left, before = right, operand.expr
        return TEXT

    def _chain(self, node: "_Link", scope: Mapping[str, Face]) -> Face:
        if isinstance(node, nodes.Name):
            if node.name in FUNCTIONS and node.name not in scope:
                return self._wrong(f"{node.name} is written with brackets: {node.name}(…)")
            return self._root(node.name, scope)
        if isinstance(node, nodes.Getattr):
            base = self.face(node.node, scope)
            face = self.member(base, node.attr)
            takes = base.calls(node.attr) if isinstance(base, Value) else None
            if takes is None or not isinstance(base, Value):
                return face
            return method(f"{base.what.partition(',')[0]}.{node.attr}".strip("."), takes)
        return self._item(node, scope) if isinstance(node, nodes.Getitem) else (
            self._call(node, scope))  # fmt: skip

    def _root(self, name: str, scope: Mapping[str, Face]) -> Face:
        known = {**self.given, **scope}
        if name in scope and name in self._partly:
            said = f"{name} is set only where the condition in paragraph {self._partly[name]} holds"
            self.doubts.append((self._line, f"{said}, and used here"))
        face = known.get(name, ("respondents", ITEM) if name == "client" else None)
        if face is not None:
            if not isinstance(face, Value):
                self._words[face] = name
            return face
        if name == "self":
            return self._wrong("self is a word of the tags themselves; give it another name")
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
        if question is not None and name in {"first", "last"}:
            return self._item_of(face, f"{self._called(face)}.{name}")
        if question is not None and name in {"none", "owed"}:
            return TEXT
        if name in children:
            return self._named((*face, name), f"{self._owner(face)}{name}")
        pronoun = name in PRONOUN_NAMES and "pronoun" in children
        if pronoun:
            self.at((*face, "pronoun"))
            if name == "verb":
                return method(f"{self._owner(face)}verb", takes_of(Pronouns.verb))
        own = bool(face) and face[-1] == ITEM and name in {"id", "index"}
        return TEXT if pronoun or own else self._wrong(self._unknown(face, name, children))

    def _named(self, steps: Pattern, words: str) -> Face:
        """Return the face of the answer at *steps*, which the author calls *words*."""
        found = self.at(steps)
        if isinstance(found, Value):
            return replace(found, what=found.what.replace(written(steps), words, 1))
        self._words[found] = words
        return found

    def _item_of(self, face: Pattern, words: str) -> Face:
        """Return the face of one item of a list, which the author calls *words*."""
        self._words[*face, ITEM] = words
        return (*face, ITEM)

    def _part(self, face: Value, name: str) -> Face:
        """Return the face of what *name* is of a value."""
        if face == MIXED:
            return self._cannot(f".{name} of what may be one of several lists or groups")
        if face.names is not None and name not in face.names:
            return self._wrong(lacking(face, face.names, name))
        return ANY if face.names is None else _PART

    def at(self, steps: Pattern) -> Face:
        """Return the face of the answer, the list or the group at *steps*."""
        question = self.catalogue.questions.get(steps)
        if question is not None:
            self.reached.append(Reach(question, self._line, self._use))
        if question is None or question.is_list:
            return steps
        return value_of(question)

    def _item(self, node: nodes.Getitem, scope: Mapping[str, Face]) -> Face:
        base, key = self.face(node.node, scope), node.arg
        if isinstance(key, nodes.Const) and isinstance(key.value, str) and base != ANY:
            return self.member(base, key.value)
        self.face(key, scope)
        if isinstance(base, Value):
            slices = isinstance(key, nodes.Slice)
            wrong = operations.indexed(base, slices=slices)
            if wrong or base == ANY:
                return self._wrong(wrong)
            return base if slices else item_of(base)
        if isinstance(key, nodes.Slice) and base in self.catalogue.questions:
            return base
        if isinstance(key, nodes.Const) and base in self.catalogue.questions:
            return self._item_of(base, f"{self._called(base)}[{key.value}]")
        return self._cannot(f"a computed part of {self._called(base)}")

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
        if what not in (ANY, METHOD) and not known:
            called = name or getattr(node.node, "attr", "this")
            return self._wrong(f"{called} takes no brackets; write it without ( )")
        takes = FUNCTIONS[name] if known else what.methods.get("") if isinstance(what, Value) else (
            None)  # fmt: skip
        called = name if known or not isinstance(what, Value) else what.what
        self._wrong(operations.told(node, called, takes) if takes else "")
        if name == "cite" and known:
            self._wrong(operations.cited(node))
        if name == "authority" and node.args:
            named = node.args[0]
            told = str(named.value) if isinstance(named, nodes.Const) else ""
            self.law.append((self._line, told))
        return what if name in LOOKED_UP else TEXT

    def _filter(self, node: nodes.Filter, of: nodes.Node, scope: Mapping[str, Face]) -> Face:
        base = self.face(of, scope)
        for inner in (*node.args, *node.kwargs):
            self.face(inner, scope)
        self._keywords(node)
        named, before = self._attribute(node, base), len(self.wrong)
        self._takes(node.name, base, named=named)
        if len(self.wrong) > before:
            return ANY
        if node.name in operations.SAME:
            return base
        if node.name in {"first", "last"}:
            if not isinstance(base, Value) and base in self.catalogue.questions:
                return self._item_of(base, f"({self._called(base)}|{node.name})")
            return item_of(base) if isinstance(base, Value) else self._items(base)
        return Value(frozenset()) if node.name in operations.NUMBERS else TEXT

    def _keywords(self, node: nodes.Filter | nodes.Call) -> None:
        for key in (k.key for k in node.kwargs if k.key not in operations.KEYWORDS):
            self._wrong(f"you wrote {key}=, which nothing takes")

    def _takes(self, name: str, base: Face, *, named: bool) -> None:
        """Require what a filter can work on; *named*: at an attribute of each item."""
        if name in operations.TEXTUAL:
            self._text(base)
            self._wrong(operations.whole(base) if name == "int" else "")
        elif isinstance(base, Value):
            self._wrong(operations.filtered(name, base))
        elif base not in self.catalogue.questions or name in operations.NUMBERED:
            self._wrong(f"|{name} of {self._called(base)}, which is neither list nor value")
        elif not named and name == "sort":
            called = self._called(base)
            self._wrong(f"|sort of {called} needs the answer to sort by: attribute='name'")
        elif not named and name in operations.NAMING and base not in self._empty:
            self._text(self._items(base))

    def _attribute(self, node: nodes.Filter, base: Face) -> bool:
        """Follow the attribute that a filter looks at in each item; return whether it does."""
        named = [k.value for k in node.kwargs if k.key == "attribute"]
        named += node.args[:1] if node.name in {"selectattr", "rejectattr"} else []
        named += node.args[1:2] if node.name in {"join", "unique"} else []
        named += node.args[2:3] if node.name == "sort" else []
        for name in named:
            if not isinstance(name, nodes.Const):
                self._cannot(f"a computed attribute of the filter '{node.name}'")
                continue
            face = self._items(base)
            if not isinstance(face, Value):
                self._words[face] = ""  # written in the quotes of attribute=
            for step in str(name.value).split("."):
                face = self.member(face, step)
            if node.name in operations.NAMING:
                self._text(face)
        return bool(named)

    def _items(self, face: Face) -> Face:
        """Return the face of each item of what a loop goes through."""
        if face == MIXED:
            return self._cannot("a loop over what may be one of several lists")
        if isinstance(face, Value):
            wrong = operations.looped(face)
            return self._wrong(wrong) if wrong or face == ANY else item_of(face)
        if face in self.catalogue.questions:
            return (*face, ITEM)
        return self._cannot(f"a loop over {self._called(face)}, which is no list")

    def _cannot(self, what: str) -> Face:
        return self._wrong(f"{what} cannot be followed to its questions; write it out")

    def _unknown(self, face: Pattern, name: str, children: frozenset[str]) -> str:
        owner, small = self._owner(face), name.lower()
        why = paths.reserved((name,)) if not face else ""
        if face in self.catalogue.questions:
            why = f"{written(face)} is a list, and this names none of its items"
        if why:
            return f"you wrote {owner}{name}, which is no answer: {why}"
        hint = f"; names are written in small letters: {small}" if name != small else ""
        return f"you wrote {owner}{name}, which is no answer{hint or guess(name, children, owner)}"
