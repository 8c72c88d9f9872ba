"""What is wrong with rows of a table, in words, and the two places where it is told.

A fault keeps its row from being printed until somebody mends it; a warning does not.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from fairhand.errors import DoesNotFitError, MissingLetterError
from fairhand.merge.cells import CharacterError, OutsideError
from fairhand.merge.sandbox import MissingFieldError
from fairhand.note.blanks import BlanksLeftError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from fairhand.errors import InputError
    from fairhand.merge.record import Row


class Kind(StrEnum):
    """All that can be wrong with a row, in the order in which it is told."""

    ROW = "unreadable row"
    NAME = "no name"
    EMPTY = "empty cell"
    BLANK = "blank left"
    LEFTOVER = "leftover of a program"
    CHARACTER = "bad character"
    ADDRESS = "bad address"
    DUPLICATE = "duplicate"
    SETTING = "bad setting"
    FILE = "file outside"
    LETTER = "missing letter"
    FIT = "does not fit"
    WORDS = "bad words"
    LONG_LINE = "long line"
    ODD_ADDRESS = "odd address"
    NO_COUNTRY = "no country"
    BARCODE = "odd barcode"
    OTHER_HAND = "another hand"
    NOTICE = "notice"
    ODD_NAME = "odd name"
    NEAR_DUPLICATE = "near duplicate"


class _Told(NamedTuple):
    title: str
    what_to_do: str
    is_warning: bool = False


KINDS: dict[Kind, _Told] = {
    Kind.ROW: _Told("The table itself is damaged", "Mend the row in the table."),
    Kind.NAME: _Told("Nobody is named", "Write a name or an organisation."),
    Kind.EMPTY: _Told(
        "A cell is empty that the words need",
        'Fill it in, or write {{ name | default("...") }} or {% if name %} in the words.',
    ),
    Kind.BLANK: _Told("A blank was never filled in", "Write what shall stand there."),
    Kind.LEFTOVER: _Told(
        "A spreadsheet or a program left its own word", "Write what shall stand there."
    ),
    Kind.CHARACTER: _Told(
        "A character cannot be written by anybody", "Take it out, or type it anew."
    ),
    Kind.ADDRESS: _Told("The post cannot use the address", "Add what is missing."),
    Kind.DUPLICATE: _Told("The same person is in the table twice", "Take one of the rows out."),
    Kind.SETTING: _Told("A setting of the row cannot be used", "Mend it, or empty the cell."),
    Kind.FILE: _Told(
        "A file lies outside the note's folder", "Put it beside the note and name it from there."
    ),
    Kind.LETTER: _Told("The hand cannot write a letter", "Choose another hand for the row."),
    Kind.FIT: _Told("The words do not fit on the card", "Shorten them, or take a larger card."),
    Kind.WORDS: _Told("No note can be made of the row", "Mend the cell."),
    Kind.LONG_LINE: _Told(
        "A line is long for an envelope", "Divide it, or look at the proof.", is_warning=True
    ),
    Kind.ODD_ADDRESS: _Told(
        "Something in the address is unusual", "Compare it; it is kept as it is.", is_warning=True
    ),
    Kind.NO_COUNTRY: _Told(
        "The country is taken for granted",
        "Write the country, if it is another.",
        is_warning=True,
    ),
    Kind.BARCODE: _Told(
        "The barcode and the address do not agree", "Compare the two.", is_warning=True
    ),
    Kind.OTHER_HAND: _Told(
        "Another hand writes the address", "Look at the proof.", is_warning=True
    ),
    Kind.NOTICE: _Told("Something is to be known", "Look at the proof.", is_warning=True),
    Kind.ODD_NAME: _Told(
        "A name may not stand so on an envelope",
        "Write it as it shall stand there, or use columns for first and last name.",
        is_warning=True,
    ),
    Kind.NEAR_DUPLICATE: _Told(
        "This may be the same person as in another row", "Compare the two.", is_warning=True
    ),
}
"""What each kind is called in a report, what to do about it, and whether it only warns."""

_BY_ERROR = (
    (MissingFieldError, Kind.EMPTY),
    (BlanksLeftError, Kind.BLANK),
    (CharacterError, Kind.CHARACTER),
    (OutsideError, Kind.FILE),
    (MissingLetterError, Kind.LETTER),
    (DoesNotFitError, Kind.FIT),
)
_SETTINGS = {
    "hand", "card", "ink", "pen", "layout", "seed", "language", "art", "neatness", "imb", "date",
    "large", "front_hand", "front_ink", "front_place", "return_address", "address_hand",
}  # fmt: skip
_HINTS_OF_COLUMNS = {
    "imb": "It has 20, 25, 29 or 31 digits, the second of them 0 to 4. Format the column as text "
    "before it is filled: of a number a spreadsheet keeps 15 digits, and no zeros in front.",
}
_HAND_OF_A_ROW = 'A column "hand" takes another hand for a row alone.'
_NEARLY_ALL = 0.8
_OF_MISSING = (Kind.NAME, Kind.EMPTY, Kind.ADDRESS)
_MOST_RANGES = 20
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MOST_HINTS = 3
_COLUMNS = ("row", "line", "name", "made", "kind", "field", "problem", "what to do")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with one row: `row` counts persons, `line` is where it begins in the file.

    `name` is that of the person, where it is known.
    """

    row: int
    line: int
    kind: Kind
    field: str
    message: str
    hint: str = ""
    name: str = ""

    @property
    def is_warning(self) -> bool:
        """Whether the row can be printed as it is."""
        return KINDS[self.kind].is_warning

    def __str__(self) -> str:
        where = f"row {self.row} (line {self.line})"
        return (
            f"{where}, {self.field}: {self.message}" if self.field else f"{where}: {self.message}"
        )


def fault(row: Row, kind: Kind, field: str, message: str, hint: str = "") -> Fault:
    """Return a fault of a row; without a hint it has that of its kind."""
    return Fault(row.number, row.line, kind, field, message, hint or KINDS[kind].what_to_do)


def fault_of(error: InputError, row: int, line: int) -> Fault:
    """Return the fault that an error tells of: from the words, or from making the card."""
    kind = next((kind for cause, kind in _BY_ERROR if isinstance(error, cause)), None)
    if kind is None:
        kind = Kind.SETTING if error.field in _SETTINGS else Kind.WORDS
    message = error.message.removeprefix(f'"{error.field}": ')
    message = message[:1].upper() + message[1:]
    hint = _HINTS_OF_COLUMNS.get(error.field, error.hint)
    if kind is Kind.LETTER:
        hint = f"{hint} {_HAND_OF_A_ROW}".strip()
    return Fault(row, line, kind, error.field, message, hint or KINDS[kind].what_to_do)


def told_once(faults: Iterable[Fault], rows: int) -> list[Fault]:
    """Return faults without what is taken for granted in nearly every row, but for the first.

    That one says in how many of the table's `rows` it is so.
    """
    faults = list(faults)
    counted = Counter(one.message for one in faults if one.kind is Kind.NO_COUNTRY)
    many = {text for text, count in counted.items() if count > 1 and count >= _NEARLY_ALL * rows}
    found: list[Fault] = []
    for one in faults:
        if one.kind is not Kind.NO_COUNTRY or one.message not in many:
            found.append(one)
        elif count := counted.pop(one.message, 0):
            message = f"{one.message} It is so in {count:,} of {rows:,} rows."
            found.append(replace(one, message=message))
    return found


def problems_csv(
    faults: Iterable[Fault], left_out: Container[int] | None = None
) -> Iterator[bytes]:
    """Yield problems.csv by its lines (RFC 4180): UTF-8 with the mark by which Excel knows it.

    `left_out` are the rows that have no card; None where no row has one. A
    cell that a spreadsheet would take for a formula has an apostrophe before it.
    """
    yield codecs.BOM_UTF8 + _csv_line(_COLUMNS)
    for one in faults:
        made = "no" if left_out is None or one.row in left_out else "yes"
        who = (str(one.row), str(one.line), one.name, made)
        yield _csv_line((*who, one.kind.value, one.field, one.message, one.hint))


def as_data(fault: Fault) -> dict[str, Any]:
    """Return a fault as JSON tells it."""
    return {
        "row": fault.row, "line": fault.line, "name": fault.name, "kind": fault.kind.value,
        "field": fault.field, "problem": fault.message, "hint": fault.hint,
        "warning": fault.is_warning,
    }  # fmt: skip


def report(
    faults: Iterable[Fault], limit: int = 5, hints: Mapping[str, str] | None = None
) -> list[str]:
    """Return what is wrong as lines for the terminal, faults before warnings.

    Each kind has a line with its rows; under it stand `limit` different problems, each with its
    rows, and what to do. `hints` are for fields that nearly all rows of the table lack.
    """
    rows: dict[Kind, list[int]] = {}
    shown: dict[Kind, dict[tuple[str, str], list[Fault]]] = {}
    for one in faults:
        rows.setdefault(one.kind, []).append(one.row)
        known = shown.setdefault(one.kind, {})
        problem = (one.field, one.message)
        if problem in known or len(known) < limit:
            known.setdefault(problem, []).append(one)
    lines: list[str] = []
    for kind in sorted(rows, key=list(Kind).index):
        told, problems = KINDS[kind], list(shown[kind].values())
        warned = "Warning: " if told.is_warning else ""
        lines.append(f"{warned}{told.title}: {row_ranges(rows[kind])}.")
        lines += [f"  {_in_rows(same)}" for same in problems]
        left = len(rows[kind]) - sum(map(len, problems))
        if left:
            lines.append(f"  and {left} more of these")
        said = dict.fromkeys(same[0].hint for same in problems)
        if len(said) > _MOST_HINTS:
            said = {told.what_to_do: None}
        lines += [f"  -> {hint}" for hint in said]
        if kind in _OF_MISSING:
            lacking = dict.fromkeys(same[0].field for same in problems)
            lines += [f"  -> {hints[field]}" for field in lacking if hints and field in hints]
    return lines


def _in_rows(same: list[Fault]) -> str:
    """Return one problem with the rows that have it."""
    one = same[0]
    if len(same) == 1:
        return str(one)
    field = f", {one.field}" if one.field else ""
    return f"{row_ranges(fault.row for fault in same)}{field}: {one.message}"


def row_ranges(numbers: Iterable[int]) -> str:
    """Return rows in words: "row 3", "rows 3, 17-19"."""
    ordered = sorted(set(numbers))
    ranges: list[list[int]] = []
    for number in ordered:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    named = [f"{first}" if first == last else f"{first}-{last}"
             for first, last in ranges[:_MOST_RANGES]]  # fmt: skip
    shown = sum(last - first + 1 for first, last in ranges[:_MOST_RANGES])
    more = f" and {len(ordered) - shown} more" if len(ordered) > shown else ""
    return f"{'row' if len(ordered) == 1 else 'rows'} {', '.join(named)}{more}"


def _csv_line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return line.getvalue().encode("utf-8", "replace")
