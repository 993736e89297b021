"""What of a case may reach strangers beside its papers."""

import pytest
from msgspec.structs import replace

from nkdocs.answers.entries import Exhibit
from tests.checks.cases import case, findings

PEOPLE = """respondents:
- {id: seo-yun, lead: yes, name: {legal: SEO Yun Hui, native: 서윤희}, a_number: A000-000-021}
family: [{id: aunt, relation: aunt, name: RI Ok Sun}]
people: [{id: park, name: Park Min-ji, role: translator}]
exhibits:
- {id: card, title: Card, file: exhibits/card.pdf}
"""


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("exhibits/card.pdf", 0), ("exhibits/Suh-Yoonhee-card.pdf", 1), ("exhibits/서윤희.jpg", 1),
        ("exhibits/A000000021 notice.pdf", 1), ("exhibits/ri_ok_sun.pdf", 1),
        ("exhibits/park-min-ji-certificate.pdf", 0), ("exhibits/seo.pdf", 0),
    ],
)  # fmt: skip
def test_file_name_tells_nobody(name: str, count: int) -> None:
    """L804: names of respondents and relatives, in any spelling, and their numbers."""
    facts = replace(case(PEOPLE), listed=(Exhibit(id="card", title="Card", file=name),))

    found = findings(facts, "L804")

    assert [(f.severity, f.place.line) for f in found] == [("WARN", 7)] * count


def test_file_that_others_reach_is_named() -> None:
    """L805: each file on a line of its own, with the way in which it is reached."""
    facts = replace(case(PEOPLE), exposed=(("answers.yaml", "can be read by every user"),))

    (finding,) = findings(facts, "L805")

    assert (finding.severity, finding.counts, finding.kind) == ("ERROR", "for-signature", "ack")
    assert "answers.yaml can be read" in finding.message
