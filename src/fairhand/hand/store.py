"""Forms kept: a hand's forms are drawn once and found again by the next run.

One file for each hand in the user's cache folder. Its name holds a digest of all that the
forms depend on (the font, the hand's data, the code that draws), so it can never be stale.
It appears whole or not at all, several processes may read and write it at once (the last
one wins, nothing is lost but time), and it may be deleted whenever one likes. A file that
is damaged or cannot be written is as none. FAIRHAND_CACHE names another folder; empty
turns the store off.
"""

from __future__ import annotations

import json
import os
import tempfile
import zlib
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Shifts = NDArray[np.int16]

_MARK: Final = b"fairhand forms 1\n"
_CODE: Final = ("forms.py", "anatomy.py", "noise.py", "outline.py")
_DRAWN: Final[set[FormStore]] = set()
FOLDER: Final = "FAIRHAND_CACHE"
"""The environment variable that names another folder; empty turns the store off."""


def keep_drawn_forms() -> None:
    """Write the new forms of all hands to their files; silent where that cannot be."""
    while _DRAWN:
        _DRAWN.pop().keep()


class FormStore:
    """The forms of one hand by glyph, in memory and, where there is a folder, in a file."""

    def __init__(self, name: str, depends_on: bytes) -> None:
        """Take the hand's name and all that its forms depend on."""
        self._name = name
        self._depends_on = depends_on
        self._shifts: dict[int, Shifts] | None = None
        self._drawn = 0

    def get(self, glyph: int) -> Shifts | None:
        """Return a glyph's forms, or None when they have not been drawn yet."""
        if self._shifts is None:
            self._shifts = self._read()
        return self._shifts.get(glyph)

    def put(self, glyph: int, shifts: Shifts) -> None:
        """Take in a glyph's forms."""
        if self._shifts is None:
            self._shifts = self._read()
        self._shifts[glyph] = shifts
        self._drawn += 1
        _DRAWN.add(self)

    def keep(self) -> None:
        """Write the forms to their file, if there are new ones; silent when it cannot be."""
        file = self._file() if self._drawn else None
        if file is None or self._shifts is None:
            return
        merged = {**self._read(), **self._shifts}
        entries = sorted(merged.items())
        body = b"".join(shifts.tobytes() for _, shifts in entries)
        index = {"glyphs": [[glyph, *shifts.shape] for glyph, shifts in entries],
                 "check": zlib.crc32(body)}  # fmt: skip
        data = _MARK + json.dumps(index).encode() + b"\n" + body
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=file.name, dir=file.parent)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(data)
                Path(name).replace(file)
                self._drawn = 0
            finally:
                Path(name).unlink(missing_ok=True)

    def _file(self) -> Path | None:
        folder = cache_folder()
        code = _code()
        if folder is None or code is None:
            return None
        digest = blake2b(code + self._depends_on, digest_size=10).hexdigest()
        name = "".join(c if c.isalnum() or c in "-_" else "-" for c in self._name)[:60]
        return folder / f"{name}-{digest}.forms"

    def _read(self) -> dict[int, Shifts]:
        file = self._file()
        found: dict[int, Shifts] = {}
        if file is None:
            return found
        try:
            data = file.read_bytes()
            if not data.startswith(_MARK):
                return {}
            end = data.index(b"\n", len(_MARK))
            index = json.loads(data[len(_MARK) : end])
            body = memoryview(data)[end + 1 :]
            if zlib.crc32(body) != index["check"]:
                return {}
            at = 0
            for glyph, *shape in index["glyphs"]:
                size = int(np.prod(shape))
                found[int(glyph)] = np.frombuffer(body, np.int16, size, at).reshape(shape)
                at += 2 * size
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return found


def cache_folder() -> Path | None:
    """Return where forms are kept on this machine; None when they are not."""
    given = os.environ.get(FOLDER)
    if given is not None:
        return Path(given) if given.strip() else None
    from platformdirs import user_cache_path

    return user_cache_path("fairhand", appauthor=False)


@cache
def _code() -> bytes | None:
    """Return the text of the modules that draw forms, so that new code draws anew."""
    try:
        return b"".join((Path(__file__).parent / name).read_bytes() for name in _CODE)
    except OSError:
        return None
