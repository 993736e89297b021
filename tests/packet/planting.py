"""How a fault is planted into a copy of a shipped case: an edit of its answers, papers or files."""

import functools
import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx

from nkdocs import _yaml
from nkdocs._resources import shipped
from nkdocs.checks.run import wordings
from nkdocs.diagnostics import Finding
from nkdocs.documents.marks import numbered_texts
from nkdocs.documents.wordfile import W, WordFile
from nkdocs.packet import review
from nkdocs.packet.desk import open_desk
from tests.bundle.made import closed
from tests.packet.demo import edited
from tests.packet.papers import demo, nkdocs, save_from_word, written

SAMPLES = Path(__file__).resolve().parents[2] / "answers" / "samples"
ANSWERS = "answers.yaml"
Edit = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, how it is planted, and what is to be found of it.

    Attributes:
        edits: what plants it; none where another fault of the twin brings it along.
        at: what stands once in the place that the finding names: in the line of the spoiled
            answers (by default the first line that was planted), in the paragraph of a paper.
        file: where it is found, if not in the answers.
        severity: if not the one that findings.yaml has.
    """

    code: str
    at: str
    edits: tuple[Edit, ...] = ()
    file: str = ANSWERS
    severity: str = ""


@functools.cache
def known() -> dict[str, Any]:
    """Return the wording of every finding that ships."""
    return dict(wordings([shipped("templates")]))


def put(old: str, new: str) -> Edit:
    """Return an edit that replaces *old*, which stands once in the answers, by *new*."""
    return functools.partial(_replace, name=ANSWERS, old=old, new=new)


def inside(name: str, old: str, new: str) -> Edit:
    """Return an edit that replaces *old* in the file *name* of the case."""
    return functools.partial(_replace, name=name, old=old, new=new)


def _replace(case: Path, *, name: str, old: str, new: str) -> None:
    text = (case / name).read_text("utf-8")
    assert text.count(old) == 1, f"{name}: {old!r} stands {text.count(old)} times"
    (case / name).write_text(text.replace(old, new), "utf-8")


def cut(first: str, before: str) -> Edit:
    """Return an edit that takes out the answers from *first* up to *before*."""

    def take_out(case: Path) -> None:
        text = (case / ANSWERS).read_text("utf-8")
        assert text.count(first) == 1, f"{first!r} stands {text.count(first)} times"
        start = text.index(first)
        end = text.index(before, start)
        (case / ANSWERS).write_text(text[:start] + text[end:], "utf-8")

    return take_out


def paper(name: str, old: str, new: str) -> Edit:
    """Return an edit of a filled paper, made as in Word."""

    def change(case: Path) -> None:
        edited(case / f"out/{name}.docx", old, new)

    return change


def words(name: str, change: Callable[[Any], None]) -> Edit:
    """Return an edit of a filled paper by python-docx."""

    def open_and_save(case: Path) -> None:
        document: Any = docx.Document(str(case / f"out/{name}.docx"))
        change(document)
        document.save(str(case / f"out/{name}.docx"))

    return open_and_save


def exhibit(name: str, data: Callable[[], bytes]) -> Edit:
    """Return an edit that puts another file in the place of an exhibit's."""

    def write(case: Path) -> None:
        assert (case / f"exhibits/{name}").exists(), name
        (case / f"exhibits/{name}").write_bytes(data())

    return write


def renamed(old: str, new: str) -> Edit:
    """Return an edit that gives an exhibit's file another name."""

    def rename(case: Path) -> None:
        (case / f"exhibits/{old}").rename(case / f"exhibits/{new}")

    return rename


def boxed() -> bytes:
    """Return a PDF with a black box over its text, which stays below."""
    from fpdf import FPDF

    drawn = FPDF(unit="pt", format="letter")
    drawn.set_font("helvetica", size=12)
    drawn.add_page()
    drawn.text(72, 72, "The informant is called Barnaby Thorne.")
    drawn.rect(180, 56, 200, 24, style="F")
    return closed(drawn)


def recorded(**record: object) -> Edit:
    """Return an edit that appends to the record of what was written, signed and sent."""

    def append(case: Path) -> None:
        with (case / "out/manifest.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")

    return append


def own_copy(name: str, *changes: tuple[str, str]) -> Edit:
    """Return an edit that gives the case its own changed copy of a shipped `shared/` file."""

    def write(case: Path) -> None:
        text = (shipped("templates") / f"shared/{name}").read_text("utf-8")
        for old, new in changes:
            assert text.count(old) == 1, f"{name}: {old!r} stands {text.count(old)} times"
            text = text.replace(old, new)
        folder = case / "templates/shared"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")

    return write


def beside(sample: str, name: str, *changes: tuple[str, str]) -> Edit:
    """Return an edit that puts another client's case beside this one, to be compared with."""

    def write(case: Path) -> None:
        text = (SAMPLES / sample / ANSWERS).read_text("utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        folder = others(case) / name
        folder.mkdir(parents=True)
        (folder / ANSWERS).write_text(text, "utf-8")

    return write


def others(case: Path) -> Path:
    """Return the folder of the cases that *case* is compared with."""
    return case.parent / "others"


def pages(*sizes: tuple[str, str]) -> bytes:
    """Return a PDF with a page for each (orientation, text)."""
    from fpdf import FPDF

    drawn = FPDF(unit="pt", format="letter")
    drawn.set_font("helvetica", size=12)
    for orientation, text in sizes:
        drawn.add_page(orientation=orientation)
        if text:
            drawn.text(72, 72, text)
    return closed(drawn)


def picture() -> bytes:
    """Return a PDF of one page that was photographed: nothing on it can be searched."""
    from fpdf import FPDF
    from PIL import Image, ImageDraw

    seen = Image.new("L", (850, 1100), 255)
    ImageDraw.Draw(seen).text((100, 100), "I certify that this is accurate.", fill=0)
    drawn = FPDF(unit="pt", format="letter")
    drawn.add_page()
    drawn.image(seen, 0, 0, 612, 792)
    return closed(drawn)


def says(*lines: str) -> Callable[[], bytes]:
    """Return what makes a PDF that says *lines*."""
    return functools.partial(written, *lines)


def copy(name: str, folder: Path) -> Path:
    """Return a copy of a shipped case in *folder*, request and declaration ready to be signed."""
    case = folder / name
    if name == "demo":
        demo(case)
    else:
        shutil.copytree(SAMPLES / name, case)
    said = nkdocs("fill", case, "pd-request", "asylum-declaration", "--as", "for-signature")
    assert said.code == 0, said.err
    return case


def signed(case: Path) -> None:
    """Take in the signed declaration of a copy, as if it was printed from Word."""
    pages_ = save_from_word(case, "asylum-declaration")
    printed = nkdocs("fill", case, "asylum-declaration", "--as", "for-signature", "--pdf")
    assert printed.code == 0, printed.err
    scan = case.parent / "scan.pdf"
    scan.write_bytes(pages_)
    said = nkdocs("sign", case, "asylum-declaration", "--scan", scan, "--on", "2026-11-20")
    assert said.code == 0, said.err


def plant(case: Path, faults: Iterable[Fault]) -> None:
    """Plant those of *faults* whose rules ship."""
    for fault in faults:
        for edit in fault.edits if fault.code in known() else ():
            edit(case)


def check(case: Path) -> list[Finding]:
    """Return all that `nkdocs check` finds."""
    beside_it = [others(case)] if others(case).exists() else []
    return review.case(open_desk(case), [], beside_it)


def stands(finding: Finding, case: Path) -> str:
    """Return what stands where a finding says: the line of a file, the paragraph of a paper."""
    place = finding.place
    if place.file.endswith(".docx"):
        return _paragraph(case / place.file, place.part) if place.part else ""
    file = case / Path(place.file).name
    lines = file.read_text("utf-8").splitlines()
    return lines[place.line - 1] if place.line else ""


def _paragraph(file: Path, part: str) -> str:
    """Return a paragraph by its position ("paragraph 7") or by its number ("¶ 7")."""
    if not file.exists():
        return ""
    number = int(part.split()[1].rstrip(","))
    if part.startswith("¶"):
        return numbered_texts(WordFile.read(file.read_bytes(), file.name)).get(number, "")
    return dict(enumerate(body(file), 1)).get(number, "")


def body(file: Path) -> list[str]:
    """Return the paragraphs of a paper's body, empty ones left out."""
    document: Any = docx.Document(str(file))
    texts = (
        "".join(t.text or "" for t in p.iter(f"{W}t")) for p in document.element.body.iter(f"{W}p")
    )
    return [text for text in texts if text.strip()]


def once(fault: Fault, case: Path) -> bool:
    """Whether what marks the place of a fault stands in one line of the spoiled file."""
    if fault.file.endswith(".docx"):
        return not fault.at or sum(fault.at in t for t in body(case / fault.file)) == 1
    return sum(fault.at in t for t in (case / fault.file).read_text("utf-8").splitlines()) == 1


def is_of(finding: Finding, fault: Fault, case: Path) -> bool:
    """Whether a finding tells of a fault, in its place and with its weight."""
    word = known()[fault.code]
    return (
        finding.code == fault.code
        and Path(finding.place.file).name == Path(fault.file).name
        and fault.at in stands(finding, case)
        and finding.severity == (fault.severity or word.severity)
        and finding.counts == word.counts
        and finding.kind == word.kind
    )


def accept(case: Path, findings: Sequence[Finding]) -> None:
    """Accept findings in the answers, as `nkdocs check --json` tells what to write."""
    entries = [
        {"code": f.code, "at": f.subject, "facts": f.fingerprint, "reason": "looked at",
         "by": "counsel", "on": "2026-11-24"}
        for f in findings
    ]  # fmt: skip
    with (case / ANSWERS).open("a", encoding="utf-8") as file:
        file.write(_yaml.dump({"_accepted": entries}))
