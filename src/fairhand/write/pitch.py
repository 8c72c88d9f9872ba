"""Lines stand unevenly far apart, slope, and bend.

Pitch varies by 10 % from line to line, slope by 0.45 degrees between the lines of a page
(CSAFE); on ruled paper slope varies by 0.11 degrees and the pitch is the ruling's.
"""

from __future__ import annotations

import numpy as np

from fairhand.write.motion import Motion, PageView

# A rise of each line on its own makes two independent parts of every pitch: 10 % of 3.1
# x-heights, divided by the square root of two.
_RISE = 0.21
_FARTHEST = 1.25
_PAGE_SLOPE = 0.0035
_PAGE_SLOPE_SPREAD = 0.004
_LINE_SLOPE = 0.0075
_RULED_SLOPE = 0.0019
_BEND = 0.10


def pitch(page: PageView) -> Motion:
    """Return each line's rise, slope and bend."""
    own_slope = page.line_deviate("slope")
    if page.ruled:
        return Motion(rise=0.05 * page.line_deviate("pitch"), slope=_RULED_SLOPE * own_slope)
    common = _PAGE_SLOPE + _PAGE_SLOPE_SPREAD * page.page_deviate("slope")
    # A far deviate would part a paragraph in two: nobody's eye errs by that much.
    rise = np.clip(page.line_deviate("pitch"), -_FARTHEST, _FARTHEST)
    return Motion(
        rise=_RISE * rise,
        slope=common + _LINE_SLOPE * own_slope,
        bend=_BEND * page.line_deviate("bend"),
    )
