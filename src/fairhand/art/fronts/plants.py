"""Plants for fronts, drawn as with a fine brush: a sprig, a wreath, a meadow, a bare branch."""

from __future__ import annotations

from math import atan2, cos, pi, sin
from typing import TYPE_CHECKING

from fairhand.art.brush import along, blot, curve, heading, leaf, leaf_spine, loop, swelling
from fairhand.art.chance import Chance
from fairhand.art.drawing import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairhand.art.brush import Point
    from fairhand.art.fronts.panel import FrontPanel
    from fairhand.stationery.model import Ink

_HAIR = 0.5


def _inked_leaf(
    base: Point, angle: float, length: float, width: float, bend: float,
    line: Ink, wash: Ink | None, chance: Chance,
) -> Iterator[Shape]:  # fmt: skip
    """Yield a leaf: a wash a little beside its outline, the outline, and its vein."""
    if wash is not None:
        x, y = base
        slip = 0.04 * length
        beside = (x + chance.between(-slip, slip), y + chance.between(-slip, slip))
        yield Shape(leaf(beside, angle + chance.between(-0.08, 0.08), length * 0.97, width * 1.04,
                         bend), fill=wash)  # fmt: skip
    yield Shape(leaf(base, angle, length, width, bend), stroke=line, width=_HAIR)
    vein = along(leaf_spine(base, angle, length, bend), 6)[:5]
    yield Shape(curve(vein), stroke=line, width=_HAIR * 0.7)


def _stem(points: Sequence[Point], thick: float, thin: float, ink: Ink) -> Shape:
    fine = along(points, 24)
    widths = [thick + (thin - thick) * step / 23 for step in range(24)]
    return Shape(swelling(fine, widths), fill=ink)


def sprig(panel: FrontPanel) -> tuple[Shape, ...]:
    """One leafy stem that rises from the lower left and leans over to the right."""
    chance = Chance("sprig")
    short = panel.short
    inside = panel.inside
    x0, y0 = inside.left + 0.13 * inside.width, inside.bottom + 0.02 * inside.height
    top = panel.words.bottom - 0.07 * short if panel.has_words else inside.top - 0.05 * short
    tall, wide = top - y0, inside.width
    points = [
        (x0, y0), (x0 + 0.16 * wide, y0 + 0.27 * tall), (x0 + 0.36 * wide, y0 + 0.55 * tall),
        (x0 + 0.55 * wide, y0 + 0.77 * tall), (x0 + 0.70 * wide, y0 + 0.90 * tall),
    ]  # fmt: skip
    line, wash = panel.ink(0), panel.ink(1)
    count = 17
    stem = along(points, count)
    shapes: list[Shape] = []
    size = 0.27 * min(short, tall * 1.15)
    for at in range(2, count - 1):
        share = at / (count - 1)
        side = 1 if at % 2 else -1
        length = size * (0.62 + 0.5 * sin(pi * min(1.0, share * 1.05))) * (1.02 - 0.42 * share)
        angle = heading(stem, at) + side * (0.86 - 0.38 * share) + chance.between(-0.09, 0.09)
        shapes += _inked_leaf(
            stem[at], angle, length * chance.between(0.93, 1.05), 0.36 * length, -side * 0.09,
            line, wash, chance,
        )  # fmt: skip
    end = heading(stem, count - 1)
    shapes += _inked_leaf(stem[-1], end, size * 0.58, size * 0.19, 0.06, line, wash, chance)
    shapes.append(_stem(points, 1.7, 0.6, line))
    for at, side in ((5, 1), (9, -1), (12, 1)):
        shapes += _berries(stem[at], heading(stem, at) + side * 1.15, size * 0.52, panel, chance)
    return tuple(shapes)


def _berries(
    base: Point, angle: float, length: float, panel: FrontPanel, chance: Chance
) -> Iterator[Shape]:
    """Yield a thin twig with three berries."""
    line, berry = panel.ink(0), panel.ink(2)
    for spread, reach in ((0.0, 1.0), (0.42, 0.78), (-0.4, 0.7)):
        spine = leaf_spine(base, angle + spread, length * reach, 0.06)
        yield Shape(curve(spine), stroke=line, width=_HAIR)
        radius = 0.062 * length * chance.between(0.9, 1.12) + 0.7
        yield Shape(blot(*spine[-1], radius, chance), fill=berry)


def wreath(panel: FrontPanel) -> tuple[Shape, ...]:
    """A wreath of two branches about the words, open at the top."""
    chance = Chance("wreath")
    short = panel.short
    x = panel.size.width / 2
    y = (panel.words.bottom + panel.words.top) / 2 if panel.has_words else panel.size.height / 2
    leaf_length = 0.135 * short
    radius = min(0.36 * short, panel.size.width / 2 - panel.edge - 0.75 * leaf_length)
    radius = min(radius, y - panel.edge - 0.75 * leaf_length,
                 panel.size.height - panel.edge - y - 0.75 * leaf_length)  # fmt: skip
    line, wash = panel.ink(0), panel.ink(1)
    shapes: list[Shape] = []
    for sign in (-1, 1):
        # From the bottom upwards, and a little past each other where they begin.
        angles = [-pi / 2 - sign * 0.12 + sign * (2.83 * step / 40) for step in range(41)]
        stem = [
            (x + radius * cos(a) + chance.between(-0.3, 0.3), y + radius * sin(a)) for a in angles
        ]
        for at in range(3, 40, 2):
            share = at / 40
            side = 1 if (at // 2) % 2 else -1
            ahead = heading(stem, at)
            length = leaf_length * (1.1 - 0.45 * share) * chance.between(0.92, 1.08)
            shapes += _inked_leaf(
                stem[at], ahead + side * sign * (0.62 - 0.2 * share), length, 0.34 * length,
                -side * sign * 0.1, line, wash if at % 3 else panel.ink(2), chance,
            )  # fmt: skip
            if at % 6 == 3:
                out = ahead - side * sign * 0.9
                spine = leaf_spine(stem[at], out, 0.5 * length, 0.05)
                shapes.append(Shape(curve(spine), stroke=line, width=_HAIR))
                shapes.append(Shape(blot(*spine[-1], 0.0105 * short, chance), fill=panel.ink(3)))
        end = heading(stem, 40)
        shapes += _inked_leaf(stem[-1], end, 0.6 * leaf_length, 0.2 * leaf_length, 0.0, line, wash,
                              chance)  # fmt: skip
        shapes.append(_stem(stem[::4], 1.2, 0.5, line))
    return tuple(shapes)


def meadow(panel: FrontPanel) -> tuple[Shape, ...]:
    """Grasses and flowers that grow out of the lower edge."""
    chance = Chance("meadow")
    short, width = panel.short, panel.size.width
    room = (panel.words.bottom if panel.has_words else panel.size.height * 0.8) - 0.05 * short
    shapes: list[Shape] = []
    count = max(20, round(width / 8.5))
    for number in range(count):
        x = width * (number + chance.between(0.1, 0.9)) / count
        x = -0.03 * width + 1.06 * x
        tall = room * chance.between(0.25, 0.62)
        lean = chance.between(-0.12, 0.12) * tall
        if min(x, x + lean) < 1 or max(x, x + lean) > width - 1:
            continue  # A blade that the edge would cut along its length is a sliver.
        points = [(x, -panel.bleed), (x + 0.25 * lean, 0.4 * tall), (x + lean, tall)]
        shapes.append(
            Shape(swelling(along(points, 10), [1.5 - 0.13 * step for step in range(10)]),
                  fill=panel.ink(1))
        )  # fmt: skip
    flowers = max(7, round(width / 27))
    for number in range(flowers):
        x = width * (number + 0.5 + chance.between(-0.24, 0.24)) / flowers
        tall = (room - 0.11 * short) * (0.62 + 0.38 * chance.share())
        reach = chance.between(-0.10, 0.10) * tall
        x_top = min(max(x + reach, 0.11 * short), width - 0.11 * short)
        points = [(x, -panel.bleed), (x + 0.1 * reach, 0.45 * tall), (x_top, tall)]
        shapes.append(_stem(points, 1.3, 0.6, panel.ink(0)))
        fine = along(points, 12)
        for at, side in ((3, 1), (4, -1), (6, 1)):
            angle = heading(fine, at) + side * chance.between(0.45, 0.7)
            length = 0.1 * short * chance.between(0.8, 1.2)
            shapes.append(
                Shape(leaf(fine[at], angle, length, 0.2 * length, -side * 0.12), fill=panel.ink(0))
            )
        head = (_daisy, _poppy, _umbel, _bud)[number % 4]
        shapes += head((x_top, tall), heading(fine, 11), 0.062 * short, panel, chance)
    return tuple(shapes)


def _daisy(
    at: Point, _angle: float, size: float, panel: FrontPanel, chance: Chance
) -> Iterator[Shape]:
    turn = chance.between(0, pi)
    petals = 11
    for number in range(petals):
        angle = turn + 2 * pi * number / petals + chance.between(-0.06, 0.06)
        length = size * chance.between(0.9, 1.1)
        base = (at[0] + 0.24 * size * cos(angle), at[1] + 0.24 * size * sin(angle))
        yield Shape(leaf(base, angle, length * 0.82, 0.34 * length, 0.0, 0.5), fill=panel.ink(4),
                    stroke=panel.ink(0), width=0.35)  # fmt: skip
    yield Shape(blot(*at, 0.3 * size, chance), fill=panel.ink(3))


def _poppy(
    at: Point, angle: float, size: float, panel: FrontPanel, chance: Chance
) -> Iterator[Shape]:
    """Yield a poppy from the side: a wide cup of two petals and a fringe."""
    x, y = at
    turn = angle - pi / 2

    def placed(dx: float, dy: float) -> Point:
        return (x + size * (dx * cos(turn) - dy * sin(turn)),
                y + size * (dx * sin(turn) + dy * cos(turn)))  # fmt: skip

    back = [(0, -0.1), (-0.75, 0.35), (-0.8, 1.0), (-0.3, 0.95), (0.1, 1.12), (0.55, 0.93),
            (0.86, 0.95), (0.7, 0.3)]  # fmt: skip
    yield Shape(loop([placed(*point) for point in back]), fill=panel.ink(2))
    front = [(0, -0.12), (-0.62, 0.2), (-0.72, 0.72), (-0.2, 0.62), (0.2, 0.74), (0.7, 0.66),
             (0.6, 0.18)]  # fmt: skip
    yield Shape(loop([placed(*point) for point in front]), fill=panel.ink(2).toned(0.72))
    for dx in (-0.22, 0.0, 0.2):
        yield Shape(curve([placed(dx * 0.4, 0.1), placed(dx, 0.42)]), stroke=panel.ink(0),
                    width=0.4)  # fmt: skip


def _umbel(
    at: Point, angle: float, size: float, panel: FrontPanel, chance: Chance
) -> Iterator[Shape]:
    """Yield a head of many small flowers on rays, as cow parsley has."""
    x, y = at
    for number in range(9):
        ray = angle + (number - 4) * 0.26 + chance.between(-0.05, 0.05)
        reach = size * 1.35 * (1 - 0.012 * (number - 4) ** 2)
        tip = (x + reach * cos(ray), y + reach * sin(ray))
        yield Shape(curve([at, tip]), stroke=panel.ink(0), width=0.4)
        for _ in range(4):
            dot = (tip[0] + chance.between(-0.16, 0.16) * size,
                   tip[1] + chance.between(-0.1, 0.14) * size)  # fmt: skip
            yield Shape(blot(*dot, 0.075 * size, chance), fill=panel.ink(3))


def _bud(
    at: Point, angle: float, size: float, panel: FrontPanel, chance: Chance
) -> Iterator[Shape]:
    """Yield a spike of small buds, as lavender has."""
    x, y = at
    for step in range(7):
        for side in (-1, 1):
            base = (x + 0.24 * size * step * cos(angle), y + 0.24 * size * step * sin(angle))
            out = angle + side * chance.between(0.5, 0.75)
            length = size * (0.5 - 0.045 * step)
            yield Shape(leaf(base, out, length, 0.45 * length), fill=panel.ink(5))
    tip = (x + 1.7 * size * cos(angle), y + 1.7 * size * sin(angle))
    yield Shape(leaf(tip, angle, 0.32 * size, 0.16 * size), fill=panel.ink(5))


def branch(panel: FrontPanel) -> tuple[Shape, ...]:
    """A bare branch from the left with a few last leaves: quiet, for hard days."""
    chance = Chance("branch")
    short = panel.short
    width, height = panel.size
    low = panel.words.top + 0.1 * short if panel.has_words else 0.45 * height
    level = min(low + 0.30 * (height - low), height - 0.3 * short)
    points = [
        (-panel.bleed, level), (0.2 * width, level + 0.045 * short),
        (0.42 * width, level + 0.03 * short), (0.62 * width, level + 0.105 * short),
        (0.86 * width, level + 0.115 * short),
    ]  # fmt: skip
    wood = panel.ink(0)
    stem = along(points, 25)
    shapes = [Shape(swelling(stem, [3.4 - 0.115 * at for at in range(25)]), fill=wood)]
    for at, side, reach in (
        (5, 1, 0.22), (8, -1, 0.15), (11, 1, 0.25), (15, -1, 0.17), (18, 1, 0.17), (21, -1, 0.10),
    ):  # fmt: skip
        angle = heading(stem, at) + side * chance.between(0.55, 0.75)
        twig = leaf_spine(stem[at], angle, reach * short, -side * 0.09)
        fine = along(twig, 10)
        shapes.append(Shape(swelling(fine, [1.5 - 0.1 * step for step in range(10)]), fill=wood))
        for place, turn in ((5, side), (7, -side)):
            small = heading(fine, place) + turn * 0.6
            tip = leaf_spine(fine[place], small, 0.3 * reach * short, turn * 0.08)
            shapes.append(
                Shape(swelling(along(tip, 6), [0.8 - 0.08 * n for n in range(6)]), fill=wood)
            )
            if (at + place) % 3 == 0:
                hang = atan2(tip[-1][1] - tip[0][1], tip[-1][0] - tip[0][0]) - 0.25
                shapes += _inked_leaf(tip[-1], hang, 0.085 * short, 0.034 * short, 0.07, wood,
                                      panel.ink(1), chance)  # fmt: skip
        shapes.append(Shape(blot(*fine[-1], 0.007 * short, chance), fill=wood))
    # One leaf on its way down.
    fallen = (0.66 * width, level - 0.12 * short)
    shapes += _inked_leaf(fallen, -0.5, 0.095 * short, 0.04 * short, 0.13, wood, panel.ink(1),
                          chance)  # fmt: skip
    return tuple(shapes)
