"""Draws the pictures of the fictional cases: a child's drawing, and a photograph from nowhere."""

import io
import math
import random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from nkdocs._resources import font

NOTE = "Fictional sample made for nkdocs"


def child_drawing() -> bytes:
    """Return a PNG of a child's drawing: a tree, a house, somebody large and somebody small."""
    sheet = Image.new("RGB", (900, 640), (250, 247, 238))
    pen = ImageDraw.Draw(sheet)
    chance = random.Random(2018)  # noqa: S311 - an unsteady hand, no secret

    def crayon(points: list[tuple[float, float]], colour: tuple[int, int, int], wide: int) -> None:
        for _ in range(3):
            swung = [(x + chance.uniform(-3, 3), y + chance.uniform(-3, 3)) for x, y in points]
            pen.line(swung, fill=colour, width=wide, joint="curve")

    def ring(x: float, y: float, size: float, colour: tuple[int, int, int], wide: int = 4) -> None:
        turn = [math.tau * step / 18 for step in range(20)]
        crayon([(x + size * math.cos(a), y + size * math.sin(a)) for a in turn], colour, wide)

    crayon([(20, 560), (300, 540), (620, 566), (880, 548)], (92, 150, 84), 7)
    crayon([(120, 550), (126, 330), (112, 240)], (134, 96, 60), 11)
    for x, y in ((80, 210), (150, 170), (190, 240), (120, 140)):
        ring(x, y, 46, (104, 164, 92), 6)
        ring(x + 6, y + 8, 9, (226, 110, 92), 6)
    crayon([(560, 550), (560, 370), (780, 370), (780, 550)], (120, 104, 150), 6)
    crayon([(530, 380), (668, 260), (812, 376)], (196, 92, 84), 8)
    crayon([(640, 550), (640, 460), (700, 460), (700, 550)], (120, 104, 150), 5)
    ring(820, 90, 44, (240, 190, 70), 7)
    for x, foot, size in ((330, 552, 1.0), (430, 552, 0.56)):
        head = foot - 250 * size
        ring(x, head, 36 * size, (70, 64, 72))
        crayon([(x, head + 36 * size), (x, foot - 90 * size)], (198, 70, 96), 8)
        legs = [(x - 30 * size, foot), (x, foot - 90 * size), (x + 30 * size, foot)]
        crayon(legs, (70, 64, 72), 5)
    crayon([(330, 395), (385, 450), (430, 470)], (70, 64, 72), 5)
    face = ImageFont.truetype(font("LiberationSans-Regular.ttf"), 17)
    pen.text((450, 622), f"{NOTE}: a drawing", (150, 146, 140), face, "mm")
    out = io.BytesIO()
    sheet.quantize(32, dither=Image.Dither.NONE).save(out, "PNG", optimize=True, dpi=(100, 100))
    return out.getvalue()


def photograph() -> bytes:
    """Return a JPEG, as if of a print on a table: an outline of a woman behind a vase."""
    scene = Image.new("RGB", (900, 660), (116, 104, 92))
    shot = Image.new("RGB", (720, 500), (176, 184, 180))
    pen = ImageDraw.Draw(shot)
    pen.rectangle((0, 0, 720, 150), fill=(160, 172, 170))
    for left in range(0, 720, 60):
        pen.line((left, 0, left, 360), fill=(154, 166, 164), width=2)
    pen.rounded_rectangle((250, 200, 470, 520), 60, fill=(74, 82, 92))
    pen.rectangle((335, 170, 385, 220), fill=(150, 138, 130))
    pen.ellipse((300, 60, 420, 215), fill=(58, 56, 60))
    pen.ellipse((316, 84, 404, 206), fill=(150, 138, 130))
    pen.rectangle((0, 360, 720, 500), fill=(140, 116, 92))
    pen.polygon(((520, 350), (580, 350), (566, 430), (534, 430)), fill=(206, 214, 222))
    flowers = ((510, 290, (206, 92, 104)), (550, 262, (228, 176, 84)), (594, 294, (196, 104, 150)))
    for x, y, tint in flowers:
        pen.line((550, 352, x, y), fill=(92, 128, 92), width=4)
        for turn in range(5):
            at = math.tau * turn / 5
            px, py = x + 14 * math.cos(at), y + 14 * math.sin(at)
            pen.ellipse((px - 11, py - 11, px + 11, py + 11), fill=tint)
    shot = shot.filter(ImageFilter.GaussianBlur(2.2))
    framed = Image.new("RGB", (760, 540), (238, 234, 226))
    framed.paste(shot, (20, 20))
    turned = framed.rotate(1.6, expand=True, resample=Image.Resampling.BICUBIC,
                           fillcolor=(116, 104, 92))  # fmt: skip
    scene.paste(turned, ((900 - turned.width) // 2, 30))
    pen = ImageDraw.Draw(scene)
    face = ImageFont.truetype(font("LiberationSans-Regular.ttf"), 17)
    pen.text((450, 640), f"{NOTE}: a drawing", (216, 206, 196), face, "mm")
    out = io.BytesIO()
    scene.save(out, "JPEG", quality=72, dpi=(100, 100))
    return out.getvalue()
