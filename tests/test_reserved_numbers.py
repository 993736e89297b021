"""The people in what ships, and in our tests, are made up (L808)."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXTS = sorted(
    file
    for folder in ("answers", "templates", "tests", "docs")
    for file in (ROOT / folder).rglob("*")
    if file.suffix in {".yaml", ".txt", ".md", ".py"} and "out" not in file.parts
)
NUMBER = re.compile(r"(?<![\w-])A[- ]?(\d{3})[- ]?(\d{3})[- ]?(\d{3})(?!\d)")


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_numbers_come_from_the_reserved_ones(file: Path) -> None:
    """From A000-000-001 to A000-000-099, which no person has."""
    numbers = {"".join(n) for n in NUMBER.findall(file.read_text(encoding="utf-8"))}

    assert [n for n in numbers if not n.startswith("0000000") or n == "000000000"] == []
