"""A dry run of a template's blocks: what comes out stays a Word file on either way of each."""

from collections.abc import Iterable, Iterator

from jinja2 import nodes
from lxml import etree


def breaks(tree: nodes.Template) -> str:
    """Return on which way through a part's blocks no XML comes out, empty if on none.

    Blocks are cut out of the XML independently of each other, so that each of them is sound when
    the part is sound with all of them and with none.
    """
    for way, words in ((True, "all conditions hold"), (False, "no condition holds")):
        try:
            etree.fromstring("".join(_printed(tree.body, way=way)).encode(), _parser())
        except etree.XMLSyntaxError:
            return words
    return ""


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _printed(body: Iterable[nodes.Node], *, way: bool) -> Iterator[str]:
    for node in body:
        if isinstance(node, nodes.Output):
            for inner in node.nodes:
                yield inner.data if isinstance(inner, nodes.TemplateData) else "0"
        elif isinstance(node, nodes.If):
            others = [node.else_] if node.else_ else [e.body for e in node.elif_[:1]]
            yield from _printed(node.body if way else next(iter(others), []), way=way)
        elif isinstance(node, nodes.For):
            yield from _printed([*node.body, *node.body] if way else node.else_, way=way)
