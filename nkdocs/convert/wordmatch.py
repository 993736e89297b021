"""Whether the words of one text all stand in another, whatever lines and pages did to them."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence

from nkdocs._patterns import lazily

_WORD = lazily(r"[^\W_]+")
_FURNITURE = 80
"""Words that a footer and a header may have together."""

_LINE_END_HYPHENS = lazily("[\u0002\ufffe]")  # as PDFium writes a hyphen at a line's end


def unmatched(needed: Sequence[str], present: Sequence[str]) -> list[str]:
    """Return the words of *needed* that *present* lacks, each as often as it is lacking.

    A word cut by a line's end stands as two in *present*, and two that touch stand as one: both
    are found, from words that nothing else needs.
    """
    have = [_key(found) for found in present]
    lacking = Counter(_key(found) for found in needed) - Counter(have)
    if not lacking:
        return []
    spare = Counter(have) - Counter(_key(found) for found in needed)
    _mend_cut(lacking, spare, have)
    _mend_joined(lacking, spare)
    _mend_apart(lacking, spare, have)
    lost = []
    for found in needed:
        if lacking[_key(found)] > 0:
            lacking[_key(found)] -= 1
            lost.append(found)
    return lost


def _mend_cut(lacking: Counter[str], spare: Counter[str], have: Sequence[str]) -> None:
    """Strike from *lacking* the words that stand in neighbouring pieces, all of them spare."""
    left = +lacking
    for start, first in enumerate(have):
        if not left:
            return
        joined, pieces = first, [first]
        for following in have[start + 1 : start + 40]:
            joined += following
            pieces.append(following)
            if not any(wanted.startswith(joined) for wanted in left):
                break
            if lacking[joined] > 0 and not Counter(pieces) - spare:
                lacking[joined] -= 1
                spare.subtract(pieces)
                left = +lacking
                break


def _mend_apart(lacking: Counter[str], spare: Counter[str], have: Sequence[str]) -> None:
    """Strike from *lacking* the words cut by a page's end: footer and header stand between."""
    for wanted in list((+lacking).elements()):
        for start, first in enumerate(have):
            rest = wanted.removeprefix(first)
            pieces = Counter((first, rest))
            if rest in {"", wanted} or pieces - spare:
                continue
            if rest in have[start + 1 : start + _FURNITURE]:
                lacking[wanted] -= 1
                spare.subtract(pieces)
                break


def _mend_joined(lacking: Counter[str], spare: Counter[str]) -> None:
    """Strike from *lacking* the words that stand joined to each other in one spare word.

    A number may stand between them: a footnote's or a page's.
    """
    for long in list((+spare).elements()):
        if +lacking:
            lacking.subtract(_parts(long, +lacking) or ())


def _parts(long: str, lacking: Counter[str]) -> list[str] | None:
    """Return the words of *lacking* that make up *long*, numbers aside; None when none do."""
    if not long or long.isdecimal():
        return [long] if lacking[long] > 0 else []
    for end in range(len(long), 0, -1):
        first = long[:end]
        if lacking[first] > 0 or (first.isdecimal() and end < len(long)):
            rest = _parts(long[end:], lacking - Counter([first]))
            if rest is not None:
                return [first, *rest] if lacking[first] > 0 else rest
    return None


def words_in(text: str, unseen: Collection[str] = ()) -> list[str]:
    """Return the words of *text*: runs of letters and digits, composed, without invisible signs.

    The characters of *unseen* count as spaces.
    """
    text = _LINE_END_HYPHENS.sub("-", text)
    if text.isascii() and not unseen:
        return _WORD.findall(text)
    table = _Signs({ord(sign): " " for sign in unseen}) if unseen else _SIGNS
    text = unicodedata.normalize("NFC", text).translate(table)
    return _WORD.findall(unicodedata.normalize("NFKC", text))


class _Signs(dict[int, str]):
    """What each sign is read as: itself, or nothing if it is not seen; found out once for each."""

    def __missing__(self, code: int) -> str:
        """Find it out."""
        sign = chr(code)
        told = self[code] = "" if unicodedata.category(sign) == "Cf" else sign
        return told


_SIGNS = _Signs()


def _key(found: str) -> str:
    """Return what two forms of a word share; right-to-left words may be drawn either way."""
    if found.isascii():
        return found.lower()
    key = unicodedata.normalize("NFKC", found.casefold())
    if any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in key):
        return min(key, key[::-1])
    return key
