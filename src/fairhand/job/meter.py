"""The meter of words: how long a note is, and how much longer it may be, in the card's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fairhand.compose.shape import shaper_for
from fairhand.compose.spare import Until, words_to_spare
from fairhand.note.characters import counts_characters, portions
from fairhand.note.language import language
from fairhand.stationery.catalogue import auto_cards

if TYPE_CHECKING:
    from fairhand.job.made import Made
    from fairhand.note.model import Note

_EXACT = 20
_ROUND = 5

_THEN: dict[Until, str] = {
    "size": "at this size",
    "usual size": "before the writing must be smaller than usual",
    "panel": "before it runs onto another panel",
    "larger card": "before it needs a larger card",
    "card": "until the card is full; the writing is smaller than usual",
}
_FULL: dict[Until, str] = {
    "size": "one more, and the writing gets smaller",
    "usual size": "one more, and the writing gets smaller than usual",
    "panel": "one more, and it runs onto another panel",
    "larger card": "one more, and it needs a larger card",
    "card": "the card is full; the writing is smaller than usual",
}


@dataclass(frozen=True, slots=True)
class Meter:
    """How many words (or characters, where people count these) a note has, and what is to spare.

    `spare` below 0: so many are too many. `said` is all of it in a sentence.
    """

    count: int
    unit: Literal["word", "character"]
    spare: int
    said: str


def counted(note: Note) -> tuple[int, Literal["word", "character"]]:
    """Return how long a note is on its card: words, or characters where people count these."""
    words = note.words
    return len(portions(words)), "character" if counts_characters(words) else "word"


def meter_of(made: Made) -> Meter:
    """Return the meter of a note that fits its card."""
    note, card = made.source.note, made.composed.card
    tongue = language(note.language)
    # "auto" takes a larger card rather than smaller writing, while there is one.
    is_auto = note.card == "auto"
    is_last = not is_auto or card.name == auto_cards(tongue.region)[-1].name
    shaper = shaper_for(made.hand, tongue)
    spare = words_to_spare(note, made.composed, shaper, is_last_card=is_last, is_auto=is_auto)
    count, unit = counted(note)
    if spare.count:
        more = f"about {_rounded(spare.count)} to spare {_THEN[spare.until]}"
    else:
        more = _FULL[spare.until]
    return Meter(count, unit, spare.count, f"{_many(count, unit)}; {more}")


def meter_beyond(note: Note, too_many: int) -> Meter:
    """Return the meter of a note that is too long for its card, or for all that it may be on."""
    count, unit = counted(note)
    card = "even the largest card" if note.card == "auto" else "this card"
    said = f"{_many(count, unit)}; about {_many(too_many, unit)} too many for {card}"
    return Meter(count, unit, -too_many, said)


def _many(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count:,} {unit}s"


def _rounded(count: int) -> int:
    """Return a number that does not jump with every letter that is typed."""
    return count if count < _EXACT else count // _ROUND * _ROUND
