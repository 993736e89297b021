"""What was signed and what was sent: taken in once, frozen, and cited as it left the office."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from nkdocs.bundle.scan import count_pages, unprotected
from nkdocs.bundle.volumes import file_names
from nkdocs.case import Record, sha256
from nkdocs.checks.facts import Found
from nkdocs.citations.pagemap import PageMap, thawed
from nkdocs.convert.places import paragraph_pages
from nkdocs.diagnostics import Finding, State
from nkdocs.documents import edited
from nkdocs.documents.marks import names, numbered_texts
from nkdocs.documents.wordfile import WordFile
from nkdocs.errors import ExhibitError, FileBusyError, UsageError
from nkdocs.kinds.dates import long_day
from nkdocs.kinds.words import Many
from nkdocs.packet import pdfs
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import lead_file, papers, pdf_name, spot_of, used_fingerprint
from nkdocs.vault import unsealed

_REQUEST = "pd-request"


class Taken(Struct, frozen=True):
    """What was frozen: where, and the record the manifest has of it."""

    file: str
    record: Record


def sign(desk: Desk, document: str, scan: Path, signed_on: str) -> Taken:
    """Take in the signed scan of a document; from now on the scan is the document.

    Its named paragraphs stand on the pages where they stood in the PDF that was printed for
    signature: the scan must have as many pages. One with a password is kept without it, so that
    it can be bound; the record says so.

    Raises:
        UsageError: the document was not printed for signature.
        ExhibitError: the scan cannot be read or opened, or has other pages than what was printed.
    """
    paper = lead_file(desk.documents([document])[0]).file
    printed = desk.case.last(pdf_name(paper), "pdf") or {}
    if not printed or printed.get("state") == State.DRAFT.value:
        msg = f"{document} was not printed for signature yet"
        raise UsageError(
            msg, hint=f"Next: nkdocs fill {desk.case.name} {document} --as for-signature --pdf"
        )
    handed = _read(desk, scan)
    data = unprotected(handed, scan.name, desk.passwords(scan.name))
    pages, wanted = count_pages(data, scan.name), desk.case.read(f"out/{pdf_name(paper)}")
    expected = count_pages(wanted, pdf_name(paper))
    if pages != expected:
        msg = f"{scan.name} has {pages} pages, what was printed for signature has {expected}"
        raise ExhibitError(msg, hint="Scan every page of the signed document, in order.")
    docx = desk.case.read(f"out/{paper}")
    if not pdfs.same_words(edited.unmark(docx, paper), wanted):
        msg = f"out/{paper} was changed since it was printed for signature"
        raise UsageError(msg, hint="Print it anew and have that signed, or restore the document.")
    word = WordFile.read(docx, paper)
    numbers, where = names(word), paragraph_pages(wanted, numbered_texts(word))
    file = desk.case.freeze("signed", f"{document}.pdf", data)
    record: Record = {
        "kind": "signed",
        "document": document,
        "path": f"../{file}",
        "file": file,
        "sha256": sha256(data),
        "pages": pages,
        "signed_on": signed_on,
        "paragraphs": {
            n: [number, where[number]] for n, number in numbers.items() if number in where
        },
        "used": _used(desk, document),
        **({"opened": sha256(handed)} if data != handed else {}),
    }
    desk.case.record([record])
    return Taken(file, record)


def _used(desk: Desk, document: str) -> dict[str, str]:
    """Return the answers that the papers of a document printed for signature used.

    The edition in two languages used the Korean of the answers, and is signed with the lead.
    """
    used: dict[str, str] = {}
    lead = lead_file(desk.documents([document])[0])
    for _, file in papers(desk, desk.documents([document])):
        last = desk.case.last(file.file, "document") or {}
        if file.audience == lead.audience and last.get("state") != State.DRAFT.value:
            used |= last.get("used", {})
    return used


def changed_since_signing(desk: Desk) -> list[Finding]:
    """Return a finding for each answer that changed since a document that used it was signed.

    The signed text is never made anew; the cure is a supplemental declaration (PRACTICE 5).
    """
    told = (
        (record, path, mark)
        for record in desk.case.manifest()
        if record.get("kind") == "signed"
        for path, mark in record.get("used", {}).items()
        if used_fingerprint(desk, path) != mark
    )
    found = [
        desk.worded(
            Found(
                "L423", path, spot_of(desk, path),
                {"path": path, "document": record["document"], "day": record["signed_on"]},
                read=f"{mark}/{used_fingerprint(desk, path)}",
            )
        )
        for record, path, mark in told
    ]  # fmt: skip
    return desk.unaccepted(found)


def sent(desk: Desk, filing: str, *files: Path, on: str, channel: str) -> Taken:
    """Freeze what left the office: each file as sent, and the filing's page map.

    Raises:
        UsageError: there is no such filing, or its packet was never built.
        FileBusyError: another file was frozen for it already.
    """
    known = [f.id for f in desk.filings]
    if filing not in known:
        msg = f"there is no filing '{filing}'"
        raise UsageError(msg, hint=f"Known are: {', '.join(known) or 'none'}.")
    parts = [_read(desk, file) for file in files]
    for file, part in zip(files, parts, strict=True):
        count_pages(part, file.name)
    pages = _built_map(desk, filing, sha256(parts[0]))
    _all_parts(pages, files)
    already = desk.case.served().get(filing)
    if already is not None:
        msg = f"the filing '{filing}' was sent already; its pages are frozen"
        raise FileBusyError(msg, hint="For what follows, list a new filing (a supplement).")
    try:
        day = long_day(dt.date.fromisoformat(on))
    except ValueError:
        msg = "the day on which it was sent is no day"
        raise UsageError(msg, hint="Write it as 2026-11-20.") from None
    lead = next(f.lead for f in desk.filings if f.id == filing)
    names = file_names(filing, len(parts))
    kept = [desk.case.freeze("served", n, d) for n, d in zip(names, parts, strict=True)]
    frozen, marks = kept[0], [sha256(part) for part in parts]
    built = {r.get("sha256") for r in desk.case.manifest()}
    record: Record = {
        "kind": "sent",
        "path": f"../{frozen}",
        "file": frozen,
        "filing": filing,
        "sha256": marks[0],
        **({"parts": dict(zip(kept, marks, strict=True))} if len(kept) > 1 else {}),
        "on": on,
        "channel": channel,
        "lead": lead,
        "asked": _asked(desk) if lead == _REQUEST else [],
        "as_built": built.issuperset(marks),
    }
    desk.case.record([record])
    desk.case.freeze_map(replace(pages, filed=f"filed {day}"))  # last: from here on it was sent
    return Taken(frozen, record)


def _all_parts(pages: PageMap, files: Sequence[Path]) -> None:
    """Require every part of a divided bundle, so that what is frozen is what they received.

    Raises:
        UsageError: one is missing.
    """
    wanted = max(len(pages.volumes), 1)
    volumes = [f for f in files if "exhibits" in f.name or "packet" in f.name]
    if wanted > 1 and len(volumes) < wanted:
        msg = f"the filing has {wanted} parts, {len(volumes)} are named"
        raise UsageError(msg, hint="Name all of them, in order.")


def _asked(desk: Desk) -> list[str]:
    """Return the forms of discretion that the request asked for, the first one first.

    Nobody can tell once it was edited, or once the answers changed after it was filled.
    """
    last = desk.case.last(lead_file(desk.documents([_REQUEST])[0]).file, "document") or {}
    used = last.get("used", {})
    forms, primary = ("pd", "forms"), ("pd", "primary")
    same = all(used.get(p) == used_fingerprint(desk, p) for p in map(".".join, (forms, primary)))
    if last.get("edited") or not same:
        return []
    told = desk.answers()
    first, every = told.value(primary), told.value(forms)
    named = [choice.key for choice in every] if isinstance(every, Many) else []
    return sorted(named, key=lambda key: first != key)


def _built_map(desk: Desk, filing: str, sent_hash: str) -> PageMap:
    """Return the page map of the build that made the file sent; of the last build without one."""
    found: PageMap | None = None
    maps: dict[str, PageMap] = {}
    for record in desk.case.manifest():
        if record.get("filing") != filing:
            continue
        if isinstance(record.get("pages"), dict):
            found = thawed(record["pages"])
        if found is not None:
            maps[str(record.get("sha256"))] = found
    if found is None:
        msg = f"the filing '{filing}' was never built"
        raise UsageError(msg, hint=f"Next: nkdocs build {desk.case.name} {filing} --as final")
    return maps.get(sent_hash, found)


def _read(desk: Desk, file: Path) -> bytes:
    try:
        return desk.case.fetch(unsealed(file))
    except OSError as error:
        msg = f"{file} cannot be read ({error.strerror})"
        raise ExhibitError(msg, hint="Check the path and its rights.") from None
