"""Where an answer is used: `nkdocs why` and `?` name the paragraphs of the Word files."""

import json
from pathlib import Path

import pytest

from nkdocs._resources import shipped
from nkdocs.interview import load
from nkdocs.interview.spec import pattern
from nkdocs.packet import show, templates
from nkdocs.packet.uses import Uses

FOLDERS = [shipped("templates")]
CATALOGUE = load.load(FOLDERS)
USES = Uses(CATALOGUE, FOLDERS)


@pytest.mark.parametrize("document", ["pd-request", "supervisory-review", "witness-declaration"])
def test_every_blank_of_a_word_file_is_among_the_uses(document: str) -> None:
    """What `template fields` lists by paragraph is found from the other end, and nothing else."""
    rows = templates.blanks(document, None)

    told = {
        (place.file, place.part, place.paragraph, question.path)
        for question in CATALOGUE.questions.values()
        for place in USES(question, [CATALOGUE.documents[document]])
    }

    assert told == {(r["file"], r["part"], r["paragraph"], r["answer"]) for r in rows}


def test_a_printed_answer_is_shown_with_the_words_around_it() -> None:
    """The line names the file and the paragraph, and quotes it without the tags."""
    told = USES.told(CATALOGUE.questions[pattern("case.judge")])

    line = next(t for t in told if t.startswith("supervisory-review.docx"))
    assert line.endswith("Immigration Court, [court]; Immigration Judge [judge]")
    assert not any("{" in line for line in told)


def test_what_an_answer_decides_is_named_after_what_it_prints() -> None:
    """An answer that only chooses words is used, too: its paragraphs are named without words."""
    told = USES.told(CATALOGUE.questions[pattern("case.proceeding")])

    first = next(n for n, t in enumerate(told) if "decides what stands at" in t)
    assert all("decides what stands at" in t for t in told[first:])
    assert any(t.startswith("pd-request.docx: decides") for t in told)


def test_why_tells_the_uses_of_a_path_written_with_an_id() -> None:
    """`nkdocs why events.arrest-2006.when` answers as for every event."""
    told = show.why("events.arrest-2006.when", None)

    used = told["used in"]
    assert isinstance(used, list)
    assert any(line.startswith("asylum-declaration.docx, paragraph") for line in used)
    assert json.dumps(told)


def test_a_template_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    """An office's broken Word file is left to `template check`; the others are told."""
    own = tmp_path / "templates" / "pd-request"
    own.mkdir(parents=True)
    (own / "pd-request.docx").write_bytes(b"no Word file")

    told = Uses(CATALOGUE, [tmp_path / "templates", *FOLDERS]).told(
        CATALOGUE.questions[pattern("case.judge")]
    )

    assert not any(line.startswith("pd-request.docx") for line in told)
    assert any(line.startswith("joint-motion.docx") for line in told)
