"""Every card from every sheet, however it was turned over: cut, folded, and the right way up.

Each panel has one mark in its own lower left corner. It is looked for where a person finds it who
cuts the card out, folds it, and opens it: what is measured is what PDFium finds in the PDF.
"""

from __future__ import annotations

import pytest
from test_sheets import BLACK, FITTING, SAFE, rectangles, seen_from_the_front

from fairhand.art.drawing import Shape, rectangle
from fairhand.geometry import Rect
from fairhand.hand.hand import bundled_hand
from fairhand.impose.grid import grid
from fairhand.impose.imposed import FLIPS, Imposition, imposed
from fairhand.impose.sheet import card_sheets
from fairhand.output.pdf import About, pdf
from fairhand.stationery.catalogue import cards
from fairhand.stationery.paper import papers
from fairhand.write.page import WrittenPage

CLOSE = 0.05


def mark_of(card) -> Rect:
    return Rect(SAFE, SAFE, SAFE + card.width / 5, SAFE + card.height / 9)


def marked_panels(card):
    """Return the sides of a card, each panel with its mark."""
    shape = Shape(rectangle(*mark_of(card)), fill=BLACK)
    return card_sheets(
        card,
        [WrittenPage(panel, card.size, Rect.of(card.size), (), (shape,), bundled_hand("kalam"),
                     BLACK, 0.0) for panel in card.panels],
    )  # fmt: skip


def cut_out(rect: Rect, cell, card) -> Rect:
    """Return where a mark is on the card that was cut out of a cell and lies upright again."""
    middle = ((cell.rect.left + cell.rect.right) / 2, (cell.rect.bottom + cell.rect.top) / 2)
    corners = [(rect.left - middle[0], rect.bottom - middle[1]),
               (rect.right - middle[0], rect.top - middle[1])]  # fmt: skip
    if cell.turned:
        # It lay a quarter turn to the left: turn it to the right.
        corners = [(y, -x) for x, y in corners]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    width, height = card.flat_size
    return Rect(
        min(xs) + width / 2, min(ys) + height / 2, max(xs) + width / 2, max(ys) + height / 2
    )


def mirrored(rect: Rect, width: float) -> Rect:
    return Rect(width - rect.right, rect.bottom, width - rect.left, rect.top)


def flipped(rect: Rect, height: float) -> Rect:
    return Rect(rect.left, height - rect.top, rect.right, height - rect.bottom)


def as_held(rect: Rect, card, *, inside: bool) -> Rect:
    """Return where a mark is on its panel, in the hands of the reader.

    `rect` is as seen from the card's outside (its front, if it is flat), through the paper.
    """
    width, height = card.size
    if inside:
        # Opened like a book, or upwards like a tent; a flat card is turned like a page.
        flat = card.flat_size
        rect = flipped(rect, flat.height) if card.fold == "top" else mirrored(rect, flat.width)
    on_far_side = rect.left >= width if card.fold == "left" else rect.bottom >= height
    if card.fold == "left" and on_far_side:
        rect = Rect(rect.left - width, rect.bottom, rect.right - width, rect.top)
    if card.fold == "top" and on_far_side:
        rect = Rect(rect.left, rect.bottom - height, rect.right, rect.top - height)
        if not inside:
            # The rear of a tent stands on its head on the open sheet; folded, it is upright.
            rect = flipped(mirrored(rect, width), height)
    return rect


@pytest.mark.parametrize("flip", FLIPS)
def test_every_panel_of_every_card_is_upright_once_it_is_cut_out_and_folded(flip):
    panels = 0
    for name, paper_name in FITTING:
        card, chosen = cards()[name], papers()[paper_name]
        cells = grid(chosen, card).cells
        how = Imposition(grid(chosen, card), card, tuple(card.sides), flip, marks=False)
        sides = imposed([marked_panels(card)] * len(cells), how)
        front, back = rectangles(pdf(list(sides), About("folded")))
        through = [seen_from_the_front(rect, chosen.size, flip) for rect in back]
        for marks, inside in ((front, False), (through, True)):
            for mark in marks:
                (cell,) = (one for one in cells if holds(one.rect, mark))
                held = as_held(cut_out(mark, cell, card), card, inside=inside)
                wanted = mark_of(card)
                off = max(abs(a - b) for a, b in zip(held, wanted, strict=True))
                assert off < CLOSE, (name, paper_name, held, wanted)
                panels += 1
    assert panels > 1000


def holds(cell: Rect, mark: Rect) -> bool:
    x, y = (mark.left + mark.right) / 2, (mark.bottom + mark.top) / 2
    return cell.left <= x <= cell.right and cell.bottom <= y <= cell.top
