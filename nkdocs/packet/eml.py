"""An e-mail as a file that mail programs open as an unsent draft.

Internet Message Format (RFC 5322) with encoded words (RFC 2047). There is no Date and no
Message-ID: the mail program adds them when a person sends it, and here they would tell of this
computer and make each file another one.
"""

import hashlib
from collections.abc import Sequence

from msgspec import Struct


class Attached(Struct, frozen=True):
    """A file that goes with an e-mail."""

    name: str
    data: bytes


class Draft(Struct, frozen=True):
    """An e-mail before it is sent. There is no copy to anybody.

    Attributes:
        sender: name and address of the sender; empty where the mail program shall say.
        to: the recipient's address; empty where nobody verified it.
    """

    subject: str
    body: str
    to: str = ""
    sender: tuple[str, str] = ("", "")


def written(draft: Draft, attached: Sequence[Attached]) -> bytes:
    """Return the e-mail as an `.eml` file: the same draft and attachments, the same bytes."""
    import io
    from email import charset, policy
    from email.generator import BytesGenerator
    from email.header import Header
    from email.mime.application import MIMEApplication
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText
    from email.utils import formataddr

    seed = hashlib.sha256("\x1f".join((draft.subject, draft.body)).encode())
    for file in attached:
        seed.update(file.data)
    mail = MIMEMultipart("mixed", boundary=f"=_nkdocs_{seed.hexdigest()[:32]}")
    mail["X-Unsent"] = "1"  # Outlook and Thunderbird open it for writing
    name, address = draft.sender
    if address:
        mail["From"] = formataddr((_line(name), _line(address)))
    mail["To"] = _line(draft.to)
    subject = _line(draft.subject)
    face = "us-ascii" if subject.isascii() else "utf-8"
    said = Header(subject, face, maxlinelen=75, header_name="Subject")
    mail["Subject"] = said.encode()
    plain = charset.Charset("utf-8")
    plain.body_encoding = charset.QP
    mail.attach(MIMEText(draft.body.rstrip("\n") + "\n", "plain", plain))  # type: ignore[arg-type] # a Charset is taken, too
    for file in attached:
        part = MIMEApplication(file.data, "pdf", Name=file.name)
        part.add_header("Content-Disposition", "attachment", filename=file.name)
        mail.attach(part)
    out = io.BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=policy.compat32.clone(linesep="\r\n")).flatten(
        mail
    )
    return out.getvalue()


def _line(text: str) -> str:
    """Return *text* on one line: a break in it would begin another header."""
    return " ".join(text.split())
