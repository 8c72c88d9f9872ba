"""Composed pages as effects see them: arrays over lines and words, and keys to draw from.

Many pages are looked at as one long page, for what numpy needs to begin an operation is more
than it needs for the hundred words of a card. Nothing on one page depends on another.
Unit: points, unless a name says em or the text says x-heights.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import numpy as np

from fairhand.hand.noise import deviate_of, deviates, keys, mixed, numbers, text_key
from fairhand.write.vocabulary import Vocabulary, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fairhand.compose.page import ComposedLine, ComposedPage, ShapedWord
    from fairhand.stationery.model import Pen

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Keys = NDArray[np.uint64]

DRIFTS: Final[dict[str, tuple[float, bool]]] = {
    "baseline": (9.0, False),
    "slant": (14.0, False),
    "turn": (11.0, False),
    "size": (16.0, False),
    "pressure": (1.6, True),
    "fill": (2.3, True),
}
"""What changes slowly: how far the hand goes until it has become another value, x-heights
along each line, or lines down the page (True)."""

_DRIFT_NUMBER: Final = {name: number for number, name in enumerate(DRIFTS)}
_LENGTHS: Final = np.array([[length] for length, _ in DRIFTS.values()])
_DOWN_THE_PAGE: Final = np.array([[down] for _, down in DRIFTS.values()])
_DRIFT_KEYS: Final = keys([text_key("drift", name) for name in DRIFTS])[:, None]
_ALIGN: Final = {"left": 0.0, "centre": 0.5, "right": 1.0}
_STARTS_FREE: Final = {("left", False): 1.0, ("right", True): -1.0}
_NEXT = np.uint64(1)
_CLOSING = ("valediction", "signature")

_words_of = attrgetter("words")
_shaped_of = attrgetter("shaped")
_x_of = attrgetter("x")
_spaced_of = attrgetter("spaced")
_kind_of = attrgetter("align", "rtl", "role", "apart")


@dataclass(frozen=True, slots=True, eq=False)
class PageView:
    """Pages of m lines and n words in all, one after another; effects need not know how many.

    For each word: `shaped`, and `word`, its row in the `vocabulary`; `line_of`, its line, and
    `place`, its number on that line; `em`, the size of its em; `x`, `advance`, and `body_left`,
    `body_right`, the ends of its ink about the x-height, from its left end; `spaced`, whether a
    space follows; `along`, its middle from the line's start, x-heights.
    For each line: `page_of`, its page, and `number`, its number on that page; `line_em`; `y`;
    `align` (0 left, 1 right); `starts_free`, 1 or -1 where its start may drift to the right or
    left, else 0; `closing`, `signature`, `address` and `apart` (`ComposedLine`), 1 or 0; `first`,
    its first word, and `end`, the one after its last; `left` and `right`, where its words start
    and end; `block_left` and `block_right`, the ends of its page's block.
    For each page: its `first_line` and `first_word`.
    `written` is how far the hand has gone when it writes each word, lines of full length: it
    counts whole lines, so that a changed word does not move those after it.
    The rest is the same for all pages that are looked at together; the size of the paper, the
    safe area and what is kept clear are those of `page`, the first one.
    """

    shaped: list[ShapedWord]
    vocabulary: Vocabulary
    word: Ints
    line_of: Ints
    place: Ints
    em: Floats
    x: Floats
    advance: Floats
    body_left: Floats
    body_right: Floats
    spaced: Flags
    along: Floats
    written: Floats
    page_of: Ints
    number: Ints
    line_em: Floats
    y: Floats
    align: Floats
    starts_free: Floats
    closing: Floats
    signature: Floats
    address: Floats
    apart: Floats
    first: Ints
    end: Ints
    left: Floats
    right: Floats
    block_left: Floats
    block_right: Floats
    first_line: Ints
    first_word: Ints
    page: ComposedPage
    x_height_em: float
    ruled: bool
    pen: Pen
    page_keys: Keys
    word_keys: Keys
    effects: tuple[str, ...]
    line_numbers: Keys
    word_numbers: Keys
    drifts: Floats

    @property
    def down(self) -> Floats:
        """Each line's place on its page, lines from the first."""
        return self.number.astype(np.float64)

    def line_deviate(self, effect: str, number: int = 0) -> Floats:
        """Return a deviate for each line; an effect has two of them, 0 and 1."""
        return deviate_of(self.line_numbers[self.effects.index(effect)], number)

    def word_deviate(self, effect: str, number: int = 0) -> Floats:
        """Return a deviate for each word; an effect has two of them, 0 and 1."""
        return deviate_of(self.word_numbers[self.effects.index(effect)], number)

    def page_deviate(self, effect: str) -> Floats:
        """Return one deviate for the page, repeated for each of its lines."""
        drawn: Floats = deviates(self.page_keys, text_key(effect))[self.page_of]
        return drawn

    def drift(self, name: str) -> Floats:
        """Return a deviate for each word that changes slowly: one of `DRIFTS`."""
        drift: Floats = self.drifts[_DRIFT_NUMBER[name]]
        return drift


def view(
    pages: Sequence[ComposedPage], seeds: Sequence[str], pen: Pen, effects: tuple[str, ...]
) -> PageView:
    """Look at composed pages that have words as these effects need it; see `PageView`.

    A line's key is made of its number, a word's of its line, its text, and how many times
    it has come on that line.
    """
    lines = list(chain.from_iterable([page.lines for page in pages]))
    page_of, first_line, number = _numbered(np.array([len(page.lines) for page in pages]))
    x_height_em = pages[0].x_height_em
    # The pages of a merge share most lines: what needs no seed is looked up once for each.
    distinct = {id(line): line for line in lines}
    row = {key: index for index, key in enumerate(distinct)}
    which = np.array(list(map(row.__getitem__, map(id, lines))))
    known = _known_lines(list(distinct.values()), x_height_em)
    line_of, first, place = _numbered(known.counts[which])
    word = (known.first[which] - first)[line_of] + np.arange(len(line_of))
    line_em, y, align, starts_free, closing, signature, address, apart, left, right = (
        known.of_lines.take(which, axis=1)
    )
    em, x, advance, body_left, body_right, along = known.of_words.take(word, axis=1)
    block = np.array([(page.block.left, page.block.right) for page in pages])
    measure = (block[:, 1] - block[:, 0]) / (x_height_em * line_em[first_line])
    written = number[line_of] + np.minimum(along / measure[page_of][line_of], 1.0)
    page_keys = keys(
        [text_key(seed, "page", page.name) for page, seed in zip(pages, seeds, strict=True)]
    )
    line_keys = mixed(number.astype(np.uint64) + page_keys[page_of], 1)
    word_keys = known.keys[word] ^ mixed(line_keys, 3)[line_of]
    block_left, block_right = block[page_of].T
    return PageView(
        list(chain.from_iterable(map(known.shaped.__getitem__, which.tolist()))),
        known.vocabulary, known.word[word],
        line_of, place, em, x, advance, body_left, body_right, known.spaced[word], along, written,
        page_of, number, line_em, y, align, starts_free, closing, signature, address, apart,
        first, first + known.counts[which], left, right, block_left, block_right,
        first_line, first[first_line],
        pages[0], x_height_em, bool(pages[0].rules), pen,
        page_keys, word_keys, effects,
        numbers(line_keys, effects), numbers(word_keys, effects),
        _drifts(along, written, line_keys[line_of], page_keys[page_of][line_of]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _KnownLines:
    """Distinct lines, and their words one after another: what does not depend on the page.

    `first` and `counts` are each line's part of the words, `shaped` they themselves; `keys`
    the words' part of their keys. `of_lines` and `of_words` have a row for each kind of number.
    """

    shaped: list[tuple[ShapedWord, ...]]
    first: Ints
    counts: Ints
    of_lines: Floats
    vocabulary: Vocabulary
    word: Ints
    of_words: Floats
    spaced: Flags
    keys: Keys


def _known_lines(lines: Sequence[ComposedLine], x_height_em: float) -> _KnownLines:
    words = list(chain.from_iterable(map(_words_of, lines)))
    shaped = [tuple(map(_shaped_of, line.words)) for line in lines]
    known, word = vocabulary(list(chain.from_iterable(shaped)))
    counts = np.array(list(map(len, shaped)))
    line_of, first, _ = _numbered(counts)
    line_em = np.array([line.size for line in lines])
    em = line_em[line_of]
    x = np.array(list(map(_x_of, words)))
    advance = known.width_em[word] * em
    left = x[np.minimum(first, len(words) - 1)]  # a last line may have no words
    right = (x + advance)[first + counts - 1]
    along = (x + 0.5 * advance - left[line_of]) / (x_height_em * em)
    kinds = np.array([_numbers_of(*_kind_of(line)) for line in lines]).T
    body_left, body_right = known.body_left_em[word] * em, known.body_right_em[word] * em
    return _KnownLines(
        shaped, first, counts,
        np.stack([line_em, np.array([line.y for line in lines]), *kinds, left, right]),
        known, word,
        np.stack([em, x, advance, body_left, body_right, along]),
        np.array(list(map(_spaced_of, words))),
        mixed(known.key[word] + _times(line_of, known.text[word]), 2),
    )  # fmt: skip


def _numbered(counts: Ints) -> tuple[Ints, Ints, Ints]:
    """Return of counted things: to which count each belongs, each count's first, and its number."""
    first = np.cumsum(counts) - counts
    whole = np.repeat(np.arange(len(counts)), counts)
    return whole, first, np.arange(len(whole)) - first[whole]


@lru_cache(maxsize=256)
def _numbers_of(align: str, rtl: bool, role: str, apart: bool) -> tuple[float, ...]:
    """Return a line's align, starts_free, closing, signature, address and apart."""
    return (
        _ALIGN[align],
        _STARTS_FREE.get((align, rtl), 0.0),
        float(role in _CLOSING),
        float(role == "signature"),
        float(role == "address"),
        float(apart),
    )


def _times(line_of: Ints, text: Ints) -> Keys:
    """Return how many times each word's text has come before on its line."""
    said = line_of * (int(text.max()) + 1) + text
    order = np.argsort(said, kind="stable")
    alike = said[order]
    at = np.arange(len(said), dtype=np.uint64)
    since = at.copy()
    since[1:][alike[1:] == alike[:-1]] = 0
    times = np.empty_like(at)
    times[order] = at - np.maximum.accumulate(since)
    return times


def _drifts(along: Floats, written: Floats, line_keys: Keys, page_keys: Keys) -> Floats:
    """Return all drifts of each word: value noise between nodes that are keyed by place."""
    place = np.where(_DOWN_THE_PAGE, written, along) / _LENGTHS
    cell = place.astype(np.uint64)
    t = place - cell
    t *= t * (3.0 - 2.0 * t)
    node = np.where(_DOWN_THE_PAGE, page_keys, line_keys) + _DRIFT_KEYS + cell
    here, after = deviates(np.stack([node, node + _NEXT]), text_key("drift"))
    # Interpolated values vary less than their nodes; this factor makes up for it.
    drifted: Floats = (here + (after - here) * t) * 1.2
    return drifted
