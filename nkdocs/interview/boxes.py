"""Boxes of a government form and the answers that fill them, as a document's interview.yaml says.

```yaml
boxes:
- part: A.II                      # as the form calls it
  of: family                      # of the items of this list; without it of the case
  where: kin == 'child'           # of which items
  fills: {name: name, nationality: nationality}
- part: A.III
  fills: {"4 employer": "background.jobs[].employer"}
```

A path in brackets, `[a, b]`, is an alternative: one answer anywhere is enough.
"""

from collections.abc import Callable, Iterator, Mapping

from pydantic import BaseModel, ConfigDict

from nkdocs._conditions import Condition
from nkdocs.interview.spec import Boxes, Pattern, Question, path, pattern


class BoxesForm(BaseModel):
    """What interview.yaml says of some boxes."""

    model_config = ConfigDict(extra="forbid")

    part: str
    of: str = ""
    where: str = ""
    needs: str = ""
    needed: str = ""
    fills: dict[str, str | list[str]] = {}


def boxes(form: BoxesForm, condition: Callable[[str], Condition | None]) -> Boxes:
    """Return what *form* says; *condition* reads a condition and reports what is wrong with it."""
    above = pattern(f"{form.of}[]") if form.of else ()
    fills = {
        box: tuple((*above, *pattern(p)) for p in ([said] if isinstance(said, str) else said))
        for box, said in form.fills.items()
    }
    enough = frozenset(box for box, said in form.fills.items() if not isinstance(said, str))
    where, needed = condition(form.where), condition(form.needed)
    return Boxes(form.part, above[:-1], where, fills, enough, form.needs, needed)


def unasked(made: Boxes, questions: Mapping[Pattern, Question]) -> Iterator[str]:
    """Yield the paths of *made* that no question asks: such a box could never be filled."""
    for steps in (made.of, *(steps for said in made.fills.values() for steps in said)):
        if steps and steps not in questions:
            yield path(steps)
