"""A composed page: finished data, no font engine and no canvas in it.

Unit: points; origin: the panel's lower left corner; y runs up. "_em" is a fraction of the
line's `size`, which is the length of the em in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairhand.geometry import Rect, Size
    from fairhand.hand.font import ShapedGlyph
    from fairhand.layout.model import Align, Role
    from fairhand.stationery.model import Ink


@dataclass(frozen=True, slots=True, eq=False)
class ShapedWord:
    """A word, or the part of one that runs in one direction, as the font sets it.

    `ink_…` are the ends of all its ink, `body_…` of what lies about the x-height, which is
    what the eye takes for the word's ends. `columns` are rows of (left edge, lowest ink,
    highest ink), em; `column_em` their width.
    `plain` tells that the glyphs' texts, read in the word's direction, spell it.
    """

    text: str
    rtl: bool
    glyphs: tuple[ShapedGlyph, ...]
    width_em: float
    ink_left_em: float
    ink_right_em: float
    body_left_em: float
    body_right_em: float
    columns: NDArray[np.float64]
    column_em: float
    plain: bool


class ComposedWord(NamedTuple):
    """A word at its place: `x` is the left end of its advance; a space follows in the text."""

    shaped: ShapedWord
    x: float
    spaced: bool


@dataclass(frozen=True, slots=True)
class ComposedLine:
    """A line: its words from left to right on the baseline `y`.

    `apart` tells that it stands apart from the line above, as a new paragraph does.
    """

    role: Role
    field: str
    words: tuple[ComposedWord, ...]
    y: float
    size: float
    align: Align
    rtl: bool
    apart: bool = False


@dataclass(frozen=True, slots=True)
class ComposedPage:
    """One panel or envelope: its lines, where ink may stand (`safe`) and text should (`block`).

    No ink stands in `keep_clear` (a stamp's place, the zone that a post prints its code in).
    """

    name: str
    size: Size
    safe: Rect
    block: Rect
    lines: tuple[ComposedLine, ...]
    x_height_em: float
    space_em: float
    pitch: float
    rules: tuple[float, ...] = ()
    rule_width: float = 0.0
    rule_ink: Ink | None = None
    keep_clear: tuple[Rect, ...] = ()

    @property
    def text(self) -> str:
        """The words of the page in order, a line each."""
        return "\n".join(
            "".join(word.shaped.text + (" " if word.spaced else "") for word in line.words)
            for line in self.lines
        )
