"""What several tests of packets start from, made once."""

from pathlib import Path

import pytest

from tests.packet.papers import demo, nkdocs


@pytest.fixture(scope="session")
def drafted_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo case with its filings built as drafts, without LibreOffice: only to read."""
    case = demo(tmp_path_factory.mktemp("drafted") / "demo")
    said = nkdocs("build", case)
    assert said.code == 0, said.err
    return case
