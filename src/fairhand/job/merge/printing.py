"""How the files of a merge are printed: paper, sides, and how they are turned, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.job.home_pages import flip_of, upright
from fairhand.job.merge.key import keyed_card
from fairhand.job.sheets import how_to_print, imposition, reaches_the_edge, to_the_edge
from fairhand.units import in_inches, in_mm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairhand.geometry import Size
    from fairhand.impose.sheet import Sheet
    from fairhand.job.merge.order import Order
    from fairhand.job.merge.persons import Person


def told_of_printing(order: Order, persons: Sequence[Person]) -> Iterator[str]:
    """Yield what is to be done with an order's files, by some of its persons."""
    made = persons[0].made
    if order.press:
        title = order.press.chosen(made.composed.card.region).title
        yield f'For a print shop: PDF/X-4 for "{title}", found fit by fairhand check.'
    else:
        if order.cards:
            yield from _cards(order, persons)
        if made.envelope:
            yield from _envelopes(order, persons)
    if order.labels:
        own = "on your own printer, " if order.press else ""
        yield f'Labels: print them {own}at 100 % (actual size), on the paper type "labels".'


def _cards(order: Order, persons: Sequence[Person]) -> Iterator[str]:
    sides = [side for one in persons for side in _sides(order, one)]
    two_sided = len({side.name for side in sides}) > 1
    bleeding = reaches_the_edge(sides)
    if order.on:
        how = imposition(persons[0].made.composed.card, sides, order.on)
        yield f"Cards: {' '.join(how_to_print(how, order.on, bleeding=bleeding))}"
    else:
        sizes = dict.fromkeys(_fed(order, side) for side in sides)
        flip = flip_of(sides[0]).removeprefix("two-sided-").replace("-", " ")
        turned = f', both sides, "flip on {flip}"' if two_sided else ""
        papers = " and ".join(map(_size, sizes))
        yield f"Cards: print them at 100 % (actual size) on {papers}{turned}."
        if bleeding:
            yield to_the_edge("fairhand print, with the note, asks your printer")
    blank = all(len(one.made.card_sheets) < 2 for one in persons)
    if order.keys and two_sided and blank:
        yield (
            "It is the key that makes the cards two-sided: with --no-key they go through the "
            "printer once."
        )


def _envelopes(order: Order, persons: Sequence[Person]) -> Iterator[str]:
    made = [one.made for one in persons if one.made.envelope]
    sizes = dict.fromkeys(_fed(order, one.envelope_sheets[0]) for one in made)
    yield (
        f"Envelopes: print them at 100 % (actual size) on {' and '.join(map(_size, sizes))}, the "
        'paper type "envelope".'
    )
    sender = any(len(one.envelope_sheets) > 1 for one in made)
    if sender or order.keys:
        what = ["the sender"] * sender + ["the key"] * order.keys
        stand = "stand" if len(what) > 1 else "stands"
        yield (
            f"On their backs {stand} {' and '.join(what)} (envelope-backs): when the fronts are "
            "dry, turn the pile over."
        )


def _sides(order: Order, person: Person) -> tuple[Sheet, ...]:
    made = person.made
    if not order.keys:
        return made.card_sheets
    return keyed_card(made.composed.card, made.card_sheets, person.ready.key)


def _fed(order: Order, side: Sheet) -> Size:
    """Return the size of a page: upright where it carries the correction of a printer."""
    return (upright(side) if order.correction else side).size


def _size(size: Size) -> str:
    return (
        f"{in_inches(size.width):.4g} x {in_inches(size.height):.4g} in "
        f"({in_mm(size.width):.0f} x {in_mm(size.height):.0f} mm)"
    )
