"""What can be done with a list: add, change, move, take out, put back, say that it is complete."""

from msgspec import Struct

from nkdocs.interview.engine import Spot, Step
from nkdocs.ui.faces import Asker
from nkdocs.ui.naming import naming
from nkdocs.ui.prompter import Ask, Command, Option


class Added(Struct, frozen=True):
    """A new item was begun at *spot*; it is in no file yet."""

    spot: Spot


class Chosen(Struct, frozen=True):
    """The item at *spot* shall be gone through again."""

    spot: Spot


class Again(Struct, frozen=True):
    """Something was done, or not; the list is asked again."""


class Settled(Struct, frozen=True):
    """The list is answered, or *left* as it is."""

    left: bool = False


Done = Added | Chosen | Again | Settled | Command


class Lists:
    """Asks what to do with a list, and does it."""

    def __init__(self, asker: Asker) -> None:
        """Ask through *asker*."""
        self.asker, self.book, self.words = asker, asker.book, asker.words

    def ask(self, step: Step) -> Done:
        """Ask about the list at *step* once."""
        book = self.book
        hint = tuple(f"{n}. {label}" for n, label in enumerate(self._labels(step), 1))
        hint += self.asker.about_harm(step)
        ask = Ask(self.asker.title(step), hint, keys=self.asker.keys)
        chosen = self._choose(ask, self._menu(step))
        if isinstance(chosen, Command):
            return chosen
        if chosen == "add":
            return Added(book.add(step))
        if chosen in {"change", "move", "delete"}:
            return self._item(step, chosen)
        if chosen == "back":
            book.put_back(step)
            return Again()
        if chosen == "done":
            book.done(step)
        elif chosen == "none":
            book.none(step)
        return Settled(left=not chosen)

    def _labels(self, step: Step) -> list[str]:
        ids = self.book.answers.items(step.spot)
        return [self.book.label((*step.spot, n), self.words.language) for n, _ in enumerate(ids)]

    def _menu(self, step: Step) -> list[Option]:
        words, ids = self.words, self.book.answers.items(step.spot)
        by_wish = step.question.on_request
        kept = "keep as it is" if step.answered or by_wish else "leave open"
        called = step.question.singular.replace("_", " ") if words.language == "en" else ""
        called = f": {called}" if called else ""
        options = [Option("", words(kept))]
        options.append(Option("add", words("add another" if ids else "add") + called, letter="a"))
        if ids:
            if not by_wish and not self.book.answers.done(step.spot):
                options.append(Option("done", words("no more"), letter="n"))
            options.append(Option("change", words("change one")))
            options += [Option("move", words("move one"))] if len(ids) > 1 else []
            options.append(Option("delete", words("take one out")))
        elif not step.answered and not by_wish:
            options.append(Option("none", words("none"), letter="n"))
        gone = self.book.removed(step)
        if gone is not None:
            options.append(Option("back", f"{words('put back')}: {gone.label}", letter="u"))
        return options

    def _item(self, step: Step, what: str) -> Done:
        """Let an item be chosen, to be gone through again, moved or taken out."""
        labels = self._labels(step)
        chosen = self._which(Ask(self.words("Which one?")), labels)
        if chosen is None:
            return Again()
        spot = (*step.spot, chosen)
        if what == "change":
            return Chosen(spot)
        if what == "move":
            return self._move(step, chosen, labels)
        count = self.book.count_answers(spot)
        sure = [Option("", self.words("back")), Option("yes", self.words("take one out"))]
        told = self.words("{count} answers").format(count=count)
        named = naming(self.book, spot)
        hint = (f"{self.words('Other answers name it:')} {', '.join(named)}",) if named else ()
        ask = Ask(f"{labels[chosen]}: {told}", (*hint, self.words("take one out") + "?"))
        if self._choose(ask, sure) == "yes":
            self.book.delete(step, chosen)
        return Again()

    def _move(self, step: Step, number: int, labels: list[str]) -> Done:
        rest = [label for n, label in enumerate(labels) if n != number]
        ask = Ask(self.words("Before which one?"))
        to = self._which(ask, [*rest, self.words("at the end")])
        if to is not None and to != number:
            self.book.move(step, number, to)
        return Again()

    def _which(self, ask: Ask, labels: list[str]) -> int | None:
        options = [Option("", self.words("back"))]
        options += [Option(str(n), label) for n, label in enumerate(labels)]
        chosen = self._choose(ask, options)
        return None if isinstance(chosen, Command) or not chosen else int(chosen)

    def _choose(self, ask: Ask, options: list[Option]) -> str | Command:
        return self.asker.prompter.choose(ask, options)
