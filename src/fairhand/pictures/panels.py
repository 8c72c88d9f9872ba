"""The panels of a card and the sides of its envelope, each as its reader holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.output.formats import png_file
from fairhand.output.pdf import pdf
from fairhand.output.raster import blank, raster
from fairhand.units import in_mm

if TYPE_CHECKING:
    from PIL import Image

    from fairhand.geometry import Rect, Size
    from fairhand.impose.sheet import Sheet
    from fairhand.job.made import Made

_TURNED = ("front", "inside-left", "inside-top", "inside-right", "inside-bottom", "back")
"""The panels of cards in the order in which one comes upon them."""

_ENVELOPE = {"envelope": "front", "envelope-back": "flap"}
"""The sides of an envelope, and what their pages are called."""

_MOST_KEPT = 8
_kept: dict[tuple[int, str, float], tuple[Made, Image.Image]] = {}


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel of a card or a side of its envelope; nothing stands on a blank one."""

    name: str
    width_mm: float
    height_mm: float
    is_blank: bool


def shown_panels(made: Made) -> tuple[Shown, ...]:
    """Return all panels of a card in the order in which one turns them, then the envelope's sides.

    Blank ones too: "front", "inside-left", "inside-right", "back", "envelope", "envelope-back".
    """
    card = made.composed.card
    written = {one.page.name for sheet in made.card_sheets for one in sheet.placements}
    width, height = _mm(card.size)
    found = [
        Shown(name, width, height, name not in written)
        for name in sorted(card.panels, key=_TURNED.index)
    ]
    if made.envelope:
        width, height = _mm(made.envelope.size)
        sides = {sheet.name for sheet in made.envelope_sheets}
        found += [Shown(name, width, height, side not in sides) for name, side in _ENVELOPE.items()]
    return tuple(found)


def _mm(size: Size) -> tuple[float, float]:
    return round(in_mm(size.width), 2), round(in_mm(size.height), 2)


def panel_picture(made: Made, name: str, dpi: float) -> Image.Image:
    """Return a picture of one of the `shown_panels`: a part of the raster of the PDF itself.

    InputError for a panel that the card does not have.
    """
    if name in _ENVELOPE and made.envelope:
        for sheet in made.envelope_sheets:
            if sheet.name == _ENVELOPE[name]:
                return _side(made, sheet, name, dpi)
        return blank(made.envelope.size, dpi)
    card = made.composed.card
    for side, places in card.sides.items():
        for place in places:
            if place.panel != name:
                continue
            sheets = [sheet for sheet in made.card_sheets if sheet.name == side]
            if not sheets:
                return blank(card.size, dpi)
            whole = _side(made, sheets[0], side, dpi)
            panel = whole.crop(_pixels(place.rect, sheets[0], dpi))
            return panel.rotate(180) if place.turned else panel
    raise InputError(f'The card has no panel "{name}".')


def png_of(picture: Image.Image, dpi: float) -> bytes:
    """Return a picture as a PNG file, made as quickly as can be."""
    return png_file(picture, dpi, at_once=True)


def _pixels(panel: Rect, sheet: Sheet, dpi: float) -> tuple[int, int, int, int]:
    scale, high = dpi / 72, sheet.size.height
    edges = (panel.left, high - panel.top, panel.right, high - panel.bottom)
    left, top, right, bottom = (round(edge * scale) for edge in edges)
    return left, top, right, bottom


def _side(made: Made, sheet: Sheet, name: str, dpi: float) -> Image.Image:
    """Return a whole side, kept for its other panels: one seldom looks at one of them alone."""
    key = (id(made), name, dpi)
    found = _kept.get(key)
    # What is kept holds on to the card, so that no other has its identity.
    if found is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        about = made.envelope_about("rgb") if name in _ENVELOPE else made.card_about("rgb")
        found = _kept[key] = made, raster(pdf((sheet,), about), 0, dpi)
    return found[1]
