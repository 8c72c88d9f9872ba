"""Finished files to where they shall be: whole and all of them, or none.

A symbolic link keeps pointing where it did and its target is written; a pipe or a device is
written into.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from fairhand.errors import FailureError

if TYPE_CHECKING:
    from collections.abc import Mapping


def save(files: Mapping[Path, bytes]) -> None:
    """Write files so that each appears whole, and all of them or none.

    FailureError when a folder is missing or the disk is full; nothing is left behind then.
    """
    ready: list[tuple[Path, Path]] = []
    streams: list[tuple[Path, bytes]] = []
    named = Path()
    try:
        for named, data in files.items():
            if named.is_dir():
                raise FailureError(f'"{named}" is a folder, so no file can be written there.')
            if is_stream(named):
                streams.append((named, data))
                continue
            target = Path(os.path.realpath(named)) if named.is_symlink() else named
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".fairhand.", dir=target.parent)
            ready.append((Path(name), target))
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            # A temporary file is private; what the user gets has the usual permissions.
            Path(name).chmod(0o666 & ~_umask())
        for temporary, target in ready:
            temporary.replace(target)
        for named, data in streams:
            with named.open("wb") as stream:
                stream.write(data)
    except FileExistsError:
        raise FailureError(
            f'"{named}" cannot be written: there is a file where its folder should be.',
            hint="Choose another place with -o.",
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise FailureError(
            f'"{named}" cannot be written: {reason}.', hint="Choose another place with -o."
        ) from None
    finally:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)


def is_stream(path: Path) -> bool:
    """Tell whether a path is a pipe or a device: there already, and no file that is replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
