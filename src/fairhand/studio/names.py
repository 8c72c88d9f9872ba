"""Names of notes and of what lies beside them: which may be asked for, and which are given.

Every name from a request passes `checked_note_name` or `checked_file_name` before it becomes a
path, and `within` afterwards. A name that passes means the same on every system.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fairhand.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKDOWN: Final = (".md", ".markdown")
DATA_NOTES: Final = (".toml", ".yaml", ".yml", ".json")
"""Endings of notes: those that the studio writes, and those that it opens as a copy."""

ART, HAND, PEOPLE, COLUMNS = "front", "hand", "people", "columns"
COMPANIONS: Final = {
    ART: (".png", ".jpg", ".tif", ".webp", ".svg", ".svgz", ".pdf"),
    HAND: (".ttf", ".otf", ".ttc"),
    PEOPLE: (".csv", ".tsv", ".xlsx", ".vcf", ".json"),
    COLUMNS: (".json",),
}
"""What may lie beside "Ana.md": "Ana.front.png", "Ana.hand.ttf", "Ana.people.csv"."""

MADE: Final = " cards"
"""And "Ana cards", the folder of what a merge has made."""

LONGEST_NAME: Final = 120
_MOST_BYTES = 200
"""Most file systems end at 255, and companions have longer names than their note."""

_LONGEST_STEM, _MOST_STEM_BYTES = 80, 150
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_JOINERS = "\u200c\u200d"
"""Without shape of their own, but letters of Persian and of Indian languages."""

_RESERVED: Final = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³"
}
"""Names that Windows gives to devices, whatever ending follows (Microsoft, "Naming Files")."""


class NotHereError(InputError):
    """What is asked for is not there, or its name is none that could be."""


def is_safe(name: str) -> bool:
    """Tell whether a name is that of one file of a folder, visible and the same everywhere."""
    return (
        0 < len(name) <= LONGEST_NAME
        and len(name.encode(errors="replace")) <= _MOST_BYTES
        and not _UNSAFE.search(name)
        and all(c.isprintable() or c in _JOINERS for c in name)
        and not name.startswith((".", " "))
        and not name.endswith((".", " "))
        and name.split(".")[0].rstrip().lower() not in _RESERVED
    )


def checked_note_name(name: str) -> str:
    """Return the name of a note; NotHereError when no note can have it."""
    path = Path(name) if is_safe(name) else None
    if (
        path is None
        or path.suffix.lower() not in MARKDOWN + DATA_NOTES
        or Path(path.stem).suffix.lower().removeprefix(".") in COMPANIONS
    ):
        raise NotHereError("There is no note of this name.")
    return name


def checked_file_name(name: str, endings: tuple[str, ...]) -> str:
    """Return the name of a file with one of these endings; NotHereError for any other."""
    if not is_safe(name) or Path(name).suffix.lower() not in endings:
        raise NotHereError("There is no file of this name.")
    return name


def within(folder: Path, name: str) -> Path:
    """Return the path of a checked name; NotHereError for a link that leads out of the folder.

    `folder` is resolved already.
    """
    path = folder / name
    try:
        real = Path(os.path.realpath(path))
    except (OSError, ValueError):
        raise NotHereError("There is no file of this name.") from None
    if not real.is_relative_to(folder):
        raise NotHereError(f'"{name}" leads out of the folder of your notes.')
    return path


def stem_of(wish: str) -> str:
    """Return a good name without ending, made of words that somebody typed; "" for no words."""
    words = unicodedata.normalize("NFC", _UNSAFE.sub(" ", wish))
    words = "".join(c if c.isprintable() or c in _JOINERS else " " for c in words)
    stem = " ".join(words.split())[:_LONGEST_STEM].strip(" .")
    while len(stem.encode(errors="replace")) > _MOST_STEM_BYTES:
        stem = stem[:-1].strip(" .")
    first, dot, last = stem.rpartition(".")
    if dot and last.lower() in COMPANIONS:
        stem = f"{first} {last}"
    device, dot, rest = stem.partition(".")
    return f"{device}_{dot}{rest}" if device.rstrip().lower() in _RESERVED else stem


def numbered(stem: str) -> Iterator[str]:
    """Yield a stem, then with 2, 3, ... after it; a number that it has already goes on."""
    yield stem
    words, _, last = stem.rpartition(" ")
    is_number = words and last.isdecimal() and last.isascii() and len(last) < 4
    base, start = (words, int(last) + 1) if is_number else (stem, 2)
    for number in range(start, start + 100_000):
        yield f"{base} {number}"


def key_of(name: str) -> str:
    """Return what file systems that tell no capitals and no forms of accents see of a name."""
    return unicodedata.normalize("NFC", name).casefold()
