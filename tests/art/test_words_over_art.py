"""Words over a picture stand where they are read: in a calm place, in an ink that is seen."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from fairhand.art.drawing import bounds
from fairhand.errors import InputError
from fairhand.job import make, read
from fairhand.write.extent import ink_extent

SIZE = (1100, 1400)
NIGHT, SNOW, GREY = (12, 16, 30), (244, 246, 250), (119, 119, 119)
SKY, SKIN, SUIT = (150, 170, 200), (226, 180, 150), (20, 20, 26)
CARDS = ["a2", "a2-tent", "a2-flat", "postcard"]


def made(tmp_path, image: Image.Image, card: str = "a2", **more):
    image.save(tmp_path / "photo.png")
    (tmp_path / "note.md").write_text(
        "---\nart: photo.png\nfront: Thank you\n---\nDear Ana,\n\nIt was lovely.\n\nTom\n"
    )
    return make(read(tmp_path / "note.md", card=card, **more), with_envelope=False)


def plain(colour) -> Image.Image:
    return Image.new("RGB", SIZE, colour)


def crowd(*bands: tuple[float, float], light: float = 1.0) -> Image.Image:
    """Return a calm sky with faces and dark suits in bands of it, shares from the top.

    `light` is 1 by day, and less at night.
    """
    image = plain(SKY)
    draw = ImageDraw.Draw(image)
    for start, end in bands:
        top, bottom = int(start * SIZE[1]), int(end * SIZE[1])
        for number, x in enumerate(range(0, SIZE[0], 90)):
            draw.rectangle((x, top, x + 45, bottom), fill=(SKIN, SUIT)[number % 2])
    return image.point(lambda value: round(light * value))


def middle_of_words(job) -> float:
    """Return the height of the middle of the front's words, a share of the front's."""
    page = job.front.page
    box = ink_extent(page)
    return (box.bottom + box.top) / 2 / page.size.height


@pytest.mark.parametrize("card", CARDS)
def test_words_are_white_over_night_and_in_the_notes_ink_over_snow(card, tmp_path):
    night = made(tmp_path, plain(NIGHT), card)
    assert night.front.page.ink.rgb == "#ffffff"
    snow = made(tmp_path, plain(SNOW), card, ink="sepia")
    assert snow.front.page.ink.name == "sepia"
    for job in (night, snow):
        assert not any("hard to read" in told for told in job.notices)
        assert 0.4 < middle_of_words(job) < 0.7


@pytest.mark.parametrize("light", [1.0, 0.2], ids=["by day", "at night"])
@pytest.mark.parametrize(
    ("bands", "lowest", "highest"),
    [(((0.35, 0.66),), 0.66, 1.0), (((0.0, 0.66),), 0.0, 0.34), (((0.66, 1.0),), 0.4, 0.7)],
    ids=["faces in the middle", "faces down to the middle", "faces below"],
)
def test_words_stand_beside_the_faces_not_on_them(bands, lowest, highest, light, tmp_path):
    assert lowest < middle_of_words(made(tmp_path, crowd(*bands, light=light))) < highest


@pytest.mark.parametrize("card", ["a2", "a2-tent"])
@pytest.mark.parametrize("size", [(1600, 500), (900, 900), (700, 1400)])
def test_words_under_a_logo_stand_as_near_to_it_whatever_its_shape(card, size, tmp_path):
    logo = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(logo).ellipse((0, 0, size[0] - 1, size[1] - 1), fill=(150, 30, 60, 255))
    page = made(tmp_path, logo, card).front.page
    (shown,) = page.under
    box = ink_extent(page)
    assert 0.02 * page.size.height < bounds(shown).bottom - box.top < 0.2 * page.size.height
    assert box.bottom > page.safe.bottom


def test_the_place_and_the_ink_that_one_names_are_kept(tmp_path):
    faces = crowd((0.35, 0.66))
    places = [
        middle_of_words(made(tmp_path, faces, front_place=place))
        for place in ("bottom", "middle", "top")
    ]
    assert places[0] < 0.36 < places[1] < 0.66 < places[2]
    named = made(tmp_path, plain(NIGHT), front_ink="black")
    assert named.front.page.ink.name == "black"


def test_words_that_are_hard_to_read_are_told(tmp_path):
    for wish in ({"front_ink": "black"}, {"front_ink": "#1b2a52", "front_place": "top"}):
        told = made(tmp_path, plain(NIGHT), **wish).notices
        assert any("hard to read" in one and "photo.png" in one for one in told)
    assert not made(tmp_path, plain(GREY), front_ink="white").notices


@pytest.mark.parametrize(
    "art", ["stripes", {"file": "photo.png", "fit": "contain"}], ids=["drawn", "shown whole"]
)
def test_a_front_with_a_place_of_its_own_for_words_takes_no_other(art, tmp_path):
    with pytest.raises(InputError) as caught:
        made(tmp_path, plain(SNOW), art=art, front_place="top")
    assert "front_place: top" in caught.value.message
    assert caught.value.hint


def test_words_alone_stand_high_or_low_as_wished(tmp_path):
    text = "---\nfront: Hello\ncard: a2\n---\nDear Ana,\n\nIt was lovely.\n\nTom\n"
    (tmp_path / "note.md").write_text(text)
    heights = [
        middle_of_words(make(read(tmp_path / "note.md", front_place=place), with_envelope=False))
        for place in ("bottom", "auto", "top")
    ]
    assert heights == sorted(heights)
    assert heights[0] < 0.36 < heights[1] < 0.64 < heights[2]
