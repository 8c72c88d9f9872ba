"""How one row becomes a card: its words filled in, its address set, composed and written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fairhand.errors import InputError
from fairhand.job.labels import composed_label, label_task
from fairhand.job.make import composed, written
from fairhand.job.merge.notices import notices_of
from fairhand.job.merge.streams import Person, refuse_other_card
from fairhand.merge.checks import Checks
from fairhand.merge.faults import Kind, fault_of
from fairhand.write.hand_page import write_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairhand.job.make import Composed
    from fairhand.job.merge.order import Order
    from fairhand.merge.faults import Fault
    from fairhand.merge.record import Record, Row
    from fairhand.note.read import NoteFile
    from fairhand.write.hand_page import Task

_NO_BARCODE = "Labels have no Intelligent Mail barcode; it stands on envelopes only."


class Ready(NamedTuple):
    """A row whose card is set, and its label, if labels are wanted: all that is left is writing.

    `notices` are what is to be known of it.
    """

    row: Row
    composed: Composed
    label: Task | None
    notices: tuple[tuple[Kind, str], ...]


class Recipe:
    """What makes the cards of an order, one of them in each process that works on it."""

    def __init__(self, order: Order) -> None:
        """Take the order."""
        self.order = order
        self._checks = Checks(order.wording, order.fields)

    def ready(self, record: Record) -> tuple[Ready | None, list[Fault]]:
        """Set a row's card, its envelope or label; tell all that is wrong or odd with it.

        None when no card can be made of the row as it is.
        """
        looked = self._checks.looked(record)
        faults = list(looked.faults)
        row = record.row
        found: Ready | None = None
        if looked.note:
            try:
                found = self._set(row, looked.note)
            except InputError as error:
                fault = fault_of(error, row.number, row.line)
                if fault.kind not in {one.kind for one in faults}:
                    faults.append(fault)
        return (None if any(not one.is_warning for one in faults) else found), faults

    def persons(self, rows: Sequence[Ready]) -> list[Person]:
        """Write the cards, envelopes and labels of some rows."""
        makes = written([one.composed for one in rows])
        labels = iter(write_pages([one.label for one in rows if one.label]))
        return [
            Person(one.row, made, next(labels) if one.label else None)
            for one, made in zip(rows, makes, strict=True)
        ]

    def made(self, records: Iterable[Record]) -> list[Person]:
        """Make the cards, envelopes and labels of rows that are known to be right."""
        note_for = self.order.wording.note_for
        return self.persons([self._set(one.row, note_for(one)) for one in records])

    def _set(self, row: Row, note: NoteFile) -> Ready:
        """Set a row's card and its envelope or label; InputError when they cannot be set."""
        one = composed(note, with_envelope=self._with_envelope, with_advice=False)
        refuse_other_card(self.order, one.card.card)
        notices = tuple(notices_of(one))
        if self.order.labels is None:
            return Ready(row, one, None, notices)
        label = composed_label(one.source, self.order.labels.sheet)
        if label.said:
            notices += ((Kind.OTHER_HAND, label.said),)
        if one.source.note.imb:
            notices += ((Kind.NOTICE, _NO_BARCODE),)
        return Ready(row, one, label_task(one.source, label.page, label.hand), notices)

    @property
    def _with_envelope(self) -> bool:
        return self.order.companion == "envelopes"
