"""A note is begun from an occasion, and what was filled in stands where the blank stood."""

import pytest

from fairhand.errors import InputError
from fairhand.job.drafts import (
    advice_for,
    begun,
    blanks_of,
    draft_text,
    empty,
    read_draft,
    starters,
)
from fairhand.job.look import looked
from fairhand.note.blanks import find_blanks
from fairhand.note.occasions import occasion
from fairhand.note.read import parse_note

ALL = [(one.name, language) for one in starters() for language in one.languages]
WORDS = {
    "name": "Ana: Lima", "your name": "Love, #1", "company": "--- <!-- & Co", "topic": "a \\ b",
}  # fmt: skip

every = pytest.mark.parametrize(("name", "language"), ALL)


def test_an_occasion_is_told_by_its_title_its_meaning_and_some_advice():
    assert [one.name for one in starters()] == sorted({one.name for one in starters()})
    for one in starters():
        assert 3 < len(one.title) < 30
        assert one.summary[0].isupper()
        assert one.summary.endswith((".", "!"))
        assert f"{one.title}: " in occasion(one.name).summary
        assert 4 <= len(one.advice) <= 8
        assert one.languages[0] == "en"
        assert advice_for(one.name, "en") == one.advice


@every
def test_the_advice_is_in_the_language_of_the_note(name, language):
    comment = occasion(name, language).text.partition("-->")[0]
    assert len(advice_for(name, language)) >= 4
    assert all(line in comment for line in advice_for(name, language))


@every
def test_blanks_are_asked_for_once_with_their_hints(name, language):
    found = blanks_of(name, language)
    assert len({one.key for one in found}) == len(found) > 3
    for one in found:
        assert one.title.lower() == one.key
        hinted = f"{one.title}: {one.hint}" if one.hint else one.title
        assert f"[{hinted}]".lower() in occasion(name, language).text.lower()


@every
def test_a_note_with_all_blanks_filled_is_finished(name, language):
    values = {one.key: f"words {n}" for n, one in enumerate(blanks_of(name, language))}
    draft = begun(name, language, {**values, "your name": "Tomás Weiß"})
    note = parse_note(draft_text(draft).encode(), form=".md").note
    assert note.language == language
    assert note.from_.name == "Tomás Weiß"
    assert all(words in f"{note.words} {note.to.lines} {note.from_.lines}"
               for key, words in values.items() if key != "your name")  # fmt: skip
    assert occasion(name, language).summary in draft.comment


@every
def test_what_is_left_blank_stays_blank(name, language):
    draft = begun(name, language, {"name": "  "})
    assert draft == read_draft(occasion(name, language).text.encode(), ".md")
    assert find_blanks(str(draft.fields))


@every
def test_the_greeting_of_a_starter_is_its_greeting_before_its_blanks_are_filled(name, language):
    greets = "salutation" in begun(name, language, {}).fields
    assert greets is not name.startswith("rsvp-"), "a formal reply greets nobody"


def test_whatever_is_filled_in_stands_where_its_blank_stood():
    draft = begun("after-rejection", "en", WORDS)
    assert draft.fields["salutation"] == "Dear Ana: Lima,"
    assert draft.fields["signature"] == "Love, #1"
    assert draft.fields["valediction"] == "Sincerely,"
    assert "I admire the way --- <!-- & Co [admire:" in draft.fields["paragraphs"]
    assert "about a \\ b." in draft.fields["paragraphs"]
    assert draft.fields["to"].split("\n")[:2] == ["Ana: Lima", "--- <!-- & Co"]
    assert read_draft(draft_text(draft).encode()) == draft


def test_an_unknown_blank_or_occasion_or_language_is_refused_in_a_sentence(tmp_path):
    for arguments in (
        ("after-rejection", "en", {"nmae": "Ana"}),
        ("after-rejection", "en", {"name": "Ana\nLima"}),
        ("after-rejection", "pl", {}),
        ("after-rejektion", "en", {}),
    ):
        with pytest.raises(InputError):
            begun(*arguments)
    with pytest.raises(InputError):
        empty("?!")


def test_a_region_of_a_language_is_kept_and_chooses_its_cards(tmp_path):
    draft = begun("after-rejection", "en-GB", {})
    assert draft.fields["language"] == "en-GB"
    card = looked(draft.fields, tmp_path / "note.md").made.composed.card
    assert card.region == "iso"


def test_an_empty_note_has_nothing_but_its_language(tmp_path):
    assert empty("en").fields == {}
    assert empty("de-at").fields == {"language": "de-AT"}
    seen = looked(empty("de").fields, tmp_path / "note.md")
    assert seen.made is None
    assert seen.fault.message == "There are no words to write."
