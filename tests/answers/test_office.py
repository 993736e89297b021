"""What the office says counts where the case says nothing."""

import pytest

from nkdocs.answers.load import CaseFile, load

OFFICE = """\
office: {name: Hana Clinic, phone: 000-555-0100}
counsel: {name: J. Lee, eoir_id: AB000000, supervisor: {name: R. Roe, eoir_id: CD000000}}
"""


def case(text: str) -> CaseFile:
    """Return the case of *text* beneath the office's settings."""
    return load(f"answers: 1\n{text}", "answers.yaml", OFFICE, "office.yaml")


def test_answer_of_the_case_leaves_the_office_others_in_force() -> None:
    """One telephone number in the case does not hide the name of the office."""
    assert case("office: {phone: 000-555-0199}\n").data["office"] == {
        "name": "Hana Clinic",
        "phone": "000-555-0199",
    }


def test_empty_key_of_the_case_hides_nothing() -> None:
    """A key without a value is a question left open."""
    assert case("office:\n").data["office"]["name"] == "Hana Clinic"


def test_other_counsel_gets_no_number_of_the_office_counsel() -> None:
    """One attorney's EOIR number never stands beside another's name."""
    assert case("counsel: {name: K. Park}\n").data["counsel"] == {"name": "K. Park"}


def test_other_supervisor_gets_no_number_either() -> None:
    """The same holds for the supervisor."""
    told = case("counsel: {supervisor: {name: S. Sohn}}\n").data["counsel"]

    assert told["supervisor"] == {"name": "S. Sohn"}
    assert told["eoir_id"] == "AB000000"


def test_place_is_that_of_the_file_that_says_it() -> None:
    """A fault in office.yaml is not looked for in the case."""
    told = case("office: {phone: 000-555-0199}\n")

    assert told.place(("office", "phone")).file == "answers.yaml"
    assert told.place(("office", "name")).file == "office.yaml"


@pytest.mark.parametrize("text", ["a line\n", "- counsel\n", "pd: {theory: x}\n"])
def test_file_of_another_kind_is_no_office(text: str) -> None:
    """A list, a text or a case named with --office is told, not passed over."""
    case = load("answers: 1\n", "answers.yaml", text, "july.csv")

    assert [(f.code, f.place.file, f.place.line) for f in case.faults] == [("A001", "july.csv", 1)]
