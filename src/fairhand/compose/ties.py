"""Which words stay together on a line: a title and its name, the parts of a date, a number
and its unit, and what the language's own data asks for."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairhand.note.language import Language

_NUMBER = re.compile(r"^\(?[$£€¥]?\d[\d.,:/]*(st|nd|rd|th|er|e|ª|º)?\.?,?$")
_UNITS = ("%", "°", "km", "cm", "mm", "kg", "g", "m", "a.m.", "p.m.", "am", "pm", "uhr", "h", "€")
_INITIAL = re.compile(r"^[^\W\d_]\.$")
_DASHES = ("–", "—", "-")
_OPENING = "([{«„“‘¿¡\"'"


def tied_after(words: list[str], language: Language) -> list[bool]:
    """Tell for each word whether it must not be parted from the next one."""
    ties = [_tied(word, after, language) for word, after in pairwise(words)]
    return [*ties, False] if words else []


def _tied(word: str, after: str, language: Language) -> bool:
    first, second = word.lower().lstrip(_OPENING), after.lower().strip(",.;:!?")
    if first in language.titles and after[:1].isupper():
        return True
    if _INITIAL.match(word) and word[0].isupper() and after[:1].isupper():
        return True
    if second in language.months and _NUMBER.match(first):
        return True
    if first.strip(".,") in language.months and _NUMBER.match(after.lower()):
        return True
    if _NUMBER.match(first) and second in _UNITS:
        return True
    if after in _DASHES or after in language.tie_before:
        return True
    return first in language.tie_after
