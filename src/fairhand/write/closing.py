"""The closing and the signature are freer: larger, leaning on, and rising.

Nobody signs as carefully as he writes an address; the name is drawn in one go. The amounts
are ours, by eye.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.write.motion import Motion

if TYPE_CHECKING:
    from fairhand.write.view import PageView

_CLOSING_SLANT = 0.02
_CLOSING_SLOPE = 0.008
_SIGNATURE_SIZE = 0.08
_SIGNATURE_SLANT = 0.035
_SIGNATURE_SLOPE = 0.016
_SIGNATURE_WIDTH = 0.04
_SPREAD = 0.5
_START = 0.35


def closing(page: PageView) -> Motion:
    """Return how much freer the words of the closing and the signature are."""
    if not page.closing.any():
        return Motion()
    ruled = 0.3 if page.ruled else 1.0
    close, sign = page.closing[page.line_of], page.signature[page.line_of]
    # One amount a page: a name's words are signed together.
    freely = 1.0 + _SPREAD * page.page_deviate("closing")
    word_freely = freely[page.line_of]
    return Motion(
        start=_START * page.closing * page.line_deviate("closing"),
        slope=ruled * freely * (_CLOSING_SLOPE * page.closing + _SIGNATURE_SLOPE * page.signature),
        slant=word_freely * (_CLOSING_SLANT * close + _SIGNATURE_SLANT * sign),
        size=word_freely * _SIGNATURE_SIZE * sign,
        width=word_freely * _SIGNATURE_WIDTH * sign,
    )
