"""Numbers as people type them into tables: "$1,000.00", "1.000,00 €", "1 000,50", "1'000.50"."""

from __future__ import annotations

import re

from fairhand.errors import InputError

_LONGEST = 30
_SAY_WHICH = 'Write float(",") or float(".").'
_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
_AMOUNT = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<money>[$£€¥]|[A-Z]{3}\s)?\s*(?P<minus>[+-]?)"
    r"(?P<digits>[0-9][0-9.,'’\s]*)(?:[$£€¥]|\s[A-Z]{3})?"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,'’ ])[0-9]{3})(?:\1[0-9]{3})*")
_SPACES = re.compile(r"\s+")
_ONE_POINT = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


def number(text: str, decimal: str = "") -> int | float:
    """Return the number that a text is; `decimal` says which mark parts its decimals.

    Without it "1,000" is a thousand, "12,50" is twelve and a half, and of two different marks the
    last parts the decimals. InputError for "1.000", which some take for one and others for a
    thousand, and for what is no number.
    """
    text = text.strip()
    if decimal not in ("", ".", ","):
        raise InputError(f'"{decimal}" cannot part decimals.', hint=_SAY_WHICH)
    found = _AMOUNT.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None or (found["sign"] and found["minus"]):
        if len(text) <= _LONGEST and _PLAIN.fullmatch(text):
            return float(text)
        raise _no_number(text)
    digits = _SPACES.sub(" ", found["digits"].strip())
    if not decimal and _ONE_POINT.fullmatch(digits):
        raise InputError(
            f'"{text}" may be {digits.replace(".", "")} or {digits.rstrip("0").rstrip(".")}.',
            hint=f"Say which mark parts the decimals. {_SAY_WHICH}",
        )
    mark = decimal or _decimal_mark(digits)
    whole, _, rest = digits.rpartition(mark) if mark and mark in digits else (digits, "", "")
    is_well = whole.isdecimal() or (_GROUPED.fullmatch(whole) and not (mark and mark in whole))
    if not is_well or (rest and not rest.isdecimal()):
        raise _no_number(text)
    plain = "".join(filter(str.isdecimal, whole))
    sign = "-" if "-" in (found["sign"], found["minus"]) else ""
    return float(f"{sign}{plain}.{rest}") if rest else int(f"{sign}{plain}")


def _decimal_mark(digits: str) -> str:
    """Return the mark that parts decimals, or "" where all marks part thousands."""
    marks = [mark for mark in digits if mark in ".,"]
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) != 1:
        return ""
    behind = digits.rpartition(marks[0])[2]
    is_thousand = marks[0] == "," and len(behind) == 3 and digits[0] != "0"
    return "" if is_thousand else marks[0]


def thousands(value: float, mark: str = ",") -> str:
    """Return a number with its thousands apart: 1,250 or 1,250.50.

    Decimals, two of them, are there when it has any; after a comma where a point or a space
    parts the thousands.
    """
    if mark not in (",", ".", " ", "\u00a0", "\u202f", "'", "’"):
        raise InputError(
            f'"{mark}" cannot part thousands.', hint="""Write thousands(".") or thousands(" ")."""
        )
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    decimal = "." if mark in ",'’" else ","
    return text.translate({ord(","): mark, ord("."): decimal})


def _no_number(text: str) -> InputError:
    return InputError(
        f'"{text[:40]}" is not a number.',
        hint="Write figures only, with a point for the decimals: 1250.50",
    )
