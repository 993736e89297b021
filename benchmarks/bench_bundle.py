# ruff: noqa: INP001 - a script, not a package
"""How much a stamp costs: ours against pypdf's merge_page, and against merging without a stamp.

Run `python benchmarks/bench_bundle.py [PAGES] [ROUNDS]`. The ways take turns in one process;
quote the ratios of the medians (CPU time), never the times: they belong to the machine.
"""

import io
import statistics
import sys
import time
from collections.abc import Callable

from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from nkdocs.bundle import stamp
from nkdocs.bundle.binding import Binding
from nkdocs.bundle.layout import PreparedLike
from nkdocs.bundle.pages import build_bundle
from nkdocs.bundle.sheets import Cover
from nkdocs.bundle.stamp import Stamp
from nkdocs.bundle.venues import shipped_venues
from tests.bundle.made import exhibit

PER_FILE = 50
LINES = 40


def pages(first: int) -> bytes:
    """Return a PDF of fifty pages full of text."""
    drawn = FPDF(unit="pt", format="letter")
    drawn.set_font("helvetica", size=11)
    for number in range(first, first + PER_FILE):
        drawn.add_page()
        for line in range(LINES):
            drawn.text(72, 72 + 15 * line, f"{number} {line} the quick brown fox jumps over a dog")
    return bytes(drawn.output())


def merged(files: list[bytes]) -> PdfWriter:
    """Return all files in one writer."""
    writer = PdfWriter()
    for data in files:
        writer.append(PdfReader(io.BytesIO(data)), import_outline=False)
    return writer


def written(writer: PdfWriter) -> int:
    """Return the size of what is written."""
    out = io.BytesIO()
    writer.write(out)
    return out.tell()


def plain(files: list[bytes]) -> int:
    """Merge and write."""
    return written(merged(files))


def ours(files: list[bytes]) -> int:
    """Merge, stamp our way, write."""
    writer = merged(files)
    face = stamp.font(writer)
    for number, page in enumerate(list(writer.pages), 1):
        stamp.put(writer, page, Stamp(number), face)
    return written(writer)


def theirs(files: list[bytes]) -> int:
    """Merge, stamp with one overlay page for each page and merge_page, write."""
    writer = merged(files)
    drawn = FPDF(unit="pt", format="letter")
    drawn.set_font("helvetica", size=10)
    for number in range(1, len(writer.pages) + 1):
        drawn.add_page()
        drawn.text(300, 774, str(number))
    overlay = PdfReader(io.BytesIO(bytes(drawn.output())))
    for page, number_page in zip(list(writer.pages), overlay.pages, strict=True):
        page.merge_page(number_page)
    return written(writer)


def whole(files: list[bytes]) -> int:
    """Build a bundle: cover, index, tab sheets, links, outline, stamps, and verification."""
    exhibits: list[PreparedLike] = [
        exhibit(f"e{number}", PER_FILE, data) for number, data in enumerate(files)
    ]
    bound = Binding(
        filing="bench", cover=Cover(title="Exhibits"), venue=shipped_venues()["generic"]
    )
    return len(build_bundle(exhibits, bound).data)


def main(count: int, rounds: int) -> None:
    """Measure and print the ratios."""
    files = [pages(first) for first in range(0, count, PER_FILE)]
    ways: list[Callable[[list[bytes]], int]] = [plain, ours, theirs, whole]
    times: dict[str, list[float]] = {way.__name__: [] for way in ways}
    sizes = {}
    for _ in range(rounds):
        for way in ways:
            began = time.process_time()
            sizes[way.__name__] = way(files)
            times[way.__name__].append(time.process_time() - began)
    base = statistics.median(times["plain"])
    total = sum(map(len, files))
    for name, taken in times.items():
        ratio = statistics.median(taken) / base
        out(f"{name:8} {ratio:5.2f} x plain merging   {sizes[name] / total:5.2f} x input size")


def out(line: str) -> None:
    """Print one line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [3_000, 3][len(given) :]))
