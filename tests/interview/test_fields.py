"""Every fact that a paper, a check or the form needs is asked, and in the client's own language."""

import re
from itertools import combinations

import pytest

from nkdocs.answers.entries import Exhibit
from nkdocs.interview.engine import Standing, plan
from nkdocs.interview.spec import Question, pattern
from nkdocs.kinds.registry import KINDS, parse_answer
from tests.documents.letters import answers, catalogue

# What LAW.md section 3 and PRACTICE.md name -> where it is asked. Names of people, telephone
# numbers and addresses of helpers stand in one list, so some fields lead there.
FIELDS = {
    # 3.1 Matter, counsel, consent
    "meta.matter_id": "meta.matter_id", "meta.as_of": "meta.as_of",
    "counsel.name": "counsel.name", "counsel.org": "office.name",
    "counsel.address": "office.address", "counsel.phone": "counsel.phone",
    "counsel.email": "counsel.email", "counsel.eoir_id": "counsel.eoir_id",
    "counsel.bar_number": "counsel.bar_number", "counsel.role": "counsel.role",
    "counsel.accreditation": "counsel.accreditation",
    "counsel.supervisor.name": "counsel.supervisor.name",
    "counsel.supervisor.signs": "counsel.supervisor.signs",
    "appearance.form": "appearance.form", "appearance.filed_on": "appearance.filed_on",
    "appearance.exhibit": "appearance.exhibit",
    "consent.disclosure.scope": "consent.disclosure.scope",
    "consent.disclosure.to": "consent.disclosure.to",
    "consent.disclosure.signed_exhibit": "consent.disclosure.exhibit",
    "consent.pd.explained_on": "consent.pd.explained_on",
    "consent.pd.language": "consent.pd.language",
    "consent.pd.interpreter": "consent.pd.interpreter",
    "consent.pd.consequences_ack": "consent.pd.consequences",
    "consent.pd.signed_exhibit": "consent.pd.exhibit",
    "consent.confidential_release.scope": "consent.confidential_release.scope",
    "consent.confidential_release.signed": "consent.confidential_release.signed_on",
    "consent per adult respondent": "respondents[].consent.disclosure_signed_on",
    "consent to relief per adult respondent": "respondents[].consent.pd_signed_on",
    # 3.2 Identity and nationality
    "respondents.role": "respondents[].lead", "respondents.relation": "respondents[].relation",
    "legal_name, hangul, romanizations, aliases, pseudonym": "respondents[].name",
    "third_party_naming": "meta.third_party_naming",
    "a_number": "respondents[].a_number", "no_a_number_reason": "respondents[].no_a_number_reason",
    "dob": "respondents[].born", "birthday calendar": "respondents[].born_calendar",
    "ages counted": "respondents[].age_counted", "sex": "respondents[].sex",
    "birth_place": "respondents[].birth_place", "languages.best": "respondents[].language",
    "languages.other": "respondents[].other_languages",
    "languages.understands_english": "respondents[].understands_english",
    "reads Hangul": "respondents[].reads_hangul", "reads English": "respondents[].reads_english",
    "nationality.country": "respondents[].nationality[].country",
    "nationality.basis": "respondents[].nationality[].basis",
    "nationality.proof": "respondents[].nationality[].proof",
    "nationality.passport": "respondents[].nationality[].passport",
    "nationality.acquired": "respondents[].nationality[].acquired",
    "nationality.renounced": "respondents[].nationality[].renounced",
    "rok.contact.entered": "rok.lived", "rok.contact.entry": "rok.contact.entered",
    "rok.contact.left": "rok.contact.left", "hanawon_from": "rok.contact.hanawon_from",
    "hanawon_to": "rok.contact.hanawon_to",
    "protection_decision": "rok.contact.protection_decision", "id_card": "rok.contact.id_card",
    "rok passport": "rok.contact.passport", "passport issued": "rok.contact.passport_issued",
    "settlement_money": "rok.contact.settlement_money", "housing": "rok.contact.housing",
    "jobs": "rok.contact.jobs", "schooling": "rok.contact.schooling", "voted": "rok.contact.voted",
    "travel_on_rok_passport": "rok.contact.travel_on_passport", "rok.availed": "rok.availed",
    "reason_left": "rok.left_why", "rok.harm": "rok.harm", "reported_to_police": "rok.police",
    "relocation_in_rok": "rok.relocation", "fear_return": "claim.countries[].fear",
    "dprk_agent_threat": "rok.agent_threat", "discrimination": "rok.discrimination",
    "firm_resettlement.offer_country": "firm_resettlement.country",
    "firm_resettlement.offer_type": "firm_resettlement.offer",
    "firm_resettlement.exception": "firm_resettlement.exception",
    "firm_resettlement.facts": "firm_resettlement.facts",
    # 3.3 Where the case stands
    "case.proceeding": "case.proceeding", "case.circuit": "case.circuit",
    "filing_deadline.date": "case.filing_deadline.date",
    "filing_deadline.order": "case.filing_deadline.order_exhibit", "case.stage": "case.stage",
    "case.court": "case.court", "case.judge": "case.judge",
    "next_hearing.type": "case.next_hearing.kind", "next_hearing.date": "case.next_hearing.when",
    "next_hearing.medium": "case.next_hearing.how", "nta_date": "case.nta_date",
    "nta_filed": "case.nta_filed_on", "charges": "case.charges", "pleadings": "case.pleadings",
    "detained": "case.detained", "facility": "case.facility", "bond_status": "case.bond_status",
    "mandatory_detention_basis": "case.detention_basis", "i589.filed": "case.i589.filed",
    "i589.filing_date": "case.i589.filed_on", "i589.received_by": "case.i589.received_by",
    "i589.receipt_exhibit": "case.i589.exhibit",
    "i589.withholding_only": "case.i589.withholding_only",
    "i589.frivolous_warning": "case.i589.frivolous_warning",
    "i589 own or derivative": "respondents[].i589",
    "fees.asylum_fee_paid": "respondents[].fees.asylum_paid",
    "fees.receipt": "respondents[].fees.exhibit", "fees.aaf_due": "respondents[].fees.annual_due",
    "fees.aaf_paid": "respondents[].fees.annual_paid", "biometrics.done": "case.biometrics.done",
    "biometrics.date": "case.biometrics.on", "ead.has": "case.ead.has",
    "ead.category": "case.ead.category", "ead.expires": "case.ead.expires",
    "pending_motions": "case.pending_motions[].kind",
    "motion country": "case.pending_motions[].country", "motion due": "case.pending_motions[].due",
    "prior_statements.type": "statements[].kind", "prior_statements.date": "statements[].when",
    "prior_statements.interpreter language": "statements[].language",
    "prior_statements.contradictions": "statements[].contradictions",
    "entry.date": "respondents[].entries[].when", "entry.place": "respondents[].entries[].where",
    "entry.manner": "respondents[].entries[].manner", "entry.last": "respondents[].entries[].last",
    # 3.4 Request for discretion
    "pd.forms": "pd.forms", "pd.primary": "pd.primary", "pd.grounds": "pd.grounds",
    "pd.requested_by": "pd.requested_by", "pd.opla_office": "pd.opla_office.name",
    "pd.addressee": "pd.addressee", "pd.theory": "pd.theory",
    "equities.factor": "pd.equities[].factor", "equities.fact": "pd.equities[].fact",
    "equities.exhibit": "pd.equities[].exhibit", "negatives.fact": "pd.negatives[].fact",
    "negatives.context": "pd.negatives[].context",
    "negatives.mitigation": "pd.negatives[].mitigation",
    "negatives.exhibit": "pd.negatives[].exhibit",
    "negatives.known_to_dhs": "pd.negatives[].known_to_dhs",
    "negatives.disclose": "pd.negatives[].disclose", "criminal.any": "pd.criminal.any",
    "criminal.date": "pd.criminal.records[].when",
    "criminal.charge": "pd.criminal.records[].charge",
    "criminal.disposition": "pd.criminal.records[].disposition",
    "criminal.exhibit": "pd.criminal.records[].exhibit",
    "criminal.sealed": "pd.criminal.records[].sealed", "pd.humanitarian": "pd.humanitarian",
    "pd.relief_available": "pd.relief_available", "pd.govt_interest": "pd.government_interest",
    "pd.case_strength": "pd.case_strength", "pd.prior_requests": "pd.prior_requests",
    "pd.disclosure_level": "pd.disclosure_level",
    "equities.weight": "pd.equities[].weight",
    # 3.5 Supervisory review
    "original.date": "sr.original_request.date", "original.channel": "sr.original_request.channel",
    "original.exhibit": "sr.original_request.exhibit",
    "original.received": "sr.original_request.received_on", "follow-ups": "sr.follow_ups",
    "decision.date": "sr.decision.date", "decision.channel": "sr.decision.channel",
    "decision.author": "sr.decision.author", "decision.exact_quote": "sr.decision.quote",
    "decision.paraphrase": "sr.decision.paraphrase", "decision.reasons": "sr.decision.reasons",
    "decision.exhibit": "sr.decision.exhibit", "reviewer.title": "sr.reviewer.title",
    "reviewer.name": "sr.reviewer.name", "errors.type": "sr.reasons[].kind",
    "errors.explanation": "sr.reasons[].matters", "errors.exhibit": "sr.reasons[].exhibit",
    "new_facts.fact": "sr.new_facts[].fact", "new_facts.date_arose": "sr.new_facts[].arose",
    "new_facts.exhibit": "sr.new_facts[].exhibit", "changed_law": "sr.changed_law",
    "narrowed_request": "sr.narrowed", "urgency": "sr.urgency",
    "preserve_record": "sr.preserve_record", "meeting_requested": "sr.meeting_requested",
    "other channels": "sr.other_channels",
    # 3.6 Declaration
    "claim.country": "claim.countries[].country", "claim.grounds": "claim.countries[].grounds",
    "claim.psg": "claim.countries[].psg", "claim.persecutors": "claim.countries[].who",
    "claim.state or not": "claim.countries[].state_actor", "claim.motive": "claim.countries[].why",
    "claim.state_protection": "claim.countries[].protection",
    "claim.internal_relocation": "claim.countries[].relocation",
    "claim.cat_facts": "claim.countries[].custody",
    "claim.similarly_situated": "claim.countries[].others",
    "claim.no_fear_reason": "claim.countries[].no_fear_reason", "relief": "claim.relief",
    "event.date": "events[].when", "event.place": "events[].where", "event.actors": "events[].who",
    "event.what": "events[].told", "event.harm_type": "events[].harm",
    "event.injuries": "events[].injuries", "event.reason_believed": "events[].why",
    "event.witnesses": "events[].witnesses", "event.reported": "events[].reported",
    "event.exhibit": "events[].exhibit", "event.sensitive": "events[].sensitive",
    "family.relation": "family[].relation", "family.name": "family[].name",
    "family.status": "family[].status", "family.whereabouts": "family[].whereabouts",
    "family.harm": "family[].harm", "family.registration": "dprk.songbun",
    "family.at_risk": "family[].at_risk", "dprk.province": "dprk.province",
    "dprk.songbun": "dprk.songbun", "dprk.occupation": "dprk.occupation",
    "dprk.military": "bars.military", "dprk.party": "dprk.party",
    "dprk.media_contact": "dprk.media", "dprk.religion": "dprk.religion",
    "dprk.punishment_history": "events[].told", "dprk.inminban": "i589.groups[].name",
    "dprk.exit_reason": "dprk.exit_reason", "dprk.exit_date": "dprk.exit_when",
    "dprk.broker": "dprk.broker", "dprk.brokers_paid": "dprk.broker_paid",
    "china.entry": "china.entered", "china.duration": "china.left",
    "china.trafficked": "china.sold", "china.sold_price": "china.sold_price",
    "china.husband": "china.marriage", "china.children": "china.children[].born",
    "china.hukou": "china.children[].registered", "china.location": "china.children[].with_whom",
    "china.arrests": "china.police", "repatriated.date": "china.returns[].when",
    "repatriated.custody sites": "china.returns[].held",
    "repatriated.treatment": "china.returns[].told", "transit.country": "transit[].country",
    "transit.from": "transit[].from", "transit.to": "transit[].to",
    "transit.status_offered": "transit[].status_offered",
    "transit.asylum_sought": "transit[].asylum_sought",
    "transit.authorities_contact": "transit[].told", "us.arrival": "us.arrival",
    "us.treatment": "us.officials", "us.threats": "us.threats",
    "us.transnational_repression": "us.threats", "us.counselling": "us.counselling",
    "oneyear.exception": "oneyear.exception", "oneyear.facts": "oneyear.facts",
    "oneyear.when_ended": "oneyear.ended", "oneyear.why_reasonable": "oneyear.reasonable",
    "oneyear.exhibits": "oneyear.exhibits", "oneyear.mendez_rojas": "oneyear.mendez_rojas",
    "bars.persecutor": "bars.persecutor", "bars.crime": "bars.crime",
    "bars.terrorism": "bars.terrorism", "bars.military_service": "bars.military",
    "bars.party": "bars.party", "bars facts": "bars.facts",
    "evidence.available": "evidence.available[].item",
    "evidence.unavailable": "evidence.unavailable[].item",
    "evidence.why": "evidence.unavailable[].why",
    "evidence.efforts": "evidence.unavailable[].efforts", "effects": "effects.health",
    "interpreter.used": "interpreter.person", "interpreter.name": "people[].name",
    "interpreter.address": "people[].address", "interpreter.phone": "people[].phone",
    "interpreter.language": "interpreter.language",
    "interpreter.competent_basis": "people[].competence",
    "interpreter.relation": "people[].relation",
    "interpreter.certificate_date": "signing.interpreter_signed_on",
    "interpreter.mode": "interpreter.mode", "interpreter.dialects": "people[].dialects",
    "everything read aloud": "interpreter.read_aloud", "who helped": "interpreter.helpers",
    "readback.date": "readback.date", "readback.by": "readback.by",
    "readback.language": "readback.language", "readback.duration": "readback.minutes",
    "readback.corrections": "readback.corrections", "signing.place_city": "signing.place_city",
    "signing.place_country": "signing.place_country", "signing.date": "signing.date",
    # Companions
    "service.method": "service.method", "position of DHS": "submission.dhs.position",
    "review.by": "review.by", "review.on": "review.on", "review.sha256": "review.sha256",
    "supplement.changes": "supplements[].changes[].correct", "witness.knows": "witnesses[].knows",
    # Form I-589
    "corrections.box": "case.i589.corrections[].box",
    "corrections.as_filed": "case.i589.corrections[].as_filed",
    "corrections.correct": "case.i589.corrections[].correct",
    "corrections.why": "case.i589.corrections[].why",
    "residences": "background.residences[].town", "schools": "background.schools[].name",
    "employment": "background.jobs[].employer", "siblings": "background.has_siblings",
    "earlier applications": "i589.applied_before[].who", "went back": "i589.went_back",
    "crimes in the US": "i589.us_arrests", "organizations": "i589.groups[].name",
}  # fmt: skip

#: Fields of 3.7 and of PRACTICE.md 13, and the keys of an exhibit that hold them.
EXHIBIT = {
    "id": "id", "title": "title", "description": "relevance", "file": "file",
    "language": "language", "translation_file": "translation", "translator_cert": "certificate",
    "pages": "pages", "date": "date", "source": "source", "authenticity": "authenticity",
    "already_in_record": "already_filed", "audience": "audience", "relevance": "relevance",
    "key_pages": "key_pages", "excerpt_of": "excerpt_of", "full_source_url": "url",
    "accessed_on": "accessed_on", "already_filed": "already_filed", "produced_by": "produced_by",
    "copy_of_original_available": "copy_of_original_available", "identity_only": "identity_only",
}  # fmt: skip

#: Sections whose questions the client answers herself.
CLIENTS = (
    "arrival", "background", "bars", "china", "dprk", "effects", "events", "evidence", "family",
    "fears", "i589", "i589harm", "identity", "oneyear", "relatives", "resettlement", "respondents",
    "rok", "statements", "transit", "us",
)  # fmt: skip
#: Questions in those sections that counsel answers; exhibits are always counsel's.
COUNSELS = {
    "bars.print", "claim.relief", "claim.countries[].state_actor", "i589.prepared_by_other",
    "respondents[].i589",
}  # fmt: skip
HARM = ("china", "events", "fears", "i589harm")
FIRST = ("respondents", "identity", "arrival", "background", "family")


@pytest.mark.parametrize(("field", "path"), FIELDS.items(), ids=FIELDS)
def test_field_is_asked(field: str, path: str) -> None:
    """Each has a question with a prompt, a reason and an audience."""
    question = catalogue().questions.get(pattern(path))

    assert question is not None, f"{field} is asked nowhere"
    assert question.prompt.en
    assert question.why
    assert question.audience


@pytest.mark.parametrize(("field", "key"), EXHIBIT.items(), ids=EXHIBIT)
def test_field_of_an_exhibit_has_a_key(field: str, key: str) -> None:
    """The list of exhibits has a fixed form."""
    assert key in Exhibit.__struct_fields__, field


def test_exhibit_filed_before_says_where() -> None:
    """Filing, tab and page; another key is a fault."""
    filed = {"filing": "evidence", "tab": "B", "page": "12"}
    exhibit = Exhibit.checked(
        {"id": "hrw", "title": "Report", "file": "a.pdf", "already_filed": filed}
    )

    assert exhibit.already_filed is not None
    assert (exhibit.already_filed.tab, exhibit.already_filed.page) == ("B", 12)
    with pytest.raises(ValueError, match="Extra"):
        Exhibit.checked({"id": "a", "file": "a", "title": "A",
                                "already_filed": {"filing": "b", "leaf": "1"}})  # fmt: skip


def test_pseudonym_is_part_of_a_name() -> None:
    """So it stands beside the legal name and the Korean one."""
    name = parse_answer(KINDS["name"], {"legal": "SEO Yun Hui", "pseudonym": "Usun"})

    assert getattr(name, "pseudonym", "") == "Usun"


@pytest.mark.parametrize("written", ["Juche 95", "주체95년", "Juche 95 (2006)"])
def test_juche_year_is_a_year(written: str) -> None:
    """Year 1 is 1912."""
    assert str(parse_answer(KINDS["when"], written)) == "2006"


def asked(section: str) -> list[Question]:
    """Return what a client section asks of the client herself."""
    questions = catalogue().sections[section].questions
    clients = [q for q in questions if "client" in q.audience and q.kind.name != "exhibits"]
    return [q for q in clients if q.path not in COUNSELS]


@pytest.mark.parametrize("section", CLIENTS)
def test_client_is_asked_in_korean(section: str) -> None:
    """Prompt and every choice; nobody has reviewed the wording yet, and it says so."""
    assert catalogue().sections[section].title.ko
    assert not [q.path for q in asked(section) if not q.prompt.ko]
    assert not [q.path for q in asked(section) if set(q.options.korean) != set(q.options.choices)]
    assert not [q.path for q in asked(section) if q.prompt.reviewed_by]


def test_whom_a_question_is_put_in_korean_gets_its_help_in_korean() -> None:
    """Help and examples are told as the question is, and as little reviewed."""
    korean = [q for q in catalogue().questions.values() if q.prompt.ko]
    parts = {"name", "place"}  # asked part by part, without an example
    helped = [q.advice for q in korean if q.help]
    shown = [q.sample for q in korean if q.example and q.kind.name not in parts]

    assert not [w.en for w in helped if not w.ko]
    assert not [w.en for w in shown if not w.ko and w.en != "none"]
    assert not [w.en for w in (*helped, *shown) if w.reviewed_by]


def test_korean_is_spelled_as_in_the_north() -> None:
    """Words with an initial ㄹ keep it, and no loan word of Seoul stands there."""
    korean = [q.prompt.ko + " ".join(q.options.korean.values()) for s in CLIENTS for q in asked(s)]
    korean += [q.advice.ko + q.sample.ko for q in catalogue().questions.values()]
    southern = "여권|노동|이혼|여자|아르바이트|스트레스|인터뷰|핸드폰|메시지|북한"

    assert not [text for text in korean if re.search(southern, text)]


@pytest.mark.parametrize(
    "names",
    [n for count in (1, 2, 3) for n in combinations(
        ("asylum-declaration", "i589-answers", "pd-request", "supervisory-review"), count)],
    ids="+".join,
)  # fmt: skip
def test_harm_never_comes_first(names: tuple[str, ...]) -> None:
    """Who the person is and how the person came here are asked before any harm."""
    made = plan(catalogue(), [catalogue().documents[n] for n in names], answers(""))
    order = [s.id for s in made.sections]

    harm = [order.index(s) for s in HARM if s in order]
    before = [order.index(s) for s in ("respondents", "identity", "arrival") if s in order]

    assert not harm or max(before) < min(harm)


@pytest.mark.parametrize("name", ["asylum-declaration", "i589-answers"])
def test_harm_comes_late_in_each_document(name: str) -> None:
    """Background and family stand before it, too."""
    sections = catalogue().documents[name].sections

    first = [sections.index(s) for s in FIRST if s in sections]

    assert max(first) < min(sections.index(s) for s in HARM if s in sections)


@pytest.mark.parametrize("section", HARM)
def test_harm_can_be_skipped_as_a_block(section: str) -> None:
    """A section is left as one, and of an answered story no more than its own parts are asked."""
    documents = [catalogue().documents[n] for n in ("asylum-declaration", "i589-answers")]
    made = plan(catalogue(), documents, answers("china: {lived: no}"))
    block = frozenset(s.spot for s in made.steps if s.question.section == section)

    after = made.next(skipped=block)

    assert after is not None
    assert after.question.section != section


def test_part_on_china_is_not_asked_of_who_was_never_there() -> None:
    """One answer closes the whole part."""
    documents = [catalogue().documents["i589-answers"]]
    made = plan(catalogue(), documents, answers("china: {lived: no}"))

    assert not [s.path for s in made.steps
                if s.path.startswith("china.") and s.standing is Standing.OPEN]  # fmt: skip
