"""How one row becomes a card: its words filled in, its address set, composed and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.job.labels import NO_BARCODE, composed_label, label_task
from fairhand.job.make import Composed, composed, written
from fairhand.job.merge.notices import notices_of
from fairhand.job.merge.persons import Person, Ready
from fairhand.job.merge.streams import refuse_other_card
from fairhand.merge.checks import Checks
from fairhand.merge.faults import Kind, fault_of
from fairhand.write.hand_page import write_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

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
                found = self._set(record, looked.note)
            except InputError as error:
                fault = fault_of(error, row.number, row.line)
                told = {told for one in faults for told in (one.kind, one.message)}
                if told.isdisjoint((fault.kind, fault.message)):
                    faults.append(fault)
        return (None if any(not one.is_warning for one in faults) else found), faults

    def made(self, records: Iterable[Record]) -> list[Person]:
        """Make the cards, envelopes and labels of rows that are known to be right."""
        note_for = self.order.wording.note_for
        rows = [self._set(one, note_for(one)) for one in records]
        makes = written([one.composed for one in rows])
        labels = iter(write_pages([one.label for one in rows if one.label]))
        return [
            Person(one, made, next(labels) if one.label else None)
            for one, made in zip(rows, makes, strict=True)
        ]

    def _set(self, record: Record, note: NoteFile) -> Ready:
        """Set a row's card and its envelope or label; InputError when they cannot be set."""
        one = self._composed(note)
        refuse_other_card(self.order, one.card.card)
        notices = tuple(notices_of(one))
        if self.order.labels is None:
            return Ready(record, one, None, notices)
        label = composed_label(one.source, self.order.labels.sheet)
        if label.said:
            notices += ((Kind.OTHER_HAND, label.said),)
        if one.source.note.imb:
            notices += ((Kind.NOTICE, NO_BARCODE),)
        return Ready(record, one, label_task(one.source, label.page, label.hand), notices)

    def _composed(self, source: NoteFile) -> Composed:
        return composed(
            source,
            with_envelope=self._with_envelope,
            with_advice=False,
            senders=self.order.wording.senders(source.note),
        )

    @property
    def _with_envelope(self) -> bool:
        return self.order.companion == "envelopes"
