"""What every test stands on: an empty home, no network, no colour, the same numbers each time."""

import gc
import os
import random
import signal
import socket
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from nkdocs.convert.ocr import lacking
from nkdocs.convert.office import find_office

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT.parent / "shared" / "samples"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}

# The same examples in every run and on every machine, nothing kept between runs; a slow machine
# is no fault.
settings.register_profile("nkdocs", derandomize=True, deadline=None, database=None)
settings.load_profile("nkdocs")


def pytest_sessionstart() -> None:
    """Refuse to start where LibreOffice or OCRmyPDF must be tried and is not there.

    Raises:
        UsageError: NKDOCS_REQUIRE_OFFICE or NKDOCS_REQUIRE_OCR is set, and tests would be skipped.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A run started in the background ignores Ctrl-C, and so would every program it starts.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if os.environ.get("NKDOCS_REQUIRE_OFFICE") and find_office() is None:
        msg = "NKDOCS_REQUIRE_OFFICE is set, but LibreOffice is not found"
        raise pytest.UsageError(msg)
    if os.environ.get("NKDOCS_REQUIRE_OCR") and (missing := lacking()):
        msg = f"NKDOCS_REQUIRE_OCR is set, but {missing[0][0]} is not found"
        raise pytest.UsageError(msg)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leave the tests themselves out of every search for garbage, now and later.

    They are a million objects that live to the end; Python would go through them again and again,
    for a fifth of all processor time. What a test makes is searched as ever.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give programs a home folder of their own, and none of the developer's settings."""
    home = tmp_path_factory.getbasetemp() / "home"
    home.mkdir(exist_ok=True)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in list(os.environ):
        if name.startswith("XDG_") or name in {"NKDOCS_OFFICE", "SOURCE_DATE_EPOCH"}:
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show everything without colour, on a screen of one size."""
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100", "LINES": "40"}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(autouse=True)
def _same_numbers() -> None:
    """Start every test from the same random numbers."""
    random.seed(20261120)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail at the first step out of this computer (TRUST R24)."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    look_up = socket.getaddrinfo

    def local(sock: socket.socket, address: Any) -> None:  # noqa: ANN401 - as the library's own
        if sock.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOOPBACK:
            msg = "a test tried to reach the network"
            raise AssertionError(msg)

    def guarded(sock: socket.socket, address: Any) -> None:  # noqa: ANN401
        local(sock, address)
        connect(sock, address)

    def guarded_ex(sock: socket.socket, address: Any) -> int:  # noqa: ANN401
        local(sock, address)
        return connect_ex(sock, address)

    def guarded_look_up(host: Any, *rest: Any, **more: Any) -> Any:  # noqa: ANN401
        if host not in {None, "", *LOOPBACK}:
            msg = "a test asked the network for a name"
            raise AssertionError(msg)
        return look_up(host, *rest, **more)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


@pytest.fixture
def samples() -> Path:
    """Return the folder of real files that nobody of this project wrote; skip without it."""
    if not SAMPLES.is_dir():
        pytest.skip("the sample files are not beside this checkout (../shared/samples)")
    return SAMPLES


@pytest.fixture
def build_tree(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Return a function that writes files (path to content) and returns their folder."""

    def build(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path

    return build
