"""Answers about people: names, who is meant, telephone numbers, e-mail addresses."""

import re
from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct

from nkdocs._jinja import Missing, View
from nkdocs._patterns import lazily
from nkdocs.kinds.kind import (
    Data,
    KindError,
    Options,
    Schema,
    one_line,
    part_line,
    parts,
    plainly,
    several,
)
from nkdocs.kinds.lists import Items

_NONE = Items(())
_PARTS = ("legal", "native", "also", "pseudonym")
#: First and last: single letters of Hangul, two blocks of them, and its syllables.
_HANGUL = (("\u1100", "\u11ff"), ("\u3130", "\u318f"), ("\uac00", "\ud7a3"))
_SYLLABLES = _HANGUL[-1]
_HYPHENED = lazily(r"[^\W\d_]+-[^\W\d_]+")


class Name(View, Struct, frozen=True):
    """A person's names. `legal` is spelled as in the passport or the Notice to Appear.

    Which word is the surname is told by CAPITALS; else by a comma behind it; else it is the first
    word of a Korean name (written in Hangul too, or with a hyphened given name), the last of any
    other. Nothing is romanised.
    """

    legal: str
    native: str = ""
    also: Items = _NONE
    pseudonym: str = ""
    template_names: ClassVar[frozenset[str]] = frozenset(
        {*_PARTS, "familiar", "firstlast", "given", "lastfirst", "letters", "surname"}
    )

    def lookup(self, name: str) -> object:
        """Return a part of the name; the native form or pseudonym not given is missing."""
        value = View.lookup(self, name)
        return value or Missing(name, f"What is the {name} name?")

    @property
    def surname(self) -> str:
        """The surname, as in "Ms. Seo"."""
        return " ".join(self._divided()[0])

    @property
    def given(self) -> str:
        """The other names."""
        return " ".join(self._divided()[1])

    @property
    def firstlast(self) -> str:
        """The given names, then the surname; of one name alone that name."""
        return " ".join(t for t in (self.given, self.surname) if t)

    @property
    def lastfirst(self) -> str:
        """The surname, a comma, the given names."""
        return ", ".join(t for t in (self.surname, self.given) if t)

    @property
    def familiar(self) -> str:
        """The given names; of one name alone that name."""
        return self.given or self.surname

    @property
    def letters(self) -> str:
        """The first letters, the given names first."""
        return "".join(word[0].upper() for word in self.firstlast.replace("-", " ").split())

    @property
    def told(self) -> bool:
        """Whether the name itself tells which word is the surname."""
        words = self.legal.split()
        korean = _holds(self.native + self.legal, *_HANGUL) or _HYPHENED.fullmatch(words[-1])
        return len(words) == 1 or "," in self.legal or bool(korean) or any(map(_is_loud, words))

    def _divided(self) -> tuple[list[str], list[str]]:
        words = self.legal.split()
        loud = [i for i, word in enumerate(words) if _is_loud(word)]
        if 0 < len(loud) < len(words) and loud == list(range(loud[0], loud[-1] + 1)):
            surname = [words[i].strip(",") for i in loud]
            rest = [word for i, word in enumerate(words) if i not in loud]
        else:
            before, comma, after = self.legal.partition(",")
            korean = _holds(self.native + self.legal, *_HANGUL) or _HYPHENED.fullmatch(words[-1])
            if comma:
                surname, rest = before.split(), after.split()
            else:
                surname, rest = (words[:1], words[1:]) if korean else (words[-1:], words[:-1])
        return [_quiet(word) for word in surname], rest

    def __str__(self) -> str:
        """Write the legal name as it is spelled."""
        return self.legal


def _holds(text: str, *spans: tuple[str, str]) -> bool:
    """Whether a character of *text* lies in one of *spans* (a pattern of so many compiles long)."""
    return any(first <= c <= last for c in text for first, last in spans)


def _in_both(line: str) -> bool:
    """Whether a line is written in two scripts."""
    return _holds(line, ("A", "Z"), ("a", "z")) and _holds(line, _SYLLABLES)


def _is_loud(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    return len(letters) > 1 and word.isupper()


def _quiet(word: str) -> str:
    return word.title() if _is_loud(word) else word


class PersonRef(View, Struct, frozen=True):
    """Someone of the answers' list of people, by id."""

    id: str
    template_names: ClassVar[frozenset[str]] = frozenset({"id"})

    def __str__(self) -> str:
        """Write the id."""
        return self.id


class NameKind:
    """A name, as one line or by its parts."""

    name = "name"

    def parse(self, data: Data, options: Options) -> Name:
        """Return the name; one line is the legal name."""
        del options
        how = "write the name as in the passport, with the surname in CAPITALS"
        if isinstance(data, str):
            return Name(_legal(one_line(data, how), ""))
        if not isinstance(data, Mapping):
            raise KindError(how)
        told = parts(data, _PARTS, "a name")
        if "legal" not in told:
            raise KindError(how, "legal")
        lines = {name: part_line(told, name) for name in ("native", "pseudonym")}
        return Name(_legal(part_line(told, "legal"), "legal"), **lines, also=_also(told))

    def written(self, value: Name) -> Data:
        """Return the line, or the parts that are filled in."""
        told: dict[str, Data] = {name: getattr(value, name) for name in _PARTS}
        told["also"] = list(value.also.items)
        filled = {name: part for name, part in told.items() if part}
        return value.legal if len(filled) == 1 else filled

    def schema(self, options: Options) -> Schema:
        """Return the schema of a name."""
        del options
        text = {"type": "string"}
        properties = {**dict.fromkeys(_PARTS, text), "also": {"type": "array", "items": text}}
        mapping = {"type": "object", "properties": properties, "required": ["legal"]}
        return {"anyOf": [text, {**mapping, "additionalProperties": False}]}

    def said(self, value: Name) -> str:
        """Say which word is the surname."""
        given = f", given name {value.given}" if value.given else ""
        doubt = "" if value.told else " If it is another word, write that one in CAPITALS."
        return f"Understood: surname {value.surname}{given}.{doubt}"


def _legal(text: str, part: str) -> str:
    if not any(c.isalpha() for c in text):
        msg = "a name has letters; write the name as in the passport"
        raise KindError(msg, part)
    if ";" in text or any(map(_in_both, text.split("\n"))):
        msg = "write one name alone; its Korean letters and other spellings are asked next"
        raise KindError(msg, part)
    return text


def _also(told: dict[str, Data]) -> Items:
    names = told.get("also", ())
    if isinstance(names, str):
        names = re.sub(r"[,;]? (?:or|and|또는|혹은) ", "; ", names)
    try:
        return Items(tuple(several(names, ";", "write other names as a list")))
    except KindError as error:
        raise KindError(error.message, "also") from None


class PersonKind:
    """Someone of the answers' list of people."""

    name = "person"

    def parse(self, data: Data, options: Options) -> PersonRef:
        """Return who is meant, by id."""
        del options
        how = "write the id of someone in people: small letters, digits and hyphens"
        text = one_line(data, how)
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", text):
            raise KindError(how)
        return PersonRef(text)

    def written(self, value: PersonRef) -> Data:
        """Return the id."""
        return value.id

    def schema(self, options: Options) -> Schema:
        """Return the schema of an id."""
        del options
        return {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}

    def said(self, value: PersonRef) -> str:
        """Say nothing: the id says it all."""
        del value
        return ""


class PhoneKind:
    """A telephone number, kept as it is typed."""

    name = "phone"

    def parse(self, data: Data, options: Options) -> str:
        """Return the number, which has 7 to 15 digits (ITU-T E.164) and maybe an extension."""
        del options
        how = "write the number with its area or country code, like 000-555-0133"
        text = one_line(data, how)
        pattern = r"(\+?[0-9()./ \u2010-\u2013-]+?)(?:,? ?(?:ext\.?|x|#) ?[0-9]{1,6})?"
        found = re.fullmatch(pattern, plainly(text))
        digits = len(re.sub("[^0-9]", "", found[1])) if found else 0
        if not 7 <= digits <= 15:  # noqa: PLR2004 - the numbers of the standard
            raise KindError(how)
        return text

    def written(self, value: str) -> Data:
        """Return the number as typed."""
        return value

    def schema(self, options: Options) -> Schema:
        """Return the schema of a telephone number."""
        del options
        return {"type": ["string", "integer"], "examples": ["000-555-0133"]}

    def said(self, value: str) -> str:
        """Say nothing: it stays as typed."""
        del value
        return ""


class EmailKind:
    """An e-mail address, kept as it is typed."""

    name = "email"

    def parse(self, data: Data, options: Options) -> str:
        """Return the address."""
        del options
        how = "write one address, like name@example.org"
        text = one_line(data, how)
        if not re.fullmatch(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"().]+", text):
            raise KindError(how)
        return text

    def written(self, value: str) -> Data:
        """Return the address as typed."""
        return value

    def schema(self, options: Options) -> Schema:
        """Return the schema of an e-mail address."""
        del options
        return {"type": "string", "examples": ["name@example.org"]}

    def said(self, value: str) -> str:
        """Say nothing: it stays as typed."""
        del value
        return ""
