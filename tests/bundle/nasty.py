"""Files that are damaged, locked, endless or hostile, made by hand: what the open world holds.

Each is a name, its bytes, and what must come of it: `ok` (all its pages), or the code of the fault.
"""

import io
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.bundle.crafted import document, form, page_with, saved, three

Nasty = tuple[str, bytes, str]
_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def written(objects: list[bytes], root: int = 1, more: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1, with a table of where they stand."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root %d 0 R%s>>\n" % (
        size, table, size, root, more
    ) + b"startxref\n%d\n%%%%EOF" % len(out)  # fmt: skip


def stream(data: bytes, keys: str = "") -> bytes:
    """Return a stream object."""
    return f"<</Length {len(data)}{keys}>>stream\n".encode() + data + b"\nendstream"


def one(page: str = "", content: bytes | None = None, root: str = "", *more: bytes) -> bytes:
    """Return a PDF of one page with further keys, and further objects from number 5 on."""
    text = b"BT /F1 24 Tf 72 700 Td (Hi) Tj ET" if content is None else content
    return written([
        f"<</Type/Catalog/Pages 2 0 R{root}>>".encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 "
        f"{_FONT}>>>>{page}>>".encode(),
        stream(text),
        *more,
    ])  # fmt: skip


def every() -> Iterator[Nasty]:
    """Yield all of them."""
    yield from _no_pdf()
    yield from _cut()
    yield from _trees()
    yield from _boxes()
    yield from _active()
    yield from _locked()
    yield from _outlines()
    yield from _bombs()
    yield from _odd_pages()
    for flips in range(1, 25):
        yield f"flipped-{flips}", three(flips=flips), "any"


def _no_pdf() -> Iterator[Nasty]:
    yield "good", three(), "ok"
    yield "empty", b"", "X105"
    yield "text", b"hello", "X107"
    yield "web-page", b"<html><body>404 Not Found</body></html>", "X108"
    yield "header-only", b"%PDF-1.7\n", "X202"
    yield "zeros", bytes(5000), "X107"
    yield "half-a-jpeg", b"\xff\xd8\xff\xe0" + bytes(100), "X216"
    yield "half-a-png", b"\x89PNG\r\n\x1a\n" + bytes(50), "X216"
    yield "half-a-heic", b"\x00\x00\x00\x18ftypheic" + bytes(200), "X216"
    yield "half-a-tiff", b"II*\x00\x08\x00\x00\x00\xff\xff", "X216"
    yield "film", b"\x00\x00\x00\x18ftypmp42" + bytes(100), "X109"


def _cut() -> Iterator[Nasty]:
    whole = three()
    for share in (10, 50, 90, 99):
        yield f"cut-at-{share}", whole[: len(whole) * share // 100], "any"
    yield "junk-before", b"x" * 900 + whole, "ok"
    yield "nul-after", whole + bytes(5000), "ok"
    yield "twice-in-a-row", whole + b"\n" + whole, "any"
    at = whole.rindex(b"startxref")
    yield "no-startxref", whole[:at], "repaired"
    yield "startxref-wrong", whole[:at] + b"startxref\n7\n%%EOF", "repaired"
    yield "startxref-negative", whole[:at] + b"startxref\n-7\n%%EOF", "repaired"
    yield "startxref-huge", whole[:at] + b"startxref\n99999999999999\n%%EOF", "repaired"
    yield "no-trailer", whole.replace(b"trailer", b"treiler"), "any"
    yield "no-endobj", whole.replace(b"endobj", b"endobl", 2), "any"
    yield "line-ends", whole.replace(b"\n", b"\r\n"), "any"
    yield "prev-loop", written([b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>"], more=b"/Prev 9"), "X203 X202"  # fmt: skip


def _trees() -> Iterator[Nasty]:
    catalog = b"<</Type/Catalog/Pages 2 0 R>>"
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"
    tree = {
        "own-kid": [b"<</Type/Pages/Kids[2 0 R]/Count 1>>"],
        "two-node-circle": [b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                            b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"],
        "no-pages": [b"<</Type/Pages/Kids[]/Count 0>>"],
        "count-too-large": [b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", leaf],
        "count-negative": [b"<</Type/Pages/Kids[3 0 R]/Count -5>>", leaf],
        "null-kid": [b"<</Type/Pages/Kids[3 0 R null]/Count 2>>", leaf],
        "missing-kid": [b"<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>", leaf],
        "kid-is-a-number": [b"<</Type/Pages/Kids[3 0 R 7]/Count 2>>", leaf],
        "same-page-often": [b"<</Type/Pages/Kids[" + b"3 0 R " * 300 + b"]/Count 300>>", leaf],
        "pages-is-a-page": [leaf],
        "pages-is-a-number": [b"42"],
    }  # fmt: skip
    for name, objects in tree.items():
        yield f"tree-{name}", written([catalog, *objects]), "any"
    deep = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % n for n in range(3, 3003)]
    yield "tree-deep", written([catalog, *deep, leaf]), "any"
    doubled = [b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 2>>" % (n, n) for n in range(3, 33)]
    yield "tree-doubling", written([catalog, *doubled, leaf]), "any"
    yield "root-missing", written([leaf], root=9), "any"


def _boxes() -> Iterator[Nasty]:
    boxes = {"huge": "[0 0 1000000000 1000000000]", "zero": "[0 0 0 0]",
             "reversed": "[612 792 0 0]",
             "letters": "[/a /b /c /d]", "short": "[0 0]", "large": "[0 0 20000 20000]",
             "nan": "[0 0 nan nan]", "negative": "[-300 -400 312 392]"}  # fmt: skip
    for name, box in boxes.items():
        yield f"box-{name}", page_with(box), "X210" if name == "huge" else "any"
    for turn in ("45", "-90", "450", "1e30", "(x)"):
        yield f"rotate-{turn}", page_with(more=f"/Rotate {turn}"), "any"
    yield "user-unit", page_with(more="/UserUnit 1000000"), "any"
    yield "crop-outside", page_with(more="/CropBox [9000 9000 9100 9100]"), "any"


def _active() -> Iterator[Nasty]:
    script = "<</S/JavaScript/JS(app.alert\\(1\\))>>"
    links = {
        "launch": "<</S/Launch/F(calc.exe)>>",
        "submit": "<</S/SubmitForm/F(http://x.example)>>",
        "gotor": "<</S/GoToR/F(\\\\\\\\host\\\\share)/D[0/Fit]>>",
        "script": script,
        "script-uri": "<</S/URI/URI(javascript:alert\\(1\\))>>",
        "import": "<</S/ImportData/F(x.fdf)>>",
        "rendition": "<</S/Rendition/OP 0>>",
        "chain": f"<</S/URI/URI(http://x.example)/Next {script}>>",
    }
    for name, action in links.items():
        annot = f"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 100 100]/A {action}>>]"
        yield f"link-{name}", one(annot), "ok"
    for kind in ("RichMedia", "Movie", "Sound", "Screen", "FileAttachment", "3D", "Unheard"):
        annot = f"/Annots[<</Type/Annot/Subtype/{kind}/Rect[0 0 9 9]/Contents(PRIVILEGED)>>]"
        yield f"annot-{kind}", one(annot), "any" if kind == "Unheard" else "ok"
    yield "open-action", one(root=f"/OpenAction {script}"), "ok"
    yield "page-action", one(f"/AA<</O {script}>>"), "ok"
    yield "script-tree", one(root=f"/Names<</JavaScript<</Names[(a) {script}]>>>>"), "ok"
    yield "piece-info", one("/PieceInfo<</Word<</Private(PRIVILEGED)>>>>"), "ok"
    yield "annots-is-a-name", one("/Annots/None"), "any"
    yield "annots-of-numbers", one("/Annots[1 2 3]"), "any"
    yield "field-without-look", form("A000-000-021"), "ok"
    yield "field-empty-look", form("A000-000-021", look=True), "ok"
    yield "xfa-only", one(root="/AcroForm<</Fields[]/XFA(<x/>)>>/NeedsRendering true"), "X211"
    yield "portfolio", one(root="/Collection<<>>"), "X213"
    yield (
        "redaction-not-applied",
        one("/Annots[<</Type/Annot/Subtype/Redact/Rect[0 0 99 99]>>]"),
        "X214",
    )


def _locked() -> Iterator[Nasty]:
    pdf = document("Page one", "Page two", "Page three")
    yield "password", saved(pdf, pikepdf.Encryption(owner="o", user="u", R=6)), "X201"
    yield "password-old", saved(pdf, pikepdf.Encryption(owner="o", user="u", R=4)), "X201"
    yield "owner-only", saved(pdf, pikepdf.Encryption(owner="o", R=6)), "ok"
    yield (
        "owner-only-rc4",
        saved(pdf, pikepdf.Encryption(owner="o", R=3, aes=False, metadata=False)),
        "ok",
    )
    yield "unknown-lock", one().replace(b"/Root", b"/Encrypt<</Filter/Own/V 9>>/Root"), "any"


def _outlines() -> Iterator[Nasty]:
    item = b"<</Title(a)/Parent 5 0 R/Next 6 0 R/Dest[3 0 R/Fit]>>"
    yield (
        "outline-circle",
        one("", None, "/Outlines 5 0 R", b"<</First 6 0 R/Last 6 0 R/Count 1>>", item),
        "ok",
    )
    yield "names-circle", one("", None, "/Names<</Dests 5 0 R>>", b"<</Kids[5 0 R]>>"), "ok"
    yield "names-deep", one(
        "", None, "/Names<</Dests 5 0 R>>",
        *(b"<</Kids[%d 0 R]>>" % n for n in range(6, 1006)), b"<</Names[]>>",
    ), "ok"  # fmt: skip
    yield (
        "dest-missing-page",
        one("/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest[99 0 R/XYZ 0 0 0]>>]"),
        "ok",
    )
    yield "labels-odd", one(root="/PageLabels<</Nums[(x) 7 -1 <</S/Z>>]>>"), "ok"


def _bombs() -> Iterator[Nasty]:
    large = zlib.compress(bytes(50_000_000), 9)
    for _ in range(2):
        large = zlib.compress(large, 9)
    filters = "/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    yield (
        "bomb-contents",
        one().replace(stream(b"BT /F1 24 Tf 72 700 Td (Hi) Tj ET"), stream(large, filters)),
        "any",
    )
    yield (
        "bomb-picture",
        one("", b"q 100 0 0 100 0 0 cm /I Do Q", "").replace(
            b"/Resources<<", b"/Resources<</XObject<</I 5 0 R>>"
        ),
        "any",
    )
    yield "many-q", page_with(content=b"q " * 200_000), "ok"
    yield "many-Q", page_with(content=b"Q " * 200_000), "ok"
    yield "nested-arrays", page_with(content=b"[" * 50_000 + b"]" * 50_000 + b" TJ"), "any"
    yield "nested-objects", one(root="/X" + "[" * 2_000 + "]" * 2_000), "any"
    yield "length-is-itself", one().replace(b"/Length 33>>stream", b"/Length 4 0 R>>stream"), "any"
    yield "form-draws-itself", one("", b"/X Do", "", stream(
        b"/X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
    )).replace(b"/Resources<<", b"/Resources<</XObject<</X 5 0 R>>", 1), "any"  # fmt: skip
    yield "unknown-filter", one().replace(b"<</Length 33>>", b"<</Length 33/Filter/No>>"), "any"


def _odd_pages() -> Iterator[Nasty]:
    yield "no-resources", one().replace(b"/Resources<<", b"/Nothing<<"), "X223"
    yield "no-contents", one().replace(b"/Contents 4 0 R", b""), "ok"
    yield "contents-missing", one().replace(b"/Contents 4 0 R", b"/Contents 99 0 R"), "ok"
    yield "contents-is-a-number", one().replace(b"/Contents 4 0 R", b"/Contents 7"), "any"
    yield "contents-of-numbers", one().replace(b"/Contents 4 0 R", b"/Contents [7 4 0 R]"), "ok"
    yield "broken-operators", page_with(content=b"BT (unclosed Tj 1 2 3 <zz> ]] >> ET"), "ok"
    yield "inline-picture-cut", page_with(content=b"BI /W 9 /H 9 /BPC 8 /CS /G ID ab"), "any"
    pdf = document("signed")
    signature = pdf.make_indirect(Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3])))
    field: Any = Dictionary(FT=Name.Sig, T=String("s"), V=signature)
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]), SigFlags=3)
    yield "signed", saved(pdf), "ok"
    many = io.BytesIO()
    with pikepdf.new() as long:
        for _ in range(1_500):
            long.add_blank_page(page_size=(612, 792))
        long.save(many)
    yield "many-pages", many.getvalue(), "ok"
