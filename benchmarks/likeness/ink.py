"""A picture becomes ink on paper: which pixels are written on, and their connected pieces.

Unit: pixels; origin: the upper left corner; y runs down, as in the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import ndimage

from benchmarks.likeness.fits import two_greys

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_LEAST_CONTRAST = 24
_UNEVEN_PAPER = 10
_BLOCKS = 32
_EIGHT = np.ones((3, 3), dtype=np.int64)
_WIDEST = 0.5
"""A piece wider than this share of the page is a rule or the paper's edge, not a word."""


class UnreadableError(Exception):
    """A picture in which no handwriting can be measured; the sentence says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """The inked pixels of a picture (rows `y`, columns `x`), row by row.

    `piece` numbers the connected piece of each; `heights` are those of the pieces that are
    letters or words by their size.
    """

    mask: NDArray[np.bool_]
    y: Ints
    x: Ints
    piece: Ints
    heights: Floats


def ink_of(picture: Image.Image) -> Ink:
    """Find the ink of a picture: dark on light, of any colour, evenly lit or not.

    UnreadableError when there is none.
    """
    grey = np.asarray(picture.convert("L"))
    paper = _paper(grey)
    if paper is not None:
        grey = np.clip(grey * (255.0 / np.maximum(paper, 1.0)), 0, 255).astype(np.uint8)
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    inked = np.flatnonzero(counts)
    if inked[-1] - inked[0] < _LEAST_CONTRAST:
        raise UnreadableError("There is nothing written in this picture.")
    mask = _without_margin(grey < two_greys(counts))
    labels, _ = ndimage.label(mask, _EIGHT)
    boxes = ndimage.find_objects(labels)
    tall = np.array([box[0].stop - box[0].start for box in boxes], dtype=np.float64)
    wide = np.array([box[1].stop - box[1].start for box in boxes], dtype=np.float64)
    size = np.maximum(tall, wide)
    # Half of the pieces may be dots and specks: the upper tenth tells what a letter is.
    usual = float(np.percentile(size, 90))
    keep = (wide < _WIDEST * mask.shape[1]) & (tall < 8 * usual) & (size > 0.06 * usual)
    if not keep.all():
        mask &= np.concatenate(([False], keep))[labels]
    letters = keep & (size >= 0.4 * usual)
    if letters.sum() < 10:
        raise UnreadableError("There is too little written in this picture.")
    y, x = np.nonzero(mask)
    return Ink(mask, y, x, labels[y, x].astype(np.int64), tall[letters])


def _without_margin(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the part that holds the ink, with some paper above and below for the lines' ends."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        raise UnreadableError("There is nothing written in this picture.")
    cut = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.pad(cut, 12)


def _paper(grey: NDArray[np.uint8]) -> Floats | None:
    """Return how light the paper is at every pixel, None where it is even."""
    size = max(8, grey.shape[1] // _BLOCKS)
    rows, columns = grey.shape[0] // size, grey.shape[1] // size
    if rows < 4 or columns < 4:
        return None
    blocks = grey[: rows * size, : columns * size].reshape(rows, size, columns, size)
    light = blocks.max(axis=(1, 3)).astype(np.float64)
    if np.ptp(light) < _UNEVEN_PAPER:
        return None
    light = ndimage.gaussian_filter(ndimage.median_filter(light, 5), 1.0)
    zoom = (grey.shape[0] / rows, grey.shape[1] / columns)
    grown: Floats = ndimage.zoom(light, zoom, order=1, grid_mode=True, mode="nearest")
    return grown
