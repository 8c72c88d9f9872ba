"""What the files of a merge depend on beside its rows, as a digest: if it is the same, so are they.

The program and its data are known by the size and time of their files. Own
files that a note or a row names are each volume's own business (`own_files`).
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
        sorted(order.given.items()), order.cards, order.companion, order.labels, order.on,
        order.sides, order.press, order.correction, order.colour, order.per_file, order.one_each,
        order.rows, order.reverse, order.keys, order.skip_bad, order.keep_duplicates,
        order.keep,
    )  # fmt: skip
    told = repr((order.wording.made_of, wishes))
    digest = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=32)
    for path in _files():
        stat = path.stat()
        digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.digest()


def _files() -> Iterator[Path]:
    """Yield the files of the program and of its data."""
    for folder in (_PROGRAM, fonts_folder(), layouts_folder()):
        yield from sorted(path for path in folder.rglob("*") if path.suffix in _KINDS)


_PROGRAM = Path(__file__).parents[2]
_KINDS = (".py", ".toml", ".ttf", ".otf", ".icc")
