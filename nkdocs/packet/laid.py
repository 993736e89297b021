"""Where the exhibits of a filing lie, kept between runs: what is unchanged is not read anew.

A draft alone uses it; what is to be signed, and every bundle, is worked out from the exhibits
themselves. It is kept under the hash of all that decides it: every file, the entries and papers,
cover and venue, this program, its libraries, LibreOffice and the fonts. It holds numbers, names of
tabs and hashes, no title and no id, and stands in `out/` of its case: sealed where that is
sealed, and nowhere where a locked case would show it. What is damaged, or was changed by anybody,
is not used.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from nkdocs import _kept, _resources, _working
from nkdocs.answers.entries import Filing
from nkdocs.bundle import intake
from nkdocs.bundle.faults import UnusableError
from nkdocs.case import Hand
from nkdocs.citations.pagemap import PageMap, thawed
from nkdocs.convert import office
from nkdocs.diagnostics import State
from nkdocs.errors import NkdocsError
from nkdocs.packet import privileged
from nkdocs.packet.desk import Desk
from nkdocs.packet.listed import Listed, listed, signed_paragraphs
from nkdocs.packet.papers import pdf_name

_FORM = "1"  # of what is kept
_FOLDER = "pages"
_LIBRARIES = ("fpdf", "fontTools", "pikepdf", "pypdfium2", "pypdfium2_raw", "PIL", "pillow_heif",
              "img2pdf", "lxml")  # fmt: skip
_SNAP = Path("/snap/libreoffice/current")  # whose program stays the same at each version
_FONTS = ("/etc/fonts", "/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts",
          "/System/Library/Fonts")  # fmt: skip
_OWN_FONTS = (".fonts", ".config/fontconfig", ".local/share/fonts", "Library/Fonts",
              "AppData/Local/Microsoft/Windows/Fonts")  # fmt: skip


def name_of(filing: Filing) -> str:
    """Return where the page map of *filing* is kept, as a path in `out/`."""
    return f"{_FOLDER}/{filing.id}.json"


def mark(desk: Desk, wanted: Listed) -> str:
    """Return a hash of all that decides where exhibits lie; empty where nothing may be kept.

    That is for what is no draft, for scans that are read, and where a file cannot be read or must
    not be bound: then they are looked at, and what is wrong is told.
    """
    if wanted.state is not State.DRAFT or desk.ocr or privileged.results(desk, wanted.exhibits):
        return ""
    told = hashlib.sha256()
    try:
        for part in (_program(), *_entries(wanted), *_papers(desk, wanted), *_files(desk, wanted)):
            told.update(len(part).to_bytes(8, "big"))
            told.update(part)
    except (UnusableError, NkdocsError, OSError, RuntimeError):  # the last: nobody's home
        return ""
    return told.hexdigest()


def fetch(desk: Desk, wanted: Listed, known: str) -> PageMap | None:
    """Return the page map kept under the mark *known*, None if none is, or it is not whole."""
    path = desk.case.out / name_of(wanted.filing)
    if not known or not desk.case.there(path):
        return None
    try:
        held = json.loads(desk.case.fetch(path))
        if held["of"] != known or held["check"] != _check(known, held["map"]):
            return None
        return _named(held["map"], wanted)
    except (OSError, NkdocsError, ValueError, TypeError, LookupError, AttributeError):
        return None
    except RecursionError:  # lists in lists without an end
        return None


def written(wanted: Listed, known: str, pages: PageMap) -> bytes:
    """Return a page map as it is kept under the mark *known*; nothing if it cannot be."""
    plain = _plain(pages)
    if not known or _named(plain, wanted) != pages:
        return b""
    held = {"of": known, "check": _check(known, plain), "map": plain}
    return (json.dumps(held, sort_keys=True) + "\n").encode("ascii")


def contradicted(desk: Desk, filing: Filing, pages: PageMap) -> list[str]:
    """Return the page map kept of *filing*, as a path in `out/`, if the exhibits say another.

    *pages* is what they say: the page map of the bundle that was just made of them.
    """
    name = name_of(filing)
    if not desk.case.there(desk.case.out / name):
        return []
    wanted = listed(desk, filing, State.DRAFT)
    found = fetch(desk, wanted, mark(desk, wanted))
    return [name] if found is not None and found != pages else []


def _plain(pages: PageMap) -> dict[str, Any]:
    """Return a page map as plain data without what tells of the case: ids, titles, names."""
    plain: dict[str, Any] = pages.written()
    del plain["filing"]
    for entry in plain["entries"]:
        del entry["id"], entry["title"]
        entry["paragraphs"] = [[p["number"], p["page"]] for p in entry["paragraphs"]]
    return plain


def _named(plain: Mapping[str, Any], wanted: Listed) -> PageMap:
    """Return the page map that was made plain, with the names of what is *wanted*.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it is none, or one of other exhibits.
    """
    entries = []
    for exhibit, entry in zip(wanted.exhibits, plain["entries"], strict=True):
        pages = dict(entry["paragraphs"])
        paragraphs = [
            {"name": name, "number": number, "page": pages[str(number)]}
            for name, number in _paragraphs(wanted, exhibit.id).items()
            if str(number) in pages
        ]
        title = exhibit.title or exhibit.document
        entries.append({**entry, "id": exhibit.id, "title": title, "paragraphs": paragraphs})
    return thawed({**plain, "filing": wanted.filing.id, "entries": entries})


def _paragraphs(wanted: Listed, exhibit: str) -> Mapping[str, int]:
    """Return the names of an exhibit's paragraphs and their numbers."""
    if exhibit in wanted.signed:
        named = signed_paragraphs(wanted.signed[exhibit])
        return {name: number for name, (number, _) in named.items()}
    return wanted.papers[exhibit].names if exhibit in wanted.papers else {}


def _check(known: str, plain: object) -> str:
    told = json.dumps([_FORM, known, plain], sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _entries(wanted: Listed) -> Iterator[bytes]:
    """Yield what the answers say of the filing, its exhibits and its cover, and the venue's rules.

    Who translated decides whether a certificate is drawn, and what it says.
    """
    yield from (json.dumps(e.plain()).encode() for e in (wanted.filing, *wanted.exhibits))
    yield wanted.venue.model_dump_json().encode()
    numbers = (wanted.tabs, wanted.start)
    yield repr((wanted.cover, sorted(wanted.translators.items()), numbers)).encode()


def _papers(desk: Desk, wanted: Listed) -> Iterator[bytes]:
    """Yield the documents among the exhibits, and the PDFs that someone saved of them."""
    for exhibit, paper in wanted.papers.items():
        yield exhibit.encode()
        yield paper.docx
        yield repr(sorted(paper.names.items())).encode()
        pdf = pdf_name(paper.name)
        theirs = desk.case.hand(pdf) in {Hand.UNKNOWN, Hand.EDITED}
        yield desk.case.read(f"out/{pdf}") if theirs else b""
    for exhibit, record in wanted.signed.items():
        yield exhibit.encode()
        yield json.dumps(record, sort_keys=True).encode()
        yield desk.case.read(record["file"])


def _files(desk: Desk, wanted: Listed) -> Iterator[bytes]:
    """Yield the hash of each file of the exhibits.

    Raises:
        UnusableError: one cannot be read.
    """
    unseal = desk.case.unseal if desk.case.vault else None
    yield str(_working.memory() is not None if unseal else None).encode()
    for exhibit in wanted.exhibits:
        for name in (exhibit.file, exhibit.translation, exhibit.certificate):
            held = intake.contents(desk.case.folder, name, unseal) if name else b""
            yield hashlib.sha256(held).digest() if name else b""


def _program() -> bytes:
    """Return what changes when anything does that has a hand in laying pages."""
    own = Path(_resources.__file__).parent
    told = [_FORM, sys.platform, *_marks([*own.rglob("*.py"), *(own / "fonts").glob("*.ttf")])]
    program = office.find_office()
    if program:
        real, snap = program.resolve(), _SNAP.resolve()
        told += _marks([real, snap, *sorted(real.parent.glob("*rc")), real.parent / "version.ini"])
    home = Path.home()
    windows = Path(os.environ.get("WINDIR", "C:\\Windows")) / "Fonts"
    places = (*map(Path, _FONTS), *(home / own for own in _OWN_FONTS), windows)
    told += _marks(file for place in places for file in sorted(place.rglob("*")))
    text = "\n".join(told).encode("utf-8", "surrogateescape")
    return hashlib.sha256(text + _kept.made_by(_LIBRARIES)).digest()


def _marks(files: Iterator[Path] | Sequence[Path]) -> Iterator[str]:
    """Yield the path of each file with what changes when it does."""
    for file in files:
        try:
            known = file.stat()
        except OSError:
            continue
        yield f"{file} {known.st_size} {known.st_mtime_ns}"
