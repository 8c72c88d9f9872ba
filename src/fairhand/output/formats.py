"""The table of output formats."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from fairhand.output.pdf import About, pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

    from fairhand.impose.sheet import Sheet

PICTURE_DPI: Final = 300


def _pdf(sheets: Sequence[Sheet], about: About) -> list[bytes]:
    return [pdf(sheets, about)]


def _png(sheets: Sequence[Sheet], about: About) -> list[bytes]:
    # pdfium is slow to load and not needed for a PDF.
    from fairhand.output.raster import rasters

    return [png_file(picture) for picture in rasters(pdf(sheets, about), PICTURE_DPI)]


def _svg(sheets: Sequence[Sheet], about: About) -> list[bytes]:
    from fairhand.output.svg import svg

    return svg(sheets, about)


def png_file(picture: Image.Image, dpi: float = PICTURE_DPI, *, at_once: bool = False) -> bytes:
    """Return a picture as a PNG file that says its resolution.

    `at_once`: made in a fraction of the time, and half as large again.
    """
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", dpi=(dpi, dpi), compress_level=1 if at_once else 6)
    return buffer.getvalue()


FORMATS: Final[dict[str, Callable[[Sequence[Sheet], About], list[bytes]]]] = {
    ".pdf": _pdf,
    ".png": _png,
    ".svg": _svg,
}
"""File ending to exporter: one file for all sheets (PDF), or one for each."""
