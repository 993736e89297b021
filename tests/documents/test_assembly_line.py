"""A template written for AssemblyLine fills unchanged, and says what ours says."""

import pytest

from nkdocs import _aliases
from nkdocs.diagnostics import State
from nkdocs.errors import TemplateError
from tests.documents.letters import catalogue, faults, filled, said, template

CASE = """
meta: {as_of: 2026-11-20}
case: {court: eoir-new-york-federal-plaza}
office: {name: Larch Street Legal Clinic, address: "410 Larch Street, Suite 6, Fairmont, NY 00010"}
counsel: {name: Miriam Okafor, role: attorney, phone: 000-555-0101, email: m@example.org}
respondents:
- id: han
  name: HAN Ji Ho
  pronoun: he
- id: seo
  lead: yes
  name: {legal: SEO Yun Hui, native: 서윤희}
  a_number: A000-000-021
  pronoun: she
  born: March 5, 1986
  sex: female
  language: Korean
  phone: 000-555-0102
  address: 7 Birch Road, Fairmont, NY 00010
- id: usim
  name: Usim
  pronoun: they
"""

#: What a template of AssemblyLine's says, ours for it, and what both print.
SAME = [
    ("{{ users[0] }}", "{{ client.name }}", "SEO Yun Hui"),
    ("{{ users[0].name.full() }}", "{{ client.name }}", "SEO Yun Hui"),
    ("{{ users[0].name.full(middle='full') }}", "{{ client.name }}", "SEO Yun Hui"),
    ("{{ users[0].name.first }}", "{{ client.name.given }}", "Yun Hui"),
    ("{{ users[0].name.last }}", "{{ client.name.surname }}", "Seo"),
    ("{{ users[0].name.firstlast() }}", "{{ client.name.firstlast }}", "Yun Hui Seo"),
    ("{{ users[0].name.lastfirst() }}", "{{ client.name.lastfirst }}", "Seo, Yun Hui"),
    ("{{ users[0].name_short() }}", "{{ client.name.firstlast }}", "Yun Hui Seo"),
    ("{{ users[0].initials }}", "{{ client.name.letters }}", "YHS"),
    ("{{ users[0].familiar() }}", "{{ client.name.familiar }}", "Yun Hui"),
    ("{{ users[2].name.firstlast() }}", "{{ respondents[2].name.firstlast }}", "Usim"),
    ("{{ users[2].name.lastfirst() }}", "{{ respondents[2].name.lastfirst }}", "Usim"),
    ("{{ users[2].name.middle_initial() }}.", ".", "."),
    ("{{ users }}", "{{ respondents|comma_and_list(attribute='name') }}",
     "HAN Ji Ho, SEO Yun Hui, and Usim"),
    ("{% for user in users %}{{ user.name.full() }};{% endfor %}",
     "{% for user in respondents %}{{ user.name }};{% endfor %}", "HAN Ji Ho;SEO Yun Hui;Usim;"),
    ("{% for user in users.complete_elements() %}x{% endfor %}", "xxx", "xxx"),
    ("{{ users.number_gathered() }} {{ users|length }}", "{{ respondents|length }} 3", "3 3"),
    ("{{ users[0].birthdate }}", "{{ client.born }}", "March 5, 1986"),
    ('{{ users[0].birthdate.format("MM/dd/yyyy") }}', "{{ client.born.format('MM/dd/yyyy') }}",
     "03/05/1986"),
    ("{{ users[0].birthdate.format('MMMM d, yyyy') }}", "{{ client.born }}", "March 5, 1986"),
    ("{{ users[0].birthdate.format('short') }}", "3/5/86", "3/5/86"),
    ("{{ users[0].age_in_years() }}", "{{ client.born.age(today) }}", "40"),
    ("{{ users[0].address.block() }}", "{{ client.address.block }}",
     "7 Birch Road\nFairmont, NY 00010"),
    ("{{ users[0].address.on_one_line() }}", "{{ client.address.line }}",
     "7 Birch Road, Fairmont, NY 00010"),
    ("{{ users[0].address_block() }}", "{{ client.address.block }}",
     "7 Birch Road\nFairmont, NY 00010"),
    ("{{ users[0].address.line_two() }}", "{{ client.address.last_line }}", "Fairmont, NY 00010"),
    ("{{ users[0].address.city }} {{ users[0].address.zip }}", "Fairmont 00010", "Fairmont 00010"),
    ("{{ users[0].pronoun_subjective() }} {{ users[0].pronoun_objective() }}",
     "{{ client.they }} {{ client.them }}", "she her"),
    ("{{ users[0].pronoun_possessive('home') }}", "{{ client.their }} home", "her home"),
    ("{{ users[0].pronoun_subjective(capitalize=True) }}", "{{ client.They }}", "She"),
    ("{{ users[2].pronoun_reflexive() }}", "{{ respondents[2].themself }}", "themself"),
    ("{{ users[0].phone_number }}", "{{ client.phone }}", "000-555-0102"),
    ("{{ users[0].gender }}", "{{ client.sex }}", "female"),
    ("{{ users[0].language_name() }}", "{{ client.language }}", "Korean"),
    ("{{ attorneys[0] }}, {{ attorneys[0].phone_number }}",
     "{{ counsel.name }}, {{ counsel.phone }}", "Miriam Okafor, 000-555-0101"),
    ("{{ attorneys[0].name.full() }}", "{{ counsel.name }}", "Miriam Okafor"),
    ("{{ attorneys[0].address.on_one_line() }}", "{{ office.address.line }}",
     "410 Larch Street, Suite 6, Fairmont, NY 00010"),
    ("{{ attorneys }}", "{{ counsel.name }}", "Miriam Okafor"),
    ("{{ docket_number }}", "{{ client.a_number }}", "A000-000-021"),
    ("{{ trial_court }}", "{{ case.court }}", None),
    ("{{ today() }}", "{{ today }}", "November 20, 2026"),
    ("{{ users[0].signature | if_final }}", "[ signature ]", "[ signature ]"),
    ("{{ users[0].signature_if_final(i) }}", "[ signature ]", "[ signature ]"),
    ("{{ users[0].signature }}", _aliases.LINE, _aliases.LINE),
    ("{{ office.name | if_final }}", "{{ office.name }}", "Larch Street Legal Clinic"),
    ("{{ output_checkbox(users[0].phone) }} {{ output_checkbox(client.employer) }}", "[X] [  ]",
     "[X] [  ]"),
    ("{{ showifdef('users[0].phone_number', 'none') }}", "{{ client.phone }}", "000-555-0102"),
    ("{{ showifdef('users[0].employer', 'none') }}", "none", "none"),
    ("{% if defined('users[0].employer') %}a{% else %}b{% endif %}", "b", "b"),
    ("{{ comma_and_list(['a', 'b', 'c']) }}", "{{ ['a', 'b', 'c'] }}", "a, b, and c"),
    ("{{ fix_punctuation('It is so') }} {{ 'Is it?' | fix_punctuation }}", "It is so. Is it?",
     "It is so. Is it?"),
    ("{{ title_case('a b') }} {{ capitalize('a b') }}", "A B A b", "A B A b"),
    ("{% for u in users[1:] %}{{ u }};{% endfor %}",
     "{% for u in respondents[1:] %}{{ u.name }};{% endfor %}", "SEO Yun Hui;Usim;"),
    ("{{ users.short_list(2) }} / {{ users.short_list(9) }}",
     "{{ respondents|short_list }} / {{ respondents }}",
     "HAN Ji Ho, SEO Yun Hui, et al. / HAN Ji Ho, SEO Yun Hui, and Usim"),
    ("{{ users.familiar_or() }} {{ users.full_names() }}",
     "{{ respondents|comma_or_list }} {{ respondents }}",
     "HAN Ji Ho, SEO Yun Hui, or Usim HAN Ji Ho, SEO Yun Hui, and Usim"),
    ("{% if users.there_are_any %}{{ users.number() }}{% endif %}", "3", "3"),
    ("{{ Users[0] }}", "{{ Client }}", "SEO Yun Hui"),
    ("{{ docket_numbers[0] }}", "{{ client.a_number }}", "A000-000-021"),
    ("{% for u in users %}{{ ordinal(loop.index0) }} {% endfor %}{{ ordinal(10) }}",
     "{% for u in respondents %}{{ loop.index|ordinal_number }} {% endfor %}{{ 10|ordinal }}",
     "first second third 11th"),
    ("{{ nice_number(3) }} {{ ordinal_number(22) }}", "three 22nd", "three 22nd"),
    ("{{ comma_list(['a', 'b', 'c']) }}", "{{ ['a', 'b', 'c']|join(', ') }}", "a, b, c"),
    ("{{ users[0].contact_methods() }}", "000-555-0102", "000-555-0102"),
    ("{{ today().format('MM/dd/yyyy') }} {{ format_date(today()) }} {{ '____'.format('long') }}",
     "{{ today|format_date('MM/dd/yyyy') }} {{ today }} ____", "11/20/2026 November 20, 2026 ____"),
    ("{{ current_datetime().format_datetime() }}", "{{ today }}", "November 20, 2026"),
    ("{{ showifdef(users[0].attr_name('employer'), 'none') }}", "none", "none"),
    ("{% if defined(users[0].instanceName + '.phone_number') %}a{% endif %}", "a", "a"),
    ("{{ 'Motion of ' + users[0].name.full() }}", "{{ 'Motion of ' ~ client }}",
     "Motion of SEO Yun Hui"),
    ("{{ users[0].phone | phone_number_formatted | catchall_question('Which?') }}",
     "{{ client.phone }}", "000-555-0102"),
]  # fmt: skip


@pytest.mark.parametrize(("theirs", "ours", "printed"), SAME)
def test_each_says_what_ours_says(theirs: str, ours: str, printed: str | None) -> None:
    """Word for word, and the check finds nothing wrong with it."""
    words = [template(f"Body| X {tag} X") for tag in (theirs, ours)]
    first, second = (said(filled(word, CASE).docx)[0] for word in words)

    assert first == second
    assert printed is None or first == f"X {printed} X"
    assert [str(f) for f in faults(template(f"Body| X {theirs} X"), "internal")] == []


@pytest.mark.parametrize(
    ("tag", "said_"),
    [
        ("{{ users[0].nmae.full() }}", "nmae"),
        ("{{ users[0].previous_names }}", "previous_names"),
        ("{{ other_parties[0] }}", "other_parties"),
        ("{{ users[0].birthdate.format('QQQ') }}", "no part of a day"),
        ("{{ users[0].name | RichText }}", "RichText"),
    ],
)
def test_what_is_not_supported_is_named(tag: str, said_: str) -> None:
    """One fault for it, with the name."""
    with pytest.raises(TemplateError) as caught:
        filled(template(f"Body| {tag}"), CASE)

    assert said_ in " ".join(map(str, caught.value.faults))


def test_an_alias_reaches_no_further_than_the_answer_itself() -> None:
    """A home address is kept in the office, whatever it is called."""
    word = template("{{ users[0].address.block() }}")

    with pytest.raises(TemplateError):
        filled(word, CASE, audience="court")
    assert [f.code for f in faults(word, "court")] == ["T004"]


def test_a_line_to_sign_on_stands_in_a_final() -> None:
    """Nobody's signature is kept; before the final it is a mark."""
    word = template("Body| {{ users[0].signature | if_final }}")

    assert said(filled(word, CASE, state=State.FINAL).docx) == [_aliases.LINE]


def test_a_date_that_is_about_takes_no_pattern() -> None:
    """Nothing is guessed into a day, or into an age; it prints in its own words."""
    word = template("{{ users[0].birthdate.format('MM/dd/yyyy') }} {{ users[0].age_in_years() }}")

    made = filled(word, CASE.replace("born: March 5, 1986", "born: about 1986"))

    assert said(made.docx) == ["about 1986 [age: the day is not known exactly]"]


def test_no_answer_has_a_name_of_assembly_lines() -> None:
    """A translated name never hides an answer of ours."""
    ours = {step for steps in catalogue().questions for step in steps}
    roots = catalogue().children(())

    assert ours.isdisjoint({*_aliases.NAMES, *_aliases.METHODS, "signature"})
    assert roots.isdisjoint({*_aliases.ROOTS, *_aliases.FIRST} - {"today"})
