"""Any TrueType or OpenType font of the user's own is a hand."""

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from fairhand.errors import InputError
from fairhand.hand.forms import draw_form
from fairhand.hand.hand import bundled_hand, own_hand
from fairhand.job import make, read
from fairhand.output.raster import rasters

WORDS = "Dear Ann,\n\nplain words for a test of shapes.\n\nLove,\nBo\n"


@pytest.fixture(scope="module")
def postscript_font(tmp_path_factory):
    """Return a PostScript-flavoured copy (.otf) of the letters of a bundled hand."""
    source = TTFont(bundled_hand("kalam").path)
    cmap = {code: name for code, name in source.getBestCmap().items() if 0x20 <= code < 0x7F}
    glyphs = source.getGlyphSet()
    names = [".notdef", *dict.fromkeys(cmap.values())]
    strings = {}
    for name in names:
        pen = T2CharStringPen(glyphs[name].width, glyphs)
        glyphs[name].draw(Qu2CuPen(pen, 0.5, all_cubic=True))
        strings[name] = pen.getCharString()
    builder = FontBuilder(source["head"].unitsPerEm, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(cmap)
    builder.setupCFF("Own", {}, strings, {})
    builder.setupHorizontalMetrics({name: (glyphs[name].width, 0) for name in names})
    builder.setupHorizontalHeader(ascent=900, descent=-300)
    builder.setupNameTable({"familyName": "Own", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    path = tmp_path_factory.mktemp("fonts") / "Own Hand.otf"
    builder.save(path)
    return path


def test_a_postscript_font_is_written_like_its_truetype_twin(postscript_font):
    own = make(read(WORDS.encode(), hand=str(postscript_font), neatness=0, card="a6"))
    twin = make(read(WORDS.encode(), hand="kalam", neatness=0, card="a6"))
    assert own.hand.x_height_em == pytest.approx(twin.hand.x_height_em, rel=0.03)
    ink = [
        (np.asarray(rasters(one.card_pdf(), 400)[0].convert("L")) < 128).sum()
        for one in (own, twin)
    ]
    assert ink[0] > 500
    assert ink[0] == pytest.approx(ink[1], rel=0.2)


def test_the_forms_of_a_postscript_font_differ(postscript_font):
    hand = own_hand(postscript_font)
    glyph = hand.font.nominal_glyph("e")
    forms = {draw_form(hand, glyph, number, 1.0).tobytes() for number in range(8)}
    assert len(forms) == 8


@pytest.mark.parametrize(
    ("slug", "joined"), [("homemade-apple", True), ("beth-ellen", True), ("kalam", False)]
)
def test_joins_are_measured_on_the_font(slug, joined):
    assert (own_hand(bundled_hand(slug).path).data.joined == "fully") is joined


@pytest.mark.parametrize("slug", ["mynerve", "caveat", "square-peg", "homemade-apple"])
def test_the_x_height_is_measured_on_the_font(slug):
    bundled = bundled_hand(slug)
    assert own_hand(bundled.path).x_height_em == pytest.approx(bundled.x_height_em, rel=0.12)


@pytest.mark.parametrize("content", [b"", b"no font at all", b"OTTO" + bytes(40), b"%PDF-1.7\n"])
def test_a_file_that_is_no_font_is_refused_in_one_sentence(tmp_path, content):
    path = tmp_path / "fake.ttf"
    path.write_bytes(content)
    with pytest.raises(InputError, match="is not a TrueType or OpenType font"):
        own_hand(path)


def test_a_damaged_font_is_refused_or_written_but_never_crashes(tmp_path):
    whole = bundled_hand("kalam").path.read_bytes()
    for length in (200, 2_000, 50_000, 200_000):
        path = tmp_path / f"cut{length}.ttf"
        path.write_bytes(whole[:length])
        try:
            make(read(WORDS.encode(), hand=str(path)))
        except InputError as error:
            assert "\n" not in error.message  # noqa: PT017


BOXES = {
    "no letter has ink": (lambda letter: None, "cannot write"),
    "some letters have none": (
        lambda letter: None if letter in "aneuidhlTgpyf" else (50, 0, 450, 480),
        "cannot write",
    ),
    "letters of twenty ems": (lambda letter: (0, 0, 400, 20_000), "no size"),
    "letters of no height": (lambda letter: (50, 0, 450, 1), "no size"),
    "letters below the line": (lambda letter: (50, -500, 450, -10), "no size"),
    "one letter of thirty ems": (
        lambda letter: (0, 0, 30_000, 480) if letter == "w" else (50, 0, 450, 480),
        "damaged",
    ),
}


def font_of_boxes(path, box_of, *, dotted=False):
    """Make a font whose letters are boxes; dotted, each has a contour of one place besides."""
    letters = [chr(code) for code in range(0x21, 0x7F)]
    glyphs = {}
    for letter in letters:
        pen = TTGlyphPen(None)
        box = box_of(letter)
        if box:
            left, bottom, right, top = box
            pen.moveTo((left, bottom))
            for corner in ((left, top), (right, top), (right, bottom)):
                pen.lineTo(corner)
            pen.closePath()
        if dotted:
            pen.moveTo((60, 60))
            pen.qCurveTo((60, 60), (60, 60), (60, 60), (60, 60))
            pen.closePath()
        glyphs[f"letter{ord(letter)}"] = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *glyphs])
    builder.setupCharacterMap({ord(letter): f"letter{ord(letter)}" for letter in letters})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), **glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *glyphs], (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Own", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path


@pytest.mark.parametrize("case", BOXES)
def test_a_font_whose_letters_cannot_be_written_is_refused_in_one_sentence(tmp_path, case):
    box_of, reason = BOXES[case]
    font = font_of_boxes(tmp_path / "own.ttf", box_of)
    with pytest.raises(InputError, match=reason) as error:
        make(read(WORDS.encode(), hand=str(font)))
    assert "\n" not in error.value.message


def test_a_contour_of_one_place_draws_nothing(tmp_path):
    boxes = font_of_boxes(tmp_path / "own.ttf", lambda letter: (50, 0, 450, 480), dotted=True)
    assert make(read(WORDS.encode(), hand=str(boxes))).card_pdf().startswith(b"%PDF-")
    dots = font_of_boxes(tmp_path / "dots.ttf", lambda letter: None, dotted=True)
    with pytest.raises(InputError, match="cannot write"):
        make(read(WORDS.encode(), hand=str(dots)))
