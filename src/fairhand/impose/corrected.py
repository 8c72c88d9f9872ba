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


READ_MM = 20.0
"""How far from the left and the upper edge a test page is measured."""


@dataclass(frozen=True, slots=True)
class Correction:
    """How far ink is moved: right and down, as one sees the side as it is fed; the back by more.

    `scale_across`, `scale_along` are factors about the point at which the test page was
    measured (`READ_MM` from the left and from the top), so that what was measured there stays
    true; `turn_degrees` turns it there to the left.
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
        x, y = READ_MM * MM, size.height - READ_MM * MM
        angle = math.radians(self.turn_degrees)
        cos, sin = math.cos(angle), math.sin(angle)
        # A printer stretches along its own axes, then the sheet goes in aslant; undone in reverse.
        turned = Affine.move(right * MM - x, -down * MM - y).then(Affine(cos, sin, -sin, cos))
        return turned.then(Affine(self.scale_across, 0.0, 0.0, self.scale_along, x, y))

    @property
    def told(self) -> str:
        """The correction in words."""
        back = (self.right_mm + self.back_right_mm, self.down_mm + self.back_down_mm)
        parts = [
            *_told(self.right_mm, self.down_mm),
            f"{self.scale_across:.2%} across" if self.scale_across != 1 else "",
            f"{self.scale_along:.2%} along" if self.scale_along != 1 else "",
            f"turned by {self.turn_degrees:.2f} degrees" if self.turn_degrees else "",
            f"on the back {' and '.join(_told(*back)) or 'not at all'}"
            if self.back_right_mm or self.back_down_mm else "",
        ]  # fmt: skip
        return ", ".join(part for part in parts if part) or "nothing"


def _told(right: float, down: float) -> list[str]:
    across = f"{abs(right):g} mm {'right' if right > 0 else 'left'}"
    along = f"{abs(down):g} mm {'down' if down > 0 else 'up'}"
    return [word for word, value in ((across, right), (along, down)) if round(value, 4)]


def corrected(
    sheet: Sheet, correction: Correction, *, back: bool = False, head_down: bool = False
) -> Sheet:
    """Return a side with all its ink corrected; its paper, trim and bleed stay as they are.

    `head_down`: a printer turns this side by a half before it prints it, as it does with backs
    that are flipped about a level edge. Its error does not turn with the page.
    """
    matrix = correction.matrix(sheet.size, back=back)
    if head_down:
        half = _half_turn(sheet.size)
        matrix = half.then(matrix).then(half)
    return _moved(sheet, matrix)


def half_turned(sheet: Sheet) -> Sheet:
    """Return a side standing on its head."""
    return _moved(sheet, _half_turn(sheet.size))


def _half_turn(size: Size) -> Affine:
    return Affine(-1.0, 0.0, 0.0, -1.0, size.width, size.height)


def _moved(sheet: Sheet, matrix: Affine) -> Sheet:
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
