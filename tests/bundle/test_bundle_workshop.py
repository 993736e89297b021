"""Files are opened in a child that a bad one may cost."""

import multiprocessing
import os
import zlib
from collections.abc import Iterator
from multiprocessing.process import BaseProcess

import pytest
from msgspec.structs import astuple

from nkdocs.bundle.faults import UnusableError
from nkdocs.bundle.workshop import Job, Limits, Workshop
from tests.bundle.crafted import page_with, texts, three


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    """One workshop for all tests: what one file does must not reach the next."""
    with Workshop(Limits(memory=800 << 20)) as shop:
        yield shop


def _children() -> set[BaseProcess]:
    return set(multiprocessing.active_children())


def _packed(times: int) -> bytes:
    """Return a page whose content is half a gigabyte of nothing, packed so many times."""
    packer = zlib.compressobj(1)
    content = b"".join(packer.compress(bytes(1 << 20)) for _ in range(512)) + packer.flush()
    for _ in range(times - 1):
        content = zlib.compress(content, 9)
    filters = b"/Filter[" + b"/FlateDecode" * times + b"]"
    data = page_with(content=content)
    return data.replace(b"/Length %d" % len(content), b"/Length %d%s" % (len(content), filters), 1)


def test_good_files_share_a_child(workshop: Workshop) -> None:
    """The reader is started once for many files."""
    first = workshop.clean(Job("pdf", three()))
    children = _children()

    second = workshop.clean(Job("pdf", three(), pages=(2,)))

    assert _children() == children
    assert (len(first.sources), texts(second.data)) == (3, ["Page two"])


def test_limits_of_a_job_reach_the_child(workshop: Workshop) -> None:
    """Password, pages and the expected number travel with the file."""
    with pytest.raises(UnusableError) as caught:
        workshop.clean(Job("pdf", three(), expect=7))

    assert (caught.value.note.code, caught.value.note.detail) == ("X208", "it has 3 pages")


@pytest.mark.parametrize("times", [1, 4])
def test_bomb_costs_only_itself(workshop: Workshop, times: int) -> None:
    """Half a gigabyte behind a few kilobytes is a fault, and the next file is read."""
    with pytest.raises(UnusableError) as caught:
        workshop.clean(Job("pdf", _packed(times)))

    assert caught.value.note.code in {"X204", "X205", "X206", "X215"}
    assert workshop.clean(Job("pdf", three())).total == 3


def test_slow_file_is_stopped() -> None:
    """What takes longer than allowed is stopped and named; no child stays."""
    before = _children()

    with Workshop(Limits(seconds=0, each_mb=0)) as shop:
        with pytest.raises(UnusableError) as caught:
            shop.clean(Job("pdf", page_with(content=b"q " * 2_000_000)))

        assert caught.value.note.code == "X204"
        assert _children() == before


def test_killed_child_is_replaced() -> None:
    """A reader that dies costs its file, not the work."""
    before = _children()
    with Workshop() as shop:
        shop.clean(Job("pdf", three()))
        (child,) = _children() - before
        os.kill(child.pid or 0, 9)

        with pytest.raises(UnusableError) as caught:
            shop.clean(Job("pdf", three()))

        assert caught.value.note.code == "X205"
        assert shop.clean(Job("pdf", three())).total == 3


def test_closed_workshop_leaves_no_child() -> None:
    """Nothing runs on after the work."""
    before = _children()

    with Workshop() as shop:
        shop.clean(Job("pdf", three()))

    assert _children() == before


def test_picture_and_text_are_made_in_the_child(workshop: Workshop) -> None:
    """Readers of pictures are as fragile as those of PDFs."""
    result = workshop.clean(Job("text", "편지\n".encode("cp949")))

    assert texts(result.data) == ["편지"]
    assert [note.code for note in result.notes] == ["X313"]


def test_broken_picture_is_a_fault(workshop: Workshop) -> None:
    """A photo cut in half is named."""
    with pytest.raises(UnusableError) as caught:
        workshop.clean(Job("picture", b"\xff\xd8\xff\xe0 nothing"))

    assert astuple(caught.value.note) == ("X216", "the picture is damaged")
