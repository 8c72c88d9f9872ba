"""Words ride a little above and below their line.

A word's baseline varies by 0.15 x-heights about its line, 0.09 on ruled paper (CSAFE,
Write); two thirds of it drift slowly, the rest is each word's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.write.motion import Motion

if TYPE_CHECKING:
    from fairhand.write.view import PageView

_DRIFT = 0.100
_OWN = 0.075
_RULED = 0.55


def baseline(page: PageView) -> Motion:
    """Return each word's lift."""
    lift = _DRIFT * page.drift("baseline") + _OWN * page.word_deviate("baseline")
    return Motion(lift=lift * (_RULED if page.ruled else 1.0))
