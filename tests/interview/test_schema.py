"""The schema of an answers file, for editors."""

from pathlib import Path

from nkdocs._resources import shipped
from nkdocs.interview.load import load
from nkdocs.interview.schema import schema
from tests.ui.talk import catalogue


def test_schema_names_every_question_and_the_items_ids(tmp_path: Path) -> None:
    """A list's item has an id and its own answers; groups stand in each other."""
    made = schema(catalogue(tmp_path), {"exhibits": {"type": "object"}})

    told = made["properties"]
    assert isinstance(told, dict)
    assert set(told) == {"_ko", "answers", "case", "exhibits", "respondents"}
    item = told["respondents"]["anyOf"][0]["items"]
    assert set(item["properties"]) == {"id", "lead", "relation", "name", "entries"}
    assert item["required"] == ["id"]
    assert told["case"]["anyOf"][0]["properties"]["detained"]["description"].startswith("Detained?")


def test_schema_lets_the_programs_own_keys_stand(tmp_path: Path) -> None:
    """Keys with an underscore are no faults in an editor; other unknown ones are."""
    made = schema(catalogue(tmp_path), {})

    assert made["patternProperties"] == {"^_": {}}
    assert made["additionalProperties"] is False


def test_schema_lists_choices_that_are_not_offered_today() -> None:
    """The file may hold them; a finding tells of it, not the editor."""
    known = load([shipped("templates")])

    made = str(schema(known, {}))

    forms = known.questions["pd", "forms"].options.choices
    assert [key for key in forms if f"'const': '{key}'" not in made] == []
