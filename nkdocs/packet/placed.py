"""Papers in the filing they lead: filled once more with its page map."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs.answers.entries import Filing
from nkdocs.case import Case
from nkdocs.citations.pagemap import PageMap
from nkdocs.diagnostics import Finding, State
from nkdocs.errors import FileBusyError, NkdocsError
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import Circumstances, Paper, make

if TYPE_CHECKING:
    from nkdocs.packet.listed import Listed


def page_map(desk: Desk, wanted: "Listed") -> PageMap:
    """Return the page map of what a filing lists; what reads exhibits is loaded when one is cited.

    Raises:
        NkdocsError: an exhibit cannot be used.
    """
    from nkdocs.packet import bind

    return bind.page_map(desk, wanted)


def keep(case: Case, files: Mapping[str, bytes]) -> None:
    """Write what `Places` kept for the next run, unless a locked case would show it.

    Where it cannot be written nothing is kept, and nothing fails.
    """
    vault = case.vault
    hidden = {n: data for n, data in files.items() if not vault or vault.covers(case.out / n)}
    if hidden:
        with suppress(FileBusyError):
            case.write(hidden, [])


_Known = tuple[PageMap | None, tuple[Finding, ...]]


class Places(Struct, frozen=True):
    """Where the exhibits of a case lie, filing by filing, as one run of a command finds them.

    A filing's exhibits are read when a paper first cites them, and never again in that run: its
    lead document and every companion of it cite by the same page map.

    What an earlier run kept of a filing that is as it was is used again (`laid`).

    Attributes:
        reads: how the page map of a filing is worked out.
        kept: what the next run can use, by path in `out/`; `keep` writes it.
    """

    desk: Desk
    reads: "Callable[[Desk, Listed], PageMap]" = page_map
    kept: dict[str, bytes] = field(default_factory=dict)
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
        from nkdocs.packet.listed import exhibits_of

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
            return self._laid(filing, state), ()
        except NkdocsError as error:
            if state is not State.DRAFT:
                raise
            return None, tuple(f for f in error.faults if isinstance(f, Finding))

    def _laid(self, filing: Filing, state: State) -> PageMap:
        """Return the page map that was kept, else the one worked out; it is kept for next time.

        Not where a password opened an exhibit: who has none is told so each time.
        """
        from nkdocs.packet import laid
        from nkdocs.packet.listed import listed

        wanted = listed(self.desk, filing, state)
        before = laid.mark(self.desk, wanted)
        found = laid.fetch(self.desk, wanted, before)
        if found is not None:
            return found
        closed: list[str] = []

        def passwords(file: str) -> Iterator[str]:
            closed.append(file)
            yield from self.desk.passwords(file)

        pages = self.reads(replace(self.desk, passwords=passwords), wanted)
        unchanged = not closed and laid.mark(self.desk, wanted) == before
        data = laid.written(wanted, before, pages) if unchanged else b""
        self.kept.update({laid.name_of(filing): data} if data else {})
        return pages
