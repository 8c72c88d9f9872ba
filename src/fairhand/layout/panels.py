"""What a layout makes of a card: the tries, and where text and ink may stand on each panel.

Reckoned once for a layout and a card; in a merge they are the same for every note. Unit: points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.geometry import Rect

if TYPE_CHECKING:
    from fairhand.layout.model import CardLayout
    from fairhand.stationery.model import Card

_MOST_KEPT = 64
_kept: dict[tuple[int, int], Panels] = {}


class Panels:
    """A card's panels under a layout; InputError when the layout is not for the card."""

    def __init__(self, layout: CardLayout, card: Card) -> None:
        """Look at the card with the eyes of the layout."""
        self.layout = layout
        self.card = card
        self.tries = layout.flows(card)
        self._safe: dict[str, Rect] = {}
        self._blocks: dict[float, Rect] = {}
        self._areas: dict[tuple[str, float], Rect] = {}

    def safe(self, panel: str) -> Rect:
        """Return where ink may stand on a panel."""
        if panel not in self._safe:
            self._safe[panel] = self.layout.safe_area(self.card, panel)
        return self._safe[panel]

    def block(self, tightness: float) -> Rect:
        """Return what the margins leave of any panel; tightness 1 are the least ones."""
        if tightness not in self._blocks:
            insets = self.layout.margin.insets(self.card.size, tightness)
            self._blocks[tightness] = Rect.of(self.card.size).inset(insets)
        return self._blocks[tightness]

    def area(self, panel: str, tightness: float) -> Rect:
        """Return where text stands on a panel: within the margins, and where ink may stand."""
        key = (panel, tightness)
        if key not in self._areas:
            self._areas[key] = self.block(tightness).intersection(self.safe(panel))
        return self._areas[key]


def panels_of(layout: CardLayout, card: Card) -> Panels:
    """Return a card's panels under a layout."""
    # By identity, for a layout takes long to compare; what is kept holds on to both.
    key = (id(layout), id(card))
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        found = _kept[key] = Panels(layout, card)
    return found
