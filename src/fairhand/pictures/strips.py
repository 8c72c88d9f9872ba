"""Small pictures to choose by: one's own words in a hand, one's own card with a front."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.geometry import Rect
from fairhand.impose.sheet import card_sheets
from fairhand.job import Made, make
from fairhand.note.language import language
from fairhand.note.model import Art, Note
from fairhand.output.raster import scaled
from fairhand.pictures.panels import panel_picture
from fairhand.stationery.catalogue import auto_cards
from fairhand.write.extent import ink_extent

if TYPE_CHECKING:
    from PIL import Image

    from fairhand.note.read import NoteFile
    from fairhand.write.page import WrittenPage

_LINES = 3
_MOST_CHARACTERS = 160
_MARGIN = 8.0
"""White round a strip, points of the card that it is cut from."""

_FINEST_DPI = 300


def hand_strip(source: NoteFile, hand: str, width_px: int) -> Image.Image:
    """Return the first lines of a note in a hand, all hands at one scale.

    InputError when the hand is unknown or has not all the letters.
    """
    note = source.note
    body = note.paragraphs[0] if note.paragraphs else ""
    words = Note.model_validate(
        {"salutation": note.salutation or " ".join(body.split()[:3]) or note.words[:40],
         "paragraphs": (_beginning(body),), "language": note.language, "hand": hand,
         "ink": note.ink, "pen": note.pen, "seed": note.seed, "neatness": note.neatness,
         "card": auto_cards(language(note.language).region)[0].name}
    )  # fmt: skip
    made = make(replace(source, note=words), with_envelope=False)
    page = made.composed.pages[0]
    dpi = min(_FINEST_DPI, 72 * width_px / (page.block.width + 2 * _MARGIN))
    begun = _first_lines(made, page.name)
    ink = ink_extent(_written(begun, page.name)) or page.block
    sides = page.block.left - _MARGIN, page.block.right + _MARGIN
    box = Rect(sides[0], ink.bottom - _MARGIN, sides[1], ink.top + _MARGIN)
    edges = (box.left, page.size.height - box.top, box.right, page.size.height - box.bottom)
    left, top, right, bottom = (round(edge * dpi / 72) for edge in edges)
    return scaled(panel_picture(begun, page.name, dpi).crop((left, top, right, bottom)), width_px)


def _written(made: Made, panel: str) -> WrittenPage:
    pages = (one.page for sheet in made.card_sheets for one in sheet.placements)
    return next(page for page in pages if page.name == panel)


def _first_lines(made: Made, panel: str) -> Made:
    """Return a card with nothing on it but the first lines of a panel."""
    page = _written(made, panel)
    begun = replace(page, lines=page.lines[:_LINES])
    return replace(made, card_sheets=card_sheets(made.composed.card, [begun]))


def _beginning(text: str) -> str:
    """Return the words at the beginning of a text, enough for some lines."""
    if len(text) <= _MOST_CHARACTERS:
        return text
    return text[:_MOST_CHARACTERS].rsplit(" ", 1)[0]


def front_picture(source: NoteFile, front: str, width_px: int) -> Image.Image:
    """Return the front of a note's card with a front of the catalogue.

    InputError when that cannot be drawn for this note: initials of nobody, or a card that is
    written on its front.
    """
    art = source.note.art or Art(file=front)
    changes = {"art": art.model_copy(update={"file": front, "inks": ()}), "layout": "auto"}
    made = _with_front(replace(source, note=source.note.model_copy(update=changes)))
    dpi = 72 * width_px / made.composed.card.width
    return scaled(panel_picture(made, "front", dpi), width_px)


def _with_front(source: NoteFile) -> Made:
    try:
        return make(source, with_envelope=False)
    except InputError:
        # What is wrong with the words is told elsewhere.
        short = {"paragraphs": (), "postscript": "", "salutation": source.note.salutation or "-"}
        return make(replace(source, note=source.note.model_copy(update=short)), with_envelope=False)
