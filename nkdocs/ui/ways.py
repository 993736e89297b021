"""How each kind of answer is asked: a line, a long text, a menu, or part by part."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field


class Face(Struct, frozen=True):
    """How one kind is asked: the *way*, what helps to write it, the parts it has."""

    way: str
    how: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)


FACES: Mapping[str, Face] = MappingProxyType({
    "text": Face("line"),
    "story": Face("long"),
    "yesno": Face("choose"),
    "choice": Face("choose"),
    "many": Face("several"),
    "date": Face("line", "Write 2026-03-05 or March 5, 2026."),
    "when": Face(
        "line", "You can write 2006, March 2006, winter 2009, about 1998, 2006-03..2006-05."
    ),
    "datetime": Face("line", "Write 2027-02-11 09:00."),
    "anumber": Face("line", "Nine digits, like A000-000-021."),
    "phone": Face("line"),
    "email": Face("line"),
    "address": Face("line", "On one line: street, city, NY 10000."),
    "country": Face("line", "Its name, or its code: KP, KR, CN, US."),
    "money": Face("line", "Write USD 2,375 or CNY 15000."),
    "number": Face("line"),
    "name": Face("parts", parts={
        "legal": "The surname in CAPITALS: SEO Yun Hui",
        "native": "In Korean letters",
        "also": "Other spellings and names, with ; between them",
        "pseudonym": "Another name, for papers where this one must not stand; else empty",
    }),
    "place": Face("parts", parts={"place": "Town, county or place", "country": "Country"}),
    "exhibits": Face("line", "The ids of exhibits, with commas; a page as [@id, 3]."),
    "person": Face("choose"),
    "texts": Face("line", "With ; between them."),
    "list": Face("list"),
})  # fmt: skip
