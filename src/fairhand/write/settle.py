"""From motions to places: words in a row, lines clear of each other, ink inside the page.

What the effects wish is kept as far as a person would: a gap never closes below what can
be read, a line that grew too long closes up its gaps and then its letters, lines that would
touch move apart, and ink stays in the safe area. Unit: points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from fairhand.compose.skyline import Skyline, needed, settle, skyline
from fairhand.geometry import Affine
from fairhand.hand.forms import REACH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairhand.compose.page import ComposedLine, ComposedPage, ComposedWord
    from fairhand.write.motion import Motion

    Floats = NDArray[np.float64]

_LEAST_GAP = 0.8
"""The least visible gap between words, x-heights (narrower ones read as one word)."""

_LEAST_CLEARANCE = 0.04
"""The least distance of two lines' inks, x-heights."""

PARAGRAPH_KEEPS = 0.95
"""What the distance of two paragraphs keeps at least of what was composed, a factor."""

_MOST_SQUEEZE = 0.93
"""Letters of a full line are written no narrower than this factor."""

_BULGE = 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """A motion with every array at full length: m lines, n words."""

    start: Floats
    rise: Floats
    slope: Floats
    bend: Floats
    gap: Floats
    lift: Floats
    turn: Floats
    slant: Floats
    size: Floats
    width: Floats


def spread(motion: Motion, lines: int, words: int) -> Spread:
    """Return the motion with single numbers repeated for every line or word."""

    def full(value: Floats | float, count: int) -> Floats:
        return np.broadcast_to(np.asarray(value, dtype=np.float64), (count,))

    return Spread(
        *(full(getattr(motion, name), lines) for name in ("start", "rise", "slope", "bend")),
        *(
            full(getattr(motion, name), words)
            for name in ("gap", "lift", "turn", "slant", "size", "width")
        ),
    )


def settled_words(page: ComposedPage, motion: Spread, strength: float) -> list[list[Affine]] | None:
    """Return each word's matrix, line by line; None when the page cannot hold so much motion."""
    placed: list[_Line] = []
    first = 0
    reach = REACH * strength
    for number, line in enumerate(page.lines):
        last = first + len(line.words)
        placed.append(_line(page, line, motion, number, slice(first, last), reach))
        first = last
    wished = [
        line.y + motion.rise[number] * page.x_height_em * line.size
        for number, line in enumerate(page.lines)
    ]
    baselines = _baselines(page, wished, [line.skyline for line in placed])
    if baselines is None:
        return None
    result = []
    for row, y in zip(placed, baselines, strict=True):
        if not row.inside or _trespasses(page, row, y):
            return None
        result.append([matrix._replace(f=float(matrix.f + y)) for matrix in row.matrices])
    return result


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    matrices: list[Affine]
    skyline: Skyline
    ink: tuple[float, float]
    inside: bool


def _line(
    page: ComposedPage, line: ComposedLine, motion: Spread, number: int, part: slice, reach: float
) -> _Line:
    """Put one line's words in a row; baselines are relative to the line's own."""
    em = line.size
    x_height = page.x_height_em * em
    words = line.words
    if not words:
        empty = np.zeros(0)
        return _Line(
            [], skyline(empty, empty, empty, empty, page.size.width), ink=(0.0, 0.0), inside=True
        )
    scale_y = 1.0 + motion.size[part]
    scale_x = scale_y * (1.0 + motion.width[part])
    advance = np.array([w.shaped.width_em for w in words]) * em
    body_left = np.array([w.shaped.body_left_em for w in words]) * em
    body_right = np.array([w.shaped.body_right_em for w in words]) * em
    composed_x = np.array([w.x for w in words])
    gaps = composed_x[1:] - composed_x[:-1] - advance[:-1]
    # Inside a word (a change of direction, a break after a hyphen) there is no gap to vary.
    between = np.array([w.spaced for w in words[:-1]], dtype=bool)
    wished = np.where(between, gaps * (1.0 + motion.gap[part][1:]), gaps)
    bearings = (advance - body_right)[:-1] + body_left[1:]
    floor = np.minimum(gaps, _LEAST_GAP * x_height - bearings)
    wished = np.where(between, np.maximum(wished, floor), wished)
    composed_total = float(composed_x[-1] + advance[-1] - composed_x[0])
    origin = float(composed_x[0]) + motion.start[number] * x_height
    room = _room(page, line, origin, origin + composed_total, reach * x_height)
    scale_x, wished = _closed_up(advance, scale_x, wished, floor, between, room)

    x = np.concatenate(([0.0], np.cumsum(advance[:-1] * scale_x[:-1] + wished)))
    total = float(x[-1] + advance[-1] * scale_x[-1])
    if line.align == "right":
        origin += composed_total - total
    elif line.align == "centre":
        origin += (composed_total - total) / 2
    x = x + origin

    middle = x + 0.5 * advance * scale_x - origin
    u = middle / max(total, 1.0)
    bend = motion.bend[number] * x_height
    rise = motion.slope[number] * middle + bend * 4.0 * u * (1.0 - u)
    turn = motion.turn[part] + motion.slope[number] + bend * 4.0 * (1.0 - 2.0 * u) / max(total, 1.0)
    y = rise + motion.lift[part] * x_height
    # The word turns about its middle, so its left end starts lower when it climbs.
    y = y - turn * 0.5 * advance * scale_x
    slant = motion.slant[part]
    a, b = scale_x * em, turn * scale_x * em
    c, d = (slant - turn) * scale_y * em, scale_y * em
    ink, sky = _ink(page, words, a, b, c, d, x, y, reach * x_height)
    shift = _into(page, ink)
    if shift:
        x = x + shift
        ink, sky = _ink(page, words, a, b, c, d, x, y, reach * x_height)
    inside = ink[0] >= page.safe.left - 0.01 and ink[1] <= page.safe.right + 0.01
    matrices = [
        Affine(*(float(value) for value in row)) for row in np.stack([a, b, c, d, x, y], axis=1)
    ]
    return _Line(matrices, sky, ink, inside)


def _room(page: ComposedPage, line: ComposedLine, left: float, right: float, reach: float) -> float:
    """Return how long a line may grow from the end at which it is held.

    It may stand out over the block by `_BULGE` of its width, as people squeeze a last word
    in, but never over the safe area.
    """
    over = _BULGE * page.block.width
    ends_at = min(page.safe.right, max(page.block.right, right) + over) - reach
    starts_at = max(page.safe.left, min(page.block.left, left) - over) + reach
    match line.align:
        case "left":
            return ends_at - left
        case "right":
            return right - starts_at
        case _:
            return 2 * min(ends_at - (left + right) / 2, (left + right) / 2 - starts_at)


def _closed_up(
    advance: Floats, scale_x: Floats, wished: Floats, floor: Floats,
    between: NDArray[np.bool_], room: float,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Return word widths and gaps that fit: first the gaps close up, then the letters."""
    length = float((advance * scale_x).sum() + wished.sum())
    if length <= room:
        return scale_x, wished
    slack = np.where(between, np.maximum(0.0, wished - floor), 0.0)
    spare = float(slack.sum())
    if spare > 0:
        wished = wished - slack * min(1.0, (length - room) / spare)
        length = float((advance * scale_x).sum() + wished.sum())
    if length > room:
        widths = float((advance * scale_x).sum())
        scale_x = scale_x * max(_MOST_SQUEEZE, 1.0 - (length - room) / max(widths, 1.0))
    return scale_x, wished


def _ink(
    page: ComposedPage, words: tuple[ComposedWord, ...], a: Floats, b: Floats, c: Floats,
    d: Floats, x: Floats, y: Floats, reach: float,
) -> tuple[tuple[float, float], Skyline]:  # fmt: skip
    """Return the ink's left and right end and the line's skyline, widened by the forms' reach."""
    tables = [w.shaped.columns for w in words]
    counts = [len(table) for table in tables]
    if not sum(counts):
        empty = np.zeros(0)
        return (page.safe.left, page.safe.left), skyline(
            empty, empty, empty, empty, page.size.width
        )
    table = np.concatenate(tables)
    step = words[0].shaped.column_em
    a, b, c, d, x, y = (np.repeat(v, counts) for v in (a, b, c, d, x, y))
    left, low, high = table.T
    right = left + step
    # A slanted column leans: its foot and its head reach to different sides.
    foot, head = c * low, c * high
    x_min = x + a * left + np.minimum(foot, head) - reach
    x_max = x + a * right + np.maximum(foot, head) + reach
    tilt = np.minimum(b * left, b * right), np.maximum(b * left, b * right)
    y_min = y + tilt[0] + d * low - reach
    y_max = y + tilt[1] + d * high + reach
    sky = skyline(x_min, x_max, y_min, y_max, page.size.width)
    return (float(x_min.min()), float(x_max.max())), sky


def _trespasses(page: ComposedPage, line: _Line, y: float) -> bool:
    """Tell whether a line's ink would stand where the page must be kept clear."""
    return any(
        line.ink[1] > zone.left
        and line.ink[0] < zone.right
        and y + line.skyline.highest > zone.bottom
        and y + line.skyline.lowest < zone.top
        for zone in page.keep_clear
    )


def _into(page: ComposedPage, ink: tuple[float, float]) -> float:
    """Return how far a line must move sideways to stand in the safe area."""
    if ink[0] < page.safe.left:
        return page.safe.left - ink[0]
    if ink[1] > page.safe.right:
        return max(page.safe.right - ink[1], page.safe.left - ink[0])
    return 0.0


def _baselines(page: ComposedPage, wished: list[float], lines: list[Skyline]) -> list[float] | None:
    """Return baselines near the wished ones with all ink clear and inside; None if impossible."""
    if not lines:
        return []
    gap = _LEAST_CLEARANCE * page.x_height_em * page.lines[0].size
    top = [min(w, page.safe.top - s.highest) for w, s in zip(wished, lines, strict=True)]
    least = [
        PARAGRAPH_KEEPS * (page.lines[i - 1].y - line.y) if i and line.apart else 0.0
        for i, line in enumerate(page.lines)
    ]
    down = settle(top, lines, gap, least)
    # From below upwards: what stands too low moves up, and pushes what is above it.
    up = list(down)
    for index in range(len(up) - 1, -1, -1):
        up[index] = max(up[index], page.safe.bottom - lines[index].lowest)
        if index + 1 < len(up):
            up[index] = max(up[index], up[index + 1] + least[index + 1])
        for below in range(index + 1, min(len(up), index + 3)):
            up[index] = max(up[index], up[below] + needed(lines[index], lines[below], gap))
    if any(y + s.highest > page.safe.top + 0.01 for y, s in zip(up, lines, strict=True)):
        return None
    return up
