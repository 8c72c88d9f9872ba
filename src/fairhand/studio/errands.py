"""What takes longer than a request: looking through a table, and making its cards.

Each note has one errand of each kind at most. A page asks how far it is, so that a reload, another
page or a closed laptop lose nothing; a merge that was stopped goes on where it was.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Literal

from fairhand.errors import FairhandError, StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    Progress = Callable[[int, int, int], None]
    """Takes in rows or cards done, how many there are to do, and bad rows so far."""

    Work = Callable[[Progress, Callable[[], bool]], Any]

State = Literal["working", "done", "stopped", "failed"]
_SOON: Final = 0.02
"""Seconds that are waited for an errand, so that a short one is answered at once."""

_AT_END: Final = 20.0
"""Seconds in which errands come to their end when the studio is closed."""


@dataclass(slots=True)
class Errand:
    """Something at work: how far it is, and what came of it."""

    state: State = "working"
    done: int = 0
    count: int = 0
    bad: int = 0
    error: FairhandError | None = None
    result: Any = None
    first: tuple[float, int] | None = None
    """When it was heard of first, and how much was done then: to begin takes a time of its own."""

    stop: Event = field(default_factory=Event)
    thread: Thread | None = None
    mark: Hashable = None
    """What it is of: another table or other words need another errand."""

    @property
    def seconds_left(self) -> int | None:
        """About how long it still takes; None while nobody can know."""
        if self.state != "working" or self.first is None:
            return None
        at, had = self.first
        if self.done <= had or not self.count:
            return None
        return round((monotonic() - at) / (self.done - had) * max(0, self.count - self.done))


class Errands:
    """The errands of a studio, by what they are and whose note."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = Lock()
        self._known: dict[tuple[str, str], Errand] = {}

    def of(self, kind: str, name: str) -> Errand | None:
        """Return the errand of a kind for a note, if there was one."""
        with self._lock:
            return self._known.get((kind, name))

    def begin(self, kind: str, name: str, work: Work, mark: Hashable = None) -> Errand:
        """Begin an errand, unless one is at work already; a finished one is forgotten."""
        with self._lock:
            known = self._known.get((kind, name))
            if known and known.state == "working":
                return known
            errand = self._known[kind, name] = Errand(mark=mark)
            errand.thread = Thread(target=_run, args=(errand, work), name=f"{kind} {name}")
            errand.thread.start()
        errand.thread.join(_SOON)
        return errand

    def stop(self, kind: str, name: str) -> None:
        """Ask an errand to stop; it keeps what it has finished."""
        errand = self.of(kind, name)
        if errand:
            errand.stop.set()

    def drop(self, kind: str, name: str) -> None:
        """Stop and forget an errand that leaves no files, and so need not be waited for."""
        self.stop(kind, name)
        with self._lock:
            self._known.pop((kind, name), None)

    def forget(self, kind: str, name: str) -> None:
        """Stop an errand, wait for its end, and forget it."""
        errand = self.of(kind, name)
        if errand is None:
            return
        errand.stop.set()
        if errand.thread:
            errand.thread.join()
        with self._lock:
            self._known.pop((kind, name), None)

    def leave(self, name: str) -> None:
        """Forget all errands of a note, which is about to be another or none."""
        with self._lock:
            kinds = [kind for kind, whose in self._known if whose == name]
        for kind in kinds:
            self.forget(kind, name)

    def end(self) -> None:
        """Stop all errands, and wait for their ends."""
        with self._lock:
            everything = list(self._known.values())
        for errand in everything:
            errand.stop.set()
        for errand in everything:
            if errand.thread:
                errand.thread.join(_AT_END)


def _run(errand: Errand, work: Work) -> None:
    def observe(done: int, count: int, bad: int) -> None:
        errand.first = errand.first or (monotonic(), done)
        errand.done, errand.count, errand.bad = done, count, bad

    state: State
    try:
        errand.result = work(observe, errand.stop.is_set)
        state = "done"
    except StoppedError:
        state = "stopped"
    except FairhandError as error:
        errand.error = error
        state = "failed"
    except Exception:
        # A fault of ours: the page is told in a sentence, and the terminal all of it.
        traceback.print_exc()
        errand.error = FairhandError("Something in the studio went wrong.",
                                     hint="Your notes and the table are as they were.")  # fmt: skip
        state = "failed"
    errand.state = state
