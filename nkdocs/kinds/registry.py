"""Every kind by its name, and how any answer is read, written, described and said back."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from nkdocs.kinds.dates import DateKind, DatetimeKind
from nkdocs.kinds.kind import PLAIN, Data, Kind, KindError, Options, Schema
from nkdocs.kinds.lists import ExhibitsKind, ListKind, TextsKind
from nkdocs.kinds.nonanswers import NonAnswer, Told, non_answer, told
from nkdocs.kinds.numbers import ANumberKind, MoneyKind, NumberKind
from nkdocs.kinds.people import EmailKind, NameKind, PersonKind, PhoneKind
from nkdocs.kinds.places import AddressKind, CountryKind, PlaceKind
from nkdocs.kinds.whens import WhenKind
from nkdocs.kinds.words import ChoiceKind, ManyKind, StoryKind, TextKind, YesNoKind

_ALL: tuple[Kind, ...] = (
    TextKind(), StoryKind(), YesNoKind(), ChoiceKind(), ManyKind(),
    DateKind(), WhenKind(), DatetimeKind(),
    ANumberKind(), PhoneKind(), EmailKind(), AddressKind(), CountryKind(), MoneyKind(),
    NumberKind(), NameKind(), PlaceKind(), ExhibitsKind(), PersonKind(), TextsKind(), ListKind(),
)  # fmt: skip

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})

Value: TypeAlias = object
"""What `parse_answer` returns: a view, plain text, a `NonAnswer` or a `Told`."""


def parse_answer(kind: Kind, data: Data, options: Options = PLAIN) -> Value:
    """Return the value of an answer; where the question allows it, an honest non-answer too.

    Raises:
        KindError: it is not written as its kind.
    """
    if options.unknowns:
        nothing = non_answer(data)
        if nothing is not None:
            return nothing
        hearsay = told(data)
        if hearsay is not None:
            return Told(hearsay[0], kind.parse(hearsay[1], options))
    return kind.parse(data, options)


_SHORT, _FEW, _MOST = 40, 4, 4096  # characters of a text that is kept; texts of one answer; answers
_kept: dict[object, tuple[Options, Value]] = {}


def known_answer(kind: Kind, data: Data, options: Options) -> Value:
    """Return what `parse_answer` does; short answers that many cases share are parsed once.

    Values never change, so one may stand in several cases.

    Raises:
        KindError: it is not written as its kind.
    """
    key: tuple[object, ...] | None
    if type(data) is str:
        key = (id(options), kind.name, data) if len(data) <= _SHORT else None
    else:
        key = _key(kind, data, options)
    if key is None:
        return parse_answer(kind, data, options)
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= _MOST:
            _kept.clear()
        found = _kept[key] = options, parse_answer(kind, data, options)
    return found[1]


def _key(kind: Kind, data: Data, options: Options) -> tuple[object, ...] | None:
    """Return what tells a short answer of several texts from others, None of one that is not."""
    if type(data) not in (dict, list) or len(data) > _FEW:
        return None
    texts = (*data, *data.values()) if type(data) is dict else data
    short = all(type(text) is str and len(text) <= _SHORT for text in texts)
    return (id(options), kind.name, type(data), *texts) if short else None


def written_answer(kind: Kind, value: Value) -> Data:
    """Return a value of `parse_answer` as it is stored."""
    if isinstance(value, NonAnswer):
        return value.how
    if isinstance(value, Told):
        data = kind.written(value.value)
        by = f"was told by {value.by}"
        return f"{by}: {data}" if isinstance(data, str) else {by: data}
    return kind.written(value)


def said_answer(kind: Kind, value: Value) -> str:
    """Return what the interview says back about a value of `parse_answer`."""
    if isinstance(value, NonAnswer):
        return f"Understood: {value}."
    if isinstance(value, Told):
        said = kind.said(value.value).removeprefix("Understood: ") or f"{value}"
        return f"Understood, as told by {value.by}: {said}"
    return kind.said(value)


def schema_answer(kind: Kind, options: Options = PLAIN) -> Schema:
    """Return the JSON schema of an answer, its non-answers included."""
    schema = kind.schema(options)
    if not options.unknowns:
        return schema
    words = {"enum": ["does not know", "does not remember", "declines"]}
    hearsay = {"type": "string", "pattern": "^was told by [^:]+: "}
    mapping = {"type": "object", "patternProperties": {"^was told by ": schema}}
    return {"anyOf": [schema, words, hearsay, {**mapping, "additionalProperties": False}]}


__all__ = [
    "KINDS", "KindError", "parse_answer", "said_answer", "schema_answer", "written_answer",
]  # fmt: skip
