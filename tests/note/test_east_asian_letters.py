"""How Japanese, Korean and Chinese letters are read: greeting, closing, name, joined lines."""

import pytest

from fairhand.note.characters import count_words, counts_characters, portions
from fairhand.note.closing import closes
from fairhand.note.letter import is_greeting
from fairhand.note.read import parse_note


def letter(text):
    note = parse_note(text.encode()).note
    return note.salutation, list(note.paragraphs), note.valediction, note.signature, note.postscript


@pytest.mark.parametrize(
    "line",
    ["山田様", "山田太郎さんへ", "お母さんへ", "拝啓", "田中先生、", "各位", "김민수 선생님께",
     "사랑하는 어머니께,", "지은에게", "亲爱的王老师：", "尊敬的李先生，", "王老师：",
     "親愛的媽媽："],
)  # fmt: skip
def test_a_greeting_is_known(line):
    assert is_greeting(line)


@pytest.mark.parametrize(
    "line",
    ["先日はありがとうございました。", "お元気ですか？",
     "先日はお忙しい中、私たちの秋の会にお越しいただき、",
     "谢谢您上周末邀请我们去您家做客，还准备了那么丰盛的晚餐！",
     "지난 토요일에는 와 주셔서 정말 감사합니다.",
     "拝啓　晩秋の候、皆様にはますますご清栄のこととお慶び申し上げます。"],
)  # fmt: skip
def test_a_sentence_is_no_greeting(line):
    assert not is_greeting(line)


@pytest.mark.parametrize(
    "line",
    ["敬具", "かしこ", "感謝をこめて", "心をこめて、", "감사합니다.", "사랑을 담아,",
     "감사한 마음을 담아", "祝好！", "祝一切安好", "祝您身体健康！", "此致"],
)  # fmt: skip
def test_a_closing_is_known(line):
    assert closes(line, ("由美",))


@pytest.mark.parametrize(
    "line",
    [
        "またお会いしましょう。",
        "ありがとうございました。とても楽しかったです。",
        "다음에 또 만나요.",
        "我们一起去湖边走走。",
    ],
)
def test_a_sentence_is_no_closing(line):
    assert not closes(line, ("由美",))


def test_a_japanese_letter_is_divided_into_its_parts():
    assert letter(
        "花子さんへ\n\nお誕生日おめでとう！すてきな\n一年になりますように。\n\n"
        "また遊びに来てね。\n\n愛をこめて\n由美\n\n追伸　写真を送ります。\n"
    ) == (
        "花子さんへ",
        ["お誕生日おめでとう！すてきな一年になりますように。", "また遊びに来てね。"],
        "愛をこめて",
        "由美",
        "追伸 写真を送ります。",
    )


def test_a_korean_letter_keeps_the_spaces_of_its_joined_lines():
    greeting, body, closing, name, _ = letter(
        "사랑하는 할머니께\n\n보내 주신 김치\n정말 맛있어요!\n\n사랑을 담아,\n민지 올림\n"
    )
    assert (greeting, body) == ("사랑하는 할머니께", ["보내 주신 김치 정말 맛있어요!"])
    assert (closing, name) == ("사랑을 담아,", "민지 올림")


def test_a_chinese_letter_ends_with_its_formula():
    greeting, body, closing, name, _ = letter(
        "尊敬的张教授：\n\n感谢您在“研讨会”\n上的指导。\n\n此致\n敬礼！\n王小明\n"
    )
    assert (greeting, body) == ("尊敬的张教授：", ["感谢您在“研讨会”上的指导。"])
    assert (closing, name) == ("此致 敬礼！", "王小明")


def test_a_japanese_paragraph_above_a_name_is_not_taken_for_a_closing():
    _, body, closing, name, _ = letter(
        "山田様\n\nありがとうございました。\n\nまたお会いしたいです。\n"
    )
    assert body == ["ありがとうございました。", "またお会いしたいです。"]
    assert (closing, name) == ("", "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one two", 2),
        ("", 0),
        ("ありがとう。", 3),
        ("山田様", 1.5),
        ("Googleの本", 2),
        ("감사합니다", 2.5),
    ],
)
def test_two_characters_are_worth_a_word(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(
    "text", ["one two  three", "今日は Google の本", "감사합니다. 정말!", "a", "漢"]
)
def test_portions_are_the_whole_text(text):
    assert "".join(portions(text)) == text


def test_characters_are_counted_where_they_are_most():
    assert counts_characters("先日はありがとう")
    assert counts_characters("선생님께서 보내 주신 책")
    assert counts_characters("GoogleのAIは")
    assert not counts_characters("We ate 寿司 in Tokyo")
    assert not counts_characters("")
