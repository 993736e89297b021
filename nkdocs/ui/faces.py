"""Asking one question: a line, a long text, a menu, or part by part."""

from msgspec import Struct

from nkdocs.answers import validate
from nkdocs.interview.engine import Step, offered
from nkdocs.kinds.kind import Data, KindError, says_nothing
from nkdocs.kinds.lists import ExhibitRefs
from nkdocs.kinds.nonanswers import NonAnswer, Told
from nkdocs.kinds.registry import parse_answer, written_answer
from nkdocs.kinds.words import Choice, Many
from nkdocs.ui.book import Book
from nkdocs.ui.entries import is_entry
from nkdocs.ui.prompter import Ask, Command, Do, Option, Prompter
from nkdocs.ui.reasons import Uses, reasons
from nkdocs.ui.said import in_words, said
from nkdocs.ui.typed import as_parts, as_text, fault_of, stored
from nkdocs.ui.ways import FACES
from nkdocs.ui.whose import leading, whose
from nkdocs.ui.words import Words

CLEAR = "-"
_TOLD = "+told"
_UNKNOWN = ("does not know", "does not remember", "declines")


def _clears(typed: str, default: str) -> bool:
    """Whether *typed* takes out the answer: the sign alone, or behind what stands in the line."""
    return typed in {CLEAR, f"{default}{CLEAR}", f"{default} {CLEAR}"}


class Answered(Struct, frozen=True):
    """An answer as it is stored, and what is said back."""

    data: Data
    said: str = ""


class Cleared(Struct, frozen=True):
    """The answer shall be taken out."""


Reply = Answered | Cleared | Command | None  # None: left open, or kept as it is


class Asker:
    """Asks one question in the way of its kind."""

    def __init__(
        self,
        book: Book,
        prompter: Prompter,
        words: Words,
        *,
        plain: bool,
        uses: Uses | None = None,
    ) -> None:
        """Ask about *book* through *prompter*; *plain* names other keys.

        *uses* tells, for a help that is asked for, which paragraphs use an answer.
        """
        self.book, self.prompter, self.words, self.uses = book, prompter, words, uses
        back = words("< back") if plain else words("Ctrl-B back")
        note = () if book.client_view else ("! note",)
        rest = ("? why", "/ jump", *note, "= review", "> later")
        self.keys = " · ".join((back, *(words(key) for key in rest)))
        self._typed: dict[str, dict[str, Data]] = {}

    def ask(self, step: Step) -> Reply:
        """Return what is answered; help is shown and the question asked again."""
        way = FACES[step.question.kind.name].way
        asked = {"choose": self._choose, "several": self._several, "parts": self._parts}
        offered = self.book.entries and self.book.entries.offers(step.question.steps)
        while True:
            reply = self._pick(step) if offered else asked.get(way, self._line)(step)
            if not (isinstance(reply, Command) and reply.do is Do.HELP):
                return reply
            self.help(step)

    def help(self, step: Step) -> None:
        """Show what the question means, what it decides, the law, and where it is used."""
        for line in reasons(step, self.book, self.words, self.uses):
            self.prompter.show(f"  {line}")

    # One line or a long text

    def _line(self, step: Step) -> Reply:
        question, present = step.question, self.book.present(step)
        default = as_text(present)
        hint = [self.words(FACES[question.kind.name].how), *self._hints(step)]
        if question.kind.name == "exhibits":
            known = [e.id for e in validate.exhibits(self.book.file)]
            hint[0] = hint[0] if known else self.words("No exhibit is listed yet.")
            hint += [", ".join(known)] if known else []
        if present is not None and not default:
            hint.append(f"{self.words('Now:')} {self.shown(step)}")

        def fault(typed: str) -> str | None:
            return None if clears(typed) else self._wrong(step, typed)

        def clears(typed: str) -> bool:
            return present is not None and _clears(typed, "" if long else default)

        long = question.kind.name == "story"
        typed = self.prompter.text(self._asked(step, hint, default, long=long), fault)
        if isinstance(typed, Command):
            return typed
        if clears(typed):
            return Cleared()
        if not typed or (typed == default and fault_of(step, typed) is None):
            return None
        return self._understood(step, typed)

    def _pick(self, step: Step) -> Reply:
        """Let one of what the case has be chosen, or another be typed."""
        entries, there = self.book.entries, self.book.present(step) is not None
        options = entries.options(step.question.steps, self.book.file) if entries else []
        default = as_text(self.book.present(step))
        hint = [self.words("A number, or a part of the name; another can be typed."),
                *self._hints(step)]  # fmt: skip

        def fault(typed: str) -> str | None:
            return None if there and _clears(typed, default) else self._wrong(step, typed)

        typed = self.prompter.pick(self._asked(step, hint, default), options, fault)
        if isinstance(typed, Command):
            return typed
        if there and _clears(typed, default):
            return Cleared()
        return None if typed in {"", default} else self._understood(step, typed)

    def _wrong(self, step: Step, data: Data) -> str | None:
        """Say what is wrong with *data*, as an answer and as a part of an entry."""
        wrong = fault_of(step, data)
        if wrong is not None:
            bare = isinstance(data, str) and says_nothing(data) and not wrong.startswith("leave")
            return self.words.refusal("leave it empty if there is none" if bare else wrong)
        if self.book.entries and is_entry(step.question.steps):
            return self.book.entries.fault(step.question.steps, stored(step, data))
        return None

    # Menus

    def _choose(self, step: Step) -> Reply:
        now = self._key(step)
        options = [*self._kept(step), *self._choices(step, {now}), *self._others(step, {now})]
        hints = self._hints(step)
        if step.question.kind.name == "person" and not self.book.answers.items(("people",)):
            hints.append(self.words("Nobody is listed yet: /people adds them."))
        lead = leading(self.book, step.spot, self.words.language)
        hints += [self.words("{name} leads already.").format(name=lead)] if lead else []
        chosen = self.prompter.choose(self._asked(step, hints), options)
        if isinstance(chosen, Command):
            return chosen
        if chosen == CLEAR:
            return Cleared()
        if chosen == _TOLD:
            return self._told(step)
        return None if chosen in {"", now} else self._understood(step, chosen)

    def _told(self, step: Step) -> Reply:
        who = self.prompter.text(Ask(self.words("Who told it?")), self._no_colon)
        if isinstance(who, Command) or not who:
            return None if isinstance(who, str) else who
        options = [Option("", self.words("leave open")), *self._choices(step, set())]
        chosen = self.prompter.choose(self._asked(step, ()), options)
        if isinstance(chosen, Command) or not chosen:
            return chosen or None
        return self._understood(step, f"was told by {who}: {chosen}")

    def _no_colon(self, typed: str) -> str | None:
        return self.words("Write it without a colon.") if ":" in typed else None

    def _several(self, step: Step) -> Reply:
        value = self._value(step)
        now = {c.key for c in value} if isinstance(value, Many) else {self._key(step)} - {""}
        options = [*self._choices(step, now), *self._others(step, now, told=False)]
        if not options:
            self.prompter.show(f"  {self.words('As the case stands nothing can be chosen here.')}")
            return None
        while True:
            keys = self.prompter.several(self._asked(step, self._hints(step)), options)
            if isinstance(keys, Command):
                return keys
            if not keys and not now:
                self.prompter.show(f"  {self.words('Left open.')}")
            if not keys or set(keys) == now:
                return None
            special = [k for k in keys if k in {CLEAR, *_UNKNOWN}]
            if not special:
                return self._understood(step, list(keys))
            if len(keys) == 1:
                alone = special[0]
                return Cleared() if alone == CLEAR else self._understood(step, alone)
            label = next(o.label for o in options if o.key == special[0])
            alone = self.words("choose it alone, or take it off.")
            self.prompter.show(f"  '{label}': {alone}")

    def _choices(self, step: Step, now: set[str]) -> list[Option]:
        kind = step.question.kind.name
        if kind == "yesno":
            pairs = [("yes", self.words("yes")), ("no", self.words("no"))]
            return [Option(key, label, key in now, key[0]) for key, label in pairs]
        if kind == "person":
            ids = self.book.answers.items(("people",))
            named = [(i, self.book.label(("people", n))) for n, i in enumerate(ids)]
            return [Option(i, label, i in now) for i, label in named]
        allowed = offered(self.book.answers, step.question, step.spot)
        gone = f" ({self.words('not open in this case')})"
        options, language = step.question.options, self.words.language
        plain = {"yes", "no"} <= set(options.choices)  # beside others: the keys of a yes or no
        return [
            Option(k, options.called(k, language) + ("" if k in allowed else gone), k in now,
                   k[0] if plain and k in {"yes", "no"} else "")
            for k in options.choices
            if k in allowed or k in now
        ]  # fmt: skip

    def _kept(self, step: Step) -> list[Option]:
        there = self.book.present(step) is not None
        return [Option("", self.words("keep as it is" if there else "leave open"))]

    def _others(self, step: Step, now: set[str], *, told: bool = True) -> list[Option]:
        words, out = self.words, []
        if step.question.options.unknowns:
            out = [Option(how, words(how), how in now) for how in _UNKNOWN]
            out += [Option(_TOLD, words("somebody else told it"))] if told else []
        if self.book.present(step) is not None:
            out.append(Option(CLEAR, words("take the answer out")))
        return out

    # Part by part

    def _parts(self, step: Step) -> Reply:
        parts = list(FACES[step.question.kind.name].parts.items())
        present = self.book.present(step)
        told = self._typed.setdefault(step.path, as_parts(present, parts[0][0]))
        at = 0
        while at < len(parts):
            reply = self._part(step, told, *parts[at], first=at == 0)
            if isinstance(reply, (Cleared, Answered)):
                self._typed.pop(step.path)
                return reply
            if isinstance(reply, Command) and reply.do is Do.HELP:
                self.help(step)
            elif isinstance(reply, Command) and reply.do is Do.BACK and at:
                at -= 1
            elif isinstance(reply, Command):
                return reply
            elif at == 0 and parts[0][0] == "legal" and not told.get("legal"):
                break  # without the legal name there is no name to save
            else:
                at += 1
        if not told or told == as_parts(present, parts[0][0]):
            self._typed.pop(step.path)
            return None
        reply = self._understood(step, told)
        if isinstance(reply, Answered):
            self._typed.pop(step.path)
        return reply

    def _part(
        self, step: Step, told: dict[str, Data], name: str, label: str, *, first: bool
    ) -> Reply:
        """Ask one part and put it into *told*; return what is answered for the whole, if so."""
        default = as_text(told.get(name))
        ask = self._asked(step, [self.words(label), *self._hints(step)], default)
        if not first:
            ask = Ask(self.words(label), default=default, keys=self.keys)

        def fault(typed: str) -> str | None:
            if _clears(typed, default) or (first and self._whole(step, typed)):
                return None
            wrong = fault_of(step, {**({} if first else told), name: typed})
            return wrong and self.words.refusal(wrong)

        typed = self.prompter.text(ask, fault)
        if isinstance(typed, Command):
            return typed
        if _clears(typed, default) and first:
            return Cleared()
        if first and self._whole(step, typed):
            return self._understood(step, typed)
        if _clears(typed, default):
            told.pop(name, None)
        elif typed:
            told[name] = typed
        return None

    def _whole(self, step: Step, typed: str) -> bool:
        """Whether *typed* is an answer to the whole question: an honest non-answer."""
        if not step.question.options.unknowns or not typed or fault_of(step, typed):
            return False
        value = parse_answer(step.question.kind, typed, step.question.options)
        return isinstance(value, (NonAnswer, Told))

    # What all share

    def named(self, step: Step) -> str:
        """Return a question on one line, the item of a list it asks about before it."""
        title = step.question.prompt.say(self.words.language)
        inside = [n for n, part in enumerate(step.spot) if isinstance(part, int)]
        item = ""
        if inside:
            item = f"{self.book.label(step.spot[: inside[-1] + 1], self.words.language)} · "
        return f"{item}{title[:60]}"

    def shown(self, step: Step) -> str:
        """Return the answer to *step* on one line, as a person reads it."""
        value = self._value(step)
        if value is None:
            return ""
        told = self.words("told by {by}")
        by = f" ({told.format(by=value.by)})" if isinstance(value, Told) else ""
        return " ".join(in_words(self.words, step.question, value).split())[:100] + by

    def _value(self, step: Step) -> object | None:
        """Return the present answer, None if there is none or it cannot be read."""
        data = self.book.present(step)
        if data is None or fault_of(step, data) is not None:
            return None
        return parse_answer(step.question.kind, data, step.question.options)

    def _key(self, step: Step) -> str:
        """Return the key of the present answer in a menu."""
        value = self._value(step)
        if isinstance(value, Choice):
            return value.key
        if isinstance(value, NonAnswer):
            return value.how
        return "" if value is None or isinstance(value, Told) else str(value)

    def _asked(self, step: Step, hint: tuple[str, ...] | list[str], default: str = "", *,
               long: bool = False) -> Ask:  # fmt: skip
        title = self.title(step)
        lines = (*(line for line in hint if line), *self.about_harm(step))
        return Ask(title, lines, default, long=long, keys=self.keys)

    def title(self, step: Step) -> str:
        """Return the question, and of which of several people it is asked."""
        language = self.words.language
        return step.question.prompt.say(language) + whose(self.book, step.spot, language)

    def about_harm(self, step: Step) -> tuple[str, ...]:
        """Return the line that tells how to leave all that is about harm for another day."""
        told = "~ leaves every question about harm for another day."
        return (self.words(told),) if step.question.harm else ()

    def _hints(self, step: Step) -> list[str]:
        question, words = step.question, self.words
        way, lines = FACES[question.kind.name].way, []
        sample = question.sample.say(words.language)
        told = sample in FACES[question.kind.name].how
        if sample and not told and way in {"line", "long"}:
            lines.append(f"{words('Example:')} {sample}")
        if way not in {"choose", "several"}:
            if question.options.unknowns:
                lines.append(words(
                    "You can also write: does not know, does not remember, declines, "
                    "was told by …: …"))  # fmt: skip
            kept = "Empty keeps it, - takes it out."
            empty = "Empty leaves it open." if self.book.present(step) is None else kept
            lines.append(words(empty))
        return lines

    def _understood(self, step: Step, data: Data) -> Reply:
        """Return the answer as it is stored, with what is said back."""
        question = step.question
        try:
            value = parse_answer(question.kind, data, question.options)
        except KindError as error:
            self.prompter.show(f"  {self.words.refusal(error.message)}")
            return Command(Do.HELP)
        told = said(self.words, question, value)
        asked_for = 'write "none"' in f"{question.prompt.en} {question.help}".casefold()
        wordy = question.kind.name in {"text", "story", "texts"}
        if wordy and not asked_for and says_nothing(as_text(data)):
            told = self.words("It prints as written; if there is nothing, go back and write -.")
        if isinstance(value, ExhibitRefs):
            known = {e.id for e in validate.exhibits(self.book.file)}
            new = [i for i in value.ids if i not in known]
            missing = f"{self.words('Not in the list of exhibits yet:')} {', '.join(new)}."
            told = missing if new else told
        return Answered(written_answer(question.kind, value), told)
