"""A certificate of translation made from the translator's answers, to be signed by hand.

Its words are those of 8 CFR 1003.33 and 103.2(b)(3); the Practice Manual (3.3(a)) wants address and
telephone. What has not happened yet, signature and date, is a ruled blank.
"""

from collections.abc import Sequence

from msgspec import Struct

from nkdocs.bundle.sheets import LEFT, RIGHT, WIDE, Face, Paper

_TEXT, _SMALL = Face(12), Face(10, "I")


class Translator(Struct, frozen=True):
    """Who translated: what is empty prints as a ruled blank."""

    name: str
    address: Sequence[str] = ()
    phone: str = ""


def draw_certificate(translator: Translator, language: str, title: str) -> bytes:
    """Return the certificate for the exhibit *title* as a PDF of one page."""
    blank = "_" * 28
    with Paper() as paper:
        y = paper.turn() + 24
        paper.line("CERTIFICATE OF TRANSLATION", Face(16, "B"), y, WIDE / 2, "C")
        words = (
            f"I, {translator.name or blank}, certify that I am competent to translate from "
            f"{language} into English, and that the attached English translation of the document "
            f"listed as \u201c{title}\u201d is complete, true and accurate to the best of my "
            "abilities."
        )
        y += 64
        for line in paper.broken(words, _TEXT, RIGHT - LEFT):
            paper.line(line, _TEXT, y, LEFT)
            y += 22
        y += 44
        held = [line for line in translator.address if line] or [""]
        rows = [("Signature", ""), ("Date", ""), ("Name", translator.name), *(
            ("Address" if not n else "", line) for n, line in enumerate(held)
        ), ("Telephone", translator.phone)]  # fmt: skip
        for label, value in rows:
            paper.line(label, _SMALL, y + 2, LEFT)
            if value:
                paper.line(value, _TEXT, y, LEFT + 90)
            else:
                paper.rule(y + 14, LEFT + 90, RIGHT - 60)
            y += 34 if not value else 26
        return paper.finished()
