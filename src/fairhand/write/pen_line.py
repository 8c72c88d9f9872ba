"""What a pen makes of a font's strokes: how wide they are, and how much of the ink they have.

The pen's line is as wide on every card; the font's grows with the writing. It follows the pen
as far as its drawing bears it. Unit: x-heights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairhand.hand.hand import Hand
    from fairhand.stationery.model import Pen
    from fairhand.write.motion import Motion

    Floats = NDArray[np.float64]

_THINNEST, _HEAVIEST = -0.25, 0.6
"""How much thinner or heavier than drawn a font's strokes may become, shares of its own."""

_LEAST_LEFT = 0.6
"""What is left of a stroke's width at least, with a thin pen where it presses least."""

_WEIGHT_STEP = 0.06
"""Words differ in weight by steps of this share, so that a document has few outlines."""

_TONES = 32
_MOST_PALE = 0.45
"""However dry the pen, words stay legible."""


def even_weight(x_height: Floats, hand: Hand, pen: Pen) -> Floats:
    """Return what the pen adds to the width of strokes where it presses evenly.

    `x_height`, points, is that of the largest writing of a page.
    """
    if hand.data.kind == "type":
        return np.zeros(len(x_height))
    stem = hand.data.stem
    added = pen.width / x_height - stem
    return np.minimum(np.maximum(added, _THINNEST * stem), _HEAVIEST * stem)


def weights(even: Floats, pressed: Floats, hand: Hand) -> Floats:
    """Return words' `weight` (`WrittenWord`): what the pen adds, and how hard it is pressed."""
    stem = hand.data.stem
    weight: Any = np.maximum(even + stem * pressed, _LEAST_LEFT * stem - stem)
    rounded: Floats = np.round(weight, 5)
    return rounded


def pressed(motion: Motion) -> Floats:
    """Return how much heavier each word is, in steps, as a share of the stem."""
    weight: Any = motion.weight
    stepped: Floats = np.round(np.minimum(weight, _HEAVIEST) / _WEIGHT_STEP) * _WEIGHT_STEP
    return stepped


def tones(motion: Motion) -> Floats:
    """Return words' `tone` (`WrittenWord`), in steps."""
    pale: Any = motion.pale
    toned: Floats = 1.0 - np.round(np.minimum(pale, _MOST_PALE) * _TONES) / _TONES
    return toned
