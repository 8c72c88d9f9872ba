"""The graphics state while a page is walked over (ISO 32000-1 section 8.4)."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from fairhand.geometry import Rect
from fairhand.press.preflight.colour_space import GRAY
from fairhand.press.preflight.painted import UPRIGHT, Colour, Matrix

if TYPE_CHECKING:
    from collections.abc import Iterable


class State:
    """All that operators set and painting uses; q and Q keep and bring back copies of it."""

    __slots__ = (
        "alone", "alpha", "blend", "character_space", "clip", "everywhere", "fill",
        "fill_overprints", "font", "hidden", "leading", "matrix", "overprint_mode", "render",
        "rise", "size", "stretch", "stroke", "stroke_overprints", "width", "word_space",
    )  # fmt: skip

    def __init__(self, clip: Rect | None) -> None:
        """Begin a page: black, lines of one point, no font."""
        self.matrix: Matrix = UPRIGHT
        self.clip = clip
        self.fill = Colour(GRAY, (0.0,))
        self.stroke = Colour(GRAY, (0.0,))
        self.width = 1.0
        self.font: Any = None
        self.size = 0.0
        self.render = 0
        self.character_space = 0.0
        self.word_space = 0.0
        self.stretch = 1.0
        self.leading = 0.0
        self.rise = 0.0
        self.fill_overprints = False
        self.stroke_overprints = False
        self.overprint_mode = 0
        self.alpha = 1.0
        self.blend = "/Normal"
        # In a group, which may not see what lies beneath it.
        self.alone = False
        # In a mask, or on a layer that is switched off.
        self.hidden = False
        # Where the cells of a pattern are repeated, while one is walked over.
        self.everywhere: Rect | None = None

    def copied(self) -> State:
        """Return a copy, to come back to."""
        return copy(self)

    @property
    def visible(self) -> bool:
        """Whether what is painted can be seen."""
        return self.alpha > 0 and not self.hidden

    @property
    def multiplies(self) -> float:
        """How much of what is painted is multiplied with what lies beneath, 0 to 1 (11.3.5.2)."""
        return self.alpha if self.blend == "/Multiply" and not self.alone else 0.0

    def overprints(self, colour: Colour, *, stroking: bool = False) -> bool:
        """Tell whether plates that a colour leaves bare keep what is on them (8.6.7)."""
        asked = self.stroke_overprints if stroking else self.fill_overprints
        return asked and (colour.space.kind == "Spot" or self.overprint_mode == 1)

    def seen(self, box: Rect | None) -> Rect | None:
        """Return the part of a box inside the clip, None when nothing is."""
        if self.everywhere is not None:
            return self.everywhere
        if box is None or self.clip is None:
            return box
        shared = box.intersection(self.clip)
        return shared if shared.width >= 0 and shared.height >= 0 else None

    def clipped(self, box: Rect | None) -> None:
        """Make the clip smaller."""
        if box is not None:
            shared = box if self.clip is None else box.intersection(self.clip)
            empty = shared.width < 0 or shared.height < 0
            self.clip = Rect(0, 0, 0, 0) if empty else shared


def box_around(points: Iterable[tuple[float, float]], grown: float = 0.0) -> Rect | None:
    """Return the rectangle about points, made larger on all sides; None without any."""
    found = list(points)
    if not found:
        return None
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return Rect(min(xs) - grown, min(ys) - grown, max(xs) + grown, max(ys) + grown)


def box_of(rect: Rect, matrix: Matrix) -> Rect:
    """Return the box about a rectangle that a matrix has moved."""
    a, b, c, d, e, f = matrix
    left, bottom, right, top = rect
    x0, x1 = sorted((a * left, a * right))
    x2, x3 = sorted((c * bottom, c * top))
    y0, y1 = sorted((b * left, b * right))
    y2, y3 = sorted((d * bottom, d * top))
    return Rect(x0 + x2 + e, y0 + y2 + f, x1 + x3 + e, y1 + y3 + f)
