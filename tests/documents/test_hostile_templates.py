"""A template by others prints answers and does nothing else: no code, no file, no end of memory."""

import contextlib
import io
import os
import sys
import time
import zipfile
from pathlib import Path

import pytest

from nkdocs.authorities import Registry
from nkdocs.diagnostics import Finding, State
from nkdocs.documents import compiled
from nkdocs.documents.apart import Limits, filled_apart, found_apart, read_apart
from nkdocs.documents.fill import Setting, fill
from nkdocs.documents.filled import Filled
from nkdocs.documents.lookups import Lookups
from nkdocs.errors import TemplateError
from nkdocs.packet import templates
from tests.documents.letters import DAY, answers, faults, filled, law, members, said, template

SMALL = Limits(seconds=1.5, memory=96 << 20)
TEXT = "office: {name: Larch Street}\nrespondents: [{id: a, name: SEO Yun Hui}]\n"

#: TRUST.md 4.2; `TOUCH` stands for a path that must not come to be.
PAYLOADS = [
    "{{ missing_name }}", "{{ client.nmae }}", "{{ client.spouse.name }}",
    "{{ cycler.__init__.__globals__.os.getpid() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__()[140].__init__.__globals__['os'].abort() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__()[118]('TOUCH', 'w') }}",
    "{{ client.__init__.__globals__ }}", "{{ client.lookup('id') }}", "{{ client.answers }}",
    "{{ client.answers.case }}", "{{ office.answers.case.text }}", "{{ cite.__self__ }}",
    "{{ cite.__func__.__globals__ }}", "{{ registry }}", "{{ authority.__self__.law }}",
    "{{ ['{0.__class__}']|map('format', client)|list }}",
    "{{ ('{0.__class__.__mro__}'|attr('format'))(1) }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(client) }}",
    "{% for i in range(10**8) %}{% endfor %}", "{{ ('a' * 10**9)|length }}",
    "{{ (10**(10**8))|string }}", "{{ 'a'|center(10**9) }}", "{{ lipsum(n=50000) }}",
    "{% include 'TOUCH' %}", "{% import 'os' as os %}", "{% extends 'TOUCH' %}",
    "{% macro m() %}{% endmacro %}", "{{ self }}", "{{ loop }}", "{{ namespace() }}",
    "{{ client|safe }}", "{{ client|tojson }}", "{{ client|pprint }}",
]  # fmt: skip

#: What the sandbox cannot see to be wrong.
BOMBS = {
    "loops in loops": "{% set a = office.name %}"
    + "{% for b in a %}" * 9
    + "{% set x = b %}"
    + "{% endfor %}" * 9,
    "lists of lists": "{% set a = 'aaaaaaaaaa' %}"
    + "".join("{% set a = [a, a, a, a] %}" for _ in range(16))
    + "{{ a }}",
    "text of lists": "{% set a = 'aaaaaaaaaa' %}"
    + "".join("{% set a = [a, a, a, a] %}" for _ in range(16))
    + "{{ a|string|length }}",
    "print without end": "{% set a = office.name %}"
    + "{% set a = a ~ a %}" * 12
    + "{% for b in a %}{{ a }}{% endfor %}",
    "comparing": "{% set a = ['x'] %}{% set b = ['x'] %}"
    + "".join("{% set a = [a, a, a] %}{% set b = [b, b, b] %}" for _ in range(24))
    + "{{ a == b }}",
}


@pytest.mark.parametrize("attack", PAYLOADS)
def test_nothing_is_run_or_read(attack: str, tmp_path: Path) -> None:
    """Each is refused, and no file comes to be (TRUST R4)."""
    touched = tmp_path / "touched"

    with pytest.raises(TemplateError):
        filled(template(attack.replace("TOUCH", str(touched))), TEXT)

    assert not touched.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be copied there")
@pytest.mark.parametrize("bomb", BOMBS)
def test_what_never_ends_costs_only_its_child(bomb: str) -> None:
    """An error soon, and the program goes on (TRUST R5)."""
    word = template(BOMBS[bomb])
    setting = Setting(Registry(law(), DAY), State.DRAFT)
    start = time.monotonic()

    def work() -> Filled:
        return fill(word, answers(TEXT), setting, name="letter.docx", title="A letter")

    with pytest.raises(TemplateError) as caught:
        filled_apart(work, "letter.docx", SMALL)

    assert time.monotonic() - start < 30
    assert "letter.docx" in str(caught.value.message)


def test_text_that_doubles_itself_is_stopped_in_place() -> None:
    """A letter has some ten thousand characters; a million are none."""
    double = "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 30

    with pytest.raises(TemplateError, match="cannot be filled"):
        filled(template(double + "{{ a }}"), TEXT)


def test_a_template_of_others_is_filled_the_same_in_its_child() -> None:
    """Document, open answers, cites, what was used: all of it comes back."""
    word = template("{{ office.name }} {{ case.court }} {{ cite('x', 1) }} {{ pd.theory }}")
    told = TEXT + 'pd: {theory: "see [@y, 2] & so on"}\n'
    own, other = (
        fill(word, answers(told), Setting(Registry(law(), DAY), State.DRAFT, foreign=foreign),
             name="letter.docx", title="A letter")
        for foreign in (False, True)
    )  # fmt: skip

    assert other == own


def test_a_fault_in_the_child_is_told_as_in_place() -> None:
    """The template, the part, the paragraph, the next step."""
    word = template("First.", "Second {{ office.nmae }}")
    told = []

    for foreign in (False, True):
        setting = Setting(Registry(law(), DAY), State.DRAFT, foreign=foreign)
        with pytest.raises(TemplateError) as caught:
            fill(word, answers(TEXT), setting, name="letter.docx", title="A letter")
        told.append((caught.value.message, [str(f) for f in caught.value.faults]))

    assert told[0] == told[1]
    assert "body paragraph 2" in told[0][1][0]


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be copied there")
def test_a_check_that_never_ends_costs_only_its_child_and_what_that_started(tmp_path: Path) -> None:
    """The child and its own child are ended, and the template is named (TRUST R5)."""
    started = tmp_path / "started"

    def endless() -> list[Finding]:
        if os.fork():
            started.write_text(str(os.getpid()))
        while True:
            time.sleep(0.01)

    with pytest.raises(TemplateError, match=r"letter\.docx: checking") as caught:
        found_apart(endless, "letter.docx", SMALL)

    assert caught.value.hint
    group = int(started.read_text())
    for _ in range(100):  # the orphan is buried by whoever buries orphans here
        if not _alive(group):
            break
        time.sleep(0.05)
    assert not _alive(group)


def _alive(group: int) -> bool:
    """Whether a process of the group runs; one that is dead and not yet buried does not."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                return True
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be copied there")
def test_reading_that_eats_the_memory_costs_only_its_child() -> None:
    """As much as a template may take, no more."""
    with pytest.raises(TemplateError, match="reading this template takes more memory"):
        read_apart(lambda: len(bytes(1 << 30)), "letter.docx", SMALL)


def test_a_check_in_the_child_tells_what_a_check_in_place_tells(tmp_path: Path) -> None:
    """Every finding with its code, part, paragraph, text and remedy."""
    word = template("{{ office.nmae }}", "{%p if today %} lost", "{%p endif %}", header="{{ x }}")
    (tmp_path / "letter.docx").write_bytes(word)

    told = [f for f in templates.check([str(tmp_path / "letter.docx")], None, "opla")
            if f.code != "T012"]  # fmt: skip
    own = faults(word, "opla")

    assert len(told) == 3
    assert [(f.code, f.severity, f.message, f.place.part, f.place.text, f.hint) for f in told] == [
        (f.code, f.severity, f.message, f.place.part, f.place.text, f.hint) for f in own
    ]


@pytest.mark.parametrize("deep", ["{% if today %}" * 500 + "{% endif %}" * 500,
                                  "{{ " + " or ".join(["today"] * 500) + " }}",
                                  "{{ " + "(" * 500 + "today" + ")" * 500 + " }}"])  # fmt: skip
def test_what_is_nested_too_deep_is_told(deep: str) -> None:
    """By the check and by every other reading; Python's own stack is not the reader's concern."""
    (found,) = faults(template(deep), "opla")

    assert "deep" in found.message
    assert len(found.message) < 400


def test_a_paragraph_of_a_thousand_tags_is_checked_soon() -> None:
    """The time grows with the tags, not with their square."""

    def cost(tags: int) -> float:
        word = template("{{ case.court }} " * tags)
        start = time.process_time()
        assert faults(word) == []
        return time.process_time() - start

    few = min(cost(250) for _ in range(3))
    assert min(cost(2000) for _ in range(2)) < 20 * few


def test_an_archive_that_unpacks_without_end_is_refused_unread() -> None:
    """A part of a few kilobytes that says it is 500 MB (TRUST R5)."""
    parts = members(template("{{ office.name }}"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
        with packed.open("word/media/big.bin", "w", force_zip64=True) as big:
            for _ in range(320):
                big.write(bytes(1 << 20))
    start = time.monotonic()

    with pytest.raises(TemplateError):
        compiled.fill(out.getvalue(), {}, str, name="letter.docx")

    assert time.monotonic() - start < 5


def test_views_hand_out_nothing_but_their_names() -> None:
    """What a template may call is listed; the rest of an object is out of reach."""
    word = template("{{ guidance.registry }}", "{{ sent.__class__ }}")

    with pytest.raises(TemplateError):
        filled(word, TEXT)
    assert Lookups.template_names == frozenset()
    assert said(filled(template("{{ office.name }}"), TEXT).docx) == ["Larch Street"]
