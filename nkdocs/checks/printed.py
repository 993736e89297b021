"""What papers may print of the answers in people's own words, with the place of each text."""

from collections.abc import Iterator

from nkdocs.answers.view import Answers, ForbiddenPathError, Group, Items
from nkdocs.checks.facts import Facts
from nkdocs.interview.engine import Spot
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.words import Story


def printed(facts: Facts, audience: str, root: str) -> Iterator[tuple[Spot, str]]:
    """Yield every text below *root* that a paper for *audience* may print, with its spot.

    Idle answers and items that are not disclosed are left out, as they are in the papers.
    """
    seen = Answers(facts.answers.case, facts.answers.catalogue, audience)
    if root in seen.root.children():
        yield from _below(seen.root, root)


def _below(group: Group, name: str) -> Iterator[tuple[Spot, str]]:
    try:
        value = value_of(group.lookup(name))
    except ForbiddenPathError:
        return
    if isinstance(value, Items):
        for item in value:
            for inner in sorted(item.children()):
                yield from _below(item, inner)
    elif isinstance(value, Group):
        for inner in sorted(value.children()):
            yield from _below(value, inner)
    elif isinstance(value, (str, Story)):
        yield (*group.spot, name), str(value)


def roots(facts: Facts) -> list[str]:
    """Return the names at the top of the answers."""
    return sorted(facts.answers.catalogue.children(()))
