"""The JSON schema of an answers file, for editors that help while one types. Pure."""

from collections.abc import Mapping

from nkdocs.interview.spec import ITEM, Catalogue, Pattern
from nkdocs.kinds.kind import Schema
from nkdocs.kinds.registry import schema_answer

_OWN: Schema = {"^_": {}}  # keys of the program: _about, _notes, _done, _accepted, _confirmed
_KOREAN: Schema = {
    "description": "The Korean text of an answer, by its path (events.arrest-2006.told).",
    "anyOf": [
        {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
        {"enum": [None, ""]},
    ],
}
_EMPTY: Schema = {"enum": [None, ""]}  # a key without a value is a question left open


def schema(catalogue: Catalogue, entries: Mapping[str, Schema]) -> Schema:
    """Return the schema of an answers file.

    Args:
        catalogue: every question there is.
        entries: the schema of one entry of each list of fixed form: exhibits, filings.
    """
    shared: Schema = {}
    fixed: Schema = {}
    for key, entry in entries.items():
        one = dict(entry)
        below = one.pop("$defs", {})
        shared |= below if isinstance(below, dict) else {}
        fixed[key] = {"type": "array", "items": one}
    form = {"answers": {"enum": ["1", 1], "description": "The version of this form."}}
    top = _group(catalogue, ())
    properties = {**form, **_properties(top), **fixed, "_ko": _KOREAN}
    made: Schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "nkdocs answers",
        **top,
        "properties": properties,
        "patternProperties": _OWN,
        "required": ["answers"],
    }
    return {**made, "$defs": shared} if shared else made


def _properties(group: Schema) -> Schema:
    found = group.get("properties")
    return found if isinstance(found, dict) else {}


def _group(catalogue: Catalogue, steps: Pattern) -> Schema:
    """Return the schema of the answers below a path."""
    names = sorted(catalogue.children(steps))
    properties = {name: _answer(catalogue, (*steps, name)) for name in names}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _answer(catalogue: Catalogue, steps: Pattern) -> Schema:
    question = catalogue.questions.get(steps)
    if question is None:
        return {"anyOf": [_group(catalogue, steps), _EMPTY]}
    if question.is_list:
        item = _group(catalogue, (*steps, ITEM))
        own = {"id": {"type": "string", "description": "Given once, never changed."}}
        item = {**item, "properties": {**own, **_properties(item)}, "required": ["id"]}
        kind: Schema = {"type": "array", "items": item}
    else:
        kind = schema_answer(question.kind, question.options)
    told = " ".join(t for t in (question.prompt.en, question.help) if t)
    return {"description": told, "anyOf": [kind, _EMPTY]}
