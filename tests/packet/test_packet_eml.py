"""The e-mail as a file: read back by the standard library alone."""

import email
import re
from email import policy
from email.message import EmailMessage

import pytest

from nkdocs.packet.eml import Attached, Draft, written

PDF = Attached("packet.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40)
LONG = "DETAINED-PD – A000-000-021 – 서, 윤희 – " + "행정종결과 재판날자를 미루는 데 대한 동의 " * 4
SUBJECTS = [
    pytest.param("PD - A000-000-021 - SEO, Yun Hui", id="ascii"),
    pytest.param("PD – A000-000-021 – SEO, Yun Hui – NHD 2027-02-11", id="dashes"),
    pytest.param(LONG.strip(), id="korean-and-long"),
    pytest.param("plain words and many of them " * 8 + "end", id="ascii-and-long"),
    pytest.param("서" * 200, id="no-space-to-fold-at"),
]


def parsed(draft: Draft, *attached: Attached) -> EmailMessage:
    """Return a draft as a mail program reads it."""
    data = written(draft, attached or (PDF,))
    return email.message_from_bytes(data, policy=policy.default)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_comes_back_as_it_was(subject: str) -> None:
    """Folding and encoding lose no character and add no space."""
    assert str(parsed(Draft(subject, "text"))["Subject"]) == subject


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_line_of_a_head_is_too_long(subject: str) -> None:
    """RFC 5322, 2.1.1: 78 characters; RFC 2047, 2: 75 of an encoded word; all of it ASCII."""
    head = written(Draft(subject, "text", "", ("김 민지", "a@example.org")), (PDF,)).split(
        b"\r\n\r\n"
    )[0]

    assert max(map(len, head.split(b"\r\n"))) <= 78
    assert max(map(len, re.findall(rb"=\?\S+\?=", head)), default=0) <= 75
    assert head.isascii()


def test_lines_end_as_mail_wants_them() -> None:
    """CR LF everywhere, outside the attachment's own bytes, which are encoded."""
    data = written(Draft("s", "one\ntwo\n"), (PDF,))

    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)


def test_it_opens_as_a_draft_that_goes_to_nobody() -> None:
    """X-Unsent, an empty To:, no copy to anybody."""
    mail = parsed(Draft("s", "text"))

    assert mail["X-Unsent"] == "1"
    assert mail["To"] == ""
    assert not {"cc", "bcc", "date", "message-id"} & {name.lower() for name in mail}


def test_a_break_in_an_answer_begins_no_header() -> None:
    """A name or address with a line break cannot add a recipient."""
    sender = ("A\nBcc: z", "b@example.org")
    draft = Draft("s\r\nBcc: x@example.org", "text", "a@example.org\nBcc: y", sender)

    assert "Bcc" not in parsed(draft)


def test_text_and_attachment_come_back_whole() -> None:
    """Korean, a line that is only a dot, `From ` at a line's start, and the file's very bytes."""
    body = "안녕하십니까\n.\nFrom here on = ½\n" + "a long line " * 40
    mail = parsed(Draft("s", body))
    text, attached = mail.get_body(("plain",)), list(mail.iter_attachments())

    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == body.rstrip("\n") + "\n"
    assert [a.get_filename() for a in attached] == ["packet.pdf"]
    assert attached[0].get_content_type() == "application/pdf"
    assert attached[0].get_content() == PDF.data


def test_the_same_draft_is_the_same_bytes() -> None:
    """No clock, no chance, no name of this computer."""
    draft = Draft(LONG, "text", "", ("Miriam Okafor", "m@example.org"))

    assert written(draft, (PDF,)) == written(draft, (PDF,))
    assert written(draft, (PDF,)) != written(draft, (Attached("packet.pdf", b"%PDF"),))
