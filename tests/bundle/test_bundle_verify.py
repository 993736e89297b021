"""Verification: what was tampered with is noticed."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from msgspec.structs import replace

from nkdocs.bundle.binding import Listing
from nkdocs.bundle.links import found_cites, resolved
from nkdocs.bundle.pages import Bundle, build_bundle, build_packet
from nkdocs.bundle.verify import VerificationError, verify_bundle, verify_packet
from nkdocs.citations.cite import Cite, printed
from tests.bundle.made import binding, exhibit, paragraph, triple

EXHIBITS = [exhibit("a", 3), triple("b")]


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    """Return a bundle with key pages."""
    return build_bundle(EXHIBITS, binding({"a": Listing(key_pages=(2, 3))}))


WRITTEN = [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate]
"""How a file may be written: its objects one by one, as ours are, or packed into streams."""


def _changed(
    data: bytes, change: Callable[[pikepdf.Pdf], None], mode: pikepdf.ObjectStreamMode = WRITTEN[0]
) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as held:
        change(held)
        out = io.BytesIO()
        held.save(out, object_stream_mode=mode)
    return out.getvalue()


def _restamp(held: pikepdf.Pdf) -> None:
    last = held.pages[4].obj.Contents[-1]
    held.pages[4].obj.Contents[-1] = held.make_stream(last.read_bytes().replace(b"(5)", b"(6)"))


def _swap(held: pikepdf.Pdf) -> None:
    """Exchange the content of two pages, each keeping its stamp."""
    one, two = held.pages[3].obj, held.pages[4].obj
    first, second = one.Contents[1], two.Contents[1]
    one.Contents[1], two.Contents[1] = second, first


def _drop(held: pikepdf.Pdf) -> None:
    del held.pages[-1]


def _relabel(held: pikepdf.Pdf) -> None:
    held.Root.PageLabels.Nums[1].St = 2


def _unlink(held: pikepdf.Pdf) -> None:
    del held.pages[1].obj.Annots[0]


def _mislead(held: pikepdf.Pdf) -> None:
    held.pages[1].obj.Annots[0].Dest[0] = held.pages[8].obj


def _script(held: pikepdf.Pdf) -> None:
    held.pages[3].obj.AA = pikepdf.Dictionary()


def _open(held: pikepdf.Pdf) -> None:
    held.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("x:"))


def _attach(held: pikepdf.Pdf) -> None:
    held.attachments["note.txt"] = b"privileged"


def _reprint(held: pikepdf.Pdf) -> None:
    """Print the index of another bundle, whose exhibits have other pages, under these links."""
    exhibits = [exhibit("z", 9), *EXHIBITS[1:]]
    other = build_bundle(exhibits, binding({"z": Listing(key_pages=(2, 3))}))
    with pikepdf.open(io.BytesIO(other.data)) as source:
        copied = held.copy_foreign(source.pages[1].obj)
    last = held.pages[1].obj.Contents[-1]
    held.pages[1].obj.Contents = copied.Contents
    held.pages[1].obj.Contents[-1] = last
    held.pages[1].obj.Resources = copied.Resources


@pytest.mark.parametrize("mode", WRITTEN)
@pytest.mark.parametrize(
    "change",
    [_restamp, _swap, _drop, _relabel, _unlink, _mislead, _script, _open, _attach, _reprint],
    ids=lambda change: change.__name__.strip("_"),
)
def test_tampered_bundle_is_refused(
    bundle: Bundle, change: Callable[[pikepdf.Pdf], None], mode: pikepdf.ObjectStreamMode
) -> None:
    """Stamp, content, count, label, link, script and index are each looked at."""
    data = _changed(bundle.data, change, mode)

    with pytest.raises(VerificationError, match=r"^L606: "):
        verify_bundle(data, bundle.pages, bundle.spots, EXHIBITS)


@pytest.mark.parametrize("tab", ["A", "C"], ids=["twice", "skipped"])
def test_tab_used_twice_or_skipped_is_refused(bundle: Bundle, tab: str) -> None:
    """The second exhibit stands behind Tab B."""
    first, second = bundle.pages.entries
    wrong = replace(bundle.pages, entries=(first, replace(second, tab=tab)))

    with pytest.raises(VerificationError, match=r"^L603: "):
        verify_bundle(bundle.data, wrong, bundle.spots, EXHIBITS)


@pytest.mark.parametrize("mode", WRITTEN)
def test_saved_again_without_a_change_it_is_accepted(
    bundle: Bundle, mode: pikepdf.ObjectStreamMode
) -> None:
    """The tests above fail for what they change and not for being saved by another program."""
    data = _changed(bundle.data, lambda _: None, mode)

    verify_bundle(data, bundle.pages, bundle.spots, EXHIBITS)


def _length(data: bytes) -> bytes:
    """Let the stamp of page 5 say that it is shorter than it is."""
    at = data.rindex(b"/Length", 0, data.index(b"(5) Tj"))
    size = data[at + 8 : data.index(b" ", at + 8)]
    return data[: at + 8] + b"9".rjust(len(size), b"0") + data[at + 8 + len(size) :]


def _elsewhere(data: bytes) -> bytes:
    """Let the table of the file lead to the stamp of page 6 where that of page 5 is meant."""
    five, six = (data.rindex(b" 0 obj", 0, data.index(b"(%d) Tj" % n)) for n in (5, 6))
    starts = [data.rindex(b"\n", 0, at) + 1 for at in (five, six)]
    table = data.rindex(b"\nxref\n")
    first, second = (data.index(b"%010d" % at, table) for at in starts)
    return data[:first] + data[second : second + 10] + data[first + 10 :]


@pytest.mark.parametrize("harm", [_length, _elsewhere])
def test_file_that_was_written_wrong_is_refused(
    bundle: Bundle, harm: Callable[[bytes], bytes]
) -> None:
    """What the file says of its own objects is held against what stands there."""
    with pytest.raises(VerificationError):
        verify_bundle(harm(bundle.data), bundle.pages, bundle.spots, EXHIBITS)


def test_packet_whose_link_leads_astray_is_refused(bundle: Bundle) -> None:
    """The page a cite leads to must bear the number cited."""
    letter = paragraph(f"See {printed(Cite('a', 2), bundle.pages)}.")
    links, _ = resolved(found_cites(letter), bundle.pages)
    packet = build_packet(letter, bundle, links)

    wrong = [replace(link, to_page=link.to_page + 1) for link in links]

    with pytest.raises(VerificationError, match="link on page 1"):
        verify_packet(packet, 1, bundle.pages, wrong)
