"""What the server holds between requests: the folder of notes, and the cards just looked at."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock, RLock
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from fairhand.errors import InputError
from fairhand.job import NoteFile, read_fields
from fairhand.job.look import Look, looked, looked_at
from fairhand.job.merge.session import source_of_row
from fairhand.pictures import panel_picture
from fairhand.studio.columns import columns_of
from fairhand.studio.named_files import files_named
from fairhand.studio.names import COMPANIONS, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from fairhand.studio.folder import Folder

_KEPT: Final = 24
"""Cards that are kept for their pictures: a page asks for those of its last few looks."""

_FOR_NOBODY: Final = {
    "to": "Ana\n12 Main Street\nSpringfield, IL 62701",
    "salutation": "Dear Ana,",
    "paragraphs": "The quick brown fox jumps over the lazy dog. Sphinx of quartz, judge my vow.",
    "valediction": "Sincerely,",
}
_USUAL_DPI: Final = 96
_PATIENCE: Final = 2.0
_LOOK_AGAIN: Final = 0.005
"""Seconds that a picture to choose by waits for those who write at most, and between looks."""


@dataclass(slots=True)
class Desk:
    """The folder of notes, and what was lately seen of them.

    One request at a time works with the rooms (`work`): pdfium may not be called by two threads.
    And one at a time looks at a note's version and writes it (`saving`).
    """

    folder: Folder
    work: RLock = field(default_factory=RLock)
    saving: Lock = field(default_factory=Lock)
    _counting: Lock = field(default_factory=Lock)
    _writing: int = 0
    _looks: OrderedDict[str, Look] = field(default_factory=OrderedDict)

    def warm(self) -> None:
        """Make a card for nobody, so that the first one is not waited for."""
        with self.work:
            made = looked(_FOR_NOBODY, self.folder.root / "nobody.md").made
            if made:
                panel_picture(made, made.composed.pages[0].name, _USUAL_DPI)

    @contextmanager
    def after_writers(self) -> Iterator[None]:
        """Work with the rooms when nobody who writes waits for them: pictures to choose by."""
        until = monotonic() + _PATIENCE
        while self._writing and monotonic() < until:
            sleep(_LOOK_AGAIN)
        with self.work:
            yield

    def look(self, name: str, fields: Mapping[str, Any], version: str, row: int = 0) -> str:
        """Make a note's card and keep it; return the key under which it is kept.

        `version` is the file's, in which the fields are kept already. With a table beside the
        note and a `row` from 1, it is that person's card.
        """
        table = self.folder.companion(name, PEOPLE)
        stamps = self._stamps(name, fields)
        what = f"{name}\n{version}\n{row}\n{stamps}"
        key = blake2b(what.encode(errors="replace"), digest_size=12).hexdigest()
        with self.for_writers():
            self._looks.pop(key, None)
            if table and row:
                self._looks[key] = self._look_of_row(name, table, row)
            else:
                self._looks[key] = looked(fields, self.folder.path(name))
            while len(self._looks) > _KEPT:
                self._looks.popitem(last=False)
        return key

    @contextmanager
    def for_writers(self) -> Iterator[None]:
        """Work with the rooms for somebody who writes, and goes first."""
        with self._counting:
            self._writing += 1
        try:
            with self.work:
                yield
        finally:
            with self._counting:
                self._writing -= 1

    def looked(self, key: str) -> Look:
        """Return a card that was looked at; InputError when it was too long ago."""
        with self.work:
            try:
                self._looks.move_to_end(key)
                return self._looks[key]
            except KeyError:
                raise InputError("This picture is no longer kept.",
                                 hint="Load the page again.") from None  # fmt: skip

    def source(self, name: str) -> NoteFile:
        """Return a note as its file is; InputError for blanks that are left, and all else."""
        return read_fields(self.folder.read(name).draft.fields, self.folder.path(name))

    def _stamps(self, name: str, fields: Mapping[str, Any]) -> list[tuple[str, int, int]]:
        """Return what changes when a file does that a card is made of, beside its words."""
        named = {str(path) for _, path in files_named(fields)}
        beside = (self.folder.companion(name, kind) for kind in COMPANIONS)
        return sorted({_stamp(self.folder.root / one) for one in (*named, *beside) if one})

    def _look_of_row(self, name: str, table: Path, row: int) -> Look:
        columns = columns_of(self.folder, name)
        try:
            return looked_at(source_of_row(self.folder.path(name), table, columns, row))
        except InputError as error:
            return Look(None, error, (), (), None)


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return str(path), 0, 0
    return str(path), found.st_mtime_ns, found.st_size
