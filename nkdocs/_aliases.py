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
FIRST: Mapping[str, str] = {
    "users": "client", "attorneys": "counsel", "docket_numbers": "client.a_number",
}  # fmt: skip
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
    "phone_numbers": "phone", "complete_elements": "", "true_values": "", "any_true": "",
    "format_datetime": "",
}  # fmt: skip
_PRONOUNS = {
    "pronoun_subjective": "they", "pronoun_objective": "them", "pronoun": "them",
    "pronoun_possessive": "their", "pronoun_reflexive": "themself",
}  # fmt: skip
_PARTS = {"first": "given", "last": "surname"}  # of a `name`; of a list they are its ends
_EMPTY = frozenset({"middle", "suffix", "middle_initial", "unit"})
#: Filters and functions that change nothing here: amounts and lists print as a lawyer writes them.
PLAIN = frozenset(
    "currency manual_line_breaks if_final paragraphs verbatim phone_number_formatted country_name "
    "catchall_question catchall_label catchall_subquestion catchall_options catchall_datatype "
    "catchall_complete".split()
)
_FILTERS = {"title_case": "title", "capitalize": "capitalize"}


def translated(tree: nodes.Template, read: Callable[[str], nodes.Expr]) -> None:
    """Translate AssemblyLine's names in *tree*; *read* reads an expression."""
    given = frozenset(n.name for n in tree.find_all(nodes.Name) if n.ctx == "store")
    _Translator(read, given).visit(tree)


class _Translator(NodeTransformer):
    """Translates node by node, the inner ones first."""

    def __init__(self, read: Callable[[str], nodes.Expr], given: frozenset[str]) -> None:
        """Read expressions with *read*; *given* are the names that the template itself gives."""
        self._read, self._given = read, given

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802 - Jinja's name
        """Translate a name at the top; Word may have begun it with a capital letter."""
        if node.ctx != "load" or node.name in self._given:
            return node
        name = node.name.lower()
        return _path(ROOTS.get(name, name), node)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        """Translate the first of a list of people."""
        base, key = node.node, node.arg
        first = isinstance(key, nodes.Const) and key.value == 0
        named = base.name if isinstance(base, nodes.Name) else ""
        if first and named not in self._given and named.lower() in FIRST:
            return _path(FIRST[named.lower()], node)
        return self.generic_visit(node)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        """Translate a name of a person, a name or an address."""
        self.generic_visit(node)
        of_name = isinstance(node.node, nodes.Getattr) and node.node.attr == "name"
        if of_name and node.attr in _PARTS:
            return _of(node.node, _PARTS[node.attr])
        if node.attr in _EMPTY and (of_name or _is(node.node, "address")):
            return nodes.Const("", lineno=node.lineno)
        if node.attr == "there_are_any":
            return node.node
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

    def _method(  # noqa: PLR0911 - one for each method that needs more than another name
        self, node: nodes.Call, method: nodes.Getattr
    ) -> nodes.Node:
        owner, name = method.node, method.attr
        if name in _PRONOUNS:
            return _pronoun(owner, name, node)
        if name == "age_in_years":
            return _call(_of(owner, "born.age"), _path("today", node))
        if name in {"number_gathered", "number"}:
            return _filter(owner, "length")
        if name == "signature_if_final":
            return self._signature(node)
        plain = all(_is_text(a) for a in node.args) and not node.kwargs
        if name == "format_date" or (name == "format" and node.args and plain):
            name = "format_date"  # of a text as well, which stays as it is
        if name in _AS_FILTERS:
            made = nodes.Filter(owner, _AS_FILTERS[name], node.args, node.kwargs, None, None)
            return made.set_lineno(node.lineno, override=True)
        if name == "get" and node.args and _is_text(node.args[0]):
            return nodes.Compare(node.args[0], [nodes.Operand("in", owner)]).set_lineno(
                node.lineno, override=True)  # fmt: skip
        if name == "contact_methods":
            return _contact(owner)
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
        if any(isinstance(s, nodes.Const) and type(s.value) in {int, float} for s in sides):
            return node
        if not any(isinstance(s, nodes.Concat) or _is_text(s) for s in sides):
            return node
        return nodes.Concat(list(sides)).set_lineno(node.lineno, override=True)

    def _function(self, node: nodes.Call, name: str) -> nodes.Node:
        if name in {"today", "current_datetime"} and not node.args:  # a paper has no clock
            return _path("today", node)
        if name in {"showifdef", "defined"} and node.args:
            return self._if_there(node, name)
        self.generic_visit(node)
        if not node.args or name not in _FUNCTIONS:
            return node
        told, *marks = node.args
        if name == "output_checkbox":
            yes, no = (*marks, *(nodes.Const("[X]"), nodes.Const("[  ]"))[len(marks) :])[:2]
            return nodes.CondExpr(told, yes, no).set_lineno(node.lineno, override=True)
        if name == "comma_list":
            name, marks = "join", [nodes.Const(", ")]
        named = nodes.Filter(told, _FILTERS.get(name, name), marks, [], None, None)
        return told if name in PLAIN else named.set_lineno(node.lineno, override=True)

    def _if_there(self, node: nodes.Call, name: str) -> nodes.Node:
        """Return an answer whose path is written as text, or what stands in its place."""
        path, *other = node.args
        found = self._pathed(path)
        if found is None:
            return node
        if name == "defined":
            return found
        shown = nodes.CondExpr(found, found, (*other, nodes.Const(""))[0])
        return shown.set_lineno(node.lineno, override=True)

    def _pathed(self, path: nodes.Expr) -> nodes.Expr | None:
        """Return what a path leads to that is put together as text; None if it is something else.

        `"x.email"`, `x.attr_name("email")`, `x.instanceName + ".email"`.
        """
        if _is_text(path):
            found = self._read(str(cast("nodes.Const", path).value))
        elif isinstance(path, nodes.Call) and _is(path.node, "attr_name") and path.args:
            (told, *_), owner = path.args, cast("nodes.Getattr", path.node).node
            found = _of(owner, str(getattr(told, "value", "")))
        elif isinstance(path, nodes.Add) and _is(path.left, "instanceName"):
            owner = cast("nodes.Getattr", path.left).node
            found = _of(owner, str(getattr(path.right, "value", "")))
        else:
            return None
        return cast("nodes.Expr", self.visit(found))

    def _signature(self, node: nodes.Node) -> nodes.Node:
        """Return a line to sign on in a final, a mark before."""
        final = nodes.Compare(
            nodes.Name("state", "load"), [nodes.Operand("eq", nodes.Const("final"))]
        )
        shown = nodes.CondExpr(final, nodes.Const(LINE), nodes.Const(_SIGNATURE))
        return shown.set_lineno(node.lineno, override=True)


_FUNCTIONS = frozenset(
    "output_checkbox currency title_case capitalize comma_and_list fix_punctuation ordinal "
    "ordinal_number nice_number format_date comma_list".split()
)
#: Methods of lists of people and of days that are filters.
_AS_FILTERS = {
    "format_date": "format_date", "short_list": "short_list", "full_names": "comma_and_list",
    "familiar_or": "comma_or_list",
}  # fmt: skip


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


def _contact(owner: nodes.Expr) -> nodes.Expr:
    """Return the ways to reach someone that are known, else the gap of the first.

    A client is asked for no e-mail address.
    """
    if isinstance(owner, nodes.Name) and owner.name == "client":
        return _of(owner, "phone")
    ways = nodes.List([_of(owner, "phone"), _of(owner, "email")])
    known = nodes.Filter(_filter(ways, "select"), "join", [nodes.Const(" or ")], [], None, None)
    made = nodes.Or(known, _of(owner, "phone"))
    made.set_lineno(owner.lineno, override=True)
    return made
