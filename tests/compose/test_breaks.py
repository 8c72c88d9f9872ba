"""Lines end where a person would end them, and never inside what belongs together."""

import random
import unicodedata
from itertools import pairwise

import pyphen
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairhand.compose.breaks import divided
from fairhand.compose.division import SOFT_HYPHEN, is_address
from fairhand.compose.setting import Part, least_lines, set_lines
from fairhand.compose.shape import Shaper
from fairhand.compose.ties import is_tied
from fairhand.hand.hand import bundled_hand
from fairhand.layout.model import Block
from fairhand.note.language import language

calm = settings(deadline=None, derandomize=True)

HAND = bundled_hand("mynerve")
SHAPERS = {tag: Shaper(HAND, language(tag)) for tag in ("en", "de", "fr", "es", "pl", "vi", "it")}
TEXT = (
    "we had such fun and it was lovely to see you all again thank you so much for having us here "
    "tomorrow remember conversation workshop garden"
)
WIDE = 1e6
FILLER = TEXT.split()
TOGETHER = [
    ("en", "Ms. Okafor"), ("en", "Mr. Lee’s"), ("en", "“Dr. Lee”"), ("en", "Aunt Rosa"),
    ("en", "J. R. Smith"), ("en", "November 22"), ("en", "November 22, 2026"), ("en", "May 2nd"),
    ("en", "22 November 2026"), ("en", "10 km"), ("en", "10 a.m."), ("en", "50 %"),
    ("de", "Frau Dr. Keller"), ("de", "Herrn Weber"), ("de", "22. November 2026"),
    ("de", "17 Uhr"), ("fr", "Mme Dupont"), ("fr", "M. Roy"), ("fr", "22 novembre 2026"),
    ("fr", "1er mai"), ("fr", "merci !"), ("fr", "quoi ?"), ("fr", "« merci »"), ("fr", "ici ;"),
    ("es", "Sra. López"), ("es", "don Luis"), ("es", "22 de noviembre de 2026"),
    ("pl", "w domu"), ("pl", "22 listopada 2026"), ("it", "Sig.ra Rossi"),
    ("vi", "ngày 22 tháng 11"),
]  # fmt: skip
LONG_WORDS = [
    ("de", "Donaudampfschifffahrtsgesellschaftskapitän"), ("en", "w" * 80),
    ("en", "https://www.example.org/a/very/long/path/that/goes/on"), ("en", "1" * 60),
    ("en", "incomprehensibilities,"), ("en", "anti-disestablishmentarianism-and-more"),
    ("en", "«extraordinarily»!"), ("vi", "nghiêngnghiêngnghiêngnghiêngnghiêng"),
]  # fmt: skip


def set_in(text, measure, tag="en", first_indent=0.0):
    shaper = SHAPERS[tag]
    block = Block(first_indent=first_indent / measure)
    part = Part("body", "paragraphs 1", (tuple(shaper.units(text, rtl=False)),), block)
    return set_lines([part], measure, shaper)


def natural_width(text, tag="en"):
    (line,) = set_in(text, WIDE, tag)
    return line.width


def text_of(line):
    return "".join(word.text + " " * spaced for word, _, spaced in line.words)


def lines_of(text, measure, tag="en"):
    return [text_of(line) for line in set_in(text, measure, tag)]


def undivided(lines):
    return " ".join(lines).replace(f"{SOFT_HYPHEN} ", "")


def paragraph(seed, least=6, most=40):
    chance = random.Random(seed)
    return [chance.choice(FILLER) for _ in range(chance.randint(least, most))]


words = st.lists(st.sampled_from([*FILLER, "I", "a", "Ms.", "Okafor,", "May", "3", "well.", "–"]),
                 min_size=1, max_size=40)  # fmt: skip
measures = st.floats(5.0, 22.0)


@calm
@given(words, measures)
def test_no_word_is_lost_or_moved(words, measure):
    assert undivided(lines_of(" ".join(words), measure)).split() == words


@calm
@given(words, measures, st.floats(0.0, 2.0))
def test_no_line_is_wider_than_the_measure_but_for_a_squeezed_word(words, measure, indent):
    for line in set_in(" ".join(words), measure, first_indent=indent):
        assert line.width <= (measure - line.indent) * 1.0151


@calm
@given(words, measures)
def test_the_same_words_are_always_broken_alike(words, measure):
    text = " ".join(words)
    assert lines_of(text, measure) == lines_of(text, measure)


@calm
@given(words)
def test_what_fits_on_one_line_stays_on_one_line(words):
    text = " ".join(words)
    assert lines_of(text, natural_width(text) + 0.001) == [text]


@pytest.mark.parametrize(("tag", "pair"), TOGETHER)
def test_what_belongs_together_is_not_parted(tag, pair):
    least = natural_width(pair, tag)
    for seed in range(25):
        start = paragraph(seed, 0, 9)
        text = " ".join([*start, pair, *paragraph(seed + 100, 1, 9)])
        for measure in (least * 1.02, least * 1.3, 9, 12, 15, 20):
            if measure > least:
                lines = lines_of(text, measure, tag)
                assert any(pair in line for line in lines), lines


@pytest.mark.parametrize(
    ("tag", "text"),
    [("en", "may I come"), ("en", "the miss was mine"), ("en", "in May we met"),
     ("en", "at 10 we met"),
     ("de", "im Mai kam sie"), ("fr", "me voici"), ("es", "su don es raro")],
)  # fmt: skip
def test_words_that_only_look_tied_are_free(tag, text):
    assert not any(is_tied(*pair, language(tag)) for pair in pairwise(text.split()))


def test_a_tie_that_cannot_be_kept_gives_way():
    lines = lines_of("Prof. Dr. J. R. R. Okafor-Whitfield", 6)
    assert " ".join(lines) == "Prof. Dr. J. R. R. Okafor- Whitfield"
    assert len(lines) > 1


@pytest.mark.parametrize("measure", [11, 13, 16, 19])
def test_a_last_word_is_seldom_left_alone(measure):
    lonely = total = 0
    for seed in range(120):
        lines = lines_of(" ".join(paragraph(seed)), measure)
        total += len(lines) > 1
        lonely += len(lines) > 1 and " " not in lines[-1]
    assert total > 60
    assert lonely <= 0.01 * total


@pytest.mark.parametrize("measure", [11, 13, 16])
def test_a_word_that_would_be_alone_gets_company_from_the_line_before(measure):
    greedy_lonely = still_lonely = 0
    for seed in range(300):
        text = paragraph(seed)
        greedy = [[]]
        for word in text:
            if natural_width(" ".join([*greedy[-1], word])) > measure:
                greedy.append([])
            greedy[-1].append(word)
        if len(greedy) > 2 and len(greedy[-1]) == 1 and len(greedy[-2]) > 2:
            greedy_lonely += 1
            still_lonely += " " not in lines_of(" ".join(text), measure)[-1]
    assert greedy_lonely > 30
    assert still_lonely <= 0.03 * greedy_lonely


def test_no_short_line_stands_alone_among_long_ones():
    for seed in range(60):
        lines = set_in(" ".join(paragraph(seed, 25, 50)), 15)
        inner = [line.width for line in lines[:-1]]
        for before, line, after in zip(inner, inner[1:], inner[2:], strict=False):
            assert line > 0.5 * min(before, after)


@pytest.mark.parametrize(("tag", "word"), LONG_WORDS)
@pytest.mark.parametrize("measure", [4, 6, 8.5])
def test_a_word_wider_than_the_measure_is_divided_and_nothing_is_lost(tag, word, measure):
    lines = set_in(f"see {word} now", measure, tag)
    assert all(line.width <= measure * 1.0151 for line in lines)
    parts = "".join(part.text for line in lines for part, _, _ in line.words)
    assert parts.replace(SOFT_HYPHEN, "") == f"see{word}now"


@calm
@given(st.text("abcdefghijklmnopqrstuvwxyz-.’", min_size=1, max_size=60), st.floats(2.5, 12.0))
def test_any_word_is_divided_without_loss(word, measure):
    parts = "".join(lines_of(word, measure))
    assert parts.replace(SOFT_HYPHEN, "") == word


def test_the_work_of_dividing_a_word_grows_with_its_length_and_not_faster(monkeypatch):
    trials = []
    real = Shaper.word
    monkeypatch.setattr(Shaper, "word", lambda *a, **k: (trials.append(1), real(*a, **k))[1])
    counts = []
    for length in (100, 400):
        trials.clear()
        shaper = Shaper(HAND, language("en"))
        divided(shaper.units("w" * length, rtl=False), 8, shaper)
        counts.append(len(trials))
    assert counts[1] < 8 * counts[0]


def test_a_word_that_fits_is_never_hyphenated():
    for seed in range(40):
        text = " ".join(paragraph(seed))
        widest = max(natural_width(word) for word in text.split())
        for measure in (widest + 0.01, 12):
            assert SOFT_HYPHEN not in "".join(lines_of(text, measure))


def test_a_long_word_is_divided_where_its_language_divides_it():
    parts = lines_of("Donaudampfschifffahrtsgesellschaftskapitän", 9, "de")
    divided_by_a_person = "Do nau dampf schiff fahrts ge sell schafts ka pi tän"
    syllables = divided_by_a_person.split()
    ends = {len("".join(syllables[:count])) for count in range(len(syllables) + 1)}
    length = 0
    for part in parts:
        length += len(part.replace(SOFT_HYPHEN, ""))
        assert length in ends


def test_a_compound_breaks_after_its_own_hyphen_without_another():
    lines = lines_of("anti-disestablishment-arianism", 8.5)
    assert all(line.endswith("-") for line in lines[:-1])
    assert SOFT_HYPHEN not in "".join(lines)


ADDRESSES = [
    "https://www.example.org/a/very/long/path/that/goes/on", "firstname.lastname@company-name.com",
    "www.example.org/thanks?from=ann&to=tom", "https://example.org/0123456789abcdef0123456789",
    "example-of-a-rather-long-name.org",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("about", ["{}", "({}).", "{},"])
def test_no_hyphen_is_put_into_an_address(address, about):
    """A reader would type it; where it can be, it is cut after a mark of its own."""
    written = about.format(address)
    assert is_address(written)
    for measure in (5, 8, 12):
        lines = lines_of(f"see {written} now", measure)
        assert SOFT_HYPHEN not in "".join(lines)
        assert "".join(lines).replace(" ", "") == f"see{written}now"
    lines = lines_of(f"see {address} now", natural_width("firstname.lastname@example") + 0.1)
    for line in lines[:-1]:
        assert line.endswith((" ", "see", "/", ".", "@", "-", "?", "&", "=")) or len(line) > 12


@pytest.mark.parametrize(
    "word", ["Sig.ra", "a.m.", "and/or", "3.11.2026", "etc.", "so...well", "@"]
)
def test_a_word_with_a_mark_in_it_is_not_an_address(word):
    assert not is_address(word)


def test_an_address_goes_to_the_next_line_rather_than_being_cut():
    address = "firstname@example-company.com"
    measure = natural_width(address) + 0.1
    assert address in lines_of(f"please write to me, to {address}", measure)


@pytest.mark.parametrize("about", ["{}", "«{}»!", "({}),", "“{}?”", "{}:"])
def test_marks_about_a_word_do_not_keep_its_language_from_dividing_it(about):
    word = "incomprehensibilities"
    points = {0, len(word), *pyphen.Pyphen(lang="en_US").positions(word)}
    text = about.format(word)
    parts = divided_parts(text, natural_width("incompre-"))
    assert len(parts) > 2
    place = -text.index(word)
    for part in parts[:-1]:
        assert part.endswith(SOFT_HYPHEN)
        place += len(part) - 1
        assert place in points


def divided_parts(text, measure, tag="en", hand=None):
    shaper = Shaper(hand, language(tag)) if hand else SHAPERS[tag]
    units = divided(shaper.units(text, rtl=False), measure, shaper)
    return [unit.shaped.text for unit in units]


@pytest.mark.parametrize(
    ("name", "tag", "word"),
    [("mynerve", "en", "x\u0302y\u0302z\u0302" * 12), ("kalam", "hi", "क्षत्रियश्रीमतिज्ञान" * 4),
     ("playpen-sans-hebrew", "he", "שָׁלוֹם" * 8)],
)  # fmt: skip
def test_no_letter_is_parted_from_its_marks(name, tag, word):
    parts = divided_parts(word, 3.0, tag, bundled_hand(name))
    assert len(parts) > 3
    for part in parts:
        assert not unicodedata.combining(part[0])
        assert unicodedata.category(part[0]) not in ("Mn", "Mc")
        assert not part.removesuffix(SOFT_HYPHEN).endswith("\u094d"), "a conjunct is torn"
    assert "".join(parts).replace(SOFT_HYPHEN, "") == word


@pytest.mark.parametrize(
    "text", ["a well-known face", "a brother-in-law’s car", "this and/or that"]
)
def test_a_word_with_a_hyphen_is_one_word_where_it_stands_on_one_line(text):
    (line,) = set_in(text, WIDE)
    assert [word.text for word, _, _ in line.words] == text.split()


@pytest.mark.parametrize("text", ["e-mail", "X-ray", "-5", "+1", "3-4", "12:30", "a.m."])
def test_a_short_piece_is_not_left_at_the_end_of_a_line(text):
    pieces = SHAPERS["en"].units(f"word {text} word", rtl=False)
    assert text in [unit.shaped.text for unit in pieces]


def test_words_that_belong_together_are_tied_each_to_the_next():
    for tag, text in TOGETHER:
        assert all(is_tied(*pair, language(tag)) for pair in pairwise(text.split())), text


WORDS = st.lists(
    st.sampled_from(
        [*FILLER, "well-kept", "www.example.org/a/b", "it’s", "“so”", "extraordinarily"]
    ),
    max_size=60,
)


@calm
@given(paragraphs=st.lists(WORDS, min_size=1, max_size=4), measure=st.floats(2.5, 40))
def test_no_break_has_fewer_lines_than_are_reckoned_beforehand(paragraphs, measure):
    """A size is given up by this number without a look at the lines (`copyfit`)."""
    shaper = SHAPERS["en"]
    parts = [
        Part("body", f"paragraphs {number}", (shaper.units(" ".join(words), rtl=False),), Block())
        for number, words in enumerate(paragraphs, 1)
    ]
    count = len(set_lines(parts, measure, shaper))
    assert least_lines(parts, measure, shaper) <= count
    assert least_lines(parts, WIDE, shaper) == len(parts)


def test_the_reckoning_is_not_far_off():
    shaper = SHAPERS["en"]
    units = shaper.units(" ".join(FILLER * 4), rtl=False)
    part = Part("body", "paragraphs 1", (units,), Block())
    for measure in (10.0, 15.0, 20.0, 30.0):
        lines = len(set_lines([part], measure, shaper))
        assert least_lines([part], measure, shaper) >= 0.8 * lines
