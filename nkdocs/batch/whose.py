"""Who is behind a key of a list: seen again in a later run, without a name in the clear.

Lists often count their rows: next month's key 1 is another client, and her letter would go where
the first one's stands. Of each row the journal keeps hashes of names and A-numbers, made with a
secret that lies in a file of its own: the journal alone lets nobody try names against it.
"""

import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec import Struct

from nkdocs import _atomic
from nkdocs.batch.jobs import Job
from nkdocs.batch.journal import Journal
from nkdocs.batch.rows import Table
from nkdocs.batch.sources import Sources
from nkdocs.checks.strangers import digits
from nkdocs.errors import UsageError

_FILE = ".whose"  # the secret
_BYTES = 16
_FEW = 10  # rows that are named

Marks = Mapping[str, list[str]]


class Whose(Struct, frozen=True):
    """Tells clients of rows apart."""

    secret: bytes

    @classmethod
    def of(cls, sources: Sources, folder: Path) -> "Whose":
        """Return what tells the clients of lists apart whose letters are in *folder*.

        A secret that was lost is made anew: then no one is known again.
        """
        if not _tables(sources):
            return cls(b"")
        file = folder / _FILE
        known = file.read_bytes() if file.is_file() else b""
        if len(known) != _BYTES:
            known = secrets.token_bytes(_BYTES)
            _atomic.save(file, known)
        return cls(known)

    def told(self, job: Job) -> dict[str, object]:
        """Return what the record of a row's letters tells of who she is, nothing of other cases."""
        if job.data is None:
            return {}
        return {"who": self._marks(job.data), "list": self._mark(_place(job.path))}

    def changed(
        self, journal: Journal, table: Table, document: str
    ) -> Iterator[tuple[str, str]]:
        """Yield number and place of each row under whose key another client's letter stands."""
        place = self._mark(_place(table.name))
        for key, found in table.each():
            number = journal.numbered(f"row\n{key}")
            before = journal.clients(number, document)
            now = self._marks(found.data) if before else {}
            if any(_is_another(b["who"], now, same=b.get("list") == place) for b in before):
                yield number, Job(number, table.name, cells=found.cells).shown

    def _marks(self, data: Mapping[str, Any]) -> Marks:
        people = data.get("respondents")
        people = [p for p in people if isinstance(p, dict)] if isinstance(people, list) else []
        told = [str(p.get("a_number", "")) for p in people]
        numbers = {digits(number) for number in told if re.search(r"\d", number)}
        names = {_plain(p["name"]) for p in people if "name" in p}
        both = {"numbers": numbers, "names": names}
        return {kind: sorted(map(self._mark, texts)) for kind, texts in both.items()}

    def _mark(self, text: str) -> str:
        data = text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, key=self.secret, digest_size=8).hexdigest()


def _plain(name: object) -> str:
    """Return the letters of a name, however it is spaced and spelt in capitals or not."""
    told = " ".join(map(str, name.values())) if isinstance(name, dict) else str(name)
    return re.sub(r"[\W_]+", "", told.casefold())


def _is_another(before: Marks, now: Marks, *, same: bool) -> bool:
    """Whether a key means another client than before.

    In another list the A-numbers decide, or the names where there are none. In the same list one
    of them may have been mended: both must differ.
    """
    told = [kind for kind in ("numbers", "names") if before.get(kind) and now.get(kind)]
    differ = [not set(before[kind]) & set(now[kind]) for kind in told]
    return len(differ) > 1 and all(differ) if same else differ[:1] == [True]


def others(sources: Sources, journal: Journal, whose: Whose, document: str) -> dict[str, str]:
    """Return the rows under whose key another client's *document* stands: number and place.

    Lists of which all letters stand there, byte for byte the same, are not gone through.
    """
    if journal.is_new or contents(sources) <= journal.lists.get(document, set()):
        return {}
    tables = _tables(sources)
    return dict(row for table in tables for row in whose.changed(journal, table, document))


def refuse(found: Mapping[str, str], folder: Path) -> None:
    """Stop before other clients' letters are replaced.

    Raises:
        UsageError: there are such rows; each is named.
    """
    if not found:
        return
    many = f"{len(found)} keys are other clients'"
    keys = "a key is another client's" if len(found) == 1 else many
    msg = f"{keys} than in the run that made the letters in {folder}; no letter was written"
    hint = "Name another folder with -o; or --force: the old letters are backed up, then replaced."
    named = [f"{place}: letter {number}" for number, place in islice(found.items(), _FEW)]
    named += [f"and {len(found) - _FEW} more"] if len(found) > _FEW else []
    raise UsageError(msg, hint=hint, faults=named)


def contents(sources: Sources) -> set[str]:
    """Return the fingerprints of the lists as they are now."""
    found = set()
    for table in _tables(sources):
        with table.path.open("rb") as data:
            found.add(hashlib.file_digest(data, "sha256").hexdigest())
    return found


def _tables(sources: Sources) -> list[Table]:
    return [part for part in sources.parts if isinstance(part, Table)]


@cache
def _place(path: str) -> str:
    return str(Path(path).resolve())
