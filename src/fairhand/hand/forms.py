"""Forms: the several drawings of one letter.

A form moves the points of the hand's own outline by a smooth random field (value noise on
a lattice about 0.8 x-heights wide, so that both edges of a stroke move together), by a small
change of size, slant, turn and height, makes stroke ends longer or shorter, and moves dots,
accents and crossbars apart from their stems. Half of the difference is affine and half true
deformation, as in people's letters (hand measurements: 4.8 to 6.0 % of the letter's height,
3.0 to 4.2 % after the best affine fit). In joined hands all of it fades to nothing where
letters meet, so that what joined still joins.

Forms come in pairs, 2k and 2k + 1, that differ from the hand's outline in opposite ways:
written beside each other they are visibly two. No point moves farther than `REACH` x-heights
at strength 1, and a form depends on nothing but its hand, glyph and number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from fairhand.hand.noise import fade, lattice, text_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fairhand.hand.anatomy import Anatomy
    from fairhand.hand.hand import Hand
    from fairhand.hand.outline import Outline

    Floats = NDArray[np.float64]

FORMS: Final = 64
"""Forms of every glyph."""

REACH: Final = 0.18
"""The farthest that a point of a form may lie from the hand's own outline, x-heights."""

FRACTION: Final = 64
"""Shifts are kept as whole numbers of this part of a font unit."""

_PAIRS: Final = FORMS // 2
_CELL: Final = 0.8
_LATTICE: Final = 8
_WARP_LOOSE: Final = 0.034
_WARP_JOINED: Final = 0.085
_DOT: Final = 0.065
_NEAR_JOIN: Final = 0.35
_STEADY: Final = 0.75
_CALM: Final = 0.35
_NEARER: Final = 0.35
_END: Final = 0.025
_LIFT: Final = 0.06
_TILT: Final = 0.055
_OWN: Final = 7  # dots and accents that move by themselves
_STROKES: Final = 6
_BARS: Final = 2
_LEAST_ALIKE, _MOST_ALIKE = 0.8, 1.3
"""Every form differs from the outline by about as much as the others: these shares."""
# Standard deviations: width, height (factors), turn, slant (radians), right, up (x-heights).
_AFFINE_LOOSE: Final = (0.040, 0.045, 0.016, 0.024, 0.020, 0.036)
_AFFINE_JOINED: Final = (0.065, 0.070, 0.015, 0.045, 0.00, 0.036)


def draw_form(
    hand: Hand, glyph: int, number: int, strength: float, weight: float = 0.0
) -> NDArray[np.int64]:
    """Return the points (n, 2) of one form, font units.

    Strength 0 is the hand's own outline; `weight` (x-heights) is added to the width of its
    strokes.
    """
    drawn: NDArray[np.int64] = draw_forms(hand, glyph, [number], strength, weight)[0]
    return drawn


def draw_forms(
    hand: Hand, glyph: int, numbers: Sequence[int], strength: float, weight: float = 0.0
) -> NDArray[np.int64]:
    """Return the points (forms, n, 2) of some forms of a glyph, as `draw_form` does of one."""
    outline = hand.font.outline(glyph)
    points = np.broadcast_to(outline.points, (len(numbers), *outline.points.shape))
    if not outline.inked:
        return np.round(points).astype(np.int64)
    if strength > 0:
        letters = hand.data.manner.letters
        shift = hand.shifts(glyph)[numbers] * (letters / FRACTION)
        if letters > 1:
            reach = REACH * hand.data.x_height_em * hand.font.units_per_em
            length = np.sqrt((shift * shift).sum(axis=-1, keepdims=True))
            shift *= reach / np.maximum(length, reach)
        points = points + strength * shift
    if weight:
        x_height = hand.data.x_height_em * hand.font.units_per_em
        parts = hand.anatomy(glyph)
        out = parts.outward if weight > 0 else parts.outward * _thins(hand, glyph, parts)
        points = points + (0.5 * weight * x_height) * out
    return np.round(points).astype(np.int64)


def _thins(hand: Hand, glyph: int, parts: Anatomy) -> Floats:
    """Return 1 where strokes follow a thin pen, less on dots and where letters join."""
    script_joins = hand.font.joins(glyph)
    if hand.data.joined != "fully" and not script_joins:
        return parts.thins
    x_height = hand.data.x_height_em * hand.font.units_per_em
    points, advance = hand.font.outline(glyph).points, float(hand.font.advance(glyph))
    away = _away_from_joins(points, advance, x_height, at_any_height=script_joins)
    return parts.thins * away[:, None]


def draw_shifts(hand: Hand, glyph: int) -> NDArray[np.int16]:
    """Return how far each form moves each point at strength 1: (FORMS, n, 2), 1/64 units."""
    outline = hand.font.outline(glyph)
    x_height = hand.data.x_height_em * hand.font.units_per_em
    points = outline.points
    key = text_key(hand.slug, glyph, "forms")
    warp_count = 2 * _LATTICE * _LATTICE
    drawn = lattice(key, (_PAIRS, 6 + warp_count + 2 * _OWN + 2 * _STROKES + 2 * _BARS))
    script_joins = hand.font.joins(glyph)
    joined = hand.data.joined == "fully" or script_joins
    shift = _affine(points, drawn[:, :6], x_height, joined=joined)
    amount = (_WARP_JOINED if joined else _WARP_LOOSE) * x_height
    shift += _warp(points, drawn[:, 6 : 6 + warp_count] * amount, x_height)
    rest = drawn[:, 6 + warp_count :] * x_height
    shift += _strokes(hand.anatomy(glyph), rest[:, 2 * _OWN :])
    hangs_together = hand.data.joined != "no" or script_joins
    advance = float(hand.font.advance(glyph))
    if hangs_together:
        away = _away_from_joins(points, advance, x_height, at_any_height=script_joins)
        shift *= away[:, None]
    if joined:
        # Arabic letters stand on each other, and joining strokes that are glyphs of their own
        # lead from a letter's foot to the next one's shoulder: there it is steadier.
        if script_joins:
            shift *= _CALM
        elif hand.has_joining_strokes:
            shift *= 1.0 - _STEADY * _steady(points, advance, x_height)
    size = np.sqrt((shift * shift).mean(axis=(1, 2)))
    usual = float(size.mean())
    if usual > 0:
        factor = np.clip(size, _LEAST_ALIKE * usual, _MOST_ALIKE * usual) / size
        shift *= factor[:, None, None]
    both = np.stack([shift, -shift], axis=1).reshape(FORMS, *points.shape)
    if outline.parts.any():
        beside = _beside(outline, x_height)
        free = beside != 0 if hangs_together else outline.parts > 0
        own = np.zeros((_PAIRS, _OWN + 1, 2))
        own[:, 1:] = rest[:, : 2 * _OWN].reshape(_PAIRS, _OWN, 2) * _DOT
        moved = own[:, outline.parts % (_OWN + 1)] * free[:, None]
        moved = np.stack([moved, -moved], axis=1).reshape(FORMS, *points.shape)
        # Dots and accents stray away from their letter rather than into it.
        away = np.abs(moved[:, :, 1]) * beside + _NEARER * moved[:, :, 1]
        moved[:, :, 1] = np.where(beside != 0, away, moved[:, :, 1])
        both += moved
    reach = REACH * x_height
    length = np.sqrt((both * both).sum(axis=2, keepdims=True))
    both *= reach / np.maximum(length, reach)
    return np.round(both * FRACTION).astype(np.int16)


def _steady(points: Floats, advance: float, x_height: float) -> Floats:
    """Return 1 (n, 1) at a letter's foot and at the left of its shoulder, falling to 0."""
    x, y = points[:, :1], points[:, 1:]
    foot = fade(1.0 - np.abs(y) / (_NEAR_JOIN * x_height))
    shoulder = fade(1.0 - np.abs(y - 0.9 * x_height) / (_NEAR_JOIN * x_height))
    left = fade((0.85 * advance - x) / max(0.3 * advance, 1.0))
    steady: Floats = np.maximum(foot, shoulder * left)
    return steady


def _affine(points: Floats, drawn: Floats, x_height: float, *, joined: bool) -> Floats:
    amounts = _AFFINE_JOINED if joined else _AFFINE_LOOSE
    width, height, turn, slant, right, up = (drawn * amounts).T[:, :, None]
    x, y = points[:, 0], points[:, 1]
    x = x - 0.5 * (x.min() + x.max())
    # Small angles: the sine is the angle, the cosine one.
    shift = np.empty((len(drawn), len(points), 2))
    shift[:, :, 0] = width * x + (slant - turn) * (y - 0.5 * x_height) + right * x_height
    shift[:, :, 1] = height * y + turn * x + up * x_height
    return shift


def _warp(points: Floats, drawn: Floats, x_height: float) -> Floats:
    nodes = drawn.reshape(-1, _LATTICE, _LATTICE, 2)
    place = points / (_CELL * x_height)
    cell = np.floor(place)
    t = fade(place - cell)
    cells = cell.astype(np.int64)
    here, after = cells % _LATTICE, (cells + 1) % _LATTICE
    i, j, i2, j2 = here[:, 0], here[:, 1], after[:, 0], after[:, 1]
    tx, ty = t[:, :1], t[:, 1:]
    low = nodes[:, i, j] * (1 - tx) + nodes[:, i2, j] * tx
    high = nodes[:, i, j2] * (1 - tx) + nodes[:, i2, j2] * tx
    moved: Floats = low * (1 - ty) + high * ty
    return moved


def _strokes(parts: Anatomy, drawn: Floats) -> Floats:
    """Make stroke ends longer or shorter; lift and tilt crossbars. One by one, so that the
    sums are the same on every machine."""
    moved = np.zeros((len(drawn), *parts.outward.shape))
    columns = iter(drawn.T[:, :, None, None])
    for field, _ in zip(parts.ends, range(_STROKES), strict=False):
        moved += (_END * next(columns)) * field
    columns = iter(drawn.T[2 * _STROKES :, :, None, None])
    for lift, tilt in zip(parts.lifts, parts.tilts, strict=True):
        moved += (_LIFT * next(columns)) * lift + (_TILT * next(columns)) * tilt
    return moved


def _beside(outline: Outline, x_height: float) -> Floats:
    """Return 1 for the points of dots and accents above a letter, -1 below it, else 0.

    A stroke's loose end is neither.
    """
    beside = np.zeros(len(outline.points))
    for part in range(1, int(outline.parts.max()) + 1):
        mine = outline.parts == part
        y = outline.points[mine, 1]
        beside[mine] = float(y.min() > 0.9 * x_height) - float(y.max() < -0.1 * x_height)
    return beside


def _away_from_joins(
    points: Floats, advance: float, x_height: float, *, at_any_height: bool
) -> Floats:
    """Return 0 at the side bearings, where strokes meet, rising to 1.

    Latin letters meet about the x-zone, others (Arabic) anywhere.
    """
    clear, ramp = (0.34, 0.16) if at_any_height else (0.2, 0.26)
    clear, ramp = clear * advance, max(ramp * advance, 1.0)
    x, y = points[:, 0], points[:, 1]
    inside = fade((x - clear) / ramp) * fade((advance - clear - x) / ramp)
    if at_any_height:
        return inside
    zone = fade((y + 0.75 * x_height) / (0.5 * x_height)) * fade(
        (1.75 * x_height - y) / (0.5 * x_height)
    )
    away: Floats = 1.0 - (1.0 - inside) * zone
    return away
