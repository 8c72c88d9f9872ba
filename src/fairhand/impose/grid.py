"""Where cards lie on a sheet: the cells of stock, or as many as plain paper takes.

Unit: points; origin: the sheet's lower left corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairhand.geometry import Affine, Rect, Size

if TYPE_CHECKING:
    from fairhand.stationery.model import Card
    from fairhand.stationery.paper import Paper

_SAME = 3.0
"""A card and a cell may differ by so much: makers round to millimetres and to inches."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place for an opened card; `turned`: it lies there a quarter turn to the left."""

    rect: Rect
    turned: bool

    def matrix(self, card: Size) -> Affine:
        """Return what takes the opened card's points to the sheet's, the card in the middle."""
        width, height = (card.height, card.width) if self.turned else card
        left = self.rect.left + (self.rect.width - width) / 2
        bottom = self.rect.bottom + (self.rect.height - height) / 2
        if self.turned:
            return Affine(0.0, 1.0, -1.0, 0.0, left + card.height, bottom)
        return Affine.move(left, bottom)


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a sheet, in reading order; `to_edge`: they leave the printable area."""

    paper: Paper
    cells: tuple[Cell, ...]
    gutter: float
    to_edge: bool


def grid(paper: Paper, card: Card, gutter: float = 0.0, *, bleeds: bool = False) -> Grid | None:
    """Return where a card's opened sheets lie on a paper; None when it takes none.

    On plain paper cards lie where a printer can print. They may go to the paper's edge where
    more of them fit then, for writing keeps clear of a card's edges; cards whose art
    `bleeds` only where none would fit otherwise.
    """
    if paper.is_stock:
        return _stock(paper, card)
    inside = _plain(paper, card.flat_size, gutter, paper.printable)
    whole = _plain(paper, card.flat_size, gutter, Rect.of(paper.size))
    if whole and (not inside or (len(whole) > len(inside) and not bleeds)):
        return Grid(paper, whole, gutter, to_edge=True)
    return Grid(paper, inside, gutter, to_edge=False) if inside else None


def _stock(paper: Paper, card: Card) -> Grid | None:
    if paper.fold and (paper.fold == "none") != (card.fold == "none"):
        return None
    flat = card.flat_size
    turned = _alike(flat.turned(), paper) and not _alike(flat, paper)
    if not turned and not _alike(flat, paper):
        return None
    if not _score_meets_fold(paper, card, turned=turned):
        return None
    cells = tuple(Cell(rect, turned) for rect in paper.cells)
    bounds = paper.printable
    outside = any(
        cell.rect.left < bounds.left - 0.01 or cell.rect.bottom < bounds.bottom - 0.01
        or cell.rect.right > bounds.right + 0.01 or cell.rect.top > bounds.top + 0.01
        for cell in cells
    )  # fmt: skip
    return Grid(paper, cells, 0.0, to_edge=outside)


def _alike(size: Size, paper: Paper) -> bool:
    return (
        abs(size.width - paper.cell_width) <= _SAME
        and abs(size.height - paper.cell_height) <= _SAME
    )


def _score_meets_fold(paper: Paper, card: Card, *, turned: bool) -> bool:
    """Tell whether a card is folded where scored stock is: across its longer side.

    `fold` of the paper says it where the cell's shape does not.
    """
    if card.fold == "none":
        return paper.fold in ("", "none")
    upright_fold = (card.fold == "left") != turned
    longer_across = paper.cell_width >= paper.cell_height
    return upright_fold == longer_across


def _plain(paper: Paper, flat: Size, gutter: float, room: Rect) -> tuple[Cell, ...] | None:
    best: tuple[int, int, bool] | None = None
    for turned in (False, True):
        size = flat.turned() if turned else flat
        columns = int((room.width + gutter + 0.01) / (size.width + gutter))
        rows = int((room.height + gutter + 0.01) / (size.height + gutter))
        if columns * rows > (best[0] * best[1] if best else 0):
            best = (columns, rows, turned)
    if best is None:
        return None
    columns, rows, turned = best
    size = flat.turned() if turned else flat
    width = columns * size.width + (columns - 1) * gutter
    height = rows * size.height + (rows - 1) * gutter
    left = (paper.width - width) / 2
    top = (paper.height + height) / 2
    across, down = size.width + gutter, size.height + gutter
    return tuple(
        Cell(
            Rect(left + column * across, top - row * down - size.height,
                 left + column * across + size.width, top - row * down),
            turned,
        )
        for row in range(rows)
        for column in range(columns)
    )  # fmt: skip
