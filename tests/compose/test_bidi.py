"""Right-to-left writing stands in the right visual order, with its numbers and its guests."""

import pytest

from fairhand.compose.setting import Part, set_lines
from fairhand.compose.shape import Shaper, reads_right_to_left, visual_order
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


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [("שלום John", "en", True), ("John שלום", "he", False), ("123 – !", "he", True),
     ("123", "ar", True), ("123", "en", False), ("« مرحبا", "fr", True), ("", "he", True)],
)  # fmt: skip
def test_the_first_letter_decides_the_direction_else_the_language(text, tag, expected):
    assert reads_right_to_left(text, tag) is expected


@pytest.mark.parametrize(
    ("levels", "order"),
    [([0, 0, 0], [0, 1, 2]), ([1, 1, 1], [2, 1, 0]), ([0, 1, 1, 0], [0, 2, 1, 3]),
     ([1, 2, 2, 1], [3, 1, 2, 0]), ([1, 1, 2, 3, 3, 2, 1], [6, 2, 4, 3, 5, 1, 0]), ([], [])],
)  # fmt: skip
def test_runs_are_turned_from_the_innermost_outwards(levels, order):
    assert visual_order(levels) == order
