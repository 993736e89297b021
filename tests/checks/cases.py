"""Small cases for the checks: answers as YAML, papers and exhibits as plain facts."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from nkdocs import authorities
from nkdocs._resources import shipped
from nkdocs.answers import load, validate
from nkdocs.answers.view import Answers
from nkdocs.authorities import Authority, Registry
from nkdocs.checks import run
from nkdocs.checks.facts import DocumentFact, ExhibitFact, Facts
from nkdocs.checks.run import Wording
from nkdocs.checks.wordlists import WordLists, wordlists
from nkdocs.diagnostics import Finding
from nkdocs.interview import load as interviews
from nkdocs.interview.spec import Catalogue

DAY = dt.date(2026, 11, 20)
PD, REVIEW, DECLARATION = "pd-request", "supervisory-review", "asylum-declaration"
OATH = "I declare under penalty of perjury that the foregoing is true and correct."
ALL = (PD, REVIEW, DECLARATION)
FOLDERS: tuple[Path, ...] = (shipped("templates"),)


@cache
def catalogue() -> Catalogue:
    """Return the shipped questions."""
    return interviews.load(FOLDERS)


@cache
def law() -> dict[str, Authority]:
    """Return the shipped registry."""
    return authorities.load(FOLDERS)


@cache
def words() -> dict[str, Wording]:
    """Return the shipped wording."""
    return run.wordings(FOLDERS)


@cache
def lists() -> WordLists:
    """Return the shipped words and dates."""
    return wordlists(FOLDERS)


def case(text: str, *chosen: str, day: dt.date | None = DAY) -> Facts:
    """Return the facts of the answers *text*, whose first line is line 2 of its file.

    All documents are at hand unless some are named.
    """
    file = load.load(f"answers: 1\n{text}", "answers.yaml")
    assert not file.faults, file.faults
    return Facts(
        Answers(file, catalogue()),
        day,
        Registry(law(), day),
        frozenset(chosen or ALL),
        tuple(validate.exhibits(file)),
        tuple(validate.filings(file)),
        lists=lists(),
    )


def with_paper(
    facts: Facts,
    *paragraphs: str,
    document: str = PD,
    template: Sequence[str] = (),
    **asked: bool,
) -> Facts:
    """Return *facts* with a paper that says *paragraphs* and asked for authorities."""
    audience = catalogue().documents[document].audience
    named = {name.replace("_", "-"): stands for name, stands in asked.items()}
    paper = DocumentFact(
        f"{document}.docx", document, audience, (), paragraphs, named, tuple(template)
    )
    return replace(facts, documents=(*(facts.documents or ()), paper))


def with_oath(facts: Facts, *paragraphs: str, names: str = "") -> Facts:
    """Return *facts* with a declaration of numbered *paragraphs*; one with a # before it has none.

    The first paragraph of the body is paragraph 2; *names* gives the name of the first number.
    """
    bare = [p.startswith("#") for p in paragraphs]
    count = iter(range(1, len(paragraphs) + 1))
    numbers = [0 if none else next(count) for none in bare]
    texts = ("I declare as follows:", *(p.lstrip("#") for p in paragraphs), OATH)
    paper = DocumentFact(
        f"{DECLARATION}.docx", DECLARATION, "court", (), texts,
        numbers=(0, *numbers, 0), names={names: 1} if names else {},
    )  # fmt: skip
    return replace(facts, documents=(*(facts.documents or ()), paper))


def with_exhibit(facts: Facts, name: str, text: str = "", sideways: int = 0) -> Facts:
    """Return *facts* with an exhibit as it was read."""
    read = ExhibitFact(name, 2, 0, ("main",), text, sideways)
    return replace(facts, exhibits=(*(facts.exhibits or ()), read))


def confirming(facts: Facts, *names: str) -> Facts:
    """Return *facts* of a case whose attorney confirmed authorities."""
    return replace(facts, registry=Registry(law(), facts.day, names))


def findings(facts: Facts, code: str) -> list[Finding]:
    """Return what the checks find under *code*; each rule supplies what its wording names."""
    for found in (f for rule in run.RULES for f in rule(facts)):
        assert set(words()[found.code].facts) <= set(found.facts), found.code
    return [f for f in run.run(facts, words()) if f.code == code]


def found(text: str, code: str, *chosen: str, day: dt.date = DAY) -> list[Finding]:
    """Return what the checks find in the answers *text* under *code*."""
    return findings(case(text, *chosen, day=day), code)


def the(found: Sequence[Finding]) -> Finding:
    """Return the one finding there is."""
    assert len(found) == 1, [str(f) for f in found]
    return found[0]


def told(finding: Finding) -> tuple[str, str, str, int]:
    """Return what weighs in a finding: severity, the state it counts from, class, line."""
    return (
        finding.severity.value,
        finding.counts.value,
        finding.kind,
        finding.place.line,
    )
