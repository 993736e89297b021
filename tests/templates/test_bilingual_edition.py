"""The declaration in English and Korean side by side: the same paragraphs, the same numbers."""

import re
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from nkdocs._resources import shipped
from nkdocs.diagnostics import State
from nkdocs.documents.filled import Filled
from nkdocs.documents.wordfile import BODY, W, WordFile, paragraph_numbers, text_of
from nkdocs.packet import facts, papers
from nkdocs.packet.desk import open_desk, with_sets
from nkdocs.packet.papers import Circumstances
from tests.documents.letters import filled, said

FOLDER = shipped("templates") / "asylum-declaration"
DEMO = shipped("answers") / "demo"
ENGLISH, EDITION = "asylum-declaration", "asylum-declaration-korean"
CERTIFICATE = "certificate-of-translation"
CASE = """meta: {as_of: 2026-11-20}
case: {proceeding: removal_240, court: eoir-new-york-federal-plaza, detained: no, i589: {filed: no}}
respondents:
- id: kim
  lead: yes
  name: {legal: KIM Sol, native: 김솔}
  a_number: A000-000-031
  pronoun: she
  born: March 5, 1990
  birth_place: {place: Hoeryong, country: KP}
  language: Korean
  understands_english: no
  reads_hangul: yes
  entries: [{id: otay, when: autumn 2021, where: near Otay Mesa, manner: without inspection}]
people:
- {id: cho, name: {legal: Cho Eun-sil, native: 조은실}, role: interpreter, relation: none,
   phone: 000-555-0134, address: "5 Quarry Lane, Fairmont, NY 00010", language: Korean,
   competence: I grew up with both., dialects: [north_korean]}
interpreter: {person: cho, language: Korean, helpers: my attorney}
family: [{id: mother, relation: mother, status: dead, harm: She died in 1998.}]
dprk: {lived: yes, province: North Hamgyong, childhood: "We were three.\\n\\nMy father mined ore.",
  songbun: does not know, party: no, exit_when: about March 2009, exit_reason: I was hungry.,
  exit_how: Over the ice.}
china: {lived: yes, entered: about March 2009, left: 2011, life: I hid., sold: yes,
  sold_price: CNY 8000}
events:
- id: arrest
  when: winter 2006
  where: {country: KP, place: Hoeryong}
  whom: me
  age: 16
  told: "Two men took me.\\n\\nI was held for eleven days."
  who: They were soldiers.
  witnesses: does not remember
- {id: sold, when: does not remember, where: does not know, whom: me, told: I was sold.}
statements: []
transit: [{id: laos, country: LA, from: 2011, to: 2011, told: We walked.,
  status_offered: no, asylum_sought: no}]
rok: {lived: no}
us: {arrival: I crossed on foot.}
claim:
  relief: [asylum, cat]
  countries: [{id: kp, country: KP, fear: They would shoot me., why: does not know}]
bars: {military: yes, print: I carried water for the army for three months., facts: SECRET}
evidence: {available: [{id: card, item: my card}], unavailable: []}
effects: {health: I do not sleep.}
signing: {bilingual: yes, place_country: US, into_korean: cho}
_ko:
  respondents.kim.birth_place: 회령
  respondents.kim.language: 조선말
  respondents.kim.entries.otay.where: 오타이 메사 가까이
  interpreter.language: 조선말
  interpreter.helpers: 쓸 때 변호사가 도와주었습니다.
  people.cho.competence: 나는 두 말을 다 하며 자랐습니다.
  family.mother.relation: 어머니
  family.mother.harm: 어머니는 1998년에 돌아갔습니다.
  dprk.province: 함경북도
  dprk.childhood: "우리는 세 식구였습니다.\\n\\n아버지는 광부였습니다."
  dprk.exit_reason: 배가 고팠습니다.
  dprk.exit_how: 얼음을 건넜습니다.
  china.life: 나는 숨어 살았습니다.
  events.arrest.where: 회령
  events.arrest.told: "두 남자가 나를 데려갔습니다.\\n\\n나는 열하루 갇혀 있었습니다."
  events.arrest.who: 그들은 군인이였습니다.
  events.sold.told: 나는 팔렸습니다.
  transit.laos.told: 우리는 걸었습니다.
  us.arrival: 나는 걸어서 건넜습니다.
  claim.countries.kp.fear: 그들은 나를 쏠것입니다.
  bars.print: 나는 석달동안 군대에 물을 날랐습니다.
  evidence.available.card.item: 나의 증명서
  effects.health: 나는 잠을 자지 못합니다.
"""


_LINES = (DEMO / "answers.yaml").read_text("utf-8").splitlines()
CASES = {"compact": CASE, "open": "", "demo": "\n".join(t for t in _LINES if t != "answers: 1")}
every_case = pytest.mark.parametrize("case", sorted(CASES))


@cache
def paper(name: str, text: str = CASE, state: State = State.DRAFT) -> Filled:
    """Return a paper of the declaration's folder, filled for the court."""
    word = (FOLDER / f"{name}.docx").read_bytes()
    return filled(word, text, audience="court", state=state)


def rows(made: Filled) -> list[tuple[str, str, int | None, int | None]]:
    """Return each pair of cells of the edition: both texts and the numbers before them."""
    word = WordFile.read(made.docx, "x")
    numbers = paragraph_numbers(word)
    found = []
    for row in word.tree(BODY).iter(f"{W}tr"):
        cells = [list(cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")]
        if [len(c) for c in cells] == [1, 1]:
            (ours,), (theirs,) = cells
            pair = text_of(ours), text_of(theirs), numbers.get(ours), numbers.get(theirs)
            found.append(pair)
    return found


def numbered(made: Filled) -> list[tuple[int, str]]:
    """Return every numbered paragraph of a paper in order."""
    word = WordFile.read(made.docx, "x")
    return [(n, text_of(p)) for p, n in paragraph_numbers(word).items()]


def test_korean_has_its_face_by_the_styles_alone() -> None:
    """This test ensures that an attorney changes the Korean face once, in Word's styles."""
    word = WordFile.read(paper(EDITION).docx, "x")

    styles = word.parts["word/styles.xml"].decode()

    assert styles.count('w:eastAsia="Batang"') == 1
    assert not list(word.tree(BODY).iter(f"{W}rFonts"))


@every_case
def test_both_columns_have_the_same_numbers(case: str) -> None:
    """This test ensures that a paragraph is found in both languages under one number."""
    pairs = [(a, b) for _, _, a, b in rows(paper(EDITION, CASES[case])) if a]

    assert [a for a, _ in pairs] == [b for _, b in pairs] == list(range(1, len(pairs) + 1))
    assert pairs


@every_case
def test_the_english_column_is_the_declaration(case: str) -> None:
    """This test ensures that the edition swears to the very words of the English declaration."""
    ours = [(n, t) for t, _, n, _ in rows(paper(EDITION, CASES[case])) if n]

    assert ours == numbered(paper(ENGLISH, CASES[case]))
    assert ours


def test_the_edition_follows_every_line_of_the_declarations_source() -> None:
    """This test ensures that a change of the English source is made in the edition, too."""
    english = (FOLDER / f"{ENGLISH}.txt").read_text("utf-8")
    edition = (FOLDER / f"{EDITION}.txt").read_text("utf-8")
    start, end = "{%p for person in respondents if not person.lead", "{%p if signing.place_country"

    wanted = [
        re.sub(r"^\{%p ", "{%tr ", line.split("| ", 1)[-1])
        for line in english[english.index(start) : english.index(end)].splitlines()
        if line
    ]
    body = edition[edition.index(start.replace("%p", "%tr")) :]
    body = body[: body.index("[end]")]
    columns = re.sub(r"\[cell\]\n.*\n", "", body).replace("[row]\n", "").splitlines()

    assert [line.split("| ", 1)[-1] for line in columns if line] == wanted


def test_every_text_of_a_whole_case_is_in_korean() -> None:
    """This test ensures that nothing is open where a person wrote all of it."""
    made = paper(EDITION, state=State.FOR_SIGNATURE)

    assert made.open == {}
    left = [k for _, k, n, _ in rows(made) if n and re.search("[A-Za-z]{4,}", k)]
    assert all("KIM Sol" in text for text in left)


@pytest.mark.parametrize(
    ("korean", "number"),
    [
        ("나는 2009년 3월경에 조선을 떠났습니다.", 1),
        (
            "2006년 겨울에 회령에서 있은 일입니다. 내 계산으로 그때 나는 16살이였습니다. 두 남자가",
            1,
        ),
        ("날자는 기억나지 않지만 있은 일입니다. 어디에서 있었는지는 모릅니다. 나는 팔렸습니다.", 1),
        ("그들은 군인이였습니다. 누가 또 보았는지는 기억나지 않습니다.", 1),
        ("우리 집안의 성분이 어떠하였는지는 모릅니다.", 1),
        ("내가 알기로 값은 8,000원(중국돈)이였습니다.", 1),
        ("나는 석달동안 군대에 물을 날랐습니다.", 1),
    ],
)
def test_honest_answers_are_worded_in_korean(korean: str, number: int) -> None:
    """This test ensures that dates, gaps of memory and sums read as a person says them."""
    texts = [k for _, k, _, _ in rows(paper(EDITION))]

    assert sum(korean in text for text in texts) == number


def test_headings_jurat_and_certificate_stand_in_both_languages() -> None:
    """This test ensures that who reads only Korean can read what is signed, and by whom."""
    pairs = [(e, k) for e, k, n, _ in rows(paper(EDITION)) if not n]

    told = {e[:25]: k for e, k in pairs}

    assert told["My life in North Korea"] == "조선에서 살던 때"
    assert told["North Korea"] == "북조선"
    assert "위증죄" in told["I declare under penalty o"]
    assert "조은실" in next(k for e, k in told.items() if e.startswith("I, Cho Eun-sil"))
    assert all(re.search("[가-힣_]", k) for k in told.values())


@pytest.mark.parametrize("state", list(State))
def test_unreviewed_korean_says_so_in_drafts_only(state: State) -> None:
    """This test ensures that a draft warns, and that no remark goes to the court."""
    texts = said(paper(EDITION, state=state).docx)

    assert any("not yet reviewed" in t for t in texts) == (state is State.DRAFT)
    assert sum("English text is the one that is signed, and it controls" in t for t in texts) == 1


def test_what_the_edition_lacks_is_what_the_check_names() -> None:
    """This test ensures that rule and paper agree on which Korean is missing."""
    desk = with_sets(open_desk(DEMO), ["signing.bilingual=yes"])
    document = desk.catalogue.documents["asylum-declaration"]

    made = papers.make(desk, document, document.file(f"{EDITION}.docx"), Circumstances())

    blanks = {f.subject for f in made.findings if f.code == "A004"}
    found = next(f for f in facts.check(desk, ["asylum-declaration"]) if f.code == "L425")
    assert blanks == {f"_ko.{path}" for path in found.facts.split()}
    assert len(blanks) > 100


def test_the_edition_exists_only_where_it_is_asked_for() -> None:
    """This test ensures that no case gets an empty column unasked."""
    plain, asked = open_desk(DEMO), with_sets(open_desk(DEMO), ["signing.bilingual=yes"])
    document = [plain.catalogue.documents["asylum-declaration"]]

    names = [[f.file for _, f in papers.papers(desk, document)] for desk in (plain, asked)]

    assert names[0] == ["asylum-declaration.docx"]
    assert set(names[1]) == {f"{n}.docx" for n in (ENGLISH, EDITION, CERTIFICATE)}


def test_a_certificate_is_made_for_each_direction_that_was_translated() -> None:
    """This test ensures that nobody certifies a translation that was not made."""
    one = said(paper(CERTIFICATE).docx)
    both = said(paper(CERTIFICATE, CASE.replace("into_korean", "into_english")).docx)

    assert [t for t in one if t.startswith("Certificate of")] == [
        "Certificate of translation from English into Korean"
    ]
    assert sum(t.startswith("Certificate of") for t in both) == 2


def test_a_certificate_of_translation_has_what_the_rules_ask() -> None:
    """This test ensures that competence, accuracy, address, telephone and paper are named."""
    text = "\n".join(said(paper(CERTIFICATE).docx))

    for words in (
        "I, Cho Eun-sil, am competent to translate from English into Korean",
        "I grew up with both.",
        "belongs to the declaration of KIM Sol, dated ____",
        "pages, paragraphs 1 to ______",
        "true and accurate translation of its English text, to the best of my abilities",
        "Address: 5 Quarry Lane, Fairmont, NY 00010",
        "Telephone: 000-555-0134",
        "Date: ____",
    ):
        assert words in text


def test_the_declaration_prints_bar_facts_only_as_counsel_worded_them() -> None:
    """This test ensures that the answers about bars themselves reach no sworn text."""
    texts = "\n".join(said(paper(ENGLISH).docx))
    without = "\n".join(said(paper(ENGLISH, CASE.replace("print: I carried", "prent: I c")).docx))

    assert "I carried water for the army for three months." in texts
    assert "SECRET" not in texts
    assert "What else I wish to say" not in without


COUNTRIES = ("{country: KP}", "{country: CN}", "{country: KR}", "{country: US}", "{country: LA}",
             "near the river", "does not know")  # fmt: skip


def test_every_event_is_printed_once() -> None:
    """This test ensures that no event falls between the parts, wherever and to whomever it was."""
    kinds = [*product(COUNTRIES, ("me", "family", "others", ""))]
    items = [
        f"- {{id: e{n}, when: 2006, where: {where}, whom: {whom}, told: Zebra {n} ran.}}\n"
        for n, (where, whom) in enumerate(kinds)
    ]

    whole = " ".join(t for _, t in numbered(paper(ENGLISH, f"events:\n{''.join(items)}")))

    assert [n for n in range(len(kinds)) if whole.count(f"Zebra {n} ran.") != 1] == []


@pytest.mark.parametrize(
    ("event", "begins"),
    [
        ("when: winter 2006, where: {country: KP}, told: Two men came.",
         "In the winter of 2006, in North Korea, two men came."),
        ("when: 2006-03-05, where: at the river, told: I ran.",
         "On March 5, 2006, at the river, I ran."),
        ("when: about March 2006, where: {country: KP}, age: 16, told: Police came.",
         "This happened in or about March 2006, in North Korea, when by my own count I was"),
        ("when: does not know, where: does not remember, told: They beat me.",
         "On a date I do not know, at a place I do not remember, they beat me."),
        ("when: 'was told by my aunt: 2006', where: {country: KP}, told: He died.",
         "In 2006, as my aunt told me, in North Korea, he died."),
        ("when: 2006, where: {country: KP}, told: '“Stand up,” he said.'",
         "This happened in 2006, in North Korea. “Stand up,” he said."),
        ("when: 2006, where: {country: KP}, told: In May they came.",
         "This happened in 2006, in North Korea. In May they came."),
    ],
)  # fmt: skip
def test_an_event_opens_as_a_person_tells_it(event: str, begins: str) -> None:
    """This test ensures that date and place run into the client's own first sentence."""
    texts = [t for _, t in numbered(paper(ENGLISH, f"events: [{{id: a, {event}}}]\n"))]

    assert sum(t.startswith(begins) for t in texts) == 1, [t for t in texts if "," in t]


def test_the_source_says_each_question_once() -> None:
    """This test ensures that events are worded in one place of the source."""
    source = (FOLDER / f"{ENGLISH}.txt").read_text("utf-8")

    assert source.count("event.injuries.paragraphs") == 1
    assert Path(FOLDER / f"{ENGLISH}.docx").is_file()
