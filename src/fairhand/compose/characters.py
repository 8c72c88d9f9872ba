"""What is special about the characters of Japanese, Korean and Chinese."""

from __future__ import annotations

import unicodedata

_FIRST = "\u1100"


def is_hangul(character: str) -> bool:
    """Tell whether a character is a Korean letter or syllable; Korean parts words by spaces."""
    return character >= _FIRST and unicodedata.name(character, "").startswith("HANGUL")


def is_east_asian(character: str) -> bool:
    """Tell whether a character is one of Japanese, Korean or Chinese, or one of their marks."""
    return character >= _FIRST and unicodedata.east_asian_width(character) in "WFH"


def is_ideographic(character: str) -> bool:
    """Tell whether a character stands in a square of its own, without spaces between words.

    Ideographs, kana, and the full-width marks that go with them; not Hangul.
    """
    return is_east_asian(character) and not is_hangul(character)


def is_letter(character: str) -> bool:
    """Tell whether an ideographic character is no mark: one that is read aloud."""
    return unicodedata.category(character)[0] in "LN"
