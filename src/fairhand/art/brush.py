"""Lines as a brush or a pen draws them: smooth, swelling and thinning, never quite straight.

Points are (x, y) in points, angles radians, anticlockwise from the right. All of it makes
paths; chance comes from a `Chance` that a drawing begins with its own name, so that a
drawing is the same in every process.
"""

from __future__ import annotations

from itertools import pairwise
from math import atan2, cos, hypot, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairhand.art.chance import Chance
    from fairhand.art.drawing import Path

Point = tuple[float, float]


def curve(points: Sequence[Point]) -> Path:
    """Return an open curve through points (centripetal enough: Catmull-Rom, as Béziers)."""
    ends = [points[0], *points, points[-1]]
    steps: list[tuple[str, tuple[float, ...]]] = [("m", points[0])]
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        steps.append(("c", _controls(before, start, end, after)))
    return tuple(steps)


def loop(points: Sequence[Point]) -> Path:
    """Return a closed curve through points."""
    count = len(points)
    steps: list[tuple[str, tuple[float, ...]]] = [("m", points[0])]
    for at in range(count):
        before, start = points[at - 1], points[at]
        end, after = points[(at + 1) % count], points[(at + 2) % count]
        steps.append(("c", _controls(before, start, end, after)))
    return (*steps, ("h", ()))


def _controls(before: Point, start: Point, end: Point, after: Point) -> tuple[float, ...]:
    return (
        start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6,
        end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6,
        *end,
    )  # fmt: skip


def swelling(points: Sequence[Point], widths: Sequence[float]) -> Path:
    """Return the outline of a stroke along points, as wide at each as `widths` says."""
    left, right = [], []
    for at, (x, y) in enumerate(points):
        ahead, behind = points[min(at + 1, len(points) - 1)], points[max(at - 1, 0)]
        across = atan2(ahead[1] - behind[1], ahead[0] - behind[0]) + pi / 2
        half = widths[at] / 2
        left.append((x + half * cos(across), y + half * sin(across)))
        right.append((x - half * cos(across), y - half * sin(across)))
    return loop([*left, *reversed(right)])


def along(points: Sequence[Point], count: int) -> list[Point]:
    """Return `count` points at even distances on the curve through points, both ends with them."""
    fine = [_on(points, step / (24 * (len(points) - 1))) for step in range(24 * len(points) - 23)]
    lengths = [0.0]
    for one, other in pairwise(fine):
        lengths.append(lengths[-1] + hypot(other[0] - one[0], other[1] - one[1]))
    found, at = [], 0
    for number in range(count):
        wanted = lengths[-1] * number / max(1, count - 1)
        while at < len(lengths) - 2 and lengths[at + 1] < wanted:
            at += 1
        span = lengths[at + 1] - lengths[at] or 1.0
        share = (wanted - lengths[at]) / span
        (x0, y0), (x1, y1) = fine[at], fine[at + 1]
        found.append((x0 + (x1 - x0) * share, y0 + (y1 - y0) * share))
    return found


def _on(points: Sequence[Point], share: float) -> Point:
    """Return the point of the curve through points at a share of its parameter."""
    last = len(points) - 1
    at = min(int(share * last), last - 1)
    t = share * last - at
    p0, p1 = points[max(at - 1, 0)], points[at]
    p2, p3 = points[at + 1], points[min(at + 2, last)]

    def one(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (
            2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t
            + (3 * b - a - 3 * c + d) * t * t * t
        )  # fmt: skip

    return one(p0[0], p1[0], p2[0], p3[0]), one(p0[1], p1[1], p2[1], p3[1])


def heading(points: Sequence[Point], at: int) -> float:
    """Return the direction of a line of points at one of them."""
    ahead, behind = points[min(at + 1, len(points) - 1)], points[max(at - 1, 0)]
    return atan2(ahead[1] - behind[1], ahead[0] - behind[0])


def leaf(
    base: Point, angle: float, length: float, width: float, bend: float = 0.0, fullest: float = 0.42
) -> Path:
    """Return a leaf from its base to its tip: pointed at both ends, bent to the left by `bend`.

    `bend` is a share of the length, `fullest` where along it the leaf is widest.
    """
    spine = leaf_spine(base, angle, length, bend)
    sides: list[list[Point]] = [[], []]
    shape = (0.0, 0.55, 0.92, 1.0, 0.86, 0.55, 0.0)
    shares = (0.0, fullest * 0.3, fullest * 0.7, fullest, fullest + 0.22, fullest + 0.42, 1.0)
    for full, share in zip(shape, shares, strict=True):
        x, y = _on(spine, min(share, 1.0))
        ahead, behind = _on(spine, min(1.0, share + 0.02)), _on(spine, max(0.0, share - 0.02))
        across = atan2(ahead[1] - behind[1], ahead[0] - behind[0]) + pi / 2
        for side, sign in zip(sides, (1, -1), strict=True):
            reach = sign * full * width / 2
            side.append((x + reach * cos(across), y + reach * sin(across)))
    up, down = curve(sides[0]), curve(list(reversed(sides[1])))
    return (*up, *down[1:], ("h", ()))


def leaf_spine(base: Point, angle: float, length: float, bend: float) -> list[Point]:
    """Return the middle line of a leaf."""
    x, y = base
    along_x, along_y = cos(angle), sin(angle)
    return [
        (
            x + length * (share * along_x - bend * 4 * share * (1 - share) * along_y),
            y + length * (share * along_y + bend * 4 * share * (1 - share) * along_x),
        )
        for share in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]


def blot(x: float, y: float, radius: float, chance: Chance, uneven: float = 0.12) -> Path:
    """Return a dot as a pen makes it: nearly round."""
    turn = chance.between(0, pi)
    points = [
        (
            x + radius * chance.between(1 - uneven, 1 + uneven) * cos(turn + step * pi / 4),
            y + radius * chance.between(1 - uneven, 1 + uneven) * sin(turn + step * pi / 4),
        )
        for step in range(8)
    ]
    return loop(points)
