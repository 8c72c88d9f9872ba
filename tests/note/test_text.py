"""The same words in any encoding, and without the invisible things that pasting brings."""

import codecs
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fairhand.errors import InputError
from fairhand.note.read import parse_note
from fairhand.note.text import decode, normalise, tidy

calm = settings(deadline=None, derandomize=True)

LETTER = "Dear Zoë,\n\nThe café – “ours” – says hello; it’s as good as ever…\n\nLove,\nÅsa\n"
ENCODINGS = {
    "UTF-8": LETTER.encode(),
    "UTF-8 with a mark": codecs.BOM_UTF8 + LETTER.encode(),
    "UTF-16 little": codecs.BOM_UTF16_LE + LETTER.encode("utf-16-le"),
    "UTF-16 big": codecs.BOM_UTF16_BE + LETTER.encode("utf-16-be"),
    "cp1252": LETTER.encode("cp1252"),
    "CRLF": LETTER.replace("\n", "\r\n").encode(),
    "CR": LETTER.replace("\n", "\r").encode(),
    "decomposed": unicodedata.normalize("NFD", LETTER).encode(),
    "UTF-16 CRLF": codecs.BOM_UTF16_LE + LETTER.replace("\n", "\r\n").encode("utf-16-le"),
}
NAMES = {"NO-BREAK": "\u00a0", "NARROW": "\u202f", "THIN": "\u2009", "EM": "\u2003", "TAB": "\t",
         "IDEOGRAPHIC": "\u3000", "FIGURE": "\u2007"}  # fmt: skip
INVISIBLE = {"soft hyphen": "\u00ad", "zero-width space": "\u200b", "byte order mark": "\ufeff",
             "word joiner": "\u2060", "left-to-right mark": "\u200e", "embedding": "\u202a",
             "joiner": "\u200d", "non-joiner": "\u200c", "variation": "\ufe0f"}  # fmt: skip

SELECTORS = "\ufe0e\ufe0f"
SHOWN = st.characters(exclude_categories=["Cs", "Co", "Cn", "Cc"])
TRICKY = st.sampled_from("\u200c\u200d\ufeff\u00ad\u0301\u00a0e mيكमک्ष")
texts = st.text(SHOWN | TRICKY, max_size=60)
texts_with_lines = st.lists(texts, max_size=6).map("\n".join)


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_note_is_the_same_in_every_encoding(name):
    assert parse_note(ENCODINGS[name]).note == parse_note(LETTER.encode()).note


@pytest.mark.parametrize("space", NAMES.values(), ids=NAMES)
def test_every_kind_of_space_is_a_space(space):
    pasted = f"Dear Ana,\n\nThank{space}you for{space}{space}the tea.\n"
    assert parse_note(pasted.encode()).note.paragraphs == ("Thank you for the tea.",)


@pytest.mark.parametrize("mark", INVISIBLE.values(), ids=INVISIBLE)
def test_what_has_no_ink_leaves_no_trace(mark):
    pasted = f"Dear Ana,\n\nThank y{mark}ou for the {mark}tea{mark}.\n"
    assert parse_note(pasted.encode()).note.paragraphs == ("Thank you for the tea.",)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_joiners_stay_where_a_script_needs_them(newline):
    lines = ["Hello to all of you here.", "", "می\u200cخواهم", "", "क्\u200dष"]
    kept = normalise(newline.join(lines))
    assert kept.split("\n") == lines


def test_a_letter_and_its_accent_become_one():
    assert normalise("e\u0301 n\u0303 o\u031b\u0301") == "é ñ ớ"


@calm
@given(texts_with_lines)
@example("x\u200c\ufeff")
def test_a_clean_text_is_not_changed_again(text):
    assert normalise(normalise(text)) == normalise(text)


@calm
@given(texts_with_lines)
@example("Hello\n\n\n\n\n\nمی\u200cخواهم")
def test_windows_line_ends_change_nothing(text):
    plain = text.replace("\r", "")
    assert normalise(plain.replace("\n", "\r\n")) == normalise(plain)


@calm
@given(texts_with_lines)
def test_no_visible_character_is_lost(text):
    def ink(string):
        shown = unicodedata.normalize("NFC", string.replace("\u2010", "-").replace("\u2011", "-"))
        categories = ("Zs", "Zl", "Zp", "Cf", "Cc")
        return [
            c
            for c in shown
            if unicodedata.category(c) not in categories and c not in "\ufe0e\ufe0f"
        ]

    assert "".join(ink(normalise(text))) == unicodedata.normalize("NFC", "".join(ink(text)))


@calm
@given(texts_with_lines)
def test_a_tidy_text_has_single_spaces_and_clean_edges(text):
    tidied = tidy(text)
    assert "  " not in tidied
    assert all(line == line.strip(" ") for line in tidied.split("\n"))


@calm
@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_refused_in_a_sentence(data):
    refusal = "None."
    try:
        assert "\0" not in decode(data)
    except InputError as error:
        refusal = error.message
    assert refusal.endswith(".")
    assert refusal.isprintable()


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x9b"])
def test_a_control_character_is_named_with_its_line(character):
    with pytest.raises(InputError, match=f"Line 3 .*U\\+{ord(character):04X}"):
        decode(f"Dear Ana,\n\nThank{character} you.\n".encode())


def test_bytes_of_no_encoding_are_named_with_their_line():
    with pytest.raises(InputError, match=r"Line 2 .*UTF-8, UTF-16 and cp1252"):
        decode(b"Dear Ana,\nThank \x81 you \xff.\n")


@pytest.mark.parametrize("character", ["\ue000", "\U000f0000", "\u0378", "\uffff"])
def test_a_character_of_no_script_is_named(character):
    with pytest.raises(InputError, match=f"U\\+{ord(character):04X}"):
        normalise(f"Dear {character} Ana")


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [(b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff\xe0", "JPEG"), (b"PK\x03\x04", "Word"),
     (b"%PDF-1.6\n", "PDF"), (b"{\\rtf1 Dear Ana}", "RTF")],
)  # fmt: skip
def test_a_file_of_another_kind_is_called_by_its_name(beginning, kind):
    with pytest.raises(InputError, match=f"{kind}.*not a note"):
        decode(beginning + b"\n" * 20)
