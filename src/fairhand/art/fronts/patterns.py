"""Patterns that run over the edges of a front, with a quiet place for the words."""

from __future__ import annotations

from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING

from fairhand.art.chance import Chance
from fairhand.art.drawing import Shape, ellipse, rectangle
from fairhand.geometry import Insets, Rect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fairhand.art.brush import Point
    from fairhand.art.fronts.panel import FrontPanel
    from fairhand.stationery.model import Ink


_CLEAR = 0.34
"""From here to the middle between two wide stripes nothing stands, shares of their distance."""


def _label(
    panel: FrontPanel, paper: Ink, rule: Ink, fitted: Callable[[Rect], Rect] = lambda label: label
) -> Iterator[Shape]:
    """Yield a paper label under the words, with a fine rule inside its edge.

    `fitted` may make it larger for what it lies on.
    """
    if not panel.has_words:
        return
    room = 0.085 * panel.short
    label = fitted(panel.words.inset(Insets(-room, -1.35 * room, -room, -1.35 * room)))
    yield Shape(rectangle(*label), fill=paper)
    yield Shape(rectangle(*label.inset(Insets(*[0.022 * panel.short] * 4))), stroke=rule,
                width=0.5, rounded=False)  # fmt: skip


def terrazzo(panel: FrontPanel) -> tuple[Shape, ...]:
    """Chips of stone in several inks, strewn evenly."""
    chance = Chance("terrazzo")
    whole, short = panel.whole, panel.short
    shapes = [Shape(rectangle(*whole), fill=panel.ink(0))]
    apart = 0.072 * short
    colours = len(panel.inks) - 2
    for x, y in strewn(whole, apart, chance):
        size = apart * chance.between(0.2, 0.46)
        corners = chance.one_of((4, 5, 5, 6))
        turn = chance.between(0, 2 * pi)
        chip = [
            (
                x + size * chance.between(0.7, 1.15) * cos(turn + 2 * pi * n / corners),
                y + size * chance.between(0.6, 1.0) * sin(turn + 2 * pi * n / corners),
            )
            for n in range(corners)
        ]
        path = (("m", chip[0]), *(("l", point) for point in chip[1:]), ("h", ()))
        shapes.append(Shape(path, fill=panel.ink(2 + int(chance.share() * colours))))
    return (*shapes, *_label(panel, panel.ink(1), panel.ink(2)))


def strewn(area: Rect, apart: float, chance: Chance) -> list[Point]:
    """Return points spread over an area, none nearer to another than `apart` (dart throwing)."""
    cell = apart / 1.4143
    columns, rows = int(area.width / cell) + 1, int(area.height / cell) + 1
    grid: dict[tuple[int, int], Point] = {}
    for _ in range(columns * rows * 12):
        x, y = chance.between(area.left, area.right), chance.between(area.bottom, area.top)
        column, row = int((x - area.left) / cell), int((y - area.bottom) / cell)
        near = (
            grid.get((column + dx, row + dy)) for dx in range(-2, 3) for dy in range(-2, 3)
        )  # fmt: skip
        if all(one is None or hypot(one[0] - x, one[1] - y) >= apart for one in near):
            grid[column, row] = (x, y)
    return list(grid.values())


def waves(panel: FrontPanel) -> tuple[Shape, ...]:
    """Seigaiha, the blue sea: rows of arcs that lie over each other like scales."""
    whole, short = panel.whole, panel.short
    top = (panel.words.bottom if panel.has_words else panel.size.height) - 0.12 * short
    across = panel.size.width / max(4, round(panel.size.width / (0.2 * short)))
    radius = across / 2
    rise = radius / 2
    rows = int((top - radius - whole.bottom) / rise)
    shapes: list[Shape] = []
    # From the top down: each row lies over the one above it.
    for row in range(rows, -2, -1):
        y = whole.bottom + row * rise
        # No arc ends at the edge: they cross it.
        shift = radius / 2 + (radius if row % 2 else 0.0)
        columns = int(whole.width / across) + 3
        for column in range(-1, columns):
            x = shift + column * across - across / 2
            for number, share in enumerate((1.0, 0.76, 0.52, 0.28)):
                fill = panel.ink(1) if number == 0 else None
                shapes.append(
                    Shape(ellipse(x, y, share * radius, share * radius), fill=fill,
                          stroke=panel.ink(0), width=0.9 if number == 0 else 0.6)
                )  # fmt: skip
    return tuple(shapes)


def stripes(panel: FrontPanel) -> tuple[Shape, ...]:
    """Ticking: wide and narrow stripes, and a label."""
    whole, short = panel.whole, panel.short
    pitch = panel.size.width / max(7, 2 * round(panel.size.width / (0.15 * short) / 2) + 1)
    shapes = [Shape(rectangle(*whole), fill=panel.ink(0))]
    middle = panel.size.width / 2
    count = int(whole.width / pitch / 2) + 2
    for number in range(-count, count + 1):
        x = middle + number * pitch
        for offset, width, colour in ((0.0, 0.34, 2), (-0.27, 0.035, 3), (0.27, 0.035, 3)):
            left, right = x + (offset - width / 2) * pitch, x + (offset + width / 2) * pitch
            left, right = max(left, whole.left), min(right, whole.right)
            if right - left > 0.3:
                shapes.append(
                    Shape(rectangle(left, whole.bottom, right, whole.top), fill=panel.ink(colour))
                )

    def between(label: Rect) -> Rect:
        """Widen a label until its sides stand between stripes: none shows as a sliver."""
        half = max(middle - label.left, label.right - middle) / pitch
        over, whole_pitches = half % 1.0, half // 1.0
        if over < _CLEAR:
            half = whole_pitches + _CLEAR
        elif over > 1.0 - _CLEAR:
            half = whole_pitches + 1.0 + _CLEAR
        left, right = middle - half * pitch, middle + half * pitch
        return label._replace(left=left, right=right) if left > panel.inside.left else label

    return (*shapes, *_label(panel, panel.ink(1), panel.ink(2), between))
