"""Gaps between words are uneven: their spread is 28 % of their mean (CSAFE, IAM-OnDB)."""

from __future__ import annotations

import numpy as np

from fairhand.write.motion import Motion, PageView

_SPREAD = 0.31
_NARROWEST = -0.5


def gap(page: PageView) -> Motion:
    """Return how much wider or narrower the space before each word is."""
    return Motion(gap=np.maximum(_SPREAD * page.word_deviate("gap"), _NARROWEST))
