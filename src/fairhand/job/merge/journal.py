"""The journal of a merge: which volumes are finished, so that a stopped run goes on from there.

It lies in a hidden folder of the output, where finished volumes wait until all are: one line of
JSON for each. A volume is known again by a digest of all that its files depend on, and believed
only when its files are there with the bytes that were written. A line torn by a power cut is as
none.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, Any, Final

from fairhand.errors import FailureError
from fairhand.job.merge.names import alone
from fairhand.job.merge.order import CardFacts, FileFacts, Noticed, Volume, VolumeMade
from fairhand.job.merge.own_files import are_as_known, as_they_are
from fairhand.merge.faults import Fault, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fairhand.job.merge.order import Order

FOLDER: Final = ".fairhand-merge"
GOES_ON: Final = "Make room and start the same command again; it goes on where it stopped."
_PART = 1 << 20


def folder_of(order: Order) -> Path:
    """Return the hidden folder of an order, which is its own for each part of a table."""
    return order.output / FOLDER / (order.part or "all")


class Journal:
    """What an earlier run of the same merge has finished, and what this one adds."""

    def __init__(self, order: Order, depends_on: bytes) -> None:
        """Open an order's journal; `depends_on` is what all its volumes depend on."""
        self.output = order.output
        self.folder = folder_of(order)
        self._depends_on = depends_on
        self._file = self.folder / "journal.jsonl"
        self._known: dict[str, int] = {}
        self._finished: dict[int, int] = {}
        self._files: dict[int, tuple[FileFacts, ...]] = {}
        self._digests: dict[int, str] = {}
        self._elsewhere: dict[str, Path] = {}
        with suppress(OSError), self._file.open("rb") as stream:
            at = 0
            for line in stream:
                with suppress(ValueError, KeyError, TypeError):
                    self._known[json.loads(line)["digest"]] = at
                at += len(line)

    def finished(self, volume: Volume) -> VolumeMade | None:
        """Return a volume as an earlier run made it, or None when it has to be made."""
        digest = self._digest(volume)
        at = self._known.get(digest)
        if at is None:
            self._digests[volume.number] = digest
            return None
        with suppress(OSError, ValueError, KeyError, TypeError):
            entry = self._entry(at)
            known = _volume(entry)
            if are_as_known(entry["own"]) and all(map(self._is_there, known.files)):
                self._take(volume.number, at, known.files)
                return known
        self._digests[volume.number] = digest
        return None

    def add(self, volume: Volume, made: VolumeMade) -> None:
        """Note that a volume's files are there; FailureError when the disk is full."""
        entry = {
            "digest": self._digests.pop(volume.number, "") or self._digest(volume),
            "number": made.number,
            "files": made.files,
            "cards": made.cards,
            "faults": [_fields(fault) for fault in made.faults],
            "own": as_they_are(made.own),
            "notices": made.notices,
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab") as stream:
                # What was torn off is ended, so that it spoils no further line.
                at = stream.seek(0, os.SEEK_END)
                stream.write(b"\n" + json.dumps(entry, ensure_ascii=False).encode() + b"\n")
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise FailureError(
                f'"{self._file}" cannot be written: {error.strerror}.',
                hint=GOES_ON,
            ) from None
        self._take(made.number, at + 1, made.files)
        for file in made.files:
            self._elsewhere.pop(file.name, None)

    def files(self) -> list[tuple[FileFacts, ...]]:
        """Return the files of this run's finished volumes, in the volumes' order."""
        return [self._files[number] for number in sorted(self._files)]

    def volumes(self) -> Iterator[VolumeMade]:
        """Yield this run's finished volumes in order, read again from the journal."""
        for number in sorted(self._finished):
            yield _volume(self._entry(self._finished[number]))

    def place_of(self, file: FileFacts) -> Path:
        """Return where a finished file lies: until all are there, or where it was brought then."""
        return self._elsewhere.get(file.name, self.folder / file.name)

    def clear(self) -> None:
        """Take away what runs that were killed have left, when all is where it shall be."""
        for path in self.folder.iterdir():
            if path.suffix == ".pdf" or path.name[0] == ".":
                with suppress(OSError):
                    path.unlink()

    def _take(self, number: int, at: int, files: tuple[FileFacts, ...]) -> None:
        self._finished[number] = at
        self._files[number] = files

    def _places(self, file: FileFacts) -> Sequence[Path]:
        return (self.folder / file.name, self.output / file.name, self.output / alone(file.name))

    def _is_there(self, file: FileFacts) -> bool:
        for path in self._places(file):
            if holds(path, file):
                if path.parent != self.folder:
                    self._elsewhere[file.name] = path
                return True
        return False

    def _entry(self, at: int) -> dict[str, Any]:
        with self._file.open("rb") as stream:
            stream.seek(at)
            entry: dict[str, Any] = json.loads(stream.readline())
            return entry

    def _digest(self, volume: Volume) -> str:
        rows: list[list[Any]] = []
        columns: list[str] = []
        for record in volume.records:
            if [*record.words] != columns:
                columns = [*record.words]
                rows.append(columns)
            rows.append([record.row.number, record.row.line, *record.words.values()])
        text = json.dumps([volume.number, rows])
        return blake2b(text.encode(), key=self._depends_on, digest_size=16).hexdigest()


def holds(path: Path, file: FileFacts) -> bool:
    """Tell whether a file holds the bytes that were written."""
    with suppress(OSError):
        if path.stat().st_size == file.size:
            with path.open("rb") as stream:
                digest = sha256()
                while part := stream.read(_PART):
                    digest.update(part)
            return digest.hexdigest() == file.sha256
    return False


def _fields(fault: Fault) -> dict[str, Any]:
    return {name: getattr(fault, name) for name in Fault.__slots__}


def _volume(entry: dict[str, Any]) -> VolumeMade:
    files = tuple(FileFacts(*file) for file in entry["files"])
    cards = tuple(
        CardFacts._make(
            (*facts, tuple(post), tuple(kept), {piece: tuple(at) for piece, at in places.items()})
        )
        for *facts, post, kept, places in entry["cards"]
    )
    faults = tuple(Fault(**{**one, "kind": Kind(one["kind"])}) for one in entry["faults"])
    notices = tuple(
        Noticed(Kind(kind), message, tuple(rows)) for kind, message, rows in entry["notices"]
    )
    return VolumeMade(entry["number"], files, cards, faults, notices=notices)
