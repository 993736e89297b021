"""What the attorney accepts stays in the case: it is privileged (PRACTICE, section 15)."""

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from nkdocs.diagnostics import Finding
from nkdocs.packet import facts
from tests.packet.demo import desk
from tests.packet.papers import contents, demo, nkdocs

REASON = "CANARYREASON of counsel"


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the demo case."""
    monkeypatch.setenv("NKDOCS_SOFFICE", "")
    return demo(tmp_path / "demo")


def late(case: Path) -> list[Finding]:
    """Return what is found of the day on which review is asked."""
    return [f for f in facts.check(desk(case), ["supervisory-review"]) if f.code == "L109"]


def accept(case: Path, finding: Finding) -> None:
    """Accept one finding, as `nkdocs check --json` tells what to write."""
    with (case / "answers.yaml").open("a", encoding="utf-8") as file:
        file.write(
            f"_accepted:\n- {{code: {finding.code}, at: {finding.subject}, "
            f"facts: {finding.fingerprint}, reason: {REASON}, by: CANARYNAME, on: 2026-11-20}}\n"
        )


def words(data: bytes, name: str) -> str:
    """Return everything a result says, packed or not."""
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "".join(parts.read(n).decode("utf-8", "replace") for n in parts.namelist())
    if name.endswith(".pdf"):
        document = pypdfium2.PdfDocument(data)
        try:
            text = "".join(p.get_textpage().get_text_bounded() for p in document)
            return text + str(document.get_metadata_dict())
        finally:
            document.close()
    return data.decode("utf-8", "replace")


def test_accepted_finding_is_gone_until_its_facts_change(case: Path) -> None:
    """Another day of refusal is another finding."""
    accept(case, late(case)[0])
    quiet = late(case)
    file = case / "answers.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("    date: 2023-03-16", "    date: 2023-03-17"), "utf-8")

    again = late(case)

    assert not quiet
    assert "accepted before" in again[0].message
    assert REASON not in again[0].message


def test_acceptance_never_leaves_the_case(case: Path) -> None:
    """Not in a document, a packet, a bundle, a PDF or the manifest, nor in what is told."""
    accept(case, late(case)[0])

    said = [nkdocs(*words_) for words_ in (("fill", case), ("build", case, "review"),
                                          ("check", case, "--all", "--json"))]  # fmt: skip

    results = {name: words(data, name) for name, data in contents(case / "out").items()}
    assert {Path(name).suffix for name in results} >= {".docx", ".pdf", ".jsonl", ".eml", ".txt"}
    assert not [name for name, text in results.items() if "CANARY" in text]
    assert not [s for s in said if "CANARY" in s.out + s.err]
