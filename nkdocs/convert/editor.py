"""Gives a text to the user's own editor ($VISUAL, $EDITOR) and takes it back."""

import os
import shlex
import shutil
import subprocess

from nkdocs import _working
from nkdocs.errors import MissingProgramError

_USUAL = ("nano", "vim", "vi") if os.name == "posix" else ("notepad",)


def edited(text: str) -> str:
    """Return *text* as it was left in the editor; the file it stood in is gone then.

    Raises:
        MissingProgramError: there is no editor, or it ended with a fault: *text* stands.
    """
    words = _editor()
    with _working.folder() as folder:
        file = folder / "answer.txt"
        file.touch(mode=0o600)
        file.write_text(text, "utf-8")
        try:
            done = subprocess.run([*words, str(file)], check=False)  # noqa: S603 - the user's own
        except OSError:
            done = None
        if done is None or done.returncode:
            msg = f"{words[0]} ended with a fault; nothing of it is taken over"
            raise MissingProgramError(msg, hint="Set EDITOR to an editor that waits.")
        return file.read_text("utf-8", "replace").removesuffix("\n")


def _editor() -> list[str]:
    """Return the words that start the editor."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    words = shlex.split(named, posix=os.name == "posix")
    usual = next((name for name in _USUAL if shutil.which(name)), "")
    if not words and not usual:
        msg = "there is no editor"
        raise MissingProgramError(msg, hint="Name yours in EDITOR, for example: export EDITOR=nano")
    return words or [usual]
