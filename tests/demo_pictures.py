"""Draws the demo's pictures: a card on a table, a choir, and sheets as a scanner sees them."""

import io
import math
import random
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from nkdocs._resources import font

NOTE = "Fictional sample made for nkdocs"
_GPS = {1: "N", 2: (12.0, 34.0, 56.0), 3: "W", 4: (150.0, 20.0, 10.0)}
"""A place in the open ocean; no page of a bundle may tell it."""

Colour = tuple[int, int, int]


def card_photo() -> bytes:
    """Return a JPEG of the card, stored lying on its side as a telephone stores it."""
    scene = _table((1500, 1000))
    card = _card().rotate(-2.4, expand=True, resample=Image.Resampling.BICUBIC)
    shade = Image.new("RGBA", card.size, (20, 10, 0, 0))
    shade.putalpha(card.getchannel("A").point(lambda a: a * 5 // 10))
    at = ((1500 - card.width) // 2, (1000 - card.height) // 2)
    under = Image.new("RGBA", scene.size)
    under.paste(shade, (at[0] + 14, at[1] + 18))
    scene.paste(under, (0, 0), under.filter(ImageFilter.GaussianBlur(14)))
    scene.paste(card, at, card)
    light = Image.radial_gradient("L").resize((2000, 1500)).crop((250, 200, 1750, 1200))
    light = light.point(lambda v: 255 - v * 2 // 5)
    scene = ImageChops.multiply(scene, Image.merge("RGB", (light, light, light)))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Fictional", "Sample Phone 1", 6
    exif[0x0132] = "2026:11:05 10:12:00"
    exif.get_ifd(0x8825).update(_GPS)
    out = io.BytesIO()
    lying = scene.transpose(Image.Transpose.ROTATE_90)
    lying.save(out, "JPEG", quality=80, exif=exif, dpi=(72, 72))
    return out.getvalue()


def choir_photo() -> bytes:
    """Return a HEIC of a choir in rows, drawn as shapes before a window."""
    import pillow_heif

    wide, tall = 1500, 1000
    scene = _blend((wide, tall), (244, 214, 170), (196, 142, 116))
    pen = ImageDraw.Draw(scene)
    for left in (160, 560, 960):
        pen.rounded_rectangle((left, 70, left + 340, 700), 170, fill=(252, 240, 208))
        pen.rectangle((left, 420, left + 340, 700), fill=(252, 240, 208))
        pen.line((left + 170, 70, left + 170, 700), fill=(206, 164, 130), width=8)
        pen.line((left, 330, left + 340, 330), fill=(206, 164, 130), width=8)
    scene = scene.filter(ImageFilter.GaussianBlur(3))
    pen = ImageDraw.Draw(scene)
    robes: Sequence[Colour] = ((112, 62, 74), (88, 50, 72), (64, 40, 66))
    rows = zip(robes, (9, 8, 7), (1.0, 1.12, 1.26), strict=True)
    for row, (robe, count, size) in enumerate(rows):
        step = wide * 0.86 / count
        for place in range(count):
            middle = wide * 0.07 + step * (place + 0.5)
            lift = 14 * math.sin(place * 2.1 + row) - 40 * math.cos((place + 0.5 - count / 2) / 4)
            _singer(pen, (middle, 470 + 140 * row + lift), size, robe)
    pen.rectangle((0, 930, wide, tall), fill=(70, 44, 50))
    _singer(pen, (wide / 2, 760), 1.5, (38, 28, 46), conducts=True)
    pen.text((wide - 20, tall - 14), f"{NOTE}: a drawing", (226, 200, 180), _face("Sans", 20), "rs")
    out = io.BytesIO()
    pillow_heif.from_pillow(scene).save(out, quality=60)
    return out.getvalue()


def sheets(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Return the pages of *pdf* in grey, as a clean scanner would see them."""
    opened = pypdfium2.PdfDocument(pdf)
    pages = [opened[n].render(scale=dpi / 72, grayscale=True).to_pil() for n in range(len(opened))]
    opened.close()
    return [page.convert("L") for page in pages]


def scanned(pdf: bytes, dpi: int = 150) -> list[bytes]:
    """Return each page of *pdf* as a grey JPEG that a worn office scanner might make."""
    out = []
    for number, page in enumerate(sheets(pdf, dpi)):
        page = page.rotate(0.6, resample=Image.Resampling.BICUBIC, fillcolor=255)  # noqa: PLW2901 - the sheet, turned
        paper = Image.linear_gradient("L").resize(page.size).point(lambda v: 252 - v // 30)
        noise = Image.frombytes("L", (310, 439), random.Random(number).randbytes(310 * 439))  # noqa: S311 - grain of paper, no secret
        grain = noise.resize(page.size).point(lambda v: 255 - v // 36)
        page = ImageChops.multiply(ImageChops.multiply(page, paper), grain)  # noqa: PLW2901
        edge = ImageDraw.Draw(page)
        edge.rectangle((0, 0, 9, page.height), fill=150)
        page = page.filter(ImageFilter.GaussianBlur(0.6))  # noqa: PLW2901
        held = io.BytesIO()
        page.save(held, "JPEG", quality=52, dpi=(dpi, dpi))
        out.append(held.getvalue())
    return out


def faxed(pdf: bytes, dpi: int = 200) -> bytes:
    """Return the pages of *pdf* as a TIFF in black and white, as an office scanner sends them."""
    first, *rest = [page.point(lambda v: 255 * (v > 168)).convert("1") for page in sheets(pdf, dpi)]
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=rest, compression="group4", dpi=(dpi, dpi))
    return out.getvalue()


def _face(name: str, size: float) -> ImageFont.FreeTypeFont:
    """Return a face of nkdocs at *size*."""
    files = {"Sans": "LiberationSans-Regular.ttf", "Korean": "NanumMyeongjo.ttf",
             "Bold": "NanumMyeongjoBold.ttf"}  # fmt: skip
    return ImageFont.truetype(font(files[name]), size, layout_engine=ImageFont.Layout.BASIC)


def _blend(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    """Return a field that goes from one colour to the other."""
    slope = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), slope)


def _table(size: tuple[int, int]) -> Image.Image:
    """Return the boards of a table."""
    scene = _blend(size, (168, 124, 84), (142, 98, 62))
    pen = ImageDraw.Draw(scene)
    chance = random.Random(7)  # noqa: S311 - grain of wood, no secret
    for _ in range(130):
        level, swing = chance.uniform(0, size[1]), chance.uniform(2, 12)
        dark = chance.randint(0, 22)
        line = [(x, level + swing * math.sin(x / 260 + level)) for x in range(0, size[0] + 20, 20)]
        pen.line(line, fill=(150 - dark, 106 - dark, 68 - dark), width=chance.randint(1, 3))
    for board in (330, 672):
        pen.line((0, board, size[0], board), fill=(92, 60, 38), width=5)
    return scene.filter(ImageFilter.GaussianBlur(1.2))


def _card() -> Image.Image:
    """Return the card: what a reader needs of it, and no emblem of any state."""
    wide, tall = 1080, 680
    face = _blend((wide, tall), (238, 243, 240), (214, 226, 232))
    pen = ImageDraw.Draw(face)
    for wave in range(34):
        line = [(x, wave * 21 + 16 * math.sin(x / 70 + wave / 3)) for x in range(0, wide + 8, 8)]
        pen.line(line, fill=(204, 222, 220), width=1)
    ink, soft = (34, 38, 46), (92, 104, 118)
    pen.text((60, 46), "주민등록증", ink, _face("Bold", 66))
    pen.text((60, 166), "서윤희", ink, _face("Bold", 52))
    pen.text((60, 252), "000000-0000000", ink, _face("Korean", 46))
    pen.text((60, 336), "인천광역시 느티구 가람로 12\n101동 1502호 (느티동)", ink,
             _face("Korean", 34), spacing=14)  # fmt: skip
    pen.text((430, 500), "2012.  3.  29.", ink, _face("Korean", 34), "mm")
    pen.text((430, 566), "인천광역시 느티구청장", ink, _face("Bold", 38), "mm")
    pen.rectangle((610, 534, 668, 592), outline=(190, 66, 60), width=4)
    pen.text((639, 563), "견본", (190, 66, 60), _face("Bold", 24), "mm")
    pen.text((60, 638), f"견본 · {NOTE}", soft, _face("Korean", 20))
    face.paste(_portrait(), (740, 130))
    corners = Image.new("L", (wide, tall), 0)
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, wide - 1, tall - 1), 38, fill=255)
    face.putalpha(corners)
    return face


def _portrait() -> Image.Image:
    """Return the outline of a woman with short hair; nobody's face."""
    field = _blend((270, 340), (206, 220, 232), (184, 202, 218))
    pen = ImageDraw.Draw(field)
    pen.ellipse((70, 48, 200, 222), fill=(58, 62, 74))
    pen.rectangle((72, 130, 198, 206), fill=(58, 62, 74))
    pen.polygon(((112, 200), (158, 200), (166, 262), (104, 262)), fill=(128, 136, 148))
    pen.ellipse((10, 236, 260, 470), fill=(74, 88, 112))
    pen.polygon(((98, 244), (172, 244), (135, 300)), fill=(128, 136, 148))
    pen.ellipse((88, 76, 182, 216), fill=(140, 148, 160))
    pen.pieslice((78, 54, 192, 180), 180, 360, fill=(58, 62, 74))
    return field.filter(ImageFilter.GaussianBlur(1.4))


def _singer(
    pen: ImageDraw.ImageDraw,
    at: tuple[float, float],
    size: float,
    robe: Colour,
    *,
    conducts: bool = False,
) -> None:
    """Draw somebody from head to robe; who conducts is seen from behind, arms raised."""
    x, y = at
    skin = (robe[0] + 92, robe[1] + 74, robe[2] + 34)
    arm, hair = int(26 * size), (robe[0] - 26, robe[1] - 18, robe[2] - 20)
    head = (x - 32 * size, y - 42 * size, x + 32 * size, y + 40 * size)
    pen.rounded_rectangle((x - 66 * size, y + 44 * size, x + 66 * size, y + 620), 46 * size, robe)
    if conducts:
        for side in (-1, 1):
            elbow = (x + side * 120 * size, y + 90 * size)
            hand = (x + side * 150 * size, y - 20 * size)
            pen.line(((x + side * 50 * size, y + 70 * size), elbow, hand), robe, arm, "curve")
            pen.ellipse((hand[0] - 17, hand[1] - 24, hand[0] + 17, hand[1] + 12), skin)
        pen.ellipse(head, hair)
        return
    pen.rectangle((x - 13 * size, y + 24 * size, x + 13 * size, y + 56 * size), skin)
    pen.ellipse(head, skin)
    pen.chord(head, 180, 360, hair)
    pen.ellipse((x - 8 * size, y + 14 * size, x + 8 * size, y + 30 * size), (96, 40, 44))
    book = (x - 44 * size, y + 92 * size, x + 44 * size, y + 150 * size)
    pen.rounded_rectangle(book, 5, (246, 236, 214))
    pen.line((x, book[1], x, book[3]), (196, 176, 150), 3)
