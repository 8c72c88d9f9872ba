"""Volumes made by several processes at once; they come back in order."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from fairhand.errors import FailureError
from fairhand.hand.store import keep_drawn_forms
from fairhand.job.merge.recipe import Recipe
from fairhand.job.merge.volume import make_volume

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

    from fairhand.job.merge.order import Order, Volume, VolumeMade

_WAITING = 2
"""Volumes that wait for a process at most, so that memory stays bounded."""

_RECIPES: Final[dict[str, tuple[Recipe, Path]]] = {}
"""What a working process makes volumes by, kept from its beginning."""


def usual_jobs() -> int:
    """Return how many processes can work at once on this machine."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS or Windows
        return os.cpu_count() or 1


def made_volumes(
    order: Order, volumes: Iterable[Volume], folder: Path, is_stopping: Callable[[], bool],
    within: Callable[[float], None] = lambda _: None,
) -> Iterator[VolumeMade]:  # fmt: skip
    """Yield finished volumes in order; a single one is made without further processes.

    When `is_stopping` tells so, none is begun any more. `within` is told how much of a volume is
    done, from 0 to 1, where it is made in this process.

    FailureError when a process was killed or a file cannot be written.
    """
    given = iter(volumes)
    first = list(islice(given, 2))
    if order.jobs < 2 or len(first) < 2:
        recipe = Recipe(order)
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            for volume in chain(first, given):
                if is_stopping():
                    return
                yield _finished(recipe, volume, folder, within)
        finally:
            if was_enabled:
                gc.enable()
        return
    yield from _by_many(order, chain(first, given), folder, is_stopping)


def _by_many(
    order: Order, volumes: Iterator[Volume], folder: Path, is_stopping: Callable[[], bool]
) -> Iterator[VolumeMade]:
    pool = ProcessPoolExecutor(order.jobs, _context(), _begin, (order, folder))
    ahead: deque[Future[VolumeMade]] = deque()
    try:
        for volume in volumes:
            ahead.append(pool.submit(_made, volume))
            while len(ahead) >= order.jobs + _WAITING or (ahead and ahead[0].done()):
                yield ahead.popleft().result()
        while ahead:
            # What is not begun when it stops is not made.
            if is_stopping() and ahead[0].cancel():
                return
            yield ahead.popleft().result()
    except BrokenExecutor:
        if is_stopping():
            # Whoever stopped it stopped all its processes.
            return
        raise FailureError(
            "One of the processes at work was killed, perhaps for want of memory.",
            hint="Start the same command again, with fewer --jobs; it goes on where it stopped.",
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _context() -> BaseContext:
    """Return how processes begin: as copies of this one on Linux, which is quick, else afresh."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _begin(order: Order, folder: Path) -> None:
    """Begin a working process: an interruption is its parent's business, whose end is its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()
    _RECIPES["own"] = (Recipe(order), folder)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _made(volume: Volume) -> VolumeMade:
    recipe, folder = _RECIPES["own"]
    return _finished(recipe, volume, folder)


def _finished(
    recipe: Recipe, volume: Volume, folder: Path, within: Callable[[float], None] = lambda _: None
) -> VolumeMade:
    """Make a volume with the search for circles of garbage off, which has little to find.

    A card is millions of small things that point nowhere back; what does is found at the end.
    """
    made = make_volume(recipe, volume, folder, within)
    keep_drawn_forms()
    gc.collect(0)
    return made
