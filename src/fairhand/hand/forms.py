"""Forms: the several drawings of one letter.

A form moves the points of the hand's own outline by a smooth random field (value noise on
a lattice about 0.8 x-heights wide, so that both edges of a stroke move together), by a small
change of size, slant, turn and height, and moves dots and accents apart from their stems.
Half of the difference is affine and half true deformation, as in people's letters. In joined hands all of
it fades to nothing where letters meet, so that what joined still joins.

No point moves farther than `REACH` x-heights, and a form depends on nothing but its hand,
glyph, number and strength. Unit: font units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from fairhand.hand.noise import fade, lattice, text_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairhand.hand.hand import Hand
    from fairhand.hand.outline import Outline

    Floats = NDArray[np.float64]

REACH: Final = 0.17
"""The farthest that a point of a form may lie from the hand's own outline, x-heights."""

_CELL: Final = 0.8
_LATTICE: Final = 8
_WARP: Final = 0.055
_PART: Final = 0.07
# Standard deviations: width, height (factors), turn, slant (radians), right, up (x-heights).
_AFFINE_LOOSE: Final = (0.045, 0.045, 0.020, 0.030, 0.02, 0.055)
_AFFINE_JOINED: Final = (0.040, 0.040, 0.012, 0.030, 0.00, 0.030)


def draw_form(hand: Hand, glyph: int, number: int, strength: float) -> NDArray[np.int64]:
    """Return the points (n, 2) of one form; number 0 at strength 0 is the hand's own outline."""
    outline = hand.font.outline(glyph)
    if strength <= 0 or not outline.inked:
        return np.round(outline.points).astype(np.int64)
    x_height = hand.data.x_height_em * hand.font.units_per_em
    points = outline.points
    shift = _affine(hand, outline, glyph, number, x_height)
    shift += _warp(points, text_key(hand.slug, glyph, number, "warp"), x_height)
    shift *= strength * hand.data.manner.liveliness
    if hand.data.joined != "no":
        shift *= _away_from_joins(points, float(hand.font.advance(glyph)), x_height)[:, None]
    shift += _wandering_parts(hand, outline, glyph, number) * (x_height * strength)
    reach = REACH * x_height * strength
    return np.round(points + np.clip(shift, -reach, reach)).astype(np.int64)


def _affine(hand: Hand, outline: Outline, glyph: int, number: int, x_height: float) -> Floats:
    joined = hand.data.joined == "fully"
    amounts = _AFFINE_JOINED if joined else _AFFINE_LOOSE
    values = lattice(text_key(hand.slug, glyph, number, "affine"), (6,)) * np.array(amounts)
    width, height, turn, slant, right, up = (float(v) for v in values)
    points = outline.points
    centre = 0.5 * (points[:, 0].min() + points[:, 0].max())
    x, y = points[:, 0] - centre, points[:, 1]
    # Small angles: the sine is the angle, the cosine one.
    return np.stack(
        [
            width * x + (slant - turn) * (y - 0.5 * x_height) + right * x_height,
            height * y + turn * x + up * x_height,
        ],
        axis=1,
    )


def _warp(points: Floats, key: int, x_height: float) -> Floats:
    nodes = lattice(key, (2, _LATTICE, _LATTICE)) * (_WARP * x_height)
    place = points / (_CELL * x_height)
    cell = np.floor(place)
    t = fade(place - cell)
    i, j = (cell.astype(np.int64) % _LATTICE).T
    i2, j2 = (i + 1) % _LATTICE, (j + 1) % _LATTICE
    tx, ty = t[:, 0], t[:, 1]
    low = nodes[:, i, j] * (1 - tx) + nodes[:, i2, j] * tx
    high = nodes[:, i, j2] * (1 - tx) + nodes[:, i2, j2] * tx
    moved: Floats = (low * (1 - ty) + high * ty).T
    return moved


def _away_from_joins(points: Floats, advance: float, x_height: float) -> Floats:
    """Return 0 at the side bearings within the x-zone, where strokes meet, rising to 1."""
    ramp = max(0.3 * advance, 1.0)
    x, y = points[:, 0], points[:, 1]
    inside = fade(x / ramp) * fade((advance - x) / ramp)
    zone = fade((y + 0.75 * x_height) / (0.5 * x_height)) * fade(
        (1.75 * x_height - y) / (0.5 * x_height)
    )
    away: Floats = 1.0 - (1.0 - inside) * zone
    return away


def _wandering_parts(hand: Hand, outline: Outline, glyph: int, number: int) -> Floats:
    shifts = np.zeros((int(outline.parts.max()) + 1, 2))
    if len(shifts) > 1:
        drawn = lattice(text_key(hand.slug, glyph, number, "parts"), (len(shifts) - 1, 2))
        shifts[1:] = drawn * _PART
    moved: Floats = shifts[outline.parts]
    return moved
