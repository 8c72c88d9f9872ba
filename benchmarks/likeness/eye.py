"""A picture to compare by eye: the same note in several hands, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from benchmarks.likeness.ours import panel

if TYPE_CHECKING:
    from pathlib import Path

HANDS = (
    "mynerve", "homemade-apple", "nothing-you-could-do",
    "beth-ellen", "caveat", "cedarville-cursive",
)  # fmt: skip
_DPI = 150.0
_COLUMNS = 3
_LABEL = 26


def picture(
    hands: tuple[str, ...], note: Path, *, seed: int, neatness: float, labelled: bool
) -> Image.Image:
    """Return the fullest panel of the note in each hand, in rows of three."""
    panels = [panel(hand, seed, neatness, note, dpi=_DPI).picture for hand in hands]
    width = max(one.width for one in panels)
    height = max(one.height for one in panels) + (_LABEL if labelled else 0)
    rows = -(-len(panels) // _COLUMNS)
    sheet = Image.new("L", (min(len(panels), _COLUMNS) * width, rows * height), 255)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(16)
    for number, (hand, one) in enumerate(zip(hands, panels, strict=True)):
        left, top = number % _COLUMNS * width, number // _COLUMNS * height
        sheet.paste(one, (left, top))
        if labelled:
            middle = (left + width / 2, top + height - _LABEL / 2)
            draw.text(middle, hand, fill=96, font=font, anchor="mm")
    return sheet
