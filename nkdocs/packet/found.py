"""Files of a case that may become exhibits, as a person chooses among them."""

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from nkdocs.answers.entries import Exhibit
from nkdocs.bundle import exhibits, filetypes
from nkdocs.bundle.faults import UnusableError, amount, finding
from nkdocs.bundle.glance import Glance
from nkdocs.bundle.intake import contents
from nkdocs.bundle.workshop import Workshop
from nkdocs.case import Case

FOLDER = "exhibits"
_MOST = 60  # files that are opened for one menu; of the others the name is shown
_LARGEST = 50 << 20  # bytes of a file that is opened for it


class Files:
    """The files of a case's folder of exhibits, each looked into once."""

    def __init__(self, case: Case) -> None:
        """Look at *case*; a locked one is opened in memory alone."""
        self._case = case
        self._seen: dict[tuple[str, int, int], Glance] = {}

    def names(self, listed: Collection[str]) -> list[str]:
        """Return the files of the folder, those not *listed* yet first."""
        there = [e.file for e in exhibits.in_folder(self._case.folder, FOLDER)]
        return sorted(there, key=lambda file: file in listed)

    def unlisted(self, listed: Collection[str]) -> list[str]:
        """Return the files of the folder that are not *listed*."""
        return [file for file in self.names(listed) if file not in listed]

    def proposed(self, file: str, taken: Collection[str] = ()) -> Exhibit | None:
        """Return the entry that the name of *file* proposes; None if there is no such file."""
        there = exhibits.in_folder(self._case.folder, FOLDER, taken)
        found = next((e for e in there if e.file == file), None)
        if found is None and self.is_there(file):
            name = PurePosixPath(file)
            return exhibits.entry(name, set(taken))
        return found

    def is_there(self, file: str) -> bool:
        """Whether *file* can be read, in the case's folder and nowhere else."""
        return not self.fault(file)

    def fault(self, file: str) -> str:
        """Say why *file* cannot be an exhibit's file, empty if it can."""
        try:
            data = self._read(file)
            filetypes.kind(data, file)
        except UnusableError as error:
            told = finding(error.note, file=file, subject="")
            return f"{told.message}. {told.hint}".strip()
        return ""

    def glances(self, files: Collection[str]) -> Iterator[tuple[str, Glance]]:
        """Yield each of *files* with what is seen of it; of very many and very large ones nothing.

        Files are opened in a child process with limits, as for a bundle.
        """
        with Workshop() as shop:
            for number, file in enumerate(files):
                yield file, self._glance(file, shop) if number < _MOST else Glance()

    def _glance(self, file: str, shop: Workshop) -> Glance:
        try:
            stat = self._case.where(self._case.folder / file).stat()
            mark = (file, stat.st_size, stat.st_mtime_ns)
        except OSError:
            mark = (file, 0, 0)
        if mark[1] > _LARGEST:
            return Glance()
        if mark not in self._seen:
            self._seen[mark] = self._opened(file, shop)
        return self._seen[mark]

    def _opened(self, file: str, shop: Workshop) -> Glance:
        try:
            data = self._read(file)
            return shop.look(filetypes.kind(data, file), data)
        except UnusableError as error:
            return Glance(fault=finding(error.note, file=file, subject="").message)

    def _read(self, file: str) -> bytes:
        unseal = self._case.unseal if self._case.vault else None
        return contents(self._case.folder, file, unseal)


def told(seen: Glance) -> str:
    """Return what is seen of a file as the end of a line: `3 pages · Letter of the clinic`."""
    pages = f"{'about ' if seen.about else ''}{amount(seen.pages, 'page')}" if seen.pages else ""
    return " · ".join(t for t in (pages, seen.line or seen.fault) if t)
