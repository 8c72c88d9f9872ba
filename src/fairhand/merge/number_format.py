"""Numbers and dates of a workbook as text.

A workbook keeps the ZIP code 02035 as the number 2035 with the format "00000". Of the language
of number formats (ECMA-376, part 1, 18.8.31) what codes are made with is followed: zeros, and
characters that stand for themselves. All else is shown as it was typed.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

_PART = re.compile(r'"([^"]*)"|\\(.)|(\[[^\]]*\])|_.|\*.|(.)')
_CONDITION = re.compile(r"\[(<=|<|>=|>|=)(-?\d+(?:\.\d+)?)\]")


def shown(value: object, number_format: str) -> str:
    """Return a cell's value as text: whole numbers without a point, dates as ISO 8601."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime.datetime):
        day = value.date().isoformat()
        hour = value.time().isoformat("minutes" if not value.second else "seconds")
        return day if value.time() == datetime.time() else f"{day} {hour}"
    if isinstance(value, datetime.time):
        return value.isoformat("minutes" if not value.second else "seconds")
    return str(value)


def _number(value: float, number_format: str) -> str:
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.15g}"
    whole = int(value)
    if whole >= 0 and "0" in number_format and number_format != "0":
        for pattern in _code(_section(number_format, whole)):
            return _filled(pattern, str(whole))
    return str(whole)


def _section(number_format: str, value: int) -> str:
    """Return the part of a format that is for this number."""
    sections = number_format.split(";")
    for section in sections:
        condition = _CONDITION.match(section)
        if not condition:
            continue
        limit, sign = float(condition[2]), condition[1]
        holds = {
            "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
            "=": value == limit,
        }  # fmt: skip
        if holds[sign]:
            return section
    if _CONDITION.match(sections[0]):
        return next((part for part in sections if not _CONDITION.match(part)), "")
    return sections[0]


@lru_cache(maxsize=256)
def _code(section: str) -> tuple[tuple[str, ...], ...]:
    """Return a format that has only zeros and literals, as one pattern; () for any other."""
    pattern: list[str] = []
    for quoted, escaped, bracket, other in _PART.findall(section):
        if other == "0":
            pattern.append("")
        elif other and other not in "-/() ":
            return ()
        elif not bracket:
            pattern.append(quoted or escaped or other)
    return (tuple(pattern),) if pattern.count("") > 1 else ()


def _filled(pattern: tuple[str, ...], digits: str) -> str:
    """Put digits in the places of zeros, from the right; the first takes all that is left."""
    left = len(digits) - pattern.count("")
    digits = digits.rjust(pattern.count(""), "0")
    out, place = [], 0
    for literal in pattern:
        if literal:
            out.append(literal)
            continue
        width = 1 + max(left, 0) if place == 0 else 1
        out.append(digits[place : place + width])
        place += width
    return "".join(out).strip()
