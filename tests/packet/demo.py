"""The demo case for tests of whole filings: copied, changed, built, and read back independently."""

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdfium2
import pytest

from nkdocs._resources import shipped
from nkdocs.convert.office import find_office
from nkdocs.diagnostics import State
from nkdocs.packet import build as building
from nkdocs.packet.build import Built
from nkdocs.packet.desk import Desk, open_desk
from nkdocs.packet.filings import wanted

FINAL, DRAFT = State.FINAL, State.DRAFT
needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")


def copied(folder: Path) -> Path:
    """Return a copy of the demo case in *folder*."""
    case = folder / "demo"
    out = shutil.ignore_patterns("out", "served", "signed", ".*", "*.bak")
    shutil.copytree(shipped("answers") / "demo", case, ignore=out)
    return case


def changed(case: Path, old: str, new: str) -> None:
    """Replace *old*, which must stand there once, by *new* in the answers."""
    file = case / "answers.yaml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1, (old, text.count(old))
    file.write_text(text.replace(old, new), encoding="utf-8")


def prepended(case: Path, filing: str, exhibit: str, pages: int) -> None:
    """Put a new exhibit before the others of a filing: every page after it moves."""
    from tests.bundle.made import pdf

    (case / f"exhibits/{exhibit}.pdf").write_bytes(pdf(pages, exhibit))
    file = case / "answers.yaml"
    text = file.read_text("utf-8")
    where = f"file: exhibits/{exhibit}.pdf, audience: [court, opla]"
    entry = f"- {{id: {exhibit}, title: {exhibit}, {where}}}"
    text = re.sub(r"(?m)^filings:$", f"{entry}\nfilings:", text)
    text = re.sub(rf"(- id: {filing}\n(?:  .*\n)*?  exhibits: \[)", rf"\g<1>{exhibit}, ", text)
    file.write_text(text, encoding="utf-8")


def built(case: Path, filing: str, state: State, *, force: bool = False) -> Built:
    """Build and write one filing."""
    desk = open_desk(case)
    made = building.build(desk, wanted(desk, [filing])[0], state)
    building.write(desk, made, force=force)
    return made


def desk(case: Path) -> Desk:
    """Return what is at hand for the case."""
    return open_desk(case)


def edited(file: Path, old: str, new: str, *, apart: bool = False) -> None:
    """Change a sentence of a Word file as Word would; *apart* cuts its runs in pieces first."""
    document: Any = docx.Document(str(file))
    touched = 0
    for paragraph in document.paragraphs:
        if old in paragraph.text:
            text = paragraph.text.replace(old, new)
            for run in paragraph.runs[1:]:
                run._r.getparent().remove(run._r)  # noqa: SLF001 - python-docx's own element
            pieces = [text[i : i + 3] for i in range(0, len(text), 3)] if apart else [text]
            paragraph.runs[0].text = pieces[0]
            for piece in pieces[1:]:
                paragraph.add_run(piece)
            touched += 1
    assert touched, old
    document.save(str(file))


def body(file: Path) -> str:
    """Return the text of a Word file's body, no-break spaces made plain."""
    document: Any = docx.Document(str(file))
    return "\n".join(p.text for p in document.paragraphs).replace("\u00a0", " ")


@dataclass(frozen=True, slots=True)
class Jump:
    """A link as a reader meets it: what is printed under it, and the foot of where it leads."""

    page: int
    text: str
    to: int
    foot: str
    label: str

    @property
    def printed(self) -> int:
        """The last page number printed under the link, 0 without one."""
        found = re.findall(r"\d+", self.text)
        return int(found[-1]) if found else 0


def jumps(pdf: bytes) -> Iterator[Jump]:
    """Yield every link within a PDF, read with pikepdf and pypdfium2 alone."""
    texts = pypdfium2.PdfDocument(pdf)
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            leaves = list(document.pages)
            places = {leaf.obj.objgen: at for at, leaf in enumerate(leaves)}
            for at, leaf in enumerate(leaves):
                for link in leaf.obj.get("/Annots", []):
                    goal = link.get("/Dest")
                    if goal is None:
                        continue
                    to = places[goal[0].objgen]
                    box = [float(v) for v in link["/Rect"]]
                    yield Jump(
                        at, _text(texts, at, box), to, _text(texts, to, [0, 0, 2000, 44]),
                        str(leaves[to].label),
                    )  # fmt: skip
    finally:
        texts.close()


def _text(pdf: Any, page: int, box: list[float]) -> str:  # noqa: ANN401 - pypdfium2 has no types
    return str(pdf[page].get_textpage().get_text_bounded(*box)).replace("\u00a0", " ")


def pages_text(pdf: bytes) -> list[str]:
    """Return the text of every page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [str(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()
