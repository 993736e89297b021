"""A PDF that somebody hands over: whether it opens, and how many pages it has."""

import io
from collections.abc import Iterable

from nkdocs.convert.normal import saved
from nkdocs.errors import ExhibitError


def count_pages(data: bytes, name: str) -> int:
    """Return how many pages a PDF has.

    Args:
        data: the file.
        name: what messages call it.

    Raises:
        ExhibitError: it is no PDF, has a password, is damaged or has no page.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        msg = f"{name} has a password"
        raise ExhibitError(msg, hint="Save it without one and run again.") from None
    except pikepdf.PdfError:
        msg = f"{name} is not a PDF, or it is damaged"
        raise ExhibitError(msg, hint="Scan or save it again as PDF.") from None
    if not pages:
        msg = f"{name} has no pages"
        raise ExhibitError(msg, hint="Scan or save it again as PDF.")
    return pages


def unprotected(data: bytes, name: str, passwords: Iterable[str]) -> bytes:
    """Return a PDF that opens without a password: as it is, or opened with one of *passwords*.

    Args:
        data: the file.
        name: what messages call it.
        passwords: those to try, one after the other; a person may be asked for the next.

    Raises:
        ExhibitError: it has a password, and none of these opens it.
    """
    import pikepdf

    if _opens(data):
        return data
    for password in passwords:
        try:
            with pikepdf.open(io.BytesIO(data), password=password) as pdf:
                return saved(pdf)
        except pikepdf.PasswordError:
            continue
    msg = f"{name} has a password"
    hint = "Give it when asked, or with --password-file FILE; or save the scan without it."
    raise ExhibitError(msg, hint=hint)


def _opens(data: bytes) -> bool:
    """Whether a file asks for no password, be it a sound PDF or not."""
    import pikepdf

    try:
        pikepdf.open(io.BytesIO(data)).close()
    except pikepdf.PasswordError:
        return False
    except pikepdf.PdfError:
        return True
    return True
