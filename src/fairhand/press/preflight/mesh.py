"""The colours of gradients that are meshes (ISO 32000-1 sections 8.7.4.5.5 to 8.7.4.5.8)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fairhand.press.preflight.streams import read_stream
from fairhand.press.preflight.subject import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 2_000
_FREE, _LATTICE = 4, 5
_PATCHES = {6: ((12, 4), (8, 2)), 7: ((16, 4), (12, 2))}
"""By type of shading: points and colours of a new patch, and of one that shares an edge."""


def corners(shading: Any) -> Iterator[tuple[float, ...]]:
    """Yield the colours at a mesh's corners, the first of them; none of a damaged one."""
    with suppress(*DAMAGED):
        kind = int(shading["/ShadingType"])
        decode = [float(part) for part in shading["/Decode"]]
        low, high = decode[4::2], decode[5::2]
        deep = int(shading["/BitsPerComponent"])
        place = 2 * int(shading["/BitsPerCoordinate"])
        flags = 0 if kind == _LATTICE else int(shading["/BitsPerFlag"])
        bits = _Bits(read_stream(shading))
        for _ in range(_MOST):
            flag = bits.take(flags)
            points, colours = (1, 1) if kind in (_FREE, _LATTICE) else _PATCHES[kind][flag > 0]
            bits.take(points * place)
            for _ in range(colours):
                yield tuple(
                    a + bits.take(deep) / (2**deep - 1) * (b - a)
                    for a, b in zip(low, high, strict=True)
                )
            bits.align()


class _Bits:
    """A reader of numbers of so many bits; ValueError at the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> int:
        end = self._at + count
        if end > 8 * len(self._data):
            raise ValueError("no more")
        first, last = self._at // 8, -(-end // 8)
        whole = int.from_bytes(self._data[first:last], "big")
        self._at = end
        return whole >> (8 * last - end) & ((1 << count) - 1)

    def align(self) -> None:
        self._at = -(-self._at // 8) * 8
