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


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ client.nationality }}", "'client.nationality' is a list"),
        ("{{ pd.criminal }}", "'pd.criminal' is a group"),
        ("{{ None }}", "prints what is no answer"),
        ("{{ cite('x', 1.5) }}", "no number"),
        ("{{ client.nmae }}", "knows; did you mean 'client.name'?"),
        ("{{ client.nmae }}", "'client.nmae' is not a name"),
        ("{% for e in events %}{{ e.whn }}{% endfor %}", "did you mean 'e.when'?"),
        ("{{ users.name }}", "'users.name' is asked of each item"),
        ("{{ client.born.age() }}", "age is told too little: 1 more"),
        ("{{ cite('a', 1, 2, 'x', 5, 6) }}", "cite is told too much"),
        ("{{ case.detained + 1 }}", "+ cannot be reckoned"),
        ("{{ client.born < 5 }}", "two sides of < cannot be compared"),
        ("{{ 1/0 }}", "divided by zero"),
        ("{{ client.name() }}", "takes no brackets"),
        ("{{ self.nobody }}", "what stands before .nobody has no such part"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["Before {} after", "{{%p set x = 1 %}} ¶ Then {} after"])
def test_a_fault_of_a_fill_tells_why_and_where(tag: str, said: str, around: str) -> None:
    """The reason, the paragraph as Word counts it, the tag and the words on both its sides."""
    lines = around.format(tag).split(" ¶ ")
    told = "\n".join([
        "respondents: [{id: a, name: Kim Cheol-su, born: 1990-01-01, nationality: [{id: n}]}]",
        "case: {detained: yes}", "pd: {criminal: {any: yes}}",
        "events: [{id: e, told: X}]",
    ])  # fmt: skip
    with pytest.raises(TemplateError) as caught:
        filled(template("First.", *lines, "Last."), told)
    found = caught.value.faults[0]
    assert isinstance(found, Finding)

    assert said in found.message
    assert found.place.part == f"body paragraph {len(lines) + 1}"
    assert found.place.text.endswith("after")
    assert tag.rpartition("{% endfor")[0].rpartition("%}")[2] in found.place.text or (
        tag in found.place.text)  # fmt: skip
    assert "Kim" not in found.message


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["First.", "{%p set x = case.court|round %}", "Last."], 2),
        (["First.", "{%p set x = 1/0 %}", "Last."], 2),
        (["{%p if not today %}", "{%p set x = 1 %}", "{%p set x = 1/0 %}", "{%p endif %}"], 3),
        (["{%p for n in [1, 0] %}", "{{ 1/n }}", "{%p endfor %}", "{{ 1/0 }}"], 2),
        (["A", "{{ 1 }}{{ 1 }}", "{{ 1 }} {{ 1/0 }}"], 3),
    ],
)
def test_a_fault_within_a_tag_that_takes_its_paragraph_is_told_there(
    lines: list[str], number: int
) -> None:
    """Not in the paragraph before, though the filling has taken its own away."""
    assert fault(*lines).place.paragraph == number


def test_a_fault_of_an_audience_is_told_with_its_place() -> None:
    """Which answer, who may see it, and where it is asked for."""
    with pytest.raises(TemplateError) as caught:
        filled(template("First.", "{%p if client.address %}", "x", "{%p endif %}"),
               "respondents: [{id: a, address: 'x, y'}]", audience="opla")  # fmt: skip
    found = caught.value.faults[0]
    assert isinstance(found, Finding)

    assert (found.place.paragraph, found.place.text) == (2, "{%p if client.address %}")
    assert "may see" in found.message
    assert "Take it out" in found.hint


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["Kept.", "Important. {%p if a %}", "inner", "{%p endif %}"], "Important."),
        (["Kept.", "x", "{%p if a %}{%p endif %}"], "two tags stand in one paragraph"),
    ],
)
def test_no_sentence_is_dropped_in_silence(lines: list[str], told: str) -> None:
    """What stands beside a tag of a paragraph would go with it: the filling says so."""
    with pytest.raises(TemplateError) as error:
        compiled.compiled(template(*lines), "letter.docx")

    fault = error.value.faults[0]
    assert isinstance(fault, Finding)
    assert fault.code == "T005"
    assert told in fault.message
    assert fault.place.part == ("body paragraph 2" if "Important" in told else "body paragraph 3")
