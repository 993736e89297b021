"""The command line: the only place that prints, ends the program and reads the clock."""

import gc
import os
import sys

__all__ = ["main"]
_WIDE = 80  # columns of the ready page
#: Objects made before the next look for circles: more than the making of one letter leaves, all
#: that it loads counted. To look as often as Python does by itself takes a tenth of its time, and
#: finds nothing: what is loaded stays. A bundle of 3,000 pages takes the same memory either way; a
#: batch sets what suits it (`batch.desks`).
_SELDOM = 200_000


def main() -> int:
    """Run the command line; turn every error into a message and an exit code."""
    if page := _ready_page(sys.argv):
        sys.stdout.write(page)
        return 0
    gc.set_threshold(_SELDOM)
    # Another package must not be shown what is checked; and nobody has to look for such packages.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    from nkdocs.cli.start import main as run

    return run()


def _ready_page(words: list[str]) -> str:
    """Return what `nkdocs --help` says; nothing where it must be made for these *words*.

    The page is kept ready since Typer alone takes three times as long to import as all else that
    is wanted here; `python -m tests.doc_pages` writes it anew.
    """
    if words[1:] != ["--help"] or os.path.basename(words[0]) != "nkdocs" or os.name == "nt":  # noqa: PTH119 - light
        return ""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(1).columns)
    except ValueError:
        return ""
    except OSError:
        columns = _WIDE
    with open(os.path.join(os.path.dirname(__file__), "help.txt"), encoding="utf-8") as page:  # noqa: PTH118, PTH120, PTH123 - light
        return page.read() if columns >= _WIDE else ""
