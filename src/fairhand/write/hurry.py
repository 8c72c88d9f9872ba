"""The hand grows a little hurried: towards the end letters lean on, widen and flatten.

It grows with the lines already written, not with those still to come, so that a longer end
leaves the beginning as it was. The amounts are ours, by eye; no source measures them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairhand.write.motion import Motion

if TYPE_CHECKING:
    from fairhand.write.view import PageView

_SETS_IN = 4.0
_LINES = 16.0
_SLANT = 0.030
_WIDTH = 0.030
_SIZE = -0.020
_GAP = 0.08
_LIFT = 0.03


def hurry(page: PageView) -> Motion:
    """Return how much more each word leans, widens and dances than at the beginning."""
    tired = np.minimum(np.maximum(page.written - _SETS_IN, 0.0) / _LINES, 1.0)
    return Motion(
        slant=_SLANT * tired,
        width=_WIDTH * tired,
        size=_SIZE * tired,
        gap=_GAP * tired,
        lift=_LIFT * tired * page.word_deviate("hurry"),
    )
