"""What to do about a note that does not fit its card."""

from __future__ import annotations

from dataclasses import dataclass
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

MOST_SUGGESTIONS = 4
_MOST_SAVED_BY_A_HAND = 0.5
"""No hand is so narrow that it saves a greater share of a note's words."""


@dataclass(frozen=True, slots=True)
class Way:
    """A card that holds a note; with `layout` only in another layout than its own ("auto")."""

    card: str
    layout: str = ""


@dataclass(frozen=True, slots=True)
class WaysOut:
    """About how much of a note is too much for its card (0: its greeting or closing alone is),
    and what would help: other cards, other hands, and to take out the field `beside`, which
    keeps the other side of the card from being written on."""

    too_many: int
    cards: tuple[Way, ...]
    hands: tuple[str, ...]
    beside: str


class NoteTooLongError(DoesNotFitError):
    """A note does not fit its card; `ways` is what would help."""

    ways = WaysOut(0, (), (), "")


def does_not_fit(
    note: Note, chosen: Card, layout: CardLayout, shaper: Shaper, folder: Path,
    *, with_hands: bool = True,
) -> NoteTooLongError:  # fmt: skip
    """Say how many words are too many, and on which card or in which hand they would fit.

    Without the hands, which take half a second to try, where many notes do not fit.
    """
    too_many = words_too_many(note, chosen, layout, shaper)
    cards = _cards_that_take(note, chosen, shaper, folder)
    hands = _hands_that_fit(note, chosen, layout, shaper, too_many) if with_hands else []
    beside = ""
    if chosen.fold == "none" and (note.front or note.art):
        beside = "front" if note.front else "art"
    ways = WaysOut(too_many, tuple(cards), tuple(hands), beside)
    error = NoteTooLongError(_too_long(note, chosen, shaper, ways), hint=_advice(ways))
    error.ways = ways
    return error


def _too_long(note: Note, chosen: Card, shaper: Shaper, ways: WaysOut) -> str:
    if not ways.too_many:
        return f'The greeting, the closing or the name is too long for the card "{chosen.name}".'
    unit = "character" if counts_characters(note.words) else "word"
    words = f"1 {unit}" if ways.too_many == 1 else f"{ways.too_many} {unit}s"
    beside = f', as "{ways.beside}" takes its other side' if ways.beside else ""
    return (
        f'The note is about {words} too long for the card "{chosen.name}" in the hand '
        f'"{shaper.hand.slug}", even in its smallest legible writing{beside}.'
    )


def _advice(ways: WaysOut) -> str:
    advice = []
    if ways.cards:
        names = [way.card for way in ways.cards[:MOST_SUGGESTIONS]]
        advice.append(f"It fits on the card {_or(names)}.")
    if ways.hands:
        advice.append(f"On this one it fits in the hand {_or(ways.hands)}.")
    if ways.beside:
        advice.append(f'Without "{ways.beside}" it could be written on both sides.')
    return " ".join(advice) or "Shorten it."


def _cards_that_take(note: Note, chosen: Card, shaper: Shaper, folder: Path) -> list[Way]:
    """Return the cards of the language's region that hold a note, the smallest first."""
    region = language(note.language).region
    found: list[Way] = []
    # From the largest: where that is too small, so are all others.
    for entry in reversed([*auto_cards(region), *cards_of({"sheet"}, region)[-1:]]):
        if entry.name == chosen.name:
            continue
        way = _way(note, entry, shaper, folder)
        if way is None:
            break
        found.insert(0, way)
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
        if len(found) == MOST_SUGGESTIONS:
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


def _way(note: Note, entry: Card, shaper: Shaper, folder: Path) -> Way | None:
    """Return how a card holds a note; None where it does not."""
    other = ""
    try:
        layout = layout_for(note, entry, folder)
        fits = fits_card(note, entry, layout, shaper)
    except InputError:
        other = "auto"
        layout = layout_for(note, entry, folder, other)
        fits = fits_card(note, entry, layout, shaper)
    return Way(entry.name, other) if fits else None


def _or(names: Sequence[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
