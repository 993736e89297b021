"""What a paper must not bring into a bundle or packet: names that clash, scripts, private notes."""

from typing import TYPE_CHECKING

from nkdocs.bundle.jumps import explicit, names
from nkdocs.bundle.paper import name_of

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

_NOTES = {"/Text", "/Popup", "/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound"}
# Dropped from every page: scripts, editors' private data, and pointers to what is not carried over.
_UNWANTED = {"/AA", "/PieceInfo", "/Metadata", "/StructParents", "/Thumb", "/B", "/LastModified"}


def unname(pdf: "Pdf") -> None:
    """Turn links to named places into links to pages.

    Two exhibits may use one name, and a merged file would send the second's links into the first.
    """
    import pikepdf

    named = names(pdf)
    if not named:
        return
    for page in pdf.pages:
        for link in page.obj.get("/Annots") or ():
            goal, action = link.get("/Dest"), link.get("/A")
            goes = isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/GoTo"
            if action is not None and goes:
                goal = action.get("/D")
            if not isinstance(goal, (pikepdf.Name, pikepdf.String)):
                continue
            found = explicit(goal, named)
            if found:
                link.Dest = pikepdf.Array(found)
                if goes:
                    del link["/A"]


def scrub(leaf: "Object") -> None:
    """Take from a page what acts by itself, notes for colleagues, and what tells of its making.

    Exhibits come clean from intake, which reports what it took; this is for the lead document.
    """
    import pikepdf

    for key in leaf.keys() & _UNWANTED:
        del leaf[key]
    if "/Annots" not in leaf:
        return
    held = list(leaf.Annots)
    kept = [note for note in held if name_of(note.get("/Subtype")) not in _NOTES]
    if len(kept) < len(held):
        leaf.Annots = pikepdf.Array(kept)
    for note in kept:
        if "/AA" in note:
            del note["/AA"]
        action = note.A if "/A" in note else None
        if isinstance(action, pikepdf.Dictionary):
            if "/Next" in action:
                del action["/Next"]
            if name_of(action.get("/S")) not in {"/GoTo", "/URI"}:
                del note["/A"]
        elif action is not None:
            del note["/A"]
