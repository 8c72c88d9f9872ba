"""Outlines as arrays: TrueType points for drawing, and columns of ink for measuring.

HarfBuzz draws every kind of font (TrueType, CFF, variable, composite glyphs) through one
pen; here it becomes TrueType quadratics with implied on-curve points left out (OpenType 1.9,
"glyf"). Unit: font units; y runs up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CUBIC_TOLERANCE = 0.001


@dataclass(frozen=True, slots=True)
class Outline:
    """One glyph: n points (n, 2), which of them lie on the curve, each contour's last index.

    `curves` (m, 3, 2) holds the same outline as quadratic Bézier curves, and `parts` (n,)
    numbers the separate strokes: 0 the body, 1 and more the dots and accents beside it.
    """

    points: NDArray[np.float64]
    on_curve: NDArray[np.bool_]
    ends: NDArray[np.int64]
    curves: NDArray[np.float64]
    parts: NDArray[np.int64]

    @property
    def inked(self) -> bool:
        """Whether anything would be drawn."""
        return len(self.curves) > 0


class _Pen:
    """Collects what HarfBuzz draws (the fontTools pen protocol)."""

    def __init__(self, units_per_em: int) -> None:
        self.contours: list[list[tuple[float, float, bool]]] = []
        self.curves: list[list[tuple[float, float]]] = []
        self._tolerance = _CUBIC_TOLERANCE * units_per_em
        self._first = 0
        self._here = (0.0, 0.0)

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.contours.append([(*point, True)])
        self._first = len(self.curves)
        self._here = point

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        if point == self._here:
            return
        x, y = self._here
        self.curves.append([self._here, ((x + point[0]) / 2, (y + point[1]) / 2), point])
        self.contours[-1].append((*point, True))
        self._here = point

    def qCurveTo(self, control: tuple[float, float], point: tuple[float, float]) -> None:  # noqa: N802
        self.curves.append([self._here, control, point])
        self.contours[-1] += [(*control, False), (*point, True)]
        self._here = point

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        # PostScript outlines; fontTools is imported only for fonts that have them.
        from fontTools.cu2qu import curve_to_quadratic

        spline: Any = curve_to_quadratic([self._here, *points], self._tolerance)
        controls = spline[1:-1]
        for index, control in enumerate(controls):
            after = controls[index + 1] if index + 1 < len(controls) else None
            end = spline[-1] if after is None else (
                (control[0] + after[0]) / 2, (control[1] + after[1]) / 2
            )  # fmt: skip
            self.qCurveTo(control, end)

    def closePath(self) -> None:  # noqa: N802
        contour = self.contours[-1]
        start = contour[0]
        if len(contour) > 1:
            self.lineTo((start[0], start[1]))
            if contour[-1][:2] == start[:2]:
                contour.pop()
        # A contour of one place draws nothing, however many points it has there.
        if all(point[:2] == start[:2] for point in contour):
            self.contours.pop()
            del self.curves[self._first :]

    def endPath(self) -> None:  # noqa: N802
        self.closePath()


def draw_outline(font: Any, glyph: int, units_per_em: int) -> Outline:
    """Return a glyph's outline from a uharfbuzz font."""
    pen = _Pen(units_per_em)
    font.draw_glyph_with_pen(glyph, pen)
    points: list[tuple[float, float]] = []
    on_curve: list[bool] = []
    ends: list[int] = []
    for contour in pen.contours:
        for index, (x, y, on) in enumerate(contour):
            if on and _implied(contour, index):
                continue
            points.append((x, y))
            on_curve.append(on)
        ends.append(len(points) - 1)
    array = np.array(points, dtype=np.float64).reshape(-1, 2)
    curves = np.array(pen.curves, dtype=np.float64).reshape(-1, 3, 2)
    last = np.array(ends, dtype=np.int64)
    return Outline(array, np.array(on_curve, dtype=np.bool_), last, curves, _parts(array, last))


def moved_outline(
    outline: Outline, scale: tuple[float, float], place: tuple[float, float]
) -> Outline:
    """Return an outline made larger or smaller from its origin, and then moved."""
    return replace(
        outline, points=outline.points * scale + place, curves=outline.curves * scale + place
    )


def _implied(contour: list[tuple[float, float, bool]], index: int) -> bool:
    before, here, after = contour[index - 1], contour[index], contour[(index + 1) % len(contour)]
    return (
        index > 0
        and not before[2]
        and not after[2]
        and here[0] * 2 == before[0] + after[0]
        and here[1] * 2 == before[1] + after[1]
    )


def _parts(points: NDArray[np.float64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the strokes: contours whose boxes meet belong together; the largest is 0."""
    parts = np.zeros(len(points), dtype=np.int64)
    if len(ends) < 2:
        return parts
    starts = np.concatenate(([0], ends[:-1] + 1))
    boxes = [
        (*points[s : e + 1].min(axis=0), *points[s : e + 1].max(axis=0))
        for s, e in zip(starts, ends, strict=True)
    ]
    group = list(range(len(boxes)))
    for i, a in enumerate(boxes):
        for j, b in enumerate(boxes[:i]):
            if a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]:
                old, new = group[i], group[j]
                group = [new if g == old else g for g in group]
    area = dict.fromkeys(group, 0.0)
    for g, box in zip(group, boxes, strict=True):
        area[g] = max(area[g], (box[2] - box[0]) * (box[3] - box[1]))
    ranked = sorted(area, key=lambda g: (-area[g], g))
    for g, s, e in zip(group, starts, ends, strict=True):
        parts[s : e + 1] = ranked.index(g)
    return parts


def columns(outline: Outline, width: float) -> NDArray[np.float64]:
    """Return the ink in columns of that width: rows of (left edge, lowest ink, highest ink).

    Only columns with ink are given, from left to right.
    """
    if not outline.inked:
        return np.zeros((0, 3))
    a, b, c = outline.curves[:, 0], outline.curves[:, 1], outline.curves[:, 2]
    extent = float(np.abs(c - a).max() + np.abs(b - a).max())
    steps = int(min(64, max(4, np.ceil(2.0 * extent / width))))
    t = (np.arange(steps + 1) / steps)[:, None, None]
    samples = ((1 - t) * (1 - t) * a + 2 * t * (1 - t) * b + t * t * c).reshape(-1, 2)
    index = np.floor(samples[:, 0] / width).astype(np.int64)
    first = int(index.min())
    count = int(index.max()) - first + 1
    low = np.full(count, np.inf)
    high = np.full(count, -np.inf)
    np.minimum.at(low, index - first, samples[:, 1])
    np.maximum.at(high, index - first, samples[:, 1])
    inked = np.isfinite(low)
    left = (first + np.arange(count)) * width
    found: NDArray[np.float64] = np.stack([left, low, high], axis=1)[inked]
    return found
