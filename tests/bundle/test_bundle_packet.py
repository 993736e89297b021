"""A filing as one PDF: the lead document, then the bundle unchanged."""

import io

import pikepdf
import pypdf
import pytest
from pypdf.annotations import Link

from nkdocs.bundle.links import found_cites, resolved
from nkdocs.bundle.pages import Bundle, build_bundle, build_packet
from nkdocs.citations.cite import Cite, printed
from tests.bundle.made import binding, exhibit, paragraph, pdf, raw, texts, triple


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    """Return a bundle of two exhibits."""
    return build_bundle([exhibit("a", 3), triple("b")], binding())


@pytest.fixture(scope="module")
def packet(bundle: Bundle) -> bytes:
    """Return the packet of a letter that cites both."""
    letter = paragraph(
        f"See {printed(Cite('a', 2), bundle.pages)} and {printed(Cite('b'), bundle.pages)}."
    )
    links, _ = resolved(found_cites(letter), bundle.pages)
    return build_packet(letter, bundle, links, lead_title="Request")


def test_lead_has_roman_labels_and_the_bundle_its_own_numbers(packet: bytes) -> None:
    """However long the letter, page 1 is the bundle's cover."""
    with pikepdf.open(io.BytesIO(packet)) as held:
        assert [page.label for page in held.pages][:4] == ["i", "1", "2", "3"]


def test_cites_of_the_lead_are_links_to_the_pages_they_name(packet: bytes) -> None:
    """Tab A at 5 leads to the page stamped 5, Tab B to its tab sheet."""
    with pikepdf.open(io.BytesIO(packet)) as held:
        labels = {page.obj.objgen: page.label for page in held.pages}
        goals = [labels[link.Dest[0].objgen] for link in held.pages[0].obj.Annots]

        assert goals == ["5", "7"]


def test_links_do_not_show_on_paper(packet: bytes) -> None:
    """Without the Print flag the underline is for the screen."""
    with pikepdf.open(io.BytesIO(packet)) as held:
        assert all("/F" not in link for link in held.pages[0].obj.Annots)


def test_pages_of_the_bundle_are_unchanged(packet: bytes, bundle: Bundle) -> None:
    """The same text stands on them as in the bundle's own file."""
    assert texts(packet)[1:] == texts(bundle.data)


def test_outline_has_the_lead_first_and_then_the_bundle(packet: bytes) -> None:
    """The bundle's outline is kept with its children."""
    with pikepdf.open(io.BytesIO(packet)) as held, held.open_outline() as outline:
        titles = [item.title for item in outline.root]
        children = [item.title for item in outline.root[-1].children]
    assert titles[:3] == ["Request", "Cover (p. 1)", "Index of exhibits (p. 2)"]
    assert children == ["English translation (p. 8)", "Certificate of translation (p. 10)",
                        "Original (Korean) (p. 11)"]  # fmt: skip


def test_packet_is_the_same_bytes_twice(bundle: Bundle) -> None:
    """Same inputs, same bytes."""
    letter = pdf(2, "letter")

    assert build_packet(letter, bundle, ()) == build_packet(letter, bundle, ())


def test_lead_keeps_its_own_links_and_headings(bundle: Bundle) -> None:
    """A letter with a table of contents still jumps inside itself."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(3, "letter")))
    writer.add_outline_item(title="Facts", page_number=2)
    writer.add_annotation(0, Link(rect=(72, 600, 200, 620), target_page_index=2))
    out = io.BytesIO()
    writer.write(out)

    packet = build_packet(out.getvalue(), bundle, (), lead_title="Request")

    with pikepdf.open(io.BytesIO(packet)) as held, held.open_outline() as outline:
        [link] = held.pages[0].obj.Annots
        assert link.Dest[0].objgen == held.pages[2].obj.objgen
        assert [item.title for item in outline.root[0].children] == ["Facts"]


def test_supplement_in_a_packet_keeps_its_numbers() -> None:
    """A cite to page 218 leads to the page stamped 218."""
    later = build_bundle([exhibit("a", 3)], binding(start_tab=13, start_page=215))
    letter = paragraph(f"See {printed(Cite('a', 1), later.pages)}.")
    links, _ = resolved(found_cites(letter), later.pages)

    packet = build_packet(letter, later, links)

    assert [link.to_page for link in links] == [218]
    assert texts(packet)[1 + 3].split()[-3:] == ["218", "Tab", "N"]


def test_scripts_of_the_lead_stay_behind(bundle: Bundle) -> None:
    """A letter saved with an action at opening is bound without it."""
    act = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    letter = raw([b""], page={"/AA": pikepdf.Dictionary(O=act)}, root={"/OpenAction": act})

    assert b"app.alert" not in build_packet(letter, bundle, ())


def test_notes_for_colleagues_stay_out_of_the_packet(bundle: Bundle) -> None:
    """A sticky note in the letter's PDF never leaves the office; a typed signature stays."""
    kinds = {"Text": "privileged", "FreeText": "signed"}
    notes = [
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(f"/{kind}"),
            Rect=[72, 600, 90, 620],
            Contents=pikepdf.String(said),
        )
        for kind, said in kinds.items()
    ]

    packet = build_packet(raw([b""], page={"/Annots": pikepdf.Array(notes)}), bundle, ())

    with pikepdf.open(io.BytesIO(packet)) as held:
        assert [str(note.Contents) for note in held.pages[0].obj.Annots] == ["signed"]
