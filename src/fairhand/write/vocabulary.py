"""The words of some pages, each measured once however often it comes.

The pages of a merge say nearly the same: a few hundred distinct words stand for thousands
that are written. What is known of a word is a row of tables; a page's words are numbers of rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fairhand.hand.noise import keys, text_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fairhand.compose.page import ShapedWord

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Keys = NDArray[np.uint64]

_COLUMNS_TOGETHER = 3
"""How many of the font's columns of ink are held against other lines as one."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Distinct words: tables with a row for each.

    `shaped`, the words themselves; `width_em`, and `body_left_em`, `body_right_em` (`ShapedWord`);
    `key`, made of its text, and `text`, a number of that text, for one text may be shaped in
    two ways; `letters`, how many glyphs have text, and `most_alike`, how often the most
    frequent glyph comes; `first_column` and `columns`, which part of `ink` is its own. The rows
    of `ink` are left edge, right edge, lowest and highest ink of wide columns, em.
    """

    shaped: list[ShapedWord]
    width_em: Floats
    body_left_em: Floats
    body_right_em: Floats
    key: Keys
    text: Ints
    letters: Ints
    most_alike: Ints
    first_column: Ints
    columns: Ints
    ink: Floats


def vocabulary(words: Sequence[ShapedWord]) -> tuple[Vocabulary, Ints]:
    """Gather the distinct words of some lines; return them, and which of them each word is."""
    shaped = list(dict.fromkeys(words))
    number = {word: index for index, word in enumerate(shaped)}
    measures = list(map(_measured, shaped))
    width, left, right, key, letters, most_alike, columns, inks = zip(*measures, strict=True)
    texts: dict[str, int] = {}
    text = [texts.setdefault(word.text, len(texts)) for word in shaped]
    counts = np.array(columns)
    known = Vocabulary(
        shaped,
        np.array(width),
        np.array(left),
        np.array(right),
        keys(list(key)),
        np.array(text),
        np.array(letters),
        np.array(most_alike),
        np.cumsum(counts) - counts,
        counts,
        np.concatenate(inks, axis=1),
    )
    return known, np.array(list(map(number.__getitem__, words)))


class _Measures(NamedTuple):
    width_em: float
    body_left_em: float
    body_right_em: float
    key: int
    letters: int
    most_alike: int
    columns: int
    ink: Floats


@lru_cache(maxsize=2048)
def _measured(word: ShapedWord) -> _Measures:
    ink = _wide_columns(word)
    glyphs = [glyph.glyph for glyph in word.glyphs]
    return _Measures(
        word.width_em, word.body_left_em, word.body_right_em, text_key("word", word.text),
        sum(bool(glyph.text) for glyph in word.glyphs), max(map(glyphs.count, glyphs), default=0),
        ink.shape[1], ink,
    )  # fmt: skip


def _wide_columns(word: ShapedWord) -> Floats:
    """Return a word's ink in fewer columns: left edges, right edges, lowest and highest ink, em."""
    if not len(word.columns):
        return np.zeros((4, 0))
    left, low, high = word.columns.T
    wide = _COLUMNS_TOGETHER * word.column_em
    number = np.floor(left / wide).astype(np.int64)
    number -= number.min()
    count = int(number.max()) + 1
    rows = np.stack(
        [np.full(count, np.inf), np.full(count, -np.inf), np.full(count, np.inf),
         np.full(count, -np.inf)]
    )  # fmt: skip
    np.minimum.at(rows[0], number, left)
    np.maximum.at(rows[1], number, left + word.column_em)
    np.minimum.at(rows[2], number, low)
    np.maximum.at(rows[3], number, high)
    inked: Floats = rows[:, rows[0] < np.inf]
    return inked
