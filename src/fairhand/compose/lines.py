"""A few given lines in a given area: a front's words, an imprint, an address block."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fairhand.compose.bidi import note_reads_right_to_left, reads_right_to_left
from fairhand.compose.copyfit import CLEARANCE
from fairhand.compose.page import ComposedLine, ComposedPage, ComposedWord
from fairhand.compose.setting import Part, SetLine, set_lines
from fairhand.compose.shape import Shaper
from fairhand.compose.skyline import Skyline, needed, settle, skylines
from fairhand.errors import InputError
from fairhand.geometry import Rect, Size
from fairhand.layout.model import Align, Block, Role
from fairhand.units import in_mm

_SMALLEST_SHARE = 0.6
_STEPS = 9
_MARGIN_OF_INK = 0.1
"""How far inside its area ink stays above and below, x-heights."""

_EVEN_CLEARANCE = 0.45
"""Least distance of the inks of lines that stand evenly, x-heights: so much that the hand, when it
moves them, need not part two of them. Where lines have to be closer, it is less."""

_UNBROKEN = 1e6
"""A measure that no line reaches, em."""


def fitted_lines(
    panel: str, role: Role, texts: list[str], area: Rect, size: Size, safe: Rect,
    shaper: Shaper, x_height: float, align: Align, *, floor: float = 0.0, middle: float = 0.5,
    field: str = "", leading: float = 1.0, even: bool = False,
) -> ComposedPage:  # fmt: skip
    """Compose lines as they are given inside an area, smaller when they do not fit.

    `x_height` is the wished one, `floor` the least (both points; 60 % of the wish when not
    given); `middle` is where the block's middle stands in the area's height; `field` is the
    note's field that the lines come from; `leading` a share of the hand's own, for blocks that
    have to be closer (ink never touches). Lines that would touch move apart: two of them, or
    with `even` all of them alike. InputError when they do not fit at the floor.
    """
    hand = shaper.hand
    floor = floor or _SMALLEST_SHARE * x_height
    whole = " ".join(texts)
    rtl = reads_right_to_left(whole, within=note_reads_right_to_left(whole, shaper.language.tag))
    units = (shaper.units(text, rtl=reads_right_to_left(text, within=rtl)) for text in texts)
    part = Part(role, field or role, tuple(map(tuple, units)), Block(align=align), rtl)
    natural = set_lines([part], _UNBROKEN, shaper)
    for step in range(_STEPS + 1 if floor < x_height else 1):
        wished = x_height + (floor - x_height) * step / _STEPS
        em = wished / hand.x_height_em
        page = _attempt(natural, em, wished, area, size, shaper, leading, even=even)
        if page is not None:
            lines, pitch, high, low = page
            spare = area.height - (high - low)
            drop = (area.top - high) - max(0.0, spare) * (1 - middle)
            moved = tuple(_moved(line, drop) for line in lines)
            return ComposedPage(
                panel, size, safe, area, moved, hand.x_height_em, hand.space_em, pitch
            )
    longest = max(natural, key=lambda line: line.width)
    what = f'"{texts[natural.index(longest)]}" does'
    if longest.width * floor / hand.x_height_em <= area.width:
        what = f"{len(texts)} lines do" if len(texts) > 1 else "One line does"
    raise InputError(
        f"{what} not fit in {in_mm(area.width):.0f} x {in_mm(area.height):.0f} mm "
        f"({_PLACES.get(role, role)}).",
        hint="Shorten it, or spread it over more lines.",
        field=field or role,
    )


_PLACES = {"address": "the address", "front": "the front of the card", "imprint": "the imprint"}


def _attempt(
    natural: list[SetLine], em: float, x_height: float, area: Rect, size: Size, shaper: Shaper,
    leading: float, *, even: bool,
) -> tuple[tuple[ComposedLine, ...], float, float, float] | None:  # fmt: skip
    """Return the lines, their pitch, and their highest and lowest ink; None if too large."""
    hand = shaper.hand
    pitch = leading * x_height * hand.data.leading
    margin = _MARGIN_OF_INK * x_height
    at_least = pitch * (len(natural) - 1) + (hand.ascent_em - hand.descent_em) * em + 2 * margin
    if at_least > area.height:
        return None
    lines: list[ComposedLine] = []
    skylines = []
    for line in natural:
        inks = [(x + w.ink_left_em, x + w.ink_right_em) for w, x, _ in line.words] or [(0.0, 0.0)]
        low, high = min(ink[0] for ink in inks), max(ink[1] for ink in inks)
        if line.role != "address":
            # The lines of an address begin flush, ink under ink.
            low = min(0.0, low)
        if (max(high, line.width) - low) * em > area.width:
            return None
        width = line.width * em
        left = {
            "left": area.left - low * em,
            "centre": area.left + (area.width - width) / 2,
            "right": area.right - max(high, line.width) * em,
        }[line.side]
        words = tuple(ComposedWord(w, left + x * em, spaced) for w, x, spaced in line.words)
        lines.append(ComposedLine(line.role, line.field, words, 0.0, em, line.side, line.rtl))
        skylines.append(_skyline(words, em, size.width))
    if even:
        pitch = max(pitch, _clear_pitch(skylines, _EVEN_CLEARANCE * leading * x_height))
    wished = [-pitch * index for index in range(len(lines))]
    settled = wished if even else settle(wished, skylines, CLEARANCE * x_height)
    high = max(
        hand.ascent_em * em, *(s.highest + y for s, y in zip(skylines, settled, strict=True))
    )
    low = min(
        settled[-1] + hand.descent_em * em,
        *(s.lowest + y for s, y in zip(skylines, settled, strict=True)),
    )
    if high - low + 2 * margin > area.height:
        return None
    moved = tuple(_moved(line, y) for line, y in zip(lines, settled, strict=True))
    return moved, pitch, high + margin, low - margin


def _clear_pitch(skylines: list[Skyline], clearance: float) -> float:
    """Return the least distance of all lines at which each is clear of the two below it."""
    return max(
        (
            needed(line, other, clearance) / below
            for number, line in enumerate(skylines)
            for below, other in enumerate(skylines[number + 1 : number + 3], start=1)
        ),
        default=0.0,
    )


def _skyline(words: tuple[ComposedWord, ...], em: float, width: float) -> Skyline:
    tables = [word.shaped.columns * em + np.array([word.x, 0.0, 0.0]) for word in words]
    table = np.concatenate(tables) if tables else np.zeros((0, 3))
    step = words[0].shaped.column_em * em if words else 0.0
    left, low, high = table.T
    only = np.zeros(len(table), dtype=np.int64)
    return skylines(only, 1, left, left + step, low, high, width)[0]


def _moved(line: ComposedLine, by: float) -> ComposedLine:
    return replace(line, y=line.y + by)
