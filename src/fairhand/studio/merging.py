"""The table of one note: which column is which, what is wrong with its rows, how far its cards are.

A table is looked through again whenever it, the words or the columns have changed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from fairhand.errors import FairhandError, InputError, StoppedError
from fairhand.job import make
from fairhand.job.merge import session
from fairhand.job.merge.apart import apart
from fairhand.job.merge.names import title_of
from fairhand.job.merge.wished import Wishes
from fairhand.pictures import mockup_of, png_of
from fairhand.studio.asked import told_of
from fairhand.studio.columns import columns_of, keep_columns
from fairhand.studio.names import COLUMNS, PEOPLE
from fairhand.studio.unfinished import forget_unfinished, keep_unfinished, unfinished

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fairhand.job.merge.wished import Step
    from fairhand.studio.desk import Desk
    from fairhand.studio.errands import Errand, Errands, Progress

_CHECK: Final = "check"
_MAKE: Final = "make"
_PROOF_DPI: Final = 72
_MOST_NAMED: Final = 500
"""Rows that a page lists; the file of problems has all."""


@dataclass(frozen=True, slots=True)
class Merging:
    """A note's table on a desk, and the errands that work on it."""

    desk: Desk
    errands: Errands
    note: str

    def state(self) -> dict[str, Any]:
        """Return all that a page shows; begin to look through the table if need be."""
        table = self.desk.folder.companion(self.note, PEOPLE)
        if table is None:
            return {"table": None, "check": None, "making": self._making()}
        self._go_on()
        return {"table": self._table(table), "check": self._check(table),
                "making": self._making()}  # fmt: skip

    def begun_anew(self) -> dict[str, Any]:
        """Return the state of another table; what was said of columns that it has, too, stays."""
        self.stop()
        self.errands.forget(_MAKE, self.note)
        known = {"", *self._look_of_table(self._people).headers}
        before = columns_of(self.desk.folder, self.note)
        stay = {field: column for field, column in before.items() if column in known}
        self.desk.folder.drop_companions(self.note, COLUMNS)
        if stay:
            keep_columns(self.desk.folder, self.note, stay)
        return self.state()

    def match(self, columns: Mapping[str, str]) -> None:
        """Keep which column some fields are in, beside what was chosen for others.

        InputError for a column that is not there.
        """
        known = self._look_of_table(self._people).headers
        for field, column in columns.items():
            if column and column not in known:
                raise InputError(f'The table has no column "{column}".', field=field)
        kept = columns_of(self.desk.folder, self.note)
        keep_columns(self.desk.folder, self.note, {**kept, **columns})

    def make(self, wishes: Mapping[str, Any]) -> None:
        """Begin to make the cards, unless that is at work already."""
        note, table, columns = self._path, self._people, columns_of(self.desk.folder, self.note)
        output = self.desk.folder.made_folder(self.note)
        wished = Wishes(**wishes)
        keep_unfinished(output, self._mark(table), wishes)

        def work(observe: Progress, is_stopping: Callable[[], bool]) -> Any:
            def step(one: Step) -> None:
                observe(one.cards, one.count, one.bad)

            try:
                made = apart(session.make, note, table, columns, output, wished,
                             observe=step, is_stopping=is_stopping)  # fmt: skip
            except StoppedError:
                # Where the studio was closed, the next one goes on.
                raise
            except FairhandError:
                forget_unfinished(output)
                raise
            forget_unfinished(output)
            if not made.cards:
                raise InputError("No card was made, for there are bad rows.",
                                 hint="Mend them, or leave them out.")  # fmt: skip
            return made

        self.errands.begin(_MAKE, self.note, work)

    def stop(self) -> None:
        """Ask the making of cards to stop."""
        forget_unfinished(self.desk.folder.made_folder(self.note))
        self.errands.stop(_MAKE, self.note)

    def without(self) -> None:
        """Take the table away; what was made of it stays."""
        self.stop()
        self.errands.drop(_CHECK, self.note)
        self.errands.forget(_MAKE, self.note)
        for companion in (PEOPLE, COLUMNS):
            self.desk.folder.drop_companions(self.note, companion)

    def worst_picture(self, number: int) -> bytes:
        """Return a picture of one of the worst cards, with its envelope; InputError for no such."""
        errand = self.errands.of(_CHECK, self.note)
        found: session.Checked | None = errand.result if errand else None
        if found is None or not 1 <= number <= len(found.worst):
            raise InputError("There is no such card.", hint="Load the page again.")
        with self.desk.work:
            picture = mockup_of(make(found.worst[number - 1].source), _PROOF_DPI)
        return png_of(picture, _PROOF_DPI)

    @property
    def _path(self) -> Path:
        return self.desk.folder.path(self.note)

    @property
    def _people(self) -> Path:
        table = self.desk.folder.companion(self.note, PEOPLE)
        if table is None:
            raise InputError("There is no table beside this note.", hint="Drop one on the page.")
        return table

    def _go_on(self) -> None:
        """Go on with cards that an earlier studio was making when it ended."""
        if self.errands.of(_MAKE, self.note) is None:
            output = self.desk.folder.made_folder(self.note)
            wishes = unfinished(output, self._mark(self._people))
            if wishes is not None:
                self.make(wishes)

    def _table(self, table: Path) -> dict[str, Any]:
        shown: dict[str, Any] = {"name": table.name, "headers": [], "count": 0, "columns": {},
                                 "fields": [], "wanted": [], "missing": [], "unused": [],
                                 "told": [], "insertable": [], "faults": []}  # fmt: skip
        try:
            found = self._look_of_table(table)
        except FairhandError as error:
            return shown | {"faults": [told_of(error)]}
        return {
            **asdict(found),
            "insertable": [one._asdict() for one in found.insertable],
            "faults": [one._asdict() for one in found.faults],
        }

    def _mark(self, table: Path) -> str:
        """Return what is another when the words, the table or the choice of columns are."""
        version, stamp = self.desk.folder.version(self.note), table.stat()
        return f"{version} {stamp.st_mtime_ns} {stamp.st_size} {self._choices}"

    @property
    def _choices(self) -> tuple[tuple[str, str], ...]:
        return tuple(columns_of(self.desk.folder, self.note).items())

    def _look_of_table(self, table: Path) -> session.TableLook:
        return _table_look(self._path, table, self._choices, self._mark(table))

    def _check(self, table: Path) -> dict[str, Any]:
        errand = self._looking_through(table)
        found: session.Checked | None = errand.result
        told: dict[str, Any] = {
            "state": errand.state, "rows": errand.done, "count": errand.count, "bad_rows": 0,
            "error": errand.error and told_of(errand.error), "bad": [], "warnings": [],
            "worst": [], "notices": [],
        }  # fmt: skip
        if found is None:
            return told
        return told | {
            "rows": found.rows,
            "bad_rows": found.bad,
            "bad": [one._asdict() for one in found.faults[:_MOST_NAMED]],
            "warnings": [one._asdict() for one in found.warnings[:_MOST_NAMED]],
            "worst": [
                {"number": number, "row": one.row, "name": one.name, "why": one.why}
                for number, one in enumerate(found.worst, start=1)
            ],
            "notices": [*found.told, *found.notices],
        }

    def _looking_through(self, table: Path) -> Errand:
        """Return the errand that looks through the table as it now is, begun if need be."""
        columns, mark = columns_of(self.desk.folder, self.note), self._mark(table)
        errand = self.errands.of(_CHECK, self.note)
        if errand and errand.mark == mark:
            return errand
        self.errands.drop(_CHECK, self.note)
        path = self._path

        def work(observe: Progress, is_stopping: Callable[[], bool]) -> Any:
            def step(one: Step) -> None:
                observe(one.rows, one.count, one.bad)

            return apart(session.checked, path, table, columns,
                         observe=step, is_stopping=is_stopping)  # fmt: skip

        return self.errands.begin(_CHECK, self.note, work, mark)

    def _making(self) -> dict[str, Any] | None:
        errand = self.errands.of(_MAKE, self.note)
        files = [
            {"name": path.name, "title": title_of(path.name), "size": path.stat().st_size}
            for path in self.desk.folder.made_files(self.note)
        ]
        if errand is None:
            # Made by an earlier studio, or by the command line.
            return {"state": "done", "cards": 0, "count": 0, "bad": 0, "seconds_left": None,
                    "error": None, "files": files, "notices": []} if files else None  # fmt: skip
        made = errand.result
        return {
            "state": errand.state,
            "cards": errand.done,
            "count": errand.count,
            "bad": errand.bad,
            "seconds_left": errand.seconds_left,
            "error": errand.error and told_of(errand.error),
            "files": [] if errand.state == "working" else files,
            "notices": list(made.notices) if made else [],
        }


@lru_cache(maxsize=8)
def _table_look(
    note: Path, table: Path, choices: tuple[tuple[str, str], ...], _mark: str
) -> session.TableLook:
    """Look at a table; kept, for a page asks again and again, and large ones take their time."""
    return session.table_of(note, table, dict(choices))
