"""The operators of a content stream (ISO 32000-1 section 8), as things painted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pikepdf

from fairhand.geometry import Rect
from fairhand.press.preflight import graphics_state, showing
from fairhand.press.preflight.colour_space import GRAY, UNKNOWN, space_of
from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.objects import RENDERING_INTENTS, unknown_intent
from fairhand.press.preflight.painted import UPRIGHT, Colour, Matrix, Painted, at, scale_of, times
from fairhand.press.preflight.placing import packed, picture_of
from fairhand.press.preflight.state import State, box_around, box_of
from fairhand.press.preflight.subject import DAMAGED, matrix_of, thing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.colour_space import Space
    from fairhand.press.preflight.type_metrics import Metrics
    from fairhand.press.preflight.walk import Walk

Quiet = Callable[["Content", Any], None]
_MOST_STATES = 10_000
_THIN = 0.249
"""What fits into so little (points) is a line, whatever its shape."""

_PAINTS = {
    "f": (True, False), "F": (True, False), "f*": (True, False), "S": (False, True),
    "s": (False, True), "B": (True, True), "B*": (True, True), "b": (True, True),
    "b*": (True, True), "n": (False, False),
}  # fmt: skip
_AGAIN = "Export the file again; this copy is damaged."


class Content:
    """One content stream under way."""

    def __init__(self, walk: Walk, resources: Any, state: State, thing: str, depth: int) -> None:
        self.walk = walk
        self.resources = resources
        self.state = state
        self.thing = thing
        self.depth = depth
        self.base = state.matrix
        self.marks: list[bool] = []
        self.spaces: dict[str, Space] = {}
        self.stack: list[State] = []
        self.points: list[tuple[float, float]] = []
        self.thinnest = float("inf")
        self.clips = False
        self.text: Matrix = UPRIGHT
        self.line: Matrix = UPRIGHT
        self.lenient = 0
        self.measured: tuple[Any, Metrics] | None = None

    def run(self, steps: Any) -> Iterator[Painted | Finding]:
        """Yield what the steps of a parsed content stream paint."""
        for step in steps:
            try:
                if isinstance(step, pikepdf.ContentStreamInlineImage):
                    yield picture_of(self, step.iimage, None)
                    yield from packed(self, step.iimage)
                    continue
                name = str(step.operator)
                quiet = _QUIET.get(name)
                if quiet is not None:
                    quiet(self, step.operands)
                else:
                    yield from self._step(name, list(step.operands))
            except DAMAGED:
                yield from self.walk.damage(
                    "An operator has operands that it cannot have.", self.thing
                )
        if self.stack:
            yield Finding("states-unbalanced", "warning", "The page keeps graphics states (q) that "
                          "it never brings back (Q).", _AGAIN, self.walk.number,
                          self.thing)  # fmt: skip

    def _step(self, name: str, operands: list[Any]) -> Iterator[Painted | Finding]:
        if name in _PAINTS:
            yield from self._paint(*_PAINTS[name])
        elif name in ("Tj", "TJ", "'", '"'):
            yield from showing.show(self, name, operands)
        elif name.lower() in ("cs", "sc", "scn"):
            yield from self._set_colour(name, operands)
        elif name == "Tf":
            yield from showing.select(self, operands)
        elif name == "Do":
            yield from self._do(str(operands[0]))
        elif name == "gs":
            yield from graphics_state.choose(self, str(operands[0]))
        elif name == "sh":
            yield from self._shading_operator(str(operands[0]))
        elif name == "Q":
            if self.stack:
                self.state = self.stack.pop()
            else:
                yield from self.walk.damage(
                    "The page brings back a graphics state (Q) that it never kept.", self.thing
                )
        elif name == "ri":
            if str(operands[0]) not in RENDERING_INTENTS:
                yield unknown_intent(str(operands[0]), self.walk.number, self.thing)
        elif name == "PS":
            yield Finding("postscript", "error", "The page has PostScript code in it.",
                          "Export it again without embedded PostScript.", self.walk.number,
                          self.thing)  # fmt: skip
        else:
            yield from self._unknown(name[:20])

    def _unknown(self, name: str) -> Iterator[Finding]:
        if self.lenient <= 0:
            yield from self.walk.damage(f'The page has an unknown operator, "{name}".', self.thing)
        elif self.walk.first_time(("unknown", name)):
            yield Finding(
                "unknown-operator", "warning", f'The page has an operator, "{name}", that other '
                "programs may leave out.", "Export it again without.", self.walk.number, self.thing,
            )  # fmt: skip

    def device(self, kind: str) -> Space:
        """Return a device space, or what the resources put in its place."""
        if kind not in self.spaces:
            self.spaces[kind] = space_of(pikepdf.Name(f"/Device{kind}"), self.resources)
        return self.spaces[kind]

    # Paths

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle to the path."""
        matrix = self.state.matrix
        corners = [at(matrix, x + across, y + up) for across in (0, width) for up in (0, height)]
        self.points += corners
        a, b, c, d, _, _ = matrix
        self.thinnest = min(
            self.thinnest, abs(width) * (a * a + b * b) ** 0.5, abs(height) * (c * c + d * d) ** 0.5
        )

    def _paint(self, fills: bool, strokes: bool) -> Iterator[Painted | Finding]:
        state = self.state
        box = box_around(self.points)
        thin = self.thinnest
        if box is not None and min(box.width, box.height) < _THIN:
            thin = min(thin, box.width, box.height)
        self.points, self.thinnest = [], float("inf")
        if box is not None and fills:
            yield from self._filled(box, thin)
        if box is not None and strokes:
            width = state.width * scale_of(state.matrix)
            grown = Rect(box.left - width / 2, box.bottom - width / 2,
                         box.right + width / 2, box.top + width / 2)  # fmt: skip
            overprints = state.overprints(state.stroke, stroking=True)
            yield Painted(self.walk.number, "stroke", state.seen(grown), state.stroke, self.thing,
                          width, overprints, visible=state.visible,
                          hidden=state.hidden)  # fmt: skip
            yield from self.pattern(state.stroke, box)
        if self.clips:
            state.clipped(box)
            self.clips = False

    def _filled(self, box: Rect, thin: float) -> Iterator[Painted | Finding]:
        state = self.state
        yield Painted(self.walk.number, "fill", state.seen(box), state.fill, self.thing, thin,
                      state.overprints(state.fill), visible=state.visible,
                      hidden=state.hidden, multiplies=state.multiplies)  # fmt: skip
        yield from self.pattern(state.fill, box)

    def pattern(self, colour: Colour, box: Rect) -> Iterator[Painted | Finding]:
        """Yield what a pattern paints, the first time that it is used on the page."""
        pattern = colour.pattern
        if pattern is None:
            return
        if int(pattern.get("/PatternType", 0)) == 2:
            yield self._shading(pattern.get("/Shading"), self.state.seen(box))
            return
        if not self.walk.first_time(("pattern", tuple(pattern.objgen))):
            return
        inner = self.state.copied()
        inner.matrix = self.base
        # Its cell is repeated: what it paints is taken to be all over the place.
        inner.everywhere = self.state.seen(box) or Rect(0, 0, 0, 0)
        parts = Colour(colour.space.base or GRAY, colour.parts)
        inner.fill = inner.stroke = parts if int(pattern.get("/PaintType", 1)) == 2 else inner.fill
        if inner.fill.pattern is not None:
            inner.fill = inner.stroke = Colour(GRAY, (0.0,))
        matrix = matrix_of(pattern.get("/Matrix"))
        yield from self.walk.form(pattern, self.resources, inner, matrix, self.depth)

    # Colour

    def colour(self, stroking: bool, colour: Colour) -> None:
        """Choose the colour of strokes or of all else."""
        if stroking:
            self.state.stroke = colour
        else:
            self.state.fill = colour

    def _set_colour(self, name: str, operands: list[Any]) -> Iterator[Finding]:
        stroking = name.isupper()
        old = self.state.stroke if stroking else self.state.fill
        if name.lower() == "cs":
            space = space_of(operands[0], self.resources)
            if space is UNKNOWN:
                yield from self.walk.damage(
                    f"The colour space {operands[0]} is not in the file or is damaged.", self.thing
                )
            start = 1.0 if space.kind == "Spot" else 0.0
            first = [start] * space.count
            if space.kind == "CMYK" or space.model == "CMYK":
                first[-1:] = [1.0]
            self.colour(stroking, Colour(space, tuple(first)))
            return
        pattern = None
        if operands and isinstance(operands[-1], pikepdf.Name):
            wanted = str(operands.pop())
            pattern = self.resource("/Pattern", wanted)
            if pattern is None:
                yield from self.walk.damage(f"The pattern {wanted} is not in the file.", self.thing)
        self.colour(stroking, Colour(old.space, tuple(float(p) for p in operands), pattern))

    def _shading_operator(self, name: str) -> Iterator[Painted | Finding]:
        shading = self.resource("/Shading", name)
        if shading is None:
            yield from self.walk.damage(f"The shading {name} is not in the file.", self.thing)
            return
        yield self._shading(shading, self.state.clip)

    def _shading(self, shading: Any, box: Rect | None) -> Painted:
        space = space_of(shading.get("/ColorSpace"), self.resources)
        return Painted(self.walk.number, "shading", box, Colour(space), thing_of(shading),
                       picture=shading, visible=self.state.visible,
                       hidden=self.state.hidden)  # fmt: skip

    # Forms, pictures, graphics states

    def resource(self, kind: str, name: str) -> Any:
        """Return a resource by its kind (/Font) and name, None when it is not there."""
        with suppress(*DAMAGED):
            return self.resources.get(kind, {}).get(name)
        return None

    def _do(self, name: str) -> Iterator[Painted | Finding]:
        shown = self.resource("/XObject", name)
        if not isinstance(shown, pikepdf.Stream):
            yield from self.walk.damage(
                f"The page shows {name}, which is not in the file.", self.thing
            )
            return
        kind = str(shown.get("/Subtype", ""))
        if kind == "/Image":
            yield picture_of(self, shown, shown)
            if shown.get("/ImageMask", False):
                yield from self.pattern(self.state.fill, box_of(Rect(0, 0, 1, 1),
                                                                 self.state.matrix))  # fmt: skip
        elif kind == "/Form":
            matrix = matrix_of(shown.get("/Matrix"))
            inner = self.state.copied()
            inner.hidden = inner.hidden or self.walk.is_off(shown.get("/OC"))
            yield from self.walk.form(shown, self.resources, inner, matrix, self.depth)


def _floats(operands: Any, count: int) -> tuple[float, ...]:
    if len(operands) != count:
        raise ValueError("wrong number of operands")
    return tuple(float(part) for part in operands)


def _concatenate(content: Content, operands: Any) -> None:
    a, b, c, d, e, f = map(float, operands)
    content.state.matrix = times((a, b, c, d, e, f), content.state.matrix)


def _clip(content: Content, _: Any) -> None:
    content.clips = True


def _line(content: Content, operands: Any) -> None:
    numbers = list(map(float, operands))
    matrix = content.state.matrix
    content.points += [at(matrix, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]


def _keep(content: Content, _: Any) -> None:
    content.stack.append(content.state.copied())
    if len(content.stack) > _MOST_STATES:
        raise ValueError("too many states")


def _colour_of(kind: str, count: int, *, stroking: bool) -> Quiet:
    def put(content: Content, operands: Any) -> None:
        content.colour(stroking, Colour(content.device(kind), _floats(operands, count)))

    return put


def _begin_mark(content: Content, operands: Any) -> None:
    """Begin marked content; on a layer that is switched off it is hidden."""
    state = content.state
    content.marks.append(state.hidden)
    if len(operands) == 2 and str(operands[0]) == "/OC" and isinstance(operands[1], pikepdf.Name):
        layer = content.resource("/Properties", str(operands[1]))
        state.hidden = state.hidden or content.walk.is_off(layer)


def _end_mark(content: Content, _: Any) -> None:
    if content.marks:
        content.state.hidden = content.marks.pop()


def _lenient(by: int) -> Quiet:
    def change(content: Content, _: Any) -> None:
        content.lenient += by

    return change


def _nothing(content: Content, _: Any) -> None:
    """Do what leaves no mark that a check looks at."""


_QUIET: dict[str, Quiet] = {
    "cm": _concatenate, "w": showing.setting("width"), "W": _clip, "W*": _clip, "q": _keep,
    "m": _line, "l": _line, "c": _line, "v": _line, "y": _line,
    "re": lambda content, operands: content.rectangle(*(float(part) for part in operands)),
    "g": _colour_of("Gray", 1, stroking=False), "G": _colour_of("Gray", 1, stroking=True),
    "rg": _colour_of("RGB", 3, stroking=False), "RG": _colour_of("RGB", 3, stroking=True),
    "k": _colour_of("CMYK", 4, stroking=False), "K": _colour_of("CMYK", 4, stroking=True),
    "BMC": _begin_mark, "BDC": _begin_mark, "EMC": _end_mark,
    "BX": _lenient(1), "EX": _lenient(-1),
    **dict.fromkeys(("i", "j", "J", "M", "d", "d0", "d1", "MP", "DP", "h"), _nothing),
    **showing.TEXT,
}  # fmt: skip
"""Operators that paint nothing and find nothing: most of a page, so they are done at once."""
