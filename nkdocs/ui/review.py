"""Looking over the answers: what is open first, then by section, with what the checks find."""

from collections.abc import Callable, Mapping, Sequence

from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.interview.engine import Standing, Step
from nkdocs.interview.spec import Section
from nkdocs.ui.faces import Asker
from nkdocs.ui.prompter import Ask, Command, Do, Option

Findings = Callable[[], Sequence[Finding]]
_FINDINGS = "!"
_NAMED = 4  # files that are listed nowhere


class Review:
    """Shows the answers, and lets one be chosen to be asked again."""

    def __init__(self, asker: Asker, findings: Findings | None = None) -> None:
        """Show through *asker*; *findings* tells what the checks find in the answers."""
        self.asker, self.book, self.words = asker, asker.book, asker.words
        self._findings = findings
        self._found: dict[str, list[Finding]] = {}  # by the path of the answer they concern
        self._general: list[Finding] = []

    def ask(self, *, last: bool) -> Step | None:
        """Return the question to ask again; None to finish, or to go on where it was."""
        self.book.drop()
        self._check()
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

    def _check(self) -> None:
        """Look for findings, and for the answers they concern: by their place in the file."""
        self._found, self._general = {}, []
        steps = [s for s in self.book.plan.steps if s.standing is not Standing.IDLE]
        file = self.book.file
        places = [(file.place(s.spot), s.path) for s in steps if s.answered]
        at = {_line_of(place): path for place, path in reversed(places)}
        at |= {str(place): path for place, path in places} | {s.path: s.path for s in steps}
        for finding in self._findings() if self._findings else ():
            if finding.severity is Severity.INFO:
                continue
            exact = (str(finding.place), finding.subject, *(str(p) for p in finding.also))
            names = (*exact, _line_of(finding.place))
            path = next((at[name] for name in names if name in at), "")
            if path:
                self._found.setdefault(path, []).append(finding)
            else:
                self._general.append(finding)

    def _finding(self) -> Step | None:
        """Show every finding; return the question of the one chosen."""
        options = [Option("", self.words("back"))]
        told: dict[str, str] = {}
        for path, findings in self._found.items():
            for finding in findings:
                key = f"{len(told) + 1}"
                told[key] = path
                options.append(Option(key, _line(finding)))
        for finding in self._general:
            self.asker.prompter.show(f"  {_line(finding)}")
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
            if step.required:
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
        if count:
            options.append(Option(_FINDINGS, f"{words('what the checks find')} ({count})"))
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
        ranked = sorted(asked, key=lambda s: s.answered)
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
        if not step.answered:
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
