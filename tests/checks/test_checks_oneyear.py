"""What a late application needs: the class question, proof of mailing, a reasonable time."""

import pytest

from nkdocs.checks.oneyear import CLASS_DAY
from tests.checks.cases import DECLARATION, PD, found, the, told

LATE = """respondents:
- {id: seo, lead: yes, i589: own, entries: [{id: e, when: 2021-10-03, last: yes}]}
case:
  i589: {filed: yes, filed_on: 2023-01-19, received_by: court}
"""
EXCUSED = """oneyear:
  exception: illness
  facts: I was ill.
  reasonable: I went to three offices.
"""


def late(arrived: str = "2021-10-03", filed: str = "2023-01-19", more: str = "") -> str:
    """Return answers of one person who filed after the year."""
    return LATE.replace("2021-10-03", arrived).replace("2023-01-19", filed) + more


def test_class_is_asked_before_anything_is_called_late() -> None:
    """Who entered before 2022 may be a member."""
    finding = the(found(late(), "L101"))

    assert told(finding) == ("WARN", "draft", "ack", 3)
    assert finding.message.index("Mendez Rojas") < finding.message.index("urgent")


@pytest.mark.parametrize("member", ["yes", "no"])
def test_class_is_not_asked_twice(member: str) -> None:
    """An answer ends the question, not the deadline."""
    finding = the(found(late(more=f"oneyear: {{mendez_rojas: '{member}'}}\n"), "L101"))

    assert "Mendez" not in finding.message
    assert finding.severity.value == "WARN"


def test_class_is_not_asked_of_later_entries() -> None:
    """Who entered in 2022 or later is no member."""
    assert "Mendez" not in the(found(late("2022-01-05", "2024-01-19"), "L101")).message


def test_member_who_filed_by_the_last_day_is_deemed_timely() -> None:
    """Told, to be confirmed, and no warning."""
    member = "oneyear: {mendez_rojas: 'yes'}\n"
    finding = the(found(late("2019-05-01", CLASS_DAY.isoformat(), member), "L101"))

    assert finding.severity.value == "INFO"
    assert the(found(late("2019-05-01", "2022-04-23", member), "L101")).severity.value == "WARN"


def test_class_is_asked_of_a_late_filer_who_is_excused_while_it_could_help() -> None:
    """Filed by the last day, membership is better than any exception."""
    assert "Mendez" in the(found(late("2019-05-01", "2022-04-20", EXCUSED), "L101")).message
    assert not found(late("2019-05-01", "2022-04-25", EXCUSED), "L101")


def test_application_for_withholding_alone_has_no_deadline() -> None:
    """Not run where asylum is not asked for."""
    text = late().replace("received_by: court", "received_by: court, withholding_only: yes")

    assert not found(text, "L101")
    assert not found(late().replace("  i589", "  proceeding: withholding_only\n  i589"), "L101")


MAILED = """respondents:
- {id: seo, lead: yes, i589: own, entries: [{id: e, when: 2021-10-03, last: yes}]}
case:
  i589: {filed: yes, filed_on: 2022-10-07, received_by: uscis,
   mailed_on: 2022-10-01}
"""


def test_mailing_without_proof() -> None:
    """Received four days late, mailed in time."""
    finding = the(found(MAILED, "L103"))

    assert told(finding) == ("WARN", "draft", "ack", 6)
    assert "2022-10-01" in finding.message
    assert found(MAILED, "L101")


def test_mailing_with_proof_is_the_day_of_filing() -> None:
    """Then nothing is late."""
    proved = MAILED.replace("2022-10-01}", "2022-10-01, mailing_proof: [receipt]}")

    assert not found(proved, "L103")
    assert not found(proved, "L101")


def test_mailing_after_the_year_helps_nobody() -> None:
    """Nor does it where the court received the application."""
    assert not found(MAILED.replace("2022-10-01", "2022-10-05"), "L103")
    assert not found(MAILED.replace("uscis", "court"), "L103")


def test_exception_needs_a_reasonable_time_after_it() -> None:
    """Counted over the filing: no court paper, no finding."""
    text = late(more=EXCUSED.replace("  reasonable: I went to three offices.\n", ""))
    finding = the(found(text, "L104", DECLARATION))

    assert told(finding) == ("ERROR", "for-signature", "ack", 7)
    assert finding.also[0].line == 5
    assert not found(text, "L104", PD)


@pytest.mark.parametrize(
    "text",
    [
        late(more=EXCUSED),
        late(filed="2022-10-03", more="oneyear: {exception: illness}\n"),
        late(more="oneyear: {exception: none}\n"),
        late("2019-05-01", "2022-04-20", "oneyear: {exception: illness, mendez_rojas: 'yes'}\n"),
    ],
)
def test_reasonable_time_is_not_missed_where_it_is_told_or_not_needed(text: str) -> None:
    """Told; in time; no exception; deemed timely."""
    assert not found(text, "L104")
