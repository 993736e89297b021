"""Filling a Word file: the fault is told where it is, in the words of someone who uses Word."""

import pytest

from nkdocs.diagnostics import Finding
from nkdocs.documents import compiled
from nkdocs.errors import TemplateError
from tests.documents.letters import filled, template


def fault(*lines: str, header: str = "") -> Finding:
    """Return the fault that filling a template ends with."""
    with pytest.raises(TemplateError) as caught:
        filled(template(*lines, header=header))
    assert caught.value.exit_code == 9
    found = caught.value.faults[0]
    assert isinstance(found, Finding)
    return found


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ clinet.name }}", "did you mean 'client'"),
        ("{{ case.cuort }}", "did you mean 'case.court'"),
        ("{{ case.court|safe }}", "the filter 'safe' is not allowed"),
        ("{% include 'x' %}", "the tag 'include' is not allowed"),
        ("{{ 'a' * 3 }}", "operator"),
        ("{{ pd }}", "group of answers"),
        ("{% if case.court %}", ""),
        ("{{ case.court", ""),
    ],
)
def test_a_fault_quotes_its_paragraph(tag: str, said: str) -> None:
    """The template, the part, the words around it."""
    found = fault("First.", f"Before {tag}", "Last.")

    assert said in found.message
    assert found.place.file == "letter.docx"
    assert found.place.part in {"body paragraph 2", "body"}


def test_a_fault_in_a_header_quotes_the_header() -> None:
    """Not a paragraph of the body that has the same number."""
    found = fault("First.", "Second.", header="Head {{ clinet }}")

    assert found.place.part.startswith("header")
    assert "Head {{ clinet }}" in found.message


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    """A tag of ten thousand brackets cannot be read."""
    assert fault("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}").code == "T002"


def test_the_sources_name_their_parts() -> None:
    """Body, headers, footers: each is compiled by itself."""
    found = compiled.sources(template("{{ a }}", header="{{ b }}", footer="{{ c }}"), "x")

    assert "body" in found
    assert {name[:6] for name in found} == {"body", "header", "footer"}
    assert "{{ b }}" in next(t for n, t in found.items() if n.startswith("header"))
