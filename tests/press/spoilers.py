"""What spoils a good file: the tools with which files of one fault are made."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

ROOT = Path(__file__).parents[2]
NOTE = ROOT / "samples" / "after-rejection" / "note.md"

Make = Callable[[pikepdf.Pdf], Any]
Spoil = Callable[[pikepdf.Pdf], None]


def good(card: str = "a2") -> bytes:
    """Return a press file of a sample note, as fairhand makes it."""
    from fairhand.job import make, read
    from fairhand.job.press import press_pdf
    from fairhand.stationery.condition import condition

    made = make(read(NOTE, card=card))
    return press_pdf(made, "card", condition("auto", "iso"))


def saved(document: pikepdf.Pdf, **options: Any) -> bytes:
    """Return a document's bytes, its metadata left as it is."""
    buffer = io.BytesIO()
    settings = {
        "fix_metadata_version": False,
        "deterministic_id": True,
        "object_stream_mode": pikepdf.ObjectStreamMode.disable,
        "compress_streams": False,
        "stream_decode_level": pikepdf.StreamDecodeLevel.none,
    }
    document.save(buffer, **{**settings, **options})
    return buffer.getvalue()


def spoilt(data: bytes, spoil: Spoil) -> bytes:
    """Return a good file with one fault."""
    with pikepdf.open(io.BytesIO(data)) as document:
        spoil(document)
        return saved(document)


def page(document: pikepdf.Pdf) -> Any:
    """Return the first page's dictionary."""
    return document.pages[0].obj


def more(operators: str, **resources: dict[str, Any]) -> Spoil:
    """Return what adds operators to the first page, and the resources they name."""

    def spoil(document: pikepdf.Pdf) -> None:
        first = document.pages[0]
        own = first.obj.Resources
        for kind, entries in resources.items():
            known = dict(own.get(f"/{kind}", Dictionary()).items())
            made = {
                f"/{key}": value(document) if callable(value) else value
                for key, value in entries.items()
            }
            own[f"/{kind}"] = Dictionary({**known, **made})
        data = b"q\n" + first.Contents.read_bytes() + b"\nQ\n" + operators.encode()
        first.obj.Contents = document.make_stream(data)

    return spoil


def xmp(old: str, new: str) -> Spoil:
    """Return what replaces a pattern in the metadata."""

    def spoil(document: pikepdf.Pdf) -> None:
        data = document.Root.Metadata.read_bytes().decode()
        changed, count = re.subn(old, new, data, flags=re.DOTALL)
        assert count, old
        stream = document.make_stream(changed.encode())
        stream.Type, stream.Subtype = Name.Metadata, Name.XML
        document.Root.Metadata = stream

    return spoil


def intents(document: pikepdf.Pdf) -> list[Any]:
    """Return the output intents."""
    return list(document.Root.OutputIntents)


def each_intent(change: Callable[[Any, pikepdf.Pdf], None]) -> Spoil:
    """Return what changes every output intent."""

    def spoil(document: pikepdf.Pdf) -> None:
        for intent in intents(document):
            change(intent, document)

    return spoil


def profile(change: Callable[[bytearray], bytes | bytearray], count: int = 4) -> Spoil:
    """Return what changes the output intents' profile."""

    def spoil(document: pikepdf.Pdf) -> None:
        data = bytearray(intents(document)[0].DestOutputProfile.read_bytes())
        stream = document.make_stream(bytes(change(data)))
        stream.N = count
        for intent in intents(document):
            intent.DestOutputProfile = stream

    return spoil


def put(at: int, value: bytes) -> Callable[[bytearray], bytearray]:
    """Return what writes bytes at a place."""

    def change(data: bytearray) -> bytearray:
        data[at : at + len(value)] = value
        return data

    return change


def box(name: str, change: Callable[[list[float]], list[float]]) -> Spoil:
    """Return what changes a box of the first page."""

    def spoil(document: pikepdf.Pdf) -> None:
        old = [float(part) for part in page(document)[f"/{name}"]]
        page(document)[f"/{name}"] = Array(change(old))

    return spoil


def picture(width: int, height: int, space: Any = Name.DeviceCMYK, count: int = 4,
            sample: int = 60, **entries: Any) -> Callable[[pikepdf.Pdf], Any]:  # fmt: skip
    """Return what makes a picture of one colour."""

    def make(document: pikepdf.Pdf) -> Any:
        stream = document.make_stream(bytes([sample]) * (width * height * count))
        stream.Type, stream.Subtype = Name.XObject, Name.Image
        stream.Width, stream.Height, stream.BitsPerComponent = width, height, 8
        stream.ColorSpace = space
        for key, value in entries.items():
            stream[f"/{key}"] = value(document) if callable(value) else value
        return stream

    return make


def set_root(key: str, value: Any) -> Spoil:
    """Return what puts an entry into the catalogue."""

    def spoil(document: pikepdf.Pdf) -> None:
        document.Root[f"/{key}"] = value(document) if callable(value) else value

    return spoil


def annotation(**entries: Any) -> Spoil:
    """Return what puts an annotation in the middle of the first page."""

    def spoil(document: pikepdf.Pdf) -> None:
        left, bottom, right, top = (float(part) for part in page(document).TrimBox)
        x, y = (left + right) / 2, (bottom + top) / 2
        made = Dictionary(Type=Name.Annot, Rect=Array([x, y, x + 40, y + 20]), **entries)
        page(document).Annots = Array([document.make_indirect(made)])

    return spoil


def group(space: Any) -> Spoil:
    """Return what gives the first page a transparency group."""

    def spoil(document: pikepdf.Pdf) -> None:
        page(document).Group = Dictionary(S=Name.Transparency, CS=space)

    return spoil


def state(**entries: Any) -> Spoil:
    """Return what uses a graphics state."""
    return more(
        "/Gbad gs 0 0 0 1 k 100 100 30 30 re f",
        ExtGState={"Gbad": Dictionary(Type=Name.ExtGState, **entries)},
    )


def separation(name: str, alternate: Any) -> Callable[[pikepdf.Pdf], Any]:
    """Return what makes a spot colour."""

    def make(document: pikepdf.Pdf) -> Any:
        full = [0, 1, 0] if alternate == Name.DeviceRGB else [1, 0.5, 0, 0]
        none = [1, 1, 1] if alternate == Name.DeviceRGB else [0, 0, 0, 0]
        function = Dictionary(
            FunctionType=2, Domain=Array([0, 1]), C0=Array(none), C1=Array(full), N=1
        )
        return Array([Name.Separation, Name(f"/{name}"), alternate, function])

    return make
