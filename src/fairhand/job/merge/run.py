"""A merge from end to end: rows read and looked at, volumes made, proofed, listed and brought.

Making is the check: volumes lie in a hidden folder until every row of the table has been looked
at, so that no row is set twice and yet no file appears before all bad rows are named. From the
first bad row on (unless bad rows are to be left out) the rest is only checked.
"""

from __future__ import annotations

import codecs
from collections import deque
from dataclasses import dataclass, replace
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from fairhand.errors import InputError
from fairhand.job.merge.dependence import depends_on
from fairhand.job.merge.journal import Journal, folder_of
from fairhand.job.merge.lock import only_one
from fairhand.job.merge.order import Volume
from fairhand.job.merge.proof import proof_pdf
from fairhand.job.merge.publish import manifest, publish, refuse_foreign
from fairhand.job.merge.recipe import Recipe
from fairhand.job.merge.workers import made_volumes
from fairhand.job.merge.worst import Worst
from fairhand.merge.faults import problem_lines, told_once
from fairhand.merge.recipient import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator
    from pathlib import Path

    from fairhand.job.merge.order import Arrived, Order, VolumeMade
    from fairhand.merge.faults import Fault
    from fairhand.merge.record import Record

MOST_BAD = 10_000
"""So many bad rows are named; who has more has another table than he thinks."""


class Progress(NamedTuple):
    """How far a merge is: rows read, cards made or `resumed` from before, bad rows so far."""

    rows: int
    cards: int
    bad: int
    resumed: int = 0


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge: cards, rows left out, what was wrong or odd, and the files.

    `resumed` cards were there from an earlier run. Without files when bad rows stopped it.
    """

    cards: int
    left_out: int
    faults: tuple[Fault, ...]
    files: tuple[Path, ...]
    resumed: int = 0


def merge(
    order: Order, rows: Iterator[Arrived], observe: Callable[[Progress], None] = lambda _: None
) -> Merged:
    """Make the cards of an order for rows as they arrive (`people.people_of`).

    InputError when there are none; FailureError when files cannot be written. What was finished
    by then is kept and not made again.
    """
    with only_one(folder_of(order)):
        run = _Run(order, observe)
        for made in made_volumes(order, run.volumes(rows), run.journal.folder):
            run.take(made)
        return run.end()


class _Run:
    """The state of one merge."""

    def __init__(self, order: Order, observe: Callable[[Progress], None]) -> None:
        self.order = order
        part = f".{order.part}" if order.part else ""
        self._proof, self._manifest = f"proof{part}.pdf", f"manifest{part}.csv"
        self._problems = f"problems{part}.csv"
        refuse_foreign(order, (self._proof, self._manifest, self._problems))
        self.journal = Journal(order, depends_on(order))
        self._observe = observe
        self._ahead: deque[Volume] = deque()
        self._worst = Worst()
        self._faults: list[Fault] = []
        self._rows = self._cards = self._resumed = 0
        self._bad: set[int] = set()

    def volumes(self, rows: Iterator[Arrived]) -> Iterator[Volume]:
        """Yield the volumes that have to be made; those of an earlier run are taken as they are."""
        for number, arrived in enumerate(_cut(rows, self.order), start=1):
            self._rows += len(arrived)
            if not self.order.shard.takes(number):
                continue
            good = tuple(one.record for one in arrived if not self._is_duplicate(one))
            volume = Volume(number, good, check_only=self._is_stopped)
            known = self.journal.finished(volume)
            if known is not None:
                self._resumed += len(known.cards)
                self._see(volume, known)
                continue
            self._ahead.append(volume)
            yield volume

    def take(self, made: VolumeMade) -> None:
        """Take in the next volume that was made."""
        volume = self._ahead.popleft()
        if made.files:
            self.journal.add(volume, made)
        self._see(volume, made)

    def end(self) -> Merged:
        """Bring the files to where they shall be, unless bad rows stopped it."""
        if not self._rows:
            raise InputError("The table has none of the rows that are wanted.",
                             hint="Look at --rows, --from and the table.")  # fmt: skip
        order = self.order
        faults = tuple(sorted(self._faults, key=lambda fault: fault.row))
        problems = (
            {self._problems: _problems_csv(told_once(faults, self._rows), self._left_out)}
            if faults
            else {}
        )
        if self._left_out is None:
            made = publish(order, self.journal, problems, volumes=False)
            return Merged(0, len(self._bad), faults, tuple(made))
        recipe = Recipe(order)
        shown = [(one, recipe.made(one.record)) for one in self._worst.chosen()]
        beside: dict[str, Iterable[bytes]] = {
            self._proof: [proof_pdf(shown, self._rows)],
            self._manifest: manifest(order, self.journal),
            **problems,
        }
        files = publish(order, self.journal, beside)
        self.journal.clear()
        return Merged(self._cards, len(self._bad), faults, tuple(files), self._resumed)

    def _is_duplicate(self, one: Arrived) -> bool:
        """Tell whether a row is left out for one that came before it, and take note of that."""
        fault = one.duplicate
        if fault is None or (self.order.keep_duplicates and not fault.is_warning):
            return False
        self._note((fault,), (one.record,))
        return not fault.is_warning

    @property
    def _is_stopped(self) -> bool:
        return bool(self._bad) and not self.order.skip_bad

    def _see(self, volume: Volume, made: VolumeMade) -> None:
        self._cards += len(made.cards)
        self._note(made.faults, volume.records)
        self._worst.see(made.cards, {one.row.number: one for one in volume.records})
        self._observe(Progress(self._rows, self._cards, len(self._bad), self._resumed))

    @property
    def _left_out(self) -> set[int] | None:
        """The rows that have no card; None where no row has one."""
        return None if self._is_stopped or not self._cards else self._bad

    def _note(self, faults: tuple[Fault, ...], records: Iterable[Record]) -> None:
        if not faults:
            return
        names = {one.row.number: _name(one) for one in records}
        # The same few hints come from other processes again and again.
        self._faults += [
            replace(one, hint=intern(one.hint), name=names.get(one.row, "")) for one in faults
        ]
        self._bad.update(fault.row for fault in faults if not fault.is_warning)
        if self._is_stopped and len(self._bad) > MOST_BAD:
            raise InputError(
                f"More than {MOST_BAD:,} rows are bad; the first: {self._faults[0].message}",
                hint="Is it the right table? --map says which column is which; --skip-bad leaves "
                "bad rows out.",
            )


def _name(record: Record) -> str:
    return name_of(record.fields) or record.fields.get("organisation", "")


def _problems_csv(faults: Iterable[Fault], left_out: Container[int] | None) -> Iterator[bytes]:
    """Yield problems.csv: UTF-8 with the mark by which Excel knows it."""
    yield codecs.BOM_UTF8
    for line in problem_lines(faults, left_out):
        yield line.encode("utf-8", "replace")


def _cut(rows: Iterator[Arrived], order: Order) -> Iterator[list[Arrived]]:
    """Yield the wanted rows by volumes. Bad rows count, so that mending one moves no other."""
    volume: list[Arrived] = []
    for one in rows:
        number = one.record.row.number
        if number > order.rows.last:
            break
        if number in order.rows:
            volume.append(one)
            if len(volume) == order.per_file:
                yield volume
                volume = []
    if volume:
        yield volume
