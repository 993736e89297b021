"""Papers in the filing they lead: filled once more with its page map."""

from dataclasses import replace

from nkdocs.answers.entries import Filing
from nkdocs.citations.pagemap import PageMap
from nkdocs.diagnostics import Finding, State
from nkdocs.errors import NkdocsError
from nkdocs.packet.bind import page_map
from nkdocs.packet.build import exhibits_of
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import Circumstances, Paper, make


def in_filing(desk: Desk, paper: Paper, around: Circumstances) -> Paper:
    """Return *paper* made once more with the page map of the filing it leads, if it cites."""
    filing = desk.filing_of(paper.document.id)
    if filing is None or not (
        paper.cites or any(f.code in {"A006", "L601"} for f in paper.findings)
    ):
        return paper
    pages, faults = _pages(desk, filing, around.state)
    if pages is None:
        return replace(paper, findings=(*paper.findings, *faults))
    shown = {"id": filing.id, "recipient": filing.recipient, "venue": filing.venue}
    placed = replace(
        around, maps=(pages, *around.maps), exhibits=exhibits_of(desk, pages), filing=shown
    )
    return make(desk, paper.document, paper.file, placed)


def _pages(desk: Desk, filing: Filing, state: State) -> tuple[PageMap | None, tuple[Finding, ...]]:
    """Return the page map of a filing; a draft can do without, and tells what hinders it."""
    try:
        return page_map(desk, filing, state), ()
    except NkdocsError as error:
        if state is not State.DRAFT:
            raise
        return None, tuple(f for f in error.faults if isinstance(f, Finding))
