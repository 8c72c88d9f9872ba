"""Lengths: points inside, and what people write ("4.25in", "148mm") at the doors.

One point is 1/72 inch (the PDF unit, ISO 32000-1 section 8.3.2.3).
"""

from __future__ import annotations

import re
from typing import Final

from fairhand.errors import InputError

INCH: Final = 72.0
MM: Final = 72.0 / 25.4
_POINTS_PER_UNIT: Final = {"pt": 1.0, "in": INCH, '"': INCH, "mm": MM, "cm": 10 * MM}
_LENGTH = re.compile(r'^\s*([0-9]+(?:[.,][0-9]+)?)\s*(pt|in|mm|cm|")\s*$')


def parse_length(text: str) -> float:
    """Turn "4.25in", "148 mm", "1,5cm" or "9pt" into points; InputError for anything else."""
    match = _LENGTH.match(text)
    if match is None:
        raise InputError(
            f'"{text}" is not a length.',
            hint='Write a number and a unit, like "4.25in" or "148mm".',
        )
    return float(match[1].replace(",", ".")) * _POINTS_PER_UNIT[match[2]]


def in_mm(points: float) -> float:
    """Points to millimetres."""
    return points / MM


def in_inches(points: float) -> float:
    """Points to inches."""
    return points / INCH
