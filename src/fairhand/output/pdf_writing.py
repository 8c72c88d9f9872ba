"""Writing to the operators of a content stream.

Each word is one text matrix and one array of glyphs with their kerning (ISO 32000-1
sections 9.4.2 and 9.4.3), or its outlines.
"""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from fairhand.output.contours import contours
from fairhand.output.form_font import SPACE, FormFont
from fairhand.output.numbers import number as _n
from fairhand.output.numbers import numbers as _numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairhand.geometry import Affine
    from fairhand.hand.font import ShapedGlyph
    from fairhand.hand.hand import Hand
    from fairhand.output.pdf_colour import Colours
    from fairhand.write.page import WrittenPage, WrittenWord

_MOST_CLIMB = 0.4
"""A word that climbs by more points says its text as a whole: readers (Poppler) take letters
half a point higher for another word."""

_MOST_GAP = 0.03
"""Room in a word, beyond its letters' own widths, from which on it says its text as a whole:
readers take a tenth of the em for a space, and less about a hyphen. Em of the embedded font."""

_LEAST_WIDTH = 1e-6
_TWO_THIRDS = 2 / 3

_STEPS = 100
"""Writing runs in steps of a hundredth of a point, which no eye and no press sees: whole numbers
are short, and quickly written."""

_MATRIX = "%d %d %d %d %d %d Tm "

_MOST_SHOWN = 60_000
"""So many words are kept at most as they were shown, so that a merge needs bounded memory."""

_SPACED = attrgetter("spaced")


def as_text(page: WrittenPage, font: FormFont, name: str, colours: Colours) -> str:
    """Return the operators of a page's writing as text in the font resource `name`.

    What comes after them in the same graphics state runs in steps of a hundredth of a point.
    """
    # Numbers are gathered and written all at once, for a merge writes millions of them.
    pattern: list[str] = []
    matrices: list[Affine] = []
    tones = colours.tones(page.ink)
    shown = font.shown
    last_tone = -1.0
    for line in page.lines:
        for words, together in _chains(line.words):
            if together:
                text = "".join(word.shaped.text for word in words) + " " * words[-1].spaced
                pattern.append(_marked(text))
            for word in words:
                shaped, forms, matrix, spaced, weight, tone = word
                if tone != last_tone:
                    last_tone = tone
                    pattern.append(tones[tone])
                glyphs = shown.get((shaped, forms, weight, spaced)) or _kept(word, font, page.hand)
                plain, whole, most_climb = glyphs
                even = abs(matrix[1]) < most_climb
                pattern.append(plain if together or even else whole)
                matrices.append(matrix)
            if together:
                pattern.append("EMC")
    exact = np.fromiter(chain.from_iterable(matrices), dtype=np.float64, count=6 * len(matrices))
    steps = np.rint(exact * _STEPS).astype(np.int64).tolist()
    unit = 1 / _STEPS
    written = "\n".join(pattern) % tuple(steps)
    return f"{unit} 0 0 {unit} 0 0 cm BT /{name} {_n(font.size, 6)} Tf\n{written}\nET"


def as_outlines(page: WrittenPage, font: FormFont, colours: Colours) -> Iterator[str]:
    """Yield the operators of a page's writing as filled paths, for presses that want no font."""
    units = page.hand.font.units_per_em
    tone = -1.0
    for line in page.lines:
        for word in line.words:
            if word.tone != tone:
                tone = word.tone
                yield colours.fill(page.ink.toned(tone))
            a, b, c, d, e, f = word.matrix
            x = 0
            inked = False
            for glyph, form in zip(word.shaped.glyphs, word.forms, strict=True):
                drawn = font.outline(font.number(glyph.glyph, form, glyph.text, word.weight))
                points = np.add(drawn.points, (x + glyph.dx, glyph.dy)) / units
                placed = points @ ((a, b), (c, d)) + (e, f)
                for steps in contours(placed, drawn.on_curve, drawn.ends):
                    inked = True
                    yield _outline(steps)
                x += glyph.advance
            if inked:
                yield "f"


def _outline(steps: Sequence[tuple[str, tuple[float, ...]]]) -> str:
    """Write a contour; a quadratic curve as the cubic one of the same shape."""
    done: list[str] = []
    at = (0.0, 0.0)
    for operator, xy in steps:
        if operator == "q":
            x, y, to_x, to_y = xy
            xy = (
                at[0] + _TWO_THIRDS * (x - at[0]), at[1] + _TWO_THIRDS * (y - at[1]),
                to_x + _TWO_THIRDS * (x - to_x), to_y + _TWO_THIRDS * (y - to_y), to_x, to_y,
            )  # fmt: skip
            operator = "c"
        done.append(f"{_numbers(xy, 3)} {operator}")
        at = (xy[-2], xy[-1])
    done.append("h")
    return " ".join(done)


def _chains(words: Sequence[WrittenWord]) -> Iterator[tuple[Sequence[WrittenWord], bool]]:
    """Yield words, and whether they say their text together, for no space parts them.

    Ideographs do: a reader would take some of the room between them, where Latin letters stand,
    or their uneven heights for spaces.
    """
    if all(map(_SPACED, words[:-1])):
        yield words, False
        return
    gathered: list[WrittenWord] = []
    for word in words:
        if gathered and (gathered[-1].spaced or gathered[-1].shaped.rtl or word.shaped.rtl):
            yield gathered, len(gathered) > 1
            gathered = []
        gathered.append(word)
    yield gathered, len(gathered) > 1


def _kept(word: WrittenWord, font: FormFont, hand: Hand) -> tuple[str, str, float]:
    """Show a word, and keep how it was shown for the next time."""
    if len(font.shown) >= _MOST_SHOWN:
        font.shown.clear()
    shaped, forms, _, spaced, weight, _ = word
    shown = font.shown[shaped, forms, weight, spaced] = _shown(word, font, hand)
    return shown


def _shown(word: WrittenWord, font: FormFont, hand: Hand) -> tuple[str, str, float]:
    """Return a word's operators, its matrix left open: as they are, and with its text told.

    And how much a matrix may climb (b, points) so that its letters spell it in a reader's eyes.
    """
    shaped = word.shaped
    pen = _Pen(font, hand, word.weight)
    pen.show(shaped.glyphs, word.forms)
    stacked = any(glyph.dy for glyph in shaped.glyphs)
    plain = pen.taken(spaced=word.spaced)
    spells = shaped.plain and not stacked and pen.widest_gap < _MOST_GAP
    # Poppler and pdfium take marked text to stand from left to right and turn it round
    # themselves, as they do with glyphs.
    inside = word.spaced and not shaped.rtl
    text = shaped.text[::-1] if shaped.rtl else shaped.text + " " * inside
    if inside != word.spaced:
        pen = _Pen(font, hand, word.weight)
        pen.show(shaped.glyphs, word.forms)
        operators = pen.taken(spaced=inside)
    else:
        operators = plain
    whole = f"{_marked(text)} {operators} EMC"
    if word.spaced and not inside:
        whole += f" [<{SPACE:04X}>] TJ"
    most_climb = _MOST_CLIMB / max(shaped.width_em, _LEAST_WIDTH) if spells else -1.0
    return _MATRIX + plain, _MATRIX + whole, most_climb


def _marked(text: str) -> str:
    """Return what begins a span that says its text as a whole (ISO 32000-1 section 14.9.4)."""
    return f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC"


class _Pen:
    """Gathers glyphs into TJ arrays (ISO 32000-1 section 9.4.3). Unit: font units."""

    def __init__(self, font: FormFont, hand: Hand, weight: float) -> None:
        self._font = font
        self._weight = weight
        self._hand = hand
        self._units = hand.font.units_per_em
        self._done: list[str] = []
        self._array = ""
        self._run = ""
        self._rise = 0
        self._x = 0  # where the next glyph belongs
        self._at = 0.0  # where the reader's text position is
        self._widest = 0.0

    @property
    def widest_gap(self) -> float:
        """The most room that was left between two glyphs, em of the embedded font."""
        return self._widest / self._font.units_per_em

    def show(self, glyphs: Sequence[ShapedGlyph], forms: Sequence[int]) -> None:
        for glyph, form in zip(glyphs, forms, strict=True):
            if glyph.dy != self._rise:
                self._close()
                self._rise = glyph.dy
                self._done.append(f"{_n(glyph.dy / self._units, 4)} Ts")
            wanted = self._x + glyph.dx
            # Whole thousandths; what is left of them is made up for at the next gap.
            gap = wanted - self._at
            kern = -round(gap * 1000 / self._font.units_per_em)
            if kern:
                self._end_run()
                if self._array:
                    self._widest = max(self._widest, gap)
                self._array += f"{kern}"
                self._at -= kern * self._font.units_per_em / 1000
            self._run += f"{self._font.number(glyph.glyph, form, glyph.text, self._weight):04X}"
            self._at += self._hand.font.advance(glyph.glyph)
            self._x += glyph.advance

    def taken(self, *, spaced: bool = False) -> str:
        """Return the operators gathered so far, with a space after them if asked for."""
        if spaced:
            self._run += f"{SPACE:04X}"
        self._close()
        if self._rise:
            self._done.append("0 Ts")
        return " ".join(self._done)

    def _end_run(self) -> None:
        if self._run:
            self._array += f"<{self._run}>"
            self._run = ""

    def _close(self) -> None:
        self._end_run()
        if self._array:
            self._done.append(f"[{self._array}] TJ")
            self._array = ""
