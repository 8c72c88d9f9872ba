"""Copyfit: the writing size, leading, margins and panels with which a note fits its card.

Sizes go by x-height in steps of 0.1 mm, so that a changed word seldom changes the size.
Tried in this order: the comfortable size on the first panels, closer lines, narrower
margins, more panels, then smaller and smaller writing down to the floor; a short note grows
instead, up to the ceiling. Nothing is ever clipped or set below the floor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairhand.compose.lines_on_panel import good_cut, ink_edges, left_end, line_skyline
from fairhand.compose.setting import Part, SetLine, holds, set_lines, widest_whole
from fairhand.compose.skyline import settle
from fairhand.geometry import Rect
from fairhand.units import MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairhand.compose.shape import Shaper
    from fairhand.layout.model import CardLayout
    from fairhand.stationery.model import Card

_STEP = 0.1 * MM
CLEARANCE = 0.3
"""Least distance of the inks of two lines as composed, x-heights; writing uses some of it."""

PARAGRAPH_KEEPS = 0.93
"""What a paragraph's distance from the one above keeps at least of its own, a factor."""

_MARGIN_OF_INK = 0.2
"""How far inside the safe area composed ink stays, x-heights; writing uses some of it."""

_GROW_UNTIL = 0.72
_LOOSEN_UNTIL = 0.86


@dataclass(frozen=True, slots=True)
class Fit:
    """How a note fits: em size, line pitch (points), margins' tightness, and its panels."""

    size: float
    x_height: float
    pitch: float
    tightness: float
    panels: tuple[PanelFit, ...]

    @property
    def fill(self) -> float:
        """The share of the panels' height that is written on."""
        if not self.panels:
            return 0.0
        return sum(p.height for p in self.panels) / sum(p.block.height for p in self.panels)


@dataclass(frozen=True, slots=True)
class PanelFit:
    """One panel: its text block, its lines, their left ends and baselines below the top.

    `height` is what the lines take, `room` how far they may all move down.
    """

    name: str
    block: Rect
    lines: tuple[SetLine, ...]
    lefts: tuple[float, ...]
    baselines: tuple[float, ...]
    height: float
    room: float = 0.0


@dataclass(frozen=True, slots=True)
class Trial:
    """One way to try: x-height (points), factor of the leading, tightness of the margins."""

    x_height: float
    leading: float
    tightness: float


def fit(
    parts: list[Part], card: Card, layout: CardLayout, shaper: Shaper, *, large: bool
) -> Fit | None:
    """Return the best fit of a note on a card, or None when it does not fit even at the floor."""
    floor, comfortable, ceiling = size_range(layout, large=large)
    setter = _Setter(parts, card, layout, shaper, floor)
    flows = layout.flows(card)
    if not any(setter.attempt(flows[-1], trial) for trial in _smallest(layout, floor)):
        return None
    for flow in flows:
        for trial in _comfortable_trials(layout, comfortable):
            found = setter.attempt(flow, trial)
            if found:
                return _loosened(setter, flow, _grown(setter, flow, found, trial, ceiling), layout)
    for x_height in _downward(comfortable - _STEP, floor):
        for flow in flows:
            for trial in _tight_trials(layout, x_height):
                found = setter.attempt(flow, trial)
                if found:
                    return found
    return None


def fits(parts: list[Part], card: Card, layout: CardLayout, shaper: Shaper, *, large: bool) -> bool:
    """Tell whether a note fits at all: at the floor, on all panels, with the least margins."""
    floor = size_range(layout, large=large)[0]
    setter = _Setter(parts, card, layout, shaper, floor)
    return any(setter.attempt(layout.flows(card)[-1], trial) for trial in _smallest(layout, floor))


def _smallest(layout: CardLayout, floor: float) -> list[Trial]:
    return [Trial(floor, leading, 1.0) for leading in _leadings(layout)]


def _leadings(layout: CardLayout) -> tuple[float, float]:
    """Return the leadings to try; on rules, lines that would touch cannot give way, so wider."""
    leading = layout.leading
    return (leading.usual, leading.most if layout.ruling else leading.least)


def is_comfortable(found: Fit, layout: CardLayout, card: Card, *, large: bool) -> bool:
    """Tell whether a fit has the comfortable size and full margins on the first try's panels."""
    first = layout.flows(card)[0]
    return (
        found.x_height >= size_range(layout, large=large)[1] - 0.01
        and found.tightness == 0
        and tuple(panel.name for panel in found.panels) == first[: len(found.panels)]
    )


def size_range(layout: CardLayout, *, large: bool) -> tuple[float, float, float]:
    """Return floor, comfortable and ceiling x-height in points; large print starts at 3.5 mm."""
    sizes = layout.x_height
    if large:
        return 3.5 * MM, 3.5 * MM, 4.2 * MM
    return sizes.floor, max(sizes.floor, sizes.comfortable), max(sizes.floor, sizes.ceiling)


def _comfortable_trials(layout: CardLayout, x_height: float) -> Iterator[Trial]:
    usual, other = _leadings(layout)
    yield Trial(x_height, usual, 0.0)
    yield Trial(x_height, other, 0.0)
    yield Trial(x_height, other, 1.0)


def _tight_trials(layout: CardLayout, x_height: float) -> Iterator[Trial]:
    usual, other = _leadings(layout)
    yield Trial(x_height, usual, 0.5)
    yield Trial(x_height, other, 1.0)


def _downward(start: float, floor: float) -> Iterator[float]:
    x_height = start
    while x_height > floor + 0.01:
        yield x_height
        x_height -= _STEP
    yield floor


def _grown(setter: _Setter, flow: Sequence[str], found: Fit, trial: Trial, ceiling: float) -> Fit:
    if trial.tightness > 0:
        return found
    x_height = trial.x_height + _STEP
    while x_height <= ceiling + 0.01:
        larger = setter.attempt(flow, Trial(x_height, trial.leading, 0.0))
        if larger is None or larger.fill > _GROW_UNTIL:
            break
        found = larger
        x_height += _STEP
    return found


def _loosened(setter: _Setter, flow: Sequence[str], found: Fit, layout: CardLayout) -> Fit:
    if found.tightness > 0:
        return found
    leading = layout.leading.usual + 0.06
    while leading <= layout.leading.most + 0.001:
        looser = setter.attempt(flow, Trial(found.x_height, leading, 0.0))
        if looser is None or looser.fill > _LOOSEN_UNTIL:
            break
        found = looser
        leading += 0.06
    return found


class _Setter:
    """Sets one note on one card at the sizes that are tried; lines are broken once a measure.

    No word is cut that would be whole in the smallest writing.
    """

    def __init__(
        self, parts: list[Part], card: Card, layout: CardLayout, shaper: Shaper, floor: float
    ) -> None:
        self.parts = parts
        self.card = card
        self.layout = layout
        self.shaper = shaper
        self._broken: dict[float, list[SetLine] | None] = {}
        widest = self._measure(Trial(floor, 1.0, 1.0))
        self._whole = widest_whole(parts, widest, shaper)

    def _measure(self, trial: Trial) -> float:
        """Return a trial's line length, em of its writing."""
        insets = self.layout.margin.insets(self.card.size, trial.tightness)
        width = Rect.of(self.card.size).inset(insets).width
        return round(width / trial.x_height * self.shaper.hand.x_height_em, 4)

    def attempt(self, flow: Sequence[str], trial: Trial) -> Fit | None:
        hand = self.shaper.hand
        size = trial.x_height / hand.x_height_em
        pitch = trial.x_height * hand.data.leading * trial.leading
        insets = self.layout.margin.insets(self.card.size, trial.tightness)
        block = Rect.of(self.card.size).inset(insets)
        measure = self._measure(trial)
        if measure <= 1:
            return None
        if measure not in self._broken:
            whole = holds(self.parts, self._whole, measure, self.shaper)
            lines = set_lines(self.parts, measure, self.shaper) if whole else None
            self._broken[measure] = lines
        lines = self._broken[measure]
        if lines is None:
            return None
        panels: list[PanelFit] = []
        rest = lines
        for name in flow:
            if not rest:
                break
            safe = self.layout.safe_area(self.card, name)
            area = block.intersection(safe)
            panel = self._fill(name, area, safe, rest, size, pitch, trial.x_height)
            if not panel.lines:
                return None
            panels.append(panel)
            rest = rest[len(panel.lines) :]
        if rest:
            return None
        return Fit(size, trial.x_height, pitch, trial.tightness, tuple(panels))

    def _fill(
        self, name: str, area: Rect, safe: Rect, lines: list[SetLine], size: float,
        pitch: float, x_height: float,
    ) -> PanelFit:  # fmt: skip
        """Take as many lines as the panel holds, leaving no part of the note torn badly."""
        hand = self.shaper.hand
        wished: list[float] = []
        y = -hand.ascent_em * size * lines[0].size
        for index, line in enumerate(lines):
            if index:
                extra = 0.0 if self.layout.ruling else line.space_before
                y -= pitch * (1.0 + extra)
            if y + hand.descent_em * size < -area.height - 0.01:
                break
            wished.append(y)
        taken = lines[: len(wished)]
        lefts = [left_end(line, area, size) for line in taken]
        skylines = [
            line_skyline(line, left, size, self.card.width)
            for line, left in zip(taken, lefts, strict=True)
        ]
        gap = CLEARANCE * x_height
        least = [
            PARAGRAPH_KEEPS * (wished[i - 1] - wished[i]) if i and line.space_before else 0.0
            for i, line in enumerate(taken)
        ]
        if self.layout.ruling:
            settled = list(wished)
            if any(
                a - b > 0.01 for a, b in zip(wished, settle(wished, skylines, gap), strict=True)
            ):
                return PanelFit(name, area, (), (), (), 0.0)
        else:
            # The first line's own height, and ink that reaches over the margins.
            top = safe.top - area.top - _MARGIN_OF_INK * x_height
            over = max((s.highest + w - top for s, w in zip(skylines[:1], wished[:1], strict=True)),
                       default=0.0)  # fmt: skip
            settled = settle([w - max(0.0, over) for w in wished], skylines, gap, least)
        bottom = safe.bottom - area.top + _MARGIN_OF_INK * x_height
        count = 0
        for line_y, line, sky in zip(settled, taken, skylines, strict=True):
            nominal = line_y + hand.descent_em * size * line.size
            if nominal < -area.height - 0.01 or line_y + sky.lowest < bottom:
                break
            count += 1
        inner = Rect(safe.left, 0, safe.right, 0)
        for line, left in zip(taken[:count], lefts[:count], strict=True):
            ink_left, ink_right = ink_edges(line, left, size)
            if ink_left < inner.left or ink_right > inner.right:
                if ink_right - ink_left > inner.width:
                    return PanelFit(name, area, (), (), (), 0.0)
                shift = max(0.0, inner.left - ink_left) - max(0.0, ink_right - inner.right)
                lefts[taken.index(line)] += shift
        if count < len(lines):
            count = good_cut(lines, count)
        # By the wished places: a line pushed down a little must not move the whole panel.
        height = -wished[count - 1] - hand.descent_em * size if count else 0.0
        inks = [s.lowest + y for s, y in zip(skylines, settled[:count], strict=False)]
        room = max(0.0, min(inks, default=0.0) - bottom)
        return PanelFit(
            name,
            area,
            tuple(taken[:count]),
            tuple(lefts[:count]),
            tuple(settled[:count]),
            height,
            room,
        )
