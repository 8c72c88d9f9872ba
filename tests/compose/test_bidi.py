"""Right-to-left writing stands in the right visual order, with its numbers and its guests."""

import unicodedata

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from fairhand.compose import bidi
from fairhand.compose.bidi import (
    embedding_levels,
    note_reads_right_to_left,
    reads_right_to_left,
    visual_order,
)
from fairhand.compose.setting import Part, set_lines
from fairhand.compose.shape import Shaper
from fairhand.hand.hand import bundled_hand
from fairhand.job import make, read
from fairhand.layout.model import Block
from fairhand.note.language import language

HANDS = {"he": "playpen-sans-hebrew", "ar": "aref-ruqaa", "en": "playpen-sans-hebrew"}
SHAPERS = {tag: Shaper(bundled_hand(name), language(tag)) for tag, name in HANDS.items()}
WIDE = 1000.0
HEBREW = "תודה על 3 הספרים של John Smith שקיבלתי."
LETTER = {
    "language": "he", "hand": "playpen-sans-hebrew", "card": "a2", "salutation": "דנה היקרה,",
    "paragraphs": [" ".join([HEBREW] * 4)], "valediction": "באהבה,", "signature": "דוד",
}  # fmt: skip


def visual(text, tag="he", *, rtl=True, measure=WIDE):
    """Return the words of each line from left to right."""
    shaper = SHAPERS[tag]
    part = Part("body", "paragraphs 1", (tuple(shaper.units(text, rtl=rtl)),), Block())
    return [[word.text for word, _, _ in line.words] for line in set_lines([part], measure, shaper)]


@pytest.mark.parametrize(
    ("tag", "text", "left_to_right"),
    [
        ("he", "שלום לך דנה", "דנה לך שלום"),
        ("he", HEBREW, "שקיבלתי. John Smith של הספרים 3 על תודה"),
        ("he", "קניתי 3 ספרים ב-20 שקל", "שקל 20 ב- ספרים 3 קניתי"),
        ("he", "מחיר 1,000.50 או $20 בלבד", "בלבד $20 או 1,000.50 מחיר"),
        ("he", "קראתי את War and Peace, 2 פעמים", "פעמים War and Peace, 2 את קראתי"),
        ("he", "שלום (John) לך", "לך ) John ( שלום"),
        ("he", "ראו (5) וגם [John Smith] שם", "שם ] John Smith [ וגם ) 5 ( ראו"),
        ("he", "בשנים 1984 1985", "1985 1984 בשנים"),
        ("ar", "شكرا على 3 كتب من John Smith", "John Smith من كتب 3 على شكرا"),
        ("ar", "نلتقي في 22 نوفمبر 2026", "2026 نوفمبر 22 في نلتقي"),
    ],
)
def test_a_sentence_is_read_from_the_right_and_its_guests_from_the_left(tag, text, left_to_right):
    assert visual(text, tag) == [left_to_right.split()]


def test_hebrew_in_an_english_sentence_runs_the_other_way():
    words = visual("Thank you דויד הכהן for 3 books", "en", rtl=False)
    assert words == [["Thank", "you", "הכהן", "דויד", "for", "3", "books"]]


def test_a_full_stop_ends_the_line_at_its_left():
    (line,) = visual(HEBREW)
    assert line[0].endswith(".")
    shaped = SHAPERS["he"].word("שקיבלתי.", rtl=True)
    assert shaped.glyphs[0].text == "."


def test_brackets_turn_with_the_writing():
    shaper = SHAPERS["he"]
    turned = shaper.word("(", rtl=True).glyphs[0].glyph
    assert turned == shaper.word(")").glyphs[0].glyph
    assert turned != shaper.word("(").glyphs[0].glyph


@pytest.mark.parametrize("measure", [6, 8, 10, 14])
def test_a_guest_of_two_words_is_parted_in_reading_order(measure):
    reading = HEBREW.split()
    start = 0
    for line in visual(HEBREW, measure=measure):
        words = reading[start : start + len(line)]
        start += len(line)
        assert sorted(line) == sorted(words)
        latin = [word for word in words if word.isascii() and word.isalpha()]
        others = [word for word in words if word not in latin]
        assert [word for word in line if word in latin] == latin
        assert [word for word in line if word in others] == others[::-1]
    assert start == len(reading)


def test_words_stand_side_by_side_without_overlap():
    shaper = SHAPERS["he"]
    part = Part("body", "paragraphs 1", (tuple(shaper.units(HEBREW, rtl=True)),), Block())
    (line,) = set_lines([part], WIDE, shaper)
    x = 0.0
    for word, left, spaced in line.words:
        assert left >= x - 1e-6
        x = left + word.width_em + (shaper.hand.space_em if spaced else 0.0)
    assert line.width >= x - 1e-6


def test_the_lines_of_a_hebrew_note_begin_at_the_right_margin():
    made = make(read(LETTER))
    (page,) = made.composed.pages
    for line in page.lines:
        last = line.words[-1]
        right = last.x + last.shaped.width_em * line.size
        assert line.rtl
        if line.role in ("salutation", "body"):
            assert right == pytest.approx(page.block.right, abs=0.05)
    written = " ".join(page.text.split())
    assert sorted(written.split()) == sorted(made.source.note.words.split())


def reordered(text, *, rtl):
    """Return a text as it stands from left to right, its brackets not turned."""
    levels = embedding_levels(text, rtl=rtl)
    end = len(text.rstrip(" "))
    levels[end:] = [int(rtl)] * (len(text) - end)
    return "".join(text[index] for index in visual_order(levels))


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.text("abאבعب12٣([{}])（） .,+-$%:/!\u0301", max_size=14), st.booleans())
def test_any_text_is_ordered_as_another_implementation_orders_it(text, rtl):
    assert reordered(text, rtl=rtl) == get_display(text, base_dir="R" if rtl else "L")


LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVW", "אבגדהוזחטיכלמנסעפצקרשתך")


@pytest.mark.parametrize(
    ("text", "rtl", "levels"),
    [
        # Capitals stand for Hebrew.
        # What a pair holds of the paragraph's own direction decides (N0 b).
        ("A(Ba)", True, "11121"), ("A(b)", True, "1121"), ("a(B)", False, "0010"),
        ("a(bC)", False, "00010"),
        # Only the other direction inside: what stands before decides (N0 c).
        ("a(b)C", True, "22221"), ("C a(b)", True, "112222"), ("B(C)d", False, "11110"),
        ("a B(C)d", False, "0011110"),
        # A number counts as a letter from right to left.
        ("A(1)", True, "1121"), ("a(1)", False, "0000"), ("B (1) c", False, "1112100"),
        # Nothing strong inside: as any neutral (N0 d).
        ("A()b", True, "1112"), ("a()B", True, "2111"), ("a()b", True, "2222"),
        # Brackets that make no pair are neutrals, and pairs may lie in pairs but not cross.
        ("a)B", True, "211"), ("a(B", False, "001"), ("A[b(c]d)", True, None),
        # A mark on a bracket goes with it.
        ("A(b)\u0301", True, "11211"), ("a(B)\u0301", False, "00100"),
    ],
)  # fmt: skip
def test_brackets_have_the_levels_of_uax_9(text, rtl, levels):
    found = embedding_levels(text.translate(LETTERS), rtl=rtl)
    if levels is not None:
        assert "".join(map(str, found)) == levels
    assert reordered(text.translate(LETTERS), rtl=rtl) == get_display(
        text.translate(LETTERS), base_dir="R" if rtl else "L"
    )


def test_every_bracket_of_the_table_is_one_and_is_closed_by_its_own():
    for opening, closing in bidi._CLOSING.items():
        assert unicodedata.category(opening) == "Ps"
        assert unicodedata.category(closing) == "Pe"
        assert unicodedata.mirrored(opening)
        assert unicodedata.mirrored(closing)


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [("שלום John", "en", True), ("John שלום", "he", True), ("123 – !", "he", True),
     ("123", "ar", True), ("123", "en", False), ("« مرحبا", "fr", True), ("", "he", True),
     ("Tel Aviv", "he", True), ("Dear Dana, תודה", "en", False),
     ("IBM הזמינה אותי לראיון", "en", True)],
)  # fmt: skip
def test_the_language_decides_the_direction_of_a_note_else_most_of_its_letters(text, tag, expected):
    assert note_reads_right_to_left(text, tag) is expected


@pytest.mark.parametrize(
    ("text", "within", "expected"),
    [("שלום John", False, True), ("John שלום", False, False), ("123!", True, True),
     ("123!", False, False), ("IBM הזמינה אותי", True, True),
     ("Tel Aviv, 22 בנובמבר", True, True),
     ("Thank you for everything.", True, False),
     ("Dear Dana (דנה), thank you so much", True, False),
     ("", True, True)],
)  # fmt: skip
def test_a_paragraph_has_a_direction_of_its_own(text, within, expected):
    assert reads_right_to_left(text, within=within) is expected


@pytest.mark.parametrize("language_tag", ["he", "en"])
def test_a_latin_name_at_its_beginning_does_not_turn_a_hebrew_note_round(language_tag):
    """A place, a company: the first letter is Latin, and all is set from the right still."""
    fields = {**LETTER, "language": language_tag, "place": "Tel Aviv", "date": "22 בנובמבר 2026"}
    fields["paragraphs"] = ["IBM (ישראל) הזמינה אותי לראיון, ואני מודה לך על העזרה!", HEBREW]
    made = make(read(fields))
    (page,) = made.composed.pages
    for line in page.lines:
        assert line.rtl
        if line.role in ("salutation", "body"):
            last = line.words[-1]
            right = last.x + last.shaped.width_em * line.size
            assert right == pytest.approx(page.block.right, abs=0.05)
    heading = [word.shaped.text for word in page.lines[0].words]
    assert heading == ["2026", "בנובמבר", "22", ",", "Tel", "Aviv"], (
        "the day is no part of the name"
    )
    opening = next(line for line in page.lines if line.role == "body")
    assert opening.words[-1].shaped.text == "IBM"


def test_an_english_paragraph_of_a_hebrew_note_is_set_from_the_left():
    english = "Thank you so much for all of your help."
    made = make(read({**LETTER, "paragraphs": [HEBREW, english]}))
    (page,) = made.composed.pages
    lines = [line for line in page.lines if line.field == "paragraphs 2"]
    assert " ".join(word.shaped.text for line in lines for word in line.words) == english
    for line in lines:
        assert not line.rtl
        assert line.words[0].x == pytest.approx(page.block.left, abs=0.05)
    closing = next(line for line in page.lines if line.role == "valediction")
    assert closing.rtl


@pytest.mark.parametrize(
    ("levels", "order"),
    [([0, 0, 0], [0, 1, 2]), ([1, 1, 1], [2, 1, 0]), ([0, 1, 1, 0], [0, 2, 1, 3]),
     ([1, 2, 2, 1], [3, 1, 2, 0]), ([1, 1, 2, 3, 3, 2, 1], [6, 2, 4, 3, 5, 1, 0]), ([], [])],
)  # fmt: skip
def test_runs_are_turned_from_the_innermost_outwards(levels, order):
    assert visual_order(levels) == order


def test_every_character_that_runs_from_right_to_left_is_known_at_a_glance():
    """What is held for a text from left to right is never looked at more closely."""
    running = [
        character
        for character in map(chr, range(0x110000))
        if unicodedata.bidirectional(character) in ("R", "AL", "AN")
    ]
    assert len(running) > 2000
    assert all(map(bidi.may_run_right_to_left, running))
    assert not bidi.may_run_right_to_left("Größe, Łódź, Ελένη, Пётр, 山田様 – “1 + 2”")
