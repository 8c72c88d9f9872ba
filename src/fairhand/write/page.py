"""A written page: finished data, ready to be drawn by any exporter.

Unit: points; origin: the panel's lower left corner; y runs up. A word's `matrix` takes the
font's em square (1 em = 1 unit) to the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fairhand.art.drawing import Drawn
    from fairhand.compose.page import ShapedWord
    from fairhand.geometry import Affine, Rect, Size
    from fairhand.hand.hand import Hand
    from fairhand.stationery.model import Ink


class WrittenWord(NamedTuple):
    """A word as written: which form of each glyph, and the matrix of the whole word.

    `weight` is added to the width of its strokes (x-heights, before the matrix), `tone` is
    how much of the ink it has: 1 is full.
    """

    shaped: ShapedWord
    forms: tuple[int, ...]
    matrix: Affine
    spaced: bool
    weight: float = 0.0
    tone: float = 1.0


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """The words of one line, from left to right."""

    words: tuple[WrittenWord, ...]


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """One panel or envelope. `strength` is that of its letters' forms; 0 is exact type.

    `under` lies under the writing: ruled lines, and the art of a front.
    """

    name: str
    size: Size
    safe: Rect
    lines: tuple[WrittenLine, ...]
    under: tuple[Drawn, ...]
    hand: Hand
    ink: Ink
    strength: float
