"""Where a set line stands on a panel: its left end, its ink, and where a panel may end.

Unit: points.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from fairhand.compose.skyline import Skyline, skyline

if TYPE_CHECKING:
    from fairhand.compose.setting import SetLine
    from fairhand.geometry import Rect


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


def left_end(line: SetLine, area: Rect, size: float) -> float:
    """Return a line's left end in the text area by its alignment and indent."""
    width = line.width * size * line.size
    indent = line.indent * size
    match line.side:
        case "centre":
            return area.left + (area.width - width) / 2
        case "right":
            return area.right - width - (indent if line.rtl else 0.0)
        case _:
            return area.left + (0.0 if line.rtl else indent)


def ink_edges(line: SetLine, left: float, size: float) -> tuple[float, float]:
    """Return where a line's ink begins and ends."""
    em = size * line.size
    start, end = _ink_em(line)
    return left + start * em, left + end * em


@lru_cache(maxsize=4096)
def _ink_em(line: SetLine) -> tuple[float, float]:
    inked = [(x, word) for word, x, _ in line.words if len(word.columns)]
    if not inked:
        return 0.0, 0.0
    return min(x + word.ink_left_em for x, word in inked), max(
        x + word.ink_right_em for x, word in inked
    )


@lru_cache(maxsize=4096)
def line_skyline(line: SetLine, left: float, size: float, width: float) -> Skyline:
    """Return the skyline of a set line whose left end stands at `left` (points)."""
    em = size * line.size
    columns = [word.columns + np.array([x, 0.0, 0.0]) for word, x, _ in line.words]
    if not columns:
        empty = np.zeros(0)
        return skyline(empty, empty, empty, empty, width)
    table = np.concatenate(columns) * em
    start = table[:, 0] + left
    step = line.words[0][0].column_em * em
    return skyline(start, start + step, table[:, 1], table[:, 2], width)
