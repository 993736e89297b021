"""A confidential copy: nobody is found in it, and one hit leaves nothing of it."""

import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from nkdocs._resources import shipped
from nkdocs.answers.moved import moved
from nkdocs.packet.redact import NOTE
from tests.packet.papers import nkdocs, written

SAMPLES = Path(__file__).resolve().parents[2] / "answers" / "samples"
CANARIES = ("Quiverton", "Zolbrook", "퀴버", "Marlowin", "000-555-0177",
            "000-000-021", "March 5, 2006", "April 7, 1986")
ANSWERS = """\
answers: 1
meta: {as_of: 2026-11-20, papers: [pd-request]}
office: {name: Zolbrook Clinic, address: "9 Zolbrook Street, Fairmont, NY 00010", phone: 000-555-0177}
counsel: {name: Ann Zolbrook, role: attorney, eoir_id: ZZ000077, phone: 000-555-0177}
case: {proceeding: removal_240, court: eoir-new-york-federal-plaza, judge: P. Zolbrook, nta_date: 2021-10-05}
respondents:
- id: quiverton
  lead: yes
  name: {legal: QUIVERTON So Ra, native: 퀴버소라}
  a_number: A000-000-021
  pronoun: she
  born: 1986-04-07
  birth_place: {place: "Marlowin County, North Hamgyong Province", country: KP}
people:
- {id: helper, name: Dora Zolbrook, role: supporter, phone: 000-555-0177}
events:
- id: quiverton-arrest
  when: 2006-03-05
  where: {place: Marlowin, country: KP}
  told: On March 5, 2006, men came to Marlowin. They asked for So Ra Quiverton and for Odalys Marlowin.
pd:
  forms: [admin_closure]
  theory: Ms. Quiverton came to Zolbrook ([@letter, 1]). See [@quiverton-photo].
  humanitarian: In Marlowin they called her 소라. She was born on April 7, 1986.
  disclosure_level: summary
exhibits:
- {id: letter, title: Letter of Dora Zolbrook, file: exhibits/quiverton-letter.pdf, relevance: From Zolbrook., audience: [court, opla]}
- {id: quiverton-photo, title: Photograph, file: exhibits/quiverton.jpg, audience: [court, opla]}
filings:
- {id: quiverton-pd, recipient: opla-new-york, venue: opla-email, lead: pd-request, exhibits: [letter, quiverton-photo]}
_about:
  respondents.quiverton.born: {source: client, note: told by Dora Zolbrook}
"""  # noqa: E501 - one line an entry, as people write them


def case(folder: Path) -> Path:
    """Write a case full of canaries."""
    (folder / "quiverton/exhibits").mkdir(parents=True)
    (folder / "quiverton/answers.yaml").write_text(ANSWERS, "utf-8")
    lines = ("Zolbrook, October 12, 2026", "I know QUIVERTON So Ra (A000-000-021).",
             "She is kind, and she helps us on Sundays.", "Call 000-555-0177.")  # fmt: skip
    (folder / "quiverton/exhibits/quiverton-letter.pdf").write_bytes(written(*lines))
    exif = Image.Exif()
    exif[0x010E] = "So Ra Quiverton in Marlowin"
    photo = folder / "quiverton/exhibits/quiverton.jpg"
    Image.new("RGB", (300, 200), "teal").save(photo, exif=exif)
    return folder / "quiverton"


@pytest.fixture(scope="module", params=["training", "public"])
def copy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the case, for each purpose."""
    folder = tmp_path_factory.mktemp(request.param)
    real = case(folder)
    before = {f: f.read_bytes() for f in real.rglob("*") if f.is_file()}
    said = nkdocs("redact", real, "--for", request.param, "-o", folder / "copy", "--json")
    assert said.code == 0, said.err
    assert json.loads(said.out)["data"]["left_out"] == {"exhibit-2": 1}
    assert {f: f.read_bytes() for f in real.rglob("*") if f.is_file()} == before  # it only reads
    return folder / "copy"


def texts(file: Path) -> Iterator[str]:
    """Yield what a file says, by other ways than nkdocs' own search."""
    data = file.read_bytes()
    yield file.name
    yield data.decode("utf-8", "ignore")
    if file.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for name in parts.namelist():
                yield re.sub("<[^>]+>", "", parts.read(name).decode("utf-8", "ignore"))
    if file.suffix == ".pdf":
        for page in pypdfium2.PdfDocument(data):
            yield page.get_textpage().get_text_bounded()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            yield "".join(map(repr, pdf.objects))
            yield str(pdf.docinfo)


def test_no_canary_sings(copy: Path) -> None:
    """Not in a paper, an exhibit, a property or a file's name."""
    files = [f for f in copy.rglob("*") if f.is_file()]
    sung = {
        (file.name, canary)
        for file in files
        for text in texts(file)
        for canary in CANARIES
        if canary.casefold() in text.casefold()
    }

    assert len(files) > 8
    assert sung == set()


def test_copy_reads_as_a_case(copy: Path) -> None:
    """Relations and letters stand for names, cites still work, the state is a draft's."""
    document = docx.Document(str(copy / "out/pd-request.docx"))
    text = "\n".join(p.text for p in document.paragraphs)
    text += "\n".join(c.text for t in document.tables for r in t.rows for c in r.cells)

    assert "Respondent A" in text
    assert "Ms. A came to" in text
    assert "Tab\u00a0A\u00a0at\u00a0" in text
    assert (copy / "out/filing-1/packet.pdf").exists()
    assert "A confidential copy" in (copy / NOTE).read_text("utf-8")
    assert "tear it off" not in text
    assert nkdocs("check", copy).code == 0


def test_exhibits_are_pictures_without_text(copy: Path) -> None:
    """A page's words are pixels; a page that was a picture says only that it is left out."""
    for file in (copy / "exhibits").iterdir():
        for page in pypdfium2.PdfDocument(file.read_bytes()):
            assert page.get_textpage().count_chars() == 0


@pytest.mark.long
def test_second_copy_says_the_same(copy: Path) -> None:
    """Pseudonyms and days are stable: byte for byte."""
    if "training" in str(copy):
        pytest.skip("once is enough")
    again = copy.parent / "again" / "copy"

    said = nkdocs("redact", copy.parent / "quiverton", "--for", "public", "-o", again)

    assert said.code == 0, said.err
    one, two = ({f.relative_to(top): f.read_bytes() for f in top.rglob("*") if f.is_file()}
                for top in (copy, again))  # fmt: skip
    assert one == two


def test_one_hit_leaves_nothing(tmp_path: Path) -> None:
    """A template of the office's own names the client: no copy, and no leftovers."""
    real = case(tmp_path)
    own = real / "templates/pd-request"
    own.mkdir(parents=True)
    document = docx.Document(str(shipped("templates") / "pd-request/pd-request.docx"))
    document.paragraphs[0].insert_paragraph_before("Our client Sora Quiverton")
    document.save(str(own / "pd-request.docx"))

    said = nkdocs("redact", real, "--for", "training", "-o", tmp_path / "copy")

    assert said.code == 6
    assert "L801" in said.err
    assert "Quiverton" not in said.out + said.err.replace(str(tmp_path), "")
    assert [p.name for p in tmp_path.iterdir()] == ["quiverton"]


@pytest.mark.parametrize("name", ["quiverton-copy", "So Ra Quiverton"])
def test_folder_may_not_tell_either(tmp_path: Path, name: str) -> None:
    """The name of the copy's folder is searched, too."""
    said = nkdocs("redact", case(tmp_path), "--for", "public", "-o", tmp_path / name)

    assert said.code == 6
    assert not (tmp_path / name).exists()


def test_nothing_is_replaced(tmp_path: Path) -> None:
    """A folder with something in it stays as it is."""
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy/mine.txt").write_text("mine")

    said = nkdocs("redact", case(tmp_path), "--for", "public", "-o", tmp_path / "copy")

    assert said.code == 5
    assert [p.name for p in (tmp_path / "copy").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    "given", [(), ("--for", "public"), ("-o", "x"), ("--for", "press", "-o", "x")]
)
def test_purpose_and_place_are_asked_for(tmp_path: Path, given: tuple[str, ...]) -> None:
    """Nothing is guessed: whom it is for decides what it tells."""
    assert nkdocs("redact", case(tmp_path), *given).code == 2


@pytest.mark.parametrize("months", [True, False])
def test_days_are_moved_in_their_order(months: bool) -> None:  # noqa: FBT001 - both are tried
    """No day stays, none falls on another day of the case, months or years stay."""
    days = [dt.date(2022, 12, 1) + dt.timedelta(days=n * n) for n in range(14)]

    new = moved(days, months=months)

    assert list(new.values()) == sorted(new.values())
    assert not set(new.values()) & set(days)
    assert all(old.year == day.year for old, day in new.items())
    assert not months or all(old.month == day.month for old, day in new.items())


@pytest.mark.long
@pytest.mark.parametrize("name", ["demo", "asylum-only", "late-filer", "ninth-circuit"])
@pytest.mark.parametrize("purpose", ["training", "public"])
def test_every_sample_can_be_copied(tmp_path: Path, name: str, purpose: str) -> None:
    """Each shipped case, with all its papers, filings and exhibits, and a search that agrees."""
    real = SAMPLES.parent / name if name == "demo" else SAMPLES / name

    said = nkdocs("redact", real, "--for", purpose, "-o", tmp_path / "copy")

    assert said.code == 0, said.err
    assert nkdocs("redact", real, "--for", purpose, "--search", tmp_path / "copy").code == 0
    assert nkdocs("redact", real, "--search", real).code == 6
