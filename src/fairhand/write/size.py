"""Words come out larger or smaller, wider or closer.

The same word written again differs by 10 % in width (CSAFE repeats); letters' forms bring
part of that, so a word adds 3 % of size and 5 % of width of its own, and 2 % drifts.
"""

from __future__ import annotations

from fairhand.write.motion import Motion, PageView

_SIZE_OWN = 0.025
_SIZE_DRIFT = 0.02
_WIDTH_OWN = 0.045
_DRIFT_LENGTH = 16.0


def size(page: PageView) -> Motion:
    """Return each word's size and width."""
    return Motion(
        size=_SIZE_OWN * page.word_deviate("size")
        + _SIZE_DRIFT * page.drift("size", _DRIFT_LENGTH),
        width=_WIDTH_OWN * page.word_deviate("width"),
    )
