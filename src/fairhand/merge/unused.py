"""Columns of a table that nothing uses, and which of them may hold what its rows lack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from fairhand.merge.columns import Columns
    from fairhand.merge.record import Record

_MOST_NAMED = 20
_NEARLY_ALL = 0.8
"""Of the rows: so many must lack a part before its column is thought to have another name."""

_LOOKS_LIKE = {
    "address": re.compile(r"(?=[\s\S]*[^\W\d_]{2})(?=[\s\S]*\d)[^@/]{5,}"),
    "city": re.compile(r"[^\W\d_][^\d@/]{2,40}"),
    "region": re.compile(r"[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?"),
    "postcode": re.compile(r"(?=.*\d)[A-Z\d][A-Z\d -]{2,9}", re.IGNORECASE),
    "name": re.compile(r"[^\W\d_]{2,}\.?(?: [^\d@]+)"),
}
"""What cells of a field look like; none of these is sure."""


def not_used(columns: Columns, words: Collection[str]) -> tuple[str, ...]:
    """Return the columns that feed no field and stand in none of the words."""
    names = dict(zip(columns.headers, columns.identifiers, strict=True))
    return tuple(header for header in columns.unused if names[header] not in words)


def told(unused: Sequence[str]) -> tuple[str, ...]:
    """Return the line that names columns without use, if there are any."""
    if not unused:
        return ()
    named = ", ".join(f'"{header}"' for header in unused[:_MOST_NAMED])
    more = len(unused) - _MOST_NAMED
    return (f"not used: {named}{f' and {more} more' if more > 0 else ''}",)


def hints(unused: Sequence[str], records: Iterable[Record]) -> dict[str, str]:
    """Return for each part that nearly all rows lack how to say which column it is in.

    `records` are the first rows of the table.
    """
    rows = list(records)
    if not unused or not rows:
        return {}
    found: dict[str, str] = {}
    for field, pattern in _LOOKS_LIKE.items():
        missing = sum(field not in row.fields for row in rows)
        if missing < _NEARLY_ALL * len(rows):
            continue
        likely = max(unused, key=lambda header: _alike(rows, header, pattern))
        if _alike(rows, likely, pattern) > len(rows) // 2:
            found[field] = f'If it is in another column, say so: --map {field}="{likely}"'
        else:
            found[field] = (
                f'If it is in another column, say in which, such as --map {field}="{unused[0]}"; '
                f"{told(unused)[0]}."
            )
    return found


def _alike(rows: Sequence[Record], header: str, pattern: re.Pattern[str]) -> int:
    """Return in how many rows a column's cell looks like what is sought."""
    return sum(bool(pattern.fullmatch(row.row.cells.get(header, ""))) for row in rows)
