"""Art of the user's own: the file behind a note's `art`, read and placed on the front."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from fairhand.art.drawing import PdfPage
from fairhand.catalog import read_at_most
from fairhand.errors import InputError, did_you_mean
from fairhand.units import INCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.art.place import PlacedArt
    from fairhand.geometry import Rect, Size
    from fairhand.note.model import Art

BLEED = INCH / 8
"""How far art reaches over the edges: what US shops ask for, and a little more than 3 mm."""

_LARGEST_FILE = 100_000_000


def own_art(path: Path, art: Art, panel: Size, inner: Rect) -> PlacedArt:
    """Return a file of art on a panel, over all of it or whole inside `inner` (points).

    InputError when it is not there, no file, or cannot be printed.
    """
    return _kept_art(path, _stamp(path), art, panel, inner)


def names_a_file(name: str) -> bool:
    """Tell whether art is named by a path, and not as a front of the catalogue."""
    return "/" in name or "\\" in name or bool(Path(name).suffix)


@contextmanager
def told_of(field: str) -> Iterator[None]:
    """Tell the line of the note's field with an error, unless it is about a line elsewhere."""
    try:
        yield
    except InputError as error:
        field = "" if error.place.file else field
        raise InputError(error.message, hint=error.hint, place=error.place, field=field) from None


@lru_cache(maxsize=16)
def _kept_art(path: Path, _stamp: tuple[int, int], art: Art, panel: Size, inner: Rect) -> PlacedArt:
    """Read and place a file of art; kept, for the cards of a merge mostly show the same."""
    # Slow to load, and a drawn front has no need of it.
    from fairhand.art.pdf_art import PdfArt
    from fairhand.art.place import Wish, placed, read_art

    wish = Wish(art.fit, art.across, art.down, art.zoom)
    try:
        data = read_at_most(path, _LARGEST_FILE)
    except OSError as error:
        raise InputError(f'The file "{path}" cannot be read: {error.strerror}.',
                         field="art") from None  # fmt: skip
    with told_of("art"):
        source = read_art(data, art.page, path.name)
        shown = placed(source, panel, inner, BLEED, wish)
        has_layers_off = isinstance(source, PdfArt) and source.hides
        return _flattened(shown, path.name) if has_layers_off else shown


def _flattened(art: PlacedArt, name: str) -> PlacedArt:
    """Return a page some of whose layers are off as a picture, in which they stay off."""
    # pdfium is slow to load, and few pages have layers.
    from fairhand.output.raster import PRINT_DPI, picture_of

    things = tuple(picture_of(one, PRINT_DPI) if isinstance(one, PdfPage) else one
                   for one in art.things)  # fmt: skip
    said = (f'Some layers of "{name}" are switched off, so its page is on the card as a picture, '
            f"{PRINT_DPI} to the inch.")  # fmt: skip
    return replace(art, things=things, notices=(*art.notices, said))


def _stamp(path: Path) -> tuple[int, int]:
    """Return what changes when a file does; InputError when it is not there."""
    try:
        found = path.stat()
    except FileNotFoundError:
        if path.is_symlink():
            raise InputError(f'The file "{path}" leads to another that is not there.',
                             hint="Name the picture itself.", field="art") from None  # fmt: skip
        near = did_you_mean(path.name, _names_beside(path))
        raise InputError(f'There is no file "{path}".', hint=near, field="art") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise InputError(f'The file "{path}" cannot be read: {reason}.', field="art") from None
    if not S_ISREG(found.st_mode):
        # What is read of a device or a pipe may never come, or never end.
        what = "a folder" if S_ISDIR(found.st_mode) else "no file of art"
        raise InputError(f'"{path}" is {what}.', hint="Name a picture, an SVG or a PDF.",
                         field="art")  # fmt: skip
    return found.st_mtime_ns, found.st_size


def _names_beside(path: Path) -> list[str]:
    try:
        return [one.name for one in path.parent.iterdir()][:200]
    except OSError:
        return []
