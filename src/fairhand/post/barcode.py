"""The USPS Intelligent Mail barcode: 20 to 31 digits as 65 bars of four kinds.

The steps are those of USPS-B-3200, section 3.2; what its tables hold is reckoned by their rules,
but for the last, which has none. Where the bars stand: DMM 202.5.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from fairhand.art.drawing import Shape, rectangle
from fairhand.errors import InputError
from fairhand.geometry import Rect
from fairhand.stationery.catalogue import ink
from fairhand.units import INCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.geometry import Size
    from fairhand.note.model import Note
    from fairhand.post.verdict import Post

_POST: Final = "usps"
TRACKING: Final = 20
_ROUTINGS: Final = {0: 0, 5: 1, 9: 100_001, 11: 1_000_100_001}
"""How many digits a routing code may have, and what is added to it (step 1)."""

_CODEWORDS: Final = 1365
_LAST_CODEWORDS: Final = 636
_HALF: Final = 659
_FIVES: Final = 1287
"""How many numbers of 13 bits have five ones; as many codewords stand for those."""

_CHECK_DIVISOR: Final = 0x0F35
_CHECK_START: Final = 0x07FF

# For each bar the bit by which it descends and that by which it ascends: the letter of the
# character, and the bit in it (USPS-B-3200, table 22).
_BARS: Final = (
    "H2E3 B10A0 J12C8 F5G11 I9D1 A1F12 C5B8 E4J11 G3I10 D9H6 F11B4 I5C12 J10A2 H1G7 D6E9 A3I6 "
    "G4C7 B1J9 H10F2 E0D8 G2A4 I11B0 J8D12 C6H7 F1E10 B12G9 H3I0 F8J7 E6C10 D4A5 I4F7 H11B9 "
    "G0J6 A6E8 C1D2 F9I12 E11G1 J5H4 D3B2 A7C0 B3E1 G10D5 I7J4 C11F6 A8H12 E2I1 F10D0 J3A9 "
    "G5C4 H8B7 F0E5 C3A10 G12J2 D11B6 I8H9 F4A11 B5C2 J1E12 I3G6 H0D7 E7H5 A12B11 C9J0 G8F3 "
    "D10I2"
)

PITCH: Final = INCH / 22
BAR: Final = 0.020 * INCH
LENGTH: Final = 64 * PITCH + BAR
_LONG: Final = 0.0725 * INCH
_SHORT: Final = 0.024 * INCH
"""How far a bar reaches from the middle where it ascends or descends, and where it does not.

The middle of what USPS-B-3200, figure 3 allows: 20 to 24 bars an inch, 0.015 to 0.025 in wide,
full bars 0.125 to 0.165 in high, trackers 0.039 to 0.057 in.
"""

_FROM_RIGHT: Final = 3.9 * INCH
_MIDDLE: Final = 0.35 * INCH
"""Where the first bar begins, from the right edge (DMM: 3.5 to 4.25 in), and how high the bars'
middle stands: in the clear zone of 0.625 in, and where home printers still print."""


def digits_of(text: str) -> str:
    """Return the digits of a barcode as it was typed, spaces and hyphens left out.

    InputError for what is none: the tracking code's 20 digits, the second of them 0 to 4, and
    none, 5, 9 or 11 digits of the ZIP Code (USPS-B-3200, section 2.1).
    """
    digits = re.sub(r"[\s\-\u2010-\u2013]", "", text)
    if not re.fullmatch(r"[0-9]*", digits):
        raise InputError(
            f'The Intelligent Mail barcode "{text}" has more than digits.',
            hint="It has the 20 digits of the tracking code and those of the ZIP Code.",
            field="imb",
        )
    if len(digits) - TRACKING not in _ROUTINGS:
        raise InputError(
            f"The Intelligent Mail barcode has {len(digits)} digits; it may have 20, 25, 29 or 31.",
            hint="Put it in quotes, or a program takes it for a number and drops its first zero.",
            field="imb",
        )
    if digits[1] > "4":
        raise InputError(
            f'The Intelligent Mail barcode begins with "{digits[:2]}", which is no identifier.',
            hint="Its second digit is 0 to 4.",
            field="imb",
        )
    return digits


def bars_of(digits: str) -> str:
    """Return the 65 bars of a barcode's digits from the left: T, D, A or F.

    Tracker, descender, ascender, full. The digits are those that `digits_of` returns.
    """
    routing = digits[TRACKING:]
    number = int(routing or "0") + _ROUTINGS[len(routing)]
    number = (number * 10 + int(digits[0])) * 5 + int(digits[1])
    for digit in digits[2:TRACKING]:
        number = number * 10 + int(digit)
    check = _check(number)
    number, last = divmod(number, _LAST_CODEWORDS)
    codewords = [2 * last]
    for _ in range(8):
        number, codeword = divmod(number, _CODEWORDS)
        codewords.insert(0, codeword)
    codewords.insert(0, number + (_HALF if check >> 10 else 0))
    characters = [
        _characters()[codeword] ^ (0x1FFF if check >> place & 1 else 0)
        for place, codeword in enumerate(codewords)
    ]
    return "".join(
        "TDAF"[(characters[down] >> low & 1) + 2 * (characters[up] >> high & 1)]
        for down, low, up, high in _bits()
    )


def envelope_barcode(note: Note, sender: Post | None, size: Size) -> tuple[tuple[Shape, ...], str]:
    """Return the bars that a note asks for on its envelope, and what makes one doubt them.

    Only USPS reads them, so no other post's envelope has any. InputError for digits that are
    none (`digits_of`).
    """
    if not note.imb:
        return (), ""
    digits = digits_of(note.imb)
    if sender is None or sender.name != _POST:
        return (), "Only USPS reads an Intelligent Mail barcode, so this envelope has none."
    zip_code = digits[TRACKING : TRACKING + 5]
    address = " ".join(note.to.lines) if note.to else ""
    doubt = ""
    if zip_code and zip_code not in address:
        doubt = f"The Intelligent Mail barcode is for ZIP Code {zip_code}, the address is not."
    path = [step for bar in bar_places(bars_of(digits), size) for step in rectangle(*bar)]
    return (Shape(tuple(path), fill=ink("black")),), doubt


def bar_places(bars: str, envelope: Size) -> Iterator[Rect]:
    """Yield where each bar stands on an envelope."""
    left = envelope.width - _FROM_RIGHT
    for place, bar in enumerate(bars):
        x = left + place * PITCH
        yield Rect(
            x, _MIDDLE - (_LONG if bar in "DF" else _SHORT),
            x + BAR, _MIDDLE + (_LONG if bar in "AF" else _SHORT),
        )  # fmt: skip


def _check(number: int) -> int:
    """Return the check sequence of 102 bits: 11 bits, highest first (step 2)."""
    check = _CHECK_START
    for place in range(101, -1, -1):
        odd = (check >> 10) ^ (number >> place & 1)
        check = (check << 1 & 0x7FF) ^ (_CHECK_DIVISOR & 0x7FF if odd else 0)
    return check


@cache
def _characters() -> tuple[int, ...]:
    """Return the character of 13 bits of every codeword (step 4; tables 19 and 20)."""
    return (*_with_ones(5, _FIVES), *_with_ones(2, _CODEWORDS - _FIVES))


def _with_ones(ones: int, count: int) -> list[int]:
    """Return the numbers of 13 bits with so many ones: in pairs with their mirror images.

    Those that are their own mirror images stand at the end, the last first.
    """
    pairs: list[int] = []
    alone: list[int] = []
    for number in range(1 << 13):
        if number.bit_count() == ones:
            mirrored = int(f"{number:013b}"[::-1], 2)
            if mirrored > number:
                pairs += [number, mirrored]
            elif mirrored == number:
                alone.insert(0, number)
    table = [*pairs, *alone]
    assert len(table) == count
    return table


@cache
def _bits() -> tuple[tuple[int, int, int, int], ...]:
    """Return the character and bit of each bar's descender, and those of its ascender."""
    found = re.findall(r"([A-J])(\d+)([A-J])(\d+)", _BARS)
    return tuple(
        (ord(down) - ord("A"), int(low), ord(up) - ord("A"), int(high))
        for down, low, up, high in found
    )
