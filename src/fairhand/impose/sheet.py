"""Sides of paper: which written pages stand where. Pure data. Unit: points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairhand.geometry import Affine, Rect, Size
from fairhand.units import MM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairhand.art.drawing import Drawn
    from fairhand.stationery.model import Card, Envelope
    from fairhand.write.page import WrittenPage

MOST_BLEED = 5 * MM
"""The furthest that art may reach over the trim."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A written page and the matrix that takes its points to the sheet's.

    Nothing of it is seen outside `clip` (the sheet's points; None: the whole sheet).
    """

    page: WrittenPage
    matrix: Affine
    clip: Rect | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side of a sheet: its size, where it is trimmed, what stands on it.

    `folds` are lines (x0, y0, x1, y1) at which the finished piece is folded; they are not
    drawn, but a mock-up shows them. `bleed` is how far art reaches over the trim (None: not at
    all); `marks` are the printer's, for cutting and folding.
    """

    name: str
    size: Size
    trim: Rect
    placements: tuple[Placement, ...]
    folds: tuple[tuple[float, float, float, float], ...] = ()
    bleed: Rect | None = None
    marks: tuple[Drawn, ...] = ()


def card_sheets(card: Card, pages: Iterable[WrittenPage]) -> tuple[Sheet, ...]:
    """Put a card's panels on its flat sides; a side on which nothing stands is left out.

    Pages of one panel, each in a hand of its own, stand there together.
    """
    by_panel: dict[str, list[WrittenPage]] = {}
    for page in pages:
        by_panel.setdefault(page.name, []).append(page)
    size = card.flat_size
    sheets = []
    for side, places in card.sides.items():
        placed = tuple(
            Placement(page, place.matrix(), _room(place.rect, size))
            for place in places
            for page in by_panel.get(place.panel, ())
        )
        if placed:
            sheets.append(Sheet(side, size, Rect.of(size), placed, _folds(card)))
    return tuple(sheets)


def _room(panel: Rect, size: Size) -> Rect:
    """Return a panel with room for bleed at the edges of the sheet, but not over a fold."""
    return Rect(
        panel.left if panel.left else -MOST_BLEED,
        panel.bottom if panel.bottom else -MOST_BLEED,
        panel.right if panel.right < size.width else size.width + MOST_BLEED,
        panel.top if panel.top < size.height else size.height + MOST_BLEED,
    )


def envelope_sheets(envelope: Envelope, pages: Iterable[WrittenPage]) -> tuple[Sheet, ...]:
    """Put an envelope's address side, and its flap side if anything stands there, on sheets."""
    size = envelope.size
    return tuple(
        Sheet(page.name, size, Rect.of(size), (Placement(page, Affine()),)) for page in pages
    )


def _folds(card: Card) -> tuple[tuple[float, float, float, float], ...]:
    width, height = card.flat_size
    match card.fold:
        case "left":
            return ((width / 2, 0.0, width / 2, height),)
        case "top":
            return ((0.0, height / 2, width, height / 2),)
        case _:
            return ()
