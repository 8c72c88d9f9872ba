"""Which words stay together on a line: a title and its name, the parts of a date, a number
and its unit, and what the language's own data asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairhand.note.language import Language

_NUMBER = re.compile(r"^\(?[$£€¥]?\d[\d.,:/]*(st|nd|rd|th|er|e|ª|º)?\.?,?$")
_UNITS = ("%", "°", "km", "cm", "mm", "kg", "g", "m", "a.m", "p.m", "am", "pm", "uhr", "h", "€")
_YEAR = re.compile(r"^\d{4}$")
_INITIAL = re.compile(r"^[^\W\d_]\.$")
_DASHES = ("–", "—", "-")
_OPENING = "([{«„“‘¿¡\"'"


def is_tied(word: str, after: str, language: Language) -> bool:
    """Tell whether a word must not be parted from the next one."""
    first, second = word.lower().lstrip(_OPENING), after.lower().strip(",.;:!?")
    if first in language.titles and after[:1].isupper():
        return True
    if _INITIAL.match(word) and word[0].isupper() and after[:1].isupper():
        return True
    if second in language.months and _NUMBER.match(first):
        return True
    if first.strip(".,") in language.months and _NUMBER.match(after.lower()):
        return True
    if _NUMBER.match(first) and (second in _UNITS or _YEAR.match(second)):
        return True
    if "de" in (first, second) and _partitive_date(first.strip(".,"), second, language):
        return True
    if after in _DASHES or after in language.tie_before:
        return True
    return word.lower() in language.tie_after


def _partitive_date(first: str, second: str, language: Language) -> bool:
    """Tell whether "de" joins the parts of a date: "22 de noviembre de 2026"."""
    other = second if first == "de" else first
    return other in language.months or bool(_NUMBER.match(other))
