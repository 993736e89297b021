"""Proves of a template's part, once, that whatever is filled into it stands where it is put.

The proof (TRUST.md R2). A *witness* is the part with every branch of every condition and the body
of every loop written out once, and a processing instruction at each end of a branch and at each
tag that prints. Expat reads it, strictly. If the open elements are the same at both ends of every
branch, then whatever branches a letter takes, and how often a loop runs, its XML is well-formed.
If every tag that prints stands in the text of a run of a paragraph, then every answer that is
escaped stands in the document's text, at its tag, whole. What is left to prove for each letter is
that its pieces are those of the template and the escaped answers, in turn (`compiled`).

What cannot be proven so (a tag in an attribute, a branch that opens what another closes) is no
fault: the letter is then parsed and searched each time.
"""

from collections.abc import Iterator
from typing import TypeAlias

from jinja2 import nodes
from msgspec import Struct, field

from nkdocs._patterns import lazily
from nkdocs.convert.wordfile import ns

_W = ns("w:")[1:-1] + " "
_TEXT, _RUN, _PARAGRAPH = f"{_W}t", f"{_W}r", f"{_W}p"
_UNSEEN = frozenset(f"{_W}{n}" for n in ("del", "moveFrom"))
_GRID = frozenset(f"{_W}{n}" for n in ("tbl", "tr", "tc"))
_PRINT, _BEGIN, _END = "print", "begin", "end"
_INSIDE = lazily("[\t\n\a\f]")
_Element: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]


class Proof(Struct):
    """What is known of a part before any answer is.

    Attributes:
        holds: the proof holds.
        constants: the pieces of a letter that are the template's own.
        breaks: its own text holds tabs or line breaks, which docxtpl turns into Word's.
        tables: docxtpl might mend the columns of one of its tables, or number its pictures.
        nested: it has paragraphs within paragraphs.
    """

    holds: bool
    constants: frozenset[str] = frozenset()
    breaks: bool = True
    tables: bool = True
    nested: bool = True

    def plain(self) -> tuple[bool, frozenset[str], bool, bool, bool]:
        """Return it as plain values."""
        return self.holds, self.constants, self.breaks, self.tables, self.nested


def prove(tree: nodes.Template) -> Proof:
    """Return what can be proven of the part that *tree* is."""
    from xml.parsers import expat  # a template that was compiled before brings its proof with it

    constants = frozenset(_constants(tree))
    witness = "".join(_written(tree.body))
    reader = _Reader()
    try:
        reader.read(witness)
    except (expat.ExpatError, _Unproven):
        return Proof(holds=False, constants=constants)
    return Proof(
        reader.holds,
        constants,
        breaks=reader.breaks,
        tables=reader.irregular,
        nested=reader.nested,
    )


def _constants(tree: nodes.Template) -> Iterator[str]:
    """Yield each text that the compiled template yields for itself."""
    for output in tree.find_all(nodes.Output):
        run = ""
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                run += node.data
            elif run:
                yield run
                run = ""
        if run:
            yield run


def _written(body: list[nodes.Node]) -> Iterator[str]:
    """Yield the witness of *body*: every branch once."""
    for node in body:
        if isinstance(node, nodes.Output):
            for inner in node.nodes:
                own = isinstance(inner, nodes.TemplateData)
                yield inner.data if own else f"<?nk {_PRINT}?>"  # type: ignore[attr-defined]
        elif isinstance(node, (nodes.If, nodes.For)):
            branches = [node.body, node.else_]
            if isinstance(node, nodes.If):
                branches += [[other] for other in node.elif_]
            for branch in filter(None, branches):
                yield f"<?nk {_BEGIN}?>"
                yield from _written(branch)
                yield f"<?nk {_END}?>"


class _Unproven(Exception):  # noqa: N818 - it is no error
    """The part is not of the form that the proof is about."""


class _Table(Struct):
    """A table as the witness shows it.

    Attributes:
        columns: of its grid.
        sure: some row that always stands fills the grid.
        branches: how many branches are open at the level of its rows.
    """

    columns: int = 0
    sure: bool = False
    branches: int = 0
    cells: int = 0
    spanned: int = 0
    always: bool = False


class _Branch(Struct):
    """A branch of the witness, as it began: the open elements, the tables, its lowest depth."""

    stack: tuple[_Element, ...]
    tables: tuple[int, ...]
    lowest: int


class _Reader(Struct):
    """Reads a witness."""

    holds: bool = True
    breaks: bool = False
    irregular: bool = False
    nested: bool = False
    stack: list[_Element] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    open: list[_Branch] = field(default_factory=list)
    declared: list[tuple[str, str]] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)

    def read(self, witness: str) -> None:
        """Read *witness*.

        Raises:
            ExpatError: it is not well-formed.
            _Unproven: a branch does not leave what it found.
        """
        from xml.parsers import expat

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartNamespaceDeclHandler = self._declare
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.ProcessingInstructionHandler = self._mark
        parser.EntityDeclHandler = parser.StartDoctypeDeclHandler = self._strange
        parser.Parse(witness.encode("utf-8"), True)  # noqa: FBT003 - expat's own signature

    def _strange(self, *_: object) -> None:
        raise _Unproven

    def _declare(self, prefix: str | None, uri: str) -> None:
        self.declared.append((prefix or "", uri))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.stack.append((name, tuple(self.declared)))
        self.names.append(name)
        self.declared.clear()
        if name == _PARAGRAPH and _PARAGRAPH in self.names[:-1]:
            self.nested = True
        elif name.endswith(" docPr"):
            self.irregular = True
        elif name.startswith(_W):
            self._grid(name.removeprefix(_W), attributes)

    def _grid(self, name: str, attributes: dict[str, str]) -> None:
        """Note what an element says of the columns of its table."""
        if name == "tbl":
            self.tables.append(_Table())
            return
        table = self.tables[-1] if self.tables else None
        if table is None:
            return
        if name == "gridCol":
            table.columns += 1
        elif name == "tr":
            table.cells = table.spanned = 0
            table.always = table.branches == 0
        elif name == "tc":
            table.cells += 1
            table.spanned += 1
        elif name == "gridSpan":
            span = attributes.get(f"{_W}val", "")
            table.spanned += int(span) - 1 if span.isdecimal() else -table.spanned

    def _end(self, name: str) -> None:
        self.stack.pop()
        self.names.pop()
        if self.open:
            self.open[-1].lowest = min(self.open[-1].lowest, len(self.stack))
        if not self.tables:
            return
        table = self.tables[-1]
        if name == f"{_W}tr":
            # docxtpl/template.py, fix_tables: more cells than columns, or columns without cells
            self.irregular |= any(table.cells > t.columns for t in self.tables)
            table.sure |= table.always and table.spanned >= table.columns
        elif name == f"{_W}tbl":
            self.irregular |= not table.sure
            self.tables.pop()

    def _data(self, data: str) -> None:
        if self.names and self.names[-1] == _TEXT and _INSIDE.search(data):
            self.breaks = True

    def _mark(self, target: str, what: str) -> None:
        if target != "nk" or not self.stack:
            raise _Unproven
        if what == _PRINT:
            self.holds &= self._in_text()
            return
        if self.names[-1] == f"{_W}tr":
            self.irregular = True  # cells come and go
        if self.names[-1] == f"{_W}tbl":
            self.tables[-1].branches += 1 if what == _BEGIN else -1
        if what == _BEGIN:
            depth = len(self.stack)
            self.open.append(_Branch(tuple(self.stack), tuple(map(id, self.tables)), depth))
        else:
            self._leave()

    def _leave(self) -> None:
        """End a branch.

        Raises:
            _Unproven: it does not leave what it found.
        """
        branch = self.open.pop() if self.open else None
        if branch is None or branch.stack != tuple(self.stack):
            raise _Unproven
        closed = {name for name, _ in branch.stack[branch.lowest :]}
        if self.open:
            self.open[-1].lowest = min(self.open[-1].lowest, branch.lowest)
        self.irregular |= not closed.isdisjoint(_GRID)
        self.irregular |= branch.tables != tuple(map(id, self.tables))

    def _in_text(self) -> bool:
        """Whether a tag that prints stands in the text of a run of a paragraph."""
        below = self.names[:-2]
        return (
            self.names[-2:] == [_RUN, _TEXT] and _PARAGRAPH in below and _UNSEEN.isdisjoint(below)
        )
