"""Where a set line stands on a panel: its left end, its ink, and where a panel may end.

Unit: points.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fairhand.compose.skyline import Skyline, skyline

if TYPE_CHECKING:
    from fairhand.compose.setting import SetLine


def good_cut(lines: list[SetLine], count: int) -> int:
    """Return a number of lines at most `count` after which a panel may end.

    No first line of a paragraph is left behind alone, no last line goes on alone, and the
    closing takes two lines of the body with it.
    """
    for cut in range(count, max(0, count - 4), -1):
        before, after = lines[cut - 1], lines[cut]
        if before.role == after.role == "body":
            if before.opens_part and not before.closes_part:
                continue
            if after.closes_part and not after.opens_part:
                continue
        if before.role in ("salutation", "heading"):
            continue
        if after.role in ("valediction", "signature"):
            continue
        return cut
    return count


class Standing(NamedTuple):
    """A set line on a panel: its left end, its skyline, and where its ink begins and ends."""

    left: float
    skyline: Skyline
    ink_left: float
    ink_right: float


@lru_cache(maxsize=8192)
def stood(
    line: SetLine, area_left: float, area_right: float, size: float, page_width: float
) -> Standing:
    """Stand a line between the edges of the text area, at an em of `size`."""
    em = size * line.size
    left = _left_end(line, area_left, area_right, size)
    start, end = _ink_em(line)
    skyline = _line_skyline(line, left, em, page_width)
    return Standing(left, skyline, left + start * em, left + end * em)


def _left_end(line: SetLine, area_left: float, area_right: float, size: float) -> float:
    """Return a line's left end in the text area by its alignment and indent."""
    width = line.width * size * line.size
    indent = line.indent * size
    match line.side:
        case "centre":
            return area_left + (area_right - area_left - width) / 2
        case "right":
            return area_right - width - (indent if line.rtl else 0.0)
        case _:
            return area_left + (0.0 if line.rtl else indent)


def _ink_em(line: SetLine) -> tuple[float, float]:
    inked = [(x, word) for word, x, _ in line.words if len(word.columns)]
    if not inked:
        return 0.0, 0.0
    return min(x + word.ink_left_em for x, word in inked), max(
        x + word.ink_right_em for x, word in inked
    )


def _line_skyline(line: SetLine, left: float, em: float, width: float) -> Skyline:
    words = [(word, x) for word, x, _ in line.words if len(word.columns)]
    if not words:
        empty = np.zeros(0)
        return skyline(empty, empty, empty, empty, width)
    table = np.concatenate([word.columns for word, _ in words])
    x = np.repeat([x for _, x in words], [len(word.columns) for word, _ in words])
    start = (table[:, 0] + x) * em + left
    step = words[0][0].column_em * em
    return skyline(start, start + step, table[:, 1] * em, table[:, 2] * em, width)
