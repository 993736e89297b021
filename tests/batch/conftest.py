"""One office for all tests of batches: its questions are read once."""

import itertools
from pathlib import Path

import pytest

from tests.batch.office import office

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an office."""
    return office(tmp_path_factory.mktemp("clinic"))


@pytest.fixture
def home(clinic: Path) -> Path:
    """Return an empty folder in the office."""
    folder = clinic / f"work-{next(_NUMBERS)}"
    folder.mkdir()
    return folder
