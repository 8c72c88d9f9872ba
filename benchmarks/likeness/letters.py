"""How much the drawings of one letter differ, and whether joined letters join.

Measured on outlines, not on pictures: every letter is given as places along its edge, the
same places for every drawing of one glyph. Lengths are ems, points on the page, or shares
of the letter's height.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST_DRAWINGS = 6
"""A letter is counted when it was drawn so often."""

WITHIN = 12
"""So many letters back a letter is compared with its like."""

ALIKE = 0.01
"""Two drawings are equal where no place differs by more than this share of their height."""

DOUBLES = ("ll", "ee", "tt", "oo")
_TOUCH, _TORN = 0.03, 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """One letter as drawn: k places (k, 2) along its edge.

    `drawn` and `own` (the font's own outline) are where it stands in its word, em; `page`
    is on the page, points. `body` tells which places are not dots or accents.
    """

    text: str
    glyph: int
    drawn: Floats
    own: Floats
    page: Floats
    body: NDArray[np.bool_]
    x_height: float


@dataclass(frozen=True, slots=True)
class LetterStatistics:
    """Of the drawings of one letter, the median over the letters that are frequent enough.

    `height_cv`, `width_cv`: of their boxes. `shape`: RMS deviation from their mean drawing
    as a share of its height, `warp` what is left of it after the best affine fit. `doubles`:
    RMS difference of doubled letters, the same share. `equal`: letters drawn as one of the
    last twelve or as one right above. `torn` of `joins` pairs do not touch that do in the font.
    """

    height_cv: float
    width_cv: float
    shape: float
    warp: float
    doubles: float
    equal: int
    joins: int
    torn: int
    letters: int


Page = list[list[list[Letter]]]
"""Lines of words of letters."""


def letter_statistics(pages: Iterable[Page]) -> LetterStatistics:
    """Measure the letters of some pages that are written in one hand."""
    pages = list(pages)
    of_glyph: dict[int, list[Letter]] = defaultdict(list)
    for letter in _all(pages):
        if letter.text.isalpha():
            of_glyph[letter.glyph].append(letter)
    groups = [group for group in of_glyph.values() if len(group) >= LEAST_DRAWINGS]
    boxes = [np.array([np.ptp(one.page[one.body], axis=0) for one in group]) for group in groups]
    variations = np.array([box.std(axis=0, ddof=1) / box.mean(axis=0) for box in boxes])
    shapes = np.array([_shape(group) for group in groups])
    pairs = list(chain.from_iterable(_doubles(page) for page in pages))
    joins, torn = _joins(pages)
    return LetterStatistics(
        height_cv=_median(variations[:, 1]) if groups else math.nan,
        width_cv=_median(variations[:, 0]) if groups else math.nan,
        shape=_median(shapes[:, 0]) if groups else math.nan,
        warp=_median(shapes[:, 1]) if groups else math.nan,
        doubles=_median(np.array([difference(one, other) for one, other in pairs])),
        equal=sum(_equal(page) for page in pages),
        joins=joins,
        torn=torn,
        letters=len(groups),
    )


def _median(values: Floats) -> float:
    return float(np.median(values)) if len(values) else math.nan


def _all(pages: Iterable[Page]) -> Iterable[Letter]:
    return (letter for page in pages for line in page for word in line for letter in word)


def _shape(group: list[Letter]) -> tuple[float, float]:
    """Return the RMS deviation from the mean drawing, as it is and after the best affine fit."""
    drawn = np.array([one.page[one.body] for one in group])
    drawn = drawn - drawn.mean(axis=1, keepdims=True)
    mean = drawn.mean(axis=0)
    height = float(np.ptp(mean[:, 1]))
    fit = np.linalg.pinv(mean)
    left = drawn - mean @ (fit @ drawn)
    # The mean is made of the drawings themselves, so they lie a little too near to it.
    freedom = len(group) / (len(group) - 1)
    as_is, after = (
        math.sqrt(freedom * float((off * off).sum(axis=2).mean())) / height
        for off in (drawn - mean, left)
    )
    return as_is, after


def difference(one: Letter, other: Letter) -> float:
    """Return the RMS difference of two drawings of a glyph, laid over each other, of its height."""
    a, b = one.page[one.body], other.page[other.body]
    off = (a - a.mean(axis=0)) - (b - b.mean(axis=0))
    return math.sqrt(float((off * off).sum(axis=1).mean())) / float(np.ptp(a[:, 1]))


def _doubles(page: Page) -> Iterable[tuple[Letter, Letter]]:
    for word in chain.from_iterable(page):
        for one, other in pairwise(word):
            if one.text + other.text in DOUBLES and one.glyph == other.glyph:
                yield one, other


def _equal(page: Page) -> int:
    """Count letters drawn like one of the last twelve on their line, or like one right above."""
    lines = [[letter for word in line for letter in word if letter.text] for line in page]
    count = 0
    for line in lines:
        for (i, one), (j, other) in combinations(enumerate(line), 2):
            count += j - i <= WITHIN and _alike(one, other)
    for upper, lower in pairwise(lines):
        ends = [(letter.page[:, 0].min(), letter.page[:, 0].max()) for letter in upper]
        for letter in lower:
            left, right = letter.page[:, 0].min(), letter.page[:, 0].max()
            count += any(
                _alike(letter, above)
                for above, (start, end) in zip(upper, ends, strict=True)
                if start < right and left < end
            )
    return count


def _alike(one: Letter, other: Letter) -> bool:
    if one.glyph != other.glyph:
        return False
    off = (one.drawn - one.drawn.mean(axis=0)) - (other.drawn - other.drawn.mean(axis=0))
    return bool(np.abs(off).max() <= ALIKE * np.ptp(one.drawn, axis=0).max())


def _joins(pages: Iterable[Page]) -> tuple[int, int]:
    """Count neighbours in a word that touch as the font draws them, and those torn as written.

    They touch where their edges come within 0.03 x-heights, the distance of the places at
    which the edges are looked at; a gap of 0.05 is one that can be seen.
    """
    joins = torn = 0
    touching: dict[tuple[int, int, float], bool] = {}
    for word in (word for page in pages for line in page for word in line):
        for one, other in pairwise(word):
            key = (one.glyph, other.glyph, round(float(other.own[0, 0] - one.own[0, 0]), 5))
            if key not in touching:
                touching[key] = _apart(one.own, other.own) <= _TOUCH * one.x_height
            if touching[key]:
                joins += 1
                torn += _apart(one.drawn, other.drawn) > _TORN * one.x_height
    return joins, torn


def _apart(one: Floats, other: Floats) -> float:
    distances, _ = cKDTree(one).query(other)
    return float(distances.min())


def sampling(points: Floats, on_curve: NDArray[np.bool_], ends: NDArray[np.int64],
             apart: float) -> Floats:  # fmt: skip
    """Return the matrix (k, n) that makes k places along the edge of an outline of its n points.

    TrueType contours: quadratic curves, with points implied midway between two controls
    (OpenType 1.9, "glyf"). Places are about `apart` font units from each other.
    """
    identity = np.eye(len(points))
    rows: list[Floats] = []
    start = 0
    for end in ends:
        nodes: list[tuple[Floats, bool]] = []
        indices = range(start, int(end) + 1)
        for index in indices:
            before = index - 1 if index > start else int(end)
            if not on_curve[index] and not on_curve[before]:
                nodes.append(((identity[before] + identity[index]) / 2, True))
            nodes.append((identity[index], bool(on_curve[index])))
        start = int(end) + 1
        first = next(i for i, (_, on) in enumerate(nodes) if on)
        nodes = [*nodes[first:], *nodes[: first + 1]]
        here = nodes[0][0]
        control = None
        for node, on in nodes[1:]:
            if not on:
                control = node
                continue
            middle = (here + node) / 2 if control is None else control
            way = [(np.hypot(*((p - q) @ points))) for p, q in ((here, middle), (middle, node))]
            count = max(1, math.ceil(sum(way) / apart))
            t = (np.arange(count) / count)[:, None]
            rows.append((1 - t) ** 2 * here + 2 * t * (1 - t) * middle + t**2 * node)
            here, control = node, None
    return np.concatenate(rows)
