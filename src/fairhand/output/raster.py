"""A PDF to pictures, by pdfium: what is previewed is what will be printed."""

from __future__ import annotations

import io
from math import sqrt

import pypdfium2
from PIL import Image

from fairhand.art.drawing import PdfPage, Picture
from fairhand.errors import InputError
from fairhand.geometry import Affine, Size

_ART_DPI = 300
PRINT_DPI = 450
"""Samples to the inch of a page that goes into print as a picture."""


def rasters(pdf_bytes: bytes, dpi: float) -> list[Image.Image]:
    """Return an RGB picture of each page at `dpi` dots per inch."""
    document = pypdfium2.PdfDocument(pdf_bytes)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def raster(pdf_bytes: bytes, number: int, dpi: float) -> Image.Image:
    """Return an RGB picture of one page, counted from 0, at `dpi` dots per inch."""
    document = pypdfium2.PdfDocument(pdf_bytes)
    try:
        picture: Image.Image = document[number].render(scale=dpi / 72).to_pil().convert("RGB")
        return picture
    finally:
        document.close()


def blank(size: Size, dpi: float) -> Image.Image:
    """Return white paper of a size in points."""
    return Image.new("RGB", (round(size.width * dpi / 72), round(size.height * dpi / 72)), "white")


def scaled(picture: Image.Image, width_px: int) -> Image.Image:
    """Return a picture as wide as that, its height in proportion."""
    if picture.width == width_px:
        return picture
    height = max(1, round(picture.height * width_px / picture.width))
    return picture.resize((width_px, height), Image.Resampling.LANCZOS)


def picture_of(page: PdfPage, dpi: float = _ART_DPI) -> Picture:
    """Return a picture of what is seen of another file's page, `dpi` samples to our inch.

    InputError when pdfium, which is stricter than others, cannot read it.
    """
    box, matrix = page.box, page.matrix
    scale = sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) * dpi / 72
    try:
        document = pypdfium2.PdfDocument(page.file)
        try:
            one = document[page.number]
            one.set_rotation(0)
            for setter in (one.set_mediabox, one.set_cropbox):
                setter(*box)
            image = one.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        finally:
            document.close()
    except pypdfium2.PdfiumError:
        raise InputError("The PDF on the front is damaged, and cannot be made a picture.",
                         hint="Export it again.", field="art") from None  # fmt: skip
    unit = Affine(box.width, 0.0, 0.0, box.height, box.left, box.bottom)
    return Picture(image.tobytes(), "RGB", image.width, image.height, unit.then(matrix))


def picture_file(picture: Picture) -> tuple[str, bytes]:
    """Return a picture as a file that browsers know: its kind ("png", "jpeg") and its bytes."""
    if picture.mode == "CMYK":
        from fairhand.output.separation import on_screen

        picture = on_screen(picture)
    elif picture.jpeg:
        return "jpeg", picture.jpeg
    size = (picture.width_px, picture.height_px)
    image = Image.frombytes(picture.mode, size, picture.samples)
    buffer = io.BytesIO()
    (image.convert("RGB") if picture.mode == "CMYK" else image).save(buffer, "PNG")
    return "png", buffer.getvalue()
