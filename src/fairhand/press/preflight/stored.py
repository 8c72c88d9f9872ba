"""The parts of a file as they are stored: what cannot be unpacked, and pictures cut short."""

from __future__ import annotations

import re
import struct
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pikepdf

from fairhand.press.preflight.colour_space import UNKNOWN, space_of
from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.streams import LARGEST, filters_of, read_stream
from fairhand.press.preflight.subject import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.subject import Subject, Thing

_AGAIN = "Export or download the file again; this copy is damaged."
_HARMLESS = "xref entry for the xref stream itself is missing"
"""Files with tables of both kinds may leave it out: no reader looks for it (7.5.8.4)."""

_OBJECT = re.compile(r"object \d+ \d+")
_PICTURES = {"/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode", "/CCF", "/Crypt"}
_DEPTHS = (1, 2, 4, 8, 16)
_JPEG = {"/DCTDecode", "/DCT"}
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def check_reading(subject: Subject) -> Iterator[Finding]:
    """Yield parts of the file that are damaged, though a lenient reader may get over them."""
    for place in subject.things:
        entry = place.entry
        if not isinstance(entry, pikepdf.Stream):
            continue
        try:
            filters = set(filters_of(entry))
            if filters & _JPEG:
                with suppress(*DAMAGED):
                    yield from _jpeg(place)
            elif not filters & _PICTURES:
                if _size_stated(entry) > LARGEST:
                    # Flate makes no more of a byte than this (RFC 1951).
                    length = len(bytes(entry.get_raw_stream_buffer())) * 1032
                else:
                    length = len(read_stream(entry))
                with suppress(*DAMAGED):
                    yield from _samples(place, length)
        except (*DAMAGED, zlib.error) as error:
            message = "A part of the file cannot be unpacked."
            if "too large" in str(error) or "limit exceeded" in str(error):
                message = "A part of the file unpacks to more than 60 MB."
            yield Finding("stream-damaged", "error", message, _AGAIN, place.page,
                          place.name)  # fmt: skip
    with suppress(*DAMAGED):
        told = [str(warning) for warning in subject.document.get_warnings()]
        for warning in [text for text in told if _HARMLESS not in text][:3]:
            yield _warned(subject, warning)


def _warned(subject: Subject, warning: str) -> Finding:
    """Return qpdf's warning as a finding; it puts Letter where a page has no MediaBox."""
    text = warning.rsplit(":", 1)[-1].strip()
    if "MediaBox is undefined" in text:
        named = _OBJECT.search(warning)
        thing = named[0] if named else ""
        number = next((page.number for page in subject.pages if page.thing == thing), 0)
        return Finding(
            "media-box-missing", "error", "The page does not say how large its paper is (no right "
            "MediaBox).", "Export it again with a MediaBox.", number, thing,
        )  # fmt: skip
    return Finding("file-damaged", "error", f"The file is damaged ({text[:120]}).", _AGAIN)


def _picture(message: str, place: Thing) -> Finding:
    return Finding("picture-damaged", "error", message, "Put the picture in again, and export.",
                   place.page, place.name)  # fmt: skip


def _size_stated(stream: Any) -> float:
    """Return how many bytes a picture unpacks to by its own words, 0 for other streams.

    Large pictures are no damage; they are not unpacked.
    """
    with suppress(*DAMAGED):
        if str(stream.get("/Subtype", "")) == "/Image":
            count = 1 if stream.get("/ImageMask", False) else (
                space_of(stream.get("/ColorSpace"), None).count or 4
            )  # fmt: skip
            bits = int(stream.get("/BitsPerComponent", 8))
            return int(stream["/Width"]) * int(stream["/Height"]) * count * bits / 8
    return 0


def _samples(place: Thing, length: int) -> Iterator[Finding]:
    """Yield a picture that has fewer bytes than its size asks for (8.9.5.2)."""
    picture = place.entry
    if str(picture.get("/Subtype", "")) != "/Image":
        return
    width, height = int(picture["/Width"]), int(picture["/Height"])
    if picture.get("/ImageMask", False):
        count, bits = 1, 1
    else:
        if "/ColorSpace" not in picture:
            yield _picture("A picture does not say what its colours are (ColorSpace).", place)
        count = space_of(picture.get("/ColorSpace"), None).count
        bits = int(picture.get("/BitsPerComponent", 8))
        if bits not in _DEPTHS:
            yield _picture(
                f"A picture has {bits} bits for each colour, which none can have.", place
            )
    mask = picture.get("/SMask")
    if mask is not None and str(mask.get("/ColorSpace", "")) != "/DeviceGray":
        yield _picture("A picture's soft mask is not grey.", place)
    if length < -(-width * count * bits // 8) * height:
        yield _picture(f"A picture of {width} x {height} pixels is cut short: some of its data is "
                       "missing.", place)  # fmt: skip


def _jpeg(place: Thing) -> Iterator[Finding]:
    """Yield a JPEG picture that is cut short, or has other colours than the file says."""
    picture = place.entry
    if len(filters_of(picture)) > 1:
        return
    data = bytes(picture.get_raw_stream_buffer())
    if data.rfind(b"\xff\xd9") < 0:
        yield _picture("A picture (JPEG) is cut short.", place)
        return
    count = _jpeg_colours(data)
    space = space_of(picture.get("/ColorSpace"), None)
    if space is not UNKNOWN and count and space.count and count != space.count:
        yield _picture(f"A picture (JPEG) has {count} colours, but the file says {space.count}.",
                       place)  # fmt: skip


def _jpeg_colours(data: bytes) -> int:
    """Return how many components a JPEG has (ISO/IEC 10918-1 B.2.2); 0 when that is not found."""
    at = 2
    while at + 10 <= len(data) and data[at] == 0xFF:
        if data[at + 1] == 0xFF:
            at += 1
            continue
        if data[at + 1] in _FRAMES:
            return data[at + 9]
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return 0
