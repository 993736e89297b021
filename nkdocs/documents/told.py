"""What a Word file says, for the checks: paragraphs with their numbers, footnotes, comments."""

from collections.abc import Iterator

from nkdocs.documents.edited import is_blank
from nkdocs.documents.wordfile import BODY, W, WordFile, paragraph_numbers, paragraphs, text_of


def numbered_paragraphs(docx: bytes, name: str) -> Iterator[tuple[int, str]]:
    """Yield the number that each paragraph of the body prints (0: none) and its text.

    Empty ones are left out; of an open blank its brackets alone are told, for the question in it
    is ours and no statement.
    """
    word = WordFile.read(docx, name)
    numbers = paragraph_numbers(word)
    for paragraph in paragraphs(word.tree(BODY)):
        text = text_of(paragraph).strip()
        for run in filter(is_blank, paragraph.iter(f"{W}r")):
            text = text.replace(text_of(run), "[…]", 1)
        if text:
            yield numbers.get(paragraph, 0), text


def notes(docx: bytes, name: str) -> Iterator[str]:
    """Yield the footnotes in the order in which the body calls them."""
    word = WordFile.read(docx, name)
    part = "word/footnotes.xml"
    if part not in word.parts:
        return
    known = {n.get(f"{W}id"): n for n in word.tree(part).iter(f"{W}footnote")}
    for call in word.tree(BODY).iter(f"{W}footnoteReference"):
        note = known.get(call.get(f"{W}id"))
        if note is not None:
            yield "\n".join(text_of(p).strip() for p in paragraphs(note))


def comments(docx: bytes, name: str) -> int:
    """Return how many comments the file holds."""
    word = WordFile.read(docx, name)
    part = "word/comments.xml"
    return len(list(word.tree(part).iter(f"{W}comment"))) if part in word.parts else 0
