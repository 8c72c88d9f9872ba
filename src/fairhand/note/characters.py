"""What is special about the characters of Japanese, Korean and Chinese."""

from __future__ import annotations

import re
import unicodedata

_FIRST = "\u1100"
_COUNTERS = "年月日時时分秒週周回人名歳岁才個个本枚冊册円元点點度階楼号號番第杯通"

_EAST_ASIAN = (
    "\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U00020000-\U0003ffff"
)
_MARKS_OF_BOTH = "“”‘’…—·"
_ONE = re.compile(f"[{_EAST_ASIAN}]")
_PORTION = re.compile(rf"[{_EAST_ASIAN}]\s*|[^\s{_EAST_ASIAN}]+\s*")


def is_hangul(character: str) -> bool:
    """Tell whether a character is a Korean letter or syllable; Korean parts words by spaces."""
    return character >= _FIRST and unicodedata.name(character, "").startswith("HANGUL")


def is_east_asian(character: str) -> bool:
    """Tell whether a character is one of Japanese, Korean or Chinese, or one of their marks."""
    return character >= _FIRST and bool(_ONE.match(character))


def is_ideographic(character: str) -> bool:
    """Tell whether a character stands in a square of its own, without spaces between words.

    Ideographs, kana, and the full-width marks that go with them; not Hangul.
    """
    return is_east_asian(character) and not is_hangul(character)


def is_seam(character: str, after: str) -> bool:
    """Tell whether ideographic writing meets Latin letters or figures between two characters."""
    return (
        is_ideographic(character) != is_ideographic(after)
        and _is_read(character)
        and _is_read(after)
    )


def run_on(line: str, after: str) -> bool:
    """Tell whether two lines of ideographs are parted by no space; their quotation marks may be
    those of Latin writing."""
    line, after = line.rstrip(_MARKS_OF_BOTH), after.lstrip(_MARKS_OF_BOTH)
    return bool(line and after) and is_ideographic(line[-1]) and is_ideographic(after[0])


def is_counted(number: str, after: str) -> bool:
    """Tell whether a character counts the figure before it, as a year, a day or an hour does."""
    return number.isascii() and number.isdigit() and after in _COUNTERS


def count_words(text: str) -> float:
    """Return how many words a text has; two East Asian characters count as one."""
    if text.isascii():
        return len(text.split())
    square = sum(map(is_east_asian, text))
    others = "".join(" " if is_east_asian(character) else character for character in text)
    return len(others.split()) + square / 2


def portions(text: str) -> list[str]:
    """Divide a text where it may be cut short: after each East Asian character and each word."""
    return _PORTION.findall(text)


def counts_characters(text: str) -> bool:
    """Tell whether people count a text's length in characters, and not in words."""
    found = portions(text)
    return 2 * sum(is_east_asian(portion[0]) for portion in found) >= max(1, len(found))


def _is_read(character: str) -> bool:
    """Tell whether a character is a letter or a figure, and no mark."""
    return unicodedata.category(character)[0] in "LN"
