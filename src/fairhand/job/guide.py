"""A card to be written by one's own hand: pale words and true rules, for a light box or tracing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fairhand.art.drawing import Clipped, Shape, line, moved
from fairhand.errors import InputError
from fairhand.geometry import Affine, Rect, Size
from fairhand.impose.sheet import Placement, Sheet
from fairhand.job.captions import Caption, captioned
from fairhand.output.pdf import About, pdf
from fairhand.stationery.model import Ink
from fairhand.units import MM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairhand.art.drawing import Drawn
    from fairhand.compose.page import ComposedPage
    from fairhand.job.made import Made
    from fairhand.stationery.paper import Paper
    from fairhand.write.page import WrittenPage

PALE = Ink(name="guide", title="Guide", cmyk=(22, 8, 0, 18), rgb="#b4bfce")
_RULE = Ink(name="guide-rule", title="Guide rule", cmyk=(40, 10, 0, 10), rgb="#8fb4d6")
_EDGE = Ink(name="guide-edge", title="Guide edge", cmyk=(0, 0, 0, 55), rgb="#808080")
_BASE, _X_LINE = 0.4, 0.25
_CORNER = 5 * MM
_WASH = 0.25
_BESIDE = 4 * MM
_AFTER = 15 * MM
_PRINTED = 8 * MM


@dataclass(frozen=True, slots=True)
class GuideWish:
    """`words`: the writing in pale ink, else rules alone. `paper`: a sheet to print on, else
    the card's own size."""

    words: bool = True
    paper: Paper | None = None


def guide_pdf(made: Made, wish: GuideWish) -> bytes:
    """Return a page for each written side of the card, and of its envelope, as a guide sheet.

    InputError when the card is larger than the paper.
    """
    flat, paper = made.composed.card.flat_size, wish.paper
    if paper and (max(flat) > max(paper.size) or min(flat) > min(paper.size)):
        raise InputError(
            f'The card "{made.composed.card.name}", opened, is larger than {paper.title}.',
            hint="Leave out --on: the sheet then has the card's own size.",
        )
    pages = [_pale(side, wish) for side in (*_sides(made), *_envelope(made))]
    sheets = [_on_paper(page, wish.paper) if wish.paper else page for page in pages]
    note = made.source.note
    return pdf(sheets, About("Guide sheet", note.language))


def _sides(made: Made) -> tuple[Sheet, ...]:
    """Return the card's sides with rules under each line, and with their art, pale."""
    composed = {page.name: page for page in made.composed.pages}
    address = made.composed.address

    def ruled(page: WrittenPage) -> ComposedPage | None:
        if address and page.name == address.name and page.hand is not made.hand:
            return address
        return composed.get(page.name)

    art = {made.front.page.name: made.front.page.under} if made.front else {}
    sides = []
    for sheet in made.card_sheets:
        placements = tuple(
            replace(one, page=replace(one.page, under=(
                *_pale_art(art.get(one.page.name, ())),
                *(_rules(page) if (page := ruled(one.page)) else ()),
            )))
            for one in sheet.placements
        )  # fmt: skip
        sides.append(replace(sheet, placements=placements))
    return tuple(sides)


def _pale_art(things: Iterable[Drawn]) -> Iterator[Drawn]:
    """Yield drawn art as one may trace it; no pictures, which nobody traces."""
    for thing in things:
        match thing:
            case Shape():
                fill = thing.fill.toned(_WASH) if thing.fill else None
                yield replace(thing, fill=fill, stroke=PALE if thing.stroke else None)
            case Clipped():
                yield Clipped(thing.rect, tuple(_pale_art(thing.things)))


def _envelope(made: Made) -> tuple[Sheet, ...]:
    """Return the envelope's sides with a rule under each line of the addresses."""
    return tuple(
        replace(side, placements=(
            replace(one, page=replace(one.page, under=(*_rules(page, across=False),))),
        ))
        for side, page in zip(made.envelope_sheets, made.envelope_pages, strict=True)
        for one in side.placements
    )  # fmt: skip


def _rules(page: ComposedPage, *, across: bool = True) -> Iterator[Shape]:
    """Yield the base line and the x-line of each line of writing.

    `across`: as wide as the text block, else as the words, with some room where the line goes on.
    """
    block = page.block
    for one in page.lines:
        if not one.words:
            continue
        first, last = one.words[0], one.words[-1]
        left, right = first.x, last.x + last.shaped.width_em * one.size
        if across:
            left, right = min(block.left, left), block.right
        elif one.rtl:
            left = max(left - _AFTER, page.safe.left)
        else:
            right = min(right + _AFTER, page.safe.right)
        high = one.y + page.x_height_em * one.size
        yield line(left, one.y, right, one.y, _RULE, _BASE)
        yield line(left, high, right, high, _RULE, _X_LINE, (1.5, 1.5))


def _pale(side: Sheet, wish: GuideWish) -> Sheet:
    placements = tuple(
        replace(one, page=replace(one.page, ink=PALE, lines=one.page.lines if wish.words else ()))
        for one in side.placements
    )
    folds = tuple(line(*ends, _EDGE, 0.4, (3.0, 3.0)) for ends in side.folds)
    return replace(side, placements=placements, marks=(*side.marks, *folds))


def _on_paper(side: Sheet, paper: Paper) -> Sheet:
    """Put a side in the middle of a sheet, the card's corners marked.

    The sheet lies as it leaves most room round the card, or the corners could not be printed.
    """
    size = max(
        (paper.size, paper.size.turned()),
        key=lambda one: min(one.width - side.size.width, one.height - side.size.height),
    )
    x, y = (size.width - side.size.width) / 2, (size.height - side.size.height) / 2
    move = Affine.move(x, y)
    placements = [Placement(one.page, one.matrix.then(move), None) for one in side.placements]
    card = Rect(x, y, x + side.size.width, y + side.size.height)
    marks = [moved(mark, move) for mark in side.marks]
    placements.append(Placement(_around(size, card), Affine()))
    return Sheet(side.name, size, Rect.of(size), tuple(placements), marks=tuple(marks))


def _around(size: Size, card: Rect) -> WrittenPage:
    """Return the corners of the card, and what to do with the sheet where there is room."""
    corners = []
    for x, inward in ((card.left, 1), (card.right, -1)):
        for y, up in ((card.bottom, 1), (card.top, -1)):
            corners.append(line(x, y, x + inward * _CORNER, y, _EDGE, 0.5))
            corners.append(line(x, y, x, y + up * _CORNER, _EDGE, 0.5))
    captions = []
    place = Rect(max(card.left, _PRINTED), card.top + _BESIDE,
                 min(card.right, size.width - _PRINTED), card.top + _BESIDE + 9 * MM)  # fmt: skip
    if place.top < size.height - 8 * MM and place.width > 60 * MM:
        captions.append(
            Caption(
                ("Lay your card on this sheet, its corners on the marks, a light below;",
                 "or put the sheet under thin paper. Write along the pale words."),
                place, 1.5 * MM,
            )
        )  # fmt: skip
    return captioned("around", size, captions, corners, colour=_EDGE)
