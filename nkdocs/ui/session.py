"""The interview: one question at a time, every answer saved before the next is shown."""

from collections.abc import Sequence

from msgspec import Struct

from nkdocs.errors import NkdocsError
from nkdocs.interview.engine import Spot, Standing, Step
from nkdocs.interview.spec import Section
from nkdocs.ui.book import Book
from nkdocs.ui.columns import cut, width
from nkdocs.ui.faces import Answered, Asker, Cleared, Reply
from nkdocs.ui.items import Added, Again, Chosen, Lists
from nkdocs.ui.places import Places
from nkdocs.ui.prompter import Ask, Command, Do, Prompter
from nkdocs.ui.reasons import Uses
from nkdocs.ui.resume import left_at
from nkdocs.ui.review import Findings, Review
from nkdocs.ui.words import Words

_ITEM, _LEAST = 40, 16  # columns of an item's own words
_NAMED = 4  # of the questions that came or went with an answer


class Outcome(Struct, frozen=True):
    """How an interview ended: answers saved in it, questions still open, required ones of them."""

    saved: int
    open: int
    required: int


class Session:
    """Asks what is open until nothing is, or until the person has had enough."""

    def __init__(
        self,
        book: Book,
        prompter: Prompter,
        language: str = "en",
        *,
        plain: bool = False,
        findings: Findings | None = None,
        uses: Uses | None = None,
    ) -> None:
        """Ask about *book* through *prompter*, in *language* (en or ko).

        *findings* tells what the checks find, to be shown beside the answers at a review; *uses*
        which paragraphs use an answer, to be shown with the help.
        """
        self.book, self.prompter, self.words = book, prompter, Words(language)
        self.asker = Asker(book, prompter, self.words, plain=plain, uses=uses)
        self.lists, self.places = Lists(self.asker), Places(self.asker)
        self.review = Review(self.asker, None if book.client_view else findings)
        self._skipped: set[str] = set()
        self._another_day = self.review.another_day  # sections whose harm is not asked about now
        self._here: Spot | None = None
        self._ahead: list[str] = []  # what was gone back from, the nearest last
        self._tour: Spot | None = None  # the list item that is being gone through
        self._idle: set[str] = set()
        self._confirming = ""  # the day on which the client confirms what came from notes

    def run(self, header: str = "", last: str = "") -> Outcome:
        """Ask, look over the answers, and say how it ended.

        Raises:
            KeyboardInterrupt: the person left; what was saved has been said.
            AnswersError: the input ended, or the file was made unreadable meanwhile.
        """
        self._greet(header, last)
        self._here = None if self.book.saved else left_at(self.book)  # no --set
        return self._go(self._next())

    def read_back(self, day: str, header: str = "") -> Outcome:
        """Go through the answers that came from notes; what the client keeps is confirmed on *day*.

        Raises:
            KeyboardInterrupt: the person left; what was saved has been said.
            AnswersError: the input ended, or the file was made unreadable meanwhile.
        """
        self._confirming = day
        waiting = self.book.unconfirmed()
        self.prompter.show(" · ".join(t for t in (header, self.words("To be confirmed:") +
                                                  f" {len(waiting)}") if t))  # fmt: skip
        return self._go(waiting[0] if waiting else None)

    def _go(self, step: Step | None) -> Outcome:
        try:
            while step is not None or (step := self.review.ask(last=True)) is not None:
                self._skipped.discard(step.path)
                step = self._once(step)
        except (KeyboardInterrupt, NkdocsError):
            more = self.words("The same command goes on from here.")
            self.prompter.show(f"\n{self._saved()} {more}")
            raise
        outcome = self._outcome()
        self.prompter.show(self._saved())
        return outcome

    # Words around the questions

    def _greet(self, header: str, last: str) -> None:
        steps = [s for s in self.book.plan.steps if s.open or s.answered]
        count = self.words("{open} of {asked} questions open").format(
            open=len(self.book.plan.open), asked=len(steps)
        )
        self.prompter.show(" · ".join(t for t in (header, count, last) if t))
        worded = [(s.question.prompt, s.question.advice, s.question.sample) for s in steps]
        korean = [w for words in worded for w in words if w.ko]
        if self.words.language == "ko" and not all(w.reviewed_by for w in korean):
            self.prompter.show("The Korean wording has not been reviewed by a native speaker yet.")

    def _saved(self) -> str:
        count = self.book.saved
        told = "{count} answers are saved in {file}." if count else "Nothing was changed."
        told = "1 answer is saved in {file}." if count == 1 else told
        return self.words(told).format(count=count, file=self.book.file.name)

    def _outcome(self) -> Outcome:
        left = self.book.plan.open
        return Outcome(self.book.saved, len(left), sum(s.required for s in left))

    def _title(self, step: Step) -> None:
        """Show where in the interview *step* stands: `Journey · 3 of 9 · 41 questions left`."""
        section = self.book.catalogue.sections[step.question.section]
        asked = self._asked(section)
        place = next((n for n, s in enumerate(asked, 1) if s.path == step.path), 0)
        inside = [n for n, part in enumerate(step.spot) if isinstance(part, int)]
        title = section.title.say(self.words.language)
        left = self.words("{left} questions left").format(left=len(self.book.plan.open))
        at = self.words("{at} of {of}").format(at=place, of=len(asked))
        head = f"{title} · {at} · {left}"
        if inside and self.book.draft is None:
            label = self.book.label(step.spot[: inside[-1] + 1], self.words.language)
            room = self.prompter.columns - width(f"{head} · ")
            head = f"{head} · {cut(label, max(_LEAST, min(_ITEM, room)))}"
        self.prompter.show(f"\n{head}\n")

    def _asked(self, section: Section) -> list[Step]:
        return [
            s
            for s in self.book.plan.steps
            if s.question.section == section.id and s.standing is not Standing.IDLE
        ]

    # One question

    def _once(self, step: Step) -> Step | None:
        """Ask *step*, do what is answered, and return the step to ask next."""
        self._idle = {s.path for s in self.book.idle()}
        self._title(step)
        if step.question.is_list:
            return self._list(step)
        reply = self.asker.ask(step)
        if isinstance(reply, Command):
            return self._obey(step, reply)
        asked = {s.path for s in self.book.plan.steps if s.standing is not Standing.IDLE}
        kept = self._kept(step, reply)
        if kept.path == step.path:  # what is called for only now was not passed over
            self._skipped -= {s.path for s in self.book.plan.open} - asked
        self._tell_idle()
        return self._after(kept)

    def _kept(self, step: Step, reply: Reply) -> Step:
        """Save a reply; return the step as it is called now."""
        if isinstance(reply, Answered):
            step = self._renamed(step, self.book.answer(step, reply.data))
            if reply.said:
                self.prompter.show(f"  {reply.said}")
        elif isinstance(reply, Cleared):
            self.book.clear(step)
            self.prompter.show(f"  {self.words('Taken out.')}")
            self._skipped.add(step.path)
        elif not self._confirming:
            self._skipped.add(step.path)
        if self._confirming and self.book.present(step) is not None:
            self.book.confirm(step, self._confirming)
        return step

    def _tell_idle(self) -> None:
        """Say at once which answers no longer count, and which do again; all stay."""
        now = {s.path: s for s in self.book.idle()}
        gone = [s for path, s in now.items() if path not in self._idle]
        back = [s for s in self.book.plan.steps if s.path in self._idle and s.answered]
        for told, steps in (("Not used now, kept in the file:", gone), ("Counts again:", back)):
            if steps:
                titles = [s.question.prompt.say(self.words.language) for s in steps[:_NAMED]]
                more = f" + {len(steps) - _NAMED}" if len(steps) > _NAMED else ""
                self.prompter.show(f"  {self.words(told)} {' · '.join(titles)}{more}")

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
        if self._confirming:
            waiting = [s for s in self.book.unconfirmed() if not self.review.is_put_off(s)]
            ahead = [s for s in waiting if self._rank(s) > self._rank(step)]
            return next(iter(ahead or waiting), None)
        again = self._forward(step)
        if again is not None:
            return again
        if self._tour is not None:
            tour = self._tour
            rest = [s for s in self._under(tour) if self._rank(s) > self._rank(step)]
            if rest:
                return rest[0]
            self._tour = None
            self.book.drop()
            return self._at(tour[:-1])
        return self._next()

    def _forward(self, step: Step) -> Step | None:
        """Return what *step* was gone back to from, or an open question that came in between."""
        while self._ahead:
            from_there = self.book.step(self._ahead[-1])
            rank = self._rank(step)
            asked = from_there is not None and from_there.standing is not Standing.IDLE
            if from_there is not None and asked and self._rank(from_there) > rank:
                between = self.book.plan.steps[rank + 1 : self._rank(from_there)]
                new = next((s for s in between if s.open and not self._is_left(s)), None)
                if new is None:
                    self._ahead.pop()
                return new or from_there
            self._ahead.pop()
        return None

    def _next(self) -> Step | None:
        """Return the next open step; an item without any answer is forgotten when it is left."""
        book = self.book
        left = frozenset(s.spot for s in book.plan.steps if self._is_left(s))
        step = book.plan.next(self._here, left)
        if book.draft is not None and (step is None or book.around(step) is None):
            here = book.draft.list
            book.drop()
            step = self._at(here) if step is None or step.spot == here else book.step(step.path)
            if step is not None and self._is_left(step):
                return self._next()
        at = self._at(self._here) if self._here else None
        if step is not None and at is not None and self._rank(step) < self._rank(at):
            self.prompter.show(f"\n{self.words('Now what was passed over before:')}")
        return step

    def _is_left(self, step: Step) -> bool:
        """Whether *step* stays open in this interview: skipped, or for another day."""
        return step.path in self._skipped or self.review.is_put_off(step)

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
            self._tour, self._ahead = None, []
            return self._after(step)
        if command.do is Do.DAY:
            return self._put_off(step)
        if command.do in {Do.JUMP, Do.REVIEW}:
            self.book.drop()
            jump = command.do is Do.JUMP
            found = self.places.ask(command.text) if jump else self.review.ask(last=False)
            return self._went(found) if found else self._at(step.spot) or step
        self.asker.help(step)
        return step

    def _put_off(self, step: Step) -> Step | None:
        """Leave every question about harm for another day; return what is asked instead."""
        harm = [s for s in self.book.plan.steps if s.question.harm]
        self._another_day |= {s.question.section for s in harm}
        told = self.words(
            "{count} questions about harm are left for another day; / and a name takes them up."
        )
        count = sum(s.open for s in harm)
        told = told.format(count=count) if count else self.words("No question about harm is open.")
        self.prompter.show(f"  {told}")
        if not step.question.harm:
            return step
        self._tour, self._ahead = None, []
        return self._after(step)

    def _went(self, steps: Step | Sequence[Step]) -> Step:
        """Return where a jump leads: to one question, or to the first open one of a section."""
        self._tour, self._ahead = None, []
        if isinstance(steps, Step):
            return steps
        self._skipped -= {s.path for s in steps}
        self._another_day -= {s.question.section for s in steps}
        if all(s.question.on_request for s in steps):
            return steps[-1]  # the list itself
        return next((s for s in steps if s.standing is Standing.OPEN), steps[0])

    def _back(self, step: Step) -> Step:
        before = self.book.plan.before(step.spot)
        if self.book.around(step) and (before is None or not self.book.around(before)):
            here = self.book.draft.list if self.book.draft else ()
            self.book.drop()
            return self._at(here) or step
        if before is None:
            self.prompter.show(self.words("This is the first question."))
        elif self._at(step.spot):
            self._ahead.append(step.path)
        return before or step

    def _note(self, step: Step, text: str) -> Step:
        if not text:
            typed = self.prompter.text(Ask(self.words("The note:")), lambda _: None)
            text = typed if isinstance(typed, str) else ""
        if text:
            step = self._renamed(step, self.book.note(step, text))
            self.prompter.show(f"  {self.words('Noted.')}")
        return step

    # Lists

    def _list(self, step: Step) -> Step | None:
        """Ask what to do with a list; return the step to ask next."""
        done = self.lists.ask(step)
        if isinstance(done, Command):
            return self._obey(step, done)
        if isinstance(done, Added):
            if step.question.on_request:  # nothing of it is open: it is gone through as a whole
                self._tour = done.spot
            self._another_day.discard(step.question.section)
            begun = f"{self.book.answers.path(done.spot)}."  # its id may have been given up before
            self._skipped = {p for p in self._skipped if not p.startswith(begun)}
            return next(iter(self._under(done.spot)), step)
        if isinstance(done, Chosen):
            self._tour = done.spot
            return next(iter(self._under(done.spot)), step)
        if isinstance(done, Again):
            return self._at(step.spot) or step
        if done.left:
            self._skipped.add(step.path)
        return self._after(step)
