"""The card's own envelope: the delivery address, and the sender's on the front or the flap."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from fairhand.compose.lines import fitted_lines
from fairhand.compose.shape import shaper_for
from fairhand.errors import InputError
from fairhand.geometry import Insets, Rect, Size
from fairhand.note.language import language

if TYPE_CHECKING:
    from fairhand.compose.page import ComposedPage
    from fairhand.compose.shape import Shaper
    from fairhand.hand.hand import Hand
    from fairhand.layout.model import EnvelopeLayout, XHeight
    from fairhand.note.model import Note, Party
    from fairhand.stationery.model import Envelope

_NAME_ALONE = 1.35
_RETURN_SHARE = 0.82
_LEAST_RETURN = 0.75
"""The least size of the sender's lines, share of the layout's floor: people read them, not
machines, and only when a letter comes back."""

_FLAP = ((0.6, 0.3), (1.0, 0.3), (1.0, 0.42))
"""What the sender's lines take of the envelope's width and height on its back, as tried."""

APART = 0.14
"""Least room between the inks of letters, x-heights: 0.3 mm as composed, so that the 0.2 mm that
Deutsche Post asks for are left when the hand has moved."""

_RETURN_WIDTH = 0.62
_STEP_LEFT = 0.06
_FARTHEST_LEFT = 0.28
"""How far to the left a block goes to keep its size, share of the width."""

_SPARE = 20.0
"""Points that are left between the block and the right margin, where there is room."""

_GAP = 0.04
"""Least height between the sender's block and the delivery block, share of the envelope's."""


def missing_letters(note: Note, hand: Hand) -> list[tuple[str, str]]:
    """Return (field, letter) for every letter of the addresses that the hand cannot draw."""
    found = []
    for field, party in (("to", note.to), ("from", _sender(note))):
        for line in party.lines if party else ():
            found += [(field, letter) for letter in hand.font.missing(line)]
    return found


def compose_envelope(
    note: Note, envelope: Envelope, layout: EnvelopeLayout, hand: Hand
) -> tuple[ComposedPage, ...]:
    """Set the envelope's front, and its flap where the sender is to stand there or has to.

    A recipient without an address (a card handed over) gets the name alone, in the middle.
    InputError when a line is too long for the zone that the post reads.
    """
    assert note.to is not None, "the caller makes an envelope only for a note with a recipient"
    shaper = shaper_for(hand, language(note.language), APART)
    size = envelope.size
    whole = Rect.of(size)
    safe = whole.inset(Insets(layout.return_top, layout.side, layout.return_top, layout.side))
    sizes = _sizes(layout, hand)
    wished = max(sizes.comfortable, sizes.ceiling) if note.large else sizes.comfortable
    if len(note.to.lines) == 1:
        front = fitted_lines(
            "front", "address", [*note.to.lines], safe, size, safe, shaper,
            _NAME_ALONE * wished, "centre", floor=sizes.floor, middle=0.48, field="to",
        )  # fmt: skip
    else:
        front = _delivery(note.to, size, layout, shaper, wished, safe)
    clear = _kept_clear(size, layout)
    sender = _sender(note)
    if sender is None or not sender.lines:
        return (replace(front, keep_clear=clear),)
    texts = list(sender.lines_in(note.language))
    small = max(sizes.floor, _RETURN_SHARE * wished)
    own = None
    if note.return_address == "front":
        own = _return_block(texts, front, size, safe, layout, shaper, small)
    if own is None:
        flap = _flap(texts, size, safe, layout, shaper, small)
        return (replace(front, keep_clear=clear), flap)
    return (replace(front, lines=own.lines + front.lines, block=safe, keep_clear=clear),)


def _sizes(layout: EnvelopeLayout, hand: Hand) -> XHeight:
    return layout.x_height_of_type if hand.data.kind == "type" else layout.x_height


def _kept_clear(size: Size, layout: EnvelopeLayout) -> tuple[Rect, ...]:
    """Return the stamp's place and the zone in which the post prints its code."""
    return (
        Rect(
            size.width - layout.stamp_width, size.height - layout.stamp_height,
            size.width, size.height,
        ),
        Rect(size.width - layout.clear_width, 0.0, size.width, layout.clear_height),
    )  # fmt: skip


def _delivery(
    to: Party, size: Size, layout: EnvelopeLayout, shaper: Shaper, wished: float, safe: Rect
) -> ComposedPage:
    """Set the delivery block in the zone that the post reads.

    Long lines move it to the left before they make its writing smaller. Its lines are as far
    apart as those that are farthest, unless there is no room for that.
    """
    top = min(layout.read_top, size.height - layout.stamp_height)
    bottom = max(layout.read_bottom, layout.clear_height)
    middle = (layout.delivery_middle * size.height - bottom) / (top - bottom)
    lines = list(to.lines_in(shaper.language.tag))
    floor = _sizes(layout, shaper.hand).floor
    tries = (
        (wished, _FARTHEST_LEFT, _SPARE, True), (floor, 0.0, 0.0, True), (floor, 0.0, 0.0, False),
    )  # fmt: skip
    for floor, farthest, spare, even in tries:
        share = layout.delivery_left
        while share > farthest - _STEP_LEFT:
            left = max(layout.side, share * size.width)
            right = min(size.width - layout.side - spare, left + layout.delivery_width)
            try:
                return fitted_lines(
                    "front", "address", lines, Rect(left, bottom, right, top), size, safe,
                    shaper, wished, "left",
                    floor=floor, middle=min(0.9, max(0.1, middle)), field="to", even=even,
                )  # fmt: skip
            except InputError as error:
                refusal = error
            share -= _STEP_LEFT
    raise refusal


def _return_block(
    texts: list[str], front: ComposedPage, size: Size, safe: Rect, layout: EnvelopeLayout,
    shaper: Shaper, x_height: float,
) -> ComposedPage | None:  # fmt: skip
    """Set the sender at the upper left, above the delivery block or beside it, if there is room."""
    highest = max(line.y + shaper.hand.ascent_em * line.size for line in front.lines)
    leftmost = min(word.x for line in front.lines for word in line.words)
    right = min(size.width * _RETURN_WIDTH, size.width - layout.stamp_width - layout.side)
    gap = _GAP * size.height
    above = Rect(safe.left, highest + gap, max(right, safe.left + gap), safe.top)
    beside = Rect(safe.left, layout.read_bottom, leftmost - gap, safe.top)
    for even, area in product((True, False), (above, beside)):
        with suppress(InputError):
            return fitted_lines(
                "front", "address", texts, area, size, safe, shaper, x_height, "left", even=even,
                floor=_LEAST_RETURN * _sizes(layout, shaper.hand).floor, middle=1.0, field="from",
            )  # fmt: skip
    return None


def _flap(
    texts: list[str], size: Size, safe: Rect, layout: EnvelopeLayout, shaper: Shaper,
    x_height: float,
) -> ComposedPage:  # fmt: skip
    """Set the sender in the middle of the flap; long lines take all of it."""
    for even, (width, height) in product((True, False), _FLAP):
        side = max(layout.side, (1 - width) / 2 * size.width)
        area = Rect(side, size.height * (1 - height), size.width - side, safe.top)
        try:
            return fitted_lines(
                "flap", "address", texts, area, size, safe, shaper, x_height, "centre", even=even,
                floor=_LEAST_RETURN * _sizes(layout, shaper.hand).floor, field="from",
            )  # fmt: skip
        except InputError as error:
            refusal = error
    raise refusal


def _sender(note: Note) -> Party | None:
    """Return the sender when there is an address to give back to; a name alone is not one."""
    if note.return_address == "none" or note.from_ is None or len(note.from_.lines) < 2:
        return None
    return note.from_
