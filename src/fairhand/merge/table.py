"""Tables of people of every form, one row at a time: CSV, workbooks, JSON Lines, vCards."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from fairhand.errors import InputError
from fairhand.merge import delimited, json_lines, vcard, workbook
from fairhand.merge.form import Opened, Wishes
from fairhand.merge.record import Row
from fairhand.merge.source import source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from fairhand.merge.source import Source


@dataclass(frozen=True, slots=True)
class Form:
    """One form of table: how it is recognised, what reads it, and which wishes it can fulfil."""

    name: str
    is_it: Callable[[Source], bool]
    read: Callable[[Source, Wishes, Callable[[str], None]], Opened]
    takes: tuple[str, ...]


READERS = (
    Form("a workbook", workbook.is_it, workbook.read, ("sheet",)),
    Form("a file of vCards", vcard.is_it, vcard.read, ("encoding",)),
    Form("JSON", json_lines.is_it, json_lines.read, ("encoding",)),
    Form("CSV", delimited.is_it, delimited.read, ("encoding", "delimiter")),
)
"""Asked in this order; what is nothing else is CSV. What a file holds counts, not its ending."""


class Table:
    """A table that is being read: iterate once over its rows, with any number of them."""

    def __init__(self, source: Source, opened: Opened, notices: list[str]) -> None:
        self.name = source.name
        self.headers = opened.headers
        self._source = source
        self._notices = notices
        self._rows: Iterator[Row] | None = opened.rows

    @property
    def notices(self) -> tuple[str, ...]:
        """How it was read, in sentences; some are known only when all of it was read."""
        return tuple(dict.fromkeys(self._notices))

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows; InputError in their midst where no more can be read."""
        if self._rows is None:
            raise RuntimeError("A table is read once; open it again.")
        rows, self._rows = self._rows, None
        return _placed(rows, self._source)

    def close(self) -> None:
        """Close the file."""
        self._source.close()

    def __enter__(self) -> Table:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def opened(
    path: Path | str,
    stream: BinaryIO | None = None,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Table:
    """Open a table of people; "-" is standard input, `stream` takes the place of the file.

    The form, the encoding and the delimiter are found out unless given. Cells are text without
    spaces around it; empty rows are left out; a row in which a reader found something wrong says
    so in its `trouble`.

    InputError in one sentence for what cannot be read, is no table, or has no people in it.
    """
    source = source_of(path, stream)
    try:
        source.refuse_what_is_no_table()
        form = next(form for form in READERS if form.is_it(source))
        wishes = Wishes(encoding=encoding, delimiter=delimiter, sheet=sheet)
        for wish in ("encoding", "delimiter", "sheet"):
            if getattr(wishes, wish) and wish not in form.takes:
                raise InputError(
                    f"This is {form.name}, which has no {wish} to choose.",
                    hint=f"Leave out --{wish}.",
                )
        notices: list[str] = []
        found = form.read(source, wishes, notices.append)
        first = next(found.rows, None)
        if first is None:
            raise InputError("There are no people in it.", hint=found.why_empty)
        rows = itertools.chain([first], found.rows)
        return Table(source, Opened(found.headers, rows), notices)
    except InputError as error:
        source.close()
        raise error.at(source.place) from None
    except BaseException:
        source.close()
        raise


def _placed(rows: Iterator[Row], source: Source) -> Iterator[Row]:
    try:
        yield from rows
    except InputError as error:
        raise error.at(source.place) from None
    finally:
        source.close()
