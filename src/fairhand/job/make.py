"""A note and its envelope: composed, written and imposed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

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
from fairhand.note.read import NoteFile
from fairhand.post import envelope as post
from fairhand.post.address_hand import address_hand, capitals_notice, capitals_stand_apart
from fairhand.post.address_note import addressed_note
from fairhand.post.barcode import envelope_barcode
from fairhand.post.verdict import face_notice, layout_name, sending_post, verdict
from fairhand.stationery.catalogue import auto_cards, card, cards_of, envelope, ink, pen, pens
from fairhand.units import in_mm
from fairhand.write.hand_page import Task, write_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairhand.art.drawing import Shape
    from fairhand.compose.page import ComposedPage
    from fairhand.compose.shape import Shaper
    from fairhand.hand.hand import Hand
    from fairhand.job.front import FrontMade
    from fairhand.layout.model import CardLayout
    from fairhand.note.model import Note
    from fairhand.post.verdict import Post
    from fairhand.stationery.model import Card, Envelope, Ink, Pen
    from fairhand.write.page import WrittenPage

Piece = Literal["card", "envelope", "envelope-back"]
"""What is made of a note: a card, and the two sides of an envelope."""

_ENVELOPE_CALM = 0.5
"""Addresses are written more carefully than notes: machines and strangers read them."""

_USUAL_X_HEIGHT_MM = 2.4


@dataclass(frozen=True, slots=True)
class Addresses:
    """An envelope with its sides as they are set, the hand that writes them, and its barcode.

    `post` takes it, as far as that is known. Of the notices `hand_said` is about the choice of the
    hand, and `doubt` about the barcode.
    """

    envelope: Envelope
    pages: tuple[ComposedPage, ...]
    hand: Hand
    bars: tuple[Shape, ...]
    post: Post | None
    hand_said: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Composed:
    """A note set on its card and its envelope, but not written yet: all is chosen and found right.

    Without `addresses` there is no envelope. `address_hand` writes the address on a postcard.
    """

    source: NoteFile
    hand: Hand
    ink: Ink
    pen: Pen
    card: ComposedCard
    front: FrontMade | None
    addresses: Addresses | None
    notices: tuple[str, ...]
    address_hand: Hand

    def only(self, piece: Piece) -> Composed:
        """Return the same note with one of its pieces, so that no other is written."""
        if piece == "card":
            return replace(self, addresses=None) if self.addresses else self
        sides = self.addresses
        if sides and piece == "envelope":
            sides = replace(sides, pages=sides.pages[:1])
        elif sides:
            sides = replace(sides, pages=sides.pages[1:], bars=())
        return replace(self, card=replace(self.card, pages=()), front=None, addresses=sides)

    def tasks(self) -> list[Task]:
        """Return what has to be written: the card's panels, then the envelope's sides."""
        note = self.source.note
        seed = _seed(note)
        calm = note.neatness * _ENVELOPE_CALM
        panels = [
            Task(page, self.hand, self.ink, self.pen, seed, note.neatness)
            for page in self.card.pages
        ]
        if self.card.address:
            on_card = self.card.address
            panels.append(Task(on_card, self.address_hand, self.ink, self.pen, seed, calm))
        if self.addresses is None:
            return panels
        hand = self.addresses.hand
        return panels + [
            Task(page, hand, self.ink, self.pen, seed, calm) for page in self.addresses.pages
        ]

    def made(self, pages: Sequence[WrittenPage]) -> Made:
        """Return the card and the envelope with their written pages, in the tasks' order."""
        count = len(self.card.pages) + bool(self.card.address)
        panels, sides = list(pages[:count]), list(pages[count:])
        addresses = self.addresses
        if addresses and addresses.bars:
            sides[0] = replace(sides[0], under=(*sides[0].under, *addresses.bars))
        card = self.card
        if self.front:
            panels.append(self.front.page)
            if self.front.words:
                card = replace(card, pages=(*card.pages, self.front.words))
        return Made(
            self.source,
            self.hand,
            self.ink,
            self.pen,
            card,
            card_sheets(card.card, panels),
            addresses.envelope if addresses else None,
            envelope_sheets(addresses.envelope, sides) if addresses else (),
            self.notices,
            self.front,
            addresses.pages if addresses else (),
        )


def make(source: NoteFile, *, with_envelope: bool = True) -> Made:
    """Compose, write and impose a note and its envelope.

    InputError when a letter is missing in the hand, the note does not fit, or a name of
    card, layout, hand or ink is unknown.
    """
    return written([composed(source, with_envelope=with_envelope)])[0]


def written(notes: Sequence[Composed]) -> list[Made]:
    """Write and impose notes; of many at once each costs a fraction, and is just the same."""
    tasks = [note.tasks() for note in notes]
    pages = iter(write_pages([task for one in tasks for task in one]))
    return [
        note.made(list(islice(pages, len(one)))) for note, one in zip(notes, tasks, strict=True)
    ]


def composed(
    source: NoteFile, *, with_envelope: bool = True, with_advice: bool = True, senders: str = ""
) -> Composed:
    """Choose a note's card, hand and envelope, and set it; InputError as for `make`.

    `with_advice`: where it does not fit, it is told in which hands it would, which takes time.
    `senders` is the language of who posts it, where that may be another than the note's.
    """
    folder = _folder(source.file)
    try:
        chosen_hand = hand(source.note.hand, folder)
        capitals = capitals_stand_apart(source.note, chosen_hand, folder)
        note, odd_addresses = addressed_note(source.note, senders, capitals=capitals)
        source = NoteFile(note, source.file, source.text, source.lines)
        chosen_ink = ink(note.ink)
        chosen_pen = natural_pen(chosen_hand) if note.pen == "auto" else pen(note.pen)
        refuse_missing(missing_letters(note, chosen_hand), source, chosen_hand)
        shaper = shaper_for(chosen_hand, language(note.language))
        on_card = _composed(note, shaper, folder, with_advice=with_advice)
        addressed_in, told = _on_postcard(note, on_card, chosen_hand, folder)
        if on_card.layout.address:
            refuse_missing(post.missing_letters(note, addressed_in), source, addressed_in)
        front: FrontMade | None = None
        if note.front or note.art:
            # What reads pictures is slow to load, and most cards have a blank front.
            from fairhand.job.front import made_front

            front = made_front(source, on_card, chosen_hand, chosen_ink, chosen_pen, _seed(note))
    except InputError as error:
        raise error.at(source.place_of(error.field)) from None
    notices = [*odd_addresses, *told, *(front.notices if front else ())]
    addresses: Addresses | None = None
    if with_envelope:
        addresses = _envelope(source, on_card.card, chosen_hand, notices)
    return Composed(
        source,
        chosen_hand,
        chosen_ink,
        chosen_pen,
        on_card,
        front,
        addresses,
        tuple(notices),
        addressed_in,
    )


@lru_cache(maxsize=16)
def _folder(file: str) -> Path:
    """Return the folder of a note's file; all notes of a merge have one."""
    return Path(file).parent


def natural_pen(chosen: Hand) -> Pen:
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


def _composed(note: Note, shaper: Shaper, folder: Path, *, with_advice: bool) -> ComposedCard:
    if note.card != "auto":
        chosen = card(note.card, language(note.language).region)
        layout = layout_for(note, chosen, folder)
        composed = _set_on(note, chosen, layout, shaper, folder)
        if composed is None:
            raise does_not_fit(note, chosen, layout, shaper, folder, with_hands=with_advice)
        return composed
    fitting: list[ComposedCard] = []
    tried = list(_auto_tries(note, folder))
    for chosen, layout in tried:
        composed = _set_on(note, chosen, layout, shaper, folder)
        if composed is not None and composed.comfortable:
            return composed
        if composed is not None:
            fitting.append(composed)
    if not fitting:
        raise does_not_fit(note, *tried[-1], shaper, folder, with_hands=with_advice)
    # None is comfortable on its first panel: the largest writing wins, then the smallest card.
    return max(fitting, key=lambda c: (c.x_height_mm, -c.card.width * c.card.height))


def _set_on(
    note: Note, chosen: Card, layout: CardLayout, shaper: Shaper, folder: Path
) -> ComposedCard | None:
    """Set a note on a card, with its address in the hand that is to write it if it stands there."""
    other: Shaper | None = None
    if layout.address and note.to:
        addressed_in, _ = address_hand(note, shaper.hand, folder, on="card")
        if addressed_in is not shaper.hand:
            other = shaper_for(addressed_in, shaper.language, post.APART)
    return compose_card(note, chosen, layout, shaper, other)


def _on_postcard(
    note: Note, on_card: ComposedCard, own: Hand, folder: Path
) -> tuple[Hand, list[str]]:
    """Return the hand of the address on the card itself, and what is to be said of it."""
    if on_card.layout.address is None or note.to is None or not note.to.lines:
        return own, []
    addressed_in, said = address_hand(note, own, folder, on="card")
    face = ""
    if note.address_hand != "auto":
        face = face_notice(sending_post(note, on_card.card), addressed_in)
    told = (said, face, capitals_notice(note.to.lines, addressed_in))
    return addressed_in, [notice for notice in told if notice]


def _auto_tries(note: Note, folder: Path) -> Iterator[tuple[Card, CardLayout]]:
    region = language(note.language).region
    folded = auto_cards(region)
    kinds = layout_for(note, folded[0], folder).kinds
    chosen = folded if "folded" in kinds else cards_of(kinds, region)
    for entry in chosen:
        yield entry, layout_for(note, entry, folder)


def _envelope(
    source: NoteFile, chosen_card: Card, chosen_hand: Hand, notices: list[str]
) -> Addresses | None:
    note = source.note
    if note.to is None or not note.to.lines:
        notices.append(
            'There is no envelope, because the note does not say whom it goes to ("to").'
        )
        return None
    if not chosen_card.envelope:
        notices.append(f'The card "{chosen_card.name}" goes without an envelope.')
        return None
    chosen = envelope(chosen_card.envelope)
    sender = sending_post(note, chosen_card)
    try:
        addressed_in, said = address_hand(note, chosen_hand, _folder(source.file))
        refuse_missing(post.missing_letters(note, addressed_in), source, addressed_in)
        layout = envelope_layout(layout_name(sender))
        pages = post.compose_envelope(note, chosen, layout, addressed_in)
        bars, doubt = envelope_barcode(note, sender, chosen.size)
    except InputError as error:
        raise error.at(source.place_of(error.field or "to")) from None
    if note.return_address == "front" and len(pages) > 1:
        notices.append(
            "The sender's address is too long for the front of the envelope, so it stands on the "
            "flap, a page of its own."
        )
    size = verdict(sender, chosen.size).sentence(chosen) if sender else ""
    # Where "auto" leaves a hand that machines hardly read, no type has its letters either.
    face = "" if note.address_hand == "auto" else face_notice(sender, addressed_in)
    capitals = capitals_notice(note.to.lines, addressed_in)
    notices += [notice for notice in (said, doubt, size, face, capitals) if notice]
    return Addresses(chosen, pages, addressed_in, tuple(bars), sender, said, doubt)
