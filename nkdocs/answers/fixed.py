"""The fixed lists of an answers file, as a copy has them: exhibits, filings, what was confirmed."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from nkdocs.answers.veil import Veil

Ids = Mapping[str, Mapping[str, str]]
_SAME = ("language", "pages", "expect_pages", "key_pages", "audience",
         "country_conditions", "copy_of_original_available", "identity_only")  # fmt: skip
_WORDED = ("title", "section", "relevance", "excerpt_of", "produced_by", "source")


def exhibits(
    data: Mapping[str, Any], ids: Ids, veil: Veil, documents: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """Yield the exhibits' entries; whoever makes their files adds the files' names.

    *documents* tells the new ids of documents that are one item's of a list.
    """
    for entry in _entries(data, "exhibits"):
        new: dict[str, Any] = {"id": ids["exhibits"].get(str(entry.get("id")), "exhibit")}
        for key in _WORDED:
            if entry.get(key):
                new[key] = veil.cover(str(entry[key]), known=is_public(entry))
        found = re.search(r"(?:19|20)\d\d", str(entry.get("date", "")))
        new |= {"date": found[0]} if found else {}
        if entry.get("translator"):
            new["translator"] = ids.get("people", {}).get(str(entry["translator"]), "")
        if entry.get("document"):
            new["document"] = documents.get(str(entry["document"]), str(entry["document"]))
        yield new | {key: entry[key] for key in _SAME if key in entry}


def is_public(entry: Mapping[str, Any]) -> bool:
    """Whether an exhibit is a published report, which anybody can read elsewhere."""
    return str(entry.get("country_conditions", "")).lower() in {"yes", "true"}


def filings(
    data: Mapping[str, Any], ids: Ids, veil: Veil, documents: Mapping[str, str], *, offices: bool
) -> Iterator[dict[str, Any]]:
    """Yield the filings' entries; without *offices* the recipient is told by its kind alone."""
    for entry in _entries(data, "filings"):
        to, listed = str(entry.get("recipient", "")), entry.get("exhibits")
        new = {"id": ids["filings"].get(str(entry.get("id")), "filing")}
        new["recipient"] = to if offices else to.split("-", maxsplit=1)[0]
        new |= {k: entry[k] for k in ("venue", "service") if k in entry}
        if entry.get("lead"):
            new["lead"] = documents.get(str(entry["lead"]), str(entry["lead"]))
        if entry.get("title"):
            new["title"] = veil.cover(str(entry["title"]))
        yield new | {"exhibits": [ids["exhibits"][e] for e in listed or () if e in ids["exhibits"]]}


def confirmed(data: Mapping[str, Any], days: Mapping[dt.date, dt.date]) -> dict[str, Any]:
    """Return which law counsel confirmed, without a name and on the day that the copy has."""
    known = confirmed_days(data)
    told = {n: {"on": days[day].isoformat(), "by": "counsel"} for n, day in known.items()}
    return {"_confirmed": told} if told else {}


def confirmed_days(data: Mapping[str, Any]) -> dict[str, dt.date]:
    """Return the days on which counsel confirmed law, by the authority."""
    found = data.get("_confirmed")
    entries = found.items() if isinstance(found, dict) else ()
    return {str(name): day for name, entry in entries if (day := _day(entry))}


def _entries(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    listed = data.get(key)
    return [e for e in listed if isinstance(e, dict)] if isinstance(listed, list) else []


def _day(entry: object) -> dt.date | None:
    """Return the day of an entry, None if it has none."""
    try:
        return dt.date.fromisoformat(str(entry["on"])) if isinstance(entry, dict) else None
    except (KeyError, ValueError):
        return None
