"""The ink of every letter of a written page by itself, as pixels, drawn by the test."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from fairhand.hand.forms import draw_form
from fairhand.output.contours import contours
from fairhand.units import MM
from fairhand.write.page import WrittenPage, WrittenWord

PER_MM = 20
"""Pixels a millimetre."""

_STEPS = 6
_BORDER = 10


def touching(page: WrittenPage, clear_mm: float) -> list[str]:
    """Return the pairs of letters beside each other in a word that are nearer than so many mm."""
    found = []
    grown = max(0, round(clear_mm * PER_MM))
    for line in page.lines:
        for word in line.words:
            inks = [ink for ink in letters(page, word) if ink[1].getbbox()]
            for (one, left), (other, right) in pairwise(inks):
                wide = left.filter(ImageFilter.MaxFilter(2 * grown + 1)) if grown else left
                if ImageChops.multiply(wide, right).getbbox():
                    found.append(f"{one}{other} in {word.shaped.text}")
    return found


def letters(page: WrittenPage, word: WrittenWord) -> Iterator[tuple[str, Image.Image]]:
    """Yield each glyph's text and its ink alone; marks that stand on a letter count with it."""
    hand = page.hand
    upem = hand.font.units_per_em
    x = 0
    shapes: list[tuple[str, list[np.ndarray]]] = []
    for glyph, form in zip(word.shaped.glyphs, word.forms, strict=True):
        outline = hand.font.outline(glyph.glyph)
        points = draw_form(hand, glyph.glyph, form, page.strength, word.weight)
        drawn = []
        for steps in contours(points, outline.on_curve, outline.ends):
            path = np.array(list(_flat(steps))) + np.array([x + glyph.dx, glyph.dy])
            a, b, c, d, e, f = word.matrix
            xs, ys = path[:, 0] / upem, path[:, 1] / upem
            drawn.append(np.column_stack([a * xs + c * ys + e, b * xs + d * ys + f]))
        if glyph.advance == 0 and shapes:
            shapes[-1] = (shapes[-1][0] + glyph.text, shapes[-1][1] + drawn)
        else:
            shapes.append((glyph.text, drawn))
        x += glyph.advance
    every = [path for _, paths in shapes for path in paths]
    if not every:
        return
    low = np.concatenate(every).min(axis=0)
    scale = PER_MM / MM
    size = np.ceil((np.concatenate(every).max(axis=0) - low) * scale).astype(int) + 2 * _BORDER
    for text, paths in shapes:
        ink = Image.new("1", tuple(size), 0)
        for path in paths:
            one = Image.new("1", tuple(size), 0)
            ImageDraw.Draw(one).polygon(
                [tuple(point) for point in (path - low) * scale + _BORDER], fill=1
            )
            # Holes matter to nobody here: what stands in one touches the letter round it.
            ink = ImageChops.logical_or(ink, one)
        yield text, ink.convert("L")


def _flat(steps: list[tuple[str, tuple[float, ...]]]) -> Iterator[tuple[float, float]]:
    here = (0.0, 0.0)
    for kind, xy in steps:
        if kind == "q":
            for step in range(1, _STEPS + 1):
                t = step / _STEPS
                yield tuple(
                    (1 - t) ** 2 * here[i] + 2 * t * (1 - t) * xy[i] + t * t * xy[2 + i]
                    for i in (0, 1)
                )
        else:
            yield xy[0], xy[1]
        here = xy[-2], xy[-1]
