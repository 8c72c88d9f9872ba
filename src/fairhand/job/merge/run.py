"""A merge from end to end: rows read and looked at, volumes made, proofed, listed and brought.

Making is the check: volumes lie in a hidden folder until every row of the table has been looked
at, so that no row is set twice and yet no file appears before all bad rows are named. From the
first bad row on (unless bad rows are to be left out) the rest is only checked.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from itertools import takewhile
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from fairhand.errors import InputError, StoppedError
from fairhand.job.merge.dependence import depends_on
from fairhand.job.merge.journal import Journal, folder_of
from fairhand.job.merge.lock import only_one
from fairhand.job.merge.notices import Tally
from fairhand.job.merge.order import Volume
from fairhand.job.merge.printing import told_of_printing
from fairhand.job.merge.proof import proof_pdf
from fairhand.job.merge.publish import manifest, publish, refuse_foreign
from fairhand.job.merge.recipe import Recipe
from fairhand.job.merge.workers import made_volumes
from fairhand.job.merge.worst import Worst
from fairhand.merge.faults import problems_csv, told_once
from fairhand.merge.recipient import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from fairhand.job.merge.order import Arrived, Order, VolumeMade
    from fairhand.job.merge.publish import Published
    from fairhand.merge.faults import Fault
    from fairhand.merge.record import Record

MOST_BAD = 10_000
"""So many bad rows are named; who has more has another table than he thinks."""


class Progress(NamedTuple):
    """How far a merge is: rows read, cards made or `resumed` from before, bad rows so far.

    About so many cards of the volume that is being made are `at_work` by now, where it is made in
    this process.
    """

    rows: int
    cards: int
    bad: int
    resumed: int = 0
    at_work: int = 0


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge: cards, rows left out, what was wrong or odd, and the files.

    `resumed` cards were there from an earlier run. When bad rows stopped it there is no file but
    that of the problems. `published` tells too what became of the files of an earlier run.
    `notices` are what is to be known of nearly all cards, `printing` how the files are printed.
    """

    cards: int
    left_out: int
    faults: tuple[Fault, ...]
    resumed: int
    published: Published
    notices: tuple[str, ...]
    printing: tuple[str, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that were made."""
        return self.published.files


def merge(
    order: Order, rows: Iterator[Arrived], observe: Callable[[Progress], None] = lambda _: None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Merged:  # fmt: skip
    """Make the cards of an order for rows as they arrive (`people.people_of`).

    InputError when there are none; FailureError when files cannot be written; StoppedError when
    `is_stopping` tells that no further volume shall be begun. What was finished by then is kept
    and not made again.
    """
    with only_one(folder_of(order)):
        run = _Run(order, observe)
        volumes = takewhile(lambda _: not is_stopping(), run.volumes(rows))
        for made in made_volumes(order, volumes, run.journal.folder, is_stopping, run.within):
            run.take(made)
        if is_stopping():
            raise stopped(run.cards)
        return run.end()


def stopped(cards: int) -> StoppedError:
    """Return what is told of a merge that was stopped when so many cards were finished."""
    return StoppedError(
        f"Stopped; {cards:,} card{'s are' if cards != 1 else ' is'} finished and kept.",
        hint="Start the same command again; it goes on where it stopped.",
    )


class _Run:
    """The state of one merge."""

    def __init__(self, order: Order, observe: Callable[[Progress], None]) -> None:
        self.order = order
        mark = order.mark
        self._proof, self._manifest = f"proof{mark}.pdf", f"manifest{mark}.csv"
        self._problems = f"problems{mark}.csv"
        refuse_foreign(order, (self._proof, self._manifest, self._problems))
        self.journal = Journal(order, depends_on(order))
        self._observe = observe
        self._ahead: deque[Volume] = deque()
        self._worst = Worst()
        self._tally = Tally()
        self._near: dict[int, Fault] = {}
        self._faults: list[Fault] = []
        self.cards = self._rows = self._resumed = 0
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

    def within(self, share: float) -> None:
        """Tell how much of the next volume is done."""
        volume = self._ahead[0]
        at_work = int(share * len(volume.records))
        if at_work and not volume.check_only:
            bad = len(self._bad)
            self._observe(Progress(self._rows, self.cards, bad, self._resumed, at_work))

    def end(self) -> Merged:
        """Bring the files to where they shall be, unless bad rows stopped it."""
        if not self._rows:
            raise InputError("The table has none of the rows that are wanted.",
                             hint="Look at --rows, --from and the table.")  # fmt: skip
        order = self.order
        told, of_rows = ([], []) if self._left_out is None else self._tally.told()
        faults = tuple(sorted((*self._faults, *of_rows), key=lambda fault: fault.row))
        listed = told_once(faults, self._rows)
        problems = {self._problems: problems_csv(listed, self._left_out)} if faults else {}
        if self._left_out is None:
            # A share of no rows makes nothing, but what it made of another table goes.
            made = publish(order, self.journal, problems, refused=bool(self._bad))
            return Merged(0, len(self._bad), faults, 0, made, (), ())
        chosen = self._worst.chosen({one.message for one in listed if one.is_warning})
        persons = Recipe(order).made(one.record for one in chosen)
        beside: dict[str, Iterable[bytes]] = {
            self._proof: [proof_pdf(order, chosen, persons, self._whole)],
            self._manifest: manifest(order, self.journal),
            **problems,
        }
        made = publish(order, self.journal, beside)
        self.journal.clear()
        printing = tuple(told_of_printing(order, persons))
        return Merged(
            self.cards, len(self._bad), faults, self._resumed, made, tuple(told), printing
        )

    def _is_duplicate(self, one: Arrived) -> bool:
        """Tell whether a row is left out for one that came before it, and take note of that."""
        fault = one.duplicate
        if fault is None or (self.order.keep_duplicates and not fault.is_warning):
            return False
        self._note((fault,), (one.record,))
        if fault.is_warning:
            self._near[fault.row] = fault
        return not fault.is_warning

    @property
    def _whole(self) -> int:
        """How many rows the table has, or 0 where only some were read."""
        return self._rows if self.order.rows.is_all else 0

    @property
    def _is_stopped(self) -> bool:
        return bool(self._bad) and not self.order.skip_bad

    def _see(self, volume: Volume, made: VolumeMade) -> None:
        self.cards += len(made.cards)
        self._note(made.faults, volume.records)
        records = {one.row.number: one for one in volume.records}
        self._worst.see(made.cards, records)
        self._tally.see([(one.row, one.line, one.name) for one in made.cards], made.notices)
        near = [self._near.pop(row) for row in records if row in self._near]
        self._warn((*near, *made.faults), made, records)
        self._observe(Progress(self._rows, self.cards, len(self._bad), self._resumed))

    def _warn(
        self, faults: Iterable[Fault], made: VolumeMade, records: Mapping[int, Record]
    ) -> None:
        """Tell the proof which cards of a volume have something odd."""
        there = {card.row: card for card in made.cards}
        for fault in faults:
            if fault.is_warning and fault.row in there:
                self._worst.warn(fault.kind, fault.message, [records[fault.row]])
        for kind, message, rows in made.notices:
            self._worst.warn(kind, message, [records[row] for row in rows or there])

    @property
    def _left_out(self) -> set[int] | None:
        """The rows that have no card; None where no row has one."""
        return None if self._is_stopped or not self.cards else self._bad

    def _note(self, faults: tuple[Fault, ...], records: Iterable[Record]) -> None:
        if not faults:
            return
        names = {one.row.number: named(one.fields) for one in records}
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
