"""The golden texts: what every paper of every fictional case says, kept in tests/golden.

    python -m tests.golden [CASE…]

writes them anew, all or those of the named cases; a reader of the change sees which sentences of
which papers it touches. One line is one paragraph, its style before the first bar, with the number
that Word prints before it:

    Numbered Paragraph 12| In or about March 2006 three men came.

`[row]` opens a row of a table, `[cell]` its next cell; headers and footers stand last.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nkdocs.documents.edited import torn_off
from nkdocs.documents.wordfile import BODY, W, WordFile, paragraph_numbers, text_of
from nkdocs.packet.desk import Desk
from tests.packet import shipped

FOLDER = Path(__file__).with_suffix("")
COMMAND = "python -m tests.golden"


def told(docx: bytes) -> str:
    """Return the plain text of a Word file."""
    word = WordFile.read(docx, "the paper")
    styles = dict(_styles(word))
    numbers = paragraph_numbers(word)
    lines: list[str] = []
    for part in word.story_parts():
        root = word.tree(part)
        if part != BODY:
            lines += ["", f"[{Path(part).stem.rstrip('0123456789')}]"]
        lines += _lines(root.find(f"{W}body") if part == BODY else root, styles, numbers)
    return "\n".join(lines) + "\n"


def _styles(word: WordFile) -> Iterator[tuple[str, str]]:
    for style in word.tree("word/styles.xml").iter(f"{W}style"):
        yield style.get(f"{W}styleId", ""), style.find(f"{W}name").get(f"{W}val", "")


def _lines(root: Any, styles: dict[str, str], numbers: dict[Any, int]) -> Iterator[str]:  # noqa: ANN401 - lxml elements
    """Yield the lines of what stands in *root*, tables row by row; empty paragraphs are none."""
    for element in root:
        if element.tag == f"{W}p" and (text := text_of(element).strip()):
            own = element.find(f"{W}pPr/{W}pStyle")
            style = styles[own.get(f"{W}val")] if own is not None else "Normal"
            number = f" {numbers[element]}" if element in numbers else ""
            yield f"{style}{number}| " + text.replace("\t", "<tab>").replace("\n", "<line>")
        elif element.tag == f"{W}tbl":
            for row in element.iter(f"{W}tr"):
                for at, cell in enumerate(row.iter(f"{W}tc")):
                    yield "[cell]" if at else "[row]"
                    yield from _lines(cell, styles, numbers)
            yield "[end]"


def texts(desk: Desk) -> dict[str, str]:
    """Return the text of every paper of a case, by the name of its file here.

    What a draft's tear-off page says is left out: it changes with every check.
    """
    found = {}
    for name, data in sorted(shipped.drafts(desk).items()):
        word = name.endswith(".docx")
        text = told(torn_off(data, name)) if word else data.decode("utf-8")
        found[f"{name.removesuffix('.docx')}.txt" if word else f"{name}.txt"] = text
    return found


def kept(case: str) -> dict[str, str]:
    """Return the golden texts of a case."""
    return {file.name: file.read_text("utf-8") for file in sorted((FOLDER / case).glob("*.txt"))}


def main() -> None:
    """Write the golden texts of the named cases anew, or of all."""
    named = [name for name in shipped.CASES if name in sys.argv[1:]]
    for gone in [FOLDER / name for name in named] or [FOLDER]:
        shutil.rmtree(gone, ignore_errors=True)
    for case in named or shipped.CASES:
        with tempfile.TemporaryDirectory() as folder:
            made = texts(shipped.laid(case, Path(folder)))
        (FOLDER / case).mkdir(parents=True)
        for name, text in made.items():
            (FOLDER / case / name).write_text(text, "utf-8", newline="\n")
        sys.stdout.write(f"{case}: {len(made)} papers\n")


if __name__ == "__main__":
    main()
