"""Papers for the immigration court: what each says, in which order, and what it never says."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from nkdocs.bundle.sheets import Cover
from nkdocs.bundle.venues import shipped_venues
from nkdocs.packet.desk import Desk
from nkdocs.packet.listed import cover
from tests.packet.court import PAPERS, desk, lines, paper, said, text
from tests.packet.demo import DRAFT, built
from tests.packet.papers import demo, nkdocs
from tests.packet.test_packet_half_answers import halved, unnamed, words

FILES = {
    "cover-page", "certificate-of-service", "proposed-order", "late-filing-motion",
    "late-filing-order", "late-filing-certificate", "prehearing-statement", "chronology",
}  # fmt: skip
LAW = re.compile(r"Matter of|v\. |§|C\.F\.R\.|U\.S\.C\.|I&N|Pub\. L\.")


@pytest.fixture(scope="module")
def whole() -> Desk:
    """Return the case with everything the papers need."""
    return desk()


def in_order(told: str, *parts: str) -> None:
    """Require that *parts* stand in *told*, each after the one before."""
    end = 0
    for part in parts:
        at = told.find(part, end)
        assert at >= 0, f"{part!r} does not stand after {told[:end][-60:]!r}"
        end = at + len(part)


def test_no_case_has_them_unless_it_names_them() -> None:
    """A case that names no paper is not asked about service or motions."""
    bare = desk((f", papers: [asylum-declaration, {PAPERS}]", ""))

    assert not set(PAPERS.split(", ")) & {d.id for d in bare.documents()}


@pytest.mark.parametrize("name", sorted(FILES))
def test_nothing_is_open_that_was_answered(whole: Desk, name: str) -> None:
    """A whole case leaves no blank but those of the grid's three unanswered cells."""
    made = paper(whole, name)

    blanks = re.findall(r"\[[^\[\]]+\?\]", "\n".join(lines(made)))
    assert len(blanks) == (4 if name == "prehearing-statement" else 0), blanks


def test_cover_page_has_what_the_clerk_looks_for(whole: Desk) -> None:
    """Filer with both numbers, custody, court, every respondent, title, judge, hearing."""
    in_order(
        said(whole, "cover-page"),
        "Miriam Okafor", "EOIR ID ZZ000021; New York Bar No. 0000021", "Larch Street",
        "Telephone 000-555-0101", "NON-DETAINED", "IMMIGRATION COURT", "In the Matter of:",
        "SEO Yun Hui (lead)", "HAN Ji Ho (rider: child)",
        "In removal proceedings", "Motion to Continue", "R. Castellane",
        "February 11, 2027, at 9:00 a.m.", "Type: individual hearing", "Medium: in person",
    )  # fmt: skip


def test_custody_stands_on_the_cover() -> None:
    """DETAINED, and where."""
    held = desk(("detained: no", "detained: yes\n  facility: Sample County Jail"))

    in_order(said(held, "cover-page"), "DETAINED", "Sample County Jail")
    assert "NON-DETAINED" not in said(held, "cover-page")
    assert "in care of the custodial officer" in said(held, "proposed-order")


def test_home_address_of_whoever_has_no_counsel_is_written_by_hand() -> None:
    """It is kept in the office, and no paper made here prints it."""
    alone = desk(
        ("answers: 1\n", "answers: 1\ncounsel: {name: SEO Yun Hui, role: pro_se}\n"),
        ("  pronoun: she\n", "  pronoun: she\n  address: 9 Elm Street, Fairmont, NY 00010\n"),
    )

    in_order(said(alone, "cover-page"), "Respondent, pro se", "Address: ____")
    assert not any("Elm" in said(alone, name) for name in FILES)


@pytest.mark.parametrize(
    ("method", "says"),
    [
        ("ecas", "which serves it electronically; see 8 C.F.R. § 1003.32."),
        ("eservice", "by uploading it to the ICE eService portal."),
        ("email, email: dhs@example.org", "by e-mail to dhs@example.org."),
        ("mail, address: '1 Elm Street, Fairmont, NY 00010'", "prepaid, addressed to 1 Elm"),
        ("hand, address: '1 Elm Street, Fairmont, NY 00010'", "by hand to 1 Elm Street"),
    ],
)
def test_certificate_says_how_it_was_served_and_no_more(method: str, says: str) -> None:
    """One way; day and signature are ruled lines."""
    ways = ("ECAS", "eService", "e-mail", "postage", "by hand")
    served = desk(("method: ecas", f"method: {method}"))

    told = said(served, "certificate-of-service")

    assert says in told
    assert sum(way in told for way in ways) == 1
    in_order(told, "On ____", "20____", "(Office of the Principal Legal Advisor, New York)")
    assert "Signature: ____" in told


@pytest.mark.parametrize("name", ["certificate-of-service", "late-filing-certificate",
                                  "prehearing-statement"])  # fmt: skip
def test_no_office_of_dhs_is_built_in(name: str) -> None:
    """Whom the certificate names is an answer, and a blank without one."""
    nameless = desk(('dhs_office: "Office of the Principal Legal Advisor, New York", ', ""))

    told = said(nameless, name)

    assert "Legal Advisor" not in told
    assert "[Which office of DHS is served, as it names itself?]" in told


def test_proposed_order_leaves_the_decision_to_the_judge(whole: Desk) -> None:
    """Position of DHS, both boxes, what is ordered, the judge, service by the court."""
    in_order(
        said(whole, "proposed-order"),
        "“Motion to Continue,” DHS having been contacted on November 18, 2026, and having said "
        "that it does not oppose the motion, it is ORDERED",
        "□ GRANTED.", "is continued to a date", "□ DENIED.", "____", "R. Castellane",
        "Certificate of service (completed by the court)", "Court staff: ____",
    )  # fmt: skip


def test_paper_that_is_no_motion_brings_no_order() -> None:
    """A supplement of evidence asks for nothing."""
    evidence = desk(("  motion: yes\n", "  motion: no\n"))

    with pytest.raises(StopIteration):
        paper(evidence, "proposed-order")


def test_late_filing_is_asked_for_in_the_order_a_judge_asks(whole: Desk) -> None:
    """The deadline and its order, what is late, cause, diligence, prejudice, DHS."""
    in_order(
        said(whole, "late-filing-motion"),
        "Respondents’ motion", "The respondents, through counsel, respectfully ask",
        "The deadline was January 12, 2027, set by the court’s order of September 24, 2026.",
        "submitted together with this motion:", "Letter of the treating clinic",
        "Record of volunteer hours", "Good cause", "came back.", "Diligence", "November 9",
        "No prejudice", "three weeks", "Position of DHS",
        "DHS was contacted on November 18, 2026, and did not respond.", "Conclusion",
    )  # fmt: skip
    in_order(said(whole, "late-filing-order"), "GRANTED", "The following is accepted",
             "Letter of the treating clinic", "Record of volunteer hours", "DENIED")  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "motion", "order"),
    [
        ("position: opposes, contacted_on: 2026-11-18", "2026, and opposes the motion.",
         "having said that it opposes the motion"),
        ("position: joins, contacted_on: 2026-11-18", "2026, and joins in the motion.",
         "having said that it joins in the motion"),
        ("position: not_contacted, why_not: The office was closed.",
         "DHS was not contacted before this motion was filed.\nThe office was closed.",
         "DHS not having been contacted"),
    ],
)  # fmt: skip
def test_position_of_dhs_is_told_as_it_is(answer: str, motion: str, order: str) -> None:
    """In the motion and in the order, the same."""
    asked = desk(("dhs: {position: no_response, contacted_on: 2026-11-18}", f"dhs: {{{answer}}}"))

    assert motion in said(asked, "late-filing-motion")
    assert order in said(asked, "late-filing-order")


def test_deadline_that_no_order_set_is_asked_for() -> None:
    """Its day and its source, then."""
    unordered = desk(
        ("  filing_deadline: {date: 2027-01-12}\n", ""),
        ("  set_by: the court’s order of September 24, 2026\n",
         "  due: 2027-01-05\n  set_by: the court’s instruction of September 24, 2026\n"),
    )  # fmt: skip

    assert (
        "The deadline was January 5, 2027, set by the court’s instruction of September 24, 2026."
        in said(unordered, "late-filing-motion")
    )


def test_statement_goes_from_relief_to_proof(whole: Desk) -> None:
    """Relief, case, issues, grounds by country, the bars, witnesses, DHS, grid, service."""
    in_order(
        said(whole, "prehearing-statement"),
        "Nothing in it concedes an allegation", "Relief sought", "Asylum, INA § 208",
        "Withholding of removal", "HAN Ji Ho (child) is included in it as a derivative.",
        "The case in brief", "The following is not in dispute:", "For decision remain:",
        "Grounds, country by country", "North Korea",
        "Imputed political opinion: “opposition to the government of North Korea.”",
        "particular social group: “immediate family members of the respondent’s uncle.”",
        "South Korea", "particular social group: “women of North Korea", "China",
        "No ground is put forward as to this country; the claim as to it is one of torture.",
        "The one-year filing deadline", "extraordinary circumstances relate to the delay.",
        "Nationality and firm resettlement", "Adverse authority", "Witnesses and interpreter",
        "SEO Yun Hui, respondent", "LIM Ok Hwa", "Korean, interpreter needed; in person",
        "An interpreter is requested: Korean, by an interpreter who understands North Hamgyong",
        "DHS was contacted on November 16, 2026, and did not respond.",
        "The respondents expect to need three hours, with interpretation.",
        "Coverage of the elements", "Certificate of service",
    )  # fmt: skip


def test_group_defined_by_sex_brings_the_decision_against_it(whole: Desk) -> None:
    """It is disclosed beside the group, with the answer; other groups stay without it."""
    told = said(whole, "prehearing-statement")

    in_order(told, "“women of North Korea", "Matter of K-E-S-G-", "a relative held hostage.")
    assert told.count("K-E-S-G-") == 1


@pytest.mark.parametrize(
    ("circuit", "first", "then", "jang"),
    [
        ("ca2", "Zepeda-Lopez v. Garland", "the contrary decision of the Board, Matter of B-R-",
         "and comes from another circuit."),
        ("ca9", "as to each country of nationality. Matter of B-R-",
         "is preserved: Zepeda-Lopez v. Garland", "and binds in this circuit."),
    ],
)  # fmt: skip
def test_circuit_decides_what_controls_and_what_is_adverse(
    circuit: str, first: str, then: str, jang: str
) -> None:
    """Dual nationality and Jang; either way the other side's decision is disclosed."""
    told = said(desk(("circuit: ca2", f"circuit: {circuit}")), "prehearing-statement")

    in_order(told, first, then, "Pub. L. 108-333, § 302", "Matter of K-R-Y- & K-C-S-",
             "Jang v. Lynch", jang, "Here the persecutor followed")  # fmt: skip


def test_section_302_is_never_cited_without_what_speaks_against_it() -> None:
    """Not relied on it is not cited; resettlement brings the same decisions."""
    without = desk(("nkhra: relied", "nkhra: not_relied"))

    told = said(without, "prehearing-statement")

    assert "§ 302" not in told
    in_order(told, "Any indication of an offer is rebutted", "Matter of K-R-Y-", "Jang v. Lynch")


def test_law_that_is_not_confirmed_is_not_printed() -> None:
    """Without a day none stands; neutral words take its place, and the candor stays."""
    undated = replace(desk(), day=None)

    for name in FILES:
        told = said(undated, name).replace("Matter of:", "")
        assert not LAW.search(told), (name, LAW.search(told))
    assert "There are decisions that read the protection" in said(undated, "prehearing-statement")


def test_withholding_knows_neither_deadline_nor_resettlement() -> None:
    """Their parts are gone, and asylum is marked nowhere."""
    only = desk(("relief: [asylum, withholding, cat]", "relief: [withholding, cat]"))

    told = said(only, "prehearing-statement")

    assert not re.search(r"one-year|resettle(?!d\.)|§ 302|marked only for a country", told)
    assert "Withholding of removal" in told


def test_grid_names_what_is_not_shown(whole: Desk) -> None:
    """An open cell is a blank with its question; the State as persecutor needs no protection."""
    told = said(whole, "prehearing-statement").partition("Coverage of the elements")[2]

    in_order(told, "North Korea", "[Tab ? at arrest-2006: declaration]", "The persecutor is the "
             "State.", "South Korea", "[Where is shown that no other part is safe?]",
             "[Where is torture by or with officials shown?]", "China",
             "[Where is torture by or with officials shown?]")  # fmt: skip
    assert told.count("Reason for it") == 2  # China carries CAT alone


def test_chronology_goes_by_time(whole: Desk) -> None:
    """Events, departures, entries and the court's steps in one row, each as it is remembered."""
    in_order(
        said(whole, "chronology"),
        "winter 2006", "Held for eleven days and beaten", "January 2007", "spring 2007",
        "May 2007 to October 2008", "summer 2008", "Leaves North Korea", "Comes to China",
        "July 2011 to August 2011", "In Laos", "Comes to South Korea", "autumn 2018",
        "Leaves South Korea", "In Mexico",
        "Arrival in the United States, as told in the declaration (SEO Yun Hui; HAN Ji Ho)",
        "October 5, 2021", "Form I-589 received by the court", "Individual hearing set",
        "February 11, 2027", "concedes an allegation",
    )  # fmt: skip


def test_what_has_no_date_stands_last() -> None:
    """An event, an entry, a border: told, with the reason for the missing day."""
    vague = desk(
        ("- id: trial-2008\n  when: summer 2008\n", "- id: trial-2008\n  when: does not know\n"),
        ("- id: count-2010\n  when: summer 2010\n", "- id: count-2010\n  when:\n"),
        ("  left: summer 2011\n", "  left: does not remember\n"),
    )

    in_order(
        said(vague, "chronology"),
        "February 11, 2027", "date not known", "made to watch an execution",
        "[When was that?", "sent back", "date not remembered", "Leaves China",
    )  # fmt: skip


def test_entry_of_a_rider_at_another_time_has_a_row_of_its_own() -> None:
    """The lead's and the rider's entry are not mixed up."""
    told = text()
    rider = told.index("- id: han-ji")
    entry = told.index("when: autumn 2021", rider)
    apart = told[rider:entry], "when: May 2022"
    late = desk((told[rider : entry + 17], "".join(apart)))

    in_order(said(late, "chronology"), "(SEO Yun Hui)", "March 22, 2022", "May 2022",
             "(HAN Ji Ho)")  # fmt: skip


def test_what_passed_between_counsel_is_not_told_to_the_judge(whole: Desk) -> None:
    """A request for discretion and its answer are no steps of the court."""
    told = said(whole, "chronology")

    assert not re.search(r"discretion|declined", told)


def test_step_that_nobody_decided_about_is_marked_and_named() -> None:
    """The draft shows it with the question, and the final waits for the answer."""
    unsaid = desk(("id: refusal, for_court: no, ", "id: refusal, "))

    made = paper(unsaid, "chronology")

    (step,) = [line for line in lines(made) if "declined" in line]
    assert step.endswith("[Should this step stand in the chronology for the court?]")
    assert "case.history.refusal.for_court" in {f.subject for f in made.findings}


def test_statement_leads_its_filing_and_its_cites_lead_into_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tabs, pages and paragraphs of the declaration stand in the packet and are linked."""
    monkeypatch.setenv("NKDOCS_SOFFICE", "")
    case = with_papers(tmp_path / "whole")

    made = built(case, "evidence", DRAFT)

    lead = next(p for p in made.papers if p.name == "prehearing-statement.docx")
    printed = {c.printed.replace("\u00a0", " ") for c in lead.cites}
    assert any(re.fullmatch(r"Tab A at \d+, ¶ \d+", cite) for cite in printed)
    assert {"Tab A", "Tab B", "Tab J"} <= printed
    assert made.linked >= len(lead.cites)
    assert "A006" not in {f.code for f in made.findings}


def test_grid_that_is_filled_leaves_nothing_open() -> None:
    """Then nothing is missing for a signature."""
    full = desk(
        ("  - id: china\n", "  - id: china\n    shown: {torture: T, likelihood: L}\n"),
        ("protection: P, ", "protection: P, relocation: M, torture: T, "),
    )

    open_ = [f.subject for n in FILES for f in paper(full, n).findings if f.code == "A004"]

    assert open_ == []


def with_papers(folder: Path) -> Path:
    """Return a copy of the demo case that names the papers and answers what they need."""
    case = demo(folder)
    names = ("support-letter", "id-card-en")
    told = text(*((f"exhibits/{name}.docx", f"exhibits/{name}.pdf") for name in names))
    (case / "answers.yaml").write_text(told, "utf-8")
    return case


def test_every_blank_of_half_a_case_is_named(tmp_path: Path) -> None:
    """The drafts are made of whatever there is; each tear-off page names what is open."""
    case = with_papers(tmp_path / "half")
    halved(case, 3)

    filled = nkdocs("fill", case, *PAPERS.split(", "))

    assert filled.code == 0, filled.err
    for name, word in words(case).items():
        assert [b for b in unnamed(word) if "Tab\u00a0?" not in b] == [], name
    assert {n.removesuffix(".docx") for n in words(case)} >= FILES - {"proposed-order"}


ASYLUM_ONLY = ("  proceeding: removal_240\n", "  proceeding: asylum_only\n")


@pytest.mark.parametrize("name", ["prehearing-statement", "chronology"])
def test_nothing_speaks_of_a_charge_where_none_was_brought(name: str) -> None:
    """Asylum-only proceedings know no Notice to Appear and no plea to it."""
    told = said(desk(ASYLUM_ONLY), name)

    assert "is an admission." in told
    assert "concedes" not in told


def test_every_file_number_stands_once_on_the_cover_page(whole: Desk) -> None:
    """The clerk reads them in one column; the caption has the names."""
    told = said(whole, "cover-page")

    assert "File Nos.:" in told
    assert [told.count(n) for n in ("A000-000-021", "A000-000-022")] == [1, 1]


def test_harm_of_another_kind_is_not_called_other() -> None:
    """A row of the chronology says something, or leads to where it is told."""
    they = "\n  told: |\n    They let"
    other = desk((f"harm: [threat, surveillance]{they}", f"harm: [other]{they}"))

    told = said(other, "chronology")

    assert "Respondent: as told in the declaration (Musan County, North Korea)" in told
    assert "Respondent: other" not in told


def test_a_stay_within_one_month_is_one_month_in_the_chronology() -> None:
    """No row runs from December to December."""
    brief = desk(("July 2011\n  to: August 2011\n", "July 2011\n  to: July 2011\n"))

    told = said(brief, "chronology")

    assert "July 2011\nIn Laos, on the way" in told


def test_the_cover_of_a_bundle_names_the_proceedings_of_the_case() -> None:
    """And none where no court sits; custody in the words of the court's own covers."""
    covers = {
        kind: _cover_of(desk(("  proceeding: removal_240\n", f"  proceeding: {kind}\n")))
        for kind in ("removal_240", "asylum_only", "withholding_only", "affirmative_uscis")
    }

    assert {kind: page.proceeding for kind, page in covers.items()} == {
        "removal_240": "In removal proceedings",
        "asylum_only": "In asylum-only proceedings",
        "withholding_only": "In withholding-only proceedings",
        "affirmative_uscis": "",
    }
    assert {page.custody for page in covers.values()} == {"NON-DETAINED"}


def _cover_of(at: Desk) -> Cover:
    filing = next(f for f in at.filings if f.id == "evidence")
    return cover(at, filing, shipped_venues()[filing.venue])
