"""Conditions of questions and files, written in the language of the templates.

Nearly all of them are names, constants, comparisons, `and`, `or` and `not`. These are kept as
plain data and answered without Jinja, which takes ten times as long; what they mean is Jinja's.
"""

import functools
from collections.abc import Callable, Mapping
from typing import Any, Self, TypeAlias, cast

import jinja2
from jinja2 import nodes

from nkdocs._jinja import Environment, Missing
from nkdocs.errors import TemplateError

Plain: TypeAlias = tuple[Any, ...]
"""("name", root, steps), ("const", value), ("not", plain), or an operator and its two sides."""

_OPEN = object()
"""Stands for what nobody can say yet."""

_COMPARED: Mapping[str, Callable[[Any, Any], object]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "in": lambda a, b: a in b,
    "notin": lambda a, b: a not in b,
}


class Condition:
    """A condition of a question or a file.

    Attributes:
        text: as it is written.
        names: every name it uses.
        plain: what it says as plain data; None if only Jinja can answer it.
    """

    def __init__(self, text: str) -> None:
        """Read *text*.

        Raises:
            jinja2.TemplateSyntaxError: it is not an expression.
        """
        self.text = text
        self.tree = tree = _environment().parse("{{ " + text + " }}")
        self.names = frozenset(n.name for n in tree.find_all(nodes.Name))
        tests = {n.name for n in tree.find_all(nodes.Test)} - _environment().tests.keys()
        told = [n for out in tree.find_all(nodes.Output) for n in out.nodes]
        if tests or len(tree.body) != 1 or len(told) != 1:
            _environment().compile_expression(text)  # it says what is wrong
        self.plain = _plain(cast("nodes.Output", tree.body[0]).nodes[0])

    @classmethod
    def known(cls, text: str, names: frozenset[str], plain: Plain | None) -> Self:
        """Return a condition that was read before, by what reading it gave."""
        made = cls.__new__(cls)
        made.text, made.names, made.plain = text, names, plain
        return made

    @functools.cached_property
    def tree(self) -> nodes.Template:
        """What Jinja reads of it."""
        return _environment().parse("{{ " + self.text + " }}")

    @functools.cached_property
    def _expression(self) -> Callable[..., object]:
        """The expression, compiled when it is first asked."""
        return _environment().compile_expression(self.text, undefined_to_none=False)

    def holds(self, names: Callable[[str], object]) -> bool:
        """Whether the condition is true where *names* gives the value of each name it uses.

        Raises:
            TemplateError: it names what does not exist, or compares what cannot be compared.
        """
        try:
            values = {name: names(name) for name in self.names}
            if self.plain is None:
                return bool(self._expression(values))
            return bool(_answer(self.plain, values))
        except (jinja2.TemplateError, TypeError) as error:
            why = str(error) if isinstance(error, jinja2.TemplateError) else "it compares wrongly"
            msg = f"the condition “{self.text}” cannot be answered: {why}"
            raise TemplateError(msg, hint="Mend it in the interview.yaml or section.") from None

    def hangs(self, names: Callable[[str], object]) -> bool:
        """Whether nobody can say yet if it holds, for an answer it reads is open.

        It is asked of a condition that does not hold, and never so of what only Jinja can answer.
        """
        return self.plain is not None and _perhaps(self.plain, names) is _OPEN


@functools.cache
def _environment() -> Environment:
    """Return the environment of all conditions."""
    made = Environment()
    made.aliases = False
    return made


def _plain(node: nodes.Node) -> Plain | None:
    """Return an expression as plain data, None if it holds more than that can say."""
    if isinstance(node, nodes.Compare) and len(node.ops) == 1 and node.ops[0].op in _COMPARED:
        return _both(node.ops[0].op, node.expr, node.ops[0].expr)
    if isinstance(node, (nodes.And, nodes.Or)):
        return _both(node.operator, node.left, node.right)
    if isinstance(node, nodes.Not):
        inner = _plain(node.node)
        return None if inner is None else ("not", inner)
    return _constant(node) or _name(node)


def _both(operator: str, left: nodes.Node, right: nodes.Node) -> Plain | None:
    sides = _plain(left), _plain(right)
    return None if None in sides else (operator, *sides)


def _constant(node: nodes.Node) -> Plain | None:
    if isinstance(node, nodes.Const):
        return ("const", node.value)
    if isinstance(node, nodes.List) and all(isinstance(n, nodes.Const) for n in node.items):
        return ("const", [cast("nodes.Const", n).value for n in node.items])
    return None


def _name(node: nodes.Node) -> Plain | None:
    steps: list[str] = []
    while isinstance(node, nodes.Getattr):
        steps.insert(0, node.attr)
        node = node.node
    return ("name", node.name, tuple(steps)) if isinstance(node, nodes.Name) else None


def _answer(plain: Plain, values: Mapping[str, object]) -> Any:  # noqa: ANN401 - any answer
    """Return what *plain* gives for the *values* of its names, as Jinja would."""
    operator, first, *rest = plain
    if operator == "name":
        value = values[first]
        for step in rest[0]:
            value = _environment().getattr(value, step)
        return value
    if operator == "const":
        return first
    left = _answer(first, values)
    if operator == "not":
        return not left
    if operator == "and":
        return left and _answer(rest[0], values)
    if operator == "or":
        return left or _answer(rest[0], values)
    return _COMPARED[operator](left, _answer(rest[0], values))


def _perhaps(plain: Plain, names: Callable[[str], object]) -> Any:  # noqa: ANN401 - any answer
    """Return what *plain* gives whatever an open answer will be, `_OPEN` if it hangs on that.

    The logic is Kleene's strong one: "no and open" is no, "yes or open" is yes.
    """
    operator, first, *rest = plain
    if operator == "name":
        value = _answer(plain, {first: names(first)})
        return _OPEN if isinstance(value, Missing) and value.open else value
    if operator == "const":
        return first
    left = _perhaps(first, names)
    if operator == "not":
        return _OPEN if left is _OPEN else not left
    if left is not _OPEN and operator in {"and", "or"} and bool(left) == (operator == "or"):
        return left
    right = _perhaps(rest[0], names)
    if operator in {"and", "or"}:
        decides = right is not _OPEN and bool(right) == (operator == "or")
        return _OPEN if left is _OPEN and not decides else right
    return _OPEN if _OPEN in (left, right) else _COMPARED[operator](left, right)
