"""Questions that AssemblyLine's authors write into a tag: `{{ x | catchall_question("…") }}`.

What a tag says of its own question begins the question that `nkdocs template new` makes of it.
Written from AssemblyLine's published list of filters.
"""

from collections.abc import Iterator, Mapping

import jinja2
from jinja2 import nodes
from msgspec import Struct, field

from nkdocs.interview.spec import ITEM, Pattern

_FIRST, _MONEY = "catchall_", "currency"
#: AssemblyLine's types of an answer, and our kinds.
_KINDS: Mapping[str, str] = {
    "BirthDate": "date", "date": "date", "datetime": "datetime", "time": "text", "area": "story",
    "yesno": "yesno", "noyes": "yesno", "yesnoradio": "yesno", "yesnomaybe": "yesno",
    "radio": "choice", "dropdown": "choice", "combobox": "choice", "checkboxes": "many",
    "multiselect": "many", "currency": "money", "number": "number", "integer": "number",
    "email": "email",
}  # fmt: skip


class Told(Struct):
    """What a tag says of its question: as interview.yaml has it, and whether it is money."""

    question: dict[str, object] = field(default_factory=dict)
    paid: bool = False


def told(source: str) -> dict[Pattern, Told]:
    """Return what the tags of a part say of their questions, by the path that is asked.

    Args:
        source: the tags as they are typed, well-formed.
    """
    found: dict[Pattern, Told] = {}
    tree = jinja2.Environment(autoescape=True).parse(source)
    lists: dict[str, Pattern] = {}
    for loop in tree.find_all(nodes.For):
        if isinstance(loop.target, nodes.Name) and (many := _chain(loop.iter, lists)[0]):
            lists[loop.target.name] = (*many, ITEM)
    calls = [c for c in tree.find_all(nodes.Call) if _is_money(c)]
    for outer in (*tree.find_all(nodes.Filter), *calls):
        path, filters = _chain(outer.args[0] if isinstance(outer, nodes.Call) else outer, lists)
        if path and (filters or _is_money(outer)):
            one = found.setdefault(path, Told())
            one.question |= dict(_said(filters))
            one.paid |= _is_money(outer)
    return found


def _is_money(node: nodes.Node) -> bool:
    """Whether a filter or a function writes what it is given as a sum of money."""
    if isinstance(node, nodes.Call):
        return isinstance(node.node, nodes.Name) and node.node.name == _MONEY and bool(node.args)
    return isinstance(node, nodes.Filter) and node.name == _MONEY


def _chain(
    node: nodes.Node | None, lists: Mapping[str, Pattern]
) -> tuple[Pattern, dict[str, list[str]]]:
    """Return the path that filters stand behind, and what each is told."""
    filters: dict[str, list[str]] = {}
    while isinstance(node, nodes.Filter):
        if node.name.startswith(_FIRST):
            texts = [str(a.value) for a in node.args if isinstance(a, nodes.Const)]
            filters[node.name.removeprefix(_FIRST)] = texts
        node = node.node
    steps: list[str] = []
    while isinstance(node, (nodes.Getattr, nodes.Getitem)):
        steps.insert(0, node.attr if isinstance(node, nodes.Getattr) else ITEM)
        node = node.node
    if not isinstance(node, nodes.Name):
        return (), filters
    return (*lists.get(node.name, (node.name.lower(),)), *steps), filters


def _said(filters: Mapping[str, list[str]]) -> Iterator[tuple[str, object]]:
    """Yield the keys of a question that filters tell of."""
    asked = filters.get("question") or filters.get("label")
    if asked:
        yield "prompt", {"en": asked[0]}
    if filters.get("subquestion"):
        yield "help", filters["subquestion"][0]
    kind = _KINDS.get("".join(filters.get("datatype", ())), "")
    options = dict(_option(text) for text in filters.get("options", ()))
    if options:
        yield "kind", kind if kind in {"choice", "many"} else "choice"
        yield "choices", options
    elif kind not in {"", "choice", "many"}:
        yield "kind", kind


def _option(text: str) -> tuple[str, str]:
    """Return the stored key and the label of a choice: `apple: Apple`."""
    key, colon, label = text.partition(":")
    return key.strip(), (label if colon else key).strip()
