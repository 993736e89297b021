"""Words that give nobody away: what templates print, countries, and the list that ships.

A copy that leaves the case covers every word with a capital letter that is not among them.
"""

import re
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, ValidationError

from nkdocs import _resources, _yaml
from nkdocs.answers.leaks import Words
from nkdocs.checks.run import wordings
from nkdocs.documents import find
from nkdocs.documents.wordfile import WordFile, paragraphs, text_of
from nkdocs.errors import TemplateError
from nkdocs.interview import load as interviews
from nkdocs.interview.spec import Catalogue
from nkdocs.kinds.countries import ALIASES, COUNTRIES
from nkdocs.kinds.points import MONTHS

_FILE = "shared/confidential.yaml"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SMALL = re.compile(r"(?<![\w@.-])[a-z]+(?:[’'-][a-z]+)*(?![\w@])")


class _Lists(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    public: str = ""
    common: str = ""


def words(catalogue: Catalogue | None = None) -> Words:
    """Return the words, from what ships alone: an office's own templates may name a client.

    Args:
        catalogue: that of the templates that ship, where it was loaded already.

    Raises:
        TemplateError: the list that ships is wrong.
    """
    folder = _resources.shipped("templates")
    lists = _lists()
    known = catalogue or interviews.load([folder])
    printed = list(_printed(known))
    asked = [t for q in known.questions.values() for t in (q.prompt.en, q.help, q.why)]
    found = [t for w in wordings([folder]).values() for t in (w.message, w.next, w.why)]
    countries = [*COUNTRIES.values(), *(n for names in ALIASES.values() for n in names)]
    public = {
        w.lower()
        for text in (lists.public, *printed, *countries, " ".join(MONTHS))
        for w in _WORD.findall(text)
    }
    common = {w for text in (*printed, *asked, *found, lists.common) for w in _small(text)}
    return Words(frozenset(common), frozenset(public))


def _lists() -> _Lists:
    file = _resources.shipped("templates") / _FILE
    loaded = _yaml.load(_yaml.read(file.read_bytes()))
    try:
        return _Lists.model_validate(loaded.data or {})
    except ValidationError as error:
        msg = f"{file} is wrong"
        raise TemplateError(msg, faults=[str(w["loc"]) for w in error.errors()]) from None


def _printed(catalogue: Catalogue) -> Iterator[str]:
    """Yield what the shipped templates print between their tags."""
    folder = _resources.shipped("templates")
    for document in catalogue.documents.values():
        for file in document.files:
            where, data = find.template(document, file, [folder])
            word = WordFile.read(data, str(where))
            for part in word.story_parts():
                for paragraph in paragraphs(word.tree(part)):
                    yield _TAG.sub("\n", text_of(paragraph))


def _small(text: str) -> Iterator[str]:
    return (found[0].replace("’", "'") for found in _SMALL.finditer(text))
