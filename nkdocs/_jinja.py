"""The one sandboxed Jinja environment, for templates and for the conditions of questions alike.

What is not on an allow list is refused: attributes, calls, filters, globals, operators that can
fill the memory (TRUST.md R4). Everything a template may see is plain text, a number, a list, or a
`View`: a read-only object that says itself which names it has.
"""

import difflib
import functools
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from types import CodeType
from typing import Any, ClassVar, NoReturn, Self, cast

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from nkdocs import _filters
from nkdocs._filters import FILTERS, LONGEST, bounded

#: Methods of text that a template may call.
STRING_METHODS = frozenset(
    "upper lower title capitalize strip startswith endswith split".split()
)
#: What a non-answer tells of itself, and is empty of an answer that can be one.
NON_ANSWERS = frozenset({"how", "by"})
_FILTERS = frozenset(
    "upper lower title capitalize length count trim list int string".split()
)
#: Statements a template may use. What the others do (`include`, `macro`, `autoescape`, …) is not
#: needed, or cannot be followed from a name to its question.
_STATEMENTS = (nodes.Output, nodes.For, nodes.If, nodes.Assign)
#: What the marks of a filled document are made of: private use, which no answer can hold.
BLANK, MID, END = "\ue000", "\ue003", _filters.END


def blank(path: str, prompt: str) -> str:
    """Return the mark of an open answer, which the filled document turns into a marked blank."""
    return f"{BLANK}{path}{MID}[{' '.join(prompt.split()) or path}]{END}"


class UnknownNameError(jinja2.exceptions.UndefinedError):
    """A template or condition asks for a name that does not exist."""

    def __init__(self, name: str, owner: str, known: list[str]) -> None:
        """Say which *name* of *owner* was asked for; *known* names make the suggestion."""
        near = difflib.get_close_matches(name, known, 1, 0.6)
        full = f"{owner}.{name}" if owner else name
        help_ = f"; did you mean '{f'{owner}.' if owner else ''}{near[0]}'?" if near else ""
        super().__init__(f"'{full}' is not a name nkdocs knows{help_}")
        self.name = full


class View:
    """Base of every read-only object that a template may see.

    A subclass lists in `template_names` the attributes and methods a template may use, or
    overrides `lookup`. Methods change nothing and touch no file, clock or network.
    """

    __slots__ = ()
    template_names: ClassVar[frozenset[str]] = frozenset()
    __ne__ = object.__ne__  # not `__eq__`, whose ever it is; `Struct` asks only its own

    def lookup(self, name: str) -> object:
        """Return what *name* stands for in a template.

        Raises:
            UnknownNameError: there is no such name.
        """
        if name in type(self).template_names:
            return getattr(self, name)
        if name == "owed":  # what is there is owed no more
            return False
        if name in NON_ANSWERS:  # of what is no non-answer
            return ""
        raise UnknownNameError(name, type(self).__name__.lower(), sorted(self.template_names))

    def item(self, index: int) -> object:
        """Return item *index*, from 0, of a view that is a list."""
        raise UnknownNameError(str(index), type(self).__name__.lower(), [])


class Missing(View):
    """An answer that is not there. It is false, empty, and knows its path.

    As text, wherever that text goes, it is the mark of a blank: no filter and no joining can
    print a letter without saying what is open in it. A template that leaves a passage out where
    there is no answer asks first whether it is `owed`: asked for, required, and not there.
    """

    __slots__ = ("_owed", "_wrong", "path", "prompt")

    def __init__(
        self,
        path: str,
        prompt: str = "",
        owed: Callable[[], bool] = lambda: False,
        *,
        wrong: bool = False,
    ) -> None:
        """Remember the answer's *path* and the *prompt* of the question that asks it.

        *wrong* says that something stands there which is no such answer.
        """
        self.path = path
        self.prompt = prompt
        self._owed = owed
        self._wrong = wrong

    @property
    def open(self) -> bool:
        """Whether an answer is still to come, in place of nothing or of what is no answer."""
        return self._wrong or self._owed()

    def lookup(self, name: str) -> object:
        """Return what is missing in turn: a part of a missing answer; whether it is `owed`."""
        return self._owed() if name == "owed" else self

    def item(self, index: int) -> Self:
        """Return what is missing in turn: an item of a missing list."""
        del index
        return self

    def __call__(self, *_: object, **__: object) -> Self:
        """Return what is missing in turn: a method of a missing answer."""
        return self

    def __bool__(self) -> bool:
        """Be false in every condition."""
        return False

    def __len__(self) -> int:
        """Be empty."""
        return 0

    def __iter__(self) -> Iterator[object]:
        """Be empty."""
        return iter(())

    def __contains__(self, _: object) -> bool:
        """Be empty."""
        return False

    def __eq__(self, other: object) -> bool:
        """Equal no answer, only the same gap."""
        return isinstance(other, Missing) and other.path == self.path

    def __hash__(self) -> int:
        """Hash by path."""
        return hash(self.path)

    def __lt__(self, _: object) -> bool:
        """Be neither before nor after anything."""
        return False

    __gt__ = __le__ = __ge__ = __lt__

    def __str__(self) -> str:
        """Write the mark of a blank that names the question."""
        return blank(self.path, self.prompt)

    def __format__(self, spec: str) -> str:
        """Show the path: the facts behind a finding do not change with a question's wording."""
        del spec
        return repr(self)

    def __repr__(self) -> str:
        """Show the path."""
        return f"Missing({self.path!r})"


def nth(values: Sequence[object], index: int) -> object:
    """Return value *index*, from 0, or from the end if it is negative; a gap if there is none."""
    if -len(values) <= index < len(values):
        return values[index]
    return Missing("", f"number {index + 1}" if index >= 0 else "one more")


class Generator(CodeGenerator):
    """Lets the environment see what `~` joins, and `finalize` see constants as they are."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:  # noqa: ANN401
        """Write a constant at run time, as every value: Jinja would escape it before `finalize`."""
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """Write a slice as `Environment.getitem`, as any other part; Jinja would slice at once."""
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("environment.getitem(")
        self.visit(node.node, frame)
        self.write(", slice(")
        for end in (node.arg.start, node.arg.stop, node.arg.step):
            self.visit(end or nodes.Const(None), frame)
            self.write(", ")
        self.write("))")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write a call of `Environment.joined`."""
        self.write("environment.joined((")
        for inner in node.nodes:
            self.visit(inner, frame)
            self.write(", ")
        self.write("))")


class Environment(ImmutableSandboxedEnvironment):
    """The allow-list environment."""

    code_generator_class = Generator
    # also stops constant folding at compile time
    intercepted_binops = frozenset({"**", "*", "%", "+"})
    #: Whether AssemblyLine's names are read as ours: in templates, not in conditions of questions.
    aliases = True

    def __init__(self, finalize: Callable[[object], object] | None = None) -> None:
        """Make an environment; *finalize* says how a printed value is written."""
        super().__init__(undefined=jinja2.StrictUndefined, autoescape=True, finalize=finalize)
        self.globals.clear()
        self.filters = {k: v for k, v in self.filters.items() if k in _FILTERS}
        self.filters |= FILTERS

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's own signature
        template_class: type[jinja2.Template] | None = None,
    ) -> jinja2.Template:
        """Return the template that *source* is; one seen before is not compiled again."""
        if not isinstance(source, str):
            return super().from_string(source, globals, template_class)
        escaped = bool(self.autoescape)
        code = _code(source, finalized=self.finalize is not None, escaped=escaped)
        template = template_class or self.template_class
        return template.from_code(self, code, self.make_globals(globals))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Read a template; statements and filters that are not allowed are errors of it."""
        tree = super()._parse(source, name, filename)
        if self.aliases:
            from nkdocs._aliases import translated  # what was compiled before is not read again

            translated(tree, self._expression)
            tree.set_environment(self)
        for found in tree.find_all((nodes.Stmt, nodes.Filter)):
            known = isinstance(found, nodes.Filter) and found.name in self.filters
            looped = isinstance(found, nodes.For) and found.recursive
            if not known and (looped or not isinstance(found, _STATEMENTS)):
                what = f"the filter '{found.name}'" if isinstance(found, nodes.Filter) else (
                    f"the tag '{type(found).__name__.lower()}'")  # fmt: skip
                msg = f"{what} is not allowed in a template"
                raise jinja2.TemplateSyntaxError(msg, found.lineno or 1, name, filename)
        return tree

    def _expression(self, text: str) -> nodes.Expr:
        """Read one expression, as a template writes it."""
        (printed,) = jinja2.Environment.parse(self, "{{ " + text + " }}").body
        return cast("nodes.Output", printed).nodes[0]

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Return an attribute: a view answers for itself, everything else by the allow list."""
        if isinstance(obj, View):
            return obj.lookup(attribute)
        if attribute == "owed":
            return False
        return "" if attribute in NON_ANSWERS else super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Return an item: a view answers for itself, everything else by the allow list."""
        if isinstance(obj, Missing) and isinstance(argument, slice):
            return obj
        if isinstance(obj, View) and isinstance(argument, slice):
            if isinstance(obj, Iterable):
                return list(obj)[argument]
            obj.lookup("[:]")  # raises
        if isinstance(obj, View):
            return obj.item(argument) if isinstance(argument, int) else obj.lookup(str(argument))
        if isinstance(obj, (list, tuple)) and isinstance(argument, int):
            return nth(obj, argument)
        return super().getitem(obj, argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        """Allow a few methods of text and the loop's own names."""
        del value
        if isinstance(obj, str):
            return attr in STRING_METHODS
        return isinstance(obj, LoopContext) and not attr.startswith("_")

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401 - Jinja's own signature
        """Allow methods of views and of text; a function that is not known is named."""
        if isinstance(obj, jinja2.Undefined):
            str(obj)  # raises, and names it
        return isinstance(obj, View) or isinstance(getattr(obj, "__self__", None), (View, str))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Refuse powers, and anything but numbers multiplied or divided; bound what `+` joins."""
        numbers = isinstance(left, (int, float)) and isinstance(right, (int, float))
        if operator == "+" and not numbers:
            bounded(len(x) for x in (left, right) if isinstance(x, (str, list, tuple)))
        elif operator == "**" or not numbers or abs(left) > LONGEST or abs(right) > LONGEST:
            _refuse(operator)
        return super().call_binop(context, operator, left, right)

    def joined(self, values: Iterable[object]) -> str:
        """Return *values* as one text, as `~` joins them."""
        texts = [str(value) for value in values]
        bounded(map(len, texts))
        return "".join(texts)


@functools.lru_cache(maxsize=32)
def _code(source: str, *, finalized: bool, escaped: bool) -> CodeType:
    """Return the code of a template's source, which holds tags and no answer.

    It is the same for every environment that writes its values through `finalize`, whichever
    that is: `Generator` leaves every value to run time.
    """
    environment = Environment(str if finalized else None)
    environment.autoescape = escaped
    return environment.compile(source)


def _refuse(operator: str) -> NoReturn:
    msg = f"the operator {operator} is not allowed in a template"
    raise jinja2.exceptions.SecurityError(msg)
