"""Letters that a hand cannot draw: refused with their places, and the hands that have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.errors import MissingLetterError
from fairhand.hand.hand import HOW_TO_INSTALL, hands_that_have
from fairhand.note.characters import is_east_asian

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairhand.hand.hand import Hand
    from fairhand.note.model import Note
    from fairhand.note.read import NoteFile


def missing_letters(note: Note, hand: Hand) -> list[tuple[str, str]]:
    """Return (field, letter) for every letter of the note that the hand cannot draw.

    The words of the front may be in another hand, and are looked at where they are set.
    """
    texts = [
        ("date", note.heading), ("salutation", note.salutation),
        *((f"paragraphs {n}", text) for n, text in enumerate(note.paragraphs, start=1)),
        ("valediction", note.valediction), ("signature", note.signature),
        ("postscript", note.postscript), ("imprint", note.imprint),
    ]  # fmt: skip
    return [(field, letter) for field, text in texts for letter in hand.font.missing(text)]


def refuse_missing(missing: Sequence[tuple[str, str]], source: NoteFile, chosen_hand: Hand) -> None:
    """Raise MissingLetterError for missing letters: which, where, and which hands have them."""
    if not missing:
        return
    first: dict[str, str] = {}
    for field, letter in missing:
        first.setdefault(letter, field)
    named = []
    for letter, field in first.items():
        line = source.place_of(field, letter).line
        code = " ".join(f"U+{ord(character):04X}" for character in letter)
        named.append(f'"{letter}" ({code}{f", line {line}" if line else ""})')
    shown = ", ".join(named[:6]) + (f" and {len(named) - 6} more" if len(named) > 6 else "")
    raise MissingLetterError(
        f'The hand "{chosen_hand.slug}" cannot write {shown}.',
        hint=_hands_instead(list(first)),
        place=source.place_of(*next((f, c) for c, f in first.items())),
    )


def _hands_instead(letters: list[str]) -> str:
    able = hands_that_have(letters)
    if able:
        return f"Hands that have {'it' if len(letters) == 1 else 'them all'}: {', '.join(able)}."
    east_asian = [letter for letter in letters if is_east_asian(letter[0])]
    if east_asian and not hands_that_have(east_asian[:1]):
        return HOW_TO_INSTALL
    if len(letters) > 1 and all(hands_that_have([letter]) for letter in letters):
        return "No hand has all of them; write those words in other letters."
    return "No hand has it; name a font of your own (.ttf or .otf) as the hand."
