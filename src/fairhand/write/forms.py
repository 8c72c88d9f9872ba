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

    from fairhand.compose.page import ComposedLine, ShapedWord

    Ints = NDArray[np.int64]

WITHIN: Final = 12
"""No two equal letters among so many that follow each other."""

_LINE_GROUPS: Final = 2
_WORD_GROUPS: Final = 8
_IN_HALF: Final = FORMS // _LINE_GROUPS
_IN_GROUP: Final = _IN_HALF // _WORD_GROUPS


def choose_forms(
    lines: Sequence[ComposedLine], words: Sequence[ShapedWord], keys: Ints
) -> list[tuple[int, ...]]:
    """Return the form of each glyph of each word of a page's lines.

    `words` are those of all lines, `keys` theirs.
    """
    counts = [len(line.words) for line in lines]
    places = [place for count in counts for place in range(count)]
    halves = np.repeat(np.arange(len(lines)) % _LINE_GROUPS, counts)
    groups = np.array(places) % _WORD_GROUPS
    wished = list(map(_dealt, words, halves.tolist(), groups.tolist(), (keys % _IN_GROUP).tolist()))
    first = 0
    for number, count in enumerate(counts):
        part = slice(first, first + count)
        first += count
        if _crowded(words[part]):
            wished[part] = _dealt_with_care(words[part], wished[part], number % _LINE_GROUPS)
    return wished


@lru_cache(maxsize=8192)
def _dealt(shaped: ShapedWord, half: int, group: int, start: int) -> tuple[int, ...]:
    """Deal a word's forms from one group of one half."""
    first = half * _IN_HALF + group * _IN_GROUP
    times: dict[int, int] = {}
    forms = []
    for glyph in shaped.glyphs:
        turn = times.get(glyph.glyph, 0)
        times[glyph.glyph] = turn + 1
        forms.append(first + ((start + glyph.glyph) ^ turn) % _IN_GROUP)
    return tuple(forms)


@lru_cache(maxsize=8192)
def _repeats(shaped: ShapedWord) -> bool:
    """Tell whether a letter comes more often in a word than a group has forms."""
    glyphs = [glyph.glyph for glyph in shaped.glyphs]
    return max(map(glyphs.count, glyphs), default=0) > _IN_GROUP


@lru_cache(maxsize=8192)
def _letters(shaped: ShapedWord) -> int:
    return sum(bool(glyph.text) for glyph in shaped.glyphs)


def _crowded(words: Sequence[ShapedWord]) -> bool:
    """Tell whether the words of a line are so short that a group comes again within reach."""
    if any(map(_repeats, words)):
        return True
    if len(words) <= _WORD_GROUPS:
        return False
    counted = [_letters(word) for word in words]
    return any(
        sum(counted[index + 1 : index + _WORD_GROUPS]) < WITHIN
        for index in range(len(counted) - _WORD_GROUPS)
    )


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
