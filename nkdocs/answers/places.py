"""Places made coarse for a copy: the country, or country and province, and nothing below."""

import re
from collections.abc import Collection

from nkdocs._patterns import lazily
from nkdocs.kinds.places import Place

NOWHERE = "a place not named"
_PROVINCES = (
    "North Hamgyong", "South Hamgyong", "North Pyongan", "South Pyongan", "North Hwanghae",
    "South Hwanghae", "Ryanggang", "Yanggang", "Chagang", "Jagang", "Kangwon", "Pyongyang",
    "Jilin", "Liaoning", "Heilongjiang", "Yunnan", "Guangxi", "Inner Mongolia",
    "Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado", "Connecticut",
    "Delaware", "Florida", "Georgia", "Hawaii", "Idaho", "Illinois", "Indiana", "Iowa", "Kansas",
    "Kentucky", "Louisiana", "Maine", "Maryland", "Massachusetts", "Michigan", "Minnesota",
    "Mississippi", "Missouri", "Montana", "Nebraska", "Nevada", "New Hampshire", "New Jersey",
    "New Mexico", "New York", "North Carolina", "North Dakota", "Ohio", "Oklahoma", "Oregon",
    "Pennsylvania", "Rhode Island", "South Carolina", "South Dakota", "Tennessee", "Texas", "Utah",
    "Vermont", "Virginia", "Washington", "West Virginia", "Wisconsin", "Wyoming",
)  # fmt: skip
_PROVINCE = lazily(rf"\b(?:{'|'.join(_PROVINCES)})\b(?: Province)?")
_KINDS = frozenset(
    "at by city county district east hamlet in kun gun near north of on or province region ri si "
    "south state the town village ward west".split()
)
#: Words of places that a training copy keeps.
KEPT = frozenset(word for name in _PROVINCES for word in name.lower().split())


def province(text: str) -> str:
    """Return the province or state that *text* names, empty if it names none."""
    found = _PROVINCE.search(text)
    return found[0] if found else ""


def coarse(place: Place, *, provinces: bool) -> Place:
    """Return *place* as a copy may tell it."""
    kept = province(place.place) if provinces else ""
    return Place(kept or ("" if place.country else NOWHERE), place.country)


def telling(place: Place, kept: Collection[str]) -> list[str]:
    """Return the words of a place that tell more than a copy does."""
    words = [w for part in place.place.split(",") for w in re.findall(r"[^\W\d_][\w’'-]*", part)]
    return [
        w for w in words
        if w[:1].isupper() and w.lower() not in _KINDS and w.lower() not in kept
    ]  # fmt: skip
