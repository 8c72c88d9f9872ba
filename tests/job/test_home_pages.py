"""Sheets that are printed carry the same correction as sheets that are saved."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from fairhand.impose.corrected import Correction
from fairhand.job import make, read
from fairhand.job.home_pages import card_pages, sheet_pages
from fairhand.job.sheets import SheetWish, copies_of, imposition, sheetful, sheets_pdf
from fairhand.output.pdf import pdf
from fairhand.stationery.paper import paper

SAMPLE = Path(__file__).parents[2] / "samples" / "wedding-thanks" / "note.md"
OFF = Correction(1.5, -0.8, 1.004, 0.997, 0.2, -0.6, 0.9)


def looks(data: bytes) -> list[bytes]:
    document = pypdfium2.PdfDocument(data)
    pages = [page.render(scale=1.5).to_pil().tobytes() for page in document]
    document.close()
    return pages


@pytest.mark.parametrize("flip", ["long-edge", "short-edge"])
@pytest.mark.parametrize("side", [0, 1, 2])
def test_printed_sheets_are_corrected_as_saved_ones(flip, side):
    made = make(read(SAMPLE), with_envelope=False)
    wish = SheetWish(paper("letter"), copies=3, flip=flip)
    pages = sheet_pages(made, wish, side=side)
    by_hand = SheetWish(wish.paper, copies=3, flip="manual") if side else wish
    how = imposition(made.composed.card, made.card_sheets, by_hand)
    part = ("both", "fronts", "backs")[side]
    saved = sheets_pdf(copies_of(made.card_sheets, wish), how, by_hand, pages.about, part, OFF)
    assert looks(pdf(pages.corrected(OFF), pages.about)) == looks(saved)
    assert len(pages.sides) == (4 if side == 0 else 2)


def test_without_a_number_the_first_sheet_is_filled():
    made = make(read(SAMPLE), with_envelope=False)
    wish = SheetWish(paper("letter"), start=2)
    how = imposition(made.composed.card, made.card_sheets, wish)
    assert sheetful(wish, how).copies == len(how.grid.cells) - 1
    assert len(sheet_pages(made, wish, side=0).sides) == 2


def test_backs_are_told_from_fronts():
    made = make(read(SAMPLE), with_envelope=False)
    assert card_pages(made, envelope=False, side=0).backs == (False, True)
    assert card_pages(made, envelope=False, side=2).backs == (True,)
    assert sheet_pages(made, SheetWish(paper("letter"), copies=3), side=0).backs == (
        False, True, False, True,
    )  # fmt: skip
