"""How far the letters of a string reach: codes and advances (ISO 32000-1 section 9.4.4)."""

from __future__ import annotations

import struct
from contextlib import suppress
from typing import Any, NamedTuple

import pikepdf

from fairhand.press.preflight.subject import DAMAGED, number_of

_MOST_CODES = 70_000


class Metrics(NamedTuple):
    """The widths of a font's codes; `unit` ems each: a thousandth, or a Type 3 font's own.

    `is_drawn` tells that its letters are content streams (Type 3).
    """

    bytes_each: int
    widths: dict[int, float]
    usual: float
    unit: float
    is_drawn: bool = False

    @property
    def is_composite(self) -> bool:
        """Whether a code is of two bytes (Type 0)."""
        return self.bytes_each == 2

    def codes(self, text: bytes) -> list[int]:
        """Return the codes of a string."""
        if self.bytes_each == 1:
            return list(text)
        count = len(text) // 2
        return list(struct.unpack(f">{count}H", text[: 2 * count]))


def metrics_of(font: Any) -> Metrics:
    """Return a font's metrics; letters half an em wide where the font is damaged."""
    with suppress(*DAMAGED):
        kind = str(font.get("/Subtype", ""))
        if kind == "/Type0":
            described = font["/DescendantFonts"][0]
            usual = number_of(described.get("/DW", 1000))
            return Metrics(2, _composite(described), 1000.0 if usual is None else usual, 0.001)
        unit = 0.001
        if kind == "/Type3":
            unit = abs(number_of(font["/FontMatrix"][0]) or 0.001)
        first = int(font.get("/FirstChar", 0))
        widths = {
            first + offset: number_of(width) or 0.0
            for offset, width in enumerate(list(font.get("/Widths", []))[:256])
        }
        return Metrics(1, widths, 0.0 if widths else 500.0, unit, kind == "/Type3")
    return Metrics(1, {}, 500.0, 0.001)


def _composite(described: Any) -> dict[int, float]:
    widths: dict[int, float] = {}
    with suppress(*DAMAGED):
        entries = list(described.get("/W", []))
        index = 0
        while index + 1 < len(entries) and len(widths) < _MOST_CODES:
            first = int(entries[index])
            if isinstance(entries[index + 1], pikepdf.Array):
                for offset, width in enumerate(entries[index + 1]):
                    widths[first + offset] = number_of(width) or 0.0
                index += 2
            else:
                width = number_of(entries[index + 2]) or 0.0
                last = min(int(entries[index + 1]), first + _MOST_CODES)
                widths |= dict.fromkeys(range(first, last + 1), width)
                index += 3
    return widths
