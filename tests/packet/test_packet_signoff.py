"""The sheet that a supervisor signs, and the record without which nothing is final."""

import json
import re
import shutil
from pathlib import Path

import pytest

from nkdocs.packet import signoff
from nkdocs.packet.desk import open_desk
from nkdocs.packet.standing import standing
from tests.packet.demo import edited
from tests.packet.papers import demo, edit, lines_of, nkdocs, save_from_word

NINTH = Path(__file__).resolve().parents[2] / "answers/samples/ninth-circuit"


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo case, drafted by a student, with its sheet filled."""
    case = demo(tmp_path_factory.mktemp("signoff") / "demo")
    office = case / "office.yaml"
    text = office.read_text("utf-8").replace("role: attorney", "role: law_student")
    supervisor = "  supervisor: {name: Ruth Adler, eoir_id: ZZ000022}\n"
    office.write_text(re.sub(r"(?m)^  bar_number.*\n  bar_state.*\n", supervisor, text), "utf-8")
    with (case / "answers.yaml").open("a", encoding="utf-8") as file:
        file.write("_accepted:\n- {code: L214, at: pd.equities, reason: two are enough here, "
                   "by: RA, on: 2026-11-19, facts: '00000000'}\n")  # fmt: skip
    said = nkdocs("fill", case, "sign-off")
    assert said.code == 0, said.err
    return case


@pytest.fixture
def case(drafted: Path, tmp_path: Path) -> Path:
    """Return a copy of that case of the test's own."""
    return Path(shutil.copytree(drafted, tmp_path / "demo"))


def sheet(case: Path) -> str:
    """Return what the sheet says."""
    return "\n".join(lines_of((case / "out/sign-off.docx").read_bytes()))


def reviewed(case: Path, code: str) -> None:
    """Record a review of the sheet with *code*."""
    with (case / "answers.yaml").open("a", encoding="utf-8") as file:
        file.write(f"review: {{by: Ruth Adler, on: 2026-11-20, sha256: {code}}}\n")


def told(case: Path) -> list[str]:
    """Return what L011 says of the case."""
    found = json.loads(nkdocs("check", case, "--json").out)["findings"]
    return [f["message"] for f in found if f["code"] == "L011"]


def test_a_students_case_needs_the_sheet_unasked(drafted: Path) -> None:
    """It is among the papers of a case that names none."""
    assert "sign-off" in {d.id for d in open_desk(drafted).documents()}


def test_the_sheet_tells_findings_acknowledgements_and_its_code(drafted: Path) -> None:
    """Code and place of each finding, the reason of each acknowledgement, who supervises."""
    said = sheet(drafted)

    assert "L210" in said
    assert re.search(r"answers\.yaml:\d+", said)
    assert "L214 at pd.equities: two are enough here (RA, 2026-11-19)" in said
    assert "Ruth Adler" in said
    assert standing(open_desk(drafted)) in said
    assert "L011" not in said


def test_the_sheet_names_a_companion_that_leaves_the_office() -> None:
    """The answers to the form stay; the list of corrections goes to the court."""
    named = signoff.sheet(open_desk(NINTH))["sheet"]

    assert "; Corrections to Form I-589; " in named.lookup("papers")  # type: ignore[attr-defined]
    assert "Answer sheet" not in named.lookup("papers")  # type: ignore[attr-defined]


def test_the_sheet_lists_open_questions(case: Path) -> None:
    """By path and question, as the draft's first page does."""
    edit(case, "  respond_by: 2026-12-18\n  theory", "  theory")
    assert nkdocs("fill", case, "sign-off").code == 0

    assert "pd.respond_by is open" in sheet(case)


def test_a_review_lets_the_final_pass_until_an_answer_changes(case: Path) -> None:
    """Without it L011; with it none; after a change L011 again, and the sheet says what changed."""
    assert "no review" in told(case)[0]
    reviewed(case, standing(open_desk(case))[:8])
    assert told(case) == []

    edit(case, "  respond_by: 2026-12-18\n  theory", "  respond_by: 2026-12-17\n  theory")

    assert "have changed since" in told(case)[0]
    assert nkdocs("fill", case, "sign-off").code == 0
    assert "pd.respond_by: changed" in sheet(case)


def test_what_arises_afterwards_changes_no_code(case: Path) -> None:
    """Recording review, consent, read-back or signature does not ask for another review."""
    before = standing(open_desk(case))
    text = (case / "answers.yaml").read_text("utf-8")
    for key in ("consent", "readback", "signing"):
        text, count = re.subn(rf"(?m)^{key}:(?:.*\n)(?:  .*\n)*", "", text)
        assert count == 1, key
    (case / "answers.yaml").write_text(text, "utf-8")
    reviewed(case, before)

    assert standing(open_desk(case)) == before


def test_lack_of_a_review_is_accepted_until_something_changes(case: Path) -> None:
    """Writing the acceptance down is no such change; an answer is."""
    found = json.loads(nkdocs("check", case, "--json").out)["findings"]
    mark = next(f["fingerprint"] for f in found if f["code"] == "L011")
    entry = f"code: L011, at: review, reason: none yet, by: RA, on: 2026-11-20, facts: '{mark}'"
    edit(case, "_accepted:\n", f"_accepted:\n- {{{entry}}}\n")
    quiet = told(case)

    edit(case, "  respond_by: 2026-12-18\n  theory", "  respond_by: 2026-12-17\n  theory")

    assert quiet == []
    assert "accepted before" in told(case)[0]


def test_an_edit_in_word_after_the_review_is_seen(case: Path) -> None:
    """The words of an edited letter belong to what was reviewed."""
    assert nkdocs("fill", case, "pd-request").code == 0
    reviewed(case, standing(open_desk(case)))
    assert told(case) == []

    edited(case / "out/pd-request.docx", "respectfully", "kindly")

    assert "have changed since" in told(case)[0]


def test_an_attorneys_case_has_no_sheet(tmp_path: Path) -> None:
    """Unless it is asked for."""
    case = demo(tmp_path / "demo")

    assert "sign-off" not in {d.id for d in open_desk(case).documents()}
    assert told(case) == []


def test_a_copy_of_the_sheet_reaches_no_filing(case: Path) -> None:
    """Its first page says that it is the supervisor's: L612."""
    save_from_word(case, "sign-off")
    shutil.copy(case / "out/sign-off.pdf", case / "exhibits/letter.pdf")
    entry = "- {id: memo, title: A letter, file: exhibits/letter.pdf, audience: [opla]}"
    edit(case, "\nfilings:\n", f"\n{entry}\nfilings:\n")
    edit(case, "exhibits: [clinic-letter, support", "exhibits: [memo, clinic-letter, support")

    said = nkdocs("bundle", case, "--filing", "pd")

    assert said.code == 6
    assert "L612" in said.err
