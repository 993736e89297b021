"""What is reported: findings, their places and severities, and text that is safe to show."""

import enum
import hashlib
import unicodedata
from collections.abc import Iterable, Sequence

from msgspec import Struct

from nkdocs import errors


class Severity(enum.StrEnum):
    """How bad a finding is."""

    ERROR = "ERROR"
    WARN = "WARN"
    INFO = "INFO"


class State(enum.StrEnum):
    """How far a document has come; a finding counts from its own state on."""

    DRAFT = "draft"
    FOR_SIGNATURE = "for-signature"
    FINAL = "final"

    @property
    def rank(self) -> int:
        """0 for draft, 1 for for-signature, 2 for final."""
        return list(State).index(self)


class Place(Struct, frozen=True):
    """Where something stands: a file and a line, or a part and paragraph of a Word file.

    Attributes:
        part: the part of a Word file with its paragraph, as a person reads it.
        paragraph: the paragraph's number alone; 0 where there is none.
        text: what stands there, for a Word user to search for.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    part: str = ""
    paragraph: int = 0
    text: str = ""

    def __str__(self) -> str:
        """Write the place as editors read it: file:line:column."""
        spot = ":".join(str(n) for n in (self.line, self.column) if n)
        return " ".join(t for t in (":".join(t for t in (self.file, spot) if t), self.part) if t)


class Finding(Struct, frozen=True, kw_only=True):
    """One thing found wrong or worth knowing. It names keys and places, never an answer's text.

    Attributes:
        code: A… answers, T… templates, X… exhibits, P… programs, F… files, C… conversion,
            L… law or two facts together, V… our own verification.
        subject: the answer's path, the exhibit's id or the paragraph it is about.
        source: the law or rule behind it.
        cure: who can cure it (client, interpreter, translator, counsel, volunteer).
        hint: the next step.
        kind: `block` (cannot be accepted), `ack` (can), `note`.
        counts: the state from which an ERROR stops the work.
        facts: what the rule read; an acceptance is void when its fingerprint changes.
    """

    code: str
    severity: Severity
    message: str
    place: Place = Place()
    also: tuple[Place, ...] = ()
    subject: str = ""
    source: str = ""
    cure: str = ""
    hint: str = ""
    kind: str = "ack"
    counts: State = State.DRAFT
    group: str = ""
    facts: str = ""

    @property
    def fingerprint(self) -> str:
        """Eight characters that change when the facts behind the finding change."""
        told = "\x1f".join((self.code, self.subject, self.facts))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:8]

    def __str__(self) -> str:
        """Write the finding on one line, its place first."""
        return " ".join(t for t in (f"{self.place}:" if str(self.place) else "", self.code,
                                    self.message) if t)  # fmt: skip


_ERRORS: dict[str, tuple[int, type[errors.NkdocsError], str]] = {
    "A": (0, errors.AnswersError, "the answers need a look"),
    "T": (1, errors.TemplateError, "the template is wrong"),
    "X": (2, errors.ExhibitError, "exhibits cannot be used"),
    "P": (3, errors.MissingProgramError, "a program is missing"),
    "F": (4, errors.FileBusyError, "a file is in the way"),
    "C": (5, errors.ConversionError, "the conversion to PDF failed"),
    "L": (6, errors.ChecksFailedError, "the checks found what must be cured first"),
}


def said_of(code: int) -> str | None:
    """Return what an exit code says of answers, exhibits or papers; None of files and programs."""
    told = {error.exit_code: text for key, (_, error, text) in _ERRORS.items() if key not in "FP"}
    return told.get(code)


def stop(findings: Iterable[Finding], *, hint: str = "") -> None:
    """Raise the error for *findings*, all of them in it; return if there are none.

    Several kinds at once: the exit code is the first of 4, 9, 8, 3, 5, 7, 6 (DESIGN 8.18).
    """
    found = sorted(findings, key=lambda f: _ERRORS[f.code[0]][0])
    if not found:
        return
    _, error, message = _ERRORS[found[0].code[0]]
    raise error(message, hint=hint or found[0].hint, faults=found)


def counting(findings: Sequence[Finding], state: State) -> list[Finding]:
    """Return the ERROR findings that stop work at *state*.

    Nothing stops a draft (DESIGN section 2) but a fault of the class `block` that counts from
    the draft on.
    """
    stops = [f for f in findings if f.severity is Severity.ERROR and f.counts.rank <= state.rank]
    return [f for f in stops if f.kind == "block"] if state is State.DRAFT else stops


_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def shown(text: object, *, breaks: bool = False) -> str:
    """Return outside text (a name, a title, an answer) as it may stand on a terminal.

    Control, bidirectional and other invisible characters are written as escapes, so that a file
    name cannot move the cursor or hide its end. *breaks* lets line breaks and tabs through.
    """
    whole = str(text)
    if whole.isprintable():  # nothing of that kind is
        return whole
    out = []
    for char in whole:
        free = breaks and char in "\n\t"
        hidden = unicodedata.category(char) in _HIDDEN and not free
        out.append(char.encode("unicode_escape").decode("ascii") if hidden else char)
    return "".join(out)
