"""What a page paints, piece by piece: the words between the walk over pages and the checks.

Unit: points of the page's default space; matrices take a thing's own units there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from fairhand.geometry import Rect
    from fairhand.press.preflight.colour_space import Space

Matrix = tuple[float, float, float, float, float, float]
UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Kind = Literal["fill", "stroke", "text", "picture", "shading", "font"]


class Colour(NamedTuple):
    """A colour: its space and numbers; `pattern` is the pattern it is made of, if one."""

    space: Space
    parts: tuple[float, ...] = ()
    pattern: Any = None


class Painted(NamedTuple):
    """One thing that a page paints; `box` is where it can be seen at most.

    `width` is that of a stroke, or the least thickness of a filled rectangle; `font` and
    `size` (points) are those of text, `codes` what was shown; a "font" is one that is only
    selected. `thing` is the object it comes from. What is `hidden` lies in a mask or on a layer
    that is switched off: its colours and fonts count, its looks do not. Text that is
    `unseen` is of render mode 3, there only to be searched. `multiplies` is the share, 0 to 1,
    that is multiplied with what lies beneath.
    """

    page: int
    kind: Kind
    box: Rect | None
    colour: Colour
    thing: str = ""
    width: float = 0.0
    overprints: bool = False
    font: Any = None
    size: float = 0.0
    codes: tuple[int, ...] = ()
    picture: Any = None
    matrix: Matrix = UPRIGHT
    resources: Any = None
    visible: bool = True
    hidden: bool = False
    unseen: bool = False
    multiplies: float = 0.0


def times(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that does `first`, then `second` (ISO 32000-1 section 8.3.3)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + m)  # fmt: skip


def at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def scale_of(matrix: Matrix) -> float:
    """Return the least factor by which a matrix makes a length longer: its singular value."""
    a, b, c, d, _, _ = matrix
    total, difference = a * a + b * b + c * c + d * d, abs(a * d - b * c)
    root = max(total * total - 4 * difference * difference, 0.0) ** 0.5
    return float(max((total - root) / 2, 0.0) ** 0.5)
