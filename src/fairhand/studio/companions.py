"""What lies beside a note and is its own: art, a font, a table of people, and what was made.

`root` is the resolved folder of notes, `stem` the name of a note that is there, without ending.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from fairhand.errors import FailureError
from fairhand.studio.names import (
    ART,
    COMPANIONS,
    HAND,
    MADE,
    NotHereError,
    checked_file_name,
    within,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fairhand.job.drafts import Draft

_DOWNLOADED: Final = (".pdf", ".csv", ".jsonl", ".json", ".txt", ".png", ".svg")


def companion(root: Path, stem: str, kind: str) -> Path | None:
    """Return the file of a kind (`COMPANIONS`) beside a note, None when there is none."""
    for ending in COMPANIONS[kind]:
        with suppress(NotHereError):
            path = within(root, f"{stem}.{kind}{ending}")
            if path.is_file():
                return path
    return None


def place_for(root: Path, stem: str, kind: str, ending: str) -> Path:
    """Return where a file of a kind is to be put beside a note."""
    if ending not in COMPANIONS[kind]:
        raise NotHereError("There is no place for a file of this form.")
    return within(root, f"{stem}.{kind}{ending}")


def drop(root: Path, stem: str, kind: str, besides: Path | None = None) -> None:
    """Take away the files of a kind beside a note, all `besides` one; FailureError if it cannot."""
    for ending in COMPANIONS[kind]:
        path = root / f"{stem}.{kind}{ending}"
        if path != besides:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise FailureError(
                    f'"{path.name}" cannot be removed: {error.strerror}.',
                    hint="Close it where it is open, and try again.",
                ) from None


def made_folder(root: Path, stem: str) -> Path:
    """Return the folder of what a merge of a note makes, which may not be there yet."""
    return within(root, f"{stem}{MADE}")


def made_files(root: Path, stem: str) -> tuple[Path, ...]:
    """Return the files of a merge that may be downloaded, by name."""
    folder = made_folder(root, stem)
    if not folder.is_dir():
        return ()
    found = []
    for name in sorted(path.name for path in folder.iterdir()):
        with suppress(NotHereError):
            found.append(made_file(root, stem, name))
    return tuple(found)


def made_file(root: Path, stem: str, name: str) -> Path:
    """Return one file of a merge; NotHereError when it is none that may be downloaded."""
    folder = made_folder(root, stem)
    path = within(folder.resolve(), checked_file_name(name, _DOWNLOADED))
    if not path.is_file():
        raise NotHereError(f'There is no file "{name}".')
    return path


def copy(root: Path, stem: str, new: str) -> None:
    """Copy the files beside a note to another's; what was made for it is made anew."""
    for path in _own(root, stem):
        if path.is_file() and not path.is_symlink():
            try:
                shutil.copyfile(path, root / (new + path.name.removeprefix(stem)))
            except OSError as error:
                raise FailureError(f'"{path.name}" cannot be copied: {error.strerror}.') from None


def move(root: Path, stem: str, folder: Path, new: str) -> None:
    """Move what is a note's own, all of it or nothing; FailureError when that cannot be."""
    done: list[tuple[Path, Path]] = []
    try:
        for path in _own(root, stem):
            target = folder / (new + path.name.removeprefix(stem))
            path.replace(target)
            done.append((path, target))
    except OSError as error:
        for before, target in reversed(done):
            with suppress(OSError):
                target.replace(before)
        raise FailureError(
            f'"{path.name}" cannot be moved: {error.strerror}.',
            hint="Close it where it is open, and try again.",
        ) from None


def _own(root: Path, stem: str) -> Iterator[Path]:
    """Yield what is there of a note's own; a link is taken for what it is, not followed."""
    names = [f"{stem}.{kind}{ending}" for kind, endings in COMPANIONS.items() for ending in endings]
    for name in (*names, f"{stem}{MADE}"):
        path = root / name
        if path.is_symlink() or path.exists():
            yield path


def renamed(draft: Draft, stem: str, new: str) -> Draft:
    """Return a draft that names its own art and font as another note's."""
    fields = dict(draft.fields)
    art = fields.get("art")
    if isinstance(art, dict):
        fields["art"] = {**art, "file": _other(art.get("file"), stem, new, ART)}
    elif art is not None:
        fields["art"] = _other(art, stem, new, ART)
    for key in ("hand", "front_hand", "address_hand"):
        if key in fields:
            fields[key] = _other(fields[key], stem, new, HAND)
    return replace(draft, fields=fields)


def _other(value: Any, stem: str, new: str, kind: str) -> Any:
    start = f"{stem}.{kind}."
    is_own = isinstance(value, str) and value.startswith(start)
    return f"{new}.{kind}.{value.removeprefix(start)}" if is_own else value
