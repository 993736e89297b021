"""What a rule is given, and what it gives back."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct, field

from nkdocs.answers.entries import Exhibit, Filing
from nkdocs.answers.view import Answers, Item, Items
from nkdocs.authorities import Registry
from nkdocs.checks.wordlists import WordLists
from nkdocs.diagnostics import Place, Severity
from nkdocs.interview.engine import Spot
from nkdocs.kinds.dates import Dated
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.words import Many
from nkdocs.recipients import Recipient


class ExhibitFact(Struct, frozen=True):
    """What was read from an exhibit's files.

    Attributes:
        pages: how many pages it has in the bundle, all parts together.
        silent: pages without a text layer.
        parts: which parts it has: main, or translation, certificate, original.
        text: what its English part says, for what is looked for in it; may be empty.
        sideways: its pages that lie on their side.
        others: what its other parts say.
        blank: its pages on which nothing stands, as "original page 3".
        turned: its pages whose text runs sideways or upside down.
        files: its files as written in the answers, each with its SHA-256.
        certificate: what its certificate of translation says, empty if that is a picture; None
            without a certificate of its own.
        covered: its pages on which text stands below a box that hides it.
        recognised: its pages whose text was recognised, so that it may be misread.
        numbered: the digits of each A-number it prints, with the page; published ones left out.
    """

    id: str
    pages: int = 0
    silent: int = 0
    parts: tuple[str, ...] = ()
    text: str = ""
    sideways: int = 0
    others: str = ""
    blank: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    certificate: str | None = None
    covered: tuple[str, ...] = ()
    recognised: int = 0
    numbered: tuple[tuple[str, str], ...] = ()


class DocumentFact(Struct, frozen=True):
    """What a document says, filled or edited.

    Attributes:
        cites: every cite in it as answers write it, `[@id, 3]`.
        paragraphs: its text.
        audience: whom it is for.
        authorities: the authorities it asked for, and whether each was confirmed.
        template: the words of its template between the answers, piece by piece.
        numbers: the number that each paragraph prints, 0 where it prints none.
        names: its named paragraphs and their numbers.
        footnotes: what its footnotes say, in their order.
        comments: how many comments of Word it holds.
    """

    name: str
    document: str
    audience: str
    cites: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    authorities: Mapping[str, bool] = field(default_factory=dict)
    template: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    names: Mapping[str, int] = field(default_factory=dict)
    footnotes: tuple[str, ...] = ()
    comments: int = 0


class OtherCase(Struct, frozen=True):
    """Another case that this one is compared with.

    Attributes:
        name: its path, as it was given or found.
        numbers: the digits of its respondents' A-numbers.
        family: those of the relatives it lists.
        prose: its answers in people's own words, paragraph by paragraph; never shown.
    """

    name: str
    numbers: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    prose: tuple[str, ...] = ()


class MailFact(Struct, frozen=True):
    """What the e-mail with a filing says, drafted or edited.

    Attributes:
        subject: its subject line.
        asked: what the subject calls the request.
        place: where it stands, if someone edited it.
    """

    filing: str
    subject: str
    asked: str = ""
    place: Place | None = None


class SentFact(Struct, frozen=True):
    """What the record says of a filing that left the office.

    Attributes:
        document: what led it.
        exhibits: the exhibits, of those the review letter calls the request, that are this file.
    """

    document: str
    on: dt.date
    channel: str
    exhibits: frozenset[str] = frozenset()


class Facts(Struct, frozen=True):
    """Everything known of a case when it is checked.

    A rule runs when what it needs is there: `exhibits` and `documents` are None where they were
    not read (interview, fill).

    Attributes:
        answers: seen by the office itself.
        day: the case's own day, None while it is open.
        chosen: ids of the documents at hand.
        listed: the exhibits of the answers.
        as_sent: what the original request said, as it left the office; may be empty.
        others: cases that were named to be compared with; nothing is read unasked.
        recipients: the profiles of those who receive filings, by id.
        served: the filings that were sent, and the exhibits of each.
        mails: the e-mails with the filings; None where they were not drafted.
        standing: the code of the answers and edited papers as they are now, for the record of a
            review; empty where nobody has to review them.
        indexed: of each filing that was bound, its exhibits' files with the SHA-256 they had.
        lists: words and dates that rules look for.
        exposed: files of the case that others can read or git would take in, and how.
    """

    answers: Answers
    day: dt.date | None
    registry: Registry
    chosen: frozenset[str]
    listed: tuple[Exhibit, ...] = ()
    filings: tuple[Filing, ...] = ()
    exhibits: tuple[ExhibitFact, ...] | None = None
    documents: tuple[DocumentFact, ...] | None = None
    as_sent: str = ""
    others: tuple[OtherCase, ...] = ()
    recipients: Mapping[str, Recipient] = field(default_factory=dict)
    served: Mapping[str, frozenset[str]] = field(default_factory=dict)
    mails: tuple[MailFact, ...] | None = None
    standing: str = ""
    sent: tuple[SentFact, ...] = ()
    indexed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lists: WordLists = field(default_factory=WordLists)
    exposed: tuple[tuple[str, str], ...] = ()


class Found(Struct, frozen=True):
    """What a rule found.

    Attributes:
        spot: where the answer stands that it is about.
        facts: values for the placeholders of the finding's wording; never secret text.
        also: other places that tell of the same thing.
        severity: another severity than the one in the data.
        read: what the rule read, for the fingerprint of an acceptance; never secret text.
        place: where it stands when that is no answer.
    """

    code: str
    subject: str
    spot: Spot = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    also: tuple[Spot, ...] = ()
    severity: Severity | None = None
    read: str = ""
    place: Place | None = None


def dated(value: object) -> Dated | None:
    """Return *value* as a time; of hearsay the time that was told; None if it is none."""
    told = value_of(value)
    return told if isinstance(told, Dated) else None


def listed(value: object) -> list[Item]:
    """Return the items of a list of answers; none of anything else."""
    return list(value) if isinstance(value, Items) else []


def key(value: object) -> str:
    """Return the key of a choice; empty if none was made."""
    return str(getattr(value_of(value), "key", ""))


def keys(value: object) -> list[str]:
    """Return the keys of several choices."""
    return [key(choice) for choice in value] if isinstance(value, Many) else []


def items(facts: Facts, *spot: str | int) -> tuple[Item, ...]:
    """Return the items of the list of answers at *spot*; forty rules ask for the same few."""
    known: dict[Spot, tuple[Item, ...]] = facts.answers.memo.setdefault("items", {})
    found = known.get(spot)
    if found is None:
        found = known[spot] = tuple(listed(facts.answers.value(spot)))
    return found


def client(facts: Facts) -> Item | None:
    """Return the lead respondent, None if nobody is listed."""
    memo = facts.answers.memo
    if "client" not in memo:
        found = facts.answers.client
        memo["client"] = found if isinstance(found, Item) else None
    lead: Item | None = memo["client"]
    return lead


def last_entry(person: Item) -> Item | None:
    """Return the entry that a person marked as the last, else the one told last."""
    entries = listed(person.lookup("entries"))
    return next((e for e in entries if e.lookup("last")), entries[-1] if entries else None)


Rule = Callable[[Facts], Iterator[Found]]
