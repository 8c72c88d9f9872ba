"""Lines become words: the gaps between them, and each word's own baseline.

A gap is a run of columns without ink in the x-zone, the letters' slant taken out. Gaps
inside and between words are two crowds, which are parted for the whole page at once: first
where that makes each crowd most alike (Otsu), then where both are equally likely, on a scale
of square roots (a gap's spread grows with it). Nothing is known of what is written.

A word's baseline is the median height of its letters' feet. They are looked for again once
the word is known, about the height where it stands, so that a word far off its line keeps its
feet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.likeness.ink import UnreadableError
from benchmarks.likeness.lines import FAR, NEAR, feet

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.likeness.lines import Line, Page

    Floats = NDArray[np.float64]

ZONE_LOW, ZONE_HIGH = -0.15, 1.15
"""The x-zone, x-heights above the baseline, with what round letters overshoot."""

_LEAST_GAP, _WIDEST_GAP = 0.15, 3.0
_GAP_OF_WORDS = 0.6
"""The usual gap between words is at least this much wider (divisor) than the threshold."""

_CROWD = 5
_LEAST_SPREAD = 0.04


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
        found.append(Words(left, right, _lifts(page, line, left, right), gaps[wide]))
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
    # Where all gaps are alike the best parting runs through the middle of the words' own.
    threshold = (gaps[:-1] + gaps[1:]) / 2
    usual = np.array([np.median(gaps[first:]) for first in below])
    parted[threshold > _GAP_OF_WORDS * usual] = 0.0
    best = int(np.argmax(parted))
    letters, words = root[: best + 1], root[best + 1 :]
    if len(letters) < _CROWD or len(words) < _CROWD:
        return float(threshold[best])
    place = np.linspace(letters.mean(), words.mean(), 200)
    likelier = _log_density(words, place) > _log_density(letters, place)
    return float(place[int(np.argmax(likelier))] ** 2) if likelier.any() else threshold[best]


def _log_density(crowd: Floats, place: Floats) -> Floats:
    """Return the logarithm of a crowd's normal density, times its number."""
    spread = max(float(crowd.std()), _LEAST_SPREAD)
    density: Floats = np.log(len(crowd) / spread) - ((place - crowd.mean()) / spread) ** 2 / 2
    return density


def _lifts(page: Page, line: Line, left: Floats, right: Floats) -> Floats:
    """Return each word's height over its line's baseline, NaN where it has no feet."""
    up = line.up()
    along = line.x - up * page.lean
    word = np.minimum(np.searchsorted(right, along), len(right) - 1)
    lift = np.full(len(left), np.nan)
    for look in (NEAR, FAR, NEAR, NEAR):
        unknown = np.isnan(lift)
        if look is FAR and not unknown.any():
            continue
        level = np.nan_to_num(lift)
        foot_along, foot_up = feet(along, up - level[word], page.x_height, look)
        of = np.minimum(np.searchsorted(right, foot_along), len(right) - 1)
        inside = foot_along >= left[of] - 1
        for index in range(len(left)):
            mine = inside & (of == index)
            if mine.any() and (look is NEAR or unknown[index]):
                lift[index] = level[index] + float(np.median(foot_up[mine]))
    return lift
