"""The operators of a content stream (ISO 32000-1 section 8), as things painted."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pikepdf

from fairhand.geometry import Rect
from fairhand.press.preflight import graphics_state, showing
from fairhand.press.preflight.colour_space import GRAY, UNKNOWN, space_of
from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.painted import UPRIGHT, Colour, Matrix, Painted, at, scale_of, times
from fairhand.press.preflight.placing import packed, picture_of
from fairhand.press.preflight.state import State, box_around, box_of
from fairhand.press.preflight.subject import DAMAGED, matrix_of, thing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.type_metrics import Metrics
    from fairhand.press.preflight.walk import Walk

_MOST_STATES = 10_000
_PAINTS = {
    "f": (True, False), "F": (True, False), "f*": (True, False), "S": (False, True),
    "s": (False, True), "B": (True, True), "B*": (True, True), "b": (True, True),
    "b*": (True, True), "n": (False, False),
}  # fmt: skip
_DEVICE = {"g": ("Gray", 1), "rg": ("RGB", 3), "k": ("CMYK", 4)}
_WITHOUT_EFFECT = frozenset(
    "i j J M d ri d0 d1 MP DP h".split()  # noqa: SIM905 (as in the standard)
)
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
        state = self.state
        if name in _PAINTS:
            yield from self._paint(*_PAINTS[name])
        elif name in ("m", "l", "c", "v", "y"):
            numbers = [float(part) for part in operands]
            self.points += [
                at(state.matrix, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)
            ]
        elif name == "re":
            self._rectangle(*(float(part) for part in operands))
        elif name in ("Tj", "TJ", "'", '"'):
            yield from showing.show(self, name, operands)
        elif name in showing.TEXT:
            showing.TEXT[name](self, operands)
        elif name in _STATE:
            _STATE[name](self, operands)
        elif name.lower() in _DEVICE:
            kind, count = _DEVICE[name.lower()]
            parts = _floats(operands, count)
            space = space_of(pikepdf.Name(f"/Device{kind}"), self.resources)
            self._colour(name.isupper(), Colour(space, parts))
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
        elif name == "q":
            self.stack.append(state.copied())
            if len(self.stack) > _MOST_STATES:
                raise ValueError("too many states")
        elif name in ("BMC", "BDC", "EMC"):
            self._mark(name, operands)
        elif name in ("BX", "EX"):
            self.lenient += 1 if name == "BX" else -1
        elif name == "PS":
            yield Finding("postscript", "error", "The page has PostScript code in it.",
                          "Export it again without embedded PostScript.", self.walk.number,
                          self.thing)  # fmt: skip
        elif name not in _WITHOUT_EFFECT:
            yield from self._unknown(name[:20])

    def _unknown(self, name: str) -> Iterator[Finding]:
        if self.lenient <= 0:
            yield from self.walk.damage(f'The page has an unknown operator, "{name}".', self.thing)
        elif self.walk.first_time(("unknown", name)):
            yield Finding(
                "unknown-operator", "warning", f'The page has an operator, "{name}", that other '
                "programs may leave out.", "Export it again without.", self.walk.number, self.thing,
            )  # fmt: skip

    def _mark(self, name: str, operands: list[Any]) -> None:
        """Begin or end marked content; on a layer that is switched off it is hidden."""
        if name == "EMC":
            if self.marks:
                self.state.hidden = self.marks.pop()
            return
        self.marks.append(self.state.hidden)
        if name == "BDC" and str(operands[0]) == "/OC" and isinstance(operands[1], pikepdf.Name):
            layer = self.resource("/Properties", str(operands[1]))
            self.state.hidden = self.state.hidden or self.walk.is_off(layer)

    # Paths

    def _rectangle(self, x: float, y: float, width: float, height: float) -> None:
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
                      hidden=state.hidden)  # fmt: skip
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

    def _colour(self, stroking: bool, colour: Colour) -> None:
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
            self._colour(stroking, Colour(space, tuple(first)))
            return
        pattern = None
        if operands and isinstance(operands[-1], pikepdf.Name):
            wanted = str(operands.pop())
            pattern = self.resource("/Pattern", wanted)
            if pattern is None:
                yield from self.walk.damage(f"The pattern {wanted} is not in the file.", self.thing)
        self._colour(stroking, Colour(old.space, tuple(float(p) for p in operands), pattern))

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


def _floats(operands: list[Any], count: int) -> tuple[float, ...]:
    if len(operands) != count:
        raise ValueError("wrong number of operands")
    return tuple(float(part) for part in operands)


def _concatenate(content: Content, operands: list[Any]) -> None:
    a, b, c, d, e, f = (float(part) for part in operands)
    content.state.matrix = times((a, b, c, d, e, f), content.state.matrix)


def _clip(content: Content, _: list[Any]) -> None:
    content.clips = True


_STATE = {
    "cm": _concatenate,
    "w": showing.setting("width"),
    "W": _clip,
    "W*": _clip,
}
