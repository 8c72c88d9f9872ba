"""What goes into a volume's files: cards or their sheets, envelopes and their backs, labels.

All streams of a volume have its persons in one order.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.impose.corrected import corrected
from fairhand.impose.imposed import imposed
from fairhand.job.home_pages import corrected_sides, upright
from fairhand.job.labels import label_sheets
from fairhand.job.made import card_about
from fairhand.job.merge.key import envelope_back, keyed_card
from fairhand.job.sheets import imposition, reversed_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fairhand.impose.imposed import Sides
    from fairhand.impose.sheet import Sheet
    from fairhand.job.made import Made
    from fairhand.job.make import Composed
    from fairhand.job.merge.order import Order, Parts
    from fairhand.job.merge.persons import Person, Persons
    from fairhand.job.press import Piece
    from fairhand.job.sheets import SheetWish
    from fairhand.output.pdf import About
    from fairhand.stationery.model import Card
    from fairhand.write.page import WrittenPage


class Stream:
    """The pages of one file, made as they are drawn.

    When all are, `count` is how many they were, and `at` the page where each person begins, from
    1; 0 for none.
    """

    def __init__(self, piece: str, pages: Iterable[Sheet], at: Sequence[int]) -> None:
        """Take the pages of a piece; `at` may become right only when all are drawn."""
        self.piece = piece
        self.at = at
        self.count = 0
        self._pages = pages

    def __iter__(self) -> Iterator[Sheet]:
        for page in self._pages:
            self.count += 1
            yield page


def refuse_other_card(order: Order, card: Card) -> None:
    """Raise InputError for a card that is not that of the sheets on which all are imposed."""
    if order.on and card.name != order.card:
        raise InputError(
            f'This card is "{card.name}", and the sheets are cut for "{order.card}".',
            hint="Give all rows one card, or leave out --on.",
            field="card",
        )


def streams(
    order: Order, persons: Persons, labels: Sequence[WrittenPage], *, is_first: bool
) -> Iterator[Stream]:
    """Yield the streams of a volume; `is_first`: its sheets begin at the place that is wished.

    `persons` come from the last to the first where the order is reversed, but for cards that are
    imposed: there the sheets are turned.
    """
    cards = (_card(order, one) for one in persons("card"))
    if order.on:
        yield from _on_sheets(order, order.on, list(cards), is_first=is_first)
    elif order.cards:
        yield _in_a_row("cards", (_for_printer(order, one, "card") for one in cards), order)
    if order.companion == "envelopes":
        fronts = (_envelope_front(one) for one in persons("envelope"))
        backs = (_envelope_back(order, one) for one in persons("envelope-back"))
        for piece, sides in (("envelopes", fronts), ("envelope-backs", backs)):
            pages = (_for_printer(order, one, "envelope") for one in sides)
            yield _in_a_row(piece, pages, order)
    if order.labels:
        yield _labels(order, labels, is_first=is_first)


def about_of(order: Order, first: Composed, title: str, *, at_home: bool = False) -> About:
    """Return what a volume's file says of itself; `first` is the note of its first person.

    `at_home`: it is for no press.
    """
    about = replace(card_about(first.source.note, order.colour), title=title)
    at_home = at_home or order.press is None
    if order.correction and at_home:
        about = replace(about, keywords=f"corrected: {order.correction.told}")
    if order.press is None or at_home:
        return about
    from fairhand.job.press import press_about

    chosen = order.press.chosen(first.card.card.region)
    return press_about(about, chosen, outlines=order.press.outlines)


def _card(order: Order, person: Person) -> Made:
    made = person.made
    if not order.keys:
        return made
    sheets = keyed_card(made.composed.card, made.card_sheets, person.ready.key)
    return replace(made, card_sheets=sheets)


def _envelope_front(person: Person) -> Made:
    made = person.made
    return replace(made, envelope_sheets=_sides(made, flap=False))


def _envelope_back(order: Order, person: Person) -> Made:
    made = person.made
    backs = _sides(made, flap=True)
    if order.keys and made.envelope:
        backs = (envelope_back(made.envelope, backs, person.ready.key),)
    return replace(made, envelope_sheets=backs)


def _sides(made: Made, *, flap: bool) -> tuple[Sheet, ...]:
    return tuple(one for one in made.envelope_sheets if (one.name == "flap") == flap)


def _for_printer(order: Order, made: Made, piece: Piece) -> tuple[Sheet, ...]:
    """Return a person's pages: as they are, corrected, or with bleed and marks for a press."""
    sides = made.card_sheets if piece == "card" else made.envelope_sheets
    if order.correction and not order.press:
        fed = tuple(map(upright, sides))
        return corrected_sides(fed, [bool(n) for n in range(len(fed))], order.correction)
    if order.press is None or not sides:
        return sides
    # What looks through press files is slow to load.
    from fairhand.job.press import press_pages

    chosen = order.press.chosen(made.composed.card.region)
    return tuple(press_pages(made, piece, chosen, marks=order.press.marks))


def _in_a_row(piece: str, sides: Iterable[tuple[Sheet, ...]], order: Order) -> Stream:
    """Return a stream of each person's pages, one behind the other."""
    at: list[int] = []

    def pages() -> Iterator[Sheet]:
        page = 1
        for one in sides:
            at.append(page if one else 0)
            page += len(one)
            yield from one
        if order.reverse:
            at.reverse()

    return Stream(piece, pages(), at)


def _on_sheets(
    order: Order, wish: SheetWish, cards: Sequence[Made], *, is_first: bool
) -> Iterator[Stream]:
    """Yield the sheets on which a volume's cards are imposed: both sides, or each apart."""
    wish = wish if is_first else replace(wish, start=1)
    sides = [made.card_sheets for made in cards]
    how = imposition(cards[0].composed.card, [side for one in sides for side in one], wish)
    cells = len(how.grid.cells)
    two_sided = len(how.names) > 1
    parts: tuple[Parts, ...] = (
        ("fronts", "backs") if order.sides == "apart" and two_sided else (order.sides,)
    )
    for part in parts:
        which: Sides = "both" if part == "apart" else part
        if which == "backs" and not two_sided:
            raise InputError("These cards have only one printed side, so there are no backs.",
                             hint="Leave --sides out.")  # fmt: skip
        pages = tuple(imposed(sides, how, which))
        if order.correction:
            pages = tuple(
                corrected(one, order.correction, back=back, head_down=back and how.is_head_down)
                for one in pages
                for back in (one.name.startswith("back"),)
            )
        step = 2 if which == "both" and two_sided else 1
        numbers = [(number + how.start - 1) // cells for number in range(len(sides))]
        if wish.reverse:
            pages = tuple(reversed_sheets(pages, how, which))
            numbers = [len(pages) // step - 1 - number for number in numbers]
        piece = "sheets" if which == "both" else f"sheets-{which}"
        yield Stream(piece, pages, tuple(1 + step * number for number in numbers))


def _labels(order: Order, written: Sequence[WrittenPage], *, is_first: bool) -> Stream:
    wish = order.labels
    assert wish is not None, "asked only for an order of labels"
    start = wish.start if is_first else 1
    pages = tuple(label_sheets(written, wish.sheet, start, outline=wish.outline))
    if order.correction:
        pages = tuple(corrected(upright(one), order.correction) for one in pages)
    numbers = [(number + start - 1) // wish.sheet.count for number in range(len(written))]
    if order.reverse:
        pages = pages[::-1]
        numbers = [len(pages) - 1 - number for number in numbers]
    return Stream("labels", pages, tuple(1 + number for number in numbers))
