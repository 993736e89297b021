"""What an edited paper says against what would be filled today."""

from collections.abc import Iterator, Sequence

from nkdocs.case import Hand
from nkdocs.diagnostics import State
from nkdocs.documents.differences import Change, changes
from nkdocs.errors import UsageError
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import Circumstances, make, papers
from nkdocs.packet.placed import Places


def since_filled(desk: Desk, names: Sequence[str] = ()) -> Iterator[tuple[str, list[Change]]]:
    """Yield each paper of *names* in `out/` (without names those that someone edited).

    With it stand the changes from what would be filled today to what stands there; nothing is
    written.

    Raises:
        UsageError: a paper that is named does not stand in `out/`.
    """
    served, places = tuple(desk.case.served().values()), Places(desk)
    for document, file in papers(desk, desk.documents(names)):
        hand = desk.case.hand(file.file)
        if hand is Hand.ABSENT and names and file == document.files[0]:
            msg = f"out/{file.file} is not there"
            raise UsageError(msg, hint=f"Next: nkdocs fill {desk.case.shown} {document.id}")
        if hand is Hand.ABSENT or (not names and hand is Hand.OURS):
            continue
        last = desk.case.last(file.file, "document") or {}
        around = Circumstances(State(last.get("state", "draft")), served, anew=True)
        today = places.in_filing(make(desk, document, file, around), around)
        theirs = desk.case.read(f"out/{file.file}")
        yield file.file, changes(today.docx, theirs, (f"today's {file.file}", file.file))
