"""The interview: one question at a time, every answer saved before the next is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from nkdocs.errors import NkdocsError
from nkdocs.interview.engine import Spot, Standing, Step
from nkdocs.interview.spec import Section
from nkdocs.ui.book import Book
from nkdocs.ui.faces import Answered, Asker, Cleared, Reply
from nkdocs.ui.prompter import Ask, Command, Do, Option, Prompter
from nkdocs.ui.review import review
from nkdocs.ui.words import Words


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an interview ended: answers saved in it, questions still open, required ones of them."""

    saved: int
    open: int
    required: int


class Session:
    """Asks what is open until nothing is, or until the person has had enough."""

    def __init__(
        self, book: Book, prompter: Prompter, language: str = "en", *, plain: bool = False
    ) -> None:
        """Ask about *book* through *prompter*, in *language* (en or ko)."""
        self.book, self.prompter, self.words = book, prompter, Words(language)
        self.asker = Asker(book, prompter, self.words, plain=plain)
        self._skipped: set[str] = set()
        self._here: Spot | None = None
        self._tour: Spot | None = None  # the list item that is being gone through
        self._section = ""

    def run(self, header: str = "", last: str = "") -> Outcome:
        """Ask, look over the answers, and say how it ended.

        Raises:
            KeyboardInterrupt: the person left; what was saved has been said.
            AnswersError: the input ended, or the file was made unreadable meanwhile.
        """
        self._greet(header, last)
        try:
            step = self._next()
            while step is not None or (step := review(self.book, self.asker)) is not None:
                self._skipped.discard(step.path)
                step = self._once(step)
        except (KeyboardInterrupt, NkdocsError):
            self.prompter.show(f"\n{self._saved()} The same command goes on from here.")
            raise
        outcome = self._outcome()
        self.prompter.show(self._saved())
        return outcome

    # Words around the questions

    def _greet(self, header: str, last: str) -> None:
        steps = [s for s in self.book.plan.steps if s.standing is not Standing.IDLE]
        count = f"{len(self.book.plan.open)} of {len(steps)} questions open"
        self.prompter.show(" · ".join(t for t in (header, count, last) if t))
        korean = [s.question.prompt for s in steps if s.question.prompt.ko]
        if self.words.language == "ko" and not all(w.reviewed_by for w in korean):
            self.prompter.show("The Korean wording has not been reviewed by a native speaker yet.")

    def _saved(self) -> str:
        count = self.book.saved
        what = "1 answer is" if count == 1 else f"{count or 'No'} answers are"
        return f"{what} saved in {self.book.file.name}." if count else "Nothing was changed."

    def _outcome(self) -> Outcome:
        left = self.book.plan.open
        return Outcome(self.book.saved, len(left), sum(s.required for s in left))

    def _title(self, step: Step) -> None:
        """Show where in the interview *step* stands: `Journey (3 of 9)`."""
        section = self.book.catalogue.sections[step.question.section]
        asked = self._asked(section)
        place = next((n for n, s in enumerate(asked, 1) if s.path == step.path), 0)
        inside = [n for n, part in enumerate(step.spot) if isinstance(part, int)]
        item = ""
        if inside and self.book.draft is None:
            item = f" · {self.book.label(step.spot[: inside[-1] + 1], self.words.language)}"
        title = section.title.say(self.words.language)
        self.prompter.show(f"\n{title} ({place} of {len(asked)}){item}\n")

    def _asked(self, section: Section) -> list[Step]:
        return [
            s
            for s in self.book.plan.steps
            if s.question.section == section.id and s.standing is not Standing.IDLE
        ]

    # One question

    def _once(self, step: Step) -> Step | None:
        """Ask *step*, do what is answered, and return the step to ask next."""
        self._title(step)
        if step.question.is_list:
            return self._list(step)
        reply = self.asker.ask(step)
        if isinstance(reply, Command):
            return self._obey(step, reply)
        return self._after(self._kept(step, reply))

    def _kept(self, step: Step, reply: Reply) -> Step:
        """Save a reply; return the step as it is called now."""
        if isinstance(reply, Answered):
            step = self._renamed(step, self.book.answer(step, reply.data))
            if reply.said:
                self.prompter.show(f"  {reply.said}")
        elif isinstance(reply, Cleared):
            self.book.clear(step)
            self._skipped.add(step.path)
        else:
            self._skipped.add(step.path)
        return step

    def _renamed(self, old: Step, new: Step) -> Step:
        """Keep what was skipped of an item that has got its own id; return *new*."""
        if old.path != new.path:
            pairs = zip(old.path.split("."), new.path.split("."), strict=True)
            end = next(n for n, (a, b) in enumerate(pairs, 1) if a != b)
            before = ".".join(old.path.split(".")[:end]) + "."
            after = ".".join(new.path.split(".")[:end]) + "."
            moved = {p for p in self._skipped if p.startswith(before)}
            self._skipped -= moved
            self._skipped |= {after + p.removeprefix(before) for p in moved}
        return new

    def _after(self, step: Step) -> Step | None:
        """Return the step that follows *step*."""
        self._here = step.spot
        if self._tour is not None:
            tour = self._tour
            rest = [s for s in self._under(tour) if self._rank(s) > self._rank(step)]
            if rest:
                return rest[0]
            self._tour = None
            return self._at(tour[:-1])
        return self._next()

    def _next(self) -> Step | None:
        """Return the next open step; an item without any answer is forgotten when it is left."""
        book = self.book
        left = frozenset(s.spot for s in book.plan.steps if s.path in self._skipped)
        step = book.plan.next(self._here, left)
        if book.draft is not None and (step is None or book.around(step) is None):
            here = book.draft.list
            book.drop()
            step = self._at(here) if step is None or step.spot == here else book.step(step.path)
            if step is not None and step.path in self._skipped:
                return self._next()
        return step

    def _under(self, spot: Spot) -> list[Step]:
        return [
            s
            for s in self.book.plan.steps
            if s.spot[: len(spot)] == spot and s.standing is not Standing.IDLE
        ]

    def _rank(self, step: Step) -> int:
        spots = [s.spot for s in self.book.plan.steps]
        return spots.index(step.spot) if step.spot in spots else -1

    def _at(self, spot: Spot) -> Step | None:
        return next((s for s in self.book.plan.steps if s.spot == spot), None)

    # Commands

    def _obey(self, step: Step, command: Command) -> Step | None:
        """Do what was asked for instead of an answer; return the step to ask next."""
        if command.do is Do.BACK:
            return self._back(step)
        if command.do is Do.NOTE:
            return self._note(step, command.text)
        if command.do is Do.LEAVE:
            section = self.book.catalogue.sections[step.question.section]
            self._skipped |= {s.path for s in self._asked(section) if not s.answered}
            self._tour = None
            return self._after(step)
        if command.do is Do.JUMP:
            return self._jump(step, command.text)
        self.asker.help(step)
        return step

    def _back(self, step: Step) -> Step:
        before = self.book.plan.before(step.spot)
        if self.book.around(step) and (before is None or not self.book.around(before)):
            here = self.book.draft.list if self.book.draft else ()
            self.book.drop()
            return self._at(here) or step
        if before is None:
            self.prompter.show(self.words("This is the first question."))
        return before or step

    def _note(self, step: Step, text: str) -> Step:
        if not text:
            typed = self.prompter.text(Ask(self.words("The note:")), lambda _: None)
            text = typed if isinstance(typed, str) else ""
        if text:
            step = self._renamed(step, self.book.note(step, text))
            self.prompter.show(f"  {self.words('Noted.')}")
        return step

    def _jump(self, step: Step, text: str) -> Step:
        """Return the first open question of the section whose title *text* is a part of."""
        self.book.drop()
        sections = [s for s in self.book.plan.sections if self._asked(s)]
        if not text:
            hint = (self.words("A part of its name; empty lists them all."),)
            typed = self.prompter.text(Ask(self.words("Which part?"), hint), lambda _: None)
            text = typed if isinstance(typed, str) else ""
        found = _named(sections, text)
        if len(found) != 1:
            if text and not found:
                self.prompter.show(f"  {self.words('There is no such part.')}")
            found = self._chosen(found or sections)
        if not found:
            return self._at(step.spot) or step
        asked = self._asked(found[0])
        self._tour = None
        self._skipped -= {s.path for s in asked}
        return next((s for s in asked if s.standing is Standing.OPEN), asked[0])

    def _chosen(self, sections: Sequence[Section]) -> list[Section]:
        options = [Option("", self.words("back"))]
        for section in sections:
            left, asked = self.book.plan.count(section.id)
            title = section.title.say(self.words.language)
            options.append(Option(section.id, f"{title} ({asked - left} of {asked})"))
        chosen = self.prompter.choose(Ask(self.words("Which part?")), options)
        return [s for s in sections if s.id == chosen]

    # Lists

    def _list(self, step: Step) -> Step | None:
        """Ask what to do with a list; return the step to ask next."""
        book, words = self.book, self.words
        ids = book.answers.items(step.spot)
        title = step.question.prompt.say(words.language)
        labels = [book.label((*step.spot, n), words.language) for n, _ in enumerate(ids)]
        hint = tuple(f"{n}. {label}" for n, label in enumerate(labels, 1))
        chosen = self.prompter.choose(Ask(title, hint, keys=self.asker.keys), self._menu(step))
        if isinstance(chosen, Command):
            return self._obey(step, chosen)
        if chosen == "add":
            spot = book.add(step)
            begun = f"{book.answers.path(spot)}."  # its id may have been given up before
            self._skipped = {p for p in self._skipped if not p.startswith(begun)}
            return next(iter(self._under(spot)), step)
        if chosen in {"change", "delete"}:
            return self._item(step, chosen)
        if chosen == "done":
            book.done(step)
        elif chosen == "none":
            book.none(step)
        else:
            self._skipped.add(step.path)
        return self._after(step)

    def _menu(self, step: Step) -> list[Option]:
        words, ids = self.words, self.book.answers.items(step.spot)
        kept = "keep as it is" if step.answered else "leave open"
        called = f": {step.question.singular}" if step.question.singular else ""
        options = [Option("", words(kept))]
        options.append(Option("add", words("add another" if ids else "add") + called, letter="a"))
        if ids:
            if not self.book.answers.done(step.spot):
                options.append(Option("done", words("no more"), letter="n"))
            options.append(Option("change", words("change one")))
            options.append(Option("delete", words("take one out")))
        elif not step.answered:
            options.append(Option("none", words("none"), letter="n"))
        return options

    def _item(self, step: Step, what: str) -> Step | None:
        """Let an item of a list be chosen, to be gone through again or to be taken out."""
        book, words = self.book, self.words
        options = [Option("", words("back"))]
        for number, _ in enumerate(book.answers.items(step.spot)):
            options.append(Option(str(number), book.label((*step.spot, number), words.language)))
        chosen = self.prompter.choose(Ask(words("Which one?")), options)
        if isinstance(chosen, Command) or not chosen:
            return step
        spot = (*step.spot, int(chosen))
        if what == "change":
            self._tour = spot
            return next(iter(self._under(spot)), step)
        count = sum(s.answered for s in self._under(spot))
        sure = [Option("", words("back")), Option("yes", words("take one out"))]
        label = book.label(spot, words.language)
        ask = Ask(f"{label}: {count} answers", (words("take one out") + "?",))
        if self.prompter.choose(ask, sure) == "yes":
            book.delete(step, int(chosen))
        return self._at(step.spot) or step


def _named(sections: Sequence[Section], text: str) -> list[Section]:
    """Return the sections whose title or id *text* begins or is a part of, one if one is named."""
    word = text.casefold()
    if not word:
        return []

    def names(section: Section) -> list[str]:
        return [t.casefold() for t in (section.title.en, section.title.ko, section.id) if t]

    begun = [s for s in sections if any(name.startswith(word) for name in names(s))]
    return begun or [s for s in sections if any(word in name for name in names(s))]
