"""References to law: known or not, candid, rightly short, rightly quoted, binding here."""

import pytest
from msgspec.structs import replace

from nkdocs.checks.references import references
from tests.checks.cases import DECLARATION, PD, case, findings, law, the, told, with_paper

COURT = "prehearing"


def paper(*paragraphs: str, text: str = "", audience: str = "opla", notes: tuple[str, ...] = ()):  # type: ignore[no-untyped-def] # noqa: ANN201 - Facts
    """Return a case with a paper for *audience*."""
    facts = with_paper(case(text, PD), *paragraphs)
    assert facts.documents
    name = "pd-request.docx" if audience == "opla" else f"{COURT}.docx"
    document = "pd-request" if audience == "opla" else COURT
    one = replace(
        facts.documents[0], audience=audience, name=name, document=document, footnotes=notes
    )
    return replace(facts, documents=(one,))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("8 C.F.R. §§ 208.6 and 1208.6.", [("CFR", "8", "208.6"), ("CFR", "8", "1208.6")]),
        ("8 CFR 1208.13(b)(3)(ii), 2020", [("CFR", "8", "1208.13")]),
        ("INA § 208(a), 8 U.S.C. § 1158(a)", [("INA", "", "208"), ("USC", "8", "1158")]),
        ("29 I&N Dec. 233, 235 (BIA 2025)", [("I&N", "29", "233")]),
        ("38 F.4th 315 and 812 F.3d 1187", [("F4", "38", "315"), ("F3", "812", "1187")]),
        ("567 U.S. 387; 606 F. Supp. 3d 437", [("US", "567", "387"), ("FS3", "606", "437")]),
        ("Tab C at 4; apartment 8, U.S. 9 times", []),
    ],
)
def test_references_are_known_by_their_form(text: str, keys: list[tuple[str, str, str]]) -> None:
    """Paragraphs and pages behind them do not matter."""
    assert [k for cited in references(text) for k in cited.keys] == keys


def test_every_citation_of_the_registry_is_read_as_it_is_written() -> None:
    """Nothing in the registry is unknown to itself."""
    cites = [a.cite for a in law().values()]

    assert not findings(paper(*cites), "L701")


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("See 8 C.F.R. § 9999.1.", 1),
        ("See Matter of X-Y-, 31 I&N Dec. 999 (BIA 2031).", 1),
        ("See 999 F.4th 999 (2d Cir. 2030). See also 999 F.4th 999.", 1),
        ("They are in removal proceedings under INA § 240.", 0),
        ("Charged under INA § 212(a)(6)(A)(i).", 0),
        ("The decision reads: “denied under 8 C.F.R. § 9999.1.”", 0),
        ("See 8 C.F.R. § 239.2(a)(7) and 8 C.F.R. part 1208.", 0),
    ],
)
def test_reference_that_is_not_in_the_registry(sentence: str, count: int) -> None:
    """Told once, where it stands; what the government wrote is quoted."""
    found_ = findings(paper("First.", sentence), "L701")

    assert [told(f) for f in found_] == [("ERROR", "for-signature", "ack", 0)] * count
    assert all(f.place.part == "paragraph 2" for f in found_)


KRY, JANG, S302 = law()["kry-kcs-2007"].cite, law()["jang-2015"].cite, "22 U.S.C. § 7842"


@pytest.mark.parametrize(
    ("paragraphs", "audience", "weight"),
    [
        ((f"Under {S302} she is no national.",), "court", "WARN"),
        ((f"Under {S302} she is no national.",), "opla", "INFO"),
        ((f"Under {S302}; but see {KRY}; {JANG}.",), "court", ""),
        (("Under § 302 of the NKHRA she is none.", f"See {KRY}."), "court", "WARN"),
        (("No law here.",), "court", ""),
    ],
)
def test_authority_is_cited_with_what_speaks_against_it(
    paragraphs: tuple[str, ...], audience: str, weight: str
) -> None:
    """One line a paper; to opposing counsel nobody owes it."""
    found_ = findings(paper(*paragraphs, audience=audience), "L410")

    assert [f.severity.value for f in found_] == ([weight] if weight else [])
    assert all("jang-2015" in f.message for f in found_)


def test_section_302_after_citizenship_was_availed_of() -> None:
    """At counsel's own answer."""
    text = 'rok: {lived: yes, availed: "yes"}\n'
    cited = (f"Under {S302}; but see {KRY}; {JANG}.",)
    finding = the(findings(paper(*cited, text=text, audience="court"), "L410"))

    assert told(finding) == ("WARN", "draft", "ack", 2)
    assert not findings(paper(*cited, text=text.replace('"yes"', '"no"'), audience="court"), "L410")


def test_sworn_text_is_not_asked_for_candor() -> None:
    """It cites no law at all."""
    facts = with_paper(case("", DECLARATION), f"Under {S302}.", document=DECLARATION)

    assert not findings(facts, "L410")


@pytest.mark.parametrize(
    ("paragraphs", "count"),
    [
        (("Id. at 4.",), 1),
        ((f"See {JANG}.", "Id. at 1190."), 0),
        ((f"See {JANG}. Id.",), 0),
        (("Jang, supra, at 1190.",), 1),
        ((f"See {JANG}.", "Jang, supra, at 1190."), 0),
        (("Her ID card. She did.",), 0),
        (("Jang, supra note 5.",), 1),
        (("Jang, supra note 2.",), 0),
        (("Jang, supra note 1.",), 1),
    ],
)
def test_short_forms_lead_back_to_something(paragraphs: tuple[str, ...], count: int) -> None:
    """A note that does not name the source is told with the one that does."""
    facts = paper(*paragraphs, notes=("Zepeda-Lopez v. Garland.", "Jang v. Lynch."))

    assert [told(f) for f in findings(facts, "L704")] == [("WARN", "draft", "ack", 0)] * count


QUOTE = law()["nkhra-302"].quotes["b"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"“{QUOTE}”", 0),
        (f"“{QUOTE.replace('a national', '[A] national', 1).upper()}”", 0),
        ("“a national of the Democratic People's Republic of Korea shall not be considered …”", 0),
        (("“a national of the Democratic People’s Republic of Korea shall never be considered "
         "a national of the Republic of Korea”"), 1),
        (("“a citizen of the Democratic People’s Republic of Korea shall not be considered a "
         "national of the Republic of Korea”"), 1),
        ("“The blood of a traitor’s house does not become clean, and never will in this land.”", 0),
        (QUOTE.replace("shall not", "shall never"), 0),
        ("“the Republic of Korea”", 0),
    ],
)  # fmt: skip
def test_law_in_quotation_marks_is_the_law(text: str, count: int) -> None:
    """Capitals and marks make no difference; other words are not judged."""
    found_ = findings(paper("First.", f"It says that {text}."), "L705")

    assert [told(f) for f in found_] == [("ERROR", "for-signature", "block", 0)] * count
    assert all(f.place.part == "paragraph 2" for f in found_)


@pytest.mark.parametrize(
    ("circuit", "sentence", "count"),
    [
        ("ca2", f"{JANG}, controls here.", 1),
        ("ca2", f"{JANG}, is persuasive and not binding here.", 0),
        ("ca2", f"See {JANG}.", 0),
        ("ca9", f"{JANG}, controls here.", 0),
        ("ca2", f"{law()['zepeda-lopez-2022'].cite}, controls here.", 0),
        ("''", f"{JANG}, controls here.", 0),
    ],
)
def test_decision_binds_in_its_own_circuit(circuit: str, sentence: str, count: int) -> None:
    """To cite it is not to say that it binds."""
    text = f"case: {{proceeding: removal_240, circuit: {circuit}}}\n"
    found_ = findings(paper(sentence, text=text), "L706")

    assert [told(f) for f in found_] == [("WARN", "draft", "ack", 0)] * count
