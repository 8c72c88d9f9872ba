"""Cells of a table as they come into a note: tidied text, and files that stay where they may."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

from fairhand.errors import InputError
from fairhand.note.blanks import find_blanks
from fairhand.note.text import tidy


class CharacterError(InputError):
    """A cell holds a character that cannot stand in a note."""


class OutsideError(InputError):
    """A cell names a file that does not lie beside the note."""


def tidied(text: str, column: str, *, one_line: bool = False) -> str:
    """Return a cell's text as every text of a note is tidied: single spaces, no invisible marks.

    Line breaks stay, unless `one_line` says that the column has none.

    CharacterError that names the column for a character that cannot stand in a note.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    try:
        text = tidy(text)
    except InputError as error:
        raise CharacterError(
            f'"{column}": {error.message[0].lower()}{error.message[1:]}',
            hint=error.hint,
            field=column,
        ) from None
    return " ".join(text.split()) if one_line else text


def blank_in(text: str) -> str:
    """Return the first blank that somebody left in a cell, or "".

    Kisses may end what is in a cell ("Tom xx"), and are no more than a blank where they are all.
    """
    blanks = find_blanks(text, kisses=bool(text.strip("x .")))
    return blanks[0].text if blanks else ""


def refuse_outside(field: str, name: str) -> None:
    """Raise OutsideError for the path of a file that does not lie under the note's own folder.

    A table comes from many hands. What it names is looked for beside the note and in the
    folders below it; ".." and paths that begin at the top or at a home are refused unread.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    leads_out = path.is_absolute() or ".." in path.parts or name.lstrip().startswith("~")
    if leads_out or PureWindowsPath(name).drive:
        raise OutsideError(
            f'"{field}": "{name}" leads out of the folder in which the note is.',
            hint="Put the file beside the note, or in a folder there, and name it from there.",
            field=field,
        )
