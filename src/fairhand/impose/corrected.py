"""A printer's error taken back: sheets moved, scaled and turned the other way.

Unit: points, unless a name says otherwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fairhand.art.drawing import moved
from fairhand.geometry import Affine
from fairhand.impose.sheet import Sheet
from fairhand.units import MM

if TYPE_CHECKING:
    from fairhand.geometry import Size


@dataclass(frozen=True, slots=True)
class Correction:
    """How far ink is moved: right and down, as one sees the side; the second side by more.

    `scale_across`, `scale_along` are factors about the middle of the sheet; `turn_degrees`
    turns it there to the left.
    """

    right_mm: float = 0.0
    down_mm: float = 0.0
    scale_across: float = 1.0
    scale_along: float = 1.0
    turn_degrees: float = 0.0
    back_right_mm: float = 0.0
    back_down_mm: float = 0.0

    def matrix(self, size: Size, *, back: bool) -> Affine:
        """Return what takes a point of the sheet to where it has to be printed."""
        right = self.right_mm + (self.back_right_mm if back else 0.0)
        down = self.down_mm + (self.back_down_mm if back else 0.0)
        x, y = size.width / 2, size.height / 2
        angle = math.radians(self.turn_degrees)
        cos, sin = math.cos(angle), math.sin(angle)
        scaled = Affine(self.scale_across, 0.0, 0.0, self.scale_along)
        turned = scaled.then(Affine(cos, sin, -sin, cos))
        return Affine.move(-x, -y).then(turned).then(Affine.move(x + right * MM, y - down * MM))

    @property
    def told(self) -> str:
        """The correction in words."""
        parts = [
            f"{abs(self.right_mm):g} mm {'right' if self.right_mm > 0 else 'left'}"
            if self.right_mm else "",
            f"{abs(self.down_mm):g} mm {'down' if self.down_mm > 0 else 'up'}"
            if self.down_mm else "",
            f"{self.scale_across:.2%} across" if self.scale_across != 1 else "",
            f"{self.scale_along:.2%} along" if self.scale_along != 1 else "",
            f"turned by {self.turn_degrees:.2f} degrees" if self.turn_degrees else "",
            f"the back by {self.back_right_mm:g} mm right and {self.back_down_mm:g} mm down more"
            if self.back_right_mm or self.back_down_mm else "",
        ]  # fmt: skip
        return ", ".join(part for part in parts if part) or "nothing"


def corrected(sheet: Sheet, correction: Correction, *, back: bool = False) -> Sheet:
    """Return a side with all its ink corrected; its paper, trim and bleed stay as they are."""
    matrix = correction.matrix(sheet.size, back=back)
    placements = tuple(
        replace(one, matrix=one.matrix.then(matrix), clip=one.clip and matrix.about(one.clip))
        for one in sheet.placements
    )
    marks = tuple(moved(mark, matrix) for mark in sheet.marks)
    return replace(sheet, placements=placements, marks=marks)


def quarter_turned(sheet: Sheet) -> Sheet:
    """Return a side turned to the left by a quarter, as it is fed on its short edge.

    Turned alike, two sides stay behind each other: the edge about which they flip turns too.
    """
    matrix = Affine(0.0, 1.0, -1.0, 0.0, sheet.size.height, 0.0)
    return Sheet(
        sheet.name, sheet.size.turned(), matrix.about(sheet.trim),
        tuple(
            replace(one, matrix=one.matrix.then(matrix), clip=one.clip and matrix.about(one.clip))
            for one in sheet.placements
        ),
        tuple(
            (*matrix.apply(x0, y0), *matrix.apply(x1, y1)) for x0, y0, x1, y1 in sheet.folds
        ),
        sheet.bleed and matrix.about(sheet.bleed),
        tuple(moved(mark, matrix) for mark in sheet.marks),
    )  # fmt: skip
