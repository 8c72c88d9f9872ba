"""The card's own envelope: the delivery address, and the sender's on the front or the flap."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fairhand.compose.lines import fitted_lines
from fairhand.compose.shape import Shaper
from fairhand.geometry import Insets, Rect
from fairhand.note.language import language

if TYPE_CHECKING:
    from fairhand.compose.page import ComposedPage
    from fairhand.hand.hand import Hand
    from fairhand.layout.model import EnvelopeLayout
    from fairhand.note.model import Note, Party
    from fairhand.stationery.model import Envelope

_NAME_ALONE = 1.35
_RETURN_SHARE = 0.82
_FLAP_HEIGHT = 0.3
_FLAP_WIDTH = 0.6
_RETURN_WIDTH = 0.5
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
    """Set the envelope's front, and its flap where the sender is to stand there.

    A recipient without an address (a card handed over) gets the name alone, in the middle.
    InputError when a line is too long for the zone that the post reads.
    """
    assert note.to is not None, "the caller makes an envelope only for a note with a recipient"
    shaper = Shaper(hand, language(note.language))
    size = envelope.size
    whole = Rect.of(size)
    safe = whole.inset(Insets(layout.return_top, layout.side, layout.return_top, layout.side))
    sizes = layout.x_height
    wished = max(sizes.comfortable, sizes.ceiling) if note.large else sizes.comfortable
    if len(note.to.lines) == 1:
        front = fitted_lines(
            "front", "address", [note.to.name], safe, size, safe, shaper,
            _NAME_ALONE * wished, "centre", floor=sizes.floor, middle=0.48,
        )  # fmt: skip
    else:
        left = max(layout.side, layout.delivery_left * size.width)
        top = min(layout.read_top, size.height - layout.stamp_height)
        zone = Rect(
            left, max(layout.read_bottom, layout.clear_height),
            min(size.width - layout.side, left + layout.delivery_width), top,
        )  # fmt: skip
        middle = (layout.delivery_middle * size.height - zone.bottom) / zone.height
        front = fitted_lines(
            "front", "address", list(note.to.lines), zone, size, safe, shaper, wished, "left",
            floor=sizes.floor, middle=min(0.9, max(0.1, middle)),
        )  # fmt: skip
    sender = _sender(note)
    if sender is None or not sender.lines:
        return (front,)
    texts = list(sender.lines)
    small = max(sizes.floor, _RETURN_SHARE * wished)
    if note.return_address == "flap":
        side = (1 - _FLAP_WIDTH) / 2 * size.width
        area = Rect(side, size.height * (1 - _FLAP_HEIGHT), size.width - side, safe.top)
        flap = fitted_lines(
            "flap", "address", texts, area, size, safe, shaper, small, "centre",
            floor=0.9 * sizes.floor,
        )  # fmt: skip
        return (front, flap)
    highest = max(line.y + hand.ascent_em * line.size for line in front.lines)
    right = min(size.width * _RETURN_WIDTH, size.width - layout.stamp_width - layout.side)
    bottom = min(highest + _GAP * size.height, size.height * 0.6)
    if len(note.to.lines) > 1:
        # The sender's block may stand beside the delivery block, but not above it only.
        bottom = min(bottom, size.height * 0.55)
        right = min(right, front.block.left - layout.side / 2)
    area = Rect(safe.left, bottom, max(right, safe.left + size.width * 0.34), safe.top)
    own = fitted_lines(
        "front", "address", texts, area, size, safe, shaper, small, "left",
        floor=0.9 * sizes.floor, middle=1.0,
    )  # fmt: skip
    return (replace(front, lines=own.lines + front.lines, block=safe),)


def _sender(note: Note) -> Party | None:
    """Return the sender when there is an address to give back to; a name alone is not one."""
    if note.return_address == "none" or note.from_ is None or len(note.from_.lines) < 2:
        return None
    return note.from_
