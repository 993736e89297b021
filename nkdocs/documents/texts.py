"""Fills a plain text, such as the body of an e-mail, from a pattern in the language of templates.

The answers it sees are those of one audience, as in a Word file. What is open prints as a blank
that names its question, and is told.
"""

import re
from collections.abc import Mapping

import jinja2
from markupsafe import Markup
from msgspec import Struct

from nkdocs._jinja import Environment
from nkdocs.answers.view import Answers
from nkdocs.documents import marks
from nkdocs.documents.wording import Cites, Told, writer
from nkdocs.errors import TemplateError

_BROKEN = (jinja2.TemplateError, TypeError, ValueError, RecursionError)


class Text(Struct, frozen=True):
    """A filled text.

    Attributes:
        open: path -> question of what it prints and is not answered.
    """

    text: str
    open: Mapping[str, str]


def fill_text(pattern: str, answers: Answers, facts: Mapping[str, object], *, name: str) -> Text:
    """Fill *pattern* from *answers* and *facts*; blank lines that tags leave behind are closed.

    Args:
        pattern: plain text with tags.
        answers: seen by the recipient's audience.
        facts: what the pattern may name besides answers.
        name: what messages call the pattern.

    Raises:
        TemplateError: the pattern is wrong, or reaches what its audience may not see.
    """
    told = Told()
    write = writer(Cites((), told))
    environment = Environment(lambda value: Markup(str(write(value))))  # noqa: S704 - text, no HTML
    try:
        raw = environment.from_string(pattern).render({**answers.names(), **facts})
    except TemplateError as error:
        msg = f"{name}: {error.message}"
        raise TemplateError(msg, hint=error.hint) from None
    except _BROKEN as error:
        said = str(error) if isinstance(error, jinja2.TemplateError) else "a tag cannot be printed"
        msg = f"{name} cannot be filled: {said}"
        raise TemplateError(msg, hint="Mend its tags; nkdocs template check says where.") from None
    lines = [" ".join(line.rstrip().split("\t")) for line in marks.plain(raw).splitlines()]
    closed = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return Text(closed, marks.blanks(raw))
