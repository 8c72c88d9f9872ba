"""How one row becomes a card: its words filled in, its address set, composed and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.job.labels import composed_label, label_task
from fairhand.job.make import composed, written
from fairhand.job.merge.persons import Ready
from fairhand.job.merge.streams import refuse_other_card
from fairhand.merge.checks import Checks
from fairhand.merge.faults import fault_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairhand.job.made import Made
    from fairhand.job.make import Composed
    from fairhand.job.merge.order import Order
    from fairhand.merge.faults import Fault
    from fairhand.merge.record import Record
    from fairhand.write.hand_page import Task


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
                one = composed(looked.note, with_envelope=self._with_envelope, with_advice=False)
                refuse_other_card(self.order, one.card.card)
                found = Ready(row, one, self._label(one))
            except InputError as error:
                fault = fault_of(error, row.number, row.line)
                if fault.kind not in {one.kind for one in faults}:
                    faults.append(fault)
        return (None if any(not one.is_warning for one in faults) else found), faults

    def made(self, records: Iterable[Record]) -> list[Made]:
        """Make the cards and envelopes of rows that are known to be right."""
        notes = map(self.order.wording.note_for, records)
        return written([composed(one, with_envelope=self._with_envelope) for one in notes])

    def _label(self, one: Composed) -> Task | None:
        if self.order.labels is None:
            return None
        page, chosen = composed_label(one.source, self.order.labels.sheet)
        return label_task(one.source, page, chosen)

    @property
    def _with_envelope(self) -> bool:
        return self.order.companion == "envelopes"
