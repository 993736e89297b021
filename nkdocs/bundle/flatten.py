"""Forms and drawn-on marks become part of the page, as printed; notes, sounds and films go.

Fields of two forms with the same name would share one value in a merged file, and a reader would
show a wrong A-number: so values are drawn into the page, and read back from it.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from nkdocs.bundle.faults import Note, UnusableError, ranges
from nkdocs.bundle.paper import name_of

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

# /F of an annotation (ISO 32000-2, table 167) and /Ff of a field (tables 227 to 231).
_INVISIBLE, _HIDDEN, _PRINT, _NO_VIEW = 1, 2, 4, 32
_PASSWORD, _PUSHBUTTON = 1 << 13, 1 << 16
_NOTES = {"/Text", "/Popup"}
_MEDIA = {"/Sound", "/Movie", "/Screen", "/RichMedia", "/3D", "/TrapNet", "/PrinterMark"}
_MARKING = {"/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret"}
_DEEP = 50
_BARS = 20


class Value(Struct, frozen=True):
    """What is filled into a field, to be found again on its page.

    Attributes:
        page: the index of the page in the cleaned file.
        rect: the field's rectangle on the page as it was.
        texts: how it may be written; one of them must be found.
        drawn: whether we drew it, so that it must be read back.
    """

    page: int
    name: str
    rect: tuple[float, float, float, float]
    texts: tuple[str, ...]
    drawn: bool


class Flat(Struct):
    """What flattening found and left."""

    links: list[list["Object"]] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    undrawn: list[str] = field(default_factory=list)
    noted: set[int] = field(default_factory=set)
    marked: set[int] = field(default_factory=set)
    attached: int = 0
    media: set[str] = field(default_factory=set)
    fields: int = 0

    def notes(self) -> Iterator[Note]:
        """Say what was made flat and what was taken out; pages by their number in the source."""
        if self.undrawn:
            raise UnusableError(Note("X212", named(self.undrawn)))
        if self.fields:
            yield Note("X304")
        if self.noted:
            yield Note("X306", ranges(self.noted))
        if self.marked:
            yield Note("X307", ranges(self.marked))


def named(fields: Iterable[str]) -> str:
    """Name some fields: enough to find them, not a page full."""
    unique = list(dict.fromkeys(fields))
    more = f" and {len(unique) - 5} more" if len(unique) > 5 else ""  # noqa: PLR2004 - see above
    return ", ".join(unique[:5]) + more


def flatten(pdf: "Pdf", numbers: Iterable[int], *, redraw: bool) -> Flat:
    """Draw what stands on the pages into them; *numbers* are the pages' numbers in the source.

    Links are set aside in the result, in page order. *redraw* draws all texts of fields anew,
    as a form asks for that says its own pictures are not up to date (/NeedAppearances).
    """
    import pikepdf

    flat = Flat()
    for index, (page, number) in enumerate(zip(pdf.pages, numbers, strict=True)):
        stays: list[Object] = []
        links: list[Object] = []
        for annotation in _annotations(page):
            kind = name_of(annotation.get("/Subtype"))
            if kind == "/Link":
                links.append(annotation)
            elif kind == "/Widget":
                if _fill(pdf, flat, annotation, index, number, redraw=redraw):
                    stays.append(annotation)
            elif _mark(flat, annotation, kind, number):
                stays.append(annotation)
        flat.links.append(links)
        page.obj.Annots = pikepdf.Array(stays)
    if pdf.acroform.exists:
        pdf.acroform.needs_appearances = False  # else qpdf refuses to flatten
    pdf.flatten_annotations("screen")
    return flat


def _annotations(page: "Page") -> list["Object"]:
    import pikepdf

    found = page.obj.get("/Annots")
    whole = list(found) if isinstance(found, pikepdf.Array) else []
    return [item for item in whole if isinstance(item, pikepdf.Dictionary)]


def _whole(value: object) -> int:
    """Return a number of flags; 0 where there is none, or something else in a damaged file."""
    return value if isinstance(value, int) else 0


def _is_seen(annotation: "Object") -> bool:
    return not _whole(annotation.get("/F")) & (_INVISIBLE | _HIDDEN | _NO_VIEW)


def _mark(flat: Flat, annotation: "Object", kind: str, number: int) -> bool:
    """Note a mark someone made on the page; tell whether its picture stays.

    What is drawn stays, as it would in print: it may be a signature, typed-in words, or the box
    that hides a name. The comment that hangs on it goes with all other notes.
    """
    if kind == "/Redact":
        raise UnusableError(Note("X214", str(number)))
    if kind in _NOTES:
        if kind == "/Text":
            flat.noted.add(number)
        return False
    if kind == "/FileAttachment":
        flat.attached += 1
        return False
    if kind in _MEDIA:
        flat.media.add(kind.removeprefix("/"))
        return False
    if str(annotation.get("/Contents", "")).strip() and kind != "/FreeText":
        flat.noted.add(number)
    if not _is_seen(annotation):
        return False
    if not _has_picture(annotation):
        if kind in _MARKING:
            flat.noted.add(number)
        else:
            flat.undrawn.append(f"{kind.removeprefix('/')} on page {number}")
        return False
    flat.marked.add(number)
    return True


def _has_picture(annotation: "Object") -> bool:
    """Tell whether the annotation brings an appearance for its present state."""
    import pikepdf

    looks = annotation.get("/AP")
    normal = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if isinstance(normal, pikepdf.Stream):
        return True
    state = annotation.get("/AS", pikepdf.Name.Off)  # compared as it is: it need not be UTF-8
    if not isinstance(normal, pikepdf.Dictionary) or not isinstance(state, pikepdf.Name):
        return False
    return isinstance(normal.get(state), pikepdf.Stream)


def _fill(
    pdf: "Pdf", flat: Flat, widget: "Object", index: int, number: int, *, redraw: bool
) -> bool:
    """Note what a field holds and see that it has a picture; tell whether it is to be drawn."""
    flat.fields += 1
    kind, flags = str(_of_field(widget, "/FT")), _whole(_of_field(widget, "/Ff"))
    if not _is_seen(widget):
        return False
    if kind == "/Btn":
        pushed = bool(flags & _PUSHBUTTON)
        return _switched(flat, widget, number) if not pushed else _prints(widget)
    texts = _texts(widget) if kind in {"/Tx", "/Ch"} else ()
    told = any(_letters(text) for text in texts)
    if not told or (kind == "/Tx" and flags & _PASSWORD) or _is_barcode(widget):
        return _has_picture(widget)
    old = _has_picture(widget) and not redraw
    name = f"{_name(widget)} (page {number})"
    rect = _place(widget)
    if rect is None or (not old and not _draw(pdf, widget)):
        flat.undrawn.append(name)
        return False
    flat.values.append(Value(index, name, rect, texts, drawn=not old))
    return True


def _place(widget: "Object") -> "tuple[float, float, float, float] | None":
    """Return where the field stands, None if it does not say so in four numbers."""
    try:
        a, b, c, d = (float(v) for v in widget.Rect)
    except (AttributeError, TypeError, ValueError):
        return None
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _is_barcode(widget: "Object") -> bool:
    """Tell whether the field's picture is drawn in bars and not in letters."""
    import pikepdf

    if "/PMD" in widget:  # Acrobat's own mark for a barcode field
        return True
    if not _has_picture(widget) or not isinstance(widget.AP.N, pikepdf.Stream):
        return False
    try:
        drawn = pikepdf.parse_content_stream(widget.AP.N)
        operators = [str(one.operator) for one in drawn]
    except (pikepdf.PdfError, TypeError, ValueError):
        return False
    bars = operators.count("f") > _BARS or {"Do", "INLINE IMAGE"} & set(operators)
    return bool(bars) and not {"Tj", "TJ", "'", '"'} & set(operators)


def _prints(widget: "Object") -> bool:
    return bool(_whole(widget.get("/F")) & _PRINT) and _has_picture(widget)


def _switched(flat: Flat, widget: "Object", number: int) -> bool:
    """See that a checkbox or radio button that is on is drawn on."""
    import pikepdf

    looks = widget.get("/AP")
    states = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    value = _of_field(widget, "/V")
    ticked = value if isinstance(value, pikepdf.Name) and value != pikepdf.Name.Off else None
    known = ticked is not None and isinstance(states, pikepdf.Dictionary) and ticked in states
    if "/AS" not in widget and known:
        widget.AS = ticked
    if known and widget.get("/AS") != ticked:
        flat.undrawn.append(f"{_name(widget)} (page {number})")
    return _has_picture(widget)


def _of_field(widget: "Object", key: str) -> "Object | None":
    """Return an entry of a widget's field, which the field may inherit."""
    import pikepdf

    for _ in range(_DEEP):
        if key in widget:
            return widget[key]
        parent = widget.get("/Parent")
        if not isinstance(parent, pikepdf.Dictionary):
            return None
        widget = parent
    return None


def _name(widget: "Object") -> str:
    """Return the last part of the field's name, as viewers show it."""
    name = str(_of_field(widget, "/T") or "a field without name")
    return name[:60]


def _texts(widget: "Object") -> tuple[str, ...]:
    """Return how the field's value may be written on the page."""
    import pikepdf

    value = _of_field(widget, "/V")
    if isinstance(value, pikepdf.Stream):
        return (value.read_bytes().decode("utf-8", "replace"),)
    values = list(value) if isinstance(value, pikepdf.Array) else [value]
    written = [str(v) for v in values if isinstance(v, (pikepdf.String, str))]
    options = _of_field(widget, "/Opt")
    pairs = list(options) if isinstance(options, pikepdf.Array) else []
    for pair in pairs:
        if isinstance(pair, pikepdf.Array) and len(pair) > 1 and str(pair[0]) in written:
            written.append(str(pair[1]))
    return tuple(written)


def _draw(pdf: "Pdf", widget: "Object") -> bool:
    """Draw the field's text anew; tell whether that could be done."""
    import pikepdf
    from pikepdf.form import ExtendedAppearanceStreamGenerator

    form = pdf.acroform
    found = form.get_field_for_annotation(pikepdf.Annotation(widget))
    try:
        generator = ExtendedAppearanceStreamGenerator(pdf, form)
        if found.is_text:
            generator.generate_text(found)
        else:
            generator.generate_choice(found)
    except (pikepdf.PdfError, RuntimeError, TypeError, ValueError, KeyError, AttributeError,
            NotImplementedError, ZeroDivisionError):  # fmt: skip
        return False
    return _has_picture(widget)


def holds(shown: str, value: Value) -> bool:
    """Tell whether the text *shown* within a field is its value, one way or the other."""
    return any(_letters(text) in _letters(shown) for text in value.texts)


def _letters(text: str) -> str:
    """Return only letters and digits: breaks, combs and hyphens fall where a viewer puts them."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())
