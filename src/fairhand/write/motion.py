"""What an effect sees of a page and what it answers: arrays over lines and words.

Unit: x-heights of the line, radians, or factors ("0.03" is three per cent more). Effects
only add up, so their order does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from fairhand.hand.noise import deviates, keys, text_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairhand.compose.page import ComposedPage

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Keys = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """How far the hand moved from the composed page.

    For each line: `start` (right), `rise` (up), `slope` (radians), `bend` (sagitta).
    For each word: `gap` (factor of the space before it), `lift` (up), `turn` and `slant`
    (radians), `size` and `width` (factors).
    """

    start: Floats | float = 0.0
    rise: Floats | float = 0.0
    slope: Floats | float = 0.0
    bend: Floats | float = 0.0
    gap: Floats | float = 0.0
    lift: Floats | float = 0.0
    turn: Floats | float = 0.0
    slant: Floats | float = 0.0
    size: Floats | float = 0.0
    width: Floats | float = 0.0

    def __add__(self, other: Motion) -> Motion:
        return Motion(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def scaled(self, by: float) -> Motion:
        """Return the motion, so many times as strong."""
        return Motion(*(getattr(self, f.name) * by for f in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class PageView:
    """A page as effects see it: m lines, n words, and keys to draw deviates from.

    `line_of` (n,) gives each word's line, `along` (n,) its middle from the line's start in
    x-heights, `down` (m,) each line's place on the page in lines. A line's key is made of
    its number, a word's of its line, its text, and how many times it has come on that line.
    """

    line_of: Ints
    along: Floats
    down: Floats
    free_start: Floats
    ruled: bool
    line_keys: Keys
    word_keys: Keys
    page_key: Keys

    def line_deviate(self, effect: str, number: int = 0) -> Floats:
        """Return a deviate for each line."""
        return deviates(self.line_keys, text_key(effect, number))

    def word_deviate(self, effect: str, number: int = 0) -> Floats:
        """Return a deviate for each word."""
        return deviates(self.word_keys, text_key(effect, number))

    def page_deviate(self, effect: str, number: int = 0) -> float:
        """Return one deviate for the page."""
        return float(deviates(self.page_key, text_key(effect, number))[0])

    def drift(self, effect: str, length: float) -> Floats:
        """Return a deviate for each word that changes slowly along its line.

        `length` is how far the hand goes between two independent values, x-heights.
        """
        place = self.along / length
        cell = np.floor(place)
        t = place - cell
        t = t * t * (3.0 - 2.0 * t)
        base = self.line_keys[self.line_of]
        salt = text_key(effect, "drift")
        here = deviates(base + cell.astype(np.int64).astype(np.uint64), salt)
        after = deviates(base + (cell + 1).astype(np.int64).astype(np.uint64), salt)
        # Interpolated values vary less than their nodes; this factor makes up for it.
        drifted: Floats = (here * (1.0 - t) + after * t) * 1.2
        return drifted


def view(page: ComposedPage, seed: str) -> PageView:
    """Look at a composed page as effects need it."""
    line_of: list[int] = []
    along: list[float] = []
    word_keys: list[int] = []
    for number, line in enumerate(page.lines):
        x_height = page.x_height_em * line.size
        origin = line.words[0].x if line.words else 0.0
        seen: dict[str, int] = {}
        for word in line.words:
            text = word.shaped.text
            seen[text] = seen.get(text, 0) + 1
            word_keys.append(text_key(seed, "word", page.name, number, text, seen[text]))
            middle = word.x - origin + 0.5 * word.shaped.width_em * line.size
            along.append(middle / x_height)
            line_of.append(number)
    return PageView(
        np.array(line_of, dtype=np.int64),
        np.array(along),
        np.arange(len(page.lines), dtype=np.float64),
        np.array([1.0 if line.align == ("right" if line.rtl else "left") else 0.0
                  for line in page.lines]),
        bool(page.rules),
        keys([text_key(seed, "line", page.name, number) for number in range(len(page.lines))]),
        keys(word_keys),
        keys([text_key(seed, "page", page.name)]),
    )  # fmt: skip
