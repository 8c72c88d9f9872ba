"""Where a table's bytes come from: a file, or standard input, with its beginning looked at."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from fairhand.errors import InputError, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 65_536
_LARGEST_KEPT = 500_000_000
"""Bytes of a workbook from standard input, which has to be kept in a temporary file."""

_NO_TABLES = {
    b"%PDF-": ("a PDF", ""), b"\x89PNG": ("a picture", ""), b"\xff\xd8\xff": ("a picture", ""),
    b"GIF8": ("a picture", ""), b"II*\0": ("a picture", ""), b"MM\0*": ("a picture", ""),
    b"RIFF": ("a picture or a sound", ""), b"{\\rtf": ("a document in RTF", ""),
    b"\x1f\x8b": ("compressed", "Unpack it first: gunzip FILE."),
    b"7z\xbc\xaf": ("compressed", "Unpack it first."),
    b"SQLite format 3\0": ("a database", "Export the people from it as CSV."),
    b"\xd0\xcf\x11\xe0": (
        "a workbook of an old Excel (.xls), or one with a password",
        "Open it and save it as .xlsx, without a password, or as CSV.",
    ),
    b"<!doctype": ("a web page", "Open it in a spreadsheet and save it as .xlsx or CSV."),
    b"<html": ("a web page", "Open it in a spreadsheet and save it as .xlsx or CSV."),
    b"<table": ("a web page", "Open it in a spreadsheet and save it as .xlsx or CSV."),
    b"<?xml": ("XML", "Open it in a spreadsheet and save it as .xlsx or CSV."),
}  # fmt: skip
"""How files begin that are given for a table by mistake (lower case), and what to do."""


class Source:
    """Bytes that are read once, from the first; a pipe has no way back."""

    def __init__(self, stream: BinaryIO, name: str, *, own: bool) -> None:
        """Look at the beginning; `own` says that the stream is to be closed in the end."""
        self.name = name
        self.ending = Path(name).suffix.lower()
        self.line = 0
        self._stream = stream
        self._own = own
        self.is_file = own and stream.seekable()
        try:
            self.head = self._read(CHUNK)
        except InputError:
            self.close()
            raise

    @property
    def place(self) -> Place:
        """The file, for what is wrong with all of it."""
        return Place(self.name)

    def _read(self, most: int) -> bytes:
        """Return so many bytes, fewer only at the end."""
        parts: list[bytes] = []
        while most > 0:
            try:
                part = self._stream.read(most)
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or "it is closed"
                raise InputError(f"It cannot be read: {reason}.", place=self.place) from None
            if not part:
                break
            parts.append(part)
            most -= len(part)
        return b"".join(parts)

    def chunks(self) -> Iterator[bytes]:
        """Yield all bytes from the first on, some at a time."""
        if self.is_file:
            self._stream.seek(0)
        elif self.head:
            yield self.head
        while chunk := self._read(CHUNK):
            yield chunk

    def seekable(self) -> BinaryIO:
        """Return a file in which one can go back; what comes from a pipe is kept in one."""
        if self.is_file:
            self._stream.seek(0)
            return self._stream
        kept = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 (closed by close)
        size = 0
        for chunk in self.chunks():
            size += len(chunk)
            if size > _LARGEST_KEPT:
                kept.close()
                raise InputError(
                    f"It is larger than {_LARGEST_KEPT // 1_000_000} MB.", place=self.place
                )
            kept.write(chunk)
        self.close()
        kept.seek(0)
        self._stream, self._own = kept, True
        return kept

    def refuse_what_is_no_table(self) -> None:
        """InputError for what is empty, or begins as pictures, PDFs and other files do."""
        if not self.head.strip(b"\xef\xbb\xbf \t\r\n\0"):
            raise InputError("It is empty.", place=self.place)
        start = self.head[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
        for beginning, (kind, hint) in _NO_TABLES.items():
            if start.startswith(beginning) or start.lower().startswith(beginning):
                raise InputError(
                    f"This is {kind}, not a table of people.",
                    hint=hint or "Give a table: CSV, .xlsx, JSON Lines or vCards.",
                    place=self.place,
                )

    def close(self) -> None:
        """Close what was opened here; standard input stays open."""
        if self._own:
            self._stream.close()


def source_of(path: Path | str, stream: BinaryIO | None = None) -> Source:
    """Open a file, or take a stream ("-" alone is standard input); InputError when it cannot be.

    A stream that is given stays open; its name is `path`, or "standard input".
    """
    if stream is not None or str(path) == "-":
        name = "standard input" if str(path) == "-" else str(path)
        if stream is None and sys.stdin is None:
            raise InputError("Standard input is closed.", hint="Name a file to read people from.")
        return Source(stream or sys.stdin.buffer, name, own=False)
    path = Path(path)
    try:
        if path.is_dir():
            raise InputError(f'"{path}" is a folder, not a table of people.')
        return Source(path.open("rb"), str(path), own=True)
    except FileNotFoundError:
        raise InputError(f'There is no file "{path}".') from None
    except InputError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise InputError(f'The file "{path}" cannot be read: {reason}.') from None
