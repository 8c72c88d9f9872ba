"""Cards on the two sides of larger sheets, each back behind its front.

A flip says how a sheet comes to be turned over between its sides: about its long edge, as the
pages of a book on upright paper, or about its short edge, as those of a calendar. A card
itself is turned about its fold, or like a book where it has none (`Card.sides`). Both are
reflections of the plane; what follows from the two is where a back side goes. Unit: points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from fairhand.art.drawing import line, moved
from fairhand.geometry import Affine, Rect
from fairhand.impose.sheet import MOST_BLEED, Placement, Sheet
from fairhand.stationery.model import REGISTRATION
from fairhand.units import MM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fairhand.art.drawing import Drawn, Shape
    from fairhand.impose.grid import Cell, Grid
    from fairhand.stationery.model import Card

Flip = Literal["long-edge", "short-edge", "manual"]
FLIPS: Final = ("long-edge", "short-edge", "manual")
"""How the sheet is turned over; by hand as about the long edge, like the page of a book."""

Sides = Literal["both", "fronts", "backs"]

_MARK = 4 * MM
_MARK_GAP = 1 * MM
_LEAST_MARK = 1.5 * MM
_MARK_WIDTH = 0.25
_FOLD_DASH = (2.0, 2.0)

CardSides = tuple[Sheet, ...]
"""The sides of one card, by their names (`card_sheets`)."""


@dataclass(frozen=True, slots=True)
class Imposition:
    """How cards are imposed: `names` are the card's sides, that of the front of the sheet first.

    `start` is the first cell to be filled, from 1. `marks`: cut and fold marks round the cards.
    """

    grid: Grid
    card: Card
    names: tuple[str, ...]
    flip: Flip = "long-edge"
    start: int = 1
    marks: bool = True

    @property
    def is_head_down(self) -> bool:
        """Whether the sheet is turned over about a level edge: its back stands on its head."""
        width, height = self.grid.paper.size
        return (self.flip == "short-edge") == (height >= width)


def imposed(cards: Iterable[CardSides], how: Imposition, sides: Sides = "both") -> Iterator[Sheet]:
    """Yield the sides of sheets: front, back, front, back; or those of one kind only.

    A sheet's cells are filled in reading order. Cards are taken one sheet at a time, so that
    there may be any number of them.
    """
    cells = how.grid.cells
    given = iter(cards)
    first = how.start - 1
    number = 0
    while batch := list(islice(given, len(cells) - first)):
        number += 1
        taken = list(zip(cells[first:], batch, strict=False))
        first = 0
        if sides != "backs":
            yield _side(f"front {number}", taken, how, 0)
        if len(how.names) > 1 and sides != "fronts":
            yield _side(f"back {number}", taken, how, 1)


def _side(name: str, taken: Sequence[tuple[Cell, CardSides]], how: Imposition, which: int) -> Sheet:
    placements: list[Placement] = []
    for cell, sides in taken:
        for side in sides:
            if side.name == how.names[which]:
                matrix = place(cell, how, back=which == 1)
                room = _room(cell.rect, how)
                room = reflected(room, how) if which else room
                placements += [_placed(one, matrix, room) for one in side.placements]
    size = how.grid.paper.size
    marks: tuple[Drawn, ...] = tuple(_marks(how)) if how.marks else ()
    if which:
        marks = tuple(moved(mark, sheet_turn(how)) for mark in marks)
    return Sheet(name, size, Rect.of(size), tuple(placements), marks=marks)


def place(cell: Cell, how: Imposition, *, back: bool) -> Affine:
    """Return what takes a card side's points to those of its side of the sheet."""
    flat = how.card.flat_size
    front = cell.matrix(flat)
    if not back:
        return front
    return card_turn(how.card).then(front).then(sheet_turn(how))


def card_turn(card: Card) -> Affine:
    """Return what takes a point of a card's second side to that of the first behind it."""
    width, height = card.flat_size
    if card.fold == "top":
        return Affine(1.0, 0.0, 0.0, -1.0, 0.0, height)
    return Affine(-1.0, 0.0, 0.0, 1.0, width, 0.0)


def sheet_turn(how: Imposition) -> Affine:
    """Return what takes a point of a sheet's front to where it lies seen from the back."""
    width, height = how.grid.paper.size
    if how.is_head_down:
        return Affine(1.0, 0.0, 0.0, -1.0, 0.0, height)
    return Affine(-1.0, 0.0, 0.0, 1.0, width, 0.0)


def reflected(rect: Rect, how: Imposition) -> Rect:
    """Return where a rectangle of a sheet's front lies seen from the back."""
    return sheet_turn(how).about(rect)


def _room(cell: Rect, how: Imposition) -> Rect:
    """Return where a card's art may be seen: into the half of a gutter that is its own."""
    over = min(how.grid.gutter / 2, MOST_BLEED)
    return Rect(cell.left - over, cell.bottom - over, cell.right + over, cell.top + over)


def _placed(placement: Placement, matrix: Affine, room: Rect) -> Placement:
    clip = matrix.about(placement.clip).intersection(room) if placement.clip else room
    return replace(placement, matrix=placement.matrix.then(matrix), clip=clip)


def _marks(how: Imposition) -> Iterator[Shape]:
    """Yield marks for cutting and folding outside the cards, as far as a printer can print."""
    if how.grid.paper.is_stock:
        return
    cells = how.grid.cells
    block = Rect(
        min(cell.rect.left for cell in cells), min(cell.rect.bottom for cell in cells),
        max(cell.rect.right for cell in cells), max(cell.rect.top for cell in cells),
    )  # fmt: skip
    bounds = how.grid.paper.printable
    gap = max(_MARK_GAP, min(how.grid.gutter / 2, MOST_BLEED))
    xs = {round(x, 3) for cell in cells for x in (cell.rect.left, cell.rect.right)}
    ys = {round(y, 3) for cell in cells for y in (cell.rect.bottom, cell.rect.top)}
    for x in sorted(xs):
        yield from _upright(x, block, bounds, gap, ())
    for y in sorted(ys):
        yield from _level(y, block, bounds, gap, ())
    if how.card.fold == "none":
        return
    turned = cells[0].turned
    if (how.card.fold == "left") != turned:
        for x in sorted({round((c.rect.left + c.rect.right) / 2, 3) for c in cells}):
            yield from _upright(x, block, bounds, gap, _FOLD_DASH)
    else:
        for y in sorted({round((c.rect.bottom + c.rect.top) / 2, 3) for c in cells}):
            yield from _level(y, block, bounds, gap, _FOLD_DASH)


def _upright(
    x: float, block: Rect, bounds: Rect, gap: float, dash: tuple[float, ...]
) -> Iterator[Shape]:
    if not bounds.left <= x <= bounds.right:
        return
    low, high = block.bottom - gap, block.top + gap
    if low - bounds.bottom >= _LEAST_MARK:
        yield line(x, max(bounds.bottom, low - _MARK), x, low, REGISTRATION, _MARK_WIDTH, dash)
    if bounds.top - high >= _LEAST_MARK:
        yield line(x, high, x, min(bounds.top, high + _MARK), REGISTRATION, _MARK_WIDTH, dash)


def _level(
    y: float, block: Rect, bounds: Rect, gap: float, dash: tuple[float, ...]
) -> Iterator[Shape]:
    if not bounds.bottom <= y <= bounds.top:
        return
    low, high = block.left - gap, block.right + gap
    if low - bounds.left >= _LEAST_MARK:
        yield line(max(bounds.left, low - _MARK), y, low, y, REGISTRATION, _MARK_WIDTH, dash)
    if bounds.right - high >= _LEAST_MARK:
        yield line(high, y, min(bounds.right, high + _MARK), y, REGISTRATION, _MARK_WIDTH, dash)
