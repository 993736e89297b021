"""What goes with a packet: an unsent e-mail or an upload list, for the recipient's eyes alone."""

import email
import json
import shutil
from email import policy
from pathlib import Path

import pytest

from nkdocs.diagnostics import State
from nkdocs.packet import mail
from nkdocs.packet.desk import open_desk
from tests.packet.demo import needs_office
from tests.packet.papers import demo, edit, nkdocs, written

LINE = "----- the e-mail"


@pytest.fixture
def case(drafted_demo: Path, tmp_path: Path) -> Path:
    """Return a copy of the drafted case of the test's own."""
    return Path(shutil.copytree(drafted_demo, tmp_path / "demo"))


def subject(case: Path, filing: str = "pd") -> str:
    """Return the subject of a filing's e-mail file."""
    data = (case / f"out/{filing}/email.eml").read_bytes()
    return str(email.message_from_bytes(data, policy=policy.default)["Subject"])


def verified(case: Path, more: str = "", on: str = "2026-11-02") -> None:
    """Give the case a profile of its recipient that this office verified."""
    shared = case / "templates/shared"
    shared.mkdir(parents=True)
    entry = (f"- {{id: opla-new-york, title: OPLA New York, email: desk@opla.example.org{more}, "
             f"verified: {{on: {on}, by: JL}}}}\n")  # fmt: skip
    (shared / "recipients.yaml").write_text(f"recipients: 1\nprofiles:\n{entry}", "utf-8")


def to(case: Path) -> str:
    """Return the To: line of the e-mail file."""
    data = (case / "out/pd/email.eml").read_bytes()
    return str(email.message_from_bytes(data, policy=policy.default)["To"])


def test_mail_and_upload_list_follow_the_channel(drafted_demo: Path) -> None:
    """E-mail for both letters to OPLA, a list for the court's portal; never both."""
    beside = {
        name: sorted(f.name for f in (drafted_demo / f"out/{name}").iterdir()
                     if f.suffix in {".txt", ".eml"})
        for name in ("pd", "review", "evidence")
    }  # fmt: skip

    assert beside == {
        "pd": ["cited.txt", "email.eml", "email.txt"],
        "review": ["cited.txt", "email.eml", "email.txt"],
        "evidence": ["upload-checklist.txt"],
    }


def test_the_packet_is_attached_byte_for_byte(drafted_demo: Path) -> None:
    """What the mail program shows is what was built and verified."""
    for filing in ("pd", "review"):
        data = (drafted_demo / f"out/{filing}/email.eml").read_bytes()
        read = email.message_from_bytes(data, policy=policy.SMTP)

        attached = [part.get_payload(decode=True) for part in read.walk() if part.get_filename()]

        assert attached == [(drafted_demo / f"out/{filing}/packet.pdf").read_bytes()]


def test_the_subject_is_the_offices_pattern(drafted_demo: Path) -> None:
    """A draft says first that it is one."""
    expected = "PD – A000-000-021 – SEO, Yun Hui – administrative closure – NHD 2027-02-11"

    assert subject(drafted_demo) == f"DRAFT, do not send: {expected}"


def test_a_body_says_who_what_and_by_when(drafted_demo: Path) -> None:
    """An e-mail with nothing but attachments is deleted unread."""
    body = (drafted_demo / "out/pd/email.txt").read_text("utf-8").partition(LINE)[2]

    for said in ("SEO Yun Hui", "administrative closure", "December 18, 2026", "000-555-0101",
                 "packet.pdf", "Tab A: Letter of the treating clinic"):  # fmt: skip
        assert said in body


def test_nothing_the_recipient_may_not_see_is_in_it(drafted_demo: Path) -> None:
    """No undisclosed factor, no place of birth, no entry, no advice."""
    for file in drafted_demo.glob("out/*/email.txt"):
        body = file.read_text("utf-8").partition(LINE)[2]
        assert not [w for w in ("cash", "Musan", "Otay", "Korea", "nkdocs sent") if w in body]


def test_building_again_gives_the_same_bytes(case: Path) -> None:
    """Nothing of the clock or of this computer is in the files."""
    names = ("pd/email.eml", "pd/email.txt", "evidence/upload-checklist.txt")
    before = [(case / f"out/{n}").read_bytes() for n in names]

    said = nkdocs("build", case, "pd", "evidence")

    assert said.code == 0, said.err
    assert [(case / f"out/{n}").read_bytes() for n in names] == before


def test_a_detained_clients_subject_says_so(case: Path) -> None:
    """It is what mail is sorted by."""
    edit(case, "  detained: no\n", "  detained: yes\n  facility: Orange County Jail\n")

    assert nkdocs("build", case, "pd").code == 0
    assert subject(case).startswith("DRAFT, do not send: DETAINED-PD – A000-000-021")


def test_an_open_answer_is_a_blank_in_a_draft(case: Path) -> None:
    """A draft is never refused; the blank names its question."""
    edit(case, "  respond_by: 2026-12-18\n  theory", "  theory")

    said = nkdocs("build", case, "pd")

    assert said.code == 0
    text = (case / "out/pd/email.txt").read_text("utf-8")
    assert "[By which day do you ask for an answer?]" in text


@needs_office
def test_a_final_goes_to_the_verified_address_alone(tmp_path: Path) -> None:
    """No mark of a draft, the address this office confirmed; after ninety days nobody's."""
    case = demo(tmp_path / "demo")
    verified(case)

    said = nkdocs("build", case, "pd", "--as", "final", office=True)

    assert said.code == 0, said.err
    assert to(case) == "desk@opla.example.org"
    assert subject(case).startswith("PD – A000-000-021")
    (case / "templates/shared/recipients.yaml").unlink()
    assert nkdocs("build", case, "pd", "--as", "final", office=True).code == 0
    assert to(case) == ""


def test_blanks_in_the_e_mail_hold_up_no_final_and_no_address_is_given(tmp_path: Path) -> None:
    """Filled in in the letter by hand, open in the answers: F005, still marked as a draft."""
    case = demo(tmp_path / "demo")
    verified(case)
    edit(case, "  respond_by: 2026-12-18\n  theory", "  theory")
    desk = open_desk(case)
    filing = next(f for f in desk.filings if f.id == "pd")
    sent = [mail.Sending("pd/packet.pdf", "Request", written("x"))]

    made = mail.accompany(desk, filing, State.FINAL, sent, [])

    text = made.files["pd/email.txt"].decode()
    assert [f.code for f in made.findings] == ["F005"]
    assert "Subject: DRAFT, do not send:" in text
    assert "To: \n" in text


def test_an_edited_e_mail_is_the_source(case: Path) -> None:
    """It is kept, its words are in the file for the mail program, and the person is told."""
    text = case / "out/pd/email.txt"
    text.write_text(text.read_text("utf-8").replace("Dear Counsel:", "Dear Ms. Ito:"), "utf-8")
    edited = text.read_bytes()

    said = nkdocs("build", case, "pd")

    assert said.code == 0, said.err
    assert "F004" in said.err
    assert text.read_bytes() == edited
    read = email.message_from_bytes((case / "out/pd/email.eml").read_bytes(), policy=policy.default)
    body = read.get_body(("plain",))
    assert body is not None
    assert body.get_content().startswith("Dear Ms. Ito:")
    assert subject(case).count("DRAFT") == 1


def test_a_list_with_ticks_is_kept(case: Path) -> None:
    """Ticking is no damage: the filing is built, the list stays as it is."""
    file = case / "out/evidence/upload-checklist.txt"
    file.write_text(file.read_text("utf-8").replace("[ ]", "[x]", 2), "utf-8")
    ticked = file.read_bytes()

    said = nkdocs("build", case, "evidence")

    assert said.code == 0, said.err
    assert file.read_bytes() == ticked


def test_a_draft_has_no_address_even_of_a_verified_recipient(case: Path) -> None:
    """A draft that was addressed would be one click from being sent."""
    verified(case)

    assert nkdocs("build", case, "pd").code == 0
    assert to(case) == ""


def test_portal_of_the_filing_prevails_over_the_letter(case: Path) -> None:
    """What the filing's own entry says is done; the letter that says otherwise is told."""
    text = (case / "answers.yaml").read_text("utf-8")
    (case / "answers.yaml").write_text(
        text.replace("service: email", "service: eservice", 1), "utf-8"
    )
    shutil.rmtree(case / "out/pd")

    said = nkdocs("build", case, "pd")

    assert (case / "out/pd/upload-checklist.txt").is_file()
    assert not (case / "out/pd/email.eml").exists()
    assert "L222" in said.err


def test_the_courts_list_keeps_letter_and_evidence_apart(case: Path) -> None:
    """The court's system takes no submissions combined: the packet is not on the list."""
    edit(case, "- id: evidence\n", "- id: evidence\n  lead: asylum-declaration\n")
    edit(case, "  exhibits: [declaration, id-card", "  exhibits: [id-card")

    said = nkdocs("build", case, "evidence")

    assert said.code == 0, said.err
    listed = (case / "out/evidence/upload-checklist.txt").read_text("utf-8")
    assert "1. asylum-declaration.pdf" in listed
    assert "2. exhibits.pdf" in listed
    assert "packet.pdf" not in listed


def test_a_message_that_is_too_large_for_the_office_is_told(case: Path) -> None:
    """The e-mail counts as it is sent, a third larger than its file; exit 0 in a draft."""
    verified(case, ", max_mb: 0.1")

    said = nkdocs("build", case, "pd", "--json")

    found = [f for f in json.loads(said.out)["findings"] if f["code"] == "L608"]
    assert [(f["severity"], f["subject"]) for f in found] == [("ERROR", "pd sent")]


def test_an_own_pattern_is_used_and_a_wrong_one_is_named(case: Path) -> None:
    """The profile's subject prevails; a tag that reaches an internal answer stops with 9."""
    verified(case, ", subject: '{{ client.a_number.digits }} / {{ asked }}'")
    assert nkdocs("build", case, "pd").code == 0
    assert subject(case) == "DRAFT, do not send: 000000021 / administrative closure"

    (case / "templates/shared/recipients.yaml").write_text(
        "recipients: 1\nprofiles:\n- {id: opla, title: O, subject: '{{ pd.case_strength }}'}\n",
        "utf-8",
    )
    said = nkdocs("build", case, "pd")

    assert said.code == 9
    assert "subject" in said.err
