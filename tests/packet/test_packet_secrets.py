"""What is for one reader only reaches no other: in no state, accepted or not, by no name."""

import json
import shutil
from pathlib import Path

import pytest

from tests.packet.papers import contents, demo, edit, listed, nkdocs, save_from_word, texts

STATES = ["draft", "final"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo case with its request filled, and the privileged memo as PDF, too."""
    case = demo(tmp_path_factory.mktemp("secrets") / "demo")
    said = nkdocs("fill", case, "pd-request")
    assert said.code == 0, said.err
    save_from_word(case, "consent-memo")
    return case


@pytest.fixture
def case(filled: Path, tmp_path: Path) -> Path:
    """Return a copy of that case of the test's own."""
    return Path(shutil.copytree(filled, tmp_path / "demo"))


def add(case: Path, file: str) -> None:
    """List *file* as an exhibit that opposing counsel may see, and put it into their filing."""
    entry = f"- {{id: memo, title: A letter, file: {file}, audience: [opla]}}"
    edit(case, "\nfilings:\n", f"\n{entry}\nfilings:\n")
    listed(case, "pd", lambda ids: [*ids, "memo"])


@pytest.mark.parametrize("state", STATES)
def test_an_exhibit_for_the_court_alone_stops_a_filing_to_opposing_counsel(
    filled: Path, tmp_path: Path, state: str
) -> None:
    """Declaration and resident card are for the court: L612, and nothing is written."""
    case = Path(shutil.copytree(filled, tmp_path / "demo"))
    listed(case, "pd", lambda ids: [*ids, "declaration", "id-card"])
    before = contents(case)

    built = nkdocs("build", case, "pd", "--as", state)
    bound = nkdocs("bundle", case, "--filing", "pd", "--as", state)

    assert (built.code, bound.code) == (6, 6)
    assert built.err.count("L612") == bound.err.count("L612") == 2
    assert contents(case) == before


def test_no_acceptance_silences_it(case: Path) -> None:
    """An entry with the right fingerprint, a reason, a name and a day changes nothing."""
    listed(case, "pd", lambda ids: [*ids, "id-card"])
    found = json.loads(nkdocs("check", case, "--json").out)["findings"]
    told = next(f for f in found if f["code"] == "L612")
    entry = (
        f"- {{code: L612, at: {told['subject']}, facts: {told['fingerprint']}, "
        "reason: she agreed, by: MO, on: 2026-11-19}"
    )
    with (case / "answers.yaml").open("a", encoding="utf-8") as file:
        file.write(f"_accepted:\n{entry}\n")

    said = nkdocs("build", case, "pd")

    assert said.code == 6
    assert "L612" in said.err


def test_the_office_cannot_weigh_it_down(case: Path) -> None:
    """Its own findings.yaml may call it a note: the filing is stopped all the same."""
    shared = case / "templates/shared"
    shared.mkdir(parents=True)
    source = Path(__file__).resolve().parents[2] / "templates/shared/findings.yaml"
    text = source.read_text("utf-8")
    assert "L612: {severity: ERROR, counts: draft, kind: block" in text
    (shared / "findings.yaml").write_text(
        text.replace(
            "L612: {severity: ERROR, counts: draft, kind: block",
            "L612: {severity: INFO, counts: final, kind: note",
        ),
        "utf-8",
    )
    listed(case, "pd", lambda ids: [*ids, "declaration", "id-card"])

    said = nkdocs("build", case, "pd")

    assert said.code == 6
    assert "L612" in said.err


def test_a_sworn_statement_leads_no_filing_to_opposing_counsel(case: Path) -> None:
    """The lead document has an audience, too; its paper is printed all the same."""
    edit(case, "  lead: pd-request\n", "  lead: asylum-declaration\n")

    built = nkdocs("build", case, "pd")
    filled = nkdocs("fill", case, "asylum-declaration")

    assert built.code == 6
    assert "L612" in built.err
    assert filled.code == 0, filled.err
    assert (case / "out/asylum-declaration.docx").is_file()


@pytest.mark.parametrize("name", ["consent-memo.docx", "consent-memo.pdf"])
def test_a_copy_of_the_privileged_memo_is_known_by_its_first_page(case: Path, name: str) -> None:
    """Under another name, as Word or as PDF, listed for opposing counsel: L612."""
    shutil.copy(case / "out" / name, case / f"exhibits/letter{Path(name).suffix}")
    add(case, f"exhibits/letter{Path(name).suffix}")
    before = contents(case)
    command = ("build", case, "pd") if name.endswith("docx") else ("bundle", case, "--filing", "pd")

    said = nkdocs(*command, "--as", "draft")

    assert said.code == 6
    assert "L612" in said.err
    assert contents(case) == before


@pytest.mark.parametrize("by", ["path", "link"])
def test_results_are_never_exhibits(case: Path, by: str) -> None:
    """What stands in `out/` is not bound, be it named or linked: exit 8."""
    if by == "link":
        (case / "exhibits/letter.pdf").symlink_to("../out/consent-memo.pdf")
    add(case, "out/consent-memo.pdf" if by == "path" else "exhibits/letter.pdf")

    said = nkdocs("build", case, "pd")

    assert said.code == 8
    assert "X117" in said.err


def test_a_page_torn_off_a_draft_is_no_exhibit(case: Path) -> None:
    """A copy of the draft with its list of what is open goes to nobody."""
    shutil.copy(case / "out/pd-request.docx", case / "exhibits/letter.docx")
    add(case, "exhibits/letter.docx")

    said = nkdocs("build", case, "pd")

    assert said.code == 6
    assert "L612" in said.err


def test_what_is_kept_back_stands_in_no_packet(drafted_demo: Path) -> None:
    """The factor that is not disclosed, the memo's advice, the place of birth: in no filing."""
    for name in ("pd", "review", "evidence"):
        files = sorted((drafted_demo / f"out/{name}").glob("*.pdf"))
        said = " ".join(" ".join(texts(f.read_bytes())) for f in files)
        assert "worked for cash" not in said
        assert "Privileged and confidential" not in said
        assert "Read aloud" not in said
        if name != "evidence":
            assert "resident card" not in said
            assert "Musan" not in said
