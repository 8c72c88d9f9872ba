"""The forms that one document uses, numbered: the font that is embedded, and its text.

Number 0 is the empty .notdef and number 1 the space. All forms of a letter have that
letter's text, so what is written in many shapes is searched and copied as one word.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from fairhand.hand.forms import draw_forms
from fairhand.output.truetype import Glyph, Record, assemble, records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairhand.hand.hand import Hand

_EMPTY = Glyph(np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=np.bool_),
               np.zeros(0, dtype=np.int64), 0)  # fmt: skip

SPACE = 1
"""The number of the space."""

_FIRST = 2
_EM = 2.5
_PITCH_EM = 1.2
"""The em of every embedded font, x-heights, and the most that lines are apart, em. Readers of
PDF judge by the em which words make a line and which lines a block; script fonts have small or
large bodies in theirs, so each gets the em of a book face instead, or more where its lines are
wide apart, and its letters are set at the size that makes up for it."""


_MOST_KEPT = 30_000
"""So many forms of a hand are kept at most when a file is done, for the next file of a merge."""

_MOST_FORMS = 60_000

_Form = tuple[int, int, float]
"""The glyph, which form of it, and its weight."""


class FormFont:
    """Collects the forms of one hand at one strength as a document is drawn."""

    def __init__(self, hand: Hand, strength: float) -> None:
        """Begin with no letters."""
        self.hand = hand
        self.strength = strength
        self.texts: list[str] = ["", " "]
        self.advances: list[int] = [0, hand.font.space_advance()]
        em = max(_EM, hand.data.leading / _PITCH_EM)
        self.units_per_em: int = round(hand.font.units_per_em * hand.x_height_em * em)
        """The em of the embedded font, font units."""
        self.size = self.units_per_em / hand.font.units_per_em
        """The size at which the embedded font is as large as the hand's own at 1."""
        self.shown: dict[object, tuple[str, str, float]] = {}
        """Words as they were shown, kept by whoever draws with this font."""
        self._forms: list[_Form] = []
        self._numbers: dict[tuple[int, int, str, float], int] = {}

    def number(self, glyph: int, form: int, text: str, weight: float) -> int:
        """Return the number of a form."""
        key = (glyph, form, text, weight)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.texts)
            self._forms.append((glyph, form, weight))
            self.advances.append(self.hand.font.advance(glyph))
            self.texts.append(text)
        return number

    @property
    def is_full(self) -> bool:
        """Whether the next page had better begin another font: one holds 65,535 forms."""
        return len(self.texts) >= _MOST_FORMS

    @property
    def glyphs(self) -> list[Glyph]:
        """The outlines of all forms collected so far, by their numbers."""
        drawn = _drawn(self.hand, self.strength, self._forms)
        return [_EMPTY, _EMPTY._replace(advance=self.advances[SPACE]), *drawn]

    def outline(self, number: int) -> Glyph:
        """Return the outline of one form."""
        return _drawn(self.hand, self.strength, [self._forms[number - _FIRST]])[0]

    def records(self) -> list[Record]:
        """Return all forms collected so far as a TrueType font has them, by their numbers."""
        kept = _kept(self.hand, self.strength)
        new = [form for form in dict.fromkeys(self._forms) if form not in kept]
        if new and len(kept) + len(new) > _MOST_KEPT:
            kept.clear()
            new = list(dict.fromkeys(self._forms))
        kept.update(zip(new, records(_drawn(self.hand, self.strength, new)), strict=True))
        return [*records([_EMPTY, _EMPTY]), *map(kept.__getitem__, self._forms)]

    def file(self) -> bytes:
        """Return the TrueType file of all forms collected so far."""
        return assemble(self.units_per_em, self.records(), self.advances)


@lru_cache(maxsize=8)
def _kept(hand: Hand, strength: float) -> dict[_Form, Record]:
    """Return what was encoded before of a hand: a merge's files have nearly the same forms."""
    del hand, strength
    return {}


def _drawn(hand: Hand, strength: float, forms: Sequence[_Form]) -> list[Glyph]:
    """Draw forms; those of one letter and weight at once."""
    alike: dict[tuple[int, float], list[int]] = {}
    for index, (glyph, _, weight) in enumerate(forms):
        alike.setdefault((glyph, weight), []).append(index)
    drawn: dict[int, Glyph] = {}
    for (glyph, weight), indices in alike.items():
        outline, advance = hand.font.outline(glyph), hand.font.advance(glyph)
        numbers = [forms[index][1] for index in indices]
        points = draw_forms(hand, glyph, numbers, strength, weight)
        for index, one in zip(indices, points, strict=True):
            drawn[index] = Glyph(one, outline.on_curve, outline.ends, advance)
    return [drawn[index] for index in range(len(forms))]
