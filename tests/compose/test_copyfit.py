"""A note fills its card legibly: never under the floor, never cut, and refused with the truth."""

import re
from itertools import pairwise

import pytest

from fairhand.compose.card import compose_card
from fairhand.compose.copyfit import size_range
from fairhand.compose.division import SOFT_HYPHEN
from fairhand.compose.shape import Shaper
from fairhand.errors import InputError
from fairhand.hand.hand import bundled_hand, hands
from fairhand.job import make, read
from fairhand.layout.catalogue import card_layout, card_layouts
from fairhand.note.language import language as language_of
from fairhand.stationery.catalogue import auto_cards, card
from fairhand.units import MM

TEXT = (
    "Thank you for the long afternoon in your garden and for the tea which I have been telling "
    "everybody about since then because nobody else makes it with so much patience and care"
)
PLAIN = TEXT.split()
CARDS = ["4bar", "4bar-flat-wide", "a2", "a6-tent", "a7", "postcard", "bristol", "iso-dl-flat"]
CASES = [(name, count) for name in CARDS for count in (3, 34)]
CASES += [("a2", 150), ("a2", 330), ("a7", 300), ("a6-tent", 200), ("iso-dl-flat", 160)]
SOME_HANDS = ["mynerve", "homemade-apple", "caveat", "playwrite-us-trad"]
ROUNDING = 0.01
TOO_MANY = re.compile(r"about (\d+) words? too long")
QUOTED = re.compile(r'"([\w-]+)"')


def words(count):
    return (PLAIN * (count // len(PLAIN) + 1))[:count]


def note(count, **fields):
    """Return a note of some words in paragraphs of forty or fewer."""
    body = words(count)
    paragraphs = [" ".join(body[start : start + 40]) for start in range(0, count, 40)]
    return {"salutation": "Dear Ana,", "paragraphs": paragraphs, "valediction": "With love,",
            "signature": "Tom"} | fields  # fmt: skip


def compose(count, **fields):
    return make(read(note(count, **fields)), with_envelope=False).composed


def fitted(entry, count, **fields):
    """Return the note on that card and no other, or None when it does not fit."""
    source = read(note(count, **fields)).note
    shaper = Shaper(bundled_hand(source.hand), language_of(source.language))
    return compose_card(source, entry, card_layout("auto", entry), shaper)


def text_of(composed):
    return " ".join(page.text for page in composed.pages).split()


@pytest.mark.parametrize(("name", "count"), CASES)
def test_writing_is_never_smaller_than_the_floor_nor_larger_than_the_ceiling(name, count):
    for hand in SOME_HANDS if count < 40 else SOME_HANDS[:1]:
        composed = compose(count, card=name, hand=hand)
        floor, _, ceiling = size_range(composed.layout, large=False)
        assert floor - ROUNDING <= composed.x_height_mm * MM <= ceiling + 0.02 * MM
        for page in composed.pages:
            for line in page.lines:
                role = composed.layout.block(line.role)
                x_height = line.size * page.x_height_em / role.size
                assert x_height == pytest.approx(composed.x_height_mm * MM, abs=0.02 * MM)


@pytest.mark.parametrize(("name", "count"), CASES)
def test_every_word_of_the_note_is_on_the_card_once_and_in_order(name, count):
    composed = compose(count, card=name, postscript="P.S. Come soon.", date="Sunday")
    body = " ".join(words(count))
    expected = f"Sunday Dear Ana, {body} With love, Tom P.S. Come soon."
    assert " ".join(text_of(composed)) == expected


@pytest.mark.parametrize(("name", "count"), CASES)
def test_lines_stand_inside_the_block_one_under_the_other(name, count):
    for page in compose(count, card=name).pages:
        baselines = [line.y for line in page.lines]
        assert baselines == sorted(baselines, reverse=True)
        assert all(a - b > page.pitch * 0.5 for a, b in pairwise(baselines))
        assert page.block.bottom - 1 < baselines[-1]
        assert baselines[0] < page.block.top
        for line in page.lines:
            last = line.words[-1]
            assert line.words[0].x >= page.safe.left - ROUNDING
            assert last.x + last.shaped.ink_right_em * line.size <= page.safe.right + ROUNDING


@pytest.mark.parametrize("count", [3, 30, 60])
@pytest.mark.parametrize("name", ["a2", "a7", "postcard"])
def test_large_writing_has_an_x_height_of_at_least_3_5_mm(name, count):
    found = fitted(card(name), count, large=True)
    assert found is None or found.x_height_mm >= 3.5
    assert found or count > 3


@pytest.mark.parametrize(
    "word", ["incomprehensibilities", "Donaudampfschifffahrtskapitän", "w" * 16]
)
@pytest.mark.parametrize("name", ["a2", "4bar", "iso-dl-flat", "a6-tent"])
def test_a_word_is_written_smaller_before_it_is_cut(name, word):
    """And a short note does not grow until its words are cut."""
    for count in (2, 30):
        composed = compose(count, paragraphs=[*map(" ".join, [words(count)]), word], card=name)
        assert word in text_of(composed)


def test_a_word_that_fits_at_no_size_is_cut_and_spoils_no_other():
    composed = compose(0, paragraphs=["w" * 90, "incomprehensibilities " * 6], card="4bar")
    text = " ".join(text_of(composed))
    assert f"w{SOFT_HYPHEN} w" in text
    assert text.count("incomprehensibilities") == 6


def test_a_short_note_is_written_larger_than_a_long_one():
    sizes = [compose(count, card="a2").x_height_mm for count in (3, 60, 330)]
    assert sizes[0] > sizes[1] > sizes[2]


def test_a_note_grows_with_its_card():
    sizes = [compose(140, card=name, layout="letter").x_height_mm for name in ("a5-sheet", "a4")]
    assert sizes[0] < sizes[1]


@pytest.mark.parametrize(
    ("name", "counts"),
    [("a2", (20, 130, 200, 330)), ("a2-tent", (20, 130, 200, 330)), ("a2-flat", (20, 130, 270)),
     ("letter", (20, 300, 900))],
)  # fmt: skip
def test_a_long_note_runs_on_through_the_panels_in_the_order_of_the_layout(name, counts):
    used = []
    for count in counts:
        composed = compose(count, card=name)
        panels = tuple(page.name for page in composed.pages)
        tries = composed.layout.flows(card(name))
        assert panels in {flow[:length] for flow in tries for length in range(1, 4)}
        used.append(len(panels))
        assert text_of(composed) == ["Dear", "Ana,", *words(count), "With", "love,", "Tom"]
    assert used == sorted(used)
    assert used[0] == 1
    assert used[-1] == len(tries[-1])


@pytest.mark.parametrize("count", [120, 150, 180, 210, 240])
def test_the_closing_does_not_go_over_to_the_next_panel_alone(count):
    for name in ("a2", "a2-flat"):
        for page in compose(count, card=name).pages[1:]:
            roles = [line.role for line in page.lines]
            assert roles.count("body") >= 2 or roles[0] != "valediction"
            assert roles[0] not in ("signature", "valediction")


@pytest.mark.parametrize("count", [20, 80, 140, 220, 330])
@pytest.mark.parametrize("language", ["en", "de"])
def test_auto_takes_the_smallest_card_on_which_the_note_is_comfortable(count, language):
    composed = compose(count, card="auto", language=language)
    tries = auto_cards("us" if language == "en" else "iso")
    fits = [(entry.name, fitted(entry, count, language=language)) for entry in tries]
    comfortable = [name for name, found in fits if found and found.comfortable]
    if comfortable:
        assert composed.card.name == comfortable[0]
        assert composed.comfortable
    assert composed.card in tries


def test_a_comfortable_note_has_the_comfortable_size_and_its_full_margins():
    composed = compose(60, card="a2")
    _, comfortable, _ = size_range(composed.layout, large=False)
    assert composed.comfortable
    assert composed.x_height_mm * MM >= comfortable - 0.02 * MM
    (page,) = composed.pages
    assert page.block.left == pytest.approx(composed.layout.margin.left)


def test_a_note_that_is_comfortable_is_not_refused_because_smaller_writing_would_not_fit():
    """At the floor the margins are least, and the ink of long swashes reaches over them."""
    fields = {"hand": "homemade-apple", "card": "hagaki", "layout": "picture"}
    words = [
        "Seven candles are all that the front holds, so imagine the other thirty-three.",
        "Save me a slice with icing. I am on the four o'clock train.",
    ]
    source = note(0, salutation="Dear café,", valediction="Love,", signature="", **fields)
    made = make(read({**source, "paragraphs": words}), with_envelope=False)
    assert made.composed.comfortable


def test_short_writing_stands_in_the_upper_half_of_its_panel_but_not_at_its_top():
    (page,) = compose(20, card="a7").pages
    above = page.block.top - page.lines[0].y
    below = page.lines[-1].y - page.block.bottom
    assert 0 < above < below * 1.1


def test_ruled_writing_stands_on_its_rules():
    for count in (20, 90, 180):
        for page in compose(count, card="a2", layout="ruled").pages:
            drops = [min(abs(line.y - rule) for rule in page.rules) for line in page.lines]
            assert max(drops) - min(drops) < 0.1
            assert max(drops) < 0.3 * page.x_height_em * page.lines[0].size


def test_one_word_more_leaves_the_lines_before_it_as_they_were():
    first = "Thank you for the tea."
    before = make(read(note(0, paragraphs=[first, "It was good."], card="a2"))).composed
    after = make(read(note(0, paragraphs=[first, "It was very good."], card="a2"))).composed
    lines = [
        [word.shaped.text for word in page.lines[1].words] for page in (*before.pages, *after.pages)
    ]
    assert lines[0] == lines[1] == first.split()


@pytest.fixture(scope="module")
def refusal():
    with pytest.raises(InputError) as error:
        compose(160, card="postcard")
    return error.value


def test_what_does_not_fit_is_refused_with_the_number_of_words_too_many(refusal):
    too_many = int(TOO_MANY.search(refusal.message)[1])
    body = " ".join(words(160)[: 160 - too_many])
    assert compose(0, paragraphs=[body], card="postcard").card.name == "postcard"
    with pytest.raises(InputError):
        compose(160 - too_many // 2, card="postcard")


def test_the_card_and_the_hand_that_are_named_do_take_it(refusal):
    cards, _, others = refusal.hint.partition(" On this one it fits in the hand ")
    assert QUOTED.findall(cards)
    for name in QUOTED.findall(cards)[:2]:
        assert compose(160, card=name).card.name == name
    for name in QUOTED.findall(others)[:2]:
        assert name in hands()
        assert compose(160, card="postcard", hand=name).card.name == "postcard"


def test_a_body_alone_that_is_too_long_is_refused_with_its_number_of_words():
    alone = {"salutation": "", "valediction": "", "signature": "", "card": "postcard"}
    with pytest.raises(InputError) as error:
        compose(160, **alone)
    too_many = int(TOO_MANY.search(error.value.message)[1])
    body = " ".join(words(160)[: 160 - too_many])
    assert compose(0, paragraphs=[body], **alone).card.name == "postcard"


def test_a_name_that_is_too_long_is_not_blamed_on_the_words_of_the_body():
    with pytest.raises(InputError) as error:
        compose(5, card="postcard", signature="w" * 60 + " " + "and company " * 30)
    too_many = TOO_MANY.search(error.value.message)
    assert not too_many or int(too_many[1]) > 5


@pytest.mark.parametrize("name", ["a2", "a2-flat", "letter"])
@pytest.mark.parametrize("field", ["front", "imprint"])
def test_words_for_the_outside_are_written_or_their_absence_is_told(name, field):
    for count in (20, 200, 330 if name == "a2" else 250):
        try:
            made = make(read(note(count, card=name, **{field: "Zebra"})))
            told = " ".join(made.notices)
            found = text_of(made.composed)
        except InputError as error:
            told, found = error.message, []
        assert (f'"{field}"' in told) != ("Zebra" in found)


@pytest.mark.parametrize("name", card_layouts())
def test_large_print_is_the_same_in_every_layout(name):
    assert size_range(card_layouts()[name], large=True)[0] == pytest.approx(3.5 * MM)
