"""What `?` tells of a question: what it means, what it decides, the law, and where it is used."""

from collections.abc import Callable, Sequence

from nkdocs.interview.engine import Step
from nkdocs.interview.spec import Document, Question
from nkdocs.ui.book import Book
from nkdocs.ui.words import Words

#: Which paragraphs of the Word files use an answer, in lines, for the documents that are asked for.
Uses = Callable[[Question, Sequence[Document]], list[str]]
_MOST = 6  # paragraphs that are named


def reasons(step: Step, book: Book, words: Words, uses: Uses | None) -> list[str]:
    """Return the lines of the help for *step*; beside the client none that are counsel's."""
    question = step.question
    lines = [question.advice.say(words.language)] if question.help else []
    if not book.client_view:
        lines += [f"{words('Why:')} {question.why}"] if question.why else []
        lines += ["; ".join(question.source)] if question.source else []
        used = uses(question, book.documents) if uses else []
        lines += [words("Used in:")] if used else []
        lines += [f"  {line}" for line in used[:_MOST]]
        lines += [f"  + {len(used) - _MOST}"] if len(used) > _MOST else []
    lines += [words("Required.")] if step.required else []
    return lines or [words("No more is known about this question.")]
