"""The six statistics of a page, from a picture alone.

The definitions are those of README.md. A spread that is estimated from a line's own words is
freed of what their scatter alone would make: otherwise short lines would seem to slope
more unevenly than long ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from benchmarks.likeness.fits import median_line, robust_line, variation
from benchmarks.likeness.ink import ink_of
from benchmarks.likeness.lines import lines_of
from benchmarks.likeness.words import ZONE_LOW, words_of, x_height_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.likeness.lines import Line, Page
    from benchmarks.likeness.words import Words

    Floats = NDArray[np.float64]

LEAST_X_HEIGHT: Final = 17.0
"""Pixels; smaller writing is measured in a picture that is enlarged to `_ENLARGED_TO`."""

_ENLARGED_TO = 26.0
_WORDS_FOR_SLOPE = 4
_LENGTH_FOR_SLOPE = 0.5
_WORDS_FOR_MARGIN = 2
_MARGIN_WITHIN = 1.5
_START_HIGH = 2.2
_NEXT_PARAGRAPH = 1.45
_RIGHT_EDGE = 90
_LEAST = 3

STATISTICS: Final = ("slope_sd", "baseline_sd", "gap_cv", "drift", "scatter", "pitch_cv")


@dataclass(frozen=True, slots=True)
class PageStatistics:
    """A page's six statistics, and what they were measured on.

    `slope_sd` degrees between lines; `baseline_sd` x-heights of words about their line;
    `gap_cv` of gaps between words; `drift` of the left margin, degrees, positive to the
    right; `scatter` of line starts about it, x-heights; `pitch_cv` of the distance of lines.
    NaN where a page has too little of it. `slope` is the lines' mean slope, degrees upwards;
    `gap` and `pitch` are means, x-heights; `x_height` is in pixels of the picture.
    """

    slope_sd: float
    baseline_sd: float
    gap_cv: float
    drift: float
    scatter: float
    pitch_cv: float
    slope: float
    gap: float
    pitch: float
    x_height: float
    lines: int
    words: int
    slopes: int
    starts: int
    pitches: int

    @property
    def drift_x_heights(self) -> float:
        """How far the margin moves right from line to line, x-heights."""
        return math.tan(math.radians(self.drift)) * self.pitch


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """A line as its words lie: baseline y = a + b·along, and what is off it."""

    a: float
    b: float
    off: Floats
    reach: float
    words: Words

    @property
    def freedom(self) -> int:
        return len(self.off) - 2

    @property
    def left(self) -> float:
        return float(self.words.left[0])

    @property
    def right(self) -> float:
        return float(self.words.right[-1])


def measure(picture: Image.Image) -> PageStatistics:
    """Measure a picture of a written page, upright, without ruling, of any resolution.

    UnreadableError when it holds no lines of writing that can be told from each other.
    """
    enlarged = 1.0
    page = lines_of(ink_of(picture))
    if page.x_height < LEAST_X_HEIGHT:
        enlarged = math.ceil(_ENLARGED_TO / page.x_height)
        size = (round(picture.width * enlarged), round(picture.height * enlarged))
        page = lines_of(ink_of(picture.convert("L").resize(size, Image.Resampling.BICUBIC)))
    words = words_of(page)
    x_height = x_height_of(page, words)
    rows = [_row(line, own) for line, own in zip(page.lines, words, strict=True)]
    baseline_px = _spread([row.off for row in rows], sum(max(0, row.freedom) for row in rows))
    slopes, slope_sd = _slopes(rows, baseline_px)
    gaps = np.concatenate([own.gaps for own in words])
    drift, scatter, starts = _margin(page, rows, x_height)
    pitches = _pitches(rows, float(gaps.mean()))
    return PageStatistics(
        slope_sd=slope_sd,
        baseline_sd=baseline_px / x_height,
        gap_cv=variation(gaps),
        drift=drift,
        scatter=scatter,
        pitch_cv=variation(pitches),
        slope=float(slopes.mean()) if len(slopes) else math.nan,
        gap=float(gaps.mean()) / x_height,
        pitch=float(np.mean(pitches)) / x_height if len(pitches) else math.nan,
        x_height=x_height / enlarged,
        lines=len(rows),
        words=sum(len(own.left) for own in words),
        slopes=len(slopes),
        starts=starts,
        pitches=len(pitches),
    )


def _spread(off: list[Floats], freedom: int) -> float:
    if freedom < _LEAST:
        return math.nan
    return math.sqrt(sum(float((part * part).sum()) for part in off) / freedom)


def _row(line: Line, words: Words) -> _Row:
    """Fit a line to its words' baselines, each word counting once."""
    on = np.isfinite(words.up)
    along, up = words.middle[on], words.up[on]
    if len(along) < _LEAST:
        lift = float(np.median(up)) if len(up) else 0.0
        return _Row(line.a - lift, line.b, np.zeros(0), 0.0, words)
    rise, turn = robust_line(along, up)
    reach = float(((along - along.mean()) ** 2).sum())
    return _Row(line.a - rise, line.b - turn, up - rise - turn * along, reach, words)


def _slopes(rows: list[_Row], baseline_px: float) -> tuple[Floats, float]:
    """Return the slopes of the longer lines, degrees, and their spread.

    What the scatter of their words alone would make of it is taken off the variance.
    """
    width = max(row.right for row in rows) - min(row.left for row in rows)
    long = [
        row
        for row in rows
        if len(row.off) >= _WORDS_FOR_SLOPE and row.right - row.left >= _LENGTH_FOR_SLOPE * width
    ]
    slopes = np.degrees(np.arctan([-row.b for row in long]))
    if len(long) < _LEAST:
        return slopes, math.nan
    chance = np.mean([math.degrees(baseline_px / math.sqrt(row.reach)) ** 2 for row in long])
    return slopes, math.sqrt(max(0.0, float(slopes.var(ddof=1) - chance)))


def _margin(page: Page, rows: list[_Row], x_height: float) -> tuple[float, float, int]:
    """Return the margin's drift in degrees, the starts' scatter in x-heights, their number.

    A line's start is the first ink of its body and tall letters. A line of one word, and one
    that starts farther than 1.5 x-heights from the line through most starts, is no body
    line: it is indented, centred, or a closing.
    """
    starts, heights = [], []
    for line, row in zip(page.lines, rows, strict=True):
        if len(row.words.left) < _WORDS_FOR_MARGIN:
            continue
        up = row.a + row.b * line.x - line.y
        body = (up > ZONE_LOW * x_height) & (up < _START_HIGH * x_height)
        start = float(line.x[body].min())
        starts.append(start)
        heights.append(row.a + row.b * start)
    x, y = np.array(starts), np.array(heights)
    if len(x) < _LEAST + 1:
        return math.nan, math.nan, len(x)
    a, b = median_line(y, x)
    body = np.abs(x - a - b * y) < _MARGIN_WITHIN * x_height
    x, y = x[body], y[body]
    if len(x) < _LEAST + 1:
        return math.nan, math.nan, len(x)
    b, a = np.polyfit(y, x, 1)
    return (
        math.degrees(math.atan(b)),
        _spread([x - a - b * y], len(x) - 2) / x_height,
        len(x),
    )


def _pitches(rows: list[_Row], gap: float) -> Floats:
    """Return the distances of lines that follow each other in a paragraph, pixels.

    They are taken in the middle of what both lines share. A paragraph ends with a line after
    which the next one's first word would have had room, or where the distance is 1.45 times
    the usual one.
    """
    edge = float(np.percentile([row.right for row in rows], _RIGHT_EDGE))
    found = []
    within = []
    for upper, lower in pairwise(rows):
        left, right = max(upper.left, lower.left), min(upper.right, lower.right)
        middle = (left + right) / 2
        found.append(lower.a + lower.b * middle - upper.a - upper.b * middle)
        first_word = float(lower.words.right[0] - lower.words.left[0])
        within.append(upper.right + gap + first_word > edge)
    pitches = np.array(found)
    if not len(pitches):
        return pitches
    usual = float(np.median(pitches))
    kept: Floats = pitches[np.array(within) & (pitches < _NEXT_PARAGRAPH * usual)]
    return kept
