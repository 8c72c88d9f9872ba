"""A PDF to pictures, by pdfium: what is previewed is what will be printed."""

from __future__ import annotations

import pypdfium2
from PIL import Image


def rasters(pdf_bytes: bytes, dpi: float) -> list[Image.Image]:
    """Return an RGB picture of each page at `dpi` dots per inch."""
    document = pypdfium2.PdfDocument(pdf_bytes)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()
