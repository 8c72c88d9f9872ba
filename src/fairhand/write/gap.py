"""Gaps between words are uneven: their spread is 28 % of their mean (CSAFE, IAM-OnDB)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairhand.write.motion import Motion

if TYPE_CHECKING:
    from fairhand.write.view import PageView

_SPREAD = 0.31
_NARROWEST = -0.5


def gap(page: PageView) -> Motion:
    """Return how much wider or narrower the space before each word is."""
    return Motion(gap=np.maximum(_SPREAD * page.word_deviate("gap"), _NARROWEST))
