"""Files that are hardly files: bombs, circles, damage, and things without end."""

from __future__ import annotations

import io
import re
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from spoilers import page, saved


def bombed(data: bytes) -> bytes:
    """Return a file with a content stream that unpacks to 200 MB."""
    with pikepdf.open(io.BytesIO(data)) as document:
        packed = zlib.compress(b"0 0 m " * 34_000_000, 9)
        page(document).Contents = Stream(document, packed, Filter=Name.FlateDecode)
        return saved(document)


def nested(data: bytes, deep: int = 40, wide: int = 10) -> bytes:
    """Return a file in which forms show forms, ten each, forty deep."""
    with pikepdf.open(io.BytesIO(data)) as document:
        inner = document.make_stream(
            b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
        )
        for _ in range(deep):
            inner = document.make_stream(
                b"/X Do " * wide,
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array([0, 0, 9, 9]),
                Resources=Dictionary(XObject=Dictionary(X=inner)),
            )
        page(document).Resources.XObject = Dictionary(X=inner)
        page(document).Contents = document.make_stream(b"/X Do")
        return saved(document)


def circular(data: bytes) -> bytes:
    """Return a file in which a form shows itself."""
    with pikepdf.open(io.BytesIO(data)) as document:
        form = document.make_stream(
            b"/X Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
        )
        form.Resources = Dictionary(XObject=Dictionary(X=form))
        page(document).Resources.XObject = Dictionary(X=form)
        page(document).Contents = document.make_stream(b"/X Do")
        return saved(document)


def encrypted(data: bytes, user: str) -> bytes:
    """Return a file that is encrypted; without a user's password it still opens."""
    with pikepdf.open(io.BytesIO(data)) as document:
        buffer = io.BytesIO()
        document.save(buffer, encryption=pikepdf.Encryption(owner="owner", user=user, R=6))
    return buffer.getvalue()


def without_id(data: bytes) -> bytes:
    """Return a file without an identifier in its trailer."""
    return re.sub(rb"/ID ?\[ ?<[^\]]*\]", lambda match: b" " * len(match[0]), data)


def of_version(data: bytes, version: bytes) -> bytes:
    """Return a file that says it is of another version."""
    return b"%PDF-" + version + data[8:]


def many_pages(data: bytes, count: int) -> bytes:
    """Return a file with many pages like the first, each with content of its own."""
    with pikepdf.open(io.BytesIO(data)) as document:
        first = document.pages[0]
        content = first.Contents.read_bytes()
        while len(document.pages) < count:
            document.pages.append(first)
            shape = b"\n0 0 0 1 k %d 100 20 20 re f" % (100 + len(document.pages) % 50)
            document.pages[-1].obj.Contents = document.make_stream(content + shape)
        return saved(document)


def packed_twice(data: bytes) -> bytes:
    """Return a file whose content unpacks to 300 MB, by two filters in a list."""
    with pikepdf.open(io.BytesIO(data)) as document:
        packed = zlib.compress(zlib.compress(b"0 0 m " * 50_000_000, 9), 9)
        filters = Array([Name.FlateDecode, Name.FlateDecode])
        page(document).Contents = Stream(document, packed, Filter=filters)
        return saved(document)


def run_lengths(data: bytes) -> bytes:
    """Return a file whose content unpacks to 90 MB of one byte, by runs."""
    with pikepdf.open(io.BytesIO(data)) as document:
        runs = b"\x81\n" * 700_000
        page(document).Contents = Stream(document, runs, Filter=Name.RunLengthDecode)
        return saved(document)


def one_part_many_times(data: bytes) -> bytes:
    """Return a file whose page shows one content of 50 MB a hundred times."""
    with pikepdf.open(io.BytesIO(data)) as document:
        packed = zlib.compress(b"0 0 m\n" * 8_000_000, 9)
        part = document.make_indirect(Stream(document, packed, Filter=Name.FlateDecode))
        page(document).Contents = Array([part] * 100)
        return saved(document)


def operators(data: bytes, count: int = 3_000_000) -> bytes:
    """Return a file whose page has so many operators."""
    with pikepdf.open(io.BytesIO(data)) as document:
        page(document).Contents = document.make_stream(b"n\n" * count)
        return saved(document)


def tree_that_bites_its_tail(data: bytes) -> bytes:
    """Return a file whose tree of pages holds itself."""
    with pikepdf.open(io.BytesIO(data)) as document:
        document.Root.Pages.Kids.append(document.Root.Pages)
        return saved(document)


def without_pages(data: bytes) -> bytes:
    """Return a file of no page."""
    with pikepdf.open(io.BytesIO(data)) as document:
        del document.pages[:]
        return saved(document)


def boxes_of(data: bytes, numbers: bytes) -> bytes:
    """Return a file whose boxes have such numbers."""
    return re.sub(rb"/(Media|Trim|Bleed)Box \[[^\]]*\]", rb"/\1Box [" + numbers + b"]", data)


def brackets(data: bytes, count: int = 100_000) -> bytes:
    """Return a file with arrays in arrays, so deep, in the document information."""
    deep = b"[" * count + b"]" * count
    return data.replace(b"/Trapped /False", b"/Trapped " + deep)


def notes(data: bytes, count: int = 5_000) -> bytes:
    """Return a file with so many links beside the card, and one on it at the end."""
    with pikepdf.open(io.BytesIO(data)) as document:
        entries = [
            document.make_indirect(
                Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(place))
            )
            for place in [[0, 0, 1, 1]] * count + [[100, 100, 200, 200]]
        ]
        page(document).Annots = Array(entries)
        return saved(document)
