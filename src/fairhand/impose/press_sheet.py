"""A side of a card as a press wants it: bleed round the trim, and marks outside the bleed.

Unit: points.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fairhand.art.drawing import line
from fairhand.geometry import Affine, Insets, Rect, Size
from fairhand.impose.sheet import Placement, Sheet
from fairhand.stationery.model import REGISTRATION
from fairhand.units import MM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fairhand.art.drawing import Shape
    from fairhand.write.page import WrittenPage

_MARK_GAP = 1 * MM
"""How far marks stay outside the bleed."""

_MARK = 5 * MM
_MARK_WIDTH = 0.25
_FOLD_DASH = (2.0, 2.0)
_SLUG = 5 * MM
_EDGE = 2 * MM


def press_sheet(
    sheet: Sheet,
    bleed: float,
    *,
    marks: bool = True,
    slug: Callable[[Size], WrittenPage] | None = None,
) -> Sheet:
    """Return a side on a larger sheet, with `bleed` round its trim.

    With `marks` come crop marks, dashed marks at the ends of its folds, and the line that
    `slug` writes into the size it is given, all of them outside the bleed.
    """
    outside = bleed + (_MARK_GAP + _MARK + _EDGE if marks else 0.0)
    below = outside + (_SLUG if marks and slug else 0.0)
    width, height = sheet.trim.width, sheet.trim.height
    size = Size(width + 2 * outside, height + outside + below)
    trim = Rect(outside, below, outside + width, below + height)
    move = (trim.left - sheet.trim.left, trim.bottom - sheet.trim.bottom)
    around = trim.inset(Insets(-bleed, -bleed, -bleed, -bleed))
    placements = [_moved(placement, *move, around) for placement in sheet.placements]
    if marks and slug:
        page = slug(Size(width, _SLUG))
        placements.append(Placement(page, Affine.move(trim.left, _EDGE)))
    x, y = move
    folds = tuple((x0 + x, y0 + y, x1 + x, y1 + y) for x0, y0, x1, y1 in sheet.folds)
    drawn = (*_crop_marks(trim, around), *_fold_marks(folds, around)) if marks else ()
    return Sheet(sheet.name, size, trim, tuple(placements), folds, around, drawn)


def _moved(placement: Placement, x: float, y: float, around: Rect) -> Placement:
    """Return a placement moved; what reaches over the bleed is not seen, for marks stand there."""
    move = Affine.move(x, y)
    seen = move.about(placement.clip).intersection(around) if placement.clip else around
    return replace(placement, matrix=placement.matrix.then(move), clip=seen)


def _crop_marks(trim: Rect, around: Rect) -> Iterator[Shape]:
    """Yield two marks at each corner, in line with the trim."""
    near, far = _MARK_GAP, _MARK_GAP + _MARK
    for x in (trim.left, trim.right):
        yield _mark(x, around.bottom - far, x, around.bottom - near)
        yield _mark(x, around.top + near, x, around.top + far)
    for y in (trim.bottom, trim.top):
        yield _mark(around.left - far, y, around.left - near, y)
        yield _mark(around.right + near, y, around.right + far, y)


def _fold_marks(
    folds: tuple[tuple[float, float, float, float], ...], around: Rect
) -> Iterator[Shape]:
    near, far = _MARK_GAP, _MARK_GAP + _MARK
    for x0, y0, x1, y1 in folds:
        if x0 == x1:
            yield _mark(x0, around.bottom - far, x0, around.bottom - near, _FOLD_DASH)
            yield _mark(x0, around.top + near, x0, around.top + far, _FOLD_DASH)
        if y0 == y1:
            yield _mark(around.left - far, y0, around.left - near, y0, _FOLD_DASH)
            yield _mark(around.right + near, y0, around.right + far, y0, _FOLD_DASH)


def _mark(x0: float, y0: float, x1: float, y1: float, dash: tuple[float, ...] = ()) -> Shape:
    return line(x0, y0, x1, y1, REGISTRATION, _MARK_WIDTH, dash)
