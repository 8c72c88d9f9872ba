"""Contact sheets: many small pictures in a grid, each with its name under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps

if TYPE_CHECKING:
    from collections.abc import Sequence

_TABLE = (226, 222, 215)
_PAPER = (254, 252, 247)
_CAPTION = (70, 62, 54)


def contact_sheet(
    pictures: Sequence[tuple[str, Image.Image]], columns: int, cell_width: int
) -> Image.Image:
    """Return the pictures in rows of `columns` with captions, all at one scale.

    The widest is `cell_width` pixels wide.
    """
    margin = cell_width // 14
    scale = cell_width / max(picture.width for _, picture in pictures)
    caption = max(12, cell_width // 22)
    font = ImageFont.load_default(size=caption)
    cells = [
        (
            name,
            p.resize((round(p.width * scale), round(p.height * scale)), Image.Resampling.LANCZOS),
        )
        for name, p in pictures
    ]
    rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    heights = [max(p.height for _, p in row) + 2 * caption + margin for row in rows]
    width = margin + min(columns, max(1, len(cells))) * (cell_width + margin)
    sheet = Image.new("RGB", (width, sum(heights) + margin), _TABLE)
    draw = ImageDraw.Draw(sheet)
    y = margin
    for row, height in zip(rows, heights, strict=True):
        x = margin
        for name, picture in row:
            paper = Image.new("RGB", picture.size, _PAPER)
            sheet.paste(ImageChops.multiply(picture, paper), (x, y))
            draw.rectangle((x, y, x + picture.width - 1, y + picture.height - 1), outline="#d0c9bd")
            draw.text((x, y + picture.height + caption // 3), name, font=font, fill=_CAPTION)
            x += cell_width + margin
        y += height
    return sheet


def cut_to_ink(picture: Image.Image, margin: int) -> Image.Image:
    """Return the part of a picture on white paper that has ink, with a white margin, pixels."""
    ink = ImageOps.invert(picture.convert("L")).getbbox() or (0, 0, 1, 1)
    return ImageOps.expand(picture.crop(ink), margin, "white")
