"""Where exhibits lie is kept between runs: an unchanged filing is not read, a changed one is."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from nkdocs.citations.pagemap import PageMap
from nkdocs.diagnostics import State
from nkdocs.packet import build as building
from nkdocs.packet import laid
from nkdocs.packet.desk import Desk, open_desk
from nkdocs.packet.listed import Listed, listed
from nkdocs.packet.papers import Circumstances, make
from nkdocs.packet.placed import Places, keep, page_map
from tests.packet.demo import DRAFT, FINAL, changed, copied, desk

KEPT = "out/pages/review.json"
FILING = "[pd-request-as-sent, refusal-email, clinic-letter, volunteer-hours]"


def laid_out(desk_: Desk, state: State = DRAFT, *, write: bool = True) -> tuple[bool, list[str]]:
    """Return whether the exhibits of a filing were read, and the cites of the paper it leads."""
    read: list[Listed] = []

    def noted(at: Desk, wanted: Listed) -> PageMap:
        read.append(wanted)
        return page_map(at, wanted)

    places, around = Places(desk_, noted), Circumstances(state)
    document = desk_.catalogue.documents["supervisory-review"]
    paper = places.in_filing(make(desk_, document, document.files[0], around), around)
    if write:
        keep(desk_.case, places.kept)
    return bool(read), [cite.printed for cite in paper.cites]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo case, where a request for review was filled once."""
    made = copied(tmp_path_factory.mktemp("filled"))
    read, cites = laid_out(desk(made))
    assert read
    assert any("Tab" in cite for cite in cites)
    return made


@pytest.fixture
def case(filled: Path, tmp_path: Path) -> Path:
    """Return a copy of that case: where it stands decides nothing."""
    return Path(shutil.copytree(filled, tmp_path / "demo"))


def test_an_unchanged_filing_is_not_read_again(case: Path) -> None:
    """Its cites are the same, and another answer changes nothing of it."""
    before = laid_out(desk(case), write=False)
    changed(case, "sings in a neighborhood choir", "sings in a choir of the neighborhood")
    after = laid_out(desk(case))

    assert not before[0]
    assert after == before


def appended(case: Path) -> None:
    """Make a file of the filing one page longer, under the same name and age."""
    file = case / "exhibits/refusal-email.pdf"
    known = file.stat()
    with pikepdf.open(file, allow_overwriting_input=True) as held:
        held.add_blank_page()
        held.save()
    os.utime(file, ns=(known.st_atime_ns, known.st_mtime_ns))


def filer(case: Path) -> None:
    """Give whoever files it another name, which the cover prints."""
    file = case / "office.yaml"
    text = file.read_text("utf-8")
    assert "name: Miriam Okafor" in text
    file.write_text(text.replace("name: Miriam Okafor", "name: Miriam A. Okafor"), "utf-8")


def said(old: str, new: str) -> Callable[[Path], None]:
    """Return what replaces *old* by *new* in the answers."""
    return lambda case: changed(case, old, new)


CHANGES: dict[str, Callable[[Path], None]] = {
    "a file": appended,
    "the order": said(FILING, FILING.replace("[pd-", "[volunteer-hours, pd-").replace(
        "letter, volunteer-hours", "letter")),
    "an exhibit less": said(FILING, "[refusal-email, clinic-letter, volunteer-hours]"),
    "its pages": said("  expect_pages: 2\n  key_pages: 1-2\n", "  pages: 2\n  key_pages: 2\n"),
    "a redaction": said("  expect_pages: 2\n", "  redact: [{page: 1, box: [72, 72, 90, 90]}]\n"),
    "a title": said("title: Record of volunteer hours", "title: Hours of a volunteer"),
    "the venue": said("opla-email\n  lead: supervisory-", "generic\n  lead: supervisory-"),
    "the title of the filing": said(
        "title: Request for supervisory review\n", "title: Request for review\n"
    ),
    "who files it": filer,
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_decides_the_pages_makes_the_exhibits_be_read(
    case: Path, change: Callable[[Path], None]
) -> None:
    """Each by itself; that it was read is kept, in place of what was."""
    before = (case / KEPT).read_bytes()
    change(case)

    assert laid_out(desk(case))[0]
    assert (case / KEPT).read_bytes() != before


def test_pages_that_moved_move_the_cites(case: Path) -> None:
    """What is kept of the filing as it was leads no cite to an old page, nor once it is back."""
    first = laid_out(desk(case))[1]
    appended(case)
    moved = laid_out(desk(case))[1]
    again, same = laid_out(desk(case))

    assert moved != first
    assert not again
    assert same == moved


def renumbered(data: bytes) -> bytes:
    """Put other numbers into what was kept."""
    return data.replace(b'"first": "', b'"first": "1')


def other(data: bytes) -> bytes:
    """Say that it is kept of another filing."""
    held = json.loads(data)
    return json.dumps({**held, "of": "0" * 64}).encode()


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda data: data[: len(data) // 2],
    "empty": lambda _: b"",
    "no text": lambda data: b"\xff\x00" + data,
    "other numbers": renumbered,
    "of another filing": other,
    "a list": lambda _: b"[]",
    "a map of nothing": lambda data: json.dumps({**json.loads(data), "map": None}).encode(),
    "without an end": lambda _: b"[" * 200_000,
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_is_damaged_or_was_changed_is_not_used(
    case: Path, spoil: Callable[[bytes], bytes]
) -> None:
    """The exhibits are read, the cites are right, and what is kept is mended."""
    file = case / KEPT
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))
    assert file.read_bytes() != whole

    read, cites = laid_out(desk(case))

    assert read
    assert file.read_bytes() == whole
    assert laid_out(desk(case)) == (False, cites)


def test_a_folder_in_its_place_stops_nothing(case: Path) -> None:
    """A draft is made all the same, and nothing is kept."""
    (case / KEPT).unlink()
    (case / KEPT).mkdir()

    assert laid_out(desk(case))[0]
    assert (case / KEPT).is_dir()


def test_it_holds_numbers_and_no_word_of_the_case(case: Path) -> None:
    """Neither titles nor ids of exhibits, names of files nor of people stand in it."""
    held = (case / KEPT).read_text("ascii").casefold()
    at = desk(case)
    words = [w for e in at.exhibits for w in (e.id, e.title, e.file) if w]
    words += ["review", "yoon", "seo", "han-ji", "hours", "email", "clinic"]

    assert not [word for word in words if word.casefold() in held]
    assert (case / KEPT).stat().st_mode & 0o077 == 0


def test_what_is_to_be_signed_is_never_taken_from_it(case: Path) -> None:
    """Only drafts use what was kept, and only they keep it."""
    kept = (case / KEPT).read_bytes()

    assert laid_out(desk(case), FINAL)[0]
    assert (case / KEPT).read_bytes() == kept


def test_a_protected_exhibit_is_opened_each_time(case: Path) -> None:
    """Who has no password is told so, although somebody had one before."""
    with pikepdf.open(case / "exhibits/refusal-email.pdf", allow_overwriting_input=True) as held:
        held.save(encryption=pikepdf.Encryption(owner="sesame", user="sesame"))
    at = replace(desk(case), passwords=lambda _: ("sesame",))
    (case / KEPT).unlink()

    assert laid_out(at)[0]
    assert not (case / KEPT).exists()
    assert laid_out(desk(case))[0]


def test_a_build_takes_away_what_the_exhibits_do_not_say(case: Path) -> None:
    """However it came there: a build works from the exhibits, and the next draft does too."""
    at = desk(case)
    filing = next(f for f in at.filings if f.id == "review")
    wanted = listed(at, filing, DRAFT)
    mark = laid.mark(at, wanted)
    pages = laid.fetch(at, wanted, mark)
    assert pages is not None
    wrong = replace(pages, start=pages.start + 1)
    (case / KEPT).write_bytes(laid.written(wanted, mark, wrong))
    assert not laid_out(desk(case), write=False)[0]

    made = building.build(at, filing, DRAFT)
    building.write(at, made)

    assert made.pages == pages
    assert not (case / KEPT).exists()
    assert laid_out(desk(case))[0]


def test_a_build_leaves_what_the_exhibits_say(case: Path) -> None:
    """The next draft need not read them."""
    at = desk(case)
    filing = next(f for f in at.filings if f.id == "review")
    building.write(at, building.build(at, filing, DRAFT))

    assert not laid_out(desk(case))[0]


def test_a_locked_case_keeps_it_sealed_or_not_at_all(case: Path, tmp_path: Path) -> None:
    """Where `out` is not sealed nothing of it is written; where all is, it is used again."""
    keys = pytest.importorskip("tests.locks.keys", reason="pyrage is not installed")
    park = keys.person(tmp_path)
    shutil.rmtree(case / "out")
    partly = Path(shutil.copytree(case, tmp_path / "partly"))
    for folder, parts in ((case, ()), (partly, ("answers", "exhibits"))):
        keys.lock(folder, recipients=(park.public,), parts=parts)

    read, cites = laid_out(open_desk(case, keys=park.keys))
    again = laid_out(open_desk(case, keys=park.keys))
    others = [laid_out(open_desk(partly, keys=park.keys)) for _ in range(2)]

    assert read
    assert again == (False, cites)
    assert others == [(True, cites)] * 2
    assert [f.name for f in (case / "out/pages").iterdir()] == ["review.json.age"]
    assert not (partly / "out/pages").exists()


def test_a_second_command_starts_no_process_until_a_font_comes(tmp_path: Path) -> None:
    """Of the whole command: no copy of it, no LibreOffice; a new font may move every page."""
    case = copied(tmp_path)
    home = tmp_path / "home"
    home.mkdir()

    assert "os.fork" in started(case, home)
    assert not started(case, home)
    (home / ".fonts").mkdir()
    (home / ".fonts/new.ttf").write_bytes(b"new")
    assert "os.fork" in started(case, home)


WATCH = """
import sys
told = []
def note(event, _):
    if event in ("os.fork", "subprocess.Popen", "os.posix_spawn"):
        told.append(event)
sys.addaudithook(note)
from nkdocs.cli import main
sys.argv = ["nkdocs", "fill", sys.argv[1], "supervisory-review"]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
sys.stderr.write("started: " + " ".join(told))
"""


def started(case: Path, home: Path) -> str:
    """Return what a command starts that fills the request for review."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH, str(case)],
        capture_output=True, text=True, check=True, env={**os.environ, "HOME": str(home)},
    )  # fmt: skip
    return done.stderr.rpartition("started: ")[2]
