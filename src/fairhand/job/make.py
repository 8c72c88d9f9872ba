"""A note and its envelope: composed, written and imposed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fairhand.compose.card import (
    ComposedCard,
    compose_card,
)
from fairhand.compose.letters import missing_letters, refuse_missing
from fairhand.compose.shape import shaper_for
from fairhand.errors import InputError
from fairhand.hand.hand import hand
from fairhand.impose.sheet import card_sheets, envelope_sheets
from fairhand.job.advice import does_not_fit, layout_for
from fairhand.job.made import Made
from fairhand.layout.catalogue import envelope_layout
from fairhand.note.language import language
from fairhand.post import envelope as post
from fairhand.post.address_hand import address_hand
from fairhand.post.address_note import addressed_note
from fairhand.post.barcode import envelope_barcode
from fairhand.post.verdict import face_notice, layout_name, sending_post, verdict
from fairhand.stationery.catalogue import auto_cards, card, cards_of, envelope, ink, pen, pens
from fairhand.units import in_mm
from fairhand.write.hand_page import write_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.compose.page import ComposedPage
    from fairhand.compose.shape import Shaper
    from fairhand.hand.hand import Hand
    from fairhand.impose.sheet import Sheet
    from fairhand.job.front import FrontMade
    from fairhand.layout.model import CardLayout
    from fairhand.note.model import Note
    from fairhand.note.read import NoteFile
    from fairhand.stationery.model import Card, Envelope, Ink, Pen

_ENVELOPE_CALM = 0.5
"""Addresses are written more carefully than notes: machines and strangers read them."""

_USUAL_X_HEIGHT_MM = 2.4


def make(source: NoteFile, *, with_envelope: bool = True) -> Made:
    """Compose, write and impose a note and its envelope.

    InputError when a letter is missing in the hand, the note does not fit, or a name of
    card, layout, hand or ink is unknown.
    """
    folder = Path(source.file).parent
    try:
        note, odd_addresses = addressed_note(source.note)
        source = replace(source, note=note)
        chosen_hand = hand(note.hand, folder)
        chosen_ink = ink(note.ink)
        chosen_pen = _natural_pen(chosen_hand) if note.pen == "auto" else pen(note.pen)
        refuse_missing(missing_letters(note, chosen_hand), source, chosen_hand)
        shaper = shaper_for(chosen_hand, language(note.language))
        composed = _composed(note, shaper, folder)
        if composed.layout.address:
            refuse_missing(post.missing_letters(note, chosen_hand), source, chosen_hand)
        seed = _seed(note)
        front: FrontMade | None = None
        if note.front or note.art:
            # What reads pictures is slow to load, and most cards have a blank front.
            from fairhand.job.front import made_front

            front = made_front(source, composed, chosen_hand, chosen_ink, chosen_pen, seed)
    except InputError as error:
        raise error.at(source.place_of(error.field)) from None
    pages = [
        write_page(page, chosen_hand, chosen_ink, chosen_pen, seed, note.neatness)
        for page in composed.pages
    ]
    notices = list(odd_addresses)
    if front:
        pages.append(front.page)
        notices += front.notices
        if front.words:
            composed = replace(composed, pages=(*composed.pages, front.words))
    sheets = card_sheets(composed.card, pages)
    chosen_envelope: Envelope | None = None
    sides: tuple[Sheet, ...] = ()
    addresses: tuple[ComposedPage, ...] = ()
    if with_envelope:
        chosen_envelope, addresses, sides = _envelope(
            source, composed.card, chosen_hand, chosen_ink, chosen_pen, notices
        )
    return Made(
        source,
        chosen_hand,
        chosen_ink,
        chosen_pen,
        composed,
        sheets,
        chosen_envelope,
        sides,
        tuple(notices),
        front,
        addresses,
    )


def _natural_pen(chosen: Hand) -> Pen:
    """Return a hand's own pen, or the one whose line is nearest to its strokes on a card."""
    if chosen.data.pen:
        return pen(chosen.data.pen)
    own_mm = chosen.data.stem * _USUAL_X_HEIGHT_MM
    return min(pens().values(), key=lambda entry: abs(in_mm(entry.width) - own_mm))


def _seed(note: Note) -> str:
    """Return the seed of a note's writing: its own, and its reader's name.

    Two people who get the same words see them written twice, not printed twice.
    """
    return f"{note.seed}\n{note.to.name if note.to else note.salutation}"


def _composed(note: Note, shaper: Shaper, folder: Path) -> ComposedCard:
    if note.card != "auto":
        chosen = card(note.card, language(note.language).region)
        layout = layout_for(note, chosen, folder)
        composed = compose_card(note, chosen, layout, shaper)
        if composed is None:
            raise does_not_fit(note, chosen, layout, shaper, folder)
        return composed
    fitting: list[ComposedCard] = []
    tried = list(_auto_tries(note, folder))
    for chosen, layout in tried:
        composed = compose_card(note, chosen, layout, shaper)
        if composed is not None and composed.comfortable:
            return composed
        if composed is not None:
            fitting.append(composed)
    if not fitting:
        raise does_not_fit(note, *tried[-1], shaper, folder)
    # None is comfortable on its first panel: the largest writing wins, then the smallest card.
    return max(fitting, key=lambda c: (c.x_height_mm, -c.card.width * c.card.height))


def _auto_tries(note: Note, folder: Path) -> Iterator[tuple[Card, CardLayout]]:
    region = language(note.language).region
    folded = auto_cards(region)
    kinds = layout_for(note, folded[0], folder).kinds
    chosen = folded if "folded" in kinds else cards_of(kinds, region)
    for entry in chosen:
        yield entry, layout_for(note, entry, folder)


def _envelope(
    source: NoteFile,
    chosen_card: Card,
    chosen_hand: Hand,
    chosen_ink: Ink,
    chosen_pen: Pen,
    notices: list[str],
) -> tuple[Envelope | None, tuple[ComposedPage, ...], tuple[Sheet, ...]]:
    note = source.note
    if note.to is None or not note.to.lines:
        notices.append(
            'There is no envelope, because the note does not say whom it goes to ("to").'
        )
        return None, (), ()
    if not chosen_card.envelope:
        notices.append(f'The card "{chosen_card.name}" goes without an envelope.')
        return None, (), ()
    chosen = envelope(chosen_card.envelope)
    sender = sending_post(note, chosen_card)
    try:
        addressed_in, said = address_hand(note, chosen_hand, Path(source.file).parent)
        refuse_missing(post.missing_letters(note, addressed_in), source, addressed_in)
        layout = envelope_layout(layout_name(sender))
        pages = post.compose_envelope(note, chosen, layout, addressed_in)
        bars, doubt = envelope_barcode(note, sender, chosen.size)
    except InputError as error:
        raise error.at(source.place_of(error.field or "to")) from None
    calm = note.neatness * _ENVELOPE_CALM
    written = [
        write_page(page, addressed_in, chosen_ink, chosen_pen, _seed(note), calm) for page in pages
    ]
    written[0] = replace(written[0], under=(*written[0].under, *bars))
    if note.return_address == "front" and len(pages) > 1:
        notices.append(
            "The sender's address is too long for the front of the envelope, so it stands on the "
            "flap (the second page)."
        )
    size = verdict(sender, chosen.size).sentence(chosen) if sender else ""
    # Where "auto" leaves a hand that machines hardly read, no type has its letters either.
    face = "" if note.address_hand == "auto" else face_notice(sender, addressed_in)
    notices += [notice for notice in (said, doubt, size, face) if notice]
    return chosen, pages, envelope_sheets(chosen, written)
