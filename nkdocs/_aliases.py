"""AssemblyLine's names and methods, read as ours: a template written for it fills unchanged.

A tag is translated when it is read, before anything looks at it: `users[0].name.full()` *is*
`client.name`, so checks, audiences and the letter see one language. What stands here is written
from AssemblyLine's published list of field labels; no name in it is an answer's (a test holds it).
"""

from collections.abc import Callable, Mapping
from typing import cast

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

LINE = "______________________________"
_SIGNATURE = "[ signature ]"

#: People and things: the name of ours, and the one that stands for the first of a list.
ROOTS: Mapping[str, str] = {
    "users": "respondents",
    "attorneys": "counsel",
    "trial_court": "case.court",
    "docket_number": "client.a_number",
    "docket_numbers": "client.a_number",
    "user_preferred_language": "client.language",
    "signature_date": "today",
}
#: The first of a list; of attorneys there is one.
FIRST: Mapping[str, str] = {"users": "client", "attorneys": "counsel"}
#: Names of a person, of a name, of an address.
NAMES: Mapping[str, str] = {
    "birthdate": "born", "phone_number": "phone", "mobile_number": "phone", "home_number": "phone",
    "work_number": "phone", "gender": "sex", "initials": "name.letters", "postal_code": "zip",
}  # fmt: skip
#: Methods without arguments that matter, of persons, names, addresses and lists.
METHODS: Mapping[str, str] = {
    "name_full": "name", "name_initials": "name", "name_short": "name.firstlast",
    "familiar": "name.familiar", "full": "", "firstlast": "firstlast", "lastfirst": "lastfirst",
    "address_block": "address.block", "block": "block", "on_one_line": "line",
    "line_one": "street", "line_two": "last_line", "language_name": "language",
    "phone_numbers": "phone", "complete_elements": "",
}  # fmt: skip
_PRONOUNS = {
    "pronoun_subjective": "they", "pronoun_objective": "them", "pronoun": "them",
    "pronoun_possessive": "their", "pronoun_reflexive": "themself",
}  # fmt: skip
_PARTS = {"first": "given", "last": "surname"}  # of a `name`; of a list they are its ends
_EMPTY = frozenset({"middle", "suffix", "middle_initial", "unit"})
#: Filters and functions that change nothing here: amounts and lists print as a lawyer writes them.
PLAIN = frozenset({"currency", "manual_line_breaks", "if_final"})
_FILTERS = {"title_case": "title", "capitalize": "capitalize"}


def translated(tree: nodes.Template, read: Callable[[str], nodes.Expr]) -> None:
    """Translate AssemblyLine's names in *tree*; *read* reads an expression."""
    _Translator(read).visit(tree)


class _Translator(NodeTransformer):
    """Translates node by node, the inner ones first."""

    def __init__(self, read: Callable[[str], nodes.Expr]) -> None:
        """Read expressions with *read*."""
        self._read = read

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 - Jinja's name
        """A person prints as a name, a list of people as names."""
        self.generic_visit(node)
        node.nodes = [_named(inner) for inner in node.nodes]
        return node

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802
        """Translate a name at the top."""
        if node.ctx != "load" or node.name not in ROOTS:
            return node
        return _path(ROOTS[node.name], node)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        """Translate the first of a list of people."""
        base, key = node.node, node.arg
        first = isinstance(key, nodes.Const) and key.value == 0
        if first and isinstance(base, nodes.Name) and base.name in FIRST:
            return _path(FIRST[base.name], node)
        return self.generic_visit(node)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        """Translate a name of a person, a name or an address."""
        self.generic_visit(node)
        of_name = isinstance(node.node, nodes.Getattr) and node.node.attr == "name"
        if of_name and node.attr in _PARTS:
            return _of(node.node, _PARTS[node.attr])
        if node.attr in _EMPTY and (of_name or _is(node.node, "address")):
            return nodes.Const("", lineno=node.lineno)
        if node.attr == "signature":
            return nodes.Const(LINE, lineno=node.lineno)
        if node.attr == "address" and isinstance(node.node, nodes.Name) and (
            node.node.name == "counsel"
        ):  # fmt: skip
            return _path("office.address", node)
        theirs = node.attr in NAMES and not of_name
        return _of(node.node, NAMES[node.attr]) if theirs else node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        """Translate a method or a function."""
        if isinstance(node.node, nodes.Name):
            return self._function(node, node.node.name)
        self.generic_visit(node)
        if isinstance(node.node, nodes.Const) and node.node.value in {"", LINE}:
            return node.node
        is_method = isinstance(node.node, nodes.Getattr)
        return self._method(node, node.node) if is_method else node  # type: ignore[arg-type]

    def _method(self, node: nodes.Call, method: nodes.Getattr) -> nodes.Node:
        owner, name = method.node, method.attr
        if name in _PRONOUNS:
            return _pronoun(owner, name, node)
        if name == "age_in_years":
            return _call(_of(owner, "born.age"), _path("today", node))
        if name == "number_gathered":
            return _filter(owner, "length")
        if name == "signature_if_final":
            return self._signature(node)
        return _of(owner, METHODS[name]) if name in METHODS else node

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802
        """Translate a filter."""
        self.generic_visit(node)
        if node.name == "if_final" and _is_line(node.node):
            return self._signature(node)
        if node.name in PLAIN and node.node is not None:
            return node.node
        node.name = _FILTERS.get(node.name, node.name)
        return node

    def visit_Add(self, node: nodes.Add) -> nodes.Node:  # noqa: N802
        """Read `+` beside a text as putting texts together, whatever the other side is."""
        self.generic_visit(node)
        sides = (node.left, node.right)
        if not any(isinstance(s, nodes.Concat) or _is_text(s) for s in sides):
            return node
        return nodes.Concat(list(sides)).set_lineno(node.lineno, override=True)

    def _function(self, node: nodes.Call, name: str) -> nodes.Node:
        if name == "today" and not node.args:
            return node.node
        if name in {"showifdef", "defined"} and node.args:
            return self._if_there(node, name)
        self.generic_visit(node)
        if not node.args or name not in _FUNCTIONS:
            return node
        told, *marks = node.args
        if name == "output_checkbox":
            yes, no = (*marks, *(nodes.Const("[X]"), nodes.Const("[  ]"))[len(marks) :])[:2]
            return nodes.CondExpr(told, yes, no).set_lineno(node.lineno, override=True)
        return told if name in PLAIN else _filter(told, _FILTERS.get(name, name))

    def _if_there(self, node: nodes.Call, name: str) -> nodes.Node:
        """Return an answer whose path is written as text, or what stands in its place."""
        path, *other = node.args
        if not isinstance(path, nodes.Const):
            return node
        found = self.visit(self._read(str(path.value)))
        if name == "defined":
            return cast("nodes.Node", found)
        shown = nodes.CondExpr(found, found, (*other, nodes.Const(""))[0])
        return shown.set_lineno(node.lineno, override=True)

    def _signature(self, node: nodes.Node) -> nodes.Node:
        """Return a line to sign on in a final, a mark before."""
        final = nodes.Compare(
            nodes.Name("state", "load"), [nodes.Operand("eq", nodes.Const("final"))]
        )
        shown = nodes.CondExpr(final, nodes.Const(LINE), nodes.Const(_SIGNATURE))
        return shown.set_lineno(node.lineno, override=True)


_FUNCTIONS = frozenset(
    "output_checkbox currency title_case capitalize comma_and_list fix_punctuation".split()
)


def _is(node: nodes.Node, attribute: str) -> bool:
    return isinstance(node, nodes.Getattr) and node.attr == attribute


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def _is_line(node: nodes.Node | None) -> bool:
    return isinstance(node, nodes.Const) and node.value == LINE


def _of(owner: nodes.Expr, names: str) -> nodes.Expr:
    """Return what *names*, with dots between, are of *owner*."""
    for name in filter(None, names.split(".")):
        owner = nodes.Getattr(owner, name, "load", lineno=owner.lineno)
    return owner


def _path(names: str, at: nodes.Node) -> nodes.Expr:
    root, _, rest = names.partition(".")
    found = nodes.Name(root, "load")
    found.set_lineno(at.lineno)
    return _of(found, rest)


def _call(method: nodes.Expr, *arguments: nodes.Expr) -> nodes.Expr:
    made = nodes.Call(method, list(arguments), [], None, None)
    made.set_lineno(method.lineno)
    return made


def _filter(of: nodes.Expr, name: str) -> nodes.Expr:
    made = nodes.Filter(of, name, [], [], None, None)
    made.set_lineno(of.lineno)
    return made


def _pronoun(owner: nodes.Expr, name: str, node: nodes.Call) -> nodes.Expr:
    """Return a form of a pronoun: with a capital if asked for, with the noun it stands before."""
    loud = any(
        k.key == "capitalize" and isinstance(k.value, nodes.Const) and k.value.value
        for k in node.kwargs
    )
    form = _PRONOUNS[name]
    said = _of(owner, form.capitalize() if loud else form)
    if name != "pronoun_possessive" or not node.args:
        return said
    joined = nodes.Concat([said, nodes.Const(" "), node.args[0]])
    joined.set_lineno(node.lineno)
    return joined


def _named(node: nodes.Expr) -> nodes.Expr:
    """Return what a tag prints of people: their names."""
    if isinstance(node, nodes.Name) and node.name in {"client", "counsel"}:
        return _of(node, "name")
    if isinstance(node, nodes.Name) and node.name == "respondents":
        attribute = nodes.Keyword("attribute", nodes.Const("name"))
        made = nodes.Filter(node, "comma_and_list", [], [attribute], None, None)
        made.set_lineno(node.lineno)
        return made
    return node
