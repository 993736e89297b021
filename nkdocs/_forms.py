"""Entries of a file of fixed form: plain records, whose faults pydantic names.

A record and its class are made in a fraction of the time of a pydantic model; most runs take what
was checked before from disk (`_kept`), or is plainly right, and check nothing. Pydantic itself is
loaded with the first entry that it is asked for: that takes longer than to make a letter.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Self, get_type_hints

from msgspec import Struct
from msgspec.structs import asdict, fields

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, TypeAdapter
    from pydantic_core import CoreSchema


class Wrong(Struct, frozen=True):
    """One thing that is wrong with an entry.

    Attributes:
        place: keys and positions that lead to it from the entry.
        kind: what pydantic calls it: `missing`, `extra_forbidden`.
        said: what pydantic, or what reads the field, says of it; no value is quoted.
        more: what it tells beside, by name: `expected`.
    """

    place: tuple[int | str, ...]
    kind: str
    said: str
    more: dict[str, str]

    @property
    def at(self) -> str:
        """Its place in words: `eras.3.words`."""
        return ".".join(map(str, self.place))


class FormError(ValueError):
    """An entry is not of its form.

    Attributes:
        wrongs: everything that is wrong with it.
    """

    def __init__(self, wrongs: tuple[Wrong, ...]) -> None:
        """Tell of *wrongs*."""
        super().__init__("; ".join(wrong.said for wrong in wrongs))
        self.wrongs = wrongs

    def __reduce__(self) -> tuple[type["FormError"], tuple[tuple[Wrong, ...]]]:
        """Let it cross between processes."""
        return type(self), (self.wrongs,)


class Before(Struct, frozen=True):
    """In a field's annotation: reads what a file tells before it is taken for the field's type.

    Attributes:
        read: returns what is taken instead; a ValueError says why nothing can be.
    """

    read: Callable[[Any], object]

    def __get_pydantic_core_schema__(
        self, source: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Read it before what is asked of *source*."""
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.read, handler(source))


class After(Struct, frozen=True):
    """In a field's annotation: reads the value of the field's type once more.

    Attributes:
        read: returns the value; a ValueError says why it cannot stand.
    """

    read: Callable[[Any], object]

    def __get_pydantic_core_schema__(
        self, source: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Read it after what is asked of *source*."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.read, handler(source))


def is_id(text: str) -> str:
    """Return the id of an entry; to stand in `After`.

    Raises:
        ValueError: it holds something else than small letters, digits and hyphens.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", text):
        msg = "write it in small letters, digits and hyphens"
        raise ValueError(msg)
    return text


class Form(Struct, frozen=True, kw_only=True, dict=True):
    """An entry: its annotations say what is refused, and so is a key it does not have."""

    @classmethod
    def checked(cls, told: object) -> Self:
        """Return what a file tells of an entry.

        Raises:
            FormError: it is none; everything that is wrong with it is named.
        """
        from pydantic import ValidationError

        try:
            made: Self = _adapter(cls).validate_python(told)
        except ValidationError as error:
            found = error.errors(include_input=False, include_url=False)
            raise FormError(tuple(
                Wrong(
                    w["loc"], w["type"], w["msg"].removeprefix("Value error, "),
                    {key: str(told) for key, told in w.get("ctx", {}).items()},
                )
                for w in found
            )) from None  # fmt: skip
        return made

    def plain(self) -> dict[str, Any]:
        """Return its fields as plain values, those of the entries in it too."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Check the fields as those of a model, and make the record of them."""
        from pydantic_core import core_schema

        hints = get_type_hints(cls, include_extras=True)
        parts = {}
        for told in fields(cls):
            part = cls._read(handler.generate_schema(hints[told.name]))
            if not told.required:  # what it is otherwise is the record's own matter
                part = core_schema.with_default_schema(part, default=_NOT_TOLD)
            parts[told.name] = core_schema.model_field(part)
        whole = core_schema.model_fields_schema(
            parts, model_name=cls.__name__, extra_behavior="forbid"
        )
        return core_schema.no_info_after_validator_function(cls._made, whole)

    @classmethod
    def _read(cls, part: "CoreSchema") -> "CoreSchema":
        """Return what checks a field, by what its type asks."""
        return part

    @classmethod
    def _made(cls, told: tuple[dict[str, Any], object, object]) -> Self:
        return cls(**{name: value for name, value in told[0].items() if value is not _NOT_TOLD})


@cache
def _adapter(form: type[Form]) -> "TypeAdapter[Any]":
    """Return what checks entries of a *form*: to make it takes longer than many checks."""
    from pydantic import TypeAdapter

    return TypeAdapter(form)


_NOT_TOLD = object()


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
    if isinstance(value, Form):
        return value.plain()
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value
