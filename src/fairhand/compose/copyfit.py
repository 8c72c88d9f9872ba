"""Copyfit: the writing size, leading, margins and panels with which a note fits its card.

Sizes go by x-height in steps of 0.1 mm, so that a changed word seldom changes the size.
Tried in this order: the comfortable size on the first panels, closer lines, narrower
margins, more panels, then smaller and smaller writing down to the floor; a short note grows
instead, up to the ceiling. Nothing is ever clipped or set below the floor.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from fairhand.compose.lines_on_panel import good_cut, standing
from fairhand.compose.setting import Part, SetLine, holds, least_lines, set_lines, widest_whole
from fairhand.compose.skyline import settle
from fairhand.layout.panels import panels_of
from fairhand.units import MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairhand.compose.shape import Shaper
    from fairhand.geometry import Rect
    from fairhand.layout.model import CardLayout
    from fairhand.layout.panels import Panels
    from fairhand.stationery.model import Card

_STEP = 0.1 * MM
CLEARANCE = 0.3
"""Least distance of the inks of two lines as composed, x-heights; writing uses some of it."""

PARAGRAPH_KEEPS = 0.93
"""What a paragraph's distance from the one above keeps at least of its own, a factor."""

_MARGIN_OF_INK = 0.2
"""How far inside the safe area composed ink stays, x-heights; writing uses some of it."""

_ROUNDING = 0.01
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
    setter = Setter(parts, panels_of(layout, card), shaper, floor)
    flows = setter.panels.tries
    for flow in flows:
        for trial in comfortable_trials(layout, comfortable):
            found = setter.attempt(flow, trial)
            if found:
                return _loosened(setter, flow, _grown(setter, flow, found, trial, ceiling), layout)
    if not any(setter.attempt(flows[-1], trial) for trial in smallest_trials(layout, floor)):
        return None
    for x_height in _downward(comfortable - _STEP, floor):
        for flow in flows:
            for trial in _tight_trials(layout, x_height):
                found = setter.attempt(flow, trial)
                if found:
                    return found
    return None


def fits(parts: list[Part], card: Card, layout: CardLayout, shaper: Shaper, *, large: bool) -> bool:
    """Tell whether a note fits at all: at the floor on all panels with the least margins.

    Or at the comfortable size, whose margins are wider: some hands' ink reaches far over them.
    """
    floor, comfortable, _ = size_range(layout, large=large)
    setter = Setter(parts, panels_of(layout, card), shaper, floor)
    flows = setter.panels.tries
    return any(setter.attempt(flows[-1], trial) for trial in smallest_trials(layout, floor)) or any(
        setter.attempt(flow, trial)
        for flow in flows
        for trial in comfortable_trials(layout, comfortable)
    )


def smallest_trials(layout: CardLayout, floor: float) -> list[Trial]:
    """Return how the smallest writing is tried."""
    return [Trial(floor, leading, 1.0) for leading in _leadings(layout)]


def _leadings(layout: CardLayout) -> tuple[float, float]:
    """Return the leadings to try; on rules, lines that would touch cannot give way, so wider."""
    leading = layout.leading
    return (leading.usual, leading.most if layout.ruling else leading.least)


def is_comfortable(found: Fit, layout: CardLayout, card: Card, *, large: bool) -> bool:
    """Tell whether a fit has the comfortable size and full margins on the first try's panels."""
    first = panels_of(layout, card).tries[0]
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


def comfortable_trials(layout: CardLayout, x_height: float) -> Iterator[Trial]:
    """Yield how the comfortable size is tried, full margins first."""
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


def _grown(setter: Setter, flow: Sequence[str], found: Fit, trial: Trial, ceiling: float) -> Fit:
    if trial.tightness > 0:
        return found
    x_height = trial.x_height + _STEP
    while x_height <= ceiling + 0.01:
        larger = setter.attempt(flow, Trial(x_height, trial.leading, 0.0), _GROW_UNTIL)
        if larger is None:
            break
        found = larger
        x_height += _STEP
    return found


def _loosened(setter: Setter, flow: Sequence[str], found: Fit, layout: CardLayout) -> Fit:
    if found.tightness > 0:
        return found
    leading = layout.leading.usual + 0.06
    while leading <= layout.leading.most + 0.001:
        looser = setter.attempt(flow, Trial(found.x_height, leading, 0.0), _LOOSEN_UNTIL)
        if looser is None:
            break
        found = looser
        leading += 0.06
    return found


class Setter:
    """Sets one note on one card at the sizes that are tried; lines are broken once a measure.

    No word is cut that would be whole in the smallest writing.
    """

    def __init__(self, parts: list[Part], panels: Panels, shaper: Shaper, floor: float) -> None:
        self.parts = parts
        self.panels = panels
        self.shaper = shaper
        self._broken: dict[float, list[SetLine] | None] = {}
        self._whole = widest_whole(parts, self._measure(Trial(floor, 1.0, 1.0)), shaper)

    def _measure(self, trial: Trial) -> float:
        """Return a trial's line length, em of its writing."""
        width = self.panels.block(trial.tightness).width
        return round(width / trial.x_height * self.shaper.hand.x_height_em, 4)

    def attempt(self, flow: Sequence[str], trial: Trial, most_fill: float = inf) -> Fit | None:
        """Return the note set on the panels of a flow, or None if they do not hold it.

        None also when it fills more than a share of them.
        """
        size = trial.x_height / self.shaper.hand.x_height_em
        pitch = trial.x_height * self.shaper.hand.data.leading * trial.leading
        measure = self._measure(trial)
        if measure <= 1 or self._is_far_too_much(flow, trial, measure, size, pitch, most_fill):
            return None
        if measure not in self._broken:
            whole = holds(self.parts, self._whole, measure, self.shaper)
            self._broken[measure] = set_lines(self.parts, measure, self.shaper) if whole else None
        rest = self._broken[measure]
        if rest is None:
            return None
        panels: list[PanelFit] = []
        for name in flow:
            if not rest:
                break
            wished = self._wished(rest, self.panels.area(name, trial.tightness), size, pitch)
            # What does not fit by its nominal heights need not be looked at closely.
            if name == flow[-1] and len(wished) < len(rest):
                return None
            panel = self._fill(name, trial, rest, wished, size)
            if not panel.lines:
                return None
            panels.append(panel)
            rest = rest[len(panel.lines) :]
        if rest:
            return None
        found = Fit(size, trial.x_height, pitch, trial.tightness, tuple(panels))
        return found if found.fill <= most_fill else None

    def _is_far_too_much(
        self, flow: Sequence[str], trial: Trial, measure: float, size: float, pitch: float,
        most_fill: float,
    ) -> bool:  # fmt: skip
        """Tell whether a flow is too small for a note, however its lines are broken."""
        count = least_lines(self.parts, measure, self.shaper)
        areas = [self.panels.area(name, trial.tightness) for name in flow]
        if count > sum(1 + (area.height + _ROUNDING) / pitch for area in areas):
            return True
        if len(areas) > 1 or not self.parts:
            return False
        hand, apart = self.shaper.hand, 0.0
        if self.panels.layout.ruling is None:
            apart = sum(part.block.space_before for part in self.parts[1:])
        first = hand.ascent_em * self.parts[0].block.size - hand.descent_em
        height = first * size + pitch * (count - 1 + apart)
        return height > most_fill * areas[0].height + _ROUNDING

    def _wished(
        self, lines: Sequence[SetLine], area: Rect, size: float, pitch: float
    ) -> list[float]:
        """Return the nominal baselines of as many lines as the panel's text area has room for."""
        hand = self.shaper.hand
        ruled = self.panels.layout.ruling is not None
        lowest = -area.height - _ROUNDING - hand.descent_em * size
        wished: list[float] = []
        y = -hand.ascent_em * size * lines[0].size
        for line in lines:
            if wished:
                y -= pitch if ruled else pitch * (1.0 + line.space_before)
            if y < lowest:
                break
            wished.append(y)
        return wished

    def _fill(
        self, name: str, trial: Trial, lines: list[SetLine], wished: list[float], size: float
    ) -> PanelFit:
        """Take as many lines as the panel holds, leaving no part of the note torn badly."""
        layout, x_height = self.panels.layout, trial.x_height
        area, safe = self.panels.area(name, trial.tightness), self.panels.safe(name)
        nothing = PanelFit(name, area, (), (), (), 0.0)
        width = self.panels.card.width
        stood = standing(lines[: len(wished)], area.left, area.right, size, width)
        skylines = [one.skyline for one in stood]
        gap = CLEARANCE * x_height
        if layout.ruling:
            settled = list(wished)
            if any(
                a - b > _ROUNDING
                for a, b in zip(wished, settle(wished, skylines, gap), strict=True)
            ):
                return nothing
        else:
            least = [
                PARAGRAPH_KEEPS * (above - y) if line.space_before else 0.0
                for line, above, y in zip(lines, [0.0, *wished], wished, strict=False)
            ]
            # The first line's own height, and ink that reaches over the margins.
            top = safe.top - area.top - _MARGIN_OF_INK * x_height
            over = skylines[0].highest + wished[0] - top if wished else 0.0
            highest = wished if over <= 0 else [y - over for y in wished]
            settled = settle(highest, skylines, gap, least)
        bottom = safe.bottom - area.top + _MARGIN_OF_INK * x_height
        lowest = -area.height - _ROUNDING
        descent = self.shaper.hand.descent_em * size
        count = 0
        for y, line, sky in zip(settled, lines, skylines, strict=False):
            if y + descent * line.size < lowest or y + sky.lowest < bottom:
                break
            count += 1
        lefts: list[float] = []
        for one in stood[:count]:
            shift = 0.0
            if one.ink_left < safe.left or one.ink_right > safe.right:
                if one.ink_right - one.ink_left > safe.width:
                    return nothing
                shift = max(0.0, safe.left - one.ink_left) - max(0.0, one.ink_right - safe.right)
            lefts.append(one.left + shift)
        if count < len(lines):
            count = good_cut(lines, count)
        # By the wished places: a line pushed down a little must not move the whole panel.
        height = -wished[count - 1] - descent if count else 0.0
        inks = [sky.lowest + y for sky, y in zip(skylines, settled[:count], strict=False)]
        room = max(0.0, min(inks, default=0.0) - bottom)
        return PanelFit(
            name, area, tuple(lines[:count]), tuple(lefts[:count]), tuple(settled[:count]),
            height, room,
        )  # fmt: skip
