"""Art goes to the press in plates, and never with more ink than the paper bears."""

from __future__ import annotations

import io
import subprocess

import pikepdf
import pypdfium2
import pytest
from conftest import tool
from own_files import (
    PANEL,
    SEE_THROUGH,
    drawn_pdf,
    front_of,
    front_picture,
    halves,
    jpeg,
    near,
    pictures,
    png,
    saved,
)
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from fairhand.art.drawing import Picture
from fairhand.art.place import read_art
from fairhand.geometry import Rect
from fairhand.job import make, read
from fairhand.job.press import press_file
from fairhand.stationery.condition import condition


def test_a_photograph_goes_to_the_press_in_its_plates_and_into_the_bleed(tmp_path):
    job = front_of(tmp_path, jpeg(halves()), "photo.jpg")
    file = press_file(job, "card", condition("auto", "us"))
    assert file.notices == ()
    with pikepdf.open(io.BytesIO(file.data)) as document:
        (image,) = pictures(document)
        assert image.ColorSpace == pikepdf.Name.DeviceCMYK
        trim = [float(v) for v in document.pages[0].TrimBox]
        bleed = [float(v) for v in document.pages[0].BleedBox]
        height = float(document.pages[0].MediaBox[3])
    picture = pypdfium2.PdfDocument(file.data)[0].render(scale=2).to_pil().convert("RGB")
    middle = round(height)  # twice the middle of the page
    assert bleed[2] - trim[2] == pytest.approx(9, abs=0.01)
    blue = picture.getpixel((round(2 * bleed[2]) - 4, middle))
    assert blue[2] > blue[0] + 60
    assert picture.getpixel((round(2 * bleed[2]) + 4, middle)) == (255, 255, 255)
    # Nothing of it goes over the fold to the back.
    fold = (trim[0] + trim[2]) / 2
    assert picture.getpixel((round(2 * fold) - 3, middle)) == (255, 255, 255)


def test_no_picture_has_more_ink_than_the_paper_bears(tmp_path):
    dark = Image.new("RGB", (1400, 1900), (4, 3, 6))
    ImageDraw.Draw(dark).ellipse((300, 300, 900, 900), fill=(60, 5, 5))
    for data, name in ((png(dark), "dark.png"), (jpeg(dark), "dark.jpg"),
                       (saved(Image.new("CMYK", (1400, 1900), (255, 255, 255, 255)), "TIFF"),
                        "wet.tif")):  # fmt: skip
        file = press_file(front_of(tmp_path, data, name), "card", condition("auto", "us"))
        assert file.notices == ()


def test_white_in_a_picture_is_paper_on_every_plate(tmp_path):
    image = Image.new("RGB", (1400, 1900), (255, 255, 255))
    file = press_file(front_of(tmp_path, png(image), "white.png"), "card", condition("auto", "us"))
    (tmp_path / "p.pdf").write_bytes(file.data)
    done = subprocess.run(
        [tool("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=inkcov",
         "-dUseBleedBox", "-o", "-", str(tmp_path / "p.pdf")],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert float(done.stdout.split()[0]) < 0.01


@pytest.mark.parametrize("fault", ["rgb", "font", "group"])
def test_a_page_that_no_press_can_print_goes_there_as_a_picture(fault, tmp_path):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(306, 396))
    if fault == "rgb":
        canvas.setFillColorRGB(0.9, 0.2, 0.1)
        canvas.rect(0, 0, 306, 396, stroke=0, fill=1)
    elif fault == "font":
        canvas.setFillColorCMYK(0, 0, 0, 1)
        canvas.setFont("Helvetica", 40)
        canvas.drawString(40, 200, "Hello")
    else:
        canvas.setFillColorCMYK(0, 1, 0, 0)
        canvas.rect(0, 0, 306, 396, stroke=0, fill=1)
    canvas.save()
    data = buffer.getvalue()
    if fault == "group":
        with pikepdf.open(io.BytesIO(data)) as document:
            document.pages[0].Group = pikepdf.Dictionary(
                S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceRGB
            )
            out = io.BytesIO()
            document.save(out)
        data = out.getvalue()
    job = front_of(tmp_path, data, "art.pdf")
    file = press_file(job, "card", condition("auto", "us"))
    assert "as a picture" in file.notices[0]
    with pikepdf.open(io.BytesIO(file.data)) as document:
        assert len(pictures(document)) == 1
    # At home the page itself is printed.
    with pikepdf.open(io.BytesIO(job.card_pdf())) as document:
        assert any(str(one.get("/Subtype")) == "/Form"
                   for one in document.pages[0].Resources.XObject.values())  # fmt: skip


def test_a_page_in_plates_goes_to_the_press_as_it_is(tmp_path):
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(306, 396))
        page.Contents = document.make_stream(b"0 0.4 0.8 0 k 0 0 306 396 re f")
        out = io.BytesIO()
        document.save(out)
    file = press_file(
        front_of(tmp_path, out.getvalue(), "art.pdf"), "card", condition("auto", "us")
    )
    assert file.notices == ()
    with pikepdf.open(io.BytesIO(file.data)) as document:
        assert not pictures(document)
        assert pikepdf.Name.DeviceCMYK == document.pages[0].Group.CS


def test_see_through_shapes_are_mixed_at_home_and_on_the_press(tmp_path):
    job = front_of(tmp_path, SEE_THROUGH, "art.svg")
    shown = front_picture(job.card_pdf())
    place = the_rect(job)
    both = pixel(shown, place, 0.55, 0.45)
    alone = pixel(shown, place, 0.8, 0.2)
    assert near(both, [(a + b) // 2 for a, b in zip((0xC0, 0x33, 0x4D), (0x11, 0x44, 0xCC),
                                                    strict=True)], 8)  # fmt: skip
    assert near(alone, [(255 + b) // 2 for b in (0x11, 0x44, 0xCC)], 8)
    file = press_file(job, "card", condition("auto", "us"))
    assert file.notices == ()
    with pikepdf.open(io.BytesIO(file.data)) as document:
        assert pikepdf.Name.DeviceCMYK == document.pages[0].Group.CS
        assert "/Group" not in document.pages[1]


def the_rect(job) -> Rect:
    from fairhand.art.drawing import around, bounds

    page = next(one.page for s in job.card_sheets for one in s.placements if one.page.under)
    return around(bounds(shape) for shape in page.under)


def pixel(shown: Image.Image, place: Rect, across: float, up: float):
    """Return a pixel of the drawing's box: shares of its width and height."""
    x = place.left + across * place.width
    y = PANEL.height - place.bottom - up * place.height
    return shown.getpixel((round(2 * x), round(2 * y)))


def test_colours_of_a_drawing_go_through_the_profile_and_greys_to_black_alone(tmp_path):
    svg = (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="60mm" height="60mm">'
           b'<rect width="4" height="4" fill="#2255cc"/>'
           b'<rect x="5" width="4" height="4" fill="#333"/></svg>')  # fmt: skip
    file = press_file(front_of(tmp_path, svg, "a.svg"), "card", condition("auto", "us"))
    with pikepdf.open(io.BytesIO(file.data)) as document:
        fills = [
            tuple(float(part) for part in step.operands)
            for step in pikepdf.parse_content_stream(document.pages[0])
            if str(step.operator) == "k"
        ]
    blues = [fill for fill in fills if fill[0] > 0.5]
    greys = [fill for fill in fills if fill[:3] == (0, 0, 0) and fill[3] == 0.8]
    assert blues
    assert greys
    # What a profile says of this blue is far from what arithmetic says (83 % cyan, 58 % magenta).
    assert blues[0][1] > 0.6


def test_read_art_goes_by_what_is_in_the_file_not_by_its_name():
    assert read_art(png(halves()), 1, "x.pdf").size == (1600, 2100)
    assert read_art(drawn_pdf(), 1, "x.png").size == (306, 396)
    assert read_art(SEE_THROUGH, 1, "x.jpg").size.width == pytest.approx(170.08, abs=0.01)


def test_pictures_that_many_cards_show_are_in_the_file_once(tmp_path):
    job = front_of(tmp_path, jpeg(halves()), "photo.jpg")
    again = make(read(tmp_path / "note.md", salutation="Dear Bo,"), with_envelope=False)
    (one,), (other,) = (
        [thing for sheet in made.card_sheets for p in sheet.placements for thing in p.page.under]
        for made in (job, again)
    )
    assert isinstance(one, Picture)
    assert one is other
