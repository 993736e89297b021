"""Files turned over at random, the same ones in every run: bits, cuts, doubled pieces, odd words.

A fault that a run finds is kept by the number that made it (`KEPT` in test_fuzz.py), so that the
file can always be made again and none has to be stored.
"""

import io
import random
import zipfile
from collections.abc import Mapping, Sequence

PDF_WORDS = (
    b"null", b"true", b"-1", b"0", b"4294967296", b"2147483647", b"1e99", b"<<", b">>", b"[", b"]",
    b"()", b"/Kids", b"/Parent", b"/Count", b"/Length", b"/Filter/FlateDecode", b"/Type/Pages",
    b"1 0 R", b"2 0 R", b"3 0 R", b"99 0 R", b"stream\n", b"endstream", b"endobj", b"startxref",
    b"/MediaBox[0 0 0 0]", b"/Contents 2 0 R", b"/Encrypt 1 0 R", b"/AcroForm 3 0 R",
    b"/Names 1 0 R",
)  # fmt: skip
XML_WORDS = (
    b"<w:p>", b"</w:p>", b"<w:r/>", b"<w:tbl>", b"</w:tbl>", b"<w:tc/>", b"<w:sdt>",
    b"<w:t>x</w:t>", b"{{ office.name }}", b"{{", b"}}", b"{% for x in family %}", b"{% endfor %}",
    b"{%p if x %}",
    b"&amp;", b"&#1;", b"&x;", b'w:val="-1"', b'w:val="99999999999"', b'w:val=""', b"<!DOCTYPE x>",
    b"]]>", b"<w:sectPr/>", b'<w:pgSz w:w="0" w:h="0"/>', b"\xff", b"<w:drawing/>", b"<w:numPr/>",
)  # fmt: skip


def mutated(data: bytes, number: int, words: Sequence[bytes]) -> bytes:
    """Return *data* with one to eight changes; the same for the same *number*."""
    dice = random.Random(number)  # noqa: S311 - the same in every run
    out = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 3, 8))):
        at = dice.randrange(len(out) + 1)
        end = min(len(out), at + dice.choice((1, 2, 4, 16, 200)))
        match dice.randrange(7):
            case 0 if at < len(out):
                out[at] ^= 1 << dice.randrange(8)
            case 1:
                out[at:at] = dice.choice(words)
            case 2:
                out[at:end] = dice.choice(words)
            case 3:
                del out[at:end]
            case 4:
                out[at:at] = out[at:end] * dice.choice((1, 2, 50))
            case 5:
                found = [n for w in words if (n := out.find(w, at)) >= 0]
                if found:
                    out[found[0] : found[0]] = dice.choice(words)
            case _ if not dice.randrange(6):
                del out[at:]
    return bytes(out)


def member_mutated(parts: Mapping[str, bytes], number: int) -> bytes:
    """Return an archive of *parts*, one of which was changed inside: the zip itself is whole."""
    dice = random.Random(-number)  # noqa: S311
    likely = [n for n in parts if n.endswith((".xml", ".rels"))]
    name = dice.choice(["word/document.xml", *likely])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, data in parts.items():
            packed.writestr(part, mutated(data, number, XML_WORDS) if part == name else data)
    return out.getvalue()
