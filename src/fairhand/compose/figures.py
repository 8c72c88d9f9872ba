"""Numbers put together of their digits: there are too many to shape each by itself."""

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


class _Digit(NamedTuple):
    """A digit, and the ends of its ink from its origin, in the font's units."""

    glyph: ShapedGlyph
    left: float
    right: float
    body_left: float
    body_right: float


def shaped_number(digits: str, hand: Hand) -> ShapedWord:
    """Return a row of digits as `shape.shape_word` does, in a hand whose digits let each other be.

    No digit may have another form, or be moved, beside any other.
    """
    em = float(hand.font.units_per_em)
    column_em = hand.font.column_width / em
    x = 0
    placed: list[tuple[_Digit, int]] = []
    for character in digits:
        digit = _digit(character, hand)
        placed.append((digit, x))
        x += digit.glyph.advance
    return ShapedWord(
        text=digits,
        rtl=False,
        glyphs=tuple(digit.glyph for digit, _ in placed),
        width_em=x / em,
        ink_left_em=min((digit.left + x) / em for digit, x in placed),
        ink_right_em=max((digit.right + x) / em for digit, x in placed) + column_em,
        body_left_em=min((digit.body_left + x) / em for digit, x in placed),
        body_right_em=max((digit.body_right + x) / em for digit, x in placed) + column_em,
        columns=np.concatenate([_columns(digit.glyph.glyph, x, hand) for digit, x in placed]),
        column_em=column_em,
        plain=True,
    )


@lru_cache(maxsize=64)
def _digit(character: str, hand: Hand) -> _Digit:
    em = float(hand.font.units_per_em)
    shaped = shape_word(hand, character, False, "en")
    (glyph,) = shaped.glyphs
    ends = (
        shaped.ink_left_em, shaped.ink_right_em - shaped.column_em,
        shaped.body_left_em, shaped.body_right_em - shaped.column_em,
    )  # fmt: skip
    return _Digit(glyph, *(round(end * em, 6) for end in ends))


@lru_cache(maxsize=1024)
def _columns(glyph: int, x: int, hand: Hand) -> NDArray[np.float64]:
    """Return the columns of a digit's ink that stands so many units to the right, em."""
    font = hand.font
    moved: NDArray[np.float64] = (font.columns(glyph) + np.array([x, 0, 0])) / font.units_per_em
    return moved
