"""How one row becomes a card: its words filled in, its address set, composed and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.job.make import make
from fairhand.job.merge.streams import Person, person_of
from fairhand.merge.faults import fault_of

if TYPE_CHECKING:
    from fairhand.errors import FairhandError
    from fairhand.job.made import Made
    from fairhand.job.merge.order import Order
    from fairhand.merge.faults import Fault
    from fairhand.merge.record import Record


class Recipe:
    """What makes the cards of an order, one of them in each process that works on it."""

    def __init__(self, order: Order) -> None:
        """Take the order."""
        self.order = order

    def person(self, record: Record, key: str) -> tuple[Person, list[Fault]]:
        """Make a row's card, its envelope or its label, with what is odd about the row.

        InputError when the row cannot be made as it is.
        """
        made = self.made(record)
        row = record.row
        return person_of(self.order, row.number, row.line, key, made), []

    def made(self, record: Record) -> Made:
        """Make a row's card and its envelope; InputError when it cannot be made as it is."""
        source = self.order.wording.note_for(record)
        return make(source, with_envelope=self.order.companion == "envelopes")

    def fault(self, error: FairhandError, record: Record) -> Fault:
        """Return what is wrong with a row as something to be listed."""
        return fault_of(error, record.row.number, record.row.line)
