"""Sheets to a PDF whose writing stays text. Draws, decides nothing.

Each word is one text matrix and one array of glyphs with their kerning (ISO 32000-1
sections 9.4.2 and 9.4.3). Boxes equal the sheet, print scaling is off, the same sheets give
the same bytes.
"""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from reportlab import rl_config
from reportlab.pdfgen import canvas

from fairhand.output.form_font import SPACE, FormFont
from fairhand.output.type0 import font_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fairhand.hand.font import ShapedGlyph
    from fairhand.hand.hand import Hand
    from fairhand.impose.sheet import Sheet
    from fairhand.stationery.model import Ink
    from fairhand.write.page import WrittenPage, WrittenWord

Colour = Literal["rgb", "cmyk"]
_MOST_CLIMB = 0.4
"""A word that climbs by more points says its text as a whole: readers (Poppler) take letters
half a point higher for another word."""

_MOST_GAP = 0.03
"""Room in a word, beyond its letters' own widths, from which on it says its text as a whole:
readers take a tenth of the em for a space, and less about a hyphen. Em of the embedded font."""

_CLOCK = "SOURCE_DATE_EPOCH"
_TURN = Lock()


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself."""

    title: str
    language: str = "en"
    author: str = ""
    colour: Colour = "rgb"


def pdf(sheets: Iterable[Sheet], about: About) -> bytes:
    """Return a PDF file, one page a sheet."""
    buffer = io.BytesIO()
    with _always_alike():
        paper = _Canvas(
            buffer, invariant=1, pageCompression=1, lang=about.language, pdfVersion=(1, 6)
        )
        paper.setTitle(about.title)
        paper.setAuthor(about.author)
        paper.setCreator("fairhand")
        paper.setProducer("fairhand")
        paper.setSubject("")
        paper.setViewerPreference("PrintScaling", "None")
        paper.setViewerPreference("DisplayDocTitle", "true")
        fonts: dict[tuple[str, float], FormFont] = {}
        for sheet in sheets:
            paper.setPageSize(sheet.size)
            paper.setTrimBox(sheet.trim)
            paper.setBleedBox(sheet.trim)
            for placement in sheet.placements:
                paper.draw("q", f"{_numbers(placement.matrix)} cm")
                _draw_page(paper, placement.page, about.colour, fonts)
                paper.draw("Q")
            paper.showPage()
        resources = paper.document.idToObject["BasicFonts"].dict
        resources.clear()
        for number, font in enumerate(fonts.values()):
            resources[f"H{number}"] = font_object(paper.document, font)
        paper.save()
    return buffer.getvalue()


class _Canvas(canvas.Canvas):  # type: ignore[misc]
    """A ReportLab canvas that sets no font of its own."""

    def _make_preamble(self) -> None:
        # ReportLab would name Helvetica here, which is not embedded.
        self._preamble = ""

    @property
    def document(self) -> Any:
        return self._doc

    def draw(self, *operators: str) -> None:
        self._code.extend(operators)


@contextmanager
def _always_alike() -> Iterator[None]:
    """Keep ReportLab from adding ASCII85 to the streams and a date of the environment's."""
    # Both belong to the whole process, so threads take turns.
    with _TURN:
        before = rl_config.useA85, os.environ.pop(_CLOCK, None)
        rl_config.useA85 = 0
        try:
            yield
        finally:
            rl_config.useA85 = before[0]
            if before[1] is not None:
                os.environ[_CLOCK] = before[1]


def _draw_page(
    paper: _Canvas, page: WrittenPage, colour: Colour, fonts: dict[tuple[str, float], FormFont]
) -> None:
    for rule in page.rules:
        paper.draw(
            _ink(rule.ink, colour, stroke=True),
            f"{_n(rule.width)} w {_n(rule.left)} {_n(rule.y)} m {_n(rule.right)} {_n(rule.y)} l S",
        )
    if not page.lines:
        return
    key = (page.hand.slug, page.strength)
    font = fonts.get(key)
    if font is None:
        font = fonts[key] = FormFont(page.hand, page.strength)
    number = list(fonts).index(key)
    paper.draw("BT", f"/H{number} {_n(font.size, 6)} Tf")
    tone = -1.0
    for line in page.lines:
        for chain in _chains(line.words):
            together = len(chain) > 1
            if together:
                text = "".join(word.shaped.text for word in chain) + " " * chain[-1].spaced
                paper.draw(f"/Span <</ActualText <FEFF{_code(text)}>>> BDC")
            for word in chain:
                if word.tone != tone:
                    tone = word.tone
                    paper.draw(_ink(page.ink.toned(tone), colour))
                paper.draw(_word(word, font, page.hand, told=together))
            if together:
                paper.draw("EMC")
    paper.draw("ET")


def _chains(words: Sequence[WrittenWord]) -> Iterator[list[WrittenWord]]:
    """Yield words that say their text together, for no space parts them, such as ideographs.

    A reader would take some of the room between them, where Latin letters stand, or their
    uneven heights for spaces.
    """
    chain: list[WrittenWord] = []
    for word in words:
        if chain and (chain[-1].spaced or chain[-1].shaped.rtl or word.shaped.rtl):
            yield chain
            chain = []
        chain.append(word)
    if chain:
        yield chain


def _word(word: WrittenWord, font: FormFont, hand: Hand, *, told: bool) -> str:
    """Return the operators of one word: its matrix, and its glyphs with their kerning.

    `told`: what it says has been told already, with its neighbours.
    """
    shaped = word.shaped
    pen = _Pen(font, hand, word.weight)
    pen.show(shaped.glyphs, word.forms)
    climb = abs(word.matrix.b) * shaped.width_em
    stacked = any(glyph.dy for glyph in shaped.glyphs)
    even = climb < _MOST_CLIMB and not stacked and pen.widest_gap < _MOST_GAP
    if told or (shaped.plain and even):
        drawn = pen.taken(spaced=word.spaced)
    else:
        # Poppler and pdfium take marked text to stand from left to right and turn it round
        # themselves, as they do with glyphs.
        inside = word.spaced and not shaped.rtl
        text = shaped.text[::-1] if shaped.rtl else shaped.text + " " * inside
        operators = pen.taken(spaced=inside)
        drawn = f"/Span <</ActualText <FEFF{_code(text)}>>> BDC {operators} EMC"
        if word.spaced and not inside:
            drawn += f" [<{SPACE:04X}>] TJ"
    return f"{_numbers(word.matrix)} Tm {drawn}"


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
        self._at = 0  # where the reader's text position is
        self._widest = 0

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
            if wanted != self._at:
                self._end_run()
                if self._run or self._array:
                    self._widest = max(self._widest, wanted - self._at)
                self._array += _n((self._at - wanted) * 1000 / self._font.units_per_em, 1)
                self._at = wanted
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


def _code(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _ink(ink: Ink, colour: Colour, *, stroke: bool = False) -> str:
    if colour == "cmyk":
        return " ".join(_n(part / 100, 3) for part in ink.cmyk) + (" K" if stroke else " k")
    return " ".join(_n(part, 3) for part in ink.rgb_fractions) + (" RG" if stroke else " rg")


def _numbers(values: Iterable[float]) -> str:
    return " ".join(_n(value, 4) for value in values)


def _n(value: float, digits: int = 3) -> str:
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
