"""The page for Word authors says what is so: every tag, name and filter on it can be filled."""

import re
from pathlib import Path

from nkdocs._jinja import Environment
from nkdocs.diagnostics import Severity
from tests.documents.test_doctor_all import found, p, table, word

PAGE = (Path(__file__).parents[2] / "docs/templates.md").read_text("utf-8")
MISTAKES = PAGE.index("## Mistakes people make"), PAGE.index("## Your own letter")


def test_the_page_names_every_filter_and_no_other() -> None:
    """Nothing that can be used is kept from the author, nothing is promised that is refused."""
    section = PAGE[PAGE.index("## Filters") : MISTAKES[0]]
    named = set(re.findall(r"`([a-z_]+)`", section))

    assert named == set(Environment().filters)


def wrapped(tag: str) -> str:
    """Return a tag of the page as it would stand in Word: a block with its end, an item looped."""
    block = re.match(r"\{%(p|tr)? ?(if|for)\b", tag)
    if block is None or "endif" in tag:
        loop = "event." in tag
        return p(f"{{% for event in events %}}{tag}{{% endfor %}}" if loop else tag)
    level, end = block[1] or "", f"{{%{block[1] or ''} end{block[2]} %}}"
    if level == "tr":
        return table((p(tag),), (p("x"),), (p(end),))
    return p(tag) + p("x") + p(end) if level else p(f"{tag}x{end}")


def test_every_tag_that_the_page_shows_is_sound() -> None:
    """Before the table of mistakes; ends alone and tags with something left out are no tags."""
    told = PAGE[: MISTAKES[0]]
    shown = [c for c in re.findall(r"`([^`\n]*)`", told) if re.match(r"\{[{%#]", c)]
    whole = [c for c in shown if "…" not in c and not re.match(r"\{%\w* end", c)]

    wrong = {c: [str(f) for f in found(word(wrapped(c))) if f.severity is Severity.ERROR]
             for c in whole}  # fmt: skip

    assert len(whole) > 12
    assert not {c: faults for c, faults in wrong.items() if faults}
