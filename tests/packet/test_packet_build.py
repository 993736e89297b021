"""The demo's three filings, final: what is printed, linked and numbered says one thing."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from nkdocs._resources import shipped
from nkdocs.case import sha256
from nkdocs.diagnostics import State
from nkdocs.errors import (
    AnswersError,
    ChecksFailedError,
    ExhibitError,
    FileBusyError,
    MissingProgramError,
    UsageError,
)
from nkdocs.packet.build import Built
from nkdocs.packet.filings import wanted
from tests.packet.demo import (
    DRAFT,
    FINAL,
    built,
    changed,
    copied,
    desk,
    jumps,
    needs_office,
    pages_text,
)

FILINGS = ("pd", "review", "evidence")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo case."""
    return copied(tmp_path_factory.mktemp("final"))


@pytest.fixture(scope="module")
def filings(case: Path) -> dict[str, Built]:
    """Return the three filings, final and written."""
    return {name: built(case, name, FINAL) for name in FILINGS}


def files(case: Path, *names: str) -> Iterator[tuple[str, bytes]]:
    """Yield the finished PDFs of the filings *names*."""
    for name in names:
        for file in sorted((case / "out" / name).glob("*.pdf")):
            yield f"{name}/{file.name}", file.read_bytes()


@needs_office
def test_table_says_which_exhibit_is_cited_where(case: Path, filings: dict[str, Built]) -> None:
    """By document and paragraph, uncited exhibits too; it stays in the office."""
    made = filings["pd"]
    table = (case / "out/pd/cited.txt").read_text(encoding="utf-8")

    assert len(made.cited) >= made.linked - 2  # a footnote is no paragraph
    assert {c.exhibit for c in made.cited} <= {e.id for e in made.pages.entries}
    assert table.count("Tab ") >= len(made.pages.entries)
    assert f"pd-request.docx paragraph {made.cited[0].place}: {made.cited[0].text}" in table
    assert "evidence/cited.txt" not in filings["evidence"].files


@needs_office
@pytest.mark.usefixtures("filings")
class TestFinal:
    """The three filings as an attorney would send them."""

    def test_every_cite_of_a_letter_leads_to_the_page_it_prints(self, case: Path) -> None:
        """The page it lands on bears the printed number at its foot, and the tab."""
        seen = 0
        for name in ("pd", "review"):
            packet = (case / "out" / name / "packet.pdf").read_bytes()
            for jump in jumps(packet):
                cite = re.search(r"Tab ([A-Z])(?: at (\d+))?", jump.text)
                if cite is None or "\n" in jump.text:
                    continue
                seen += 1
                assert re.search(rf"\bTab {cite[1]}\b", jump.foot)
                if cite[2]:
                    assert jump.label == cite[2]
                    assert re.search(rf"\b{cite[2]}\b", jump.foot)
        assert seen >= 15

    def test_every_cite_of_a_letter_is_a_link(self, case: Path, filings: dict[str, Built]) -> None:
        """As many links as cites are printed; none was left without."""
        for name in ("pd", "review"):
            packet = (case / "out" / name / "packet.pdf").read_bytes()
            lead = len(pages_text(packet)) - filings[name].pages.total
            text = "\n".join(pages_text(packet)[:lead])
            printed = len(re.findall(r"Tab[\s\u00a0]+[A-Z]\b", text))
            rows = len(re.findall(r"(?m)^[A-Z][\s\u00a0]+\w", text.split("ATTACHMENTS")[-1]))

            assert printed == filings[name].linked
            assert rows >= len(filings[name].pages.entries) or "ATTACHMENTS" not in text.upper()

    def test_every_row_of_an_index_leads_to_its_page(self, case: Path) -> None:
        """First number of the row = stamp = label = physical page."""
        for name, data in files(case, *FILINGS):
            if not name.endswith("exhibits.pdf"):
                continue
            rows = [j for j in jumps(data) if j.page == 1]
            assert len(rows) >= 4
            for row in rows:
                line = row.text.splitlines()[0]
                number = int(re.findall(r"\d+", line)[-2 if re.search(r"\d\u2013\d", line) else -1])
                assert row.to + 1 == number
                assert row.label == str(number)
                assert re.search(rf"\b{number}\b", row.foot)

    def test_no_final_page_says_draft(self, case: Path) -> None:
        """No mark, no blank, no tear-off page; the demo is complete."""
        for _, data in files(case, *FILINGS):
            text = "\n".join(pages_text(data))
            assert "DRAFT" not in text
            assert "tear it off" not in text
            assert "Tab ?" not in text

    def test_pages_are_labelled_as_they_are_numbered(self, case: Path) -> None:
        """The letter has i, ii, …; the bundle its printed numbers from 1."""
        for name, data in files(case, "pd"):
            with pikepdf.open(io.BytesIO(data)) as pdf:
                labels = [str(p.label) for p in pdf.pages]
            first = labels.index("1")
            assert labels[first:] == [str(n) for n in range(1, len(labels) - first + 1)]
            assert labels[:first] == ["i", "ii", "iii", "iv", "v", "vi"][:first]
            assert bool(first) == name.endswith("packet.pdf")

    def test_the_packet_holds_the_bundle_unchanged(self, case: Path) -> None:
        """What the letter cites is what the exhibits file has under that number."""
        packet = pages_text((case / "out/pd/packet.pdf").read_bytes())
        bundle = pages_text((case / "out/pd/exhibits.pdf").read_bytes())

        assert packet[-len(bundle):] == bundle

    def test_privileged_words_reach_no_filing(self, case: Path) -> None:
        """Neither the undisclosed negative nor the weakness counsel sees in the case."""
        for _, data in files(case, *FILINGS):
            text = " ".join("\n".join(pages_text(data)).split())
            for secret in ("worked for cash", "weakest on the year", "No place of birth, no"):
                assert secret not in text
            assert "seo yun hui" in text.lower()

    def test_what_was_built_is_known(self, case: Path) -> None:
        """The manifest knows every file by its content."""
        known = {r["path"]: r["sha256"] for r in desk(case).case.manifest()}

        for file in (p for p in (case / "out").rglob("*") if p.suffix in {".pdf", ".docx"}):
            assert known[file.relative_to(case / "out").as_posix()] == sha256(file.read_bytes())


def test_without_libreoffice_a_draft_is_built_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The embedded engine draws it; every page is marked; a final is refused (exit 3)."""
    monkeypatch.setenv("NKDOCS_SOFFICE", "")
    case = copied(tmp_path)

    made = built(case, "review", DRAFT)

    pages = pages_text((case / "out/review/packet.pdf").read_bytes())
    assert all("DRAFT" in page for page in pages[: -made.pages.total])
    assert made.linked >= 8
    assert set(made.makers.values()) != {"LibreOffice"}
    with pytest.raises(MissingProgramError):
        built(case, "review", FINAL)


@pytest.mark.parametrize("state", [DRAFT, FINAL])
def test_an_internal_exhibit_stops_the_filing_in_every_state(tmp_path: Path, state: State) -> None:
    """Nothing can accept it: not an entry of the case, not an office's own weight of findings."""
    case = copied(tmp_path)
    findings = (shipped("templates") / "shared/findings.yaml").read_text("utf-8")
    (case / "templates/shared").mkdir(parents=True)
    own = findings.replace("L612: {severity: ERROR, counts: draft, kind: block",
                           "L612: {severity: WARN, counts: final, kind: ack")  # fmt: skip
    assert own != findings
    (case / "templates/shared/findings.yaml").write_text(own, encoding="utf-8")
    changed(case, "  relevance: Shows that no arrest is recorded.\n  audience: [court, opla]",
            "  relevance: Shows that no arrest is recorded.\n  audience: [internal]")  # fmt: skip
    file = case / "answers.yaml"
    accepted = "_accepted: [{code: L612, at: pd.record-check, reason: x, by: y, on: 2026-11-01}]\n"
    file.write_text(file.read_text("utf-8") + accepted, encoding="utf-8")

    with pytest.raises(ChecksFailedError) as caught:
        built(case, "pd", state)

    assert [f.code for f in caught.value.faults] == ["L612"]  # type: ignore[attr-defined]
    assert not (case / "out").exists()


def test_an_unreadable_exhibit_stops_a_bundle_by_name(tmp_path: Path) -> None:
    """Every file that cannot be used is named in one run, and nothing is written."""
    case = copied(tmp_path)
    (case / "exhibits/record-check.pdf").write_bytes(b"not a PDF")
    (case / "exhibits/country-report.pdf").unlink()

    with pytest.raises(ExhibitError) as caught:
        built(case, "pd", DRAFT)

    told = " ".join(map(str, caught.value.faults))
    assert "record-check.pdf" in told
    assert "country-report.pdf" in told
    assert not (case / "out").exists()


def test_a_packet_that_someone_changed_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is replaced only with --force, and a backup is kept."""
    monkeypatch.setenv("NKDOCS_SOFFICE", "")
    case = copied(tmp_path)
    built(case, "review", DRAFT)
    packet = case / "out/review/packet.pdf"
    packet.write_bytes(b"%PDF hers")

    with pytest.raises(FileBusyError, match="in the way"):
        built(case, "review", DRAFT)
    kept = packet.read_bytes()
    built(case, "review", DRAFT, force=True)

    assert kept == b"%PDF hers"
    assert (case / "out/review/packet.edited-1.pdf").read_bytes() == b"%PDF hers"


def test_an_unknown_filing_is_named_with_the_nearest(tmp_path: Path) -> None:
    """And the known ones are listed."""
    case = copied(tmp_path)

    with pytest.raises(UsageError, match="did you mean 'evidence'"):
        wanted(desk(case), ["evidenc"])


def test_a_final_with_an_open_required_answer_is_refused_by_name(tmp_path: Path) -> None:
    """Exit 4, the path and its line in the file."""
    case = copied(tmp_path)
    changed(case, '    author: "D. Pruett, Assistant Chief Counsel"\n', "")

    with pytest.raises(AnswersError) as caught:
        built(case, "review", FINAL)

    told = [f for f in caught.value.faults if f.code == "A004"]  # type: ignore[attr-defined]
    assert [f.subject for f in told] == ["sr.decision.author"]  # type: ignore[attr-defined]
    assert "answers.yaml:" in str(told[0])
