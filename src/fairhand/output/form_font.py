"""The forms that one document uses, numbered: the font that is embedded, and its text.

Number 0 is the empty .notdef and number 1 the space. All forms of a letter have that
letter's text, so what is written in many shapes is searched and copied as one word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairhand.hand.forms import draw_form
from fairhand.output.truetype import Glyph, build_font

if TYPE_CHECKING:
    from fairhand.hand.hand import Hand

_EMPTY = Glyph(np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=np.bool_),
               np.zeros(0, dtype=np.int64), 0)  # fmt: skip

SPACE = 1
"""The number of the space."""

_EM = 2.5
_PITCH_EM = 1.2
"""The em of every embedded font, x-heights, and the most that lines are apart, em. Readers of
PDF judge by the em which words make a line and which lines a block; script fonts have small or
large bodies in theirs, so each gets the em of a book face instead, or more where its lines are
wide apart, and its letters are set at the size that makes up for it."""


class FormFont:
    """Collects the forms of one hand at one strength as a document is drawn."""

    def __init__(self, hand: Hand, strength: float) -> None:
        """Begin with no letters."""
        self.hand = hand
        self.strength = strength
        space = _EMPTY._replace(advance=hand.font.space_advance())
        self.glyphs: list[Glyph] = [_EMPTY, space]
        self.texts: list[str] = ["", " "]
        self.shown: dict[object, tuple[str, str, float]] = {}
        """Words as they were shown, kept by whoever draws with this font."""
        self._numbers: dict[tuple[int, int, str, float], int] = {}

    def number(self, glyph: int, form: int, text: str, weight: float) -> int:
        """Return the number of a form, drawing it when it is new."""
        key = (glyph, form, text, weight)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.glyphs)
            outline = self.hand.font.outline(glyph)
            points = draw_form(self.hand, glyph, form, self.strength, weight)
            advance = self.hand.font.advance(glyph)
            self.glyphs.append(Glyph(points, outline.on_curve, outline.ends, advance))
            self.texts.append(text)
        return number

    @property
    def units_per_em(self) -> int:
        """The em of the embedded font, font units."""
        em = max(_EM, self.hand.data.leading / _PITCH_EM)
        return round(self.hand.font.units_per_em * self.hand.x_height_em * em)

    @property
    def size(self) -> float:
        """The size at which the embedded font is as large as the hand's own at 1."""
        return self.units_per_em / self.hand.font.units_per_em

    def file(self) -> bytes:
        """Return the TrueType file of all forms collected so far."""
        return build_font(self.units_per_em, self.glyphs)
