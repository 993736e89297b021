"""Countries, places and addresses."""

import re
from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct

from nkdocs._jinja import Missing, View
from nkdocs.kinds.countries import ALIASES, ARTICLE, COUNTRIES, MISTAKEN
from nkdocs.kinds.kind import (
    Data,
    KindError,
    Options,
    Schema,
    clean,
    one_line,
    part_line,
    parts,
    plainly,
)

_COUNTRY = "write the country's name, or its code of two letters such as KP, KR, CN or US"
_BY_NAME = {plainly(name): code for code, name in COUNTRIES.items()} | {
    plainly(name): code for code, names in ALIASES.items() for name in names
}
_US_LINE = re.compile(
    r"(?P<street>.+), (?P<city>[^,]+), (?P<state>[A-Z]{2}) (?P<zip>[0-9]{5}(?:-[0-9]{4})?)"
)


class Country(View, Struct, frozen=True, eq=False):
    """A country, by its ISO 3166-1 code."""

    code: str
    template_names: ClassVar[frozenset[str]] = frozenset({"code", "name"})

    @property
    def name(self) -> str:
        """The usual English name, without an article: "United States"."""
        return COUNTRIES[self.code]

    def __str__(self) -> str:
        """Write the name as a sentence has it: "North Korea", "the United States"."""
        return f"the {self.name}" if self.code in ARTICLE else self.name

    def __eq__(self, other: object) -> bool:
        """Equal the same country, or its code as text."""
        if isinstance(other, str):
            return self.code == other
        return self.code == other.code if isinstance(other, Country) else NotImplemented

    def __hash__(self) -> int:
        """Hash as the code."""
        return hash(self.code)


class Place(View, Struct, frozen=True):
    """A place, with its country where that is told apart from it."""

    place: str = ""
    country: Country | None = None
    template_names: ClassVar[frozenset[str]] = frozenset({"country", "place"})

    def lookup(self, name: str) -> object:
        """Return the place or the country; a part that was not given is missing."""
        return View.lookup(self, name) or Missing(name, f"Which {name}?")

    def __str__(self) -> str:
        """Write "Musan, North Korea"."""
        if self.country is None:
            return self.place
        return f"{self.place}, {self.country.name}" if self.place else str(self.country)


class Address(View, Struct, frozen=True):
    """A postal address: the lines of the street and what the last line is made of."""

    street: tuple[str, ...]
    city: str = ""
    state: str = ""
    zip: str = ""
    country: Country | None = None
    template_names: ClassVar[frozenset[str]] = frozenset(
        {"block", "city", "country", "last_line", "line", "lines", "state", "street", "zip"}
    )

    def lookup(self, name: str) -> object:
        """Return a part of the address; one that was not given is missing."""
        if name == "street" and self.street:
            return ", ".join(self.street)
        return View.lookup(self, name) or Missing(name, f"What is the {name} of the address?")

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as they stand on an envelope; the United States are not named."""
        state = " ".join(t for t in (self.state, self.zip) if t)
        last = ", ".join(t for t in (self.city, state) if t)
        abroad = self.country.name if self.country and self.country.code != "US" else ""
        return (*self.street, *(t for t in (last, abroad) if t))

    @property
    def block(self) -> str:
        """The address with a line break after each line."""
        return "\n".join(self.lines)

    @property
    def last_line(self) -> str:
        """City, state and ZIP code."""
        state = " ".join(t for t in (self.state, self.zip) if t)
        return ", ".join(t for t in (self.city, state) if t)

    @property
    def line(self) -> str:
        """The address on one line."""
        return ", ".join(self.lines)

    def __str__(self) -> str:
        """Write the address on one line."""
        return self.line


class CountryKind:
    """A country."""

    name = "country"

    def parse(self, data: Data, options: Options) -> Country:
        """Return the country of a code or a name, in English or Korean."""
        del options
        return _country(one_line(data, _COUNTRY))

    def written(self, value: Country) -> Data:
        """Return the code, or the name where the code is easily mistaken."""
        return value.name if value.code in MISTAKEN else value.code

    def schema(self, options: Options) -> Schema:
        """Return the schema of a country."""
        del options
        return {"type": "string", "examples": ["KP", "KR", "CN", "North Korea"]}

    def said(self, value: Country) -> str:
        """Say the name."""
        return f"Understood: {value}."


def _country(text: str) -> Country:
    word = plainly(text).removeprefix("the ").replace("\u2019", "'")
    if word == "korea":
        msg = "write North Korea or South Korea"
        raise KindError(msg)
    if word.upper() in MISTAKEN:
        msg = "this code may stand for another country than is meant; write the country's name"
        raise KindError(msg)
    code = word.upper() if word.upper() in COUNTRIES else _BY_NAME.get(word, "")
    if not code:
        raise KindError(_COUNTRY)
    return Country(code)


def _part_country(data: dict[str, Data]) -> Country | None:
    text = part_line(data, "country")
    try:
        return _country(text) if text else None
    except KindError as error:
        raise KindError(error.message, "country") from None


class PlaceKind:
    """A place, as one line or as place and country."""

    name = "place"

    def parse(self, data: Data, options: Options) -> Place:
        """Return the place; a line is taken whole, since Georgia may be a state."""
        del options
        how = "write it on one line, or as {place: ..., country: ...}"
        if isinstance(data, str):
            return Place(one_line(data, how))
        if not isinstance(data, Mapping):
            raise KindError(how)
        told = parts(data, ("place", "country"), "a place")
        if not told:
            msg = f"it is empty; {how}"
            raise KindError(msg)
        return Place(part_line(told, "place"), _part_country(told))

    def written(self, value: Place) -> Data:
        """Return the line, or place and country."""
        if value.country is None:
            return value.place
        country = CountryKind().written(value.country)
        return {"place": value.place, "country": country} if value.place else {"country": country}

    def schema(self, options: Options) -> Schema:
        """Return the schema of a place."""
        text: Schema = {"type": "string"}
        country = CountryKind().schema(options)
        return {"anyOf": [text, _mapping({"place": text, "country": country})]}

    def said(self, value: Place) -> str:
        """Say the place."""
        return f"Understood: {value}."


class AddressKind:
    """A postal address, as one line, several lines or by its parts."""

    name = "address"

    def parse(self, data: Data, options: Options) -> Address:
        """Return the address; the parts of a line are told apart when it ends in state and ZIP."""
        del options
        how = "write it on one line, or as street, city, state, zip and country"
        if isinstance(data, str):
            return _address(clean(data, paragraphs=True), how)
        if not isinstance(data, Mapping):
            raise KindError(how)
        told = parts(data, ("street", "city", "state", "zip", "country"), "an address")
        lines = {name: part_line(told, name) for name in ("city", "state", "zip")}
        address = Address(_street(told.get("street", "")), **lines, country=_part_country(told))
        if address == Address(()):
            msg = f"it is empty; {how}"
            raise KindError(msg)
        return address

    def written(self, value: Address) -> Data:
        """Return the lines where they say everything, else the parts."""
        lines = "\n".join(value.lines)
        if lines and _address(lines, "") == value:
            return lines
        told: dict[str, Data] = {"street": "\n".join(value.street), "city": value.city,
                "state": value.state, "zip": value.zip}  # fmt: skip
        if value.country:
            told["country"] = CountryKind().written(value.country)
        return {name: text for name, text in told.items() if text}

    def schema(self, options: Options) -> Schema:
        """Return the schema of an address."""
        text: Schema = {"type": ["string", "number"]}
        names = dict.fromkeys(("street", "city", "state", "zip"), text)
        return {"anyOf": [text, _mapping({**names, "country": CountryKind().schema(options)})]}

    def said(self, value: Address) -> str:
        """Say the address on one line."""
        return f"Understood: {value}."


def _mapping(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _street(data: Data) -> tuple[str, ...]:
    if isinstance(data, str):
        lines = [line.strip() for line in clean(data, paragraphs=True).split("\n")]
        return tuple(line for line in lines if line)
    if isinstance(data, Mapping):
        msg = "write text"
        raise KindError(msg, "street")
    return tuple(one_line(line, "write one line of the street") for line in data)


def _address(text: str, how: str) -> Address:
    """Return the address in lines of text."""
    lines = _street(text)
    if not lines:
        msg = f"it is empty; {how}"
        raise KindError(msg)
    found = _US_LINE.fullmatch(", ".join(lines))
    if found is None:
        return Address(lines)
    last = f"{found['city']}, {found['state']} {found['zip']}"
    whole = lines[-1].removesuffix(last).rstrip(", ")
    street = (*lines[:-1], *([whole] if whole else []))
    return Address(street, found["city"], found["state"], found["zip"])
