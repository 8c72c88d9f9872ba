"""A note and a table of people as a person works at them: looked at, checked, shown, made.

All that passes here is plain data, and nothing is remembered from one call to the next: the note
and the table are files, and what a person chose is `given` and `Wishes`.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fairhand.errors import FailureError, InputError
from fairhand.job.calibrating import carried, correction_for
from fairhand.job.labels import LabelWish
from fairhand.job.merge.looking import looked_at, note_of_row
from fairhand.job.merge.order import Order, PressWish
from fairhand.job.merge.people import people_of
from fairhand.job.merge.worst import Worst
from fairhand.job.sheets import SheetWish, paper_for_cards
from fairhand.merge.columns import column_named, matched
from fairhand.merge.faults import KINDS
from fairhand.merge.person import FIELDS
from fairhand.merge.skipped import is_skipped
from fairhand.merge.table import opened
from fairhand.merge.unused import not_used
from fairhand.merge.wording import Wording
from fairhand.stationery.label_catalogue import label_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from fairhand.job.merge.order import Companion
    from fairhand.job.merge.people import People
    from fairhand.job.merge.worst import Chosen
    from fairhand.merge.columns import Columns
    from fairhand.merge.faults import Fault
    from fairhand.merge.record import Record
    from fairhand.note.read import NoteFile

_LONGEST_EXAMPLE = 60
_EXAMPLES_FROM = 500
"""Rows among which an example of each column is sought."""

_OF_COLUMNS = ("name", "first_name")
"""Fields that are worth a name of their own in the words where no column is called so."""

_SOMEBODY = "Somebody"


class Problem(NamedTuple):
    """What is wrong with the note or the table as a whole, in a sentence, and what to do."""

    message: str
    hint: str
    field: str


class Insertable(NamedTuple):
    """What may stand in {{ }}: its name there, the column, and what stands in that somewhere."""

    name: str
    column: str
    example: str


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a table is understood.

    `count` rows are wanted of it. `columns` are those that each field is made from, `fields` all
    fields to which a column can be given. `wanted` are the names in the words, `missing` those of
    them that neither a column nor a field has; `unused` columns feed nothing. `told` says how the
    table was read, `faults` what keeps cards from being made.
    """

    name: str
    headers: tuple[str, ...]
    count: int
    columns: Mapping[str, tuple[str, ...]]
    fields: tuple[str, ...]
    wanted: tuple[str, ...]
    missing: tuple[str, ...]
    unused: tuple[str, ...]
    told: tuple[str, ...]
    insertable: tuple[Insertable, ...]
    faults: tuple[Problem, ...]


class RowProblem(NamedTuple):
    """What is wrong or odd with one row (from 1; `line` is that of the file), and what to do."""

    row: int
    line: int
    name: str
    kind: str
    title: str
    field: str
    message: str
    hint: str


class WorstCard(NamedTuple):
    """A card that is to be looked at before paper is used, why, and the note it is made of."""

    row: int
    name: str
    why: str
    source: NoteFile


@dataclass(frozen=True, slots=True)
class Checked:
    """What rows came to: `bad` rows cannot be made as written, `faults` say why.

    `notices` are to be known of nearly all cards; `told` says which `card` was chosen for all, and
    what else was made of the wishes.
    """

    rows: int
    bad: int
    card: str
    faults: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]
    worst: tuple[WorstCard, ...]
    notices: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wished of a merge.

    `labels` names their sheet, where `companion` is "labels"; `start` is the first place to be
    filled on it, or else on the sheets of cards. `on` is the paper of these, "" for sheets of the
    card's own size. `press`: files for a print shop.
    """

    skip_bad: bool = False
    keep_duplicates: bool = False
    companion: Companion = "envelopes"
    labels: str = ""
    start: int = 1
    press: bool = False
    on: str = ""


USUAL = Wishes()


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is: rows read, cards made or `resumed`, bad rows, and how many rows there are."""

    rows: int
    cards: int
    bad: int
    resumed: int
    count: int


def table_of(note: Path, table: Path, given: Mapping[str, str]) -> TableLook:
    """Look at a table and at what the note wants of it, which need not be there yet.

    InputError when the table cannot be read.
    """
    faults: list[Problem] = []
    told: list[str] = []
    wording: Wording | None = None
    try:
        wording, said = _wording(note)
        told += said
    except InputError as error:
        faults.append(_problem(error))
        # What the words want of the table is to be seen all the same.
        if error.field == "from":
            wording, said = _wording(note, {"from": _SOMEBODY})
            told += said
    with opened(table) as found:
        usable = _usable(given, found.headers, faults)
        columns = matched(found.headers, usable, wording.language if wording else "en")
        rows = (one for row in found if not is_skipped((one := columns.record(row)).fields))
        first = list(islice(rows, _EXAMPLES_FROM))
        count = len(first) + sum(1 for _ in rows)
        told += [*found.notices, *columns.notices]
    known = {*columns.identifiers, *FIELDS}
    wanted: Sequence[str] = ()
    if wording:
        wanted = wording.in_order
        try:
            wording.check(known)
        except InputError as error:
            faults.append(_problem(error))
    return TableLook(
        table.name, columns.headers, count, columns.by_field, FIELDS, tuple(wanted),
        tuple(name for name in wanted if name not in known),
        not_used(columns, wording.used if wording else ()), tuple(told),
        tuple(_insertable(columns, first)), tuple(faults),
    )  # fmt: skip


def checked(
    note: Path, table: Path, given: Mapping[str, str], wishes: Wishes = USUAL,
    observe: Callable[[Step], None] = lambda _: None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Checked:  # fmt: skip
    """Look through every row of a table without making a file, and choose the worst cards.

    InputError for what is wrong with the note or the table as a whole; FailureError when
    `is_stopping` told it to stop.
    """
    with _opened(note, table, given, wishes) as (found, said):
        worst = Worst()
        looked = looked_at(found, worst, _observer(observe, is_stopping, found.count))
        if is_stopping():
            raise FailureError("Stopped before all rows were looked at.")
        chosen = worst.chosen({one.message for one in looked.faults if one.is_warning})
        cards = [_worst(one, found) for one in chosen]
        told = (*said, *found.of_card, *found.told_later())
        hints = tuple(
            found.hints[field]
            for field in dict.fromkeys(one.field for one in looked.faults)
            if field in found.hints
        )
    return Checked(
        looked.rows, looked.bad, found.order.card,
        tuple(_row_problem(one) for one in looked.faults if not one.is_warning),
        tuple(_row_problem(one) for one in looked.faults if one.is_warning),
        tuple(cards), (*hints, *looked.notices), told,
    )  # fmt: skip


def source_of_row(note: Path | str, table: Path | str, given: Mapping[str, str], row: int,
                  overrides: Mapping[str, Any] | None = None) -> NoteFile:  # fmt: skip
    """Return the note as it is for one row of a table, from 1, on the card that is for all.

    `overrides` take the place of the note's own settings. InputError when there is no such row, or
    no note can be made of it.
    """
    wording, _ = _wording(note, overrides)
    with people_of(Order(wording, Path(), given=given), str(table)) as found:
        return note_of_row(found, row)


@contextmanager
def _opened(
    note: Path, table: Path, given: Mapping[str, str], wishes: Wishes, output: Path = Path()
) -> Iterator[tuple[People, tuple[str, ...]]]:
    """Open a table for a note as it is wished, and yield what is to be said of both too."""
    order, said = order_of(note, output, given, wishes)
    with people_of(order, str(table), counted=True) as found:
        yield found, said


def order_of(
    note: Path, output: Path, given: Mapping[str, str], wishes: Wishes
) -> tuple[Order, tuple[str, ...]]:
    """Return what is wished as an order, and what is to be said of it.

    InputError for wishes that do not go together, or name what there is not.
    """
    wording, said = _wording(note)
    if wishes.press and wishes.on:
        raise InputError("A print shop puts several cards on a sheet by itself.",
                         hint="Choose files for a print shop, or a larger paper.")  # fmt: skip
    labels = on = correction = None
    if wishes.companion == "labels":
        labels = LabelWish(label_sheet(wishes.labels).sheet, wishes.start)
    if wishes.on:
        on = SheetWish(paper_for_cards(wishes.on), start=1 if labels else wishes.start)
    if not wishes.press:
        found, told = correction_for()
        correction = found.correction if found else None
        said += (carried(found, "PDFs"),) if found else told
    order = Order(
        wording, output, given=given, companion=wishes.companion, labels=labels, on=on,
        press=PressWish() if wishes.press else None, correction=correction,
        skip_bad=wishes.skip_bad, keep_duplicates=wishes.keep_duplicates,
    )  # fmt: skip
    return order, said


def _wording(
    note: Path | str, overrides: Mapping[str, Any] | None = None
) -> tuple[Wording, tuple[str, ...]]:
    """Read the words, without to whom they go: the table says that."""
    try:
        return Wording.read(note, overrides), ()
    except InputError as error:
        if error.field != "to":
            raise
    wording = Wording.read(note, {**(overrides or {}), "to": None})
    return wording, ("Whom the note itself goes to is left out: the table says that.",)


def _usable(
    given: Mapping[str, str], headers: Sequence[str], faults: list[Problem]
) -> dict[str, str]:
    """Return the choices of columns that the table has; the others are faults."""
    found: dict[str, str] = {}
    for field, header in given.items():
        try:
            matched(headers, {field: header})
        except InputError as error:
            faults.append(Problem(error.message, error.hint, field))
            continue
        found[field] = column_named(header, headers) if header.strip() else ""
    return found


def _insertable(columns: Columns, records: Sequence[Record]) -> Iterator[Insertable]:
    """Yield what may stand in the words, with the first example of each."""
    by_field = columns.by_field
    for field in _OF_COLUMNS:
        if field in by_field and field not in columns.identifiers:
            yield _example(field, ", ".join(by_field[field]), records)
    for name, header in zip(columns.identifiers, columns.headers, strict=True):
        yield _example(name, header, records)


def _example(name: str, column: str, records: Sequence[Record]) -> Insertable:
    text = next((text for one in records if (text := one.words.get(name, ""))), "")
    line = " ".join(text.split())
    short = line if len(line) <= _LONGEST_EXAMPLE else f"{line[: _LONGEST_EXAMPLE - 1]}…"
    return Insertable(name, column, short)


def _observer(
    observe: Callable[[Step], None], is_stopping: Callable[[], bool], count: int
) -> Callable[[int, int, int], bool]:
    def told(rows: int, cards: int, bad: int) -> bool:
        observe(Step(rows, cards, bad, 0, count))
        return not is_stopping()

    return told


def _worst(one: Chosen, found: People) -> WorstCard:
    source = found.order.wording.note_for(one.record)
    to = source.note.to
    name = (to.name or to.organisation) if to else ""
    return WorstCard(one.record.row.number, name, ", ".join(one.why), source)


def _problem(error: InputError) -> Problem:
    return Problem(error.message, error.hint, error.field)


def _row_problem(one: Fault) -> RowProblem:
    title = KINDS[one.kind].title
    return RowProblem(
        one.row, one.line, one.name, one.kind.value, title, one.field, one.message, one.hint
    )
