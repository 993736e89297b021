"""Spoiled twins: what is planted into a copy of each shipped case, and where it must be found.

Every finding of findings.yaml has a fault here. Some faults come along with the edits of another.
A comment in the answers marks a line that has nothing of its own.
"""

import io
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
import pytest
from msgspec.structs import replace

from nkdocs._resources import shipped
from nkdocs.answers.purposes import Purpose
from nkdocs.bundle.pages import Bundle, build_bundle
from nkdocs.bundle.venues import Verified
from nkdocs.bundle.verify import VerificationError, verify_bundle
from nkdocs.citations.pagemap import PageMap
from nkdocs.packet import gitguard, redact, review
from nkdocs.packet.desk import open_desk
from tests.bundle.made import binding, venue
from tests.bundle.made import exhibit as bound_exhibit
from tests.packet.planting import (
    Edit,
    Fault,
    beside,
    boxed,
    cut,
    exhibit,
    inside,
    known,
    own_copy,
    pages,
    paper,
    picture,
    put,
    recorded,
    renamed,
    says,
    signed,
    words,
)

LETTER, SWORN = "out/pd-request.docx", "out/asylum-declaration.docx"


@dataclass(frozen=True, slots=True)
class Twin:
    """A shipped case and the faults of its spoiled copy.

    Attributes:
        honest: codes of its faults that the case shows unspoiled, because they are true of it.
        before: what is done to every copy, spoiled or clean, before anything is planted.
        harmless: edits of a clean copy that no rule may take for a fault.
    """

    name: str
    faults: tuple[Fault, ...]
    honest: frozenset[str] = frozenset()
    before: tuple[Edit, ...] = ()
    harmless: tuple[Edit, ...] = ()


def _at_once(code: str, old: str, new: str, at: str = "", **more: str) -> Fault:
    """Return a fault that one change of the answers plants, found in the line of that change."""
    return Fault(code, at or new.strip("\n").split("\n", maxsplit=1)[0], (put(old, new),), **more)


_REQUEST = (
    "February 6, 2023",
    (
        "Ms. Seo is the only parent of an ill child, is in treatment herself, has no recorded "
        "arrest, and has come whenever she was called."
    ),
    "The identity of the lead respondent.",
    "The seriousness of her illness in 2022 and its effect on the date of her application.",
    "The individual hearing is on February 11, 2027, and filings are due on January 19, 2027.",
)

DEMO = Twin(
    "demo",
    (
        Fault(
            "L804",
            "- id: choir-photo",
            (
                renamed("choir-photo.heic", "SEO-Yunhui-choir.heic"),
                put("file: exhibits/choir-photo.heic", "file: exhibits/SEO-Yunhui-choir.heic"),
            ),
        ),
        Fault("L806", "- id: settlement-record", (exhibit("settlement-record.pdf", boxed),)),
        Fault(
            "L003",
            "urgency: The individual",
            (put("treatment begins in January.", "treatment begins in January (A000-000-098)."),),
        ),
        Fault(
            "L004",
            "name: {legal: SEO Yun Hui",
            (inside("exhibits/volunteer-hours.txt", "SEO Yun Hui", "SEO Yoon Hui"),),
        ),
        _at_once("L008", "- id: han-ji\n  lead: no", "- id: han-ji\n  lead: yes  # L008", "# L008"),
        _at_once(
            "L009",
            "\npeople:\n",
            "- id: han-second\n  lead: no\n  relation: child\n  name: {legal: HAN Ji Won}\n"
            "  a_number: A000-000-022  # L009\n  pronoun: she\n  i589: none\n\npeople:\n",
            "# L009",
        ),
        _at_once("L109", "    date: 2023-03-16", "    date: 2023-03-15  # L109"),
        Fault(
            "L217",
            "  government_interest: |",
            (
                put(
                    "The hearing would take a full day",
                    "She entered the United States near Otay "
                    "Mesa. The hearing would take a full day",
                ),
            ),
        ),
        Fault(
            "L218",
            "prior_requests: A request",
            (
                put(
                    "  name: Ruth Halloran\n",
                    "  name: Ruth Halloran\n  address: 14 Birch Lane, Fairmont, NY 00010\n",
                ),
                put("is asked for separately.", "is asked for separately at 14 Birch Lane."),
            ),
        ),
        Fault(
            "L211",
            "- id: support-letter",
            (put("title: Letter of support\n", "title: Memorandum of support\n"),),
        ),
        Fault(
            "L301",
            "    exhibit: [refusal-email]",
            (put("[pd-request-as-sent, refusal-email, clinic", "[pd-request-as-sent, clinic"),),
        ),
        Fault(
            "L302",
            '    quote: "OPLA has considered',
            (put("in this matter at this time.", "in this matter at any time."),),
        ),
        Fault("L303", "sr:", (cut("  reasons:\n  - id: medical", "  equities: Ms. Seo is"),)),
        _at_once("L304", "{title: dcc, name: L. Whitcombe}", "{title: dcc, name: D. Pruett}"),
        Fault(
            "L305",
            "  equities: Ms. Seo is the only",
            (
                put(
                    "has come whenever she was called.",
                    "has come whenever she was called. The "
                    "Mayorkas guidelines call for discretion.",
                ),
            ),
        ),
        Fault(
            "L306",
            "    exhibit: [pd-request-as-sent]",
            (exhibit("pd-request-as-sent.pdf", says(*_REQUEST)),),
        ),
        Fault("L307", "urgency: The individual"),
        Fault(
            "L308",
            "    channel: email  # L308",
            (
                put("    channel: email\n    asked", "    channel: email  # L308\n    asked"),
                recorded(
                    kind="sent",
                    path="../served/pd.pdf",
                    file="served/pd.pdf",
                    filing="pd",
                    sha256="0",
                    on="2023-02-06",
                    channel="mail",
                    as_built=False,
                    lead="pd-request",
                    asked=[],
                ),
            ),
        ),
        Fault(
            "L401",
            "  understands_english: no",
            (put(", interpreter_signed_on: 2026-11-17}", "}"),),
        ),
        Fault(
            "L402",
            "# L402",
            (put("  phone: 000-555-0134\n", ""), put("- id: cho\n", "- id: cho  # L402\n")),
        ),
        Fault(
            "L402", "- id: id-card", (exhibit("id-card-certificate.pdf", picture),), severity="WARN"
        ),
        _at_once(
            "L403",
            "  role: interpreter\n  relation: none",
            "  role: interpreter\n  relation: relative  # L403",
            "# L403",
        ),
        _at_once(
            "L405",
            "I worked in a food workshop.",
            "The applicant worked in a workshop.",
            "occupation: The applicant",
        ),
        Fault(
            "L406",
            "threats: I was",
            (
                cut("  threats: |\n    In February", "  counselling: yes"),
                put(
                    "  counselling: yes\n",
                    "  threats: I was persecuted there.\n  counselling: yes\n",
                ),
            ),
        ),
        Fault("L412", "transit:", (put("  left: summer 2011", "  left: summer 2010"),)),
        Fault(
            "L414",
            "- id: trial-2008",
            (put("  events.trial-2008: {source: client, confirmed_on: 2026-11-17}\n", ""),),
        ),
        Fault(
            "L415",
            "  - id: police-notes",
            (cut("    efforts: In 2024 I wrote", "effects:"),),
        ),
        Fault("L418", "- id: calls-2018", (put("  when: autumn 2018\n", ""),)),
        Fault(
            "L419",
            "who: It was officers of the security",
            (
                put(
                    "gave the orders, and men",
                    "gave the orders by the Youth Education Guarantee Act, and men",
                ),
            ),
        ),
        Fault(
            "L501",
            "    entered: October 2011",
            (put("    left: September 2021", "    left: September 2009"),),
            severity="WARN",
        ),
        Fault(
            "L502",
            "  marriage: |",
            (put("He was twenty years older than I.", "He bought me for nine thousand yuan."),),
            severity="WARN",
        ),
        Fault("L503", "  childhood: |", (put("born in Musan County, in", "born in Moosan, in"),)),
        _at_once(
            "L601",
            "see the record check ([@record-check, 1])",
            "see the record check ([@record-chek, 1])",
            "record_statement: ",
        ),
        Fault(
            "L612",
            "- id: id-card",
            (
                put(
                    "  exhibits: [clinic-letter, support-letter, volunteer-hours, choir-photo",
                    "  exhibits: [id-card, clinic-letter, support-letter, volunteer-hours, "
                    "choir-photo",
                ),
            ),
        ),
    ),
    honest=frozenset({"L109"}),
)


def _longer(document: Any) -> None:  # noqa: ANN401 - python-docx has no types
    """Add a paragraph without a number to the sworn text, after the first that has one."""
    first = next(p for p in document.paragraphs if p.text.startswith("I make this declaration"))
    later = next(p for p in document.paragraphs if p.text.startswith("My life in North Korea"))
    later.insert_paragraph_before(
        "I say all of this of my own free will and was promised nothing for it.",
        first.style if first is later else "Normal",
    )


def _shorter(document: Any) -> None:  # noqa: ANN401
    """Take out most of the story."""
    texts = [p.text for p in document.paragraphs]
    start = next(n for n, t in enumerate(texts) if t == "China")
    end = next(n for n, t in enumerate(texts) if t.startswith("I declare under penalty"))
    for paragraph in document.paragraphs[start:end]:
        paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001 - python-docx's own element


LATE = Twin(
    "late-filer",
    (
        _at_once(
            "L007",
            'signing: {place_country: US, place_city: "Tuckahoe, Virginia", date: 2026-11-19',
            "signing: {place_country: KR, place_city: Incheon, date: 2026-12-19",
            severity="ERROR",
        ),
        Fault(
            "L404",
            "signing: {place_country: KR",
            (paper("asylum-declaration", "I have told what he did with the money.", "I told it."),),
        ),
        Fault("L405", "of my own free will", (words("asylum-declaration", _longer),), SWORN),
        Fault(
            "L417",
            "UNITED STATES DEPARTMENT OF JUSTICE",
            (words("asylum-declaration", _shorter),),
            SWORN,
        ),
        Fault(
            "L104", "  exception: other", (cut("  reasonable: |", "  exhibits: [hospital-record"),)
        ),
        _at_once(
            "L106",
            "{kind: individual, when: 2027-03-09 09:00",
            "{kind: individual, when: 2026-10-09 09:00",
            "next_hearing: {",
            severity="ERROR",
        ),
        Fault("L107", "next_hearing: {"),
        _at_once("L501", "  nta_date: 2024-05-21", "  nta_date: 2027-05-21"),
        Fault(
            "L205",
            "  forms: [admin_closure, continuance]",
            (
                own_copy(
                    "authorities.yaml",
                    (
                        '  cite: "8 C.F.R. § 1003.18(c)"\n  kind: regulation\n  status: in_force',
                        '  cite: "8 C.F.R. § 1003.18(c)"\n  kind: regulation\n  status: unverified',
                    ),
                ),
            ),
        ),
        Fault("L703", "", (), LETTER),
        Fault(
            "L208",
            "  negatives:",
            (
                cut('  record_statement: "Counsel', "  equities:"),
                put(
                    "    known_to_dhs: yes\n    disclose: yes",
                    "    known_to_dhs: yes\n    disclose: no",
                ),
            ),
        ),
        _at_once(
            "L219",
            "  forms: [admin_closure, continuance, stipulate_issues]\n  primary: admin_closure",
            "  forms: [admin_closure, continuance]\n  primary: stipulate_issues  # L219",
            "# L219",
        ),
        Fault(
            "L413",
            "bars: {",
            (put("terrorism: no, military: no, party: no}", "terrorism: no, party: no}"),),
        ),
        Fault(
            "L416",
            "# L416",
            (
                cut("  correction: |\n    I had learned my Chinese", "  contradictions: |"),
                put("  contradictions: |", "  contradictions: |  # L416"),
            ),
        ),
        Fault("L422", "readback: {", (put("readback: {date: 2026-11-19, by", "readback: {by"),)),
        Fault(
            "L424",
            "  events.kitchen-2018.report_story: |",
            (put("    2021년 7월에 나는 통역과", "    2020년 7월에 나는 통역과"),),
        ),
        Fault(
            "L425",
            "  dprk.occupation: |",
            (
                put(
                    "  dprk.occupation: 거기서 나는 과일사업소 사무원으로 일하였습니다.\n",
                    "  dprk.occupation: |\n    과일사업소 사무원\n\n    또\n",
                ),
            ),
        ),
        Fault(
            "L604",
            "- id: county-letter",
            (
                put(
                    "  certificate: exhibits/county-letter-certificate.pdf\n  translator: yim\n", ""
                ),
            ),
        ),
    ),
    honest=frozenset({"L703", "L106"}),
    harmless=(paper("asylum-declaration", "He hummed when he drove,", "He hummed as he drove,"),),
)

_LAW = (
    "See 8 C.F.R. § 9876.5 and Matter of B-R-, 26 I&N Dec. 119 (BIA 2013). The text of 8 C.F.R. "
    "§ 208.15 (text of the 2020 Global Asylum Rule) governs."
)

ASYLUM = Twin(
    "asylum-only",
    (
        Fault(
            "L005",
            "{{ pd.theory }}",
            (paper("pd-request", "on enough time for a file", "on {{ pd.theory }} for a file"),),
            LETTER,
        ),
        Fault(
            "L006",
            "He respectfully asks for a response by",
            (paper("pd-request", "Mx. Seok respectfully asks", "He respectfully asks"),),
            LETTER,
        ),
        Fault(
            "L505",
            "Haneul Moon is in treatment",
            (
                put(
                    "also: [Sok Un Byol, Seok Eunbyeol]}",
                    "also: [Sok Un Byol], pseudonym: Haneul Moon}",
                ),
                paper(
                    "pd-request",
                    "They have been in treatment",
                    "Haneul Moon is in treatment, and they have been in treatment",
                ),
            ),
            LETTER,
        ),
        Fault(
            "L807",
            "Kwak Ok Sil",
            (
                put(
                    "- id: mother\n  relation: mother\n",
                    "- id: mother\n  relation: mother\n"
                    "  name: {legal: KWAK Ok Sil, also: [Kwak Ok Sil]}\n",
                ),
                paper(
                    "pd-request",
                    "They have worked without a break",
                    "Kwak Ok Sil and they have worked without a break",
                ),
            ),
            LETTER,
        ),
        Fault(
            "L504",
            "in Cheongju",
            (
                paper(
                    "pd-request", "Twice a week, for more", "As in Cheongju, twice a week, for more"
                ),
            ),
            LETTER,
        ),
        Fault(
            "L702",
            "",
            (
                paper(
                    "pd-request",
                    "The judge alone can decide this application",
                    f"{_LAW} The judge alone can decide this application",
                ),
            ),
            LETTER,
        ),
        Fault("L701", "§ 9876.5", (), LETTER),
        Fault("L410", "November 23, 2026", (), LETTER, severity="INFO"),
        Fault(
            "L704",
            "Cunha, supra",
            (
                paper(
                    "pd-request",
                    "exercise its prosecutorial discretion in the following",
                    "(see Cunha, supra) exercise its prosecutorial discretion in the following",
                ),
            ),
            LETTER,
        ),
        Fault(
            "L705",
            "declaration was read",
            (
                paper(
                    "pd-request",
                    "These are asylum-only proceedings, begun",
                    "A paper “must include a certificate of interpretation stating that "
                    "the affidavit or declaration was read to the person in a language that the "
                    "person understands.” These are asylum-only proceedings, begun",
                ),
            ),
            LETTER,
        ),
        Fault(
            "L706",
            "Zepeda-Lopez",
            (
                paper(
                    "pd-request",
                    "Nothing here concedes removability",
                    "Zepeda-Lopez v. Garland, "
                    "38 F.4th 315 (2d Cir. 2022), is binding. Nothing here concedes removability",
                ),
            ),
            LETTER,
        ),
        Fault(
            "L609",
            "November 23, 2026",
            (
                words(
                    "pd-request",
                    lambda document: document.add_comment(
                        document.paragraphs[0].runs, "Is this so?", "Someone"
                    ),
                ),
            ),
            LETTER,
        ),
        Fault(
            "L010",
            "  accreditation: partial",
            (inside("office.yaml", "accreditation: full", "accreditation: partial"),),
            "office.yaml",
        ),
        Fault("L011", "answers: 1"),
        Fault(
            "L105",
            "- {id: atlanta-2023, when: 2024-02-29",
            (put("id: atlanta-2023, when: 2023-10-12", "id: atlanta-2023, when: 2024-02-29"),),
        ),
        _at_once("L106", "when: 2027-02-23 10:30", "when: 2026-12-10 10:30", "next_hearing: {"),
        _at_once(
            "L108",
            "annual_due: 2027-01-04, annual_paid: yes",
            "annual_due: 2027-01-04, annual_paid: no",
            "annual_paid: no}",
        ),
        Fault("L210", "  recipient: opla-atlanta"),
        Fault(
            "L213",
            "  government_interest: |",
            (
                put(
                    "If the file has come by the end",
                    "The Doyle memorandum calls for restraint. If the file has come by the end",
                ),
            ),
        ),
        Fault(
            "L216",
            "- id: pd",
            (
                own_copy(
                    "recipients.yaml",
                    (
                        "- id: opla\n",
                        (
                            "- id: opla-atlanta\n  title: OPLA Atlanta\n  channel: email\n"
                            '  subject: "{{ asked }}"\n  subject_has: [a_number]\n'
                            '  source: office\n  verified: {on: "", by: ""}\n- id: opla\n'
                        ),
                    ),
                ),
                put(
                    "study-record, support-letter, record-check]\n  service: eservice",
                    "study-record, support-letter, record-check]\n  service: email",
                ),
            ),
            severity="WARN",
        ),
        Fault("L222", "  service: email"),
        Fault(
            "L218",
            "- id: support-letter",
            (
                inside(
                    "exhibits/support-letter.txt",
                    "I run a home for",
                    "I am a permanent resident. I run a home for",
                ),
            ),
        ),
        _at_once(
            "L408",
            "  - {id: rok, country: KR, basis: law, acquired: 2010",
            "  - {id: prc, country: CN, basis: presumed}\n"
            "  - {id: rok, country: KR, basis: law, acquired: 2010",
        ),
        Fault(
            "L409",
            "  countries:",
            (cut("  - id: rok\n    country: KR\n    fear", "\nstatements:"),),
        ),
        _at_once("L420", "  when: autumn 2008", "  when: autumn 1997"),
        Fault(
            "L610",
            "- id: study-record",
            (exhibit("study-record.pdf", says("Three terms of A000-000-097, and no other.")),),
        ),
        Fault(
            "L611",
            "- id: country-report",
            (
                put(
                    '"Nobody at the Door: A Report on Calls and Disappearances Abroad (fictional '
                    'sample)"\n  file: exhibits/country-report.pdf\n  date: 2025',
                    '"Nobody at the Door: A Report on Calls and Disappearances Abroad (fictional '
                    'sample)"\n  file: exhibits/country-report.pdf\n  date: 2023',
                ),
            ),
        ),
    ),
    honest=frozenset({"L210"}),
    harmless=(
        paper("pd-request", "The judge alone can decide", "Only the judge can decide"),
        inside("exhibits/support-letter.txt", "who is ninety-three", "who was ninety-three"),
    ),
)

NINTH = Twin(
    "ninth-circuit",
    (
        Fault(
            "L002",
            "  a_number: A000-000-031",
            (beside("late-filer", "same", ("A000-000-041", "A000-000-031")),),
        ),
        Fault(
            "L421",
            "      correct: |",
            (beside("ninth-circuit", "copied", ("A000-000-031", "A000-000-094")),),
        ),
        Fault("L215", "  humanitarian: |"),
        Fault(
            "L101",
            "- {id: san-ysidro-2024",
            (
                put(
                    "    filed_on: 2025-08-21\n    received_by: court\n",
                    "    filed_on: 2025-12-22\n    mailed_on: 2025-11-10\n"
                    "    received_by: uscis\n",
                ),
            ),
        ),
        Fault("L103", "    mailed_on: 2025-11-10"),
        Fault(
            "L102",
            "- {id: san-ysidro-2024",
            (
                put(
                    "manner: parole at a port of entry, last: yes}\n",
                    "manner: parole at a port of "
                    'entry, last: yes}\n  - {id: seattle, when: 2025-09-10, where: "Seattle, '
                    'Washington", manner: visa, last: no}\n',
                ),
            ),
        ),
        Fault(
            "L201",
            "  forms: [dismissal",
            (
                put(
                    "  forms: [stipulate_relief, stipulate_issues, admin_closure]",
                    "  forms: [dismissal, stay_of_removal, join_mtr]",
                ),
                put("third_country_removal]\n    signed_on: 2026-11-18", "third_country_removal]"),
            ),
        ),
        Fault(
            "L201",
            "- id: rim",
            (
                put(
                    "\npeople:\n",
                    "\n- id: rim\n  lead: no\n  relation: spouse\n"
                    "  name: {legal: RIM Son Hwa}\n  a_number: A000-000-096\n  pronoun: she\n"
                    "  i589: derivative\n  born: 1998-05-02\n\npeople:\n",
                ),
            ),
        ),
        _at_once("L420", "  age: 20\n  age_counted: western\n", "  age: 24\n", severity="WARN"),
        Fault(
            "L420",
            "  when: 1996-03-25",
            (
                put("  born_calendar: solar", "  born_calendar: lunar"),
                put("  when: late October 2019", "  when: 1996-03-25"),
            ),
        ),
        _at_once("L502", "  has_siblings: yes", "  has_siblings: no"),
        Fault("L202", "- {id: san-ysidro-2024"),
        Fault("L203", "  forms: [dismissal"),
        Fault("L204", "  forms: [dismissal"),
        Fault("L206", "  forms: [dismissal"),
        Fault(
            "L207",
            "appearance: {form: g-28",
            (put("appearance: {form: eoir-28", "appearance: {form: g-28"),),
        ),
        Fault("L220", "  forms: [dismissal"),
        _at_once("L209", "  criminal: {any: no}", "  criminal: {any: yes}"),
        Fault(
            "L212",
            "  exhibits: [i-589-receipt, examination, course",
            (
                exhibit(
                    "course-certificate.pdf",
                    lambda: pages(
                        ("P", "The course is described here."), ("L", "It was attended."), ("P", "")
                    ),
                ),
            ),
        ),
        Fault("L605", "- id: course-certificate"),
        Fault(
            "L214",
            "  equities:",
            (
                put(
                    "the practical examination.\n    exhibit: [course-certificate]",
                    "the practical examination.",
                ),
                put("written about it.\n    exhibit: [housemate-letter]", "written about it."),
            ),
        ),
        Fault(
            "L602",
            "- id: course-certificate",
            (
                put(
                    "certificate of my course, exhibit: [course-certificate]}",
                    "certificate of my course}",
                ),
            ),
        ),
        Fault(
            "L221",
            "  record_statement: none",
            (
                cut('  record_statement: "Counsel', "  equities:"),
                put("  equities:\n", "  record_statement: none.\n  equities:\n"),
            ),
        ),
        Fault(
            "L407",
            "  countries:",
            (
                put(
                    "    state_actor: state\n    grounds: [political_opinion]\n  - id: china",
                    "    state_actor: state\n  - id: china",
                ),
                put(
                    "    state_actor: state\n    grounds: [political_opinion]\n  - id: rok",
                    "    state_actor: state\n  - id: rok",
                ),
            ),
        ),
        _at_once(
            "L411",
            "  pending_motions: []",
            "  pending_motions:\n  - {id: third, kind: aca, by: dhs, country: HN}",
            "- {id: third",
        ),
        Fault(
            "L423",
            "occupation: carpenter",
            (
                put(
                    "occupation: lineman and repairer of electrical things", "occupation: carpenter"
                ),
            ),
        ),
        Fault(
            "L426",
            "- id: kil",
            (put("  ethnic_group: Korean\n", ""),),
        ),
        Fault(
            "L607",
            "- id: examination",
            (
                recorded(
                    kind="bundle",
                    path="pd/exhibits.pdf",
                    filing="pd",
                    files={"exhibits/examination.pdf": "0" * 64},
                ),
            ),
        ),
    ),
    before=(signed, beside("asylum-only", "stranger")),
    honest=frozenset({"L602", "L410"}),
)

TWINS = (DEMO, LATE, ASYLUM, NINTH)


def _skipped_tab() -> Sequence[str]:
    bundle = _bundle()
    last = bundle.pages.entries[-1]
    wrong = replace(bundle.pages, entries=(*bundle.pages.entries[:-1], replace(last, tab="D")))
    return _refused(bundle.data, wrong, bundle)


def _other_number() -> Sequence[str]:
    bundle = _bundle()
    return _refused(bundle.data, replace(bundle.pages, total=bundle.pages.total + 1), bundle)


def _refused(data: bytes, pages_: PageMap, bundle: Bundle) -> Sequence[str]:
    try:
        verify_bundle(data, pages_, bundle.spots, _EXHIBITS)
    except VerificationError as error:
        return [str(error).partition(":")[0]]
    return []


def _too_large() -> Sequence[str]:
    confirmed = Verified(on="2026-11-20", by="counsel")
    rule = venue(max_mb=0.001).max_mb.model_copy(
        update={"certainty": "read", "verified": confirmed}
    )
    small = venue().model_copy(update={"max_mb": rule})
    found = build_bundle(_EXHIBITS, binding(rules=small)).findings
    words_ = {code: (w.severity, w.counts, w.kind) for code, w in known().items()}
    return [f.code for f in found if (f.severity, f.counts, f.kind) == words_.get(f.code)]


_EXHIBITS = [bound_exhibit("a", 3), bound_exhibit("b", 2)]


def _bundle() -> Bundle:
    return build_bundle(_EXHIBITS, binding())


def _sought(name: str, make: Callable[[], bytes]) -> Callable[[], Sequence[str]]:
    """Return what searches a file for the demo's people, and tells the codes of what it finds."""

    def seek() -> Sequence[str]:
        desk = open_desk(shipped("answers") / "demo")
        with TemporaryDirectory() as folder:
            (Path(folder) / name).write_bytes(make())
            seeker = redact.seeker(desk, redact.Wish(Purpose.TRAINING))
            return [f.code for f in seeker.folder(Path(folder))[0]]

    return seek


def _word() -> bytes:
    document = docx.Document()
    document.core_properties.author = "Seo Yoon-hee"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _readable() -> Sequence[str]:
    """Return the codes of a case whose answers everybody can read, and of which git would know."""
    number = "-".join(("A123", "456", "789"))
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for name in ("kim", ".git"):
            (Path(folder) / name).mkdir()
        patch.chdir(folder)
        subprocess.run([shutil.which("git") or "git", "init", "-q"], check=True)
        answers = f"answers: 1\nrespondents:\n- {{id: kim, lead: yes, a_number: {number}}}\n"
        (Path(folder) / "kim/answers.yaml").write_text(answers)
        found = [f.code for f in review.case(open_desk(Path(folder) / "kim"), [], [])]
        guard = gitguard.guard(Path(folder), [shipped("templates")])
        return [*found, *(f.code for f in guard.findings)]


FINISHED: dict[str, Callable[[], Sequence[str]]] = {
    "L603": _skipped_tab,
    "L606": _other_number,
    "L608": _too_large,
    "L801": _sought("notes.txt", "서윤희".encode),
    "L802": _sought("letter.docx", _word),
    "L803": _sought("letter.pdf", says("A000-000-021")),
    "L805": _readable,
    "L808": _readable,
}
"""Faults of a finished file, which no edit of a case makes: what plants each tells the codes."""
