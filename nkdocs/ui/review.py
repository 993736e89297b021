"""Looking over the answers before the end: by section, what is open first."""

from nkdocs.interview.engine import Standing, Step
from nkdocs.interview.spec import Section
from nkdocs.ui.book import Book
from nkdocs.ui.faces import Asker
from nkdocs.ui.prompter import Ask, Command, Do, Option


def review(book: Book, asker: Asker) -> Step | None:
    """Show what is open; return the question to ask again, None to finish."""
    book.drop()
    _open(book, asker)
    while True:
        section = _section(book, asker)
        if section is None:
            return None
        step = _answer(book, asker, section)
        if step is not None:
            return step


def _open(book: Book, asker: Asker) -> None:
    show, words = asker.prompter.show, asker.words
    left = book.plan.open
    show(f"\n{words('Look over the answers')}")
    show(f"  {len(left)} questions open, {sum(s.required for s in left)} of them required")
    for step in left:
        if step.required:
            show(f"  - {step.question.prompt.say(words.language)}  [{step.path}]")
    for step in book.idle():
        title = step.question.prompt.say(words.language)
        show(f"  ({words('not used now')}) {title}: {asker.shown(step)}")


def _section(book: Book, asker: Asker) -> Section | None:
    words = asker.words
    options = [Option("", words("finish"))]
    for section in book.plan.sections:
        left, asked = book.plan.count(section.id)
        if asked:
            title = section.title.say(words.language)
            state = f"{left} {words('open')}" if left else f"{asked}"
            options.append(Option(section.id, f"{title} ({state})"))
    chosen: str | Command = Command(Do.HELP)
    while isinstance(chosen, Command):  # only a choice ends the interview
        chosen = asker.prompter.choose(Ask(words("Which part?")), options)
    return next((s for s in book.plan.sections if s.id == chosen), None)


def _answer(book: Book, asker: Asker, section: Section) -> Step | None:
    words = asker.words
    asked = [
        s
        for s in book.plan.steps
        if s.question.section == section.id and s.standing is not Standing.IDLE
    ]
    ranked = sorted(asked, key=lambda s: s.answered)
    lines = [Option(step.path, _line(book, asker, step)) for step in ranked]
    options = [Option("", words("back")), *lines]
    chosen = asker.prompter.choose(Ask(words("Which answer?")), options)
    return None if isinstance(chosen, Command) or not chosen else book.step(chosen)


def _line(book: Book, asker: Asker, step: Step) -> str:
    title = step.question.prompt.say(asker.words.language)
    count = str(len(book.answers.items(step.spot)))
    value = count if step.question.is_list else asker.shown(step)
    if not step.answered:
        value = f"{asker.words('open')}{' · ' + value if value else ''}"
    inside = [n for n, part in enumerate(step.spot) if isinstance(part, int)]
    item = f"{book.label(step.spot[: inside[-1] + 1])} · " if inside else ""
    return f"{item}{title[:60]}: {value[:60]}"
