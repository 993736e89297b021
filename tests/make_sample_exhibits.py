"""Makes the exhibits of the fictional cases in answers/samples; every word in them is invented.

    python -m tests.make_sample_exhibits [FOLDER]

What the papers say stands in tests/sample_texts, one folder a case. The same bytes come out in
each run with the same libraries.
"""

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests import sample_pictures
from tests.demo_paper import Form, Paper, draw, finished

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "answers" / "samples"
TEXTS = ROOT / "tests" / "sample_texts"

Papers = Mapping[str, Form]

FORMS: Mapping[str, Papers] = {
    "ninth-circuit": {
        "i-589-receipt": Form("Notice of Receipt", dt.date(2025, 8, 21), face="sans"),
        "examination": Form("Report of a Medical Examination", dt.date(2026, 2, 24), letters=11),
        "course-certificate": Form("Certificate", dt.date(2026, 6, 12), face="sans"),
        "record-check": Form("Result of Record Check", dt.date(2026, 9, 29), face="sans"),
        "country-report": Form("The Sealed Dial", dt.date(2025, 5, 5), numbered=True),
    },
    "late-filer": {
        "i-589-receipt": Form("Receipt Notice", dt.date(2022, 2, 17), face="sans"),
        "t-receipt": Form("Receipt Notice", dt.date(2026, 6, 16), face="sans"),
        "hospital-record": Form("Discharge Summary and Letter", dt.date(2026, 10, 20), letters=11),
        "shelter-letter": Form("Letter of October 12, 2026", dt.date(2026, 10, 12), face="sans"),
        "county-letter": Form("Letter of September 27, 2026", dt.date(2026, 9, 27), "a4"),
        "county-letter-en": Form("Letter, English translation", dt.date(2026, 10, 9)),
        "county-letter-certificate": Form("Certificate", dt.date(2026, 10, 9), face="sans"),
        "record-check": Form("Result of Record Check", dt.date(2026, 10, 1), face="sans"),
        "country-report": Form("Carried Over", dt.date(2025, 5, 12), numbered=True),
    },
    "asylum-only": {
        "i-589-receipt": Form("Receipt Notice", dt.date(2024, 1, 9), face="sans"),
        "police-receipt": Form("Confirmation of Reports", dt.date(2023, 6, 22), "a4"),
        "police-receipt-en": Form("Translation", dt.date(2026, 10, 14), face="sans"),
        "police-receipt-certificate": Form("Certificate", dt.date(2026, 10, 14), face="sans"),
        "clinic-letter": Form("Letter of October 22, 2026", dt.date(2026, 10, 22)),
        "study-record": Form("Record of Studies", dt.date(2026, 9, 8), face="sans"),
        "record-check": Form("Result of Record Check", dt.date(2026, 10, 6), face="sans"),
        "country-report": Form("Nobody at the Door", dt.date(2025, 5, 19), numbered=True),
    },
}  # fmt: skip
"""How the papers of each case look."""

COPIED: Mapping[str, tuple[str, ...]] = {
    "ninth-circuit": ("housemate-letter",),
    "late-filer": ("interpreter-statement",),
    "asylum-only": ("support-letter",),
}
"""Letters that came as plain text."""

PICTURES: Mapping[str, Mapping[str, Callable[[], bytes]]] = {
    "late-filer": {"drawing.png": sample_pictures.child_drawing},
    "asylum-only": {"photograph.jpg": sample_pictures.photograph},
}


def exhibits(case: str) -> dict[str, bytes]:
    """Return the exhibit files of a case, by name."""
    texts = TEXTS / case
    made = {}
    for name, form in FORMS[case].items():
        sheet = Paper(form)
        draw(sheet, (texts / f"{name}.txt").read_text(encoding="utf-8"))
        made[f"{name}.pdf"] = finished(sheet)
    for name in COPIED.get(case, ()):
        made[f"{name}.txt"] = (texts / f"{name}.txt").read_bytes()
    made |= {name: picture() for name, picture in PICTURES.get(case, {}).items()}
    return made


def main(folder: Path = FOLDER) -> None:
    """Write all exhibits of all cases below *folder*."""
    for case in FORMS:
        place = folder / case / "exhibits"
        place.mkdir(parents=True, exist_ok=True)
        for name, data in exhibits(case).items():
            (place / name).write_bytes(data)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
