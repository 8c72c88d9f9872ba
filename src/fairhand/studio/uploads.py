"""Files that the person drops on the page: art, a font, a table of people.

What comes is written to a temporary file as it comes, looked at by `job.taking` in a
process of its own, and only then put beside the note, under the note's own name and with the
ending of what it is, whatever it was called. What is refused is not kept.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fairhand.errors import FailureError
from fairhand.job import save
from fairhand.job.taking import Kind, ending_of
from fairhand.studio.names import ART, COMPANIONS, HAND, PEOPLE, is_safe

if TYPE_CHECKING:
    from collections.abc import AsyncIterable

    from fairhand.studio.folder import Folder

KINDS: Final[dict[str, tuple[str, Kind]]] = {
    "art": (ART, "art"), "hand": (HAND, "font"), "people": (PEOPLE, "table"),
}  # fmt: skip
"""The last step of an address: what is put beside the note, and what it is looked at as."""

_UNNAMED: Final = {"art": "the picture", "hand": "the font", "people": "the table"}
_ONE_AT_A_TIME = threading.Lock()
"""A look may take much memory, so no two are taken at once."""


async def taken(
    folder: Folder, note: str, kind: str, called: str, data: AsyncIterable[bytes]
) -> Path:
    """Take a file that is sent for a note, and return where it lies now.

    `kind` is one of `KINDS`, `called` what the person calls the file. InputError in one sentence
    for what cannot be used; whatever the note had before stays then. How much may come is the
    guard's to say.
    """
    companion, looked_at_as = KINDS[kind]
    folder.path(note)
    name = called if is_safe(called) else _UNNAMED[kind]
    ending = Path(name).suffix.lower()
    waiting = _begun(ending if ending in COMPANIONS[companion] else COMPANIONS[companion][0])
    try:
        with waiting.open("wb") as stream:
            async for part in data:
                stream.write(part)
        found = await asyncio.to_thread(_looked_at, looked_at_as, waiting, name)
        place = folder.place_for(note, companion, found)
        await asyncio.to_thread(lambda: save({place: waiting.read_bytes()}))
        folder.drop_companions(note, companion, besides=place)
        return place
    except OSError as error:
        raise FailureError(f'"{name}" cannot be kept: {error.strerror}.') from None
    finally:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)


def _begun(ending: str) -> Path:
    """Return a new file, not in the folder of notes, where it might be synchronised or seen."""
    try:
        handle, name = tempfile.mkstemp(prefix="fairhand.", suffix=ending)
    except OSError as error:
        raise FailureError(f"No temporary file can be written: {error.strerror}.") from None
    os.close(handle)
    return Path(name)


def _looked_at(kind: Kind, path: Path, name: str) -> str:
    with _ONE_AT_A_TIME:
        return ending_of(kind, path, name)
