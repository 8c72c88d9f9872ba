"""Words over art that covers a front: where they are read best, and in which ink."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fairhand.geometry import Affine, Rect
from fairhand.impose.sheet import Placement, Sheet
from fairhand.output.ground import Ground, ground_of
from fairhand.write.extent import ink_extent
from fairhand.write.page import WrittenPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairhand.art.drawing import Drawn
    from fairhand.geometry import Size
    from fairhand.hand.hand import Hand
    from fairhand.stationery.model import Ink

LEAST_CONTRAST = 3.0
"""What large letters need to be read (WCAG 2.1, success criterion 1.4.3)."""

_ENOUGH = 4.5
"""What letters of any size need; more makes no place better (the same criterion)."""

_CLEARLY_BETTER = 1.1
"""Words leave the place and the ink that come first for others worth so many times as much."""

_UNREST = 1.0
"""How much a restless ground lessens a place's worth: by as many times its share of unrest."""


class Choice(NamedTuple):
    """Which of the places, in which ink, and the contrast there (1 to 21)."""

    number: int
    ink: Ink
    contrast: float


def choice(places: Sequence[WrittenPage], inks: Sequence[Ink], art: tuple[Drawn, ...]) -> Choice:
    """Return the place and the ink in which words are read best over art.

    `places` are the words written in each place; the first place and the first ink are taken
    unless others are clearly better.
    """
    size = places[0].size
    ground = _ground(art, size, places[0].hand, inks[0])
    best, most = Choice(0, inks[0], 0.0), -1.0
    for number, page in enumerate(places):
        box = ink_extent(page) or Rect.of(size)
        calm = 1.0 / (1.0 + _UNREST * ground.unrest(box))
        for ink in inks:
            found = ground.contrast(ink, box)
            worth = min(found, _ENOUGH) * calm
            first = number == 0 and ink is inks[0]
            if worth > most * (_CLEARLY_BETTER if best.number == 0 and not first else 1.0):
                best, most = Choice(number, ink, found), worth
    return best


@lru_cache(maxsize=4)
def _ground(art: tuple[Drawn, ...], size: Size, hand: Hand, ink: Ink) -> Ground:
    """Return how light art is; kept, for the cards of a merge mostly show the same."""
    bare = WrittenPage("front", size, Rect.of(size), (), art, hand, ink, 0.0)
    return ground_of(Sheet("front", size, Rect.of(size), (Placement(bare, Affine()),)))
