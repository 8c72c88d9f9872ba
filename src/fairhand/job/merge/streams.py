"""What goes into a volume's files: cards or their sheets, envelopes and their backs, labels.

All streams of a volume have its persons in one order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from fairhand.errors import InputError
from fairhand.impose.corrected import corrected
from fairhand.impose.imposed import imposed
from fairhand.job.home_pages import corrected_sides, upright
from fairhand.job.labels import label_sheets
from fairhand.job.merge.key import envelope_back, key_of, keyed_card
from fairhand.job.sheets import imposition, reversed_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairhand.impose.imposed import Sides
    from fairhand.impose.sheet import Sheet
    from fairhand.job.made import Made
    from fairhand.job.merge.order import Order, Parts
    from fairhand.job.press import Piece
    from fairhand.job.sheets import SheetWish
    from fairhand.merge.record import Row
    from fairhand.output.pdf import About
    from fairhand.stationery.model import Card
    from fairhand.write.page import WrittenPage


@dataclass(frozen=True, slots=True)
class Person:
    """A row that has become a card; `label` is its address on a label, where these are wanted."""

    row: Row
    made: Made
    label: WrittenPage | None = None

    @property
    def key(self) -> str:
        """The number on the backs of the card and the envelope."""
        return key_of(self.row.number)

    @property
    def name(self) -> str:
        """The person's name as on the envelope, or that of the organisation."""
        to = self.made.source.note.to
        return (to.name or to.organisation) if to else ""


class Stream(NamedTuple):
    """The pages of one file, and for each person the page where he begins, from 1; 0 for none."""

    piece: str
    pages: tuple[Sheet, ...]
    at: tuple[int, ...]


def refuse_other_card(order: Order, card: Card) -> None:
    """Raise InputError for a card that is not that of the sheets on which all are imposed."""
    if order.on and card.name != order.card:
        raise InputError(
            f'This card is "{card.name}", and the sheets are cut for "{order.card}".',
            hint="Give all rows one card, or leave out --on.",
            field="card",
        )


def streams(order: Order, persons: Sequence[Person], *, is_first: bool) -> Iterator[Stream]:
    """Yield the streams of a volume; `is_first`: its sheets begin at the place that is wished."""
    cards = [_card(order, person) for person in persons]
    if order.on:
        yield from _on_sheets(order, order.on, persons[0].made, cards, is_first=is_first)
    else:
        turned = _turned(order, cards)
        yield _in_a_row("cards", [_for_printer(order, one, "card") for one in turned], order)
    if order.companion == "envelopes":
        fronts = _turned(order, [person.made for person in persons])
        fronts = [replace(one, envelope_sheets=one.envelope_sheets[:1]) for one in fronts]
        yield _in_a_row(
            "envelopes", [_for_printer(order, one, "envelope") for one in fronts], order
        )
        backs = _turned(order, [_envelope_back(order, person) for person in persons])
        yield _in_a_row(
            "envelope-backs", [_for_printer(order, one, "envelope") for one in backs], order
        )
    if order.labels:
        yield _labels(order, persons, is_first=is_first)


def about_of(order: Order, made: Made, title: str, *, at_home: bool = False) -> About:
    """Return what a volume's file says of itself; `at_home` it is for no press."""
    about = replace(made.card_about(order.colour), title=title)
    at_home = at_home or order.press is None
    if order.correction and at_home:
        about = replace(about, keywords=f"corrected: {order.correction.told}")
    if order.press is None or at_home:
        return about
    from fairhand.job.press import press_about

    chosen = order.press.chosen(made.composed.card.region)
    return press_about(about, chosen, outlines=order.press.outlines)


def _turned(order: Order, things: list[Made]) -> list[Made]:
    return things[::-1] if order.reverse else things


def _card(order: Order, person: Person) -> Made:
    made = person.made
    if not order.keys:
        return made
    sheets = keyed_card(made.composed.card, made.card_sheets, person.key)
    return replace(made, card_sheets=sheets)


def _envelope_back(order: Order, person: Person) -> Made:
    made = person.made
    backs = made.envelope_sheets[1:]
    if order.keys and made.envelope and made.envelope_sheets:
        backs = (envelope_back(made.envelope, made.envelope_sheets, person.key),)
    return replace(made, envelope_sheets=backs)


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


def _in_a_row(piece: str, sides: Sequence[tuple[Sheet, ...]], order: Order) -> Stream:
    """Return a stream of each person's pages, one behind the other."""
    at: list[int] = []
    page = 1
    for pages in sides:
        at.append(page if pages else 0)
        page += len(pages)
    if order.reverse:
        at.reverse()
    return Stream(piece, tuple(sheet for pages in sides for sheet in pages), tuple(at))


def _on_sheets(
    order: Order, wish: SheetWish, first: Made, cards: Sequence[Made], *, is_first: bool
) -> Iterator[Stream]:
    """Yield the sheets on which a volume's cards are imposed: both sides, or each apart."""
    wish = wish if is_first else replace(wish, start=1)
    sides = [made.card_sheets for made in cards]
    how = imposition(first.composed.card, [side for one in sides for side in one], wish)
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


def _labels(order: Order, persons: Sequence[Person], *, is_first: bool) -> Stream:
    wish = order.labels
    assert wish is not None, "asked only for an order of labels"
    start = wish.start if is_first else 1
    written = [one.label for one in persons if one.label]
    pages = tuple(label_sheets(written, wish.sheet, start, outline=wish.outline))
    if order.correction:
        pages = tuple(corrected(upright(one), order.correction) for one in pages)
    numbers = [(number + start - 1) // wish.sheet.count for number in range(len(persons))]
    if order.reverse:
        pages = pages[::-1]
        numbers = [len(pages) - 1 - number for number in numbers]
    return Stream("labels", pages, tuple(1 + number for number in numbers))
