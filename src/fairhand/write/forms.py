"""Which form of each letter is written: never the same within reach.

A hand has `FORMS` forms of every glyph. They are dealt out so that a choice depends on as
little as possible: lines take turns between two halves of the forms, so a letter never
equals one above or below it; the words of a line take turns between eight groups of a half,
so a letter seldom meets its like in a neighbouring word; inside its group a word's own key
decides. Where a form would still come twice within `WITHIN` letters, the next free one is
taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairhand.hand.noise import text_key

if TYPE_CHECKING:
    from fairhand.compose.page import ComposedLine

WITHIN: Final = 12
"""No two equal letters among so many that follow each other."""

_LINE_GROUPS: Final = 2
_WORD_GROUPS: Final = 8
_IN_GROUP: Final = 4
_IN_HALF: Final = _WORD_GROUPS * _IN_GROUP

FORMS: Final = _LINE_GROUPS * _IN_HALF
"""Forms of every glyph."""


def choose_forms(line: ComposedLine, number: int, seed: str) -> list[tuple[int, ...]]:
    """Return the form of each glyph of each word of a line; `number` is the line's."""
    first = (number % _LINE_GROUPS) * _IN_HALF
    last_seen: dict[tuple[int, int], int] = {}
    occurrences: dict[str, int] = {}
    position = 0
    chosen: list[tuple[int, ...]] = []
    for word_number, word in enumerate(line.words):
        text = word.shaped.text
        occurrences[text] = occurrences.get(text, 0) + 1
        key = text_key(seed, "forms", number, text, occurrences[text])
        group = (word_number % _WORD_GROUPS) * _IN_GROUP
        forms: list[int] = []
        for index, glyph in enumerate(word.shaped.glyphs):
            wish = group + ((key >> (2 * (index % 31))) + glyph.glyph + index) % _IN_GROUP
            form = _free(glyph.glyph, wish, position, last_seen)
            last_seen[glyph.glyph, form] = position
            forms.append(first + form)
            # Reach is counted in letters; joins and dots that are glyphs of their own are none.
            position += bool(glyph.text)
        chosen.append(tuple(forms))
    return chosen


def _free(glyph: int, wish: int, position: int, last_seen: dict[tuple[int, int], int]) -> int:
    """Return the wished form, or the nearest after it that has not come within reach."""
    oldest, oldest_at = wish, position
    for step in range(_IN_HALF):
        form = wish - wish % _IN_GROUP + (wish + step) % _IN_GROUP
        if step >= _IN_GROUP:
            form = (wish + step) % _IN_HALF
        seen = last_seen.get((glyph, form))
        if seen is None or position - seen > WITHIN:
            return form
        if seen < oldest_at:
            oldest, oldest_at = form, seen
    return oldest
