"""Many cards in one file: what they all show is kept once, and looks as it does on one card."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from conftest import tool

from fairhand.job import Made, make, read
from fairhand.job.press import press_pdf
from fairhand.output.pdf import pdf
from fairhand.output.pdf_colour import Colour
from fairhand.press.preflight.run import preflight
from fairhand.stationery.condition import condition

SAMPLES = Path(__file__).parents[2] / "samples"
NOTE = SAMPLES / "after-rejection" / "note.md"
ROSE = SAMPLES / "own-art" / "rose.svg"
CARDS = 4
"""The first two show a thing as one card does; from the third on it has come before."""

CIRCLES = "".join(
    f'<circle cx="{15 + 5 * n}" cy="{25 + 5 * n}" r="9" fill="#27a" fill-opacity="0.{n + 2}"/>'
    for n in range(5)
)
ART = ["rose", "see-through", "stripes"]


def card(art: str, folder: Path) -> Made:
    """Return a card whose front has no words, so that all of a merge's show the same."""
    if art == "see-through":
        file = folder / "circles.svg"
        box = 'viewBox="0 0 50 70"'
        file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{CIRCLES}</svg>')
    else:
        file = ROSE if art == "rose" else art
    note = read(NOTE, card="a7", art={"file": str(file), "words": False})
    return make(note, with_envelope=False)


def file_of(made: Made, count: int, colour: Colour = "rgb") -> bytes:
    return pdf(made.card_sheets * count, made.card_about(colour))


def pictures(data: bytes) -> list[np.ndarray]:
    with pypdfium2.PdfDocument(data) as document:
        return [np.asarray(page.render(scale=2).to_pil()) for page in document]


@pytest.mark.parametrize("colour", ["rgb", "cmyk"])
@pytest.mark.parametrize("art", ART)
def test_each_of_many_cards_looks_like_the_only_one(art, colour, tmp_path: Path) -> None:
    made = card(art, tmp_path)
    alone = pictures(file_of(made, 1, colour))
    assert all(picture.std() > 1 for picture in alone)
    many = pictures(file_of(made, CARDS, colour))
    assert len(many) == CARDS * len(alone)
    for number, picture in enumerate(many):
        assert np.array_equal(picture, alone[number % len(alone)]), f"page {number + 1}"


@pytest.mark.parametrize("art", ART)
def test_what_all_cards_show_is_kept_once(art, tmp_path: Path) -> None:
    made = card(art, tmp_path)
    sizes = [len(file_of(made, count)) for count in (1, 2, 11, 12)]
    written = len(pdf(made.card_sheets[1:] * 12, made.card_about("rgb")))
    written -= len(pdf(made.card_sheets[1:] * 11, made.card_about("rgb")))
    assert sizes[3] - sizes[2] < written + 500
    assert sizes[3] - sizes[2] < sizes[1] - sizes[0]


@pytest.mark.parametrize("art", ART)
def test_qpdf_and_the_preflight_find_nothing_wrong(art, tmp_path: Path) -> None:
    made = card(art, tmp_path)
    file = tmp_path / "cards.pdf"
    file.write_bytes(file_of(made, CARDS))
    subprocess.run([tool("qpdf"), "--check", str(file)], check=True, capture_output=True)
    many = replace(made, card_sheets=made.card_sheets * CARDS)
    data = press_pdf(many, "card", condition("auto", made.composed.card.region))
    report = preflight(data)
    assert report.pages == CARDS * len(made.card_sheets)
    assert (
        report.findings
        == preflight(press_pdf(made, "card", condition("auto", made.composed.card.region))).findings
    )
    assert report.passes
