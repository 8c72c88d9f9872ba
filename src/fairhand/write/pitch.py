"""Lines stand unevenly far apart: pitch varies by 10 % from line to line (CSAFE).

On ruled paper the pitch is the ruling's. An address is written line under line with care, for it
has to be read, and so few lines show every unevenness: theirs varies by 2 % (by eye).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairhand.write.motion import Motion

if TYPE_CHECKING:
    from fairhand.write.view import PageView

# A rise of each line on its own makes two independent parts of every pitch: 10 % of 3.1
# x-heights, divided by the square root of two; lines that slope apart bring the rest.
_RISE = 0.185
_RULED_RISE = 0.05
_FARTHEST = 1.25
_ADDRESS = 0.25


def pitch(page: PageView) -> Motion:
    """Return each line's rise."""
    # A far deviate would part a paragraph in two: nobody's eye errs by that much.
    rise = np.maximum(np.minimum(page.line_deviate("pitch"), _FARTHEST), -_FARTHEST)
    care = 1.0 - (1.0 - _ADDRESS) * page.address
    return Motion(rise=(_RULED_RISE if page.ruled else _RISE) * care * rise)
