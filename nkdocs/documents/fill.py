"""Fills one document, start to finish."""

import datetime as dt
from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs._jinja import View
from nkdocs.answers.korean import Korean
from nkdocs.answers.origin import Origins
from nkdocs.answers.view import Answers
from nkdocs.authorities import Registry
from nkdocs.citations.pagemap import PageMap
from nkdocs.diagnostics import State
from nkdocs.documents import marks
from nkdocs.documents.clean import CORE, core
from nkdocs.documents.draft import Note, mark_draft
from nkdocs.documents.filled import Filled
from nkdocs.documents.letter import Letter
from nkdocs.documents.lookups import Lookups, Sent
from nkdocs.documents.packed import Members
from nkdocs.documents.wordfile import WordFile, paragraphs, text_of
from nkdocs.documents.wording import Cites, Told, writer
from nkdocs.errors import TemplateError
from nkdocs.interview.engine import Spot


class Shown(View):
    """Plain facts under fixed names, for a template to read."""

    __slots__ = ("_facts",)

    def __init__(self, **facts: object) -> None:
        """Show *facts*."""
        self._facts = facts

    def lookup(self, name: str) -> object:
        """Return a fact."""
        return self._facts[name] if name in self._facts else super().lookup(name)

    def __str__(self) -> str:
        """Print the title, or the id."""
        return str(self._facts.get("title") or self._facts.get("id", ""))


class Setting(Struct, frozen=True):
    """What a document is filled in besides its answers.

    Attributes:
        maps: page maps in which its cites resolve: its own filing's first, then served ones.
        exhibits: of its filing: id, title, tab, date of each.
        filing: id, recipient, venue of its filing; empty without one.
        item: of a document about one item of a list: what it is called, and where it stands.
        internal: what only a paper for nobody outside the office may name; no other gets it.
        served: what left the office before, in order.
        keep: the compiled template may be kept on this computer's disk (not a case's own one).
        foreign: the template did not ship with nkdocs; it is filled in a child with limits.
    """

    registry: Registry
    state: State = State.DRAFT
    maps: Sequence[PageMap] = ()
    exhibits: Sequence[Mapping[str, str]] = ()
    filing: Mapping[str, str] | None = None
    day: dt.date | None = None
    item: tuple[str, Spot] | None = None
    internal: Mapping[str, object] = field(default_factory=dict)
    served: Sequence[Sent] = ()
    keep: bool = False
    foreign: bool = False


def fill(template: bytes, answers: Answers, setting: Setting, *, name: str, title: str) -> Filled:
    """Fill *template* from *answers* and return the clean DOCX.

    Args:
        template: the Word file with its tags.
        answers: seen by the document's audience.
        setting: page maps, authorities, state.
        name: what messages call the template.
        title: the document's title.

    Raises:
        TemplateError: the template is wrong, or reaches what its audience may not see.
    """
    if setting.foreign:
        from nkdocs.documents.apart import filled_apart

        own = replace(setting, foreign=False)
        return filled_apart(lambda: fill(template, answers, own, name=name, title=title), name)
    from nkdocs.documents import compiled

    used = compiled.compiled(template, name, keep=setting.keep).names
    told = Told()
    cites = Cites(setting.maps, told)
    lookups = Lookups(setting.registry, setting.served)
    names = {
        **answers.names(used),
        **({**_nothing(), **setting.internal} if answers.audience is None else {}),
        "cite": cites.cite,
        "mark": cites.mark,
        "korean": Korean(answers).of,
        "authority": setting.registry.authority,
        "origin": Origins(answers).origin,
        "guidance": lookups.guidance,
        "sent": lookups.sent,
        "state": setting.state.value,
        "exhibits": [Shown(**e) for e in setting.exhibits],
        "filing": Shown(**(setting.filing or {"id": "", "recipient": "", "venue": ""})),
    }
    if setting.item is not None:
        names[setting.item[0]] = answers.value(setting.item[1])
    write = writer(cites)
    known = answers.catalogue.children(())
    letter = compiled.fill(template, names, write, name=name, keep=setting.keep, known=known)
    found = marks.settle_letter(letter)
    _verify(letter, name)
    if CORE in letter.members:
        letter.changed[CORE] = core(title, setting.day)
    return Filled(
        letter.packed(),
        found.blanks,
        told.lost,
        tuple(found.cites),
        found.names,
        tuple(sorted(answers.usage.paths)),
        dict(setting.registry.asked),
    )


def _nothing() -> dict[str, object]:
    """Return what an internal paper may name, where nobody gathered it."""
    kit = {"document": "", "title": "", "pages": "", "paragraphs": "", "command": ""}
    return {
        "findings": [],
        "accepted": [],
        "changes": [],
        "sheet": Shown(code="", standing="none", papers=""),
        "kit": Shown(**kit, memo=False, sworn=False),
    }


def _verify(letter: Letter, name: str) -> None:
    """Require that every text handed to the document stands in it (TRUST.md R2).

    Where the compiled template proves it by the place of each tag, there is nothing to look for.

    Raises:
        TemplateError: one does not; nothing is written.
    """
    searched = [part for part in letter.parts if part.values is None]
    printed = {text for part in searched for text in part.printed}
    said = [text_of(p) for part in searched for p in paragraphs(part.tree)] if printed else []
    whole = "\n".join(said)
    lost = sum(marks.plain(text) not in whole for text in printed)
    if lost:
        msg = f"{name}: {lost} printed answers do not stand in the document that came out"
        raise TemplateError(msg, hint="Print answers in plain paragraphs, and report this.")


def as_draft(docx: bytes | Members, notes: Sequence[Note] | None, title: str) -> bytes:
    """Return *docx* marked DRAFT on every page, with *notes* on a tear-off first page.

    Without *notes* (None) it has no such page.
    """
    word = WordFile.own(docx)
    mark_draft(word, notes, title)
    return word.data()
