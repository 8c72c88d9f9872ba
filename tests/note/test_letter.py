"""A letter as people type it is understood: greeting, paragraphs, closing, name, postscript."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairhand.errors import InputError
from fairhand.note.letter import split_letter
from fairhand.note.markdown import split_front_matter
from fairhand.note.read import parse_note

calm = settings(deadline=None, derandomize=True)

LETTERS = {
    "en": ("Dear Ms. Okafor,", "Thank you for the tea.", "Sincerely,", "Dana Whitfield",
           "P.S. Hi."),
    "en-GB": ("Dear Sir or Madam,", "I write to thank you.", "Yours faithfully,", "A. N. Lee", ""),
    "de": ("Liebe Anna,", "danke für den Tee.", "Herzliche Grüße", "Tom", "PS: Bis bald."),
    "de formal": ("Sehr geehrte Frau Keller,", "vielen Dank.", "Mit freundlichen Grüßen",
                  "T. Weber", ""),
    "fr": ("Chère Anne,", "Merci pour le thé.", "Bien à toi,", "Théo", "P.-S. Le chat va bien."),
    "fr formal": ("Madame,", "Je vous remercie du thé.",
                  "Je vous prie d’agréer, Madame, mes salutations distinguées.", "Théo Roy", ""),
    "es": ("Querida Ana:", "Gracias por el té.", "Un abrazo,", "Tomás", "P. D. El gato está bien."),
    "pl": ("Droga Aniu,", "dziękuję za herbatę.", "Z serdecznymi pozdrowieniami", "Tomek", ""),
    "vi": ("Chị Lan thân mến,", "Cảm ơn chị về tách trà.", "Thân ái,", "Tùng", ""),
    "ru": ("Дорогая Анна!", "Спасибо за чай.", "С уважением,", "Том", "P.S. Кот здоров."),
    "it": ("Cara Anna,", "grazie per il tè.", "Un caro saluto,", "Tommaso", ""),
    "he": ("שלום דנה,", "תודה על התה.", "בברכה,", "דוד", ""),
}  # fmt: skip


def note_of(text):
    return parse_note(text.encode()).note


def parts(text):
    note = note_of(text)
    return note.salutation, note.paragraphs, note.valediction, note.signature, note.postscript


@pytest.mark.parametrize("language", LETTERS)
def test_the_parts_of_a_letter_are_found_in_every_language(language):
    greeting, body, closing, name, postscript = LETTERS[language]
    text = f"{greeting}\n\n{body}\n\n{closing}\n{name}\n\n{postscript}\n"
    assert parts(text) == (greeting, (body,), closing, name, postscript)


@pytest.mark.parametrize("language", LETTERS)
def test_the_closing_may_stand_right_under_the_last_sentence(language):
    greeting, body, closing, name, _ = LETTERS[language]
    assert parts(f"{greeting}\n{body}\n{closing}\n{name}") == (greeting, (body,), closing, name, "")


@pytest.mark.parametrize("language", LETTERS)
def test_the_name_may_stand_apart_from_the_closing(language):
    greeting, body, closing, name, _ = LETTERS[language]
    text = f"{greeting}\n\n{body}\n\n{closing}\n\n{name}\n"
    assert parts(text) == (greeting, (body,), closing, name, "")


@pytest.mark.parametrize(
    ("closing", "valediction", "signature"),
    [
        ("Love, Tom", "Love,", "Tom"),
        ("Best wishes\nTom", "Best wishes", "Tom"),
        ("With love from us both,\nAna and Tom", "With love from us both,", "Ana and Tom"),
        ("Yours sincerely,\nTom Weber\nDirector, Meridian", "Yours sincerely,",
         "Tom Weber\nDirector, Meridian"),
        ("Sincerely,", "Sincerely,", ""),
        ("Love,\nTom xx", "Love,", "Tom xx"),
        ("Lots of love, Tom xx", "Lots of love,", "Tom xx"),
        ("Love,\nTom\nxxx", "Love,", "Tom\nxxx"),
        ("Love,\nTom\n\nxxx", "Love,", "Tom\nxxx"),
        ("Love,\n\nTom\n\nxx", "Love,", "Tom\nxx"),
        ("Love,\ntom", "Love,", "tom"),
        ("Sincerely yours.\nTom", "Sincerely yours.", "Tom"),
        ("Yours sincerely,\nTom Weber\nDirector\nMeridian Health\n+1 555 0100",
         "Yours sincerely,", "Tom Weber\nDirector\nMeridian Health\n+1 555 0100"),
        ("With all my love and the very warmest wishes for the year ahead,\nTom",
         "With all my love and the very warmest wishes for the year ahead,", "Tom"),
        ("With all my love and the very warmest wishes\nfor the year ahead,\nTom",
         "With all my love and the very warmest wishes for the year ahead,", "Tom"),
        ("Counting the days until we are all together again in June,\n\nTom",
         "Counting the days until we are all together again in June,", "Tom"),
    ],
)  # fmt: skip
def test_a_letter_may_be_closed_in_many_ways(closing, valediction, signature):
    text = f"Dear Ana,\n\nThank you for the tea.\n\n{closing}\n"
    assert parts(text) == ("Dear Ana,", ("Thank you for the tea.",), valediction, signature, "")


@pytest.mark.parametrize(
    "greeting",
    ["Dear Ana,", "Dear Ana", "Hi Ana!", "Ana,", "Ana —", "Dear all:", "My dearest Ana,",
     "Bonjour Anne !", "¡Hola, Ana!", "Good morning, Ana,", "Happy birthday, Ana!"],
)  # fmt: skip
def test_a_letter_may_be_opened_in_many_ways(greeting):
    assert parts(f"{greeting}\n\nThank you for the tea.\n")[:2] == (
        greeting,
        ("Thank you for the tea.",),
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Thank you for the tea.",
        "How are you?",
        "With the tea came a book that I have been reading every evening since.",
        "Best of all was the cake, and we ate it.",
        "We bought bread, milk,\nand cheese.",
        "To be honest, I had forgotten the whole thing until you wrote.",
        "In the end it rained, and nobody minded at all; not even Tom.",
        "Roses are red,\nViolets are blue.",
        "Take care.\nAna and I will come.",
    ],
)
def test_a_sentence_is_neither_greeting_nor_closing(sentence):
    body = " ".join(sentence.split())
    assert parts(sentence) == ("", (body,), "", "", "")
    text = f"Dear Ana,\n\n{sentence}\n\nLove,\nTom\n"
    assert parts(text) == ("Dear Ana,", (body,), "Love,", "Tom", "")


@pytest.mark.parametrize(
    "start",
    ["P.S. ", "p.s. ", "PS: ", "PS ", "ps ", "P. S. ", "P.P.S. ", "P.D. ", "PD: ", "P.-S. ",
     "P.-S. : "],
)  # fmt: skip
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["under the name", "apart"])
def test_a_postscript_is_known_by_its_letters(start, gap):
    text = f"Dear Ana,\n\nThank you for the tea.\n\nLove,\nTom{gap}{start}The cat is well.\n"
    postscript = f"{start}The cat is well."
    assert parts(text)[2:] == ("Love,", "Tom", postscript)


def test_several_postscripts_keep_their_order():
    text = "Dear Ana,\n\nThank you.\n\nLove,\nTom\n\nP.S. One,\nand a half.\n\nP.P.S. Two.\n"
    assert parts(text)[4] == "P.S. One, and a half.\nP.P.S. Two."


def test_a_postscript_may_have_paragraphs():
    text = "Dear Ana,\n\nThank you.\n\nLove,\nTom\n\nP.S. The cat is well.\n\nIt really is.\n"
    assert parts(text)[2:] == ("Love,", "Tom", "P.S. The cat is well.\nIt really is.")


def test_a_postscript_before_the_closing_stays_in_its_place():
    text = "Dear Ana,\n\nThank you.\n\nP.S. The cat is well.\n\nLove,\nTom\n"
    assert parts(text)[1:] == (("Thank you.", "P.S. The cat is well."), "Love,", "Tom", "")


def test_a_formal_reply_has_neither_greeting_nor_name():
    lines = ["Mr. and Mrs. John Lee", "accept with pleasure", "the kind invitation of",
             "Mr. and Mrs. Adam Hill", "on Saturday, the eighth of May"]  # fmt: skip
    text = "---\nlayout: centred\n---\n\n" + "\\\n".join(lines) + "\n"
    assert parts(text) == ("", ("\n".join(lines),), "", "", "")


@pytest.mark.parametrize("mark", ["\\", "  ", "   "], ids=["backslash", "two spaces", "three"])
def test_a_hard_line_break_is_kept_and_a_soft_one_is_not(mark):
    text = f"Dear Ana,\n\nRoses are red,{mark}\nviolets are blue,\nand so on.\n\nLove,\nTom\n"
    assert parts(text)[1] == ("Roses are red,\nviolets are blue, and so on.",)


def test_an_asterisk_is_an_asterisk():
    words = "We *really* liked __it__ & the # 1 `tea` > all."
    assert parts(f"Dear Ana,\n\n{words}\n")[1] == (words,)


def test_a_comment_is_for_the_writer_only():
    text = (
        "<!-- What makes\nthis good. -->\n---\nhand: caveat\n---\nDear Ana,\n\nHi <!-- x -->you.\n"
    )
    note = note_of(text)
    assert (note.hand, note.salutation, note.paragraphs) == ("caveat", "Dear Ana,", ("Hi you.",))


@pytest.mark.parametrize("before", ["", "\n\n", "<!-- one\ntwo -->\n", "\r\n"])
@pytest.mark.parametrize("fence", ["---", "--- ", "---\t"])
def test_lines_are_counted_in_the_file_whatever_stands_before_them(before, fence):
    text = f"{before}{fence}\nhand: caveat\n{fence}\n\nDear Ana,\n\nHello there.\n\nLove,\nTom\n"
    source = parse_note(text.encode())
    lines = text.replace("\r\n", "\n").split("\n")
    for field, start in (("hand", "hand"), ("salutation", "Dear"), ("paragraphs 1", "Hello"),
                         ("valediction", "Love"), ("signature", "Tom")):  # fmt: skip
        assert lines[source.place_of(field).line - 1].startswith(start)


def test_a_front_matter_without_end_is_refused():
    with pytest.raises(InputError, match='closing line "---" is missing'):
        split_front_matter("---\nhand: caveat\n\nDear Ana,\n")


def test_a_rule_in_the_text_is_no_front_matter():
    front, body, before = split_front_matter("Dear Ana,\n\n---\n\nHello.\n\n---\n")
    assert (front, before) == ("", 0)
    assert body.startswith("Dear Ana,")


word = st.text("abcdehilmnorstuwyéüłЖя", min_size=1, max_size=8)
sentence = st.lists(word, min_size=1, max_size=12).map(" ".join)
line = st.one_of(
    sentence,
    sentence.map(lambda text: text + "."),
    sentence.map(lambda text: text + ","),
    st.sampled_from(
        ["Dear Ana,", "Ana —", "Love,", "Love, Tom", "Tom", "Sincerely", "P.S. Hello.", "PS", "xx",
         "Best of all,", "Herzliche Grüße", "In the end", "—", "?", "To Ana:"]
    ),
)  # fmt: skip
block = st.lists(line, min_size=1, max_size=4).map("\n".join)


@calm
@given(st.lists(block, min_size=1, max_size=6).map("\n\n".join))
def test_no_word_is_lost_or_moved_whatever_a_letter_looks_like(text):
    found = split_letter(text, 0)
    words = [found.salutation, *found.paragraphs, found.valediction, found.signature]
    assert " ".join([*words, found.postscript]).split() == text.split()
