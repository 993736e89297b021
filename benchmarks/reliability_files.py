# ruff: noqa: INP001, S603 - a script, not a package: it starts LibreOffice
"""The part of reliability.py about files: exhibits, metadata, and what LibreOffice does."""

import contextlib
import io
import multiprocessing
import os
import signal
import socketserver
import subprocess
import tempfile
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import docxtpl
import pikepdf
import pypdf

from nkdocs.bundle.faults import UnusableError
from nkdocs.bundle.workshop import Job, Workshop
from nkdocs.convert.office import Office, find_office
from nkdocs.errors import ConversionError
from tests.bundle.nasty import every
from tests.convert.test_convert_office import _linked
from tests.documents.letters import filled, members
from tests.documents.test_clean import PLANT, planted
from tests.fuzz.mutated import PDF_WORDS, mutated
from tests.fuzz.test_fuzz import pdfs

SECONDS = 20.0
Row = tuple[str, str, str]
FORK = multiprocessing.get_context("fork")


def counted(found: Counter[str], order: Sequence[str]) -> str:
    """Write counts in one order, zeros too."""
    return ", ".join(f"{name} {found[name]}" for name in order)


def apart(work: Callable[[], object], seconds: float = SECONDS) -> object:
    """Return what *work* gives, done in a child; "hang" or "died" if it gives nothing."""
    ours, theirs = FORK.Pipe(duplex=False)

    def run() -> None:
        with open(os.devnull, "w") as void, contextlib.redirect_stderr(void):  # noqa: PTH123
            theirs.send(work())

    child = FORK.Process(target=run, daemon=True)
    child.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(seconds) else "hang"
    except EOFError:
        return "died"
    finally:
        child.kill()
        child.join()


# Exhibits


def exhibits(number: int) -> list[Row]:
    """Merge damaged and hostile PDFs, one at a time."""
    crafted = [(data, 3 if name.startswith(("flipped", "cut")) else 0) for name, data, _ in every()]
    files = [*crafted, *((mutated(pdfs()[n % 3][0], n, PDF_WORDS), pdfs()[n % 3][1])
                         for n in range(number))]  # fmt: skip
    order = ("merged", "of these repaired and told", "refused", "hang", "traceback",
             "silent loss")  # fmt: skip
    what = f"damaged and hostile PDFs ({len(files)})"
    rows: list[Row] = []
    for way, merge in (("pypdf", _by_pypdf), ("pikepdf", _by_pikepdf)):
        found: Counter[str] = Counter()
        for data, pages in files:
            found[_merged(apart(lambda d=data, m=merge: m(d)), pages)] += 1
        rows.append((what, way, counted(found, ("merged", *order[2:]))))
    return [*rows, (what, "nkdocs", counted(_by_workshop(files), order))]


def _merged(came: object, pages: int) -> str:
    if isinstance(came, int):
        return "silent loss" if came < max(pages, 1) else "merged"
    return {"hang": "hang", "own": "refused"}.get(str(came), "traceback")


def _by_pypdf(data: bytes) -> int | str:
    try:
        writer, out = pypdf.PdfWriter(), io.BytesIO()
        writer.append(io.BytesIO(data))
        writer.write(out)
        return len(pypdf.PdfReader(out).pages)
    except (pypdf.errors.PyPdfError, pypdf.errors.DependencyError):
        return "own"
    except Exception:  # noqa: BLE001
        return "traceback"


def _by_pikepdf(data: bytes) -> int | str:
    try:
        with pikepdf.new() as pdf, pikepdf.open(io.BytesIO(data)) as source:
            pdf.pages.extend(source.pages)
            out = io.BytesIO()
            pdf.save(out)
            return len(pdf.pages)
    except pikepdf.PdfError:
        return "own"
    except Exception:  # noqa: BLE001
        return "traceback"


def _by_workshop(files: Sequence[tuple[bytes, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    with Workshop() as shop:
        for data, pages in files:
            start = time.monotonic()
            try:
                made = shop.clean(Job("pdf", data))
            except UnusableError as error:
                found["traceback" if error.note.code == "X206" else "refused"] += 1
            except Exception:  # noqa: BLE001
                found["traceback"] += 1
            else:
                lost = made.total < pages and not made.repaired
                found["silent loss" if lost else "merged"] += 1
                found["of these repaired and told"] += made.repaired
            found["hang"] += time.monotonic() - start > SECONDS + 5
    return found


# Metadata, network, processes


def leaks() -> list[Row]:
    """Fill a template in which an earlier client's number stands where Word keeps such things."""
    word, out = planted(), io.BytesIO()
    bare = docxtpl.DocxTemplate(io.BytesIO(word))
    bare.render({}, autoescape=True)
    bare.save(out)
    with zipfile.ZipFile(out) as packed:
        left = b"".join(packed.read(name) for name in packed.namelist())
    ours = b"".join(members(filled(word).docx).values())
    what = "secrets of an earlier client, planted in a template (13)"
    return [(what, way, f"leaked {len(_secrets(data))}")
            for way, data in (("docxtpl", left), ("nkdocs", ours))]  # fmt: skip


def _secrets(data: bytes) -> set[str]:
    text = data.decode("utf-8", "replace").replace("%20", " ")
    return {n for n in map(str, range(1, 14)) if any(f"{PLANT} {n}{end}" in text for end in '"<.')
            or text.endswith(f"{PLANT} {n}") or f"{PLANT} {n}<" in text
            or (n == "12" and f"{PLANT} 12" in text)}  # fmt: skip


@contextlib.contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """Give the address of a server on this computer, and what it is asked."""
    asked: list[bytes] = []

    class Listener(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline())

    with socketserver.TCPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/p.png", asked
        server.shutdown()


def _bare_office(program: Path, work: Path, seconds: float) -> None:
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(
            [str(program), "--headless", profile, "--convert-to", "pdf", "--outdir", str(work),
             str(work / "a.docx")], capture_output=True, timeout=seconds, check=False,
        )  # fmt: skip


def requests() -> list[Row]:
    """Convert a letter with a linked picture while a server listens."""
    what, program = "requests for a linked picture", find_office()
    if program is None:
        return [(what, "soffice and nkdocs", "not run: LibreOffice is not installed")]
    with listening() as (address, asked), tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.docx").write_bytes(_linked(address))
        _bare_office(program, Path(folder), 120)
        bare = len(asked)
        Office(program).convert({"a": _linked(address)})
        return [(what, "soffice", str(bare)), (what, "nkdocs", str(len(asked) - bare))]


def leftovers() -> list[Row]:
    """Stop a conversion that takes too long; what still runs, what still lies there?"""
    what, program = "left after a time limit of 2.5 s", find_office()
    if program is None or not Path("/proc").is_dir():
        return [(what, "soffice and nkdocs", "not run: needs LibreOffice and Linux")]
    rows: list[Row] = []
    old = tempfile.tempdir
    for way in ("subprocess.run(timeout=)", "nkdocs"):
        with tempfile.TemporaryDirectory() as folder:
            tempfile.tempdir = folder
            if way == "nkdocs":
                with contextlib.suppress(ConversionError):
                    Office(program, seconds=2.5).convert({"a": _linked("file:///none.png")})
            else:
                (Path(folder) / "a.docx").write_bytes(_linked("file:///none.png"))
                _bare_office(program, Path(folder), 2.5)
            time.sleep(1)
            running = _running(folder)
            rows.append((what, way, f"processes {len(running)}"))
            for process in running:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            tempfile.tempdir = old
    return rows


def _running(folder: str) -> list[int]:
    """Return the processes that were started with this folder."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if folder.encode() in place.read_bytes():
                found.append(int(place.parent.name))
    return found
