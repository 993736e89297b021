"""The Korean of answers: what a person wrote under `_ko`, by the path of the answer.

    _ko:
      events.arrest-2006.told: |
        …

An answer's own value stays plain. What is missing prints as a marked blank; nothing is translated.
"""

import difflib
from collections.abc import Iterator, Mapping
from typing import ClassVar

from nkdocs._jinja import Missing, View, blank
from nkdocs.answers import save
from nkdocs.answers.load import CaseFile
from nkdocs.answers.view import Answers, Group
from nkdocs.diagnostics import Finding, Severity, State
from nkdocs.errors import AnswersError, TemplateError
from nkdocs.kinds.kind import PLAIN, KindError
from nkdocs.kinds.korean import in_korean
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.words import Story, StoryKind

KEY = "_ko"


def path_of(name: str) -> str:
    """Return under which path the Korean of the answer at *name* is told."""
    return f"{KEY}.{name}"


def written(case: CaseFile) -> Mapping[str, object]:
    """Return what stands under `_ko`, by the paths of the answers."""
    told = case.data.get(KEY)
    return told if isinstance(told, dict) else {}


def paragraphs(case: CaseFile, name: str) -> tuple[str, ...]:
    """Return the Korean paragraphs of the answer at *name*; none if no readable text is there."""
    text = written(case).get(name, "")
    try:
        return StoryKind().parse(text, PLAIN).paragraphs if isinstance(text, str) else ()
    except KindError:
        return ()


def paragraph_count(value: object) -> int:
    """Return how many paragraphs an answer prints."""
    told = value_of(value)
    return len(told.paragraphs) if isinstance(told, Story) else 1


class Korean(View):
    """The Korean of the answers that a document prints, beside the English."""

    __slots__ = ("answers",)
    template_names: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, answers: Answers) -> None:
        """Look at *answers* as the document sees them."""
        self.answers = answers

    def of(self, group: object, name: object, number: object = 0) -> object:
        """Return the Korean of a group's answer *name*: paragraph *number*, from 0.

        It is what a person wrote; else a day, country or sum in Korean words; else a marked
        blank. A text with other paragraphs than the answer is a blank too: pairs must be pairs.

        Raises:
            TemplateError: *group* is none, or *number* is no number.
        """
        if isinstance(group, Missing):
            return group
        if not isinstance(group, Group) or type(number) is not int:
            msg = "korean() is told of what is no group of answers, or a paragraph without number"
            raise TemplateError(msg, hint="Write it as korean(event, 'told', loop.index0).")
        value, spot = group.lookup(str(name)), (*group.spot, str(name))
        if isinstance(value, Missing):
            return value
        path, question = self.answers.path(spot), self.answers.question(spot)
        found, wanted = paragraphs(self.answers.case, path), paragraph_count(value)
        itself = in_korean(value, question.kind.name if question else "")
        if itself and not found:
            return itself
        self.answers.usage.paths[path_of(path)] = (KEY, path)
        if len(found) == wanted > number:
            return found[number]
        told = f"; it has {len(found)} paragraphs, the English has {wanted}" if found else ""
        return blank(path_of(path), f"Korean text of {path}{told}")


def faults(answers: Answers) -> Iterator[Finding]:
    """Yield what is wrong with the entries of `_ko`: a path without answer, what is no text."""
    case = answers.case
    told = case.data.get(KEY)
    if told not in (None, "") and not isinstance(told, dict):
        yield _fault(answers, "", f"{KEY} holds paths of answers, each with its Korean text")
    for name, text in written(case).items():
        why = _unknown(answers, name)
        if why:
            yield _fault(answers, name, why)
        elif not isinstance(text, str):
            yield _fault(answers, name, f"{path_of(name)} is not written as text")
        elif text.strip():
            try:
                StoryKind().parse(text, PLAIN)
            except KindError as error:
                yield _fault(answers, name, f"{path_of(name)}: {error}")


def _unknown(answers: Answers, name: str) -> str:
    """Return why *name* is no path of an answer; empty if it is one."""
    try:
        spot = save.spot_of(answers.case.data, name)
    except AnswersError as error:
        return f"{path_of(name)} leads nowhere: {error.message}"
    question = answers.question(spot)
    if question is None or question.is_list:
        known = (q.path for q in answers.catalogue.questions.values() if not q.is_list)
        near = difflib.get_close_matches(name, known, 1)
        guess = f"; did you mean '{near[0]}'?" if near else ""
        return f"{path_of(name)} is not an answer nkdocs knows{guess}"
    return "" if answers.has(spot) else f"{path_of(name)}: there is no answer at {name}"


def _fault(answers: Answers, name: str, message: str) -> Finding:
    return Finding(
        code="A008",
        severity=Severity.ERROR,
        message=message,
        place=answers.case.place((KEY, name) if name else (KEY,)),
        subject=path_of(name) if name else KEY,
        cure="translator",
        counts=State.FOR_SIGNATURE,
        hint="Write the path of an answer with the ids of list items, and its text behind it.",
    )
