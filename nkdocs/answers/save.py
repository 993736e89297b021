"""The text of an answers file after one change; everything else in it stays byte for byte. Pure.

Each change is spliced in by `nkdocs._yaml`, which reads the result again: it must say what was
meant, or nothing is changed.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from nkdocs import _yaml
from nkdocs.answers.load import CaseFile, Spot
from nkdocs.errors import AnswersError, UsageError
from nkdocs.interview.engine import at, item_id
from nkdocs.interview.spec import OWN_KEYS, own_key
from nkdocs.kinds.kind import Data

NOTES = "counsel_notes"
_LONGEST_ID = 40


def new_id(existing: Collection[str], hint: str, singular: str = "item") -> str:
    """Return an id for a new item of a list: a slug of *hint* that no item has yet.

    Without letters in *hint* it is made of *singular*, what one item is called; a slug that is
    only a number would be taken for a position, and gets *singular* in front.
    """
    slug, called = _slug(hint), _slug(singular) or "item"
    if not slug:
        slug = called
    elif slug.replace("-", "").isdigit():
        slug = f"{called}-{slug}"
    name, number = slug, 1
    while name in existing:
        number += 1
        name = f"{slug}-{number}"
    return name


def _slug(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower()) if text.isascii() else []
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > _LONGEST_ID:
            break
        slug = longer
    return slug


def with_answer(case: CaseFile, spot: Spot, data: Data) -> str:
    """Return the text with *data* as the answer at *spot*.

    Groups and lists that are not there yet are made; an item that is not there yet gets an id
    made of the answer.

    Raises:
        UsageError: no answer stands there.
    """
    no_key(str(spot[0]))
    for end, step in enumerate(spot):
        above = at(case.data, spot[:end])
        if isinstance(step, int) and not (isinstance(above, list) and step < len(above)):
            ids = [item_id(item, n) for n, item in enumerate(above or ())]
            name = new_id(ids, data if isinstance(data, str) else "", str(spot[end - 1]))
            return with_item(case, spot[:end], name, nested(spot[end + 1 :], data))
    return _yaml.put(case.text, spot, _plain(data))


def no_key(path: str) -> None:
    """Require that *path* is no key of the program's; exhibits and filings hold answers, too.

    Raises:
        UsageError: it is one; setting it could make the file unreadable.
    """
    key = path.partition(".")[0]
    if own_key(key) and key not in OWN_KEYS - {"answers"}:
        msg = f"{path} is nkdocs's own part of an answers file, and no answer"
        raise UsageError(msg, hint="Nothing was changed; name an answer, for example case.court.")


def without_answer(case: CaseFile, spot: Spot) -> str:
    """Return the text without the answer at *spot*; what `office.yaml` says counts then."""
    if at(case.loaded.data, spot) is None:
        msg = f"{spot[-1]} is answered in {case.office_name or 'another file'}"
        raise AnswersError(msg, hint="Change it there, or write another answer here.")
    return _yaml.remove(case.text, spot)


def with_item(case: CaseFile, spot: Spot, name: str, answers: Mapping[str, Data]) -> str:
    """Return the text with a new last item, whose id is *name*, in the list at *spot*."""
    there = at(case.data, spot) or []
    if not isinstance(there, list):
        msg = f"{'.'.join(map(str, spot))} is written as something else than a list"
        raise AnswersError(msg, hint="Correct it in the file: items start with -.")
    item = {"id": name, **{k: _plain(v) for k, v in answers.items()}}
    return _yaml.put(case.text, (*spot, len(there)), item)


def without_item(case: CaseFile, spot: Spot) -> str:
    """Return the text without the list's item at *spot*, nor the marks that its lists are done."""
    path = dotted(case.data, spot)
    marked = _done(case)
    left = [p for p in marked if not p.startswith(f"{path}.")]
    text = case.text
    if left != marked:
        text = _yaml.put(text, ("_done",), list(left))
    items = at(case.data, spot[:-1])
    if isinstance(items, list) and len(items) == 1:  # the last one gone leaves an open list
        return _yaml.put(text, spot[:-1], "")
    return _yaml.remove(text, spot)


def with_moved(case: CaseFile, spot: Spot, to: int) -> str:
    """Return the text in which the list's item at *spot* stands at *to*, counted from 0."""
    number = spot[-1]
    if not isinstance(number, int) or number == to:
        return case.text
    return _yaml.move(case.text, spot[:-1], number, to)


def with_done(case: CaseFile, path: str) -> str:
    """Return the text in which the list at *path* is said to be complete."""
    marked = _done(case)
    if path in marked:
        return case.text
    return _yaml.put(case.text, ("_done", len(marked)), path)


def with_confirmed(case: CaseFile, name: str, told: Mapping[str, Data]) -> str:
    """Return the text with the attorney's confirmation of the authority *name* (DESIGN 8.13)."""
    return _yaml.put(case.text, ("_confirmed", name), dict(told))


def with_note(case: CaseFile, path: str, note: str) -> str:
    """Return the text with *note* about the answer at *path*, after the notes that are there."""
    notes = case.data.get("_notes") or {}
    before = notes.get(path, "") if isinstance(notes, dict) else ""
    told = f"{before}\n{note}" if isinstance(before, str) and before else note
    return _yaml.put(case.text, ("_notes", path), told)


def with_source(case: CaseFile, path: str, source: str) -> str:
    """Return the text in which the answer at *path* comes from *source* and waits to be confirmed.

    Without a *source* the answer was given anew: what was noted of its source goes, a remark and
    an exhibit stay.
    """
    notes = case.data.get("_about")
    note = notes.get(path) if isinstance(notes, dict) else None
    old = dict(note) if isinstance(note, dict) else {}
    if not source and old.get("source") != NOTES:
        return case.text
    kept = {k: v for k, v in old.items() if k not in {"source", "confirmed_on"}}
    told = {"source": source, **kept} if source else kept
    if told:
        return _yaml.put(case.text, ("_about", path), told)
    alone = isinstance(notes, dict) and len(notes) == 1
    return _yaml.remove(case.text, ("_about",) if alone else ("_about", path))


def with_confirmation(case: CaseFile, path: str, on: str) -> str:
    """Return the text in which the client confirmed the answer at *path*, which came from notes."""
    return _yaml.put(case.text, ("_about", path, "confirmed_on"), on)


def unconfirmed(data: Mapping[str, Any]) -> list[str]:
    """Return the paths of answers from counsel's notes that the client has not confirmed."""
    notes = data.get("_about")
    return [
        path
        for path, note in (notes.items() if isinstance(notes, dict) else ())
        if isinstance(note, dict) and note.get("source") == NOTES and not note.get("confirmed_on")
    ]


def nested(names: Spot, data: Data) -> dict[str, Data]:
    """Return *data* below the groups *names*: ("fees", "paid") -> {fees: {paid: data}}."""
    for name in reversed(names[1:]):
        data = {str(name): data}
    return {str(names[0]): data}


def dotted(data: object, spot: Spot) -> str:
    """Return *spot* as a path, with the ids of list items in place of their positions."""
    names = []
    for end, step in enumerate(spot):
        here = at(data, spot[: end + 1])
        names.append(item_id(here, step) if isinstance(step, int) else step)
    return ".".join(names)


def spot_of(data: object, path: str) -> Spot:
    """Return where *path*, with ids of list items, stands in *data*; the reverse of `dotted`.

    Raises:
        AnswersError: a list on the way has no item with that id.
    """
    spot: tuple[str | int, ...] = ()
    for name in path.split("."):
        here = at(data, spot)
        if not isinstance(here, list):
            spot = (*spot, name)
            continue
        ids = [item_id(item, n) for n, item in enumerate(here)]
        if name not in ids:
            known = f"it has: {', '.join(ids)}" if ids else "it has no items"
            msg = f"{dotted(data, spot)} has no item '{name}'; {known}"
            raise AnswersError(msg, hint="Name an item by its id; nkdocs interview adds new ones.")
        spot = (*spot, ids.index(name))
    return spot


def _done(case: CaseFile) -> list[str]:
    marked = case.data.get("_done") or []
    return [p for p in marked if isinstance(p, str)] if isinstance(marked, list) else []


def _plain(data: Data) -> Any:  # noqa: ANN401 - text, list or mapping of text
    if isinstance(data, str):
        return data
    if isinstance(data, Mapping):
        return {key: _plain(value) for key, value in data.items()}
    return [_plain(item) for item in data]
