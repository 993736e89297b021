"""What is handed out: the program, its templates and its fictional people; never a client."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[1]
WHOLE = ("nkdocs", "templates", "answers", "pyproject.toml", "README.md", "LICENSE", ".gitignore")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "out", ".*.lock", "*.bak")

PLANTED = (
    "answers/real-client.yaml",
    "answers/x.yaml",
    "answers/kim/answers.yaml",
    "answers/kim/exhibits/passport.pdf",
    "answers/demo/out/pd-request.docx",
    "answers/demo/answers.yaml.bak",
    "answers/demo/.answers.yaml.lock",
    "answers/office.yaml",
    "answers/demo/served/pd.yaml",
    "answers/samples/kim/out/manifest.jsonl",
    "answers/samples/.kim.yaml.lock",
    "templates/pd-request/~$-request.docx",
    "kim/answers.yaml",
    "answers/demo/answers.before-form-1.yaml",
    "nkdocs/notes.bak",
    "nkdocs/kim.age",
)
"""Files as a busy office leaves them in a checkout, none of them ours to hand out."""

DATA = (
    r"templates/[a-z0-9-]+/interview\.yaml",
    r"templates/[a-z0-9-]+/[a-z0-9-]+\.(docx|txt)",
    r"templates/shared/[a-z0-9-]+\.(yaml|docx|txt)",
    r"answers/README\.md",
    r"answers/demo/facts\.md",
    r"answers/(demo|samples/[a-z-]+)/(answers|office)\.yaml",
    r"answers/(demo|samples/[a-z-]+)/exhibits/[a-z0-9-]+\.(pdf|jpe?g|png|heic|tiff|docx|txt|eml)",
    r"answers/samples/[a-z-]+\.yaml",
)
"""Everything that may stand in the wheel's data; a new form of file is let in by hand."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build wheel and sdist from a copy of the checkout in which private files lie about."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name in WHOLE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, checkout / name, ignore=LEFT_OUT)
        else:
            shutil.copy2(source, checkout / name)
    for name in PLANTED:
        path = checkout / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("name: SOMEBODY Real\n", encoding="utf-8")
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(target)]
    subprocess.run(command, cwd=checkout, capture_output=True, check=True)
    return target


@pytest.fixture(scope="module")
def wheel(built: Path) -> list[str]:
    """Return the names of the files in the wheel."""
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def sdist(built: Path) -> list[str]:
    """Return the names of the files in the sdist, without its top folder."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        return [m.name.partition("/")[2] for m in archive.getmembers() if m.isfile()]


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel, which is what installing it does, and return the folder."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        archive.extractall(folder)  # noqa: S202 - built a moment ago by this test
    return folder


@pytest.mark.parametrize("private", PLANTED)
def test_private_file_is_in_neither(private: str, wheel: list[str], sdist: list[str]) -> None:
    """A file of a real case is not handed out, ignored by git or only unknown to it."""
    names = [*wheel, *sdist]

    assert not [name for name in names if name.endswith(private)]


def test_data_is_what_the_list_allows(wheel: list[str]) -> None:
    """Each file of `_data` has a form that was let in by hand."""
    data = [n.removeprefix("nkdocs/_data/") for n in wheel if n.startswith("nkdocs/_data/")]

    assert data
    assert not [name for name in data if not any(re.fullmatch(form, name) for form in DATA)]


def test_answers_that_ship_are_known_to_git(wheel: list[str]) -> None:
    """A file of answers ships only once somebody added it to the repository."""
    git = shutil.which("git")
    command = [str(git), "ls-files", "-z", "answers"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=False) if git else None
    if run is None or run.returncode or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    known = set(run.stdout.decode().split("\0"))

    shipped = {n.removeprefix("nkdocs/_data/") for n in wheel if "/_data/answers/" in n}

    assert shipped <= known


def test_package_is_code_fonts_and_data_only(wheel: list[str]) -> None:
    """Nothing else lies in the package: no cache, no backup, no test."""
    code = re.compile(r"nkdocs/(?!_data/|fonts/|cli/help\.txt$)")
    kinds = {PurePosixPath(n).suffix for n in wheel if code.match(n)}
    fonts = {PurePosixPath(n).suffix for n in wheel if n.startswith("nkdocs/fonts/")}

    assert kinds <= {".py", ".typed", ".yaml"}
    assert fonts <= {".ttf", ".txt", ".md"}
    assert {n.partition("/")[0].partition("-")[0] for n in wheel} == {"nkdocs"}


def test_every_template_ships(wheel: list[str]) -> None:
    """What `template list` shows in the checkout is there after installing."""
    here = {p.relative_to(ROOT).as_posix() for p in (ROOT / "templates").rglob("*.yaml")}

    assert {f"nkdocs/_data/{name}" for name in here} <= set(wheel)


def test_fonts_ship_with_their_licences(wheel: list[str]) -> None:
    """SIL OFL 1.1, condition 2: each copy contains the copyright notice and the licence."""
    assert {"nkdocs/fonts/OFL-Liberation.txt", "nkdocs/fonts/OFL-Nanum.txt"} <= set(wheel)


def test_sdist_holds_nothing_of_a_workplace(sdist: list[str]) -> None:
    """Only what was named is in it."""
    tops = {name.partition("/")[0] for name in sdist}
    named = {*WHOLE, "tests", "CHANGELOG.md", "PKG-INFO"}

    assert tops <= named


def test_no_folder_is_forced_in() -> None:
    """Hatchling's force-include ships files that git ignores: client files."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert "force-include" not in str(tomllib.loads(text)["tool"]["hatch"])


@pytest.mark.parametrize(
    "arguments", [pytest.param(["--help"], id="help"), pytest.param(["--version"], id="version")]
)
def test_installed_program_starts(arguments: list[str], installed: Path, tmp_path: Path) -> None:
    """It starts from the wheel alone, away from any checkout."""
    command = [sys.executable, "-m", "nkdocs", *arguments]
    told = {**os.environ, "PYTHONPATH": str(installed)}

    run = subprocess.run(
        command, cwd=tmp_path, env=told, capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stderr) == (0, "")
    assert "nkdocs" in run.stdout


def test_installed_program_finds_its_templates(installed: Path, tmp_path: Path) -> None:
    """What ships is found inside the package, not beside it."""
    code = (
        "import nkdocs; from nkdocs._resources import font, shipped; "
        "print(nkdocs.__file__); print(shipped('templates')); print(shipped('answers')); "
        "print(font('LiberationSerif-Regular.ttf').is_file())"
    )
    told = {**os.environ, "PYTHONPATH": str(installed)}

    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path, env=told, capture_output=True, text=True, check=True,
    )  # fmt: skip

    package, templates, answers, font = run.stdout.splitlines()
    assert Path(package).is_relative_to(installed)
    assert Path(templates) == installed / "nkdocs/_data/templates"
    assert Path(answers) == installed / "nkdocs/_data/answers"
    assert font == "True"


def test_entry_point_is_the_command(installed: Path) -> None:
    """Installing makes the command `nkdocs`, which returns its exit code."""
    entry = next(installed.glob("nkdocs-*.dist-info/entry_points.txt"))

    assert "nkdocs = nkdocs.cli:main" in entry.read_text(encoding="utf-8")
