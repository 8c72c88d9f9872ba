"""Lines slope and bend.

Slope varies by 0.45 degrees between the lines of a page (CSAFE), by 0.11 on ruled paper;
lines are slightly bent, more often arched than sagging. The lines of an address keep together:
they slope with their page, and apart from each other by a third of that (by eye).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.write.motion import Motion

if TYPE_CHECKING:
    from fairhand.write.view import PageView

_PAGE_SLOPE = 0.0035
_PAGE_SLOPE_SPREAD = 0.004
_LINE_SLOPE = 0.0080
_RULED_SLOPE = 0.0019
_BEND = 0.10
_ADDRESS = 0.33


def slope(page: PageView) -> Motion:
    """Return each line's slope and bend."""
    care = 1.0 - (1.0 - _ADDRESS) * page.address
    own = care * page.line_deviate("slope")
    if page.ruled:
        return Motion(slope=_RULED_SLOPE * own)
    common = _PAGE_SLOPE + _PAGE_SLOPE_SPREAD * page.page_deviate("slope")
    return Motion(
        slope=common + _LINE_SLOPE * own, bend=_BEND * care * (0.3 + page.line_deviate("slope", 1))
    )
