"""The key: a small number on the back of a card and of its envelope, so that they meet again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from fairhand.compose.figures import shaped_number
from fairhand.geometry import Affine, Rect
from fairhand.hand.hand import bundled_hand
from fairhand.impose.sheet import Placement, Sheet
from fairhand.job.captions import HAND
from fairhand.stationery.model import Ink
from fairhand.units import MM
from fairhand.write.extent import ink_extent
from fairhand.write.page import WrittenLine, WrittenPage, WrittenWord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairhand.geometry import Size
    from fairhand.hand.hand import Hand
    from fairhand.stationery.model import Card, Envelope

DIGITS: Final = 4
_X_HEIGHT = 1.0 * MM
_FROM_EDGE = 7 * MM
"""As far from the edge as home printers print, 6.35 mm, and a little more."""

_CLEAR = 1.5 * MM
_GREY = Ink(name="key", title="Key", cmyk=(0, 0, 0, 55), rgb="#8b8b8b")


def key_of(row: int) -> str:
    """Return the key of a table's row: its number, with at least four digits."""
    return f"{row:0{DIGITS}d}"


def keyed_card(card: Card, sides: tuple[Sheet, ...], key: str) -> tuple[Sheet, ...]:
    """Return a card's sides with the key at the foot of its back.

    It stands in the middle, or in a corner where the middle is written on; in none of them
    when the back is full.
    """
    name, place = next(
        (side, place)
        for side, places in card.sides.items()
        for place in places
        if place.panel == "back"
    )
    written = [one.page for side in sides for one in side.placements if one.page.name == "back"]
    page = _key_page("back", card.size, key, written)
    if page is None:
        return sides
    added = Placement(page, place.matrix())
    if any(side.name == name for side in sides):
        return tuple(
            replace(side, placements=(*side.placements, added)) if side.name == name else side
            for side in sides
        )
    like = sides[0]
    back = Sheet(name, like.size, like.trim, (added,), like.folds)
    order = list(card.sides)
    return tuple(sorted((*sides, back), key=lambda side: order.index(side.name)))


def envelope_back(envelope: Envelope, sides: tuple[Sheet, ...], key: str) -> Sheet:
    """Return an envelope's back: what stands on its flap, and the key below it."""
    backs = [side for side in sides if side.name == "flap"]
    size = envelope.size
    back = backs[0] if backs else Sheet("flap", size, Rect.of(size), ())
    page = _key_page("flap", size, key, [one.page for one in back.placements])
    if page is None:
        return back
    return replace(back, placements=(*back.placements, Placement(page, Affine())))


def _key_page(
    name: str, size: Size, key: str, written: Sequence[WrittenPage]
) -> WrittenPage | None:
    letters = _letters()
    word = _word(key)
    em = _X_HEIGHT / letters.x_height_em
    width = word.shaped.width_em * em
    taken = [extent for page in written if (extent := ink_extent(page))]
    for x, y in _spots(size, width):
        ink = Rect(x - _CLEAR, y - _CLEAR, x + width + _CLEAR, y + 2 * _X_HEIGHT + _CLEAR)
        if not any(_meet(ink, other) for other in taken):
            placed = word._replace(matrix=Affine(em, 0.0, 0.0, em, x, y))
            whole = Rect.of(size)
            line = (WrittenLine((placed,)),)
            return WrittenPage(name, size, whole, line, (), letters, _GREY, 0.0)
    return None


def _spots(size: Size, width: float) -> Iterator[tuple[float, float]]:
    """Yield where a key may stand: at the foot, then at the head; middle, left, right."""
    across = ((size.width - width) / 2, _FROM_EDGE, size.width - _FROM_EDGE - width)
    for y in (_FROM_EDGE, size.height - _FROM_EDGE - 2 * _X_HEIGHT):
        for x in across:
            yield x, y


def _meet(one: Rect, other: Rect) -> bool:
    shared = one.intersection(other)
    return shared.width > 0 and shared.height > 0


def _letters() -> Hand:
    return bundled_hand(HAND)


def _word(key: str) -> WrittenWord:
    shaped = shaped_number(key, _letters())
    return WrittenWord(shaped, (0,) * len(shaped.glyphs), Affine(), False)
