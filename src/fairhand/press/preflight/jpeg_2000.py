"""The colours of a JPEG 2000 picture that names them itself (ISO/IEC 15444-1 annex I)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from fairhand.press.preflight.colour_space import UNKNOWN, Space
from fairhand.press.preflight.icc import profile_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENUMERATED: Final[dict[int, Space]] = {
    12: Space("CMYK", 4), 14: Space("Lab", 3), 16: Space("CalRGB", 3), 17: Space("Gray", 1),
    18: Space("CalRGB", 3), 20: Space("CalRGB", 3), 24: Space("CalRGB", 3),
}  # fmt: skip
_BARE: Final[dict[int, Space]] = {1: Space("Gray", 1), 3: Space("RGB", 3), 4: Space("CMYK", 4)}
_START = b"\xff\x4f\xff\x51"


def space_in(data: bytes) -> Space:
    """Return a picture's space; that of so many plates where it says nothing."""
    for kind, body in _boxes(data):
        if kind != b"jp2h":
            continue
        for inner, colour in _boxes(body):
            if inner == b"colr" and len(colour) >= 3:
                if colour[0] == 1 and len(colour) >= 7:
                    return _ENUMERATED.get(struct.unpack(">I", colour[3:7])[0], UNKNOWN)
                profile = profile_of(colour[3:])
                if profile is not None:
                    model = {"GRAY": "Gray"}.get(profile.space, profile.space)
                    return Space("ICC", profile.components, model=model, profile=colour[3:])
    at = data.find(_START)
    if at >= 0 and len(data) >= at + 42:
        return _BARE.get(struct.unpack(">H", data[at + 40 : at + 42])[0], UNKNOWN)
    return UNKNOWN


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        head = 8
        if size == 1 and at + 16 <= len(data):
            size, head = struct.unpack(">Q", data[at + 8 : at + 16])[0], 16
        if size == 0:
            size = len(data) - at
        if size < head:
            return
        yield kind, data[at + head : at + size]
        at += size
