"""A picture of the finished card with its envelope: paper, fold and shadow around the raster
of the very PDF that will be printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairhand.impose.sheet import Sheet

_TABLE = (222, 217, 209)
_TABLE_EDGE = (203, 197, 188)
_CARD = (254, 252, 247)
_ENVELOPE = (244, 237, 224)
_FOLD_DEPTH = 0.11
_FOLD_WIDTH_PT = 22.0
_MARGIN_PT = 40.0
_OVERLAP = 0.14
_APART = 0.03
"""How far the rows lie over each other, or apart, in heights of the upper one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One flat piece of paper: its raster, its folds in pixels, and whether it is an envelope."""

    picture: Image.Image
    folds: tuple[tuple[float, float, float, float], ...]
    envelope: bool = False
    tilt: float = 0.0


def mockup(
    card: Sequence[tuple[Sheet, Image.Image]],
    envelope: tuple[Sheet, Image.Image] | None,
    dpi: float,
) -> Image.Image:
    """Return a picture of a card lying in front of its envelope.

    `card` are its sides with their rasters at `dpi`; what is written on the outside of a
    folded card is shown panel by panel, beside the envelope.
    """
    scale = dpi / 72
    behind: list[Piece] = []
    before: list[Piece] = []
    if envelope is not None:
        behind.append(Piece(envelope[1], (), envelope=True, tilt=-2.2))
    for sheet, picture in card:
        if sheet.name == "outside":
            tilts = (1.8, -1.2)
            for panel, tilt in zip(_panels(sheet, picture, scale), tilts, strict=False):
                behind.append(Piece(panel, (), tilt=tilt))
        else:
            folds = tuple(
                (x0 * scale, y0 * scale, x1 * scale, y1 * scale) for x0, y0, x1, y1 in sheet.folds
            )
            before.append(Piece(picture, folds, tilt=0.7 if not before else -0.8))
    rows = [[_on_paper(piece, scale) for piece in row] for row in (behind, before) if row]
    # A front is there to be seen; an envelope may lie half under the card.
    overlap = _OVERLAP if len(behind) == 1 and envelope is not None else -_APART
    return _laid_out(rows, int(_MARGIN_PT * scale), scale, overlap)


def _panels(sheet: Sheet, picture: Image.Image, scale: float) -> list[Image.Image]:
    """Cut the written panels out of a side of a folded card, each as its reader holds it."""
    panels = []
    for placement in sheet.placements:
        x, y = placement.matrix.apply(0, 0)
        right, top = placement.matrix.apply(*placement.page.size)
        left, right = sorted((x * scale, right * scale))
        bottom, top = sorted((y * scale, top * scale))
        box = (left, picture.height - top, right, picture.height - bottom)
        panel = picture.crop((round(box[0]), round(box[1]), round(box[2]), round(box[3])))
        panels.append(panel.rotate(180) if placement.matrix.a < 0 else panel)
    return panels


def _on_paper(piece: Piece, scale: float) -> Image.Image:
    """Return the piece as paper with an alpha channel, tilted a little."""
    ink = np.asarray(piece.picture, dtype=np.float64) / 255
    paper = np.array(_ENVELOPE if piece.envelope else _CARD) / 255
    sheet = ink * paper * _light(piece, scale)[:, :, None]
    picture = Image.fromarray((np.clip(sheet, 0, 1) * 255).astype(np.uint8), "RGB")
    picture = picture.convert("RGBA")
    if piece.envelope:
        edge = ImageDraw.Draw(picture)
        w, h = picture.size
        edge.rectangle((0, 0, w - 1, h - 1), outline=(222, 212, 194, 255), width=max(1, int(scale)))
    return picture.rotate(piece.tilt, Image.Resampling.BICUBIC, expand=True)


def _light(piece: Piece, scale: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the shading of the paper: a soft fall of light, and the valley of each fold."""
    width, height = piece.picture.size
    x = np.arange(width)[None, :]
    y = np.arange(height)[:, None]
    light = 1.0 - 0.025 * (x / width) * np.ones((height, 1)) - 0.015 * (y / height)
    for x0, y0, x1, _ in piece.folds:
        away = (x - x0) if x0 == x1 else (height - y0 - y)
        width_px = _FOLD_WIDTH_PT * scale
        valley = np.exp(-np.abs(away) / width_px) * np.where(away < 0, 1.0, 0.45)
        light = light * (1.0 - _FOLD_DEPTH * valley)
    return light


def _laid_out(rows: list[list[Image.Image]], margin: int, scale: float, over: float) -> Image.Image:
    widths = [sum(p.width for p in row) + margin * (len(row) - 1) for row in rows]
    heights = [max(p.height for p in row) for row in rows]
    overlap = int(over * heights[0]) if len(rows) > 1 else 0
    size = (max(widths) + 2 * margin, sum(heights) - overlap + 2 * margin)
    table = _table(size)
    y = margin
    for number, (row, width, height) in enumerate(zip(rows, widths, heights, strict=True)):
        # The envelope lies a little to the left, the card a little to the right.
        free = size[0] - 2 * margin - width
        x = margin + (int(free * 0.35) if number == 0 and len(rows) > 1 else free // 2)
        for piece in row:
            _lay(table, piece, (x, y + (height - piece.height) // 2), scale)
            x += piece.width + margin
        y += height - overlap
    return table


def _table(size: tuple[int, int]) -> Image.Image:
    width, height = size
    y = np.linspace(0, 1, height)[:, None, None]
    x = np.linspace(-1, 1, width)[None, :, None]
    top, edge = np.array(_TABLE), np.array(_TABLE_EDGE)
    shade = np.clip(0.35 * x * x + 0.65 * y, 0, 1)
    return Image.fromarray((top + (edge - top) * shade).astype(np.uint8), "RGB")


def _lay(table: Image.Image, piece: Image.Image, at: tuple[int, int], scale: float) -> None:
    """Put a piece down with a wide soft shadow and a narrow dark one under its edge."""
    alpha = piece.getchannel("A")
    for spread, drop, depth in ((9.0, 6.0, 70), (1.6, 1.4, 90)):
        pad = int(3 * spread * scale)
        shadow = Image.new("L", (piece.width + 2 * pad, piece.height + 2 * pad), 0)
        shadow.paste(alpha, (pad, pad))
        shadow = shadow.filter(ImageFilter.GaussianBlur(spread * scale))
        shadow = ImageChops.multiply(shadow, Image.new("L", shadow.size, depth))
        place = (at[0] - pad + int(drop * scale * 0.4), at[1] - pad + int(drop * scale))
        table.paste(Image.new("RGB", shadow.size, (60, 50, 42)), place, shadow)
    table.paste(piece.convert("RGB"), at, alpha)
