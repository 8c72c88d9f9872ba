"""What all readers of tables share: what they are asked, what they answer, and their limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.merge.synonyms import is_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fairhand.merge.record import Row

LONGEST_CELL = 65_536
"""Characters; a row with a longer cell is in trouble."""

LONGEST_LINE = 1_048_576
"""Characters of a line, or of one person in JSON; what is longer is no table of people."""

MOST_COLUMNS = 1_000
_LONGEST_HEADER = 500

_LIKE_DATA = re.compile(r"^\d|\d{3}|@")
"""What stands in cells of people and not in the names of columns ("Address 2", "Gift 10")."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person said about the table; None is found out."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The names of the columns, and the rows to come; their cells have these names."""

    headers: tuple[str, ...]
    rows: Iterator[Row]
    why_empty: str = ""


def is_title(cells: Sequence[str], below: Sequence[str], tell: Callable[[str], None]) -> bool:
    """Tell whether a table's first row is its title, since the names of columns are below it."""
    found = [cell for cell in cells if cell]
    if len(found) != 1 or sum(map(is_known, below)) < 2:
        return False
    tell(f'The first row ("{_short(found[0])}") is a title; the columns are named below it.')
    return True


def checked_headers(cells: Sequence[str], *, are_names: bool = False) -> tuple[str, ...]:
    """Return the names of the columns; a column without one is called after its place.

    InputError for two of the same name, for too many, and (unless `are_names` says that they
    cannot be anything else) for a first row that holds a person already.
    """
    headers = [" ".join(cell.replace("\ufeff", "").split()) for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise InputError(
            f"It has {len(headers):,} columns; {MOST_COLUMNS:,} are the most.",
            hint="Keep the columns that the cards need.",
        )
    if not are_names and not any(map(is_known, headers)) and any(map(_LIKE_DATA.search, headers)):
        raise InputError(
            f'The first row ("{_short(", ".join(headers))}") looks like a person, '
            "not like the names of columns.",
            hint="Put a row above it that names them: name, address, city, postcode, country.",
        )
    taken = {header for header in headers if header}
    for place, header in enumerate(headers, start=1):
        if header not in taken and header:
            raise InputError(
                f'Two columns are called "{_short(header)}".',
                hint="Give one of them another name, or take it out.",
            )
        taken.discard(header)
        if len(header) > _LONGEST_HEADER:
            raise InputError(
                f"The name of column {place} has {len(header):,} characters.",
                hint="The first row must hold the names of the columns.",
            )
        if not header:
            headers[place - 1] = f"column {place}"
    return tuple(headers)


def too_long(header: str, length: int) -> str:
    """Return the trouble of a cell that is too long."""
    return f'The cell under "{_short(header)}" has {length:,} characters; {LONGEST_CELL:,} fit.'


def trouble_of(headers: Sequence[str], cells: Sequence[str]) -> str:
    """Return what is wrong with a row's cells themselves, or ""."""
    if max(map(len, cells), default=0) > LONGEST_CELL:
        place = next(i for i, cell in enumerate(cells) if len(cell) > LONGEST_CELL)
        return too_long(headers[place], len(cells[place]))
    return ""


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
