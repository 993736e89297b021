"""What was typed for an option is read as Typer reads it, without what Typer loads for it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from nkdocs.cli.app import app
from nkdocs.cli.options import read_plainly

WORDS = [None, "", "a", "-", "draft", "DRAFT", "final", "for-signature", "yes", "true", "0", "7",
         "en", "ko", "out/letter.docx", "한글", "\udc80", "file", "folder", "closed", "gone/away",
         "a" * 300, True, False, 3, b"a"]  # fmt: skip
CONTEXT = typer.Context(get_command(app))
SEVERAL = [None, (), [], ("a",), ["a", "file"], ("closed",), "a", (b"a",), ["a", 3], (None,)]


def params(command: object) -> Iterator[tuple[str, TyperArgument | TyperOption]]:
    """Every argument and option of *command* and of the commands in it, by its place."""
    assert isinstance(command, (TyperCommand, TyperGroup))
    for param in command.get_params(typer.Context(command)):
        if isinstance(param, (TyperArgument, TyperOption)):
            yield f"{command.name} {param.name}", param
    for below in command.commands.values() if isinstance(command, TyperGroup) else ():
        yield from params(below)


def outcome(param: TyperArgument | TyperOption, value: object) -> object:
    """What is made of *value*, or what is said of it."""
    try:
        read: Any = param.process_value(CONTEXT, value)
    except typer.BadParameter as error:
        return type(error).__name__, error.format_message()
    except (typer.Exit, SystemExit) as error:
        return type(error).__name__
    return type(read), read


@pytest.fixture
def around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a file, a folder, and a file that nobody may read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "closed").write_text("", "utf-8")
    real = os.access
    monkeypatch.setattr(os, "access", lambda file, mode, **more: (
        real(file, mode, **more) and not (mode == os.R_OK and Path(file).name == "closed")
    ))  # fmt: skip


@pytest.mark.usefixtures("around")
def test_every_option_is_read_as_typer_reads_it() -> None:
    """Whatever is typed: the same value, or the same words of refusal."""
    ours, typers = get_command(app), get_command(app)
    read_plainly(ours)
    theirs = dict(params(typers))
    plain = 0

    for name, param in params(ours):
        if param.callback is not None and param.name != "help":
            continue  # it acts: what it is handed is seen with the others
        many = param.multiple or param.nargs == -1
        plain += "process_value" in vars(param)
        for value in SEVERAL if many else WORDS:
            assert outcome(param, value) == outcome(theirs[name], value), (name, value)

    assert plain > 150


@pytest.mark.usefixtures("around")
def test_what_is_missing_or_cannot_be_read_is_refused() -> None:
    """In Typer's own words."""
    command = get_command(app)
    read_plainly(command)
    case = next(p for name, p in params(command) if name == "fill case")

    assert outcome(case, None) == ("MissingParameter", "Missing argument 'CASE'.")
    assert "not readable" in str(outcome(case, "closed"))


def test_an_option_with_wishes_of_its_own_is_left_to_typer() -> None:
    """A file that must exist, a number within bounds: nothing here knows of them."""
    one = typer.Typer()

    @one.command()
    def run(
        file: Annotated[Path, typer.Argument(exists=True)],
        count: Annotated[int, typer.Option(min=1)] = 1,
    ) -> None:
        """Take both."""

    command = get_command(one)
    read_plainly(command)

    read = {p.name: "process_value" in vars(p) for _, p in params(command)}
    assert read["file"] is False
    assert read["count"] is False
    assert read["help"] is True
