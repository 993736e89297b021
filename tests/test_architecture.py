"""The shape of the package, checked like any other behaviour."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "nkdocs"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
HEAVY = {"distributed", "docx", "docxtpl", "fpdf", "openpyxl", "pikepdf", "pypdf", "pypdfium2",
         "questionary"}  # fmt: skip
NETWORK = r"^\s*(import|from) (ftplib|http|imaplib|requests|smtplib|socket|ssl|urllib)\b"


def named(path: Path) -> str:
    """Return the path as it is written in the checkout."""
    return path.relative_to(ROOT).as_posix()


def users(use: str) -> list[str]:
    """Return the modules whose source matches *use*."""
    found = [m for m in MODULES if re.search(use, m.read_text("utf-8"), re.MULTILINE)]
    return [m.relative_to(PACKAGE).as_posix() for m in found]


def test_imports_keep_the_contracts() -> None:
    """No layer is crossed, no circle exists, every outside package has its room."""
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_command_line_starts_light() -> None:
    """Importing the command line, as every command does, loads no heavy package."""
    code = "import sys, nkdocs.cli.app; print(*sys.modules)"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert HEAVY.isdisjoint(run.stdout.split())


@pytest.mark.parametrize(
    ("use", "owner"),
    [
        pytest.param(r"^\s*(import|from) docxtpl\b", "documents/compiled.py", id="docxtpl"),
        pytest.param(r"^\s*(import|from) questionary\b", "ui/prompts.py", id="questionary"),
        pytest.param(r"\bPdfWriter\b", "", id="pdf-writer"),
        pytest.param(
            r"^\s*(import|from) subprocess\b",
            "convert/editor.py convert/git.py convert/programs.py",
            id="programs",
        ),
        pytest.param(r"\.(today|now|utcnow)\(", "cli/common.py", id="clock"),
        pytest.param(r"\b(ruamel|yaml)\.(safe_)?load\(", "", id="yaml-of-its-own"),
        pytest.param(NETWORK, "", id="network"),
    ],
)
def test_outside_part_has_one_owner(use: str, owner: str) -> None:
    """Only its owners touch the part; everyone else asks them. Some have no owner at all."""
    assert users(use) == owner.split()


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_module_fits_on_a_few_screens(module: Path) -> None:
    """A module has one subject and at most 400 lines."""
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("module", [m for m in MODULES if m.stat().st_size], ids=named)
def test_module_states_its_subject_first(module: Path) -> None:
    """The first thing a reader meets is the sentence that says what the module is about."""
    assert module.read_text(encoding="utf-8").startswith(('"""', 'r"""'))


def test_no_room_is_a_cupboard() -> None:
    """A name that says nothing gathers everything."""
    cupboards = {"base", "core", "helper", "helpers", "manager", "util", "utils"}

    assert not [named(m) for m in MODULES if m.stem in cupboards or m.parent.name in cupboards]


def test_test_files_have_names_of_their_own() -> None:
    """`pytest tests/x/test_y.py` can mean one file only."""
    names = [t.name for t in TESTS if t.name.startswith("test_")]

    assert sorted(set(names)) == sorted(names)
