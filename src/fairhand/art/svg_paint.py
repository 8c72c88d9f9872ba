"""How an element of SVG is painted: fills and strokes as shapes in ink (SVG 1.1 chapter 11)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from fairhand.art.drawing import Shape
from fairhand.art.svg_colour import Colour, colour
from fairhand.art.svg_geometry import MOST_STEPS, length, mapped, outline_of
from fairhand.art.svg_stroke import MITRE_LIMIT, Stroke, outlined, rounded
from fairhand.art.svg_tree import EXPORT, broken, refusal
from fairhand.geometry import Affine, Size
from fairhand.units import INCH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairhand.art.drawing import Path
    from fairhand.art.svg_style import Cascade
    from fairhand.art.svg_tree import Node

PX = INCH / 96
"""Points to the px of CSS."""

SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
"""The elements that are painted."""

URL = re.compile(r"""^url\(\s*["']?\s*([^"')\s]*)\s*["']?\s*\)\s*(.*)$""", re.DOTALL)
"""A reference as CSS writes it, and what stands after it."""

_NEAR = 0.01
"""How near outlines of strokes come to the true ones, points."""

_MOST_DASHES = 20_000
_MOST_PARTS = 40
_PAINTS = {
    "linearGradient": "a linear gradient", "radialGradient": "a radial gradient",
    "pattern": "a pattern", "meshgradient": "a mesh gradient",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """What an element has from those it stands in."""

    matrix: Affine
    viewport: Size
    style: Mapping[str, str]
    opacity: float = 1.0
    depth: int = 0
    used: bool = False


class Painter:
    """Paints the elements of one file, with bounds on all of them together."""

    def __init__(self, cascade: Cascade, ids: Mapping[str, Node]) -> None:
        """Take what tells an element's properties, and the elements by their ids."""
        self._cascade = cascade
        self._ids = ids
        self._steps = 0
        self._outlines: dict[tuple[Node, Size], Path] = {}
        self._known: dict[Node, list[Colour]] = {}

    def shapes(self, node: Node, own: Mapping[str, str], scope: Scope) -> list[Shape]:
        """Return the shapes of one element, the first undermost."""
        style, line = scope.style, node.line
        fill = self._paint("fill", scope, line) if node.tag != "line" else None
        stroke = self._paint("stroke", scope, line)
        if style["visibility"] in ("hidden", "collapse"):
            return []
        if node.tag in ("path", "line", "polyline", "polygon"):
            self._no_markers(style, line)
        path = self._outline(node, own, scope)
        a, b, c, d = scope.matrix[:4]
        if not path or not a * d - b * c:
            return []
        filled, stroked = None, None
        if fill and not _flat(path):
            rule = style["fill-rule"].strip() == "evenodd"
            filled = Shape(mapped(path, scope.matrix), fill.ink, even_odd=rule, opacity=fill.alpha)
        if stroke:
            stroked = self._stroked(path, own, scope, stroke, line)
        if style["paint-order"].split()[:1] == ["stroke"]:
            return [part for part in (stroked, filled) if part]
        if filled and stroked and stroked.stroke and (stroked.path, stroked.opacity) == (
            filled.path, filled.opacity,
        ):  # fmt: skip
            return [replace(stroked, fill=filled.fill, even_odd=filled.even_odd)]
        return [part for part in (filled, stroked) if part]

    def _outline(self, node: Node, own: Mapping[str, str], scope: Scope) -> Path:
        key = node, scope.viewport
        if key not in self._outlines:
            self._outlines[key] = outline_of(node.tag, own, scope.viewport, node.line)
        return self._bounded(self._outlines[key], node.line)

    def _bounded(self, path: Path, line: int) -> Path:
        self._steps += len(path)
        if self._steps > MOST_STEPS:
            raise refusal("too many points", line)
        return path

    def _no_markers(self, style: Mapping[str, str], line: int) -> None:
        for end in ("marker-start", "marker-mid", "marker-end"):
            link = URL.match(style[end].strip())
            if link and link[1].removeprefix("#") in self._ids:
                raise refusal("an arrow head or other marker", line, EXPORT)

    def _paint(self, kind: str, scope: Scope, line: int) -> Colour | None:
        """Return the colour of a fill or stroke with all its opacity; None where nothing is."""
        style = scope.style
        text = style[kind].strip()
        link = URL.match(text)
        alpha = scope.opacity * share_of(style[f"{kind}-opacity"], line)
        target = self._ids.get(link[1].removeprefix("#")) if link else None
        if target:
            stops = self._stops(target)
            if len(stops) != 1:
                raise refusal(_PAINTS.get(target.tag, "a paint that is no colour"), line)
            found = stops[0]
        else:
            # A reference to nothing is followed by what stands in for it, or by none.
            text = link[2].strip() or "none" if link else text
            if text == "none":
                return None
            found = colour(style["color"] if text.lower() == "currentcolor" else text, line)
        alpha *= found.alpha
        return found._replace(alpha=alpha) if alpha > 0 else None

    def _stops(self, gradient: Node) -> list[Colour]:
        """Return a gradient's different colours; one alone is how Inkscape writes swatches."""
        node: Node | None = gradient
        for _ in range(10):
            if node is None or node.tag not in ("linearGradient", "radialGradient"):
                break
            if node not in self._known:
                stops = [child for child in node.children if child.tag == "stop"]
                self._known[node] = list(dict.fromkeys(map(self._stop, stops)))
            if self._known[node]:
                return self._known[node]
            node = self._ids.get(node.attributes.get("href", "")[1:])
        return []

    def _stop(self, stop: Node) -> Colour:
        own = self._cascade.properties(stop)
        text = own.get("stop-color") or "black"
        if text.lower() == "currentcolor":
            text = own.get("color") or "black"
        found = colour(text, stop.line)
        return found._replace(
            alpha=found.alpha * share_of(own.get("stop-opacity") or "1", stop.line)
        )

    def _stroked(
        self, path: Path, own: Mapping[str, str], scope: Scope, paint: Colour, line: int
    ) -> Shape | None:
        """Return a stroke as a Shape's own where it can be, otherwise its outline, filled."""
        matrix = scope.matrix
        if own.get("vector-effect", "").strip() == "non-scaling-stroke":
            # The pen is that of the screen: its pixels, not the drawing's units.
            path = mapped(path, matrix)
            path, matrix = mapped(path, Affine(1 / PX, d=-1 / PX)), Affine(PX, d=-PX)
        stroke = _stroke(scope, line)
        a, b, c, d = matrix[:4]
        scale = math.sqrt(abs(a * d - b * c))
        if stroke.width <= 0 or scale <= 0:
            return None
        dashes = len(stroke.dash) * _length(path) / sum(stroke.dash or (math.inf,))
        if dashes > _MOST_DASHES:
            raise refusal("too many dashes", line)
        even = max(abs(a * a + b * b - c * c - d * d), 2 * abs(a * c + b * d)) < 0.002 * scale**2
        round_ = rounded(path, stroke) if even else None
        if round_ is None:
            outline = mapped(self._bounded(outlined(path, stroke, _NEAR / scale), line), matrix)
            return Shape(outline, paint.ink, opacity=paint.alpha) if outline else None
        return Shape(
            mapped(path, matrix), stroke=paint.ink, width=stroke.width * scale, rounded=round_,
            dash=tuple(part * scale for part in stroke.dash), opacity=paint.alpha,
        )  # fmt: skip


def _stroke(scope: Scope, line: int) -> Stroke:
    style = scope.style
    both = math.hypot(*scope.viewport) / math.sqrt(2)
    dash: tuple[float, ...] = ()
    if style["stroke-dasharray"] != "none":
        parts = re.split(r"[\s,]+", style["stroke-dasharray"].strip(" \t\r\n,"))
        dash = tuple(length(part, both, line) for part in parts[: _MOST_PARTS + 1])
        if len(dash) > _MOST_PARTS:
            raise refusal("too many dashes", line)
        if min(dash) < 0:
            raise broken("A dash is shorter than nothing.", line)
        dash = dash if len(dash) % 2 == 0 else dash * 2
        dash = dash if sum(dash) > 0 else ()
    return Stroke(
        length(style["stroke-width"], both, line), style["stroke-linecap"],
        style["stroke-linejoin"], length(style["stroke-miterlimit"], 0.0, line), dash,
        length(style["stroke-dashoffset"], both, line),
    )  # fmt: skip


def _length(path: Path) -> float:
    """Return a length that a path does not exceed: that of the lines between its points."""
    total, at, start = 0.0, path[0][1], path[0][1]
    for operator, xy in path:
        points = [at, *zip(xy[::2], xy[1::2], strict=True)] if xy else [at, start]
        at = points[-1]
        if operator == "m":
            start = at
        else:
            total += sum(math.dist(p, q) for p, q in pairwise(points))
    return total


def _flat(path: Path) -> bool:
    """Return whether all points stand in one line: nothing to fill, but PDF would draw a hair."""
    points = [p for _, xy in path for p in zip(xy[::2], xy[1::2], strict=True)]
    (x, y), other = points[0], next((p for p in points if p != points[0]), points[0])
    u, v = other[0] - x, other[1] - y
    return all(abs((p[0] - x) * v - (p[1] - y) * u) <= 1e-9 for p in points)


def seen(shape: Shape) -> Path:
    """Return the outline of all that a shape covers."""
    if not shape.stroke:
        return shape.path
    kind = ("round", "round") if shape.rounded else ("butt", "miter")
    stroke = Stroke(shape.width, *kind, limit=MITRE_LIMIT)
    return (shape.path if shape.fill else ()) + outlined(shape.path, stroke, _NEAR)


def share_of(text: str, line: int) -> float:
    """Return an opacity from 0 to 1, as a number or a percentage."""
    return min(max(length(text, 1.0, line), 0.0), 1.0)
