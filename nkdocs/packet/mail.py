"""What goes with a packet: an unsent e-mail, or the list for a portal. nkdocs sends nothing.

An e-mail that someone edited (`email.txt`) is the source from then on, as with Word files. The
address stands in it only while this office's own profile of the recipient is verified.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from nkdocs import recipients
from nkdocs._working import Content
from nkdocs.answers.entries import Filing
from nkdocs.bundle.scan import count_pages
from nkdocs.bundle.venues import message_over_limit, reminded
from nkdocs.case import Hand
from nkdocs.checks.facts import MailFact, key
from nkdocs.diagnostics import Finding, Place, Severity, State
from nkdocs.documents.fill import Shown
from nkdocs.documents.texts import Text, fill_text
from nkdocs.packet import mailwords
from nkdocs.packet.desk import Desk
from nkdocs.packet.eml import Attached, Draft, written
from nkdocs.packet.listed import venue_of
from nkdocs.recipients import Recipient

TEXT, MAIL, UPLOAD = "email.txt", "email.eml", "upload-checklist.txt"
_BY_VENUE = {"opla-email": "email", "eoir-ecas": "ecas"}
_PORTALS = ("eservice", "ecas")
_PACKET = "packet.pdf"
_HEAD = "For the office only. The e-mail stands below the line; nothing was sent."
_LINE = "----- the e-mail: edit it here, then build again -----"
_DRAFT = "DRAFT, do not send: "
_MB = 1_000_000


class Sending(Struct, frozen=True):
    """A file that is to be sent: its path in `out/`, what it is, its bytes."""

    file: str
    what: str
    data: Content


class Companions(Struct, frozen=True):
    """What goes with a packet.

    Attributes:
        files: what is to be written, by path in `out/`; a file someone edited is left out.
        kept: files that someone edited and that are kept.
    """

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()
    kept: tuple[str, ...] = ()


def channel_of(desk: Desk, filing: Filing) -> str:
    """Return how *filing* goes: as its own entry says, else as the letter or its venue does."""
    if filing.service:
        return filing.service
    told = key(desk.answers().value(("pd", "opla_office", "how")))
    if told and filing.recipient.partition("-")[0] == "opla":
        return told
    profile = recipients.profile_of(filing.recipient, desk.shelf.recipients)
    return _BY_VENUE.get(filing.venue) or (profile.channel if profile else "")


def accompany(
    desk: Desk,
    filing: Filing,
    state: State,
    sent: Sequence[Sending],
    tabs: Sequence[Mapping[str, str]],
) -> Companions:
    """Return what goes with the files *sent* of a filing; nothing is written.

    Args:
        desk: the case.
        filing: what is sent.
        state: the e-mail of a draft, and one with blanks, says in its subject that it is a draft,
            and has no address.
        sent: the files, in the order in which they go; none if there is nothing to send yet.
        tabs: what the filing lists of its exhibits.
    """
    channel = channel_of(desk, filing)
    if not sent or channel not in {"email", *_PORTALS}:
        return Companions({})
    writing = _Writing(desk, filing, state, sent, tabs)
    return writing.email() if channel == "email" else writing.upload(channel)


def facts(desk: Desk, wanted: Sequence[Filing]) -> tuple[MailFact, ...]:
    """Return what the e-mails of the filings *wanted* say in their subject lines."""
    told = []
    for filing in wanted:
        if filing.lead and channel_of(desk, filing) == "email":
            writing = _Writing(desk, filing, State.DRAFT, (), ())
            edited = writing.edited()
            place = Place(f"out/{filing.id}/{TEXT}") if edited else None
            subject = edited.subject if edited else writing.subject.text
            told.append(MailFact(filing.id, subject, writing.asked.text, place))
    return tuple(told)


class _Writing:
    """Writes the companions of one filing."""

    def __init__(
        self,
        desk: Desk,
        filing: Filing,
        state: State,
        sent: Sequence[Sending],
        tabs: Sequence[Mapping[str, str]],
    ) -> None:
        self.desk, self.filing, self.state, self.sent, self.tabs = desk, filing, state, sent, tabs
        self.words, self.source = mailwords.load(desk.templates)
        self.profile = recipients.profile_of(filing.recipient, desk.shelf.recipients)

    def email(self) -> Companions:
        """Return the unsent e-mail, as text and as a file for mail programs."""
        edited = self.edited()
        body = "" if edited else self._filled(self.words.body(self.filing.lead), "body").text
        mail = edited or Draft(self.subject.text, body)
        fit = self.state is not State.DRAFT and not self._blank(mail)
        subject = mail.subject if fit else f"{_DRAFT}{mail.subject}"
        mail = Draft(subject, mail.body, self._address() if fit else "", self._sender())
        emls = [*self._parts(mail)]
        before = self._filled(self.words.before, "before").text
        head = f"{_HEAD}\n{before}\n\n{_LINE}\nTo: {mail.to}\nSubject: {mail.subject}\n\n"
        told = f"{head}{mail.body}\n"
        made = self._settled({TEXT: told.encode(), **dict(emls)})
        gaps = [] if fit or self.state is State.DRAFT else [self._unfit()]
        size = max(len(eml) for _, eml in emls)
        venue = venue_of(self.desk, self.filing.venue)
        large = self._size(size) or message_over_limit(size, venue, f"{self.filing.id} sent")
        return Companions(made.files, (*made.findings, *gaps, *large), made.kept)

    def _parts(self, mail: Draft) -> Iterator[tuple[str, bytes]]:
        """Yield an e-mail for each file: what was divided is too large for one."""
        count = len(self.sent)
        for number, file in enumerate(self.sent, 1):
            attached = [Attached(file.file.rpartition("/")[2], bytes(file.data))]
            part = f" (part {number} of {count})" if count > 1 else ""
            name = MAIL if number == 1 else f"email_Part{number}.eml"
            yield name, written(replace(mail, subject=f"{mail.subject}{part}"), attached)

    def upload(self, portal: str) -> Companions:
        """Return the list for a portal."""
        pattern = {str(k): v for k, v in self.words.uploads.items()}.get(portal, "")
        told = self._filled(pattern, f"uploads.{portal}").text
        draft = "DRAFT: build the final first (--as final).\n" if self.state is State.DRAFT else ""
        head = f"For the office only. Nothing was uploaded.\n{draft}"
        made = self._settled({UPLOAD: f"{head}{told}\n".encode()})
        size = max(len(file.data) for file in self.sent)
        return Companions(made.files, (*made.findings, *self._size(size)), made.kept)

    @cached_property
    def asked(self) -> Text:
        """What the subject calls the request."""
        return self._filled(self.words.named(self.filing.lead), "asked", asked="")

    @cached_property
    def subject(self) -> Text:
        """The subject line, by the profile's own pattern if it has one."""
        own = self.profile.subject if self.profile else ""
        text = self._filled(own or self.words.subject, "subject", asked=self.asked.text)
        return Text(" ".join(text.text.split()), text.open)

    def edited(self) -> Draft | None:
        """Return the e-mail that someone edited, None if nobody did or it cannot be told apart."""
        name = f"{self.filing.id}/{TEXT}"
        if self.desk.case.hand(name) not in {Hand.EDITED, Hand.UNKNOWN}:
            return None
        text = self.desk.case.read(f"out/{name}").decode("utf-8", "replace").replace("\r\n", "\n")
        head, _, body = text.partition(f"{_LINE}\n")[2].partition("\n\n")
        said = [line[8:].strip() for line in head.splitlines() if line.startswith("Subject:")]
        if not said or not body.strip():
            return None
        return Draft(said[0].removeprefix(_DRAFT.strip()).strip(), body.strip("\n"))

    def _blank(self, mail: Draft) -> bool:
        """Whether a blank that names its question stands in an e-mail, made or edited."""
        said = f"{mail.subject}\n{mail.body}"
        asked = (q.prompt.en for q in self.desk.catalogue.questions.values())
        return "[" in said and any(f"[{' '.join(a.split())}]" in said for a in asked)

    def _address(self) -> str:
        """Return the verified address; a draft has none."""
        if self.state is State.DRAFT:
            return ""
        known = self.desk.shelf.recipients
        return recipients.address_of(self.filing.recipient, known, self.desk.day)

    def _sender(self) -> tuple[str, str]:
        answers = self.desk.answers(self.filing.audience)
        told = [answers.value((who, "email")) for who in ("counsel", "office")]
        name = answers.value(("counsel", "name"))
        return (str(name) if name else "", next((str(t) for t in told if t), ""))

    def _filled(self, pattern: str, what: str, asked: str | None = None) -> Text:
        name = f"{self.source} {what}"
        answers = self.desk.answers(self.filing.audience)
        facts = self._facts(self.asked.text if asked is None else asked)
        return fill_text(pattern, answers, facts, name=name)

    def _facts(self, asked: str) -> dict[str, object]:
        """Return what the words may name besides answers."""
        filing, files = self.filing, [self._shown(file) for file in self.sent]
        nothing = Shown(file=_PACKET, path="", pages="", mb="", what="")
        rules = [*map(reminded, venue_of(self.desk, filing.venue).reminders)]
        return {
            "asked": asked,
            "packet": files[0] if files else nothing,
            "files": files,
            "filing": Shown(id=filing.id, recipient=filing.recipient, venue=filing.venue,
                            title=self._title(), case=self.desk.case.name),
            "exhibits": [Shown(**tab) for tab in self.tabs],
            "rules": rules,
            "recipient": self._recipient(self.profile),
        }  # fmt: skip

    def _title(self) -> str:
        lead = self.desk.catalogue.documents.get(self.filing.lead)
        return self.filing.title or (lead.title if lead else self.filing.id)

    def _shown(self, file: Sending) -> Shown:
        name = file.file.removeprefix(f"{self.filing.id}/")
        return Shown(
            file=name,
            path=f"{self.desk.case.name}/out/{file.file}",
            what=file.what,
            pages=count_pages(bytes(file.data), name),
            mb=f"{max(len(file.data) / _MB, 0.1):.1f}",
        )

    def _recipient(self, profile: Recipient | None) -> Shown:
        known = profile or Recipient(id="unknown", title="the recipient")
        return Shown(
            title=known.title,
            address=self._address(),
            verified=known.current(self.desk.day),
            source=known.source,
            max_mb=f"{known.max_mb:g}" if known.max_mb else "",
            negatives=known.negatives,
            rap_sheet=known.rap_sheet,
            unwanted=", ".join(known.do_not_send),
        )

    def _settled(self, files: Mapping[str, bytes]) -> Companions:
        """Return *files* under their paths; what someone edited is kept and told."""
        named = {f"{self.filing.id}/{name}": data for name, data in files.items()}
        differs = self.desk.case.differs
        words = f"{self.filing.id}/{TEXT}" if self.edited() else ""
        kept = tuple(n for n, data in named.items() if n == words or differs(n, data))
        fresh = {name: data for name, data in named.items() if name not in kept}
        return Companions(fresh, tuple(map(self._kept, kept)), kept)

    def _unfit(self) -> Finding:
        """Return the finding for an e-mail with blanks; the packet itself is none the worse."""
        name = f"{self.filing.id}/{TEXT}"
        return Finding(
            code="F005",
            severity=Severity.WARN,
            message=f"{name} has blanks that name their questions, and is marked as a draft",
            place=Place(f"out/{name}"),
            subject=name,
            cure="counsel",
            hint="Answer them, or fill them in in the file, and build again.",
        )

    def _kept(self, name: str) -> Finding:
        what = "; the e-mail takes its words from it" if name.endswith(TEXT) else ""
        return Finding(
            code="F004",
            severity=Severity.WARN,
            message=f"{name} was edited and is kept{what}",
            place=Place(f"out/{name}"),
            subject=name,
            hint="To have it made anew, move it away and build again.",
        )

    def _size(self, size: int) -> list[Finding]:
        """Return a finding if what is sent is larger than the recipient takes, as it is sent."""
        profile = self.profile
        if profile is None or not profile.max_mb or size <= profile.max_mb * _MB:
            return []
        firm = profile.current(self.desk.day)
        said = "" if firm else "; nobody has confirmed this limit lately"
        return [
            Finding(
                code="L608",
                severity=Severity.ERROR if firm else Severity.WARN,
                counts=State.FOR_SIGNATURE,
                message=f"what is sent has {size / _MB:.1f} MB, {profile.title} takes "
                f"{profile.max_mb:g} MB{said}",
                subject=f"{self.filing.id} sent",
                source=profile.source,
                cure="volunteer",
                hint="Divide the exhibits into two filings, or scan large ones at 200 dpi.",
                facts=f"{size // _MB} {profile.max_mb:g}",
            )
        ]
