"""A note is looked at while it is written: nothing that a person types stops it."""

import re
import time
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairhand.errors import InputError
from fairhand.hand.hand import bundled_hand
from fairhand.job import read
from fairhand.job.drafts import begun, blanks_of, read_draft, starters
from fairhand.job.look import Look, looked, looked_at, remedies
from fairhand.note.model import Note
from fairhand.pictures import panel_picture, shown_panels

FILE = Path("samples/after-rejection/note.md")
NOTE = read_draft(FILE.read_bytes()).fields
LONG = {**NOTE, "card": "a2", "paragraphs": "\n\n".join([NOTE["paragraphs"]] * 6)}


def look(**changes):
    return looked({**NOTE, **changes}, FILE)


def test_a_finished_note_is_shown_and_may_be_printed():
    seen = look()
    assert seen.is_finished
    assert (seen.fault, seen.blanks, seen.marks) == (None, (), ())
    words = " ".join(page.text for page in seen.made.composed.pages)
    assert words.split() == read(FILE).note.words.split()
    assert seen.made.card_pdf() == looked_at(read(FILE)).made.card_pdf()
    assert re.fullmatch(r"10\d words; about \d+ to spare before .*", seen.meter.said)
    assert (seen.meter.count, seen.meter.unit) == (len(read(FILE).note.words.split()), "word")


@pytest.mark.parametrize("starter", starters(), ids=lambda one: one.name)
def test_a_starter_is_shown_with_all_its_blanks_marked(starter):
    for language in starter.languages:
        draft = begun(starter.name, language, {})
        seen = looked(draft.fields, FILE)
        assert seen.fault is None
        assert not seen.is_finished
        assert {blank.key for blank in seen.blanks} == {
            blank.key for blank in blanks_of(starter.name, language)
        }
        assert len(seen.blanks) <= len(seen.marks)
        words = " ".join(page.text for page in seen.made.composed.pages)
        assert not re.search(r"\[[^\]]*:", words), "hints are not written on the card"
        for blank in seen.blanks:
            assert blank.text in " ".join(str(draft.fields[blank.field]).split())


def test_marks_lie_about_the_ink_of_blanks_and_nothing_else():
    words = "One, two [topic: what you talked about] three [a longer blank that runs on over lines]"
    seen = look(paragraphs=f"{words} and then the rest of it, which is as long as a usual note is.")
    on_card = [mark for mark in seen.marks if not mark.panel.startswith("envelope")]
    assert len(on_card) >= 3
    assert {mark.panel for mark in on_card} <= {one.name for one in shown_panels(seen.made)}
    picture = panel_picture(seen.made, on_card[0].panel, 200).convert("L")
    for mark in on_card:
        box = (mark.left * picture.width, mark.top * picture.height,
               (mark.left + mark.width) * picture.width,
               (mark.top + mark.height) * picture.height)  # fmt: skip
        cut = picture.crop(tuple(map(round, box)))
        assert cut.getextrema()[0] < 128, "there is ink in it"
        assert 0 < mark.width < 1
        assert 0 < mark.height < 0.2
    without = look(paragraphs="One, two three and then the rest of it.")
    assert without.marks == ()


def test_a_blank_on_the_envelope_and_on_the_front_is_marked_there():
    seen = look(to="[name]\n12 Lincoln Road\nBoston, MA 02116", front="For [name]", card="a7")
    assert {mark.panel for mark in seen.marks} == {"envelope", "front"}
    assert {blank.field for blank in seen.blanks} == {"to", "front"}


def test_a_hand_without_brackets_shows_the_name_of_a_blank(tmp_path):
    font = TTFont(bundled_hand("mynerve").path.parent / bundled_hand("mynerve").data.font)
    for table in font["cmap"].tables:
        for bracket in "[]":
            table.cmap.pop(ord(bracket), None)
    font.save(tmp_path / "own.ttf")
    fields = {**NOTE, "paragraphs": "Thank you for [topic: what it was].", "hand": "own.ttf"}
    seen = looked(fields, tmp_path / "note.md")
    assert seen.fault is None
    assert "for topic." in " ".join(page.text for page in seen.made.composed.pages)
    assert [blank.key for blank in seen.blanks] == ["topic"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"hand": "no-such-hand"}, "hand"),
        ({"card": "no-such-card"}, "card"),
        ({"ink": "no-such-ink"}, "ink"),
        ({"pen": "no-such-pen"}, "pen"),
        ({"layout": "no-such-layout"}, "layout"),
        ({"language": "?"}, "language"),
        ({"neatness": "lots"}, "neatness"),
        ({"date": "1/2/3"}, "date"),
        ({"art": {"file": "no-such-front"}}, "art"),
        ({"art": {"file": "no-such.png"}}, "art"),
        ({"front": "Hello", "front_hand": "no-such-hand"}, "front_hand"),
        ({"front": "Hello", "front_ink": "no-such-ink"}, "front_ink"),
        ({"address_hand": "no-such-hand"}, "address_hand"),
        ({"to": {"name": "Ana", "city": "APO", "region": "AE", "country": "Germany"}}, "to"),
        ({"to": ["A name of far more letters than an envelope has room for, " * 3, "x"]}, "to"),
        ({"from": ["x"] * 40}, "from"),
        ({"colour": "blue"}, "colour"),
        ({"imb": "12"}, "imb"),
    ],
)
def test_one_setting_that_cannot_be_used_is_told_with_its_field(changes, field):
    seen = look(**changes)
    assert seen.made is None
    assert seen.fault.message
    assert seen.fault.field == field


@pytest.mark.parametrize("to", ["", "A", "Ana\n", "Ana\n1", {"city": "B"}, {"postcode": "0"}])
def test_an_address_that_is_hardly_begun_does_not_stop_the_picture(to):
    seen = look(to=to)
    assert seen.made is not None
    text = "\n".join(page.text for page in seen.made.envelope_pages)
    assert all(word in text for word in (to.values() if isinstance(to, dict) else to.split()))


def test_a_note_that_is_too_long_is_told_by_how_much():
    seen = looked(LONG, FILE)
    assert seen.made is None
    assert seen.meter.spare < 0
    assert seen.meter.said.endswith("too many for this card")
    words = LONG["paragraphs"].split()
    shorter = " ".join(words[: len(words) + seen.meter.spare])
    assert looked({**LONG, "paragraphs": shorter}, FILE).meter.spare >= 0


def test_a_remedy_that_is_taken_over_helps():
    found = remedies(LONG, FILE)
    assert found
    for remedy in found:
        assert looked({**LONG, **remedy.fields}, FILE).made is not None


def test_a_flat_card_with_art_may_give_up_its_art():
    fields = {**NOTE, "card": "4bar-flat", "art": "botanical"}
    found = remedies(fields, FILE)
    taken = [remedy for remedy in found if "art" in remedy.fields]
    assert [one.title for one in taken] == ["Take the art off the front, and write on both sides"]
    assert {key for one in found for key in one.fields} == {"card", "hand", "front", "art"}
    for one in found:
        assert looked({**fields, **one.fields}, FILE).made is not None


def test_where_it_fits_or_something_else_is_wrong_there_is_nothing_to_mend():
    assert remedies(NOTE, FILE) == ()
    assert remedies({**LONG, "ink": "no-such-ink"}, FILE) == ()


TEXT = st.text(max_size=40) | st.sampled_from(
    ["[x]", "{{ y }}", "xx", "\x00", "\ue000", "\ud800", "~", "[", "[]", "<name>", "____"]
)
VALUES = st.recursive(
    TEXT | st.integers() | st.floats() | st.booleans() | st.none(),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=5), one, max_size=3),
    max_leaves=5,
)
NAMES = [field.alias or name for name, field in Note.model_fields.items()]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4), st.booleans())
def test_whatever_is_typed_there_is_a_look(changes, whole):
    seen = looked({**NOTE, **changes} if whole else changes, FILE)
    assert isinstance(seen, Look)
    assert (seen.made is None) == (seen.fault is not None)
    assert isinstance(seen.fault, InputError | None)


def test_a_look_is_quick_enough_to_follow_the_typing():
    look()
    took = []
    for number in range(9):
        start = time.perf_counter()
        seen = look(paragraphs=f"{NOTE['paragraphs']} {'abcdefghi'[number]}")
        took.append(time.perf_counter() - start)
        assert seen.made
    assert sorted(took)[4] < 0.06


def test_a_blank_is_asked_for_in_words():
    fields = {"paragraphs": "I think of [topic: what you saw, such as a boat], [name] and ____."}
    found = looked(fields, Path("note.md")).blanks
    assert [one.asked for one in found] == ["What you saw", "Name", "____"]
