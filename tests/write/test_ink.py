"""Ink and pen: the line has the pen's width, is heavier and paler as pens are, in its plates."""

from __future__ import annotations

import io
import itertools
import statistics
from functools import lru_cache
from pathlib import Path

import numpy as np
import pikepdf
import pytest

from fairhand.errors import InputError
from fairhand.hand.forms import draw_form
from fairhand.hand.hand import Hand, bundled_hand, hands
from fairhand.job import Made, make, read
from fairhand.output.raster import rasters
from fairhand.stationery.catalogue import ink, pen, pens
from fairhand.units import in_mm
from fairhand.write.page import WrittenWord

SAMPLE = Path(__file__).parents[2] / "samples" / "after-rejection" / "note.md"
HANDS = sorted(hands())
PENS = sorted(pens())


@lru_cache(maxsize=64)
def made(**overrides: object) -> Made:
    return make(read(SAMPLE, card="5x7", **overrides), with_envelope=False)


def words(card: Made) -> list[WrittenWord]:
    return [
        word
        for sheet in card.card_sheets
        for placed in sheet.placements
        for line in placed.page.lines
        for word in line.words
    ]


def stroke_width(hand: Hand, letter: str, weight: float) -> float:
    """Return twice a letter's area by the length of its outline, x-heights."""
    glyph = hand.font.nominal_glyph(letter)
    points = draw_form(hand, glyph, 0, 0.0, weight).astype(float)
    area = length = 0.0
    start = 0
    for last in hand.font.outline(glyph).ends.tolist():
        x, y = points[start : last + 1].T
        start = last + 1
        area += float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2
        length += float(np.hypot(np.roll(x, -1) - x, np.roll(y, -1) - y).sum())
    return 2 * abs(area) / length / (hand.x_height_em * hand.font.units_per_em)


@pytest.mark.parametrize("name", HANDS)
def test_a_weight_widens_or_thins_the_strokes_by_so_much(name: str) -> None:
    hand = bundled_hand(name)
    letters = [c for c in "nouihl" if hand.font.nominal_glyph(c)]
    for weight in (-0.2 * hand.data.stem, 0.4 * hand.data.stem):
        changes = [stroke_width(hand, c, weight) - stroke_width(hand, c, 0.0) for c in letters]
        # Joins and dots do not become thinner, and stroke ends no longer.
        least = 0.1 if weight < 0 and hand.data.joined == "fully" else 0.4
        assert least < statistics.median(changes) / weight < 1.3


@pytest.mark.parametrize("name", ["mynerve", "caveat", "nothing-you-could-do", "kalam"])
def test_a_line_is_as_wide_on_paper_as_the_pen_writes(name: str) -> None:
    """As far as the font bears it; the paper has the last word: ink by length of skeleton."""
    shares = {}
    for chosen in ("fineliner", "ballpoint", "gel"):
        card = made(hand=name, pen=chosen, neatness=0)
        picture = np.asarray(rasters(card.card_pdf(), 600)[-1].convert("L")) < 128
        x_height = card.composed.x_height_mm
        stem = card.hand.data.stem * x_height
        wanted = min(max(in_mm(pen(chosen).width), 0.75 * stem), 1.6 * stem)
        # Twice the ink by the length of its edge, dots per millimetre.
        edge = sum(
            np.count_nonzero(picture[a] != picture[b])
            for a, b in (
                ((slice(1, None), slice(None)), (slice(-1), slice(None))),
                ((slice(None), slice(1, None)), (slice(None), slice(-1))),
            )
        )
        shares[chosen] = 2 * picture.sum() / (edge * np.pi / 4) / (600 / 25.4) / wanted
    assert all(0.75 < share < 1.3 for share in shares.values()), shares


@pytest.mark.parametrize("chosen", PENS)
def test_weights_and_tones_vary_as_much_as_the_pen_does(chosen: str) -> None:
    card = made(pen=chosen)
    kind, stem = pen(chosen), card.hand.data.stem
    written = words(card)
    weights = [word.weight / stem for word in written]
    tones = [word.tone for word in written]
    assert 0.4 * kind.pressure <= statistics.pstdev(weights) <= 1.6 * kind.pressure + 0.02
    assert all(0.55 <= tone <= 1 for tone in tones)
    assert min(tones) < 1
    assert statistics.mean(tones) > 0.78


def test_a_fountain_pen_pales_and_is_dipped_again() -> None:
    """Now and then a word is much darker than the one before it."""
    deepest = 0.0
    for seed in range(6):
        tones = [word.tone for word in words(made(pen="fountain-broad", seed=str(seed)))]
        steps = [b - a for a, b in itertools.pairwise(tones)]
        deepest = max(deepest, max(steps))
        assert min(steps) > -0.2
    assert deepest > 0.13


def test_a_neat_hand_at_0_has_one_weight_and_full_ink() -> None:
    written = words(made(neatness=0, pen="fountain-broad"))
    assert {word.tone for word in written} == {1.0}
    assert len({word.weight for word in written}) == 1


def test_nothing_is_rasterised_and_no_other_colour_comes_in() -> None:
    with pikepdf.open(io.BytesIO(made(pen="pencil", ink="blue-black").card_pdf("cmyk"))) as file:
        plates = set()
        for page in file.pages:
            assert "/XObject" not in page.Resources
            plates |= {
                tuple(float(part) for part in operands)
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) == "k"
            }
    full = np.array(ink("blue-black").cmyk) / 100
    assert len(plates) > 3
    for found in plates:
        share = found[0] / full[0]
        assert 0.5 < share <= 1
        assert np.allclose(found, full * share, atol=0.006)


@pytest.mark.parametrize(
    ("text", "plates"),
    [
        ("cmyk(100, 68, 12, 48)", (100, 68, 12, 48)),
        ("CMYK 0 0 0 100", (0, 0, 0, 100)),
        ("cmyk(12.5%,0%,80%,0%)", (12.5, 0, 80, 0)),
    ],
)
def test_plates_are_an_ink(text: str, plates: tuple[float, ...]) -> None:
    assert ink(text).cmyk == plates
    assert made(ink=text).card_pdf("cmyk")


@pytest.mark.parametrize("text", ["cmyk(100, 100, 100, 20)", "cmyk(101, 0, 0, 0)"])
def test_plates_that_no_press_prints_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="per cent"):
        ink(text)


@pytest.mark.parametrize("name", HANDS)
def test_every_hand_has_a_pen_that_exists_and_suits_its_strokes(name: str) -> None:
    """At the usual size of a card its own line is not far from that of its pen."""
    data = hands()[name]
    own = data.stem * 2.4
    assert 0.55 < in_mm(pen(data.pen).width) / own < 1.7
