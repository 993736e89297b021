"""The answers of a copy that leaves the case: pseudonyms and relations before anything is filled.

Templates never know of it: they fill what they are given. Nobody's name, number, address or exact
day is left; ids are numbered anew, since they are often made from names. A pseudonym is a letter
that a person keeps through the whole copy, by the place in the answers' lists.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs.answers import fixed, places, vague
from nkdocs.answers.leaks import NAMES, NUMBERS, Hit, Words, dictionary, path_of, squashed
from nkdocs.answers.leaves import leaves, texts
from nkdocs.answers.load import CaseFile, Spot
from nkdocs.answers.moved import moved
from nkdocs.answers.purposes import Purpose
from nkdocs.answers.veil import GAP, Veil, named_words, proper_words, small_words
from nkdocs.citations import cite
from nkdocs.citations.cite import Cite
from nkdocs.interview.engine import pattern
from nkdocs.interview.spec import ITEM, Catalogue, Question, path
from nkdocs.kinds.dates import Date, Dated, Datetime
from nkdocs.kinds.kind import KindError
from nkdocs.kinds.nonanswers import NonAnswer, Told
from nkdocs.kinds.people import Name
from nkdocs.kinds.places import Place
from nkdocs.kinds.points import Point
from nkdocs.kinds.registry import parse_answer, written_answer
from nkdocs.kinds.whens import When

_DROPPED = frozenset(
    {"office.website", "service.dhs_office", "review.by", "review.sha256", "review.on",
     "meta.matter_id", "background.last_abroad[].street", "background.last_abroad[].town",
     "background.residences[].street", "background.residences[].town"}
)  # fmt: skip
#: What a public copy leaves out besides: which office and court decide, and where; ages and sums;
#: every stop of a journey and of a life; how well an interpreter knows which dialect.
_PUBLIC_DROPPED = frozenset(
    {"case.court", "pd.addressee_office", "dprk.province", "signing.place_city",
     "background.last_abroad[].province", "background.residences[].province",
     "background.last_abroad", "background.residences", "background.schools", "background.jobs",
     "people[].competence", "people[].dialects", "events[].age", "events[].age_counted",
     "respondents[].age_counted", "respondents[].born_calendar", "china.sold_price",
     "rok.contact.settlement_money", "readback.minutes"}
)  # fmt: skip
_OFFICES = frozenset({"case.court", "pd.addressee_office"})
_CALLED = {
    "counsel.name": "Attorney {}", "counsel.supervisor.name": "Attorney {}", "case.judge": "{}",
    "sr.decision.author": "Officer {}", "sr.reviewer.name": "Officer {}",
    "pd.addressee": "Officer {}", "office.name": "Law Office {}",
}  # fmt: skip
#: What stands in the place of numbers and addresses; each can be seen to be none.
_VOID = {
    "anumber": "A000-000-0{:02}", "phone": "000-555-0000", "email": "left-out@example.org",
    "address": "[address left out]",
}  # fmt: skip
_ROLES = {"respondents": "Respondent", "family": "Relative", "people": "Person"}
_HOUR = dt.time(9)  # of every hearing
_YEARS = "born"  # a birthday is told by its year alone


class Copy(Struct, frozen=True):
    """The answers of a copy.

    Attributes:
        data: every answer, covered.
        veil: what covers other texts of the case, as the pages of its exhibits.
        ids: the new ids, by list and old id.
        dropped: paths of answers that were left out.
    """

    data: dict[str, Any]
    veil: Veil
    ids: Mapping[str, Mapping[str, str]]
    dropped: tuple[str, ...] = ()

    def exhibit(self, name: str) -> str:
        """Return the new id of an exhibit."""
        return self.ids.get("exhibits", {}).get(name, "")


def copy(
    case: CaseFile, catalogue: Catalogue, purpose: Purpose, words: Words, more: Sequence[str] = ()
) -> Copy:
    """Return the answers of a copy of *case* for *purpose*, *more* phrases covered."""
    return _Copyist(case, catalogue, purpose, words, tuple(more)).made()


class _Copyist(Struct):
    """Makes one copy."""

    case: CaseFile
    catalogue: Catalogue
    purpose: Purpose
    words: Words
    more: tuple[str, ...] = ()
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    days: Mapping[dt.date, dt.date] = field(default_factory=dict)

    def made(self) -> Copy:
        kept = places.KEPT | self._offices() if self.training else frozenset[str]()
        public = self.words.public if self.training else self.words.public - vague.CITIES
        words = replace(self.words, public=public | kept)
        leaks = dictionary(self.case, self.catalogue, words, kept)
        for number, phrase in enumerate(self.more, 1):
            leaks.joined[squashed(phrase)] = Hit(f"--cover, number {number}", "phrase")
        told, names = self._texts()
        self.ids = dict(self._ids())
        self.days = moved(self._days(), months=self.training)
        called = dict(self._called())
        proper = proper_words(told, words) | named_words(names, words)
        words = replace(words, common=words.common | small_words(told))
        veil = Veil(leaks, words, self.training, called, proper)
        data = self._below(self.case.data, (), veil) or {}
        done = self.case.data.get("_done")
        listed = done if isinstance(done, list) else []
        data = {"answers": "1", **data, "_done": [self._path(p) for p in listed]}
        data |= fixed.confirmed(self.case.data, self.days)
        named = dict(self._documents())
        data["exhibits"] = [*fixed.exhibits(self.case.data, self.ids, veil, named)]
        data["filings"] = [
            *fixed.filings(self.case.data, self.ids, veil, named, offices=self.training)
        ]
        return Copy(data, veil, self.ids, tuple(self.dropped))

    def _texts(self) -> tuple[list[str], list[str]]:
        """Return what the answers tell in sentences, and what is a name, a place or an address."""
        told: list[str] = []
        named: list[str] = []
        for _, question, data in leaves(self.case, self.catalogue):
            prose = question.kind.name in {"text", "story"}
            if prose and question.path not in NUMBERS | NAMES:
                told += texts(data)
            elif not prose or question.path in NAMES:
                named += texts(data)
        return told, named

    @property
    def training(self) -> bool:
        return self.purpose is Purpose.TRAINING

    def _offices(self) -> frozenset[str]:
        """Return the words of the court and the offices that a training copy names."""
        said = [
            question.options.called(str(data))
            for _, question, data in leaves(self.case, self.catalogue)
            if question.path in _OFFICES
        ]
        return frozenset(w.lower() for text in said for w in re.findall(r"[^\W\d_]+", text))

    # Who is called what

    def _people(self) -> Iterator[tuple[Spot, Mapping[str, Any]]]:
        for root in _ROLES:
            listed = self.case.data.get(root)
            for number, person in enumerate(listed if isinstance(listed, list) else ()):
                if isinstance(person, dict):
                    yield (root, number), person

    def _called(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield what stands in the place of each name: whole, and alone."""
        letters = (_letter(n) for n in range(26 * 27))
        for spot, person in self._people():
            letter = next(letters)
            said = _ROLES[str(spot[0])]
            if spot[0] == "people" and person.get("role"):
                said = str(person["role"]).replace("_", " ").capitalize()
            if spot[0] == "family" and re.fullmatch("[a-z ]+", str(person.get("relation", ""))):
                said = str(person["relation"]).capitalize()
            pseudonym = self._pseudonym(person) if spot[0] == "respondents" else ""
            whole = pseudonym or f"{said.split()[-1]} {letter}"
            yield path_of((*spot, "name")), (whole, pseudonym or letter)
            yield f"{path_of(spot)}.id", (whole, pseudonym or letter)
        for spot, question, _ in leaves(self.case, self.catalogue):
            at = path_of(spot)
            if question.path in _CALLED:
                letter = next(letters)
                yield at, (_CALLED[question.path].format(letter), letter)
            elif question.kind.name == "name" and spot[0] not in _ROLES:
                letter = next(letters)
                yield at, (f"Person {letter}", letter)

    def _pseudonym(self, person: Mapping[str, Any]) -> str:
        """Return the name that the person chose for the public, empty without one."""
        name = person.get("name")
        said = name.get("pseudonym", "") if isinstance(name, dict) and not self.training else ""
        return str(said)

    # Ids

    def _ids(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield every list, by its path in the questions, with old and new ids of its items."""
        for root in ("exhibits", "filings"):
            listed = self.case.data.get(root)
            yield root, _numbered(root.removesuffix("s"), listed)
        lists: dict[str, dict[str, str]] = {}
        for spot, listed in _lists(self.case.data, ()):
            question = self.catalogue.questions.get(pattern(spot))
            if question is not None and question.is_list:
                word = re.sub(r"[^a-z]+", "-", question.singular.lower()).strip("-") or "item"
                known = lists.setdefault(question.path, {})
                known |= {k: v for k, v in _numbered(word, listed).items() if k not in known}
        yield from lists.items()

    def _documents(self) -> Iterator[tuple[str, str]]:
        """Yield old and new id of the documents that are one item's of a list."""
        for document in self.catalogue.documents.values():
            ids = self.ids.get(path(document.each), {}) if document.base else {}
            old = document.id.removeprefix(f"{document.base}-")
            if old in ids:
                yield document.id, f"{document.base}-{ids[old]}"

    def _named(self, name: str) -> str:
        """Return the new id of whatever bears an old one."""
        return next((ids[name] for ids in self.ids.values() if name in ids), name)

    def _path(self, name: str) -> str:
        """Return the path of an answer with the new ids of list items."""
        steps: list[str] = []
        out: list[str] = []
        for step in name.split("."):
            question = self.catalogue.questions.get(tuple(steps))
            inside = question is not None and question.is_list
            ids = self.ids.get(question.path, {}) if question and inside else {}
            out.append(ids.get(step, "") if inside else step)
            steps += [ITEM] if inside else [step]
        return ".".join(out)

    # Answers

    def _below(self, data: Any, spot: Spot, veil: Veil) -> Any:  # noqa: ANN401 - YAML
        question = self.catalogue.questions.get(pattern(spot))
        if question is not None and not question.is_list:
            return None if data in (None, "", {}) else self._answer(data, spot, question, veil)
        if isinstance(data, dict) and self.catalogue.children(pattern(spot)):
            told = {k: self._below(v, (*spot, k), veil) for k, v in data.items()
                    if isinstance(k, str) and (spot or not k.startswith("_"))
                    and (spot or k not in {"answers", "exhibits", "filings"})}  # fmt: skip
            return {k: v for k, v in told.items() if v is not None} or None
        if isinstance(data, list) and question is not None and self._is_out(question):
            self.dropped.append(question.path)
            return None
        if isinstance(data, list) and question is not None:
            ids = self.ids.get(question.path, {})
            items = [self._below(item, (*spot, n), veil) for n, item in enumerate(data)]
            return [
                {"id": ids.get(_id(old, n), f"{n + 1}"), **(new or {})}
                for n, (old, new) in enumerate(zip(data, items, strict=True))
            ]
        return None  # what no question asks cannot be judged

    def _answer(self, data: Any, spot: Spot, question: Question, veil: Veil) -> Any:  # noqa: ANN401
        """Return an answer as the copy has it, None if the copy has none."""
        name, void = question.path, _VOID.get(question.kind.name, "")
        out = self._is_out(question)
        if out or void or name in NUMBERS:
            self.dropped.append(name)
            return None if out else void.format(self._number(spot)) or GAP
        if name in _CALLED:
            return veil.called[path_of(spot)][0]
        if name in NAMES:
            return GAP
        try:
            value = parse_answer(question.kind, data, question.options)
        except KindError:
            self.dropped.append(name)
            return None
        return self._worded(value, data, spot, question, veil)

    def _is_out(self, question: Question) -> bool:
        name = question.path
        return name in _DROPPED or (not self.training and name in _PUBLIC_DROPPED)

    def _worded(
        self, value: object, data: Any, spot: Spot, question: Question, veil: Veil  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        if isinstance(value, NonAnswer):
            return written_answer(question.kind, value)
        if isinstance(value, Told):
            by = f"was told by {veil.cover(value.by)}"
            said = next(iter(data.values()), "") if isinstance(data, dict) else data
            if isinstance(said, str):
                said = re.sub(r"(?is)^was told by [^:]+:\s*", "", said)
            inner = self._kept(value.value, said, spot, question, veil)
            return f"{by}: {inner}" if isinstance(inner, str) else {by: inner}
        return self._kept(value, data, spot, question, veil)

    def _kept(  # noqa: PLR0911 - one line a kind of value
        self, value: object, data: Any, spot: Spot, question: Question, veil: Veil  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        kind = question.kind
        if isinstance(value, Name):
            return veil.called.get(path_of(spot), (GAP, GAP))[0]
        if isinstance(value, Place):
            return kind.written(places.coarse(value, provinces=self.training))
        if isinstance(value, (Date, Datetime)):
            return kind.written(self._moved(value))
        if isinstance(value, When):
            return kind.written(self._coarse(value, spot))
        if kind.name == "person":
            return self.ids.get("people", {}).get(str(value), str(value))
        if kind.name in {"exhibits", "text", "texts", "story"}:
            return self._prose(data, veil, refer=kind.name == "exhibits")
        return data

    def _prose(self, data: Any, veil: Veil, *, refer: bool) -> Any:  # noqa: ANN401 - YAML
        if isinstance(data, list):
            return [self._prose(item, veil, refer=refer) for item in data]
        if not isinstance(data, str):
            return None
        if refer and "[@" not in data:
            exhibits = self.ids.get("exhibits", {})
            return ", ".join(exhibits.get(n.strip(), n.strip()) for n in data.split(","))
        pieces = cite.parse(veil.cover(data))
        return "".join(str(self._cited(p)) if isinstance(p, Cite) else p for p in pieces)

    def _cited(self, made: Cite) -> Cite:
        exhibits = self.ids.get("exhibits", {})
        return replace(made, id=exhibits.get(made.id, made.id),
                       mark=self._named(made.mark) if made.mark else "")  # fmt: skip

    def _number(self, spot: Spot) -> int:
        """Return a sample number for a person, from 99 down, the same wherever it is asked for."""
        people = [at for at, _ in self._people()]
        return max(99 - people.index(spot[:2]), 1) if spot[:2] in people else 1

    # Days

    def _moved(self, value: Date | Datetime) -> Date | Datetime:
        if isinstance(value, Date):
            return Date(self.days[value.day])
        return Datetime(dt.datetime.combine(self.days[value.earliest], _HOUR))

    def _days(self) -> Iterator[dt.date]:
        for _, question, data in leaves(self.case, self.catalogue):
            if question.kind.name in {"date", "datetime", "when"}:
                try:
                    value = parse_answer(question.kind, data, question.options)
                except KindError:
                    continue
                value = value.value if isinstance(value, Told) else value
                if isinstance(value, Dated) and value.earliest == value.latest:
                    yield value.earliest
        yield from fixed.confirmed_days(self.case.data).values()

    def _coarse(self, value: When, spot: Spot) -> When:
        """Return a time as a copy may tell it: its month or season, or its year."""
        born = spot[-1] == _YEARS
        public = not self.training
        told = _decade if born and public else _year if born or public else _month
        start = told(value.start)
        end = told(value.end) if value.end else None
        about = value.about and not (born and public)
        return replace(value, start=start, end=None if end == start else end, about=about)


def _lists(data: Any, spot: Spot) -> Iterator[tuple[Spot, list[Any]]]:  # noqa: ANN401 - YAML
    if isinstance(data, list):
        yield spot, data
    listed = enumerate(data) if isinstance(data, list) else ()
    for step, value in data.items() if isinstance(data, dict) else listed:
        yield from _lists(value, (*spot, step))


def _numbered(word: str, listed: object) -> dict[str, str]:
    items = listed if isinstance(listed, list) else []
    return {_id(item, n): f"{word[:30]}-{n + 1}" for n, item in enumerate(items)}


def _id(item: object, number: int) -> str:
    name = item.get("id") if isinstance(item, dict) else None
    return str(name) if name else str(number + 1)


def _letter(number: int) -> str:
    """Return A to Z, then AA, AB and on."""
    high, low = divmod(number, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)


def _month(point: Point) -> Point:
    return replace(point, day=0)


def _year(point: Point) -> Point:
    return Point(point.year, decade=point.decade)


def _decade(point: Point) -> Point:
    return Point(point.year - point.year % 10, decade=True)
