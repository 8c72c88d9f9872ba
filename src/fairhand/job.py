"""The whole road, from a note to finished files. The one module that knows all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairhand.compose.card import (
    ComposedCard,
    compose_card,
    fits_card,
    words_too_many,
)
from fairhand.compose.letters import missing_letters, refuse_missing
from fairhand.compose.shape import Shaper
from fairhand.errors import InputError
from fairhand.hand.hand import Hand, all_hands, bundled_hand, hand, suits
from fairhand.hand.store import keep_drawn_forms
from fairhand.impose.sheet import Sheet, card_sheets, envelope_sheets
from fairhand.layout.catalogue import card_layout, envelope_layout
from fairhand.note.characters import counts_characters, portions
from fairhand.note.language import language
from fairhand.note.model import Note
from fairhand.note.read import NoteFile, note_of, parse_note, read_note
from fairhand.output.pdf import About, pdf
from fairhand.output.pdf_colour import Colour
from fairhand.output.save import save as save_files
from fairhand.post import envelope as post
from fairhand.stationery.catalogue import auto_cards, card, cards_of, envelope, ink, pen, pens
from fairhand.units import in_mm
from fairhand.write.hand_page import write_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairhand.layout.model import CardLayout
    from fairhand.stationery.model import Card, Envelope, Ink, Pen

_ENVELOPE_CALM = 0.7
"""Addresses are written more carefully than notes: machines and strangers read them."""

_MOST_SUGGESTIONS = 4
_USUAL_X_HEIGHT_MM = 2.4
_MOST_SAVED_BY_A_HAND = 0.5
"""No hand is so narrow that it saves a greater share of a note's words."""


@dataclass(frozen=True, slots=True)
class Made:
    """A note made into sheets, with everything that was chosen for it."""

    source: NoteFile
    hand: Hand
    ink: Ink
    pen: Pen
    composed: ComposedCard
    card_sheets: tuple[Sheet, ...]
    envelope: Envelope | None
    envelope_sheets: tuple[Sheet, ...]
    notices: tuple[str, ...]

    def card_about(self, colour: Colour) -> About:
        """Return what the card's file says of itself."""
        return _about(self.source.note, "Card", colour)

    def envelope_about(self, colour: Colour) -> About:
        """Return what the envelope's file says of itself."""
        return _about(self.source.note, "Envelope", colour)

    def card_pdf(self, colour: Colour = "rgb") -> bytes:
        """Return the card as a PDF, a page for each written side."""
        return pdf(self.card_sheets, self.card_about(colour))

    def envelope_pdf(self, colour: Colour = "rgb") -> bytes | None:
        """Return the envelope as a PDF, or None when the note names no recipient."""
        if not self.envelope_sheets:
            return None
        return pdf(self.envelope_sheets, self.envelope_about(colour))


def read(source: Path | str | bytes | Mapping[str, Any] | Note, **overrides: Any) -> NoteFile:
    """Read a note from a path, a file's bytes, a mapping of fields, or a `Note`.

    `overrides` replace fields of the note; those that are None are left out.
    """
    given = {key: value for key, value in overrides.items() if value is not None}
    if isinstance(source, Note):
        source = source.model_dump(by_alias=True, exclude_defaults=True)
    if isinstance(source, bytes):
        return parse_note(source, overrides=given)
    if isinstance(source, Mapping):
        return note_of(source, overrides=given)
    return read_note(Path(source), given)


def make(source: NoteFile, *, with_envelope: bool = True) -> Made:
    """Compose, write and impose a note and its envelope.

    InputError when a letter is missing in the hand, the note does not fit, or a name of
    card, layout, hand or ink is unknown.
    """
    note = source.note
    folder = Path(source.file).parent
    try:
        chosen_hand = hand(note.hand, folder)
        chosen_ink = ink(note.ink)
        chosen_pen = _natural_pen(chosen_hand) if note.pen == "auto" else pen(note.pen)
        refuse_missing(missing_letters(note, chosen_hand), source, chosen_hand)
        shaper = Shaper(chosen_hand, language(note.language))
        composed = _composed(note, shaper, folder)
        if composed.layout.address:
            refuse_missing(post.missing_letters(note, chosen_hand), source, chosen_hand)
    except InputError as error:
        raise error.at(source.place_of(error.field)) from None
    seed = _seed(note)
    pages = [
        write_page(page, chosen_hand, chosen_ink, chosen_pen, seed, note.neatness)
        for page in composed.pages
    ]
    sheets = card_sheets(composed.card, pages)
    notices: list[str] = []
    chosen_envelope: Envelope | None = None
    sides: tuple[Sheet, ...] = ()
    if with_envelope:
        chosen_envelope, sides = _envelope(
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
    )


def save(files: Mapping[Path, bytes]) -> None:
    """Write a job's files, all of them or none, and keep the forms that were drawn for them.

    FailureError when that cannot be.
    """
    save_files(files)
    keep_drawn_forms()


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


def _about(note: Note, what: str, colour: Colour) -> About:
    name = note.to.name if note.to else ""
    sender = note.from_.name if note.from_ else note.signature.split("\n")[0]
    return About(f"{what} for {name}" if name else what, note.language, sender, colour)


def _composed(note: Note, shaper: Shaper, folder: Path) -> ComposedCard:
    if note.card != "auto":
        chosen = card(note.card, language(note.language).region)
        layout = card_layout(note.layout, chosen, folder)
        composed = compose_card(note, chosen, layout, shaper)
        if composed is None:
            raise _does_not_fit(note, chosen, layout, shaper, folder)
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
        raise _does_not_fit(note, *tried[-1], shaper, folder)
    # None is comfortable on its first panel: the largest writing wins, then the smallest card.
    return max(fitting, key=lambda c: (c.x_height_mm, -c.card.width * c.card.height))


def _auto_tries(note: Note, folder: Path) -> Iterator[tuple[Card, CardLayout]]:
    region = language(note.language).region
    folded = auto_cards(region)
    kinds = card_layout(note.layout, folded[0], folder).kinds
    chosen = folded if "folded" in kinds else cards_of(kinds, region)
    for entry in chosen:
        yield entry, card_layout(note.layout, entry, folder)


def _does_not_fit(
    note: Note, chosen: Card, layout: CardLayout, shaper: Shaper, folder: Path
) -> InputError:
    """Say how many words are too many, and on which card or in which hand they would fit."""
    too_many = words_too_many(note, chosen, layout, shaper)
    others = _cards_that_take(note, chosen, shaper, folder)
    smaller = _hands_that_fit(note, chosen, layout, shaper, too_many)
    advice = []
    if others:
        advice.append(f"It fits on the card {_or(others[:_MOST_SUGGESTIONS])}.")
    if smaller:
        advice.append(f"On this one it fits in the hand {_or(smaller)}.")
    unit = "character" if counts_characters(note.words) else "word"
    words = f"1 {unit}" if too_many == 1 else f"{too_many} {unit}s"
    if not too_many:
        return InputError(
            f'The greeting, the closing or the name is too long for the card "{chosen.name}".',
            hint=" ".join(advice) or "Shorten it.",
        )
    return InputError(
        f'The note is about {words} too long for the card "{chosen.name}" in the hand '
        f'"{shaper.hand.slug}", even in its smallest legible writing.',
        hint=" ".join(advice) or "Shorten it.",
    )


def _cards_that_take(note: Note, chosen: Card, shaper: Shaper, folder: Path) -> list[str]:
    """Return the cards of the language's region that hold a note, the smallest first."""
    region = language(note.language).region
    found: list[str] = []
    # From the largest: where that is too small, so are all others.
    for entry in reversed([*auto_cards(region), *cards_of({"sheet"}, region)[-1:]]):
        if entry.name == chosen.name:
            continue
        if not _fits(note, entry, shaper, folder):
            break
        found.insert(0, entry.name)
    return found


def _hands_that_fit(
    note: Note, chosen: Card, layout: CardLayout, shaper: Shaper, too_many: int
) -> list[str]:
    """Return some hands in which a note fits its card, the usual one first."""
    found: list[str] = []
    words = sum(len(portions(paragraph)) for paragraph in note.paragraphs)
    if too_many > _MOST_SAVED_BY_A_HAND * words:
        return found
    for name in sorted(all_hands(), key=lambda name: name != Note.model_fields["hand"].default):
        if len(found) == _MOST_SUGGESTIONS:
            break
        if name == shaper.hand.slug or not suits(all_hands()[name], note.words):
            continue
        other = bundled_hand(name)
        if other.font.missing(note.words):
            continue
        if fits_card(note, chosen, layout, Shaper(other, shaper.language)):
            found.append(name)
    return found


def _fits(note: Note, entry: Card, shaper: Shaper, folder: Path) -> bool:
    try:
        layout = card_layout(note.layout, entry, folder)
        return fits_card(note, entry, layout, shaper)
    except InputError:
        layout = card_layout("auto", entry, folder)
        return fits_card(note, entry, layout, shaper)


def _or(names: Sequence[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _envelope(
    source: NoteFile,
    chosen_card: Card,
    chosen_hand: Hand,
    chosen_ink: Ink,
    chosen_pen: Pen,
    notices: list[str],
) -> tuple[Envelope | None, tuple[Sheet, ...]]:
    note = source.note
    if note.to is None or not note.to.lines:
        notices.append(
            'There is no envelope, because the note does not say whom it goes to ("to").'
        )
        return None, ()
    if not chosen_card.envelope:
        notices.append(f'The card "{chosen_card.name}" goes without an envelope.')
        return None, ()
    chosen = envelope(chosen_card.envelope)
    try:
        refuse_missing(post.missing_letters(note, chosen_hand), source, chosen_hand)
        layout = envelope_layout(chosen_card.region)
        pages = post.compose_envelope(note, chosen, layout, chosen_hand)
    except InputError as error:
        raise error.at(source.place_of(error.field or "to")) from None
    written = [
        write_page(
            page, chosen_hand, chosen_ink, chosen_pen, _seed(note), note.neatness * _ENVELOPE_CALM
        )
        for page in pages
    ]
    if note.return_address == "front" and len(pages) > 1:
        notices.append(
            "The sender's address is too long for the front of the envelope, so it stands on the "
            "flap (the second page)."
        )
    if "costs extra" in chosen.post:
        notices.append(f'The envelope "{chosen.name}": {chosen.post}.')
    return chosen, envelope_sheets(chosen, written)
