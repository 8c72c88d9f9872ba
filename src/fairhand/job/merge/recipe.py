"""How one row becomes a card: its words filled in, its address set, composed and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.job.make import Composed, composed, make, written
from fairhand.job.merge.streams import Person, person_of, refuse_label, refuse_other_card
from fairhand.merge.checks import Checks
from fairhand.merge.faults import fault_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairhand.job.made import Made
    from fairhand.job.merge.order import Order
    from fairhand.merge.faults import Fault
    from fairhand.merge.record import Record


class Recipe:
    """What makes the cards of an order, one of them in each process that works on it."""

    def __init__(self, order: Order) -> None:
        """Take the order."""
        self.order = order
        self._checks = Checks(order.wording, order.fields)

    def composed(self, record: Record) -> tuple[Composed | None, list[Fault]]:
        """Set a row's card and its envelope; tell all that is wrong or odd with it.

        None when no card can be made of the row as it is.
        """
        looked = self._checks.looked(record)
        faults = list(looked.faults)
        row = record.row
        found: Composed | None = None
        if looked.note:
            try:
                found = composed(looked.note, with_envelope=self._with_envelope)
                refuse_other_card(self.order, found.card.card)
                refuse_label(self.order, found.source)
            except InputError as error:
                fault = fault_of(error, row.number, row.line)
                if fault.kind not in {one.kind for one in faults}:
                    faults.append(fault)
        return (None if any(not one.is_warning for one in faults) else found), faults

    def persons(self, rows: Sequence[tuple[Record, Composed]]) -> list[Person]:
        """Write the cards, envelopes and labels of some rows."""
        makes = written([found for _, found in rows])
        return [
            person_of(self.order, record.row, made)
            for (record, _), made in zip(rows, makes, strict=True)
        ]

    def made(self, record: Record) -> Made:
        """Make a row's card and its envelope; InputError when it cannot be made as it is."""
        return make(self.order.wording.note_for(record), with_envelope=self._with_envelope)

    @property
    def _with_envelope(self) -> bool:
        return self.order.companion == "envelopes"
