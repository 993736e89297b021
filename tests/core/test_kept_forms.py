"""Forms that ship are kept as plain values and come back as they were read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nkdocs import _kept, authorities, recipients
from nkdocs._resources import shipped
from nkdocs.checks import run, wordlists
from nkdocs.errors import TemplateError

SHIPPED = shipped("templates")
WAYS: dict[str, Callable[[Path], object]] = {
    "authorities": lambda folder: authorities.load([folder]),
    "recipients": lambda folder: recipients.load([folder]),
    "findings": lambda folder: run.wordings([folder]),
    "wordlists": lambda folder: wordlists.wordlists([folder]),
}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep forms in a folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    forget()
    return tmp_path / "cache" / "nkdocs"


def forget() -> None:
    """Forget what this process read before."""
    run._wordings.cache_clear()  # noqa: SLF001 - as a new process would begin
    wordlists._lists.cache_clear()  # noqa: SLF001 - as above


def unkept(monkeypatch: pytest.MonkeyPatch, way: str, file: Path) -> object:
    """Return what is read where nothing can be kept: a *file* stands in place of the folder."""
    file.write_text("x")
    with monkeypatch.context() as without:
        without.setenv("XDG_CACHE_HOME", str(file))
        forget()
        return WAYS[way](SHIPPED)


@pytest.mark.parametrize("way", WAYS)
def test_what_comes_back_is_what_was_read(
    way: str, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every field of every entry; one file is kept for each form."""
    first = WAYS[way](SHIPPED)
    forget()
    again = WAYS[way](SHIPPED)

    assert len(list(place.glob("*"))) == 1
    assert first
    assert again is not first
    assert again == first == unkept(monkeypatch, way, tmp_path / "file")


@pytest.mark.parametrize("way", WAYS)
def test_a_form_of_an_office_is_not_kept(way: str, place: Path, tmp_path: Path) -> None:
    """Only what ships holds surely nothing of a client; it is read each time, and changes show."""
    file = tmp_path / "templates" / "shared" / f"{way}.yaml"
    file.parent.mkdir(parents=True)
    file.write_bytes((SHIPPED / "shared" / f"{way}.yaml").read_bytes())

    assert WAYS[way](file.parents[1]) == WAYS[way](SHIPPED)
    assert len(list(place.glob("*"))) == 1
    file.write_text("a: [\n")
    with pytest.raises(TemplateError):
        WAYS[way](file.parents[1])


@pytest.mark.parametrize("way", WAYS)
def test_entries_are_of_their_kinds(way: str) -> None:
    """What is kept is read into the types that rules and papers ask, not into bare mappings."""
    WAYS[way](SHIPPED)
    forget()
    again = WAYS[way](SHIPPED)

    entries = again.eras if isinstance(again, wordlists.WordLists) else list(dict(again).values())  # type: ignore[call-overload]
    assert type(entries[0]).__name__ in {"Authority", "Recipient", "Wording", "Era"}


def test_another_version_of_a_library_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files are not looked at one by one: the names beside its folder tell its version."""
    (tmp_path / "some_library").mkdir()
    (tmp_path / "some_library/__init__.py").touch()
    told = tmp_path / "some_library-1.0.dist-info"
    told.mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    before = _kept.made_by(["some_library"])

    told.rename(tmp_path / "some_library-1.1.dist-info")
    _kept._versions.cache_clear()  # noqa: SLF001 - as another process begins

    assert _kept.made_by(["some_library"]) != before
