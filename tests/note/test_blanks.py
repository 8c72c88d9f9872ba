"""What is left to fill in is never sent: each blank is named, with its line in the file."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairhand.errors import InputError
from fairhand.job import read
from fairhand.note.blanks import fill, keys
from fairhand.note.model import Party
from fairhand.note.read import parse_note

calm = settings(deadline=None, derandomize=True)

BLANKS = [
    "[name]", "[admire: one concrete thing]", "[doing something concrete and admirable]", "[]",
    "{{ name }}", "{{name}}", "<name>", "<your company>", "____", "___________", "TODO", "TBD",
    "FIXME", "xx", "xxx", "XXX", "XXXX", "<<name>>", "<Ihr Name>", "<first name here>",
]  # fmt: skip
NO_BLANKS = [
    "I <3 you all", "write to <ana@example.org> soon", "a shirt of size XXL", "Mr. X was there",
    "it is 2 x 3 metres", "we stood at < 5 and > 3", "las casas del siglo XX son altas",
    "XX wiek był długi", "the todo list and the mastodon", "a rule_of_thumb", "{one} brace",
    "see you (soon)", "Exxon and Xerox", "Lukas 12,3 und mehr", "el siglo XXX es lejano",
    "XXX wiek jest daleko", "chapter XXX is long", "my <little one> sleeps", "so a<b>c holds",
]  # fmt: skip
KISSES = [
    "Love,\nTom xx", "Love,\nTom\nxx", "Love, Tom xxx", "Lots of love, xx", "Tom xx",
    "All my love,\nTom and Ana xxx.", "Love,\nTom\n\nxxx",
    "Love,\nTom\n\nP.S. The cat sends hers. xx",
]  # fmt: skip
NAMED = re.compile(r"(?:^.*?: |; )(.+?) \(line (\d+)\)")


def refused(text, form=".md"):
    """Return the blanks for which a note is refused, as (words, line) in the order of the file."""
    with pytest.raises(InputError) as error:
        parse_note(text.encode(), file="note", form=form)
    found = [(words, int(line)) for words, line in NAMED.findall(error.value.message)]
    count = error.value.message.split()[0]
    assert int(count) == len(found)
    assert error.value.place.line == found[0][1]
    return found


@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_left_in_the_note_is_named_with_its_line(blank):
    text = f"Dear Ana,\n\nThank you for the tea.\nI liked {blank} very much, as you know.\n"
    assert refused(text) == [(blank, 4)]


@pytest.mark.parametrize("words", NO_BLANKS)
def test_what_only_looks_like_a_blank_is_let_through(words):
    text = f"Dear Ana,\n\nYou know that {words} and that I think of it.\n"
    assert words in parse_note(text.encode()).note.paragraphs[0]


@pytest.mark.parametrize("closing", KISSES)
def test_kisses_are_not_a_blank(closing):
    note = parse_note(f"Dear Ana,\n\nThank you for the lovely tea.\n\n{closing}\n".encode()).note
    assert note.words.split()[-len(closing.split()) :] == closing.split()


@pytest.mark.parametrize("line", ["xxx", "I will come on xx", "Thanks for xx."])
def test_what_stands_for_a_word_in_the_middle_of_a_letter_is_no_kiss(line):
    text = f"Dear Ana,\n\n{line}\n\nThank you for the tea.\n\nLove,\nTom xx\n"
    assert [words.strip(".") for words, _ in refused(text)] == [line.split()[-1].strip(".")]


def test_what_is_not_written_cannot_hold_a_blank():
    text = "---\nseed: xx\n---\nDear Ana,\n\nThank you for the tea.\n"
    assert parse_note(text.encode()).note.seed == "xx"


def test_a_hundred_blanks_are_counted_and_the_first_of_them_named():
    with pytest.raises(InputError, match=r"^the note, line 3: 100 blanks are .* and 80 more\.$"):
        parse_note(b"Dear Ana,\n\n" + b"TODO\n" * 100)


def test_what_the_caller_fills_in_is_looked_through_for_blanks_too():
    letter = b"Dear Ana,\n\nThank you for the tea.\n"
    for wrong in (
        {"front": "For [name]"},
        {"to": Party(name="TODO")},
        {"paragraphs": ["One ____"]},
    ):
        with pytest.raises(
            InputError, match=r"^the note: 1 blank is still to be filled in: [^(]+$"
        ):
            read(letter, **wrong)
        with pytest.raises(InputError, match="1 blank is still to be filled in"):
            read({"salutation": "Dear Ana,", **wrong})


def test_a_blank_in_a_comment_is_none():
    text = "<!-- [name] TODO\n____ -->\nDear Ana,\n\nHello <!-- xx --> there, my friend.\n"
    assert parse_note(text.encode()).note.paragraphs == ("Hello there, my friend.",)


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (".md", "---\nto: |\n  [name]\n  1 Road\nfrom: [A, TBD]\n---\n\nDear [name],\n\n[one\n"
         "thing] here.\n\nLove,\n[your name]\n",
         [("[name]", 3), ("TBD", 5), ("[name]", 8), ("[one thing]", 10), ("[your name]", 14)]),
        (".toml", 'to = """\nAna\n[street]\n[town]\n"""\nsalutation = "Dear [name],"\n'
         'paragraphs = [\n  "One [x].",\n  "Two ____.",\n]\n',
         [("[street]", 3), ("[town]", 4), ("[name]", 6), ("[x]", 8), ("____", 9)]),
        (".yaml", "to:\n  name: Ana\n  address: ['[street]', '[town]']\nparagraphs:\n"
         "  - One TODO.\n  - Two {{ x }}.\nsignature: <me>\n",
         [("[street]", 3), ("[town]", 3), ("TODO", 5), ("{{ x }}", 6), ("<me>", 7)]),
        (".json", '{\n "to": ["Ana",\n  "[street]"],\n "paragraphs": ["One [x].",\n'
         '  "Two [y: why]."]\n}\n',
         [("[street]", 3), ("[x]", 4), ("[y: why]", 5)]),
    ],
)  # fmt: skip
def test_blanks_are_found_in_every_field_of_every_form_of_file(form, text, expected):
    assert refused(text, form) == expected


def test_blanks_that_begin_alike_each_have_their_own_line():
    text = (
        "---\nfrom: |\n  [your name]\n  [your street]\n  [your town]\n---\n\n"
        "Dear Ana,\n\nHello there, it is me.\n\nLove,\n[your name]\n"
    )
    assert refused(text) == [
        ("[your name]", 3), ("[your street]", 4), ("[your town]", 5), ("[your name]", 13),
    ]  # fmt: skip


def test_a_blank_is_not_looked_for_where_its_letters_stand_by_chance():
    text = "Dear Ana,\n\nThe TODOS family from ExxxonTown wrote.\nI went to TODO and saw xxx there."
    assert refused(text) == [("TODO", 4), ("xxx", 4)]


blank = st.sampled_from(["[name]", "[your name]", "[your street]", "[your: x]", "____", "TODO"])
lines = st.lists(
    st.tuples(st.sampled_from(["tea and", "your name", "more"]), st.none() | blank), max_size=12
)


@calm
@given(lines.filter(lambda lines: any(blank for _, blank in lines)))
def test_every_blank_is_named_with_the_line_on_which_it_stands(lines):
    text = "\n".join(f"{words} {blank or ''}, and so on." for words, blank in lines)
    expected = [(blank, number) for number, (_, blank) in enumerate(lines, start=3) if blank]
    assert refused(f"Dear Ana, my friend.\n\n{text}\n") == expected


def test_filling_replaces_every_blank_of_that_key_and_no_other():
    text = "Dear [Name], [name: who] of [company] and [your name]"
    assert fill(text, {"NAME": "Ana"}) == "Dear Ana, Ana of [company] and [your name]"
    assert keys(text) == ["name", "company", "your name"]
    assert keys(fill(text, {"name": "Ana", "company": "C", "your name": "Tom"})) == []
    assert fill(text, {}) == text


@pytest.mark.parametrize("value", [r"\1 and \g<0>", "a [b] c", "50 % & more", ""])
def test_what_is_filled_in_stands_as_it_was_given(value):
    assert fill("Dear [name].", {"name": value}) == f"Dear {value}."


def test_a_note_for_a_merge_is_told_from_a_note_with_blanks(tmp_path):
    note = tmp_path / "note.md"
    note.write_text("Dear {{ first_name }},\n\nHello.{% if gift %} Thank you.{% endif %}\n")
    with pytest.raises(InputError, match="3 blanks are still to be filled in") as error:
        read(note)
    assert error.value.hint.startswith(
        f"This note is for a merge: fairhand merge {note} people.csv"
    )
    note.write_text("Dear [name],\n\nHello.\n")
    with pytest.raises(InputError, match="1 blank is still to be filled in") as error:
        read(note)
    assert "merge" not in error.value.hint


def test_settings_that_a_table_fills_in_name_the_merge_too(tmp_path):
    note = tmp_path / "note.md"
    note.write_text("---\ndate: {% if a %}Monday{% endif %}\n---\nDear Ana,\n\nHello.\n")
    with pytest.raises(InputError, match="line 2") as error:
        read(note)
    assert "fairhand merge" in error.value.hint
