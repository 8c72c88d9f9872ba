"""What the person is told of art, and how much a file may ask of the machine."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys

import pikepdf
import pytest
from click.testing import CliRunner
from own_files import (
    SEE_THROUGH,
    front_of,
    front_picture,
    halves,
    jpeg,
    near,
    pictures,
    png,
)
from PIL import Image, ImageCms, ImageDraw

from fairhand.art.picture import MOST_PIXELS, read_picture
from fairhand.cli import fairhand
from fairhand.errors import InputError
from fairhand.job import make, read
from fairhand.job.press import press_file
from fairhand.output.raster import picture_file
from fairhand.stationery.condition import condition


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


def test_an_address_is_not_fetched_and_not_taken_for_a_path(tmp_path):
    (tmp_path / "note.md").write_text("Dear Ana,\n\nHi.\n")
    address = "https://example.org/a.png"
    done = CliRunner().invoke(fairhand, ["write", str(tmp_path / "note.md"), "--art", address])
    assert isinstance(done.exception, InputError)
    assert "nothing is fetched" in done.exception.message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["note.md"]
