"""Papers finished in Word, without LibreOffice: edited, saved as PDF, signed, sent."""

import io
import re
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest

from nkdocs.documents.wordfile import W
from tests.packet.papers import (
    Book,
    contents,
    demo,
    edit,
    lines_of,
    listed,
    nkdocs,
    plain,
    read,
    save_from_word,
    texts,
    written,
)

LETTER, DECLARATION = "supervisory-review", "asylum-declaration"
RULE = "The decision does not mention the medical letter"


def changed(file: Path, begins: str, text: str) -> None:
    """Give the one paragraph that begins so another text, as Word would."""
    document: Any = docx.Document(str(file))
    found = [p for p in document.paragraphs if p.text.startswith(begins)]
    assert len(found) == 1, begins
    for run in found[0].runs[1:]:
        run.text = ""
    found[0].runs[0].text = text
    document.save(str(file))


def cites(book: Book) -> list[tuple[str, int]]:
    """Return what each link of the letter prints, and the number of the page it opens."""
    return [(h.words.strip("().;, "), book.feet[h.to]) for h in book.hops if h.page < book.lead]


@pytest.fixture(scope="module")
def final(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo case with letter and declaration filled for signature, and PDFs by Word."""
    case = demo(tmp_path_factory.mktemp("word") / "demo")
    said = nkdocs("fill", case, LETTER, DECLARATION, "--as", "for-signature")
    assert said.code == 0, said.err
    for name in (LETTER, DECLARATION):
        save_from_word(case, name)
    return case


@pytest.fixture
def case(final: Path, tmp_path: Path) -> Path:
    """Return a copy of that case of the test's own."""
    return Path(shutil.copytree(final, tmp_path / "demo"))


def test_a_final_needs_no_libreoffice_where_word_made_the_pdf(case: Path) -> None:
    """The PDF of the same words is used, as it is, and stays as it is."""
    theirs = (case / f"out/{LETTER}.pdf").read_bytes()

    said = nkdocs("build", case, "review", "--as", "final")
    book = read((case / "out/review/packet.pdf").read_bytes())

    assert said.code == 0, said.err
    assert "you, from Word" in said.err
    assert (case / f"out/{LETTER}.pdf").read_bytes() == theirs
    assert book.lead == len(texts(theirs))
    assert len(cites(book)) >= 8
    assert all(words.endswith(f" at {to}") for words, to in cites(book) if " at " in words)


def test_a_pdf_of_other_words_is_told_kept_and_not_used(case: Path) -> None:
    """After an edit the old PDF says something else: a final needs another, a draft says so."""
    changed(case / f"out/{LETTER}.docx", RULE, "Counsel wrote another sentence here.")
    theirs = (case / f"out/{LETTER}.pdf").read_bytes()

    refused = nkdocs("build", case, "review", "--as", "final")
    drafted = nkdocs("build", case, "review")

    assert refused.code == 3
    assert drafted.code == 0
    assert "F003" in drafted.err
    assert (case / f"out/{LETTER}.pdf").read_bytes() == theirs
    said = " ".join(texts((case / "out/review/packet.pdf").read_bytes()))
    assert "Counsel wrote another sentence here." in said
    assert RULE not in said


def test_fill_tells_of_a_pdf_it_leaves_alone(case: Path) -> None:
    """The PDF of somebody else is not replaced without a word."""
    (case / f"out/{LETTER}.pdf").write_bytes(written("Something else."))

    said = nkdocs("fill", case, LETTER, "--pdf")

    assert said.code == 0
    assert "F003" in said.err
    assert texts((case / f"out/{LETTER}.pdf").read_bytes()) == ["Something else."]


def test_an_edit_survives_and_its_cites_move_with_the_pages(case: Path) -> None:
    """A cite cut in runs, one bold, moves in place; what counsel wrote and the backup stay."""
    file = case / f"out/{LETTER}.docx"
    changed(file, RULE, "Counsel wrote another sentence here.")
    in_pieces(file, "Tab\u00a0D\u00a0at\u00a013")
    before = file.read_bytes()
    listed(case, "review", lambda ids: ["i-589-receipt", *ids])

    said = nkdocs("build", case, "review")
    book = read((case / "out/review/packet.pdf").read_bytes())

    assert said.code == 0, said.err
    assert (case / f"out/{LETTER}.edited-1.docx").read_bytes() == before
    assert "typed by hand" not in said.err
    letter = plain(" ".join(lines_of(file.read_bytes())))
    assert "Counsel wrote another sentence here." in letter
    assert "Tab E at 15" in letter
    assert ("Tab E at 15", 15) in cites(book)
    assert all(words.endswith(f" at {to}") for words, to in cites(book) if " at " in words)
    assert nkdocs("build", case, "review").code == 0
    assert not (case / f"out/{LETTER}.edited-2.docx").exists()


def in_pieces(file: Path, cite: str) -> None:
    """Cut a printed cite into three runs, the middle one bold."""
    document: Any = docx.Document(str(file))
    found = [p for p in document.paragraphs if cite in p.text]
    assert len(found) == 1, cite
    whole, at = found[0].text, found[0].text.index(cite)
    for run in found[0].runs[1:]:
        run.text = ""
    found[0].runs[0].text = whole[: at + 2]
    found[0].add_run(whole[at + 2 : at + 6]).bold = True
    found[0].add_run(whole[at + 6 :])
    document.save(str(file))


def test_a_cite_typed_by_hand_is_linked_and_told_once(case: Path) -> None:
    """What nkdocs printed twice is no cite by hand; what was typed is, and opens its page."""
    changed(case / f"out/{LETTER}.docx", RULE, "See Tab A at 6, and the whole of Tab D.")

    said = nkdocs("build", case, "review")
    book = read((case / "out/review/packet.pdf").read_bytes())

    typed = [line.rpartition(": ")[2] for line in said.err.splitlines() if "by hand" in line]
    assert sorted(typed) == ["Tab A at 6", "Tab D"]
    assert ("Tab A at 6", 6) in cites(book)
    assert ("Tab D", 12) in cites(book)


def test_a_cite_of_an_exhibit_that_left_the_filing_stops_the_final(case: Path) -> None:
    """Exit 6 with L601, and nothing is written."""
    changed(case / f"out/{LETTER}.docx", RULE, "Counsel wrote another sentence here.")
    listed(case, "review", lambda ids: [e for e in ids if e != "volunteer-hours"])
    save_from_word(case, LETTER)
    before = contents(case)

    said = nkdocs("build", case, "review", "--as", "final")

    assert said.code == 6
    assert "L601" in said.err
    assert contents(case) == before


def test_an_edited_draft_becomes_a_final_only_without_its_blanks(tmp_path: Path) -> None:
    """A blank stops it (L005, exit 6); once it is filled in, the draft's marks go by themselves."""
    case = demo(tmp_path / "demo")
    edit(case, "  respond_by: 2026-12-18\n  meeting_requested", "  meeting_requested")
    file = case / f"out/{LETTER}.docx"
    assert nkdocs("fill", case, LETTER).code == 0
    changed(file, RULE, "Counsel wrote another sentence here.")
    before = contents(case)

    refused = nkdocs("build", case, "review", "--as", "final")
    untouched = contents(case) == before
    fill_in(file, "December 18, 2026")
    save_final_from_word(case)
    said = nkdocs("build", case, "review", "--as", "final")

    assert refused.code == 6
    assert refused.err.count("L005") == 1
    assert untouched
    assert said.code == 0, said.err
    pages = texts((case / "out/review/packet.pdf").read_bytes())
    assert "Counsel wrote another sentence here." in " ".join(pages)
    assert not [p for p in pages if "DRAFT" in p or "tear it off" in p]


def fill_in(file: Path, text: str) -> None:
    """Type over the one blank of a draft; the yellow stays, as it does in Word."""
    document: Any = docx.Document(str(file))
    blanks = [
        run
        for run in document.element.body.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}highlight") is not None
    ]
    assert len(blanks) == 1
    blanks[0].find(f"{W}t").text = text
    document.save(str(file))


def save_final_from_word(case: Path) -> None:
    """Save the PDF of an edited draft as an attorney does who took out the draft's marks."""
    said = lines_of((case / f"out/{LETTER}.docx").read_bytes())
    start = next(n for n, line in enumerate(said) if line.startswith("November 20, 2026"))
    lines = [line for line in said[start:] if "DRAFT" not in line]
    (case / f"out/{LETTER}.pdf").write_bytes(written(*lines))


@pytest.fixture(scope="module")
def signed(final: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return that case with its declaration printed from Word, signed, and taken in."""
    case = Path(shutil.copytree(final, tmp_path_factory.mktemp("signed") / "demo"))
    printed = nkdocs("fill", case, DECLARATION, "--as", "for-signature", "--pdf")
    assert printed.code == 0, printed.err
    pages = len(texts((case / f"out/{DECLARATION}.pdf").read_bytes()))
    scan = case / "scan.pdf"
    scan.write_bytes(written("A page signed in ink.", pages=pages))
    said = nkdocs("sign", case, DECLARATION, "--scan", scan, "--on", "2026-11-18")
    assert said.code == 0, said.err
    return case


def test_a_scan_of_other_length_is_refused(final: Path, tmp_path: Path) -> None:
    """One page short of what Word printed: exit 8, nothing frozen."""
    case = Path(shutil.copytree(final, tmp_path / "demo"))
    assert nkdocs("fill", case, DECLARATION, "--as", "for-signature", "--pdf").code == 0
    (case / "scan.pdf").write_bytes(written("A page signed in ink.", pages=2))

    said = nkdocs("sign", case, DECLARATION, "--scan", case / "scan.pdf", "--on", "2026-11-18")

    assert said.code == 8
    assert "has 2 pages" in said.err
    assert not (case / "signed").exists()


def test_a_paragraph_is_cited_the_same_before_and_after_signing(
    final: Path, signed: Path, tmp_path: Path
) -> None:
    """Number and page stay; before, the text stands there, after, the page of the scan."""
    books, printed = [], []
    for at, source in enumerate((final, signed)):
        case = Path(shutil.copytree(source, tmp_path / str(at) / "demo"))
        listed(case, "review", lambda ids: ["declaration", *ids])
        edit(case, f"document: {DECLARATION}, audience: [court]",
             f"document: {DECLARATION}, audience: [court, opla]")  # fmt: skip
        edit(case, "  urgency: The", "  urgency: See [@declaration, arrest-2006]. The")
        assert nkdocs("fill", case, LETTER, "--as", "for-signature").code == 0
        save_from_word(case, LETTER)
        said = nkdocs("build", case, "review", "--as", "for-signature")
        assert said.code == 0, said.err
        books.append(read((case / "out/review/packet.pdf").read_bytes()))
        printed.append([c for c in cites(books[-1]) if "\u00b6" in c[0]])

    assert printed[0] == printed[1]
    assert len(printed[0]) == 1
    number = printed[0][0][1]
    before, after = (b.texts[b.lead + number - 1] for b in books)
    assert "wo men from the security department came at night" in before
    assert after.startswith("A page signed in ink.")


def test_an_answer_changed_after_signing_stops_the_final(signed: Path, tmp_path: Path) -> None:
    """L423 names the answer; the sworn text is never made anew."""
    case = Path(shutil.copytree(signed, tmp_path / "demo"))
    edit(case, "They wore no uniform, but they showed", "They wore no uniform, and they showed")

    said = nkdocs("build", case, "evidence", "--as", "final")

    assert said.code == 6
    assert "L423 events.arrest-2006.who" in said.err
    assert re.search(r"answers\.yaml:\d+:\d+: L423", said.err)


def test_what_was_sent_is_frozen_and_cited_as_filed(signed: Path, tmp_path: Path) -> None:
    """The same filing is never built again; a later letter cites it by day and filed number."""
    case = Path(shutil.copytree(signed, tmp_path / "demo"))
    built = nkdocs("build", case, "evidence", "--as", "final")
    packet = case / "out/evidence/exhibits.pdf"
    bundle = read(packet.read_bytes())

    sent = nkdocs("sent", case, "evidence", packet, "--on", "2026-11-19", "--channel", "ecas")
    told = "See [@settlement-record, 2] and [@clinic-letter, 2]."
    edit(case, "  urgency: The", f"  urgency: {told} The")
    again = nkdocs("build", case, "evidence")
    later = nkdocs("build", case, "review")

    assert (built.code, sent.code, again.code, later.code) == (0, 0, 5, 0)
    assert (case / "served/evidence.pdf").read_bytes() == packet.read_bytes()
    page = bundle.texts.index(next(t for t in bundle.texts if t.startswith("TAB C "))) + 3
    letter = plain(" ".join(texts((case / "out/review/packet.pdf").read_bytes())))
    assert f"Resp\u2019t\u2019s Exs., Tab C at {page}, filed November 19, 2026" in letter
    assert letter.count("filed November 19, 2026") == 1  # the clinic's letter is in this filing too
    assert "and Tab C at 11" in letter


def test_the_word_file_is_read_whole() -> None:
    """The reader of these tests sees what stands in headers, tables and text alike."""
    document = docx.Document()
    document.add_paragraph("body")
    document.add_table(1, 1).cell(0, 0).text = "cell"
    document.sections[0].header.paragraphs[0].text = "head"
    out = io.BytesIO()
    document.save(out)

    assert lines_of(out.getvalue()) == ["body", "cell", "head"]
