"""What of a case may reach strangers beside its papers: names of files, rights, repositories."""

import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from nkdocs._patterns import lazily
from nkdocs.answers.leaks import Words, dictionary
from nkdocs.checks.facts import Facts, Found, Rule

_OWN = ("respondents", "family")
_WHOLE = lazily(r"[\W_\d]|[^\x00-\x7f]")  # more than one word, a figure, or Hangul


def _file_names(facts: Facts) -> Iterator[Found]:
    """L804: the name of an exhibit's file tells whom it is about; one line for each exhibit."""
    case = facts.answers.case
    leaks = (
        dictionary(case, facts.answers.catalogue, Words(), only=_OWN) if facts.listed else None
    )
    for number, exhibit in enumerate(facts.listed if leaks else ()):
        for name in (exhibit.file, exhibit.translation, exhibit.certificate):
            stem = unicodedata.normalize("NFC", PurePosixPath(name).stem)
            found = [
                hit
                for hit, start, end in (leaks.found(stem) if leaks else ())
                if _WHOLE.search(stem[start:end])
            ]
            if found:
                told = {"where": f"of exhibit {exhibit.id}", "what": found[0].what,
                        "path": found[0].path}  # fmt: skip
                yield Found("L804", exhibit.id, ("exhibits", number), told, read=found[0].path)
                break


def _exposed(facts: Facts) -> Iterator[Found]:
    """L805: others can read a file with the client's data, or git would take it in."""
    for file, how in facts.exposed:
        yield Found("L805", f"{file} {how[:6]}", (), {"file": file, "how": how})


RULES: tuple[Rule, ...] = (_file_names, _exposed)
