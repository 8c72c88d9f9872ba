"""The words on a front: which, in which hand and ink, how large, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.geometry import Rect
from fairhand.hand.hand import bundled_hand, hand
from fairhand.note.language import all_ands, all_households, language
from fairhand.stationery.catalogue import ink

if TYPE_CHECKING:
    from pathlib import Path

    from fairhand.geometry import Size
    from fairhand.hand.hand import Hand
    from fairhand.layout.front import Front
    from fairhand.layout.model import CardLayout
    from fairhand.note.model import Note
    from fairhand.stationery.model import Ink

WORDS_BELOW = 0.3
"""The share of the front that is left to words under art that is shown whole."""

_BANDS = {"top": (0.64, 0.95), "bottom": (0.05, 0.36)}
"""The lower and upper edge of the places of words over art, shares of the front's height."""

_CAPTION = 0.7
_MOST_INITIALS = 3


def front_words(note: Note, design: Front | None) -> str:
    """Return the words of a front: the note's, or the front's own in the note's language."""
    if note.front or design is None or (note.art and not note.art.words):
        return note.front
    if design.initials:
        return _initials(note, design)
    tag = note.language
    return design.words.get(tag, "") or design.words.get(tag.split("-")[0], "")


def _initials(note: Note, design: Front) -> str:
    name = note.from_.name if note.from_ else note.signature.split("\n")[0]
    titles = {title.rstrip(".").casefold() for title in language(note.language).titles}
    parts = [p for p in name.replace(".", " ").split() if p.rstrip(".").casefold() not in titles]
    # "the Garcias" are a G, and "Familie Müller" an M.
    while len(parts) > 1 and parts[0].casefold() in all_households():
        parts = parts[1:]
    if len(parts) > 1 and parts[-1].casefold() in all_households():
        parts = parts[:-1]
    joins = {"&", "+", *all_ands()}
    ands = [part for part in parts if part.casefold() in joins and not part.istitle()]
    letters = [part[0].upper()[0] for part in parts if part not in ands and part[0].isalpha()]
    if not letters:
        raise InputError(
            f'The front "{design.name}" shows initials, and the note does not say whose.',
            hint='Add "front: TR" with the letters that it shall show, or "from:" with a name.',
            field="art",
        )
    return " & ".join(letters[:2]) if ands else "".join(letters[:_MOST_INITIALS])


def front_hand(note: Note, design: Front | None, own_hand: Hand, text: str, folder: Path) -> Hand:
    """Return the hand of a front's words: the note's wish, the front's own, or the note's."""
    if note.front_hand != "auto":
        return hand(note.front_hand, folder)
    if design and design.hand:
        # The front's own hand, unless a name on it has letters that only the note's can write.
        chosen = bundled_hand(design.hand)
        if not chosen.font.missing(text):
            return chosen
    return own_hand


def front_inks(note: Note, design: Front | None, own_ink: Ink, *, over: bool) -> tuple[Ink, ...]:
    """Return the ink of the words; over art where nobody named one, white may take its place."""
    if note.front_ink != "auto":
        return (ink(note.front_ink),)
    if design and design.ink:
        return (design.ink,)
    return (own_ink, ink("white")) if over else (own_ink,)


def front_places(
    note: Note, design: Front | None, layout: CardLayout, panel: Size,
    *, covers: bool, whole: Rect | None,
) -> list[Rect]:  # fmt: skip
    """Return where the words may stand: as the note or the front says, under whole art, as usual.

    `whole` is where art lies that is shown whole. Over art that covers the front there are several
    places, for its middle is often a face.
    """
    wished = note.front_place
    if wished != "auto" and (whole or (design and design.drawing)):
        raise InputError(
            f'"front_place: {wished}" is for words alone, or over a picture that covers the front.',
            hint="Leave it out: this front has its own place for them.", field="front_place",
        )  # fmt: skip
    if design and (design.drawing or not whole) and wished == "auto":
        return [design.words_area(panel)]
    if whole:
        # As far below wide art as below high art: they are seen together.
        top = max(whole.bottom, WORDS_BELOW * panel.height)
        return [Rect(0.08 * panel.width, top - WORDS_BELOW * panel.height,
                     0.92 * panel.width, top)]  # fmt: skip
    places = {"middle": layout.front.rect(panel)}
    for name, (bottom, top) in _BANDS.items():
        places[name] = Rect(0.08 * panel.width, bottom * panel.height,
                            0.92 * panel.width, top * panel.height)  # fmt: skip
    if wished != "auto":
        return [places[wished]]
    return list(places.values()) if covers else [places["middle"]]


def front_x_height(design: Front | None, layout: CardLayout, *, under: bool) -> float:
    """Return the wished size of the words; what stands under art is a caption to it."""
    if design:
        return design.x_height
    return layout.front_x_height * (_CAPTION if under else 1.0)
