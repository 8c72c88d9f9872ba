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

OVER = 0.015
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
        is_end = end == len(units)
        ending, weak = (0.0, 0.0) if is_end else _ending_costs(units, end)
        widest = measure * (1 + OVER)
        for first in range(last - 1, -1, -1):
            start = starts[first]
            width = before[end] - before[start] - tail
            indent = first_indent if start == 0 else 0.0
            if width > widest - indent * (1 + OVER) and last - first > 1:
                break
            slack = (measure - indent - width) / measure
            if is_end:
                cost = _last_line_cost(units, start, end, slack)
            else:
                # What the line lacks, or has too much, of the measure.
                short = slack - 0.02 if slack > 0.02 else 0.0
                cost = ending + 60 * short * short + 160 * short * short * short
                if slack < 0:
                    cost -= 100 * slack
                if start <= end - 2:
                    cost += weak
            cost += best[first]
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


def _ending_costs(units: Sequence[Unit], end: int) -> tuple[float, float]:
    """Return what it costs to end a line here, and how much more if it has several units."""
    last = units[end - 1]
    cost = 0.0
    if last.tied:
        cost += _TIE_COST
    if not (last.spaced or last.square):
        cost += _INSIDE_ADDRESS_COST if last.address else _INSIDE_WORD_COST
    text = last.shaped.text
    if len(text) == 1 and text.isalpha() and last.spaced:
        cost += _WEAK_END_COST
    opens = end > 1 and units[end - 2].shaped.text.endswith((".", "!", "?"))
    return cost, _WEAK_END_COST if opens else 0.0


def _last_line_cost(units: Sequence[Unit], start: int, end: int, slack: float) -> float:
    if start == 0:
        return 0.0
    # Two ideographs are worth a word.
    words = 1 + sum(unit.spaced + 0.5 * unit.square for unit in units[start : end - 1])
    cost = 0.0
    if words < 2:
        cost += _LONELY_COST
    if slack > 0.7:
        cost += _SHORT_END_COST * (slack - 0.7) / 0.3
    return cost
