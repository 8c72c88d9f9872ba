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

from fairhand.errors import InputError, StoppedError
from fairhand.job.merge.looking import looked_at, note_of_row
from fairhand.job.merge.names import title_of
from fairhand.job.merge.order import Order
from fairhand.job.merge.people import people_of
from fairhand.job.merge.run import merge
from fairhand.job.merge.wished import USUAL, Step, order_of, row_problem, words_of
from fairhand.job.merge.worst import Worst
from fairhand.job.page_words import for_page, lines_on_page
from fairhand.merge.columns import column_named, matched
from fairhand.merge.person import FIELDS
from fairhand.merge.skipped import is_skipped
from fairhand.merge.table import opened
from fairhand.merge.unused import not_used

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from fairhand.job.merge.people import People
    from fairhand.job.merge.run import Progress
    from fairhand.job.merge.wished import RowProblem, Wishes
    from fairhand.job.merge.worst import Chosen
    from fairhand.merge.columns import Columns
    from fairhand.merge.record import Record
    from fairhand.merge.wording import Wording
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


class WorstCard(NamedTuple):
    """A card that is to be looked at before paper is used, why, and the note it is made of."""

    row: int
    name: str
    why: str
    source: NoteFile


class MadeFile(NamedTuple):
    """A file that was made: where it lies, what it is called on a page, and its bytes."""

    path: Path
    title: str
    size: int


@dataclass(frozen=True, slots=True)
class MadeCards:
    """What came of making the cards of a table.

    Without `cards` bad rows were in the way: then the file that lists the `faults` is the only
    one. `notices` are to be known of nearly all cards, `printing` says how the files are printed.
    """

    cards: int
    left_out: int
    resumed: int
    files: tuple[MadeFile, ...]
    faults: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]
    notices: tuple[str, ...]
    printing: tuple[str, ...]


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


def table_of(note: Path, table: Path, given: Mapping[str, str]) -> TableLook:
    """Look at a table and at what the note wants of it, which need not be there yet.

    InputError when the table cannot be read.
    """
    faults: list[Problem] = []
    told: list[str] = []
    wording: Wording | None = None
    try:
        wording, said = words_of(note)
        told += said
    except InputError as error:
        faults.append(_problem(error))
        # What the words want of the table is to be seen all the same.
        if error.field == "from":
            wording, said = words_of(note, {"from": _SOMEBODY})
            told += said
    with opened(table) as found:
        words = wording.used if wording else ()
        usable = _usable(given, found.headers, words, faults)
        columns = matched(found.headers, usable, wording.language if wording else "en", words)
        rows = (one for row in found if not is_skipped((one := columns.record(row)).fields))
        first = list(islice(rows, _EXAMPLES_FROM))
        count = len(first) + sum(1 for _ in rows)
        told += [*found.notices, *columns.notices]
    known = columns.words
    wanted: Sequence[str] = ()
    if wording:
        wanted = wording.in_order
        try:
            wording.check(known)
        except InputError as error:
            faults.append(_problem(error))
    return TableLook(
        table.name, columns.headers, count, _made_of(columns, words), FIELDS, tuple(wanted),
        tuple(name for name in wanted if name not in known),
        not_used(columns, words), lines_on_page(told),
        tuple(_insertable(columns, first)), tuple(faults),
    )  # fmt: skip


def checked(
    note: Path, table: Path, given: Mapping[str, str], wishes: Wishes = USUAL,
    observe: Callable[[Step], None] = lambda _: None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Checked:  # fmt: skip
    """Look through every row of a table without making a file, and choose the worst cards.

    InputError for what is wrong with the note or the table as a whole; StoppedError when
    `is_stopping` told so.
    """
    with _opened(note, table, given, wishes) as (found, said):
        worst = Worst()
        looked = looked_at(found, worst, _observer(observe, is_stopping, found.count))
        if is_stopping():
            raise StoppedError("Stopped before all rows were looked at.")
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
        tuple(row_problem(one) for one in looked.faults if not one.is_warning),
        tuple(row_problem(one) for one in looked.faults if one.is_warning),
        tuple(cards), lines_on_page((*hints, *looked.notices)), lines_on_page(told),
    )  # fmt: skip


def source_of_row(note: Path | str, table: Path | str, given: Mapping[str, str], row: int,
                  overrides: Mapping[str, Any] | None = None) -> NoteFile:  # fmt: skip
    """Return the note as it is for one row of a table, from 1, on the card that is for all.

    `overrides` take the place of the note's own settings. InputError when there is no such row, or
    no note can be made of it.
    """
    wording, _ = words_of(note, overrides)
    with people_of(Order(wording, Path(), given=given), str(table)) as found:
        return note_of_row(found, row)


def make(
    note: Path, table: Path, given: Mapping[str, str], output: Path, wishes: Wishes = USUAL,
    observe: Callable[[Step], None] = lambda _: None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> MadeCards:  # fmt: skip
    """Make the cards of everybody in a table, in one folder, and in this process alone.

    What an earlier call has finished there is not made again. InputError for what is wrong with
    the note or the table as a whole; FailureError when files cannot be written; StoppedError when
    `is_stopping` told so, which is asked before each volume.
    """
    with _opened(note, table, given, wishes, output) as (found, said):
        count = found.count

        def told(at: Progress) -> None:
            observe(Step(at.rows, at.cards + at.at_work, at.bad, at.resumed, count))

        merged = merge(found.order, found.rows, told, is_stopping)
        notices = (*said, *found.of_card, *found.told_later(), *merged.notices)
    return MadeCards(
        merged.cards, merged.left_out, merged.resumed,
        tuple(MadeFile(path, title_of(path.name), path.stat().st_size) for path in merged.files),
        tuple(row_problem(one) for one in merged.faults if not one.is_warning),
        tuple(row_problem(one) for one in merged.faults if one.is_warning),
        lines_on_page(notices), lines_on_page(merged.printing),
    )  # fmt: skip


@contextmanager
def _opened(
    note: Path, table: Path, given: Mapping[str, str], wishes: Wishes, output: Path = Path()
) -> Iterator[tuple[People, tuple[str, ...]]]:
    """Open a table for a note as it is wished, and yield what is to be said of both too."""
    order, said = order_of(note, output, given, wishes)
    with people_of(order, str(table), counted=True) as found:
        yield found, said


def _made_of(columns: Columns, words: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the columns of each field, and of each of the words that is none."""
    found = dict(columns.by_field)
    names = dict(zip(columns.identifiers, columns.headers, strict=True)) | dict(columns.named)
    found.update({word: (names[word],) for word in words if word in names and word not in found})
    return found


def _usable(
    given: Mapping[str, str], headers: Sequence[str], words: Collection[str], faults: list[Problem]
) -> dict[str, str]:
    """Return the choices of columns that the table has; the others are faults."""
    found: dict[str, str] = {}
    for field, header in given.items():
        try:
            matched(headers, {field: header}, words=words)
        except InputError as error:
            faults.append(_problem(error)._replace(field=field))
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
    shown = for_page(error)
    return Problem(shown.message, shown.hint, shown.field)
