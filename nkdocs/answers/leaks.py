"""The leak dictionary of a case: what would tell a stranger who it is about (LAW.md section 5).

Names in every spelling, numbers of identity, addresses, telephones, e-mails, exact days and the
places of the story. What is found is named by the answer's path, never by its text.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct, field

from nkdocs._patterns import lazily
from nkdocs.answers import places as coarse
from nkdocs.answers.leaves import Leaf, leaves, texts
from nkdocs.answers.load import CaseFile, Spot
from nkdocs.interview.spec import Catalogue
from nkdocs.kinds import romanised
from nkdocs.kinds.dates import Dated
from nkdocs.kinds.kind import KindError
from nkdocs.kinds.nonanswers import NonAnswer, value_of
from nkdocs.kinds.people import Name
from nkdocs.kinds.places import Address, Place
from nkdocs.kinds.points import MONTHS
from nkdocs.kinds.registry import known_answer

#: Text answers that are a person's or an office's name, and those that are a number of identity.
NAMES = frozenset(
    {"case.judge", "counsel.name", "counsel.supervisor.name", "office.name", "pd.addressee",
     "review.by", "sr.decision.author", "sr.reviewer.name", "i589.groups[].name", "service.name",
     "background.schools[].name", "background.jobs[].employer", "respondents[].employer"}
)  # fmt: skip
NUMBERS = frozenset(
    {"counsel.eoir_id", "counsel.bar_number", "counsel.supervisor.eoir_id", "meta.matter_id",
     "respondents[].i94.number", "respondents[].travel_document.passport_number",
     "respondents[].travel_document.other_number", "family[].id_number",
     "family[].in_us.i94_number", "china.children[].id_number", "office.website", "review.sha256"}
)  # fmt: skip
_PEOPLE = ("respondents", "family", "people")
_LEAST = 5  # characters of a number of identity
_SHORT = 3  # letters of a word that is looked for alone
_SURE = 6  # characters that are no accident, even in bytes that are no text
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_STAMP = 12  # digits of a day with its hour, as PDF writes it
_GONE = frozenset("\xad\u200b\u200c\u200d\ufeff")
_ASPIRATED = re.compile(r"(?<=[cCkKtTpPhH])['‘’ʼ](?=[aeiouwyAEIOUWY])")  # Ch'oe, T'ae
_MONTHS = frozenset(m.lower()[:n] for m in MONTHS for n in (3, 99)) | {"sept"}
_LETTER = r"[^\W\d_]"


class Words(Struct, frozen=True):
    """Words that give nobody away.

    Attributes:
        common: small words; at the beginning of a sentence they may have a capital.
        public: words that may have one anywhere: offices, countries, months, terms of law.
    """

    common: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()

    def __contains__(self, word: str) -> bool:
        """Whether *word*, in small letters, says nothing about anybody."""
        return word in self.common or word in self.public


class Hit(Struct, frozen=True):
    """One entry of the dictionary, found.

    Attributes:
        path: the answer it comes from.
        what: name, number, contact, day or place.
    """

    path: str
    what: str


class Dictionary(Struct):
    """What is looked for.

    Attributes:
        joined: words and figures run together, whatever stands between them.
        days: days, their words and figures one after the other.
        native: names in their own script.
        spellings: patterns of names in Latin letters.
    """

    joined: dict[str, Hit] = field(default_factory=dict)
    days: dict[str, Hit] = field(default_factory=dict)
    native: dict[str, Hit] = field(default_factory=dict)
    spellings: dict[str, Hit] = field(default_factory=dict)
    _begun: frozenset[str] = frozenset()
    _starts: set[str] = field(default_factory=set)
    _pattern: "re.Pattern[str] | None" = None

    def search(self, text: str, *, surely: bool = False) -> frozenset[Hit]:
        """Return what of it stands in *text*; *surely* leaves out what bytes hold by accident."""
        return frozenset(hit for hit, _, _ in self.found(text, surely=surely))

    def found(self, text: str, *, surely: bool = False) -> Iterator[tuple[Hit, int, int]]:
        """Yield each entry that stands in *text*, with where it begins and ends there."""
        self._ready()
        plain, at = _plain(text)
        tokens = list(_TOKEN.finditer(plain))
        for first, token in enumerate(tokens):
            word = token[0]
            if word in self._begun:
                yield from self._joined(tokens, first, at, surely=surely)
            if word[0].isdecimal() or word in _MONTHS:
                yield from self._day(tokens, first, at)
            if self._pattern and word[:2] in self._starts:
                match = self._pattern.match(plain, token.start())
                if match and not (surely and len(match[0]) < _SURE):
                    hit = self._names[int((match.lastgroup or "n0")[1:])]
                    yield hit, at[match.start()], at[match.end() - 1] + 1
        if not plain.isascii():
            for name, hit in self.native.items():
                for match in re.finditer(r"\s?".join(map(re.escape, name)), plain):
                    yield hit, at[match.start()], at[match.end() - 1] + 1

    def name(self, spellings: romanised.Spellings | None, hit: Hit) -> None:
        """Look for every spelling of a name, too."""
        if spellings:
            self.spellings.setdefault(spellings.pattern, hit)
            self._starts |= spellings.begins

    def _ready(self) -> None:
        """Prepare the search, once: how entries begin, and one pattern for all names."""
        if self._begun or not (self.joined or self.spellings):
            return
        self._begun = frozenset(e[:n] for e in self.joined for n in range(1, len(e) + 1))
        every = (f"(?P<n{number}>{p})" for number, p in enumerate(self.spellings))
        if self.spellings:
            self._pattern = lazily(f"(?:{'|'.join(every)})(?!{_LETTER})")

    @property
    def _names(self) -> list[Hit]:
        return list(self.spellings.values())

    def _joined(
        self, tokens: Sequence[re.Match[str]], first: int, at: Sequence[int], *, surely: bool
    ) -> Iterator[tuple[Hit, int, int]]:
        joined = ""
        for number in range(first, len(tokens)):  # a slice of them would be copied each time
            last = tokens[number]
            joined += last[0]
            hit = self.joined.get(joined)
            if hit and (len(joined) >= _SURE or not surely):
                yield hit, at[tokens[first].start()], at[last.end() - 1] + 1
            if joined not in self._begun:
                break

    def _day(
        self, tokens: Sequence[re.Match[str]], first: int, at: Sequence[int]
    ) -> Iterator[tuple[Hit, int, int]]:
        for size in (1, 3):
            run = tokens[first : first + size]
            key = " ".join(t[0] for t in run)
            key = key[:8] if size == 1 and len(key) >= _STAMP else key
            if key in self.days:
                yield self.days[key], at[run[0].start()], at[run[-1].end() - 1] + 1

    def bytes_of_native(self) -> Iterator[tuple[bytes, Hit]]:
        """Yield the names in their own script as files may hold them, composed and apart."""
        for name, hit in self.native.items():
            for form in ("NFC", "NFD"):
                text = unicodedata.normalize(form, name)
                for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp949"):
                    try:
                        yield text.encode(encoding), hit
                    except UnicodeEncodeError:
                        continue


class _Folds(dict[str, str]):
    """What each character is looked for as: small, without marks; kept once it is known."""

    def __missing__(self, char: str) -> str:
        """Work it out."""
        if char in _GONE:
            plain = ""
        elif "\uac00" <= char <= "\ud7a3":
            plain = char
        else:
            apart = unicodedata.normalize("NFKD", char).casefold()
            plain = "".join(c for c in apart if not unicodedata.combining(c))
        self[char] = plain
        return plain


_FOLDS = _Folds()


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """Return *text* small and without marks, and where each of its characters stood."""
    if text.isascii() and not _ASPIRATED.search(text):
        return text.lower(), range(len(text))
    composed = unicodedata.normalize("NFC", text)  # whoever needs the places gives it composed
    composed = _ASPIRATED.sub("\u200b", composed)
    pieces = list(map(_FOLDS.__getitem__, composed))
    plain = "".join(pieces)
    if all(len(p) == 1 for p in pieces):
        return plain, range(len(plain))
    return plain, [number for number, piece in enumerate(pieces) for _ in piece]


def squashed(text: str) -> str:
    """Return the words and figures of *text* run together."""
    return "".join(_TOKEN.findall(_plain(text)[0]))


def dictionary(
    case: CaseFile,
    catalogue: Catalogue,
    common: Words,
    kept: Collection[str] = (),
    only: Collection[str] = (),
) -> Dictionary:
    """Return the leak dictionary of a case.

    Args:
        case: the real answers.
        catalogue: the questions that say what each answer is.
        common: words that say nothing about anybody; such a word alone is not looked for.
        kept: words of places that a copy may keep.
        only: the groups of answers that are entered; all if none is named.
    """
    made = Dictionary()
    listed = [*leaves(case, catalogue, only)]
    first = lambda leaf: _PEOPLE.index(leaf[0][0]) if leaf[0][0] in _PEOPLE else len(_PEOPLE)  # noqa: E731
    for leaf in sorted(listed, key=first):
        _enter(made, leaf, common, kept, path_of(leaf[0]))
    for root in (r for r in _PEOPLE if not only or r in only):
        _ids(made, case, root, common)
    return made


def path_of(spot: Spot) -> str:
    """Return an answer's path by positions: the ids of items may be names."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in spot)


def _enter(
    made: Dictionary, leaf: Leaf, common: Words, kept: Collection[str], path: str
) -> None:
    """Enter what one answer gives away."""
    _, question, _ = leaf
    kind, value = question.kind.name, _value(leaf)
    if question.path in NAMES:
        for text in _texts(leaf):
            _title(made, text, common, Hit(path, "name"))
    elif kind in {"anumber", "phone", "email"} or question.path in NUMBERS:
        for text in _texts(leaf):
            _number(made, text, Hit(path, "number" if kind != "email" else "contact"))
    elif isinstance(value, Name):
        _name(made, value, common, Hit(path, "name"))
    elif isinstance(value, Address):
        for line in value.street:
            _number(made, line, Hit(path, "contact"))
    elif isinstance(value, Dated) and value.earliest == value.latest:
        made.days |= {form: Hit(path, "day") for form in days(value.earliest)} | made.days
    elif isinstance(value, Place):
        told = {squashed(word) for word in coarse.telling(value, kept)} - common.common
        made.joined |= {word: Hit(path, "place") for word in told} | made.joined


def _texts(leaf: Leaf) -> list[str]:
    """Return what an answer says in words, also without who told it; nothing of a non-answer."""
    value = _value(leaf)
    if isinstance(value, NonAnswer):
        return []
    said = [*texts(leaf[2]), *((value,) if isinstance(value, str) else ())]
    return [*dict.fromkeys(said)]


def _value(leaf: Leaf) -> object:
    """Return the value of an answer, None if it is not written rightly."""
    _, question, data = leaf
    try:
        return value_of(known_answer(question.kind, data, question.options))
    except KindError:
        return None


def days(day: dt.date) -> Iterator[str]:
    """Yield how a day may be written, its words and figures apart by a space."""
    year, month, name = day.year, day.month, MONTHS[day.month - 1].lower()
    yield day.strftime("%Y%m%d")
    for number in dict.fromkeys((str(day.day), f"{day.day:02}")):
        for called in (name, name[:3]):
            yield f"{called} {number} {year}"
            yield f"{number} {called} {year}"
        for figure in dict.fromkeys((str(month), f"{month:02}")):
            yield f"{figure} {number} {year}"
            yield f"{year} {figure} {number}"
            yield f"{number} {figure} {year}"


def _name(made: Dictionary, name: Name, common: Words, hit: Hit) -> None:
    """Enter a person's name: whole in every spelling, and its parts where they tell something."""
    made.name(romanised.spellings(name.surname, name.given, name.native), hit)
    for also in (name.legal, *name.also):
        words = str(also).replace(",", " ").split()
        if len(words) > 1:
            made.joined.setdefault(squashed("".join(words)), hit)
            made.joined.setdefault(squashed("".join(words[::-1])), hit)
        other = Name(str(also), name.native)
        for part in (other.surname, other.given):
            _word(made, part, common, hit)
    native = re.sub(r"\s", "", unicodedata.normalize("NFC", name.native))
    if native:
        made.native.setdefault(native, hit)
        if len(native) > 2:  # noqa: PLR2004 - a given name of two syllables
            made.native.setdefault(native[1:], hit)


def _title(made: Dictionary, text: str, common: Words, hit: Hit) -> None:
    """Enter a name that is plain text, without the words that follow a comma."""
    name = text.partition(",")[0]
    if all(w[:1].islower() or squashed(w) in common for w in name.split()):
        return  # "cleaning houses", "Deputy Chief Counsel"
    if len(squashed(name)) >= _LEAST and squashed(name) not in common:
        made.joined.setdefault(squashed(name), hit)
    words = name.split()
    if len(words) == 2:  # noqa: PLR2004 - first and last name
        _word(made, words[-1], common, hit)


def _word(made: Dictionary, text: str, common: Words, hit: Hit) -> None:
    word = squashed(text)
    if len(word) >= _SHORT and word not in common:
        made.joined.setdefault(word, hit)


def _number(made: Dictionary, text: str, hit: Hit) -> None:
    """Enter a number, a street or an address; an A-number without its letter, too."""
    word = squashed(text)
    if len(word) < _LEAST:
        return
    made.joined.setdefault(word, hit)
    figures = re.sub(r"\D", "", text)
    if len(figures) >= 7:  # noqa: PLR2004 - a telephone number without its area code
        made.joined.setdefault(figures, hit)
    short = figures[-7:] if len(figures) == 10 else figures.lstrip("0")  # noqa: PLR2004 - as above
    if len(short) >= 7:  # noqa: PLR2004 - or an A-number without its zeros
        made.joined.setdefault(short, hit)


def _ids(made: Dictionary, case: CaseFile, root: str, common: Words) -> None:
    """Enter the ids that were made from a person's name."""
    people = case.data.get(root)
    for number, person in enumerate(people if isinstance(people, list) else ()):
        if not isinstance(person, Mapping):
            continue
        named = {w for t in texts(person.get("name", "")) for w in _TOKEN.findall(_plain(t)[0])}
        word = str(person.get("id", ""))
        pieces = set(_TOKEN.findall(_plain(word)[0]))
        if pieces & named and squashed(word) not in common and len(squashed(word)) >= _SHORT:
            made.joined.setdefault(squashed(word), Hit(f"{root}.{number + 1}.id", "name"))
