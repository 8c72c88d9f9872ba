"""Small plain type on pages of our own: what stands beside marks and drawings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from fairhand.compose.lines import fitted_lines
from fairhand.compose.page import ComposedPage
from fairhand.compose.shape import shaper_for
from fairhand.geometry import Rect, Size
from fairhand.hand.hand import bundled_hand
from fairhand.note.language import language
from fairhand.stationery.catalogue import ink, pen
from fairhand.units import MM
from fairhand.write.hand_page import write_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairhand.art.drawing import Drawn
    from fairhand.hand.hand import Hand
    from fairhand.layout.model import Align
    from fairhand.stationery.model import Ink
    from fairhand.write.page import WrittenPage

HAND = "plain"
X_HEIGHT = 1.5 * MM
_LEAST = 0.5 * MM


class Caption(NamedTuple):
    """Lines of type in a place, points; smaller than wished where they do not fit."""

    texts: tuple[str, ...]
    place: Rect
    x_height: float = X_HEIGHT
    align: Align = "left"


def captioned(
    name: str,
    size: Size,
    captions: Iterable[Caption],
    under: Sequence[Drawn] = (),
    *,
    letters: Hand | None = None,
    colour: Ink | None = None,
) -> WrittenPage:
    """Return a page with captions over drawings, in exact type.

    Letters that the plain type lacks are set in `letters`, and left out where that lacks them
    too: captions are no place where a name could be lost.
    """
    plain = bundled_hand(HAND)
    found = list(captions)
    text = "".join(part for caption in found for part in caption.texts)
    chosen = plain if letters is None or not plain.font.missing(text) else letters
    lost = set(chosen.font.missing(text))
    whole = Rect.of(size)
    lines: tuple[ComposedPage, ...] = tuple(
        fitted_lines(
            name, "imprint", ["".join(c for c in part if c not in lost) for part in caption.texts],
            caption.place, size, whole, shaper_for(chosen, language("en")), caption.x_height,
            caption.align, floor=_LEAST, middle=1.0,
        )
        for caption in found
    )  # fmt: skip
    if not lines:
        lines = (ComposedPage(name, size, whole, whole, (), 0.5, 0.3, 10.0),)
    page = replace(lines[0], lines=tuple(line for one in lines for line in one.lines))
    written = write_page(page, chosen, colour or ink("black"), pen("fineliner"), "", 0.0)
    return replace(written, under=(*under, *written.under))
