"""What a drawn front is given: the panel, the place of its words, and its inks. Unit: points."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fairhand.geometry import Insets, Rect

if TYPE_CHECKING:
    from fairhand.geometry import Size
    from fairhand.stationery.model import Ink


class FrontPanel(NamedTuple):
    """A front to be drawn, its origin at the lower left corner.

    `words` is where the words' ink stands (of no size where there are none), `edge` how far
    inside the panel whatever shall not be cut must stay, `bleed` how far over the panel's
    edges whatever shall be cut must reach.
    """

    size: Size
    words: Rect
    inks: tuple[Ink, ...]
    edge: float
    bleed: float

    def ink(self, number: int) -> Ink:
        """Return one of the inks, counted from 0; the last one where there are fewer."""
        return self.inks[min(number, len(self.inks) - 1)]

    @property
    def short(self) -> float:
        """The shorter side, by which drawings are scaled."""
        return min(self.size)

    @property
    def whole(self) -> Rect:
        """The panel with its bleed."""
        over = -self.bleed
        return Rect.of(self.size).inset(Insets(over, over, over, over))

    @property
    def inside(self) -> Rect:
        """The part that is never cut."""
        return Rect.of(self.size).inset(Insets(*[self.edge] * 4))

    @property
    def has_words(self) -> bool:
        """Whether there are words."""
        return self.words.width > 0
