"""What is wrong with a template is found without filling it, audiences above all."""

import re
from collections.abc import Iterator

import pytest

from nkdocs.answers.korean import Korean
from nkdocs.answers.origin import Origins
from nkdocs.authorities import Registry
from nkdocs.documents.lookups import Lookups
from nkdocs.documents.wording import Cites
from nkdocs.errors import TemplateError
from nkdocs.interview.faces import takes_of
from nkdocs.interview.spec import Pattern
from nkdocs.interview.vocabulary import FUNCTIONS
from tests.documents.letters import (
    catalogue,
    changed,
    faults,
    filled,
    members,
    packed,
    template,
)

every_template = pytest.mark.parametrize(
    ("word", "audience", "each"),
    [
        pytest.param((d.folder / f.file).read_bytes(), f.audience, d.each, id=f.file)
        for d in catalogue().documents.values()
        for f in d.files
    ],
)
_TAG = re.compile(r"\{[{%]p? ?(.*?)[%}]\}")
_NAME = re.compile(r"(?<![\w'.])[A-Za-z_]\w*|(?<=[\w)\]]\.)[a-z_]\w*")
_WORDS = set(
    "gt lt amp quot if elif else endif for endfor in not and or set is tr true false none".split()
)


def codes(word: bytes, audience: str = "opla") -> set[str]:
    """Return the codes of what the doctor finds."""
    return {f.code for f in faults(word, audience)}


@every_template
def test_the_shipped_templates_are_well(word: bytes, audience: str, each: Pattern) -> None:
    """Nothing is wrong with what ships."""
    assert faults(word, audience, each) == []


def mutants(word: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield *word* with one name misspelt, for every name in every tag of every part."""
    for part, data in members(word).items():
        if not re.match(r"word/(document|header\d|footer\d)\.xml", part):
            continue
        text = data.decode()
        for tag in _TAG.finditer(text):
            bare = re.sub(r"'[^']*'", lambda m: "'" + " " * (len(m[0]) - 2) + "'", tag[1])
            for name in _NAME.finditer(bare):
                if name[0] not in _WORDS:
                    at = tag.start(1) + name.end()
                    yield f"{tag[0]} / {name[0]}", text[:at].encode() + b"q" + text[at:].encode()


@every_template
def test_every_misspelt_name_of_every_template_is_caught(
    word: bytes, audience: str, each: Pattern
) -> None:
    """Each name in turn gets a letter too many: a name of an answer, a value, a loop, a filter.

    A sample of them; `test_every_misspelt_name_is_caught_without_exception` takes all.
    """
    assert _missed(word, audience, each, every=499) == []


@pytest.mark.long
@every_template
def test_every_misspelt_name_is_caught_without_exception(
    word: bytes, audience: str, each: Pattern
) -> None:
    """All of them (TRUST R6: 100 %)."""
    assert _missed(word, audience, each, every=1) == []


def _missed(word: bytes, audience: str, each: Pattern, *, every: int) -> list[str]:
    parts = members(word)
    missed, seen = [], 0
    for number, (what, mutant) in enumerate(mutants(word)):
        if number % every:
            continue
        seen += 1
        part = next(p for p, data in parts.items() if data[:60] == mutant[:60]
                    and abs(len(data) - len(mutant)) == 1)  # fmt: skip
        if not faults(packed({**parts, part: mutant}), audience, each):
            missed.append(what)
    assert seen
    return missed


@pytest.mark.parametrize(
    "tag",
    [
        "{{ pd.case_strength }}",
        "{% if pd.case_strength %}x{% endif %}",
        "{% if not pd.case_strength %}x{% endif %}",
        "{{ 'x' if pd.case_strength else 'y' }}",
        "{{ pd['case_strength'] }}",
        "{% set x = pd %}{{ x.case_strength }}",
        "{% set x = pd.case_strength %}{{ x }}",
        "{% for r in pd.criminal.records %}x{% endfor %}",
        "{% for e in pd.equities if pd.criminal.any %}x{% endfor %}",
        "{% for n in pd.negatives %}{{ n.known_to_dhs }}{% endfor %}",
        "{{ pd.negatives[0].known_to_dhs }}",
        "{{ pd.negatives.first.known_to_dhs }}",
        "{{ (pd.negatives|first).known_to_dhs }}",
        "{{ pd.negatives|selectattr('known_to_dhs')|list|length }}",
        "{{ pd.negatives|join(', ', attribute='known_to_dhs') }}",
        "{{ pd.negatives|sort(attribute='known_to_dhs')|length }}",
        "{{ pd.equities|length ~ pd.case_strength }}",
        "{{ cite(pd.case_strength) }}",
        "{{ client.address }}",
        "{{ respondents.last.employer }}",
        "{% for f in family %}{% for p in people %}{{ f.name }}{% endfor %}{% endfor %}",
        "{{ consent.pd.signed_on.long }}",
    ],
)
def test_a_letter_to_opla_cannot_reach_what_is_internal(tag: str) -> None:
    """However it is reached, the doctor names it, and the filling refuses it too."""
    text = (
        "pd: {case_strength: weak, negatives: [{id: a, fact: x, disclose: yes, known_to_dhs: no}],"
        " equities: [{id: e, fact: y}], criminal: {any: yes, records: []}}\n"
        "respondents: [{id: a, address: 'x, y', employer: z}]\npeople: [{id: p}]\n"
        "family: [{id: f, name: X}]\nconsent: {pd: {signed_on: 2026-01-01}}\n"
    )

    assert "T004" in codes(template(tag))
    with pytest.raises(TemplateError, match="cannot be filled"):
        filled(template(tag), text, audience="opla")


@pytest.mark.parametrize(
    "tag",
    [
        "{{ pd.case_strength|default('x') }}",
        "{% set name = 'case_strength' %}{{ pd[name] }}",
        "{% for x in pd %}{{ x }}{% endfor %}",
        "{% for x in (pd.negatives or pd.equities) %}{{ x.known_to_dhs }}{% endfor %}",
        "{% set x = pd.negatives if today else pd.equities %}{{ x.first.known_to_dhs }}",
        "{{ [pd, case][0].case_strength }}",
        "{{ pd.negatives|map(attribute='known_to_dhs')|list }}",
        "{% set a %}{{ pd.case_strength }}{% endset %}",
        "{% with x = pd %}{{ x.case_strength }}{% endwith %}",
        "{% macro m(x) %}{{ x.case_strength }}{% endmacro %}{{ m(pd) }}",
        "{% for e in pd.equities %}{{ loop.previtem.case_strength }}{% endfor %}",
    ],
)
def test_a_detour_that_cannot_be_followed_is_refused(tag: str) -> None:
    """What hides a name from the doctor is itself a fault."""
    assert codes(template(tag))


def test_an_item_that_is_not_disclosed_never_reaches_opla() -> None:
    """A negative factor stands in the letter only with `disclose: yes`; numbers tell nothing."""
    word = template("{%p for n in pd.negatives %}", "{{ n.index }} {{ n.fact }}", "{%p endfor %}",
                    "{{ pd.negatives|length }} {{ pd.negatives.last.fact }}")  # fmt: skip
    text = """
pd:
  negatives:
  - {id: a, fact: HIDDEN, disclose: no}
  - {id: b, fact: shown, disclose: yes}
  - {id: c, fact: HIDDEN}
"""

    seen = {a: filled(word, text, audience=a).docx for a in ("opla", "client")}
    ours = filled(word, text, audience="internal").docx

    for docx in seen.values():
        whole = b"".join(members(docx).values())
        assert b"HIDDEN" not in whole
        assert b"1 shown" in whole
    assert members(ours)["word/document.xml"].count(b"HIDDEN") == 3


def test_a_group_tells_an_audience_only_of_what_it_may_see() -> None:
    """`{% if pd.criminal %}` is not a way around."""
    word = template("{% if pd.criminal %}HIDDEN{% endif %}")

    made = filled(word, "pd: {criminal: {any: yes}}", audience="opla").docx

    assert b"HIDDEN" not in members(made)["word/document.xml"]


@pytest.mark.parametrize(
    ("tag", "code", "said"),
    [
        ("{{ clinet.name }}", "T003", "client"),
        ("{{ client.nmae }}", "T003", "name"),
        ("{{ client.born.phrse }}", "T003", "phrase"),
        ("{{ case.cuort }}", "T003", "court"),
        ("{{ authority('nkrha-302').cite }}", "T006", "nkhra-302"),
        ("{{ case.court", "T002", ""),
        ("{% if case.court %}", "T008", "never closed"),
        ("{{ case.court|safe }}", "T009", "safe"),
        ("{% include 'x' %}", "T009", "include"),
        ("We write re {%p if case.court %} the client", "T005", "dropped"),
        ("{{r case.court }}", "T005", "run"),
        ("{{p case.court }} and text", "T005", "dropped"),
    ],
)
def test_a_slip_is_named_with_its_place_and_the_remedy(tag: str, code: str, said: str) -> None:
    """The fault says where, what, and what was probably meant."""
    found = [f for f in faults(template("Body| First.", f"Body| {tag}")) if f.code == code]

    assert found
    assert said in found[0].message
    assert "body" in str(found[0].place) or "document" in str(found[0].place)
    assert found[0].hint


def test_a_fault_in_a_header_says_so() -> None:
    """The part is named."""
    found = faults(template("Text.", header="{{ case.cuort }}"))

    assert ["header" in str(f.place) for f in found] == [True]


@pytest.mark.parametrize("instruction", ["INCLUDETEXT", "INCLUDEPICTURE", "DDEAUTO", " link "])
def test_a_field_that_shows_another_file_is_refused(instruction: str) -> None:
    """By the doctor, and when it is filled."""
    field = f'<w:r><w:instrText>{instruction} "C:\\\\old client.docx"</w:instrText></w:r>'
    word = changed(template("Text."), "word/document.xml", "<w:r>", f"{field}<w:r>")

    assert codes(word) == {"T007"}
    with pytest.raises(TemplateError, match="another file"):
        filled(word)


def test_a_linked_picture_is_refused() -> None:
    """It would be fetched from the network, or from somebody's disk."""
    link = (
        '<Relationship Id="rId77" TargetMode="External" Target="http://example.org/x.png" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
    )
    name = "word/_rels/document.xml.rels"
    word = changed(template("Text."), name, "</Relationships>", f"{link}</Relationships>")

    assert codes(word) == {"T007"}


@pytest.mark.parametrize(
    ("tag", "wrote", "meant"),
    [
        ("{{ client.nmae }}", "client.nmae", "client.name"),
        ("{{ users[0].nmae }}", "client.nmae", "client.name"),
        ("{% for e in events %}{{ e.whn }}{% endfor %}", "e.whn", "e.when"),
        ("{% for n in client.nationality %}{{ n.contry }}{% endfor %}", "n.contry", "n.country"),
        ("{{ events[0].whn }}", "events[0].whn", "events[0].when"),
        ("{{ events.first.whn }}", "events.first.whn", "events.first.when"),
        ("{{ (events|last).whn }}", "(events|last).whn", "(events|last).when"),
        ("{% set c = client %}{{ c.nmae }}", "c.nmae", "c.name"),
        ("{{ events|join(', ', attribute='whn') }}", "whn", "when"),
        ("{{ case.cuort }}", "case.cuort", "case.court"),
    ],
)  # fmt: skip
def test_a_misspelt_part_is_told_as_it_was_written(tag: str, wrote: str, meant: str) -> None:
    """What was meant can be typed in its place."""
    (found,) = faults(template(tag), "internal")

    assert found.message.startswith(f"you wrote {wrote}, which is no answer; did you mean {meant}?")
    if "attribute" not in tag:
        right = tag.replace(wrote.rpartition(".")[2], meant.rpartition(".")[2])
        assert not [f for f in faults(template(right), "internal") if "you wrote" in f.message]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ client.nationality }}", "client.nationality is a list"),
        ("{{ client.born.phrse }}", "client.born, of the kind"),
        ("{% for e in events %}{{ e.when.phrse }}{% endfor %}", "e.when, of the kind"),
        ("{% for x in client.fees %}{% endfor %}", "a loop over client.fees,"),
    ],
)
def test_an_answer_is_called_as_the_author_calls_it(tag: str, said: str) -> None:
    """No message names a path that no tag takes."""
    (found,) = faults(template(tag), "internal")

    assert said in found.message
    assert "[]" not in found.message


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ('{{ client.name|replace("a") }}', "|replace lacks 'new' in its brackets"),
        ("{{ case.court|upper('x') }}", "|upper has more than it takes"),
        ("{{ events|length(3) }}", "|length has more than it takes"),
        ("{{ client.verb('has') }}", "client.verb takes 2 values in its brackets, and is told 1"),
        ("{{ client.born.age() }}", "takes 1 value in its brackets, and is told none: client.born"),
        ("{{ client.born.age }}", "client.born.age is written with brackets: age(today)"),
        ("{{ client.verb }}", "client.verb is written with brackets: verb('is', 'are')"),
        ("{{ today.age(today, 1) }}", "today.age takes 1 value"),
        ("{{ case.judge.upper(1) }}", "nothing stands in the brackets of case.judge.upper()"),
        ("{{ cite() }}", "cite takes 1 to 4 values in its brackets, and is told none"),
        ("{{ cite('a', 'b', 'c', 4) }}", "a last page that is no number"),
        ("{{ cite('a', 1.5) }}", "a page that is no number"),
        ("{{ client.born.format(3) }}", "the form of a day stands in quotes"),
        ("{{ authority() }}", "authority takes 1 value"),
        ("{{ None }}", "None is no answer"),
        ("{{ 'x' if today else None }}", "None is no answer"),
        ("{{ 'x' ~ None }}", "None is no answer"),
        ("{{ self.name }}", "self is a word of the tags themselves"),
        ("{{ 'abc' + 3 }}", "joined with ~"),
        ("{{ case.court|int }}", "would print 0"),
    ],
)  # fmt: skip
def test_what_the_filling_would_refuse_is_a_fault(tag: str, said: str) -> None:
    """What stands in brackets is counted, and words that are no answers are known."""
    (found,) = faults(template("First.", tag), "internal")

    assert said in found.message
    assert found.place.paragraph == 2


@pytest.mark.parametrize(
    "tag",
    [
        "{{ client.born.age(today) }} {{ client.Their }} {{ client.verb('is', 'are') }}",
        "{{ cite('a') }} {{ cite('a', 1) }} {{ cite('a', 1, 2, part='original') }}",
        "{{ cite('declaration', 'arrest') }} {{ cite(events.first.exhibit) }}",
        "{{ case.judge|replace('a', 'b') }} {{ today.format('MM/dd/yyyy') }} {{ today.format() }}",
        "{{ events|selectattr('when')|list|length + 1 }} {{ [1, 2]|join(', ') }}",
        "{{ ['b', 'a']|sort(reverse=true)|join }}",
        "{{ case.judge.split(',')|join(' ') }} {{ case.judge.startswith('x') }}",
        "{{ 'a' + case.judge + 'b' }} {{ 1 + 2 }} {{ '3'|int }} {{ case.judge|int }}",
        "{% if client.born == None %}x{% endif %}",
    ],
)
def test_what_can_be_filled_is_no_fault(tag: str) -> None:
    """Any number of values that a function takes, and text that holds a number."""
    assert [f.message for f in faults(template(tag), "internal")] == []


def test_the_functions_take_as_many_values_as_the_check_believes() -> None:
    """Their own signatures say the same."""
    made = {
        "cite": Cites.cite, "mark": Cites.mark, "origin": Origins.origin, "korean": Korean.of,
        "authority": Registry.authority, "guidance": Lookups.guidance, "sent": Lookups.sent,
    }  # fmt: skip

    assert {name: takes_of(function) for name, function in made.items()} == FUNCTIONS
