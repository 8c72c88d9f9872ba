"""Robust fits and thresholds. A "spread" is a standard deviation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_HUBER = 2.0
_ROUNDS = 10
_SETTLED = 0.005


def robust_line(x: Floats, y: Floats, weights: Floats | None = None) -> tuple[float, float]:
    """Return a, b of y = a + b·x, fitted by Huber's weights (beyond 2 robust spreads)."""
    given = np.ones(len(x)) if weights is None else weights
    trust = np.ones(len(x))
    a = b = 0.0
    for _ in range(_ROUNDS):
        w = given * trust
        total = w.sum()
        mean_x, mean_y = (w * x).sum() / total, (w * y).sum() / total
        spread = (w * (x - mean_x) ** 2).sum()
        b = float((w * (x - mean_x) * (y - mean_y)).sum() / spread) if spread > 0 else 0.0
        a = float(mean_y - b * mean_x)
        off = np.abs(y - a - b * x)
        limit = _HUBER * 1.4826 * float(np.median(off))
        now = np.minimum(1.0, limit / np.maximum(off, 1e-9))
        if limit <= 0 or np.abs(now - trust).max() < _SETTLED:
            break
        trust = now
    return a, b


def median_line(x: Floats, y: Floats) -> tuple[float, float]:
    """Return a, b of y = a + b·x by the median of all pairs' slopes (Theil and Sen)."""
    i, j = np.triu_indices(len(x), 1)
    apart = x[i] != x[j]
    i, j = i[apart], j[apart]
    b = float(np.median((y[j] - y[i]) / (x[j] - x[i]))) if len(i) else 0.0
    return float(np.median(y - b * x)), b


def variation(values: Floats) -> float:
    """Return the coefficient of variation: spread over mean; NaN of fewer than three."""
    if len(values) < 3:
        return float("nan")
    return float(values.std(ddof=1) / values.mean())


def two_greys(counts: Floats) -> float:
    """Return the grey level that best parts a histogram of levels in two (Otsu 1979)."""
    levels = np.arange(len(counts))
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * levels)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (sums[-1] * below / below[-1] - sums) ** 2 / (below * above)
    between = np.nan_to_num(between, nan=0.0, posinf=0.0)
    best = np.flatnonzero(between == between.max())
    return float((best[0] + best[-1]) / 2) + 0.5
