"""Shapes and pictures to the operators of a content stream."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc

from fairhand.art.drawing import Clipped, PdfPage, Picture, Shape
from fairhand.output.numbers import number as _n
from fairhand.output.numbers import numbers as _numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fairhand.art.drawing import Drawn
    from fairhand.geometry import Rect
    from fairhand.output.pdf_colour import Colours

_SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}


class Objects:
    """The pictures and the pages of other files that a document shows, each kept once."""

    def __init__(self, document: Any, separate: Callable[[Picture], Picture] | None) -> None:
        """Take the ReportLab document, and what turns pictures into plates, if they shall be."""
        self._document = document
        self._separate = separate
        self._pictures: dict[Picture, str] = {}
        self._pages: dict[tuple[bytes, int, Rect], str] = {}
        self._references: dict[str, Any] = {}
        self._states: dict[float, str] = {}

    def picture(self, picture: Picture) -> str:
        """Return the resource name of a picture."""
        if picture not in self._pictures:
            shown = self._separate(picture) if self._separate else picture
            name = f"I{len(self._pictures)}"
            self._pictures[picture] = name
            self._references[name] = self._document.Reference(_image(shown))
        return self._pictures[picture]

    def page(self, page: PdfPage) -> str:
        """Return the resource name of another file's page, which is put in at the end."""
        key = (page.file, page.number, page.box)
        return self._pages.setdefault(key, f"P{len(self._pages)}")

    def see_through(self, opacity: float) -> str:
        """Return the resource name of a graphics state that lets through what is below."""
        return self._states.setdefault(round(opacity, 3), f"O{len(self._states)}")

    @property
    def pages(self) -> dict[str, tuple[bytes, int, Rect]]:
        """The pages of other files: the resource name, the file, the page's number and box."""
        return {name: page for page, name in self._pages.items()}

    def exchange_states(self, others: dict[float, str] | None = None) -> dict[float, str]:
        """Return the names of the graphics states asked for since the last time, by opacity.

        `others` are those of a page that is not done; without them a new page begins.
        """
        taken, self._states = self._states, others or {}
        return taken

    def kept(self, form: Any) -> str:
        """Keep what is drawn as a whole, and return its resource name."""
        name = f"F{len(self._references)}"
        self._references[name] = self._document.Reference(form)
        return name

    def resources(self) -> dict[str, Any]:
        """Return the references of all pictures and forms by their resource names."""
        return self._references


def graphics_state(opacity: float) -> Any:
    """Return a graphics state in which things cover so much of what lies below (8.4.5)."""
    return pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("ExtGState"), "ca": opacity, "CA": opacity})


def shows_a_page(thing: Drawn) -> bool:
    """Tell whether a thing is or has a page of another file, which is put in at the end."""
    if isinstance(thing, Clipped):
        return any(map(shows_a_page, thing.things))
    return isinstance(thing, PdfPage)


def drawn(things: Iterable[Drawn], colours: Colours, objects: Objects) -> Iterator[str]:
    """Yield the operators that draw things, the first undermost."""
    for thing in things:
        match thing:
            case Shape() if thing.opacity < 1:
                yield f"q /{objects.see_through(thing.opacity)} gs"
                yield from _shape(thing, colours)
                yield "Q"
            case Shape():
                yield from _shape(thing, colours)
            case Picture():
                yield f"q {_numbers(thing.matrix)} cm /{objects.picture(thing)} Do Q"
            case PdfPage():
                yield f"q {_numbers(thing.matrix)} cm /{objects.page(thing)} Do Q"
            case Clipped():
                rect = thing.rect
                yield f"q {_numbers((rect.left, rect.bottom, rect.width, rect.height))} re W n"
                yield from drawn(thing.things, colours, objects)
                yield "Q"


def _shape(shape: Shape, colours: Colours) -> Iterator[str]:
    paint = ""
    if shape.fill is not None:
        yield colours.fill(shape.fill)
        paint = "f*" if shape.even_odd else "f"
    if shape.stroke is not None and shape.width > 0:
        ends = "1 J 1 j" if shape.rounded else "0 J 0 j"
        dash = f"[{_numbers(shape.dash, 3)}] 0 d"
        yield f"{colours.stroke(shape.stroke)} {_n(shape.width)} w {ends} {dash}"
        paint = {"": "S", "f": "B", "f*": "B*"}[paint]
    if paint:
        steps = " ".join(f"{_numbers(xy, 3)} {op}" if xy else op for op, xy in shape.path)
        yield f"{steps} {paint}"


def _image(picture: Picture) -> Any:
    """Return an image XObject (ISO 32000-1 section 8.9.5); a JPEG stays the file that it was."""
    entries: dict[str, Any] = {
        "Type": pdfdoc.PDFName("XObject"),
        "Subtype": pdfdoc.PDFName("Image"),
        "Width": picture.width_px,
        "Height": picture.height_px,
        "BitsPerComponent": 8,
        "ColorSpace": pdfdoc.PDFName(_SPACES[picture.mode]),
    }
    if not picture.jpeg:
        return pdfdoc.PDFStream(
            pdfdoc.PDFDictionary(entries), picture.samples, [pdfdoc.PDFZCompress]
        )
    if picture.mode == "CMYK" and _is_adobes(picture.jpeg):
        # Adobe's programs write the plates of a JPEG inverted.
        entries["Decode"] = pdfdoc.PDFArrayCompact((1, 0) * 4)
    entries["Filter"] = pdfdoc.PDFName("DCTDecode")
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), picture.jpeg)


def _is_adobes(jpeg: bytes) -> bool:
    from PIL import Image

    with Image.open(io.BytesIO(jpeg)) as image:
        return "adobe" in image.info
