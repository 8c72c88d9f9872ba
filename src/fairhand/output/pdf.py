"""Sheets to a PDF whose writing stays text. Draws, decides nothing.

Print scaling is off, and the same sheets give the same bytes.
"""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

from fairhand.output.form_font import FormFont
from fairhand.output.numbers import numbers as _numbers
from fairhand.output.pdf_colour import Colour, Colours
from fairhand.output.pdf_drawing import Objects, drawn
from fairhand.output.pdf_writing import as_outlines, as_text
from fairhand.output.type0 import font_object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fairhand.art.drawing import Picture
    from fairhand.impose.sheet import Placement, Sheet
    from fairhand.output.press_file import Press
    from fairhand.stationery.model import Ink
    from fairhand.write.page import WrittenPage

_CLOCK = "SOURCE_DATE_EPOCH"
_TURN = Lock()


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself; `press` makes it a file for a print shop.

    `keywords` tell what was done to it, such as a printer's correction.
    """

    title: str
    language: str = "en"
    author: str = ""
    colour: Colour = "rgb"
    press: Press | None = None
    keywords: str = ""


def pdf(sheets: Iterable[Sheet], about: About) -> bytes:
    """Return a PDF file, one page a sheet."""
    buffer = io.BytesIO()
    with _always_alike():
        paper = _Canvas(buffer, about)
        for sheet in sheets:
            paper.show(sheet)
        paper.finish()
    made = buffer.getvalue()
    if about.press or paper.objects.pages:
        # pikepdf takes a while to load and is not needed for most files.
        from fairhand.output.press_file import finished

        made = finished(made, about, paper.objects.pages)
    return made


class _Canvas(canvas.Canvas):  # type: ignore[misc]
    """A ReportLab canvas that has no font and no resources but ours."""

    def __init__(self, buffer: io.BytesIO, about: About) -> None:
        super().__init__(
            buffer, invariant=1, pageCompression=1, lang=about.language, pdfVersion=(1, 6)
        )
        self.setTitle(about.title)
        self.setAuthor(about.author)
        self.setCreator("fairhand")
        self.setProducer("fairhand")
        self.setSubject("")
        if about.keywords:
            self.setKeywords(about.keywords)
        self.setViewerPreference("PrintScaling", "None")
        self.setViewerPreference("DisplayDocTitle", "true")
        press = about.press
        separate: Callable[[Picture], Picture] | None = None
        mix: Callable[[Ink], Ink] | None = None
        if press:
            from fairhand.output.separation import separated, separated_ink

            separate = partial(separated, profile=press.profile, most_ink=press.most_ink)
            mix = partial(separated_ink, profile=press.profile, most_ink=press.most_ink)
        elif about.colour == "rgb":
            separate = _on_screen
        self._outlines = bool(press and press.outlines)
        self._colours = Colours("cmyk" if press else about.colour, mix)
        self.objects = Objects(self._doc, separate)
        self._fonts: dict[tuple[str, float], FormFont] = {}
        self._spaces: dict[str, Any] = {}

    def show(self, sheet: Sheet) -> None:
        """Draw a sheet as the next page."""
        self.setPageSize(sheet.size)
        self.setTrimBox(sheet.trim)
        self.setBleedBox(sheet.bleed or sheet.trim)
        for placement in sheet.placements:
            self._place(placement)
        self._draw_under(sheet.marks)
        self.showPage()

    def finish(self) -> None:
        """Add the fonts and write the file."""
        fonts = self._doc.idToObject["BasicFonts"].dict
        fonts.clear()
        for number, font in enumerate(self._fonts.values()):
            if not self._outlines:
                fonts[f"H{number}"] = font_object(self._doc, font)
        self.save()

    def _place(self, placement: Placement) -> None:
        self._code.append("q")
        clip = placement.clip
        if clip is not None and placement.page.under:
            self._code.append(
                f"{_numbers((clip.left, clip.bottom, clip.width, clip.height))} re W n"
            )
        self._code.append(f"{_numbers(placement.matrix)} cm")
        self._draw_page(placement.page)
        self._code.append("Q")

    def _draw_page(self, page: WrittenPage) -> None:
        self._draw_under(page.under)
        if not page.lines:
            return
        key = (page.hand.slug, page.strength)
        font = self._fonts.get(key)
        if font is None:
            font = self._fonts[key] = FormFont(page.hand, page.strength)
        if self._outlines:
            self._code.extend(as_outlines(page, font, self._colours))
        else:
            name = f"H{list(self._fonts).index(key)}"
            self._code.extend(as_text(page, font, name, self._colours))

    def _draw_under(self, things: Iterable[Any]) -> None:
        self._code.extend(drawn(things, self._colours, self.objects))

    def _make_preamble(self) -> None:
        # ReportLab would name Helvetica here, which is not embedded.
        self._preamble = ""

    def _setXObjects(self, page: Any) -> None:  # noqa: N802 (ReportLab's name)
        shown = self.objects.resources()
        page.XObjects = pdfdoc.PDFDictionary(dict(shown)) if shown else None

    def _setExtGState(self, page: Any) -> None:  # noqa: N802 (ReportLab's name)
        states = self.objects.take_states()
        page.ExtGState = pdfdoc.PDFDictionary(states) if states else None
        if states:
            # See-through things are mixed in the colours of the whole (ISO 32000-1, 11.6.6).
            space = "DeviceCMYK" if self._colours.colour == "cmyk" else "DeviceRGB"
            names = {"S": "Transparency", "CS": space}
            page.__NoDefault__ = [*page.__NoDefault__, "Group"]
            page.Group = pdfdoc.PDFDictionary({k: pdfdoc.PDFName(v) for k, v in names.items()})

    def _setColorSpace(self, page: Any) -> None:  # noqa: N802 (ReportLab's name)
        for name, space in self._colours.resources().items():
            if name not in self._spaces:
                self._spaces[name] = self._doc.Reference(space, f"fairhand.{name}")
        page._colorsUsed = {f"fairhand.{name}": name for name in self._spaces}


def _on_screen(picture: Picture) -> Picture:
    if picture.mode != "CMYK":
        return picture
    # Few cards have plates on them, and what turns them is slow to load.
    from fairhand.output.separation import on_screen

    return on_screen(picture)


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
