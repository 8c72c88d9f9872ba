"""Writing moves words as a hand does, by the amounts of people, and loses none of them."""

from __future__ import annotations

import itertools
import statistics
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import pytest

from fairhand.compose.page import ComposedPage
from fairhand.geometry import Affine
from fairhand.hand.hand import hands
from fairhand.job import Made, make, read
from fairhand.layout.catalogue import card_layouts
from fairhand.write.hand_page import write_page
from fairhand.write.page import WrittenPage, WrittenWord

SAMPLE = Path(__file__).parents[2] / "samples" / "after-rejection" / "note.md"
HANDS = sorted(hands())
LAYOUTS = sorted(card_layouts())
SEEDS = [str(seed) for seed in range(6)]


@lru_cache(maxsize=256)
def made(**overrides: object) -> Made:
    return make(read(SAMPLE, **overrides), with_envelope=False)


def written(card: Made) -> list[WrittenPage]:
    return [placed.page for sheet in card.card_sheets for placed in sheet.placements]


def pages(card: Made) -> list[tuple[ComposedPage, WrittenPage]]:
    by_name = {page.name: page for page in written(card)}
    return [(page, by_name[page.name]) for page in card.composed.pages]


def words_of(page: ComposedPage | WrittenPage) -> list[list[str]]:
    return [[word.shaped.text for word in line.words] for line in page.lines]


@pytest.mark.parametrize("name", HANDS)
def test_neatness_0_is_exactly_what_was_composed(name: str) -> None:
    for page, result in pages(made(hand=name, neatness=0)):
        assert result.strength == 0
        for line, drawn in zip(page.lines, result.lines, strict=True):
            for word, place in zip(line.words, drawn.words, strict=True):
                assert tuple(place.matrix) == (line.size, 0, 0, line.size, word.x, line.y)
                assert set(place.forms) <= {0}


@pytest.mark.parametrize("neatness", [0, 1, 1.5])
@pytest.mark.parametrize("name", HANDS)
def test_every_word_is_written_once_and_in_its_place(name: str, neatness: float) -> None:
    for page, result in pages(made(hand=name, neatness=neatness)):
        assert words_of(page) == words_of(result)
        for line, drawn in zip(page.lines, result.lines, strict=True):
            for word, place in zip(line.words, drawn.words, strict=True):
                assert place.shaped is word.shaped
                assert place.spaced == word.spaced
                assert len(place.forms) == len(word.shaped.glyphs)


@pytest.mark.parametrize("name", HANDS)
def test_a_card_holds_all_the_words_of_its_note(name: str) -> None:
    card = made(hand=name)
    composed = Counter(word for page in written(card) for line in words_of(page) for word in line)
    assert composed == Counter(card.source.note.words.split())


@pytest.mark.parametrize("neatness", [0, 1, 1.5])
@pytest.mark.parametrize("name", HANDS)
def test_words_stand_in_order_with_room_between_them(name: str, neatness: float) -> None:
    """A gap that nearly closes is read as no gap: half an x-height is the least.

    Only where the hand itself sets two words closer may they stand so close.
    """
    for page, result in pages(made(hand=name, neatness=neatness)):
        for line, drawn in zip(page.lines, result.lines, strict=True):
            x_height = page.x_height_em * line.size
            composed = [
                WrittenWord(word.shaped, (), Affine(line.size, e=word.x), word.spaced)
                for word in line.words
            ]
            own = itertools.pairwise(composed)
            moved = itertools.pairwise(drawn.words)
            for (left, right), (now_left, now_right) in zip(own, moved, strict=True):
                least = min(0.5, 0.8 * visible_gap(left, right, page.x_height_em) / x_height)
                gap = visible_gap(now_left, now_right, page.x_height_em) / x_height
                assert gap >= least - 0.1, f"{left.shaped.text} {right.shaped.text}"


def visible_gap(left: WrittenWord, right: WrittenWord, x_height_em: float) -> float:
    """Return the paper between two words on the height of the small letters, points.

    Tails below the line and flags above it may reach into a gap, as they do in all writing.
    """
    return edges(right, x_height_em)[0] - edges(left, x_height_em)[1]


def edges(word: WrittenWord, x_height_em: float) -> tuple[float, float]:
    """Return where the ink of a word begins and ends on the height of the small letters."""
    columns = word.shaped.columns
    body = columns[(columns[:, 1] < 0.8 * x_height_em) & (columns[:, 2] > 0.2 * x_height_em)]
    if not len(body):
        body = columns
    start, end = body[:, 0].min(), body[:, 0].max() + word.shaped.column_em
    return word.matrix.e + word.matrix.a * start, word.matrix.e + word.matrix.a * end


@pytest.mark.parametrize("name", ["mynerve", "homemade-apple"])
def test_more_neatness_is_less_motion(name: str) -> None:
    def motion(neatness: float) -> float:
        moved = []
        for seed in SEEDS[:4]:
            for page, result in pages(made(hand=name, neatness=neatness, seed=seed)):
                for line, drawn in zip(page.lines, result.lines, strict=True):
                    for word, place in zip(line.words, drawn.words, strict=True):
                        moved.append(np.hypot(place.matrix.e - word.x, place.matrix.f - line.y))
        return float(np.mean(moved))

    amounts = [motion(neatness) for neatness in (0, 0.25, 0.5, 1.0)]
    assert amounts[0] == 0
    assert amounts == sorted(amounts)
    assert amounts[-1] > 1.5 * amounts[1]


def test_another_seed_moves_the_hand_otherwise() -> None:
    one, other = (written(made(seed=seed))[0] for seed in ("1", "2"))
    assert words_of(one) == words_of(other)
    for line, again in zip(one.lines, other.lines, strict=True):
        for word, other_word in zip(line.words, again.words, strict=True):
            assert word.matrix != other_word.matrix


def test_writing_a_page_again_gives_the_same_page() -> None:
    card = made()
    page = card.composed.pages[0]
    again = [write_page(page, card.hand, card.ink, card.pen, "1", 1.0) for _ in range(2)]
    assert again[0] == again[1]


# How much people vary, from hand.md (CSAFE and IAM-OnDB pages): the medians of writers.


@cache
def body_lines(name: str) -> list[tuple[float, float, list[WrittenWord]]]:
    """Return (x-height, x-height in em, words) of all full lines over several seeds."""
    found = []
    for seed in SEEDS:
        for page, result in pages(made(hand=name, seed=seed)):
            for line, drawn in zip(page.lines, result.lines, strict=True):
                if line.role == "body" and len(line.words) > 3:
                    x_height = page.x_height_em * line.size
                    found.append((x_height, page.x_height_em, list(drawn.words)))
    return found


LIVELY = ["mynerve", "caveat", "homemade-apple", "bad-script"]


@pytest.mark.parametrize("name", LIVELY)
def test_slant_varies_between_words_by_a_few_degrees(name: str) -> None:
    """People: 2.5 degrees."""
    degrees = [
        np.degrees((word.matrix.c + word.matrix.b) / word.matrix.d)
        for _, _, words in body_lines(name)
        for word in words
    ]
    assert 1.2 < statistics.stdev(degrees) < 4.0


@pytest.mark.parametrize("name", LIVELY)
def test_words_ride_off_their_line_by_a_seventh_of_an_x_height(name: str) -> None:
    """People: 0.15 x-heights about a straight line through the words."""
    off = []
    for x_height, _, words in body_lines(name):
        x = np.array([w.matrix.e + 0.5 * w.matrix.a * w.shaped.width_em for w in words])
        y = np.array([w.matrix.f + 0.5 * w.matrix.b * w.shaped.width_em for w in words])
        off += list((y - np.polyval(np.polyfit(x, y, 1), x)) / x_height)
    assert 0.06 < statistics.stdev(off) < 0.25


@pytest.mark.parametrize("name", LIVELY)
def test_lines_slope_by_half_a_degree(name: str) -> None:
    """People: 0.45 degrees between the lines of a page."""
    slopes = []
    for _, _, words in body_lines(name):
        slope = np.polyfit([w.matrix.e for w in words], [w.matrix.f for w in words], 1)[0]
        slopes.append(np.degrees(slope))
    assert 0.2 < statistics.stdev(slopes) < 1.1


@pytest.mark.parametrize("name", LIVELY)
def test_gaps_between_words_are_uneven(name: str) -> None:
    """People: their spread is 28 % of their mean."""
    gaps = [
        visible_gap(left, right, x_height_em) / x_height
        for x_height, x_height_em, words in body_lines(name)
        for left, right in itertools.pairwise(words)
        if left.spaced
    ]
    assert 0.12 < statistics.stdev(gaps) / statistics.mean(gaps) < 0.5


@pytest.mark.parametrize("name", LIVELY)
def test_the_left_margin_is_ragged_and_drifts_to_the_right(name: str) -> None:
    """People: starts scatter by 0.25 x-heights and drift by 0.09 a line."""
    drifts, scatters = [], []
    for seed in SEEDS:
        page, result = pages(made(hand=name, seed=seed, layout="classic"))[0]
        starts = [
            drawn.words[0].matrix.e / (page.x_height_em * line.size)
            for line, drawn in zip(page.lines, result.lines, strict=True)
            if line.role == "body"
        ]
        number = np.arange(len(starts))
        fit = np.polyfit(number, starts, 1)
        drifts.append(fit[0])
        scatters.append(np.std(np.array(starts) - np.polyval(fit, number)))
    assert statistics.mean(drifts) > 0.02
    assert 0.08 < statistics.mean(scatters) < 0.6


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rules_stay_straight_and_the_words_near_them(layout: str) -> None:
    """On ruled paper people hold the line; on all other paper there are no rules."""
    kind = card_layouts()[layout].kinds[0]
    card = {"folded": "iso-a5", "flat": "a7-flat", "postcard": "postcard-6x9", "sheet": "a4"}[kind]
    for page, result in pages(made(layout=layout, card=card, address_hand="same")):
        assert [shape.path[0][1][1] for shape in result.under] == list(page.rules)
        assert bool(page.rules) == (layout == "ruled")
        for line, drawn in zip(page.lines, result.lines, strict=True):
            if layout != "ruled":
                continue
            under = min(page.rules, key=lambda rule: abs(rule - line.y))
            x_height = page.x_height_em * line.size
            for word in drawn.words:
                assert abs(word.matrix.f - under) < 1.2 * x_height


@pytest.mark.parametrize("name", ["postcard", "postcard-max", "postcard-6x9", "iso-postcard"])
@pytest.mark.parametrize("sentences", [1, 3, 5])
def test_the_address_of_a_postcard_keeps_its_place_beside_a_long_note(
    name: str, sentences: int
) -> None:
    note = {
        "to": ["Ruth Lindgren", "14 Orchard Lane", "Portland, OR 97205"],
        "salutation": "Dear Ruth,",
        "paragraphs": ["It rained all week. "] * sentences,
        "valediction": "Love,",
        "signature": "Ana and Tom",
        "card": name,
        "address_hand": "same",
    }
    card = make(read(note), with_envelope=False)
    ((page, result),) = pages(card)
    address = [index for index, line in enumerate(page.lines) if line.role == "address"]
    assert len(address) == 3
    tops = [page.lines[index].y for index in address]
    for index in address:
        moved = [word.matrix.f - page.lines[index].y for word in result.lines[index].words]
        assert max(map(abs, moved)) < 0.5 * (tops[0] - tops[1])
    # What machines read begins 5/8 in above the edge (USPS DMM 202).
    if card.composed.card.region == "us":
        assert result.lines[address[-1]].words[0].matrix.f > 0.625 * 72
