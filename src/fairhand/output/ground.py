"""How light a drawn page is, and how words in an ink would stand out from it.

Contrast is that of WCAG 2.1: relative luminance, and its ratio to what lies beneath.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from fairhand.output.pdf import About, pdf
from fairhand.output.raster import rasters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairhand.geometry import Rect, Size
    from fairhand.impose.sheet import Sheet
    from fairhand.stationery.model import Ink

    Floats = NDArray[np.float64]

_DPI = 36.0
_FORGIVEN = 10.0
"""Words are as legible as where they are read worst; so many per cent of it are overlooked."""

_EVEN = 0.002
"""The mean step of colours (sRGB, 0 to 1) under which a page is of one colour."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A page's colours (sRGB, 0 to 1) and relative luminance, in rows from its upper edge."""

    colours: Floats
    light: Floats
    size: Size

    def contrast(self, ink: Ink, box: Rect) -> float:
        """Return the contrast (1 to 21) of an ink where it is least in a rectangle, points."""
        own = float(_luminance(np.asarray(ink.rgb_fractions)))
        beneath = self._within(self.light, box)
        ratio = (np.maximum(beneath, own) + 0.05) / (np.minimum(beneath, own) + 0.05)
        return float(np.percentile(ratio, _FORGIVEN))

    def unrest(self, box: Rect) -> float:
        """Return how steeply colours change in a rectangle, as a share of how they do on the page.

        Steepness and not range, for a sky goes from blue to gold and is calm; colours, for a
        face may be as light as the sky; a share, for at night all differences are small.
        """
        whole = max(_steepness(self.colours), _EVEN)
        return _steepness(self._within(self.colours, box)) / whole

    def _within(self, values: Floats, box: Rect) -> Floats:
        rows, columns = values.shape[:2]
        across, up = columns / self.size.width, rows / self.size.height
        left, right = int(box.left * across), int(box.right * across) + 1
        top, bottom = (int((self.size.height - y) * up) for y in (box.top, box.bottom))
        return values[max(0, top) : bottom + 1, max(0, left) : right]


def ground_of(sheet: Sheet) -> Ground:
    """Return how light a sheet is, as a screen shows it."""
    picture = rasters(pdf([sheet], About("Ground")), _DPI)[0]
    colours = np.asarray(picture, dtype=float) / 255.0
    return Ground(colours, _luminance(colours), sheet.size)


def _steepness(colours: Floats) -> float:
    """Return the mean step of the colours from sample to sample, across and down."""
    across, down = (np.abs(np.diff(colours, axis=axis)) for axis in (1, 0))
    return float((across.mean() if across.size else 0.0) + (down.mean() if down.size else 0.0))


def _luminance(rgb: Floats) -> Floats:
    """Return the relative luminance of sRGB colours (WCAG 2.1, after IEC 61966-2-1)."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    weighed: Floats = linear @ np.array([0.2126, 0.7152, 0.0722])
    return weighed
