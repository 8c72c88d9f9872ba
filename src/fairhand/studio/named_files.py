"""Files that the fields of a note name: a request may name those in the folder of notes alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairhand.errors import InputError
from fairhand.studio.names import is_safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_MAY_NAME_A_FILE = ("hand", "front_hand", "address_hand", "layout")
_MARKS = "/\\.~"
"""What stands in a path and in no name of the catalogue."""


def check_fields(root: Path, fields: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    """Refuse a path that leads out of the folder, unless the note's own file has it already.

    `root` is the resolved folder, `fields` come from a request, `known` from the file. InputError
    names the field.
    """
    before = dict(files_named(known))
    for field, value in files_named(fields):
        if before.get(field) != value and not _lies_within(root, value):
            raise InputError(
                f'"{value}" does not lie in the folder of your notes.',
                hint="Drop the file on the page, or put it beside the note.", field=field,
            )  # fmt: skip


def checked_word(value: str, what: str) -> str:
    """Return the name of something in the catalogue; InputError for what could be a path."""
    if len(value) > 80 or any(mark in value for mark in _MARKS) or not value.isprintable():
        raise InputError(f"There is no {what} of this name.", field=what)
    return value


def _lies_within(root: Path, value: str) -> bool:
    if value.startswith("~") or not all(map(is_safe, value.removeprefix("./").split("/"))):
        return False
    try:
        return (root / value).resolve().is_relative_to(root)
    except (OSError, ValueError, RuntimeError):
        return False


def files_named(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields that name a file, with its path; names in the catalogue are none."""
    art = fields.get("art")
    values = {key: fields.get(key) for key in _MAY_NAME_A_FILE}
    values["art"] = art.get("file") if isinstance(art, dict) else art
    for key, value in values.items():
        if isinstance(value, str) and any(mark in value for mark in _MARKS):
            yield key, value
