"""Every blank of a Word file is listed, whether a question asks it or not."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nkdocs.cli.app import app
from nkdocs.packet import templates
from tests.documents.test_doctor_all import p, word

SAMPLE = Path(__file__).parents[3] / (
    "shared/samples/docx_templates/MALemonLawLetter__Lemon_Law_Template.docx")  # fmt: skip
LETTER = word(
    p("{{ client.name }} rents {{ flat.address }} for {{ rent }}, {{ client.nmae }}."),
    p("{% if has_heat %}{{ rent }}{% endif %}{% for k in kids %}{{ k.name }}{% endfor %}"),
    p("{{ today }} {{ cite('x') }} {{ filing.id }} {{ client.they }} {{ respondents.first.name }}"),
    p("{% set x = rent %}{{ x }} {{ korean(case, 'court') }}"),
)  # fmt: skip


def test_a_blank_that_no_question_asks_is_listed_with_its_paragraph(tmp_path: Path) -> None:
    """Printed, asked of or looped over; names that every template has are no blanks."""
    (tmp_path / "rent.docx").write_bytes(LETTER)

    rows = templates.blanks(str(tmp_path / "rent.docx"), None)

    assert [(r["paragraph"], r["answer"], r["use"]) for r in rows if not r["kind"]] == [
        (1, "flat.address", "printed"),
        (1, "rent", "printed"),
        (1, "respondents[].nmae", "printed"),
        (2, "has_heat", "condition"),
        (2, "rent", "printed"),
        (2, "kids", "loop"),
        (2, "kids[].name", "printed"),
        (4, "rent", "condition"),
        (4, "rent", "printed"),
    ]
    assert {r["answer"] for r in rows if r["kind"]} >= {"respondents[].name", "respondents"}
    assert [bool(r["next"]) for r in rows] == [not r["kind"] for r in rows]


def test_the_next_step_is_to_ask_or_to_check(tmp_path: Path) -> None:
    """A file of no document becomes one; in a document the name is a slip, or a question lacks."""
    file, case = tmp_path / "rent.docx", tmp_path / "kim"
    case.mkdir()
    file.write_bytes(LETTER)
    alone = CliRunner().invoke(app, ["template", "fields", str(file)])
    templates.new(file, case, "client")

    asked = CliRunner().invoke(app, ["template", "fields", "rent", "--case", str(case)])
    data = CliRunner().invoke(app, ["template", "fields", "rent", "--case", str(case), "--json"])

    assert "    rent  no question asks it\n    " in alone.stdout
    assert "    has_heat  (condition)  no question asks it\n" in alone.stdout
    assert f"No question asks 9 of them. Next: nkdocs template new {file} CASE" in alone.stderr
    todo = f"nkdocs template check rent --case {case}"
    assert f"No question asks 1 of them. Next: {todo}" in asked.stderr
    told = [(r["answer"], r["question"], r["next"]) for r in json.loads(data.stdout)["data"]]
    assert ("respondents[].nmae", "", todo) in told


def test_every_name_of_what_ships_is_asked() -> None:
    """No shipped document names what nobody asks, and none is listed so."""
    documents = [row["document"] for row in templates.templates(None)]
    rows = [row for name in documents for row in templates.blanks(name, None)]

    assert [r["answer"] for r in rows if not r["kind"]] == []
    assert len(rows) > 500


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample templates are not there")
def test_nine_blanks_of_one_paragraph_are_nine() -> None:
    """A letter of other people's has only names of its own there."""
    rows = templates.blanks(str(SAMPLE), None)

    assert len([r for r in rows if r["paragraph"] == 12]) == 9
