"""What a look at all exhibits together shows before they are bound: doubles, names, sizes, paper.

Nothing here stops a bundle: it is what a clerk would send back, or a careful colleague would ask.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from nkdocs.bundle.faults import amount, ranges
from nkdocs.bundle.intake import Prepared
from nkdocs.bundle.moved import shows
from nkdocs.bundle.venues import Venue, largest, taken
from nkdocs.bundle.volumes import divided
from nkdocs.convert.colored import colored_pages
from nkdocs.convert.normal import as_file
from nkdocs.diagnostics import Finding, Place, Severity

_PLAIN = re.compile(r"[A-Za-z0-9 _-]+")  # what every portal takes in a name (CAND ECF guide)
_LONG = 100
_MB = 1_000_000
_E, _W, _I = Severity.ERROR, Severity.WARN, Severity.INFO


def surveyed(prepared: Sequence[Prepared], venue: Venue) -> list[Finding]:
    """Return what is to be told of the exhibits together, for *venue*."""
    return [
        *_same_files(prepared),
        *_same_pages(prepared),
        *_names(prepared),
        *_papers(prepared),
        *_size(prepared, venue),
        *_colors(prepared, venue),
    ]


def _same_files(prepared: Sequence[Prepared]) -> Iterator[Finding]:
    """X401: one file stands under two exhibits, byte for byte."""
    seen: dict[str, tuple[str, str]] = {}
    for exhibit in prepared:
        for name, mark in exhibit.sha256:
            first = seen.setdefault(mark, (exhibit.id, name))
            if first != (exhibit.id, name):
                yield _finding(
                    "X401", _W, exhibit.id, name, f"it is the same file as {first[1] or first[0]}",
                    "Leave one out, and cite the other.",
                )  # fmt: skip


def _same_pages(prepared: Sequence[Prepared]) -> Iterator[Finding]:
    """X402: pages of different files show the same."""
    import pikepdf

    seen: dict[str, tuple[str, int]] = {}
    whole = Counter(mark for exhibit in prepared for _, mark in exhibit.sha256)
    for exhibit in prepared:
        doubles: dict[str, list[int]] = {}
        if any(whole[mark] > 1 for _, mark in exhibit.sha256):
            continue  # told as one file already
        for part in exhibit.parts:
            with as_file(part.data) as file, pikepdf.open(file) as pdf:
                for source, page in zip(part.sources, pdf.pages, strict=True):
                    if "/Contents" not in page.obj:
                        continue
                    first = seen.setdefault(shows(page), (exhibit.id, source))
                    if first != (exhibit.id, source):
                        doubles.setdefault(first[0], []).append(source)
        for other, pages in doubles.items():
            several = len(pages) > 1
            where = "further up in it" if other == exhibit.id else f"in exhibit '{other}'"
            yield _finding(
                "X402", _W, exhibit.id, exhibit.sha256[0][0],
                f"page{'s' * several} {ranges(pages)} {'stand' if several else 'stands'} {where} "
                "already",
                "Leave the second copy out with `pages`, unless it is meant.",
            )  # fmt: skip


def _names(prepared: Sequence[Prepared]) -> Iterator[Finding]:
    """X403: names that a portal refuses; it matters where a file is sent by itself."""
    for exhibit in prepared:
        for name in (n for n, _ in exhibit.sha256 if n):
            path = PurePosixPath(name)
            if not _PLAIN.fullmatch(path.stem) or len(path.name) > _LONG:
                yield _finding(
                    "X403", _I, exhibit.id, name,
                    "portals may refuse its name: letters, digits, spaces, - and _ are safe",
                    "The bundle has a name of its own; rename the file if it is sent alone.",
                )  # fmt: skip


def _papers(prepared: Sequence[Prepared]) -> Iterator[Finding]:
    """X404: what each exhibit is; X405: pages that lie on their side among upright ones."""
    lying = 0
    for exhibit in prepared:
        papers = Counter(paper for part in exhibit.parts for paper in part.papers)
        texts = [told for part in exhibit.parts for told in part.has_text]
        lying += sum(n for paper, n in papers.items() if paper.endswith("on its side"))
        sorts = ", ".join(f"{n} {p}" if len(papers) > 1 else p for p, n in papers.most_common())
        mute = texts.count(False)
        text = "all searchable" if not mute else f"{amount(mute, 'page')} not searchable"
        size = sum(len(part.data) for part in exhibit.parts) / _MB
        yield _finding(
            "X404", _I, exhibit.id, exhibit.sha256[0][0],
            f"{amount(len(texts), 'page')}, {sorts}; {text}; {max(size, 0.1):.1f} MB", "",
        )  # fmt: skip
    total = sum(len(part.sources) for exhibit in prepared for part in exhibit.parts)
    if lying and lying < total:
        yield Finding(
            code="X405", severity=_I, kind="note", cure="volunteer", subject="orientation",
            message=f"{amount(lying, 'page')} of {total} "
            + ("lies on its side" if lying == 1 else "lie on their side"),
            source="OPLA Detroit/Cleveland, PD fact sheet, September 2015 (one orientation)",
            hint="Scan them upright if the office asks for one orientation.",
        )  # fmt: skip


def _size(prepared: Sequence[Prepared], venue: Venue) -> Iterator[Finding]:
    """X406: how large the bundle will be, and in how many files."""
    if not prepared:
        return
    size = sum(len(part.data) for exhibit in prepared for part in exhibit.parts)
    count = len(divided(prepared, largest(venue)))
    pages = sum(len(part.sources) for exhibit in prepared for part in exhibit.parts)
    files = "one file" if count == 1 else f"{count} files, as {venue.title} takes "
    files += "" if count == 1 else taken(venue)
    yield Finding(
        code="X406", severity=_I, kind="note", subject="size",
        message=f"{amount(len(prepared), 'exhibit')}, {amount(pages, 'page')}, "
        f"about {max(size / _MB, 0.1):.1f} MB: {files}",
        source=venue.max_mb.source if count > 1 else "",
        hint="",
    )  # fmt: skip


def _colors(prepared: Sequence[Prepared], venue: Venue) -> Iterator[Finding]:
    """X412: pages in color, for a venue that wants none; told whatever is known of its rule."""
    if venue.colors.value:
        return
    said = "" if venue.colors.firm else "; nobody has confirmed this rule yet"
    for exhibit in prepared:
        found = [
            f"{part.label} page {ranges(part.sources[n] for n in pages)}".strip()
            for part in exhibit.parts
            if (pages := colored_pages(bytes(part.data)))
        ]
        if found:
            finding = _finding(
                "X412", _W, exhibit.id, exhibit.sha256[0][0],
                f"in color: {', '.join(found)}; {venue.title} may read them in black and "
                f"white{said}",
                "Look whether a grey copy says the same: stamps, signatures, what was highlighted.",
            )  # fmt: skip
            yield replace(finding, source=venue.colors.source)


def _finding(
    code: str, severity: Severity, subject: str, file: str, message: str, hint: str
) -> Finding:
    return Finding(
        code=code, severity=severity, kind="ack" if severity is _W else "note", subject=subject,
        place=Place(file), message=message, hint=hint, cure="volunteer" if hint else "",
        facts=message,
    )  # fmt: skip
