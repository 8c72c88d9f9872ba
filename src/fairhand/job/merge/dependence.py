"""What the files of a merge depend on beside its rows, as a digest: if it is the same, so are they.

Own files that a note names (a hand, a layout, art) are known by their size and time; of the
program and its data the same.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from fairhand.catalog import fonts_folder, layouts_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.job.merge.order import Order


def depends_on(order: Order) -> bytes:
    """Return a digest of what every volume of an order depends on, beside its rows."""
    wishes = (
        sorted(order.given.items()), order.companion, order.labels, order.on, order.sides,
        order.press, order.correction, order.colour, order.per_file, order.one_each,
        order.rows, order.reverse, order.keys, order.skip_bad, order.keep_duplicates,
    )  # fmt: skip
    told = repr((order.wording.made_of, wishes))
    digest = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=32)
    for path in _files(order):
        stat = path.stat()
        digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.digest()


def _files(order: Order) -> Iterator[Path]:
    """Yield the program, its data, and what lies beside the note and may be its art or its hand.

    Of PDFs only those that the note names: a merge may write its own beside it.
    """
    for folder in (_PROGRAM, fonts_folder(), layouts_folder()):
        yield from sorted(path for path in folder.rglob("*") if path.suffix in _KINDS)
    words = order.wording.made_of[0]
    beside = Path(order.wording.file).parent
    if Path(order.wording.file).is_file():
        for path in sorted(beside.iterdir()):
            ending = path.suffix.lower()
            if ending in _OWN or (ending == ".pdf" and path.name.encode() in words):
                yield path


_PROGRAM = Path(__file__).parents[2]
_KINDS = (".py", ".toml", ".ttf", ".otf", ".icc")
_OWN = (".toml", ".ttf", ".otf", ".svg", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp")
