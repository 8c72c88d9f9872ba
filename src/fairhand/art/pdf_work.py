"""How much a page of a PDF makes its reader do, so that no file keeps anybody waiting for ever.

A few thousand bytes may unpack to gigabytes, or show a form ten times that shows a form ten
times (ISO 32000-1 sections 7.4.4 and 8.10.1).
"""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_WORK = 30_000_000
"""Bytes of drawing operators, those of a form as often as it is shown: some ten times what a
drawing for a card has that took its maker a week."""

_SHOWN = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)[\x00\t\n\f\r ]+Do\b")
_DEEPEST = 40
_LARGEST_ODD = 300_000
"""Bytes that may be packed in ways of old (LZW), which cannot be unpacked by and by."""


class TooMuchError(Exception):
    """What a page draws is more than `MOST_WORK`."""


def work(page: pikepdf.Page) -> int:
    """Return the bytes of operators that a page draws with; TooMuchError over `MOST_WORK`."""
    contents = page.obj.get("/Contents")
    streams = contents.as_list() if isinstance(contents, pikepdf.Array) else [contents]
    return _work(streams, page.resources, {}, 0)


def _work(streams: Iterable[Any], resources: Any, known: dict[Any, int], depth: int) -> int:
    if depth > _DEEPEST:
        raise TooMuchError
    drawn = b"\n".join(_unpacked(one) for one in streams if isinstance(one, pikepdf.Stream))
    total = len(drawn)
    forms = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(forms, pikepdf.Dictionary):
        return total
    times: dict[str, int] = {}
    for found in _SHOWN.finditer(drawn):
        name = "/" + found[1].decode("latin-1")
        times[name] = times.get(name, 0) + 1
    for name, count in times.items():
        form = forms.get(name)
        if not isinstance(form, pikepdf.Stream) or form.get("/Subtype") != "/Form":
            continue
        key = form.objgen
        if key not in known:
            # A form within itself is shown by no reader, so it counts for nothing there.
            known[key] = 0
            known[key] = _work([form], form.get("/Resources", resources), known, depth + 1)
        total += count * known[key]
        if total > MOST_WORK:
            raise TooMuchError
    return total


def _unpacked(stream: pikepdf.Stream) -> bytes:
    """Return a stream's bytes, never many more than `MOST_WORK`; TooMuchError beyond."""
    filters = stream.get("/Filter")
    names = filters.as_list() if isinstance(filters, pikepdf.Array) else [filters]
    data = stream.read_raw_bytes()
    for name in map(str, names) if filters is not None else ():
        if name in ("/FlateDecode", "/Fl"):
            data = _inflated(data)
        elif name in ("/ASCII85Decode", "/A85"):
            data = a85decode(data.strip().removesuffix(b"~>"))
        elif len(data) <= _LARGEST_ODD:
            return stream.read_bytes()
        else:
            raise TooMuchError
    if len(data) > MOST_WORK:
        raise TooMuchError
    return data


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, MOST_WORK + 1)
    except zlib.error:
        return b""
