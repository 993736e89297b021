"""The demo case with every question of Form I-589 answered, for tests of its answer sheet.

Everybody is made up; the demo case itself does not ask for the sheet.
"""

from pathlib import Path

_LEAD = """\
  address: 12 Maple Row, Fairmont, NY 00010
  phone: 000-555-0141
  mail_elsewhere: no
  ssn: none
  uscis_account: none
  marital: single
  ethnic_group: Korean
  religion: none
  i94: {has: no}
  travel_document: {has: yes, country: KR, passport_number: "M00000021", other_number: none,
      expires: about 2024}
  fluent_english: no
  other_languages: Mandarin
  born_calendar: lunar
"""
_RIDER = """\
  ssn: none
  other_names: no
  marital: single
  ethnic_group: Korean
  i94: {has: no}
  current_status: none
  travel_document: {has: yes, passport_number: "M00000022"}
"""
_TOP = """\
background:
  has_children: yes
  has_siblings: no
  last_abroad:
  - {id: daejeon, street: does not remember, town: Daejeon, province: Daejeon, country: KR,
      from: January 2020, to: September 2021}
  - {id: musan, street: does not know, town: Musan, province: North Hamgyong, country: KP,
      from: about 1986, to: winter 2008}
  residences:
  - {id: maple, street: 12 Maple Row, town: Fairmont, province: New York, country: US,
      from: March 2023, still: yes}
  - {id: alder, street: 9 Alder Court, town: Fairmont, province: New York, country: US,
      from: autumn 2021, still: no, to: March 2023}
  schools:
  - {id: care, name: Incheon Care School, type: course for care assistants, where: "Incheon,
      South Korea", from: 2013, to: 2013}
  - {id: middle, name: Musan Senior Middle School, type: secondary school, where: "Musan,
      North Korea", from: about 1998, to: about 2003}
  jobs:
  - {id: care, employer: "Elm House, 3 Elm Street, Fairmont, NY 00010",
      occupation: care assistant, from: September 2023, still: yes}
  - {id: cleaning, employer: does not remember, occupation: cleaning houses,
      from: "was told by my neighbor: 2022", still: no, to: August 2023}
i589:
  edition: 08/25/20
  groups:
  - {id: league, who: I, name: Youth League, part: "member, no position", time: 2000..2008,
      now: no}
  applied_before: []
  family_status: []
  went_back: no
  us_arrests: yes
  us_arrests_story: Officers stopped us near Otay Mesa in the autumn of 2021 and held us for
      two days because we had no papers.
  arrested: yes
  arrested_story: All of it is told among the events.
  torture: yes
  family_helped: no
  prepared_by_other: yes
  list_given: does not remember
"""
_CORRECTIONS = """\
    corrections:
    - id: year
      box: Part C, question 2
      as_filed: "South Korea, from 2012"
      correct: South Korea, from October 2011.
      why: I gave the year on my card.
    - {id: religion, box: "Part A.I, question 17", as_filed: left blank, correct: None.}
"""
_PLACES = (
    ("matter_id: demo}", "matter_id: demo, papers: [i589-answers]}"),
    ("  born: about 1986\n", f"  born: about 1986\n{_LEAD}"),
    ("  born: June 2015\n", f"  born: June 2015\n{_RIDER}"),
    ("- id: mother\n", ("- id: mother\n  kin: mother\n  name: Ri Sun Ok\n"
     '  birth_place: "Musan, North Korea"\n')),
    ("- id: father\n", ("- id: father\n  kin: father\n  name: Seo Dae Won\n"
     "  birth_place: does not know\n")),
    ("  sold: yes\n", ("  status_held: none\n  asylum_sought: no\n  may_return: no\n"
     "  why_left: I could not stay without papers.\n  sold: yes\n")),
    ("  availed: disputed\n", "  asylum_sought: no\n  may_return: yes\n  availed: disputed\n"),
    ("- id: laos\n", "- id: laos\n  status_held: none\n  may_return: no\n"),
    ("- id: thailand\n", "- id: thailand\n  status_held: none\n  may_return: no\n"),
    ("- id: mexico\n", "- id: mexico\n  status_held: visitor\n  may_return: does not know\n"),
    (("  i589: {filed: yes, filed_on: 2023-01-19, received_by: court, exhibit: [i-589-receipt], "
     "withholding_only: no}\n"),
     ("  i589:\n    filed: yes\n    filed_on: 2023-01-19\n    received_by: court\n"
     f"    exhibit: [i-589-receipt]\n    withholding_only: no\n{_CORRECTIONS}")),
    ("exhibits:\n- {id: declaration", f"{_TOP}exhibits:\n- {{id: declaration"),
)  # fmt: skip


def filled(case: Path, *gone: str) -> Path:
    """Answer every box in the copy of the demo case at *case*, except the lines *gone*."""
    file = case / "answers.yaml"
    text = file.read_text("utf-8")
    for old, new in _PLACES:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    for line in gone:
        assert text.count(line) == 1, (line, text.count(line))
        text = text.replace(line, "")
    file.write_text(text, "utf-8")
    return case
