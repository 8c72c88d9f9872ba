"""The files of the user's own that a card was made of, and whether they are as they were."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fairhand.catalog import own_file
from fairhand.layout.front import read_front

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairhand.note.model import Note

Known = list[tuple[str, int, int]]
"""Files by their paths, with their bytes and their time in nanoseconds."""


def own_files(note: Note, file: str) -> Iterator[str]:
    """Yield the paths of the art, hands and layouts of his own that the note in a file names."""
    art = note.art.file if note.art else ""
    for name in (note.hand, note.front_hand, note.layout, art):
        # Names of ours have neither; this is asked for every card.
        if "." not in name and "/" not in name and "\\" not in name:
            continue
        path = own_file(name, Path(file).parent)
        if path.is_dir():
            yield from (str(one) for one in sorted(path.iterdir()) if one.is_file())
            continue
        yield str(path)
        if name == art and path.suffix.lower() == ".toml" and (within := read_front(path).file):
            yield str(own_file(within, Path(file).parent))


def as_they_are(paths: Iterable[str]) -> Known:
    """Return files with their sizes and times; one that is gone has none."""
    return [(path, *_state(path)) for path in sorted(paths)]


def are_as_known(known: Known) -> bool:
    """Tell whether files are what they were."""
    return all(_state(path) == (size, time) for path, size, time in known)


def _state(path: str) -> tuple[int, int]:
    try:
        found = Path(path).stat()
    except OSError:
        return -1, 0
    return found.st_size, found.st_mtime_ns
