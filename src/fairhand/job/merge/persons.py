"""Rows that have become cards: first set, then written some at a time, as they are drawn.

Written pages take ten times the memory of set ones, and hundreds of them are in a volume.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from fairhand.job.make import Piece, written
from fairhand.job.merge.key import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairhand.job.made import Made
    from fairhand.job.make import Composed
    from fairhand.merge.faults import Kind
    from fairhand.merge.record import Record, Row
    from fairhand.write.hand_page import Task
    from fairhand.write.page import WrittenPage

_TOGETHER = 64
"""Rows that are written at once: more take no less time."""


class Ready(NamedTuple):
    """A row whose card is set, and its label, if labels are wanted: all that is left is writing.

    `notices` are what is to be known of it.
    """

    record: Record
    composed: Composed
    label: Task | None
    notices: tuple[tuple[Kind, str], ...]

    @property
    def row(self) -> Row:
        """The row of the table."""
        return self.record.row

    @property
    def key(self) -> str:
        """The number on the backs of the card and the envelope."""
        return key_of(self.row.number)

    @property
    def name(self) -> str:
        """The person's name as on the envelope, or that of the organisation."""
        to = self.composed.source.note.to
        return (to.name or to.organisation) if to else ""


@dataclass(frozen=True, slots=True)
class Person:
    """A row that is written: its card, its envelope, or one of them (`Persons`), and its label."""

    ready: Ready
    made: Made
    label: WrittenPage | None = None


Persons = Callable[[Piece], Iterable[Person]]
"""Gives a volume's persons in order, with one piece of theirs written at least."""


def persons(rows: Sequence[Ready], piece: Piece | None = None) -> Iterator[Person]:
    """Yield the persons of some rows, with all their pieces or with one alone."""
    for first in range(0, len(rows), _TOGETHER):
        some = rows[first : first + _TOGETHER]
        notes = [one.composed if piece is None else one.composed.only(piece) for one in some]
        yield from map(Person, some, written(notes))
