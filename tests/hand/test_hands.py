"""Every bundled hand keeps what its data promises; checked on the font file with fontTools."""

from __future__ import annotations

import itertools
import re
import statistics
import string
import unicodedata

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from fairhand.catalog import fonts_folder
from fairhand.errors import InputError
from fairhand.hand.hand import Hand, bundled_hand, hand, hands, types

HANDS = sorted(hands())
FONTS = sorted([*hands(), *types()])
"""Hands, and the plain type, of which the same is asked where it is no matter of handwriting."""

DATA = {**hands(), **types()}
BASIC = string.ascii_letters + string.digits + ".,;:!?'\"()-/&@#%+*=$" + "‘’“”–—…"
SMALL_LETTERS = "acemnorsuvwxz"
SCRIPTS = {
    "ASCII": "The quick brown fox jumps over the lazy dog 0123456789.",
    "Latin-1": "Grüße, Ærø, ação, crème brûlée, señor, Þórður, château, façade, naïve, ÿ",
    "Latin-A": "Zażółć gęślą jaźń, příliš žluťoučký kůň, Şişli, őrült űr, ģībenis, ėjo, żółw",
    "Vietnamese": "Chị Nguyễn Thị Hương, cảm ơn anh rất nhiều, một bữa tối thật ấm cúng ở đây",
    "Cyrillic": "Съешь же ещё этих мягких французских булок, да выпей чаю; ґанок, їжак, єнот",
    "Greek": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία: ΐ ΰ ώ ή ύ ό",
    "Hebrew": "דג סקרן שט בים מאוכזב ולפתע מצא חברה",
    "Arabic": "نص حكيم له سر قاطع وذو شأن عظيم مكتوب على ثوب أخضر ومغلف بجلد أزرق",
    "Devanagari": "नमस्ते, प्रिय मित्र; आपका बहुत बहुत धन्यवाद क्षत्रिय ज्ञान ऋषि",
}
LICENCES = {
    "OFL-1.1": r"SIL OPEN FONT LICENSE\s+Version 1\.1",
    "Apache-2.0": r"Apache License\s+Version 2\.0",
}


def font_of(name: str) -> TTFont:
    return TTFont(bundled_hand(name).path)


def ink_of(file: TTFont, letter: str) -> tuple[float, float, float, float] | None:
    """Return the ink box of a letter that has a glyph of its own, None where nothing shows."""
    glyph = file.getBestCmap().get(ord(letter))
    if glyph is None:
        return None
    pen = BoundsPen(file.getGlyphSet())
    file.getGlyphSet()[glyph].draw(pen)
    return pen.bounds


def test_there_are_at_least_twenty_hands_and_the_default_ones_are_among_them() -> None:
    assert len(HANDS) >= 20
    assert {"mynerve", "homemade-apple", "caveat"} <= set(HANDS)
    assert hands()["homemade-apple"].joined == "fully"


@pytest.mark.parametrize("name", FONTS)
def test_its_folder_holds_font_data_and_licence(name: str) -> None:
    data = DATA[name]
    folder = fonts_folder() / name
    assert (folder / data.font).is_file()
    assert data.name
    assert data.character
    assert data.source, "where the font came from"
    assert data.pen
    assert data.uses
    licence = (folder / data.licence_file).read_text(encoding="utf-8", errors="replace")
    assert re.search(LICENCES[data.licence], licence)
    assert len(licence) > 3000, "the whole text of the licence, not its name"


@pytest.mark.parametrize("name", FONTS)
def test_its_copyright_line_stands_in_the_font_or_in_the_licence(name: str) -> None:
    data = DATA[name]
    licence = (fonts_folder() / name / data.licence_file).read_text("utf-8", errors="replace")
    notices = [str(record) for record in font_of(name)["name"].names if record.nameID in (0, 13)]
    everything = " ".join([licence, *notices])
    words = [word.strip("(),.") for word in re.findall(r"\S{4,}", data.copyright)]
    found = [word for word in words if word in everything]
    assert len(found) >= 0.7 * len(words)


@pytest.mark.parametrize("name", FONTS)
def test_its_font_may_be_embedded(name: str) -> None:
    assert font_of(name)["OS/2"].fsType == 0


@pytest.mark.parametrize("name", FONTS)
def test_its_x_height_is_that_of_its_small_letters(name: str) -> None:
    """Handwritten letters are uneven: the middle one of all small letters counts."""
    file = font_of(name)
    tops = [ink_of(file, letter)[3] for letter in SMALL_LETTERS]
    measured = statistics.median(tops) / file["head"].unitsPerEm
    assert DATA[name].x_height_em == pytest.approx(measured, rel=0.0305)


@pytest.mark.parametrize("name", FONTS)
def test_it_writes_plain_english_but_for_what_it_says_it_lacks(name: str) -> None:
    file = font_of(name)
    without_ink = {letter for letter in BASIC if ink_of(file, letter) is None}
    assert without_ink <= set(DATA[name].lacks)


@pytest.mark.parametrize("name", FONTS)
def test_what_it_says_it_lacks_it_lacks(name: str) -> None:
    for letter in re.sub(r"[A-Za-z;\s]+", "", DATA[name].lacks):
        assert bundled_hand(name).font.missing(letter) == [letter]


@pytest.mark.parametrize("name", FONTS)
def test_it_writes_the_scripts_that_it_names(name: str) -> None:
    font = bundled_hand(name).font
    for script in DATA[name].scripts:
        if script in SCRIPTS:
            assert font.missing(SCRIPTS[script]) == [], script


@pytest.mark.parametrize("name", FONTS)
def test_a_letter_is_missing_exactly_when_the_font_draws_nothing_for_it(name: str) -> None:
    """No box, no blank: whatever has no glyph with ink is refused, and nothing else is."""
    file = font_of(name)
    font = bundled_hand(name).font
    spelled = set(DATA[name].spelling)
    wrong = []
    for code in [*range(0x21, 0x7F), *range(0xA1, 0x250), *range(0x2010, 0x2040), 0x20AC]:
        letter = chr(code)
        # A letter may also be composed of its parts, so only letters without parts are held
        # against the table of the font.
        if unicodedata.category(letter) in ("Cf", "Zs", "Cn", "Zl", "Zp") or letter in spelled:
            continue
        if unicodedata.decomposition(letter) and ink_of(file, letter) is None:
            continue
        if (ink_of(file, letter) is None) != bool(font.missing(letter)):
            wrong.append(letter)
    assert wrong == []


@pytest.mark.parametrize("name", FONTS)
def test_its_lines_stand_clear_of_each_other(name: str) -> None:
    """The pitch holds the x-height, and the tails above and the heads below share the rest."""
    data, own = DATA[name], bundled_hand(name)
    assert data.leading * data.x_height_em > 0.6 * (own.ascent_em - own.descent_em)


@pytest.mark.parametrize("name", FONTS)
def test_its_reach_up_and_down_is_measured_on_its_tall_letters(name: str) -> None:
    own = bundled_hand(name)
    assert own.ascent_em > own.x_height_em * 1.1
    assert -2.2 * own.x_height_em < own.descent_em < 0


def glyph_names(own: Hand, text: str) -> list[str]:
    order = TTFont(own.path).getGlyphOrder()
    return [order[glyph.glyph] for glyph in own.font.shape(text, rtl=False, language="en")]


def test_square_peg_s_quotation_marks_are_set_right() -> None:
    own = bundled_hand("square-peg")
    assert glyph_names(own, "“a”") == ["quotedblright", "a", "quotedblleft"]


def test_cedarville_s_quotation_marks_are_two_plain_ticks() -> None:
    own = bundled_hand("cedarville-cursive")
    assert glyph_names(own, "“a”") == ["quoteleft"] * 2 + ["a"] + ["quoteright"] * 2


def test_bad_script_s_digits_stand_on_the_line() -> None:
    own = bundled_hand("bad-script")
    assert glyph_names(own, "1984") == ["one.lf", "nine.lf", "eight.lf", "four.lf"]


@pytest.mark.parametrize(("name", "letter"), [("covered-by-your-grace", "%"), ("kristi", "€")])
def test_a_blank_glyph_counts_as_missing(name: str, letter: str) -> None:
    assert bundled_hand(name).font.missing(f"5{letter}") == [letter]


def test_mynerve_s_tt_leaves_no_hole() -> None:
    own = bundled_hand("mynerve")
    width = {
        text: sum(glyph.advance for glyph in own.font.shape(text, rtl=False, language="en"))
        for text in ("tt", "t", "letter", "leer")
    }
    assert width["tt"] < 2.2 * width["t"]
    assert width["letter"] - width["leer"] < 2.2 * width["t"]


@pytest.mark.parametrize(
    "text", ["quilt", "quiche", "Jacqueline", "Iraq", "q", "a q qq qqq", "equal quote, quick q."]
)
def test_every_q_of_mynerve_is_closed_and_is_no_s(text: str) -> None:
    own = bundled_hand("mynerve")
    glyphs = own.font.shape(text, rtl=False, language="en")
    drawn = [own.font.outline(glyph.glyph) for glyph in glyphs if glyph.text == "q"]
    assert len(drawn) == text.count("q")
    for outline in drawn:
        assert len(outline.ends) == 2, "one line around the letter, and one inside its bowl"


@pytest.mark.parametrize("wrong", ["mynerv", "Homemade_Apple", "../mynerve", "", "nul\0"])
def test_an_unknown_hand_is_refused_in_a_sentence(wrong: str) -> None:
    with pytest.raises(InputError, match="no hand"):
        hand(wrong)


@pytest.mark.parametrize("name", FONTS)
def test_an_accent_without_a_place_on_its_letter_counts_as_missing(name: str) -> None:
    """What is not missing has its accent over or under the letter, never beside it."""
    font = bundled_hand(name).font
    for base, mark in itertools.product("aeiouxqtlmwTMQ", "\u0300\u0301\u0302\u0308\u030c\u0323"):
        letter = unicodedata.normalize("NFC", base + mark)
        if len(letter) == 1 or font.missing(letter):
            continue
        letter_glyph, mark_glyph = font.shape(letter, rtl=False, language="en")
        ink, accent = font.columns(letter_glyph.glyph), font.columns(mark_glyph.glyph)
        middle = (accent[0, 0] + accent[-1, 0] + font.column_width) / 2
        middle += letter_glyph.advance + mark_glyph.dx
        assert ink[0, 0] < middle < ink[-1, 0] + font.column_width, letter


@pytest.mark.parametrize(
    ("name", "letter"),
    [("mynerve", "x̂"), ("mynerve", "Q̈"), ("caveat", "q̀"), ("square-peg", "ẍ̀"),
     ("playpen-sans-hebrew", "אׁ"), ("gveret-levin", "בׂ"), ("bad-script", "q̨")],
)  # fmt: skip
def test_an_accent_that_would_stand_beside_its_letter_is_refused(name: str, letter: str) -> None:
    assert bundled_hand(name).font.missing(letter) == [letter]


@pytest.mark.parametrize(
    ("name", "text"),
    [("mynerve", "é ệ ữ"), ("playpen-sans", "a̱ x̄ m̂"), ("gveret-levin", "שָׁלוֹם בְּרֵאשִׁית"),
     ("playpen-sans-hebrew", "שָׁלוֹם בְּרֵאשִׁית"), ("aref-ruqaa", "مُحَمَّدٌ رَسُولٌ"),
     ("kalam", "क्षत्रिय ज़िन्दगी हँसी कृपया विद्यार्थी श्रीमतीं"), ("caveat", "й ё ї")],
)  # fmt: skip
def test_marks_that_the_font_composes_or_places_are_not_missing(name: str, text: str) -> None:
    assert bundled_hand(name).font.missing(text) == []


def test_letters_whose_ligature_misleads_stand_apart():
    font = bundled_hand("mynerve").font
    for word in ("Fisher", "hope", "soccer", "tutu", "accrue"):
        apart = font.shape(word, rtl=False, language="en")
        assert [glyph.text for glyph in apart] == list(word)
    together = font.shape("church", rtl=False, language="en")
    assert [glyph.text for glyph in together] == ["ch", "u", "r", "ch"]
