"""Exhibits and filings in the interview: chosen, changed, moved, taken out and put back."""

import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from fpdf import FPDF

from nkdocs import cases
from nkdocs.answers import validate
from nkdocs.case import Case
from nkdocs.errors import AnswersError
from nkdocs.interview.load import with_entries
from nkdocs.interview.spec import Catalogue
from nkdocs.packet.desk import Shelf, desk_for, shelf_of
from nkdocs.ui import changes, single
from nkdocs.ui.book import Book
from nkdocs.ui.entries import Entries
from nkdocs.ui.plain import PlainPrompter
from nkdocs.ui.prompter import Ask, Command, Do, Option
from nkdocs.ui.session import Session
from tests.ui.talk import FakePrompter

HAND = """answers: 1  # by hand
meta: {as_of: 2026-11-20}
exhibits:
- {id: id-card, title: "Card: of residence", file: exhibits/id.pdf, audience: [court]}   # kept

- id: letter
  title: A letter   # two lines
  file: exhibits/letter.pdf
people:
- {id: park, name: Park Min-ji, role: translator}
"""
Opening = Callable[..., Book]


def pdf(file: Path, *pages: str) -> None:
    """Write a PDF whose pages say *pages*."""
    made = FPDF()
    made.set_font("helvetica")
    for text in pages:
        made.add_page()
        made.cell(text=text)
    file.write_bytes(bytes(made.output()))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Return what every case takes from the templates that ship, read once."""
    folder = tmp_path_factory.mktemp("any")
    return shelf_of(Case(folder / "answers.yaml", folder))


@pytest.fixture(scope="module")
def asked(shelf: Shelf) -> Catalogue:
    """Return the questions of the templates, with those about exhibits and filings."""
    return with_entries(shelf.catalogue, shelf.templates)


@pytest.fixture
def opened(tmp_path: Path, shelf: Shelf, asked: Catalogue) -> Opening:
    """Return what opens a case with three files, of which two are listed."""
    case = tmp_path / "seo"
    (case / "exhibits").mkdir(parents=True)
    pdf(case / "exhibits" / "id.pdf", "Resident card")
    pdf(case / "exhibits" / "letter.pdf", "Dear Judge,", "second")
    pdf(case / "exhibits" / "2024-03-02 Declaration of Kim.pdf", "I, Kim, declare", "b", "c")

    def open_it(more: str = "", *, client_view: bool = False) -> Book:
        (case / "answers.yaml").write_text(HAND + more, "utf-8")
        opened = cases.find(case)
        desk = desk_for(opened, opened.load(), shelf)
        letter = [desk.catalogue.documents["pd-request"]]
        entries = Entries(desk)
        return Book(desk.case, asked, letter, client_view=client_view, entries=entries)

    return open_it


def text_of(book: Book) -> str:
    """Return the answers file as it stands on the disk."""
    return book.case.file.read_text("utf-8")


def walk(book: Book, *script: tuple[str, object]) -> FakePrompter:
    """Jump to the exhibits, do what *script* says there, and leave."""
    jump = Command(Do.JUMP, "Exhibits")
    done = [("", jump), *script, ("Which exhibits are there", KeyboardInterrupt())]
    prompter = FakePrompter(done)
    with pytest.raises(KeyboardInterrupt):
        Session(book, prompter).run()
    return prompter


def test_files_that_are_not_listed_come_first_with_pages_and_a_line(opened: Opening) -> None:
    """The picker shows what a file is before it is opened by anybody."""
    prompter = walk(opened(), ("Which exhibits are there", "add"), ("Which file is it", ""))

    menu = prompter.menus[0]
    assert menu[0] == "exhibits/2024-03-02 Declaration of Kim.pdf · 3 pages · I, Kim, declare"
    assert "exhibits/id.pdf · 1 page · Resident card" in menu[1:]


def test_file_brings_title_and_date_and_every_other_byte_stays(opened: Opening) -> None:
    """Only lines are added; the entry is whole from its first answer on."""
    book = opened()
    file = "exhibits/2024-03-02 Declaration of Kim.pdf"

    walk(
        book,
        ("Which exhibits are there", "add"),
        ("Which file is it", file),
        ("What is it called", ""),
        ("What is its date", ""),
        ("In which language", "Korean"),
        ("Which file is the English", "exhibits/letter.pdf"),
        ("certificate", ""),
        ("Who translated", "park"),
        ("Which of its pages", "1-2"),
        ("What does it show", "The arrest."),
        ("Under which heading", ""),
        ("Who issued", ""),
        ("about the country", ""),
        ("Who may receive", ("court", "opla")),
    )

    made = validate.exhibits(book.case.load())[-1]
    assert (made.id, made.title, made.date) == (
        "declaration-of-kim", "Declaration of Kim", "2024-03-02"
    )  # fmt: skip
    assert (made.file, made.pages, made.translator) == (file, (1, 2), "park")
    assert made.audience == ("court", "opla")
    left = [line for line in text_of(book).splitlines() if line in HAND.splitlines()]
    assert left == HAND.splitlines()
    assert not validate.entry_faults(book.case.load())


def test_exhibit_left_at_once_is_in_no_file(opened: Opening) -> None:
    """Whoever begins an exhibit and names no file has changed nothing."""
    book = opened()

    walk(
        book,
        ("Which exhibits are there", "add"), ("Which file is it", ""), ("Or which document", ""),
    )  # fmt: skip

    assert text_of(book) == HAND


def test_document_can_be_an_exhibit(opened: Opening) -> None:
    """A document of the case needs neither file nor title."""
    book = opened()

    walk(
        book,
        ("Which exhibits are there", "add"), ("Which file is it", ""),
        ("Or which document", "asylum-declaration"), ("What is it called", ""),
    )  # fmt: skip

    made = validate.exhibits(book.case.load())[-1]
    assert (made.id, made.document) == ("asylum-declaration", "asylum-declaration")


def test_exhibit_taken_out_comes_back_byte_for_byte(opened: Opening) -> None:
    """Undo brings back the hand-edited line with its comment."""
    book = opened()

    walk(
        book,
        ("Which exhibits are there", "delete"), ("Which one", "0"), ("", "yes"),
        ("Which exhibits are there", "back"),
    )  # fmt: skip

    assert text_of(book) == HAND


NAMED = """filings:
- {id: pd, recipient: opla, lead: pd-request, exhibits: [id-card, letter]}
pd: {theory: "She was fined, see [@letter, 2]."}
"""


def test_what_other_answers_name_is_said_before_it_is_taken_out(opened: Opening) -> None:
    """The filing that lists an exhibit and the text that cites it are named; all stay."""
    book = opened(NAMED)

    letter = walk(book, ("Which exhibits are there", "delete"), ("Which one", "1"), ("", ""))
    card = walk(book, ("Which exhibits are there", "delete"), ("Which one", "0"), ("", ""))

    assert "Other answers name it: filings.pd.exhibits, pd.theory" in letter.hints
    assert "Other answers name it: filings.pd.exhibits" in card.hints
    assert text_of(book) == HAND + NAMED


def test_exhibits_can_be_moved_and_changed(opened: Opening) -> None:
    """Order is the order of tabs; a change touches its own line alone."""
    book = opened()

    walk(
        book,
        ("Which exhibits are there", "move"), ("Which one", "1"), ("Before which", "0"),
        ("Which exhibits are there", "change"), ("Which one", "0"),
        ("Which file is it", ""), ("What is it called", "The letter"),
    )  # fmt: skip

    assert [e.id for e in validate.exhibits(book.case.load())] == ["letter", "id-card"]
    assert "  title: The letter   # two lines\n" in text_of(book)
    assert "audience: [court]}   # kept\n" in text_of(book)


def test_path_that_leads_nowhere_or_outside_is_refused(opened: Opening) -> None:
    """A typed path is one of the case's folder; the nearest name is proposed."""
    book = opened()
    prompter = walk(
        book,
        ("Which exhibits are there", "add"),
        ("Which file is it", "exhibits/lettre.pdf"),
        ("Which file is it", "../secret.pdf"),
        ("Which file is it", ""),
    )

    told = " ".join(prompter.shown)
    assert "did you mean 'exhibits/letter.pdf'?" in told
    assert "leads out of the case folder" in told
    assert text_of(book) == HAND


def test_file_that_cannot_be_opened_says_so_in_its_line(opened: Opening) -> None:
    """A protected PDF is listed with the reason, and stops nothing."""
    book = opened()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(
            book.case.folder / "exhibits" / "locked.pdf",
            encryption=pikepdf.Encryption(owner="y", user="x"),
        )

    prompter = walk(book, ("Which exhibits are there", "add"), ("Which file is it", ""))

    line = next(line for line in prompter.menus[0] if "locked.pdf" in line)
    assert line == "exhibits/locked.pdf · a password is needed to open it"


def test_plain_picker_narrows_by_parts_and_takes_numbers_and_paths() -> None:
    """Typing a part shows what fits; one that fits, a number of what is shown, a path end it."""
    options = [Option("exhibits/a.pdf", "exhibits/a.pdf · 1 page · Letter of the clinic"),
               Option("exhibits/b.pdf", "exhibits/b.pdf · 2 pages · Letter of a friend"),
               Option("exhibits/c.jpg", "exhibits/c.jpg · 1 page")]  # fmt: skip

    def typed(*lines: str) -> tuple[object, str]:
        rest, said = list(lines), list[str]()
        prompter = PlainPrompter(lambda: rest.pop(0), said.append)
        found = prompter.pick(Ask("Which file?"), options, lambda t: "no" if t == "x" else None)
        return found, "\n".join(said)

    assert typed("friend")[0] == "exhibits/b.pdf"
    assert typed("letter", "2")[0] == "exhibits/b.pdf"
    assert typed("3")[0] == "exhibits/c.jpg"
    assert typed("x", "scans/new.pdf")[0] == "scans/new.pdf"
    assert typed("letter", "1")[1].count("c.jpg") == 1
    assert typed("<")[0] == Command(Do.BACK)


def test_set_and_json_do_the_same(opened: Opening) -> None:
    """Another front end adds, moves and deletes by path, and gets the files to choose from."""
    book = opened()
    step = single.wanted(book, asked="exhibits.+")
    assert step is not None
    told = json.loads(json.dumps(single.told(book, step)))
    file = told["choices"][0]["key"]
    assert (told["path"], told["way"]) == ("exhibits.+.file", "pick")

    path = changes.make(book, changes.read(book, "exhibits.+.file", file))
    changes.make(book, changes.read(book, "exhibits.declaration-of-kim", "before letter"))
    changes.make(book, changes.read(book, "exhibits.id-card", "-"))
    following = single.wanted(book, after=path)

    assert path == "exhibits.declaration-of-kim.file"
    assert [e.id for e in validate.exhibits(book.case.load())] == ["declaration-of-kim", "letter"]
    assert following is not None
    assert following.path == "exhibits.declaration-of-kim.title"


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        ("exhibits.+.file", "exhibits/none.pdf", "no such file"),
        ("exhibits.id-card.pages", "some", "write pages as 1-6, 9"),
        ("exhibits.+.document", "nothing", "There is no such document"),
        ("filings.+.venue", "nowhere", "There is no such venue"),
        ("exhibits.id-card", "before nobody", "is an item of a list"),
    ],
)
def test_entry_that_would_be_broken_is_refused(
    opened: Opening, path: str, value: str, why: str
) -> None:
    """What the form of an entry does not allow is never saved."""
    book = opened()

    with pytest.raises(AnswersError, match=why):
        changes.read(book, path, value)

    assert text_of(book) == HAND


def test_entry_begins_with_what_makes_it_one(opened: Opening) -> None:
    """A title alone is no exhibit: the error says so and the file stays."""
    book = opened()

    with pytest.raises(AnswersError, match="cannot begin with title"):
        changes.make(book, changes.read(book, "exhibits.+.title", "Letter"))

    assert text_of(book) == HAND


def test_filing_is_made_from_known_recipients_and_exhibits(opened: Opening) -> None:
    """Recipient, venue and lead are chosen among what there is; exhibits by their ids."""
    book = opened()
    jump = Command(Do.JUMP, "Filings")
    script = [
        ("", jump), ("Which filings", "add"), ("Who receives", "opla-new-york"),
        ("Whose rules", "opla-email"), ("Which document leads", "pd-request"),
        ("called on its cover", ""), ("Which exhibits does it hold", "letter, id-card"),
        ("How is it served", "email"), ("Which filings", KeyboardInterrupt()),
    ]  # fmt: skip
    with pytest.raises(KeyboardInterrupt):
        Session(book, FakePrompter(script)).run()

    made = validate.filings(book.case.load())[-1]
    assert (made.id, made.venue, made.lead) == ("opla-new-york", "opla-email", "pd-request")
    assert made.exhibits == ("letter", "id-card")


def test_nothing_of_exhibits_counts_as_open(opened: Opening, shelf: Shelf) -> None:
    """Exhibits are gone through by who wants to: no count and no order of questions changes."""
    book = opened()
    bare = Book(book.case, shelf.catalogue, [shelf.catalogue.documents["pd-request"]])

    assert [s.path for s in book.plan.open] == [s.path for s in bare.plan.open]
    assert not any(s.question.section == "filings" for s in opened(client_view=True).plan.steps)
