"""From the list of exhibits to clean parts, with all faults at once."""

import hashlib
import io
import os
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pytest

from nkdocs.answers.entries import Exhibit
from nkdocs.bundle.exhibits import from_files
from nkdocs.bundle.intake import Intake, prepare
from nkdocs.bundle.passwords import trying
from nkdocs.convert.pdf import Pdf
from nkdocs.diagnostics import Finding, Place, Severity, State, counting
from nkdocs.errors import ConversionError
from tests.bundle.crafted import document, page_with, saved, texts, three

Tree = Callable[[Mapping[str, str | bytes]], Path]


class FakeConverter:
    """A converter that prints the name of what it was given."""

    name = "a fake"

    def __init__(self, *, draft: bool = False, fails: str = "") -> None:
        """Be the draft engine, or fail at the document named."""
        self.draft = draft
        self.fails = fails
        self.asked: list[list[str]] = []

    def convert(self, documents: Mapping[str, bytes]) -> dict[str, Pdf]:
        """Return a page for each document, or fail at one."""
        self.asked.append(list(documents))
        if self.fails:
            fault = Finding(code="C003", severity=Severity.ERROR, message="no PDF",
                            place=Place(self.fails))  # fmt: skip
            msg = "the conversion failed"
            raise ConversionError(msg, faults=[fault])
        lost = ("a text box",) if self.draft else ()
        return {n: Pdf(saved(document(n)), self.name, self.draft, lost) for n in documents}


def _docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "x")
    return out.getvalue()


def _one(folder: Path, file: str, **more: object) -> Intake:
    exhibit = Exhibit.checked({"id": "a", "title": "A", "file": file, **more})
    return prepare([exhibit], folder, converter=None)


def _codes(intake: Intake) -> list[str]:
    return [finding.code for finding in intake.findings]


def test_parts_of_a_translated_exhibit_stand_in_order(build_tree: Tree) -> None:
    """The English first, then the certificate, then the original (8 CFR 1003.33)."""
    folder = build_tree({"ko.pdf": three(), "en.docx": _docx(), "cert.pdf": page_with()})
    exhibit = Exhibit(id="id-card", title="Card", file="ko.pdf", language="Korean",
                      translation="en.docx", certificate="cert.pdf", pages=(2, 3))  # fmt: skip

    (card,) = prepare([exhibit], folder, converter=FakeConverter()).prepared

    assert [(p.part, p.label, p.sources) for p in card.parts] == [
        ("translation", "English translation", (1,)),
        ("certificate", "Certificate of translation", (1,)),
        ("original", "Original (Korean)", (2, 3)),
    ]


def test_source_files_are_hashed_as_they_came(build_tree: Tree) -> None:
    """The record names each file and the SHA-256 of its own bytes."""
    folder = build_tree({"a.pdf": three()})

    (exhibit,) = _one(folder, "a.pdf").prepared

    assert exhibit.sha256 == (("a.pdf", hashlib.sha256(three()).hexdigest()),)


def test_every_bad_file_is_named_in_one_run(build_tree: Tree) -> None:
    """A volunteer mends all files at once, not one a run; the good ones are ready."""
    locked = saved(document("x"), pikepdf.Encryption(owner="o", user="u"))
    folder = build_tree({
        "1 empty.pdf": b"", "2 web.pdf": b"<html>login</html>", "3 film.mp4": b"0000ftypisom",
        "4 locked.pdf": locked, "5 cut.pdf": three()[:150], "6 none.pdf": saved(pikepdf.new()),
        "7 good.pdf": three(), "8 letter.docx": _docx(),
    })  # fmt: skip
    root, entries = from_files([folder])

    intake = prepare(entries, root, converter=None)

    assert _codes(intake) == ["X105", "X108", "X109", "X201", "X202", "X203", "P101"]
    assert [exhibit.title for exhibit in intake.prepared] == ["good"]
    assert all(finding.hint and finding.place.file for finding in intake.findings)


def test_bad_exhibit_stops_even_a_draft(build_tree: Tree) -> None:
    """A bundle stops at an unreadable exhibit in every state (DESIGN 7)."""
    intake = _one(build_tree({"a.pdf": b""}), "a.pdf")

    assert len(counting(intake.findings, State.DRAFT)) == 1


def test_missing_file_suggests_the_one_meant(build_tree: Tree) -> None:
    """A slip in a name is answered with the name that is there."""
    intake = _one(build_tree({"exhibits/Cousin.pdf": three()}), "exhibits/cosin.pdf")

    assert str(intake.findings[0]) == (
        "exhibits/cosin.pdf: X101 there is no such file; did you mean 'exhibits/Cousin.pdf'?"
    )


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_name_written_another_way_is_the_same_file(build_tree: Tree, form: str) -> None:
    """Hangul in one piece (answers) and in parts (a Mac's disk) is one name."""
    folder = build_tree({unicodedata.normalize("NFD", "증거/김우심 (1).pdf"): three()})
    written = unicodedata.normalize("NFC" if form == "NFC" else "NFD", "증거/김우심 (1).pdf")

    assert len(_one(folder, written).prepared) == 1


@pytest.mark.parametrize("file", ["../secret.pdf", "/etc/passwd", "a/../../secret.pdf", "c:\\x"])
def test_path_out_of_the_case_is_refused(build_tree: Tree, file: str) -> None:
    """An answers file from someone else cannot bring foreign files into a bundle."""
    folder = build_tree({"secret.pdf": three(), "case/a.pdf": three()})

    assert _codes(_one(folder / "case", file)) == ["X102"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_link_out_of_the_case_is_refused(build_tree: Tree) -> None:
    """Nor can a link inside the folder."""
    folder = build_tree({"secret.pdf": three(), "case/a.pdf": three()})
    (folder / "case" / "link.pdf").symlink_to(folder / "secret.pdf")

    assert _codes(_one(folder / "case", "link.pdf")) == ["X102"]


def test_folder_is_no_file(build_tree: Tree) -> None:
    """A folder named as a file is told apart from a missing one."""
    assert _codes(_one(build_tree({"a/b.pdf": "x"}), "a")) == ["X104"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_file_without_permission_is_named(build_tree: Tree) -> None:
    """No right to read is told as such."""
    folder = build_tree({"a.pdf": three()})
    (folder / "a.pdf").chmod(0)

    assert _codes(_one(folder, "a.pdf")) == ["X103"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_pipe_is_no_file(tmp_path: Path) -> None:
    """Reading something that never ends does not hang the work."""
    os.mkfifo(tmp_path / "a.pdf")

    assert _codes(_one(tmp_path, "a.pdf")) == ["X115"]


def test_word_exhibits_share_one_start(build_tree: Tree) -> None:
    """LibreOffice is started once for all Word exhibits."""
    folder = build_tree({"a.docx": _docx(), "b.docx": _docx()})
    root, entries = from_files([folder])
    converter = FakeConverter()

    intake = prepare(entries, root, converter=converter)

    assert converter.asked == [["a.docx", "b.docx"]]
    assert [texts(e.parts[0].data) for e in intake.prepared] == [["a.docx"], ["b.docx"]]


def test_word_exhibit_without_libreoffice_says_how_to_get_it(build_tree: Tree) -> None:
    """The line to install it, or the way round (exit code 3)."""
    (finding,) = _one(build_tree({"a.docx": _docx()}), "a.docx").findings

    assert "libreoffice-writer-nogui" in finding.hint
    assert "--as draft" in finding.hint


def test_draft_engine_marks_its_parts(build_tree: Tree) -> None:
    """Pages of the draft engine are known as such, with what they lost."""
    folder = build_tree({"a.docx": _docx()})
    exhibit = Exhibit(id="a", title="A", file="a.docx")

    intake = prepare([exhibit], folder, converter=FakeConverter(draft=True))

    assert (intake.prepared[0].parts[0].draft, intake.prepared[0].lost) == (True, ("a text box",))
    assert _codes(intake) == ["X314"]


def test_failed_conversion_is_told_at_its_exhibit(build_tree: Tree) -> None:
    """The converter's fault names the exhibit's file and id."""
    folder = build_tree({"a.docx": _docx()})
    exhibit = Exhibit(id="a", title="A", file="a.docx")

    (fault,) = prepare([exhibit], folder, converter=FakeConverter(fails="a.docx")).findings

    assert (fault.code, fault.place.file, fault.subject) == ("C003", "a.docx", "a")


def test_document_of_ours_is_taken_as_made(tmp_path: Path) -> None:
    """An exhibit that a template made comes as PDF; its parts look like any other."""
    exhibit = Exhibit(id="declaration", document="asylum-declaration")

    intake = prepare([exhibit], tmp_path, converter=None, made={"declaration": three()})

    assert intake.prepared[0].parts[0].sources == (1, 2, 3)


def test_document_that_was_not_made_is_named(tmp_path: Path) -> None:
    """Without its PDF the exhibit is a fault, not a gap."""
    exhibit = Exhibit(id="declaration", document="asylum-declaration")

    (finding,) = prepare([exhibit], tmp_path, converter=None).findings

    assert (finding.code, finding.subject) == ("X112", "declaration")


def test_password_opens_its_file(build_tree: Tree) -> None:
    """A password given for a file is used for it, and told to nobody."""
    locked = saved(document("x"), pikepdf.Encryption(owner="o", user="swallow"))
    folder = build_tree({"a.pdf": locked})
    exhibit = Exhibit(id="a", title="A", file="a.pdf")

    intake = prepare([exhibit], folder, converter=None, passwords=trying(["no", "swallow"], None))

    assert len(intake.prepared) == 1
    assert "swallow" not in repr(intake)


def test_person_is_asked_for_a_password_until_it_opens(build_tree: Tree) -> None:
    """What opened one file is tried on the next before anyone is asked again."""
    locked = saved(document("x"), pikepdf.Encryption(owner="o", user="swallow"))
    folder = build_tree({"a.pdf": locked, "b.pdf": locked})
    said, asked = iter(["crane", "swallow"]), list[str]()

    def ask(file: str) -> str:
        asked.append(file)
        return next(said)

    exhibits = [Exhibit(id=name, title=name, file=f"{name}.pdf") for name in "ab"]
    intake = prepare(exhibits, folder, converter=None, passwords=trying([], ask))

    assert (asked, len(intake.prepared)) == (["a.pdf", "a.pdf"], 2)


def test_without_its_password_a_file_is_named_with_the_next_step(build_tree: Tree) -> None:
    """Nobody is asked more than three times, or again after saying nothing."""
    locked = saved(document("x"), pikepdf.Encryption(owner="o", user="swallow"))
    folder = build_tree({"a.pdf": locked})
    exhibit, asked = Exhibit(id="a", title="A", file="a.pdf"), list[str]()

    def ask(file: str) -> str:
        asked.append(file)
        return "wrong"

    (finding,) = prepare([exhibit], folder, converter=None, passwords=trying([], ask)).findings
    silent = prepare([exhibit], folder, converter=None, passwords=trying([], lambda _: ""))

    assert (finding.code, len(asked)) == ("X201", 3)
    assert "--password-file" in finding.hint
    assert [f.code for f in silent.findings] == ["X201"]


def test_pages_and_their_expected_number_are_the_originals(build_tree: Tree) -> None:
    """`expect_pages` counts the file, `pages` chooses from it."""
    folder = build_tree({"a.pdf": three()})

    right = _one(folder, "a.pdf", pages="3, 1", expect_pages=3)
    wrong = _one(folder, "a.pdf", expect_pages=4)

    assert right.prepared[0].parts[0].sources == (3, 1)
    assert [(f.code, f.severity) for f in wrong.findings] == [("X208", Severity.ERROR)]


def test_scan_without_text_is_told_by_page(build_tree: Tree) -> None:
    """Pages that cannot be searched are named."""
    folder = build_tree({"a.pdf": saved(document("Words", "", ""))})

    intake = _one(folder, "a.pdf")

    assert intake.prepared[0].parts[0].has_text == (True, False, False)
    assert [(f.code, f.facts) for f in intake.findings] == [("X302", "2-3")]


def test_same_files_give_the_same_bytes(build_tree: Tree) -> None:
    """Preparing twice gives one result."""
    folder = build_tree({"a.pdf": three(), "b.txt": "Letter"})
    root, entries = from_files([folder])

    assert prepare(entries, root, converter=None) == prepare(entries, root, converter=None)


def test_real_photos_and_forms_are_prepared(samples: Path) -> None:
    """Everything people send but the locked file comes through."""
    root, entries = from_files([samples / "images", samples / "pdf_uscis", samples / "pdf_odd"])

    intake = prepare(entries, root, converter=None)

    assert [f.code for f in intake.findings if f.severity is Severity.ERROR] == ["X201"]
    assert len(intake.prepared) == len(entries) - 1


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        pytest.param("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "X110", id="doc"),
        pytest.param("a.docx", b"PK\x05\x06" + b"\0" * 18, "X114", id="zip-named-docx"),
    ],
)
def test_a_broken_word_file_is_told_as_one(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    """Somebody whose Word file is broken is not told to unpack an archive."""
    (tmp_path / name).write_bytes(data)
    exhibit = Exhibit(id="a", title="A", file=name)

    found = prepare([exhibit], tmp_path, converter=None).findings

    assert [f.code for f in found] == [code]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_links_to_nowhere_and_pipes_are_named_for_what_they_are(tmp_path: Path) -> None:
    """Neither is 'no such file', and neither is waited for."""
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "gone.pdf")
    exhibits = [Exhibit(id=n, title=n, file=f"{n}.pdf") for n in ("pipe", "link")]

    found = prepare(exhibits, tmp_path, converter=None).findings

    assert [f.code for f in found] == ["X115", "X116"]
