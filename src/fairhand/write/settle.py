"""Lines clear of each other, ink inside the page: where the rows of a page come to stand.

Lines that would touch move apart, paragraphs keep their distance, and ink stays in the
safe area. Unit: points.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from fairhand.hand.forms import REACH
from fairhand.write.row import Rows, rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairhand.compose.page import ComposedPage, ShapedWord
    from fairhand.write.motion import Motion
    from fairhand.write.view import PageView

    Floats = NDArray[np.float64]

_LEAST_CLEARANCE = 0.04
"""The least distance of two lines' inks, x-heights."""

PARAGRAPH_KEEPS = 0.95
"""What the distance of two paragraphs keeps at least of what was composed, a factor."""

_BIN = 1.5
"""Width of the bins in which lines are held against each other."""

_COLUMNS_TOGETHER = 3
"""How many of the font's columns of ink are held against other lines as one."""

_LINES_NEAR = 2
"""A line is held against so many below it: long loops reach over a short one."""


def settled_words(
    page: ComposedPage, seen: PageView, motion: Motion, strength: float, weight: float
) -> list[list[float]] | None:
    """Return each word's matrix (a b c d e f); None when the page cannot hold so much motion.

    `motion` is spread over all lines and words; `weight` is what the pen adds to a stroke's
    width at most, x-heights.
    """
    reach = REACH * strength + max(0.0, 0.5 * weight)
    placed = rows(page, seen, motion, reach)
    ink = _Ink(page, seen, placed, reach)
    shift = ink.into(page)
    if shift is not None:
        placed = placed.moved(shift[seen.line_of])
        ink = _Ink(page, seen, placed, reach)
    if ink.outside(page):
        return None
    rise = np.asarray(motion.rise) * seen.x_height_em * seen.line_em
    baselines = _baselines(page, seen, seen.y + rise, ink)
    if baselines is None or ink.trespasses(page, baselines):
        return None
    return placed.matrices(baselines[seen.line_of])


@lru_cache(maxsize=8192)
def _wide_columns(word: ShapedWord) -> Floats:
    """Return a word's ink in fewer columns: rows of (left, right, lowest, highest), em."""
    if not len(word.columns):
        return np.zeros((0, 4))
    left, low, high = word.columns.T
    wide = _COLUMNS_TOGETHER * word.column_em
    number = np.floor(left / wide).astype(np.int64)
    number -= number.min()
    count = int(number.max()) + 1
    rows = np.stack(
        [np.full(count, np.inf), np.full(count, -np.inf), np.full(count, np.inf),
         np.full(count, -np.inf)], axis=1,
    )  # fmt: skip
    np.minimum.at(rows[:, 0], number, left)
    np.maximum.at(rows[:, 1], number, left + word.column_em)
    np.minimum.at(rows[:, 2], number, low)
    np.maximum.at(rows[:, 3], number, high)
    inked: Floats = rows[rows[:, 0] < np.inf]
    return inked


class _Ink:
    """Where the ink of each line lies: its ends, and its skyline relative to its baseline."""

    def __init__(self, page: ComposedPage, seen: PageView, placed: Rows, reach: float) -> None:
        tables = [_wide_columns(word.shaped) for line in page.lines for word in line.words]
        counts = [len(table) for table in tables]
        matrix = np.stack([placed.a, placed.b, placed.c, placed.d, placed.e, placed.f,
                           seen.line_of, reach * seen.x_height_em * seen.em])  # fmt: skip
        a, b, c, d, x, y, number, reach_points = np.repeat(matrix, counts, axis=1)
        left, right, low, high = np.concatenate(tables).T
        # A slanted column leans: its foot and its head reach to different sides.
        foot, head = c * low, c * high
        start = x + a * left + np.minimum(foot, head)
        end = x + a * right + np.maximum(foot, head)
        bottom = y + np.minimum(b * left, b * right) + d * low - reach_points
        top = y + np.maximum(b * left, b * right) + d * high + reach_points
        count = len(seen.y)
        bins = int(page.size.width / _BIN) + 3
        both = np.concatenate([start, end])
        place = np.minimum(np.maximum((both * (1.0 / _BIN)).astype(np.int64), 0), bins - 1)
        line = number.astype(np.int64) * bins
        place += np.concatenate([line, line])
        lows = np.full(count * bins, np.inf)
        highs = np.full(count * bins, -np.inf)
        np.minimum.at(lows, place, np.concatenate([bottom, bottom]))
        np.maximum.at(highs, place, np.concatenate([top, top]))
        self.left = np.full(count, np.inf)
        self.right = np.full(count, -np.inf)
        if len(number):
            begins = np.flatnonzero(np.diff(number, prepend=-1.0))
            inked = number[begins].astype(np.int64)
            self.left[inked] = np.minimum.reduceat(start - reach_points, begins)
            self.right[inked] = np.maximum.reduceat(end + reach_points, begins)
        widest = float(reach_points.max(initial=0.0)) + 0.5 * float((end - start).max(initial=0.0))
        across = int(np.ceil(widest / _BIN))
        self.low = _widened(lows.reshape(count, bins), across, np.minimum)
        self.high = _widened(highs.reshape(count, bins), across, np.maximum)
        self.lowest = np.minimum(0.0, self.low.min(axis=1))
        self.highest = np.maximum(0.0, self.high.max(axis=1))

    def into(self, page: ComposedPage) -> Floats | None:
        """Return how far lines must move sideways to stand in the safe area; None if none."""
        inked = self.right > self.left
        left = np.where(inked, page.safe.left - self.left, 0.0)
        right = np.where(inked, page.safe.right - self.right, 0.0)
        shift = np.where(left > 0, left, np.where(right < 0, np.maximum(right, left), 0.0))
        return shift if shift.any() else None

    def outside(self, page: ComposedPage) -> bool:
        """Tell whether ink stands to the left or right of the safe area."""
        inked = self.right > self.left
        over = (self.left < page.safe.left - 0.01) | (self.right > page.safe.right + 0.01)
        return bool((inked & over).any())

    def trespasses(self, page: ComposedPage, y: Floats) -> bool:
        """Tell whether a line's ink would stand where the page must be kept clear."""
        return any(
            bool(
                (
                    (self.right > zone.left)
                    & (self.left < zone.right)
                    & (y + self.highest > zone.bottom)
                    & (y + self.lowest < zone.top)
                ).any()
            )
            for zone in page.keep_clear
        )

    def needed(self, below: int, gap: float) -> list[float]:
        """Return the least distance of each line's baseline from that of the line so many
        below it; minus infinity where they stand side by side."""
        distance: list[float] = (
            (self.high[below:] - self.low[:-below]).max(axis=1, initial=-np.inf) + gap
        ).tolist()
        return distance


def _widened(skyline: Floats, by: int, extreme: np.ufunc) -> Floats:
    """Return a skyline in which every column of ink also covers its neighbours."""
    wide = skyline.copy()
    for step in range(1, by + 1):
        extreme(wide[:, step:], skyline[:, :-step], out=wide[:, step:])
        extreme(wide[:, :-step], skyline[:, step:], out=wide[:, :-step])
    return wide


def _least_drop(page: ComposedPage, index: int) -> float:
    """Return how far below the line before it a line stands at least, points.

    Minus infinity for a line that was composed higher: it begins a block beside the one before,
    as the address of a postcard does beside its words, and does not follow it downwards.
    """
    drop = page.lines[index - 1].y - page.lines[index].y if index else 0.0
    if drop < 0:
        return -np.inf
    return PARAGRAPH_KEEPS * drop if page.lines[index].apart else 0.0


def _baselines(page: ComposedPage, seen: PageView, wished: Floats, ink: _Ink) -> Floats | None:
    """Return baselines near the wished ones with all ink clear and inside; None if impossible."""
    gap = _LEAST_CLEARANCE * seen.x_height_em * float(seen.line_em[0])
    needed = [ink.needed(below, gap) for below in range(1, _LINES_NEAR + 1)]
    least = [_least_drop(page, index) for index in range(len(page.lines))]
    # From above downwards, then what stands too low moves up and pushes what is above it.
    down = np.minimum(wished, page.safe.top - ink.highest).tolist()
    for index, keep in enumerate(least):
        if index:
            down[index] = min(down[index], down[index - 1] - keep)
        for below, distances in enumerate(needed, 1):
            if index >= below:
                down[index] = min(down[index], down[index - below] - distances[index - below])
    up: list[float] = np.maximum(down, page.safe.bottom - ink.lowest).tolist()
    for index in range(len(up) - 2, -1, -1):
        up[index] = max(up[index], up[index + 1] + least[index + 1])
        for below, distances in enumerate(needed, 1):
            if index + below < len(up):
                up[index] = max(up[index], up[index + below] + distances[index])
    baselines = np.array(up)
    if (baselines + ink.highest > page.safe.top + 0.01).any():
        return None
    return baselines
