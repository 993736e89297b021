"""One exhibit's PDF made clean."""

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from nkdocs.bundle.faults import UnusableError
from nkdocs.bundle.hygiene import clean
from tests.bundle.crafted import (
    document,
    form,
    page_with,
    picture,
    saved,
    sizes,
    texts,
    three,
)

WORDS = ("OpenAction", "JavaScript", "/JS", "/AA", "/Launch", "/GoToR", "/SubmitForm",
         "/EmbeddedFile", "/XFA", "/SigFlags", "/ByteRange", "/PieceInfo", "/Metadata",
         "PRIVILEGED", "Jane Lawyer", "AcroForm", "/Widget", "/ID")  # fmt: skip


def _fault(data: bytes, **how: object) -> str:
    with pytest.raises(UnusableError) as caught:
        clean(data, **how)  # type: ignore[arg-type]
    return caught.value.note.code


def _codes(data: bytes) -> set[str]:
    return {note.code for note in clean(data).notes}


def _plain(pdf: bytes) -> str:
    """Return every object of a file in readable form."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as doc:
        doc.save(out, qdf=True, static_id=True)
    return out.getvalue().decode("latin-1").rsplit("trailer", 1)[0]


def _armed() -> bytes:
    """Return a PDF with everything an exhibit must not carry."""
    pdf = document("Evidence", "More")
    page = pdf.pages[0].obj
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    rect = Array([10, 10, 50, 50])
    actions = [
        Dictionary(S=Name.Launch, F=String("calc.exe")),
        Dictionary(S=Name.GoToR, F=String("//host/share")),
        Dictionary(S=Name.SubmitForm, F=String("http://x.example")),
        script,
    ]
    links = [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, A=a) for a in actions]
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=rect,
                      Contents=String("PRIVILEGED: ask about the aunt"))  # fmt: skip
    page.Annots = Array([*links, note])
    page.AA = Dictionary(O=script)
    page.PieceInfo = Dictionary(App=Dictionary(Private=String("PRIVILEGED")))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.attachments["secret.txt"] = pikepdf.AttachedFileSpec(pdf, b"PRIVILEGED")
    pdf.docinfo["/Author"] = "Jane Lawyer"
    with pdf.open_metadata() as meta:
        meta["dc:creator"] = ["Jane Lawyer"]
    return saved(pdf)


def test_active_and_private_content_is_gone() -> None:
    """No action, script, note, attachment or maker's name is left anywhere in the file."""
    result = clean(_armed())

    found = [word for word in WORDS if word in _plain(result.data)]
    assert found == []
    assert texts(result.data)[0].startswith("Evidence")


def test_what_was_taken_out_is_told() -> None:
    """Notes, attachments and actions that went are reported."""
    notes = {note.code: note.detail for note in clean(_armed()).notes}

    assert notes["X306"] == "1"
    assert notes["X308"] == "1 file"
    assert "Launch" in notes["X309"]


def test_same_file_gives_the_same_bytes() -> None:
    """Cleaning twice gives one result."""
    data = _armed()

    assert clean(data).data == clean(data).data


@pytest.mark.parametrize(
    ("encryption", "password", "code"),
    [
        pytest.param(pikepdf.Encryption(owner="o", user=""), "", "", id="owner-password-only"),
        pytest.param(pikepdf.Encryption(owner="o", user="u"), "", "X201", id="user-password"),
        pytest.param(pikepdf.Encryption(owner="o", user="u"), "no", "X201", id="wrong-password"),
        pytest.param(pikepdf.Encryption(owner="o", user="u"), "u", "", id="right-password"),
    ],
)
def test_encrypted_file_opens_or_asks(
    encryption: pikepdf.Encryption, password: str, code: str
) -> None:
    """A password that people must type is asked for; the result is never encrypted."""
    data = saved(document("Hello"), encryption)

    if code:
        assert _fault(data, password=password) == code
    else:
        assert texts(clean(data, password=password).data) == ["Hello"]


def test_cut_file_is_repaired_and_told() -> None:
    """A file without its end is repaired, never silently."""
    data = three()[:-200]

    result = clean(data)

    assert (result.repaired, result.total) == (True, 3)
    assert "X301" in {note.code for note in result.notes}


@pytest.mark.parametrize("flips", range(1, 31))
def test_no_page_is_lost_silently(flips: int) -> None:
    """With flipped bits there are three pages, or a fault (TRUST R11)."""
    data = three(flips=flips)

    try:
        pages = clean(data, expect=3).total
    except UnusableError:
        pages = 3

    assert pages == 3


@pytest.mark.parametrize("flips", range(1, 31))
def test_lost_page_is_seen_without_being_told_the_number(flips: int) -> None:
    """With flipped bits and nothing known of the original, fewer pages are a fault."""
    try:
        pages = clean(three(flips=flips)).total
    except UnusableError:
        pages = 3

    assert pages == 3


def test_page_missing_from_the_list_is_a_fault() -> None:
    """A file that says two pages and holds one is not taken for one of one page."""
    data = page_with().replace(b"[3 0 R]/Count 1", b"[9 0 R 3 0 R]/Count 2")

    assert _fault(data) == "X207"
    assert clean(data, expect=1).total == 1


def test_expected_pages_are_counted() -> None:
    """A number someone counted is held against the file."""
    assert _fault(three(), expect=4) == "X208"


def test_chosen_pages_come_alone_and_in_order() -> None:
    """Of pages left out not a word stays in the file."""
    result = clean(three(), pages=(3, 1))

    assert result.sources == (3, 1)
    assert texts(result.data) == ["Page three", "Page one"]
    assert "Page two" not in _plain(result.data)


def test_chosen_page_that_is_not_there_is_a_fault() -> None:
    """Page 4 of 3 is named."""
    assert _fault(three(), pages=(2, 4)) == "X209"


def test_pictures_of_left_out_pages_stay_out() -> None:
    """A picture that only a page left out shows is not carried along by shared resources."""
    pdf = document("One", "Two")
    shared = pdf.pages[0].obj.Resources
    shared.XObject = Dictionary(Secret=pdf.make_stream(b"PRIVILEGED", Subtype=Name.Form,
                                Type=Name.XObject, BBox=Array([0, 0, 9, 9])))  # fmt: skip
    pdf.pages[1].obj.Resources = shared
    pdf.pages[1].obj.Contents = pdf.make_stream(b"/Secret Do")

    result = clean(saved(pdf), pages=(1,))

    assert "PRIVILEGED" not in _plain(result.data)


def test_file_without_pages_is_a_fault() -> None:
    """Zero pages are no exhibit."""
    assert _fault(saved(pikepdf.new())) == "X203"


def test_portfolio_is_a_fault() -> None:
    """A portfolio's documents are attached; its one page says nothing."""
    pdf = document("Open me in Acrobat")
    pdf.Root.Collection = Dictionary(Type=Name.Collection)

    assert _fault(saved(pdf)) == "X213"


def test_form_of_adobes_own_kind_is_a_fault() -> None:
    """A form that exists as XFA only shows "Please wait" everywhere but in Adobe Reader."""
    pdf = document("Please wait...")
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))

    assert _fault(saved(pdf)) == "X211"


def test_answers_only_in_xfa_are_a_fault() -> None:
    """Answers that stand in the XFA data and in no field would print as an empty form."""
    with pikepdf.open(io.BytesIO(form(""))) as pdf:
        del pdf.Root.AcroForm.Fields[0]["/V"]
        data = pdf.make_stream(b"<data><name>Seo</name></data>")
        pdf.Root.AcroForm.XFA = Array([String("datasets"), data])
        written = saved(pdf)

    assert _fault(written) == "X211"


def test_signature_is_told() -> None:
    """A bundle breaks electronic signatures; people must know."""
    pdf = document("Signed")
    signed = Dictionary(FT=Name.Sig, V=Dictionary(Type=Name.Sig, Contents=String("x")))
    pdf.Root.AcroForm = Dictionary(Fields=Array([signed]), SigFlags=3)

    assert "X303" in _codes(saved(pdf))


def test_photo_inside_a_pdf_loses_its_place_and_time(samples: Path) -> None:
    """EXIF of a JPEG that a scanner app put into a PDF is a leak, too."""
    photo = (samples / "images" / "Portrait_6.jpg").read_bytes()
    pdf = document("")
    image = pdf.make_stream(photo, Type=Name.XObject, Subtype=Name.Image, Width=1200, Height=1800,
                            ColorSpace=Name.DeviceRGB, BitsPerComponent=8)  # fmt: skip
    image.Filter = Name.DCTDecode
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im=image)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q 300 0 0 300 50 50 cm /Im Do Q")
    before = saved(pdf)

    after = clean(before).data

    assert b"Exif" in before
    assert b"Exif" not in after
    assert picture(after) == picture(before)


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")
@pytest.mark.parametrize("name", ["g-28", "i-589", "i-765", "i-765instr", "i-912"])
def test_official_form_looks_the_same(samples: Path, name: str, tmp_path: Path) -> None:
    """Poppler draws the cleaned form as it draws the original."""
    before = samples / "pdf_uscis" / f"{name}.pdf"
    after = tmp_path / "after.pdf"
    after.write_bytes(clean(before.read_bytes()).data)

    drawn = [
        subprocess.run(
            ["pdftoppm", "-r", "20", "-gray", str(path)],  # noqa: S607 - on the path or not at all
            capture_output=True,
            check=True,
        ).stdout
        for path in (before, after)
    ]

    different = sum(abs(a - b) > 32 for a, b in zip(*drawn, strict=True))
    assert different == 0


@pytest.mark.parametrize("folder", ["pdf_court", "pdf_odd", "pdf_uscis"])
def test_real_files_come_out_on_letter_with_their_words(samples: Path, folder: str) -> None:
    """Every page of every real file is Letter, and no word of it is lost."""
    for path in sorted((samples / folder).glob("*.pdf")):
        if "password" in path.name:
            continue
        data = path.read_bytes()

        result = clean(data)

        assert {tuple(s) for s in sizes(result.data)} <= {(0, 0, 612, 792), (0, 0, 792, 612)}
        before, after = " ".join(texts(data)).split(), " ".join(texts(result.data)).split()
        assert set(before) <= set(after), path.name
