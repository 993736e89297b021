"""Inputs of a trial that were refused, or taken for what they were not, put once more.

docs/interview-trial.md tells of the trial; the case is that of `answers/demo/facts.md`.
"""

from pathlib import Path

import pytest

from nkdocs._resources import shipped
from nkdocs.case import Case
from nkdocs.interview.load import load
from nkdocs.ui.book import Book
from nkdocs.ui.faces import Answered, Asker, Cleared, Reply
from nkdocs.ui.words import Words
from tests.ui.talk import FakePrompter

CASE = """answers: 1
meta: {papers: [pd-request, asylum-declaration]}
respondents:
- id: lead
  lead: yes
  entries: [{id: e1, manner: without inspection}]
case:
  proceeding: removal_240
  stage: individual_set
  court: eoir-nyc-federal-plaza
  next_hearing: {kind: individual}
  i589: {filed: yes}
  ead: {has: yes}
china: {lived: yes, sold: yes}
office: {website: Jane Larkin}
"""


def put(folder: Path, path: str, *typed: str, language: str = "en") -> tuple[Reply, list[str]]:
    """Return what is answered at *path* when *typed* is entered, and what was shown; else open."""
    file = folder / "answers.yaml"
    file.write_text(CASE, "utf-8")
    catalogue = load([shipped("templates")])
    documents = [catalogue.documents[d] for d in ("pd-request", "asylum-declaration")]
    book = Book(Case(file, folder), catalogue, documents)
    step = book.step(path)
    assert step is not None, path
    left = list(typed)
    prompter = FakePrompter(other=lambda _ask, _options: left.pop(0) if left else "")
    return Asker(book, prompter, Words(language), plain=True).ask(step), prompter.shown


@pytest.mark.parametrize(
    ("path", "typed", "stored"),
    [
        ("case.filing_deadline.date", "yes, January 12, 2027", "2027-01-12"),
        ("case.ead.expires", "until 8/30/2028", "2028-08-30"),
        ("pd.requested_by", "by Nov 30, 2026", "2026-11-30"),
        ("respondents.lead.entries.e1.when", "autumn 2021, around Oct 3", "about October 3, 2021"),
        ("case.judge", "Judge R. Castellane", "R. Castellane"),
        ("china.sold_price", "8천 위안", "CNY 8,000"),
        ("china.sold_price", "중국돈 8,000원", "CNY 8,000"),
    ],
)
def test_what_was_refused_is_understood(
    tmp_path: Path, path: str, typed: str, stored: str
) -> None:
    """The person types what the sheet says."""
    reply, _ = put(tmp_path, path, typed)

    assert isinstance(reply, Answered)
    assert reply.data == stored


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        ("case.filing_deadline.order_exhibit", "none", "leave it empty while there is no exhibit"),
        ("case.filing_deadline.date", "no", "leave it empty if there is none"),
        ("case.next_hearing.when", "none", "leave it empty if there is none"),
        ("office.phone", "none", "leave it empty if there is none"),
        ("respondents.lead.entries.e1.when", "없음", "leave it empty if there is none"),
        ("pd.respond_by", "December 18", "say the year too"),
        ("respondents.lead.entries.e1.when", "around Oct 3", "say the year too"),
        ("case.next_hearing.when", "February 11, 2027 at 9 am, in person", "day and time alone"),
        ("respondents.lead.name", "Seo Yun Hui (서윤희; in older papers So Yun-hui)", "one name"),
    ],
)
def test_what_stays_refused_says_at_once_what_to_do(
    tmp_path: Path, path: str, typed: str, told: str
) -> None:
    """Nothing is stored."""
    reply, shown = put(tmp_path, path, typed)

    assert reply is None
    assert any(told in text for text in shown)


@pytest.mark.parametrize("path", ["office.website", "pd.prior_requests"])
def test_a_bare_no_says_that_it_prints(tmp_path: Path, path: str) -> None:
    """It was stored without a word, and stood in the letter."""
    reply, _ = put(tmp_path, path, "none")

    assert isinstance(reply, Answered)
    assert "prints as written" in reply.said


def test_both_other_spellings_are_kept_apart(tmp_path: Path) -> None:
    """An "or" is no part of a name."""
    reply, _ = put(
        tmp_path, "respondents.lead.name", "SEO Yun Hui", "서윤희", "So Yun-hui or Seo Yoon-hee", ""
    )

    assert isinstance(reply, Answered)
    assert isinstance(reply.data, dict)
    assert reply.data["also"] == ["So Yun-hui", "Seo Yoon-hee"]


@pytest.mark.parametrize("typed", ["-", "Jane Larkin-", "Jane Larkin -"])
def test_the_sign_that_takes_out_works_behind_what_stands_in_the_line(
    tmp_path: Path, typed: str
) -> None:
    """The answer stands in the line already; "Jane Larkin-" was saved as an answer."""
    reply, _ = put(tmp_path, "office.website", typed)

    assert reply == Cleared()
