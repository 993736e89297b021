"""The check knows what each kind of answer can do: what it passes fills, whatever is answered.

Every use a template can make of an answer is tried with a question of every kind: checked, then
filled from a case with every answer, from an empty one, and from non-answers.
"""

from collections.abc import Iterator

import pytest

from nkdocs._jinja import Missing
from nkdocs._resources import shipped
from nkdocs.answers import load
from nkdocs.answers.view import Answers, Item
from nkdocs.authorities import Registry
from nkdocs.diagnostics import Finding, Severity, State
from nkdocs.documents import doctor
from nkdocs.documents.fill import Setting, fill
from nkdocs.interview import load as interviews
from nkdocs.interview.spec import Catalogue, TemplateFile
from tests.documents.letters import DAY, template

#: Of each kind an answer as it is typed.
TYPED = {
    "text": "Some words", "story": "|\n    One.\n\n    Two.", "yesno": "yes", "date": "2026-03-05",
    "datetime": "2026-03-05 09:00", "when": "about March 2006", "money": "USD 2,375",
    "number": "4", "phone": "000-555-0101", "email": "a@example.org", "name": "PARK Min-ji",
    "address": "1 Main Street, New York, NY 10000", "texts": "[One, Two]", "country": "KR",
    "anumber": "A000-000-021", "place": "Hyesan", "person": "ann", "choice": "b", "many": "[b, a]",
    "exhibits": "[decl]",
}  # fmt: skip
FILTERS = (
    "upper lower title capitalize trim string length count first last sort unique reverse list int "
    "fix_punctuation comma_and_list comma_or_list short_list ordinal ordinal_number nice_number "
    "format_date select reject join join(', ') replace('a','b') currency selectattr('key')"
).split(" ")
PARTS = (
    "upper() split(' ')[0] startswith('a') format('MM/dd/yyyy') age(today) owed how by phrase key "
    "label first last legal name year city code digits paragraphs id block verb"
).split(" ")
USES = [
    "{{ X }}", *(f"{{{{ X|{f} }}}}" for f in FILTERS), *(f"{{{{ X.{p} }}}}" for p in PARTS),
    "{% for y in X %}{{ y }}{% endfor %}", "{% for y in X %}x{% endfor %}",
    "{% for y in X|sort %}{{ y }}{% endfor %}", "{% for y in X if y %}{{ y.key }}{% endfor %}",
    "{{ X[0] }}", "{{ X[7] }}", "{{ X[-9] }}", "{{ X[1:] }}", "{{ X[:1]|length }}", "{{ X() }}",
    "{% if X == 'a' %}x{% endif %}", "{% if X > 'a' %}x{% endif %}", "{% if X < 5 %}x{% endif %}",
    "{% if X < today %}x{% endif %}", "{% if X >= '2020-01-01' %}x{% endif %}",
    "{% if X > X %}x{% endif %}", "{% if 'a' in X %}x{% endif %}",
    "{% if X in ['a'] %}x{% endif %}",
    "{% if 1 < X < 9 %}x{% endif %}", "{{ X + 'a' }}", "{{ X + 1 }}", "{{ X ~ 'a' }}",
    "{{ X * 2 }}", "{{ -X }}", "{{ X + X }}", "{{ X or 'n' }}", "{{ X if today else 'b' }}",
    "{% if not X %}{{ X }}{% endif %}", "{% set z = X %}{{ z }}", "{% set z = [X] %}{{ z }}",
    "{% set z = [X, 'a'] %}{{ z|length }}{% for q in z %}{{ q }}{% endfor %}",
    "{% if X is defined %}x{% endif %}", "{% if X is string %}x{% endif %}",
    "{% if X is divisibleby(2) %}x{% endif %}", "{% if X is odd %}x{% endif %}",
    "{{ X|unique|join(', ') }}", "{{ X|sort|join(', ') }}", "{{ (X|list)[0] }}",
    "{% if X|length > 1 %}x{% endif %}", "{{ X|first|upper }}", "{{ X|last|length }}",
    "{{ X|select('string')|list|length }}", "{{ comma_and_list(X) }}", "{{ ordinal(X) }}",
    "{{ X.true_values() }}", "{% if X.any_true() %}x{% endif %}", "{{ X.number() }}",
]  # fmt: skip


#: The questions: of each kind one at the top, and one in the items of a list that may be unknown.
NAMES = [*(f"k.{kind}" for kind in TYPED), *(f"row.{kind}" for kind in TYPED), "rows", "humans",
         "humans[0]", "rows[3]", "k"]  # fmt: skip
UNKNOWN = ("does not know", "declines", "was told by my aunt: ")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Return questions of every kind."""
    one = "- {{ask: {path}, kind: {kind}, prompt: {{en: What?}}, audience: [client]{more}}}\n"
    said = one.format(path="rows", kind="list", more=", singular: row")
    said += one.format(path="humans", kind="list", more=", singular: human")
    said += one.format(path='"humans[].name"', kind="name", more="")
    for kind in TYPED:
        more = ", choices: {a: First, b: Second}" if kind in {"choice", "many"} else ""
        said += one.format(path=f"k.{kind}", kind=kind, more=more)
        said += one.format(path=f'"rows[].{kind}"', kind=kind, more=f"{more}, unknowns: yes")
    folder = tmp_path_factory.mktemp("templates") / "letter"
    folder.mkdir()
    (folder / "interview.yaml").write_text(
        "document: letter\ntitle: A letter\naudience: client\nuse: []\n"
        "files: [{file: letter.docx, title: A letter, audience: client}]\nquestions:\n" + said
    )
    return interviews.load([folder.parent, shipped("templates")])


def cases(asked: Catalogue) -> Iterator[Answers]:
    """Yield a full case, an empty one, one whose lists are empty, and ones of non-answers."""
    whole = "".join(f"  {kind}: {text}\n" for kind, text in TYPED.items())
    rows = whole.replace("  ", "  - ", 1).replace("\n  ", "\n    ")
    unknown = [
        "".join(f"    {kind}: {how}{'x' if how.endswith(' ') else ''}\n" for kind in TYPED)
        .replace("    ", "  - ", 1)
        for how in UNKNOWN[:2]
    ]
    told = "".join(
        f"    {kind}: '{UNKNOWN[2]}{text}'\n" for kind, text in TYPED.items()
        if kind not in {"story", "many", "texts", "exhibits"}
    ).replace("    ", "  - ", 1)  # fmt: skip
    day = "meta: {as_of: 2026-11-20}\n"
    people = "humans: [{name: SEO Yun Hui}, {name: Usim}]\n"
    for text in (
        f"k:\n{whole}rows:\n{rows}{people}", "", "rows: []\nhumans: []\nk: {texts: [], many: []}\n",
        *(f"rows:\n{u}" for u in unknown), f"rows:\n{told}",
    ):  # fmt: skip
        file = load.load(f"answers: 1\n{day}{text}", "answers.yaml")
        assert not file.faults, file.faults
        yield Answers(file, asked, "client")


def test_the_cases_are_what_they_should_be(asked: Catalogue) -> None:
    """Every answer of the full case is understood as its kind."""
    full = next(cases(asked))
    row = full.value(("rows", 0))

    assert isinstance(row, Item)
    for kind in TYPED:
        assert not isinstance(full.value(("k", kind)), Missing), kind
        assert not isinstance(row.lookup(kind), Missing), kind


def in_place(use: str, name: str) -> str:
    """Return a paragraph that makes *use* of *name*."""
    used = use.replace("X", name)
    return f"{{% for row in rows %}}{used}{{% endfor %}}" if name.startswith("row.") else used


@pytest.mark.parametrize("use", USES)
def test_what_the_check_passes_fills_whatever_is_answered(use: str, asked: Catalogue) -> None:
    """No use that works with one answer and not with another goes through."""
    lines = {name: in_place(use, name) for name in NAMES}
    file = TemplateFile("letter.docx", "A letter", "client")

    def wrong(*texts: str) -> list[Finding]:
        made = template(*(f"Body| x {t}" for t in texts))
        found = doctor.faults(made, file, asked, frozenset(), name="letter.docx")
        return [f for f in found if f.severity is Severity.ERROR]

    bad = {f.place.paragraph for f in wrong(*lines.values())}
    sound = [text for n, text in enumerate(lines.values(), 1) if n not in bad]

    for case in cases(asked):
        setting = Setting(Registry({}, DAY), State.DRAFT)
        made = template("Body| here", *(f"Body| x {t}" for t in sound))
        fill(made, case, setting, name="letter.docx", title="A letter")


def test_the_check_names_what_a_kind_cannot_do(asked: Catalogue) -> None:
    """Each with the answer and the reason, and only once."""
    file = TemplateFile("letter.docx", "A letter", "client")
    slips = {
        "{% for y in k.money %}x{% endfor %}": "which is no list",
        "{{ k.money|length }}": "which is no list",
        "{% if k.money < 5 %}x{% endif %}": "no order between them",
        "{% if k.date > 5 %}x{% endif %}": "no order between them",
        "{% if 'x' in k.date %}x{% endif %}": "no list and no text",
        "{{ k.date[0] }}": "which is no list",
        "{{ k.text|format_date }}": "which is no date",
        "{{ k.text|ordinal }}": "which is no number",
        "{{ k.text + 1 }}": "~ in place of +",
        "{{ k.date.format('QQQ') }}": "no part of a day",
        "{{ meta|upper }}": "group of answers",
        "{% if k.choice == 'c' %}x{% endif %}": "is never 'c'; it is: a, b",
        "{% if 'A' != k.choice %}x{% endif %}": "did you mean 'a'?",
        "{% if k.choice in ['a', 'c'] %}x{% endif %}": "is never 'c'",
        "{% if 'c' in k.many %}x{% endif %}": "is never 'c'",
        "{% for m in k.many %}{% if m == 'c' %}x{% endif %}{% endfor %}": "is never 'c'",
        "{% set c = k.choice %}{% if c == 'c' %}x{% endif %}": "is never 'c'",
        "{% if k.yesno == 'maybe' %}x{% endif %}": "is never 'maybe'",
        "{% for a, b in rows %}x{% endfor %}": "one name",
        "{{ events }}": "is a list",
        "{{ events|sort|length }}": "sort by",
        "{{ events or today }}": "is a list",
        "{% if k.text is odd %}x{% endif %}": "cannot be asked",
        "{{ rows|selectattr('text', 'odder')|list|length }}": "no test 'odder'",
    }

    sound = [
        "{% if k.choice == 'a' or k.choice in ['a', 'b'] or k.choice != other %}x{% endif %}",
        "{% for r in rows if r.choice == 'does not know' %}{{ r.choice.how }}{% endfor %}",
        "{% if k.yesno == 'no' or k.yesno == true or 'b' in k.many %}x{% endif %}",
        "{% set c = k.choice if today else k.yesno %}{% if c == 'yes' %}x{% endif %}",
        "{% set c = k.choice if today else 'c' %}{% if c == 'c' %}x{% endif %}",
        "{% if k.text == 'c' or k.choice.label == 'c' or k.choice.key == 'a' %}x{% endif %}",
        "{% if k.choice == k.text %}x{% endif %}",
    ]
    made = template("Body| {% set other = k.text %}" + "".join(sound))
    assert [f.message for f in doctor.faults(made, file, asked, frozenset(), name="x")] == []

    for slip, said in slips.items():
        found = doctor.faults(template(f"Body| x {slip}"), file, asked, frozenset(), name="x")
        assert len(found) == 1, (slip, [f.message for f in found])
        assert said in found[0].message, (slip, found[0].message)
