"""A bundle larger than its venue takes becomes volumes whose numbers, tabs and links run on."""

import io
import re

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from nkdocs.bundle.binding import Listing, page_map
from nkdocs.bundle.links import found_cites, resolved
from nkdocs.bundle.pages import Bundle, build_bundle, build_packet
from nkdocs.bundle.venues import Rule
from nkdocs.bundle.volumes import divided, file_names
from nkdocs.citations.cite import Cite, cite_of, printed
from nkdocs.citations.pagemap import thawed
from nkdocs.packet.eml import Attached, Draft, written
from tests.bundle.made import (
    FakeExhibit,
    FakePart,
    binding,
    exhibit,
    heavy,
    paragraph,
    texts,
    venue,
)

LIMIT = 1_000_000


def _heavy(name: str, pages: int = 2, size: int = 100_000) -> FakeExhibit:
    """Return an exhibit whose pages hold *size* bytes each that no compression makes smaller."""
    return exhibit(name, pages, heavy(name, pages, size))


@pytest.fixture(scope="module")
def three() -> Bundle:
    """Return a bundle of seven exhibits in three volumes."""
    listed = {"e1": Listing(section="Identity", key_pages=(2,)),
              "e6": Listing(section="Country", key_pages=(1, 2))}  # fmt: skip
    return build_bundle(
        [_heavy(f"e{n}") for n in range(1, 8)], binding(listed, rules=venue(max_mb=1))
    )


def test_every_volume_is_under_the_limit(three: Bundle) -> None:
    """And it is said that there are several, and how they are called."""
    assert len(three.volumes) == 3
    assert max(len(v.data) for v in three.volumes) <= LIMIT
    assert [f.code for f in three.findings] == ["X605"]
    assert file_names("out/exhibits", 3)[2] == "out/exhibits_Part3.pdf"


def test_each_volume_for_a_mailbox_fits_in_a_message() -> None:
    """Encoded in an e-mail a file takes a third more; the limit is that of what is sent."""
    by_mail = venue(max_mb=1).model_copy(
        update={"limit_on": Rule(value="message", certainty="assumption")}
    )

    bundle = build_bundle([_heavy(f"e{n}") for n in range(1, 8)], binding(rules=by_mail))

    sent = [written(Draft("A", "text"), [Attached("x.pdf", v.data)]) for v in bundle.volumes]
    assert max(map(len, sent)) <= LIMIT
    assert len(bundle.volumes) == 4
    [told] = bundle.findings
    assert told.message.endswith("1 MB a message, so about 0.7 MB a file")


def test_numbers_and_tabs_run_on(three: Bundle) -> None:
    """Each volume begins where the one before ends; label and stamp say the same."""
    starts, ends = zip(*((v.pages.start, v.pages.last) for v in three.volumes), strict=True)
    assert starts[1:] == tuple(end + 1 for end in ends[:-1])
    assert [e.tab for e in three.pages.entries] == list("ABCDEFG")
    for volume in three.volumes:
        said = texts(volume.data)
        held = pypdfium2.PdfDocument(volume.data)
        labels = [held.get_page_label(n) for n in range(len(held))]
        held.close()
        assert labels == [str(n) for n in range(volume.pages.start, volume.pages.last + 1)]
        for number, text in enumerate(said, volume.pages.start):
            assert str(number) in re.findall(r"\b\d+\b", text)


def test_first_volume_has_the_master_index(three: Bundle) -> None:
    """It lists all exhibits by volume; the others list their own."""
    first, second, third = (" ".join(texts(v.data)[1].split()) for v in three.volumes)

    assert "Volume 2, pages" in first
    assert all(f"Exhibit e{n}" in first for n in range(1, 8))
    assert "Exhibit e1" not in second
    assert "Exhibit e7" in third
    assert all(f"Volume {n} of 3" in texts(v.data)[0] for n, v in enumerate(three.volumes, 1))


def test_no_link_leads_into_another_file(three: Bundle) -> None:
    """The rows of the other volumes show their numbers only; each own row is a link."""
    for volume in three.volumes:
        away = {s.to for s in volume.spots if s.away}
        with pikepdf.open(io.BytesIO(volume.data)) as pdf:
            places = {p.obj.objgen for p in pdf.pages}
            goals = [a.Dest[0].objgen for p in pdf.pages for a in p.obj.get("/Annots", [])]
        assert set(goals) <= places
        assert len(goals) == sum(not s.away for s in volume.spots)
        assert not away & set(range(volume.pages.start, volume.pages.last + 1))


def test_fill_knows_the_numbers_before_anything_is_bound(three: Bundle) -> None:
    """The page map that cites are filled with is that of the finished volumes, also when thawed."""
    exhibits = [_heavy(f"e{n}") for n in range(1, 8)]

    pages = page_map(exhibits, binding(rules=venue(max_mb=1)))

    assert pages.volumes == three.pages.volumes
    assert thawed(three.pages.written()) == three.pages


def test_cites_name_the_volume_and_link_inside_the_packet_only(three: Bundle) -> None:
    """`Vol. 3, Tab G at 25` is plain text; a cite to the first volume clicks."""
    near, far = printed(Cite("e1", 2), three.pages), printed(Cite("e7", 1), three.pages)
    letter = paragraph(f"See {near}; and {far}; and Vol. 2, Tab A at 5.")

    found = found_cites(letter)
    links, wrong = resolved(found, three.pages)
    build_packet(letter, three, links)

    assert near.startswith("Vol.\u00a01,\u00a0Tab\u00a0A")
    assert far.startswith("Vol.\u00a03,\u00a0Tab\u00a0G")
    assert [c.volume for c in found] == [1, 3, 2]
    assert [link.to_page for link in links] == [three.pages.entry("e1").page(2)]
    assert ["another volume" in f.message for f in wrong] == [True]
    assert cite_of(far, three.pages) == Cite("e7", 1)


def test_exhibit_no_volume_can_hold_is_cut_between_pages() -> None:
    """Its tab goes on, its pages keep their source numbers, and none is lost."""
    large = _heavy("large", 12)

    bundle = build_bundle([_heavy("a"), large, _heavy("b")], binding(rules=venue(max_mb=1)))

    entry = bundle.pages.entry("large")
    assert max(len(v.data) for v in bundle.volumes) <= LIMIT
    assert [n for run in entry.runs for n in run.pages] == list(range(1, 13))
    assert [e.tab for v in bundle.volumes for e in v.pages.entries].count("B") == len(entry.runs)
    assert bundle.pages.entry("b").tab == "C"
    assert entry.page(12) == entry.last
    assert "continued" in " ".join(texts(bundle.volumes[2].data)[1].split())


def test_range_over_the_cut_names_pages_of_the_exhibit_alone_and_clicks_where_it_can() -> None:
    """Its part in the first volume is a link; a print that lays all pages in it is a fault."""
    bundle = build_bundle([_heavy("large", 12)], binding(rules=venue(max_mb=1)))
    pages = bundle.pages
    entry = pages.entry("large")
    cite = printed(Cite("large", 2, 12), pages)
    own = {n for run in entry.runs for n in range(run.first, run.last + 1)}

    found = found_cites(paragraph(f"See {cite}; and {printed(Cite('large', 1), pages)}."))
    links, wrong = resolved(found, pages)
    over = f"Vol. 1, Tab A at {entry.page(2)}\u2013{entry.last}"
    _, faults = resolved(found_cites(paragraph(f"See {over}.")), pages)

    assert [c.volume for c in found] == [1, *range(2, len(bundle.volumes) + 1), 1]
    said = [n for c in found for n in range(c.page, (c.last or c.page) + 1)]
    assert said == [*sorted(own - {entry.first}), entry.first]
    assert ([link.to_page for link in links], wrong) == ([entry.page(2), entry.first], ())
    assert ["another volume" in f.message for f in faults] == [True]


def test_exhibit_cut_to_leave_room_for_the_letter_stands_once_in_each_volume() -> None:
    """Its rest and the piece before it would fit in one later volume together."""
    bundle = build_bundle([_heavy("large", 10)], replace(binding(rules=venue(max_mb=1)),
                                                         reserve=450_000))  # fmt: skip

    entry = bundle.pages.entry("large")
    assert [n for run in entry.runs for n in run.pages] == list(range(1, 11))
    assert max(len(v.data) for v in bundle.volumes) <= LIMIT


def test_venue_without_a_limit_has_one_file() -> None:
    """However large; so has one whose limit no page would fit in."""
    assert len(divided([_heavy("a", 10)], 0)) == 1
    assert len(divided([_heavy("a")], 1000)) == 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 900_000), min_size=1, max_size=30))
def test_division_loses_nothing_and_keeps_the_order(sizes: list[int]) -> None:
    """Whatever the sizes; a volume never holds more than the limit allows."""
    exhibits = [
        FakeExhibit(f"e{n}", "t", (FakePart("main", "", b"x" * size, (1,)),))
        for n, size in enumerate(sizes)
    ]

    volumes = divided(exhibits, 1_200_000)

    assert [e.id for v in volumes for e in v] == [e.id for e in exhibits]
    assert all(sum(len(p.data) for e in v for p in e.parts) < 1_200_000 for v in volumes)
