"""Commands around a filing: bundle, sign, sent."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from nkdocs.cli.common import (
    AsState,
    CasePath,
    Json,
    Ocr,
    Office,
    PasswordFile,
    Preview,
    Renumber,
    answering,
    as_data,
    envelope,
    give,
    open_case,
    passwords,
    reading,
    say,
    show_findings,
    today,
)
from nkdocs.diagnostics import State
from nkdocs.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nkdocs.bundle.intake import Prepared
    from nkdocs.bundle.pages import Bundle
    from nkdocs.bundle.passwords import Passwords
    from nkdocs.packet.desk import Desk


def register(app: typer.Typer) -> None:
    """Add the commands to *app*."""
    app.command()(answering(bundle))
    app.command()(answering(sign))
    app.command()(answering(sent))


def bundle(  # noqa: PLR0913 - one argument an option of the command
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="A case, a folder of exhibits, or exhibit files."),
    ],
    *,
    filing: Annotated[
        str, typer.Option("--filing", metavar="FILING", help="Which filing of a case.")
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="The PDF to write (folder or files)."),
    ] = None,
    venue: Annotated[
        str, typer.Option("--venue", metavar="VENUE", help="Whose rules: generic, eoir-ecas, …")
    ] = "",
    title: Annotated[
        str, typer.Option("--title", metavar="TITLE", help="The title on the cover.")
    ] = "",
    state: AsState = State.FINAL,
    force: Annotated[
        bool, typer.Option("--force", help="Replace an existing file; keeps a backup.")
    ] = False,
    renumber: Renumber = False,
    preview: Preview = False,
    ocr: Ocr = False,
    password_file: PasswordFile = None,
    office: Office = None,
    json: Json = False,
) -> None:
    """Merge exhibits into one PDF with index and page numbers.

    Cover, linked index, tab sheets, page numbers, bookmarks. Clean by default; `--as draft` also
    admits pages that were drawn without LibreOffice, and marks them.
    """
    from nkdocs.packet import review

    tried = passwords(password_file)
    if review.is_case(paths):
        how = _How(state, office, force, renumber, json, preview, ocr, tried)
        _case_bundles(paths[0], filing, how)
        return
    from nkdocs.packet import loose, scans

    target = output or _beside(paths)
    kept = target.parent if paths[0].is_dir() and not output else None
    picture = target.with_suffix(".png")
    for place in (target, *([picture] if preview else [])):
        loose.stop_at_source(place, paths)
    made, gathered = loose.bundle(
        paths, venue=venue or "generic", title=title, draft=state is State.DRAFT,
        passwords=tried, ocr=scans.reading_files(kept, say, keep=True) if ocr else None,
    )
    places = loose.targets(target, len(made.volumes))
    for place in places:
        loose.stop_at_source(place, paths)
    for backup in loose.write(target, [v.file for v in made.volumes], force=force):
        say(f"kept as a backup: {backup}")
    names = [str(place) for place in places]
    if preview:
        from nkdocs.bundle.preview import contact_sheet

        loose.write(picture, [contact_sheet([v.data for v in made.volumes])], force=force)
        say(f"all pages on one picture: {picture}")
    rules = loose.venue_named(venue or "generic", paths)
    findings = [*review.told(gathered, rules), *made.findings]
    if json:
        data = _data(names, made, gathered.prepared)
        give(envelope("bundle", ok=True, data=data, findings=findings))
        return
    _show(names, made)
    named = str(paths[0]) if len(paths) == 1 else "FILES"
    text = show_findings(findings, more=f"nkdocs check {named} --all")
    if text:
        say(text)


class _How(NamedTuple):
    """How the bundles of a case are made, and told of."""

    state: State
    office: Path | None
    force: bool
    renumber: bool
    json: bool
    preview: bool
    ocr: bool
    passwords: "Passwords"


def _case_bundles(path: Path, filing: str, how: _How) -> None:
    from nkdocs.packet import bundles

    desk = open_case(path, how.office, how.passwords)
    desk = reading(desk, keep=True) if how.ocr else desk
    with desk.case.locked():
        wanted = bundles.wanted(desk, filing)
        made = [bundles.make(desk, f, how.state, renumber=how.renumber) for f in wanted]
        for name in bundles.write(desk, made, how.state, force=how.force):
            say(f"kept as a backup: {name}")
        if how.preview:
            for name in bundles.write_previews(desk, made, how.state):
                say(f"all pages on one picture: {desk.case.result(name)}")
    if how.json:
        data = [_data([*m.files], m.bundle, m.prepared) for m in made]
        found = [f for m in made for f in m.findings]
        give(envelope("bundle", ok=True, data=data, findings=found))
        return
    for bound in made:
        _show([str(desk.case.result(name)) for name in bound.files], bound.bundle)
        text = show_findings(bound.findings, more=f"nkdocs check {path} --all")
        if text:
            say(text)


def _beside(paths: list[Path]) -> Path:
    """Return where a bundle of bare files goes when nothing else is said."""
    first = paths[0].resolve()
    return first / "out" / "exhibits.pdf" if first.is_dir() else first.parent / "exhibits.pdf"


def _show(names: "Sequence[str]", made: "Bundle") -> None:
    for name, volume in zip(names, made.volumes, strict=True):
        give(f"{name}  pages {volume.pages.start}–{volume.pages.last}, verified")
        for entry in volume.pages.entries:
            give(f"  Tab {entry.tab}  {entry.first}–{entry.last}  {entry.title}")


def _data(
    names: "Sequence[str]", made: "Bundle", prepared: "Sequence[Prepared]"
) -> dict[str, object]:
    """Return what machines read of a bundle: every file that went in and came out, by hash."""
    from nkdocs.case import sha256

    files = zip(names, made.volumes, strict=True)
    return {
        "file": names[0],
        "files": [
            {"file": name, "sha256": sha256(v.file), "bytes": len(v.file),
             "first": v.pages.start, "last": v.pages.last}
            for name, v in files
        ],
        "inputs": [
            {"exhibit": e.id, "file": name, "sha256": mark, "pages": total, "bound": bound,
             "repaired": e.repaired}
            for e in prepared
            for (name, mark), (_, total, bound) in zip(e.sha256, e.counts, strict=True)
        ],
        "pages": made.pages.written(),
        "notes": [as_data(f) for f in made.findings],
    }  # fmt: skip


def sign(  # noqa: PLR0913 - one argument an option of the command
    case: CasePath,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="The document to be signed.")],
    *,
    scan: Annotated[
        Path | None,
        typer.Option("--scan", metavar="FILE", help="The scan of the signed document (PDF)."),
    ] = None,
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="Signed on: YYYY-MM-DD.")] = "",
    password_file: PasswordFile = None,
    office: Office = None,
    json: Json = False,
) -> None:
    """Print the papers for the day of signing, or take in the signed scan.

    Without --scan it makes one file to print: a checklist, a script for the read-back, the
    document for signature, and the consent memo where discretion is asked for. With --scan the
    scan becomes the exhibit: cites to its paragraphs point into it, and a later change of an
    answer it used is a finding.
    """
    from nkdocs.packet import served

    desk = open_case(case, office, passwords(password_file))
    if scan is None:
        if on:
            msg = "--on says when the scan was signed, and there is no --scan"
            raise UsageError(msg, hint=f"Add --scan FILE, or leave --on away to print: nkdocs sign "
                             f"{case} {document}")  # fmt: skip
        _kit(desk, case, document, json=json)
        return
    day = _day(on)
    with desk.case.locked():
        taken = served.sign(desk, document, scan, day.isoformat())
    if json:
        give(envelope("sign", ok=True, data={"file": taken.file, **taken.record}))
        return
    give(f"{desk.case.where(desk.case.folder / taken.file)}  {taken.record['pages']} pages, frozen")
    if "opened" in taken.record:
        say("The scan had a password; it is kept without it, so that it can be bound.")
    say(f"Next: nkdocs build {case}")


def _kit(desk: "Desk", case: Path, document: str, *, json: bool) -> None:
    """Make the papers for the day of signing, and say what follows."""
    from nkdocs.packet import signing

    with desk.case.locked():
        made = signing.kit(desk, document)
        kept = signing.write(desk, made)
    following = f"nkdocs sign {case} {document} --scan signed.pdf --on YYYY-MM-DD"
    if json:
        papers = [{"title": title, "pages": pages} for title, pages in made.parts]
        data = {"file": made.file, "papers": papers, "next": following}
        give(envelope("sign", ok=True, data=data, findings=made.filling.findings))
        return
    total = sum(pages for _, pages in made.parts)
    give(f"{desk.case.result(made.file)}  {total} pages to print, on one side of the paper")
    for title, pages in made.parts:
        give(f"  {title}: {pages} page{'s' if pages > 1 else ''}")
    for name in kept:
        say(f"kept as a backup: {name}")
    text = show_findings(made.filling.findings, more=f"nkdocs check {case} --all")
    if text:
        say(text)
    say("Privileged papers are in it: it goes to nobody. Afterwards scan the document alone.")
    say(f"Next, after signing: {following}")


def sent(  # noqa: PLR0913 - one argument an option of the command
    case: CasePath,
    filing: Annotated[
        str, typer.Argument(metavar="FILING", help="The filing that was sent or filed.")
    ],
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="The PDF exactly as it was sent; all its parts."),
    ],
    *,
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="It left on: YYYY-MM-DD.")] = "",
    channel: Annotated[
        str,
        typer.Option(
            "--channel", metavar="HOW", help="How it left: email, eservice, ecas, mail, hand."
        ),
    ] = "email",
    office: Office = None,
    json: Json = False,
) -> None:
    """Freeze what left the office.

    The file is copied into the case with its hash. The request for supervisory review quotes only
    what was frozen.
    """
    from nkdocs.packet import served

    desk = open_case(case, office)
    day = _day(on)
    with desk.case.locked():
        taken = served.sent(desk, filing, *files, on=day.isoformat(), channel=channel)
    if json:
        give(envelope("sent", ok=True, data={"file": taken.file, **taken.record}))
        return
    where = desk.case.where(desk.case.folder / taken.file)
    give(f"{where}  frozen, sent {day.isoformat()} by {channel}")
    if not taken.record["as_built"]:
        say("Note: it is not byte for byte a file nkdocs built; what was sent is what counts.")


def _day(text: str) -> dt.date:
    """Return the day given, today if none is; what is frozen cannot be dated ahead.

    Raises:
        UsageError: it is not a day, or lies in the future.
    """
    try:
        day = dt.date.fromisoformat(text) if text else today()
    except ValueError:
        msg = "--on is not a day"
        raise UsageError(msg, hint="Write it as 2026-11-20.") from None
    if day > today():
        msg = "--on lies in the future"
        raise UsageError(msg, hint="Only what has happened is recorded.")
    return day
