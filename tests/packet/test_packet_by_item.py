"""Papers of which each item of a list has its own: witnesses, supplemental declarations."""

from pathlib import Path

import pytest

from nkdocs.diagnostics import State
from nkdocs.errors import NkdocsError, UsageError
from nkdocs.packet import fill as filling
from nkdocs.packet.desk import Desk
from tests.packet.demo import changed, copied, desk
from tests.packet.papers import lines_of

WITNESSES = """
witnesses:
- id: cousin
  person: cho
  pronoun: he
  relation: a cousin of her mother.
  knows: I come from the same county.
  told: I spoke twice by telephone with her mother.
  understands_english: no
  language: Korean
  place_country: KR
- id: neighbor
  person: halloran
  relation: a neighbor
  knows: I have lived next door since 2022.
  told: PROOF
  understands_english: yes
  place_country: US
supplements:
- id: first
  kind: corrected
  first_signed_on: 2026-10-02
  changes: [{id: a, paragraph: 12, was: I was held for eleven days., correct: I was held for nine days., why: does not remember}]
  place_country: US
"""  # noqa: E501 - YAML
COUSIN, NEIGHBOR = "witness-declaration-cousin.docx", "witness-declaration-neighbor.docx"


def told(folder: Path, proof: str = "", papers: str = "witness-declaration") -> Desk:
    """Return the demo case with two witnesses; the second tells *proof*."""
    case = copied(folder)
    changed(case, "matter_id: demo}", f"matter_id: demo, papers: [{papers}]}}")
    file = case / "answers.yaml"
    text = file.read_text("utf-8") + WITNESSES.replace("PROOF", proof or "''")
    file.write_text(text, encoding="utf-8")
    return desk(case)


def test_each_witness_has_a_paper_of_their_own(tmp_path: Path) -> None:
    """One person's statement stands in nobody else's."""
    made = filling.fill(told(tmp_path, "I heard her weep."), [], State.DRAFT)

    said = {name: "\n".join(lines_of(data)) for name, data in made.files.items()}
    assert set(said) == {COUSIN, NEIGHBOR}
    assert "I am a cousin of her mother. What" in said[COUSIN]
    assert "weep" in said[NEIGHBOR]
    assert "weep" not in said[COUSIN]


def test_the_jurat_follows_the_place_of_signing(tmp_path: Path) -> None:
    """Abroad 28 U.S.C. 1746(1) wants the words about the laws of the United States."""
    made = filling.fill(told(tmp_path, "I heard her weep."), [], State.FOR_SIGNATURE)

    abroad, here = ("\n".join(lines_of(made.files[name])) for name in (COUSIN, NEIGHBOR))
    assert "under the laws of the United States of America" in abroad
    assert "under the laws" not in here
    assert "a language that he understands" in abroad
    assert "Certificate of interpretation" not in here


def test_what_one_witness_leaves_open_stops_that_paper_alone(tmp_path: Path) -> None:
    """The other can be signed."""
    case = told(tmp_path)

    ready = filling.fill(case, ["witness-declaration-cousin"], State.FOR_SIGNATURE)

    assert list(ready.files) == [COUSIN]
    with pytest.raises(NkdocsError) as stopped:
        filling.fill(case, ["witness-declaration-neighbor"], State.FOR_SIGNATURE)
    assert [f.subject for f in stopped.value.faults if hasattr(f, "subject")] == [
        "witnesses.neighbor.told"
    ]


def test_the_name_of_the_document_means_all_of_its_papers(tmp_path: Path) -> None:
    """And a witness that there is not is refused with what is known."""
    case = told(tmp_path)

    assert [d.id for d in case.documents(["witness-declaration"])] == [
        "witness-declaration-cousin",
        "witness-declaration-neighbor",
    ]
    with pytest.raises(UsageError, match="did you mean 'witness-declaration-cousin'"):
        case.documents(["witness-declaration-cousn"])


def test_without_witnesses_there_is_a_draft_to_be_told(tmp_path: Path) -> None:
    """A draft is never refused; its blanks name the list."""
    case = copied(tmp_path)
    changed(case, "matter_id: demo}", "matter_id: demo, papers: [witness-declaration]}")

    made = filling.fill(desk(case), [], State.DRAFT)

    assert list(made.files) == ["witness-declaration.docx"]
    assert made.outcomes[0].open > 0


def test_a_correction_quotes_the_paragraph_it_corrects(tmp_path: Path) -> None:
    """And says honestly that the cause is not remembered."""
    case = told(tmp_path, papers="supplemental-declaration")

    made = filling.fill(case, [], State.FOR_SIGNATURE)

    said = "\n".join(lines_of(made.files["supplemental-declaration-first.docx"]))
    assert "Corrected declaration" in said
    assert "In paragraph 12 it says: “I was held for eleven days.” That is not right." in said
    assert "I do not remember how the mistake came about." in said


def test_a_correction_of_a_few_words_reads_as_one_sentence(tmp_path: Path) -> None:
    """Words that are no sentence get no period of ours inside their quotation marks."""
    case = told(tmp_path, papers="supplemental-declaration")
    changed(case.case.folder, "was: I was held for eleven days.,", "was: '“eleven days”',")

    made = filling.fill(desk(case.case.folder), [], State.FOR_SIGNATURE)

    said = "\n".join(lines_of(made.files["supplemental-declaration-first.docx"]))
    assert "In paragraph 12 it says “eleven days”; that is not right." in said
    assert "On October 2, 2026, I signed" in said
