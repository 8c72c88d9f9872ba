"""fairhand's own pages: as pictures, as any program's are measured, and as outlines.

The only module of this benchmark that knows fairhand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2

from benchmarks.likeness.letters import Letter, sampling
from fairhand.hand.forms import draw_form
from fairhand.hand.hand import bundled_hand, hands, suits
from fairhand.job import make, read

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

    from fairhand.hand.hand import Hand
    from fairhand.impose.sheet import Placement
    from fairhand.job import Made
    from fairhand.write.page import WrittenPage, WrittenWord

    Floats = NDArray[np.float64]

NOTE = Path(__file__).resolve().parents[2] / "samples" / "after-rejection" / "note.md"
CARD = "5x7"
DPI = 300.0
_SAMPLES_APART = 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One written panel of a card: its picture in grey, and what it was made from."""

    picture: Image.Image
    page: WrittenPage

    @property
    def lines(self) -> int:
        """How many lines were written."""
        return len(self.page.lines)

    @property
    def words(self) -> int:
        """How many words were written, as spaces part them."""
        return sum(
            word.spaced or word is line.words[-1] for line in self.page.lines for word in line.words
        )

    @property
    def text(self) -> str:
        """What was written, a line each."""
        return "\n".join(
            "".join(word.shaped.text + (" " if word.spaced else "") for word in line.words).strip()
            for line in self.page.lines
        )


def latin_hands(note: Path = NOTE) -> list[str]:
    """Return the bundled hands that are made for a note's letters and have them all."""
    words = read(note).note.words
    return [
        name
        for name, data in hands().items()
        if suits(data, words) and not bundled_hand(name).font.missing(words)
    ]


def joined(hand: str) -> str:
    """Tell whether a hand's letters join: "fully", "partly" or "no"."""
    return hands()[hand].joined


def panel(
    hand: str, seed: int, neatness: float = 1.0, note: Path = NOTE, dpi: float = DPI
) -> Panel:
    """Write a note on a 5 x 7 in card and return its fullest panel."""
    made = make(read(note, card=CARD, hand=hand, seed=seed, neatness=neatness), with_envelope=False)
    number, placement = max(
        ((n, p) for n, sheet in enumerate(made.card_sheets) for p in sheet.placements),
        key=lambda found: len(found[1].page.lines),
    )
    return Panel(_picture(made, number, placement, dpi), placement.page)


def _picture(made: Made, number: int, placement: Placement, dpi: float) -> Image.Image:
    """Draw only the panel, in grey: what `fairhand.output.raster` would draw there."""
    width, height = made.card_sheets[number].size
    left, bottom = placement.matrix.e, placement.matrix.f
    size = placement.page.size
    crop = (left, bottom, width - left - size.width, height - bottom - size.height)
    document = pypdfium2.PdfDocument(made.card_pdf())
    try:
        picture: Image.Image = (
            document[number].render(scale=dpi / 72, crop=crop, grayscale=True).to_pil()
        )
    finally:
        document.close()
    return picture


def letters_of(page: WrittenPage) -> list[list[list[Letter]]]:
    """Return the drawn letters of a page: lines of words of letters."""
    return [[_letters(page, word) for word in line.words] for line in page.lines]


def _letters(page: WrittenPage, word: WrittenWord) -> list[Letter]:
    hand = page.hand
    em = float(hand.font.units_per_em)
    a, b, c, d, e, f = word.matrix
    turn = np.array([[a, b], [c, d]])
    found = []
    pen = 0.0
    for glyph, form in zip(word.shaped.glyphs, word.forms, strict=True):
        outline = hand.font.outline(glyph.glyph)
        if outline.inked:
            place = np.array([pen + glyph.dx, glyph.dy])
            spread, body = _sampling(hand, glyph.glyph)
            drawn = draw_form(hand, glyph.glyph, form, page.strength, word.weight)
            drawn_em = (spread @ drawn + place) / em
            found.append(
                Letter(
                    text=glyph.text,
                    glyph=glyph.glyph,
                    drawn=drawn_em,
                    own=(spread @ outline.points + place) / em,
                    page=drawn_em @ turn + np.array([e, f]),
                    body=body,
                    x_height=hand.x_height_em,
                )
            )
        pen += glyph.advance
    return found


@cache
def _sampling(hand: Hand, glyph: int) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the matrix from a glyph's points to places along its edge, and which are its body."""
    outline = hand.font.outline(glyph)
    apart = _SAMPLES_APART * hand.x_height_em * hand.font.units_per_em
    spread = sampling(outline.points, outline.on_curve, outline.ends, apart)
    part = (spread > 0).astype(np.float64) @ (outline.parts > 0).astype(np.float64)
    return spread, part == 0
