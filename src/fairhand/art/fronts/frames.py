"""Frames round the words of a front: fine rules, and a torn edge."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from fairhand.art.brush import blot, loop
from fairhand.art.chance import Chance
from fairhand.art.drawing import Shape, line, rectangle
from fairhand.geometry import Insets, Rect

if TYPE_CHECKING:
    from fairhand.art.brush import Point
    from fairhand.art.drawing import Path
    from fairhand.art.fronts.panel import FrontPanel

_CORNER = 0.5522847498
"""The handle of a quarter circle, as in `drawing.ellipse`."""


def frame(panel: FrontPanel) -> tuple[Shape, ...]:
    """A double rule with hollow corners, as on engraved stationery."""
    short = panel.short
    outer = panel.inside.inset(Insets(*[0.015 * short] * 4))
    inner = outer.inset(Insets(*[0.018 * short] * 4))
    ink = panel.ink(0)
    shapes = [
        Shape(_hollowed(outer, 0.055 * short), stroke=ink, width=0.9),
        Shape(_hollowed(inner, 0.055 * short), stroke=ink, width=0.4),
    ]
    away = 0.021 * short
    for x in (outer.left + away, outer.right - away):
        for y in (outer.bottom + away, outer.top - away):
            shapes.append(Shape(_lozenge(x, y, 0.009 * short), fill=ink))
    if panel.has_words:
        middle = (panel.words.left + panel.words.right) / 2
        for y in (panel.words.top + 0.075 * short, panel.words.bottom - 0.075 * short):
            reach = 0.085 * short
            shapes.append(line(middle - reach, y, middle - 0.02 * short, y, ink, 0.45))
            shapes.append(line(middle + 0.02 * short, y, middle + reach, y, ink, 0.45))
            shapes.append(Shape(_lozenge(middle, y, 0.008 * short), fill=ink))
    return tuple(shapes)


def _hollowed(rect: Rect, radius: float) -> Path:
    """Return a rectangle whose corners are quarter circles turned inwards."""
    left, bottom, right, top = rect
    r, k = radius, radius * _CORNER
    return (
        ("m", (left + r, bottom)),
        ("l", (right - r, bottom)),
        ("c", (right - r, bottom + k, right - k, bottom + r, right, bottom + r)),
        ("l", (right, top - r)),
        ("c", (right - k, top - r, right - r, top - k, right - r, top)),
        ("l", (left + r, top)),
        ("c", (left + r, top - k, left + k, top - r, left, top - r)),
        ("l", (left, bottom + r)),
        ("c", (left + k, bottom + r, left + r, bottom + k, left + r, bottom)),
        ("h", ()),
    )


def _lozenge(x: float, y: float, reach: float) -> Path:
    return (
        ("m", (x - reach, y)), ("l", (x, y + 1.5 * reach)), ("l", (x + reach, y)),
        ("l", (x, y - 1.5 * reach)), ("h", ()),
    )  # fmt: skip


def deckle(panel: FrontPanel) -> tuple[Shape, ...]:
    """Torn paper laid on coloured paper: a rough white sheet, its edge a paler band."""
    short = panel.short
    sheet = panel.inside.inset(Insets(*[0.055 * short] * 4))
    ground = Shape(rectangle(*panel.whole), fill=panel.ink(0))
    # The torn edge shows the core of the paper between ground and sheet, unevenly wide.
    core = Shape(_torn(sheet, 0.016 * short, "core", 0.0), fill=panel.ink(1))
    white = Shape(_torn(sheet, 0.014 * short, "sheet", 0.017 * short), fill=panel.ink(2))
    return ground, core, white


def _torn(rect: Rect, by: float, seed: str, inwards: float) -> Path:
    """Return a rectangle with torn edges: slow waves, with small teeth on them."""
    chance = Chance(f"deckle {seed}")
    rect = rect.inset(Insets(*[inwards] * 4))
    slow = [(chance.between(0, 2 * pi), chance.between(0.5, 1.0)) for _ in range(3)]
    about: list[Point] = []
    corners = [
        (rect.left, rect.bottom), (rect.right, rect.bottom), (rect.right, rect.top),
        (rect.left, rect.top),
    ]  # fmt: skip
    outwards = [(0, -1), (1, 0), (0, 1), (-1, 0)]
    for side in range(4):
        (x0, y0), (x1, y1) = corners[side], corners[(side + 1) % 4]
        length = abs(x1 - x0) + abs(y1 - y0)
        steps = max(8, round(length / 2.6))
        for step in range(steps):
            share = step / steps
            wave = sum(
                size * sin(phase + share * length / (26.0 + 17.0 * number))
                for number, (phase, size) in enumerate(slow)
            )
            teeth = chance.between(-0.3, 0.3) + (chance.share() < 0.06) * 0.5
            reach = by * (0.34 * wave + teeth)
            ease = min(1.0, 6 * share, 6 * (1 - share))
            reach = reach * ease - (1 - ease) * by * 0.8
            nx, ny = outwards[side]
            about.append((x0 + (x1 - x0) * share + nx * reach, y0 + (y1 - y0) * share + ny * reach))
    return loop(about)


def monogram(panel: FrontPanel) -> tuple[Shape, ...]:
    """A ring about initials, set with small leaves of dots below."""
    short = panel.short
    x = (panel.words.left + panel.words.right) / 2
    y = (panel.words.bottom + panel.words.top) / 2
    widest = max(panel.words.width, panel.words.height, 0.12 * short)
    radius = min(0.5 * widest * 1.25 + 0.06 * short, panel.size.width / 2 - panel.edge - 4)
    ink = panel.ink(0)
    chance = Chance("monogram")
    shapes = [
        Shape(_ring(x, y, radius), stroke=ink, width=0.85),
        Shape(_ring(x, y, radius - 0.016 * short), stroke=ink, width=0.35),
    ]
    for sign in (-1, 1):
        for step in range(7):
            angle = -pi / 2 + sign * (0.16 + 0.115 * step)
            away = radius + 0.03 * short
            size = 0.0095 * short * (1 - 0.1 * step)
            shapes.append(
                Shape(blot(x + away * cos(angle), y + away * sin(angle), size, chance, 0.05),
                      fill=panel.ink(1))
            )  # fmt: skip
    drop = radius + 0.032 * short
    shapes.append(Shape(_lozenge(x, y - drop, 0.011 * short), fill=ink))
    return tuple(shapes)


def _ring(x: float, y: float, radius: float) -> Path:
    return loop([(x + radius * cos(a * pi / 18), y + radius * sin(a * pi / 18)) for a in range(36)])
