"""Sheets to a PDF whose writing stays text. Draws, decides nothing.

Print scaling is off, and the same sheets give the same bytes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc

from fairhand.art.drawing import around, bounds
from fairhand.output.form_font import FormFont
from fairhand.output.numbers import numbers as _numbers
from fairhand.output.pdf_colour import Colour, Colours
from fairhand.output.pdf_drawing import Objects, drawn, graphics_state, shows_a_page
from fairhand.output.pdf_page import Page, Stream
from fairhand.output.pdf_writing import as_outlines, as_text
from fairhand.output.type0 import font_object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fairhand.art.drawing import Drawn, Picture
    from fairhand.hand.hand import Hand
    from fairhand.impose.sheet import Placement, Sheet
    from fairhand.output.press_file import Press
    from fairhand.stationery.model import Ink
    from fairhand.write.page import WrittenPage

_CLOCK = "SOURCE_DATE_EPOCH"
_TURN = Lock()

_WORTH_KEEPING = 3
_MOST_SEEN = 4
"""Of so few things a form is not made, and so many pages back is looked for what comes again."""


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
    paper = _Paper(about)
    for sheet in sheets:
        paper.show(sheet)
    made = paper.finished()
    if about.press or paper.objects.pages:
        # pikepdf takes a while to load and is not needed for most files.
        from fairhand.output.press_file import finished

        made = finished(made, about, paper.objects.pages)
    return made


class _Paper:
    """A document as it is drawn, page by page; it has no font and no resources but ours."""

    def __init__(self, about: About) -> None:
        self._document = _document(about)
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
        self.objects = Objects(self._document, separate)
        self._fonts: list[FormFont] = []
        self._open_fonts: dict[tuple[str, float], int] = {}
        self._spaces: dict[str, Any] = {}
        self._resources: dict[tuple[str, ...], Any] = {}
        self._seen: dict[int, tuple[Drawn, ...]] = {}
        self._forms: dict[int, tuple[tuple[Drawn, ...], str, bool]] = {}
        self._is_blended = False

    def show(self, sheet: Sheet) -> None:
        """Draw a sheet as the next page."""
        code: list[str] = []
        for placement in sheet.placements:
            code.extend(self._placed(placement))
        code.extend(self._drawn(sheet.marks))
        stream = Stream("\n".join(code).encode("ascii"))
        self._document.updateSignature(stream.written)
        states = self.objects.exchange_states()
        space = "DeviceCMYK" if self._colours.colour == "cmyk" else "DeviceRGB"
        contents = self._document.Reference(stream)
        resources = self._resources_with(states)
        blended = space if states or self._is_blended else ""
        self._is_blended = False
        self._document.addPage(Page(sheet, contents, resources, blended))

    def finished(self) -> bytes:
        """Add the fonts and return the file."""
        named = self._document.idToObject[pdfdoc.BasicFonts]
        for number, font in enumerate(self._fonts):
            if not self._outlines:
                named[f"H{number}"] = font_object(self._document, font)
        made: bytes = self._document.GetPDFData(None)
        return made

    def _placed(self, placement: Placement) -> Iterator[str]:
        yield "q"
        clip = placement.clip
        if clip is not None and placement.page.under:
            yield f"{_numbers((clip.left, clip.bottom, clip.width, clip.height))} re W n"
        yield f"{_numbers(placement.matrix)} cm"
        form = self._form(placement.page.under)
        if form:
            yield f"/{form} Do"
        else:
            yield from self._drawn(placement.page.under)
        if placement.page.lines:
            yield from self._written(placement.page)
        yield "Q"

    def _written(self, page: WrittenPage) -> Iterator[str]:
        name, font = self._font(page.hand, page.strength)
        if self._outlines:
            yield from as_outlines(page, font, self._colours)
        else:
            yield as_text(page, font, name, self._colours)

    def _font(self, hand: Hand, strength: float) -> tuple[str, FormFont]:
        """Return the font in which a hand is written from now on, and its resource name."""
        key = (hand.slug, strength)
        number = self._open_fonts.get(key)
        if number is None or self._fonts[number].is_full:
            number = self._open_fonts[key] = len(self._fonts)
            self._fonts.append(FormFont(hand, strength))
        return f"H{number}", self._fonts[number]

    def _drawn(self, things: Iterable[Any]) -> Iterator[str]:
        return drawn(things, self._colours, self.objects)

    def _form(self, things: tuple[Drawn, ...]) -> str:
        """Return the resource name of what comes again, as art does in a merge, and is kept once.

        "" for what has not come before, and for what is not worth it.
        """
        key = id(things)
        if key not in self._forms:
            if len(things) < _WORTH_KEEPING or any(map(shows_a_page, things)):
                return ""
            if key not in self._seen:
                # Held on to while it is known by its identity; art of its own on every card is not.
                if len(self._seen) >= _MOST_SEEN:
                    del self._seen[next(iter(self._seen))]
                self._seen[key] = things
                return ""
            self._forms[key] = (things, *self._made_form(things))
        _, name, blended = self._forms[key]
        self._is_blended |= blended
        return name

    def _made_form(self, things: tuple[Drawn, ...]) -> tuple[str, bool]:
        """Add a form XObject (ISO 32000-1 section 8.10); tell whether it is see-through."""
        page_states = self.objects.exchange_states()
        code = "\n".join(self._drawn(things))
        states = self.objects.exchange_states(page_states)
        resources = self._resources_with(states).format(self._document).decode("ascii")
        box = _numbers(around(map(bounds, things)))
        form = Stream(code.encode("ascii"), Type="/XObject", Subtype="/Form", BBox=f"[{box}]",
                      Resources=resources)  # fmt: skip
        return self.objects.kept(form), bool(states)

    def _resources_with(self, states: dict[float, str]) -> Any:
        """Return the reference of what pages name so far; a merge's share one dictionary."""
        for name, space in self._colours.resources().items():
            if name not in self._spaces:
                self._spaces[name] = self._document.Reference(space)
        pictures = self.objects.resources()
        key = (*self._spaces, *pictures, *(f"{name} {part}" for part, name in states.items()))
        if key not in self._resources:
            told = {name: graphics_state(opacity) for opacity, name in states.items()}
            kinds = {"ColorSpace": self._spaces, "XObject": pictures, "ExtGState": told}
            entries = {kind: pdfdoc.PDFDictionary(named) for kind, named in kinds.items() if named}
            fonts = pdfdoc.PDFObjectReference(pdfdoc.BasicFonts)
            everything = pdfdoc.PDFDictionary({"Font": fonts, **entries})
            self._resources[key] = self._document.Reference(everything)
        return self._resources[key]


def _document(about: About) -> Any:
    """Return an empty document that says what it is."""
    # A date of the environment's belongs to the whole process, so threads take turns.
    with _TURN:
        date = os.environ.pop(_CLOCK, None)
        try:
            document = pdfdoc.PDFDocument(invariant=1, lang=about.language, pdfVersion=(1, 6))
        finally:
            if date is not None:
                os.environ[_CLOCK] = date
    document.setTitle(about.title)
    document.setAuthor(about.author)
    document.setCreator("fairhand")
    document.setProducer("fairhand")
    document.setSubject("")
    if about.keywords:
        document.setKeywords(about.keywords)
    wishes = pdfdoc.ViewerPreferencesPDFDictionary()
    wishes["PrintScaling"] = "None"
    wishes["DisplayDocTitle"] = "true"
    document.Catalog.ViewerPreferences = wishes
    return document


def _on_screen(picture: Picture) -> Picture:
    if picture.mode != "CMYK":
        return picture
    # Few cards have plates on them, and what turns them is slow to load.
    from fairhand.output.separation import on_screen

    return on_screen(picture)
