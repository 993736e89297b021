"""Cites of an edited document are brought up to date in place, and nothing else is touched."""

import pytest

from nkdocs.citations.pagemap import Entry, PageMap, Run
from nkdocs.documents.edited import leftovers, listed, refresh, unmark, yellow
from nkdocs.documents.marks import PrintedCite
from tests.documents.letters import (
    changed,
    filled,
    members,
    page_map,
    said,
    template,
    with_chunk,
)

BODY = "word/document.xml"
YELLOW = '<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr>'
OLD = page_map(report=4, letter=2)  # Tab A: sheet 3, pages 4-7; Tab B: sheet 8, pages 9-10
NEW = page_map(new=5, report=4, letter=2)  # everything 6 pages later, one tab later


def recorded(*pairs: tuple[str, str]) -> list[PrintedCite]:
    """Return recorded cites."""
    return [PrintedCite(written, printed) for written, printed in pairs]


REPORT = ("[@report, 3]", "Tab\u00a0A\u00a0at\u00a06")
LETTER = ("[@letter, 1]", "Tab\u00a0B\u00a0at\u00a09")
WHOLE = ("[@report]", "Tab\u00a0A")
RANGE = ("[@report, 1-2]", "Tab\u00a0A\u00a0at\u00a04\u20135")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("See Tab A at 6.", "See Tab B at 12."),
        ("See Tab\u00a0A\u00a0at\u00a06; Tab B at 9.", "See Tab B at 12; Tab C at 15."),
        ("Tab A and Tab A at 6", "Tab B and Tab B at 12"),
        ("Tab A at 4\u20135", "Tab B at 10\u201311"),
        ("Tab A at 4-5", "Tab B at 10\u201311"),
        ("Tab A at 61, Tab AA at 6, Tab A at 6-9", "Tab A at 61, Tab AA at 6, Tab A at 6-9"),
        ("Tab A at 6a; xTab A at 6", "Tab A at 6a; xTab A at 6"),
        ("Resp\u2019t\u2019s Exs., Tab A at 6", "Resp\u2019t\u2019s Exs., Tab A at 6"),
        ("Nothing cited.", "Nothing cited."),
    ],
)  # fmt: skip
def test_a_printed_cite_moves_with_its_page(before: str, after: str) -> None:
    """Only where it stands by itself: never within a longer cite, nor of an earlier filing."""
    docx = filled(template(before)).docx

    now = refresh(docx, recorded(REPORT, LETTER, WHOLE, RANGE), [NEW], "x")

    assert said(now.docx)[0].replace("\u00a0", " ") == after
    assert (now.docx == docx) is (before == after)


def test_two_cites_that_change_places_both_move() -> None:
    """What one becomes is not taken for the other."""
    docx = filled(template("Tab A at 4, then Tab B at 9.")).docx
    swapped = page_map(letter=4, report=2)

    now = refresh(docx, recorded(("[@report, 1]", "Tab A at 4"), ("[@letter, 1]", "Tab B at 9")),
                  [swapped], "x")  # fmt: skip

    assert said(now.docx)[0].replace("\u00a0", " ") == "Tab B at 9, then Tab A at 4."


def test_a_range_that_goes_over_into_another_volume_is_brought_up_to_date_both_ways() -> None:
    """What was one cite becomes one to each volume, and one again when all fits in one file."""
    docx = filled(template("See Tab A at 4\u20137 there.")).docx
    parts = (Run("main", 4, (1, 2)), Run("main", 9, (3, 4)))
    cut = PageMap("f", (Entry("report", "A", "R", parts, 3),), 10, volumes=(5, 10))
    whole = "[@report, 1-4]"

    over = refresh(docx, recorded((whole, "Tab A at 4\u20137")), [cut], "x")
    back = refresh(over.docx, over.cites, [OLD], "x")

    said_over, said_back = (said(r.docx)[0].replace("\u00a0", " ") for r in (over, back))
    assert said_over == "See Vol. 1, Tab A at 4\u20135; Vol. 2, Tab A at 9\u201310 there."
    assert said_back == "See Tab A at 4\u20137 there."
    assert refresh(over.docx, over.cites, [cut], "x").docx == over.docx


def test_a_cite_across_runs_moves_and_keeps_the_runs() -> None:
    """Word cuts text into runs where it likes."""
    docx = changed(
        filled(template("See Tab A at 6 there.")).docx, BODY, "Tab A at 6",
        'Tab</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve"> A </w:t></w:r>'
        "<w:r><w:t>at 6",
    )  # fmt: skip

    now = refresh(docx, recorded(REPORT), [NEW], "x")

    assert said(now.docx)[0].replace("\u00a0", " ") == "See Tab B at 12 there."
    assert now.changed


def test_a_cite_in_deleted_text_is_left_alone() -> None:
    """A tracked deletion is not the document's text."""
    gone = "<w:del><w:r><w:delText>Tab A at 6</w:delText></w:r></w:del>"
    docx = changed(filled(template("Text.")).docx, BODY, "</w:p>", f"{gone}</w:p>")

    now = refresh(docx, recorded(REPORT), [NEW], "x")

    assert now.gone == (REPORT[1],)
    assert now.docx == docx


def test_a_cite_that_leads_nowhere_is_kept_on_record() -> None:
    """It is told each time, until it is mended."""
    docx = filled(template("Tab A at 6 and Tab B at 9")).docx
    without = page_map(report=4)

    now = refresh(docx, recorded(REPORT, LETTER), [without], "x")

    assert [old for old, _ in now.unclear] == [LETTER[1]]
    assert {c.written for c in now.cites} == {REPORT[0], LETTER[0]}


def test_one_print_of_two_cites_that_part_is_not_guessed() -> None:
    """Which of them stood where cannot be known: it is told, and left as it is."""
    docx = filled(template("Tab A at 6")).docx
    other = ("[@letter, 1]", REPORT[1])

    now = refresh(docx, recorded(REPORT, other), [NEW], "x")

    assert [old for old, _ in now.unclear] == [REPORT[1]]
    assert said(now.docx) == ["Tab A at 6"]


def test_a_cite_to_an_earlier_filing_stays() -> None:
    """Its printed words come from the frozen page map."""
    earlier = page_map("first", "filed March 2, 2024", report=4)
    words = "Resp\u2019t\u2019s Exs., Tab\u00a0A\u00a0at\u00a06, filed March 2, 2024"
    docx = filled(template(f"See {words}.")).docx

    now = refresh(docx, recorded(("[@report, 3]", words)), [page_map(letter=2), earlier], "x")

    assert now.docx == docx
    assert not now.unclear


def test_an_unplaced_cite_gets_its_place_and_loses_its_mark() -> None:
    """What a draft printed as a blank is filled in when the filing knows it."""
    made = filled(template("See {{ cite('report', 3) }}."))

    now = refresh(made.docx, list(made.cites), [OLD], "x")

    assert said(now.docx)[0].replace("\u00a0", " ") == "See Tab A at 6."
    assert list(leftovers(now.docx, "x")) == []


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        ("<w:r><w:t>{{ case.court }}</w:t></w:r>", "a template tag"),
        (f"{YELLOW}<w:t>[Which court?]</w:t></w:r>", "an open blank"),
        (f"{YELLOW}<w:t>[Which </w:t></w:r>{YELLOW}<w:t>court?]</w:t></w:r>", "an open blank"),
        ("<w:r><w:t>in [Where does this person live?] now</w:t></w:r>", "an open blank"),
        ("<w:r><w:t>a half }} left</w:t></w:r>", "a template tag"),
        ("<w:r><w:t>a half {{ left</w:t></w:r>", "a template tag"),
        ("<w:r><w:t>a half %} left</w:t></w:r>", "a template tag"),
        ("<w:r><w:t>\uff5b\uff5b x \uff5d\uff5d</w:t></w:r>", "a template tag"),
        ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "a tracked change"),
        ("<w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "a tracked change"),
        ("<w:r><w:t>DRAFT \u2013 not for signature or filing</w:t></w:r>", "the mark of a draft"),
    ],
)  # fmt: skip
def test_what_a_final_may_not_hold_is_told_with_its_paragraph(xml: str, what: str) -> None:
    """Also what LibreOffice would print although it was deleted."""
    docx = changed(filled(template("One.", "Body| ")).docx, BODY, "</w:body>",
                   f"<w:p>{xml}</w:p></w:body>")  # fmt: skip

    assert what in {said for _, said in leftovers(docx, "x", {"Where does this person live?"})}


def test_what_is_left_in_a_header_is_told_with_the_name_of_its_part() -> None:
    """Paragraphs are counted in each part by itself."""
    docx = filled(template("One.", header="Of {{ client.name }}.")).docx
    part = next(name for name in members(docx) if name.startswith("word/header") and b"Of " in
                members(docx)[name])  # fmt: skip
    docx = changed(docx, part, "Of ", "Of {{ x }} ")

    told = [spot for spot, what in leftovers(docx, "x") if what == "a template tag"]

    assert [where for where, _ in told] == ["header"]
    assert listed([("", 3), *told, ("", 7)]) == f"paragraph 3, 7; header, paragraph {told[0][1]}"


def test_a_document_that_word_would_take_in_is_told_with_its_place() -> None:
    """Its text is in no PDF of ours, and in the letter when Word opens it."""
    docx = with_chunk(filled(template("One.", "Two.")).docx)

    assert [told for told in leftovers(unmark(docx, "x"), "x") if "altChunk" in told[1]] == [
        (("", 2), "a document that Word takes in (altChunk word/chunk.html)")
    ]


def test_a_blank_that_somebody_filled_in_loses_its_yellow() -> None:
    """In Word what is written over a blank keeps the blank's look."""
    made = filled(template("<i>Court: {{ case.court }}, here.</i>")).docx
    question = said(made)[0].partition("[")[2].partition("]")[0]
    typed = changed(made, BODY, f"[{question}]", "New York")

    assert "<w:highlight" in members(unmark(made, "x"))[BODY].decode()
    assert "<w:highlight" not in members(unmark(typed, "x"))[BODY].decode()
    assert "<w:noProof" not in members(unmark(typed, "x"))[BODY].decode()
    assert members(unmark(typed, "x"))[BODY].decode().count("<w:i/>") == 3


def test_the_attorneys_own_brackets_and_yellow_stay_hers() -> None:
    """A bracket without yellow, and yellow without a bracket, are no blanks of ours."""
    own = f"{YELLOW}<w:t>look here</w:t></w:r></w:p>"
    docx = changed(filled(template("She said [sic] so.")).docx, BODY, "</w:p>", own)

    assert list(leftovers(docx, "x")) == []
    assert list(yellow(unmark(docx, "x"), "x")) == [(("", 1), "look here")]
