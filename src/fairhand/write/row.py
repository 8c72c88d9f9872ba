"""Words in a row: what the effects wish, kept as far as a person would.

A gap never closes below what can be read, and a line that grew too long closes up its gaps
and then its letters. All lines are set at once. Unit: points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairhand.write.motion import Motion
    from fairhand.write.view import PageView

    Floats = NDArray[np.float64]

_LEAST_GAP = 0.8
"""The least visible gap between words, x-heights (narrower ones read as one word)."""

_MOST_SQUEEZE = 0.93
"""Letters of a full line are written no narrower than this factor."""

_BULGE = 0.03
_UNIT = 2.0**-16


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Every word's matrix (a b c d e f), its baseline relative to that of its line."""

    a: Floats
    b: Floats
    c: Floats
    d: Floats
    e: Floats
    f: Floats

    def moved(self, right: Floats) -> Rows:
        """Return the words moved to the right, each by its own amount."""
        return replace(self, e=self.e + right)

    def raised(self, up: Floats) -> Rows:
        """Return the words moved up, each by its own amount."""
        return replace(self, f=self.f + up)

    def numbers(self) -> tuple[list[float], ...]:
        """Return the six numbers of all matrices, each as a list."""
        return tuple(row.tolist() for row in (self.a, self.b, self.c, self.d, self.e, self.f))


def rows(seen: PageView, motion: Motion, reach: Floats) -> Rows:
    """Put each line's words in a row; `reach` is how far a page's forms go beyond the columns
    of ink, x-heights. `motion` is spread over all lines and words."""
    m: Any = motion
    line_of = seen.line_of
    em, advance = seen.em, seen.advance
    x_height = seen.x_height_em * em
    line_x_height = seen.x_height_em * seen.line_em
    scale_y = 1.0 + m.size
    scale_x = scale_y * (1.0 + m.width)
    # Gaps: the one after each word, nothing after the last of a line.
    after = np.arange(1, len(line_of) + 1)
    after[-1] = 0
    follows = line_of[after] == line_of
    follows[-1] = False
    gaps = np.where(follows, seen.x[after] - seen.x - advance, 0.0)
    between = follows & seen.spaced
    bearings = (advance - seen.body_right) + seen.body_left[after]
    floor = np.minimum(gaps, _LEAST_GAP * x_height - bearings)
    wished = gaps * (1.0 + m.gap[after])
    wished = np.where(between, np.maximum(wished, floor), gaps)
    composed = seen.right - seen.left
    origin = seen.left + m.start * line_x_height
    room = _room(seen, origin, origin + composed, reach[seen.page_of] * line_x_height)
    scale_x, wished = _closed_up(seen, scale_x, wished, floor, between, room)

    step = advance * scale_x
    # Whole numbers of a small unit add up exactly, so that no line depends on another's sums.
    wished = np.round((step + wished) / _UNIT) * _UNIT - step
    place = np.cumsum(step + wished) - (step + wished)
    place = place - place[seen.first[line_of]]
    length = _by_line(seen, step + wished)
    x = place + (origin + (composed - length) * seen.align)[line_of]

    middle = place + 0.5 * step
    u = middle / np.maximum(length, 1.0)[line_of]
    bend = (m.bend * line_x_height)[line_of]
    slope = m.slope[line_of]
    turn = m.turn + slope + bend * 4.0 * (1.0 - 2.0 * u) / np.maximum(length, 1.0)[line_of]
    y = slope * middle + bend * 4.0 * u * (1.0 - u) + m.lift * x_height
    # The word turns about its middle, so its left end starts lower when it climbs.
    y = y - turn * 0.5 * step
    return Rows(
        scale_x * em,
        turn * scale_x * em,
        (m.slant - turn) * scale_y * em,
        scale_y * em,
        x,
        y,
    )


def _by_line(seen: PageView, values: Floats) -> Floats:
    sums: Floats = np.bincount(seen.line_of, values, len(seen.y))  # type: ignore[assignment]
    return sums


def _room(seen: PageView, left: Floats, right: Floats, reach: Floats) -> Floats:
    """Return how long each line may grow from the end at which it is held.

    It may stand out over the block by `_BULGE` of its width, as people squeeze a last word
    in, but never over the safe area.
    """
    safe = seen.page.safe
    over = _BULGE * (seen.block_right - seen.block_left)
    ends_at = np.minimum(safe.right, np.maximum(seen.block_right, right) + over) - reach
    starts_at = np.maximum(safe.left, np.minimum(seen.block_left, left) - over) + reach
    middle = (left + right) / 2
    centred = 2 * np.minimum(ends_at - middle, middle - starts_at)
    aligned = np.where(seen.align > 0.5, right - starts_at, ends_at - left)
    return np.where(seen.align == 0.5, centred, aligned)


def _closed_up(
    seen: PageView, scale_x: Floats, wished: Floats, floor: Floats,
    between: NDArray[np.bool_], room: Floats,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Return word widths and gaps that fit: first the gaps close up, then the letters."""
    widths = _by_line(seen, seen.advance * scale_x)
    over = widths + _by_line(seen, wished) - room
    if not (over > 0).any():
        return scale_x, wished
    slack = np.where(between, np.maximum(0.0, wished - floor), 0.0)
    spare = _by_line(seen, slack)
    share = np.clip(over / np.maximum(spare, 1e-6), 0.0, 1.0)
    wished = wished - slack * share[seen.line_of]
    over = widths + _by_line(seen, wished) - room
    squeeze = np.clip(1.0 - over / np.maximum(widths, 1.0), _MOST_SQUEEZE, 1.0)
    return scale_x * squeeze[seen.line_of], wished
