"""Skylines: the lowest and highest ink of a line along its length, and how near two may come.

Every line becomes two rows of numbers over the page's width, in bins; what a pair of lines
needs between their baselines is the largest sum of depth above and height below in one bin.
Unit: points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_BIN = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Skyline:
    """Lowest and highest ink above the baseline in each bin; ±inf where there is none.

    `lowest` and `highest` are those of all bins, 0 when there is no ink.
    """

    low: Floats
    high: Floats
    lowest: float
    highest: float


def skylines(
    lines: Ints, count: int, left: Floats, right: Floats, low: Floats, high: Floats, width: float
) -> list[Skyline]:
    """Gather ink columns (edges and heights, points) of some lines into bins over the width.

    `lines` tells which of the `count` lines a column belongs to; all are reckoned at once.
    """
    bins = int(width / _BIN) + 3
    first = np.minimum(np.maximum((left / _BIN).astype(np.int64), 0), bins - 1)
    last = np.minimum(np.maximum((right / _BIN).astype(np.int64), 0), bins - 1)
    lows = np.full(count * bins, np.inf)
    highs = np.full(count * bins, -np.inf)
    start = lines * bins
    for step in range(int((last - first).max(initial=0)) + 1):
        at = np.minimum(first + step, last) + start
        np.minimum.at(lows, at, low)
        np.maximum.at(highs, at, high)
    each_low, each_high = lows.reshape(count, bins), highs.reshape(count, bins)
    lowest = np.minimum(each_low.min(axis=1), 0.0).tolist()
    highest = np.maximum(each_high.max(axis=1), 0.0).tolist()
    return list(map(Skyline, each_low, each_high, lowest, highest))


@lru_cache(maxsize=1024)
def needed(upper: Skyline, lower: Skyline, gap: float) -> float:
    """Return the least distance of two baselines that leaves `gap` between the inks.

    Minus infinity when they share no bin: side by side, neither minds the other.
    """
    return float((lower.high - upper.low).max()) + gap


def settle(
    wished: Sequence[float], lines: Sequence[Skyline], gap: float, least: Sequence[float] = ()
) -> list[float]:
    """Return baselines, each as high as wished unless it must go lower to clear lines above.

    `least` is the smallest distance of each line from the one above it, where it has one
    (a paragraph's first line). A line that was pushed down leaves those below at their own
    wishes while there is room, so that a change stays where it was made.
    """
    settled: list[float] = []
    for index, wish in enumerate(wished):
        y = wish
        line = lines[index]
        if index and least:
            y = min(y, settled[-1] - least[index])
        for above in range(max(0, index - 2), index):
            # Most lines are so far apart that their heights alone say enough.
            if settled[above] - y < gap + line.highest - lines[above].lowest:
                y = min(y, settled[above] - needed(lines[above], line, gap))
        settled.append(y)
    return settled
