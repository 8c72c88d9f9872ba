"""Forms: the several drawings of one letter.

A form moves the points of the hand's own outline by a smooth random field (value noise on
a lattice about 0.8 x-heights wide, so that both edges of a stroke move together), by a small
change of size, slant, turn and height, and moves dots and accents apart from their stems.
Half of the difference is affine and half true deformation, as in people's letters. In joined
hands all of it fades to nothing where letters meet, so that what joined still joins.

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
_MOST_PARTS: Final = 8
_DRAWN: Final = 6 + 2 * _LATTICE * _LATTICE + 2 * _MOST_PARTS
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
    drawn = lattice(text_key(hand.slug, glyph, number), (_DRAWN,))
    script_joins = hand.font.joins(glyph)
    joined = hand.data.joined == "fully" or script_joins
    shift = _affine(points, drawn[:6], x_height, joined=joined)
    shift += _warp(points, drawn[6 : 6 + 2 * _LATTICE * _LATTICE], x_height)
    shift *= strength * hand.data.manner.liveliness
    hangs_together = hand.data.joined != "no" or script_joins
    if hangs_together:
        advance = float(hand.font.advance(glyph))
        away = _away_from_joins(points, advance, x_height, at_any_height=script_joins)
        shift *= away[:, None]
    if outline.parts.any():
        own = drawn[-2 * _MOST_PARTS :].reshape(_MOST_PARTS, 2) * (_PART * x_height * strength)
        own[0] = 0.0
        free = _free_parts(outline, x_height) if hangs_together else outline.parts > 0
        shift += own[outline.parts % _MOST_PARTS] * free[:, None]
    reach = REACH * x_height * strength
    length = np.sqrt((shift * shift).sum(axis=1, keepdims=True))
    shift *= reach / np.maximum(length, reach)
    return np.round(points + shift).astype(np.int64)


def _affine(points: Floats, drawn: Floats, x_height: float, *, joined: bool) -> Floats:
    amounts = _AFFINE_JOINED if joined else _AFFINE_LOOSE
    width, height, turn, slant, right, up = (drawn * amounts).tolist()
    x, y = points[:, 0], points[:, 1]
    x = x - 0.5 * (x.min() + x.max())
    # Small angles: the sine is the angle, the cosine one.
    shift = np.empty_like(points)
    shift[:, 0] = width * x + (slant - turn) * (y - 0.5 * x_height) + right * x_height
    shift[:, 1] = height * y + turn * x + up * x_height
    return shift


def _warp(points: Floats, drawn: Floats, x_height: float) -> Floats:
    nodes = drawn.reshape(_LATTICE, _LATTICE, 2) * (_WARP * x_height)
    place = points / (_CELL * x_height)
    cell = np.floor(place)
    t = place - cell
    t = t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
    cells = cell.astype(np.int64)
    here, after = cells % _LATTICE, (cells + 1) % _LATTICE
    i, j, i2, j2 = here[:, 0], here[:, 1], after[:, 0], after[:, 1]
    tx, ty = t[:, :1], t[:, 1:]
    low = nodes[i, j] * (1 - tx) + nodes[i2, j] * tx
    high = nodes[i, j2] * (1 - tx) + nodes[i2, j2] * tx
    moved: Floats = low * (1 - ty) + high * ty
    return moved


def _free_parts(outline: Outline, x_height: float) -> NDArray[np.bool_]:
    """Tell which points belong to dots and accents; a stroke's loose end is not one."""
    free = np.zeros(len(outline.points), dtype=np.bool_)
    for part in range(1, int(outline.parts.max()) + 1):
        mine = outline.parts == part
        y = outline.points[mine, 1]
        free[mine] = y.min() > 0.9 * x_height or y.max() < -0.1 * x_height
    return free


def _away_from_joins(
    points: Floats, advance: float, x_height: float, *, at_any_height: bool
) -> Floats:
    """Return 0 at the side bearings, where strokes meet, rising to 1.

    Latin letters meet about the x-zone, others (Arabic) anywhere.
    """
    clear, ramp = (0.3, 0.2) if at_any_height else (0.16, 0.28)
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
