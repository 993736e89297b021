"""The commands `nkdocs template …`, as they are typed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from nkdocs._resources import shipped
from nkdocs.cli.app import app
from nkdocs.diagnostics import Finding
from nkdocs.errors import FileBusyError, NkdocsError, TemplateError, UsageError
from tests.documents.test_doctor_all import DELETED, p, word


def run(*words: object) -> tuple[int, str, str]:
    """Run a command; return its exit code, what it gives and what it says.

    Raises:
        NkdocsError: as the command does.
    """
    result = CliRunner().invoke(app, ["template", *map(str, words)])
    if isinstance(result.exception, NkdocsError):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Return a Word file with a fault in its header, one in its body, and a warning."""
    file = tmp_path / "letter.docx"
    body = (p("One."), p("{{ case.cuort }}"), p(DELETED, "New"))
    file.write_bytes(word(*body, header=p("{{ clinet }}")))
    return file


def test_a_word_file_is_checked_as_it_is(broken: Path) -> None:
    """Exit 9; errors are said, warnings given, each with its place and the remedy."""
    code, out, err = run("check", broken)

    assert code == 9
    assert "body paragraph 3" in out
    assert "WARN" in out
    assert "body paragraph 2: T003" in err
    assert "did you mean case.court?" in err
    assert "header paragraph 1: T003" in err


def test_a_check_is_one_object_for_other_programs(broken: Path) -> None:
    """Part, paragraph and text stand by themselves."""
    code, out, _ = run("check", broken, "--json")
    told: dict[str, Any] = json.loads(out)

    rows = [(f["code"], f["severity"], f["part"], f["paragraph"], f["text"]) for f in told["data"]
            if f["code"] != "T012"]  # fmt: skip
    assert (code, told["ok"]) == (9, False)
    assert rows == [
        ("T003", "ERROR", "body paragraph 2", 2, "{{ case.cuort }}"),
        ("T010", "WARN", "body paragraph 3", 3, "New"),
        ("T003", "ERROR", "header paragraph 1", 1, "{{ clinet }}"),
    ]


def test_a_file_is_checked_for_its_reader(tmp_path: Path) -> None:
    """What is internal may not be printed for OPLA."""
    (tmp_path / "x.docx").write_bytes(word(p("{{ pd.case_strength }}")))

    assert run("check", tmp_path / "x.docx")[0] == 0
    assert run("check", tmp_path / "x.docx", "--for", "opla")[0] == 9


def test_warnings_alone_end_well(tmp_path: Path) -> None:
    """They are shown, and the exit code is 0."""
    (tmp_path / "x.docx").write_bytes(word(p(DELETED, "New")))

    code, out, _ = run("check", tmp_path / "x.docx")

    assert code == 0
    assert "No fault found" in out


def test_a_file_in_a_folder_of_templates_belongs_to_its_document(tmp_path: Path) -> None:
    """A copy is checked for the audience that its document has."""
    copy = tmp_path / "templates/pd-request/pd-request.docx"
    run("copy", "pd-request", tmp_path)
    copy.write_bytes(word(p("{{ pd.case_strength }}")))

    code, _, err = run("check", copy)

    assert code == 9
    assert "this is for opla" in err


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("check", "nothing.docx"), TemplateError),
        (("check", "pd-reqest"), UsageError),
        (("fields", "pd-reqest"), UsageError),
        (("fields", "nothing.docx"), TemplateError),
        (("new", "nothing.docx", "."), TemplateError),
        (("copy", "pd-request", "nowhere"), FileBusyError),
    ],
)
def test_what_is_not_there_is_said(
    words: tuple[str, ...],
    error: type[NkdocsError],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the exit code of its kind."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(error):
        run(*words)


def test_fields_are_listed_by_paragraph(tmp_path: Path) -> None:
    """The words around, then the answers with kind and question."""
    body = (p("In {{ case.court }}"), p("{% if today %}x{% endif %}"))
    (tmp_path / "x.docx").write_bytes(word(*body))

    _, out, _ = run("fields", tmp_path / "x.docx")

    assert "x.docx, body paragraph 1: In {{ case.court }}" in out
    assert "    case.court  (choice)" in out


def test_who_may_see_an_answer_is_the_fault_of_the_file_that_says_it(tmp_path: Path) -> None:
    """A shipped letter that an own file hides an answer from is not told to be wrong."""
    case, own = tmp_path / "kim", tmp_path / "kim/templates/shared/matter.yaml"
    CliRunner().invoke(app, ["new", str(case)])
    own.parent.mkdir(parents=True)
    text = (shipped("templates") / "shared/matter.yaml").read_text("utf-8")
    own.write_text(re.sub(r"audience: \[.*opla.*\]", "audience: [client]", text), "utf-8")

    error = CliRunner().invoke(app, ["fill", str(case), "pd-request"]).exception

    assert isinstance(error, TemplateError)
    (fault,) = error.faults
    assert isinstance(fault, Finding)
    assert fault.place.file == str(own)
    asked = own.read_text("utf-8").splitlines()[fault.place.line - 1].removeprefix("- ask: ")
    assert fault.message == (
        f"a document for opla asks for '{asked}', which only client may see")  # fmt: skip
