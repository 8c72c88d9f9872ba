"""How letters close: a short clause ("With love,"), and under it the lines of a name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from fairhand.note.characters import count_words
from fairhand.note.language import (
    all_closing_formulas,
    all_closing_openings,
    all_valedictions,
    starts_with,
)

_KISSES = re.compile(r"^[xXoO♥❤ ]+$")
_SENTENCE_ENDS = (
    ".", "!", "?", "…", ".”", "!”", "?”", '."', '!"', '?"', ")", "»", ":)", "。", "！", "？", "」",
    "）", "♪",
)  # fmt: skip
_COMMAS = (",", "،", "，", "、")
_OPEN_ENDS = ("?", ":", ";", "？", "：")
_INNER_END = re.compile(r"[.!?] |[。！？].")
_MOST_LINES = 14
"""A formula over several lines, and a name with title, company and telephone under it."""

_MOST_NAME_LINES = {"known": 6, "unknown": 3}
_MOST_CLOSING_WORDS = 24
_SURE_CLOSING_WORDS = 5
"""So few words close a letter whatever they are, with a comma after them."""

_MOST_UNMARKED_WORDS = 12
"""A closing without a comma begins with known words, has none inside, and is no longer."""

_MOST_STOPPED_WORDS = 6
"""A closing that ends with a full stop ("Sincerely yours.") looks most like a sentence."""


class Closing(NamedTuple):
    """A closing and the name under it, and the indices of the lines at which they begin."""

    valediction: str
    signature: str
    start: int
    name_start: int


@lru_cache(maxsize=1024)
def find_closing(lines: tuple[str, ...], *, below: bool, apart: int = 0) -> Closing | None:
    """Find the closing at the end of a letter's last lines; None where there is none.

    `below` says that there is text above them: a letter is not its closing alone. `apart` is
    the index of the line with an empty one above it, if any: the name begins there.
    """
    for start in range(max(0, len(lines) - _MOST_LINES), apart or len(lines)):
        if starts_with(lines[start], all_closing_formulas()):
            names = lines[apart:] if apart else _names_below(lines[start:])
            if is_name(names) if apart else names or below:
                return _closing(lines, start, len(lines) - len(names))
        if start and not lines[start - 1].endswith(_SENTENCE_ENDS):
            continue
        for name_start in (start + 1, start + 2):
            if apart not in (0, name_start):
                continue
            if closes(" ".join(lines[start:name_start]), lines[name_start:]):
                return _closing(lines, start, name_start)
    return None if apart else _closing_alone(lines, below=below)


def closes(text: str, names: tuple[str, ...]) -> bool:
    """Tell whether a clause closes a letter, given the lines of the name that stand under it."""
    if _is_valediction(text):
        return is_name(names, known=True)
    words = count_words(text)
    if not words or text.endswith((*_OPEN_ENDS, "。")) or _INNER_END.search(text):
        return False
    known = _opens_closing(text)
    short = is_name(names) and all(count_words(line) <= 4 for line in names)
    if text.endswith("."):
        return words <= _MOST_STOPPED_WORDS and starts_with(text, all_valedictions()) and short
    if text.endswith((*_COMMAS, "!", "！")):
        sure = words <= _SURE_CLOSING_WORDS and is_name(names)
        return words <= _MOST_CLOSING_WORDS and (sure or short or (known and is_name(names, known)))
    unmarked = words <= _MOST_UNMARKED_WORDS and not _has_comma(text) and known
    return unmarked and is_name(names, known)


def is_name(lines: tuple[str, ...], known: bool = False) -> bool:
    """Tell whether lines can be a signature: short, and each beginning as names do.

    Under a closing whose words are `known` there may be more of them (title, company,
    telephone), and a name may begin with a small letter ("tom").
    """
    return 0 < len(lines) <= _MOST_NAME_LINES["known" if known else "unknown"] and all(
        _is_name_line(line, known) for line in lines
    )


def is_kisses(line: str) -> bool:
    """Tell whether a line is kisses and nothing else."""
    return bool(_KISSES.match(line))


def _is_name_line(line: str, known: bool) -> bool:
    words = line.split()
    if not words or count_words(line) > 7 or line.endswith((*_COMMAS, *_OPEN_ENDS, "。")):
        return False
    if line.endswith(".") and words[-1][:1].islower() and not is_kisses(words[-1].rstrip(".")):
        return False
    small = line[:1].islower() and not is_kisses(line)
    return not small or (known and len(words) <= 3)


def _names_below(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines at the end that can be a signature under a sentence."""
    for start in range(max(0, len(lines) - _MOST_NAME_LINES["unknown"]), len(lines)):
        ended = start == 0 or lines[start - 1].endswith((".", ",", "。", "，", "！"))
        short = all(
            count_words(line) <= 4 and not line.endswith((".", "!", "！")) for line in lines[start:]
        )
        if ended and short and is_name(lines[start:]):
            return lines[start:]
    return ()


def _opens_closing(text: str) -> bool:
    return starts_with(text, all_valedictions()) or starts_with(text, all_closing_openings())


def _is_valediction(text: str) -> bool:
    """Tell whether a text is a valediction and nothing more ("Cheers.", "감사합니다.")."""
    return text.rstrip(".。").casefold() in all_valedictions()


def _has_comma(text: str) -> bool:
    return any(comma in text for comma in _COMMAS)


def _closing(lines: tuple[str, ...], start: int, name_start: int) -> Closing:
    valediction = " ".join(lines[start:name_start])
    return Closing(valediction, "\n".join(lines[name_start:]), start, name_start)


def _closing_alone(lines: tuple[str, ...], *, below: bool) -> Closing | None:
    """Find a closing in the last line: "Love, Tom", or "Yours sincerely," to sign by hand."""
    last = len(lines) - 1
    text = lines[last]
    if last and not lines[last - 1].endswith(_SENTENCE_ENDS):
        return None
    before, comma, name = (part.strip() for part in text.partition(","))
    if (
        _opens_closing(before)
        and len(before.split()) <= 4
        and len(name.split()) <= 4
        and is_name((name,))
    ):
        return Closing(before + comma, name, last, last)
    if not (below or last):
        return None
    if text.endswith(",") and _opens_closing(text):
        return Closing(text, "", last, last)
    if last or count_words(text) > 4 or not starts_with(text, all_valedictions()):
        return None
    open_or_more = text.endswith((*_OPEN_ENDS, ".", "。")) or _INNER_END.search(text)
    if _is_valediction(text) or not (open_or_more or _has_comma(text)):
        return Closing(text, "", last, last)
    return None
