"""The header of an ICC profile (ICC.1:2010 section 7.2)."""

from __future__ import annotations

import struct
from typing import NamedTuple

_LENGTH = 128
_COMPONENTS = {"GRAY": 1, "RGB": 3, "CMYK": 4, "Lab": 3}


class Profile(NamedTuple):
    """What a profile says of itself; `whole` tells that its bytes are as many as it says.

    `tags` are the names of its tables.
    """

    major: int
    kind: str
    space: str
    whole: bool
    tags: frozenset[str] = frozenset()

    @property
    def components(self) -> int:
        """How many numbers make a colour of its space; 0 when that is not known."""
        return _COMPONENTS.get(self.space, 0)


def profile_of(data: bytes) -> Profile | None:
    """Return what a profile's header says, None when the bytes are no profile."""
    if len(data) < _LENGTH or data[36:40] != b"acsp":
        return None
    size = struct.unpack(">I", data[:4])[0]
    kind, space = (data[at : at + 4].decode("latin-1").strip() for at in (12, 16))
    count = struct.unpack(">I", data[128:132])[0] if len(data) >= _LENGTH + 4 else -1
    fits = 0 < count <= 200 and all(_inside(data, entry) for entry in range(count))
    names = frozenset(
        data[at : at + 4].decode("latin-1")
        for at in range(_LENGTH + 4, _LENGTH + 4 + 12 * count if fits else 0, 12)
    )
    return Profile(data[8], kind, space, size <= len(data) and fits, names)


def _inside(data: bytes, entry: int) -> bool:
    """Tell whether a tag of the table lies inside the profile."""
    at = _LENGTH + 4 + 12 * entry
    if len(data) < at + 12:
        return False
    offset, size = struct.unpack(">II", data[at + 4 : at + 12])
    return bool(offset + size <= len(data))
