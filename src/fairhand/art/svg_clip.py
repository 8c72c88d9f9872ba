"""Clipping paths of SVG that are rectangles, to see whether they take anything away.

Figma, Illustrator and Canva clip whole pages to their own frame, which changes nothing. A shape
cannot be clipped, so only such paths pass.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairhand.art.drawing import rectangle
from fairhand.art.svg_geometry import bounds, length, mapped, outline_of, transform
from fairhand.art.svg_tree import refusal
from fairhand.geometry import Affine, Rect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairhand.art.drawing import Path
    from fairhand.art.svg_style import Cascade
    from fairhand.art.svg_tree import Node
    from fairhand.geometry import Size

_UNSEEN = 0.05
"""What a clip may take away, points: less than a printer's dot."""

_MOST_PARTS = 20
_LONGEST = 2_000
_PARTS = {"rect", "path", "polygon", "polyline"}


@dataclass(frozen=True, slots=True)
class Clip:
    """A rectangle and the matrix that takes it to the page; `upright` is what it is there,
    if it is not turned.
    """

    rect: Rect
    matrix: Affine
    upright: Rect | None

    @classmethod
    def of(cls, rect: Rect, matrix: Affine) -> Clip:
        """Return the clip of a rectangle."""
        a, b, c, d = matrix[:4]
        turned = abs(b) + abs(c) > 1e-9 and abs(a) + abs(d) > 1e-9
        return cls(rect, matrix, None if turned else bounds(mapped(rectangle(*rect), matrix)))

    def holds(self, path: Path, box: Rect, page: Rect) -> bool:
        """Return whether all of a path that is on the page lies in the rectangle.

        `box` is the path's own bounds; for a clip that is turned it is measured anew.
        """
        if self.upright:
            if _inside(box, self.upright, _UNSEEN):
                return True
            found = box.intersection(page)
            if found.width <= 0 or found.height <= 0:
                return True
            return _inside(found, self.upright, _UNSEEN)
        a, b, c, d = self.matrix[:4]
        area = a * d - b * c
        if not area:
            return False
        return _inside(
            bounds(mapped(path, self._back(area))), self.rect, _UNSEEN / math.sqrt(abs(area))
        )

    def _back(self, area: float) -> Affine:
        a, b, c, d, e, f = self.matrix
        return Affine(
            d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area
        )


def _inside(found: Rect, held: Rect, room: float) -> bool:
    return (
        found.left >= held.left - room
        and found.bottom >= held.bottom - room
        and found.right <= held.right + room
        and found.top <= held.top + room
    )


def clip_of(
    target: Node, ids: Mapping[str, Node], cascade: Cascade, matrix: Affine, viewport: Size
) -> list[Clip]:
    """Return the rectangles of a clipPath element; InputError where it holds anything else."""
    own = cascade.properties(target)
    if own.get("clipPathUnits") == "objectBoundingBox" or own.get("clip-path", "none") != "none":
        raise refusal("a clipping path", target.line)
    if len(target.children) > _MOST_PARTS:
        raise refusal("a clipping path", target.line)
    matrix = transform(own.get("transform", ""), target.line).then(matrix)
    clips = []
    for child in target.children:
        if child.tag in ("", "title", "desc"):
            continue
        part, own, line = child, cascade.properties(child), child.line
        place = transform(own.get("transform", ""), line).then(matrix)
        if child.tag == "use":
            x = length(own.get("x") or "0", viewport.width, line)
            y = length(own.get("y") or "0", viewport.height, line)
            part = ids.get(own.get("href", "")[1:], child)
            own = cascade.properties(part)
            place = transform(own.get("transform", ""), line).then(Affine.move(x, y)).then(place)
        short = max(map(len, own.values()), default=0) < _LONGEST
        path = outline_of(part.tag, own, viewport, line) if part.tag in _PARTS and short else ()
        if not _is_rectangle(path) or own.get("clip-path", "none") != "none":
            raise refusal("a clipping path", line)
        clips.append(Clip.of(bounds(path), place))
    if not clips:
        raise refusal("a clipping path", target.line)
    return clips


def _is_rectangle(path: Path) -> bool:
    """Return whether a path is an upright rectangle, drawn once around."""
    if not path or any(operator not in "mlh" for operator, _ in path):
        return False
    points = [xy for _, xy in path if xy]
    if len(points) == 5 and points[-1] == points[0]:
        points.pop()
    around = [*points, points[0]]
    upright = all((a[0] == b[0]) != (a[1] == b[1]) for a, b in zip(points, around[1:], strict=True))
    return len(points) == 4 and upright and len(set(points)) == 4
