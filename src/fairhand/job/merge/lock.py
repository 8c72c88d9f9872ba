"""One merge at a time in a folder: two of them would take each other's files away."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from fairhand.errors import FailureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WAIT: Final = 5.0
"""Seconds in which the processes of a merge that was killed come to their end."""

_STEP = 0.1
_NAME = "lock"


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Keep other merges out of a hidden folder, which is made, for as long as this one works.

    The system forgets a lock when its process ends, however that ends. Processes that it forked
    hold it too, so that a merge that is started again does not meet what is left of the one
    that was killed. A file system that has no locks does without.

    FailureError when another merge works there, or the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT, 0o666)
    except (FileExistsError, NotADirectoryError):
        raise FailureError(
            f'No folder can be made at "{folder.parents[1]}": there is a file of that name.',
            hint="Choose another place with -o.",
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise FailureError(
            f'Nothing can be written to "{folder.parents[1]}": {reason}.',
            hint="Choose another place with -o.",
        ) from None
    try:
        until = monotonic() + _WAIT
        while not _is_ours(handle):
            if monotonic() > until:
                raise FailureError(
                    f'Another merge is at work in "{folder.parents[1]}".',
                    hint="Wait until it is done, or choose another folder with -o.",
                )
            sleep(_STEP)
        yield
    finally:
        os.close(handle)


def _is_ours(handle: int) -> bool:
    """Try to take the lock; True when we have it, or there are none in this file system."""
    if sys.platform == "win32":
        import msvcrt

        with suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            return True
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
