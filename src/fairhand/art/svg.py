"""SVG drawings (Inkscape, Illustrator, Figma, Affinity, Canva, by hand) as shapes for print.

What ink cannot be by shapes alone is refused in words: text that needs a font, gradients,
pictures, filters, masks, and clipping that would take something away. Nothing that changes
the picture is passed over. The grammar is that of SVG 1.1 (second edition), with href,
paint-order and the colours of its successors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fairhand.art.svg_clip import Clip, clip_of
from fairhand.art.svg_colour import Colour, colour
from fairhand.art.svg_geometry import FURTHEST, bounds, length, numbers, transform, view
from fairhand.art.svg_paint import PX, SHAPES, URL, Painter, Scope, seen, share_of
from fairhand.art.svg_style import INITIAL, Cascade, inherited, refuse_effects
from fairhand.art.svg_tree import (
    MOST_BYTES,
    MOST_DEPTH,
    MOST_ELEMENTS,
    broken,
    read_tree,
    refusal,
)
from fairhand.errors import InputError, Place
from fairhand.geometry import Affine, Rect, Size
from fairhand.units import INCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fairhand.art.drawing import Path, Shape
    from fairhand.art.svg_tree import Node

_LARGEST = 14_400.0
"""Points: the largest page of PDF (ISO 32000-1 annex C.2)."""

_MOST_USED = 20_000
_MOST_CHECKS = 200_000
_TO_PATHS = (
    'Convert text to paths (in Inkscape "Path > Object to Path", in Illustrator "Create '
    'Outlines"), or export the drawing as PDF or as a PNG of 300 ppi.'
)
_GROUPS = {"g", "a", "svg", "switch"}
_UNSEEN = {
    "", "defs", "symbol", "title", "desc", "metadata", "style", "linearGradient", "radialGradient",
    "pattern", "clipPath", "mask", "filter", "marker", "view", "cursor", "color-profile", "font",
    "font-face",
}  # fmt: skip
_NO_GROUND = {Colour("#ffffff"), Colour("#000000", 0.0)}
_TEXTS = {"text", "flowRoot"}
_NAMES = {
    "image": "a picture", "foreignObject": "content that is not SVG", "mesh": "a mesh gradient",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vector:
    """A drawing of shapes. Unit: points; origin: lower left; y up.

    Shapes may reach over the edges of `size`; programs show nothing of them there, so whoever
    places the drawing clips it.
    """

    size: Size
    shapes: tuple[Shape, ...]


def read_svg(data: bytes, name: str) -> Vector:
    """Return the shapes of an SVG file; `name` is that of the file, for the person.

    InputError in one sentence, with the line where it is known, for all that cannot be shapes
    in ink, for what is damaged or unsafe, and for drawings too large or empty.
    """
    try:
        root = read_tree(data)
        drawing = _Drawing(root)
        drawing.draw_root()
    except InputError as error:
        raise error.at(Place(name)) from None
    if not drawing.shapes:
        raise InputError(
            "The drawing holds nothing that can be printed.",
            hint="Is its layer hidden, or does it lie outside the page?",
            place=Place(name),
        )
    return Vector(drawing.size, tuple(drawing.shapes))


class _Drawing:
    """The walk through the tree, which draws shapes on a page."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._cascade = Cascade(root)
        self._ids: dict[str, Node] = {}
        for node in root.all():
            if node.attributes.get("id"):
                self._ids.setdefault(node.attributes["id"], node)
        self._painter = Painter(self._cascade, self._ids)
        self.shapes: list[Shape] = []
        self._boxes: dict[int, tuple[Path, Rect]] = {}
        self._visited = 0
        self._used = 0
        self._checked = 0
        self._characters = 0
        own = self._cascade.properties(root)
        self._box = self._view_box(own, root.line)
        whole = self._box[2:] or [0.0, 0.0]
        sides = [
            length(_given(own, side, "100%"), full, root.line)
            for side, full in zip(("width", "height"), whole, strict=True)
        ]
        if min(sides) <= 0:
            raise broken(
                "The drawing has no size.", root.line, "Give it a width and a height, like 5in."
            )
        self._px = Size(*sides)
        self.size = Size(sides[0] * PX, sides[1] * PX)
        if max(self.size) > _LARGEST:
            raise broken(
                f"The drawing is {max(self.size) / INCH:.0f} inches large; 200 is the most.",
                root.line, "Make its page as large as the card.",
            )  # fmt: skip

    def draw_root(self) -> None:
        """Draw the whole file."""
        own = self._cascade.properties(self._root)
        ground = (own.get("background-color") or own.get("background") or "none").strip()
        if ground != "none" and colour(ground, self._root.line) not in _NO_GROUND:
            hint = "Draw the background as a rectangle."
            raise refusal("a background that is no shape", self._root.line, hint)
        page = Affine(PX, 0.0, 0.0, -PX, 0.0, self.size.height)
        self._element(self._root, Scope(page, self._px, INITIAL))

    def _element(self, node: Node, outer: Scope, *, used: Mapping[str, str] | None = None) -> None:
        """Draw one element; `used` are the attributes of the `use` that shows it."""
        if node.tag in _UNSEEN and not (used is not None and node.tag == "symbol"):
            return
        self._visited += 1
        self._used += outer.used
        if (
            max(self._visited - MOST_ELEMENTS, self._used - _MOST_USED, outer.depth - MOST_DEPTH)
            > 0
        ):
            raise refusal("elements that use each other too often", node.line)
        own = self._cascade.properties(node)
        self._characters += sum(map(len, own.values()))
        if self._characters > 2 * MOST_BYTES:
            raise refusal("elements that use each other too often", node.line)
        if own.get("display", "").strip() == "none" or not _applies(own):
            return
        scope = self._scope(node, own, outer)
        if scope.opacity <= 0:
            return
        before = len(self.shapes)
        if node.tag in SHAPES:
            self._add(self._painter.shapes(node, own, scope), node.line)
        elif node.tag == "use":
            self._use(node, own, scope)
        elif node.tag in ("svg", "symbol"):
            self._viewport(node, {**own, **(used or {})}, scope)
        elif node.tag in _GROUPS:
            self._children(node, scope)
        else:
            self._refuse(node)
        clip = own.get("clip-path", "none").strip()
        if clip not in ("", "none"):
            outside = self._clip(clip, node, outer, own)
            if outside:
                self._held_in(outside, before, "a clipping path that cuts something off", node.line)

    def _scope(self, node: Node, own: Mapping[str, str], outer: Scope) -> Scope:
        refuse_effects(own, node.line)
        matrix = outer.matrix
        if own.get("transform"):
            matrix = transform(own["transform"], node.line).then(matrix)
        return replace(
            outer, matrix=matrix, depth=outer.depth + 1,
            style=inherited(own, outer.style, node.line),
            opacity=outer.opacity * share_of(own.get("opacity", "1"), node.line),
        )  # fmt: skip

    def _children(self, node: Node, scope: Scope) -> None:
        for child in node.children:
            if node.tag == "switch":
                if child.tag not in _UNSEEN and _applies(child.attributes):
                    self._element(child, scope)
                    return
            else:
                self._element(child, scope)

    def _refuse(self, node: Node) -> None:
        """Refuse an element that is none of those drawn; text without a letter is nothing."""
        if node.tag in _TEXTS:
            parts = list(node.all())
            self._visited += len(parts)
            if any(part.text.strip() for part in parts):
                raise refusal("text", node.line, _TO_PATHS)
            return
        raise refusal(_NAMES.get(node.tag, f"an element <{node.tag[:40]}>"), node.line)

    def _use(self, node: Node, own: Mapping[str, str], scope: Scope) -> None:
        link = own.get("href", "").strip()
        if link and not link.startswith("#"):
            raise refusal("a part that stands in another file", node.line)
        target = self._ids.get(link[1:]) if link else None
        if target is None:
            return
        x = length(_given(own, "x", "0"), scope.viewport.width, node.line)
        y = length(_given(own, "y", "0"), scope.viewport.height, node.line)
        moved = replace(scope, used=True, matrix=Affine.move(x, y).then(scope.matrix))
        sides = {side: own[side] for side in ("width", "height") if own.get(side, "").strip()}
        self._element(target, moved, used=sides if target.tag in ("svg", "symbol") else {})

    def _viewport(self, node: Node, own: Mapping[str, str], scope: Scope) -> None:
        """Draw an svg or a symbol: its own coordinates, and nothing to be seen beside it."""
        line, (across, down) = node.line, scope.viewport
        if node is self._root:
            place, box = Rect.of(self._px), self._box
        else:
            width = length(_given(own, "width", "100%"), across, line)
            height = length(_given(own, "height", "100%"), down, line)
            x, y = 0.0, 0.0
            if node.tag == "svg":
                x = length(_given(own, "x", "0"), across, line)
                y = length(_given(own, "y", "0"), down, line)
            place, box = Rect(x, y, x + width, y + height), self._view_box(own, line)
        if place.width <= 0 or place.height <= 0:
            return
        matrix, inner = Affine.move(place.left, place.bottom), Size(place.width, place.height)
        if box:
            matrix = view(box, place, own.get("preserveAspectRatio", ""))
            inner = Size(box[2], box[3])
        before = len(self.shapes)
        self._children(node, replace(scope, matrix=matrix.then(scope.matrix), viewport=inner))
        if node is not self._root and own.get("overflow", "").strip() not in ("visible", "auto"):
            self._held_in(
                [Clip.of(place, scope.matrix)], before, "a part that is cut off at its edge", line
            )

    def _view_box(self, own: Mapping[str, str], line: int) -> list[float]:
        box = numbers(own.get("viewBox", ""), line)
        if box and (len(box) != 4 or min(box[2:]) <= 0):
            raise broken("The view box of the drawing has no size.", line)
        return box

    def _clip(self, text: str, node: Node, outer: Scope, own: Mapping[str, str]) -> list[Clip]:
        link = URL.match(text)
        if not link or not link[1].startswith("#"):
            raise refusal("a clipping path", node.line)
        target = self._ids.get(link[1][1:])
        if target is None or target.tag != "clipPath":
            return []
        matrix = outer.matrix
        if own.get("transform"):
            matrix = transform(own["transform"], node.line).then(matrix)
        return clip_of(target, self._ids, self._cascade, matrix, outer.viewport)

    def _held_in(self, clips: list[Clip], before: int, what: str, line: int) -> None:
        """Refuse a clip that takes anything away which would be seen on the page."""
        page = Rect.of(self.size)
        for index in range(before, len(self.shapes)):
            if index not in self._boxes:
                path = seen(self.shapes[index])
                self._boxes[index] = path, bounds(path)
            path, box = self._boxes[index]
            self._checked += len(clips) * (1 if clips[0].upright else len(path))
            if self._checked > _MOST_CHECKS:
                raise refusal("too many clipping paths", line)
            if not any(clip.holds(path, box, page) for clip in clips):
                raise refusal(what, line)

    def _add(self, shapes: Iterable[Shape], line: int) -> None:
        for shape in shapes:
            # NaN is not smaller than anything, so it is caught too.
            if not all(abs(value) < FURTHEST for _, xy in shape.path for value in xy):
                raise refusal("a number too large for paper", line)
            self.shapes.append(shape)


def _given(own: Mapping[str, str], name: str, otherwise: str) -> str:
    text = own.get(name, "").strip()
    return otherwise if text in ("", "auto") else text


def _applies(own: Mapping[str, str]) -> bool:
    """Return whether an element's conditions hold (SVG 1.1 section 5.8)."""
    languages = re.split(r"[\s,]+", own.get("systemLanguage", "en").lower())
    return not own.get("requiredExtensions", "").strip() and any(
        language.startswith("en") for language in languages
    )
