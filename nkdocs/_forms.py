"""Entries of a file of fixed form: plain records that pydantic checks where a file is read.

A record and its class are made in a fraction of the time of a pydantic model; most runs take what
was checked before from disk (`_kept`) and check nothing.
"""

from functools import cache
from typing import Any, Self, get_type_hints

from msgspec import Struct
from msgspec.structs import asdict, fields
from pydantic import GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, core_schema


class Form(Struct, frozen=True, kw_only=True, dict=True):
    """An entry: its annotations say what pydantic refuses, and so is a key it does not have."""

    @classmethod
    def checked(cls, told: object) -> Self:
        """Return what a file tells of an entry.

        Raises:
            ValidationError: it is none; each of its errors has its place and what is wrong.
        """
        made: Self = _adapter(cls).validate_python(told)
        return made

    def plain(self) -> dict[str, Any]:
        """Return its fields as plain values, those of the entries in it too."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check the fields as those of a model, and make the record of them."""
        hints = get_type_hints(cls, include_extras=True)
        parts = {}
        for told in fields(cls):
            part = handler.generate_schema(hints[told.name])
            if not told.required:  # what it is otherwise is the record's own matter
                part = core_schema.with_default_schema(part, default=_NOT_TOLD)
            parts[told.name] = core_schema.model_field(part)
        whole = core_schema.model_fields_schema(
            parts, model_name=cls.__name__, extra_behavior="forbid"
        )
        return core_schema.no_info_after_validator_function(cls._made, whole)

    @classmethod
    def _made(cls, told: tuple[dict[str, Any], object, object]) -> Self:
        return cls(**{name: value for name, value in told[0].items() if value is not _NOT_TOLD})


@cache
def _adapter(form: type[Form]) -> TypeAdapter[Any]:
    """Return what checks entries of a *form*: to make it takes longer than many checks."""
    return TypeAdapter(form)


_NOT_TOLD = object()


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
    if isinstance(value, Form):
        return value.plain()
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value
