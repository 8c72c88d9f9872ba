"""Reading notes, and writing finished files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fairhand.errors import InputError
from fairhand.hand.store import keep_drawn_forms
from fairhand.note.model import Note
from fairhand.note.read import NoteFile, note_of, parse_note, read_note
from fairhand.output.save import save as save_files


def read(source: Path | str | bytes | Mapping[str, Any] | Note, **overrides: Any) -> NoteFile:
    """Read a note from a path, a file's bytes, a mapping of fields, or a `Note`.

    `overrides` replace fields of the note; those that are None are left out.
    """
    given = {key: value for key, value in overrides.items() if value is not None}
    if isinstance(source, Note):
        source = source.model_dump(by_alias=True, exclude_defaults=True)
    if isinstance(source, bytes):
        return parse_note(source, overrides=given)
    if isinstance(source, Mapping):
        return note_of(source, overrides=given)
    return read_note(Path(source), given)


def read_fields(fields: Mapping[str, Any], file: Path) -> NoteFile:
    """Read a note whose fields are known; `file` is where it lies, beside its art.

    InputError for blanks that are left, and all else that a file is refused for.
    """
    return note_of(fields, file=str(file))


def name_of_ours(name: str) -> str:
    """Return a name of the catalogues as it is; InputError for that of a file.

    Where a page asks no file of this machine is meant, and none shall be opened.
    """
    plain = name.partition("#")[0].strip().lower()
    if "/" in name or "\\" in name or plain.endswith((".toml", ".icc", ".icm")):
        raise InputError(f'"{name}" is none of the names that there are.',
                         hint="Choose one of the list.")  # fmt: skip
    return name


def save(files: Mapping[Path, bytes]) -> None:
    """Write a job's files, all of them or none, and keep the forms that were drawn for them.

    FailureError when that cannot be.
    """
    save_files(files)
    keep_drawn_forms()
