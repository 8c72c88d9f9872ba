"""Pages drawn by the test itself, every word displaced by a known amount.

Words are set one by one from a font file by Pillow; nothing of fairhand takes part. What is
returned as true is what was drawn, not what was wished: a page has few lines.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).parents[2] / "fonts"
# An upright hand with even feet, so that its own shapes add least to what is measured.
FACE = FONTS / "playpen-sans" / "PlaypenSans-Light.ttf"
FINE = 2
"""Pages are drawn so many times larger and then reduced, for places between pixels."""

TEXT = (
    "thank you for letting me know about your decision and for such a good talk we were sorry "
    "not to be there all the more because our train came in before noon and the rain had gone "
    "when another role comes up in the eye clinic out in the rural schools some of us would "
    "drive them home and read to them until the summer came round with its long bright hours "
    "on the river under the old stone bridge near mill lane where our house was a very small one"
)


@dataclass(frozen=True)
class Amounts:
    """How unevenly a page is drawn: degrees, x-heights or shares of a mean, as measured."""

    slope_sd: float = 0.0
    baseline_sd: float = 0.0
    gap_cv: float = 0.0
    drift: float = 0.0
    scatter: float = 0.0
    pitch_cv: float = 0.0


@dataclass(frozen=True)
class Drawn:
    """A drawn page and what is true of it."""

    picture: Image.Image
    true: Amounts
    lines: int
    words: int


class _Type:
    """Words as pictures, with the places of their ink."""

    def __init__(self, x_height: float) -> None:
        trial = ImageFont.truetype(FACE, 1000)
        box = trial.getbbox("x", anchor="ls")
        self.x_height = x_height
        self.font = ImageFont.truetype(FACE, 1000 * x_height / -box[1])
        self.pad = round(3 * x_height)

    def word(self, text: str, degrees: float) -> tuple[np.ndarray, float, float, float]:
        """Return its ink, turned, and its x-zone's left and right end and its body's left end.

        Ends are relative to the picture's column `pad`, where the pen was put down; the
        baseline is on row `pad`.
        """
        width = round(self.font.getlength(text)) + 2 * self.pad
        picture = Image.new("L", (width, 2 * self.pad), 0)
        draw = ImageDraw.Draw(picture)
        draw.text((self.pad, self.pad), text, font=self.font, fill=255, anchor="ls")
        rows = np.asarray(picture) > 127
        zone = rows[round(self.pad - 1.15 * self.x_height) : round(self.pad + 0.15 * self.x_height)]
        body = rows[round(self.pad - 2.2 * self.x_height) : round(self.pad + 0.15 * self.x_height)]
        inked = np.flatnonzero(zone.any(axis=0))
        start = np.flatnonzero(body.any(axis=0))[0]
        if degrees:
            picture = picture.rotate(degrees, Image.Resampling.BICUBIC, center=(self.pad, self.pad))
        return (
            np.asarray(picture), inked[0] - self.pad, inked[-1] + 1 - self.pad, start - self.pad
        )  # fmt: skip


def drawn_page(
    wished: Amounts, seed: int, *, x_height: float = 29.5, lines: int = 16, closing: bool = True
) -> Drawn:
    """Draw a page: a greeting, two paragraphs of full lines, and an indented closing."""
    chance = np.random.default_rng(seed)
    xh = FINE * x_height
    letters = _Type(xh)
    pitch, measure, margin = 3.1 * xh, 34 * xh, 5 * xh
    size = (round(46 * xh), round((lines + 6) * pitch))
    paper = np.zeros((size[1], size[0]), dtype=np.uint8)
    ends_after = {0, lines // 2, lines - 1}
    words = iter(TEXT.split() * 4)
    y = 2.2 * pitch
    first_y = y
    slopes, lifts, gaps, starts, heights, fits = [], [], [], [], [], []
    count = 0
    for line in range(lines):
        slope = math.radians(wished.slope_sd) * chance.normal()
        start = margin + math.tan(math.radians(wished.drift)) * (y - first_y)
        start += wished.scatter * xh * chance.normal()
        length = {0: 0.4, lines // 2: 0.5, lines - 1: 0.6}.get(line, 1.0) * measure
        x, placed = start, []
        while True:
            text = next(words)
            picture, left, right, body = letters.word(text, math.degrees(slope))
            gap = max(0.6, 1.4 * (1 + wished.gap_cv * chance.normal())) * xh
            pen = x - body if not placed else x + gap - left
            if pen + right - start > length and len(placed) > 1:
                break
            if placed:
                gaps.append(gap)
            placed.append((picture, pen, wished.baseline_sd * xh * chance.normal()))
            x = pen + right
        middle = (start + x) / 2
        for picture, pen, lift in placed:
            _ink(paper, picture, letters.pad, pen, y - math.tan(slope) * (pen - middle) - lift)
            lifts.append(lift)
        count += len(placed)
        if length == measure:
            slopes.append(math.degrees(slope))
        starts.append(start)
        heights.append(y)
        fits.append((y, slope, middle, start, x))
        y += pitch * (1 + wished.pitch_cv * chance.normal())
        if line in ends_after:
            y += 0.4 * pitch
    if closing:
        for text, indent in (("sincerely", 18 * xh), ("dana", 21 * xh)):
            picture, *_ = letters.word(text, 0.0)
            _ink(paper, picture, letters.pad, margin + indent, y)
            y += pitch
    drift, scatter = _margin(np.array(heights), np.array(starts))
    true = Amounts(
        slope_sd=float(np.std(slopes, ddof=1)),
        baseline_sd=math.sqrt(np.mean(np.square(lifts))) / xh,
        gap_cv=float(np.std(gaps, ddof=1) / np.mean(gaps)),
        drift=drift,
        scatter=scatter / xh,
        pitch_cv=_pitch_cv(fits, ends_after),
    )
    picture = Image.fromarray(255 - paper).reduce(FINE)
    return Drawn(picture, true, lines + 2 * closing, count + 2 * closing)


def _ink(paper: np.ndarray, word: np.ndarray, pad: int, x: float, y: float) -> None:
    left, top = round(x) - pad, round(y) - pad
    part = paper[top : top + word.shape[0], left : left + word.shape[1]]
    np.maximum(part, word[: part.shape[0], : part.shape[1]], out=part)


def _margin(y: np.ndarray, x: np.ndarray) -> tuple[float, float]:
    b, a = np.polyfit(y, x, 1)
    scatter = np.sqrt(np.square(x - a - b * y).sum() / (len(x) - 2))
    return math.degrees(math.atan(b)), float(scatter)


def _pitch_cv(fits: list[tuple[float, ...]], ends_after: set[int]) -> float:
    """Distances of lines inside paragraphs, in the middle of what both lines share."""
    found = []
    for line, (upper, lower) in enumerate(pairwise(fits)):
        if line in ends_after:
            continue
        middle = (max(upper[3], lower[3]) + min(upper[4], lower[4])) / 2
        ys = [y - math.tan(slope) * (middle - own) for y, slope, own, *_ in (upper, lower)]
        found.append(ys[1] - ys[0])
    return float(np.std(found, ddof=1) / np.mean(found))
