"""What a recipient wants: a confirmed profile, its subject line, no paper that it does not take."""

import re
from collections.abc import Iterator

from nkdocs.answers.entries import Exhibit, Filing
from nkdocs.checks.facts import Facts, Found, MailFact, Rule, client, items, key
from nkdocs.diagnostics import Severity
from nkdocs.kinds.dates import Dated
from nkdocs.kinds.lists import ExhibitRefs
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.numbers import ANumber
from nkdocs.kinds.people import Name
from nkdocs.recipients import Recipient, profile_of

_SAID = {
    "a_number": "the A-number",
    "name": "the name",
    "form": "what is asked for",
    "hearing": "the day of the next hearing",
    "detained": "DETAINED",
}


def _unsent(facts: Facts) -> Iterator[tuple[int, Filing, Recipient | None]]:
    """Yield the filings for DHS that were not sent yet, each with its recipient's profile."""
    for number, filing in enumerate(facts.filings):
        if filing.audience == "opla" and filing.id not in facts.served:
            yield number, filing, profile_of(filing.recipient, facts.recipients)


def _profile(facts: Facts) -> Iterator[Found]:
    """L210: nobody confirmed how the recipient takes papers, or long ago; once per recipient."""
    told: set[str] = set()
    for number, filing, profile in _unsent(facts):
        if filing.recipient in told or (profile and profile.current(facts.day)):
            continue
        told.add(filing.recipient)
        on = profile.verified.on if profile else ""
        what = f"was confirmed on {on}" if on else "was never confirmed"
        yield Found("L210", filing.recipient, ("filings", number, "recipient"),
                    {"recipient": filing.recipient, "what": what})  # fmt: skip


def _negatives(facts: Facts) -> Iterator[Found]:
    """L208: no section on adverse factors; an error only where a verified profile requires it."""
    if "pd-request" not in facts.chosen or facts.answers.value(("pd", "record_statement")):
        return
    if any(n.lookup("disclose") for n in items(facts, "pd", "negatives")):
        return
    wanted = [f.recipient for _, f, p in _unsent(facts)
              if f.lead == "pd-request" and p and p.negatives and p.current(facts.day)]  # fmt: skip
    asks = f"; {wanted[0]} requires one" if wanted else ""
    yield Found("L208", "pd.negatives", ("pd", "negatives"), {"asks": asks},
                severity=Severity.ERROR if wanted else None)  # fmt: skip


def _unwanted(facts: Facts) -> Iterator[Found]:
    """L211: an exhibit that the recipient does not want, or that is in the record already.

    The original request and the refusal go with a letter of review although they are in the file.
    """
    exempt = set(_of_review(facts)) if facts.filings else set()
    known = {exhibit.id: (n, exhibit) for n, exhibit in enumerate(facts.listed)}
    for _, filing, profile in _unsent(facts):
        for name in filing.exhibits:
            spared = filing.lead == "supervisory-review" and name in exempt
            if name not in known or spared:
                continue
            number, exhibit = known[name]
            why = _why_not(facts, exhibit, profile)
            if why:
                told = {"filing": filing.id, "exhibit": name, "why": why}
                yield Found("L211", f"{filing.id}.{name}", ("exhibits", number), told)


def _of_review(facts: Facts) -> Iterator[str]:
    for part in ("original_request", "decision"):
        refs = value_of(facts.answers.value(("sr", part, "exhibit")))
        if isinstance(refs, ExhibitRefs):
            yield from refs.ids


def _why_not(facts: Facts, exhibit: Exhibit, profile: Recipient | None) -> str:
    """Return why an exhibit should not go to the recipient; nothing if it may."""
    words = profile.do_not_send if profile else ()
    for word in words:
        if _stands(word.casefold(), exhibit.title.casefold()):
            return f"its title holds '{word}', which the recipient does not want"
    filed = {f.id for f in facts.filings if f.audience == "court"}
    for filing, exhibits in facts.served.items():
        if filing in filed and exhibit.id in exhibits:
            return f"it was filed with the court in '{filing}' and is in the record"
    return ""


def _stands(word: str, text: str) -> bool:
    """Whether *word* stands in *text* as a whole."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _subject(facts: Facts) -> Iterator[Found]:
    """L216: the subject line lacks what the recipient wants to see there."""
    numbers = {filing.id: (n, filing) for n, filing in enumerate(facts.filings)}
    for mail in facts.mails or ():
        number, filing = numbers[mail.filing]
        profile = profile_of(filing.recipient, facts.recipients)
        wanted = profile.subject_has if profile else ()
        lacking = [_SAID[part] for part in wanted if not _has(facts, mail, part)]
        if profile and lacking:
            yield Found(
                "L216", mail.filing, ("filings", number),
                {"filing": mail.filing, "lacking": ", ".join(lacking)},
                severity=None if profile.current(facts.day) else Severity.WARN, place=mail.place,
            )  # fmt: skip


def _has(facts: Facts, mail: MailFact, part: str) -> bool:
    """Whether a subject line has a *part*; what the case does not have is not asked for."""
    person, said = client(facts), mail.subject.casefold()
    if part == "detained":
        return not facts.answers.value(("case", "detained")) or "detained" in said
    if part == "form":
        return bool(mail.asked) and mail.asked.casefold() in said
    if part == "hearing":
        when = facts.answers.value(("case", "next_hearing", "when"))
        days = (when.earliest.isoformat(), str(when)) if isinstance(when, Dated) else ()
        return not days or any(day.casefold() in said for day in days)
    value = None if person is None else person.lookup(part)
    if isinstance(value, ANumber):
        return value.digits in re.sub(r"\D", "", said)
    return isinstance(value, Name) and _stands(value.surname.casefold(), said)


def _channel(facts: Facts) -> Iterator[Found]:
    """L222: the letter says it goes one way, and its filing goes another."""
    spot = ("pd", "opla_office", "how")
    said = key(facts.answers.value(spot))
    for number, filing, _ in _unsent(facts):
        letter = filing.lead in {"pd-request", "supervisory-review"}
        if letter and said and filing.service and said != filing.service:
            told = {"filing": filing.id, "said": said, "service": filing.service}
            yield Found("L222", filing.id, ("filings", number, "service"), told, (spot,))


RULES: tuple[Rule, ...] = (_profile, _negatives, _unwanted, _subject, _channel)
