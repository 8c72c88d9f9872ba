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

from fairhand.hand.forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairhand.compose.page import ComposedLine, ShapedWord

WITHIN: Final = 12
"""No two equal letters among so many that follow each other."""

_LINE_GROUPS: Final = 2
_WORD_GROUPS: Final = 8
_IN_HALF: Final = FORMS // _LINE_GROUPS
_IN_GROUP: Final = _IN_HALF // _WORD_GROUPS


def choose_forms(line: ComposedLine, number: int, keys: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the form of each glyph of each word of a line.

    `number` is the line's on its page, `keys` are the keys of its words.
    """
    half = number % _LINE_GROUPS
    words = [word.shaped for word in line.words]
    wished = [
        _dealt(shaped, half, index % _WORD_GROUPS, key % _IN_GROUP)
        for index, (shaped, key) in enumerate(zip(words, keys, strict=True))
    ]
    if _crowded(words):
        return _dealt_with_care(words, wished, half)
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


def _crowded(words: Sequence[ShapedWord]) -> bool:
    """Tell whether the words of a line are so short that a group comes again within reach."""
    if any(map(_repeats, words)):
        return True
    if len(words) <= _WORD_GROUPS:
        return False
    counted = [sum(bool(glyph.text) for glyph in word.glyphs) for word in words]
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
