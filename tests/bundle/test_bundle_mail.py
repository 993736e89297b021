"""E-mails become text with their attachments behind them; old Word files go through LibreOffice."""

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from nkdocs.answers.entries import Exhibit
from nkdocs.bundle.intake import Intake, prepare
from nkdocs.convert import letter, office
from nkdocs.errors import ExhibitError
from tests.bundle.made import pdf, texts


def _mail(*files: tuple[str, bytes, str], body: str = "See attached.", page: str = "") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "김우심 <kim@office.example>", "opla@agency.example"
    mail["Bcc"] = "secret@office.example"
    mail["Subject"], mail["Date"] = "Your request", "Tue, 24 Nov 2026 09:00:00 -0500"
    mail.set_content(body)
    if page:
        mail.add_alternative(page, subtype="html")
    for name, data, kind in files:
        main, _, sub = kind.partition("/")
        mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def _taken(folder: Path, name: str, data: bytes) -> Intake:
    (folder / name).write_bytes(data)
    exhibit = Exhibit.checked({"id": "a", "title": "A", "file": name})
    return prepare([exhibit], folder, converter=None)


def test_mail_is_bound_with_its_attachments(tmp_path: Path) -> None:
    """Heads, words and each file behind it as a part of its own; Bcc is nobody's to see."""
    inner = _mail(body="The first message.")
    made = _taken(tmp_path, "a.eml", _mail(
        ("거절.pdf", pdf(2, "the denial"), "application/pdf"),
        ("earlier.eml", inner, "application/octet-stream"),
    ))  # fmt: skip

    parts = made.prepared[0].parts

    assert [(p.part, p.label, len(p.sources)) for p in parts] == [
        ("main", "E-mail", 1),
        ("attachment-1", "Attachment 1: 거절.pdf", 2),
        ("attachment-2", "Attachment 2: earlier.eml", 1),
    ]
    said = texts(bytes(parts[0].data))[0]
    assert "From: 김우심 <kim@office.example>" in said
    assert "Attachments: 거절.pdf, earlier.eml" in said
    assert "secret" not in said
    assert "The first message." in texts(bytes(parts[2].data))[0]
    assert [f.code for f in made.findings if f.severity.value == "ERROR"] == []


def test_faces_in_a_mail_are_printed_by_name_and_told(tmp_path: Path) -> None:
    """In the words, in the subject and in the name of a file; nothing stops, nothing is dropped."""
    mail = _mail(("smile \U0001f600.txt", b"hello", "text/plain"), body="I am fine \U0001f600")

    made = _taken(tmp_path, "a.eml", mail)

    said = texts(bytes(made.prepared[0].parts[0].data))[0]
    assert "I am fine [U+1F600 GRINNING FACE]" in " ".join(said.split())
    told = [f.facts for f in made.findings if f.code == "X326"]
    assert told == ["U+1F600 GRINNING FACE"] * 2
    assert made.prepared[0].parts[1].label == "Attachment 1: smile [U+1F600 GRINNING FACE].txt"
    assert [f.code for f in made.findings if f.severity.value == "ERROR"] == []


def test_attachment_that_cannot_be_used_stops_the_exhibit_by_name(tmp_path: Path) -> None:
    """It is not left out without a word."""
    made = _taken(tmp_path, "a.eml", _mail(("film.mp4", b"\0\0\0\x18ftypmp42", "video/mp4")))

    wrong = [f for f in made.findings if f.severity.value == "ERROR"]

    assert made.prepared == ()
    assert [(f.code, f.place.file) for f in wrong] == [("X109", "a.eml#film.mp4")]


def test_mail_within_mail_has_an_end(tmp_path: Path) -> None:
    """However deep they lie."""
    data = _mail(body="the innermost")
    for _ in range(6):
        data = _mail(("m.eml", data, "application/octet-stream"))

    made = _taken(tmp_path, "a.eml", data)

    assert "X221" in {f.code for f in made.findings}
    assert made.prepared == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(_mail(page="<p>not this</p>"), "See attached.", id="two-forms"),
        pytest.param(
            b"From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n<style>p{}</style>"
            b"<p>One &amp; two</p><script>x</script><p>three</p>", "One & two\nthree", id="html",
        ),
        pytest.param(
            b"From: a@b.example\nContent-Type: text/html\n\n<table><tr><td>Sent:</td><td>March 2"
            b"</td></tr><tr><th>To:</th><td>c@d</td></tr></table>", "Sent: March 2\nTo: c@d",
            id="table",
        ),
        pytest.param(
            b"Subject: =?euc-kr?B?vsiz5w==?=\nContent-Type: text/plain; charset=x-unknown\n\n"
            + "안녕".encode("cp949"), "안녕", id="korean-windows",
        ),
        pytest.param(b"From: a@b\nContent-Type: multipart/mixed\n\nno boundary", "no boundary",
                     id="broken-mime"),
    ],
)  # fmt: skip
def test_words_of_a_mail_are_read_whatever_form_they_have(data: bytes, words: str) -> None:
    """Plain before HTML, tags and scripts away, letters as Korean Windows wrote them."""
    assert words in letter.opened(data).text
    assert "not this" not in letter.opened(data).text


@pytest.mark.parametrize("kind", ["pkcs7-signature", "x-pkcs7-signature", "pgp-signature"])
def test_signed_mail_is_bound_and_its_signature_told(tmp_path: Path, kind: str) -> None:
    """As offices of the government send them: the signature is no paper, and not passed over."""
    signature = ("s.p7s", b"0\x82\x01", f"application/{kind}")
    data = _mail(("a.txt", b"One page.", "text/plain"), signature)

    made = _taken(tmp_path, "a.eml", data)

    assert "X303" in {f.code for f in made.findings}
    assert [p.label for p in made.prepared[0].parts] == ["E-mail", "Attachment 1: a.txt"]


def test_what_is_no_mail_is_refused() -> None:
    """A text file with another ending."""
    with pytest.raises(ExhibitError):
        letter.opened(b"hello")


def _odt(words: str) -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"'
    )
    body = f"<office:body><office:text><text:p>{words}</text:p></office:text></office:body>"
    kind = "application/vnd.oasis.opendocument.text"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("content.xml", f"<office:document-content {names}>{body}"
                         "</office:document-content>")  # fmt: skip
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest='
            '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
    return out.getvalue()


@pytest.mark.skipif(office.find_office() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_what_nobody_else_does(tmp_path: Path) -> None:
    """OpenDocument texts and RTF, each in one start; of the first the words are compared."""
    (tmp_path / "a.odt").write_bytes(_odt("A letter from the church"))
    (tmp_path / "b.rtf").write_bytes(b"{\\rtf1\\ansi A note from the school}")
    entries = [Exhibit.checked({"id": f[0], "title": f, "file": f})
               for f in ("a.odt", "b.rtf")]  # fmt: skip

    made = prepare(entries, tmp_path, converter=None)

    said = [texts(bytes(p.parts[0].data))[0].strip() for p in made.prepared]
    assert said == ["A letter from the church", "A note from the school"]
    assert [f.code for f in made.findings] == ["X319"]


def test_without_libreoffice_they_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do instead."""
    monkeypatch.setenv("NKDOCS_SOFFICE", "")

    made = _taken(tmp_path, "b.rtf", b"{\\rtf1 hi}")

    assert [f.code for f in made.findings] == ["X109"]
    assert "save it as DOCX or PDF" in made.findings[0].hint
