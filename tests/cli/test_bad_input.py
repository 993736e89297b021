"""What every command says of input it cannot work with: one clear message, the right code."""

import json
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from nkdocs import cli

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process: exit code, standard output, standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["nkdocs", *map(str, arguments)])
        try:
            code = cli.main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder* with its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def case(folder: Path, text: str) -> Path:
    """Make a case folder whose answers file holds *text*."""
    folder.mkdir(parents=True)
    (folder / "answers.yaml").write_text(text, "utf-8")
    return folder


COMMANDS = [
    pytest.param(["fill"], [], id="fill"),
    pytest.param(["build"], [], id="build"),
    pytest.param(["check"], [], id="check"),
    pytest.param(["bundle"], [], id="bundle"),
    pytest.param(["interview"], ["--no-input"], id="interview"),
    pytest.param(["sent"], ["pd", "x.pdf"], id="sent"),
    pytest.param(["sign"], ["asylum-declaration", "--scan", "x.pdf"], id="sign"),
]


@pytest.mark.parametrize(("before", "after"), COMMANDS)
@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(None, ["answers.yaml"], id="missing"),
        pytest.param("", ["answers.yaml:1", "empty"], id="empty"),
        pytest.param("answers: 1\na: [\n", ["answers.yaml:"], id="broken"),
        pytest.param("answers: 1\na: x\na: y\n", ["answers.yaml:3", "twice"], id="key-twice"),
        pytest.param("- a\n- b\n", ["answers.yaml:1"], id="a-list"),
        pytest.param("answers: 7\n", ["answers.yaml:1", "answers: 1"], id="other-version"),
        pytest.param("answers: 1\nx: &a 1\ny: *a\n", ["answers.yaml:2"], id="anchors"),
    ],
)
def test_unusable_answers_are_refused_with_their_place(
    run: Run,
    tmp_path: Path,
    before: list[str],
    after: list[str],
    content: str | None,
    words: list[str],
) -> None:
    """Every command ends with 4, names file and line, and writes nothing."""
    folder = tmp_path / "kim"
    folder.mkdir() if content is None else case(folder, content)
    old = files_of(tmp_path)

    code, out, err = run(*before, folder, *after)

    bare = content is None and before in (["bundle"], ["check"])  # an empty folder of exhibits
    assert code == (2 if bare else 4), err
    assert bare or all(word in err for word in words), err
    assert "Traceback" not in err
    assert out == ""
    assert files_of(tmp_path) == old


def test_a_fault_in_an_answer_names_line_and_remedy_but_not_the_answer(
    run: Run, tmp_path: Path
) -> None:
    """A wrong A-number is a fault of a final; what was typed is not repeated."""
    text = "answers: 1\nrespondents:\n- {id: kim, lead: yes, a_number: A12-345-678}\n"
    folder = case(tmp_path / "kim", text)

    code, _, err = run("fill", folder, "pd-request", "--as", "final")

    assert code == 4
    assert "kim/answers.yaml:3" in err
    assert "345" not in err


def test_unknown_documents_and_filings_are_usage_errors_with_a_guess(
    run: Run, tmp_path: Path
) -> None:
    """A misspelt document gives 2 and the nearest name."""
    folder = case(tmp_path / "kim", "answers: 1\n")

    code, _, err = run("fill", folder, "pd-requst")

    assert code == 2
    assert "pd-request" in err


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "WordDocument".encode("utf-16-le")

EXHIBITS = [
    pytest.param("a.pdf", b"", ["empty"], id="empty-file"),
    pytest.param("a.pdf", b"<!DOCTYPE html><html><body>404</body></html>", ["web page"], id="html"),
    pytest.param("a.pdf", b"%PDF-1.7\n%broken", [], id="cut-off"),
    pytest.param("a.doc", OLD_WORD, ["DOCX"], id="old-doc"),
    pytest.param("a.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 64, [], id="video"),
]


@pytest.mark.parametrize(("name", "data", "words"), EXHIBITS)
def test_a_bad_exhibit_stops_the_bundle_by_name(
    run: Run, tmp_path: Path, name: str, data: bytes, words: list[str]
) -> None:
    """The file is named with its cause; nothing is written."""
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / name).write_bytes(data)
    (tmp_path / "x" / "b.txt").write_text("good", "utf-8")
    old = files_of(tmp_path)

    code, out, err = run("bundle", tmp_path / "x")

    assert (code, out) == (8, "")
    assert name in err
    assert all(word in err for word in words), err
    assert files_of(tmp_path) == old


def test_all_bad_exhibits_are_named_in_one_run(run: Run, tmp_path: Path) -> None:
    """Three bad files give three lines."""
    for name in ("a.pdf", "b.pdf", "c.docx"):
        (tmp_path / name).write_bytes(b"")

    code, _, err = run("bundle", tmp_path)

    assert code == 8
    assert all(name in err for name in ("a.pdf", "b.pdf", "c.docx"))


def test_a_zip_that_is_no_word_file_is_named(run: Run, tmp_path: Path) -> None:
    """A zip renamed to .docx is refused as an exhibit."""
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("hello.txt", "hello")

    code, _, err = run("bundle", tmp_path)

    assert code == 8
    assert "a.docx" in err


def test_a_missing_exhibit_file_is_a_usage_error(run: Run, tmp_path: Path) -> None:
    """Naming a file that is not there gives one message and nothing else."""
    code, out, err = run("bundle", tmp_path / "a.pdf", tmp_path / "b.pdf")

    assert code == 2
    assert out == ""
    assert "a.pdf" in err


def test_a_file_in_place_of_the_output_folder_is_named(run: Run, tmp_path: Path) -> None:
    """When `out` is a file nothing is written, and the code is 5."""
    folder = case(tmp_path / "kim", "answers: 1\n")
    (folder / "out").write_text("a file", "utf-8")
    old = files_of(tmp_path)

    code, _, err = run("fill", folder, "pd-request")

    assert code == 5
    assert "out" in err
    assert {k: v for k, v in files_of(tmp_path).items() if "lock" not in k} == old


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named(run: Run, tmp_path: Path) -> None:
    """A folder that cannot be written gives 5 and leaves old output as it was."""
    folder = case(tmp_path / "kim", "answers: 1\n")
    folder.chmod(0o500)

    code, _, err = run("fill", folder, "pd-request")

    folder.chmod(0o700)
    assert code == 5
    assert "kim" in err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_an_exhibit_without_read_permission_is_named(run: Run, tmp_path: Path) -> None:
    """A file that may not be read gives 8 and its name."""
    (tmp_path / "a.txt").write_text("secret", "utf-8")
    (tmp_path / "a.txt").chmod(0)

    code, _, err = run("bundle", tmp_path)

    assert code == 8
    assert "a.txt" in err


def test_a_bad_word_template_of_the_case_is_named(run: Run, tmp_path: Path) -> None:
    """A case's own template that is no Word file gives 9 and its path."""
    folder = case(tmp_path / "kim", "answers: 1\n")
    own = folder / "templates" / "pd-request"
    own.mkdir(parents=True)
    (own / "pd-request.docx").write_bytes(b"\xd0\xcf\x11\xe0 old")

    code, _, err = run("fill", folder, "pd-request")

    assert code == 9
    assert "pd-request.docx" in err
    assert ".docx" in err


def test_an_existing_bundle_is_not_replaced_unless_asked(run: Run, tmp_path: Path) -> None:
    """A second bundle of other files gives 5; with --force the old one is kept as a backup."""
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.txt").write_text("one", "utf-8")
    target = tmp_path / "all.pdf"
    target.write_bytes(b"precious")

    refused = run("bundle", tmp_path / "x", "-o", target)[0]
    kept = target.read_bytes()
    forced = run("bundle", tmp_path / "x", "-o", target, "--force")[0]

    assert (refused, kept, forced) == (5, b"precious", 0)
    assert (tmp_path / "all.pdf.1.bak").read_bytes() == b"precious"


def test_a_symlink_is_never_followed_for_output(run: Run, tmp_path: Path) -> None:
    """The file behind a link stays as it was."""
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.txt").write_text("one", "utf-8")
    (tmp_path / "victim.pdf").write_bytes(b"victim")
    (tmp_path / "all.pdf").symlink_to(tmp_path / "victim.pdf")

    code = run("bundle", tmp_path / "x", "-o", tmp_path / "all.pdf", "--force")[0]

    assert code == 5
    assert (tmp_path / "victim.pdf").read_bytes() == b"victim"


def test_a_final_without_libreoffice_names_the_line_that_installs_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Word exhibit in a clean bundle needs LibreOffice: 3 and the install line."""
    import docx

    document = docx.Document()
    document.add_paragraph("A letter.")
    document.save(str(tmp_path / "a.docx"))
    monkeypatch.setenv("NKDOCS_SOFFICE", "")

    code, _, err = run("bundle", tmp_path)

    assert code == 3
    assert "libreoffice-writer-nogui" in err


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("fill",), id="fill"),
        pytest.param(("build",), id="build"),
        pytest.param(("bundle",), id="bundle"),
        pytest.param(("check",), id="check"),
        pytest.param(("interview",), id="interview"),
    ],
)
def test_what_stops_a_command_is_data_too(run: Run, tmp_path: Path, words: tuple[str]) -> None:
    """With --json standard output holds one object, whatever the exit code."""
    folder = case(tmp_path / "kim", "answers: 1\nmeta: {as_of: [\n")

    code, out, _ = run(*words, folder, "--json")

    told = json.loads(out)
    assert code == told["data"]["exit_code"] == 4
    assert (told["command"], told["ok"]) == (words[0], False)
    assert "answers.yaml" in told["findings"][0]["file"]


def test_a_checked_fault_is_one_object_and_its_code(run: Run, tmp_path: Path) -> None:
    """A check that ends with a code prints its findings as data once."""
    (tmp_path / "a.pdf").write_bytes(b"")

    code, out, err = run("check", tmp_path, "--json")

    assert code == 8
    assert [f["code"] for f in json.loads(out)["findings"]] == ["X105"]
    assert "a.pdf" in err


def test_each_fault_is_followed_by_its_own_next_step(run: Run, tmp_path: Path) -> None:
    """Of two files with two faults nobody has to guess which step mends which."""
    (tmp_path / "a.pdf").write_bytes(b"<!DOCTYPE html><html></html>")
    (tmp_path / "b.pdf").write_bytes(b"")

    err = run("bundle", tmp_path)[2].splitlines()

    assert [line.lstrip()[:5] for line in err[1::2]] == ["a.pdf", "b.pdf"]
    assert "print it to PDF" in err[2]
    assert all(line.startswith("      ") for line in err[2::2])


def test_a_new_case_names_what_cannot_be_copied(run: Run, tmp_path: Path) -> None:
    """A link that leads nowhere gives 8; nothing of the case is left."""
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "a.txt").write_text("one", "utf-8")
    (tmp_path / "scans" / "b.pdf").symlink_to(tmp_path / "gone.pdf")

    code, _, err = run("new", tmp_path / "kim", "--from", tmp_path / "scans")

    assert code == 8
    assert "b.pdf" in err
    assert [p.name for p in tmp_path.iterdir()] == ["scans"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_new_case_of_files_with_strange_names_opens(run: Run, tmp_path: Path) -> None:
    """What no answer can hold is left out of the copies' names; the case is one that works."""
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "a\x1b[31m\n.txt").write_text("one", "utf-8")

    made = run("new", tmp_path / "kim", "--from", tmp_path / "scans")[0]
    checked, _, err = run("check", tmp_path / "kim")

    assert (made, checked) == (0, 0), err
    assert [p.name for p in (tmp_path / "kim" / "exhibits").iterdir()] == ["a_[31m_.txt"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_new_case_in_a_read_only_folder_is_refused(run: Run, tmp_path: Path) -> None:
    """The folder is named, with 5."""
    tmp_path.chmod(0o500)

    code, _, err = run("new", tmp_path / "kim")

    tmp_path.chmod(0o700)
    assert code == 5
    assert "kim" in err


@pytest.mark.parametrize("command", ["build", "bundle"])
def test_a_wrong_entry_of_the_lists_is_never_left_out_unseen(
    run: Run, tmp_path: Path, command: str
) -> None:
    """An exhibit whose entry is wrong stops the filing in every state, with its line."""
    folder = case(
        tmp_path / "kim",
        "answers: 1\nexhibits:\n- {id: a, title: A, file: a.txt}\n"
        "- {id: b, titel: B, file: b.txt}\n"
        "filings:\n- {id: pd, recipient: opla-x, exhibits: [a, b]}\n",
    )
    (folder / "a.txt").write_text("a", "utf-8")

    code, out, err = run(command, folder, "--as", "draft")

    assert (code, out) == (4, "")
    assert "kim/answers.yaml:4" in err
    assert "did you mean 'title'" in err
