"""Every law that a question or a finding names as its reason stands in the registry."""

import re

import pytest

from nkdocs import authorities
from nkdocs._resources import shipped
from nkdocs.checks import run
from nkdocs.interview import load

TEMPLATES = shipped("templates")
LAW = authorities.load([TEMPLATES])
QUESTIONS = load.load([TEMPLATES]).questions.values()
SOURCES = sorted(
    {source for q in QUESTIONS for source in q.source}
    | {
        source
        for word in run.wordings([TEMPLATES]).values()
        for source in ([word.source] if isinstance(word.source, str) else word.source)
    }
)
_NUMBERED = re.compile(
    r"(\d+) ?(C\.?F\.?R|U\.?S\.?C)\.? ?§{0,2} ?(\d+[a-z]?(?:\.\d+)?)"  # 8 CFR 239.2
    r"|(?<=[ ,-])()()(\d{3,4}\.\d+)"  # …, 1239.2
    r"|(INA)()[ §]+(\d+)"  # INA 208
    r"|(\d+) (I&N Dec\.|F\.\dd|F\.4th|F\. Supp\. \dd|U\.S\.) (\d+)"
    r"|((?:RPC|ICPM) \d\.\d+|Pub\. L\. \d+-\d+|PM[ -]\d+-\d+|Form I-\d+|CPL \d+\.\d+|EO \d+)()()"
)


def numbers(text: str) -> set[str]:
    """Return the numbers by which a text names law, without paragraphs: `CFR 239.2`."""
    text = (
        text.replace("Exec. Order No.", "EO")
        .replace("Immigration Court Practice Manual, ch. ", "ICPM ")
        .replace(".S.C", "SC")
    )
    text = text.replace("C.F.R.", "CFR").replace("USC.", "USC").replace("U.SC", "USC")
    found = set()
    for match in _NUMBERED.finditer(text):
        said = " ".join(piece for piece in match.groups() if piece)
        found.add(said.replace("8 CFR ", ""))
    return found


KNOWN = {number for a in LAW.values() for number in numbers(a.cite)}


@pytest.mark.parametrize("source", SOURCES)
def test_the_registry_holds_what_is_named_as_a_reason(source: str) -> None:
    """So its status, its dates, and who verified it can be looked up."""
    named = numbers(source)

    assert named <= KNOWN
    assert named or any(source in a.cite for a in LAW.values())
