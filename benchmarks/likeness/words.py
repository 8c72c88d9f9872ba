"""Lines become words: the gaps between them, and each word's own baseline.

A gap is a run of columns without ink in the x-zone, the letters' slant taken out. Gaps
inside and between words are two crowds; they are parted where that makes each crowd most
alike, on a scale of square roots (a gap's spread grows with it), all gaps of the page at
once. Nothing is known of what is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.likeness.ink import UnreadableError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.likeness.lines import Line, Page

    Floats = NDArray[np.float64]

ZONE_LOW, ZONE_HIGH = -0.15, 1.15
"""The x-zone, x-heights above the baseline, with what round letters overshoot."""

_LEAST_GAP, _WIDEST_GAP = 0.15, 3.0
_GAP_OF_WORDS = 0.6
"""The usual gap between words is at least this much wider (divisor) than the threshold."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a line from left to right, their ends and the gaps between them, pixels.

    `up` is the height of a word's feet over the line's baseline, NaN for a word without.
    """

    left: Floats
    right: Floats
    up: Floats
    gaps: Floats

    @property
    def middle(self) -> Floats:
        """Where each word's middle stands along the line."""
        return (self.left + self.right) / 2


def words_of(page: Page) -> list[Words]:
    """Part every line into words; UnreadableError when the gaps are all of one kind."""
    runs = [_runs(page, line) for line in page.lines]
    threshold = _between(np.concatenate([(r[1:] - e[:-1]) for r, e in runs]) / page.x_height)
    found = []
    for line, (starts, ends) in zip(page.lines, runs, strict=True):
        gaps = starts[1:] - ends[:-1]
        wide = gaps > threshold * page.x_height
        left = starts[np.concatenate(([True], wide))]
        right = ends[np.concatenate((wide, [True]))]
        found.append(Words(left, right, _feet_of_words(line, left, right), gaps[wide]))
    return found


def x_height_of(page: Page, words: list[Words]) -> float:
    """Return the height of the small letters, pixels, every word standing on its own feet.

    It is where the ink of all words, summed row by row, falls to half of what it is in the
    middle of the x-zone. Words that ride up and down do not blur it.
    """
    reach = int(2.0 * page.x_height)
    profile = np.zeros(reach)
    for line, own in zip(page.lines, words, strict=True):
        up = line.up()
        word = np.minimum(np.searchsorted(own.right, line.x - up * page.lean), len(own.right) - 1)
        row = np.floor(up - np.nan_to_num(own.up)[word] + 0.5).astype(np.int64)
        profile += np.bincount(row[(row >= 0) & (row < reach)], minlength=reach)
    middle = profile[int(0.25 * page.x_height) : int(0.75 * page.x_height)].mean()
    low = np.flatnonzero(profile[int(0.75 * page.x_height) :] < 0.5 * middle)
    if not len(low):
        return page.x_height
    # Feet lie on the middle of the lowest inked pixel.
    return float(low[0] + int(0.75 * page.x_height))


def _runs(page: Page, line: Line) -> tuple[Floats, Floats]:
    """Return where the runs of inked columns of a line's x-zone start and end."""
    up = line.up()
    zone = (up > ZONE_LOW * page.x_height) & (up < ZONE_HIGH * page.x_height)
    columns = np.unique(np.floor(line.x[zone] - up[zone] * page.lean))
    if not len(columns):
        columns = np.unique(np.floor(line.x))
    breaks = np.flatnonzero(np.diff(columns) > 1)
    starts = columns[np.concatenate(([0], breaks + 1))]
    ends = columns[np.concatenate((breaks, [len(columns) - 1]))] + 1
    return starts, ends


def _between(gaps: Floats) -> float:
    """Return the least gap between words, x-heights."""
    gaps = np.sort(np.minimum(gaps[gaps > _LEAST_GAP], _WIDEST_GAP))
    if len(gaps) < 8:
        raise UnreadableError("Too few words can be told from each other in this picture.")
    root = np.sqrt(gaps)
    total = np.cumsum(root)
    below = np.arange(1, len(gaps))
    above = len(gaps) - below
    parted = below * above * (total[:-1] / below - (total[-1] - total[:-1]) / above) ** 2
    threshold = (gaps[:-1] + gaps[1:]) / 2
    usual = np.array([np.median(gaps[first:]) for first in below])
    parted[threshold > _GAP_OF_WORDS * usual] = 0.0
    return float(threshold[int(np.argmax(parted))])


def _feet_of_words(line: Line, left: Floats, right: Floats) -> Floats:
    word = np.minimum(np.searchsorted(right, line.foot_along), len(right) - 1)
    inside = line.foot_along >= left[word] - 1
    return np.array(
        [
            np.median(line.foot_up[mine]) if (mine := inside & (word == index)).any() else np.nan
            for index in range(len(left))
        ]
    )
