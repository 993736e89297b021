"""Papers in the filing they lead: filled once more with its page map."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from nkdocs.answers.entries import Filing
from nkdocs.citations.pagemap import PageMap
from nkdocs.diagnostics import Finding, State
from nkdocs.errors import NkdocsError
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import Circumstances, Paper, make


def page_map(desk: Desk, filing: Filing, state: State) -> PageMap:
    """Return the page map of *filing*; what reads exhibits is loaded when one is cited."""
    from nkdocs.packet import bind

    return bind.page_map(desk, filing, state)


_Known = tuple[PageMap | None, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the exhibits of a case lie, filing by filing, as one run of a command finds them.

    A filing's exhibits are read when a paper first cites them, and never again in that run: its
    lead document and every companion of it cite by the same page map.

    Attributes:
        reads: how the page map of a filing is worked out.
    """

    desk: Desk
    reads: Callable[[Desk, Filing, State], PageMap] = page_map
    _known: dict[tuple[str, State], _Known] = field(default_factory=dict)

    def in_filing(self, paper: Paper, around: Circumstances) -> Paper:
        """Return *paper* made once more with the page map of the filing it leads, if it cites."""
        filing = self.desk.filing_of(paper.document.id)
        if filing is None or not (
            paper.cites or any(f.code in {"A006", "L601"} for f in paper.findings)
        ):
            return paper
        pages, faults = self._pages(filing, around.state)
        if pages is None:
            return replace(paper, findings=(*paper.findings, *faults))
        from nkdocs.packet.build import exhibits_of

        shown = {"id": filing.id, "recipient": filing.recipient, "venue": filing.venue}
        placed = replace(
            around,
            maps=(pages, *around.maps),
            exhibits=exhibits_of(self.desk, pages),
            filing=shown,
        )
        return make(self.desk, paper.document, paper.file, placed)

    def _pages(self, filing: Filing, state: State) -> _Known:
        key = filing.id, state
        if key not in self._known:
            self._known[key] = self._read(filing, state)
        return self._known[key]

    def _read(self, filing: Filing, state: State) -> _Known:
        """Return the page map of a filing; a draft can do without, and tells what hinders it."""
        try:
            return self.reads(self.desk, filing, state), ()
        except NkdocsError as error:
            if state is not State.DRAFT:
                raise
            return None, tuple(f for f in error.faults if isinstance(f, Finding))
