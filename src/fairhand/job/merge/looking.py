"""Rows looked at without a file: one of them as its note, or all for what is wrong with them.

Where that is asked for, the worst of them are found too: those that the proof of a merge shows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from fairhand.errors import InputError
from fairhand.job.merge.notices import Tally, noticed
from fairhand.job.merge.recipe import Recipe
from fairhand.job.merge.volume import facts_of
from fairhand.merge.faults import told_once
from fairhand.merge.recipient import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fairhand.job.merge.order import Noticed, Order
    from fairhand.job.merge.people import People
    from fairhand.job.merge.persons import Ready
    from fairhand.job.merge.worst import Worst
    from fairhand.merge.faults import Fault
    from fairhand.note.read import NoteFile


class Looked(NamedTuple):
    """What rows came to: how many there are, and how many of them cannot be made as written.

    `notices` are what is to be known of nearly all of them.
    """

    rows: int
    bad: int
    faults: tuple[Fault, ...]
    notices: tuple[str, ...]


def note_of_row(people: People, number: int) -> NoteFile:
    """Return the note of one row; InputError when the table has no such row, or no note of it."""
    for one in people.rows:
        if one.record.row.number == number:
            return people.order.wording.note_for(one.record)
    raise InputError(f"The table has no row {number} of which a card is wanted.",
                     hint="Rows are counted from 1, without the heading.")  # fmt: skip


def looked_at(
    people: People, worst: Worst | None = None,
    observe: Callable[[int, int, int], bool] = lambda rows, cards, bad: True,
) -> Looked:  # fmt: skip
    """Look at all rows of a table as a merge does before it makes anything.

    `worst` takes in every card. `observe` is told of the rows that were looked at, of their cards
    and of those of them that are bad, and whether to go on is what it returns.
    """
    order = people.order
    recipe = Recipe(order)
    tally = Tally()
    faults: list[Fault] = []
    bad: set[int] = set()
    rows = cards = 0
    for one in people.rows:
        rows += 1
        ready, found = recipe.ready(one.record)
        if one.duplicate and not (order.keep_duplicates and not one.duplicate.is_warning):
            found = [one.duplicate, *found]
        found = [replace(fault, name=named(one.record.fields)) for fault in found]
        faults += found
        if any(not fault.is_warning for fault in found):
            bad.add(one.record.row.number)
            ready = None
        if ready:
            cards += 1
            notices = noticed([(ready.row.number, ready.notices)])
            tally.see([(ready.row.number, ready.row.line, ready.name)], notices)
            if worst:
                _see(worst, ready, order, found, notices)
        if not observe(rows, cards, len(bad)):
            break
    notices_of_all, of_rows = tally.told()
    told = sorted((*faults, *of_rows), key=lambda fault: fault.row)
    return Looked(rows, len(bad), tuple(told_once(told, rows)), tuple(notices_of_all))


def _see(
    worst: Worst, ready: Ready, order: Order, found: Iterable[Fault], notices: Iterable[Noticed]
) -> None:
    """Take in a card as the proof of a merge takes it in."""
    record = ready.record
    worst.see([facts_of(ready, order.keep, {})], {ready.row.number: record})
    for fault in found:
        worst.warn(fault.kind, fault.message, [record])
    for kind, message, _ in notices:
        worst.warn(kind, message, [record])
