"""Art of one's own: pictures, drawings and PDF pages, shown as they are, or refused in words."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from functools import cache

import numpy as np
import pikepdf
import pypdfium2
import pytest
from conftest import tool
from PIL import Image, ImageCms, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from fairhand.art.drawing import PdfPage, Picture
from fairhand.art.pdf_art import read_pdf_page
from fairhand.art.picture import MOST_PIXELS, read_picture
from fairhand.art.place import Wish, placed, read_art
from fairhand.errors import InputError
from fairhand.geometry import Rect, Size
from fairhand.job import make, read
from fairhand.job.own_art import BLEED
from fairhand.job.press import press_file
from fairhand.output.raster import picture_file
from fairhand.stationery.condition import condition

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


# Pictures


@pytest.mark.parametrize("kind", ["png", "jpg", "tif", "webp", "cmyk", "palette", "grey-alpha"])
def test_a_picture_covers_the_front_whatever_its_kind(kind, tmp_path):
    image = halves()
    data = {
        "png": lambda: png(image),
        "jpg": lambda: jpeg(image),
        "tif": lambda: saved(image, "TIFF"),
        "webp": lambda: saved(image, "WEBP", lossless=True),
        "cmyk": lambda: jpeg(image.convert("CMYK")),
        "palette": lambda: png(image.quantize(8)),
        "grey-alpha": lambda: png(image.convert("LA")),
    }[kind]()
    shown = front_picture(front_of(tmp_path, data, "picture.bin", fit="cover").card_pdf())
    width, height = shown.size
    wanted = (RED, BLUE) if kind != "grey-alpha" else [(luminance(c),) * 3 for c in (RED, BLUE)]
    by = 60 if kind == "cmyk" else 14
    for y in (3, height // 2, height - 4):
        assert near(shown.getpixel((width // 4, y)), wanted[0], by)
        assert near(shown.getpixel((3 * width // 4, y)), wanted[1], by)


def saved(image: Image.Image, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def luminance(colour) -> int:
    return Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0))


def test_sixteen_bits_keep_their_greys():
    ramp = np.tile(np.linspace(0, 65535, 900).astype(np.uint16), (900, 1))
    data = png(Image.fromarray(ramp))
    samples = np.asarray(read_picture(data, "ramp.png").image)
    assert (samples[0, 0], samples[0, -1]) == (0, 255)
    assert abs(int(samples[0, 450]) - 127) <= 2


def test_a_photograph_is_upright_as_the_camera_says():
    image = halves(2100, 1600)
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the right
    raster = read_picture(jpeg(image, exif=exif), "photo.jpg")
    assert raster.image.size == (1600, 2100)
    assert near(raster.image.getpixel((800, 100)), RED)
    assert near(raster.image.getpixel((800, 2000)), BLUE)


def test_what_is_see_through_lies_on_paper(tmp_path):
    image = Image.new("RGBA", (1200, 1200), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((300, 300, 900, 900), fill=(*RED, 255))
    shown = front_picture(front_of(tmp_path, png(image), "logo.png").card_pdf())
    assert shown.getpixel((4, shown.height // 2)) == (255, 255, 255)
    assert near(shown.getpixel((shown.width // 2, shown.height // 2)), RED)


def test_a_profile_inside_the_picture_is_heeded(tmp_path):
    lab = ImageCms.createProfile("LAB")
    wide = Image.merge("LAB", [Image.new("L", (900, 900), value) for value in (140, 170, 90)])
    srgb = ImageCms.profileToProfile(
        wide, lab, ImageCms.createProfile("sRGB"), outputMode="RGB"
    ).getpixel((0, 0))  # fmt: skip
    # A profile that exchanges nothing still has to be read; a broken one must not be fatal.
    good = png(
        Image.new("RGB", (900, 900), srgb),
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )
    assert near(read_picture(good, "a.png").image.getpixel((5, 5)), srgb, 3)
    broken = png(Image.new("RGB", (900, 900), srgb), icc_profile=b"nonsense" * 40)
    assert near(read_picture(broken, "b.png").image.getpixel((5, 5)), srgb, 3)


def test_too_few_pixels_are_refused_and_few_are_told(tmp_path):
    with pytest.raises(InputError, match="60 to the inch") as caught:
        front_of(tmp_path, png(halves(270, 345)), "tiny.png")
    assert "Take one of at least" in caught.value.hint
    assert caught.value.place.line == 3
    job = front_of(tmp_path, png(halves(700, 900)), "soft.png")
    assert "it will look soft" in job.notices[0]
    assert front_of(tmp_path, png(halves(1000, 1300)), "sharp.png").notices == ()


def test_how_many_pixels_count_is_a_matter_of_size_on_the_card(tmp_path):
    small = png(halves(600, 250))
    with pytest.raises(InputError):
        front_of(tmp_path, small, "logo.png", fit="cover")
    assert "soft" in front_of(tmp_path, small, "logo.png", fit="contain").notices[0]


def test_what_is_finer_than_anybody_sees_is_made_smaller(tmp_path):
    noise = np.random.default_rng(1).integers(0, 255, (3300, 2500, 3), np.uint8)
    job = front_of(tmp_path, jpeg(Image.fromarray(noise)), "camera.jpg")
    with pikepdf.open(io.BytesIO(job.card_pdf())) as document:
        (image,) = pictures(document)
        assert 380 < image.Width / (PANEL.width + 2 * BLEED) * 72 < 420


@pytest.mark.parametrize(
    ("wish", "colour"), [({"across": 0}, RED), ({"across": 1}, BLUE), ({"zoom": 2}, None)]
)
def test_one_may_say_which_part_is_seen(wish, colour, tmp_path):
    wide = png(halves(6400, 2600))
    shown = front_picture(front_of(tmp_path, wide, "wide.png", **wish).card_pdf())
    left, right = shown.getpixel((4, 9)), shown.getpixel((shown.width - 4, 9))
    if colour:
        assert near(left, colour)
        assert near(right, colour)
    else:
        assert near(left, RED)
        assert near(right, BLUE)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"hello, this is a letter", "damaged, or no picture"),
        (png(halves())[:900], "damaged, or no picture"),
        (jpeg(halves())[:700], "damaged, or no picture"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "HEIC"),
        (b"%PDF-1.7 nonsense", "damaged"),
        (b"GIF89a" + b"\0" * 40, "damaged, or no picture"),
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(data, said, tmp_path):
    with pytest.raises(InputError, match=said) as caught:
        front_of(tmp_path, data, "art.png")
    assert caught.value.hint or said == "is empty"


def test_a_picture_of_far_too_many_pixels_is_refused_at_once():
    side = int(MOST_PIXELS**0.5) + 2000
    bomb = png(Image.new("1", (side, side)))
    assert len(bomb) < 100_000
    start = time.process_time()
    with pytest.raises(InputError, match="pixels"):
        read_picture(bomb, "bomb.png")
    assert time.process_time() - start < 2


def test_a_file_that_is_not_there_is_told_with_one_like_it(tmp_path):
    (tmp_path / "garden.png").write_bytes(png(halves()))
    (tmp_path / "note.md").write_text("---\nart: gardn.png\n---\nDear Ana,\n\nHi.\n")
    with pytest.raises(InputError, match="There is no file") as caught:
        make(read(tmp_path / "note.md"))
    assert "garden.png" in caught.value.hint
    with pytest.raises(InputError, match='no front named "botanic"') as caught:
        make(read({"paragraphs": "Hi.", "art": "botanic"}))
    assert "botanical" in caught.value.hint


# PDF pages


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


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_shown_as_its_reader_sees_it(turn, tmp_path):
    size = (306, 396) if turn % 180 == 0 else (396, 306)
    job = front_of(tmp_path, drawn_pdf(size, turn=turn), "art.pdf", fit="cover")
    shown = front_picture(job.card_pdf())
    expected = pypdfium2.PdfDocument(drawn_pdf(size, turn=turn))[0].render(scale=2).to_pil()
    corners = {"lower left": (30, -31), "upper left": (30, 30), "upper right": (-31, 30),
               "lower right": (-31, -31)}  # fmt: skip
    for x, y in corners.values():
        one = shown.getpixel((x % shown.width, y % shown.height))
        other = expected.convert("RGB").getpixel((x % expected.width, y % expected.height))
        assert (sum(one) < 150) == (sum(other) < 150)


def test_a_page_made_for_the_card_keeps_its_own_bleed(tmp_path):
    art = read_pdf_page(drawn_pdf(bleed=BLEED), 1, "art.pdf")
    (page,) = placed(art, PANEL, INNER, BLEED, Wish()).things
    assert isinstance(page, PdfPage)
    assert page.matrix.about(art.trim) == pytest.approx(Rect.of(PANEL), abs=1e-6)
    assert page.matrix.about(page.box) == pytest.approx(
        Rect(-BLEED, -BLEED, PANEL.width + BLEED, PANEL.height + BLEED), abs=1e-6
    )


def test_a_page_without_bleed_is_enlarged_over_the_edge():
    art = read_pdf_page(drawn_pdf(), 1, "art.pdf")
    (page,) = placed(art, PANEL, INNER, BLEED, Wish()).things
    box = page.matrix.about(page.box)
    assert box.left <= -BLEED + 1e-6
    assert box.right >= PANEL.width + BLEED - 1e-6
    assert box.bottom <= -BLEED + 1e-6


def test_pages_are_counted_as_people_do(tmp_path):
    assert read_pdf_page(drawn_pdf(pages=3), 3, "art.pdf").number == 2
    with pytest.raises(InputError, match="has 3 pages, so there is no page 4"):
        read_pdf_page(drawn_pdf(pages=3), 4, "art.pdf")
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn_pdf())) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(InputError, match="password"):
        read_pdf_page(locked.getvalue(), 1, "art.pdf")


def test_only_what_a_page_paints_comes_along(tmp_path):
    with pikepdf.open(io.BytesIO(drawn_pdf())) as document:
        document.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
        )
        page = document.pages[0]
        page.Annots = pikepdf.Array(
            [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text,
                                Rect=[0, 0, 9, 9], Contents=pikepdf.String("secret"))]
        )  # fmt: skip
        out = io.BytesIO()
        document.save(out)
    data = front_of(tmp_path, out.getvalue(), "art.pdf").card_pdf()
    with pikepdf.open(io.BytesIO(data)) as document:
        assert "/OpenAction" not in document.Root
        assert "/Annots" not in document.pages[0]
        plain = io.BytesIO()
        document.save(
            plain, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized
        )
    assert b"secret" not in plain.getvalue()
    assert b"app.alert" not in plain.getvalue()


# To the press


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


SEE_THROUGH = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="60mm" height="60mm">'
    b'<rect x="1" y="1" width="6" height="6" fill="#c0334d"/>'
    b'<rect x="4" y="4" width="5" height="5" fill="#1144cc" fill-opacity="0.5"/></svg>'
)


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


# What the person is told, and how much a file may ask of the machine


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_see_through_is_mixed_with_white_by_its_share(mode):
    image = Image.new("RGBA", (1200, 1200), (40, 40, 40, 64)).convert(mode)
    raster = read_picture(png(image), "faint.png")
    assert raster.clear
    wanted = round(40 * 64 / 255 + 255 * (1 - 64 / 255))
    assert near(raster.image.convert("RGB").getpixel((9, 9)), (wanted,) * 3, 1)


def test_the_largest_picture_takes_no_more_memory_than_a_small_machine_has(tmp_path):
    resource = pytest.importorskip("resource")
    side = int(MOST_PIXELS**0.5)
    Image.new("RGBA", (side, side), (9, 90, 9, 128)).save(tmp_path / "a.png", compress_level=1)
    program = (
        "import resource, pathlib; from fairhand.art.picture import read_picture;"
        f"resource.setrlimit(resource.RLIMIT_DATA, (1_600_000_000, {resource.RLIM_INFINITY}));"
        f"read_picture(pathlib.Path({str(tmp_path / 'a.png')!r}).read_bytes(), 'a.png')"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_the_hint_names_a_picture_that_would_do(tmp_path):
    with pytest.raises(InputError) as caught:
        front_of(tmp_path, png(Image.new("RGB", (1, 20000))), "thread.png")
    width, height = re.findall(r"\d+", caught.value.hint)[:2]
    job = front_of(tmp_path, png(halves(int(width), int(height))), "enough.png")
    assert job.notices == ()


def test_plates_with_a_profile_look_the_same_at_home_and_in_svg(tmp_path):
    plates = Image.new("CMYK", (1200, 1600), (200, 60, 0, 20))
    profile = condition("fogra39", "eu").profile()
    job = front_of(tmp_path, jpeg(plates, icc_profile=profile), "plates.jpg")
    meant = ImageCms.profileToProfile(
        Image.new("CMYK", (1, 1), (200, 60, 0, 20)), io.BytesIO(profile),
        ImageCms.createProfile("sRGB"), outputMode="RGB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    ).getpixel((0, 0))  # fmt: skip
    assert near(front_picture(job.card_pdf()).getpixel((50, 50)), meant, 4)
    (shown,) = [one for s in job.card_sheets for p in s.placements for one in p.page.under]
    kind, data = picture_file(shown)
    assert kind == "png"
    assert near(Image.open(io.BytesIO(data)).getpixel((50, 50)), meant, 4)


@pytest.mark.parametrize("profile", ["broken", "of another kind"])
def test_a_profile_that_says_nothing_of_plates_stops_no_press_file(profile, tmp_path):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = jpeg(
        Image.new("CMYK", (1200, 1600), (200, 60, 0, 20)),
        icc_profile=b"nonsense" * 40 if profile == "broken" else srgb,
    )
    file = press_file(front_of(tmp_path, data, "a.jpg"), "card", condition("auto", "us"))
    assert file.notices == ()


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes and devices among files there")
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "loose end"])
def test_what_is_no_file_is_refused_and_not_waited_for(kind, tmp_path):
    path = tmp_path / "art.png"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero" if kind == "device" else tmp_path / "gone.png")
    (tmp_path / "note.md").write_text("---\nart: art.png\n---\nDear Ana,\n\nHi.\n")
    with pytest.raises(InputError) as caught:
        make(read(tmp_path / "note.md"))
    assert caught.value.hint
    assert caught.value.place.line == 2
    assert "Did you mean" not in caught.value.hint


def test_a_drawing_that_ends_in_the_bleed_is_told_and_not_refused(tmp_path):
    circle = (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 306 396">'
              b'<circle r="304" fill="#c33"/></svg>')  # fmt: skip
    file = press_file(front_of(tmp_path, circle, "a.svg"), "card", condition("auto", "us"))
    assert "a white line may show" in file.notices[0]
    assert not file.fit
    assert press_file(front_of(tmp_path, SEE_THROUGH, "b.svg"), "card", condition("auto", "us")).fit


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_black_mark_is_printed_in_black_alone_however_it_was_saved(mode, tmp_path):
    image = Image.new(mode, (1400, 1800), (255, 255, 255, 0)[: len(mode)])
    ImageDraw.Draw(image).ellipse((300, 300, 900, 900), fill=(0, 0, 0, 255)[: len(mode)])
    file = press_file(front_of(tmp_path, png(image), "mark.png"), "card", condition("auto", "us"))
    with pikepdf.open(io.BytesIO(file.data)) as document:
        (shown,) = pictures(document)
        assert shown.ColorSpace == pikepdf.Name.DeviceGray
