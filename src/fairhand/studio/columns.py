"""Which column each field is in, as the person chose: kept in a file beside the table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from fairhand.job import save
from fairhand.studio.names import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairhand.studio.folder import Folder

_LARGEST: Final = 100_000


def columns_of(folder: Folder, note: str) -> dict[str, str]:
    """Return the choices for a note's table; none where the file is missing or damaged."""
    path = folder.companion(note, COLUMNS)
    if path is None:
        return {}
    try:
        with path.open(encoding="utf-8") as stream:
            kept = json.loads(stream.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {field: column for field, column in kept.items() if isinstance(column, str)}


def keep_columns(folder: Folder, note: str, columns: Mapping[str, str]) -> None:
    """Keep the choices for a note's table; FailureError when the disk does not take them."""
    text = json.dumps(dict(columns), ensure_ascii=False, indent=2)
    save({folder.place_for(note, COLUMNS, ".json"): f"{text}\n".encode()})
