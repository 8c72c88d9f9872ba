"""Where the ink of rows of words lies: the ends of each line, and how near two lines may come.

All lines of all pages are held against their neighbours at once. Unit: points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairhand.write.row import Rows
    from fairhand.write.view import PageView

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

LINES_NEAR = 2
"""A line is held against so many below it: long loops reach over a short one."""

_BIN = 1.5
"""Width of the bins in which lines are held against each other."""


class Ink:
    """The ink of words in rows, as columns; it knows its words' place on their line (`move`).

    For each line: `left` and `right`, the ends of its ink; `lowest` and `highest`, relative to
    its baseline.
    """

    def __init__(self, seen: PageView, placed: Rows, reach: Floats) -> None:
        """Find the columns; `reach` is how far each page's forms go beyond them, x-heights."""
        known = seen.vocabulary
        until = np.zeros(len(seen.x) + 1, dtype=np.int64)
        counts = known.columns[known.of]
        np.cumsum(counts, out=until[1:])
        word_of = np.repeat(np.arange(len(counts)), counts)
        column = (known.first_column[known.of] - until[:-1])[word_of]
        column += np.arange(len(word_of))
        begins = until[seen.first]
        self._inked = np.flatnonzero(until[seen.end] > begins)
        self._begins = begins[self._inked]
        self._seen = seen
        self._word_of = word_of
        left, right, low, high = known.ink.take(column, axis=1)
        word_reach = (reach * seen.x_height_em)[seen.page_of][seen.line_of] * seen.em
        a, b, c, d, y, self._reach = np.stack(
            [placed.a, placed.b, placed.c, placed.d, placed.f, word_reach]
        ).take(word_of, axis=1)
        # A slanted column leans: its foot and its head reach to different sides.
        foot, head = c * low, c * high
        self._start, self._leftmost = a * left, np.minimum(foot, head)
        self._end, self._rightmost = a * right, np.maximum(foot, head)
        left *= b
        right *= b
        low *= d
        high *= d
        self._bottom = y + np.minimum(left, right) + low - self._reach
        self._top = y + np.maximum(left, right) + high + self._reach
        self.lowest = np.minimum(0.0, self._of_lines(np.minimum, self._bottom, np.inf))
        self.highest = np.maximum(0.0, self._of_lines(np.maximum, self._top, -np.inf))
        self.move(placed.e)

    def move(self, x: Floats) -> None:
        """Put each word at its place along the line."""
        at = x[self._word_of]
        self._from = at + self._start + self._leftmost
        self._to = at + self._end + self._rightmost
        self.left = self._of_lines(np.minimum, self._from - self._reach, np.inf)
        self.right = self._of_lines(np.maximum, self._to + self._reach, -np.inf)

    def into_safe_area(self) -> Floats:
        """Return how far lines must move sideways to stand in the safe area."""
        safe = self._seen.page.safe
        inked = self.right > self.left
        left = np.where(inked, safe.left - self.left, 0.0)
        right = np.where(inked, safe.right - self.right, 0.0)
        return np.where(left > 0, left, np.where(right < 0, np.maximum(right, left), 0.0))

    def outside(self) -> Flags:
        """Tell for each line whether ink stands to the left or right of the safe area."""
        safe = self._seen.page.safe
        inked = self.right > self.left
        return inked & ((self.left < safe.left - 0.01) | (self.right > safe.right + 0.01))

    def trespasses(self, y: Floats) -> Flags:
        """Tell for each line, on these baselines, whether it is where a page must be kept clear."""
        found = np.zeros(len(y), dtype=np.bool_)
        for zone in self._seen.page.keep_clear:
            found |= (
                (self.right > zone.left)
                & (self.left < zone.right)
                & (y + self.highest > zone.bottom)
                & (y + self.lowest < zone.top)
            )
        return found

    def needed(self) -> list[Floats]:
        """Return the least distances of each line's baseline from those of the lines below it.

        One array for each of `LINES_NEAR`. Minus infinity where two stand side by side, and
        where a page has no line so many below.
        """
        lows, highs = self._skylines()
        page_of = self._seen.page_of
        found = []
        for below in range(1, LINES_NEAR + 1):
            distance = np.full(len(lows), -np.inf)
            both = (highs[below:] - lows[:-below]).max(axis=1)
            distance[:-below] = np.where(page_of[below:] == page_of[:-below], both, -np.inf)
            found.append(distance)
        return found

    def _of_lines(self, extreme: np.ufunc, values: Floats, without: float) -> Floats:
        """Return the extreme of the columns of each line; `without` for a line that has none."""
        found = np.full(len(self._seen.y), without)
        if len(values):
            found[self._inked] = extreme.reduceat(values, self._begins)
        return found

    def _skylines(self) -> tuple[Floats, Floats]:
        """Return each line's lowest and highest ink in bins along it.

        So that ink between the ends of a column, and a little beside it, counts too, every
        column covers its neighbours: those of both lines by `across`, which is the same as the
        upper line's by none and the lower one's by twice as many.
        """
        lines = len(self._seen.y)
        bins = int(self._seen.page.size.width / _BIN) + 3
        around = 2 * self._across()
        margin = int(around.max())
        across = bins + 2 * margin
        first_bin = (np.arange(lines) * across + margin)[self._seen.line_of][self._word_of]
        lows = np.full(lines * across, np.inf)
        highs = np.full(lines * across, -np.inf)
        for edge in (self._from, self._to):
            place = (edge * (1.0 / _BIN)).astype(np.int64)
            np.maximum(place, 0, out=place)
            np.minimum(place, bins - 1, out=place)
            place += first_bin
            np.minimum.at(lows, place, self._bottom)
            np.maximum.at(highs, place, self._top)
        low = lows.reshape(lines, across)[:, margin : margin + bins]
        high = highs.reshape(lines, across)
        if around.min() == margin:
            return low, _widened(high, margin)
        wide = np.empty((lines, bins))
        for by in np.unique(around).tolist():
            rows = around == by
            wide[rows] = _widened(high[rows, margin - by : across - margin + by], by)
        return low, wide

    def _across(self) -> Ints:
        """Return for each line over how many bins its page's columns reach to either side."""
        seen = self._seen
        width = self._of_lines(np.maximum, self._to - self._from, 0.0)
        reach = self._of_lines(np.maximum, self._reach, 0.0)
        widest = np.maximum.reduceat(reach, seen.first_line) + 0.5 * np.maximum.reduceat(
            width, seen.first_line
        )
        return np.ceil(widest / _BIN).astype(np.int64)[seen.page_of]


def _widened(skyline: Floats, by: int) -> Floats:
    """Return the highest of so many bins to both sides; so many are taken off at both ends."""
    window, wanted = 1, 2 * by + 1
    while window < wanted:
        step = min(window, wanted - window)
        skyline = np.maximum(skyline[:, :-step], skyline[:, step:])
        window += step
    return skyline
