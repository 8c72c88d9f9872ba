"""A note that is put together of fields checked before is the note that checking it whole makes."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from fairhand.errors import FairhandError
from fairhand.note.model import Note, Party
from fairhand.note.read import noted
from fairhand.note.shared import shared_note

ODD = (
    "", " ", "Ana Lima", " Ana  Lima ", "Zoë\u0308", "\u200bAna", "a\u00a0b", "a\tb", "a\nb",
    "\x00",
    "[name]", "<name>", "Tom xx", "XXX", "____", "{{ name }}", "x" * 500, "x" * 501, "\ue000",
    "line\n" * 12, "line\n" * 13, "2026-11-22", "2026-13-40", "22/11/26", "en", "de-AT", "english!",
    "0.5", "7", "true", "auto", "https://a.b/c.png", "botanical", "\u0958" * 200, "c/o Tom",
)  # fmt: skip
TEXT = st.sampled_from(ODD) | st.text(max_size=12)
LINES = st.lists(TEXT, max_size=14)
PARTY = st.dictionaries(
    st.sampled_from([*Party.model_fields, "street"]), TEXT | LINES, max_size=5
)  # fmt: skip
ANY = (
    TEXT | LINES | PARTY | st.none() | st.booleans() | st.integers(-1, 3) | st.floats() | st.dates()
    | st.dictionaries(st.sampled_from(["file", "fit", "page", "zoom", "inks"]), TEXT | st.floats())
)  # fmt: skip
KEYS = [*(field.alias or name for name, field in Note.model_fields.items()), "from_", "words"]
FIELDS = st.dictionaries(st.sampled_from(KEYS), ANY, max_size=4)
RIGHT = st.fixed_dictionaries(
    {"paragraphs": st.just(["Thank you."])},
    optional={"salutation": TEXT, "to": PARTY, "from": TEXT | PARTY, "place": TEXT},
)
LONG = {"paragraphs": ["word " * 1000, "word " * 2001]}


def outcome(make):
    try:
        source = make()
    except FairhandError as error:
        return type(error), error.message, error.hint, error.place, error.field
    note = source.note
    return (
        source,
        note.model_fields_set,
        [(one, one and one.lines) for one in (note.to, note.from_)],
    )


@settings(max_examples=1500, deadline=None, derandomize=True)
@example(LONG)
@example({**LONG, "to": {"name": "Ana"}})
@example({"salutation": "Dear Ana,", "neatness": 1, "large": True})
@example({"salutation": "Dear Ana,", "neatness": True, "large": 1})
@example({"salutation": "\u200b", "place": "Rome"})
@example({"salutation": "Dear Ana,", "to": {"name": "A", "address": ["b"] * 12}})
@example({"salutation": "Dear Ana,", "from": "A", "from_": "B"})
@given(FIELDS | RIGHT)
def test_a_note_of_shared_fields_is_the_note_that_is_checked_whole(fields):
    lines = {"salutation": 3, "to": 4, "paragraphs": 5}
    whole = outcome(lambda: noted(fields, lines, "text", "", "note.md", {}))
    for _ in range(2):
        assert outcome(lambda: shared_note(fields, lines, "text", "note.md")) == whole


def test_notes_of_shared_fields_are_apart():
    one = shared_note({"salutation": "Dear A,", "to": {"name": "A"}}, {}, "", "").note
    other = shared_note({"salutation": "Dear B,", "imprint": "x"}, {}, "", "").note
    assert (one.salutation, one.imprint, one.to) == ("Dear A,", "", Party(name="A"))
    assert (other.salutation, other.imprint, other.to) == ("Dear B,", "x", None)
    assert one.model_fields_set == {"salutation", "to"}


def test_what_is_right_for_one_type_is_not_for_another_that_equals_it():
    for seed in (1, True, 1.0):
        fields = {"salutation": "Dear A,", "seed": seed}
        whole = outcome(lambda: noted(fields, {}, "", "", "", {}))  # noqa: B023
        assert outcome(lambda: shared_note(fields, {}, "", "")) == whole, seed  # noqa: B023
