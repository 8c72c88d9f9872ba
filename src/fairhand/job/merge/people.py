"""The people of a merge: their table opened, its columns matched, and the card chosen for all."""

from __future__ import annotations

import math
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from fairhand.errors import InputError
from fairhand.impose.grid import grid
from fairhand.job.make import composed
from fairhand.job.merge.order import Arrived, Order
from fairhand.job.sheets import scored_for
from fairhand.merge.columns import column_named, matched
from fairhand.merge.duplicates import Duplicates
from fairhand.merge.skipped import is_skipped
from fairhand.merge.table import opened
from fairhand.merge.unused import hints, not_used
from fairhand.merge.unused import told as unused_told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from fairhand.merge.columns import Columns
    from fairhand.merge.record import Record, Row
    from fairhand.merge.table import Table
    from fairhand.stationery.model import Card

_LOOKED_AHEAD = 500
_LONGEST = 5
"""A card is chosen for so many of the longest notes among the first rows."""

_NAMED = ("hand", "card", "ink", "pen", "layout", "art", "front_hand", "front_ink")
"""Settings that name something of ours; those of a note are the same in every row."""

_MOST_COUNTED = 100_000_000
"""Bytes of a table that is counted before it is read, so that the time left is known."""


@dataclass(frozen=True, slots=True)
class People:
    """The rows of a table as they come, and the order with the card that was chosen.

    `told` says in sentences how the table was read, `of_card` which card was chosen, and
    `told_later()` what was seen only when all of it was read. `count` is about how many of them
    are to be made, 0 where it is not known; `hints` say of fields that nearly all rows lack in
    which column they may be, `columns` from which of them each field is made.
    """

    order: Order
    rows: Iterator[Arrived]
    told: tuple[str, ...]
    count: int = 0
    told_later: Callable[[], tuple[str, ...]] = tuple
    hints: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of_card: tuple[str, ...] = ()


@contextmanager
def people_of(
    order: Order, path: str, *, encoding: str | None = None, delimiter: str | None = None,
    sheet: str | None = None, counted: bool = False, stream: BinaryIO | None = None,
) -> Iterator[People]:  # fmt: skip
    """Open a table ("-" is standard input) and match its columns to what the words want.

    `stream` takes the place of the file, and is read once. `counted`: its rows are counted first,
    if it is a file. InputError when it cannot be read, or the words name a column that it does
    not have.
    """
    open_table = partial(opened, path, stream, encoding=encoding, delimiter=delimiter, sheet=sheet)
    with open_table() as table:
        wording = order.wording
        columns = matched(table.headers, order.given, wording.language, wording.used)
        wording.check(columns.words)
        first = list(islice(rows := iter(table), _LOOKED_AHEAD))
        unused = not_used(columns, order.wording.used)
        told = [*table.notices, *columns.shown(), *columns.notices, *unused_told(unused)]
        records = [columns.record(row) for row in first]
        chosen, said = _with_card(order, [one for one in records if not is_skipped(one.fields)])
        keep = tuple(dict.fromkeys(column_named(one, table.headers) for one in order.keep))
        chosen = replace(chosen, fields=frozenset(columns.by_field), keep=keep)
        count = 0
        if counted and len(first) < _LOOKED_AHEAD:
            count = _wanted(order, len(first))
        elif counted:
            count = _wanted(order, _count(path, open_table))
        with Duplicates() as duplicates:
            skipped: Counter[str] = Counter()
            arrived = _arriving(chain(first, rows), columns, duplicates, skipped)
            known = table.notices
            yield People(
                chosen, arrived, (*told, *said), count,
                lambda: (*(one for one in table.notices if one not in known), *_left_out(skipped)),
                hints(unused, records), columns.by_field, said,
            )  # fmt: skip


def _arriving(
    rows: Iterable[Row], columns: Columns, duplicates: Duplicates, skipped: Counter[str]
) -> Iterator[Arrived]:
    """Yield the rows of which cards are wanted; the others are counted, and keep their numbers."""
    for row in rows:
        record = columns.record(row)
        if is_skipped(record.fields):
            skipped[columns.parts["skip"]] += 1
        else:
            yield Arrived(record, duplicates.fault_of(record))


def _left_out(skipped: Counter[str]) -> Iterator[str]:
    for column, count in skipped.items():
        yield f'{count:,} row{"s are" if count > 1 else " is"} left out, as "{column}" says.'


def _with_card(order: Order, records: Iterable[Record]) -> tuple[Order, tuple[str, ...]]:
    """Return the order with one card for all, where the note leaves the choice to us.

    One buys one box of cards. Those with the longest notes among the first rows decide, whichever
    rows are wanted, so that a row gets the same card when it is made again.

    InputError for a setting of the note itself that cannot be used, such as a card that does not
    exist: it is not the fault of any row.
    """
    told: tuple[str, ...] = ()
    scored = scored_for(order.on.paper) if order.on else None
    if scored and order.wording.card == "auto":
        order = replace(order, wording=order.wording.with_overrides({"card": scored.name}))
        told = (f"One card for all, for which the stock is made: {scored.title}.",)
    longest = sorted(records, key=lambda one: _length(order, one), reverse=True)
    notes = []
    cause: InputError | None = None
    for record in longest[:_LONGEST]:
        try:
            notes.append(composed(order.wording.note_for(record), with_envelope=False))
        except InputError as error:
            if error.field in _NAMED and error.field not in {*record.fields, *order.wording.chosen}:
                cause = error
    if not notes and cause:
        raise cause
    if not notes:
        return order, told
    card = max((one.card.card for one in notes), key=lambda one: one.width * one.height)
    order = _in_sheetfuls(replace(order, card=card.name), card)
    if all(one.source.note.card != "auto" for one in notes):
        return order, told
    wording = order.wording.with_overrides({"card": card.name})
    told = (f"One card for all, by the longest notes: {card.title}; --card takes another.",)
    return replace(order, wording=wording), told


def _length(order: Order, record: Record) -> int:
    return sum(len(record.words.get(name, "")) for name in order.wording.written)


def _in_sheetfuls(order: Order, card: Card) -> Order:
    """Return the order with volumes that end with a full sheet, if cards or labels share one."""
    shared = 1
    if order.labels:
        shared = order.labels.sheet.count
    if order.on:
        on = grid(order.on.paper, card, order.on.gutter or 0.0)
        shared = math.lcm(shared, len(on.cells)) if on else shared
    if shared > order.per_file:
        return order
    return replace(order, per_file=order.per_file // shared * shared)


def _wanted(order: Order, count: int) -> int:
    """Return about how many of a table's rows are to be made, by their numbers and the share."""
    numbers = sum(max(0, min(last, count) - first + 1) for first, last in order.rows.ranges)
    return -(-numbers // order.shard.count)


def _count(path: str, open_table: Callable[[], Table]) -> int:
    file = Path(path)
    if not file.is_file() or file.stat().st_size > _MOST_COUNTED:
        return 0
    with open_table() as table:
        return sum(1 for _ in table)
