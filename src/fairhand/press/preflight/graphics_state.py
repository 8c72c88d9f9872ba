"""Graphics states that a page chooses by name (ISO 32000-1 section 8.4.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

from fairhand.press.preflight import showing
from fairhand.press.preflight.state import State
from fairhand.press.preflight.subject import matrix_of, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.content import Content
    from fairhand.press.preflight.finding import Finding
    from fairhand.press.preflight.painted import Painted


def choose(content: Content, name: str) -> Iterator[Painted | Finding]:
    """Do gs: set what the graphics state sets, and yield what its soft mask paints."""
    entry = content.resource("/ExtGState", name)
    if entry is None:
        yield from content.walk.damage(
            f"The graphics state {name} is not in the file.", content.thing
        )
        return
    state = content.state
    if "/OP" in entry:
        state.stroke_overprints = state.fill_overprints = bool(entry["/OP"])
    if "/op" in entry:
        state.fill_overprints = bool(entry["/op"])
    state.overprint_mode = int(_number(entry.get("/OPM"), state.overprint_mode))
    state.alpha = _number(entry.get("/ca"), state.alpha)
    if "/BM" in entry:
        blend = entry["/BM"]
        state.blend = str(blend[0] if isinstance(blend, pikepdf.Array) and len(blend) else blend)
    state.width = _number(entry.get("/LW"), state.width)
    if "/Font" in entry:
        state.font, state.size = entry["/Font"][0], float(entry["/Font"][1])
        yield showing.selected(content)
    mask = entry.get("/SMask")
    group = mask.get("/G") if isinstance(mask, pikepdf.Dictionary) else None
    if isinstance(group, pikepdf.Stream) and content.walk.first_time(("mask", group.objgen)):
        inner = State(content.state.clip)
        inner.matrix, inner.hidden = state.matrix, True
        matrix = matrix_of(group.get("/Matrix"))
        yield from content.walk.form(group, content.resources, inner, matrix, content.depth)


def _number(value: Any, otherwise: float) -> float:
    found = number_of(value) if value is not None else None
    return otherwise if found is None else found
