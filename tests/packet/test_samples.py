"""The fictional cases that ship beside the demo: complete, sound, and finished without a fault.

Only the length of a letter needs LibreOffice; where else a PDF must be converted it is saved as
Word would.
"""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nkdocs import _yaml
from nkdocs.convert.office import Office, find_office
from nkdocs.documents.marks import numbered_texts
from nkdocs.documents.wordfile import WordFile
from nkdocs.packet.desk import open_desk
from nkdocs.packet.papers import papers
from tests import make_sample_exhibits as maker
from tests.demo_paper import NOTE
from tests.packet.demo import needs_office, pages_text
from tests.packet.papers import (
    contents,
    highlighted,
    lines_of,
    nkdocs,
    plain,
    read,
    save_from_word,
    texts,
    written,
)
from tests.packet.test_packet_half_answers import halved, unnamed, words

SAMPLES = Path(__file__).resolve().parents[2] / "answers" / "samples"
ORDINARY = Path(__file__).with_name("ordinary")
CASES = ("asylum-only", "late-filer", "ninth-circuit")
DOCUMENTS = ("asylum-declaration", "pd-request")
LED = {"late-filer": "prehearing-statement", "asylum-only": "prehearing-statement"}
"""The papers that lead the evidence of a case."""
NEWS = ("Usim", "Doherty", "2,375", "2375", "lieutenant", "sister", "compact disc", " CD ")
"""Words of the published stories, whose people no sample may resemble."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A copy of a case, filled for signature, with its PDFs saved as if from Word."""

    name: str
    case: Path

    def text(self, document: str) -> str:
        """Return what a document says, with plain spaces."""
        return plain(" ".join(lines_of((self.case / f"out/{document}.docx").read_bytes())))


@pytest.fixture(scope="module", params=CASES)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Return each sample in turn, its documents ready to be signed."""
    case: Path = tmp_path_factory.mktemp("sample") / request.param
    shutil.copytree(SAMPLES / request.param, case)
    for named in (DOCUMENTS, ()):  # the declaration's pages are counted before they are cited
        said = nkdocs("fill", case, *named, "--as", "for-signature")
        assert said.code == 0, said.err
        for word in words(case):
            save_from_word(case, word.removesuffix(".docx"))
    return Sample(request.param, case)


@pytest.fixture(scope="module", params=CASES)
def half(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return each sample with half of its answers, filled as a draft."""
    case: Path = tmp_path_factory.mktemp("half") / request.param
    shutil.copytree(SAMPLES / request.param, case)
    halved(case, 1)
    said = nkdocs("fill", case)
    assert said.code == 0, said.err
    return case


def found(case: Path) -> list[dict[str, Any]]:
    """Return all that `nkdocs check` finds, whatever state it counts from."""
    said = nkdocs("check", case, "--all", "--json")
    return list(json.loads(said.out)["findings"])


def answers_of(name: str) -> str:
    """Return the answers of a sample as text."""
    return (SAMPLES / name / "answers.yaml").read_text("utf-8")


def test_no_question_of_the_named_papers_is_open(sample: Sample) -> None:
    """The documents were filled for signature and hold no mark."""
    desk = open_desk(sample.case)
    every = {file.file for _, file in papers(desk, desk.documents())}

    assert set(words(sample.case)) == every > {f"{name}.docx" for name in DOCUMENTS}
    assert all(highlighted(word) == [] for word in words(sample.case).values())


def test_check_finds_no_error_and_little_else(sample: Sample) -> None:
    """At most ten lines, and nothing that would stop even a final."""
    told = found(sample.case)

    assert [f for f in told if f["severity"] == "ERROR"] == []
    assert len([f for f in told if f["severity"] == "WARN"]) <= 10


def test_correction_quotes_the_paragraph_it_names(sample: Sample) -> None:
    """The words stand in the declaration, under that number."""
    desk = open_desk(sample.case)
    word = WordFile.read((sample.case / "out/asylum-declaration.docx").read_bytes(), "declaration")
    signed = numbered_texts(word)

    changes = [c for one in desk.file.data.get("supplements", ()) for c in one["changes"]]

    assert all(c["was"] in signed[int(c["paragraph"])] for c in changes)


@needs_office
def test_letter_fills_five_pages_at_most(sample: Sample) -> None:
    """As LibreOffice sets it, with the signatures."""
    word = (sample.case / "out/pd-request.docx").read_bytes()
    office = Office(find_office() or Path())

    printed = office.convert({"pd-request.docx": word})["pd-request.docx"]

    assert 3 <= len(pages_text(printed.data)) <= 5


def test_request_is_built_final(sample: Sample) -> None:
    """Letter and exhibits are one verified packet."""
    said = nkdocs("build", sample.case, "pd", "--as", "final")
    book = read((sample.case / "out/pd/packet.pdf").read_bytes())

    assert said.code == 0, said.err
    assert "ERROR" not in said.out + said.err
    assert not any("DRAFT" in page for page in book.texts)


def test_signed_declaration_makes_the_evidence_final(sample: Sample, tmp_path: Path) -> None:
    """The scan becomes Tab A of a filing that nothing stops."""
    case = Path(shutil.copytree(sample.case, tmp_path / sample.name))
    printed = nkdocs("fill", case, "asylum-declaration", "--as", "for-signature", "--pdf")
    assert printed.code == 0, printed.err
    pages = len(texts((case / "out/asylum-declaration.pdf").read_bytes()))
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(written("A page signed in ink.", pages=pages))

    signed = nkdocs("sign", case, "asylum-declaration", "--scan", scan, "--on", "2026-11-20")
    if sample.name in LED:
        led = nkdocs("fill", case, LED[sample.name], "--as", "final")
        assert led.code == 0, led.err
        save_from_word(case, LED[sample.name])
    built = nkdocs("build", case, "evidence", "--as", "final")

    assert (signed.code, built.code) == (0, 0), signed.err + built.err
    bundle = texts((case / "out/evidence/exhibits.pdf").read_bytes())
    assert sum("signed in ink" in page for page in bundle) == pages


def test_sworn_text_names_no_law_and_no_tab(sample: Sample) -> None:
    """Before its exhibits are listed, which is not sworn."""
    sworn = sample.text("asylum-declaration").partition("Exhibits on the same matters")[0]

    assert not re.search(
        r"§|U\.S\.C|C\.F\.R|I&N|\bINA\b|\bTab [A-Z]\b|social group|persecut", sworn
    )


def test_letter_speaks_of_entry_as_the_pleadings_allow(sample: Sample) -> None:
    """Admitted: as a fact; admitted in part: as an allegation; asylum-only: not at all."""
    letter = sample.text("pd-request")

    told = {
        "ninth-circuit": "last entered the United States" in letter and "§ 302" in letter,
        "late-filer": "The Notice alleges that" in letter and "last entered" not in letter,
        "asylum-only": "No Notice to Appear has been issued" in letter and "Korea" not in letter,
    }
    assert told[sample.name]


def test_every_blank_of_half_the_answers_is_named(half: Path) -> None:
    """The tear-off page of each draft says what is open; only cites without a filing are not.

    The sheet of a supervisor has no such page: it lists twelve itself and counts the rest.
    """
    drafts = {name: word for name, word in words(half).items() if name != "sign-off.docx"}
    for name, word in drafts.items():
        assert highlighted(word), name
        assert [b for b in unnamed(word) if "Tab\u00a0?" not in b] == [], name


def test_drafts_of_half_the_answers_make_packets(half: Path) -> None:
    """A filing is never refused as a draft."""
    said = nkdocs("build", half)

    assert said.code == 0, said.err


@pytest.mark.parametrize("name", CASES)
def test_nobody_real_is_meant(name: str) -> None:
    """A-numbers, telephones and addresses are samples; no word is of a published story."""
    said = answers_of(name) + "".join(
        file.read_text("utf-8") for file in (maker.TEXTS / name).iterdir()
    )

    assert re.findall(r"A\d{3}-\d{3}-\d{3}", said)
    assert not re.findall(r"A(?!000-000-0\d\d)\d{3}-\d{3}-\d{3}", said)
    assert not re.findall(r"\b(?!000-)\d{3}-\d{3}-\d{4}\b", said)
    assert not re.findall(r"@[\w.-]+(?<!\.example\.org)\b(?=[\s|])", said)
    assert [word for word in NEWS if word in said] == []


@pytest.mark.parametrize("name", CASES)
def test_exhibits_are_those_the_answers_name_and_the_script_makes(name: str) -> None:
    """None lies there unnamed, and every page says what it is."""
    folder = SAMPLES / name / "exhibits"
    entries = _yaml.load(answers_of(name)).data["exhibits"]
    named = {e[k] for e in entries for k in ("file", "translation", "certificate") if e.get(k)}
    made = maker.exhibits(name)

    kept = contents(folder)

    assert named == {f"exhibits/{file}" for file in kept} == {f"exhibits/{file}" for file in made}
    for file in (f for f in kept if f.endswith(".pdf")):
        assert texts(kept[file]) == texts(made[file]), file
        assert all(NOTE in page for page in texts(kept[file])), file
    for file in (f for f in kept if f.endswith(".txt")):
        assert kept[file] == made[file], file
        assert NOTE in kept[file].decode(), file


def test_exhibits_of_all_samples_are_small() -> None:
    """They ship with the program."""
    sizes = [len(data) for name in CASES for data in contents(SAMPLES / name / "exhibits").values()]

    assert sum(sizes) < 1_000_000


def test_ordinary_case_shows_nothing_false(tmp_path: Path) -> None:
    """Written from the questions alone: at draft only what its signing will bring is found."""
    case = Path(shutil.copytree(ORDINARY, tmp_path / "ordinary"))
    (case / "exhibits").mkdir()
    for entry in _yaml.load((case / "answers.yaml").read_text("utf-8")).data["exhibits"]:
        if "file" in entry:
            (case / entry["file"]).write_bytes(written(entry["title"]))

    told = found(case)

    shown = [f for f in told if f["severity"] != "INFO"]
    assert sorted(f["code"] for f in shown) == [
        "L210", "L401", "L414", "L422", "L703",
    ]  # fmt: skip
