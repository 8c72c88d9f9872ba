"""Words ride a little above and below their line.

A word's baseline varies by 0.15 x-heights about its line, 0.09 on ruled paper (CSAFE,
Write); two thirds of it drift slowly, the rest is each word's own. In addresses it is two thirds
of that (by eye), so that their lines stand evenly apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.write.motion import Motion

if TYPE_CHECKING:
    from fairhand.write.view import PageView

_DRIFT = 0.100
_OWN = 0.075
_RULED = 0.55
_ADDRESS = 0.67


def baseline(page: PageView) -> Motion:
    """Return each word's lift."""
    lift = _DRIFT * page.drift("baseline") + _OWN * page.word_deviate("baseline")
    care = 1.0 - (1.0 - _ADDRESS) * page.address[page.line_of]
    return Motion(lift=lift * care * (_RULED if page.ruled else 1.0))
