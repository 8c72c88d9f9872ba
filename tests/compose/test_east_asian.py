"""Japanese, Korean and Chinese: where lines break, what stands between, how much is too much."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from conftest import needs_hand

from fairhand.compose.setting import Part, SetLine, set_lines
from fairhand.compose.shape import Shaper
from fairhand.errors import InputError
from fairhand.hand.hand import bundled_hand
from fairhand.job import Made, make, read
from fairhand.layout.model import Block
from fairhand.note.language import language
from fairhand.units import MM

SAMPLES = Path(__file__).parents[2] / "samples"
HANDS = {"ja": "zen-kurenaido", "ko": "nanum-pen-script", "zh": "long-cang"}
NOT_FIRST = "、。，．：；！？）」』】〕〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々"
NOT_LAST = "（「『【〔〈《"
TEXTS = {
    "ja": (
        "先日はお忙しい中、私たちの「秋の会」（三階）にお越しいただき、本当にありがとう！チョコレート"
        "ケーキも、コーヒーも、人々の『笑顔』も…。ちょっと食べすぎましたが、また行きましょうね。"
    ),
    "zh": (
        "谢谢您上周末邀请我们去您家做客，还准备了那么丰盛的晚餐；孩子们回来后（一直）在讲您说的故事。"
        "特别是《小船》那一段！您送的书，我已经读了一半，真的很喜欢：希望明年春天您能来看看我们。"
    ),
}


def shaper(tag: str) -> Shaper:
    return Shaper(bundled_hand(needs_hand(HANDS[tag])), language(tag))


def set_in(tag: str, text: str, measure: float) -> list[SetLine]:
    own = shaper(tag)
    part = Part("body", "paragraphs 1", (tuple(own.units(text, rtl=False)),), Block())
    return set_lines([part], measure, own)


def texts(lines: list[SetLine]) -> list[str]:
    return ["".join(w.text + " " * spaced for w, _, spaced in line.words) for line in lines]


def sample(tag: str, **overrides: object) -> Made:
    needs_hand(HANDS[tag])
    return make(read(SAMPLES / f"thank-you-{tag}" / "note.md", **overrides))


@pytest.mark.parametrize("tag", ["ja", "zh"])
def test_no_line_begins_or_ends_with_a_mark_that_must_not(tag: str) -> None:
    """Kinsoku (JIS X 4051, JLREQ 3.1.7): at every measure, whatever stands before."""
    chance = random.Random(3)
    for _ in range(40):
        text = TEXTS[tag][chance.randrange(6) :]
        found = texts(set_in(tag, text, chance.uniform(5, 18)))
        assert "".join(found) == text
        assert len(found) > 2
        for line in found:
            assert line[0] not in NOT_FIRST, line
            assert line[-1] not in NOT_LAST, line


@pytest.mark.parametrize("tag", ["ja", "zh"])
@pytest.mark.parametrize("measure", [7, 10, 14])
def test_lines_of_ideographs_are_full(tag: str, measure: float) -> None:
    """Every square is a place to break, so no line but the last is short by three squares."""
    for line in set_in(tag, TEXTS[tag], measure)[:-1]:
        assert measure - 3 < line.width <= measure * 1.0151


def test_each_ideograph_is_a_word_of_its_own_and_no_space_parts_them() -> None:
    (line,) = set_in("ja", "山田様へ", 100)
    assert [word.text for word, _, _ in line.words] == list("山田様へ")
    assert not any(spaced for _, _, spaced in line.words)


def test_korean_breaks_at_its_spaces_only() -> None:
    text = "선생님께서 보내 주신 PDF를 벌써 절반이나 읽었습니다. 정말 재미있는 책이네요!"
    for measure in (5, 7, 9, 12):
        found = texts(set_in("ko", text, measure))
        assert " ".join(line.strip() for line in found) == text
        assert len(found) > 1


def test_a_korean_word_that_is_too_long_is_cut_between_syllables_without_a_hyphen() -> None:
    word = "아버지가방에들어가신다고말씀하셨습니다"
    found = texts(set_in("ko", word, 3.2))
    assert len(found) > 2
    assert "".join(found) == word


@pytest.mark.parametrize("text", ["2026年11月22日", "来週3階で", "12時に"])
def test_a_figure_stays_with_what_it_counts(text: str) -> None:
    for measure in (3.5, 4, 5, 6):
        for line in texts(set_in("ja", f"秋の会は{text}ある", measure))[:-1]:
            assert not line[-1].isdigit(), line


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [("はGoogleの", "は", "Google"), ("は3階", "は", "3"), ("3階", "3", "階")],
)
def test_a_quarter_of_a_square_stands_between_ideographs_and_latin(
    text: str, left: str, right: str
) -> None:
    (line,) = set_in("ja", text, 100)
    ends = {word.text: x + word.ink_right_em for word, x, _ in line.words}
    starts = {word.text: x + word.ink_left_em for word, x, _ in line.words}
    own = bundled_hand(HANDS["ja"])
    assert starts[right] - ends[left] >= 0.25 - 1e-6
    assert starts[right] - ends[left] < 0.25 + 0.25 * own.x_height_em + 0.2
    assert "".join(word.text for word, _, _ in line.words) == text


def test_a_space_that_was_typed_stays() -> None:
    (line,) = set_in("ja", "山田 太郎", 100)
    assert texts([line]) == ["山田 太郎"]
    words = {word.text: (x, word) for word, x, _ in line.words}
    gap = words["太"][0] - words["田"][0] - words["田"][1].width_em
    assert gap >= 0.15


@pytest.mark.parametrize("mark", "、。，」）")
def test_the_blank_half_of_a_mark_s_square_is_not_left_open(mark: str) -> None:
    own = shaper("ja")
    assert own.word(f"た{mark}").width_em < own.word("た").width_em + 0.8
    shaped = own.word(f"た{mark}")
    assert shaped.ink_right_em <= shaped.width_em
    opened = own.word("「た")
    assert opened.ink_left_em < 0.3


@pytest.mark.parametrize("tag", HANDS)
def test_characters_are_as_large_as_people_write_them(tag: str) -> None:
    """On an A7 card: 4 to 6.5 mm high, and lines 1.6 to 2.4 times as far apart."""
    made = sample(tag)
    assert made.composed.card.name == "a7"
    assert made.composed.comfortable
    heights = []
    (page,) = made.composed.pages
    for line in page.lines:
        if line.role == "body":
            for word in line.words:
                if (len(word.shaped.text) == 1 and ord(word.shaped.text) > 0x4E00) or tag == "ko":
                    ink = word.shaped.columns
                    heights.append(float(ink[:, 2].max() - ink[:, 1].min()) * line.size / MM)
    usual = sorted(heights)[len(heights) // 2]
    assert 4.0 < usual < 6.5
    assert 1.4 < page.pitch / MM / usual < 2.4


@pytest.mark.parametrize("tag", HANDS)
def test_a_note_is_read_from_its_file_as_it_was_meant(tag: str) -> None:
    note = sample(tag).source.note
    assert len(note.paragraphs) == 3
    assert note.salutation
    assert note.valediction
    assert note.signature
    # Lines of the file are joined: without a space, but for Korean.
    assert (" " in "".join(note.paragraphs)) is (tag == "ko")


@pytest.mark.parametrize(
    ("tag", "day"), [("ja", "2026年11月22日"), ("zh", "2026年11月22日"), ("ko", "2026년 11월 22일")]
)
def test_a_date_is_written_as_the_language_has_it(tag: str, day: str) -> None:
    note = sample(tag, place="東京" if tag == "ja" else "").source.note
    assert note.heading == ("東京 " + day if tag == "ja" else day)


@pytest.mark.parametrize("tag", HANDS)
def test_the_address_stands_above_the_name(tag: str) -> None:
    made = sample(tag)
    lines = ["".join(word.shaped.text for word in line.words)
             for line in made.envelope_sheets[0].placements[0].page.lines]  # fmt: skip
    name, *_, last = made.source.note.to.lines
    assert lines[-1] == name.replace(" ", "")
    assert last.replace(" ", "") in lines[:-1]


def test_the_name_stands_first_on_a_letter_that_crosses_a_border() -> None:
    to = {"name": "Ana Ferreira", "address": ["12 Lincoln Road", "Cambridge"], "country": "ENGLAND"}
    page = sample("ja", to=to).envelope_sheets[0].placements[0].page
    (first,) = [n for n, line in enumerate(page.lines) if line.words[0].shaped.text == "Ana"]
    assert page.lines[first + 1].words[0].shaped.text == "12"


@pytest.mark.parametrize("tag", HANDS)
def test_a_note_that_is_too_long_is_refused_with_the_number_of_characters(tag: str) -> None:
    body = "".join(sample(tag).source.note.paragraphs) * 4
    with pytest.raises(InputError) as error:
        sample(tag, paragraphs=[body], card="iso-postcard", layout="auto")
    too_many = int(re.search(r"about (\d+) characters too long", error.value.message)[1])
    kept = body
    while too_many:
        kept = kept[:-1].rstrip()
        too_many -= 1
    assert sample(tag, paragraphs=[kept], card="iso-postcard").composed.pages


@pytest.mark.parametrize(
    ("tag", "letter"), [("ko", "—"), ("ko", "€"), ("ko", "é"), ("ja", "你"), ("zh", "は")]
)
def test_a_character_that_the_hand_lacks_is_refused_with_its_place(tag: str, letter: str) -> None:
    note = SAMPLES / f"thank-you-{tag}" / "note.md"
    text = note.read_text("utf-8").replace("감사" if tag == "ko" else "。", letter, 1)
    line = next(n for n, found in enumerate(text.split("\n"), 1) if letter in found)
    needs_hand(HANDS[tag])
    with pytest.raises(InputError, match="cannot write") as error:
        make(read(text.encode()))
    assert f"U+{ord(letter):04X}, line {line}" in error.value.message


@pytest.mark.parametrize("tag", HANDS)
def test_a_note_in_the_default_hand_is_told_which_hand_to_take(tag: str) -> None:
    with pytest.raises(InputError, match='The hand "mynerve" cannot write') as error:
        sample(tag, hand="mynerve")
    assert error.value.hint == f"Hands that have them all: {HANDS[tag]}."
