"""Slant and turn wander: 2.5 degrees of slant between words, drifting along the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.write.motion import Motion

if TYPE_CHECKING:
    from fairhand.write.view import PageView

_SLANT_OWN = 0.022
_SLANT_DRIFT = 0.030
_TURN_OWN = 0.007
_TURN_DRIFT = 0.007


def lean(page: PageView) -> Motion:
    """Return each word's slant and turn."""
    return Motion(
        slant=_SLANT_OWN * page.word_deviate("lean") + _SLANT_DRIFT * page.drift("slant"),
        turn=_TURN_OWN * page.word_deviate("lean", 1) + _TURN_DRIFT * page.drift("turn"),
    )
