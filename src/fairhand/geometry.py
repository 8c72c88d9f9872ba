"""A small vocabulary of places and shapes.

Unit: points, unless a name says otherwise. Origin: lower left; y runs up (the PDF's
own user space, ISO 32000-1 section 8.3.2.3).
"""

from __future__ import annotations

from typing import NamedTuple


class Size(NamedTuple):
    """Width and height, points."""

    width: float
    height: float

    def turned(self) -> Size:
        """Return the size with width and height exchanged."""
        return Size(self.height, self.width)


class Insets(NamedTuple):
    """Distances from the four edges inwards, points."""

    top: float
    right: float
    bottom: float
    left: float


class Rect(NamedTuple):
    """A rectangle by its lower left and upper right corners, points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Points from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Points from bottom to top."""
        return self.top - self.bottom

    def inset(self, by: Insets) -> Rect:
        """Return the rectangle with each edge moved inwards."""
        return Rect(
            self.left + by.left, self.bottom + by.bottom, self.right - by.right, self.top - by.top
        )

    def intersection(self, other: Rect) -> Rect:
        """Return the part that both rectangles share; empty when they do not meet."""
        return Rect(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    @classmethod
    def of(cls, size: Size) -> Rect:
        """Return the rectangle of that size with its corner at the origin."""
        return cls(0.0, 0.0, size.width, size.height)


class Affine(NamedTuple):
    """The matrix [a b c d e f] as PDF writes it: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Map one point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, after: Affine) -> Affine:
        """Return the matrix that does this one first, then another (ISO 32000-1 8.3.4)."""
        a, b, c, d, e, f = self
        return Affine(
            a * after.a + b * after.c, a * after.b + b * after.d,
            c * after.a + d * after.c, c * after.b + d * after.d,
            e * after.a + f * after.c + after.e, e * after.b + f * after.d + after.f,
        )  # fmt: skip

    def inverse(self) -> Affine:
        """Return the matrix that undoes this one; ZeroDivisionError for one that flattens."""
        a, b, c, d, e, f = self
        area = a * d - b * c
        return Affine(d / area, -b / area, -c / area, a / area,
                      (c * f - d * e) / area, (b * e - a * f) / area)  # fmt: skip

    def about(self, rect: Rect) -> Rect:
        """Return the rectangle about one that is mapped: larger than it where it is turned."""
        corners = [self.apply(x, y) for x in (rect.left, rect.right)
                   for y in (rect.bottom, rect.top)]  # fmt: skip
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Rect(min(xs), min(ys), max(xs), max(ys))

    @classmethod
    def move(cls, x: float, y: float) -> Affine:
        """Return a translation."""
        return cls(e=x, f=y)
