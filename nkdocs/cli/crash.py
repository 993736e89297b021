"""What is told when nkdocs itself fails: kind and place; what may quote answers only on request.

What the libraries below would print by themselves is kept quiet too: it can hold a client's words.
"""

import logging
import platform
import sys
import traceback
import warnings
from pathlib import PurePath

REVEALS = (
    "--debug: if nkdocs fails it also shows the text of the error, the lines of code around it and "
    "what libraries say. Those can quote answers, names and file names: read them before you send "
    "them to anybody."
)
_LINE = "-- from here on it may quote the client's file; read it before you send it --"


def keep_quiet() -> None:
    """Let no library write to the terminal, and the system write no image of the memory."""
    if not logging.getLogger().handlers:  # else Python prints warnings by itself
        logging.getLogger().addHandler(logging.NullHandler())
    warnings.showwarning = lambda *_args, **_more: None
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def report(error: BaseException, *, debug: bool = False) -> str:
    """Return the kind and place of *error* and the versions; never its text or any value.

    The text of an exception may quote an answer: it is left out, unless *debug* asks for it.
    """
    frames = traceback.extract_tb(error.__traceback__)
    head = [
        f"nkdocs: this is a defect in nkdocs ({type(error).__name__}); please report these lines:",
        f"  nkdocs {number()}, Python {platform.python_version()}, {platform.system()}",
        *(f"  {f.name} ({_place(f.filename)}:{f.lineno})" for f in frames),
    ]
    if not debug:
        return "\n".join([*head, "They hold no answer. For more, for yourself: nkdocs --debug …"])
    return "\n".join([*head, _LINE, "".join(traceback.format_exception(error)).rstrip()])


def _place(file: str) -> str:
    """Return where a source file is without the folders above it, which name people."""
    parts = PurePath(file).parts
    for root in ("site-packages", "nkdocs"):
        if root in parts[:-1]:
            at = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[at + (root == "site-packages") :])
    return parts[-1] if parts else file


def number() -> str:
    """Return the version of nkdocs."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("nkdocs")
    except PackageNotFoundError:
        return "(not installed)"
