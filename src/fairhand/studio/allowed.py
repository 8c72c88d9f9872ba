"""Which files a note may name when it comes from a page: those in the folder of notes, no others.

A note may name files by `art`, `hand`, `layout` and the like. On the command line the person says
what is read; a page must not, for what asks could be another page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from fairhand.errors import InputError

if TYPE_CHECKING:
    from fairhand.studio.folder import Folder

_MAY_BE_FILES: Final = ("art", "hand", "layout", "front_hand", "address_hand")
_SIGNS: Final = ("/", "\\", ".", ":", "~")
"""One of these is in every path; no name of the catalogues has any."""


def refuse_paths_outside(fields: Mapping[str, Any], folder: Folder) -> None:
    """InputError, with the field, where fields name a file that is not in the folder of notes."""
    for key in _MAY_BE_FILES:
        value = fields.get(key)
        name = value.get("file", "") if isinstance(value, Mapping) else value
        if not isinstance(name, str) or not any(sign in name for sign in _SIGNS):
            continue
        if not folder.holds(name.strip()):
            raise InputError(
                f'"{name}" is not in the folder of your notes.',
                hint="Drop the file on the page, or put it into that folder.",
                field=key,
            )
