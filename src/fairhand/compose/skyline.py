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


def skyline(left: Floats, right: Floats, low: Floats, high: Floats, width: float) -> Skyline:
    """Gather ink columns (edges and heights, points) of one line into bins over the width."""
    count = int(width / _BIN) + 3
    first = np.clip((left / _BIN).astype(np.int64), 0, count - 1)
    last = np.clip((right / _BIN).astype(np.int64), 0, count - 1)
    lows = np.full(count, np.inf)
    highs = np.full(count, -np.inf)
    spread = int((last - first).max(initial=0))
    for step in range(spread + 1):
        bins = np.minimum(first + step, last)
        np.minimum.at(lows, bins, low)
        np.maximum.at(highs, bins, high)
    return Skyline(lows, highs, min(0.0, float(lows.min())), max(0.0, float(highs.max())))


@lru_cache(maxsize=16384)
def needed(upper: Skyline, lower: Skyline, gap: float) -> float:
    """Return the least distance of two baselines that leaves `gap` between the inks.

    Minus infinity when they share no bin: side by side, neither minds the other.
    """
    both = upper.low < np.inf
    both &= lower.high > -np.inf
    if not both.any():
        return -np.inf
    return float((lower.high[both] - upper.low[both]).max()) + gap


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
