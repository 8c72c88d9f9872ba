"""A TrueType font file of exactly the outlines that a document uses.

Tables: head, hhea, maxp, hmtx, loca, glyf, which is all that a CIDFontType2 needs (ISO
32000-1 section 9.9, OpenType 1.9). The left side bearing of every glyph equals its xMin, or
renderers shift the letters. Unit: font units.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_X_SHORT: Final = 2
_Y_SHORT: Final = 4
_X_SAME_OR_POSITIVE: Final = 16
_Y_SAME_OR_POSITIVE: Final = 32
_OVERLAP: Final = 64


_AT_ONCE: Final = 500
"""So many glyphs are encoded together: many, but not more than the processor keeps at hand."""


class Glyph(NamedTuple):
    """Points (n, 2) as integers, which are on the curve, each contour's last index, advance."""

    points: NDArray[np.int64]
    on_curve: NDArray[np.bool_]
    ends: NDArray[np.int64]
    advance: int


class Record(NamedTuple):
    """A glyph as the table glyf has it, padded to four bytes; its box, points and contours."""

    data: bytes
    box: tuple[int, int, int, int]
    points: int
    contours: int


_NOTHING: Final = Record(b"", (0, 0, 0, 0), 0, 0)


def assemble(units_per_em: int, glyphs: Sequence[Record], advances: Sequence[int]) -> bytes:
    """Return a font file whose glyph n is `glyphs[n]`, encoded already, and wide `advances[n]`.

    The first should be empty (.notdef).
    """
    count = len(glyphs)
    extent = np.array([glyph.box for glyph in glyphs])
    x_min, y_min = (int(v) for v in extent[:, :2].min(axis=0))
    x_max, y_max = (int(v) for v in extent[:, 2:].max(axis=0))
    metrics = np.empty(count, dtype=[("advance", ">u2"), ("left", ">i2")])
    metrics["advance"] = np.clip(np.array(advances), 0, 65535)
    metrics["left"] = extent[:, 0]
    offsets = np.zeros(count + 1, dtype=">u4")
    np.cumsum([len(glyph.data) for glyph in glyphs], out=offsets[1:])
    tables = {
        b"glyf": b"".join(glyph.data for glyph in glyphs),
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0b11, units_per_em,
            0, 0, x_min, y_min, x_max, y_max, 0, 8, 2, 1, 0,
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x00010000, y_max, y_min, 0, max(advances), x_min, 0, x_max,
            1, 0, 0, 0, 0, 0, 0, 0, count,
        ),
        b"hmtx": metrics.tobytes(),
        b"loca": offsets.tobytes(),
        b"maxp": struct.pack(
            ">IHHHHHHHHHHHHHH", 0x00010000, count, max(glyph.points for glyph in glyphs),
            max(glyph.contours for glyph in glyphs), 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0,
        ),
    }  # fmt: skip
    return _file(tables)


def records(glyphs: Sequence[Glyph]) -> list[Record]:
    """Encode glyphs (OpenType 1.9, glyf), many at once."""
    return [
        record
        for start in range(0, len(glyphs), _AT_ONCE)
        for record in _records(glyphs[start : start + _AT_ONCE])
    ]


def _records(glyphs: Sequence[Glyph]) -> Iterator[Record]:
    counts = np.array([len(glyph.points) for glyph in glyphs])
    last = np.cumsum(counts)
    first = last - counts
    inked = first[counts > 0]
    points = np.concatenate([glyph.points for glyph in glyphs])
    flags = np.concatenate([glyph.on_curve for glyph in glyphs]).astype(np.uint8)
    # Contours of a hand may cross themselves: fill with the non-zero rule (OpenType 1.9).
    flags[inked] |= _OVERLAP
    streams = []
    edges = []
    for axis, (short, same) in enumerate(
        ((_X_SHORT, _X_SAME_OR_POSITIVE), (_Y_SHORT, _Y_SAME_OR_POSITIVE))
    ):
        place = points[:, axis].astype(np.int32)
        if len(inked):
            edges += [np.minimum.reduceat(place, inked), np.maximum.reduceat(place, inked)]
        delta = np.diff(place, prepend=np.int32(0))
        delta[inked] = place[inked]
        size = np.abs(delta)
        moves = delta != 0
        is_short = (size < 256) & moves
        flags |= np.where(is_short, short, 0).astype(np.uint8)
        flags |= np.where((is_short & (delta > 0)) | ~moves, same, 0).astype(np.uint8)
        pairs = np.empty((len(delta), 2), dtype=np.uint8)
        pairs[:, 0] = (delta >> 8) & 0xFF
        pairs[:, 1] = np.where(is_short, size, delta & 0xFF)
        kept = np.stack([moves & ~is_short, moves], axis=1)
        at = np.concatenate(([0], np.cumsum(kept.sum(axis=1))))
        streams.append((pairs[kept].tobytes(), at[first].tolist(), at[last].tolist()))
    low_x, high_x, low_y, high_y = (iter(edge.tolist()) for edge in edges or [inked] * 4)
    flag_bytes = flags.tobytes()
    (xs, x_from, x_to), (ys, y_from, y_to) = streams
    for number, (glyph, start, end) in enumerate(
        zip(glyphs, first.tolist(), last.tolist(), strict=True)
    ):
        if start == end:
            yield _NOTHING
            continue
        box = (next(low_x), next(low_y), next(high_x), next(high_y))
        contours = len(glyph.ends)
        data = b"".join(
            (
                struct.pack(">hhhhh", contours, *box), glyph.ends.astype(">u2").tobytes(), b"\0\0",
                flag_bytes[start:end], xs[x_from[number] : x_to[number]],
                ys[y_from[number] : y_to[number]],
            )
        )  # fmt: skip
        yield Record(data + b"\0" * (-len(data) % 4), box, end - start, contours)


def _file(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(
        ">IHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16
    )
    offset = len(header) + 16 * count
    directory, body = b"", b""
    for tag, table in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag, _checksum(table), offset + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    data = header + directory + body
    adjustment = (0xB1B0AFBA - _checksum(data)) & 0xFFFFFFFF
    at = data.index(b"\x5f\x0f\x3c\xf5", len(header) + 16 * count) - 4
    return data[:at] + struct.pack(">I", adjustment) + data[at + 4 :]


def _checksum(data: bytes) -> int:
    words = np.frombuffer(data + b"\0" * (-len(data) % 4), dtype=">u4")
    return int(words.sum(dtype=np.uint64)) & 0xFFFFFFFF
