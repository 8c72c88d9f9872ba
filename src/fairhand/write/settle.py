"""Lines clear of each other, ink inside the page: where the rows of pages come to stand.

Lines that would touch move apart, paragraphs keep their distance, and ink stays in the
safe area. Unit: points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairhand.hand.forms import REACH
from fairhand.write.ink import Ink
from fairhand.write.row import Rows, rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairhand.write.motion import Motion
    from fairhand.write.view import PageView

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_LEAST_CLEARANCE = 0.04
"""The least distance of two lines' inks, x-heights."""

_ADDRESS_MORE = 0.1
"""What lines of an address keep more than that, for machines part them by the paper between."""

PARAGRAPH_KEEPS = 0.95
"""What the distance of two paragraphs keeps at least of what was composed, a factor."""


def settled(seen: PageView, motion: Motion, strength: float, weight: Floats) -> tuple[Rows, Flags]:
    """Return where all words stand, and for each page whether it can hold so much motion.

    `motion` is spread over all lines and words; `weight` is what the pen adds to a stroke's
    width at most on each page, x-heights.
    """
    reach = REACH * strength + np.maximum(0.0, 0.5 * weight)
    placed = rows(seen, motion, reach)
    ink = Ink(seen, placed, reach)
    shift = ink.into_safe_area()
    if shift.any():
        placed = placed.moved(shift[seen.line_of])
        ink.move(placed.e)
    rise = np.asarray(motion.rise) * seen.x_height_em * seen.line_em
    baselines = _baselines(seen, seen.y + rise, ink)
    wrong = ink.outside() | ink.trespasses(baselines)
    wrong |= baselines + ink.highest > seen.page.safe.top + 0.01
    fits = ~np.logical_or.reduceat(wrong, seen.first_line)
    return placed.raised(baselines[seen.line_of]), fits


def _baselines(seen: PageView, wished: Floats, ink: Ink) -> Floats:
    """Return baselines near the wished ones with all ink clear, and none below the safe area.

    Lines follow from each other, but pages do not: the first lines of all pages are settled
    at once, then the second ones, and so on. So a table has a row for each line of a page and
    a column for each page; where a page has no such line nothing depends on it.
    """
    count = int(seen.number.max()) + 1
    safe = seen.page.safe

    def table(values: Floats, otherwise: float) -> Floats:
        filled = np.full((count, len(seen.first_line)), otherwise)
        filled[seen.number, seen.page_of] = values
        return filled

    gap = (_LEAST_CLEARANCE * seen.x_height_em * seen.line_em[seen.first_line])[seen.page_of]
    gap += _ADDRESS_MORE * seen.x_height_em * seen.line_em * seen.address
    needed = [table(distance + gap, -np.inf) for distance in ink.needed()]
    np.maximum(needed[0], table(_least_drops(seen), -np.inf), out=needed[0])
    y = table(np.minimum(wished, safe.top - ink.highest), 0.0)
    pairs = [
        (y[index], y[index + below], distances[index])
        for index in range(count)
        for below, distances in enumerate(needed, 1)
        if index + below < count
    ]
    # From above downwards, then what stands too low moves up and pushes what is above it.
    for upper, lower, distance in pairs:
        np.minimum(lower, upper - distance, out=lower)
    np.maximum(y, table(safe.bottom - ink.lowest, 0.0), out=y)
    for upper, lower, distance in reversed(pairs):
        np.maximum(upper, lower + distance, out=upper)
    settled: Floats = y[seen.number, seen.page_of]
    return settled


def _least_drops(seen: PageView) -> Floats:
    """Return how far below each line the next one of its page stands at least.

    Minus infinity where that was composed higher: it begins a block beside the one before,
    as the address of a postcard does beside its words, and does not follow it downwards.
    """
    drops = np.full(len(seen.y), -np.inf)
    drop = seen.y[:-1] - seen.y[1:]
    follows = (drop >= 0) & (seen.number[1:] > 0)
    least = np.where(seen.apart[1:] > 0, PARAGRAPH_KEEPS * drop, 0.0)
    drops[:-1] = np.where(follows, least, -np.inf)
    return drops
