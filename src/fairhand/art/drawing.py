"""What can be drawn on a page beside writing: shapes, pictures, and pages of other PDFs.

Unit: points; origin: the page's lower left corner; y runs up. What reaches over the page's
edges is seen only where the finished piece is trimmed larger than the page: in the bleed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fairhand.geometry import Affine
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
    """A page of another PDF, counted from 0; `matrix` takes its own points to this page's."""

    file: bytes
    number: int
    matrix: Affine


Drawn = Shape | Picture | PdfPage


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
