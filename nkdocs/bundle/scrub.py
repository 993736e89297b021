"""What a paper must not bring into a bundle or packet: names that clash, scripts, private notes."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_NOTES = {"/Text", "/Popup", "/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound"}
# Dropped from every page: scripts, editors' private data, and pointers to what is not carried over.
_UNWANTED = ("/AA", "/PieceInfo", "/Metadata", "/StructParents", "/Thumb", "/B")


def explicit(reader: "PdfReader") -> None:
    """Turn links to named places into links to pages.

    Two exhibits may use one name; the writer keeps the first and would send the second's links
    into the other exhibit.
    """
    from pypdf.generic import NameObject

    if not reader.named_destinations:
        return
    places = {name: place.dest_array for name, place in reader.named_destinations.items()}
    for page in reader.pages:
        for held in page.get("/Annots") or []:
            annotation: Any = held.get_object()
            action: Any = annotation.get("/A")
            action = action.get_object() if action is not None else {}
            if _name(annotation.get("/Dest")) in places:
                annotation[NameObject("/Dest")] = places[_name(annotation["/Dest"])]
            elif action.get("/S") == "/GoTo" and _name(action.get("/D")) in places:
                action[NameObject("/D")] = places[_name(action["/D"])]


def _name(goal: Any) -> str:  # noqa: ANN401 - whatever stands in the PDF
    """Return the name of a place if *goal* is one, else nothing that could be one."""
    goal = goal.get_object() if goal is not None else None
    return str(goal) if isinstance(goal, (str, bytes)) else "\0"


def scrub(page: "PageObject") -> None:
    """Take from a page what acts by itself, notes for colleagues, and what tells of its making.

    Exhibits come clean from intake, which reports what it took; this is for the lead document.
    """
    from pypdf.generic import ArrayObject, NameObject

    for key in _UNWANTED:
        page.pop(key, None)
    held: Any = page.get("/Annots")
    if held is None:
        return
    kept = [ref for ref in held.get_object() if ref.get_object().get("/Subtype") not in _NOTES]
    page[NameObject("/Annots")] = ArrayObject(kept)
    for ref in kept:
        annotation: Any = ref.get_object()
        annotation.pop("/AA", None)
        action: Any = annotation.get("/A", {})
        action = action.get_object() if action else {}
        action.pop("/Next", None)
        if action.get("/S") not in {"/GoTo", "/URI"}:
            annotation.pop("/A", None)
