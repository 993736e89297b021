"""Links kept, and made safe for a bundle of many files."""

import contextlib
import io
from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from nkdocs.bundle.hygiene import clean
from tests.bundle.crafted import document, saved


def _linked(entry: dict[str, object], size: tuple[float, float] = (612, 792)) -> pikepdf.Pdf:
    """Return two pages; the first has a link with *entry*, the name "sec" leads to the second."""
    pdf = document("See section 2", "Section 2", size=size)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([72, 690, 200, 720]))
    for key, value in entry.items():
        link[key] = value
    pdf.pages[0].obj.Annots = Array([link])
    goal = Array([pdf.pages[1].obj, Name.XYZ, 0, 700, 0])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("sec"), goal])))
    return pdf


@contextlib.contextmanager
def _links(pdf: pikepdf.Pdf) -> Iterator[list[pikepdf.Object]]:
    """Give the links of the cleaned file while it is open."""
    with pikepdf.open(io.BytesIO(clean(saved(pdf)).data)) as result:
        yield [note for page in result.pages for note in page.obj.get("/Annots", [])]


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param({"/Dest": String("sec")}, id="by-name"),
        pytest.param({"/A": Dictionary(S=Name.GoTo, D=String("sec"))}, id="by-action"),
    ],
)
def test_name_becomes_the_page_it_stands_for(entry: dict[str, object]) -> None:
    """Two exhibits that use one name cannot jump into each other."""
    with _links(_linked(entry)) as (link,):
        assert isinstance(link.Dest, pikepdf.Array)
        assert b"Section 2" in link.Dest[0].Contents.read_bytes()


def test_link_moves_with_its_page() -> None:
    """On a page that was made smaller the link stays on its words."""
    with _links(_linked({"/Dest": String("sec")}, size=(1224, 1584))) as (link,):
        assert [round(float(v)) for v in link.Rect] == [36, 345, 100, 360]
        assert [round(float(v)) for v in list(link.Dest)[2:]] == [0, 350, 0]


@pytest.mark.parametrize("address", ["https://www.hrw.org/x", "HTTP://a.b", "mailto:a@b.example"])
def test_web_and_mail_links_are_kept(address: str) -> None:
    """Sources can be followed from the bundle."""
    with _links(_linked({"/A": Dictionary(S=Name.URI, URI=String(address))})) as (link,):
        assert str(link.A.URI) == address


@pytest.mark.parametrize("address", ["file:///C:/Users/kim/x.pdf", "javascript:x", "smb://h/s"])
def test_other_addresses_go(address: str) -> None:
    """A path on someone's computer is no link."""
    with _links(_linked({"/A": Dictionary(S=Name.URI, URI=String(address))})) as links:
        assert links == []


def test_link_to_a_page_left_out_goes() -> None:
    """A link into pages that are not in the bundle is not kept."""
    data = saved(_linked({"/Dest": String("sec")}))

    result = clean(data, pages=(1,))

    assert b"/Link" not in result.data


def test_name_that_leads_in_a_circle_goes() -> None:
    """A destination that names itself does not hang the work."""
    pdf = _linked({"/Dest": String("sec")})
    pdf.Root.Names.Dests.Names[1] = String("sec")

    with _links(pdf) as links:
        assert links == []
