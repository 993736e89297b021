"""An e-mail that somebody received, taken apart: its heads and words as text, its attachments.

The form is that of RFC 5322 and MIME. What mail programs write is often wrong; here nothing of it
is believed but bytes, and nothing that is attached is left out.
"""

import email.message
import html
import re
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.parser import BytesParser

from msgspec import Struct

from nkdocs.errors import ExhibitError

_HEADS = ("From", "To", "Cc", "Date", "Subject")  # Bcc is nobody's to see
_MOST = 200  # parts of one e-mail
_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/tr|/li|/h\d)\b[^>]*>", re.IGNORECASE)
_CELLS = re.compile(r"<\s*/\s*t[dh]\b[^>]*>", re.IGNORECASE)
_UNSEEN = re.compile(r"<\s*(script|style|head)\b.*?<\s*/\s*\1\s*>", re.IGNORECASE | re.DOTALL)
_SIGNATURES = {"pkcs7-signature", "x-pkcs7-signature", "pgp-signature"}
_TAG = re.compile(r"<[^>]*>")


class Attachment(Struct, frozen=True):
    """A file that came with an e-mail, under the name the sender gave it."""

    name: str
    data: bytes


class Letter(Struct, frozen=True):
    """An e-mail.

    Attributes:
        text: its heads, a line for each, then its words.
        signed: whether an electronic signature came with it; that is no attachment.
    """

    text: str
    attachments: tuple[Attachment, ...]
    signed: bool = False


def opened(data: bytes) -> Letter:
    """Return an e-mail taken apart.

    Raises:
        ExhibitError: it is none, or it is made so that it cannot be read.
    """
    try:
        mail = BytesParser(policy=policy.compat32).parsebytes(data)
        heads = [f"{name}: {_head(mail, name)}" for name in _HEADS if mail[name]]
        if not mail["From"] and not mail["Subject"]:
            msg = "it has neither a sender nor a subject"
            raise ExhibitError(msg, hint="Save it again from the mail program, or print it to PDF.")
        plain: list[str] = []
        attached: list[Attachment] = []
        parts = [*_leaves(mail)]
        letters = [part for part in parts if not _is_signature(part)]
        for part in letters:
            _sort(part, plain, attached)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        msg = "the e-mail cannot be taken apart"
        raise ExhibitError(msg, hint="Print it to PDF from the mail program.") from None
    if attached:
        heads.append(f"Attachments: {', '.join(a.name for a in attached)}")
    text = "\n".join([*heads, "", "\n\n".join(plain).strip()])
    return Letter(text, tuple(attached), signed=len(letters) < len(parts))


def _is_signature(part: email.message.Message) -> bool:
    """Tell whether a part signs the others, and says nothing of its own."""
    main, _, kind = part.get_content_type().partition("/")
    return main == "application" and kind in _SIGNATURES


def _leaves(mail: email.message.Message) -> Iterator[email.message.Message]:
    """Yield the parts that hold something; of one text in two forms the plain one."""
    waiting, seen = [mail], 0
    while waiting:
        part = waiting.pop(0)
        seen += 1
        if seen > _MOST:
            msg = "too many parts"
            raise ValueError(msg)
        held = part.get_payload()
        if part.get_content_type() == "message/rfc822" or not isinstance(held, list):
            yield part
            continue
        kids = [k for k in held if isinstance(k, email.message.Message)]
        if part.get_content_type() == "multipart/alternative":
            plain = [k for k in kids if k.get_content_type() == "text/plain" and _words(k).strip()]
            rest = [k for k in kids if not k.get_content_type().startswith("text/")]
            kids = [*(plain[:1] or kids[-1:]), *(k for k in rest if k not in kids[-1:])]
        waiting = [*kids, *waiting]


def _sort(part: email.message.Message, plain: list[str], attached: list[Attachment]) -> None:
    """Add a part to the words or to the attachments."""
    kind, name = part.get_content_type(), _name(part)
    if kind == "message/rfc822":
        message = part.get_payload()
        inner = message[0] if isinstance(message, list) and message else None
        data = inner.as_bytes() if isinstance(inner, email.message.Message) else b""
        attached.append(Attachment(name or f"message {len(attached) + 1}.eml", data))
    elif (kind in {"text/plain", "text/html"} or kind.startswith("multipart/")) and not name:
        words = _words(part)
        plain.append(_bare(words) if kind == "text/html" else words)
    else:
        held = part.get_payload(decode=True)
        ending = kind.rpartition("/")[2].split("+")[0]
        name = name or f"attachment {len(attached) + 1}.{'jpg' if ending == 'jpeg' else ending}"
        attached.append(Attachment(name, held if isinstance(held, bytes) else b""))


def _words(part: email.message.Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    for face in (part.get_content_charset() or "utf-8", "utf-8", "cp949"):
        try:
            return data.decode(face)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")


def _bare(text: str) -> str:
    """Return the words of a page in HTML, line by line."""
    text = _CELLS.sub(" ", text)
    text = _TAG.sub("", _BREAKS.sub("\n", _UNSEEN.sub("", text.replace("\n", " "))))
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _head(mail: email.message.Message, name: str) -> str:
    return " ".join(str(make_header(decode_header(str(mail[name])))).split())


def _name(part: email.message.Message) -> str:
    told = part.get_filename()
    if not told:
        return ""
    return " ".join(str(make_header(decode_header(told))).split()).replace("/", "_")
