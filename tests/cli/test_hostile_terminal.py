"""Nothing of what others wrote reaches the terminal raw: names, titles, keys, headings (TRUST R21).

Every command that shows outside text is run as it is typed, on text that would move the cursor,
ring the bell, set the window's title or hide the end of a name.
"""

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pikepdf
import pytest

from tests.bundle.crafted import document, saved
from tests.packet.papers import Said, nkdocs

ROOT = Path(__file__).resolve().parents[2]
EVIL = "\x1b]0;pwn\x07\x1b[31m\x9b\x7f\u202ecod\u00ad\u2066[/b][red]\U000e0041"
IN_YAML = '"' + EVIL.encode("unicode_escape").decode("ascii") + '"'
DEFECT = "this is a defect"
RAW = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
PEOPLE = "respondents: [{id: kim, lead: yes, name: {legal: KIM Ok}}]\n"

READ = f"""exhibits:
- {{id: a, title: {IN_YAML}, file: a.pdf}}
- {{id: b, title: B, file: {IN_YAML}}}
- {{id: {IN_YAML}, title: C, file: c.pdf}}
filings: [{{id: pd, recipient: {IN_YAML}, exhibits: [{IN_YAML}]}}]
{IN_YAML}: x
case: {{judge: {IN_YAML}, court: {IN_YAML}, next_hearing: {IN_YAML}, {IN_YAML}: {IN_YAML}}}
events: [{{id: {IN_YAML}, when: {IN_YAML}, told: {IN_YAML}}}]
"""
REFUSED = {
    "a key twice": f"{IN_YAML}: x\n{IN_YAML}: y\n",
    "raw escapes": "case: {judge: \x1b[31m}\n",
    "raw bidi": "case\u202e: 1\ncase\u202e: 2\n",
    "an alias": "case: *\u202e\n",
    "a tag": "case: !\u202e x\n",
}
COMMANDS = [
    ("status",), ("check",), ("interview", "--no-input"), ("interview", "--no-input", "--json"),
    ("bundle", "--json"), ("timeline",), ("sent", EVIL, EVIL), ("sign", EVIL), ("fill", EVIL),
]  # fmt: skip


def harmless(said: Said) -> None:
    """Assert that what was said is text, is no defect, and as JSON is JSON."""
    shown = said.out + said.err
    assert not [c for c in shown if unicodedata.category(c) in RAW and c not in "\n\t"]
    assert DEFECT not in said.err
    assert said.code != 1
    if said.out.startswith("{"):
        json.loads(said.out)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("command", "more"), [(c[0], c[1:]) for c in COMMANDS])
def test_answers_say_nothing_to_the_terminal(
    folder: Path, command: str, more: tuple[str, ...]
) -> None:
    """Titles, ids, files, keys, values and events, whatever command reads them."""
    (folder / "answers.yaml").write_text(f"answers: 1\n{PEOPLE}{READ}", "utf-8")

    harmless(nkdocs(command, folder, *more))


@pytest.mark.parametrize("where", REFUSED)
def test_what_is_wrong_with_a_file_says_nothing(folder: Path, where: str) -> None:
    """Faults of the YAML itself, which quote a key or a character."""
    (folder / "answers.yaml").write_text("answers: 1\n" + PEOPLE + REFUSED[where], "utf-8")

    for more in ((), ("--json",)):
        said = nkdocs("check", folder, *more)
        harmless(said)
        assert said.code == 4


def test_the_page_that_lists_what_is_open_takes_every_key(folder: Path) -> None:
    """An unknown key with characters that Word cannot hold is named there in escapes."""
    (folder / "answers.yaml").write_text(f"answers: 1\n{PEOPLE}{IN_YAML}: x\n", "utf-8")

    said = nkdocs("fill", folder, "pd-request")

    harmless(said)
    assert (folder / "out/pd-request.docx").is_file()


@pytest.mark.parametrize("name", [EVIL.replace("/", ""), os.fsdecode(b"c\xff\xfe")])
def test_names_of_files_and_folders_say_nothing(folder: Path, name: str) -> None:
    """A case, an exhibit and a folder of exhibits of such a name; one that is no text at all."""
    case = folder / name
    case.mkdir()
    (case / "answers.yaml").write_text(f"answers: 1\n{PEOPLE}", "utf-8")
    loose = folder / "loose"
    loose.mkdir()
    (loose / f"{name}.pdf").write_bytes(b"%PDF-1.7\nbroken")

    for said in (
        nkdocs("status", case), nkdocs("check", loose, "--json"), nkdocs("bundle", loose),
        nkdocs("bundle", name), nkdocs("new", folder / "made", "--from", loose),
    ):  # fmt: skip
        harmless(said)


def test_what_a_pdf_says_of_itself_says_nothing(folder: Path) -> None:
    """Its title, its author, its outline."""
    pdf = document("One")
    pdf.docinfo["/Title"] = pikepdf.String(EVIL)
    pdf.docinfo["/Author"] = pikepdf.String(EVIL)
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(EVIL, 0))
    (folder / "in").mkdir()
    (folder / "in/a.pdf").write_bytes(saved(pdf))

    for said in (
        nkdocs("new", folder / "made", "--from", folder / "in"),
        nkdocs("bundle", folder / "in"),
    ):
        harmless(said)
        assert said.code == 0, said.err


def test_templates_of_others_say_nothing(folder: Path) -> None:
    """Titles, questions, helps and choices of an interview.yaml that came with a template."""
    own = folder / "templates/letter"
    own.mkdir(parents=True)
    (folder / "answers.yaml").write_text(f"answers: 1\n{PEOPLE}", "utf-8")
    (own / "interview.yaml").write_text(
        f"document: letter\ntitle: {IN_YAML}\naudience: opla\nuse: []\nfiles: []\nquestions:\n"
        f"- {{ask: extra.word, kind: text, prompt: {{en: {IN_YAML}}}, help: {IN_YAML}, "
        f"why: {IN_YAML}, audience: [opla]}}\n",
        "utf-8",
    )

    for said in (
        nkdocs("template", "list", folder), nkdocs("template", "show", "letter", folder),
        nkdocs("template", "fields", "letter"), nkdocs("status", folder),
        nkdocs("interview", folder, "letter", "--no-input"), nkdocs("why", "extra.word", folder),
        nkdocs("template", "check", folder / "templates/letter"),
    ):  # fmt: skip
        shown = said.out + said.err
        assert not [c for c in shown if unicodedata.category(c) in RAW and c not in "\n\t"]
        assert DEFECT not in said.err


def test_a_list_of_cases_says_nothing(folder: Path) -> None:
    """Its headings, its cells, its name, and the reports that tell of it."""
    file = folder / f"{EVIL.replace('/', '')}.csv"
    file.write_text(f"respondents[].name,{EVIL}\n{EVIL},=cmd|' /C calc'!A0\n", "utf-8")

    said = nkdocs("batch", file, "-d", "pd-request", "-o", folder / "out", "-j", "1")

    harmless(said)
    reports = [p.read_text("utf-8-sig") for p in folder.glob("out/report.*")]
    assert all("\x1b" not in text and "\u202e" not in text for text in reports)


def test_hangul_is_no_defect_on_a_western_terminal(folder: Path) -> None:
    """A pipe that cannot carry it gets escapes; JSON stays JSON."""
    case = folder / "서윤희"
    case.mkdir()
    (case / "answers.yaml").write_text(f"answers: 1\n{PEOPLE}서윤희: x\n", "utf-8")
    around = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONPATH": str(ROOT)}
    for more in ([], ["--json"]):
        command = [sys.executable, "-m", "nkdocs", "check", str(case), *more]
        done = subprocess.run(command, env=around, capture_output=True, timeout=120, check=False)

        assert done.returncode == 0, done.stderr
        assert DEFECT.encode() not in done.stderr
        if more:
            assert json.loads(done.stdout)["command"] == "check"
