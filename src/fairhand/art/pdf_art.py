"""A page of another program's PDF as art: its finished size, its bleed, and how it is turned.

Only what the page paints is taken; forms, notes, links and scripts of the file stay behind.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf

from fairhand.art.drawing import PdfPage
from fairhand.art.pdf_work import TooMuchError, work
from fairhand.errors import InputError
from fairhand.geometry import Affine, Rect, Size

_DAMAGED = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError,
            OverflowError, RecursionError)  # fmt: skip
_LARGEST = 15_000.0
"""Points; more than five metres is no card."""


@dataclass(frozen=True, slots=True)
class PdfArt:
    """A page, counted from 0: `trim` and `bleed` in its own points, `turn` in quarters right.

    `unit` is how many of ours its own point is long. `hides` tells that the file has layers
    that are switched off, which only the file as a whole can tell from the others.
    """

    file: bytes
    number: int
    trim: Rect
    bleed: Rect
    turn: int
    name: str
    unit: float = 1.0
    hides: bool = False

    @property
    def size(self) -> Size:
        """The finished size, as one sees the page, points."""
        size = Size(self.trim.width * self.unit, self.trim.height * self.unit)
        return size.turned() if self.turn % 2 else size

    @property
    def over(self) -> float:
        """How far the page's own bleed reaches over its finished size at the least, points."""
        trim, bleed = self.trim, self.bleed
        return self.unit * min(trim.left - bleed.left, trim.bottom - bleed.bottom,
                               bleed.right - trim.right, bleed.top - trim.top)  # fmt: skip

    def placed(self, whole: Rect, seen: Rect, *, with_bleed: bool) -> PdfPage:
        """Return the page with its finished size filling `whole`, as far as it is in `seen`."""
        left, bottom, right, top = self.trim
        width, height = right - left, top - bottom
        unit = Affine(1 / width, 0.0, 0.0, 1 / height, -left / width, -bottom / height)
        quarters = (
            Affine(), Affine(0.0, -1.0, 1.0, 0.0, 0.0, 1.0), Affine(-1.0, 0.0, 0.0, -1.0, 1.0, 1.0),
            Affine(0.0, 1.0, -1.0, 0.0, 1.0, 0.0),
        )  # fmt: skip
        fill = Affine(whole.width, 0.0, 0.0, whole.height, whole.left, whole.bottom)
        matrix = unit.then(quarters[self.turn % 4]).then(fill)
        box = matrix.inverse().about(seen).intersection(self.bleed if with_bleed else self.trim)
        return PdfPage(self.file, self.number, matrix, box)


def count_pages(data: bytes, name: str) -> int:
    """Return how many pages a PDF has; InputError for one that cannot be opened."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            return len(document.pages)
    except pikepdf.PasswordError:
        raise _locked(name) from None
    except _DAMAGED:
        raise _damaged(name) from None


def read_pdf_page(data: bytes, page: int, name: str) -> PdfArt:
    """Return page `page` (from 1) of a PDF; InputError for what cannot be opened or used."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            count = len(document.pages)
            if page > count:
                pages = "one page" if count == 1 else f"{count} pages"
                raise InputError(f'"{name}" has {pages}, so there is no page {page}.')
            one = document.pages[page - 1]
            media = _rect(one.mediabox)
            seen = _rect(one.cropbox).intersection(media)
            trim = (_rect(one.trimbox) if "/TrimBox" in one.obj else seen).intersection(media)
            bleed = (_rect(one.bleedbox) if "/BleedBox" in one.obj else trim).intersection(media)
            turn = int(one.obj.get("/Rotate", _inherited(one, "/Rotate", 0))) // 90 % 4
            unit = float(one.obj.get("/UserUnit", 1))
            hides = _hides(document)
            work(one)
            # Whatever is broken in what it paints is found here, not when the card is made.
            one.as_form_xobject(handle_transformations=False).read_bytes()
            if document.get_warnings():
                data = _mended(document)
    except pikepdf.PasswordError:
        raise _locked(name) from None
    except TooMuchError:
        raise InputError(f'Page {page} of "{name}" draws more than a card can show.',
                         hint="Export it as a picture of 300 ppi.") from None  # fmt: skip
    except InputError:
        raise
    except _DAMAGED:
        raise _damaged(name) from None
    bleed = Rect(min(bleed.left, trim.left), min(bleed.bottom, trim.bottom),
                 max(bleed.right, trim.right), max(bleed.top, trim.top))  # fmt: skip
    if not (1 <= trim.width * unit <= _LARGEST and 1 <= trim.height * unit <= _LARGEST):
        raise InputError(f'Page {page} of "{name}" has no size that a card could show.')
    return PdfArt(data, page - 1, trim, bleed, turn, name, unit, hides)


def _locked(name: str) -> InputError:
    return InputError(f'"{name}" opens only with a password.', hint="Save it without one.")


def _damaged(name: str) -> InputError:
    return InputError(f'"{name}" is damaged, and cannot be read as a PDF.', hint="Export it again.")


def _mended(document: pikepdf.Pdf) -> bytes:
    """Return a damaged file as qpdf understood it, for others may not understand it so."""
    out = io.BytesIO()
    document.save(out, encryption=False, deterministic_id=True)
    return out.getvalue()


def _rect(box: object) -> Rect:
    values: list[float] = [float(value) for value in box]  # type: ignore[attr-defined]
    x0, y0, x1, y1 = values
    return Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _hides(document: pikepdf.Pdf) -> bool:
    """Tell whether layers are off when the file is opened (ISO 32000-1 section 8.11.4.3)."""
    layers = document.Root.get("/OCProperties")
    usual = layers.get("/D") if isinstance(layers, pikepdf.Dictionary) else None
    if not isinstance(usual, pikepdf.Dictionary):
        return False
    off = usual.get("/OFF")
    return usual.get("/BaseState") == "/OFF" or (isinstance(off, pikepdf.Array) and len(off) > 0)


def _inherited(page: pikepdf.Page, key: str, default: int) -> int:
    """Return an entry that a page has from the tree above it (ISO 32000-1 section 7.7.3.4)."""
    node = page.obj.get("/Parent")
    for _ in range(50):
        if node is None:
            break
        if key in node:
            return int(node[key])
        node = node.get("/Parent")
    return default
