"""The anatomy of a glyph: which way is out of the ink, where strokes end, which bars cross.

A pen begins and ends a stroke a little differently every time, and a crossbar or a dot is a
stroke of its own that lands where the hand happens to be. The outline of a font does not
say so; here it is read from its shape. Unit: font units unless said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fairhand.hand.noise import fade

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairhand.hand.outline import Outline

    Floats = NDArray[np.float64]

_LOOK: Final = 0.8
"""How far along the outline to both sides an end is looked at, stroke widths."""

_END_CHORD: Final = 0.72
"""Where the outline turns back so far that the chord is under this share of the way, a stroke
ends: on a straight edge it is 1, round the end of a stroke about 0.6."""

_MOST_ENDS: Final = 6
_END_REACH: Final = 0.45
_BAR_LEAST: Final = 0.4
_BAR_FLAT: Final = 0.45
_BAR_HALF_HEIGHT: Final = 0.3
_SMOOTH: Final = 0.3
"""Over how far to both sides the way out of the ink is judged, stroke widths."""

_DOT: Final = 2.5
"""A contour that is no larger than this is a dot, stroke widths."""


@dataclass(frozen=True, slots=True, eq=False)
class Anatomy:
    """What of an outline of n points can move by itself, x-heights for a movement of 1.

    `outward` (n, 2) leads out of the ink, `thins` (n, 1) is 1 where a stroke may become
    thinner and 0 on dots, which would vanish; `ends` (e, n, 2) lengthen one stroke end each;
    `lifts` (b, n, 2) raise one crossbar each and `tilts` (b, n, 2) turn it, radians.
    """

    outward: Floats
    thins: Floats
    ends: Floats
    lifts: Floats
    tilts: Floats


def anatomy(outline: Outline, x_height: float, stem: float) -> Anatomy:
    """Read an outline's anatomy; `stem` is the hand's usual stroke width, font units."""
    count = len(outline.points)
    outward = np.zeros((count, 2))
    thins = np.ones((count, 1))
    ends: list[Floats] = []
    tips: list[tuple[Floats, Floats]] = []
    clockwise = _clockwise(outline)
    start = 0
    for last in outline.ends.tolist():
        part = slice(start, last + 1)
        start = last + 1
        points = outline.points[part]
        if len(points) < 3:
            continue
        contour = _Contour(points)
        outward[part] = contour.outward(stem, clockwise=clockwise)
        thins[part] = float(np.ptp(points, axis=0).max() > _DOT * stem)
        for tip, direction, near in contour.stroke_ends(outward[part], x_height, stem):
            # A pen makes strokes wider, not longer, and joins must hold with a thin one.
            blunt = near**4 * (outward[part] @ direction)
            outward[part] -= np.maximum(blunt, 0.0)[:, None] * direction
            field = np.zeros((count, 2))
            field[part] = near[:, None] * direction
            ends.append(field)
            tips.append((tip, direction))
    ends = ends[:_MOST_ENDS]
    lifts, tilts = _crossbars(outline.points, tips, x_height)
    empty = np.zeros((0, count, 2))
    return Anatomy(
        outward,
        thins,
        np.array(ends) if ends else empty,
        np.array(lifts) if lifts else empty,
        np.array(tilts) if tilts else empty,
    )


def _clockwise(outline: Outline) -> bool:
    """Tell which way the outer contours run: their areas outweigh those of the counters."""
    a, c = outline.curves[:, 0], outline.curves[:, 2]
    return float((a[:, 0] * c[:, 1] - c[:, 0] * a[:, 1]).sum()) < 0


class _Contour:
    """A closed contour walked along its control points."""

    def __init__(self, points: Floats) -> None:
        self.points = points
        self._closed = np.concatenate([points, points[:1]])
        step = np.sqrt((np.diff(self._closed, axis=0) ** 2).sum(axis=1))
        self._along = np.concatenate(([0.0], np.cumsum(step)))
        self.along = self._along[:-1]
        self.length = float(self._along[-1])

    def at(self, way: float) -> Floats:
        """Return the places so far along the contour from each of its points."""
        place = np.mod(self.along + way, self.length)
        return np.stack(
            [np.interp(place, self._along, self._closed[:, axis]) for axis in (0, 1)], axis=1
        )

    def outward(self, stem: float, *, clockwise: bool) -> Floats:
        """Return a unit vector out of the ink at each point, smooth over a rough edge."""
        look = min(_SMOOTH * stem, 0.2 * self.length)
        run = self.at(look) - self.at(-look)
        size = np.sqrt((run * run).sum(axis=1, keepdims=True))
        side: Floats = np.stack([-run[:, 1], run[:, 0]], axis=1) / np.maximum(size, 1e-9)
        return side if clockwise else -side

    def stroke_ends(
        self, outward: Floats, x_height: float, stem: float
    ) -> list[tuple[Floats, Floats, Floats]]:
        """Return each stroke end: its tip, its direction, how near to it every point is."""
        if self.length < 4 * stem:
            return []
        look = _LOOK * stem
        before, after = self.at(-look), self.at(look)
        chord = np.sqrt(((after - before) ** 2).sum(axis=1)) / (2 * look)
        out = self.points - 0.5 * (before + after)
        reach = np.sqrt((out * out).sum(axis=1))
        convex = (out * outward).sum(axis=1) > 0.3 * reach
        found: list[tuple[Floats, Floats, Floats]] = []
        taken = np.zeros(len(self.points), dtype=bool)
        for index in np.argsort(chord, kind="stable").tolist():
            if chord[index] > _END_CHORD or len(found) == _MOST_ENDS:
                break
            if taken[index] or not convex[index] or reach[index] <= 0:
                continue
            away = np.abs(self.along - self.along[index])
            away = np.minimum(away, self.length - away)
            taken |= away < 2.0 * stem
            near = fade(1.0 - away / (_END_REACH * x_height))
            found.append((self.points[index], out[index] / reach[index], near))
        return found


def _crossbars(
    points: Floats, tips: list[tuple[Floats, Floats]], x_height: float
) -> tuple[list[Floats], list[Floats]]:
    """Find bars with two free ends that lie across a stem, such as those of t, f and T."""
    lifts: list[Floats] = []
    tilts: list[Floats] = []
    for left, to_left in tips:
        for right, to_right in tips:
            width = right[0] - left[0]
            if not (to_left[0] < -0.6 and to_right[0] > 0.6):
                continue
            if width < _BAR_LEAST * x_height or abs(right[1] - left[1]) > _BAR_FLAT * width:
                continue
            middle = 0.5 * (left + right)
            rise = (right[1] - left[1]) / width
            off = points[:, 1] - (middle[1] + rise * (points[:, 0] - middle[0]))
            within = (points[:, 0] > left[0] - 0.1 * width) & (
                points[:, 0] < right[0] + 0.1 * width
            )
            reaches = points[within & (np.abs(points[:, 0] - middle[0]) < 0.4 * width), 1]
            if not len(reaches) or reaches.min() > middle[1] - 0.5 * x_height:
                continue
            window = fade(1.0 - np.abs(off) / (_BAR_HALF_HEIGHT * x_height)) * within
            lift = np.stack([np.zeros(len(points)), window], axis=1)
            lifts.append(lift)
            tilts.append(lift * ((points[:, 0] - middle[0]) / x_height)[:, None])
    return lifts[:2], tilts[:2]
