"""How values are written in a document."""

import pytest

from tests.documents.letters import filled, page_map, said, template

PEOPLE = """
respondents:
- {id: a, lead: no, name: KIM Min, pronoun: he}
- {id: seo, lead: yes, name: {legal: SEO Yun Hui, native: 서윤희, also: [So Yun-hui, Yuni]},
   a_number: A000-000-021, pronoun: she, born: about 1986}
case: {detained: no}
meta: {as_of: 2026-11-20}
"""


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("{{ client.name }}", "SEO Yun Hui"),
        ("{{ client.formal }}", "Ms. Seo"),
        ("{{ client.They }} {{ client.verb('is', 'are') }}", "She is"),
        ("{{ client.name.native }}", "서윤희"),
        ("{{ client.name.also }}", "So Yun-hui and Yuni"),
        ("{{ client.a_number.dashed }}", "A000-000-021"),
        ("{{ client.born.phrase }}", "in about 1986"),
        ("{{ case.detained }}", "no"),
        ("{{ today }}", "November 20, 2026"),
        ("{{ ['a', 'b', 'c'] }}", "a, b, and c"),
        ("{{ true }} {{ 3 }} {{ 2.5 }}", "yes 3 2.5"),
        ("{{ respondents|length }}", "2"),
        ("{% for p in respondents %}{{ p.index }}{{ p.id }} {% endfor %}", "1a 2seo "),
        ("{{ state }}", "draft"),
    ],
)
def test_a_value_is_printed_as_a_lawyer_writes_it(tag: str, printed: str) -> None:
    """The client is the respondent marked lead, wherever in the list."""
    assert said(filled(template(tag), PEOPLE).docx) == [printed]


def test_an_answer_that_names_exhibits_is_printed_as_cites() -> None:
    """All of them, and one by one."""
    word = template("{% set n = pd.equities.first %}{{ cite(n.exhibit) }}",
                    "{% for e in pd.equities.first.exhibit %}{{ cite(e) }}, {% endfor %}",
                    "{{ pd.equities.first.exhibit }}")  # fmt: skip
    text = "pd: {equities: [{id: a, fact: x, exhibit: [report, '[@letter, 2]']}]}\n"

    made = said(filled(word, text, maps=[page_map(report=4, letter=2)]).docx)

    assert [t.replace("\u00a0", " ") for t in made] == [
        "Tab A; Tab B at 10", "Tab A, Tab B at 10, ", "Tab A; Tab B at 10",
    ]  # fmt: skip


def test_an_open_exhibit_is_a_blank_of_its_question() -> None:
    """Not a cite to nothing."""
    made = filled(template("{{ cite(pd.equities.first.exhibit) }}"),
                   "pd: {equities: [{id: a, fact: x}]}\n")  # fmt: skip

    assert list(made.open) == ["pd.equities.a.exhibit"]
    assert not made.lost


def test_the_exhibits_of_the_filing_are_listed() -> None:
    """Id, title, tab and date, as data; another name is an error."""
    word = template("{% for e in exhibits %}{{ e.tab }} {{ e.title }} {{ e.date }};{% endfor %}")
    rows = [{"id": "a", "title": "A & B", "tab": "A", "date": "2025"}]

    assert said(filled(word, exhibits=rows).docx) == ["A A & B 2025;"]


def test_what_is_said_not_to_be_known_is_printed_so() -> None:
    """An honest non-answer is an answer: no blank."""
    made = filled(template("{{ dprk.broker_paid }}"), "dprk: {broker: yes, broker_paid: does not "
                  "know, lived: yes}\n")  # fmt: skip

    assert said(made.docx) == ["does not know"]
    assert not made.open
