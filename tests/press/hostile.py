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
