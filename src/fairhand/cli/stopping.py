"""Ctrl-C and SIGTERM during a long job: it ends what it is at, and keeps that."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
_STANDARD_ERROR: Final = 2
_TOLD: Final = (
    b"\nStopping after the volumes that are being made; Ctrl-C once more stops at once.\n"
)


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Take notice of Ctrl-C and SIGTERM, and yield what tells whether one of them came.

    The person is told at once. The second one is KeyboardInterrupt, as always.
    """
    asked = False

    def take_notice(*_: Any) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        # Not by Python's streams: they may be in the middle of a line.
        with suppress(OSError):
            os.write(_STANDARD_ERROR, _TOLD)

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = {one: signal.signal(one, take_notice) for one in _SIGNALS}
    try:
        yield lambda: asked
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
