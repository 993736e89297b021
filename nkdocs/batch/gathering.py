"""The answers of one case, gathered from the rows of a spreadsheet that are about it. Pure.

A row answers what its cells answer. Cells of a list belong to one item: a new one in every row,
the one of that `id`, or the last one where a row only tells of a list inside it. Nothing is
overwritten: two rows that answer one question differently are a fault.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field

from nkdocs.answers.save import new_id
from nkdocs.batch.cells import Cell, CellError, Spot, text_of
from nkdocs.batch.columns import NONE, Column, fault
from nkdocs.diagnostics import Finding
from nkdocs.interview.spec import ITEM, Catalogue, Pattern, path

At = tuple[str | int, ...]  # where an answer stands in the data


class Told(Struct, frozen=True):
    """One cell that answers something: its column and its text."""

    column: Column
    spot: Spot
    text: str


class Gathered(Struct):
    """What the rows of one case say.

    Attributes:
        data: the answers, as an answers file holds them.
        cells: where each answer stands in the spreadsheet, first of all where its rows begin.
        faults: cells that say nothing that can be trusted; a draft has a blank in their place.
        broken: what makes the rows unusable as a whole.
    """

    file: str
    catalogue: Catalogue
    data: dict[str, Any] = field(default_factory=lambda: {"answers": "1"})
    cells: dict[At, Spot] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    broken: list[Finding] = field(default_factory=list)

    def take(self, row: Sequence[Cell], columns: Sequence[Column]) -> None:
        """Take in one row; the cells whose columns it has not are told as faults."""
        by_number = {c.number: c for c in columns}
        told: list[Told] = []
        for cell in row:
            column = by_number.get(cell.spot.column)
            if cell.blank or (column and not column.steps):
                continue
            if column is None:
                why = "a cell below no heading; nothing would print it"
                self.broken.append(fault(self.file, cell.spot, why))
                continue
            try:
                told.append(Told(column, cell.spot, text_of(cell, column.kind)))
            except CellError as error:
                where = path(column.steps)
                message = f"{where}: the cell {error}"
                self.faults.append(fault(self.file, cell.spot, message, code="A003", subject=where))
        self._put(told, (), (), self.data)

    def _put(self, told: Sequence[Told], steps: Pattern, at: At, here: dict[str, Any]) -> None:
        """Put what stands below *steps* into *here*, which stands at *at*."""
        depth = len([s for s in steps if s == ITEM])
        for one in told:
            if len(one.column.lists) == depth:
                self._answer(one, steps, at, here)
        deeper = dict.fromkeys(
            one.column.lists[depth] for one in told if len(one.column.lists) > depth
        )
        for listed in deeper:
            below = (*listed, ITEM)
            self._item([o for o in told if o.column.steps[: len(below)] == below], listed, steps,
                       at, here)  # fmt: skip

    def _answer(self, one: Told, steps: Pattern, at: At, here: dict[str, Any]) -> None:
        names = one.column.steps[len(steps) :]
        if names == ("id",) and steps:
            return  # the item was chosen by it
        value: Any = one.text
        if one.column.kind == "list":
            if one.text.strip().casefold() != NONE:
                why = f"this is a list: write its items under {path(one.column.steps)}[]…, or none"
                self.broken.append(fault(self.file, one.spot, why))
                return
            value = []
        for name in names[:-1]:
            here = here.setdefault(name, {})
            if not isinstance(here, dict):
                self._twice(one, (*at, *names[:-1]))
                return
        place = (*at, *names)
        before = here.get(names[-1])
        if before is None:
            here[names[-1]] = value
            self.cells[place] = one.spot
        elif before != value:
            self._twice(one, place)

    def _twice(self, one: Told, place: At) -> None:
        first = self.cells.get(place)
        other = f" (the first in {first})" if first else ""
        why = f"{path(one.column.steps)} is answered twice, and differently{other}"
        self.broken.append(fault(self.file, one.spot, why))

    def _item(
        self, told: Sequence[Told], listed: Pattern, steps: Pattern, at: At, here: dict[str, Any]
    ) -> None:
        """Put the cells of one row that are about one item of the list *listed*."""
        names = listed[len(steps) :]
        for name in names[:-1]:
            here = here.setdefault(name, {})
        items = here.setdefault(names[-1], [])
        place = (*at, *names)
        if not isinstance(items, list) or place in self.cells:
            why = f"{path(listed)} is answered with none, and has items"
            self.broken.append(fault(self.file, told[0].spot, why))
            return
        below = (*listed, ITEM)
        direct = [o for o in told if len(o.column.lists) == below.count(ITEM)]
        number = self._which(direct, told, items, listed, below)
        if number is None:
            return
        if number == len(items):
            items.append({})
        own = next((o for o in direct if o.column.steps == (*below, "id")), None)
        if own:
            items[number]["id"] = own.text.strip()
            self.cells.setdefault((*place, number, "id"), own.spot)
        self.cells.setdefault((*place, number), told[0].spot)
        self._put(told, below, (*place, number), items[number])

    def _which(
        self,
        direct: Sequence[Told],
        told: Sequence[Told],
        items: list[dict[str, Any]],
        listed: Pattern,
        below: Pattern,
    ) -> int | None:
        """Return the position of the item that a row is about, None where it does not say."""
        ids = [i.get("id") for i in items]
        own = next((o.text.strip() for o in direct if o.column.steps == (*below, "id")), "")
        if own:
            return ids.index(own) if own in ids else len(items)
        if not direct:  # only of a list inside the item
            sheet = told[0].spot.sheet
            same = any(at and spot.sheet == sheet for at, spot in self.cells.items())
            if len(items) == 1 or (items and same):
                return len(items) - 1
            if not items:
                return 0
            why = f"say in a column {path(listed)}[].id whose this is: there are {len(items)}"
            self.broken.append(fault(self.file, told[0].spot, why))
            return None
        again = {o.column.steps[len(below) :]: o.text for o in direct}
        if items and len(direct) < len(told) and _said(items[-1], again):
            return len(items) - 1  # the same item again, for the next item of a list inside it
        return len(items)

    def finish(self) -> None:
        """Give the items that have no id one of their own, so that each can be named."""
        self._ids(self.data, ())

    def _ids(self, data: dict[str, Any], steps: Pattern) -> None:
        for name, value in data.items():
            here = (*steps, name)
            if isinstance(value, dict):
                self._ids(value, here)
            elif isinstance(value, list):
                question = self.catalogue.questions.get(here)
                singular = question.singular if question else ""
                taken = {str(i["id"]) for i in value if "id" in i}
                for number, item in enumerate(value):
                    if "id" not in item:
                        own = new_id(taken, "", singular or name)
                        taken.add(own)
                        value[number] = {"id": own, **item}
                    self._ids(value[number], (*here, ITEM))


def _said(item: dict[str, Any], again: dict[Pattern, str]) -> bool:
    """Whether *item* says all that *again* says, word for word."""
    for names, text in again.items():
        here: Any = item
        for name in names:
            here = here.get(name) if isinstance(here, dict) else None
        if here != text:
            return False
    return True
