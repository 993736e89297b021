"""Text on a screen of so many columns: how wide it is, cut, filled up, broken between words. Pure.

A terminal breaks a line wherever its edge falls, in the middle of a word too.
"""

import re
import unicodedata

_LEAST = 20  # columns below which nothing is broken here
_DEEP = 12  # columns a line may be indented by what it continues


def width(text: str) -> int:
    """Return how many columns *text* takes: two for a syllable of Korean, none for an accent."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(c) in {"W", "F"} for c in text)
    return len(text) + wide - sum(bool(unicodedata.combining(c)) for c in text)


def cut(text: str, columns: int) -> str:
    """Return as much of *text* as *columns* hold, with an ellipsis where it was cut."""
    if width(text) <= columns:
        return text
    kept = ""
    for char in text:
        if width(kept + char) > columns - 1:
            break
        kept += char
    return kept + "…"


def pad(text: str, columns: int) -> str:
    """Return *text* cut or filled up to *columns*."""
    short = cut(text, columns)
    return short + " " * (columns - width(short))


def wrapped(text: str, columns: int, *, first: int = 0) -> str:
    """Return *text* with every line broken between words so that *columns* hold it.

    What continues a line is indented as that line is. A word that is wider stays whole. The
    *first* columns of the first line are taken already.
    """
    if columns < _LEAST:
        return text
    lines = text.split("\n")
    if all(width(line) <= columns - (0 if n else first) for n, line in enumerate(lines)):
        return text
    return "\n".join(_broken(line, columns, 0 if n else first) for n, line in enumerate(lines))


def _broken(line: str, columns: int, taken: int) -> str:
    rest = line.lstrip(" ")
    indent = line[: len(line) - len(rest)]
    out: list[str] = []
    now = indent
    for word in re.findall(r" *[^ ]+ *$| *[^ ]+", rest):
        full = width(now + word.rstrip()) + (0 if out else taken) > columns
        if full and now.strip():
            out.append(now)
            now = indent[:_DEEP] + word.lstrip(" ")
        else:
            now += word
    return "\n".join([*out, now])
