"""Long work done in a process of its own, so that a server answers while cards are made.

The process begins afresh (it is no copy of this one, whose threads may hold locks), says how far
it is, and comes to its end with the one that asked for it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, TypeVar

from fairhand.errors import FailureError, FairhandError
from fairhand.job.merge.wished import Step

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

Result = TypeVar("Result")

_LOOK: Final = 0.02
"""Seconds between looks at whether to stop, and between two steps that are told."""

_NICE: Final = 10
"""How far the work stands back where others want the processor (POSIX)."""

_PATIENCE: Final = 5.0
"""Seconds in which a process that has told its result comes to its end."""


def apart(
    work: Callable[..., Result], *given: object, observe: Callable[[Step], None] = lambda _: None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Result:  # fmt: skip
    """Return what `session.checked` or `session.make` returns for what is given, made apart.

    `observe` is told of some of its steps. Raises what the work raises; FailureError when its
    process is ended by somebody else.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_worked, args=(theirs, work, given), daemon=True)
    process.start()
    theirs.close()
    is_asked = False
    try:
        while True:
            if not is_asked and is_stopping():
                is_asked = True
                ours.send("stop")
            if not ours.poll(_LOOK):
                continue
            told = ours.recv()
            if not isinstance(told, Step):
                break
            observe(told)
    except (EOFError, OSError):
        raise FailureError(
            "The process that was at work was ended, perhaps for want of memory.",
            hint="Start it again; it goes on where it stopped.",
        ) from None
    finally:
        ours.close()
        process.join(_PATIENCE)
        if process.is_alive():
            process.terminate()
            process.join()
    result, error = told
    if error:
        raise error
    found: Result = result
    return found


def _worked(theirs: Connection, work: Callable[..., Any], given: tuple[object, ...]) -> None:
    """Do the work and tell what comes of it; an interruption is the other process's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        # Whoever writes a note meanwhile comes first.
        os.nice(_NICE)
    last = 0.0

    def observe(step: Step) -> None:
        nonlocal last
        now = monotonic()
        if now - last >= _LOOK:
            last = now
            theirs.send(step)

    # Who asked for it says "stop", or is gone.
    with suppress(BrokenPipeError):
        try:
            result = work(*given, observe=observe, is_stopping=theirs.poll)
        except Exception as error:
            theirs.send((None, error))
            if not isinstance(error, FairhandError):
                raise
        else:
            theirs.send((result, None))
