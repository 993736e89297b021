"""What several tests of packets start from, made once."""

import functools
from collections.abc import Callable
from pathlib import Path

import pytest

from nkdocs.packet.desk import Desk
from tests.packet import shipped
from tests.packet.papers import demo, nkdocs


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Desk]:
    """Return what opens the desk of a case that ships, once for all tests: only to read."""
    return functools.cache(lambda name: shipped.laid(name, tmp_path_factory.mktemp("laid")))


@pytest.fixture(scope="session")
def drafted_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo case with its filings built as drafts, without LibreOffice: only to read."""
    case = demo(tmp_path_factory.mktemp("drafted") / "demo")
    said = nkdocs("build", case)
    assert said.code == 0, said.err
    return case
