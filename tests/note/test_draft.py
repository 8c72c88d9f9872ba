"""A draft that is written down reads back as the same draft, whatever was typed."""

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fairhand.errors import InputError
from fairhand.note.draft import Draft, draft_text, read_draft
from fairhand.note.occasions import occasions
from fairhand.note.read import parse_note

ODD = st.sampled_from(
    [
        "---", "--", "...", "# Heading", "<!-- gone -->", "<!--", "-->", "{{ first_name }}",
        "{% if gift %}", "[topic: what you talked about]", "____", "hand: caveat", "to: Ann",
        "- one", "* two", "> three", "| four", "a \\", "\\", "a  ", "  a", "null", "~", "no",
        "true",
        "02035", "1e5", "Dear Ann,", "Dear Ann", "Ann", "Hello", "Love,", "Love, Tom", "Tom", "xx",
        "P.S. More", "PS", "Sincerely,", "it's", '"so"', "Zoë", "木村様", "敬具", "مرحبا",
        "a: b", "a #b",
        "'", "%", "@me", "`x`", "!tag", "&a", "*a", "?", "=", "<", "\t", "x\ty",
        "\u00a0", "e\u0301", "\u0338", "\u200c",
        "\u061c\u200c", "\ue000", "\x00", "\x1b", "\u2028", "\u0085",
        "\ufeff", "\ud800", "😀", "key = 'value'", "{", "{}", "[]",
    ]
)  # fmt: skip
LINE = ODD | st.text(max_size=30) | st.text("abc ,.-:#\n\\", max_size=30)
WORDS = st.lists(LINE, max_size=5).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", " "]).map(lambda by: by.join(lines))
)
LOOSE = WORDS | st.integers() | st.floats() | st.booleans() | st.none()
PARTS = st.dictionaries(
    st.sampled_from(["name", "organisation", "address", "city", "postcode", "country"]),
    WORDS | st.lists(LINE, max_size=3),
)
PARTY = WORDS | st.lists(LINE, max_size=5) | PARTS
ART = WORDS | st.fixed_dictionaries(
    {}, optional={"file": LINE, "page": LOOSE, "across": LOOSE, "words": LOOSE,
                  "inks": st.lists(LINE, max_size=2)},
)  # fmt: skip
ANYTHING = st.recursive(
    LOOSE, lambda child: st.lists(child, max_size=3) | st.dictionaries(LINE, child, max_size=3)
)
LETTER = {
    "salutation": WORDS, "paragraphs": WORDS | st.lists(WORDS, max_size=3), "valediction": WORDS,
    "signature": WORDS, "postscript": WORDS, "to": PARTY, "from": PARTY, "place": WORDS,
}  # fmt: skip
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        **LETTER, "art": ART, "date": LOOSE, "front": WORDS, "language": LINE, "hand": LINE,
        "large": LOOSE, "neatness": LOOSE, "seed": LOOSE, "salutations": ANYTHING,
        "from_": ANYTHING, "": ANYTHING,
    },
)  # fmt: skip
DRAFTS = st.builds(Draft, FIELDS, WORDS)


def written(draft):
    return draft_text(draft).encode()


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DRAFTS)
@example(Draft({"paragraphs": "Thank you.\n\nLove,\nTom"}))
@example(Draft({"salutation": "Ann", "paragraphs": "---\n\n# No heading\n\n<!-- here -->"}))
@example(Draft({"to": {"name": "Ann", "city": "Bath", "postcode": "02035"}, "salutation": "x"}))
def test_a_draft_reads_back_as_it_was(draft):
    assert read_draft(written(draft), ".md") == draft
    assert read_draft(written(draft)) == draft


@settings(max_examples=60, deadline=None)
@given(DRAFTS)
def test_a_draft_is_tidy_once_and_for_all(draft):
    assert Draft(draft.fields, draft.comment) == draft
    assert json.dumps(draft.fields)
    assert draft_text(read_draft(written(draft))) == draft_text(draft)


@settings(max_examples=60, deadline=None)
@given(FIELDS)
def test_no_word_is_lost_by_tidying(fields):
    fields.pop("from_", None)
    for key, words in Draft(fields).fields.items():
        if key in LETTER and isinstance(fields.get(key), str) and fields[key].isascii():
            assert words.split() == fields[key].split()


ENTRIES = pytest.mark.parametrize("entry", occasions(), ids=lambda e: f"{e.name}.{e.language}")


@ENTRIES
def test_a_starter_stays_the_file_that_it_was(entry):
    draft = read_draft(entry.text.encode(), ".md")
    assert draft_text(draft) == entry.text
    assert set(entry.blanks) <= set(
        "".join(map(str, draft.fields.values()))
        .replace("[", "\n")
        .replace("]", "\n")
        .replace(":", "\n")
        .lower()
        .split("\n")
    )


def test_a_usual_note_is_a_file_that_one_would_write():
    draft = Draft(
        {"to": ["Ana Ferreira", "12 Lincoln Road"], "hand": "caveat", "salutation": "Dear Ana,",
         "paragraphs": ["Thank you for the book.", "It rained,\nand I read."],
         "valediction": "Love,", "signature": "Tom", "postscript": "P.S. More."},
        "Thank for one thing.",
    )  # fmt: skip
    assert draft_text(draft) == (
        "<!--\nThank for one thing.\n-->\n---\nto: |\n  Ana Ferreira\n  12 Lincoln Road\n"
        "hand: caveat\n---\n\nDear Ana,\n\nThank you for the book.\n\nIt rained,\\\nand I read.\n\n"
        "Love,\nTom\n\nP.S. More.\n"
    )


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (".toml",
         'salutation = "Dear Ana,"\nneatness = 0.5\nlarge = true\nparagraphs = ["a", "b"]'),
        (".json",
         '{"salutation": "Dear Ana,", "neatness": 0.5, "large": true,'
         '"paragraphs": "a\\n\\nb"}'),
        (".yaml", "salutation: Dear Ana,\nneatness: 0.50\nlarge: yes\nparagraphs: [a, b]"),
        (".md", "---\nneatness: 0.5\nlarge: true\n---\nDear Ana,\n\na\n\nb\n"),
    ],
)  # fmt: skip
def test_a_draft_is_the_same_from_every_form_of_file(form, text):
    assert read_draft(text.encode(), form) == Draft(
        {"salutation": "Dear Ana,", "paragraphs": "a\n\nb", "neatness": 0.5, "large": True}
    )


def test_a_finished_draft_is_the_note_that_it_says():
    fields = {
        "salutation": "Ana",
        "paragraphs": "One.\n\nTwo, <!-- no -->",
        "signature": "Tom Reed\nDr.",
    }
    note = parse_note(written(Draft(fields))).note
    assert (note.salutation, note.paragraphs, note.signature) == (
        "Ana", ("One.", "Two, <!-- no -->"), "Tom Reed\nDr.",
    )  # fmt: skip


@pytest.mark.parametrize("text", [b"\x89PNG", b"---\nhand: x\n", b"---\n: [\n---\n", b"a\x00b"])
def test_what_is_no_note_is_refused_in_a_sentence(text):
    with pytest.raises(InputError):
        read_draft(text)


def test_what_is_larger_than_a_note_is_refused_in_a_sentence():
    with pytest.raises(InputError, match="100 kB"):
        draft_text(Draft({"paragraphs": "word " * 30_000}))
    deep = []
    for _ in range(30):
        deep = [deep]
    with pytest.raises(InputError, match="nested"):
        Draft({"seed": deep})


@given(DRAFTS)
@example(Draft({"to": {"\ud800": "\udfff"}, "\ud83d": ["a\ude00"]}, "\ud800"))
def test_a_draft_holds_whole_characters_alone_so_that_it_can_be_sent(draft):
    json.dumps([draft.fields, draft.comment], ensure_ascii=False).encode()
