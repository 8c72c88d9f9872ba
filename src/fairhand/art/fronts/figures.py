"""Small scenes and figures for fronts: a winter night, birthday candles, a flourish."""

from __future__ import annotations

from math import pi, sin
from typing import TYPE_CHECKING

from fairhand.art.brush import along, blot, curve, loop, swelling
from fairhand.art.chance import Chance
from fairhand.art.drawing import Shape, rectangle
from fairhand.art.fronts.patterns import strewn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.art.drawing import Path
    from fairhand.art.fronts.panel import FrontPanel
    from fairhand.geometry import Rect
    from fairhand.stationery.model import Ink


def winter(panel: FrontPanel) -> tuple[Shape, ...]:
    """A night with snow over two hills and a row of firs; the words stand in the sky."""
    chance = Chance("winter")
    whole, short = panel.whole, panel.short
    width, height = panel.size
    shapes = [Shape(rectangle(*whole), fill=panel.ink(0))]
    for x, y in strewn(whole, 0.07 * short, chance):
        if panel.has_words and _near(panel.words, x, y, 0.05 * short):
            continue
        size = 0.0075 * short * chance.one_of((0.55, 0.7, 0.7, 1.0, 1.35))
        shapes.append(Shape(blot(x, y, size, chance), fill=panel.ink(1)))
    far = 0.20 * height
    shapes.append(Shape(_hill(whole, far, 0.035 * height, 0.6), fill=panel.ink(2)))
    for number in range(11):
        x = width * (number + chance.between(0.1, 0.9)) / 11
        foot = far + 0.035 * height * sin(0.6 + 5.2 * (x - whole.left) / whole.width) - 2
        shapes += _fir(x, foot, short * chance.between(0.13, 0.25), panel.ink(3), chance)
    shapes.append(Shape(_hill(whole, 0.115 * height, 0.03 * height, 2.6), fill=panel.ink(1)))
    return tuple(shapes)


def _near(rect: Rect, x: float, y: float, by: float) -> bool:
    return (rect.left - by < x < rect.right + by) and (rect.bottom - by < y < rect.top + by)


def _hill(whole: Rect, level: float, swing: float, phase: float) -> Path:
    crest = [
        (whole.left + whole.width * n / 16, level + swing * sin(phase + 5.2 * n / 16))
        for n in range(17)
    ]
    return (
        *curve(crest), ("l", (whole.right, whole.bottom)), ("l", (whole.left, whole.bottom)),
        ("h", ()),
    )  # fmt: skip


def _fir(x: float, foot: float, tall: float, ink: Ink, chance: Chance) -> Iterator[Shape]:
    """Yield a fir: tiers of hanging boughs round a short trunk."""
    yield Shape(
        rectangle(x - 0.025 * tall, foot - 2, x + 0.025 * tall, foot + 0.14 * tall), fill=ink
    )
    tiers = 4
    for tier in range(tiers):
        low = foot + tall * (0.1 + 0.2 * tier)
        high = foot + tall * (0.46 + 0.18 * tier)
        half = tall * (0.27 - 0.055 * tier) * chance.between(0.94, 1.06)
        points = [
            (x, high), (x + 0.45 * half, low + 0.35 * (high - low)), (x + half, low),
            (x + 0.4 * half, low + 0.05 * tall), (x, low + 0.02 * tall),
            (x - 0.4 * half, low + 0.05 * tall), (x - half, low),
            (x - 0.45 * half, low + 0.35 * (high - low)),
        ]  # fmt: skip
        path = (("m", points[0]), *(("l", point) for point in points[1:]), ("h", ()))
        yield Shape(path, fill=ink)


def candles(panel: FrontPanel) -> tuple[Shape, ...]:
    """A row of birthday candles, each of another height and stripe."""
    chance = Chance("candles")
    short = panel.short
    room = (panel.words.bottom if panel.has_words else 0.85 * panel.size.height) - panel.edge
    count = 7
    wide = 0.042 * short
    apart = min(0.105 * short, (panel.inside.width - wide) / count)
    middle = panel.size.width / 2
    base = panel.edge + 0.05 * room
    shapes: list[Shape] = []
    colours = len(panel.inks) - 2
    for number in range(count):
        x = middle + (number - (count - 1) / 2) * apart
        tall = min(room * 0.62, 0.62 * short) * (0.62, 0.86, 0.7, 1.0, 0.76, 0.92, 0.66)[number]
        ink = panel.ink(2 + number % max(1, colours))
        left, right = x - wide / 2, x + wide / 2
        shapes.append(Shape(rectangle(left, base, right, base + tall), fill=ink.toned(0.38)))
        pitch = 0.052 * short
        step = -1
        while base + step * pitch < base + tall:
            shapes += _stripe(left, right, base + step * pitch, 0.4 * pitch, base, base + tall, ink)
            step += 1
        wick = base + tall + 0.022 * short
        shapes.append(
            Shape((("m", (x, base + tall)), ("l", (x, wick))), stroke=panel.ink(0), width=0.7)
        )
        shapes += _flame(x, wick, 0.075 * short * chance.between(0.9, 1.1), panel, chance)
    reach = (count / 2 + 0.35) * apart
    icing = [(middle + reach * share, base + chance.between(-0.5, 0.5))
             for share in (-1.0, -0.6, -0.2, 0.25, 0.65, 1.0)]  # fmt: skip
    fine = along(icing, 30)
    widths = [0.5 + 1.5 * sin(pi * step / 29) for step in range(30)]
    shapes.append(Shape(swelling(fine, widths), fill=panel.ink(0)))
    return tuple(shapes)


def _stripe(
    left: float, right: float, y: float, thick: float, low: float, high: float, ink: Ink
) -> Iterator[Shape]:
    """Yield a slanting stripe of a candle, cut at its ends."""
    rise = (right - left) * 0.9
    corners = [(left, y), (right, y + rise), (right, y + rise + thick), (left, y + thick)]
    clipped = [(x, min(max(at, low), high)) for x, at in corners]
    if len({at for _, at in clipped}) > 1:
        path = (("m", clipped[0]), *(("l", point) for point in clipped[1:]), ("h", ()))
        yield Shape(path, fill=ink)


def _flame(
    x: float, foot: float, tall: float, panel: FrontPanel, chance: Chance
) -> Iterator[Shape]:
    lean = chance.between(-0.08, 0.08) * tall
    for share, ink in ((1.0, panel.ink(1)), (0.52, panel.ink(1).toned(0.45))):
        high, half = share * tall, 0.24 * share * tall
        yield Shape(
            loop([(x, foot - 0.02 * tall), (x + half, foot + 0.3 * high),
                  (x + 0.35 * half + 0.6 * lean, foot + 0.72 * high), (x + lean, foot + high),
                  (x - 0.55 * half + 0.6 * lean, foot + 0.66 * high),
                  (x - half, foot + 0.28 * high)]),
            fill=ink,
        )  # fmt: skip


def flourish(panel: FrontPanel) -> tuple[Shape, ...]:
    """A swelling stroke under the words, as a pen makes it that is glad."""
    if not panel.has_words:
        return ()
    words, short = panel.words, panel.short
    reach = min(0.5 * words.width, 0.46 * panel.inside.width)
    x, y = (words.left + words.right) / 2 + 0.06 * reach, words.bottom - 0.06 * short
    points = [
        (x + 0.86 * reach, y + 0.028 * short), (x + 0.2 * reach, y + 0.012 * short),
        (x - 0.75 * reach, y - 0.035 * short), (x - 0.98 * reach, y - 0.075 * short),
        (x - 0.7 * reach, y - 0.10 * short), (x - 0.1 * reach, y - 0.062 * short),
        (x + 0.45 * reach, y - 0.055 * short), (x + 0.66 * reach, y - 0.078 * short),
    ]  # fmt: skip
    fine = along(points, 60)
    widths = [
        0.5 + 2.3 * (sin(pi * step / 59) ** 2) * (1 if step < 30 else 0.7) for step in range(60)
    ]
    return (Shape(swelling(fine, widths), fill=panel.ink(0)),)
