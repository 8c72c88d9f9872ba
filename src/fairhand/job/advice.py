"""What to do about a note that does not fit its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.compose.card import fits_card, words_too_many
from fairhand.compose.shape import Shaper
from fairhand.errors import DoesNotFitError, InputError
from fairhand.hand.hand import all_hands, bundled_hand, suits
from fairhand.layout.catalogue import card_layout
from fairhand.note.characters import counts_characters, portions
from fairhand.note.language import language
from fairhand.note.model import Note
from fairhand.stationery.catalogue import auto_cards, cards_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fairhand.layout.model import CardLayout
    from fairhand.stationery.model import Card

_MOST_SUGGESTIONS = 4
_MOST_SAVED_BY_A_HAND = 0.5
"""No hand is so narrow that it saves a greater share of a note's words."""


def does_not_fit(
    note: Note, chosen: Card, layout: CardLayout, shaper: Shaper, folder: Path
) -> DoesNotFitError:
    """Say how many words are too many, and on which card or in which hand they would fit."""
    too_many = words_too_many(note, chosen, layout, shaper)
    others = _cards_that_take(note, chosen, shaper, folder)
    smaller = _hands_that_fit(note, chosen, layout, shaper, too_many)
    advice = []
    if others:
        advice.append(f"It fits on the card {_or(others[:_MOST_SUGGESTIONS])}.")
    if smaller:
        advice.append(f"On this one it fits in the hand {_or(smaller)}.")
    beside = ""
    if chosen.fold == "none" and (note.front or note.art):
        field = "front" if note.front else "art"
        beside = f', as "{field}" takes its other side'
        advice.append(f'Without "{field}" it could be written on both sides.')
    unit = "character" if counts_characters(note.words) else "word"
    words = f"1 {unit}" if too_many == 1 else f"{too_many} {unit}s"
    if not too_many:
        return DoesNotFitError(
            f'The greeting, the closing or the name is too long for the card "{chosen.name}".',
            hint=" ".join(advice) or "Shorten it.",
        )
    return DoesNotFitError(
        f'The note is about {words} too long for the card "{chosen.name}" in the hand '
        f'"{shaper.hand.slug}", even in its smallest legible writing{beside}.',
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


def layout_for(note: Note, entry: Card, folder: Path, name: str = "") -> CardLayout:
    """Return the layout of a note on a card: as it says, or as `name` does."""
    with_art = bool(note.art or note.front)
    return card_layout(name or note.layout, entry, folder, with_art=with_art)


def _fits(note: Note, entry: Card, shaper: Shaper, folder: Path) -> bool:
    try:
        layout = layout_for(note, entry, folder)
        return fits_card(note, entry, layout, shaper)
    except InputError:
        layout = layout_for(note, entry, folder, "auto")
        return fits_card(note, entry, layout, shaper)


def _or(names: Sequence[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
