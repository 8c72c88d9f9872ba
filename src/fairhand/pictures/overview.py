"""The mock-up of a finished job, and contact sheets: hands, layouts and fronts side by side."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.hand.hand import all_hands, bundled_hand, specimens, suits
from fairhand.job import Made, make
from fairhand.layout.catalogue import card_layouts
from fairhand.layout.front import fronts
from fairhand.note.language import language
from fairhand.note.model import Art
from fairhand.note.read import parse_note
from fairhand.output.contact import contact_sheet, cut_to_ink
from fairhand.output.mockup import mockup
from fairhand.output.raster import rasters
from fairhand.pictures.panels import panel_picture
from fairhand.stationery.catalogue import auto_cards, card, cards

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

    from fairhand.layout.model import CardLayout
    from fairhand.note.read import NoteFile

MOCKUP_DPI = 110
SPECIMEN_DPI = 150
NEATNESSES = {"typed": 0.0, "neat": 0.5, "natural": 1.0, "hurried": 1.5}
_CELL_DPI = 96
_CELL_WIDTH = 430
_COLUMNS = 4


def mockup_of(made: Made, dpi: float = MOCKUP_DPI) -> Image.Image:
    """Return the card as it will look, with its envelope behind it."""
    card_sides = list(zip(made.card_sheets, rasters(made.card_pdf(), dpi), strict=True))
    envelope_pdf = made.envelope_pdf()
    envelope = None
    if envelope_pdf is not None:
        envelope = (made.envelope_sheets[0], rasters(envelope_pdf, dpi)[0])
    return mockup(card_sides, envelope, dpi)


def hands_sheet(source: NoteFile, progress: Callable[[str], None]) -> Image.Image:
    """Return one picture of the note in every hand that has its letters.

    Where the note does not fit in a hand on its card, the card that fits is shown.
    """
    pictures = []
    for name, data in all_hands().items():
        if not suits(data, source.note.words) or bundled_hand(name).font.missing(source.note.words):
            continue
        progress(f"Writing in {data.name}")
        pictures.append((name, _written_panel(_with(source, hand=name))))
    if not pictures:
        raise InputError("No hand has all the letters of this note.")
    return contact_sheet(pictures, _COLUMNS, _CELL_WIDTH)


def specimen(name: str, dpi: float = SPECIMEN_DPI) -> Image.Image:
    """Return a picture of a bundled hand: its letters in all its scripts, and some words."""
    data = bundled_hand(name).data
    lacks = bundled_hand(name).font.missing
    groups = []
    tongue = ""
    for script in data.scripts:
        shown = specimens().get(script.split()[0])
        if shown is None:
            continue
        groups += [_without(lacks("".join(group)), group) for group in shown.groups]
        # What sets a hand apart is the last of its scripts.
        tongue = shown.language
    note = parse_note(
        json.dumps(
            {"paragraphs": ["\n".join(group) for group in [[data.name], *groups] if group],
             "hand": name, "language": tongue or "en", "card": "a4", "layout": "letter"}
        ).encode(),
        form=".json",
    )  # fmt: skip
    return cut_to_ink(_written_panel(note, dpi), round(0.2 * dpi))


def _without(lacking: list[str], lines: tuple[str, ...]) -> list[str]:
    """Return lines without the letters that a hand lacks."""
    kept = ["".join(c for c in line if c not in lacking) for line in lines]
    return [line for line in (" ".join(line.split()) for line in kept) if line]


def neatness_sheet(source: NoteFile, names: Sequence[str], dpi: float = _CELL_DPI) -> Image.Image:
    """Return one picture of the note in some hands, a row each: typed, neat, natural, hurried."""
    pictures = []
    for name in names:
        for title, neatness in NEATNESSES.items():
            panel = _written_panel(_with(source, hand=name, neatness=neatness), dpi)
            pictures.append((f"{bundled_hand(name).data.name}: {title}", panel))
    return contact_sheet(pictures, len(NEATNESSES), round(_CELL_WIDTH * dpi / _CELL_DPI))


def layouts_sheet(source: NoteFile, progress: Callable[[str], None]) -> Image.Image:
    """Return one picture of the note in every layout, each on a card that it is made for."""
    pictures = []
    for name, layout in card_layouts().items():
        progress(f"Laying out as {layout.title}")
        chosen = _card_for(source, layout)
        if chosen is not None:
            picture = _written_panel(_with(source, layout=name, card=chosen))
            pictures.append((f"{layout.title} ({chosen})", picture))
    if not pictures:
        raise InputError("The note fits in no layout.")
    return contact_sheet(pictures, _COLUMNS, _CELL_WIDTH)


def fronts_sheet(source: NoteFile, progress: Callable[[str], None]) -> Image.Image:
    """Return one picture of the front of the note's card with each of the drawn fronts.

    Fronts that cannot be drawn for this note (initials of nobody) are left out.
    """
    pictures: list[tuple[str, Image.Image]] = []
    for name, front in fronts().items():
        progress(f"Drawing {front.title}")
        try:
            made = make(_with(source, art=Art(file=name)), with_envelope=False)
        except InputError:
            if pictures or name != list(fronts())[-1]:
                continue
            raise
        pictures.append((name, panel_picture(made, "front", _CELL_DPI)))
    return contact_sheet(pictures, _COLUMNS, _CELL_WIDTH)


def _with(source: NoteFile, **changes: object) -> NoteFile:
    return replace(source, note=source.note.model_copy(update=changes))


def _written_panel(source: NoteFile, dpi: float = _CELL_DPI) -> Image.Image:
    """Return the first written side; half of it when only one panel of a folded card is used."""
    try:
        made = make(source, with_envelope=False)
    except InputError:
        made = make(_with(source, card="auto", layout="auto"), with_envelope=False)
    sheets = [sheet for sheet in made.card_sheets if sheet.name != "outside"]
    index = made.card_sheets.index(sheets[0] if sheets else made.card_sheets[0])
    sheet = made.card_sheets[index]
    picture = rasters(made.card_pdf(), dpi)[index]
    if len(sheet.placements) == 1 and sheet.folds:
        corner = sheet.placements[0].matrix
        size = sheet.placements[0].page.size
        scale = dpi / 72
        left, bottom = corner.e * scale, corner.f * scale
        return picture.crop(
            (round(left), round(picture.height - bottom - size.height * scale),
             round(left + size.width * scale), round(picture.height - bottom))
        )  # fmt: skip
    return picture


def _card_for(source: NoteFile, layout: CardLayout) -> str | None:
    """Return a card that a layout is made for and the note fits on; its own card if it can be."""
    region = language(source.note.language).region
    fitting: str | None = None
    wished = [] if source.note.card == "auto" else [card(source.note.card, region)]
    same_region = [c for c in cards().values() if c.region == region]
    for entry in [*wished, *auto_cards(region), *same_region]:
        if entry.kind not in layout.kinds:
            continue
        try:
            made = make(_with(source, layout=layout.name, card=entry.name), with_envelope=False)
        except InputError:
            continue
        if made.composed.comfortable:
            return entry.name
        fitting = fitting or entry.name
    return fitting
