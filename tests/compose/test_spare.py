"""So many words as are said to be to spare can be added, and then something changes."""

import time
from pathlib import Path

import pytest
from conftest import needs_hand

from fairhand.compose.shape import shaper_for
from fairhand.compose.spare import words_to_spare
from fairhand.errors import InputError
from fairhand.job import make, read
from fairhand.note.language import language
from fairhand.note.read import note_of

NOTE = read(Path("samples/after-rejection/note.md")).note
GERMAN = {
    "salutation": "Liebe Anna,", "language": "de", "valediction": "Herzliche Grüße",
    "paragraphs": "Vielen Dank für das Buch. Ich habe es in einer Nacht gelesen. " * 6,
}  # fmt: skip
JAPANESE = {
    "salutation": "木村様", "language": "ja", "hand": "zen-kurenaido", "valediction": "敬具",
    "paragraphs": "先日は素敵な本をありがとうございました。一晩で読みました。" * 5,
}  # fmt: skip


def noted(**changes):
    fields = NOTE.model_dump(by_alias=True, exclude_defaults=True)
    return note_of({**fields, **changes})


def composed(source):
    return make(source, with_envelope=False).composed


def spare_of(source, *, is_last_card=True):
    made = make(source, with_envelope=False)
    shaper = shaper_for(made.hand, language(source.note.language))
    return words_to_spare(source.note, made.composed, shaper, is_last_card=is_last_card)


def with_more(source, count):
    """Add words as long as the note's own are: they come round again."""
    words = " ".join(source.note.paragraphs).split()
    more = [words[n % len(words)] for n in range(count)]
    *others, last = source.note.paragraphs
    longer = (*others, " ".join([last, *more]))
    return note_of(
        {**source.note.model_dump(by_alias=True, exclude_defaults=True), "paragraphs": longer}
    )


def state(card):
    return card.card.name, len(card.pages), card.x_height_mm


CASES = {
    "a7": {"card": "a7"},
    "a2": {"card": "a2"},
    "flat": {"card": "a7-flat"},
    "postcard": {"card": "postcard", "paragraphs": [NOTE.paragraphs[0]]},
    "ruled": {"card": "a7", "layout": "ruled"},
    "caveat": {"card": "a7", "hand": "caveat"},
    "sheet": {"card": "letter"},
    "large": {"card": "a7", "large": True},
    "short": {"card": "a2", "paragraphs": "Thank you for everything you did."},
    "front": {"card": "a7", "art": "botanical"},
    "imprint": {"card": "a7", "imprint": "Made by hand", "front": "Hello"},
    "full": {"card": "4bar", "paragraphs": [*NOTE.paragraphs, NOTE.paragraphs[0]]},
    "german": {"card": "iso-a6", **GERMAN},
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_to_spare_can_be_added_and_hardly_a_word_more(name):
    source = noted(**CASES[name])
    now = composed(source)
    spare = spare_of(source)
    at_most = composed(with_more(source, spare.count))
    beyond = with_more(source, spare.count + 1 + spare.count // 20)
    if spare.until == "card":
        with pytest.raises(InputError):
            composed(beyond)
        return
    after = composed(beyond)
    assert len(at_most.pages) == len(now.pages)
    if spare.until == "panel":
        assert len(after.pages) > len(now.pages)
    elif spare.until == "size":
        assert at_most.x_height_mm == now.x_height_mm > after.x_height_mm
    else:
        assert spare.until == "usual size"
        assert after.x_height_mm < at_most.x_height_mm <= now.x_height_mm


def test_where_a_larger_card_is_at_hand_it_comes_before_anything_else():
    source = noted(card="auto")
    spare = spare_of(source, is_last_card=False)
    assert spare.until == "larger card"
    now = composed(source)
    assert state(composed(with_more(source, spare.count)))[0] == now.card.name
    assert (
        composed(with_more(source, spare.count + 1 + spare.count // 20)).card.name != now.card.name
    )


@pytest.mark.parametrize("hand", ["mynerve", "nothing-you-could-do"])
def test_the_largest_card_that_is_chosen_by_itself_is_left_when_it_is_said(hand):
    source = noted(card="auto", hand=hand)
    while composed(source).card.name != "a9":  # the largest one, on one panel first
        source = with_more(source, 3)
    made = make(source, with_envelope=False)
    shaper = shaper_for(made.hand, language("en"))
    spare = words_to_spare(source.note, made.composed, shaper, is_auto=True)
    assert spare.until == "panel"
    now = composed(source)
    at_most = composed(with_more(source, spare.count))
    after = composed(with_more(source, spare.count + 1 + spare.count // 20))
    assert (at_most.card.name, len(at_most.pages)) == (now.card.name, len(now.pages))
    assert len(after.pages) > len(now.pages)


def test_a_full_panel_has_nothing_to_spare():
    source = noted(card="a7")
    full = with_more(source, spare_of(source).count)
    assert spare_of(full).count <= 1


def test_people_who_count_characters_are_told_characters():
    needs_hand(JAPANESE["hand"])
    source = note_of({**JAPANESE, "card": "iso-a6"})
    spare = spare_of(source)
    assert spare.count > 10
    more = JAPANESE["paragraphs"] * 9
    for count, is_alike in ((spare.count, True), (spare.count + 4, False)):
        words = JAPANESE["paragraphs"] + more[:count]
        longer = note_of({**JAPANESE, "card": "iso-a6", "paragraphs": words})
        assert (len(composed(longer).pages) == len(composed(source).pages)) == is_alike


def test_the_meter_costs_little_beside_the_card():
    source = noted(card="a7")
    spare_of(source)
    took = []
    for number in range(7):
        changed = with_more(source, number)
        made = make(changed, with_envelope=False)
        shaper = shaper_for(made.hand, language("en"))
        start = time.perf_counter()
        words_to_spare(changed.note, made.composed, shaper)
        took.append(time.perf_counter() - start)
    assert sorted(took)[3] < 0.025
