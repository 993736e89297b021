"""The answers of a copy: who is called what, what is left out, and what still fits together."""

from typing import Any

import pytest

from nkdocs import _resources
from nkdocs.answers import load, pseudonyms
from nkdocs.answers.purposes import Purpose
from nkdocs.answers.validate import validate
from nkdocs.answers.view import Answers
from nkdocs.interview import load as interviews
from nkdocs.packet.harmless import words

CATALOGUE = interviews.load([_resources.shipped("templates")])
WORDS = words(CATALOGUE)
CASE = """
answers: 1
meta: {as_of: 2026-11-20, matter_id: SEO-7}
case: {proceeding: removal_240, court: eoir-boston, nta_date: 2021-10-05, i589: {filed: yes, filed_on: 2023-01-19, exhibit: [receipt]}}
respondents:
- {id: seo, lead: yes, name: {legal: SEO Yun Hui, native: 서윤희, pseudonym: Mirae}, a_number: A000-000-021, born: 1986-04-07}
- {id: han, lead: no, relation: child, name: HAN Ji Ho, a_number: A000-000-022}
family:
- {id: mother, relation: mother, name: KIM Ok Sun, born: 1950, whereabouts: "was told by Usha Petrov: in Hyesan"}
- {id: uncle, relation: mother’s brother, name: KIM Chol, born: does not know}
people:
- {id: cho, name: Cho Eun-sil, role: interpreter, phone: 000-555-0134, email: cho@example.org, address: "5 Quarry Lane, Fairmont, NY 00010"}
interpreter: {person: cho}
events:
- {id: arrest, when: 2006-03-05, where: {country: KP, place: "Musan County, North Hamgyong Province"}, exhibit: [receipt], told: "See [@receipt, 1] and [@declaration, arrest]. She played the accordion."}
- {id: flight, when: winter 2008, where: {country: CN, place: Yanji}}
counsel: {name: Ann Ames, eoir_id: ZZ000021}
exhibits:
- {id: declaration, document: asylum-declaration}
- {id: receipt, title: Receipt of Seo Yun Hui, file: exhibits/seo.pdf, date: 2023-01-19, translator: cho}
filings: [{id: seo-pd, recipient: opla-boston, exhibits: [receipt]}]
_done: [events, respondents.seo.nationality]
_notes: {respondents.seo.name: the client is afraid}
_about: {events.arrest: {source: client}}
_ko: {events.arrest.told: 두 사람이 왔습니다.}
_confirmed: {nkhra-302: {on: 2026-10-01, by: Ann Ames, source: read it}}
unknown: {key: Seo}
"""  # noqa: E501 - one line an entry, as people write them


def copied(purpose: Purpose, *more: str) -> dict[str, Any]:
    """Return the answers of a copy."""
    case = load.load(CASE, "answers.yaml")
    return pseudonyms.copy(case, CATALOGUE, purpose, WORDS, more).data


@pytest.fixture(scope="module", params=list(Purpose))
def copy(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return the copy for each purpose."""
    return copied(request.param)


def test_everybody_has_a_letter_and_a_relation(copy: dict[str, Any]) -> None:
    """Nobody a name."""
    lead, child = (p["name"] for p in copy["respondents"])

    assert lead in {"Respondent A", "Mirae"}
    assert child == "Respondent B"
    assert [p["name"] for p in copy["family"]] == ["Mother C", "Relative D"]
    assert copy["people"][0]["name"] == "Interpreter E"
    assert copy["counsel"]["name"].startswith("Attorney ")


def test_own_pseudonym_is_for_the_public() -> None:
    """Colleagues who learn need no bridge to the press."""
    names = [copied(p)["respondents"][0]["name"] for p in Purpose]

    assert names == ["Respondent A", "Mirae"]


def test_what_identifies_is_gone(copy: dict[str, Any]) -> None:
    """Numbers and contacts are void, notes and provenance are left out, unknown keys too."""
    assert [p["a_number"] for p in copy["respondents"]] == ["A000-000-099", "A000-000-098"]
    assert copy["people"][0]["phone"] == "000-555-0000"
    assert copy["people"][0]["address"] == "[address left out]"
    assert copy["counsel"]["eoir_id"] == "[…]"
    assert "matter_id" not in copy["meta"]
    assert not {"_notes", "_about", "_ko", "_accepted", "unknown"} & set(copy)
    assert copy["_confirmed"]["nkhra-302"]["by"] == "counsel"
    assert "source" not in copy["_confirmed"]["nkhra-302"]


def test_days_are_others(copy: dict[str, Any]) -> None:
    """None is the one it was, and a birthday is a year or a decade."""
    assert copy["case"]["nta_date"] != "2021-10-05"
    assert copy["case"]["nta_date"].startswith("2021-")
    assert copy["respondents"][0]["born"] in {"1986", "1980s"}
    assert copy["events"][0]["when"] in {"March 2006", "2006"}
    assert copy["exhibits"][1]["date"] == "2023"


def test_places_are_coarse() -> None:
    """Province and country for training, the country for the public."""
    wheres = [[e["where"] for e in copied(p)["events"]] for p in Purpose]

    assert wheres == [
        [{"place": "North Hamgyong Province", "country": "KP"}, {"country": "CN"}],
        [{"country": "KP"}, {"country": "CN"}],
    ]


def test_ids_are_new_and_still_fit(copy: dict[str, Any]) -> None:
    """References, cites and lists lead where they led; nothing is named after anybody."""
    assert [p["id"] for p in copy["respondents"]] == ["respondent-1", "respondent-2"]
    assert copy["interpreter"]["person"] == copy["people"][0]["id"]
    assert copy["events"][0]["told"].startswith("See [@exhibit-2, 1] and [@exhibit-1, event-1].")
    assert copy["events"][0]["exhibit"] == ["exhibit-2"]
    assert copy["exhibits"][1]["translator"] == copy["people"][0]["id"]
    assert copy["filings"][0]["exhibits"] == ["exhibit-2"]
    assert copy["_done"] == ["events", "respondents.respondent-1.nationality"]


def test_hearsay_keeps_its_form(copy: dict[str, Any]) -> None:
    """What somebody told is still told by somebody; what is not known is still not known."""
    assert copy["family"][0]["whereabouts"] == "was told by […]: in […]"
    assert copy["family"][1]["born"] == "does not know"


def test_copy_is_written_rightly(copy: dict[str, Any]) -> None:
    """Every answer of it is one that its question takes."""
    copy["exhibits"][1]["file"] = "exhibits/exhibit-2.pdf"
    case = load.load(pseudonyms_text(copy), "answers.yaml")

    report = validate(Answers(case, CATALOGUE), [])

    assert [str(f) for f in report.faults] == []


def pseudonyms_text(copy: dict[str, Any]) -> str:
    """Return a copy as it is written."""
    from nkdocs import _yaml

    return _yaml.dump(copy)


def test_phrase_that_a_reader_found_is_covered_too() -> None:
    """And searched for, so that it stands nowhere else."""
    case = load.load(CASE, "answers.yaml")

    made = pseudonyms.copy(case, CATALOGUE, Purpose.PUBLIC, WORDS, ("played the accordion",))

    assert "She […]." in made.data["events"][0]["told"]
    assert {h.what for h in made.veil.leaks.search("who Played  the accordion")} == {"phrase"}


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_town_that_stands_small_in_a_web_address_is_no_common_word(purpose: Purpose) -> None:
    """Nor at the beginning of a page, where a hospital is named after it."""
    more = (
        "office: {website: marlowin.example.org}\n"
        "signing: {place_country: US, place_city: 'Marlowin, Virginia'}\n"
        "effects: {health: 'I am treated there, as marlowin.example.org tells.'}\n"
    )
    case = load.load(CASE + more, "answers.yaml")
    veil = pseudonyms.copy(case, CATALOGUE, purpose, WORDS).veil
    page = "Marlowin General Hospital\nMarlowin was quiet.\n"

    covered = {page[s.start : s.end] for s in veil.spans(page, page=True)}

    assert covered == {"Marlowin"}
    assert "marlowin" not in veil.words.common
