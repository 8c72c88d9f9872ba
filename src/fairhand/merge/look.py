"""Rows looked at before anything is made of them: understood, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fairhand.merge.faults import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairhand.merge.columns import Columns
    from fairhand.merge.faults import Fault
    from fairhand.merge.record import Record, Row
    from fairhand.merge.wording import Wording


class Looked(NamedTuple):
    """A row that was understood, and what was found wrong or odd with it by itself."""

    record: Record
    faults: tuple[Fault, ...]

    @property
    def is_bad(self) -> bool:
        """Whether no card can be made of it."""
        return any(not fault.is_warning for fault in self.faults)


def looked_at(rows: Iterable[Row], columns: Columns, wording: Wording) -> Iterator[Looked]:
    """Yield each row as it is understood, with its faults; only a little is kept of each."""
    with Watch(wording) as watch:
        for row in rows:
            record = columns.record(row)
            yield Looked(record, tuple(watch.faults_of(record)))
