"""Which rows of a table are made: all, some by their numbers, or a share of a cluster's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from fairhand.errors import InputError

_RANGE = re.compile(r"^\s*(\d+)\s*(?:(-|–)\s*(\d+)?\s*)?$")
_SHARD = re.compile(r"^\s*(\d+)\s*/\s*(\d+)\s*$")
_LONGEST_NAME = 40
_MOST_ROWS = 10**9


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows by their numbers, from 1: sorted ranges that do not touch, both ends included."""

    ranges: tuple[tuple[int, int], ...] = ((1, _MOST_ROWS),)

    def __contains__(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.ranges)

    @property
    def is_all(self) -> bool:
        """Whether every row is wanted."""
        return self.ranges[0][0] == 1 and self.last == _MOST_ROWS

    @property
    def last(self) -> int:
        """The last row that is wanted; behind it nothing needs to be read."""
        return self.ranges[-1][1]

    @property
    def name(self) -> str:
        """The rows as a part of a file's name: "" for all, "rows-88-91,120", "rows-88-"."""
        if self.is_all:
            return ""
        parts = [
            f"{first}-" if last == _MOST_ROWS else f"{first}-{last}" if last > first else f"{first}"
            for first, last in self.ranges
        ]
        text = ",".join(parts)
        if len(text) > _LONGEST_NAME:
            digest = blake2b(text.encode(), digest_size=4).hexdigest()
            text = f"{text[: _LONGEST_NAME - 10].rpartition(',')[0]},{digest}"
        return f"rows-{text}"


ALL: Final = Selection()


def selection(rows: str | None, start: int | None) -> Selection:
    """Return the rows that a person names: "88-91,120", and from a number on.

    InputError for what is no list of rows.
    """
    ranges = [_range(part, rows) for part in rows.split(",") if part.strip()] if rows else []
    if rows is not None and not ranges:
        raise InputError("--rows names no row.", hint="Write them like 88-91,120.")
    if start is not None:
        if start < 1:
            raise InputError("Rows are counted from 1.", hint="Choose a number from 1 on.")
        later = [(max(first, start), last) for first, last in ranges if last >= start]
        ranges = later if rows else [(start, _MOST_ROWS)]
        if not ranges:
            raise InputError(f"None of the rows {rows} comes at or after row {start}.",
                             hint="Leave out --rows or --from.")  # fmt: skip
    if not ranges:
        return ALL
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return Selection(tuple(joined))


def _range(part: str, rows: str | None) -> tuple[int, int]:
    found = _RANGE.match(part)
    if not found or len(found[1]) > 9 or len(found[3] or "") > 9:
        raise InputError(f'"{rows}" is no list of rows.', hint="Write them like 88-91,120.")
    first = int(found[1])
    last = int(found[3]) if found[3] else _MOST_ROWS if found[2] else first
    if first < 1:
        raise InputError("Rows are counted from 1.", hint="Choose numbers from 1 on.")
    if last < first:
        raise InputError(f'"{part.strip()}" runs backwards.', hint=f"Write {last}-{first}.")
    return first, last


@dataclass(frozen=True, slots=True)
class Shard:
    """One machine's share of a merge: of every `count` volumes the one of this `number`."""

    number: int = 1
    count: int = 1

    def takes(self, volume: int) -> bool:
        """Tell whether a volume (from 1) belongs to this share."""
        return (volume - 1) % self.count == self.number - 1

    @property
    def name(self) -> str:
        """The share as a part of a file's name."""
        return "" if self.count == 1 else f"shard-{self.number}-of-{self.count}"


WHOLE: Final = Shard()


def shard(text: str | None) -> Shard:
    """Return the share that a person names, such as "3/10"; InputError for what is none."""
    if text is None:
        return WHOLE
    found = _SHARD.match(text)
    if found and len(found[2]) < 7 and 1 <= int(found[1]) <= int(found[2]):
        return Shard(int(found[1]), int(found[2]))
    raise InputError(f'"{text}" is no share of a merge.', hint="Write the third of ten as 3/10.")
