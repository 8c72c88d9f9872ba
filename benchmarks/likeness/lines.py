"""Ink becomes lines of writing: which pixels belong to which, where each one stands.

Lines are the ridges of the page smoothed along the writing (far more than across), so they
may slope, bend and nearly touch. A line's baseline is fitted to the feet of its letters:
the lowest points of the ink where it turns up again, descenders left out.

Unit: pixels; `up` is the height above the baseline, `along` the place along the line once
the letters' slant is taken out (a pixel keeps its place on the baseline).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy import ndimage

from benchmarks.likeness.fits import robust_line
from benchmarks.likeness.ink import UnreadableError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.likeness.ink import Ink

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_PITCH_X_HEIGHTS = 3.2
_CELLS = 6.0
_SMOOTH_DOWN, _SMOOTH_ALONG = 0.5, 4.0
_FAINTEST_RIDGE = 0.25
_SHORTEST_RIDGE = 2.0
_SAME_LINE, _GHOST = 0.35, 0.5
_LARGEST_SLANT = 45.0
_DEEPEST = -1.2


class Look(NamedTuple):
    """Where feet are looked for, x-heights above a baseline: ink from `low` to `high` counts,

    a column with ink below `deep` holds a descender, a foot lies no higher than `foot`.
    """

    low: float
    high: float
    deep: float
    foot: float


NEAR: Final = Look(low=-0.45, high=0.75, deep=-0.33, foot=0.35)
FAR: Final = Look(low=-0.8, high=1.0, deep=-0.7, foot=0.75)
"""For a word that may stand far off its line."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One line: its baseline y = a + b·x in the picture, and its ink."""

    a: float
    b: float
    x: Floats
    y: Floats

    def up(self) -> Floats:
        """Return each pixel's height above the baseline."""
        return self.a + self.b * self.x - self.y


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """The lines of a picture from top to bottom; `lean` is the tangent of the slant."""

    lines: list[Line]
    x_height: float
    lean: float


@dataclass(frozen=True, eq=False)
class _Ridge:
    x: Floats
    y: Floats
    strength: Floats

    @cached_property
    def fit(self) -> tuple[float, float]:
        return robust_line(self.x, self.y, self.strength)

    def off(self, other: _Ridge) -> float:
        """Return how far another ridge's middle lies from this one's line."""
        a, b = self.fit if np.ptp(self.x) > 0 else (float(self.y.mean()), 0.0)
        return abs(float(other.y.mean()) - a - b * float(other.x.mean()))

    def shared(self, other: _Ridge) -> float:
        """Return over how many pixels both run side by side; negative when apart."""
        return float(min(self.x.max(), other.x.max()) - max(self.x.min(), other.x.min()))


def lines_of(ink: Ink) -> Page:
    """Find the lines of a page; UnreadableError when there are fewer than three."""
    pitch = _pitch(ink)
    x_height = pitch / _PITCH_X_HEIGHTS
    for _ in range(3):
        ridges = _ridges(ink, x_height, pitch)
        if len(ridges) < 3:
            raise UnreadableError("There are fewer than three lines of writing in this picture.")
        owner = _owners(ink, ridges, x_height)
        bottom, top = _x_zone(ink, ridges, owner, x_height)
        close = abs(math.log((top - bottom) / x_height)) < 0.2
        x_height = top - bottom
        if close:
            break
    starts = []
    for index, ridge in enumerate(ridges):
        a, b = ridge.fit
        mine = owner == index
        x, y = ink.x[mine].astype(np.float64), ink.y[mine].astype(np.float64)
        if len(x):
            starts.append((a - bottom, b, x, y))
    lean = _lean(starts, x_height)
    lines = [_on_its_feet(*start, lean, x_height) for start in starts]
    lines.sort(key=lambda line: line.a + line.b * float(line.x.mean()))
    return Page(lines, x_height, lean)


def _pitch(ink: Ink) -> float:
    """Return the usual distance of lines: the first strong period of narrow strips of the page.

    Strips are narrow so that sloping lines stay apart in them.
    """
    usual = float(np.median(ink.heights))
    height, width = ink.mask.shape
    total = np.zeros(height)
    for strip in np.array_split(np.arange(width), max(4, int(width / (8 * usual)))):
        profile = ink.mask[:, strip[0] : strip[-1] + 1].sum(axis=1).astype(np.float64)
        profile = ndimage.gaussian_filter1d(profile, 0.35 * usual)
        spectrum = np.fft.rfft(profile - profile.mean(), 2 * height)
        total += np.fft.irfft(spectrum * np.conj(spectrum))[:height]
    last = min(height - 1, int(7 * usual))
    peaks = [
        lag
        for lag in range(max(1, int(1.2 * usual)), last)
        if total[lag] >= total[lag - 1] and total[lag] > total[lag + 1]
    ]
    if not peaks:
        return _PITCH_X_HEIGHTS * usual
    strongest = max(total[lag] for lag in peaks)
    return float(next(lag for lag in peaks if total[lag] >= 0.75 * strongest))


def _ridges(ink: Ink, x_height: float, pitch: float) -> list[_Ridge]:
    """Find where writing runs: crests of the smoothed ink, joined to one ridge for each line."""
    cell = max(1, round(x_height / _CELLS))
    rows, columns = ink.mask.shape[0] // cell, ink.mask.shape[1] // cell
    cut = ink.mask[: rows * cell, : columns * cell]
    coarse = cut.reshape(rows, cell, columns, cell).mean(axis=(1, 3))
    blur = (_SMOOTH_DOWN * x_height / cell, _SMOOTH_ALONG * x_height / cell)
    smooth = ndimage.gaussian_filter(coarse, blur, mode="constant")
    strong = float(np.percentile(smooth[smooth > 0.05 * smooth.max()], 90))
    crest = np.zeros(smooth.shape, dtype=np.bool_)
    middle = smooth[1:-1]
    crest[1:-1] = (
        (middle >= smooth[:-2]) & (middle > smooth[2:]) & (middle > _FAINTEST_RIDGE * strong)
    )
    labels, count = ndimage.label(ndimage.binary_dilation(crest, np.ones((3, 1))), np.ones((3, 3)))
    y, x = np.nonzero(crest)
    of = labels[y, x]
    pieces = []
    for number in range(1, count + 1):
        mine = of == number
        if mine.sum() * cell >= _SHORTEST_RIDGE * x_height:
            pieces.append(
                _Ridge((x[mine] + 0.5) * cell, (y[mine] + 0.5) * cell, smooth[y[mine], x[mine]])
            )
    return _without_ghosts(_joined(pieces, x_height, pitch), pitch)


def _joined(pieces: list[_Ridge], x_height: float, pitch: float) -> list[_Ridge]:
    """Join pieces that follow each other on one line, as after a wide gap."""
    joined: list[_Ridge] = []
    for piece in sorted(pieces, key=lambda ridge: float(ridge.x.min())):
        near = [
            (other.off(piece), index)
            for index, other in enumerate(joined)
            if other.shared(piece) <= 2 * x_height and other.off(piece) < _SAME_LINE * pitch
        ]
        if not near:
            joined.append(piece)
            continue
        index = min(near)[1]
        other = joined[index]
        joined[index] = _Ridge(
            np.concatenate((other.x, piece.x)),
            np.concatenate((other.y, piece.y)),
            np.concatenate((other.strength, piece.strength)),
        )
    return joined


def _without_ghosts(ridges: list[_Ridge], pitch: float) -> list[_Ridge]:
    """Drop what runs too near beside a stronger ridge: a row of ascenders is no line."""
    kept: list[_Ridge] = []
    for ridge in sorted(ridges, key=lambda ridge: -float(ridge.strength.sum())):
        beside = [other for other in kept if other.shared(ridge) > 0.3 * float(np.ptp(ridge.x))]
        if all(other.off(ridge) >= _GHOST * pitch for other in beside):
            kept.append(ridge)
    return kept


def _owners(ink: Ink, ridges: list[_Ridge], x_height: float) -> Ints:
    """Give every pixel its line: that of its piece, or the nearest where a piece spans two."""
    nearest = np.full(len(ink.y), np.inf)
    owner = np.full(len(ink.y), -1, dtype=np.int64)
    for index, ridge in enumerate(ridges):
        a, b = ridge.fit
        ends = a + b * np.array([0.0, ink.mask.shape[1]])
        reach = 3 * x_height
        part = slice(*np.searchsorted(ink.y, [ends.min() - reach, ends.max() + reach]))
        x = ink.x[part]
        off = np.abs(ink.y[part] - a - b * x)
        off[(x < ridge.x.min() - reach) | (x > ridge.x.max() + reach) | (off > reach)] = np.inf
        nearer = off < nearest[part]
        nearest[part][nearer] = off[nearer]
        owner[part][nearer] = index
    count = len(ridges)
    central = nearest < 0.6 * x_height
    votes = np.bincount(
        ink.piece[central] * count + owner[central],
        minlength=(int(ink.piece.max()) + 1) * count,
    ).reshape(-1, count)
    cast = votes.sum(axis=1)
    clear = (cast > 0) & (votes.max(axis=1) >= 0.8 * cast)
    whole: Ints = np.where(clear[ink.piece], votes.argmax(axis=1)[ink.piece], owner)
    return whole


def _x_zone(ink: Ink, ridges: list[_Ridge], owner: Ints, x_height: float) -> tuple[float, float]:
    """Return the bottom and top of the small letters, as heights above the ridges.

    They are where the lines' ink, summed row by row, falls to half.
    """
    reach = int(2.5 * x_height)
    profile = np.zeros(2 * reach + 1)
    for index, ridge in enumerate(ridges):
        a, b = ridge.fit
        mine = owner == index
        row = np.round(a + b * ink.x[mine] - ink.y[mine]).astype(np.int64) + reach
        row = row[(row >= 0) & (row <= 2 * reach)]
        profile += np.bincount(row, minlength=2 * reach + 1)
    profile = ndimage.gaussian_filter1d(profile, 0.06 * x_height)
    # The rows of the x-zone are the fullest tenth or so of five x-heights.
    half = 0.5 * float(np.percentile(profile, 93))
    low = high = reach
    while low > 0 and profile[low] > half:
        low -= 1
    while high < 2 * reach and profile[high] > half:
        high += 1
    if high - low < 3:
        raise UnreadableError("No lines of writing can be told from each other in this picture.")
    return low + 0.5 - reach, high - 0.5 - reach


def _lean(starts: list[tuple[float, float, Floats, Floats]], x_height: float) -> float:
    """Return the tangent of the slant that makes the columns of ink most uneven."""
    along, up, first = [], [], 0.0
    for a, b, x, y in starts:
        height = a + b * x - y
        near = (height > -0.1 * x_height) & (height < 2.2 * x_height)
        along.append(x[near] + first)
        up.append(height[near])
        first += float(x.max()) + 4 * x_height if len(x) else 0.0
    place, height = np.concatenate(along), np.concatenate(up)

    def unevenness(degrees: float) -> float:
        shifted = place - height * math.tan(math.radians(degrees)) + 3 * x_height
        columns = np.bincount(np.maximum(shifted, 0).astype(np.int64)).astype(np.float64)
        return float((columns * columns).sum())

    coarse = max(np.arange(-20.0, _LARGEST_SLANT + 1, 5.0), key=unevenness)
    best = max(coarse + np.array([-2.5, -1.25, 0.0, 1.25, 2.5]), key=unevenness)
    return math.tan(math.radians(float(best)))


def _on_its_feet(a: float, b: float, x: Floats, y: Floats, lean: float, x_height: float) -> Line:
    """Fit a line's baseline to the feet of its letters."""
    for _ in range(3):
        up = a + b * x - y
        along = x - up * lean
        foot_along, foot_up = feet(along, up, x_height, NEAR)
        if len(foot_along) < 3:
            break
        rise, turn = robust_line(foot_along + foot_up * lean, foot_up)
        a, b = a - rise, b - turn
    return Line(a, b, x, y)


def feet(along: Floats, up: Floats, x_height: float, look: Look) -> tuple[Floats, Floats]:
    """Return the places and heights of letters' feet: where the lower edge of ink turns up.

    Columns with ink far below the baseline are descenders and have no foot.
    """
    first = int(np.floor(along.min())) - 2
    column = np.floor(along).astype(np.int64) - first
    count = int(column.max()) + 4
    near = (up > look.low * x_height) & (up < look.high * x_height)
    edge = np.full(count, np.inf)
    np.minimum.at(edge, column[near], up[near])
    deep = np.zeros(count, dtype=np.bool_)
    deep[column[(up <= look.deep * x_height) & (up > _DEEPEST * x_height)]] = True
    edge[ndimage.binary_dilation(deep, iterations=max(1, int(0.12 * x_height)))] = np.inf
    reach = max(1, int(0.2 * x_height))
    lowest = ndimage.minimum_filter1d(edge, 2 * reach + 1, mode="constant", cval=np.inf)
    turns = np.isfinite(edge) & (edge <= lowest) & (edge < look.foot * x_height)
    labels, found = ndimage.label(turns)
    if not found:
        return np.zeros(0), np.zeros(0)
    middles = ndimage.mean(np.arange(count), labels, np.arange(1, found + 1))
    heights = ndimage.mean(np.where(turns, edge, 0.0), labels, np.arange(1, found + 1))
    return np.asarray(middles) + first + 0.5, np.asarray(heights)
