"""The table of one note: which column is which, what is wrong with its rows, how far its cards are.

A table is looked through again whenever it, the words or the columns have changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairhand.errors import FairhandError, InputError
from fairhand.job import make
from fairhand.job.merge import session
from fairhand.pictures import mockup_of, png_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fairhand.studio.desk import Desk
    from fairhand.studio.errands import Errand, Errands, Progress

_CHECK: Final = "check"
_MAKE: Final = "make"
_PROOF_DPI: Final = 72
_MOST_NAMED: Final = 500
"""Rows that a page lists; the file problems.csv has all."""


@dataclass(frozen=True, slots=True)
class Merging:
    """A note's table on a desk, and the errands that work on it."""

    desk: Desk
    errands: Errands
    note: str

    def state(self) -> dict[str, Any]:
        """Return all that a page shows; begin to look through the table where that is to be done."""
        return {"table": self._table(), "check": self._check(), "making": self._making()}

    def begun_anew(self) -> dict[str, Any]:
        """Return the state of another table: what was known of columns is forgotten."""
        self.errands.forget(_MAKE, self.note)
        self.desk.folder.keep_columns(self.note, {})
        return self.state()

    def match(self, columns: Mapping[str, str]) -> None:
        """Keep which column each field is in; InputError for a column that is not there."""
        with self.desk.work:
            session.table_of(self._path, self._people, columns)
            self.desk.folder.keep_columns(self.note, columns)

    def make(self, wishes: Mapping[str, Any]) -> None:
        """Begin to make the cards, unless that is at work already."""
        note, table, columns = self._path, self._people, self._columns
        output = self.desk.folder.cards_folder(self.note)

        def work(observe: Progress, is_stopping: Callable[[], bool]) -> Any:
            return session.make(note, table, columns, output, wishes, observe, is_stopping)

        self.errands.begin(_MAKE, self.note, work)

    def stop(self) -> None:
        """Ask the making of cards to stop."""
        self.errands.stop(_MAKE, self.note)

    def without(self) -> None:
        """Take the table away."""
        self.errands.forget(_CHECK, self.note)
        self.errands.forget(_MAKE, self.note)
        self.desk.folder.remove_table(self.note)

    def worst_picture(self, number: int) -> bytes:
        """Return a picture of one of the worst cards, with its envelope; InputError for no such."""
        errand = self.errands.of(_CHECK, self.note)
        found = errand.result if errand else None
        if found is None or not 1 <= number <= len(found.worst):
            raise InputError("There is no such card.", hint="Load the page again.")
        row = found.worst[number - 1].row
        with self.desk.work:
            source = session.source_of_row(self._path, self._people, self._columns, row)
            return png_of(mockup_of(make(source), _PROOF_DPI))

    @property
    def _path(self) -> Path:
        return self.desk.folder.path(self.note)

    @property
    def _people(self) -> Path:
        table = self.desk.folder.table_of(self.note)
        if table is None:
            raise InputError("There is no table beside this note.", hint="Drop one on the page.")
        return table

    @property
    def _columns(self) -> dict[str, str]:
        return self.desk.folder.columns_of(self.note)

    def _table(self) -> dict[str, Any] | None:
        table = self.desk.folder.table_of(self.note)
        if table is None:
            return None
        shown: dict[str, Any] = {"name": table.name}
        try:
            with self.desk.work:
                found = session.table_of(self._path, table, self._columns)
        except FairhandError as error:
            return shown | {"fault": _fault(error)}
        return shown | {
            "headers": list(found.headers),
            "count": found.count,
            "columns": {field: list(columns) for field, columns in found.columns.items()},
            "wanted": list(found.wanted),
            "unused": list(found.unused),
            "told": list(found.told),
            "insertable": [
                {"name": one.name, "column": one.column, "example": one.example}
                for one in found.insertable
            ],
            "fault": _fault(found.fault) if found.fault else None,
        }

    def _check(self) -> dict[str, Any] | None:
        table = self.desk.folder.table_of(self.note)
        if table is None:
            return None
        errand = self._looking_through(table)
        told: dict[str, Any] = {"state": errand.state, "rows": errand.done, "count": errand.count,
                                "error": errand.error and _fault(errand.error)}  # fmt: skip
        found = errand.result
        if found is None:
            return told | {"bad": [], "warnings": [], "worst": []}
        faults = [_row(one) for one in found.bad[:_MOST_NAMED]]
        return told | {
            "rows": found.rows,
            "bad_rows": found.bad_rows,
            "bad": faults,
            "warnings": [_row(one) for one in found.warnings[:_MOST_NAMED]],
            "worst": [
                {"number": number, "row": one.row, "name": one.name, "why": list(one.why),
                 "picture": f"note/{self.note}/people/worst/{number}.png"}
                for number, one in enumerate(found.worst, start=1)
            ],
        }  # fmt: skip

    def _looking_through(self, table: Path) -> Errand:
        """Return the errand that looks through the table as it now is, begun if need be."""
        columns = self._columns
        mark = (self.desk.folder.version(self.note), table.stat().st_mtime_ns, str(columns))
        errand = self.errands.of(_CHECK, self.note)
        if errand and errand.mark == mark:
            return errand
        self.errands.forget(_CHECK, self.note)
        path = self._path

        def work(observe: Progress, is_stopping: Callable[[], bool]) -> Any:
            with self.desk.giving_way() as give_way:

                def observe_and_give_way(done: int, count: int, bad: int) -> None:
                    observe(done, count, bad)
                    give_way()

                return session.checked(
                    path, table, columns, {}, observe_and_give_way, is_stopping
                )

        return self.errands.begin(_CHECK, self.note, work, mark)

    def _making(self) -> dict[str, Any] | None:
        errand = self.errands.of(_MAKE, self.note)
        files = [
            {"name": path.name, "size": path.stat().st_size,
             "address": f"note/{self.note}/people/file/{path.name}"}
            for path in self.desk.folder.made_files(self.note)
        ]  # fmt: skip
        if errand is None:
            return {"state": "done", "files": files, "earlier": True} if files else None
        made = errand.result
        return {
            "state": errand.state,
            "cards": errand.done,
            "count": errand.count,
            "bad": errand.bad,
            "seconds_left": errand.seconds_left,
            "error": errand.error and _fault(errand.error),
            "files": [] if errand.state == "working" else files,
            "notices": list(made.notices) if made else [],
        }


def _row(one: session.RowFault) -> dict[str, Any]:
    return {"row": one.row, "line": one.line, "name": one.name, "title": one.title,
            "field": one.field, "message": one.message, "hint": one.hint}  # fmt: skip


def _fault(error: FairhandError) -> dict[str, str]:
    return {"message": error.message, "hint": error.hint, "field": error.field}
