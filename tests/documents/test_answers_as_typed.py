"""What a client says is data: it is printed as typed, whatever it looks like, or nothing is."""

import io

import docx
import pytest

from nkdocs.documents import compiled, marks
from nkdocs.documents.wording import Cites, Told, writer
from nkdocs.errors import TemplateError


def letter(*lines: str) -> bytes:
    """Return a Word file with a paragraph for each line."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraphs(word: bytes) -> list[str]:
    """Return the text of a Word file, paragraph by paragraph."""
    return [p.text for p in docx.Document(io.BytesIO(word)).paragraphs]


def filled(template: bytes, names: dict[str, object]) -> bytes:
    """Return *template* filled and settled, as every document is."""
    made = compiled.fill(template, names, writer(Cites((), Told())), name="letter")
    marks.settle_letter(made)
    return made.data()


@pytest.mark.parametrize(
    "typed",
    [
        "{{ 7*7 }}",
        "{% for x in y %}",
        "{# a remark #}",
        "{%p if true %}",
        "{{",
        "}} %} {%",
        "{_{ x }_}",
        "{_% x %_}",
        "{{p x }}",
        "{{r x }}",
        "{%tr for x in y %}",
        "{%- x -%}",
        "Kim & Lee <x> \"y\" 'z'",
        "</w:t></w:r></w:p>",
        "&amp; &#60;",
    ],
)
def test_answer_that_looks_like_code_is_printed_as_typed(typed: str) -> None:
    """It is never evaluated, and the rest of the letter stands (TRUST R3)."""
    template = letter("Before {{ told }} after.", "The end.")

    made = filled(template, {"told": typed})

    assert paragraphs(made) == [f"Before {typed} after.", "The end."]


def test_unknown_name_stops_the_letter_and_is_named() -> None:
    """A misspelt name is no blank: the message says which, and where (TRUST R6)."""
    template = letter("Dear {{ clinet }}:")

    with pytest.raises(TemplateError) as caught:
        filled(template, {"client": "Ms. Seo"})

    told = " ".join([caught.value.message, *map(str, caught.value.faults)])
    assert "clinet" in told


@pytest.mark.parametrize(
    "attack",
    [
        "{{ client.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ '%s'|format(1) }}",
        "{{ 'a' * 10**9 }}",
        "{{ client|attr('__class__') }}",
    ],
)
def test_template_that_reaches_for_the_computer_is_refused(attack: str) -> None:
    """A template by others can print answers and nothing else (TRUST R4)."""
    template = letter(f"Dear {attack}:")

    with pytest.raises(TemplateError):
        filled(template, {"client": "Ms. Seo"})
