"""Layers that are switched off leave the file: merged, they would be switched on.

A merge drops the settings of layers (/OCProperties), and a viewer then shows all of them. What
the office's own viewer never showed must not appear in the bundle, nor lie unseen in it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nkdocs.bundle.paper import name_of

if TYPE_CHECKING:
    from pikepdf import ContentStreamInlineImage, ContentStreamInstruction, Object, Pdf

    Instructions = Sequence[ContentStreamInstruction | ContentStreamInlineImage]

Group = tuple[int, int]
_DEEP = 20
_PAINTS = frozenset("S s f F f* B B* b b*".split())  # paths: ISO 32000-2, table 59
_SHOWS = frozenset(("Tj", "TJ", "'", '"', "Do", "sh", "INLINE IMAGE"))


def drop_hidden(pdf: "Pdf") -> list[int]:
    """Take what stands on layers that are off out of the pages; return the indexes of these."""
    import pikepdf

    hidden = _off(pdf)
    if hidden:
        for page in pdf.pages:
            notes = page.obj.get("/Annots")
            if isinstance(notes, pikepdf.Array):
                seen = [a for a in notes if not _is_off(_of(a, "/OC"), hidden)]
                page.obj.Annots = pikepdf.Array(seen)
    changed = [i for i, page in enumerate(pdf.pages) if hidden and _clear(pdf, page.obj, hidden)]
    if "/OCProperties" in pdf.Root:
        del pdf.Root["/OCProperties"]
    return changed


def _of(holder: object, key: str) -> "Object | None":
    import pikepdf

    found = isinstance(holder, (pikepdf.Dictionary, pikepdf.Stream))
    return holder.get(key) if found else None  # type: ignore[attr-defined]


def _off(pdf: "Pdf") -> set[Group]:
    """Return the layers that are off when the file is opened (ISO 32000-2, 8.11.4.3).

    A layer that is on only on paper, or only on the screen, is one people see.
    """
    import pikepdf

    layers = pdf.Root.get("/OCProperties")
    usual = _of(layers, "/D")
    off = _groups(_of(usual, "/OFF"))
    if _of(usual, "/BaseState") == pikepdf.Name.OFF:
        off |= _groups(_of(layers, "/OCGs")) - _groups(_of(usual, "/ON"))
    automatic = _of(usual, "/AS")
    for event in list(automatic) if isinstance(automatic, pikepdf.Array) else []:
        groups = _of(event, "/OCGs")
        for layer in list(groups) if isinstance(groups, pikepdf.Array) else []:
            usage = _of(layer, "/Usage")
            screen = _of(_of(usage, "/View"), "/ViewState")
            paper = _of(_of(usage, "/Print"), "/PrintState")
            if pikepdf.Name.ON in (screen, paper):
                off.discard(_objgen(layer))
    return off


def _groups(array: object) -> set[Group]:
    import pikepdf

    found = list(array) if isinstance(array, pikepdf.Array) else []
    return {item.objgen for item in found if isinstance(item, pikepdf.Dictionary)}


def _is_off(layer: object, hidden: set[Group]) -> bool:
    """Tell whether content of this layer, or membership of layers, is not shown."""
    import pikepdf

    if not isinstance(layer, pikepdf.Dictionary):
        return False
    if layer.get("/Type") != pikepdf.Name.OCMD:
        return layer.objgen in hidden
    members = layer.get("/OCGs")
    whole = _groups(members) if isinstance(members, pikepdf.Array) else {_objgen(members)}
    off = whole & hidden
    policy = name_of(layer.get("/P", "/AnyOn"))
    shown = {
        "/AllOn": not off,
        "/AnyOff": bool(off),
        "/AllOff": off == whole,
    }.get(policy, off != whole)
    return bool(whole) and not shown


def _objgen(obj: object) -> Group:
    import pikepdf

    return obj.objgen if isinstance(obj, pikepdf.Dictionary) else (0, 0)


def _clear(pdf: "Pdf", holder: "Object", hidden: set[Group], deep: int = _DEEP) -> bool:
    """Take hidden parts out of a page's or form's content, and of the forms it draws."""
    import pikepdf

    resources = _of(holder, "/Resources")
    layers = _of(resources, "/Properties")
    drawn = _of(resources, "/XObject")
    names = dict(layers.items()) if isinstance(layers, pikepdf.Dictionary) else {}
    objects = dict(drawn.items()) if isinstance(drawn, pikepdf.Dictionary) else {}
    off = {name for name, layer in names.items() if _is_off(layer, hidden)}
    gone = {name for name, obj in objects.items() if _is_off(_of(obj, "/OC"), hidden)}
    changed = False
    if off or gone:
        kept = _kept(pikepdf.parse_content_stream(holder), off, gone)
        _write(pdf, holder, pikepdf.unparse_content_stream(kept))
        changed = True
    for name in gone:
        del resources["/XObject"][name]  # type: ignore[index]
    for name, obj in objects.items():
        is_form = _of(obj, "/Subtype") == pikepdf.Name.Form
        if name not in gone and is_form and deep:
            changed |= _clear(pdf, obj, hidden, deep - 1)
    return changed


def _write(pdf: "Pdf", holder: "Object", content: bytes) -> None:
    import pikepdf

    if isinstance(holder, pikepdf.Stream):
        holder.write(content)
    else:
        holder.Contents = pdf.make_stream(content)


def _kept(
    instructions: "Instructions", off: set[str], gone: set[str]
) -> "Instructions":
    """Return the content without what stands between a hidden layer's BDC and its EMC.

    What changes the state of drawing is kept even there, only what paints goes.
    """
    import pikepdf

    kept: list[ContentStreamInstruction | ContentStreamInlineImage] = []
    marks: list[bool] = []  # of each open marked content: whether it hides
    for one in instructions:
        operator, operands = str(one.operator), [str(v) for v in one.operands]
        if operator in {"BMC", "BDC"}:
            marks.append(operator == "BDC" and operands[:1] == ["/OC"] and operands[1] in off)
        hides = any(marks)
        if operator == "EMC" and marks:
            marks.pop()
        if operator == "Do" and operands[:1] and operands[0] in gone:
            continue
        if not hides or operator not in _PAINTS | _SHOWS:
            kept.append(one)
        elif operator in _PAINTS:  # the path ends here all the same
            kept.append(pikepdf.ContentStreamInstruction([], pikepdf.Operator("n")))
    return kept
