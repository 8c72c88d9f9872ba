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
        counts = known.columns[seen.word]
        np.cumsum(counts, out=until[1:])
        word_of = np.repeat(np.arange(len(counts)), counts)
        column = (known.first_column[seen.word] - until[:-1])[word_of]
        column += np.arange(len(word_of))
        begins = until[seen.first]
        self._inked = np.flatnonzero(until[seen.end] > begins)
        self._begins = begins[self._inked]
        self._seen = seen
        self._word_of = word_of
        left, right, low, high = known.ink.take(column, axis=1)
        word_reach = (reach * seen.x_height_em)[seen.page_of][seen.line_of] * seen.em
        of_words = [placed.a, placed.b, placed.c, placed.d, placed.f, word_reach]
        a, b, c, d, y, self._reach = np.repeat(np.stack(of_words), counts, axis=1)
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
        """Return each line's lowest and highest ink in bins along it, a row for each line.

        What lies between the ends of a column, and a little beside it, counts too: so columns
        cover the bins beside them, on both lines by `_across`; which is the same as on one of
        them by twice as many. At the end of each row is room for what is beside the last bin.
        """
        lines = len(self._seen.y)
        bins = int(self._seen.page.size.width / _BIN) + 3
        around = 2 * self._across()
        most = int(around.max())
        row = bins + 2 * most
        first_bin = (np.arange(lines) * row)[self._seen.line_of][self._word_of]
        lows = np.full(lines * row, np.inf)
        highs = np.full(lines * row + 2 * most, -np.inf)
        for edge in (self._from, self._to):
            place = (edge * (1.0 / _BIN)).astype(np.int64)
            np.maximum(place, 0, out=place)
            np.minimum(place, bins - 1, out=place)
            place += first_bin
            np.minimum.at(lows, place, self._bottom)
            place += most
            np.maximum.at(highs, place, self._top)
        return lows.reshape(lines, row), _widened(highs, around, row)

    def _across(self) -> Ints:
        """Return for each line over how many bins its page's columns reach to either side."""
        seen = self._seen
        width = self._of_lines(np.maximum, self._to - self._from, 0.0)
        reach = self._of_lines(np.maximum, self._reach, 0.0)
        widest = np.maximum.reduceat(reach, seen.first_line) + 0.5 * np.maximum.reduceat(
            width, seen.first_line
        )
        return np.ceil(widest / _BIN).astype(np.int64)[seen.page_of]


def _widened(highs: Floats, around: Ints, row: int) -> Floats:
    """Return the highest of the bins about each: on each line so many to either side of it.

    `highs` begins so many bins before the first line as the most are. All lines are one long
    row, of which each step knows the highest of twice as many bins as the step before.
    """
    count, most = len(around) * row, int(around.max())
    least, *more = sorted(set(around.tolist()))
    known = 1

    def widened(by: int) -> Floats:
        nonlocal highs, known
        while 2 * known <= 2 * by + 1:
            highs = np.maximum(highs[:-known], highs[known:])
            known *= 2
        first, last = most - by, most + by + 1 - known
        found = np.maximum(highs[first : first + count], highs[last : last + count])
        return found.reshape(-1, row)

    wide = widened(least)
    for by in more:
        lines = around == by
        wide[lines] = widened(by)[lines]
    return wide
