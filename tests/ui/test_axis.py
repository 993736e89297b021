"""A chronology on an axis: every mark is drawn, within the width, in text and as a picture."""

import datetime as dt
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from nkdocs.checks.chronology import DEADLINE, EVENT, GAP, STAY, Mark
from nkdocs.ui import axis, columns

DAYS = st.dates(dt.date(1930, 1, 1), dt.date(2030, 12, 31))
TEXT = st.text(alphabet="abc 김하늘&<\u202e", max_size=60)


@st.composite
def mark(draw: st.DrawFn) -> Mark:
    """Return any mark."""
    first, last = sorted((draw(DAYS), draw(DAYS)))
    kind = draw(st.sampled_from([EVENT, STAY, GAP, DEADLINE]))
    return Mark(kind, draw(TEXT), first, last, draw(TEXT), "events.a.when", (first, last))


@given(st.lists(mark(), min_size=1, max_size=12), st.integers(40, 200))
def test_every_mark_is_drawn_within_the_width(marks: list[Mark], wide: int) -> None:
    """No line is wider than the terminal, and each mark has a sign on the axis."""
    lines = axis.drawn(marks, wide)

    assert max(columns.width(line) for line in lines) <= wide
    assert sum(any(c in line for c in "●░█?H!") for line in lines[1:]) >= len(marks)


@given(st.lists(mark(), max_size=12), TEXT)
def test_picture_is_sound_and_holds_every_mark(marks: list[Mark], title: str) -> None:
    """The SVG can be read by any viewer, whatever stands in the answers."""
    tree = ET.fromstring(axis.svg(marks, title))  # noqa: S314 - we made it

    shapes = [e for e in tree.iter() if e.tag.endswith(("circle", "rect"))]
    assert len(shapes) >= len(marks) + 1


def test_korean_takes_two_columns() -> None:
    """A label is cut where the terminal ends, not where its letters are counted."""
    assert columns.cut("김하늘 abc", 6) == "김하…"
    assert columns.width(columns.pad("김하늘", 10)) == 10


def test_approximate_date_is_drawn_as_the_days_that_are_possible() -> None:
    """A season is a bar, a day is a dot, a stay is full only where it is sure."""
    winter = Mark(EVENT, "a", dt.date(2000, 1, 1), dt.date(2004, 12, 31), "about 2002", "x")
    day = Mark(EVENT, "b", dt.date(2009, 6, 1), dt.date(2009, 6, 1), "June 1, 2009", "x")
    sure = (dt.date(2002, 1, 1), dt.date(2008, 1, 1))
    stay = Mark(STAY, "c", dt.date(2000, 1, 1), dt.date(2009, 1, 1), "2000 to 2009", "x", sure)

    _, first, second, third = axis.drawn([winter, day, stay], 100, axis.ASCII)

    assert "-----" in first
    assert (second.count("*"), second.count("-")) == (1, 0)
    assert "-=" in third
