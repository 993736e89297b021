"""Whether the files of real people are in a git repository, or would be after the next commit.

What is once committed stays in every copy of the repository. A case is taken for real unless all
of its A-numbers are sample numbers (A000-000-0xx).
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from nkdocs._patterns import lazily
from nkdocs.checks.run import wordings
from nkdocs.convert import git
from nkdocs.diagnostics import Finding, Place, Severity, State

#: What no repository of an office may take in: a case as it lies in its folder.
PROBES = (
    "kim/answers.yaml", "kim/exhibits/id.pdf", "kim/out/pd-request.docx", "kim/served/pd.yaml",
    "kim/signed/declaration.pdf", "office.yaml", "kim/answers.yaml.bak",
)  # fmt: skip
LINES = ("answers.yaml", "office.yaml", "exhibits/", "out/", "served/", "signed/",
         "manifest.jsonl", "*.bak", ".nkdocs-*", "~$*")  # fmt: skip
HOOK = "exec nkdocs doctor --git"
_NUMBER = re.compile(
    r"A(?<![\w-]A)[-# ]{0,2}(?P<digits>\d{3}[-. ]?\d{3}[-. ]?\d{3})(?![-.]?\d)"
)
_PUBLISHED = re.compile(r"[\s,;]*(?:\d+\s+WL\s+\d+\s*)?\(\s*B\.?I\.?A\b")
_ANSWERS = lazily(r"\A(?:\s*(?:#[^\n]*)?\n)*answers:\s*[\"']?\d", re.MULTILINE)
_TEXT = (".yaml", ".yml", ".txt", ".md", ".csv", ".json", ".jsonl", ".eml", ".html", ".xml", ".rst",
         ".tsv", ".py", ".bak")  # fmt: skip
_MOST = 4 << 20  # bytes of a file that is looked into


class Guard(Struct, frozen=True):
    """What a repository has of real people.

    Attributes:
        top: the repository's folder; None where there is none.
        findings: files that are in it, or would be.
        open: what the ignore files let in of a case folder.
        hooked: whether every commit is looked at.
    """

    top: Path | None
    findings: tuple[Finding, ...] = ()
    open: tuple[str, ...] = ()
    hooked: bool = False
    hook: str = ""


def guard(folder: Path, templates: Sequence[Path]) -> Guard:
    """Look at the repository around *folder*."""
    top = git.top_of(folder)
    if top is None or not git.is_there():
        return Guard(None)
    words = wordings(templates)["L808"]
    findings = tuple(
        Finding(
            code="L808",
            severity=Severity.ERROR,
            message=words.message.format(where=name, what=what),
            place=Place(name),
            subject=name,
            source="; ".join([words.source] if isinstance(words.source, str) else words.source),
            cure=words.cure,
            hint=words.next,
            counts=State.DRAFT,
            group=words.group,
        )
        for name, what in _real(top)
    )
    shut = git.ignored(top, PROBES)
    place = git.hook(top)
    hooked = place.is_file() and "doctor --git" in place.read_text("utf-8", "replace")
    named = place.relative_to(top) if place.is_relative_to(top) else place
    return Guard(top, findings, tuple(p for p in PROBES if p not in shut), hooked, str(named))


def _real(top: Path) -> Iterator[tuple[str, str]]:
    """Yield the files of real people, each with what it is."""
    names = list(dict.fromkeys(git.held(top)))
    texts = {n: t for n in names if n.lower().endswith(_TEXT) for t in [_text(top / n)] if t}
    for name in git.staged(top):
        if name.lower().endswith(_TEXT):  # what is staged may differ from what lies there now
            staged = git.staged_bytes(top, name)[:_MOST].decode("utf-8", "replace")
            texts[name] = f"{staged}\n{texts.get(name, '')}"
    cases = {n for n, text in texts.items() if _ANSWERS.search(text) and not is_sample(text)}
    homes = {n.rpartition("/" if n.endswith("answers.yaml") else ".")[0] for n in cases}
    for name in names:
        if name in cases:
            yield name, "the answers of a case"
        elif any(h and name.startswith(f"{h}/") for h in homes) and "/templates/" not in name:
            yield name, "a file of a case"
        elif name.rpartition("/")[2] == "office.yaml" and _is_office(texts.get(name, "")):
            yield name, "an office's own data"
        elif has_real_number(texts.get(name, "")):
            yield name, "an A-number that is no sample number"


def _text(file: Path) -> str:
    try:
        if file.is_symlink() or file.stat().st_size > _MOST:
            return ""
        return file.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def numbers(text: str) -> list[str]:
    """Return the digits of the A-numbers in *text*, those of published decisions left out."""
    found = (m for m in _NUMBER.finditer(text) if not _PUBLISHED.match(text, m.end()))
    return [re.sub(r"\D", "", m["digits"]) for m in found]


def has_real_number(text: str) -> bool:
    """Whether an A-number stands in *text* that is no sample number."""
    return not all(map(is_sample_number, numbers(text)))


def is_sample_number(number: str) -> bool:
    """Whether the digits *number* are those of no real person."""
    return number.startswith("0000000")


def is_sample(text: str) -> bool:
    """Whether answers are those of a fictional case: all their A-numbers are sample numbers."""
    found = numbers(text)
    return bool(found) and all(map(is_sample_number, found))


def _is_office(text: str) -> bool:
    """Whether office data is real: a telephone or an e-mail that is no example."""
    mails = re.findall(r"[\w.+-]+@([\w.-]+)", text)
    phones = re.findall(r"(?:phone|fax):\s*\"?([\d().+ -]{7,})", text)
    return any(not m.endswith(("example.org", "example.com", ".example")) for m in mails) or any(
        not re.sub(r"\D", "", p).startswith("000555") for p in phones
    )
