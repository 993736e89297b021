"""The sandboxed environment: what is not on the allow list does not run (TRUST.md 4.2, R4)."""

import tracemalloc

import jinja2
import pytest

from nkdocs._conditions import Condition
from nkdocs._jinja import BLANK, Environment, Missing, View
from nkdocs.errors import TemplateError


class Person(View):
    """A person as a template might see one, with a method it must not reach."""

    __slots__ = ("name", "ran")
    template_names = frozenset({"name", "greet"})

    def __init__(self) -> None:
        """Have a name."""
        self.name = "Seo"
        self.ran = False

    def greet(self, word: str) -> str:
        """Return a greeting."""
        return f"{word}, {self.name}"

    def delete_everything(self) -> str:
        """Do what a template must never be able to do."""
        self.ran = True
        return "gone"


STOPPED = [
    "{{ missing_name }}",
    "{{ client.nmae }}",
    "{{ client.name.spouse.name }}",
    "{{ cycler.__init__.__globals__.os.getpid() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__']['__mro__'] }}",
    "{{ client.__class__ }}",
    "{{ client['__init__'] }}",
    "{{ client.greet.__globals__ }}",
    "{{ client.greet.__func__ }}",
    "{{ client.delete_everything() }}",
    "{{ people|join(attribute='delete_everything') }}",
    "{{ people|selectattr('delete_everything')|list }}",
    "{{ people|sort(attribute='ran')|list }}",
    "{{ 'a'|attr('upper') }}",
    "{{ ['a']|map('upper')|list }}",
    "{{ ('{0.__class__.__mro__}'|attr('format'))(1) }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(client) }}",
    "{{ '{0}'.format_map(client) }}",
    "{% for i in range(10**8) %}x{% endfor %}",
    "{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}",
    "{{ ('a' * 10**9)|length }}",
    "{{ ('a' * 1000000000)|length }}",
    "{{ [1] * 1000000000 }}",
    "{{ (10**(10**8))|string }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ 'a'|center(10**9) }}",
    "{{ 'a'|center(1000000000) }}",
    "{{ lipsum(n=50000) }}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% from 'x' import y %}",
    "{% extends 'x' %}",
    "{% block x %}{% endblock %}",
    "{{ client.name|safe }}",
    "{{ client.name|tojson }}",
    "{{ client.name|default('x') }}",
    "{% autoescape false %}{{ client.name }}{% endautoescape %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% for p in people recursive %}{{ loop(people) }}{% endfor %}",
    "{% filter upper %}x{% endfilter %}",
    "{% set x %}text{% endset %}{{ x }}",
    "{{ name ",
    "{% if x %}",
    "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 40 + "{{ a|length }}",
    "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a + a %}" * 40 + "{{ a|length }}",
    "{% set a = [1] %}" + "{% set a = a + a %}" * 40 + "{{ a|length }}",
    "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a|replace('', a) %}" * 9 + "{{ a|length }}",
    "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a|join(a) %}" * 9 + "{{ a|length }}",
    "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a.replace('', a) %}" * 9 + "{{ a|length }}",
    "{% set a = 99999 %}" + "{% set a = a * a %}" * 40 + "{{ a }}",
]


@pytest.mark.parametrize("payload", STOPPED)
def test_what_is_not_allowed_is_stopped(payload: str) -> None:
    """No code runs, nothing unknown prints, and no expression fills the memory."""
    person = Person()
    tracemalloc.start()

    with pytest.raises((jinja2.TemplateError, TemplateError)):
        Environment().from_string(payload).render(client=person, people=[person], name="x")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert not person.ran
    assert peak < 60_000_000


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("{{ client.name }}", "Seo"),
        ("{{ client['name'] }}", "Seo"),
        ("{{ client.greet('Dear') }}", "Dear, Seo"),
        ("{{ people[0].name }}", "Seo"),
        ("{{ people|length }}", "1"),
        ("{{ people|join(', ', attribute='name') }}", "Seo"),
        ("{{ people|selectattr('name', 'equalto', 'Seo')|list|length }}", "1"),
        ("{% for p in people %}{{ loop.index }} {{ p.name }}{% endfor %}", "1 Seo"),
        ("{% set x = 3 * 4 %}{{ x + 1 }}", "13"),
        ("{{ 'a' ~ 1 ~ 'b' }}", "a1b"),
        ("{{ 'a-b'|replace('-', '_') }}", "a_b"),
        ("{{ 'Seo '.strip().upper() }}", "SEO"),
        ("{{ 'x' if client.name == 'Seo' else 'y' }}", "x"),
    ],
)
def test_what_letters_need_is_allowed(template: str, printed: str) -> None:
    """Names, loops, conditions, a few filters and methods of text work."""
    person = Person()

    out = Environment().from_string(template).render(client=person, people=[person])

    assert out == printed


def test_a_value_is_always_escaped() -> None:
    """No answer can become XML, however it was joined or filtered."""
    forged = "</w:t><w:p/>"
    source = "{{ x }}|{{ x ~ 'a' }}|{{ [x]|join('-') }}|{{ x|replace('q', x) }}|{{ x|string }}"

    out = Environment().from_string(source).render(x=forged)

    assert "<" not in out
    assert out.count("&lt;/w:t&gt;") == 5


@pytest.mark.parametrize(
    "expression",
    ["x", "x ~ ', '", "x|string", "x|upper", "[x]|join(', ')", "x.part", "x[0]", "x.call(1)",
     "x|join(', ')", "x|join(attribute='name')", "x|sort|join", "x|select|unique|join"],
)  # fmt: skip
def test_what_is_missing_prints_a_blank_whatever_is_done_to_it(expression: str) -> None:
    """An open answer leaves its mark through every filter and joining."""
    gap = Missing("case.court", "Which court?")

    out = Environment().from_string("{{ " + expression + " }}").render(x=gap)

    assert out.startswith(BLANK)
    assert "case.court" in out.lower()


@pytest.mark.parametrize(
    "test", ["x", "x.part", "x > 3", "x < 3", "x == 'a'", "'a' in x", "x|length"]
)
def test_what_is_missing_is_false(test: str) -> None:
    """A condition over an open answer does not hold, and does not fail."""
    gap = Missing("case.court", "Which court?")

    assert not Condition(test).holds(lambda _: gap)


def test_a_loop_over_what_is_missing_is_empty() -> None:
    """Nothing is printed for an open list, and its `else` is."""
    source = "{% for a in x %}a{% else %}none{% endfor %}"

    assert Environment().from_string(source).render(x=Missing("events", "?")) == "none"


def test_a_condition_that_names_nothing_known_says_so() -> None:
    """The fault is a template's, told in words, and no traceback."""

    def names(name: str) -> object:
        return Person() if name == "client" else Missing(name, "?")

    with pytest.raises(TemplateError, match=r"client\.nmae|did you mean|person\.nmae"):
        Condition("client.nmae").holds(names)


def test_a_condition_that_cannot_be_compared_says_so() -> None:
    """Comparing a person with a number is a fault of the condition."""
    with pytest.raises(TemplateError, match="cannot be answered"):
        Condition("client > 3").holds(lambda _: Person())


@pytest.mark.parametrize("text", ["x is nosuch", "a }} {{ b", "a }} and", "", "x |", "x|nosuch"])
def test_what_is_no_condition_is_refused_when_it_is_read(text: str) -> None:
    """Not only when it is first asked: all faults of a template are told in one run."""
    with pytest.raises(jinja2.TemplateSyntaxError):
        Condition(text)


def test_a_condition_is_read_once_and_knows_its_names() -> None:
    """What a condition depends on is known without answering it."""
    condition = Condition("case.detained and not lead")

    assert condition.names == {"case", "lead"}


def test_a_misspelt_name_is_told_with_the_nearest() -> None:
    """The message names the nearest name there is."""
    with pytest.raises(jinja2.UndefinedError, match=r"did you mean 'person\.name'"):
        Environment().from_string("{{ client.nmae }}").render(client=Person())


def test_a_template_seen_before_is_written_by_its_own_environment() -> None:
    """Only the code is kept: how values are written, escaping, and values are each one's own."""
    source = "{{ x }}, {{ 'y' }}"

    loud = Environment(lambda value: str(value).upper()).from_string(source)
    plain = Environment().from_string(source)
    bare = Environment()
    bare.autoescape = False

    assert loud.render(x="<a") == "&lt;A, Y"
    assert plain.render(x="<b") == "&lt;b, y"
    assert bare.from_string(source).render(x="<c") == "<c, y"


VALUES = {"a": "x", "b": "", "c": ["x", "y"], "d": True, "e": Missing("e"), "f": 3}
SAID = [
    "a == 'x' and b", "a and b or d", "not a", "not (a and not b)", "a in ['x', 'z']",
    "a not in c", "'x' in c and 'z' not in c", "e", "not e", "e == 'x' or e.part.more",
    "'x' in e", "a != 'x' or (b or c)", "f == 3", "d == true and b != none", "b in a",
    "a.upper == 'X' or d",
]  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_a_plain_condition_means_what_jinja_means(text: str) -> None:
    """It is answered without Jinja, and answered alike."""
    condition = Condition(text)
    kept = Condition.known(text, condition.names, condition.plain)
    by_jinja = Condition.known(text, condition.names, None)

    assert condition.plain is not None
    assert kept.holds(VALUES.__getitem__) == by_jinja.holds(VALUES.__getitem__)


@pytest.mark.parametrize("text", ["a|length == 1", "f > 2", "a ~ b", "c[0] == 'x'", "f + 1 == 4",
                                  "1 < f < 4", "a is defined"])  # fmt: skip
def test_any_other_condition_is_asked_of_jinja(text: str) -> None:
    """Nothing is made of it that it does not say."""
    condition = Condition(text)

    assert condition.plain is None
    assert condition.holds(VALUES.__getitem__)
