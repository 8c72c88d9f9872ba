"""Where the ink of a written page lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairhand.write.page import WrittenPage, WrittenWord


def ink_extent(page: WrittenPage) -> Rect | None:
    """Return the rectangle about a page's writing, points; None when nothing is written."""
    return extent_of(word for line in page.lines for word in line.words)


def extent_of(words: Iterable[WrittenWord]) -> Rect | None:
    """Return the rectangle about the ink of some words, points; None when there is none."""
    xs: list[float] = []
    ys: list[float] = []
    for word in words:
        shaped = word.shaped
        if not len(shaped.columns):
            continue
        low = float(shaped.columns[:, 1].min())
        high = float(shaped.columns[:, 2].max())
        for x in (shaped.ink_left_em, shaped.ink_right_em):
            for y in (low, high):
                across, up = word.matrix.apply(x, y)
                xs.append(across)
                ys.append(up)
    return Rect(min(xs), min(ys), max(xs), max(ys)) if xs else None
