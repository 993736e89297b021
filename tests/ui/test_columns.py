"""Lines are broken between words, as wide as the screen, and nothing of them is lost."""

from hypothesis import given
from hypothesis import strategies as st

from nkdocs.ui.columns import width, wrapped

WORD = st.text(alphabet="abc강변", min_size=1, max_size=8)
LINE = st.builds(
    lambda deep, words: " " * deep + " ".join(words),
    st.integers(0, 6),
    st.lists(WORD, min_size=1, max_size=30),
)


@given(st.lists(LINE, min_size=1, max_size=4), st.integers(30, 120))
def test_every_word_stays_whole_and_within_the_edge(lines: list[str], columns: int) -> None:
    """The words are the same in the same order; what continues a line is indented as it is."""
    text = "\n".join(lines)

    out = wrapped(text, columns)

    assert out.split() == text.split()
    assert max(width(line) for line in out.split("\n")) <= columns
    for line in lines:
        indent = len(line) - len(line.lstrip())
        assert any(new.startswith(" " * indent) for new in out.split("\n"))


def test_a_word_that_is_wider_than_the_screen_stays_whole() -> None:
    """A path can still be copied."""
    path = "trial/" + "a" * 60 + ".docx"

    assert wrapped(f"  see {path} now", 40) == f"  see\n  {path}\n  now"


def test_what_fits_is_not_touched() -> None:
    """Spaces inside a line are kept."""
    assert wrapped("● a day   ░ possible days", 80) == "● a day   ░ possible days"
