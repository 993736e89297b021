"""The demo case with what its papers for the court need besides: answers, and what is filled."""

import re

from msgspec.structs import replace

from nkdocs._resources import shipped
from nkdocs.answers.load import load
from nkdocs.documents.wordfile import WordFile, paragraphs, text_of
from nkdocs.packet.desk import Desk, open_desk
from nkdocs.packet.papers import Circumstances, Paper, make, papers
from tests.packet.papers import SPACES

PAPERS = "court-papers, late-filing-motion, prehearing-statement"
MORE = """service: {dhs_office: "Office of the Principal Legal Advisor, New York", method: ecas}
submission:
  title: Motion to Continue
  motion: yes
  order: The individual hearing is continued to a date to be set by the court.
  dhs: {position: does_not_oppose, contacted_on: 2026-11-18}
late:
  papers: |
    Letter of the treating clinic

    Record of volunteer hours
  filed_with: yes
  set_by: the court’s order of September 24, 2026
  cause: The letter had been mailed to a former address and came back.
  diligence: Counsel asked for it again on November 9, 2026.
  prejudice: The hearing is more than three weeks away.
  dhs: {position: no_response, contacted_on: 2026-11-18}
statement:
  summary: Ms. Seo was held because her uncle had spoken with people in the South.
  agreed: The identity of the lead respondent.
  issues: |
    Whether extraordinary circumstances excuse the date of filing.

    Whether the respondents were firmly resettled.
  grounds:
  - id: opinion
    country: KP
    ground: imputed_opinion
    exactly: opposition to the government of North Korea
    because: The officer said so ([@declaration, arrest-2006]).
  - id: family
    country: KP
    ground: social_group
    exactly: immediate family members of the respondent’s uncle
    sex: no
    because: Three generations are pulled out together.
  - id: women
    country: KR
    ground: social_group
    exactly: women of North Korea whose relatives are held by the northern state
    sex: yes
    answer: The members share a registered origin and a relative held hostage.
    because: The callers named her mother.
  oneyear: {position: extraordinary, argument: She was ill until treatment began.}
  nkhra: relied
  nkhra_argument: She was not told that the card could be refused.
  resettlement: {position: [rebutted, restricted], argument: She was watched for five years.}
  adverse_answer: Here the persecutor followed the family there.
  interpreter: Korean, by an interpreter who understands North Hamgyong speech
  time: three hours, with interpretation
  dhs: {position: no_response, contacted_on: 2026-11-16}
"""
_SHOWN = {
    "dprk\n    country: KP": "{harm: '[@declaration, arrest-2006]', agent: A, reason: R, "
    "torture: T, likelihood: L}",
    "rok\n    country: KR": "{harm: H, agent: A, reason: R, protection: P, likelihood: L}",
}
_WITNESS = """- id: lim
  name: LIM Ok Hwa
  role: witness
  testimony: The calls in Incheon, one of which she overheard.
  testimony_language: Korean, interpreter needed
  testimony_how: in person
family:
"""
_COURT = ("nta", "docketed", "i589", "pleadings", "set")


def text(*changes: tuple[str, str]) -> str:
    """Return the demo's answers with those for the court, each of *changes* made once."""
    told = (shipped("answers") / "demo/answers.yaml").read_text("utf-8")
    for step in re.findall(r"- \{id: ([a-z0-9-]+), when: [^,]+, what:", told):
        court = "yes" if step in _COURT else "no"
        told = told.replace(f"- {{id: {step}, when:", f"- {{id: {step}, for_court: {court}, when:")
    edits = [
        ("matter_id: demo}", f"matter_id: demo, papers: [asylum-declaration, {PAPERS}]}}"),
        *((f"  - id: {at}\n", f"  - id: {at}\n    shown: {shown}\n")
          for at, shown in _SHOWN.items()),
        ("family:\n", _WITNESS),
        ("- id: arrest-2006\n", "- id: arrest-2006\n  line: Held for eleven days and beaten\n"),
        ("- id: evidence\n", "- id: evidence\n  lead: prehearing-statement\n"),
        ("_about:\n", f"{MORE}_about:\n"),
    ]  # fmt: skip
    for old, new in (*edits, *changes):
        assert f"\n{told}".count(old) == 1, (old, told.count(old))
        told = told.replace(old, new)
    return told


def desk(*changes: tuple[str, str], office: bool = True) -> Desk:
    """Return a desk with the answers of `text`; no file is written."""
    demo = open_desk(shipped("answers") / "demo")
    file = load(text(*changes), "answers.yaml", demo.case.office_text() if office else "")
    assert not file.faults, file.faults
    return replace(demo, file=file)


def paper(at: Desk, name: str) -> Paper:
    """Return the paper *name*, a draft outside any filing."""
    documents = at.documents(PAPERS.split(", "))
    document, file = next((d, f) for d, f in papers(at, documents) if f.file == f"{name}.docx")
    return make(at, document, file, Circumstances())


def lines(made: Paper) -> list[str]:
    """Return what the paragraphs of a paper's body say."""
    word = WordFile.read(made.docx, made.name)
    said = (text_of(p) for p in paragraphs(word.tree("word/document.xml")))
    return [SPACES.sub(" ", line).strip() for line in said if line.strip()]


def said(at: Desk, name: str) -> str:
    """Return what a paper says, a line a paragraph."""
    return "\n".join(lines(paper(at, name)))
