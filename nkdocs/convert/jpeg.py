"""A JPEG without what people do not see: EXIF, places, thumbnails, comments, trailing films."""

from collections.abc import Iterator

from nkdocs.errors import ExhibitError

# Markers of ITU-T T.81, table B.1.
_BARE = {0x01, 0xD8, *range(0xD0, 0xD8)}  # without a length
_END, _SCAN, _APP0, _APP14, _APP15, _COMMENT = 0xD9, 0xDA, 0xE0, 0xEE, 0xEF, 0xFE
_IN_A_SCAN = {0x00, 0xFF, *range(0xD0, 0xD8)}  # stuffing, fill and restarts: no segment begins


def stripped(data: bytes, *, whole: bool = True) -> bytes:
    """Return the same picture, not re-encoded, with only the segments that draw it.

    Of the application segments only Adobe's APP14 stays, as it decides how colours are read.
    EXIF and XMP (APP1: the place and time of the photo, the telephone), ICC profiles (APP2: they
    can name the device), Photoshop's (APP13), comments, and everything after the end of the first
    picture (thumbnails, depth maps, the film of a "live" photo) go.

    Raises:
        ExhibitError: this is not a JPEG, or it is *whole* no longer.
    """
    out, last = bytearray(b"\xff\xd8"), 0
    for last, segment in _segments(data):
        hidden = _APP0 <= last <= _APP15 and last != _APP14
        if not hidden and last != _COMMENT:
            out += segment
    if whole and last != _END:
        msg = "the JPEG picture is cut off"
        raise ExhibitError(msg, hint="Take or scan it again.")
    return bytes(out)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give each segment after the start of the picture with its marker, a scan with its data."""
    if data[:2] != b"\xff\xd8":
        msg = "this is not a JPEG picture"
        raise ExhibitError(msg)
    at = 2
    while 0 <= (at := data.find(b"\xff", at)) < len(data) - 1:
        marker = data[at + 1]
        if marker == _END:
            yield marker, b"\xff\xd9"
            return
        if marker in _IN_A_SCAN or marker in _BARE:
            at += 1 if marker == 0xFF else 2  # noqa: PLR2004 - fill bytes overlap
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == _SCAN:
            end = _end_of_scan(data, end)
        yield marker, data[at:end]
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the coded data that begin at *at* end: at the next segment."""
    while 0 <= (at := data.find(b"\xff", at)) < len(data) - 1:
        if data[at + 1] not in _IN_A_SCAN:
            return at
        at += 1 if data[at + 1] == 0xFF else 2  # noqa: PLR2004 - fill bytes overlap
    return len(data)
