"""The left margin drifts and its line starts are ragged.

People's margins move right by 0.09 x-heights a line and scatter 0.25 about that drift
(measured on 22 unruled pages of the CSAFE set).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairhand.write.motion import Motion

if TYPE_CHECKING:
    from fairhand.write.view import PageView

_DRIFT = 0.09
_DRIFT_SPREAD = 0.05
_SCATTER = 0.25


def margin(page: PageView) -> Motion:
    """Return where lines start; lines that are centred or end at the right only scatter."""
    drift = np.maximum(0.02, _DRIFT + _DRIFT_SPREAD * page.page_deviate("margin"))
    scatter = _SCATTER * page.line_deviate("margin")
    return Motion(start=(drift * page.down) * page.starts_free + scatter)
