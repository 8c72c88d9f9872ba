"""Letters on a page: the operators of text (ISO 32000-1 section 9), as things painted."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pikepdf

from fairhand.geometry import Rect
from fairhand.press.preflight.painted import UPRIGHT, Matrix, Painted, scale_of, times
from fairhand.press.preflight.state import box_of
from fairhand.press.preflight.subject import DAMAGED, matrix_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.content import Content
    from fairhand.press.preflight.finding import Finding
    from fairhand.press.preflight.type_metrics import Metrics


def select(content: Content, operands: list[Any]) -> Iterator[Painted | Finding]:
    """Do Tf: choose a font, and yield it."""
    name = str(operands[0])
    font = content.resource("/Font", name)
    content.state.font, content.state.size = font, float(operands[1])
    if font is None:
        yield from content.walk.damage(f"The font {name} is not in the file.", content.thing)
    elif content.walk.first_time(("font", name, content.thing)):
        yield selected(content)


def selected(content: Content) -> Painted:
    """Return the chosen font as something painted that nobody sees."""
    return Painted(content.walk.number, "font", None, content.state.fill, content.thing,
                   font=content.state.font)  # fmt: skip


def next_line(content: Content, x: float, y: float) -> None:
    """Begin a line, moved from the beginning of the last one."""
    content.line = times((1.0, 0.0, 0.0, 1.0, x, y), content.line)
    content.text = content.line


def show(content: Content, name: str, operands: list[Any]) -> Iterator[Painted | Finding]:
    """Do an operator that shows letters, and yield them as one thing painted."""
    state = content.state
    if name in ("'", '"'):
        if name == '"':
            state.word_space, state.character_space = (float(part) for part in operands[:2])
        next_line(content, 0.0, -state.leading)
    if state.font is None:
        yield from content.walk.damage("Letters are shown without a font.", content.thing)
        return
    if content.measured is None or content.measured[0] is not state.font:
        content.measured = (state.font, content.walk.metrics(state.font))
    metrics = content.measured[1]
    parts = operands[-1] if name == "TJ" else [operands[-1]]
    across = 0.0
    codes: list[int] = []
    for part in parts:
        if isinstance(part, pikepdf.String):
            shown = metrics.codes(bytes(part))
            codes += shown
            across += _advance(content, shown, metrics)
        else:
            across -= float(part) / 1000 * state.size * state.stretch
    matrix = times(content.text, state.matrix)
    height = state.size
    box = box_of(
        Rect(min(0.0, across), state.rise - 0.15 * height, max(0.0, across),
             state.rise + 0.6 * height), matrix,
    )  # fmt: skip
    content.text = times((1.0, 0.0, 0.0, 1.0, across, 0.0), content.text)
    if not codes:
        return
    size = abs(height) * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5
    colour = state.stroke if state.render % 4 == 1 else state.fill
    yield Painted(content.walk.number, "text", state.seen(box), colour, content.thing,
                  overprints=state.overprints(colour), font=state.font, size=size,
                  codes=tuple(codes[:500]), visible=state.render not in (3, 7)
                  and state.visible, hidden=state.hidden, unseen=state.render == 3,
                  multiplies=state.multiplies)  # fmt: skip
    if state.render % 4 in (1, 2):
        yield Painted(content.walk.number, "stroke", state.seen(box), state.stroke, content.thing,
                      state.width * scale_of(state.matrix), visible=state.visible)  # fmt: skip
    if colour.pattern is not None:
        yield from content.pattern(colour, box)
    if metrics.is_drawn:
        yield from _letters(content, codes, matrix)


def _advance(content: Content, codes: list[int], metrics: Metrics) -> float:
    state = content.state
    stated, usual = metrics.widths.get, metrics.usual
    widths = sum([stated(code, usual) for code in codes]) * metrics.unit
    spaces = codes.count(32) if metrics.bytes_each == 1 else 0
    return (
        widths * state.size + len(codes) * state.character_space + spaces * state.word_space
    ) * state.stretch


def _letters(content: Content, codes: list[int], matrix: Matrix) -> Iterator[Painted | Finding]:
    """Yield what the letters of a Type 3 font paint, each once."""
    font = content.state.font
    names = _encoded(font)
    for code in codes:
        if code in names and content.walk.first_time(("letter", tuple(font.objgen), code)):
            glyph = font.get("/CharProcs", {}).get(names[code])
            if isinstance(glyph, pikepdf.Stream):
                inner = content.state.copied()
                inner.matrix = times((inner.size, 0, 0, inner.size, 0, 0), matrix)
                own = font.get("/Resources", content.resources)
                yield from content.walk.form(
                    glyph, own, inner, matrix_of(font.get("/FontMatrix")), content.depth
                )


def setting(name: str, share: float = 1.0) -> Any:
    """Return what sets a part of the graphics state to the operand, times `share`."""

    def put(content: Content, operands: list[Any]) -> None:
        setattr(content.state, name, float(operands[0]) * share)

    return put


def _encoded(font: Any) -> dict[int, str]:
    """Return the glyph names of a Type 3 font's codes (9.6.6.2)."""
    names: dict[int, str] = {}
    with suppress(*DAMAGED):
        code = 0
        for entry in font["/Encoding"]["/Differences"]:
            if isinstance(entry, pikepdf.Name):
                names[code] = str(entry)
                code += 1
            else:
                code = int(entry)
    return names


def _set_matrix(content: Content, operands: list[Any]) -> None:
    a, b, c, d, e, f = map(float, operands)
    content.text = content.line = (a, b, c, d, e, f)


def _move_with_leading(content: Content, operands: list[Any]) -> None:
    content.state.leading = -float(operands[1])
    next_line(content, float(operands[0]), float(operands[1]))


def _begin(content: Content, _: list[Any]) -> None:
    content.text = content.line = UPRIGHT


TEXT = {
    "BT": _begin,
    "ET": lambda content, _: None,
    "Tm": _set_matrix,
    "Td": lambda content, operands: next_line(content, float(operands[0]), float(operands[1])),
    "TD": _move_with_leading,
    "T*": lambda content, _: next_line(content, 0.0, -content.state.leading),
    "Tc": setting("character_space"),
    "Tw": setting("word_space"),
    "Tz": setting("stretch", 0.01),
    "TL": setting("leading"),
    "Ts": setting("rise"),
    "Tr": lambda content, operands: setattr(content.state, "render", int(operands[0])),
}
