# ruff: noqa: INP001 - a script, not a package
"""What a whole bundle costs: ours against the ways that others document, over the same files.

Run `python benchmarks/bench_bundle.py [FILES] [PAGES OF EACH] [ROUNDS]`. Each way runs in a process
of its own and takes its turn; CPU time is that of its whole tree of processes. Quote the ratios of
the medians, never the times: they belong to the machine.
"""

import io
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

PLACE = (300.0, 774.0)


def corpus(folder: Path, files: int, pages: int) -> None:
    """Write PDFs of text, pictures, links and outlines; every fifth one is a scan."""
    from fpdf import FPDF
    from PIL import Image

    chance = random.Random(1)  # noqa: S311 - the same files in every run
    scan = Image.frombytes("L", (850, 1100), chance.randbytes(850 * 1100))
    scan = scan.point([0] * 8 + [255] * 248)
    for number in range(1, files + 1):
        drawn = FPDF(unit="pt", format="letter")
        drawn.set_font("helvetica", size=11)
        for page in range(pages):
            drawn.add_page()
            if number % 5 == 0:
                drawn.image(scan.rotate(page + number / 100), 0, 0, 612, 792)
                continue
            drawn.start_section(f"Section {page}")
            for line in range(42):
                words = f"{page}.{line} " + " ".join(chance.choices(_WORDS, k=12))
                drawn.text(72, 72 + 15 * line, words)
            drawn.link(72, 60, 200, 20, drawn.add_link(page=1))
        (folder / f"{number:02d} File {number}.pdf").write_bytes(bytes(drawn.output()))


_WORDS = """the court must consider whether a person has been firmly resettled in another country
before arriving and whether the conditions of residence were so restricted that he was not in
fact""".split()


def overlay(count: int) -> bytes:
    """Return a PDF with a number on each of its pages, as all other ways need one."""
    from fpdf import FPDF

    drawn = FPDF(unit="pt", format="letter")
    drawn.set_font("helvetica", size=10)
    for number in range(1, count + 1):
        drawn.add_page()
        drawn.text(*PLACE, str(number))
    return bytes(drawn.output())


def plain(files: list[Path], out: Path) -> None:
    """Merge with pypdf and write; no stamp, no index."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for file in files:
        writer.append(file)
    writer.write(out)


def documented(files: list[Path], out: Path) -> None:
    """Do as pypdf's documentation tells: append, merge a stamp into each page, link, outline."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.annotations import Link

    writer, firsts = PdfWriter(), []
    writer.add_blank_page(612, 792)
    for file in files:
        firsts.append(len(writer.pages))
        writer.append(file, outline_item=file.stem)
    stamps = PdfReader(io.BytesIO(overlay(len(writer.pages))))
    for page, number in zip(writer.pages, stamps.pages, strict=True):
        page.merge_page(number)
    for row, first in enumerate(firsts):
        y = 700 - 12 * row
        link = Link(rect=(72, y, 540, y + 10), target_page_index=first)
        writer.add_annotation(page_number=0, annotation=link)
    writer.write(out)


def overlaid(files: list[Path], out: Path) -> None:
    """Do as docassemble does: pikepdf, an overlay for each page; an outline."""
    import pikepdf

    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(612, 792))
        firsts, held = [], []
        for file in files:
            held.append(pikepdf.open(file))
            firsts.append(len(pdf.pages))
            pdf.pages.extend(held[-1].pages)
        with pikepdf.open(io.BytesIO(overlay(len(pdf.pages)))) as stamps:
            for page, number in zip(pdf.pages, stamps.pages, strict=True):
                page.add_overlay(number, pikepdf.Rectangle(page.trimbox))
        with pdf.open_outline() as outline:
            for file, first in zip(files, firsts, strict=True):
                outline.root.append(pikepdf.OutlineItem(file.stem, first))
        pdf.save(out)


def qpdf(files: list[Path], out: Path) -> None:
    """Let qpdf merge and lay a file of numbers over all pages; no links, no outline."""
    from pypdf import PdfReader

    count = sum(len(PdfReader(file).pages) for file in files)
    numbers = out.with_suffix(".numbers.pdf")
    numbers.write_bytes(overlay(count))
    names = [str(file) for file in files]
    laid = ["--overlay", str(numbers), "--", str(out)]
    command = ["qpdf", "--empty", "--pages", *names, "--", *laid]
    subprocess.run(command, check=True)  # noqa: S603 - names of our own


def ours(files: list[Path], out: Path) -> None:
    """Make a bundle as `nkdocs bundle` does.

    Each file is opened in a child and cleaned; cover, index, tab sheets, stamps, links, outline
    and labels are made, and all of it is read back.
    """
    from nkdocs.packet import loose

    made, _ = loose.bundle(files, venue="eoir-paper")
    loose.write(out, [volume.file for volume in made.volumes], force=True)


WAYS: dict[str, Callable[[list[Path], Path], None]] = {
    way.__name__: way for way in (plain, documented, overlaid, qpdf, ours)
}


def measured(way: str, folder: Path) -> tuple[float, int, float]:
    """Return CPU seconds of the tree, the output's size, and the peak memory in MB."""
    out = folder.parent / f"{way}.pdf"
    out.unlink(missing_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is compiled
    run = subprocess.run(  # noqa: S603 - this script
        [sys.executable, __file__, "--way", way, str(folder), str(out)],
        check=True, stdout=subprocess.PIPE, env=environment,
    )  # fmt: skip
    told = json.loads(run.stdout)
    return told["cpu"], out.stat().st_size, told["mb"]


def one_way(way: str, folder: Path, out: Path) -> None:
    """Go one way and print what it took."""
    WAYS[way](sorted(folder.iterdir()), out)
    own, children = (resource.getrusage(who) for who in (
        resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))  # fmt: skip
    cpu = sum(u.ru_utime + u.ru_stime for u in (own, children))
    peak = max(own.ru_maxrss, children.ru_maxrss) / 1024
    sys.stdout.write(json.dumps({"cpu": cpu, "mb": peak}))


def main(files: int, pages: int, rounds: int) -> None:
    """Measure and print the ratios."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "files"
        folder.mkdir()
        corpus(folder, files, pages)
        total = sum(f.stat().st_size for f in folder.iterdir())
        taken: dict[str, list[tuple[float, int, float]]] = {way: [] for way in WAYS}
        measured("ours", folder)  # not counted: it may have to be compiled
        for _ in range(rounds):
            for way in WAYS:
                taken[way].append(measured(way, folder))
        base = statistics.median(cpu for cpu, _, _ in taken["plain"])
        memory = statistics.median(mb for _, _, mb in taken["plain"])
        sys.stdout.write(f"{files * pages} pages, {total / 1e6:.1f} MB\n")
        for way, runs in taken.items():
            cpu = statistics.median(c for c, _, _ in runs)
            mb = statistics.median(m for _, _, m in runs)
            size = runs[0][1] / total
            sys.stdout.write(
                f"{way:12} {cpu / base:5.2f} x plain   {size:5.2f} x input   "
                f"{mb / memory:5.2f} x its memory   {1000 * cpu / (files * pages):.2f} ms a page\n"
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--way"]:
        one_way(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        given = [int(argument) for argument in sys.argv[1:]]
        main(*(given + [50, 60, 3][len(given) :]))
