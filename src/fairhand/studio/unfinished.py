"""Cards of a table that are being made: kept in their folder, so that a new studio goes on."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from fairhand.errors import FailureError
from fairhand.job import save

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NAME: Final = ".unfinished.json"
_LARGEST: Final = 100_000


def keep_unfinished(folder: Path, mark: str, wishes: Mapping[str, Any]) -> None:
    """Keep what is wished of the cards that are made in a folder, which is made too.

    `mark` tells the note, the table and its columns apart from others. FailureError when the disk
    does not take it.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise FailureError(f'"{folder.name}" cannot be made: {error.strerror}.') from None
    save({folder / _NAME: json.dumps({"mark": mark, "wishes": dict(wishes)}).encode()})


def unfinished(folder: Path, mark: str) -> dict[str, Any] | None:
    """Return what was wished of cards that are not all made; None where nothing is to go on."""
    with suppress(OSError, ValueError, RecursionError):
        with (folder / _NAME).open(encoding="utf-8") as stream:
            kept = json.loads(stream.read(_LARGEST))
        if isinstance(kept, dict) and kept.get("mark") == mark and isinstance(kept["wishes"], dict):
            return dict(kept["wishes"])
    return None


def forget_unfinished(folder: Path) -> None:
    """Forget it: the cards are made, or nobody wants them any more."""
    with suppress(OSError):
        (folder / _NAME).unlink(missing_ok=True)
