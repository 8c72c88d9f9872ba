"""The Intelligent Mail barcode says what USPS says, and stands where USPS looks for it."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from reportlab.graphics.barcode.usps4s import USPS_4State

from fairhand.art.drawing import bounds
from fairhand.errors import InputError
from fairhand.geometry import Rect
from fairhand.job import Made, make, read
from fairhand.layout.catalogue import envelope_layout
from fairhand.post.barcode import bar_places, bars_of, digits_of
from fairhand.stationery.catalogue import cards, envelopes

INCH = 72.0
TRACKING = "01234567094987654321"
PUBLISHED = {
    "": "ATTFATTDTTADTAATTDTDTATTDAFDDFADFDFTFFFFFTATFAAAATDFFTDAADFTFDTDT",
    "01234": "DTTAFADDTTFTDTFTFDTDDADADAFADFATDDFTAAAFDTTADFAAATDFDTDFADDDTDFFT",
    "012345678": "ADFTTAFDTTTTFATTADTAAATFTFTATDAAAFDDADATATDTDTTDFDTDATADADTDFFTFA",
    "01234567891": "AADTFFDFTDADTAADAATFDTDDAAADDTDTTDAFADADDDTFFFDDTTTADFAAADFTDAADA",
}
"""USPS-B-3200, section 3.4: the four examples, by their routing codes."""

TROY = "01234567094987654321121801234"


@pytest.mark.parametrize("routing", PUBLISHED)
def test_the_examples_of_the_standard_come_out_bar_by_bar(routing: str) -> None:
    assert bars_of(TRACKING + routing) == PUBLISHED[routing]


def test_a_barcode_of_the_usps_encoder_comes_out_bar_by_bar() -> None:
    """One that somebody made with the encoder of PostalPro, with a mailer's identifier of six."""
    assert bars_of("2327059283148203124096713024817") == (
        "DDADATADTAATDTTTDFDTTFTFFADTFTDFTATAAFTTFATDAATATDATATFADAADDTFDT"
    )


@pytest.mark.parametrize("length", [0, 5, 9, 11])
def test_an_encoder_of_somebody_else_draws_the_same_bars(length: int) -> None:
    lot = random.Random(length)
    for _ in range(300):
        tracking = f"{lot.randrange(10)}{lot.randrange(5)}{lot.randrange(10**18):018d}"
        routing = f"{lot.randrange(10**length):0{length}d}" if length else ""
        assert bars_of(tracking + routing) == USPS_4State(tracking, routing).barcodes


def test_digits_may_be_typed_in_groups() -> None:
    typed = "01 234 567094 987654321 01234-5678-91"
    assert digits_of(typed) == TRACKING + "01234567891"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (TRACKING[1:], "19 digits"),
        (TRACKING + "123", "23 digits"),
        ("0" * 32, "32 digits"),
        (TRACKING[:-1] + "x", "more than digits"),
        (TRACKING[:-1] + "²", "more than digits"),
        ("05" + TRACKING[2:], '"05"'),
    ],
)
def test_wrong_digits_are_refused_with_the_line_of_the_note(typed: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as refused:
        make(read({**NOTE, "imb": typed}))
    assert refused.value.field == "imb"
    assert refused.value.hint


def test_a_number_that_lost_its_first_zero_is_not_drawn() -> None:
    with pytest.raises(InputError, match="19 digits") as refused:
        make(read({**NOTE, "imb": int(TRACKING)}))
    assert "quotes" in refused.value.hint


NOTE = {
    "paragraphs": ["Hi"],
    "card": "a7",
    "to": ["Ms. Adaeze Okafor", "418 Lakeview Avenue", "Troy, NY 12180-1234"],
    "from": ["Dana Reed", "77 Hoosick Street", "Troy, NY 12180"],
}


def barcode_of(made: Made) -> list[Rect]:
    page = made.envelope_sheets[0].placements[0].page
    return [bounds(shape) for shape in page.under]


@pytest.mark.parametrize(
    "card",
    sorted(
        {
            entry.envelope: entry.name
            for entry in cards().values()
            if entry.region == "us" and entry.envelope
        }.values()
    ),
)
def test_it_stands_in_the_clear_zone_of_every_us_envelope(card: str) -> None:
    """DMM 202.5: its first bar 3.5 to 4.25 in from the right edge, all of it in the zone of
    4.75 x 0.625 in; and above the quarter inch that home printers cannot reach."""
    made = make(read({**NOTE, "card": card, "imb": TROY}))
    (box,) = barcode_of(made)
    width = made.envelope.width
    assert 3.5 * INCH <= width - box.left <= 4.25 * INCH
    assert width - box.right >= 0.5 * INCH
    assert box.bottom >= 0.25 * INCH
    assert box.top <= 0.5 * INCH
    assert 2.667 * INCH <= box.width <= 3.225 * INCH
    layout = envelope_layout("usps")
    assert box.left >= width - layout.clear_width
    assert box.top <= layout.clear_height
    # The address keeps away from it by more than the 0.028 in that it needs above.
    assert layout.read_bottom - box.top >= 0.028 * INCH


def test_its_bars_have_the_sizes_of_the_standard() -> None:
    """USPS-B-3200, figure 3: 20 to 24 bars an inch, 0.015 to 0.025 in wide."""
    bars = bars_of(TROY)
    places = list(bar_places(bars, envelopes()["a7"].size))
    assert len(places) == 65
    middle = next(
        p.bottom + p.height / 2 for p, bar in zip(places, bars, strict=True) if bar == "T"
    )
    for place, bar in zip(places, bars, strict=True):
        assert 0.015 * INCH <= place.width <= 0.025 * INCH
        up, down = place.top - middle, middle - place.bottom
        long, short = (0.0625 * INCH, 0.0825 * INCH), (0.0195 * INCH, 0.0285 * INCH)
        for reach, (least, most) in (
            (up, long if bar in "AF" else short), (down, long if bar in "DF" else short),
        ):  # fmt: skip
            assert least <= reach <= most
    pitch = {round(b.left - a.left, 6) for a, b in pairwise(places)}
    assert len(pitch) == 1
    assert 20 <= INCH / pitch.pop() <= 24


def test_a_note_without_its_digits_has_none() -> None:
    assert barcode_of(make(read(NOTE))) == []


def test_no_other_post_gets_one_and_the_sender_is_told() -> None:
    sender = "Jörg Weiß\nLindenstraße 8\n79098 Freiburg"
    fields = {**NOTE, "from": sender, "card": "iso-a6", "language": "de", "imb": TROY}
    made = make(read(fields))
    assert barcode_of(made) == []
    assert any("Only USPS" in notice for notice in made.notices)


def test_a_barcode_for_another_place_than_the_address_is_told() -> None:
    told = "ZIP Code 55401"
    assert any(told in n for n in make(read({**NOTE, "imb": TRACKING + "55401"})).notices)
    for right in (TRACKING, TRACKING + "12180", TROY):
        assert not any("ZIP Code" in n for n in make(read({**NOTE, "imb": right})).notices)
