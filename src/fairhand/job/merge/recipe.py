"""How one row becomes a card: its words filled in, its address set, composed and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.job.make import make
from fairhand.job.merge.streams import Person, person_of
from fairhand.merge.checks import Checks
from fairhand.merge.faults import fault_of

if TYPE_CHECKING:
    from fairhand.job.made import Made
    from fairhand.job.merge.order import Order
    from fairhand.merge.faults import Fault
    from fairhand.merge.record import Record
    from fairhand.note.read import NoteFile


class Recipe:
    """What makes the cards of an order, one of them in each process that works on it."""

    def __init__(self, order: Order) -> None:
        """Take the order."""
        self.order = order
        self._checks = Checks(order.wording, order.fields)

    def person(self, record: Record, key: str) -> tuple[Person | None, list[Fault]]:
        """Make a row's card, its envelope or its label; tell all that is wrong or odd with it.

        None when no card can be made of the row as it is.
        """
        looked = self._checks.looked(record)
        faults = list(looked.faults)
        row = record.row
        person: Person | None = None
        if looked.note:
            try:
                made = self._made(looked.note)
                person = person_of(self.order, row.number, row.line, key, made)
            except InputError as error:
                found = fault_of(error, row.number, row.line)
                if found.kind not in {one.kind for one in faults}:
                    faults.append(found)
        if any(not fault.is_warning for fault in faults):
            person = None
        return person, faults

    def made(self, record: Record) -> Made:
        """Make a row's card and its envelope; InputError when it cannot be made as it is."""
        return self._made(self.order.wording.note_for(record))

    def _made(self, source: NoteFile) -> Made:
        return make(source, with_envelope=self.order.companion == "envelopes")
