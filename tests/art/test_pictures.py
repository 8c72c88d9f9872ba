"""Pictures of one's own cover the front as they are, or are refused in words."""

from __future__ import annotations

import io
import time

import numpy as np
import pikepdf
import pytest
from own_files import (
    BLUE,
    PANEL,
    RED,
    front_of,
    front_picture,
    halves,
    jpeg,
    near,
    pictures,
    png,
    saved,
)
from PIL import Image, ImageCms, ImageDraw

from fairhand.art.picture import MOST_PIXELS, read_picture
from fairhand.errors import InputError
from fairhand.job import make, read
from fairhand.job.own_art import BLEED


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


def luminance(colour) -> int:
    return Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0))


def test_sixteen_bits_keep_their_greys():
    ramp = np.tile(np.linspace(0, 65535, 900).astype(np.uint16), (900, 1))
    data = png(Image.fromarray(ramp))
    samples = np.asarray(read_picture(data, "ramp.png").image)
    assert (samples[0, 0], samples[0, -1]) == (0, 255)
    assert abs(int(samples[0, 450]) - 127) <= 2


def test_shares_of_white_keep_their_greys():
    ramp = np.tile(np.linspace(0, 1, 900, dtype=np.float32), (900, 1))
    samples = np.asarray(read_picture(saved(Image.fromarray(ramp), "TIFF"), "ramp.tif").image)
    assert (samples[0, 0], samples[0, -1]) == (0, 255)


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
