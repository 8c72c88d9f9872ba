"""Rows looked at without a file: one of them as its note, or all for what is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from fairhand.errors import InputError
from fairhand.job.merge.notices import Tally, noticed
from fairhand.job.merge.recipe import Recipe
from fairhand.merge.faults import told_once
from fairhand.merge.recipient import named

if TYPE_CHECKING:
    from fairhand.job.merge.people import People
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


def looked_at(people: People) -> Looked:
    """Look at all rows of a table as a merge does before it makes anything."""
    recipe = Recipe(people.order)
    tally = Tally()
    faults: list[Fault] = []
    bad: set[int] = set()
    rows = 0
    for one in people.rows:
        rows += 1
        ready, found = recipe.ready(one.record)
        if one.duplicate:
            found = [one.duplicate, *found]
        faults += [replace(fault, name=named(one.record.fields)) for fault in found]
        bad.update(fault.row for fault in found if not fault.is_warning)
        if ready:
            seen = (ready.row.number, ready.row.line, ready.name)
            tally.see([seen], noticed([(ready.row.number, ready.notices)]))
    notices, of_rows = tally.told()
    told = sorted((*faults, *of_rows), key=lambda fault: fault.row)
    return Looked(rows, len(bad), tuple(told_once(told, rows)), tuple(notices))
