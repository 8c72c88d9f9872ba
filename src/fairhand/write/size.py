"""Words come out larger or smaller, wider or closer.

The same word written again differs by 10 % in width (CSAFE repeats); letters' forms bring
part of that, so a word adds 2.5 % of size and 4.5 % of width of its own, and 2 % drifts with
the slant: a hand that leans more writes a little smaller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.write.motion import Motion

if TYPE_CHECKING:
    from fairhand.write.view import PageView

_SIZE_OWN = 0.025
_SIZE_DRIFT = 0.015
_WITH_SLANT = 0.012
_WIDTH_OWN = 0.045


def size(page: PageView) -> Motion:
    """Return each word's size and width."""
    drift = _SIZE_DRIFT * page.drift("size")
    drift -= _WITH_SLANT * page.drift("slant")
    return Motion(
        size=_SIZE_OWN * page.word_deviate("size") + drift,
        width=_WIDTH_OWN * page.word_deviate("size", 1),
    )
