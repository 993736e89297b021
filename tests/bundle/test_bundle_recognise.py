"""Scans are read: what is found is laid over the page unseen, and nothing else of it changes."""

import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from nkdocs.answers.entries import Exhibit
from nkdocs.bundle.intake import Intake, prepare
from nkdocs.bundle.recognise import Recogniser
from nkdocs.convert import ocr
from nkdocs.convert.ocr import Reader
from tests.bundle.crafted import document, saved, texts
from tests.bundle.scans import (
    ENGLISH,
    KOREAN,
    bound,
    looks,
    needs_ocr,
    program,
    scan,
    stand_in,
    starts,
)


class Shelf(dict[str, bytes]):
    """Keeps what was read in a dictionary."""

    def fetch(self, name: str) -> bytes | None:
        """Return what was kept."""
        return self.get(name)

    def keep(self, name: str, data: bytes) -> None:
        """Keep it."""
        self[name] = data


def _taken(folder: Path, data: bytes, recogniser: Recogniser | None, **more: Any) -> Intake:  # noqa: ANN401 - keys of an entry
    file = "a.png" if data.startswith(b"\x89PNG") else "a.pdf"
    (folder / file).write_bytes(data)
    exhibit = Exhibit.checked({"id": "a", "title": "A", "file": file, **more})
    return prepare([exhibit], folder, converter=None, ocr=recogniser)


def _said(made: Intake) -> list[tuple[str, str]]:
    return [(f.code, f.facts) for f in made.findings]


def _pdf(made: Intake) -> bytes:
    return bytes(made.prepared[0].parts[0].data)


@needs_ocr
def test_english_and_korean_scans_can_be_searched_and_look_as_before(tmp_path: Path) -> None:
    """By the real program: upright, Korean, on its side; an empty page is named."""
    data = bound(scan(*ENGLISH * 3), scan(*KOREAN * 3), scan(*ENGLISH * 3, turn=90), scan())

    made = _taken(tmp_path, data, Recogniser(ocr.reader()))
    plain = _taken(tmp_path, data, None)

    english, korean, turned, empty = texts(_pdf(made))
    assert "born in Musan in the winter of 1985." in english
    assert "두만강을 건너 중국으로" in korean
    assert "stayed behind in Hoeryong" in turned
    assert empty.strip() == ""
    assert looks(_pdf(made)) == looks(_pdf(plain))
    assert made.prepared[0].parts[0].has_text == (True, True, True, False)
    assert _said(made) == [("X322", "1-3"), ("X323", "4")]
    assert _said(plain) == [("X302", "1-4")]


def test_page_keeps_its_content_and_only_mute_pages_are_read(tmp_path: Path) -> None:
    """The words stand before the page's own content, which stays byte for byte."""
    with pikepdf.open(io.BytesIO(bound(scan("a picture")))) as picture:
        mixed = document("a page with words")
        mixed.pages.extend(picture.pages)
        data = saved(mixed)
    reader = stand_in(tmp_path / "bin")

    made = _taken(tmp_path, data, Recogniser(Reader(reader)))
    plain = _taken(tmp_path, data, None)

    assert [t.strip() for t in texts(_pdf(made))] == ["a page with words", "the cousin declares"]
    with (
        pikepdf.open(io.BytesIO(_pdf(made))) as new,
        pikepdf.open(io.BytesIO(_pdf(plain))) as old,
    ):
        first, second = new.pages
        assert first.Contents.read_bytes() == old.pages[0].Contents.read_bytes()
        laid, own = second.Contents
        assert own.read_bytes() == old.pages[1].Contents.read_bytes()
        assert b"3 Tr" in laid.read_bytes()
        assert not [o for o in new.objects if isinstance(o, pikepdf.Dictionary) and "/Info" in o]
    assert made.prepared[0].parts[0].recognised == 1


def test_same_scan_gives_the_same_bytes_and_is_read_once(tmp_path: Path) -> None:
    """What was read is kept under the hash of the pages and of who read them."""
    reader, shelf = stand_in(tmp_path / "bin"), Shelf()
    data = bound(scan("one"), scan("two"))

    first = _taken(tmp_path, data, Recogniser(Reader(reader), shelf))
    again = _taken(tmp_path, data, Recogniser(Reader(reader), shelf))
    anew = _taken(tmp_path, data, Recogniser(Reader(reader)))

    assert _pdf(first) == _pdf(again) == _pdf(anew)
    assert (starts(reader), len(shelf)) == (2, 1)
    reader.write_text(reader.read_text("utf-8").replace("9.9.9", "10.0.1"), "utf-8")
    _taken(tmp_path, data, Recogniser(Reader(reader), shelf))
    assert (starts(reader), len(shelf)) == (3, 2)


@pytest.mark.parametrize(
    "damage",
    [b"", b"[]", b'{"pages": {"0": [["a", 1, 1, 1, 0, "x"]]}}',
     b'{"pages": {"0": [[NaN, 1, 1, 1, 0, "x"]]}}', b'{"pages": {"0": [[1, 1, 1, 1, 45, "x"]]}}'],
)  # fmt: skip
def test_damaged_record_is_read_anew(damage: bytes, tmp_path: Path) -> None:
    """Nothing of it reaches a page."""
    reader, shelf = stand_in(tmp_path / "bin"), Shelf()
    data = bound(scan("one"))
    whole = _pdf(_taken(tmp_path, data, Recogniser(Reader(reader), shelf)))
    for name in shelf:
        shelf[name] = damage

    assert _pdf(_taken(tmp_path, data, Recogniser(Reader(reader), shelf))) == whole
    assert starts(reader) == 2
    assert json.loads(next(iter(shelf.values())))["ocr"] == "1"


def test_page_that_fails_costs_only_its_words(tmp_path: Path) -> None:
    """The others are read; it is bound as it is, named, and tried again the next time."""
    reader, shelf = stand_in(tmp_path / "bin"), Shelf()
    data = bound(scan("one"), scan("two", corner=0), scan("three"))

    made = _taken(tmp_path, data, Recogniser(Reader(reader), shelf))

    assert _said(made) == [("X322", "1, 3"), ("X324", "2")]
    assert [bool(t.strip()) for t in texts(_pdf(made))] == [True, False, True]
    assert looks(_pdf(made)) == looks(_pdf(_taken(tmp_path, data, None)))
    tried = starts(reader)
    assert _said(_taken(tmp_path, data, Recogniser(Reader(reader), shelf))) == _said(made)
    assert starts(reader) == tried + 1


def test_scan_under_the_name_of_its_program_is_read_too(tmp_path: Path) -> None:
    """Telephones print it on every page, and the page is no less a picture for it."""
    with pikepdf.open(io.BytesIO(bound(scan("one"), scan("two")))) as pdf:
        face = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        for page in pdf.pages:
            page.Resources.Font = Dictionary(F1=face)
            page.contents_add(b"BT /F1 9 Tf 400 20 Td (Scanned with a telephone) Tj ET")
        data = saved(pdf)
    reader = Recogniser(Reader(stand_in(tmp_path / "bin")))

    assert _said(_taken(tmp_path, data, None)) == [("X327", "1-2")]
    made = _taken(tmp_path, data, reader)

    assert _said(made) == [("X322", "1-2")]
    assert all("the cousin declares" in t and "telephone" in t for t in texts(_pdf(made)))


@pytest.mark.parametrize("text", ["#!/bin/sh\nexit 0\n", "#!/bin/sh\nexit 3\n", "no program"])
def test_program_that_does_nothing_costs_only_the_words(text: str, tmp_path: Path) -> None:
    """Exit code 0 without a PDF is a failure too."""
    reader = Reader(program(tmp_path / "bin" / "ocrmypdf", text))

    made = _taken(tmp_path, bound(scan("one")), Recogniser(reader))

    assert _said(made) == [("X324", "1")]
    assert len(made.prepared) == 1


def test_picture_without_words_is_no_warning(tmp_path: Path) -> None:
    """A photograph says nothing, mostly."""
    out = io.BytesIO()
    scan().save(out, "PNG")

    made = _taken(tmp_path, out.getvalue(), Recogniser(Reader(stand_in(tmp_path / "bin", ""))))

    assert _said(made) == [("X325", "1")]


def test_redacted_page_holds_nothing_of_what_was_read(tmp_path: Path) -> None:
    """It was read before it was burnt in; no stream of the file has the words then."""
    reader = stand_in(tmp_path / "bin", "Hoeryong secret")
    data = bound(scan("the sister in Hoeryong"), scan("another"))
    redact = [{"page": "1", "box": [60, 640, 560, 720]}]

    made = _taken(tmp_path, data, Recogniser(Reader(reader)), redact=redact)

    assert _said(made) == [("X317", "1"), ("X322", "2")]
    assert [bool(t.strip()) for t in texts(_pdf(made))] == [False, True]
    assert made.prepared[0].parts[0].has_text == (False, True)
    with pikepdf.open(io.BytesIO(_pdf(made))) as pdf:
        page = pdf.pages[0]
        assert "/Font" not in page.Resources
        held = [o.read_bytes() for o in pdf.objects
                if isinstance(o, pikepdf.Stream) and "/Width" not in o]  # fmt: skip
    said = "Hoeryong".encode("utf-16-be").hex().encode()
    assert sum(said in stream for stream in held) == 1  # that of page 2, which was not redacted


def test_words_are_no_way_to_redact_a_recognised_page(tmp_path: Path) -> None:
    """One that was misread would stay: a box is asked for, and nothing is bound."""
    reader = Recogniser(Reader(stand_in(tmp_path / "bin", "Hoeryong")))
    redact = [{"page": "1", "text": "Hoeryong"}]

    made = _taken(tmp_path, bound(scan("Hoeryong")), reader, redact=redact)

    assert _said(made) == [("X222", "page 1")]
    assert made.prepared == ()


def test_words_can_be_marked_on_a_recognised_page(tmp_path: Path) -> None:
    """The mark stands where the words do."""
    reader = Recogniser(Reader(stand_in(tmp_path / "bin", "the cousin declares")))
    data = bound(scan("x"))

    made = _taken(tmp_path, data, reader, marks=[{"page": "1", "text": "cousin"}])
    plain = _taken(tmp_path, data, None)

    assert _said(made) == [("X322", "1")]
    assert looks(_pdf(made)) != looks(_pdf(plain))


def test_protected_scan_is_read_with_its_password(tmp_path: Path) -> None:
    """It is asked for once, although the file is opened twice."""
    from nkdocs.bundle.passwords import trying

    with pikepdf.open(io.BytesIO(bound(scan("x")))) as pdf:
        (tmp_path / "a.pdf").write_bytes(saved(pdf, pikepdf.Encryption(owner="o", user="swallow")))
    asked: list[str] = []

    def ask(file: str) -> str:
        asked.append(file)
        return "swallow"

    exhibit = Exhibit.checked({"id": "a", "title": "A", "file": "a.pdf"})
    made = prepare([exhibit], tmp_path, converter=None, passwords=trying([], ask),
                   ocr=Recogniser(Reader(stand_in(tmp_path / "bin"))))  # fmt: skip

    assert asked == ["a.pdf"]
    assert _said(made) == [("X328", ""), ("X322", "1")]
