"""Where a set line stands on a panel: its left end, its ink, and where a panel may end.

Unit: points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fairhand.compose.skyline import Skyline, skylines

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        if after.role in ("valediction", "signature", "details"):
            continue
        return cut
    return count


_MOST_KEPT = 2048
_kept: dict[tuple[SetLine, float, float, float, float], Standing] = {}


class Standing(NamedTuple):
    """A set line on a panel: its left end, its skyline, and where its ink begins and ends."""

    left: float
    skyline: Skyline
    ink_left: float
    ink_right: float


def standing(
    lines: Sequence[SetLine], area_left: float, area_right: float, size: float, page_width: float
) -> list[Standing]:
    """Stand lines between the edges of the text area, at an em of `size`.

    What they are is kept, for most lines of a merge's notes come again.
    """
    keys = [(line, area_left, area_right, size, page_width) for line in lines]
    found = [_kept.get(key) for key in keys]
    new = [key for key, known in zip(keys, found, strict=True) if known is None]
    if not new:
        return found  # type: ignore[return-value]
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    stood = dict(zip(new, _stood([key[0] for key in new], *new[0][1:]), strict=True))
    _kept.update(stood)
    return [known or stood[key] for key, known in zip(keys, found, strict=True)]


def _stood(
    lines: Sequence[SetLine], area_left: float, area_right: float, size: float, page_width: float
) -> list[Standing]:
    lefts = [_left_end(line, area_left, area_right, size) for line in lines]
    skylines = _skylines(lines, lefts, size, page_width)
    found = []
    for line, left, skyline in zip(lines, lefts, skylines, strict=True):
        start, end = _ink_em(line)
        em = size * line.size
        found.append(Standing(left, skyline, left + start * em, left + end * em))
    return found


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


def _skylines(
    lines: Sequence[SetLine], lefts: Sequence[float], size: float, page_width: float
) -> list[Skyline]:
    """Return the skylines of set lines by their left ends."""
    words = [(number, word, x) for number, line in enumerate(lines) for word, x, _ in line.words]
    counts = [len(word.columns) for _, word, _ in words]
    tables = [word.columns for _, word, _ in words]
    table = np.concatenate(tables) if tables else np.zeros((0, 3))
    of = np.repeat(np.array([number for number, _, _ in words], dtype=np.int64), counts)
    em = np.array([size * line.size for line in lines])[of]
    step = np.repeat([word.column_em for _, word, _ in words], counts) * em
    x = np.repeat([x for _, _, x in words], counts)
    start = (table[:, 0] + x) * em + np.array(lefts)[of]
    return skylines(
        of, len(lines), start, start + step, table[:, 1] * em, table[:, 2] * em, page_width
    )
