"""What effects answer: how far the hand moved, as arrays over lines and words.

Unit: x-heights of the line, radians, or factors ("0.03" is three per cent more). Effects
only add up, so their order does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


_NONE = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """How far the hand moved from the composed page.

    For each line: `start` (right), `rise` (up), `slope` (radians), `bend` (sagitta).
    For each word: `gap` (factor of the space before it), `lift` (up), `turn` and `slant`
    (radians), `size` and `width` (factors), `weight` (factor of the width of its strokes),
    `pale` (share of the ink that is wanting: 0 is full, 1 would be bare paper).
    """

    start: Floats | float = _NONE
    rise: Floats | float = _NONE
    slope: Floats | float = _NONE
    bend: Floats | float = _NONE
    gap: Floats | float = _NONE
    lift: Floats | float = _NONE
    turn: Floats | float = _NONE
    slant: Floats | float = _NONE
    size: Floats | float = _NONE
    width: Floats | float = _NONE
    weight: Floats | float = _NONE
    pale: Floats | float = _NONE

    def scaled(self, by: float) -> Motion:
        """Return the motion, so many times as strong."""
        if by == 1.0:
            return self
        return Motion(*[value * by for value in _values(self)])

    def spread(self, lines: int, words: int) -> Motion:
        """Return the motion with single numbers repeated for every line or word."""
        return Motion(
            *[
                value
                if isinstance(value, np.ndarray)
                else np.full(lines if name in _OF_LINES else words, value)
                for name, value in zip(_NAMES, _values(self), strict=True)
            ]
        )


_NAMES = tuple(field.name for field in fields(Motion))
_OF_LINES = ("start", "rise", "slope", "bend")
_values = attrgetter(*_NAMES)


def total(motions: list[tuple[Motion, float]]) -> Motion:
    """Return the sum of motions, each so many times as strong as it is."""
    sums: dict[str, Floats | float] = {}
    for motion, amount in motions:
        for name, value in zip(_NAMES, _values(motion), strict=True):
            if value is _NONE:
                continue
            if amount != 1.0:
                value = value * amount
            sums[name] = sums[name] + value if name in sums else value
    return Motion(**sums)
