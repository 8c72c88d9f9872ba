"""A PDF to pictures, by pdfium: what is previewed is what will be printed."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

from fairhand.art.drawing import PdfPage, Picture
from fairhand.geometry import Affine

_ART_DPI = 300


def rasters(pdf_bytes: bytes, dpi: float) -> list[Image.Image]:
    """Return an RGB picture of each page at `dpi` dots per inch."""
    document = pypdfium2.PdfDocument(pdf_bytes)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def picture_of(page: PdfPage, dpi: float = _ART_DPI) -> Picture:
    """Return a picture of another file's page in its place, `dpi` samples to its own inch."""
    document = pypdfium2.PdfDocument(page.file)
    try:
        one = document[page.number]
        left, bottom, right, top = one.get_mediabox()
        image = one.render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()
    a, b, c, d = page.matrix[:4]
    width, height = right - left, top - bottom
    corner = page.matrix.apply(left, bottom)
    matrix = Affine(a * width, b * width, c * height, d * height, *corner)
    return Picture(image.tobytes(), "RGB", image.width, image.height, matrix)


def picture_file(picture: Picture) -> tuple[str, bytes]:
    """Return a picture as a file that browsers know: its kind ("png", "jpeg") and its bytes."""
    if picture.jpeg and picture.mode != "CMYK":
        return "jpeg", picture.jpeg
    size = (picture.width_px, picture.height_px)
    image = Image.frombytes(picture.mode, size, picture.samples)
    buffer = io.BytesIO()
    (image.convert("RGB") if picture.mode == "CMYK" else image).save(buffer, "PNG")
    return "png", buffer.getvalue()
