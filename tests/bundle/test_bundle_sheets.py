"""Cover, index of exhibits and tab sheets."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from nkdocs.bundle.index import Row, draw_index, index_pages
from nkdocs.bundle.pages import build_bundle
from nkdocs.bundle.sheets import Cover, Face, Paper, Respondent, draw_cover, span
from nkdocs.errors import ExhibitError
from tests.bundle.made import COVER, binding, exhibit, texts, triple


def cover_text(cover: Cover) -> list[str]:
    """Return the text of the pages of a cover."""
    with Paper() as paper:
        draw_cover(paper, cover, "Tabs A\u2013C, pages 1\u201340")
        return texts(paper.finished())


def rows(count: int, **more: Any) -> list[Row]:  # noqa: ANN401 - fields of Row
    """Return rows of ten pages each."""
    first = Row(tab="", title="", first=0, last=0, **more)
    return [
        replace(first, tab=f"T{n}", title=f"Exhibit {n}", first=10 * n, last=10 * n + 9)
        for n in range(1, count + 1)
    ]


def index_text(shown: list[Row]) -> list[str]:
    """Return the text of the pages of an index."""
    with Paper() as paper:
        draw_index(paper, index_pages(paper, shown), "Matter of SEO Yun Hui")
        return texts(paper.finished())


@pytest.mark.parametrize(
    "said",
    ["DETAINED", "Jordan Lee, Esq.", "EOIR ID AB000000", "IMMIGRATION COURT",
     "SEO Yun Hui (서윤희)", "File No. A000-000-021", "Hon. Dana Whitfield",
     "February 11, 2027, at 9:00 a.m.",
     "RESPONDENT\u2019S EXHIBITS", "Tabs A\u2013C, pages 1\u201340",
     "November 20, 2026"],
)  # fmt: skip
def test_cover_says(said: str) -> None:
    """Caption, filer, court, hearing, title and extent stand on the first page."""
    assert said in cover_text(COVER)[0]


def test_cover_of_a_bare_bundle_has_only_its_title() -> None:
    """Without a case there is no empty caption."""
    [page] = cover_text(Cover(title="Exhibits"))

    assert page.split("\r\n") == ["EXHIBITS", "Tabs A\u2013C, pages 1\u201340"]


def test_large_family_goes_on_over_the_page() -> None:
    """No respondent is lost."""
    family = tuple(Respondent(f"SEO Child {n}", "", f"A000-000-{n:03}") for n in range(60))

    pages = cover_text(Cover(title="Exhibits", respondents=family))

    assert len(pages) > 1
    assert all(person.a_number in "".join(pages) for person in family)


def test_cover_of_two_pages_is_counted() -> None:
    """The first tab sheet follows a longer cover with the right number; verification holds."""
    family = tuple(Respondent(f"SEO Child {n}", "", f"A000-000-{n:03}") for n in range(60))
    cover = Cover(title="Exhibits", respondents=family)

    bundle = build_bundle([exhibit("e")], replace(binding(), cover=cover))

    assert bundle.pages.entries[0].sheet == 4 + (len(cover_text(cover)) - 2)


@settings(max_examples=40)
@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=300))
def test_breaking_into_lines_loses_no_letter(text: str) -> None:
    """Every letter stands in some line, and no line is wider than asked."""
    face = Face(11)
    with Paper() as paper:
        lines = paper.broken(text, face, 120)

        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(paper.across(line, face) <= 120 for line in lines)


def test_korean_written_in_pieces_is_composed() -> None:
    """Names from macOS come apart into jamo; they are printed as syllables."""
    name = unicodedata.normalize("NFD", "서윤희")

    assert "서윤희" in cover_text(Cover(title="Exhibits", respondents=(Respondent(name),)))[0]


def test_title_that_no_font_can_print_stops_the_work_by_name() -> None:
    """The finding names the exhibit and the code point, not the title."""
    with pytest.raises(ExhibitError) as stopped:
        build_bundle([exhibit("ticket", title="Ticket 北京")], binding())

    said = str(stopped.value.faults[0])
    assert "'ticket'" in said
    assert "U+5317" in said
    assert "Ticket" not in said


def test_index_repeats_its_columns_on_every_page() -> None:
    """A reader of page 3 still knows what the columns are."""
    pages = index_text(rows(90, relevance="Shows what happened then."))

    assert len(pages) > 2
    assert all("EXHIBIT" in page and "PAGES" in page for page in pages)


def test_index_shows_every_exhibit_with_its_pages() -> None:
    """Tab, title and first to last page."""
    text = "\n".join(index_text(rows(70)))

    for row in rows(70):
        assert row.title in text
        assert span(row.first, row.last) in text


def test_index_shows_the_parts_of_a_translated_exhibit() -> None:
    """Each part is a row of its own with its pages."""
    parts = (("English translation", 11, 12), ("Certificate of translation", 13, 13))
    [page] = index_text(rows(1, parts=parts))

    assert "English translation" in page
    assert "11\u201312" in page
    assert "Certificate of translation" in page


def test_index_names_a_section_once() -> None:
    """It stands before its first exhibit; what has none after it is told apart."""
    [page] = index_text([*rows(3, section="Identity"), *rows(2)])

    assert page.count("IDENTITY") == 1
    assert page.count("OTHER EXHIBITS") == 1


def test_row_longer_than_a_page_is_not_cut_off() -> None:
    """Its last word stands on the next page."""
    pages = index_text(rows(1, relevance="word " * 2_000 + "LASTWORD"))

    assert len(pages) > 1
    assert "LASTWORD" in pages[-1]


def test_row_stays_together_when_a_page_can_hold_it() -> None:
    """Title and relevance are never parted."""
    shown = rows(40, relevance="Relevance of it. " * 12)

    for page in index_text(shown):
        assert page.count("Relevance of it.") % 12 == 0


def test_many_key_pages_wrap_and_each_is_a_link() -> None:
    """Sixty numbers are sixty places that lead to their pages."""
    key = tuple(range(1_000, 1_060))
    with Paper() as paper:
        spots = draw_index(paper, index_pages(paper, rows(1, key=key)), "")

    assert [spot.to for spot in spots if spot.to in key] == list(key)


def test_tab_sheet_lists_the_parts_of_the_exhibit() -> None:
    """Name of the tab, title, parts and their pages."""
    page = texts(build_bundle([triple("card")], binding()).data)[2]

    for said in ("TAB A", "주민등록증", "English translation", "4\u20135", "Original (Korean)"):
        assert said in page


def test_tab_sheet_holds_a_title_of_any_length() -> None:
    """It is set smaller until it fits on its one page."""
    title = "A very long title indeed " * 60

    page = texts(build_bundle([exhibit("e", title=title.strip())], binding()).data)

    assert sum("TAB A" in text for text in page) == 1
    assert page[-3].count("indeed") == 60


@pytest.mark.parametrize("title", ["사진", "Photo of 서윤희", "서윤희 (Seo)", "사진 1"])
def test_a_title_may_end_in_hangul(title: str) -> None:
    """What stands after it, page numbers above all, is drawn in its own face."""
    bundle = build_bundle([exhibit("a", title=title), exhibit("b", title="Plain")], binding())

    shown = " ".join(texts(bundle.data)[1].split())

    assert title in shown
    assert "3–5" in shown
    assert "6–8" in shown
