"""A PDF that somebody hands over: whether it opens, and how many pages it has."""

import io

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
