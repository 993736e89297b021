"""What the open world holds: nothing hangs, nothing falls over, no page is lost without a word."""

import io
import re
from collections import Counter
from pathlib import Path

import pikepdf
import pytest

from nkdocs.answers.entries import Exhibit
from nkdocs.bundle.intake import Intake, prepare
from nkdocs.bundle.pages import build_bundle
from nkdocs.diagnostics import Severity
from tests.bundle.made import binding, texts
from tests.bundle.nasty import every

SET = {name: (data, outcome) for name, data, outcome in every()}
_FORBIDDEN = re.compile(
    rb"/(OpenAction <<|JavaScript|AA\b|Launch|GoToR|SubmitForm|ImportData|Rendition|RichMedia"
    rb"|EmbeddedFile|XFA|SigFlags|ByteRange|PieceInfo|Movie)|PRIVILEGED|javascript:"
)


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """Return what intake makes of all of them, in one run."""
    folder = tmp_path_factory.mktemp("nasty")
    for name, (data, _) in SET.items():
        (folder / f"{name}.pdf").write_bytes(data)
    entries = [Exhibit(id=name, title=name, file=f"{name}.pdf") for name in SET]
    return prepare(entries, folder, converter=None)


def test_set_is_large_and_each_file_another(taken: Intake) -> None:
    """At least eighty, and every one of them is told of or bound: none vanishes."""
    bound = {p.id for p in taken.prepared}
    refused = {f.subject for f in taken.findings if f.severity is Severity.ERROR}

    assert len({data for data, _ in SET.values()}) >= 80
    assert bound | refused == set(SET)
    assert not bound & refused


def test_each_comes_out_as_it_must(taken: Intake) -> None:
    """Good ones whole, repaired ones marked, hopeless ones with the fault that names the cure."""
    codes: dict[str, list[str]] = {name: [] for name in SET}
    for finding in taken.findings:
        codes[finding.subject].append(finding.code)
    bound = {p.id for p in taken.prepared}
    wrong = {
        name: codes[name]
        for name, (_, outcome) in SET.items()
        if (outcome in {"ok", "repaired"} and name not in bound)
        or (outcome == "repaired" and "X301" not in codes[name])
        or (outcome.startswith("X") and not set(outcome.split()) & set(codes[name]))
    }

    assert wrong == {}


def test_no_page_is_lost_without_a_word(taken: Intake) -> None:
    """Of three pages three come out, or it is an error; a repaired file says so."""
    three = [n for n in SET if n.startswith(("flipped", "cut", "startxref", "no-", "line-ends"))]
    repaired = {f.subject for f in taken.findings if f.code == "X301"}
    for prepared in (p for p in taken.prepared if p.id in three):
        pages = len(prepared.parts[0].sources)
        assert pages == 3 or prepared.id in {"no-resources", "no-contents"}, prepared.id
        assert prepared.repaired == (prepared.id in repaired)


def test_each_refusal_names_cause_and_next_step(taken: Intake) -> None:
    """Never a bare "failed", and never that the reader fell over or ran out of time."""
    refused = [f for f in taken.findings if f.severity is Severity.ERROR]

    assert all(f.hint and f.message and f.place.file for f in refused)
    assert Counter(f.code for f in refused)["X206"] == 0


def test_what_is_left_can_be_bound_and_does_nothing(taken: Intake) -> None:
    """All that can be used in one bundle, every page counted; nothing in it acts or tells."""
    small = [p for p in taken.prepared if p.id not in {"many-pages", "tree-same-page-often"}]

    bundle = build_bundle(small, binding())

    with pikepdf.open(io.BytesIO(bundle.data)) as pdf:
        plain = io.BytesIO()
        pdf.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                 compress_streams=False)  # fmt: skip
    assert _FORBIDDEN.search(plain.getvalue()) is None
    assert len(texts(bundle.data)) == bundle.pages.total


def test_nothing_is_left_running_or_lying_about(taken: Intake) -> None:
    """No child outlives the work."""
    import multiprocessing

    assert taken.prepared
    assert multiprocessing.active_children() == []
    assert not [f for f in Path.cwd().iterdir() if f.name.startswith("core")]
