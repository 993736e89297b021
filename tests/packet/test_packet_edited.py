"""An edited Word file is the source from then on: never overwritten, never ignored, never stale."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX

from nkdocs.case import Hand
from nkdocs.convert.office import find_office
from nkdocs.diagnostics import Finding, Severity
from nkdocs.documents.marks import highlight
from nkdocs.errors import ChecksFailedError, FileBusyError, MissingProgramError
from nkdocs.packet import fill as filling
from nkdocs.packet import review
from tests.packet.demo import (
    DRAFT,
    FINAL,
    body,
    built,
    changed,
    copied,
    desk,
    edited,
    jumps,
    needs_office,
    pages_text,
    prepended,
)

NAME = "supervisory-review.docx"
OFFICE = find_office()  # before the tests hide it
SENTENCE = "A meeting or a call before that day would be welcome."


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo case with its review letter built as a draft, by the embedded engine."""
    case = copied(tmp_path_factory.mktemp("drafted"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NKDOCS_SOFFICE", "")
        built(case, "review", DRAFT)
    return case


@pytest.fixture
def case(drafted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of that case of the test's own."""
    monkeypatch.setenv("NKDOCS_SOFFICE", "")
    shutil.copytree(drafted, tmp_path / "demo")
    return tmp_path / "demo"


def letter(case: Path) -> Path:
    """Return the letter's Word file."""
    return case / "out" / NAME


def cites(text: str) -> list[str]:
    """Return the cites printed in a text, in order."""
    return re.findall(r"Tab [A-Z](?: at \d+)?", text)


def test_it_is_not_filled_anew(case: Path) -> None:
    """Fill keeps it, and says so when it is asked for by name."""
    edited(letter(case), "Reasons to reconsider", "Why we ask again")
    mine = letter(case).read_bytes()

    made = filling.fill(desk(case), [], DRAFT)
    filling.write(desk(case), made)

    assert letter(case).read_bytes() == mine
    assert {o.name: o.what for o in made.outcomes}[NAME] == "kept"
    with pytest.raises(FileBusyError) as caught:
        filling.fill(desk(case), ["supervisory-review"], DRAFT)
    assert NAME in str(caught.value.faults[0])


def test_it_is_filled_anew_when_forced_and_a_backup_is_kept(case: Path) -> None:
    """--force never loses what was written."""
    edited(letter(case), "Reasons to reconsider", "Why we ask again")
    mine = letter(case).read_bytes()

    kept = filling.write(
        desk(case), filling.fill(desk(case), ["supervisory-review"], DRAFT, force=True)
    )

    assert (case / "out" / kept[0]).read_bytes() == mine
    assert "Why we ask again" not in body(letter(case))
    assert desk(case).case.hand(NAME) is Hand.OURS


@pytest.mark.parametrize("apart", [False, True], ids=["whole", "runs-apart"])
def test_its_cites_are_refreshed_in_place(case: Path, *, apart: bool) -> None:
    """When the page map moves, the printed cites move; the rest is left; a backup is kept."""
    edited(letter(case), "The request attached a letter", "EDITED attached a letter", apart=apart)
    mine, before = letter(case).read_bytes(), body(letter(case))
    prepended(case, "review", "new-exhibit", 5)

    made = built(case, "review", DRAFT)

    after = body(letter(case))
    assert "EDITED attached a letter" in after
    assert cites(after) != cites(before)
    assert len(cites(after)) == len(cites(before))
    assert re.sub(r"Tab [A-Z]( at \d+)?", "·", after) == re.sub(r"Tab [A-Z]( at \d+)?", "·", before)
    assert (case / "out/supervisory-review.edited-1.docx").read_bytes() == mine
    assert made.backups == (NAME,)
    for jump in jumps((case / "out/review/packet.pdf").read_bytes()):
        if cite := re.fullmatch(r"\W*Tab ([A-Z]) at (\d+)\W*", jump.text):
            assert jump.label == cite[2]
            assert f"Tab {cite[1]}" in jump.foot


def test_it_stays_the_attorneys_after_its_cites_were_refreshed(case: Path) -> None:
    """The second and the third build leave the edits where they are, and refresh again."""
    edited(letter(case), "Reasons to reconsider", "Why we ask again")
    prepended(case, "review", "first-new", 5)
    built(case, "review", DRAFT)
    once = cites(body(letter(case)))
    prepended(case, "review", "second-new", 3)

    built(case, "review", DRAFT)

    assert desk(case).case.hand(NAME) is Hand.EDITED
    assert "Why we ask again" in body(letter(case))
    assert cites(body(letter(case))) != once
    assert (case / "out/supervisory-review.edited-2.docx").exists()


def test_a_cite_typed_by_hand_is_linked_reported_and_moves_from_then_on(case: Path) -> None:
    """It is right today, and stays right when the pages move."""
    edited(letter(case), "This request does not postpone", "As Tab B at 8 says, it postpones no")

    made = built(case, "review", DRAFT)
    links = [j for j in jumps((case / "out/review/packet.pdf").read_bytes()) if j.label == "8"]
    prepended(case, "review", "new-exhibit", 5)
    built(case, "review", DRAFT)

    assert made.typed == ("Tab B at 8",)
    assert [j for j in links if "Tab B at 8" in j.text]
    assert "As Tab C at 14 says, it postpones no" in body(letter(case))


def test_a_cite_that_leads_nowhere_stops_the_final_and_is_not_forgotten(case: Path) -> None:
    """An exhibit taken out of the filing: each draft warns, the final is refused (L601)."""
    edited(letter(case), "Reasons to reconsider", "Why we ask again")
    changed(case, "[pd-request-as-sent, refusal-email, clinic-letter, volunteer-hours]",
            "[pd-request-as-sent, clinic-letter, volunteer-hours]")  # fmt: skip

    drafts = [built(case, "review", DRAFT) for _ in range(2)]

    for made in drafts:
        stale = [f for f in made.findings if f.code == "L601" and "brought up to date" in f.message]
        assert stale
        assert "refusal-email" in stale[0].message
    with pytest.raises(ChecksFailedError) as caught:
        built(case, "review", FINAL)
    assert "L601" in {f.code for f in caught.value.faults}  # type: ignore[attr-defined]


def test_a_cite_that_was_taken_out_is_told(case: Path) -> None:
    """It is no fault; the attorney may have meant it."""
    once = next(c for c in cites(body(letter(case))) if body(letter(case)).count(c) == 1)
    text = once.replace(" ", "\u00a0")
    edited(letter(case), text, "it")

    made = built(case, "review", DRAFT)

    assert [f for f in made.findings if f.code == "L602" and once in " ".join(f.message.split())]


def test_a_cite_changed_by_hand_whose_exhibit_moved_is_told_until_it_is_read(case: Path) -> None:
    """Each draft tells it with its paragraph and what that page prints now; the final stops."""
    edited(letter(case), "Tab\u00a0C\u00a0at\u00a011", "Tab C at 10\u201311")
    prepended(case, "review", "new-exhibit", 5)

    drafts = [built(case, "review", DRAFT) for _ in range(2)]
    with pytest.raises(ChecksFailedError) as caught:
        built(case, "review", FINAL)

    for made in drafts:
        told = {f.subject: f for f in made.findings if f.code == "L601"}
        assert set(told) == {"Tab C at 10\u201311", "Tab C at 11"}
        assert "that page is now Tab D at 17: read the sentence" in told["Tab C at 11"].message
        assert "now Tab D at 16\u201317" in told["Tab C at 10\u201311"].message
        assert "paragraph" in told["Tab C at 10\u201311"].place.part
        assert "L602" not in {f.code for f in made.findings if f.subject in told}
    assert "L601" in {f.code for f in caught.value.faults}  # type: ignore[attr-defined]


def test_a_cite_brought_up_to_date_by_hand_is_no_longer_told(case: Path) -> None:
    """Whoever read the sentence and wrote today's numbers is done, and the new cite moves on."""
    edited(letter(case), "Tab\u00a0C\u00a0at\u00a011", "Tab C at 10\u201311")
    prepended(case, "review", "new-exhibit", 5)
    built(case, "review", DRAFT)
    edited(letter(case), "Tab C at 10\u201311", "Tab D at 16\u201317")

    mended = built(case, "review", DRAFT)
    prepended(case, "review", "another-exhibit", 5)
    moved = built(case, "review", DRAFT)

    assert not [f for made in (mended, moved) for f in made.findings if f.code == "L601"]
    assert "Tab E at 22\u201323" in body(letter(case))


def test_a_cite_put_in_other_words_is_told_when_its_page_moves_builds_later(case: Path) -> None:
    """While nothing moves it is no fault, and is not forgotten."""
    edited(letter(case), "Tab\u00a0C\u00a0at\u00a011", "Tab C, page 11")
    before = [built(case, "review", DRAFT) for _ in range(2)]
    prepended(case, "review", "new-exhibit", 5)

    told = [f for f in built(case, "review", DRAFT).findings if f.code == "L601"]

    assert not [f for made in before for f in made.findings if f.code == "L601"]
    assert [f.subject for f in told] == ["Tab C at 11"]
    assert "now Tab D at 17" in told[0].message


def test_a_cite_mended_in_words_is_told_again_when_its_page_moves(case: Path) -> None:
    """By today's numbers it is right, and words do not move."""
    edited(letter(case), "Tab\u00a0C\u00a0at\u00a011", "it")
    prepended(case, "review", "new-exhibit", 5)
    built(case, "review", DRAFT)
    edited(letter(case), SENTENCE, "Tab D, page 17 says more.")
    mended = [built(case, "review", DRAFT) for _ in range(2)]
    prepended(case, "review", "another-exhibit", 5)

    told = [f.subject for f in built(case, "review", DRAFT).findings if f.code == "L601"]

    assert not [f for made in mended for f in made.findings if f.code == "L601"]
    assert told == ["Tab D at 17"]


def test_a_cite_that_went_with_its_sentence_can_be_accepted(case: Path) -> None:
    """Nobody but the attorney knows that nothing is left to be read."""
    edited(letter(case), "Tab\u00a0C\u00a0at\u00a011", "it")
    prepended(case, "review", "new-exhibit", 5)
    told = [f for f in built(case, "review", DRAFT).findings if f.code == "L601"]
    with (case / "answers.yaml").open("a", encoding="utf-8") as file:
        file.write(f"_accepted:\n- {{code: L601, at: {told[0].subject}, reason: cut, by: Kim, "
                   f"on: 2026-11-20, facts: '{told[0].fingerprint}'}}\n")  # fmt: skip

    after = [built(case, "review", DRAFT) for _ in range(2)]

    assert len(told) == 1
    assert not [f for made in after for f in made.findings if f.code == "L601"]


def test_what_is_left_of_a_draft_stops_the_final(case: Path) -> None:
    """A blank of ours, a tag, a tracked change: each is named with its paragraph, none accepted."""
    edited(letter(case), "Reasons to reconsider", "Reasons {{ to }} reconsider")

    with pytest.raises(ChecksFailedError) as caught:
        built(case, "review", FINAL)

    faults = (f for f in caught.value.faults if isinstance(f, Finding))
    told = [f for f in faults if f.code == "L005"]
    assert ["template tag" in f.message for f in told] == [True]
    assert "paragraph" in str(told[0].place)


@pytest.mark.parametrize("left", ["[Where does this person live?]", "a half }} left"])
def test_a_question_in_brackets_and_half_a_tag_stop_the_final(case: Path, left: str) -> None:
    """Without yellow, too: only what the interview asks counts, no brackets of the author's own."""
    edited(letter(case), "Reasons to reconsider", f"Reasons {left} to [sic] reconsider")

    with pytest.raises(ChecksFailedError) as caught:
        built(case, "review", FINAL)

    told = [f for f in caught.value.faults if isinstance(f, Finding) and f.code == "L005"]
    assert len(told) == 1


@needs_office
def test_yellow_of_a_blank_that_was_filled_in_goes_and_the_authors_own_is_told(
    drafted: Path, tmp_path: Path
) -> None:
    """The final prints the author's own, and says so with its words (a warning)."""
    shutil.copytree(drafted, tmp_path / "demo")
    document: Any = docx.Document(str(letter(tmp_path / "demo")))
    for text, ours in (("by December 18", True), ("look here", False)):
        run = document.paragraphs[-1].add_run(text)
        if ours:
            highlight(run._r)  # noqa: SLF001 - python-docx's own element
        else:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    document.save(str(letter(tmp_path / "demo")))

    made = built(tmp_path / "demo", "review", FINAL)

    told = [f for f in made.findings if f.code == "L005"]
    assert [(f.severity, "“look here”" in f.message) for f in told] == [(Severity.WARN, True)]
    assert "December" not in told[0].message


def test_the_draft_is_unmarked_for_the_final_even_where_its_page_was_edited(case: Path) -> None:
    """The tear-off page goes although its first line was deleted."""
    document: Any = docx.Document(str(letter(case)))
    first = document.paragraphs[0]._p  # noqa: SLF001 - python-docx's own element
    first.getparent().remove(first)
    document.save(str(letter(case)))

    with pytest.raises(MissingProgramError):  # all that is missing is LibreOffice
        built(case, "review", FINAL)


def test_check_reads_it_with_todays_page_map(case: Path) -> None:
    """`check` does not call cites lost that its filing resolves."""
    edited(letter(case), "Reasons to reconsider", "Why we ask again")

    found = review.case(desk(case), ["supervisory-review"])

    assert not [f for f in found if f.code == "L601"]


@needs_office
def test_a_pdf_saved_from_word_is_used_when_it_says_the_same(
    drafted: Path, tmp_path: Path
) -> None:
    """And is left alone when it does not: an older one may hold a sentence that was taken out."""
    shutil.copytree(drafted, tmp_path / "demo")
    case = tmp_path / "demo"
    edited(letter(case), "Reasons to reconsider", "Why we ask again")
    built(case, "review", FINAL)
    pdf = case / "out/supervisory-review.pdf"
    theirs = pdf.read_bytes() + b"\n% saved from Word\n"
    pdf.write_bytes(theirs)

    same = built(case, "review", FINAL)
    edited(letter(case), "This request does not postpone any hearing or deadline.", "")
    older = built(case, "review", FINAL)

    assert same.makers[NAME] == "you, from Word"
    assert older.makers[NAME] != "you, from Word"
    assert [f.code for f in older.findings if f.code == "F003"] == ["F003"]
    assert pdf.read_bytes() == theirs
    packet = pages_text((case / "out/review/packet.pdf").read_bytes())
    assert "does not postpone" not in " ".join(" ".join(packet).split())


def test_check_tells_what_is_left_of_a_draft_in_one_line_a_kind(case: Path) -> None:
    """At draft it stops nothing; blanks of one kind are one line."""
    edited(letter(case), "Reasons to reconsider", "Reasons {{ to }} reconsider")
    edited(letter(case), "Record and reservation", "Record {{ and }} reservation")

    found = review.case(desk(case), ["supervisory-review"])

    told = [f for f in found if f.code == "L005"]
    assert [("2 times" in f.message, f.kind) for f in told] == [(True, "block")]
    review.stop_at(found, DRAFT)


@needs_office
@pytest.mark.long
def test_cites_are_found_again_in_a_letter_that_libreoffice_wrote(
    case: Path, tmp_path: Path
) -> None:
    """DOCX to ODT, a paragraph added, and back: every run and style is LibreOffice's own now."""
    before, work = cites(body(letter(case))), tmp_path / "libreoffice"
    work.mkdir()
    (work / "a.docx").write_bytes(letter(case).read_bytes())
    with_office(work, "odt", "a.docx")
    with zipfile.ZipFile(work / "a.odt") as made, zipfile.ZipFile(work / "b.odt", "w") as own:
        for name in made.namelist():
            data = made.read(name)
            if name == "content.xml":
                added = b"<text:p>Counsel added this in LibreOffice.</text:p></office:text>"
                data = data.replace(b"</office:text>", added)
            own.writestr(name, data)
    with_office(work, "docx", "b.odt")
    mine = (work / "b.docx").read_bytes()
    letter(case).write_bytes(mine)
    prepended(case, "review", "new-exhibit", 5)

    built(case, "review", DRAFT)

    after = cites(body(letter(case)))
    assert len(before) == len(after) > 3
    assert all(old != new for old, new in zip(before, after, strict=True))
    assert "Counsel added this in LibreOffice." in body(letter(case))
    assert (case / "out/supervisory-review.edited-1.docx").read_bytes() == mine


def with_office(folder: Path, kind: str, file: str) -> None:
    """Let LibreOffice write a file anew as another kind."""
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [str(OFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to",
         kind, "--outdir", str(folder), str(folder / file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
