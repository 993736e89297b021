"""Looking over the answers: what is open first, then by section, with what the checks find."""

from collections.abc import Callable, Mapping, Sequence

from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.errors import NkdocsError
from nkdocs.interview.engine import Standing, Step
from nkdocs.interview.spec import Section
from nkdocs.ui.entries import is_entry
from nkdocs.ui.faces import Asker
from nkdocs.ui.prompter import Ask, Command, Do, Option

Findings = Callable[[bool], Sequence[Finding]]  # with true, over exhibits and papers too
_FINDINGS = "!"
_OPEN = "A004"  # what is open is listed by itself
_NAMED = 4  # files that are listed nowhere


class Review:
    """Shows the answers, and lets one be chosen to be asked again."""

    def __init__(self, asker: Asker, findings: Findings | None = None) -> None:
        """Show through *asker*; *findings* tells what the checks find, in answers alone or all."""
        self.asker, self.book, self.words = asker, asker.book, asker.words
        self._findings = findings
        self._found: dict[str, list[Finding]] = {}  # by the path of the answer they concern
        self._general: list[Finding] = []
        self._checked: tuple[str, bool] | None = None  # the file's text then; exhibits and papers
        self.another_day: set[str] = set()  # sections whose questions about harm are put off

    def is_put_off(self, step: Step) -> bool:
        """Whether *step* asks about harm, and that is left for another day."""
        return step.question.harm and step.question.section in self.another_day

    def ask(self, *, last: bool) -> Step | None:
        """Return the question to ask again; None to finish, or to go on where it was."""
        self.book.drop()
        self._check(whole=False)
        self._open()
        while True:
            chosen = self._part("finish" if last else "go on with the questions")
            if not chosen:
                return None
            if chosen == _FINDINGS:
                step = self._finding()
            else:
                section = next(s for s in self.book.plan.sections if s.id == chosen)
                step = self._answer(section)
            if step is not None:
                return step

    # What the checks find

    def _check(self, *, whole: bool) -> None:
        """Look for findings, once for what the file says; *whole*: in exhibits and papers too."""
        text = self.book.file.text
        if self._findings is None or self._checked in {(text, True), (text, whole)}:
            return
        try:
            self._sort(self._findings(whole))
            self._checked = (text, whole)
        except NkdocsError as error:
            self.asker.prompter.show(f"  {error.message}")
        except KeyboardInterrupt:
            told = self.words("Stopped; the findings in the answers stay.")
            self.asker.prompter.show(f"  {told}")

    def _sort(self, findings: Sequence[Finding]) -> None:
        """Put findings to the answers they concern: by place in the file, path, or entry."""
        self._found, self._general = {}, []
        steps = [s for s in self.book.plan.steps if s.standing is not Standing.IDLE]
        file = self.book.file
        places = [(file.place(s.spot), s.path) for s in steps if s.answered]
        at = {_line_of(place): path for place, path in reversed(places)}
        at |= {str(place): path for place, path in places} | {s.path: s.path for s in steps}
        inside = [s for s in steps if s.answered and isinstance(s.spot[-2:][0], int)]
        for step in reversed(inside):
            item = step.path.rpartition(".")[0]
            at |= {item: step.path}  # what is said of an item stands at its first answer
            if is_entry(step.question.steps):
                at |= {item.partition(".")[2]: step.path}
        for finding in findings:
            if finding.severity is Severity.INFO or finding.code == _OPEN:
                continue
            exact = (str(finding.place), finding.subject, *(str(p) for p in finding.also))
            names = (*exact, _line_of(finding.place))
            path = next((at[name] for name in names if name in at), "")
            if path:
                self._found.setdefault(path, []).append(finding)
            else:
                self._general.append(finding)

    def _finding(self) -> Step | None:
        """Show every finding, as `nkdocs check` does; return the question of the one chosen."""
        if self._checked != (self.book.file.text, True):
            self.asker.prompter.show(f"  {self.words('Looking into exhibits and papers …')}")
            self._check(whole=True)
        options = [Option("", self.words("back"))]
        told: dict[str, str] = {}
        for path, findings in self._found.items():
            for finding in findings:
                key = f"{len(told) + 1}"
                told[key] = path
                options.append(Option(key, f"{finding.place}  {_line(finding)}"))
        for finding in self._general:
            self.asker.prompter.show(f"  {finding.place}  {_line(finding)}")
        chosen = self.asker.prompter.choose(Ask(self.words("Which answer?")), options)
        return self.book.step(told[chosen]) if isinstance(chosen, str) and chosen else None

    # What is shown first

    def _open(self) -> None:
        show, words = self.asker.prompter.show, self.words
        left = self.book.plan.open
        show(f"\n{words('Look over the answers')}")
        required = sum(s.required for s in left)
        told = words("{open} questions open, {required} of them required")
        show(f"  {told.format(open=len(left), required=required)}")
        for step in left:
            if step.required and not self.is_put_off(step):
                show(f"  - {step.question.prompt.say(words.language)}  [{step.path}]")
        put_off = [s for s in left if self.is_put_off(s)]
        if put_off:
            show(f"  {words('open, on another day')}:")
        for step in put_off:
            show(f"  - {step.question.prompt.say(words.language)}  [{step.path}]")
        for step in self.book.idle():
            title = step.question.prompt.say(words.language)
            show(f"  ({words('not used now')}) {title}: {self.asker.shown(step)}")
        entries = self.book.entries
        loose = entries.unlisted(self.book.file) if entries and not self.book.client_view else []
        if loose:
            told = words("{count} files of the folder exhibits are not listed as exhibits yet:")
            more = ", …" if len(loose) > _NAMED else ""
            show(f"  {told.format(count=len(loose))} {', '.join(loose[:_NAMED])}{more}")
        if not self.book.client_view:
            for path, note in self._notes().items():
                show(f"  {words('note')} [{path}]: {' '.join(str(note).split())}")

    def _notes(self) -> Mapping[str, object]:
        notes = self.book.file.data.get("_notes")
        return notes if isinstance(notes, dict) else {}

    # Sections and answers

    def _part(self, end: str) -> str:
        """Return the id of the section chosen, `!` for the findings, empty to end."""
        words = self.words
        options = [Option("", words(end))]
        count = sum(map(len, self._found.values())) + len(self._general)
        if self._findings is not None:
            more = "" if self._checked == (self.book.file.text, True) else " + "
            more += words("exhibits and papers") if more else ""
            label = f"{words('what the checks find')} ({count}{more})"
            options.append(Option(_FINDINGS, label, letter="f"))
        for section in self.book.plan.sections:
            left, asked = self.book.plan.count(section.id)
            if asked:
                title = section.title.say(words.language)
                state = f"{left} {words('open')}" if left else f"{asked}"
                if section.on_request:
                    state = str(len(self.book.answers.items(section.questions[0].steps)))
                options.append(Option(section.id, f"{title} ({state})"))
        chosen: str | Command = Command(Do.HELP)
        while isinstance(chosen, Command):  # only a choice ends the interview
            chosen = self.asker.prompter.choose(Ask(words("Which part?")), options)
        return chosen

    def _answer(self, section: Section) -> Step | None:
        asked = [
            s
            for s in self.book.plan.steps
            if s.question.section == section.id and s.standing is not Standing.IDLE
        ]
        ranked = sorted(asked, key=lambda s: not s.open)
        lines = [Option(step.path, self._told(step)) for step in ranked]
        options = [Option("", self.words("back")), *lines]
        for step in ranked:
            for finding in self._found.get(step.path, ()):
                self.asker.prompter.show(f"  {_line(finding)}")
        chosen = self.asker.prompter.choose(Ask(self.words("Which answer?")), options)
        return None if isinstance(chosen, Command) or not chosen else self.book.step(chosen)

    def _told(self, step: Step) -> str:
        """Return an answer on one line, with the codes of what was found and how it stands."""
        count = str(len(self.book.answers.items(step.spot)))
        value = count if step.question.is_list else self.asker.shown(step)
        if step.open:
            value = f"{self.words('open')}{' · ' + value if value else ''}"
        marks = [f.code for f in self._found.get(step.path, ())]
        if not self.book.client_view:
            marks += [self.words("note")] if step.path in self._notes() else []
            waiting = {s.path for s in self.book.unconfirmed()}
            marks += [self.words("from notes, not confirmed")] if step.path in waiting else []
        mark = f"  ! {', '.join(marks)}" if marks else ""
        return f"{self.asker.named(step)}: {value[:60]}{mark}"


def _line_of(place: Place) -> str:
    return f"{place.file}:{place.line}"


def _line(finding: Finding) -> str:
    return f"{finding.code} {finding.severity} {finding.message}"
