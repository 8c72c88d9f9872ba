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
from fairhand.job.merge.order import CardFacts, FileFacts, Volume, VolumeMade
from fairhand.merge.faults import Fault, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fairhand.job.merge.order import Order

FOLDER: Final = ".fairhand-merge"
_PART = 1 << 20


class Journal:
    """What an earlier run of the same merge has finished, and what this one adds."""

    def __init__(self, order: Order, depends_on: bytes) -> None:
        """Open an order's journal; `depends_on` is what all its volumes depend on."""
        self.output = order.output
        self.folder = order.output / FOLDER / (order.part or "all")
        self._depends_on = depends_on
        self._file = self.folder / "journal.jsonl"
        self._known: dict[str, int] = {}
        self._finished: dict[int, int] = {}
        with suppress(OSError), self._file.open("rb") as stream:
            at = 0
            for line in stream:
                with suppress(ValueError, KeyError, TypeError):
                    self._known[json.loads(line)["digest"]] = at
                at += len(line)

    def finished(self, volume: Volume) -> VolumeMade | None:
        """Return a volume as an earlier run made it, or None when it has to be made."""
        at = self._known.get(self._digest(volume))
        if at is None:
            return None
        with suppress(OSError, ValueError, KeyError, TypeError):
            known = self._at(at)
            if all(self._is_there(file) for file in known.files):
                self._finished[volume.number] = at
                return known
        return None

    def add(self, volume: Volume, made: VolumeMade) -> None:
        """Note that a volume's files are there; FailureError when the disk is full."""
        entry = {
            "digest": self._digest(volume),
            "number": made.number,
            "files": made.files,
            "cards": made.cards,
            "faults": [_fields(fault) for fault in made.faults],
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
                hint="Make room and start the same command again; it goes on where it stopped.",
            ) from None
        self._finished[made.number] = at + 1

    def volumes(self) -> Iterator[VolumeMade]:
        """Yield this run's finished volumes in order, read again from the journal."""
        for number in sorted(self._finished):
            yield self._at(self._finished[number])

    def place_of(self, file: FileFacts) -> Path:
        """Return where a finished file lies: until all are there, or where it was brought then."""
        return next(path for path in self._places(file) if path.is_file())

    def _places(self, file: FileFacts) -> Sequence[Path]:
        return (self.folder / file.name, self.output / file.name, self.output / alone(file.name))

    def _is_there(self, file: FileFacts) -> bool:
        return any(_holds(path, file) for path in self._places(file))

    def _at(self, place: int) -> VolumeMade:
        with self._file.open("rb") as stream:
            stream.seek(place)
            return _volume(json.loads(stream.readline()))

    def _digest(self, volume: Volume) -> str:
        rows = [
            [record.row.number, record.row.line, *sorted(record.words.items())]
            for record in volume.records
        ]
        text = json.dumps([volume.number, rows])
        return blake2b(text.encode(), key=self._depends_on, digest_size=16).hexdigest()


def _holds(path: Path, file: FileFacts) -> bool:
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
        CardFacts._make((*facts, {piece: tuple(place) for piece, place in places.items()}))
        for *facts, places in entry["cards"]
    )
    faults = tuple(Fault(**{**one, "kind": Kind(one["kind"])}) for one in entry["faults"])
    return VolumeMade(entry["number"], files, cards, faults)
