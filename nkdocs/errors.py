"""Every error that is shown to the user without a traceback.

The tree, with the exit code of each (a promise to scripts: add, never renumber)::

    NkdocsError
    ├── UsageError            2   the command was given something it cannot work with
    ├── MissingProgramError   3   LibreOffice is needed and not there
    ├── AnswersError          4   answers missing, broken, invalid or incomplete
    ├── FileBusyError         5   a file is locked, exists, or its folder cannot be written
    ├── ChecksFailedError     6   a finding of severity ERROR counts at the state asked for
    ├── ConversionError       7   the converter failed
    ├── ExhibitError          8   an exhibit is encrypted or unreadable
    ├── TemplateError         9   a template is wrong
    └── BatchError           10   part of a batch failed; each case's own code is in its report

0 is success, 1 a defect of nkdocs, 130 an interruption.
"""

from collections.abc import Sequence
from typing import ClassVar


class NkdocsError(Exception):
    """Base of every error shown to the user without a traceback; raise a subclass.

    Messages start in lower case and name the thing and the place, never the text of an answer.
    """

    exit_code: ClassVar[int]

    def __init__(self, message: str, *, hint: str = "", faults: Sequence[object] = ()) -> None:
        """Say what is wrong in *message*, what to do in *hint*; *faults* are printed one a line."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.faults = tuple(faults)


class UsageError(NkdocsError):
    """The command was given something it cannot work with."""

    exit_code = 2


class MissingProgramError(NkdocsError):
    """A program that the work needs is not installed."""

    exit_code = 3


class AnswersError(NkdocsError):
    """The answers are missing, broken, invalid or incomplete."""

    exit_code = 4


class FileBusyError(NkdocsError):
    """A file is locked, exists and must not be replaced, or cannot be written."""

    exit_code = 5


class ChecksFailedError(NkdocsError):
    """A finding of severity ERROR counts at the state asked for."""

    exit_code = 6


class ConversionError(NkdocsError):
    """A document could not be converted to PDF."""

    exit_code = 7


class ExhibitError(NkdocsError):
    """An exhibit is encrypted, damaged or unreadable."""

    exit_code = 8


class TemplateError(NkdocsError):
    """A template is wrong."""

    exit_code = 9


class BatchError(NkdocsError):
    """Some cases of a batch failed; the others are done."""

    exit_code = 10
