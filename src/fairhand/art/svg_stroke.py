"""Strokes that a shape's own stroke cannot show, as outlines to be filled.

A Shape has ends and corners that are both round, or both square-cut and mitred, no start of
the dashes, and one width in all directions. Whatever else SVG asks for (SVG 1.1 section 11.4)
is cut into pieces that all turn the same way, so that filled by the nonzero rule they are one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from fairhand.art.drawing import ellipse
from fairhand.art.svg_geometry import MOST_STEPS
from fairhand.art.svg_tree import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.art.drawing import Path, Step

MITRE_LIMIT = 10.0
"""The limit of a Shape's own mitres (ISO 32000-1 section 8.4.3.5)."""

_STRAIGHT = 0.2
"""A turn below this (radians) is no corner: a mitre reaches 0.5 % beyond a round one there."""

_TURN = 0.15
"""The most that one straight piece of a curve turns, radians."""

_END = 0.001
"""How far into a curve its direction at the end is measured, as a share of its parameter."""

_DOT = 1e-6
"""The length of a dash that has none."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a path is stroked, in its own units."""

    width: float
    cap: str = "butt"
    join: str = "miter"
    limit: float = 4.0
    dash: tuple[float, ...] = ()
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class _Line:
    """A subpath as straight pieces; `corners` says which of the points a person made."""

    points: list[Point]
    corners: list[bool]
    closed: bool


def rounded(path: Path, stroke: Stroke) -> bool | None:
    """Return whether a Shape's stroke must be `rounded` to show this one; None: neither does."""
    if stroke.dash and (stroke.offset or min(stroke.dash[::2]) <= 0):
        # Readers of PDF differ about dashes without a length.
        return None
    wanted = set()
    for legs, closed in _legs(path):
        if not legs and stroke.cap != "butt":
            return None
        if stroke.dash or not closed:
            wanted.add(stroke.cap)
        around = [*legs, legs[0]] if closed and legs else legs
        for (_, a), (b, _) in pairwise(around):
            turn = abs(_angle(a, b))
            if turn > _STRAIGHT:
                wanted.add(_join(turn, stroke))
                if stroke.dash and closed and b == legs[0][0]:
                    # A dash over the start of a closed path goes on around its corner in SVG.
                    wanted.add("other" if stroke.cap != "round" else "round")
    if wanted <= {"round"}:
        return bool(wanted)
    return False if wanted <= {"butt", "miter"} else None


def _join(turn: float, stroke: Stroke) -> str:
    """Return the join at a turn; "miter" too where it is a bevel that mitres become by it."""
    if stroke.join == "round":
        return "round"
    ratio = 1 / max(math.cos(turn / 2), 1e-9)
    mitred = stroke.join != "bevel" and ratio <= stroke.limit
    return "miter" if mitred == (ratio <= MITRE_LIMIT) else "other"


def _legs(path: Path) -> Iterator[tuple[list[tuple[Point, Point]], bool]]:
    """Yield each subpath's directions, at the start and at the end of each step, and if closed."""
    for steps in _subpaths(path):
        start = at = (steps[0][1][0], steps[0][1][1])
        legs = []
        for _, xy in steps[1:]:
            points = [at, *zip(xy[::2], xy[1::2], strict=True)] if xy else [at, start]
            ways = [
                (b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points) if math.dist(a, b) > 1e-9
            ]
            if ways:
                legs.append((ways[0], ways[-1]))
            at = points[-1]
        yield legs, steps[-1][0] == "h"


def _subpaths(path: Path) -> Iterator[Path]:
    begins = [index for index, step in enumerate(path) if step[0] == "m"]
    for begin, end in pairwise([*begins, len(path)]):
        yield path[begin:end]


def _angle(u: Point, v: Point) -> float:
    return math.atan2(u[0] * v[1] - u[1] * v[0], u[0] * v[0] + u[1] * v[1])


def outlined(path: Path, stroke: Stroke, near: float) -> Path:
    """Return the outline of a stroke, right to `near`, to be filled by the nonzero rule."""
    steps: list[Step] = []
    for line in _lines(path, near):
        for piece in _dashed(line, stroke):
            steps += _outline(piece, stroke)
    return tuple(steps)


def _lines(path: Path, near: float) -> Iterator[_Line]:
    count = 0
    for steps in _subpaths(path):
        points = [(steps[0][1][0], steps[0][1][1])]
        corners = [True]
        for operator, xy in steps[1:]:
            inner = _curve(points[-1], xy, near) if operator == "c" else []
            points.extend([*inner, (xy[-2], xy[-1])] if xy else [])
            corners.extend([*[False] * len(inner), True] if xy else [])
            # Each point becomes a side of four corners at least.
            if 5 * (count + len(points)) > MOST_STEPS:
                raise refusal("too many points", 0)
        count += len(points)
        yield _tidy(points, corners, closed=steps[-1][0] == "h")


def _tidy(made: list[Point], marks: list[bool], *, closed: bool) -> _Line:
    """Leave out points that stand on the one before; a lone point stays alone."""
    points, corners = made[:1], marks[:1]
    for point, corner in zip(made[1:], marks[1:], strict=True):
        if math.dist(point, points[-1]) > 1e-9:
            points.append(point)
            corners.append(corner)
        else:
            corners[-1] = corners[-1] or corner
    while closed and len(points) > 1 and math.dist(points[-1], points[0]) <= 1e-9:
        points.pop()
        corners.pop()
    return _Line(points, corners, closed)


def _curve(start: Point, xy: tuple[float, ...], near: float) -> list[Point]:
    """Return points of a Bézier curve, without its ends."""
    a, b, c, d = start, (xy[0], xy[1]), (xy[2], xy[3]), (xy[4], xy[5])
    bend = max(
        math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1]),
        math.hypot(b[0] - 2 * c[0] + d[0], b[1] - 2 * c[1] + d[1]),
    )
    legs = [(q[0] - p[0], q[1] - p[1]) for p, q in pairwise((a, b, c, d)) if math.dist(p, q) > 1e-9]
    turned = sum(abs(_angle(p, q)) for p, q in pairwise(legs))
    count = min(max(math.ceil(math.sqrt(0.75 * bend / near)), math.ceil(turned / _TURN), 1), 400)
    points = []
    # Two more, close to the ends, so that corners have the curve's own directions.
    inner = [index / count for index in range(1, count)]
    for t in (_END, *inner, 1 - _END) if inner else ():
        s = 1 - t
        weights = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        points.append((
            sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
            sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
        ))  # fmt: skip
    return points


def _dashed(line: _Line, stroke: Stroke) -> list[_Line]:
    """Cut a line into its dashes; a dash over the start of a closed line stays one."""
    dash = stroke.dash
    if not dash:
        return [line]
    index, rest = 0, stroke.offset % sum(dash)
    while rest >= dash[index % len(dash)] and rest + dash[index % len(dash)] > 0:
        rest -= dash[index % len(dash)]
        index += 1
    left, on = dash[index % len(dash)] - rest, index % 2 == 0
    points, corners = line.points, line.corners
    if len(points) < 2:
        return [line] if on else []
    if line.closed:
        points, corners = [*points, points[0]], [*corners, corners[0]]
    begins_on = on
    pieces = [_Line([points[0]], [True], False)] if on else []
    for (a, b), corner in zip(pairwise(points), corners[1:], strict=True):
        long = math.dist(a, b)
        done = 0.0
        while long - done > left or (
            # A dot at the very end of the line.
            not on and not dash[(index + 1) % len(dash)] and long - done > left - _DOT
        ):
            done = min(done + left, long)
            # A dot has a direction too, by which a square cap is turned.
            share = (done + _DOT if on else done - _DOT) / long
            at = (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
            if on:
                pieces[-1].points.append(at)
                pieces[-1].corners.append(True)
            else:
                pieces.append(_Line([at], [True], False))
            index, on = index + 1, not on
            left = dash[index % len(dash)]
        left -= long - done
        if on:
            pieces[-1].points.append(b)
            pieces[-1].corners.append(corner)
    if line.closed and begins_on and on and len(pieces) > 1:
        last, first = pieces.pop(), pieces.pop(0)
        joined = _Line(last.points + first.points[1:], last.corners + first.corners[1:], False)
        pieces.append(joined)
    return pieces


def _outline(line: _Line, stroke: Stroke) -> Iterator[Step]:
    half = stroke.width / 2
    points = line.points
    if len(points) < 2:
        x, y = points[0]
        if stroke.cap == "round":
            yield from ellipse(x, y, half, half)
        elif stroke.cap == "square":
            yield from _polygon((x - half, y - half), (x + half, y - half),
                                (x + half, y + half), (x - half, y + half))  # fmt: skip
        return
    sides = list(pairwise([*points, points[0]] if line.closed else points))
    for a, b in sides:
        yield from _side(a, b, half)
    turns = list(pairwise([sides[-1], *sides] if line.closed else sides))
    marks = line.corners if line.closed else line.corners[1:-1]
    for ((a, b), (_, c)), corner in zip(turns, marks, strict=True):
        yield from _corner(a, b, c, stroke, corner=corner)
    if not line.closed:
        for inner, end in ((points[1], points[0]), (points[-2], points[-1])):
            if stroke.cap == "round":
                yield from ellipse(*end, half, half)
            elif stroke.cap == "square":
                x, y = _towards(inner, end, half)
                yield from _side(end, (end[0] + x, end[1] + y), half)


def _towards(a: Point, b: Point, far: float) -> Point:
    share = far / max(math.dist(a, b), 1e-12)
    return (b[0] - a[0]) * share, (b[1] - a[1]) * share


def _side(a: Point, b: Point, half: float) -> Iterator[Step]:
    x, y = _towards(a, b, half)
    return _polygon((a[0] + y, a[1] - x), (b[0] + y, b[1] - x),
                    (b[0] - y, b[1] + x), (a[0] - y, a[1] + x))  # fmt: skip


def _corner(a: Point, b: Point, c: Point, stroke: Stroke, *, corner: bool) -> Iterator[Step]:
    half = stroke.width / 2
    (ux, uy), (vx, vy) = _towards(a, b, half), _towards(b, c, half)
    turn = _angle((ux, uy), (vx, vy))
    if not turn:
        return
    side = 1.0 if turn > 0 else -1.0
    first, second = (b[0] + side * uy, b[1] - side * ux), (b[0] + side * vy, b[1] - side * vx)
    smooth = not corner or abs(turn) < _STRAIGHT
    if not smooth and stroke.join == "round":
        yield from ellipse(*b, half, half)
        return
    outer = [first, second]
    ratio = 1 / max(math.cos(turn / 2), 1e-9)
    if ratio <= 2 if smooth else stroke.join not in ("bevel", "round") and ratio <= stroke.limit:
        share = half * half / (half * half + ux * vx + uy * vy)
        tip = b[0] + side * (uy + vy) * share, b[1] - side * (ux + vx) * share
        outer.insert(1, tip)
    yield from _polygon(b, *(outer if side > 0 else reversed(outer)))


def _polygon(*points: Point) -> Iterator[Step]:
    yield from (("l" if index else "m", point) for index, point in enumerate(points))
    yield "h", ()
