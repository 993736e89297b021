"""Thousands of files turned over at random: an answer or a named fault, soon, and nothing else.

TRUST R28. The same files in every run; `pytest -m long tests/fuzz` tries many more. What such a
run found is in KEPT, by the number that makes the file, and is tried first in every run.
"""

import contextlib
import functools
import io
import time
from collections.abc import Iterable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkdocs import _yaml
from nkdocs.answers import load
from nkdocs.answers.validate import entry_faults, validate
from nkdocs.answers.view import Answers
from nkdocs.batch import rows
from nkdocs.bundle.faults import UnusableError
from nkdocs.bundle.workshop import Job, Workshop
from nkdocs.convert.draft.engine import DraftEngine
from nkdocs.errors import AnswersError, ConversionError, TemplateError
from tests.bundle.crafted import form, three
from tests.documents.letters import catalogue, filled, members, template
from tests.fuzz.mutated import PDF_WORDS, member_mutated, mutated

WHOLE = Path(__file__).resolve().parents[2] / "answers/samples/late-filer/answers.yaml"
#: Numbers of files at which nkdocs fell over once.
KEPT_PDF = (296, 389, 500, 614, 756, 782, 1304, 2228, 3917, 8168, 11414, 11618, 11990)
KEPT_DOCX = (0, 16, 22, 23, 52, 201, 203, 230, 526, 571, 575)
#: Numbers of files of which qpdf finds fewer pages: it is told each time.
SHORT = (7309, 8302, 9961, 10804, 16240)
ZIP_WORDS = (b"PK\3\4", b"PK\1\2", b"PK\5\6", b"\0" * 8, b"\xff" * 4)
YAML_WORDS = tuple(
    w.encode()
    for w in (
        "- ", ": ", "&a ", "*a", "!x ", "|\n", ">-\n", "{", "}", "[", "]", '"', "'", "#", "%", "\t",
        "\n  ", "does not know", "about 1998", "2006-13", "~", "한", "\u0007", "\u202e", "id: ",
        "respondents:\n", "? ", "---\n", "exhibits: [{id: a}]\n", "9" * 40, "true", "lead: yes\n",
    )
)  # fmt: skip
LETTER = (
    "Dear {{ office.name }},", "{%p for x in family %}", "{{ x.relation }}", "{%p endfor %}",
    "[table Ruled Table: 1000]", "[row]", "Table Text| {{ office.name }}", "[end]",
)  # fmt: skip
CELLS = ["=1+1", "", "\x07", '"', "yes", "2006-03", "서", "a\nb", "\u202e", "A000-000-021", "x;y"]
HEADS = [
    "case", "respondents[].lead", "respondents[].name.legal", "family[].relation", "family[].id",
    "meta.as_of", "family", "x[", "[]", ".", "respondents[].name", "case", "한", "=1",
]  # fmt: skip


@functools.cache
def pdfs() -> list[tuple[bytes, int]]:
    """Return whole files to begin with, and their pages: plain, packed, a form."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(three())) as pdf:
        streams = pikepdf.ObjectStreamMode.generate
        pdf.save(packed, object_stream_mode=streams, deterministic_id=True)
    return [(three(), 3), (packed.getvalue(), 3), (form("A1"), 1)]


def pdfs_come_out(numbers: Iterable[int]) -> tuple[int, list[object]]:
    """Return how many could be used, and what was wrong with how the others were treated."""
    good, wrong = 0, list[object]()
    with Workshop() as shop:
        for number in numbers:
            whole, pages = pdfs()[number % 3]
            start = time.monotonic()
            try:
                made = shop.clean(Job("pdf", mutated(whole, number, PDF_WORDS)))
            except UnusableError as error:
                if error.note.code in {"X204", "X205", "X206"}:  # time, memory, fell over
                    wrong.append((number, error.note))
            else:
                good += 1
                if made.total < pages and "X301" not in {note.code for note in made.notes}:
                    wrong.append((number, f"{made.total} pages without a word"))
            if time.monotonic() - start > 20:
                wrong.append((number, "slow"))
    return good, wrong


def letters_come_out(numbers: Iterable[int]) -> tuple[int, list[object]]:
    """Return how many were filled and drawn, and what fell over in another way."""
    word = template(*LETTER, header="{{ office.name }}", footer="p")
    parts = members(word)
    draw, good, wrong = DraftEngine(), 0, list[object]()
    for number in numbers:
        inside = number % 4
        data = member_mutated(parts, number) if inside else mutated(word, number, ZIP_WORDS)
        for work in (lambda d=data: filled(d, "office: {name: L}\n"),
                     lambda d=data: draw.convert({"a": d})):  # fmt: skip
            try:
                work()
                good += 1
            except (TemplateError, ConversionError):
                continue
            except Exception as error:  # noqa: BLE001 - what is looked for
                wrong.append((number, repr(error)))
    return good, wrong


def answers_come_out(number: int, whole: bytes) -> None:
    """Read and validate a mutated answers file: faults, or answers with findings."""
    try:
        text = _yaml.read(mutated(whole, number, YAML_WORDS))
    except AnswersError:
        return
    file = load.load(text, "answers.yaml")
    if not file.faults:
        validate(Answers(file, catalogue()), list(catalogue().documents.values()))
        entry_faults(file)


def test_mutations_are_the_same_in_every_run_and_do_something() -> None:
    """Else the numbers that are kept would mean nothing."""
    whole = three()
    made = [mutated(whole, n, PDF_WORDS) for n in range(300)]

    assert made == [mutated(whole, n, PDF_WORDS) for n in range(300)]
    assert len({*made, whole}) > 240


def test_mutated_pdfs() -> None:
    """Pages or a named fault; fewer pages never without a word; the reader never falls over."""
    good, wrong = pdfs_come_out([*KEPT_PDF, *SHORT, *range(600)])

    assert wrong == []
    assert good > 200


def test_mutated_word_files() -> None:
    """A letter or a named fault, from the filling and from the draft engine."""
    good, wrong = letters_come_out([*KEPT_DOCX, *range(60)])

    assert wrong == []
    assert good > 20


def test_mutated_answers() -> None:
    """Findings, and no defect."""
    whole = WHOLE.read_bytes()

    for number in range(120):
        answers_come_out(number, whole)


@given(st.lists(st.sampled_from(HEADS), min_size=1, max_size=6),
       st.lists(st.lists(st.sampled_from(CELLS) | st.text(max_size=8), max_size=7), max_size=5),
       st.sampled_from([",", ";", "\t"]))  # fmt: skip
def test_random_lists_of_cases(
    tmp_path_factory: pytest.TempPathFactory, heads: list[str], cells: list[list[str]], sign: str
) -> None:
    """Cases with findings, or an error of the answers."""
    file = tmp_path_factory.getbasetemp() / "list.csv"
    lines = [sign.join(heads), *(sign.join(row) for row in cells)]
    file.write_bytes("\r\n".join(lines).encode("utf-8", "replace"))

    with contextlib.suppress(AnswersError):
        for _, found in rows.look_through(file, catalogue()).each():
            assert found.data is not None


@pytest.mark.long
def test_many_thousands_of_mutated_files() -> None:
    """24,000 PDFs, 2,000 Word files, 3,000 answers files."""
    assert pdfs_come_out(range(24_000))[1] == []
    assert letters_come_out(range(2_000))[1] == []
    whole = WHOLE.read_bytes()
    for number in range(3_000):
        answers_come_out(number, whole)
