"""Numbers as the exporters write them: short, and never in exponents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def number(value: float, digits: int = 3) -> str:
    """Return a number with at most so many digits after the point, and no idle zeros."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def numbers(values: Iterable[float], digits: int = 4) -> str:
    """Return numbers with spaces between them."""
    return " ".join(number(value, digits) for value in values)
