"""Streams unpacked within bounds: a small file may unpack to more than a machine can hold."""

from __future__ import annotations

import base64
import logging
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 60_000_000
"""Streams that unpack to more bytes are not looked at."""

_LARGEST_LZW = 2_000_000
_DEEPEST_NESTING = 100
_MOST_IN_A_DAMAGED_ARRAY = 200_000


@contextmanager
def bounded() -> Iterator[None]:
    """Hold qpdf to bounds of memory while a file of unknown origin is read.

    The bounds are the process's; they are what they were again afterwards.
    """
    # What qpdf has to say of a damaged file is told as findings.
    log = logging.getLogger("pikepdf")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with _limited():
            yield
    finally:
        log.setLevel(level)


@contextmanager
def _limited() -> Iterator[None]:
    # Its own types name each limit apart; what it returns is all of them at once.
    previous: dict[str, Any] = pikepdf.settings.set_qpdf_limits(
        flate_max_memory=LARGEST, run_length_max_memory=LARGEST, png_max_memory=LARGEST,
        tiff_max_memory=LARGEST, dct_max_memory=LARGEST, parser_max_nesting=_DEEPEST_NESTING,
        parser_max_container_size_damaged=_MOST_IN_A_DAMAGED_ARRAY, max_stream_filters=6,
        doc_max_warnings=2_000,
    )  # fmt: skip
    try:
        yield
    finally:
        pikepdf.settings.set_qpdf_limits(**previous)


def filters_of(stream: Any) -> list[str]:
    """Return the names of a stream's filters, "/FlateDecode", in the order of decoding."""
    value = stream.get("/Filter")
    if value is None:
        return []
    return [str(part) for part in value] if isinstance(value, pikepdf.Array) else [str(value)]


def read_stream(stream: Any, most: int = LARGEST) -> bytes:
    """Return a stream's decoded bytes; ValueError when they would be more than `most`."""
    raw = bytes(stream.get_raw_stream_buffer())
    filters = filters_of(stream)
    if len(raw) > most:
        raise ValueError("the stream is too large")
    if filters[:1] == ["/FlateDecode"] and len(raw) * 1032 > most:
        unpacked = zlib.decompressobj()
        if len(unpacked.decompress(raw, most + 1)) > most:
            raise ValueError("the stream is too large")
    if {"/LZWDecode", "/LZW"} & set(filters):
        packed = _lzw_data(raw, filters)
        if len(packed) > _LARGEST_LZW or _lzw_length(packed, most) > most:
            raise ValueError("the stream is too large")
    if {"/RunLengthDecode", "/RL"} & set(filters):
        return bytes(stream.read_bytes(decode_level=pikepdf.StreamDecodeLevel.specialized))
    return bytes(stream.read_bytes())


def _lzw_data(raw: bytes, filters: list[str]) -> bytes:
    """Return what a stream's LZW filter is given; ValueError where that is hidden too deep."""
    match filters:
        case ["/LZWDecode" | "/LZW", *_]:
            return raw
        case ["/ASCII85Decode" | "/A85", "/LZWDecode" | "/LZW", *_]:
            return base64.a85decode(raw.strip().removesuffix(b"~>"))
        case ["/ASCIIHexDecode" | "/AHx", "/LZWDecode" | "/LZW", *_]:
            return bytes.fromhex(raw.decode("ascii").strip().removesuffix(">"))
    raise ValueError("the stream is too large to be looked at")


def _lzw_length(packed: bytes, most: int) -> int:
    """Return how many bytes LZW unpacks to, counted no further than `most` (7.4.4)."""
    bits = held = total = previous = 0
    width = 9
    lengths = [1] * 256 + [0, 0]
    for byte in packed:
        bits, held = (bits << 8 | byte) & 0xFFFFFF, held + 8
        if held < width:
            continue
        held -= width
        code = bits >> held & ((1 << width) - 1)
        if code == 257:
            break
        if code == 256:
            lengths, width, previous = lengths[:258], 9, 0
            continue
        length = lengths[code] if code < len(lengths) else previous + 1
        total += length
        if total > most:
            break
        if previous and len(lengths) < 4096:
            lengths.append(previous + 1)
        previous = length
        width = min(max((len(lengths) + 1).bit_length(), 9), 12)
    return total
