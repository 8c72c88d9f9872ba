"""A number as a font sets it, put together of its figures, which no neighbour moves or changes.

To shape every key of a merge anew would take as long as to compose its cards.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fairhand.compose.page import ShapedWord
from fairhand.compose.shape import shape_word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairhand.hand.font import ShapedGlyph
    from fairhand.hand.hand import Hand


def figures(hand: Hand, text: str) -> ShapedWord:
    """Return a number of plain figures, each a glyph that stands for itself, as one word."""
    font = hand.font
    em = float(font.units_per_em)
    column_em = font.column_width / em
    at = 0
    pieces: list[tuple[_Digit, int]] = []
    for character in text:
        digit = _digit(hand, character)
        pieces.append((digit, at))
        at += digit.glyph.advance
    return ShapedWord(
        text=text,
        rtl=False,
        glyphs=tuple(digit.glyph for digit, _ in pieces),
        width_em=at / em,
        ink_left_em=min((digit.left + x) / em for digit, x in pieces),
        ink_right_em=max((digit.right + x) / em for digit, x in pieces) + column_em,
        body_left_em=min((digit.body_left + x) / em for digit, x in pieces),
        body_right_em=max((digit.body_right + x) / em for digit, x in pieces) + column_em,
        columns=np.concatenate([_columns(hand, digit.glyph.glyph, x) for digit, x in pieces]),
        column_em=column_em,
        plain=True,
    )


class _Digit(NamedTuple):
    """A digit, and the ends of its ink from its origin, in the font's units."""

    glyph: ShapedGlyph
    left: float
    right: float
    body_left: float
    body_right: float


@lru_cache(maxsize=256)
def _digit(hand: Hand, character: str) -> _Digit:
    em = float(hand.font.units_per_em)
    shaped = shape_word(hand, character, False, "en")
    (glyph,) = shaped.glyphs
    ends = (
        shaped.ink_left_em, shaped.ink_right_em - shaped.column_em,
        shaped.body_left_em, shaped.body_right_em - shaped.column_em,
    )  # fmt: skip
    return _Digit(glyph, *(round(end * em, 6) for end in ends))


@lru_cache(maxsize=4096)
def _columns(hand: Hand, glyph: int, x: int) -> NDArray[np.float64]:
    """Return the columns of a digit's ink that stands so many units to the right, em."""
    font = hand.font
    moved: NDArray[np.float64] = (font.columns(glyph) + np.array([x, 0, 0])) / font.units_per_em
    return moved
