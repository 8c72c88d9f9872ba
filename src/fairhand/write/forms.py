"""Which form of each letter is written: never the same within reach.

Forms are dealt out so that a choice depends on as little as possible: lines take turns
between two halves of the forms, so a letter never equals one above or below it; the words
of a line take turns between eight groups of a half, so a letter does not meet its like in a
neighbouring word; inside its group a word's own key decides, and letters that come again in
a word take turns, the opposite of a pair first, so that doubled letters are visibly two.
Only where a form would still come twice within `WITHIN` letters (very short words, a letter
five times in a word) is the next free one taken.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from fairhand.hand.forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fairhand.compose.page import ShapedWord
    from fairhand.write.view import PageView

    Flags = NDArray[np.bool_]

WITHIN: Final = 12
"""No two equal letters among so many that follow each other."""

_LINE_GROUPS: Final = 2
_WORD_GROUPS: Final = 8
_IN_HALF: Final = FORMS // _LINE_GROUPS
_IN_GROUP: Final = _IN_HALF // _WORD_GROUPS
_KEY_BITS: Final = np.uint64(40)


def choose_forms(seen: PageView) -> list[tuple[int, ...]]:
    """Return the form of each glyph of each word."""
    known = seen.vocabulary
    half = seen.number % _LINE_GROUPS
    deal = (half[seen.line_of] * _WORD_GROUPS + seen.place % _WORD_GROUPS) * _IN_GROUP
    deal += (seen.word_keys >> _KEY_BITS).view(np.int64) % _IN_GROUP
    # A word has few deals; so each is looked up once, for all pages.
    numbers = (seen.word * FORMS + deal).tolist()
    dealt = {
        number: _dealt(known.shaped[number // FORMS], number % FORMS) for number in set(numbers)
    }
    wished = list(map(dealt.__getitem__, numbers))
    for line in np.flatnonzero(_crowded(seen)).tolist():
        part = slice(int(seen.first[line]), int(seen.end[line]))
        words = [known.shaped[number] for number in seen.word[part].tolist()]
        wished[part] = _dealt_with_care(words, wished[part], int(half[line]))
    return wished


@lru_cache(maxsize=8192)
def _dealt(shaped: ShapedWord, deal: int) -> tuple[int, ...]:
    """Deal a word's forms from one group of one half; the rest of `deal` is where it begins."""
    first, start = deal - deal % _IN_GROUP, deal % _IN_GROUP
    times: dict[int, int] = {}
    forms = []
    for glyph in shaped.glyphs:
        turn = times.get(glyph.glyph, 0)
        times[glyph.glyph] = turn + 1
        forms.append(first + ((start + glyph.glyph) ^ turn) % _IN_GROUP)
    return tuple(forms)


def _crowded(seen: PageView) -> Flags:
    """Tell for each line whether its words are so short that a group comes again within reach.

    Or whether a letter comes more often in one of them than a group has forms.
    """
    known = seen.vocabulary
    crowded = np.zeros(len(seen.y), dtype=np.bool_)
    crowded[seen.line_of[(known.most_alike > _IN_GROUP)[seen.word]]] = True
    if len(seen.line_of) > _WORD_GROUPS:
        # The letters between each word and the next one of its group on that line.
        until = np.cumsum(known.letters[seen.word])
        between = until[_WORD_GROUPS - 1 : -1] - until[:-_WORD_GROUPS]
        near = (between < WITHIN) & (seen.place[_WORD_GROUPS:] >= _WORD_GROUPS)
        crowded[seen.line_of[_WORD_GROUPS:][near]] = True
    return crowded


def _dealt_with_care(
    words: Sequence[ShapedWord], wished: Sequence[tuple[int, ...]], half: int
) -> list[tuple[int, ...]]:
    last_seen: dict[tuple[int, int], int] = {}
    position = 0
    chosen: list[tuple[int, ...]] = []
    for shaped, wishes in zip(words, wished, strict=True):
        forms: list[int] = []
        for glyph, wish in zip(shaped.glyphs, wishes, strict=True):
            form = _free(glyph.glyph, wish, half * _IN_HALF, position, last_seen)
            last_seen[glyph.glyph, form] = position
            forms.append(form)
            # Reach is counted in letters; joins and dots that are glyphs of their own are none.
            position += bool(glyph.text)
        chosen.append(tuple(forms))
    return chosen


def _free(
    glyph: int, wish: int, first: int, position: int, last_seen: dict[tuple[int, int], int]
) -> int:
    """Return the wished form, or the nearest after it that has not come within reach."""
    oldest, oldest_at = wish, position
    for step in range(_IN_HALF):
        form = first + (wish - first + step) % _IN_HALF
        seen = last_seen.get((glyph, form))
        if seen is None or position - seen > WITHIN:
            return form
        if seen < oldest_at:
            oldest, oldest_at = form, seen
    return oldest
