"""What is written for people is true: commands, exit codes, set-up lines, links."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from nkdocs.cli.app import app
from nkdocs.errors import NkdocsError

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [p for place in (".", "answers", "benchmarks", "docs") for p in ROOT.glob(f"{place}/*.md")]
SET_UP = re.search(r"^## Set up$(.*?)^## ", README, re.MULTILINE | re.DOTALL)
NOT_YET = {"docs/packet.png"} - {p.relative_to(ROOT).as_posix() for p in ROOT.glob("docs/*")}


def commands(group: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 - Typer's own copy of click is private
    """Yield every command with the words that call it, groups included."""
    for name, command in group.commands.items():
        yield (*above, name), command
        if hasattr(command, "commands"):
            yield from commands(command, (*above, name))


COMMANDS = dict(commands(typer.main.get_command(app)))
EACH = [pytest.param(words, id="-".join(words)) for words in COMMANDS]


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of *language*."""
    return re.findall(rf"^```(?:{language})\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def exit_codes(error: type[NkdocsError]) -> Iterator[int]:
    """Yield the exit codes of an error and of those beneath it."""
    for kind in error.__subclasses__():
        yield kind.exit_code
        yield from exit_codes(kind)


@pytest.mark.parametrize("words", EACH)
def test_command_is_in_the_readme(words: tuple[str, ...]) -> None:
    """A command nobody is told of does not exist."""
    assert re.search(rf"\bnkdocs {' '.join(words)}\b", README)


@pytest.mark.parametrize("words", EACH)
def test_help_is_shown(words: tuple[str, ...]) -> None:
    """Every command explains itself, and ends well."""
    result = CliRunner().invoke(app, [*words, "--help"])

    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")


@pytest.mark.parametrize("words", EACH)
def test_every_option_is_explained(words: tuple[str, ...]) -> None:
    """No argument and no option stands there without a word."""
    bare = [p.name for p in COMMANDS[words].params if not getattr(p, "help", "")]

    assert not bare


def test_readme_names_no_command_that_is_not_there() -> None:
    """What the README calls can be called."""
    code = "\n".join((*blocks(README, "bash|text"), *re.findall(r"`.*?`", README)))
    called = re.findall(r"\bnkdocs ([a-z]+)(?: ([a-z]+))?", code)

    unknown = [
        words
        for words in called
        if words[:1] not in COMMANDS
        or (hasattr(COMMANDS[words[:1]], "commands") and words[1] and words not in COMMANDS)
    ]

    assert not unknown


def test_readme_names_no_option_that_is_not_there() -> None:
    """Each long option in the README belongs to some command."""
    known = {o for c in COMMANDS.values() for p in c.params for o in p.opts}
    code = "\n".join(re.findall(r"^nkdocs .*$|`(?:nkdocs|--)[^`]*`", README, re.MULTILINE))

    named = set(re.findall(r"(?<![\w-])--[a-z-]+", code))

    assert named <= known | {"--help", "--version", "--debug"}


def test_every_exit_code_is_documented() -> None:
    """The table of the README holds each code that can occur, and no other."""
    documented = re.findall(r"^\| (\d+) \|", README, re.MULTILINE)

    assert sorted(map(int, documented)) == sorted({0, 1, 130, *exit_codes(NkdocsError)})


def test_every_code_of_a_finding_is_explained() -> None:
    """`nkdocs why` knows each code that a finding can carry: `check` sends people there."""
    files = [p for p in (ROOT / "nkdocs").rglob("*.py") if "draft" not in p.parts]  # code points
    source = "".join(p.read_text(encoding="utf-8") for p in files)
    codes = sorted(set(re.findall(r'"([A-Z][0-9]{3})"', source)))

    words = (ROOT / "templates/shared/findings.yaml").read_text(encoding="utf-8")
    elsewhere = [c for c in codes if f"\n{c}:" not in words]  # asking `why` is slow

    unknown = [c for c in elsewhere if CliRunner().invoke(app, ["why", c]).exit_code]

    assert not unknown


def test_set_up_lines_are_the_ones_tried_in_ci() -> None:
    """What a newcomer types is what CI runs, letter for letter."""
    assert SET_UP
    lines = [line for block in blocks(SET_UP[1], "bash") for line in block.splitlines()]
    ci = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()

    tried = {line.strip() for line in ci}

    assert len(lines) == 4
    assert set(lines) <= tried


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the repository, or to a heading of the page, is not dead."""
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    headings = {
        "#" + re.sub(r"[^\w -]", "", h).strip().lower().replace(" ", "-")
        for h in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }

    dead = [
        t
        for t in targets
        if not t.startswith(("http", "mailto:"))
        and t not in headings
        and not (page.parent / t.partition("#")[0]).exists()
    ]

    assert set(dead) <= NOT_YET


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_places_named_are_there(page: Path) -> None:
    """A file or folder of the repository that a page names exists."""
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:answers|nkdocs|templates|tests)/[\w./-]*)`", text)

    assert not [name for name in named if not (ROOT / name).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_page_is_clean_markdown(page: Path) -> None:
    """One title, closed fences with a language, no tabs, no space at a line's end."""
    text = page.read_text(encoding="utf-8")
    fences = re.findall(r"^```(.*)$", text, re.MULTILINE)
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)

    assert len(re.findall(r"^# ", prose, re.MULTILINE)) == 1
    assert all(fences[::2])
    assert not any(fences[1::2])
    assert not re.search(r"\t|[ ]+$", text, re.MULTILINE)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_constraints_are_names_and_versions_only() -> None:
    """No address, no hash, no path: only what was tried."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()

    assert not [x for x in lines if not re.fullmatch(r"#.*|[a-z0-9-]+==[0-9][0-9a-z.]*", x)]


def test_version_has_its_place_in_the_changelog() -> None:
    """The changelog knows the version that the package says it is."""
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

    assert f"## [{stated}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
