"""The front of a card: its art, and the words on it, in any hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fairhand.art.drawing import around, bounds
from fairhand.art.fronts import DRAWINGS
from fairhand.art.fronts.panel import FrontPanel
from fairhand.catalog import own_file
from fairhand.compose.card import refuse_written
from fairhand.compose.letters import refuse_missing
from fairhand.compose.lines import fitted_lines
from fairhand.compose.page import ComposedPage
from fairhand.compose.shape import shaper_for
from fairhand.errors import InputError, did_you_mean
from fairhand.geometry import Insets, Rect
from fairhand.job.front_words import (
    WORDS_BELOW,
    front_hand,
    front_inks,
    front_places,
    front_words,
    front_x_height,
)
from fairhand.job.over_art import LEAST_CONTRAST, choice
from fairhand.job.own_art import BLEED, names_a_file, own_art, told_of
from fairhand.layout.front import Front, front, read_front
from fairhand.note.language import language
from fairhand.stationery.catalogue import ink
from fairhand.write.extent import ink_extent
from fairhand.write.hand_page import write_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairhand.art.drawing import Drawn, Shape
    from fairhand.art.place import PlacedArt
    from fairhand.compose.card import ComposedCard
    from fairhand.geometry import Size
    from fairhand.hand.hand import Hand
    from fairhand.layout.model import CardLayout
    from fairhand.note.model import Art, Note
    from fairhand.note.read import NoteFile
    from fairhand.stationery.model import Ink, Pen
    from fairhand.write.page import WrittenPage

_AROUND = 0.04
"""White round art that is shown whole, a share of the panel's shorter side."""

_PAPER_WHITE = 0.85


@dataclass(frozen=True, slots=True)
class FrontMade:
    """A finished front: its words composed (None where there are none), the page, what to tell.

    `title` names the art, for those who are told what was made.
    """

    words: ComposedPage | None
    page: WrittenPage
    title: str
    notices: tuple[str, ...]


class _Writing(NamedTuple):
    """How the words of a front are written, wherever they stand."""

    text: str
    hand: Hand
    pen: Pen
    seed: str
    x_height: float


class _Written(NamedTuple):
    """The words of a front in one place, composed and written."""

    words: ComposedPage | None
    page: WrittenPage


def made_front(
    source: NoteFile, composed: ComposedCard, own_hand: Hand, own_ink: Ink, own_pen: Pen, seed: str
) -> FrontMade:
    """Return the front of a note's card: its art, its words, or both.

    InputError when the note itself is written on that panel, the art cannot be used, or the
    words do not fit or have letters that their hand lacks.
    """
    note, folder = source.note, Path(source.file).parent
    card, layout = composed.card, composed.layout
    field = "front" if note.front else "art"
    refuse_written(card, field, "front", {page.name for page in composed.pages})
    with told_of("art"):
        design = _design(note.art, folder) if note.art else None
    text = front_words(note, design)
    with told_of("front_hand"):
        chosen_hand = front_hand(note, design, own_hand, text, folder)
    missing = [("front", letter) for letter in chosen_hand.font.missing(text)]
    refuse_missing(missing, source, chosen_hand)
    art = _file_of_art(note, design, layout, card.size, folder, below=bool(text))
    covers = art is not None and art.covers
    whole = around(map(bounds, art.things)) if art and not covers else None
    with told_of("front_ink"):
        inks = front_inks(note, design, own_ink, over=covers)
    x_height = front_x_height(design, layout, under=whole is not None)
    writing = _Writing(text, chosen_hand, own_pen, seed, x_height)
    places = front_places(note, design, layout, card.size, covers=covers, whole=whole)
    tries = _tries(writing, places, inks[0], composed, note)
    words, page = tries[0]
    notices = art.notices if art else ()
    if art and covers and words:
        chosen = choice([one.page for one in tries], inks, art.things)
        words, page = tries[chosen.number]
        page = replace(page, ink=chosen.ink)
        if chosen.contrast < LEAST_CONTRAST:
            notices += (
                f'The words on the front are hard to read over "{_title(note, design)}": try '
                'another "front_place" or "front_ink", or another part of it.',
            )
    drawn: tuple[Drawn, ...] = art.things if art else ()
    if design and design.drawing:
        with told_of("art"):
            drawn = _drawing(design, note.art, page, layout)
    covered = covers or (design is not None and bool(design.drawing))
    if words and not covered and min(page.ink.rgb_fractions) > _PAPER_WHITE:
        notices += (f'The words on the front are in "{page.ink.name}", which paper does not show.',)
    return FrontMade(words, replace(page, under=drawn), _title(note, design), notices)


def _design(art: Art, folder: Path) -> Front | None:
    """Return the front of the catalogue, or the user's own (.toml); None for a file of art."""
    if art.file.lower().endswith(".toml"):
        return read_front(own_file(art.file, folder))
    return None if names_a_file(art.file) else front(art.file)


def _file_of_art(
    note: Note, design: Front | None, layout: CardLayout, panel: Size, folder: Path, *, below: bool
) -> PlacedArt | None:
    """Return the file of art that a note or its front names; None for a drawn front, or none.

    Art that is shown whole leaves room for words `below` it.
    """
    if note.art is None or (design and design.drawing):
        return None
    with told_of("art"):
        path = own_file(design.file if design else note.art.file, folder)
    away = _AROUND * min(panel)
    inner = Rect.of(panel).inset(Insets(*[layout.safe + away] * 4))
    if below:
        inner = inner._replace(bottom=WORDS_BELOW * panel.height)
    return own_art(path, note.art, panel, inner)


def _tries(
    writing: _Writing, places: Sequence[Rect], first: Ink, composed: ComposedCard, note: Note
) -> list[_Written]:
    """Return the words written in each place that takes them; without words, an empty page.

    InputError when the first place, the usual one, does not take them.
    """
    size, safe = composed.card.size, composed.layout.safe_area(composed.card, "front")
    empty = ComposedPage("front", size, safe, safe, (), 0.5, 0.3, 10.0)
    found: list[_Written] = []
    for area in places:
        words = None
        try:
            if writing.text:
                words = fitted_lines(
                    "front", "front", writing.text.split("\n"), area.intersection(safe), size,
                    safe, shaper_for(writing.hand, language(note.language)), writing.x_height,
                    "centre",
                )  # fmt: skip
        except InputError:
            if not found:
                raise
            continue
        page = write_page(
            words or empty, writing.hand, first, writing.pen, writing.seed, note.neatness
        )
        found.append(_Written(words, page))
    return found


def _drawing(
    design: Front, art: Art | None, page: WrittenPage, layout: CardLayout
) -> tuple[Drawn, ...]:
    draw = DRAWINGS.get(design.drawing)
    if draw is None:
        raise InputError(
            f'There is no drawing "{design.drawing}" for the front "{design.name}".',
            hint=did_you_mean(design.drawing, DRAWINGS), field="art",
        )  # fmt: skip
    others = tuple(ink(name) for name in art.inks) if art else ()
    inks = (*others, *design.inks[len(others) :])
    size = page.size
    middle = Rect(size.width / 2, size.height / 2, size.width / 2, size.height / 2)
    return _drawn(draw, FrontPanel(size, ink_extent(page) or middle, inks, layout.safe, BLEED))


@lru_cache(maxsize=16)
def _drawn(draw: Callable[[FrontPanel], tuple[Shape, ...]], panel: FrontPanel) -> tuple[Drawn, ...]:
    """Draw a panel; kept, for where no words lie about it, all cards of a merge show the same."""
    return draw(panel)


def _title(note: Note, design: Front | None) -> str:
    if design:
        return design.title
    return Path(note.art.file).name if note.art else ""
