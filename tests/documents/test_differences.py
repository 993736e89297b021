"""What changed between two versions of a letter is told in words."""

import pytest

from nkdocs.documents.differences import changes
from nkdocs.documents.fill import as_draft
from nkdocs.errors import TemplateError
from tests.documents.letters import changed, filled, members, template

OLD = (
    "Dear Counsel:",
    "She was arrested in the winter of 2006, see Tab\u00a0C at\u00a041, and held for eleven days.",
    "Nothing of this is disputed.",
    "She asks for administrative closure.",
    "Respectfully submitted,",
)


def letter(*lines: str, header: str = "") -> bytes:
    """Return a letter of these paragraphs."""
    return filled(template(*lines, header=header)).docx


def told(old: bytes, new: bytes) -> list[str]:
    """Return the changes, in words."""
    return [str(change) for change in changes(old, new, ("old.docx", "new.docx"))]


def test_the_same_letter_has_no_changes() -> None:
    """Neither has a draft of it, whose marks are its own."""
    made = letter(*OLD)

    assert told(made, made) == []
    assert told(made, as_draft(made, [], "A letter")) == []
    assert told(as_draft(made, None, "A letter"), made) == []


@pytest.mark.parametrize(
    ("line", "new", "said"),
    [
        (3, "She asks the office for administrative closure.",
         ["body ¶ 4: “the office” was put in after “She asks”"]),
        (1, OLD[1].replace("2006", "2007"),
         ["body ¶ 2 (a date or number): “2006,” became “2007,” after “the winter of”"]),
        (1, OLD[1].replace("41", "43"),
         ["body ¶ 2 (a cite): “41,” became “43,” after “Tab C at”"]),
        (2, "", ["body ¶ 3 was taken out: “Nothing of this is disputed.”"]),
        (0, "Counsel:", ["body ¶ 1: “Dear” was taken out at the beginning"]),
    ],
)  # fmt: skip
def test_a_change_is_told_with_its_place_and_the_words_around_it(
    line: int, new: str, said: list[str]
) -> None:
    """Put in, taken out, become; dates, numbers and cites are pointed out."""
    lines = [new if n == line else text for n, text in enumerate(OLD)]

    assert told(letter(*OLD), letter(*filter(None, lines))) == said


def test_new_and_moved_paragraphs_are_told_as_such() -> None:
    """A paragraph that stands elsewhere now was not taken out."""
    lines = [OLD[0], OLD[2], "She has a son, who is ill.", OLD[1], *OLD[3:]]

    assert told(letter(*OLD), letter(*lines)) == [
        "body ¶ 3 is now ¶ 2: “Nothing of this is disputed.”",
        "body ¶ 3 is new: “She has a son, who is ill.”",
    ]


def test_headers_and_tables_are_compared_too() -> None:
    """Whatever part it is in."""
    table = ("[table Ruled Table: 1000]", "[row]", "Table Text| {}", "[end]")
    pair = [
        letter("Text.", *(t.format(name) for t in table), header=f"Re: {name}")
        for name in ("Seo", "Han")
    ]

    assert told(*pair) == [
        "body ¶ 2: “Seo” became “Han” at the beginning",
        "header ¶ 1: “Seo” became “Han” after “Re:”",
    ]


def test_another_style_is_no_other_word() -> None:
    """A paragraph that looks otherwise is told as that."""
    made = letter(*OLD)
    other = changed(made, "word/document.xml", 'w:val="Body"', 'w:val="Title"')

    assert told(made, other) == ["body ¶ 1 looks otherwise: Body became Title"]


def test_what_is_no_word_file_is_refused_by_name() -> None:
    """Which of the two it is."""
    with pytest.raises(TemplateError, match=r"new\.docx"):
        told(letter("x"), b"nothing")


def test_another_tab_is_a_cite() -> None:
    """Though nothing but its letter changed."""
    pair = [letter(f"See Tab\u00a0{tab}.") for tab in "AG"]

    assert told(*pair) == ["body ¶ 1 (a cite): “A.” became “G.” after “See Tab”"]


def test_a_style_that_another_program_saved_under_another_id_is_the_same() -> None:
    """LibreOffice names the ids anew; what a style is called stays, whatever its capitals."""
    made = letter(*OLD)
    new = changed(made, "word/styles.xml", '<w:name w:val="Body"', '<w:name w:val="body"')
    for part in ("word/styles.xml", "word/document.xml"):
        while b'"Body"' in members(new)[part]:
            new = changed(new, part, '"Body"', '"TextBody1"')

    assert told(made, new) == []
    assert told(made, changed(made, "word/styles.xml", 'w:val="Body"', 'w:val="Text Body"')) == []
