"""A small set of questions and a fake terminal, for tests of the interview."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from nkdocs.answers.view import Answers
from nkdocs.case import Case
from nkdocs.interview import load
from nkdocs.interview.spec import Catalogue
from nkdocs.ui.book import Book
from nkdocs.ui.prompter import Ask, Command, Fault, Option
from nkdocs.ui.session import Session

SECTIONS = {
    "people.yaml": """
section: people
title: {en: Who they are, ko: 사람들}
questions:
- ask: respondents
  kind: list
  singular: respondent
  prompt: Who is in the case?
  audience: [client, court, opla]
  required: yes
- ask: respondents[].lead
  kind: yesno
  prompt: Is this the lead?
  audience: [client, court]
  required: yes
- ask: respondents[].relation
  kind: text
  prompt: What relation?
  audience: [client]
  when: not lead
- ask: respondents[].name
  kind: name
  prompt: What name?
  audience: [client, court]
  required: yes
- ask: respondents[].entries
  kind: list
  singular: entry
  prompt: Which entries?
  audience: [client]
- ask: respondents[].entries[].when
  kind: when
  prompt: When was the entry?
  audience: [client]
  required: yes
  unknowns: yes
- ask: respondents[].entries[].where
  kind: place
  prompt: Where was the entry?
  audience: [client]
""",
    "matter.yaml": """
section: matter
title: {en: The matter}
questions:
- ask: case.detained
  kind: yesno
  prompt: Detained?
  audience: [client]
  required: yes
  unknowns: yes
  help: Held by ICE today.
  why: Decides the venue.
  source: [8 CFR 1003.14]
- ask: case.facility
  kind: text
  prompt: Where held?
  audience: [client]
  when: case.detained
  required: yes
- ask: case.risk
  kind: story
  prompt: What does counsel think?
  audience: [internal]
- ask: case.kin
  kind: choice
  prompt: Which relative?
  audience: [internal]
  when: case.detained == 'declines'
  choices: {a: {en: aunt, ko: 이모}, b: {en: boy, ko: 아들}}
- ask: case.charges
  kind: many
  prompt: Which charges?
  audience: [client]
  choices: {a6: {en: entered, ko: 불법입국}, a7: no visa}
  unknowns: yes
""",
}
DOCUMENT = """
document: letter
title: A letter
audience: opla
use: [people, matter]
files: [{file: letter.docx, title: Letter, audience: opla}]
"""


def catalogue(folder: Path) -> Catalogue:
    """Write the questions below *folder* and return them."""
    for name, text in SECTIONS.items():
        file = folder / "templates" / "shared" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (folder / "templates" / "letter").mkdir(exist_ok=True)
    (folder / "templates" / "letter" / "interview.yaml").write_text(DOCUMENT, "utf-8")
    return load.load([folder / "templates"])


def book(folder: Path, text: str = "answers: 1\n", *, client_view: bool = False) -> Book:
    """Return the book of a case below *folder* whose answers file is *text*."""
    known = catalogue(folder)
    case = folder / "seo"
    case.mkdir(exist_ok=True)
    (case / "answers.yaml").write_text(text, "utf-8")
    documents = list(known.documents.values())
    return Book(Case(case / "answers.yaml", case), known, documents, client_view=client_view)


def written(opened: Book) -> str:
    """Return the answers file as it stands on the disk."""
    return opened.case.file.read_text("utf-8")


def answers(opened: Book) -> Answers:
    """Return the answers as they stand on the disk."""
    return Answers(opened.case.load(), opened.catalogue)


class FakePrompter:
    """Answers by a script: (a part of the question, the reply), in order; the rest by *other*."""

    columns = 1000

    def __init__(
        self,
        script: Iterable[tuple[str, object]] = (),
        other: Callable[[Ask, Sequence[Option]], object] | None = None,
    ) -> None:
        """Give the replies of *script*, then those of *other*."""
        self.script = list(script)
        self.other = other
        self.asked: list[str] = []
        self.hints: list[str] = []
        self.shown: list[str] = []
        self.menus: list[list[str]] = []
        self.before: Callable[[], None] = lambda: None

    def show(self, text: str) -> None:
        """Remember a text."""
        self.shown.append(text)

    def _reply(self, ask: Ask, options: Sequence[Option] = ()) -> object:
        self.before()
        self.asked.append(ask.title)
        self.hints.extend(ask.hint)
        if self.script and self.script[0][0] in ask.title:
            reply = self.script.pop(0)[1]
            if isinstance(reply, BaseException):
                raise reply
            return reply
        return self.other(ask, options) if self.other else ""

    def text(self, ask: Ask, fault: Fault) -> str | Command:
        """Reply with a text, again while it has a fault."""
        reply = self._reply(ask)
        if isinstance(reply, Command):
            return reply
        while reply and (wrong := fault(str(reply))):
            self.shown.append(wrong)
            reply = self._reply(ask)
        return str(reply)

    def choose(self, ask: Ask, options: Sequence[Option]) -> str | Command:
        """Reply with a key of the menu."""
        reply = self._reply(ask, options)
        if isinstance(reply, Command):
            return reply
        assert reply in {o.key for o in options}, (ask.title, reply, options)
        return str(reply)

    def pick(self, ask: Ask, options: Sequence[Option], fault: Fault) -> str | Command:
        """Reply with a key of the menu, or a text, again while it has a fault."""
        self.menus.append([o.label for o in options])
        return self.text(ask, fault)

    def several(self, ask: Ask, options: Sequence[Option]) -> tuple[str, ...] | Command:
        """Reply with keys of the menu."""
        reply = self._reply(ask, options)
        if isinstance(reply, Command):
            return reply
        return tuple(str(key) for key in reply) if isinstance(reply, tuple) else ()


def talk(opened: Book, *script: tuple[str, object]) -> FakePrompter:
    """Drive a session by *script*; what it does not name is left open. Return the terminal."""
    prompter = FakePrompter(script)
    Session(opened, prompter).run()
    assert not prompter.script, prompter.script
    return prompter
