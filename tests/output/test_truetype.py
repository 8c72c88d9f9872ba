"""The font file that we build is one that other programs read, point for point."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from fairhand.hand.hand import bundled_hand, hands
from fairhand.output.form_font import SPACE, FormFont
from fairhand.output.truetype import Glyph, assemble, records

NOTDEF = Glyph(np.zeros((0, 2), np.int64), np.zeros(0, np.bool_), np.zeros(0, np.int64), 500)
CASES = settings(max_examples=60, deadline=None, derandomize=True, database=None)

coordinates = st.integers(-8000, 8000)
contours = st.lists(
    st.tuples(coordinates, coordinates, st.booleans()), min_size=2, max_size=12
).map(lambda points: [(*points[0][:2], True), *points[1:]])


@st.composite
def glyphs(draw: st.DrawFn) -> Glyph:
    """Return a glyph of any contours: near and far points, doubled points, none at all."""
    parts = draw(st.lists(contours, max_size=3))
    points = np.array([point[:2] for part in parts for point in part], np.int64).reshape(-1, 2)
    on_curve = np.array([point[2] for part in parts for point in part], np.bool_)
    ends = np.cumsum([len(part) for part in parts], dtype=np.int64) - 1
    return Glyph(points, on_curve, ends, draw(st.integers(0, 6000)))


def font_of(units_per_em: int, glyphs: list[Glyph]) -> bytes:
    return assemble(units_per_em, records(glyphs), [glyph.advance for glyph in glyphs])


def opened(data: bytes) -> TTFont:
    """Open a font file; a wrong checksum of any table is an error."""
    return TTFont(io.BytesIO(data), checkChecksums=2, lazy=False)


@CASES
@given(st.lists(glyphs(), max_size=8), st.sampled_from([1000, 1024, 2048]))
def test_what_is_put_in_comes_out(some: list[Glyph], em: int) -> None:
    given_glyphs = [NOTDEF, *some]
    font = opened(font_of(em, given_glyphs))
    assert font["head"].unitsPerEm == em
    assert font["maxp"].numGlyphs == len(given_glyphs)
    table, metrics = font["glyf"], font["hmtx"]
    for name, glyph in zip(font.getGlyphOrder(), given_glyphs, strict=True):
        advance, bearing = metrics[name]
        assert advance == glyph.advance
        read = table[name]
        if not len(glyph.points):
            assert read.numberOfContours == 0
            assert bearing == 0
            continue
        points, ends, flags = read.getCoordinates(table)
        assert [tuple(point) for point in points] == [tuple(p) for p in glyph.points.tolist()]
        assert list(ends) == glyph.ends.tolist()
        assert [bool(flag & 1) for flag in flags] == glyph.on_curve.tolist()
        low, high = glyph.points.min(axis=0), glyph.points.max(axis=0)
        assert (read.xMin, read.yMin, read.xMax, read.yMax) == (*low.tolist(), *high.tolist())
        assert bearing == read.xMin, "a side bearing off the left edge shifts the letter"


@CASES
@given(st.lists(glyphs(), min_size=1, max_size=8))
def test_the_header_tells_the_truth(some: list[Glyph]) -> None:
    font = opened(font_of(1000, [NOTDEF, *some]))
    boxes = [glyph.points for glyph in some if len(glyph.points)]
    head, maxp, hhea = font["head"], font["maxp"], font["hhea"]
    if boxes:
        every = np.concatenate(boxes)
        assert head.xMin <= every[:, 0].min()
        assert head.yMin <= every[:, 1].min()
        assert head.xMax >= every[:, 0].max()
        assert head.yMax >= every[:, 1].max()
    assert maxp.maxPoints >= max(len(glyph.points) for glyph in some)
    assert maxp.maxContours >= max(len(glyph.ends) for glyph in some)
    assert hhea.advanceWidthMax == max(500, *(glyph.advance for glyph in some))
    assert hhea.numberOfHMetrics == len(some) + 1


@CASES
@given(st.lists(glyphs(), max_size=5))
def test_the_checksum_of_the_whole_file_is_right(some: list[Glyph]) -> None:
    """OpenType, "head": the sum of all words of the file is 0xB1B0AFBA."""
    data = font_of(1000, [NOTDEF, *some])
    assert len(data) % 4 == 0
    assert sum(struct.unpack(f">{len(data) // 4}I", data)) & 0xFFFFFFFF == 0xB1B0AFBA


@CASES
@given(st.lists(glyphs(), max_size=5))
def test_fonttools_compiles_it_anew_to_the_same_outlines(some: list[Glyph]) -> None:
    first = opened(font_of(1000, [NOTDEF, *some]))
    again = io.BytesIO()
    first.save(again)
    second = opened(again.getvalue())
    for name in first.getGlyphOrder():
        pens = RecordingPen(), RecordingPen()
        for pen, font in zip(pens, (first, second), strict=True):
            font.getGlyphSet()[name].draw(pen)
        assert pens[0].value == pens[1].value


@pytest.mark.parametrize("name", sorted(hands()))
def test_the_forms_of_a_hand_make_a_font_that_freetype_opens(name: str) -> None:
    hand = bundled_hand(name)
    forms = FormFont(hand, 1.0)
    for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,!?":
        for form in range(3):
            forms.number(hand.font.nominal_glyph(letter), form, letter, 0.0)
    data = forms.file()
    font = opened(data)
    assert len(font.getGlyphOrder()) == len(forms.glyphs)
    # FreeType, through Pillow: it refuses what it cannot lay out.
    ImageFont.truetype(io.BytesIO(data), 40)
    for order, glyph in zip(font.getGlyphOrder(), forms.glyphs, strict=True):
        points = font["glyf"][order].getCoordinates(font["glyf"])[0]
        assert [tuple(p) for p in points] == [tuple(p) for p in glyph.points.tolist()]


def test_a_form_is_numbered_once_and_has_its_letter_s_text() -> None:
    hand = bundled_hand("mynerve")
    forms = FormFont(hand, 1.0)
    glyph = hand.font.nominal_glyph("a")
    first, second = forms.number(glyph, 0, "a", 0.0), forms.number(glyph, 1, "a", 0.0)
    assert first != second
    assert forms.number(glyph, 0, "a", 0.0) == first
    assert [forms.texts[number] for number in (first, second)] == ["a", "a"]
    assert forms.texts[SPACE] == " "
    assert not len(forms.glyphs[0].points), "number 0 is the empty .notdef"
    assert forms.glyphs[first].points.tolist() != forms.glyphs[second].points.tolist()
