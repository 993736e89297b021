"""The fictional cases that ship, each a copy on a desk of its own, with all papers they name.

Beside the demo as it ships stands one that names the papers for the court. A document that a case
comes to name later is among its papers by itself.
"""

import shutil
from pathlib import Path

import pytest

from nkdocs.diagnostics import State
from nkdocs.packet import fill as filling
from nkdocs.packet.desk import Desk, open_desk
from tests.packet import court

ANSWERS = Path(__file__).resolve().parents[2] / "answers"
COURT = "demo-court"
SAMPLES = tuple(sorted(p.parent.name for p in ANSWERS.glob("samples/*/answers.yaml")))
CASES = ("demo", COURT, *SAMPLES)
_RESULTS = shutil.ignore_patterns("out", "served", "signed", ".*", "*.bak")


def laid(name: str, folder: Path) -> Desk:
    """Return the desk of a copy of the case *name* in *folder*, without results."""
    source = ANSWERS / ("samples" if name in SAMPLES else "") / name.removesuffix("-court")
    case = Path(shutil.copytree(source, folder / name, ignore=_RESULTS))
    if name == COURT:
        (case / "answers.yaml").write_text(court.text(), "utf-8")
    return open_desk(case)


def drafts(desk: Desk) -> dict[str, bytes]:
    """Return every paper that a case names, as a draft, by its name; nothing is written.

    Pages are counted as if LibreOffice were not there: the same on every computer.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NKDOCS_SOFFICE", "")
        return filling.fill(desk, [], State.DRAFT).files
