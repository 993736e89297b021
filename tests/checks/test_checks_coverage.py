"""Elements per relief, nationalities, South Korea, bars."""

import pytest

from tests.checks.cases import DECLARATION, PD, found, the, told

BASE = """case: {circuit: CIRCUIT}
respondents:
- {id: seo, lead: yes, nationality: [{id: kp, country: KP}, {id: kr, country: KR}]}
- {id: han, i589: derivative, nationality: [{id: kr, country: KR}, {id: cn, country: CN}]}
claim:
  relief: [asylum, withholding, cat]
  countries:
  - {id: kp, country: KP, fear: Prison., who: Police., why: My uncle., custody: Beating.,
     state_actor: state, grounds: [political_opinion]}
  - {id: kr, country: KR, no_fear_reason: Told in the brief.}
rok: {lived: yes}
firm_resettlement: {facts: I had a card.}
"""


def claim(old: str = "", new: str = "", circuit: str = "ca9") -> str:
    """Return a claim in which *new* stands for *old*."""
    assert old in BASE
    return BASE.replace("CIRCUIT", circuit).replace(old, new) if old else BASE.replace(
        "CIRCUIT", circuit
    )  # fmt: skip


def test_whole_claim_has_nothing_against_it() -> None:
    """The State is the persecutor: neither protection nor relocation is asked for."""
    assert not [f for c in ("L407", "L408", "L409") for f in found(claim(), c)]


@pytest.mark.parametrize(
    ("gone", "reliefs", "what"),
    [
        (" fear: Prison.,", 2, "harm or fear"),
        (" why: My uncle.,", 2, "why they would do it"),
        (", grounds: [political_opinion]", 2, "on which ground"),
        (" custody: Beating.,", 1, "what would be done in custody"),
    ],
)
def test_element_is_told_somewhere(gone: str, reliefs: int, what: str) -> None:
    """CAT needs custody alone, asylum and withholding a ground and a reason."""
    found_ = found(claim(gone, ""), "L407")

    assert len(found_) == reliefs
    assert told(found_[0]) == ("ERROR", "for-signature", "ack", 8)
    assert all(what in f.message for f in found_)


def test_event_may_tell_what_the_country_does_not() -> None:
    """Coverage is measured over the filing."""
    text = claim("why: My uncle., ", "") + "events: [{id: a, why: Because of my uncle.}]\n"

    assert not found(text, "L407")


def test_honest_answer_of_one_country_is_covered_by_another() -> None:
    """China carries no reason of its own."""
    china = "  - {id: cn, country: CN, fear: Handed back., why: does not know}\nrok:"

    assert not found(claim("rok:", china), "L407")


def test_private_persecutor_asks_for_protection_and_relocation() -> None:
    """Only where the State is the persecutor nowhere."""
    finding = found(claim("state_actor: state", "state_actor: others"), "L407")[0]

    assert "why the State would not protect" in finding.message
    assert "why no other part of the country is safe" in finding.message
    assert not found(claim("state_actor: state", "state_actor: both"), "L407")


def test_china_carries_no_asylum() -> None:
    """It is nobody's nationality here, so it can carry withholding and CAT alone."""
    found_ = found(claim("country: KP, fear", "country: CN, fear"), "L407")

    assert [f.subject for f in found_] == ["claim.countries asylum"]


def test_claim_not_begun_is_not_scolded() -> None:
    """Its questions are open; a letter has none of them."""
    assert not found("claim: {relief: [asylum]}", "L407")
    assert not found(claim("fear: Prison.,", ""), "L407", PD)


@pytest.mark.parametrize(("circuit", "severity"), [("ca9", "ERROR"), ("ca2", "WARN")])
def test_each_nationality_has_its_part(circuit: str, severity: str) -> None:
    """In the Second Circuit one nationality is enough."""
    finding = the(found(claim("country: KP, fear", "country: LA, fear", circuit), "L408"))

    assert told(finding) == (severity, "for-signature", "ack", 4)
    assert finding.subject == "respondents.seo.nationality.kp"
    assert "Zepeda-Lopez" in finding.source


def test_renounced_nationality_is_none() -> None:
    """Nor does a derivative's count."""
    assert not found(claim("{id: kr, country: KR}]}\n- {id: han", "{id: fr, country: FR, "
                           "renounced: yes}]}\n- {id: han"), "L408")  # fmt: skip


@pytest.mark.parametrize("circuit", ["ca2", "ca9"])
def test_facts_of_resettlement_are_needed_everywhere(circuit: str) -> None:
    """22 U.S.C. 7842 settles nationality, not resettlement."""
    finding = the(found(claim("facts: I had a card.", "", circuit), "L409"))

    assert told(finding) == ("ERROR", "for-signature", "ack", 13)
    assert finding.subject == "firm_resettlement.facts"


@pytest.mark.parametrize(("circuit", "severity"), [("ca9", "ERROR"), ("ca2", "WARN")])
def test_part_on_south_korea_is_needed_by_circuit(circuit: str, severity: str) -> None:
    """Jang in the Ninth, Zepeda-Lopez in the Second."""
    gone = "  - {id: kr, country: KR, no_fear_reason: Told in the brief.}\n"
    finding = the(found(claim(gone, "", circuit), "L409"))

    assert (finding.severity.value, finding.subject) == (severity, "claim.countries")
    assert "Zepeda-Lopez" in finding.source


def test_who_never_lived_there_has_no_facts_to_tell() -> None:
    """The question is not even asked."""
    text = claim("rok: {lived: yes}\nfirm_resettlement: {facts: I had a card.}", "rok: {lived: no}")

    assert not found(text, "L409")


def test_withholding_knows_neither() -> None:
    """Resettlement and the other nationality matter for asylum alone."""
    text = claim("relief: [asylum, withholding, cat]", "relief: [withholding, cat]")
    bare = text.replace("facts: I had a card.", "").replace("country: KP, f", "country: LA, f")

    assert not found(bare, "L408")
    assert not found(bare, "L409")


BARS = "bars: {persecutor: no, crime: no, terrorism: no, military: no, party: PARTY}\n"


@pytest.mark.parametrize(
    ("party", "open_"),
    [("no", ""), ("does not know", ""), ("", "bars.party"), ("yes", "bars.facts")],
)
def test_bars_are_asked(party: str, open_: str) -> None:
    """One line for all of them; 'does not know' is an answer."""
    found_ = found(BARS.replace("PARTY", party), "L413", DECLARATION)

    assert [f.message for f in found_] == ([f"Questions about bars are unanswered: {open_}."]
                                           if open_ else [])  # fmt: skip
    assert all(told(f) == ("WARN", "draft", "ack", 2) for f in found_)
