"""Jumping: to a part of the interview, or to a question, by a piece of its name."""

from collections.abc import Iterator, Sequence

from nkdocs.interview.engine import Standing, Step
from nkdocs.interview.spec import Section
from nkdocs.ui.faces import Asker
from nkdocs.ui.prompter import Ask, Command, Do, Option

_MOST = 25  # questions in one menu

Place = Step | list[Step]
"""A question, or those of a section."""


class Places:
    """Finds what a person wants to go to."""

    def __init__(self, asker: Asker) -> None:
        """Ask through *asker*."""
        self.asker, self.book, self.words = asker, asker.book, asker.words

    def ask(self, text: str) -> Place | None:
        """Return what *text* names, asking which if it names several; None to stay."""
        prompter, words = self.asker.prompter, self.words
        if not text:
            hint = (words("A part of its name; empty lists them all."),)
            typed = prompter.text(Ask(words("Which part or question?"), hint), lambda _: None)
            if isinstance(typed, Command) and typed.do is not Do.JUMP:
                return None
            text = typed.text if isinstance(typed, Command) else typed
        word = text.casefold()
        sections = [s for s in self.book.plan.sections if self._asked(s)]
        begun = [s for s in sections if word and any(n.startswith(word) for n in _names(s))]
        if len(begun) == 1:
            return self._asked(begun[0])
        named = [s for s in sections if word and any(word in n for n in _names(s))]
        steps = list(self._named(word)) if word else []
        if word and not named and not steps:
            prompter.show(f"  {words('There is no such part.')}")
        if len(named) + len(steps) == 1:
            return self._asked(named[0]) if named else steps[0]
        return self._chosen(named or ([] if steps else sections), steps)

    def _asked(self, section: Section) -> list[Step]:
        return [
            s
            for s in self.book.plan.steps
            if s.question.section == section.id and s.standing is not Standing.IDLE
        ]

    def _named(self, word: str) -> Iterator[Step]:
        """Yield the questions whose words or path *word* is a part of."""
        for step in self.book.plan.steps:
            prompt = step.question.prompt
            names = (prompt.en, prompt.ko, step.path)
            if step.standing is not Standing.IDLE and any(word in n.casefold() for n in names):
                yield step

    def _chosen(self, sections: Sequence[Section], steps: Sequence[Step]) -> Place | None:
        language = self.words.language
        options = [Option("", self.words("back"))]
        for section in sections:
            left, asked = self.book.plan.count(section.id)
            title = section.title.say(language)
            done = self.words("{at} of {of}").format(at=asked - left, of=asked)
            if section.on_request:
                done = str(len(self.book.answers.items(section.questions[0].steps)))
            options.append(Option(f"/{section.id}", f"{title} ({done})"))
        options += [Option(step.path, self.asker.named(step)) for step in steps[:_MOST]]
        title = self.words("Which part or question?" if steps else "Which part?")
        chosen = self.asker.prompter.choose(Ask(title), options)
        if isinstance(chosen, Command) and chosen.do is Do.JUMP:  # another name is typed after it
            return self.ask(chosen.text)
        if isinstance(chosen, Command) or not chosen:
            return None
        if chosen.startswith("/"):
            return self._asked(self.book.catalogue.sections[chosen[1:]])
        return self.book.step(chosen)


def _names(section: Section) -> list[str]:
    return [t.casefold() for t in (section.title.en, section.title.ko, section.id) if t]
