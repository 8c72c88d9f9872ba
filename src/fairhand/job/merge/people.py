"""The people of a merge: their table opened, its columns matched, and the card chosen for all."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.job.make import make
from fairhand.merge.columns import matched
from fairhand.merge.look import looked_at
from fairhand.merge.person import FIELDS
from fairhand.merge.table import opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairhand.job.merge.order import Order
    from fairhand.merge.columns import Columns
    from fairhand.merge.look import Looked
    from fairhand.merge.record import Record
    from fairhand.note.read import NoteFile

_LOOKED_AHEAD = 500
_LONGEST = 3
"""A card is chosen for so many of the longest notes among the first rows."""

_MOST_COUNTED = 100_000_000
"""Bytes of a table that is counted before it is read, so that the time left is known."""


@dataclass(frozen=True, slots=True)
class People:
    """The rows of a table as they come, and the order with the card that was chosen.

    `told` says in sentences how the table was read. `count` is 0 where it is not known.
    """

    order: Order
    rows: Iterator[Looked]
    told: tuple[str, ...]
    count: int = 0


@contextmanager
def people_of(
    order: Order, path: str, *, encoding: str | None = None, delimiter: str | None = None,
    sheet: str | None = None, counted: bool = False,
) -> Iterator[People]:  # fmt: skip
    """Open a table ("-" is standard input) and match its columns to what the words want.

    `counted`: its rows are counted first, if it is a file. InputError when it cannot be read, or
    the words name a column that it does not have.
    """
    wishes = {"encoding": encoding, "delimiter": delimiter, "sheet": sheet}
    with opened(path, **wishes) as table:
        columns = matched(table.headers, order.given)
        order.wording.check({*columns.identifiers, *FIELDS})
        first = list(islice(rows := iter(table), _LOOKED_AHEAD))
        told = [*table.notices, *columns.shown(), *columns.notices]
        chosen, said = _with_card(order, [columns.record(row) for row in first])
        looked = looked_at(chain(first, rows), columns, order.wording)
        count = 0
        if counted and len(first) < _LOOKED_AHEAD:
            count = len(first)
        elif counted:
            count = _count(path, columns, wishes)
        yield People(chosen, looked, (*told, *said), count)


def _with_card(order: Order, records: Iterable[Record]) -> tuple[Order, tuple[str, ...]]:
    """Return the order with one card for all, where the note leaves the choice to us.

    One buys one box of cards. Those with the longest notes among the first rows decide, whichever
    rows are wanted, so that a row gets the same card when it is made again.
    """
    longest: list[tuple[int, NoteFile]] = []
    for record in records:
        with suppress(InputError):
            source = order.wording.note_for(record)
            if source.note.card != "auto":
                continue
            longest.append((len(source.note.words), source))
    longest.sort(key=lambda one: one[0], reverse=True)
    cards = []
    for _, source in longest[:_LONGEST]:
        with suppress(InputError):
            cards.append(make(source, with_envelope=False).composed.card)
    if not cards:
        return order, ()
    card = max(cards, key=lambda one: one.width * one.height)
    wording = order.wording.with_overrides({"card": card.name})
    told = f"All cards are {card.title}, chosen for the longest notes; --card takes another."
    return replace(order, wording=wording), (told,)


def _count(path: str, columns: Columns, wishes: dict[str, str | None]) -> int:
    file = Path(path)
    if not file.is_file() or file.stat().st_size > _MOST_COUNTED:
        return 0
    with opened(path, **wishes) as table:
        return sum(1 for _ in table)
