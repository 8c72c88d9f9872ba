"""Strokes are heavier and lighter: pressure wanders down the page and differs by word.

How much, is the pen's: the width of people's strokes varies by up to 28 % with a pen that
shows pressure (Write), hardly with a ballpoint. Within letters forms vary the width.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.write.motion import Motion

if TYPE_CHECKING:
    from fairhand.write.view import PageView

_DRIFT = 0.8
_OWN = 0.4


def pressure(page: PageView) -> Motion:
    """Return how much heavier each word's strokes are."""
    wander = _DRIFT * page.drift("pressure") + _OWN * page.word_deviate("pressure")
    return Motion(weight=page.pen.pressure * wander)
