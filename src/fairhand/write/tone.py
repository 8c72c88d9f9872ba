"""Ink is darker and paler: a little from word to word, and as a pen runs dry and is dipped.

A fountain or dip pen starts full and pales as it writes; at the next dip it is dark again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairhand.write.motion import Motion

if TYPE_CHECKING:
    from fairhand.write.view import PageView

_DRIFT = 0.8
_OWN = 0.45
_UNEVEN = 0.35
"""How uneven the fills are, lines."""


def tone(page: PageView) -> Motion:
    """Return how much paler than full ink each word is."""
    pen = page.pen
    # Where the hand presses, there is more ink: the same drift as that of the pressure.
    wander = _OWN * page.word_deviate("tone") - _DRIFT * page.drift("pressure")
    pale = pen.tone * (1.0 + wander)
    if pen.fade:
        # Where in its fill the pen is: fills are of uneven length and begin anywhere.
        begins = 0.5 + 0.29 * page.page_deviate("fill")[page.line_of]
        spent = (page.written + _UNEVEN * page.drift("fill")) / pen.fill_lines + begins
        spent -= np.floor(spent)
        pale = pale + pen.fade * spent * spent
    return Motion(pale=np.maximum(pale, 0.0))
