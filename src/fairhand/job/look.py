"""A note looked at while it is written: the card as far as it can be made, and what is wrong.

Unlike `make`, nothing that a person types is refused. Blanks that are left are shown on the card
with their names; what cannot be done is told as a fault, beside all that can be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fairhand.errors import InputError
from fairhand.job.advice import NoteTooLongError
from fairhand.job.blanks_left import BlankLeft, Mark, blanks_left, marks_of
from fairhand.job.make import composed, written
from fairhand.job.meter import Meter, meter_beyond, meter_of
from fairhand.job.remedies import Remedy, for_the_eye, remedies

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fairhand.job.made import Made
    from fairhand.note.read import NoteFile

__all__ = [
    "BlankLeft", "Look", "Mark", "Meter", "Remedy", "for_the_eye", "looked", "looked_at",
    "remedies",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to see of a note, and to say of it.

    `made` is None where the card cannot be made: then `fault` says why. With `blanks` left the
    card is for the eye only, and `marks` say where they stand on it.
    """

    made: Made | None
    fault: InputError | None
    blanks: tuple[BlankLeft, ...]
    marks: tuple[Mark, ...]
    meter: Meter | None

    @property
    def is_finished(self) -> bool:
        """Tell whether the card may be printed and kept."""
        return self.made is not None and self.fault is None and not self.blanks


def looked(fields: Mapping[str, Any], file: Path) -> Look:
    """Look at a note by its fields; `file` is where it lies, or will (art lies beside it).

    What is wrong with it is in the look; no hands and no cards are tried to mend it (`remedies`).
    """
    blanks: tuple[BlankLeft, ...] = ()
    try:
        blanks = blanks_left(fields)
        source = for_the_eye(fields, file)
    except InputError as error:
        return Look(None, error, blanks, (), None)
    return _looked(source, blanks)


def looked_at(source: NoteFile) -> Look:
    """Look at a note that has been read, in which no blanks are left."""
    return _looked(source, ())


def _looked(source: NoteFile, blanks: tuple[BlankLeft, ...]) -> Look:
    try:
        made = written([composed(source, with_advice=False)])[0]
    except NoteTooLongError as error:
        meter = meter_beyond(source.note, error.ways.too_many) if error.ways.too_many else None
        return Look(None, error, blanks, (), meter)
    except InputError as error:
        return Look(None, error, blanks, (), None)
    return Look(made, None, blanks, marks_of(made) if blanks else (), meter_of(made))
