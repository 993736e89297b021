"""Papers of a case: a draft is never refused, a final is never incomplete."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from nkdocs._resources import shipped
from nkdocs.answers.load import load
from nkdocs.citations.pagemap import PageMap
from nkdocs.diagnostics import State, counting
from nkdocs.documents.wordfile import WordFile, paragraphs, text_of
from nkdocs.errors import AnswersError, NkdocsError
from nkdocs.interview.spec import Document
from nkdocs.packet import fill as filling
from nkdocs.packet.bind import page_map
from nkdocs.packet.desk import Desk
from nkdocs.packet.listed import Listed
from nkdocs.packet.papers import Circumstances, Paper, make
from nkdocs.packet.placed import Places
from tests.packet import papers
from tests.packet.demo import DRAFT, FINAL, changed, desk

DOCUMENTS = ["pd-request", "supervisory-review", "asylum-declaration"]


@pytest.fixture(scope="module")
def demo() -> Desk:
    """Return the demo case, where it ships; nothing is written."""
    return desk(shipped("answers") / "demo")


def lead(desk_: Desk, document: Document, state: State = DRAFT) -> Paper:
    """Return the document's own paper."""
    return make(desk_, document, document.files[0], Circumstances(state))


def text(docx: bytes) -> str:
    """Return what a Word file says in all its parts."""
    word = WordFile.read(docx, "x")
    every = (text_of(p) for part in word.story_parts() for p in paragraphs(word.tree(part)))
    return "\n".join(every)


def told(paper: Paper, state: State) -> set[str]:
    """Return the paths of the open answers that stop a paper at *state*."""
    return {f.subject for f in counting(paper.findings, state) if f.code == "A004"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_half_the_answers_make_a_draft(demo: Desk, name: str) -> None:
    """Every other key of every group is gone: the draft is made, its blanks marked."""

    def halved(data: Any) -> Any:  # noqa: ANN401 - text, list or mapping of text
        if isinstance(data, dict):
            kept = [k for n, k in enumerate(data) if n % 2 == 0 or k in {"id", "answers", "lead"}]
            return {k: halved(data[k]) for k in kept}
        return [halved(d) for d in data] if isinstance(data, list) else data

    half = replace(demo, file=replace(demo.file, data=halved(demo.file.data)))
    document = demo.documents([name])[0]

    paper = lead(half, document)

    assert told(paper, DRAFT) == set()
    assert len(told(paper, FINAL)) > 10
    assert "[" in text(paper.docx)
    assert "Missing(" not in text(paper.stored)


def test_no_answer_at_all_makes_a_draft(demo: Desk) -> None:
    """An empty case prints every document with its blanks."""
    empty = replace(demo, file=load("answers: 1\n", "answers.yaml"), day=None)

    for document in demo.documents():
        paper = lead(empty, document)
        assert "DRAFT" in text(paper.docx)
        assert "is open" in text(paper.stored)


def test_an_invalid_answer_is_a_blank_of_the_draft_with_its_fault(demo: Desk) -> None:
    """What cannot be read is not printed as typed; the first page says where it stands."""
    file = load(demo.file.text.replace("native: 서윤희", "colour: red"), "answers.yaml")
    wrong = replace(demo, file=file)

    paper = lead(wrong, demo.documents(["pd-request"])[0])

    assert [f.code for f in paper.findings if f.subject == "respondents.seo-yun.name"] == [
        "A003", "A004"
    ] or {f.code for f in paper.findings} >= {"A003"}  # fmt: skip
    assert "Answers that need a look" in text(paper.stored)
    assert "red" not in " ".join(f.message for f in paper.findings)


def test_a_complete_case_is_filled_for_signature(demo: Desk) -> None:
    """The demo needs nothing more: no finding stops it, no mark is left."""
    for document in demo.documents():
        paper = lead(demo, document, State.FOR_SIGNATURE)
        assert told(paper, State.FINAL) == set()
        assert "DRAFT" not in text(paper.docx)


def test_a_missing_exhibit_does_not_refuse_a_draft_letter(tmp_path: Path) -> None:
    """Its cites are marked; the final is refused."""
    case = papers.demo(tmp_path / "demo")
    (case / "exhibits/country-report.pdf").unlink()

    made = filling.fill(desk(case), ["pd-request"], DRAFT)

    assert "[Tab" in text(made.files["pd-request.docx"])
    with pytest.raises(NkdocsError) as caught:
        filling.fill(desk(case), ["pd-request"], FINAL)
    assert caught.value.exit_code == 8


def test_papers_are_written_whole_and_are_up_to_date_the_second_time(tmp_path: Path) -> None:
    """The second filling changes no byte and adds no record."""
    case = papers.demo(tmp_path / "demo")
    first = filling.fill(desk(case), ["asylum-declaration"], DRAFT)
    filling.write(desk(case), first)
    before = (case / "out/asylum-declaration.docx").read_bytes()
    records = len(desk(case).case.manifest())

    second = filling.fill(desk(case), ["asylum-declaration"], DRAFT)
    filling.write(desk(case), second)

    assert [o.what for o in first.outcomes] == ["written"]
    assert [o.what for o in second.outcomes] == ["up to date"]
    assert (case / "out/asylum-declaration.docx").read_bytes() == before
    assert len(desk(case).case.manifest()) == records


def test_a_final_names_every_open_answer_at_once(tmp_path: Path) -> None:
    """Not one after the other; nothing is written."""
    case = papers.demo(tmp_path / "demo")
    changed(case, "  judge: R. Castellane\n", "")
    changed(case, "  language: Korean (North Hamgyong)\n  understands_english: no\n", "")
    changed(case, "  primary: admin_closure\n", "")

    with pytest.raises(AnswersError) as caught:
        filling.fill(desk(case), ["pd-request", "asylum-declaration"], FINAL)

    paths = {f.subject for f in caught.value.faults}  # type: ignore[attr-defined]
    assert {"respondents.seo-yun.language", "pd.primary"} <= paths
    assert not (case / "out").exists()


def test_korean_that_nobody_wrote_stops_the_signature(tmp_path: Path) -> None:
    """This test ensures that a blank of the Korean column never reaches what is signed."""
    case = papers.demo(tmp_path / "demo")
    changed(case, "signing: {", "signing: {bilingual: yes, ")

    with pytest.raises(AnswersError) as caught:
        filling.fill(desk(case), ["asylum-declaration"], State.FOR_SIGNATURE)
    draft = filling.fill(desk(case), ["asylum-declaration"], DRAFT)

    assert "_ko.events.arrest-2006.told is open" in "\n".join(map(str, caught.value.faults))
    assert "[Korean text of events.arrest-2006.told]" in text(
        draft.files["asylum-declaration-korean.docx"]
    )


def test_the_exhibits_of_a_filing_are_read_once_in_a_run(demo: Desk) -> None:
    """The request and each of its companions cite by one page map."""
    read: list[str] = []

    def noted(desk_: Desk, wanted: Listed) -> PageMap:
        read.append(wanted.filing.id)
        return page_map(desk_, wanted)

    places, around = Places(demo, noted), Circumstances()
    request = demo.catalogue.documents["pd-request"]
    made = [make(demo, request, file, around) for file in request.files]
    placed = [places.in_filing(paper, around) for paper in made]

    assert sum(bool(paper.cites) for paper in made) > 1
    assert read == ["pd"]
    assert all("Tab\u00a0?" not in c.printed for paper in placed for c in paper.cites)
