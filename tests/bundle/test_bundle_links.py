"""Cites found in a finished document, and where they lead."""

import pytest

from nkdocs.bundle.links import (
    FoundCite,
    expected_missing,
    found_cites,
    resolved,
    typed_by_hand,
)
from nkdocs.citations.cite import Cite, printed, unresolved
from nkdocs.citations.pagemap import Entry, PageMap, Run
from nkdocs.diagnostics import Severity, State
from tests.bundle.made import paragraph

PAGES = PageMap(
    "evidence",
    (
        Entry("decl", "A", "Declaration", (Run("main", 4, tuple(range(1, 7))),), 3,
              {"arrest": (14, 3)}),
        Entry("hrw", "B", "Report", (Run("main", 11, (1, 2, 3, 9)),), 10),
    ),
    14,
)  # fmt: skip


def found(text: str) -> tuple[FoundCite, ...]:
    """Return the cites that a PDF with *text* shows."""
    return found_cites(paragraph(text))


@pytest.mark.parametrize(
    ("cite", "to"),
    [
        pytest.param(Cite("hrw"), 10, id="whole-exhibit"),
        pytest.param(Cite("hrw", 9), 14, id="page-of-the-source"),
        pytest.param(Cite("decl", 2, 4), 5, id="range"),
        pytest.param(Cite("decl", mark="arrest"), 6, id="paragraph"),
    ],
)
def test_printed_cite_is_found_and_leads_to_its_page(cite: Cite, to: int) -> None:
    """What `cite` prints is what is read from the PDF."""
    cites = found(f"She was arrested. {printed(cite, PAGES)}.")

    links, findings = resolved(cites, PAGES)
    assert [link.to_page for link in links] == [to]
    assert findings == ()
    assert expected_missing([printed(cite, PAGES)], cites) == []


def test_cite_stands_where_it_is_printed() -> None:
    """Its rectangle encloses the words: on the first line, at the left margin."""
    [cite] = found(f"{printed(Cite('hrw', 1), PAGES)} says so.")

    [(x0, y0, x1, y1)] = cite.rects
    assert 72 < x0 < 76
    assert 120 < x1 < 140
    assert 695 < y0 < y1 < 725


def test_cite_that_wraps_has_two_rectangles() -> None:
    """Typed with plain spaces it may break over the line; both halves are links."""
    texts = [f"{'w ' * n}Tab B at 11\u201312, and so on." for n in range(34, 40)]

    cites = [cite for text in texts for cite in found(text)]

    assert {cite.text for cite in cites} == {"Tab B at 11\u201312"}
    broken = [cite.rects for cite in cites if len(cite.rects) > 1]
    assert broken
    assert all(len(rects) == 2 and rects[0][1] > rects[1][1] for rects in broken)


def test_cite_partly_in_bold_is_one_link() -> None:
    """Someone made its first word bold in Word; on one line it has one rectangle."""
    cites = found_cites(paragraph("See **Tab B** at 12, she says.", bold=True))

    assert [(cite.text, len(cite.rects)) for cite in cites] == [("Tab B at 12", 1)]


def test_every_cite_of_a_long_letter_is_found() -> None:
    """Three hundred of three hundred, wherever the lines break."""
    recorded = [printed(Cite("decl", 1 + n % 6), PAGES) for n in range(150)]
    recorded += [printed(Cite("hrw", 1, 3), PAGES) for n in range(150)]
    text = " ".join(f"{'so ' * (n % 17)}{cite};" for n, cite in enumerate(recorded))

    cites = found(text)

    assert len(cites) == 300
    assert expected_missing(recorded, cites) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("Tab Z at 4", "cites Tab Z, which does not exist", id="no-tab"),
        pytest.param("Tab B at 99", "but Tab B is 10\u201314", id="beyond"),
        pytest.param("Tab B at 12\u201399", "but Tab B is 10\u201314", id="range-beyond"),
        pytest.param("Tab B at 14\u201312", "but Tab B is 10\u201314", id="backwards"),
        pytest.param("Tab A at 5, \u00b6 14", "that paragraph stands elsewhere", id="paragraph"),
        pytest.param("[Tab ? at 3: hrw]", "an exhibit that has no tab yet", id="no-place-yet"),
    ],
)
def test_cite_that_leads_nowhere_is_an_error_from_the_signature_on(text: str, said: str) -> None:
    """L601; a draft may have it."""
    links, [finding] = resolved(found(f"See {text}."), PAGES)

    assert links == ()
    assert said in finding.message
    assert (finding.code, finding.severity, finding.counts) == (
        "L601", Severity.ERROR, State.FOR_SIGNATURE
    )  # fmt: skip


def test_cite_to_an_earlier_filing_is_right_and_leads_nowhere() -> None:
    """Its tab is one of another bundle."""
    earlier = PageMap("pd", PAGES.entries, 14, filed="filed 2024-03-02")
    text = printed(Cite("hrw", 2), earlier)

    cites = found(f"See {text}.")

    assert [cite.earlier for cite in cites] == [True]
    assert resolved(cites, PAGES) == ((), ())
    assert expected_missing([text], cites) == []


@pytest.mark.parametrize("text", ["a Table of it", "Stab A at 4", "Tab About it", "Tab 4"])
def test_other_words_are_no_cites(text: str) -> None:
    """Only "Tab" and a tab's name are."""
    assert found(f"This is {text}.") == ()


def test_recorded_cite_that_the_pdf_lacks_is_named() -> None:
    """Twice recorded must be twice found."""
    text = printed(Cite("hrw", 1), PAGES)

    assert expected_missing([text, text], found(f"Once: {text}.")) == [text]


def test_unresolved_cite_of_a_draft_is_expected_too() -> None:
    """The mark that stands for it is compared like any cite."""
    text = unresolved(Cite("hrw", 3))

    assert expected_missing([text], found(f"See {text}.")) == []


def test_cite_typed_by_hand_is_told_apart() -> None:
    """It is linked as printed, and it is known that no template made it."""
    recorded = printed(Cite("hrw", 1), PAGES)

    hand = typed_by_hand([recorded], found(f"See {recorded} and Tab A at 5."))

    assert [cite.text for cite in hand] == ["Tab A at 5"]


def test_mark_of_an_open_cite_is_not_taken_for_one_typed_by_hand() -> None:
    """It leads nowhere, so nobody may be told that it was linked."""
    assert typed_by_hand([], found(f"See {unresolved(Cite('hrw', 3))}.")) == []
