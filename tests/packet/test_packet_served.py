"""What was signed and what was sent is frozen, and cited as it left the office."""

import shutil
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from nkdocs.bundle.passwords import trying
from nkdocs.case import sha256
from nkdocs.citations.cite import Cite, printed
from nkdocs.diagnostics import State
from nkdocs.errors import ChecksFailedError, ExhibitError, FileBusyError, UsageError
from nkdocs.packet import fill as filling
from nkdocs.packet import served
from nkdocs.packet.facts import check
from nkdocs.packet.filings import wanted
from nkdocs.packet.papers import used_fingerprint
from tests.bundle.made import pdf
from tests.packet.demo import (
    DRAFT,
    FINAL,
    body,
    built,
    changed,
    desk,
    edited,
    needs_office,
    pages_text,
)
from tests.packet.papers import demo
from tests.packet.planting import accept

DECLARATION = "asylum-declaration"
REST = "a stipulation to issues or agreement to a continuance"


@pytest.fixture(scope="module")
def printed_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo case with its declaration printed for signature."""
    case = demo(tmp_path_factory.mktemp("printed") / "demo")
    made = filling.fill(desk(case), [DECLARATION], State.FOR_SIGNATURE, pdf=True)
    filling.write(desk(case), made)
    return case


@pytest.fixture(scope="module")
def signed_case(printed_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return that case with the signed scan taken in."""
    case = tmp_path_factory.mktemp("signed") / "demo"
    shutil.copytree(printed_case, case)
    scan = case / "scan.pdf"
    scan.write_bytes((case / f"out/{DECLARATION}.pdf").read_bytes() + b"\n% signed by hand\n")
    served.sign(desk(case), DECLARATION, scan, "2026-11-21")
    return case


@pytest.fixture(scope="module")
def sent_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo case with its review letter built and sent."""
    case = demo(tmp_path_factory.mktemp("sent") / "demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NKDOCS_SOFFICE", "")
        built(case, "review", DRAFT)
    packet = case / "out/review/packet.pdf"
    served.sent(desk(case), "review", packet, on="2026-11-24", channel="email")
    return case


@pytest.fixture(scope="module")
def asked_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo case with its request for discretion built."""
    case = demo(tmp_path_factory.mktemp("asked") / "demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NKDOCS_SOFFICE", "")
        built(case, "pd", DRAFT)
    return case


@needs_office
def test_the_signed_scan_is_the_document_from_then_on(signed_case: Path) -> None:
    """The filing holds the scan, and paragraph cites lead to the pages they stood on."""
    made = built(signed_case, "evidence", FINAL)

    pages = pages_text(bytes(made.files["evidence/exhibits.pdf"]))
    entry = made.pages.entry("declaration")
    number, page = entry.paragraphs["arrest-2006"]
    cite = printed(Cite("declaration", mark="arrest-2006"), made.pages).replace("\u00a0", " ")
    assert cite == f"Tab A at {entry.page(page)}, \u00b6 {number}"
    assert "security department came at night" in " ".join(pages[entry.page(page) - 1].split())
    assert DECLARATION + ".docx" not in made.files
    assert (signed_case / f"signed/{DECLARATION}.pdf").is_file()


@needs_office
def test_an_answer_changed_after_signing_is_found(signed_case: Path, tmp_path: Path) -> None:
    """A date, a new event: the sworn text stands, a supplement is due, the final is refused."""
    shutil.copytree(signed_case, tmp_path / "demo")
    case = tmp_path / "demo"
    before = served.changed_since_signing(desk(case))
    changed(case, "- id: arrest-2006\n  when: winter 2006\n", "- id: arrest-2006\n  when: 2005\n")
    new = "- {id: new-event, when: 2001, whom: me, told: New.}\n"
    changed(case, "events:\n- id: arrest-2006\n", f"events:\n{new}- id: arrest-2006\n")

    found = served.changed_since_signing(desk(case))

    assert before == []
    assert {f.subject for f in found} == {"events", "events.arrest-2006.when"}
    assert {f.code for f in found} == {"L423"}
    with pytest.raises(ChecksFailedError):
        built(case, "evidence", FINAL)


@needs_office
def test_change_after_signing_is_accepted_until_the_next(signed_case: Path, tmp_path: Path) -> None:
    """What was accepted is this change; another one of the same answer is found again."""
    case = Path(shutil.copytree(signed_case, tmp_path / "demo"))
    changed(case, "- id: arrest-2006\n  when: winter 2006\n", "- id: arrest-2006\n  when: 2005\n")
    accept(case, served.changed_since_signing(desk(case)))
    quiet = served.changed_since_signing(desk(case))
    changed(case, "- id: arrest-2006\n  when: 2005\n", "- id: arrest-2006\n  when: 2004\n")

    again = served.changed_since_signing(desk(case))

    assert quiet == []
    assert "accepted before" in again[0].message


@needs_office
def test_korean_changed_after_signing_is_found(printed_case: Path, tmp_path: Path) -> None:
    """This test ensures that the Korean which the edition printed is frozen with the English."""
    shutil.copytree(printed_case, tmp_path / "demo")
    case, path = tmp_path / "demo", "_ko.effects.health"
    changed(case, "signing: {", "_ko: {effects.health: 약을 먹습니다.}\nsigning: {bilingual: yes, ")
    used = {path: used_fingerprint(desk(case), path)}
    edition = {"kind": "document", "path": f"{DECLARATION}-korean.docx", "used": used}
    desk(case).case.record([{**edition, "state": "for-signature"}])
    served.sign(desk(case), DECLARATION, case / f"out/{DECLARATION}.pdf", "2026-11-21")
    before = [f.subject for f in served.changed_since_signing(desk(case))]
    changed(case, "약을 먹습니다.", "약을 안 먹습니다.")

    found = [f for f in served.changed_since_signing(desk(case)) if f.subject == path]

    assert path not in before
    assert [f.code for f in found] == ["L423"]
    lines = (case / "answers.yaml").read_text("utf-8").splitlines()
    assert "_ko:" in lines[found[0].place.line - 1]


@needs_office
def test_a_scan_with_a_page_missing_is_refused(printed_case: Path, tmp_path: Path) -> None:
    """It must have as many pages as what was printed."""
    (tmp_path / "scan.pdf").write_bytes(pdf(2))

    with pytest.raises(ExhibitError, match="has 2 pages"):
        served.sign(desk(printed_case), DECLARATION, tmp_path / "scan.pdf", "2026-11-21")


@needs_office
def test_a_signed_scan_with_a_password_is_opened_and_kept_without_it(
    printed_case: Path, tmp_path: Path
) -> None:
    """Asked for once; without it the scan is refused by name. The record has both hashes."""
    case = tmp_path / "demo"
    shutil.copytree(printed_case, case)
    scan = tmp_path / "scan.pdf"
    with pikepdf.open(case / f"out/{DECLARATION}.pdf") as opened:
        opened.save(scan, encryption=pikepdf.Encryption(owner="o", user="swallow"))
    asked: list[str] = []

    def ask(name: str) -> str:
        asked.append(name)
        return "swallow" if len(asked) > 1 else "sparrow"

    with pytest.raises(ExhibitError, match="has a password"):
        served.sign(desk(case), DECLARATION, scan, "2026-11-21")
    knowing = replace(desk(case), passwords=trying([], ask))
    taken = served.sign(knowing, DECLARATION, scan, "2026-11-21")

    assert asked == ["scan.pdf", "scan.pdf"]
    assert taken.record["opened"] == sha256(scan.read_bytes())
    with pikepdf.open(case / taken.file) as kept:
        assert not kept.is_encrypted
        assert len(kept.pages) == taken.record["pages"]


@needs_office
def test_a_document_changed_after_printing_is_not_taken_as_signed(
    printed_case: Path, tmp_path: Path
) -> None:
    """Its paragraphs would stand on other pages than the scan's."""
    shutil.copytree(printed_case, tmp_path / "demo")
    case = tmp_path / "demo"
    edited(case / f"out/{DECLARATION}.docx", "I make this declaration", "I now make a declaration")

    with pytest.raises(UsageError, match="changed since it was printed"):
        served.sign(desk(case), DECLARATION, case / f"out/{DECLARATION}.pdf", "2026-11-21")


def test_what_was_not_printed_cannot_be_signed(tmp_path: Path) -> None:
    """The next step is named."""
    case = demo(tmp_path / "demo")

    with pytest.raises(UsageError, match="not printed for signature") as caught:
        served.sign(desk(case), DECLARATION, case / "answers.yaml", "2026-11-21")

    assert "--as for-signature" in caught.value.hint


def test_what_was_sent_is_frozen(sent_case: Path) -> None:
    """The file, its page map and the record; the filing is never built again."""
    records = [r for r in desk(sent_case).case.manifest() if r["kind"] == "sent"]

    assert (sent_case / "served/review.pdf").read_bytes() == (
        sent_case / "out/review/packet.pdf"
    ).read_bytes()
    assert [(r["on"], r["channel"], r["as_built"]) for r in records] == [
        ("2026-11-24", "email", True)
    ]
    with pytest.raises(FileBusyError, match="was sent"):
        wanted(desk(sent_case), ["review"])
    with pytest.raises(FileBusyError, match="sent already"):
        served.sent(desk(sent_case), "review", sent_case / "out/review/packet.pdf",
                    on="2026-11-25", channel="email")  # fmt: skip


def test_a_later_filing_cites_it_by_its_filed_numbers(
    sent_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever later becomes of the exhibits, the filed numbers stand."""
    monkeypatch.setenv("NKDOCS_SOFFICE", "")
    shutil.copytree(sent_case, tmp_path / "demo")
    case = tmp_path / "demo"
    (case / "exhibits/pd-request-as-sent.pdf").write_bytes(pdf(9))
    changed(case, "filings:\n", "filings:\n- {id: again, recipient: opla-new-york, "
            "venue: opla-email, lead: supervisory-review, exhibits: [clinic-letter, "
            "volunteer-hours]}\n")  # fmt: skip

    made = built(case, "again", DRAFT)

    letter = body(case / "out/supervisory-review.docx")
    assert "Resp\u2019t\u2019s Exs., Tab A at 5, filed November 24, 2026" in letter
    assert "Tab B at" in letter  # of this filing
    assert not [f for f in made.findings if f.code == "A006"]
    own, _, before = (case / "out/again/cited.txt").read_text("utf-8").partition("\nOf the filing ")
    assert before.startswith("'review', filed November 24, 2026:\nTab A  ")
    assert ": Resp\u2019t\u2019s Exs., Tab A at 5, filed November 24, 2026\n" in before
    assert "nowhere" not in before  # what is not cited of it is not listed
    assert "filed" not in own


def test_a_cite_by_filed_numbers_typed_in_word_is_in_the_table(
    sent_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under what was sent that day, else told apart: it is never passed over."""
    monkeypatch.setenv("NKDOCS_SOFFICE", "")
    case = tmp_path / "demo"
    shutil.copytree(sent_case, case)
    changed(case, "filings:\n", "filings:\n- {id: again, recipient: opla-new-york, "
            "venue: opla-email, lead: pd-request, exhibits: [volunteer-hours]}\n")  # fmt: skip
    built(case, "again", DRAFT)
    ours = "Resp\u2019t\u2019s Exs., Tab A, filed November 24, 2026"
    lost = "Resp\u2019t\u2019s Exs., Tab A at 3, filed May 4, 2020"
    edited(case / "out/pd-request.docx", "Respectfully", f"See {ours}; {lost}. Respectfully")

    made = built(case, "again", DRAFT)

    typed = [(c.filing, bool(c.exhibit)) for c in made.cited if c.text in {ours, lost}]
    assert typed == [("review", True), ("", False)]
    table = (case / "out/again/cited.txt").read_text("utf-8")
    assert table.index("Of the filing 'review'") < table.index(f": {ours}\n")
    assert table.index("\nOf no filing that was sent from here:\n") < table.index(f": {lost}\n")


def test_what_was_never_built_cannot_be_sent(tmp_path: Path) -> None:
    """There would be no page map to freeze."""
    case = demo(tmp_path / "demo")

    with pytest.raises(UsageError, match="never built"):
        served.sent(desk(case), "pd", case / "exhibits/record-check.pdf",
                    on="2026-11-24", channel="email")  # fmt: skip


@pytest.mark.parametrize("day", ["24.11.2026", "2026-13-01", ""])
def test_a_day_that_is_none_is_refused(sent_case: Path, day: str) -> None:
    """No traceback, and nothing is frozen."""
    with pytest.raises(UsageError, match=r"no day|never built"):
        served.sent(desk(sent_case), "pd", sent_case / "out/review/packet.pdf",
                    on=day, channel="email")  # fmt: skip


@pytest.mark.parametrize(
    ("new", "asked"),
    [
        ("primary: admin_closure", f"administrative closure and, in the alternative, {REST}"),
        ("primary: continuance", ""),
    ],
)
def test_the_record_says_what_was_asked_for(
    asked_case: Path, tmp_path: Path, new: str, asked: str
) -> None:
    """The forms, the first one first; nothing once the answers changed after filling."""
    case = tmp_path / "demo"
    shutil.copytree(asked_case, case)
    changed(case, "primary: admin_closure", new)

    served.sent(desk(case), "pd", case / "out/pd/packet.pdf", on="2026-11-24", channel="eservice")

    (paper,) = desk(case).sent()
    assert (paper.document, paper.filing, str(paper)) == ("pd-request", "pd", "November 24, 2026")
    assert (paper.channel, paper.asked) == ("through ICE eService", asked)


@pytest.mark.parametrize(
    ("exhibit", "paths"),
    [("served/pd.pdf", []), ("exhibits/pd-request-as-sent.pdf", ["sr.original_request.exhibit"])],
)
def test_the_exhibit_of_the_request_is_the_frozen_file(
    asked_case: Path, tmp_path: Path, exhibit: str, paths: list[str]
) -> None:
    """A request made again from the answers is not what was refused."""
    case = tmp_path / "demo"
    shutil.copytree(asked_case, case)
    served.sent(desk(case), "pd", case / "out/pd/packet.pdf", on="2026-11-24", channel="eservice")
    changed(case, "    date: 2023-02-06\n    received_on: 2023-02-07\n    channel: email\n", "")
    changed(case, "  decision:\n    date: 2023-03-16", "  decision:\n    date: 2026-12-16")
    changed(case, "  file: exhibits/pd-request-as-sent.pdf", f"  file: {exhibit}")

    found = check(desk(case), ["supervisory-review"])

    assert [f.subject for f in found if f.code == "L308"] == paths
