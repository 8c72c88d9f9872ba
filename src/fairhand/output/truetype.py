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
    from collections.abc import Sequence

    from numpy.typing import NDArray

_X_SHORT: Final = 2
_Y_SHORT: Final = 4
_X_SAME_OR_POSITIVE: Final = 16
_Y_SAME_OR_POSITIVE: Final = 32
_OVERLAP: Final = 64


class Glyph(NamedTuple):
    """Points (n, 2) as integers, which are on the curve, each contour's last index, advance."""

    points: NDArray[np.int64]
    on_curve: NDArray[np.bool_]
    ends: NDArray[np.int64]
    advance: int


def build_font(units_per_em: int, glyphs: Sequence[Glyph]) -> bytes:
    """Return a font file whose glyph n is `glyphs[n]`; the first should be empty (.notdef)."""
    records, boxes = _records(glyphs)
    offsets = np.concatenate(([0], np.cumsum([len(record) for record in records])))
    metrics = b"".join(
        struct.pack(">Hh", max(0, min(65535, glyph.advance)), box[0])
        for glyph, box in zip(glyphs, boxes, strict=True)
    )
    extent = np.array(boxes)
    x_min, y_min = (int(v) for v in extent[:, :2].min(axis=0))
    x_max, y_max = (int(v) for v in extent[:, 2:].max(axis=0))
    widest = max(glyph.advance for glyph in glyphs)
    most_points = max(len(glyph.points) for glyph in glyphs)
    most_contours = max(len(glyph.ends) for glyph in glyphs)
    count = len(glyphs)
    tables = {
        b"glyf": b"".join(records),
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0b11, units_per_em,
            0, 0, x_min, y_min, x_max, y_max, 0, 8, 2, 1, 0,
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x00010000, y_max, y_min, 0, widest, x_min, 0, x_max,
            1, 0, 0, 0, 0, 0, 0, 0, count,
        ),
        b"hmtx": metrics,
        b"loca": offsets.astype(">u4").tobytes(),
        b"maxp": struct.pack(
            ">IHHHHHHHHHHHHHH", 0x00010000, count, most_points, most_contours, 0, 0, 1,
            0, 0, 0, 0, 0, 0, 0, 0,
        ),
    }  # fmt: skip
    return _file(tables)


def _records(
    glyphs: Sequence[Glyph],
) -> tuple[list[bytes], list[tuple[int, int, int, int]]]:
    """Return each glyph's record, padded to four bytes, and its box; all encoded at once."""
    counts = np.array([len(glyph.points) for glyph in glyphs])
    last = np.cumsum(counts)
    first = last - counts
    points = np.concatenate([glyph.points for glyph in glyphs])
    flags = np.concatenate([glyph.on_curve for glyph in glyphs]).astype(np.uint8)
    inked = counts > 0
    deltas = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=points.dtype))
    deltas[first[inked]] = points[first[inked]]
    # Contours of a hand may cross themselves: fill with the non-zero rule (OpenType 1.9).
    flags[first[inked]] |= _OVERLAP
    streams = []
    for axis, (short, same) in enumerate(
        ((_X_SHORT, _X_SAME_OR_POSITIVE), (_Y_SHORT, _Y_SAME_OR_POSITIVE))
    ):
        delta = deltas[:, axis]
        size = np.abs(delta)
        is_short = (size < 256) & (delta != 0)
        flags |= np.where(is_short, short, 0).astype(np.uint8)
        flags |= np.where((is_short & (delta > 0)) | (delta == 0), same, 0).astype(np.uint8)
        high = ((delta >> 8) & 0xFF).astype(np.uint8)
        low = np.where(is_short, size, delta & 0xFF).astype(np.uint8)
        pairs = np.stack([high, low], axis=1).reshape(-1)
        kept = np.stack([(delta != 0) & ~is_short, delta != 0], axis=1)
        at = np.concatenate(([0], np.cumsum(kept.sum(axis=1))))
        streams.append((pairs[kept.reshape(-1)].tobytes(), at))
    flag_bytes = flags.tobytes()
    records: list[bytes] = []
    boxes: list[tuple[int, int, int, int]] = []
    for glyph, start, end in zip(glyphs, first.tolist(), last.tolist(), strict=True):
        if start == end:
            records.append(b"")
            boxes.append((0, 0, 0, 0))
            continue
        box = (*glyph.points.min(axis=0).tolist(), *glyph.points.max(axis=0).tolist())
        record = (
            struct.pack(">hhhhh", len(glyph.ends), *box)
            + glyph.ends.astype(">u2").tobytes()
            + b"\0\0"
            + flag_bytes[start:end]
            + b"".join(data[at[start] : at[end]] for data, at in streams)
        )
        records.append(record + b"\0" * (-len(record) % 4))
        boxes.append(box)
    return records, boxes


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
