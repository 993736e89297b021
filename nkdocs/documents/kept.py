"""Which kept file is a compiled template, so that a letter in a fresh process compiles nothing."""

from functools import cache
from pathlib import Path

from nkdocs import _jinja, _kept


def key(template: bytes) -> str:
    """Return the name of what is compiled from *template* by this program."""
    return _kept.key(_made_by(), template)


@cache
def _made_by() -> bytes:
    """Return what changes when anything does that has a hand in compiling."""
    own = sorted(Path(_jinja.__file__).parent.glob("_*.py"))
    return _kept.made_by(("nkdocs.documents", "docxtpl", "docx", "jinja2", "lxml"), own)
