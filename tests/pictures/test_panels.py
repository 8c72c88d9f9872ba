"""Panels are shown as their reader holds them: the raster of the very PDF."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from fairhand.errors import InputError
from fairhand.job import make, read
from fairhand.output.raster import rasters
from fairhand.pictures import front_picture, hand_strip, panel_picture, png_of, shown_panels

SAMPLE = Path("samples/after-rejection/note.md")
DPI = 100


def made(**changes):
    return make(read(SAMPLE, **changes))


def ink(picture):
    return picture.convert("L").getextrema()[0] < 128


@pytest.mark.parametrize(
    ("card", "names"),
    [
        ("a7", ["front", "inside-left", "inside-right", "back"]),
        ("a7-tent", ["front", "inside-top", "inside-bottom", "back"]),
        ("a7-flat", ["front", "back"]),
        ("letter", ["front", "back"]),
        ("postcard-6x9", ["front", "back"]),
    ],
)
def test_all_panels_are_shown_in_the_order_in_which_one_turns_them(card, names):
    job = made(card=card)
    shown = shown_panels(job)
    sides = ["envelope", "envelope-back"] if job.envelope else []
    assert [one.name for one in shown] == names + sides
    for one in shown:
        picture = panel_picture(job, one.name, DPI)
        assert ink(picture) != one.is_blank
        assert picture.width == pytest.approx(one.width_mm / 25.4 * DPI, abs=1)
        assert picture.height == pytest.approx(one.height_mm / 25.4 * DPI, abs=1)


def test_a_panel_is_the_raster_of_the_pdf():
    job = made(card="a7", art="botanical", return_address="flap")
    outside, inside = rasters(job.card_pdf(), DPI)
    assert not differs(panel_picture(job, "inside-right", DPI), inside.crop((500, 0, 1000, 700)))
    assert not differs(panel_picture(job, "front", DPI), outside.crop((500, 0, 1000, 700)))
    front, flap = rasters(job.envelope_pdf(), DPI)
    assert not differs(panel_picture(job, "envelope", DPI), front)
    assert not differs(panel_picture(job, "envelope-back", DPI), flap)


def test_the_back_of_a_tent_card_reads_upright():
    job = made(card="a7-tent", imprint="Made by hand")
    outside = rasters(job.card_pdf(), DPI)[0]
    back = panel_picture(job, "back", DPI)
    assert not differs(back, outside.crop((0, 0, 700, 500)).rotate(180))
    low = back.crop((0, back.height // 2, back.width, back.height))
    assert ink(low)


def differs(one, other):
    return ImageChops.difference(one, other).getbbox()


def test_a_panel_that_is_not_there_is_refused_in_a_sentence():
    with pytest.raises(InputError, match="no panel"):
        panel_picture(made(card="a7"), "lid", DPI)


def test_another_card_has_another_picture():
    first = panel_picture(made(card="a7"), "inside-right", DPI)
    again = panel_picture(made(card="a7"), "inside-right", DPI)
    other = panel_picture(made(card="a7", seed="2"), "inside-right", DPI)
    assert not differs(first, again)
    assert differs(first, other)


def test_a_png_made_at_once_is_the_same_picture():
    picture = panel_picture(made(card="a7"), "inside-right", DPI)
    opened = Image.open(io.BytesIO(png_of(picture, DPI)))
    assert not differs(opened, picture)
    assert opened.info["dpi"][0] == pytest.approx(DPI, abs=0.1)


@pytest.mark.parametrize("name", ["mynerve", "homemade-apple", "playpen-sans"])
def test_a_strip_shows_ones_own_words_in_a_hand(name):
    strip = hand_strip(read(SAMPLE), name, 360)
    assert strip.width == 360
    assert 60 < strip.height < 260
    assert ink(strip)
    for edge in ((0, 0, 360, 1), (0, strip.height - 1, 360, strip.height)):
        assert not ink(strip.crop(edge)), "no line is cut"


def test_a_strip_needs_no_finished_note():
    for fields in ({"salutation": "Hi"}, {"paragraphs": "word " * 900}, {"postscript": "P.S. Yes"}):
        assert ink(hand_strip(read(fields), "caveat", 360))
    with pytest.raises(InputError):
        hand_strip(read({"salutation": "木村様"}), "mynerve", 360)


def test_a_front_is_shown_as_small_as_wished_whatever_the_words_are():
    for fields in (read(SAMPLE), read(SAMPLE, card="a7-flat", paragraphs="word " * 2000)):
        picture = front_picture(fields, "botanical", 180)
        assert picture.size == (180, 252)
        assert picture.convert("L").getextrema()[0] < 200
