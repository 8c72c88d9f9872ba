"""A press file is what a print shop asks for: PDF/X-4, ink on the right plates, marks outside."""

from __future__ import annotations

import io
import re
import subprocess
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from conftest import tool
from PIL import Image

from fairhand.errors import InputError
from fairhand.job import make, read
from fairhand.job.press import press_file, press_pdf
from fairhand.stationery.condition import condition

SAMPLE = Path(__file__).parents[2] / "samples" / "after-rejection" / "note.md"
CARDS = {
    "folded a2, front": {"card": "a2", "front": "Thank you"},
    "flat 5x7": {"card": "a7-flat"},
    "folded iso-a6": {"card": "iso-a6", "ink": "royal-blue", "hand": "caveat"},
}
MM = 72 / 25.4
DPI = 150


@cache
def press(name: str, piece: str = "card", *, outlines: bool = False, ink: str = "") -> bytes:
    wishes = {**CARDS[name], **({"ink": ink} if ink else {})}
    made = make(read(SAMPLE, **wishes))
    region = made.composed.card.region
    return press_pdf(made, piece, condition("auto", region), outlines=outlines)


@cache
def opened(data: bytes) -> pikepdf.Pdf:
    """Return the document, which lives as long as its pages are looked at."""
    return pikepdf.open(io.BytesIO(data))


def operators(page: pikepdf.Page) -> set[str]:
    return {str(step.operator) for step in pikepdf.parse_content_stream(page)}


def plates(data: bytes, folder: Path) -> list[dict[str, np.ndarray]]:
    """Return Ghostscript's plates of each page: how much ink, 0 to 255, by plate."""
    file = folder / "press.pdf"
    file.write_bytes(data)
    subprocess.run(
        [tool("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI}",
         f"-sOutputFile={folder}/p%d.tif", str(file)],
        check=True, timeout=120,
    )  # fmt: skip
    found = []
    for number in range(1, len(opened(data).pages) + 1):
        named = {}
        for path in folder.glob(f"p{number}(*).tif"):
            plate = re.search(r"\((.*)\)", path.name)[1]
            named[plate] = 255 - np.asarray(Image.open(path))
        found.append(named)
    return found


def inside(page: pikepdf.Page, plate: np.ndarray) -> np.ndarray:
    """Return the part of a plate that is inside the trim."""
    left, bottom, right, top = (float(v) * DPI / 72 for v in page.TrimBox)
    height = plate.shape[0]
    return plate[int(height - top) + 2 : int(height - bottom) - 2, int(left) + 2 : int(right) - 2]


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.parametrize("piece", ["card", "envelope"])
def test_independent_programs_read_it_without_a_murmur(name, piece, tmp_path):
    file = tmp_path / "press.pdf"
    file.write_bytes(press(name, piece))
    checked = subprocess.run([tool("qpdf"), "--check", file], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    said = subprocess.run([tool("pdfinfo"), file], capture_output=True, text=True, check=True)
    assert "PDF/X-4" in said.stdout
    assert "PDF version:     1.6" in said.stdout
    fonts = subprocess.run([tool("pdffonts"), file], capture_output=True, text=True, check=True)
    rows = fonts.stdout.splitlines()[2:]
    assert rows
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)


@pytest.mark.parametrize("name", CARDS)
def test_it_states_one_condition_with_its_profile(name):
    document = opened(press(name))
    intents = {str(intent.S): intent for intent in document.Root.OutputIntents}
    assert set(intents) == {"/GTS_PDFX", "/GTS_PDFA1"}
    profiles = {intent.DestOutputProfile.objgen for intent in intents.values()}
    assert len(profiles) == 1
    profile = intents["/GTS_PDFX"].DestOutputProfile.read_bytes()
    assert (profile[12:16], profile[16:20], profile[36:40]) == (b"prtr", b"CMYK", b"acsp")
    assert str(intents["/GTS_PDFX"].OutputConditionIdentifier) == "FOGRA39"


@pytest.mark.parametrize("name", CARDS)
def test_what_it_says_of_itself_agrees_in_both_places(name):
    document = opened(press(name))
    stream = document.Root.Metadata
    assert "/Filter" not in stream
    packet = ET.fromstring(stream.read_bytes().decode())
    text = {element.tag.split("}")[-1]: (element.text or "").strip() for element in packet.iter()}
    info = document.docinfo
    assert text["GTS_PDFXVersion"] == info["/GTS_PDFXVersion"] == "PDF/X-4"
    assert text["Trapped"] == str(info["/Trapped"]).lstrip("/") == "False"
    assert text["Producer"] == info["/Producer"]
    assert text["CreatorTool"] == info["/Creator"]
    titles = [e.text for e in packet.iter() if e.tag.endswith("}li")]
    assert str(info["/Title"]) in titles
    digits = re.sub(r"\D", "", text["CreateDate"])
    assert digits == re.sub(r"\D", "", str(info["/CreationDate"]))
    assert re.fullmatch(r"uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text["DocumentID"])
    assert len(document.trailer.ID) == 2


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.parametrize("piece", ["card", "envelope"])
def test_boxes_lie_in_each_other_with_the_regions_bleed(name, piece):
    made = make(read(SAMPLE, **CARDS[name]))
    bleed = 9.0 if made.composed.card.region == "us" else 3 * MM
    sides = made.card_sheets if piece == "card" else made.envelope_sheets
    document = opened(press(name, piece))
    assert len(document.pages) == len(sides)
    for page, side in zip(document.pages, sides, strict=True):
        media, around, trim = (
            [float(v) for v in box] for box in (page.MediaBox, page.BleedBox, page.TrimBox)
        )
        assert "/ArtBox" not in page
        assert media[0] <= around[0]
        assert media[1] <= around[1]
        assert around[2] <= media[2]
        assert around[3] <= media[3]
        assert [t - a for t, a in zip(trim[:2], around[:2], strict=True)] == pytest.approx(
            [bleed] * 2, abs=1e-3
        )
        assert [a - t for t, a in zip(trim[2:], around[2:], strict=True)] == pytest.approx(
            [bleed] * 2, abs=1e-3
        )
        size = [trim[2] - trim[0], trim[3] - trim[1]]
        assert size == pytest.approx(list(side.size), abs=1e-3)


@pytest.mark.parametrize("name", CARDS)
def test_no_colour_is_a_screens(name):
    for page in opened(press(name)).pages:
        assert not operators(page) & {"rg", "RG", "g", "G", "sh", "ri"}


@pytest.mark.parametrize("name", CARDS)
def test_black_writing_is_on_the_black_plate_alone(name, tmp_path):
    data = press(name, ink="black")
    for page, found in zip(opened(data).pages, plates(data, tmp_path), strict=True):
        assert inside(page, found["Black"]).max() > 200
        for plate in ("Cyan", "Magenta", "Yellow"):
            assert inside(page, found[plate]).max() == 0


def test_blue_writing_is_on_its_own_plates_and_not_purple(tmp_path):
    name = "folded iso-a6"
    data = press(name)
    page, found = opened(data).pages[0], plates(data, tmp_path)[0]
    cyan, magenta = (int(inside(page, found[plate]).max()) for plate in ("Cyan", "Magenta"))
    assert inside(page, found["Yellow"]).max() == 0
    assert cyan > 200
    assert magenta <= 0.7 * cyan


def test_a_spot_colour_has_a_plate_of_its_own(tmp_path):
    data = press("flat 5x7", ink="spot(PANTONE 289 C, 100, 76, 12, 70)")
    page, found = opened(data).pages[0], plates(data, tmp_path)[0]
    assert inside(page, found["PANTONE 289 C"]).max() > 200
    for plate in ("Cyan", "Magenta", "Yellow", "Black"):
        assert inside(page, found[plate]).max() == 0
    assert found["Cyan"].max() > 200, "the marks are on every plate"


@pytest.mark.parametrize("spot", ["HKS 43 K", "Goldfarbe Ä", "特色金", "золото #2"])
def test_a_spot_colour_may_have_the_name_that_the_shop_gave_it(spot):
    made = make(read(SAMPLE, card="a7-flat", ink=f"spot({spot}, 0, 20, 60, 20)"))
    file = press_file(made, "card", condition("fogra39", "us"))
    spaces = opened(file.data).pages[0].Resources.ColorSpace
    assert f"/{spot}" in {str(space[1]) for space in spaces.values()}
    assert file.fit


@pytest.mark.parametrize("name", ["All", "None", "Black", "cyan"])
def test_a_spot_colour_is_no_plate_that_every_press_has(name):
    with pytest.raises(InputError, match=f'"{name}" is no spot colour'):
        make(read(SAMPLE, card="a7-flat", ink=f"spot({name}, 0, 0, 0, 100)"))


@pytest.mark.parametrize("name", CARDS)
def test_marks_and_slug_stay_outside_the_bleed(name, tmp_path):
    data = press(name)
    for page, found in zip(opened(data).pages, plates(data, tmp_path), strict=True):
        dark = np.maximum.reduce(list(found.values())) > 20
        height = dark.shape[0]
        scale = DPI / 72
        outer = [float(v) * scale for v in page.BleedBox]
        trim = [float(v) * scale for v in page.TrimBox]
        around = dark.copy()
        around[int(height - outer[3]) - 1 : int(height - outer[1]) + 2,
               int(outer[0]) - 1 : int(outer[2]) + 2] = False  # fmt: skip
        assert around.sum() > 100, "there are marks"
        ring = dark[int(height - outer[3]) : int(height - outer[1]),
                    int(outer[0]) : int(outer[2])].copy()  # fmt: skip
        ring[int(outer[3] - trim[3]) - 1 : -int(trim[1] - outer[1]) + 1,
             int(trim[0] - outer[0]) - 1 : -int(outer[2] - trim[2]) + 1] = False  # fmt: skip
        assert not ring.any(), "nothing in the bleed when no art is there"


def test_crop_marks_are_in_line_with_the_trim():
    page = opened(press("flat 5x7")).pages[0]
    left, bottom, right, top = (float(v) for v in page.TrimBox)
    at: list[tuple[float, float]] = []
    lines = []
    for step in pikepdf.parse_content_stream(page):
        if str(step.operator) == "m":
            at = [tuple(float(v) for v in step.operands)]
        elif str(step.operator) == "l":
            lines.append((*at[0], *(float(v) for v in step.operands)))
    upright = sorted({round(x0, 2) for x0, _, x1, _ in lines if x0 == x1})
    level = sorted({round(y0, 2) for _, y0, _, y1 in lines if y0 == y1})
    assert upright == pytest.approx([left, right], abs=0.01)
    assert level == pytest.approx([bottom, top], abs=0.01)


@pytest.mark.parametrize("name", CARDS)
def test_outlines_look_like_the_letters_and_need_no_font(name):
    live, drawn = press(name), press(name, outlines=True)
    for page in opened(drawn).pages:
        assert not operators(page) & {"BT", "Tf", "TJ", "Tj"}
        assert not page.Resources.get("/Font", {})
    pictures = []
    for data in (live, drawn):
        document = pypdfium2.PdfDocument(data)
        pictures.append(np.asarray(document[0].render(scale=3, grayscale=True).to_pil(), float))
        document.close()
    # pdfium smooths the edges of text and of shapes differently: compare by tiles of a third
    # of a millimetre.
    high, wide = (length // 3 * 3 for length in pictures[0].shape)
    tiles = [
        picture[:high, :wide].reshape(high // 3, 3, wide // 3, 3).mean(axis=(1, 3))
        for picture in pictures
    ]
    assert (tiles[0] < 128).sum() > 300
    assert np.abs(tiles[0] - tiles[1]).max() < 100
    assert np.abs(tiles[0] - tiles[1]).mean() < 0.5


def test_the_text_of_a_press_file_is_the_notes():
    made = make(read(SAMPLE, **CARDS["flat 5x7"]))
    document = pypdfium2.PdfDocument(press("flat 5x7"))
    text = " ".join(document[0].get_textpage().get_text_range().split())
    document.close()
    for paragraph in made.source.note.paragraphs:
        assert " ".join(paragraph.split()) in text


@pytest.mark.parametrize("name", CARDS)
def test_the_same_card_gives_the_same_bytes(name):
    made = make(read(SAMPLE, **CARDS[name]))
    again = press_pdf(made, "card", condition("auto", made.composed.card.region))
    assert again == press(name)


def test_ink_that_does_not_dry_is_refused():
    made = make(read(SAMPLE, card="a7-flat", ink="cmyk(90, 80, 70, 60)"))
    bears_less = condition("fogra39", "us").model_copy(update={"most_ink": 280.0})
    with pytest.raises(InputError, match="300 per cent"):
        press_pdf(made, "card", bears_less)
    front = make(read(SAMPLE, card="a2", front="Hi", front_ink="cmyk(90, 80, 70, 60)"))
    with pytest.raises(InputError, match="300 per cent"):
        press_pdf(front, "card", bears_less)


def test_the_inks_of_a_drawn_front_are_held_to_what_the_paper_bears_too():
    front = make(read(SAMPLE, card="a2", art={"file": "terrazzo", "inks": ["cmyk(90,80,70,60)"]}))
    bears_less = condition("fogra39", "us").model_copy(update={"most_ink": 280.0})
    with pytest.raises(InputError, match="300 per cent"):
        press_pdf(front, "card", bears_less)
    assert press_file(front, "card", condition("fogra39", "us")).fit


def test_a_note_in_white_is_refused_and_white_words_over_art_are_not():
    white = make(read(SAMPLE, card="a7-flat", ink="white"))
    with pytest.raises(InputError, match="leaves nothing on the paper"):
        press_pdf(white, "card", condition("fogra39", "us"))
    over_art = make(read(SAMPLE, card="a2", art="winter"))
    assert press_pdf(over_art, "card", condition("fogra39", "us"))


def test_a_profile_of_ones_own_is_taken_and_any_other_file_refused(tmp_path):
    good = tmp_path / "shop.icc"
    good.write_bytes(condition("fogra39", "us").profile())
    own = condition(str(good), "us")
    made = make(read(SAMPLE, card="a7-flat"))
    intent = opened(press_pdf(made, "card", own)).Root.OutputIntents[0]
    assert str(intent.OutputConditionIdentifier) == own.identifier != "shop"
    for data, what in ((b"", "whole"), (b"x" * 300, "whole"), (good.read_bytes()[:5000], "whole"),
                       (_of_class(good.read_bytes(), b"mntr"), "CMYK printing")):  # fmt: skip
        bad = tmp_path / "bad.icc"
        bad.write_bytes(data)
        with pytest.raises(InputError, match=what):
            condition(str(bad), "us")
    with pytest.raises(InputError, match="There is no file"):
        condition(str(tmp_path / "none.icc"), "us")
    with pytest.raises(InputError, match="no condition named"):
        condition("fogra93", "us")


def _of_class(profile: bytes, kind: bytes) -> bytes:
    return profile[:12] + kind + profile[16:]
