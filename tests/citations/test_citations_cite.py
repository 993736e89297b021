"""Cites: as written in answers, as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkdocs.citations.cite import NBSP, PRINTED, Cite, parse, printed, target, unresolved
from nkdocs.citations.pagemap import Entry, PageMap, Run, UnknownCiteError

PAGES = PageMap(
    "evidence",
    (
        Entry("decl", "A", "Declaration", (Run("main", 4, tuple(range(1, 7))),), 3,
              {"arrest-2006": (14, 3)}),
        Entry("card", "B", "Card", (Run("translation", 11, (1, 2)), Run("certificate", 13, (1,)),
                                    Run("original", 14, (1, 2))), 10),
        Entry("hrw24", "AC", "Report", (Run("main", 41, (3, 4, 9)),)),
    ),
    43,
)  # fmt: skip
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,12}", fullmatch=True)
CITES = st.one_of(
    st.builds(Cite, IDS, st.integers(0, 9_999)),
    st.builds(Cite, IDS, st.integers(1, 99), st.integers(100, 999)),
    st.builds(Cite, IDS, mark=st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True).filter(
        lambda name: name not in {"translation", "certificate", "original"})),
    st.builds(Cite, IDS, st.integers(1, 99), part=st.sampled_from(["original", "certificate"])),
)  # fmt: skip


@given(st.lists(CITES, max_size=4))
def test_what_is_written_is_read_back(cites: list[Cite]) -> None:
    """A cite between words is the same cite after parsing, and no word is lost."""
    text = "told " + " and ".join(map(str, cites)) + " so."

    pieces = parse(text)

    assert [piece for piece in pieces if isinstance(piece, Cite)] == cites
    assert "".join(map(str, pieces)) == text


@given(st.text())
def test_no_text_breaks_the_reader_or_loses_a_letter(text: str) -> None:
    """Whatever an answer says, its words come back."""
    words = "".join(p for p in parse(text) if isinstance(p, str))

    assert words == text or any(isinstance(p, Cite) for p in parse(text))


@pytest.mark.parametrize("text", ["[@]", "[@ a]", "[@a, ]", "[@a 3]", "[a, 3]", "[@a, 3, 4, 5]"])
def test_what_only_looks_like_a_cite_stays_text(text: str) -> None:
    """It is printed as typed, where someone sees it."""
    assert parse(text) == [text]


@pytest.mark.parametrize(
    ("cite", "text", "to"),
    [
        (Cite("decl"), "Tab A", 3),
        (Cite("hrw24"), "Tab AC", 41),
        (Cite("decl", 2), "Tab A at 5", 5),
        (Cite("decl", 2, 4), "Tab A at 5\u20137", 5),
        (Cite("decl", mark="arrest-2006"), "Tab A at 6, \u00b6 14", 6),
        (Cite("card", 2), "Tab B at 12", 12),
        (Cite("card", 2, part="original"), "Tab B at 15", 15),
        (Cite("hrw24", 9), "Tab AC at 43", 43),
    ],
)
def test_cite_prints_tab_and_page_of_the_bundle(cite: Cite, text: str, to: int) -> None:
    """Held together by no-break spaces, and found again by the pattern of printed cites."""
    said = printed(cite, PAGES)

    assert said == text.replace(" ", NBSP)
    assert PRINTED.fullmatch(said)
    assert target(cite, PAGES) == to


@pytest.mark.parametrize(
    ("cite", "said"),
    [
        (Cite("hrw"), "did you mean 'hrw24'"),
        (Cite("hrw24", 5), "has no page 5 here \\(it has 3-4, 9\\)"),
        (Cite("decl", 4, 99), "has no page 99"),
        (Cite("decl", 4, 2), "run backwards"),
        (Cite("decl", mark="arrest"), "no paragraph named 'arrest' \\(named: arrest-2006\\)"),
        (Cite("decl", 1, part="original"), "has no part 'original'"),
    ],
)
def test_cite_that_leads_nowhere_says_what_there_is(cite: Cite, said: str) -> None:
    """The message helps to correct it."""
    with pytest.raises(UnknownCiteError, match=said):
        printed(cite, PAGES)


def test_cite_to_an_earlier_filing_names_it() -> None:
    """It is served already and its numbers stand."""
    earlier = PageMap("pd", PAGES.entries, 43, filed="filed 2024-03-02")

    said = printed(Cite("decl", 2), earlier).replace(NBSP, " ")

    assert said == "Resp\u2019t\u2019s Exs., Tab A at 5, filed 2024-03-02"


VOLUMES = PageMap(
    "evidence",
    (
        Entry("report", "L", "Report", (Run("translation", 64, (1, 2, 3)),
              Run("translation", 70, (4, 5)), Run("translation", 75, (6,)),
              Run("original", 76, (1,))), 63),
    ),
    76,
    volumes=(66, 71, 76),
)  # fmt: skip


@pytest.mark.parametrize(
    ("cite", "text"),
    [
        (Cite("report", 1, 3), "Vol. 1, Tab L at 64\u201366"),
        (Cite("report", 4, 5), "Vol. 2, Tab L at 70\u201371"),
        (Cite("report", 2, 4), "Vol. 1, Tab L at 65\u201366; Vol. 2, Tab L at 70"),
        (Cite("report", 3, 6),
         "Vol. 1, Tab L at 66; Vol. 2, Tab L at 70\u201371; Vol. 3, Tab L at 75"),
        (Cite("report", 1, part="original"), "Vol. 3, Tab L at 76"),
    ],
)  # fmt: skip
def test_range_over_a_cut_between_volumes_prints_the_pages_of_each(cite: Cite, text: str) -> None:
    """Never the cover, index and tab sheet that stand between them in the next volume."""
    said = printed(cite, VOLUMES)

    assert said.replace(NBSP, " ") == text
    assert "; ".join(found[0] for found in PRINTED.finditer(said)) == said


def test_range_over_a_cut_in_an_earlier_filing_is_known_as_such_in_each_part() -> None:
    """No part of it is taken for a page of this filing."""
    earlier = PageMap("pd", VOLUMES.entries, 76, "filed 2024-03-02", volumes=VOLUMES.volumes)

    said = printed(Cite("report", 2, 4), earlier).replace(NBSP, " ")

    assert said == (
        "Resp\u2019t\u2019s Exs., Vol. 1, Tab L at 65\u201366; "
        "Exs., Vol. 2, Tab L at 70, filed 2024-03-02"
    )


def test_cite_without_a_place_prints_a_mark_that_names_the_exhibit() -> None:
    """A draft shows what is open."""
    assert unresolved(Cite("hrw24", 3)).replace(NBSP, " ") == "[Tab ? at 3: hrw24]"


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Tab C\nat 41", ("C", "41", None)),
        ("Tab C at 41\u2013\r\n43", ("C", "41", "43")),
        ("Tab C at 41-43", ("C", "41", "43")),
        ("Tab ABC", ("ABC", None, None)),
    ],
)
def test_printed_cite_is_known_however_the_lines_break(
    text: str, groups: tuple[str | None, ...]
) -> None:
    """Line breaks of the PDF stand for spaces."""
    match = PRINTED.search(f"see {text}; and")

    assert match is not None
    assert match.group("tab", "page", "last") == groups


@pytest.mark.parametrize("text", ["Table C", "Stab C at 4", "Tab Cover", "tab C"])
def test_other_words_are_no_printed_cites(text: str) -> None:
    """A tab's name is capital letters alone."""
    assert PRINTED.search(text) is None
