"""Line breaking for a whole paragraph at once, for a ragged edge that looks laid by hand.

All ways to break the paragraph are weighed together (dynamic programming after Knuth &
Plass 1981, with the cost of a ragged line in place of stretched spaces): no single short
line among long ones, no lonely last word, no break where words are tied, none after a
lone "I" or the first word of a sentence where it can be helped. Unit: em.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fairhand.compose.division import parts_that_fit
from fairhand.compose.shape import Shaper, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

_OVER = 0.015
"""A line may stand out by this share of the measure: people squeeze a last word in."""

_TIE_COST = 400.0
_LONELY_COST = 30.0
_SHORT_END_COST = 5.0
_INSIDE_WORD_COST = 1.5
_INSIDE_ADDRESS_COST = 15.0
_WEAK_END_COST = 0.6


def break_lines(
    units: Sequence[Unit], measure: float, gaps: Sequence[float], first_indent: float = 0.0
) -> list[list[Unit]]:
    """Return the units of each line; every unit must be no wider than the measure.

    `measure`, `first_indent` and `gaps`, the space after each unit, are in em of the line.
    """
    ends = [i + 1 for i, unit in enumerate(units) if unit.may_break or i == len(units) - 1]
    if not ends:
        return []
    starts = [0, *ends[:-1]]
    before = _running_widths(units, gaps)
    best: list[float] = [0.0] + [float("inf")] * len(ends)
    cut: list[int] = [0] * (len(ends) + 1)
    for last in range(1, len(ends) + 1):
        end = ends[last - 1]
        tail = gaps[end - 1]
        for first in range(last - 1, -1, -1):
            start = starts[first]
            width = before[end] - before[start] - tail
            room = measure - (first_indent if start == 0 else 0.0)
            if width > room * (1 + _OVER) and last - first > 1:
                break
            cost = best[first] + _line_cost(
                units, start, end, (room - width) / measure, is_last=end == len(units),
                is_only=start == 0 and end == len(units),
            )  # fmt: skip
            if cost < best[last]:
                best[last], cut[last] = cost, first
    lines: list[list[Unit]] = []
    last = len(ends)
    while last:
        first = cut[last]
        lines.append(list(units[starts[first] : ends[last - 1]]))
        last = first
    return lines[::-1]


def divided(units: Sequence[Unit], measure: float, shaper: Shaper) -> list[Unit]:
    """Return the units with each one that is wider than the measure cut into parts that fit.

    This is the only place where anything is hyphenated (see `division`).
    """
    result: list[Unit] = []
    for unit in units:
        if unit.shaped.width_em <= measure:
            result.append(unit)
            continue
        parts = parts_that_fit(unit, measure, shaper)
        for index, text in enumerate(parts):
            last = index == len(parts) - 1
            shaped = shaper.word(text, rtl=unit.level % 2 == 1)
            result.append(
                replace(
                    unit, shaped=shaped, spaced=unit.spaced and last,
                    may_break=unit.may_break or not last, tied=unit.tied and last,
                )
            )  # fmt: skip
    return result


def _running_widths(units: Sequence[Unit], gaps: Sequence[float]) -> list[float]:
    total = 0.0
    widths = [0.0]
    for unit, gap in zip(units, gaps, strict=True):
        total += unit.shaped.width_em + gap
        widths.append(total)
    return widths


def _line_cost(
    units: Sequence[Unit], start: int, end: int, slack: float, *, is_last: bool, is_only: bool
) -> float:
    if is_last:
        if is_only:
            return 0.0
        # Two ideographs are worth a word.
        words = 1 + sum(unit.spaced + 0.5 * unit.square for unit in units[start : end - 1])
        cost = 0.0
        if words < 2:
            cost += _LONELY_COST
        if slack > 0.7:
            cost += _SHORT_END_COST * (slack - 0.7) / 0.3
        return cost
    over = max(0.0, -slack)
    slack = max(0.0, slack - 0.02)
    cost = 60 * slack * slack + 160 * slack**3 + 100 * over
    last = units[end - 1]
    if last.tied:
        cost += _TIE_COST
    if not (last.spaced or last.square):
        cost += _INSIDE_ADDRESS_COST if last.address else _INSIDE_WORD_COST
    text = last.shaped.text
    if len(text) == 1 and text.isalpha() and last.spaced:
        cost += _WEAK_END_COST
    if end - 2 >= start and units[end - 2].shaped.text.endswith((".", "!", "?")):
        cost += _WEAK_END_COST
    return cost
