"""A label: the delivery address, or the sender's, as large as its label bears."""

from __future__ import annotations

from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING

from fairhand.compose.lines import fitted_lines
from fairhand.errors import InputError
from fairhand.geometry import Insets, Rect, Size
from fairhand.stationery.label_catalogue import larger
from fairhand.units import MM, in_mm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairhand.compose.page import ComposedPage
    from fairhand.compose.shape import Shaper
    from fairhand.stationery.label import LabelSheet

_WISHED = 2.4 * MM
_ROOMY = 2.8 * MM
_LARGE = 3.5 * MM
"""x-heights: on small labels, on those higher than `_HIGH`, and for weak eyes."""

_HIGH = 45 * MM

FLOOR = 1.6 * MM
"""The least x-height of a delivery address: capitals of some 2.3 mm, which machines and people
read (USPS and Royal Mail want at least 2 mm)."""

_SENDER_FLOOR = 1.1 * MM
_SENDER_SHARE = 0.82
"""The sender's lines are read by people, and only when a letter comes back."""

_SIZES = (2.0 * MM, 1.8 * MM, 0.0)
_LEADINGS = (1.0, 0.86, 0.78, 0.7)
"""What is tried: the least x-height, and for each of them the share of the hand's leading."""

_LEFT = 0.04
"""The room left of the lines beside what has to be clear, share of the width, if there is any."""

_BOUNDLESS = 2000 * MM


def compose_label(
    lines: Sequence[str], sheet: LabelSheet, shaper: Shaper, *, sender: bool = False,
    large: bool = False, evenly: bool = False,
) -> ComposedPage:  # fmt: skip
    """Set the lines of an address on a label: left aligned, in the middle of its height.

    A name alone stands in the middle. Lines are brought closer before they become smaller than
    they are read with ease, and two of them farther apart than the others only where all of them
    do not fit so; `evenly`, not even then. InputError that tells what room is wanting, and which
    of the maker's labels have it, when they do not fit at the floor.
    """
    safe = sheet.safe
    field = "from" if sender else "to"
    wished = _LARGE if large else _ROOMY if sheet.cell_height > _HIGH else _WISHED
    floor = FLOOR
    if sender:
        wished, floor = _SENDER_SHARE * wished, _SENDER_FLOOR
    texts = list(lines)
    indented = safe.inset(Insets(0, 0, 0, _LEFT * safe.width))
    share = _SENDER_SHARE if sender else 1.0
    tries = product((True,) if evenly else (True, False), _SIZES, _LEADINGS, (indented, safe))
    for even, least, leading, area in tries:
        with suppress(InputError):
            return fitted_lines(
                "label", "address", texts, area, sheet.cell, safe, shaper, wished,
                "left" if len(texts) > 1 else "centre",
                floor=min(wished, max(floor, share * least)), field=field, leading=leading,
                even=even,
            )  # fmt: skip
    raise _too_small(texts, sheet, shaper, floor, field)


def _too_small(
    texts: list[str], sheet: LabelSheet, shaper: Shaper, floor: float, field: str
) -> InputError:
    needed = _needed(texts, shaper, floor)
    room = sheet.safe
    short = [
        f"{in_mm(wanting):.0f} mm more {way}"
        for way, wanting in (("width", needed.width - room.width),
                             ("height", needed.height - room.height))
        if in_mm(wanting) >= 0.5
    ]  # fmt: skip
    whose = "The sender's address" if field == "from" else "The address"
    choices = larger(sheet, needed)
    hint = f"It fits on: {', '.join(choices)}. " if choices else ""
    return InputError(
        f"{whose} needs {' and '.join(short) or 'a little more room'} than a label of "
        f'"{sheet.name}" ({in_mm(sheet.cell_width):.4g} x {in_mm(sheet.cell_height):.4g} mm) has, '
        f"written as small as it is still read.",
        hint=f"{hint}Or shorten the address, or choose a smaller hand.",
        field=field,
    )


def _needed(texts: list[str], shaper: Shaper, x_height: float) -> Size:
    """Return the room that lines take at an x-height, as close as they may stand."""
    size = Size(_BOUNDLESS, _BOUNDLESS)
    whole = Rect.of(size)
    page = fitted_lines("label", "address", texts, whole, size, whole, shaper, x_height, "left",
                        floor=x_height, leading=_LEADINGS[-1])  # fmt: skip
    hand = shaper.hand
    rights = [
        word.x + max(word.shaped.width_em, word.shaped.ink_right_em) * line.size
        for line in page.lines for word in line.words
    ]  # fmt: skip
    em = page.lines[0].size
    block = page.lines[0].y - page.lines[-1].y
    # Above the first line and below the last, as fitted_lines reckons it.
    height = block + (hand.ascent_em - hand.descent_em) * em + 0.2 * x_height
    return Size(max(rights, default=0.0), height)
