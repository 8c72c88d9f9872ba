"""What can be drawn on a page beside writing: shapes, pictures, and pages of other PDFs.

Unit: points; origin: the page's lower left corner; y runs up. What reaches over the page's
edges is seen only where the finished piece is trimmed larger than the page: in the bleed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING, Literal

from fairhand.geometry import Affine, Rect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairhand.geometry import Size
    from fairhand.stationery.model import Ink

Step = tuple[str, tuple[float, ...]]
"""An operator of a path and its coordinates: m, l, c and h of ISO 32000-1 section 8.5.2."""

Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A path that is filled, stroked or both; ends and corners of strokes are round or square.

    `dash` are the lengths of strokes and gaps in turn.
    `opacity` is how much of what lies under it the shape covers: 1 is all of it.
    """

    path: Path
    fill: Ink | None = None
    stroke: Ink | None = None
    width: float = 0.0
    even_odd: bool = False
    rounded: bool = True
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Picture:
    """Samples, 8 bits each, rows from the top; `matrix` takes the unit square to the page.

    `profile` is the ICC profile of the samples; grey and RGB without one are sRGB's. `jpeg`
    is the file that the very same samples came from, if one.
    """

    samples: bytes
    mode: Literal["L", "RGB", "CMYK"]
    width_px: int
    height_px: int
    matrix: Affine
    profile: bytes = b""
    jpeg: bytes = b""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page of another PDF, counted from 0; `matrix` takes its own points to this page's.

    `box` is the part of it that is seen, in its own points.
    """

    file: bytes
    number: int
    matrix: Affine
    box: Rect


@dataclass(frozen=True, slots=True)
class Clipped:
    """Things of which nothing is seen outside a rectangle."""

    rect: Rect
    things: tuple[Drawn, ...]


Drawn = Shape | Picture | PdfPage | Clipped


def line(
    x0: float, y0: float, x1: float, y1: float, ink: Ink, width: float,
    dash: tuple[float, ...] = (),
) -> Shape:  # fmt: skip
    """Return a straight line with square ends."""
    path: Path = (("m", (x0, y0)), ("l", (x1, y1)))
    return Shape(path, stroke=ink, width=width, rounded=False, dash=dash)


def ellipse(x: float, y: float, across: float, up: float) -> Path:
    """Return the path of an ellipse about (x, y) by its half axes, in four Bézier curves."""
    # 0.5523 is 4/3 (√2 - 1): the usual approximation, right to 0.03 % of the radius.
    k = 0.5522847498
    return (
        ("m", (x + across, y)),
        ("c", (x + across, y + k * up, x + k * across, y + up, x, y + up)),
        ("c", (x - k * across, y + up, x - across, y + k * up, x - across, y)),
        ("c", (x - across, y - k * up, x - k * across, y - up, x, y - up)),
        ("c", (x + k * across, y - up, x + across, y - k * up, x + across, y)),
        ("h", ()),
    )


def rectangle(left: float, bottom: float, right: float, top: float) -> Path:
    """Return the path of a rectangle."""
    return (
        ("m", (left, bottom)), ("l", (right, bottom)), ("l", (right, top)), ("l", (left, top)),
        ("h", ()),
    )  # fmt: skip


def moved(thing: Drawn, matrix: Affine) -> Drawn:
    """Return a drawn thing where a matrix takes it; lines become wider or finer with it."""
    match thing:
        case Shape():
            path = tuple(
                (step, tuple(
                    value for at in range(0, len(xy), 2) for value in matrix.apply(*xy[at : at + 2])
                ))
                for step, xy in thing.path
            )  # fmt: skip
            scale = sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
            dash = tuple(length * scale for length in thing.dash)
            return replace(thing, path=path, width=thing.width * scale, dash=dash)
        case Picture() | PdfPage():
            return replace(thing, matrix=thing.matrix.then(matrix))
        case Clipped():
            things = tuple(moved(one, matrix) for one in thing.things)
            return Clipped(matrix.about(thing.rect), things)


def bounds(thing: Drawn) -> Rect:
    """Return a rectangle outside which a thing has no ink (its path's handles count as ink)."""
    match thing:
        case Shape():
            xs = [value for _, xy in thing.path for value in xy[0::2]]
            ys = [value for _, xy in thing.path for value in xy[1::2]]
            if not xs:
                return Rect(0.0, 0.0, 0.0, 0.0)
            half = thing.width / 2 if thing.stroke else 0.0
            return Rect(min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half)
        case Picture():
            return thing.matrix.about(Rect(0.0, 0.0, 1.0, 1.0))
        case PdfPage():
            return thing.matrix.about(thing.box)
        case Clipped():
            inner = [bounds(one).intersection(thing.rect) for one in thing.things]
            return around(one for one in inner if one.width > 0 and one.height > 0)


def around(rects: Iterable[Rect]) -> Rect:
    """Return the rectangle about some; of no size when there are none."""
    found = list(rects)
    if not found:
        return Rect(0.0, 0.0, 0.0, 0.0)
    return Rect(
        min(r.left for r in found), min(r.bottom for r in found),
        max(r.right for r in found), max(r.top for r in found),
    )  # fmt: skip


def bleeds(things: Iterable[Drawn], size: Size) -> bool:
    """Tell whether any of the things reaches an edge of a page, so that it has to be cut."""
    for thing in things:
        left, bottom, right, top = bounds(thing)
        reaches = left <= 0 or bottom <= 0 or right >= size.width or top >= size.height
        if reaches and right > left:
            return True
    return False
