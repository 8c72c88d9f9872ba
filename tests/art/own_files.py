"""Files of art as people have them, and the fronts that are made of them."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import pypdfium2
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from fairhand.geometry import Rect, Size
from fairhand.job import make, read

PANEL = Size(306.0, 396.0)
INNER = Rect(30.0, 40.0, 276.0, 356.0)
RED, BLUE = (200, 30, 40), (20, 60, 190)


def png(image: Image.Image, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", **options)
    return buffer.getvalue()


def jpeg(image: Image.Image, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=95, **options)
    return buffer.getvalue()


@cache
def halves(width: int = 1600, height: int = 2100) -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def front_of(tmp_path, data: bytes, name: str, **wishes):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "note.md").write_text(f"---\ncard: a2\nart: {name}\n---\nDear Ana,\n\nHi.\n\nTom\n")
    if wishes:
        wishes = {"art": {"file": name, **wishes}}
    return make(read(tmp_path / "note.md", **wishes), with_envelope=False)


def front_picture(data: bytes, scale: float = 2.0, trim: bool = False) -> Image.Image:
    """Return the front panel of a folded A2 card: the right half of its first page."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    box = page.get_trimbox()
    picture = page.render(scale=scale).to_pil().convert("RGB")
    height = page.get_height()
    document.close()
    left = (box[0] + box[2]) / 2
    edges = (left, height - box[3], box[2], height - box[1])
    return picture.crop(tuple(round(edge * scale) for edge in edges))


def near(colour, wanted, by: int = 14) -> bool:
    return all(abs(a - b) <= by for a, b in zip(colour, wanted, strict=True))


def pictures(document) -> list:
    """Return the pictures that the first page of a document shows."""
    things = document.pages[0].Resources.get("/XObject", {})
    return [thing for thing in things.values() if thing.get("/Subtype") == "/Image"]


def saved(image: Image.Image, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def drawn_pdf(size=(306, 396), bleed: float = 0.0, turn: int = 0, pages: int = 1) -> bytes:
    """Return a PDF with a green page that has a black corner at its lower left."""
    buffer = io.BytesIO()
    width, height = size
    canvas = Canvas(buffer, pagesize=(width + 2 * bleed, height + 2 * bleed))
    for number in range(pages):
        canvas.setFillColorCMYK(0.6, 0, 0.8, 0)
        canvas.rect(0, 0, width + 2 * bleed, height + 2 * bleed, stroke=0, fill=1)
        canvas.setFillColorCMYK(0, 0, 0, 1)
        canvas.rect(bleed, bleed, width / 4, height / 4 + number, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(buffer.getvalue())) as document:
        for page in document.pages:
            page.Rotate = turn
            if bleed:
                page.TrimBox = [bleed, bleed, width + bleed, height + bleed]
                page.BleedBox = [0, 0, width + 2 * bleed, height + 2 * bleed]
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


SEE_THROUGH = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="60mm" height="60mm">'
    b'<rect x="1" y="1" width="6" height="6" fill="#c0334d"/>'
    b'<rect x="4" y="4" width="5" height="5" fill="#1144cc" fill-opacity="0.5"/></svg>'
)
