"""What is chosen under Look and Front is in the PDF as it is on the page, and the words stay."""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import expect
from programs import tool
from screens import DESK, NOTE, open_desk

FONTS = Path(__file__).parents[2] / "fonts"
WORDS = "Dear Ms. Okafor, Thank you for the time you gave me on Tuesday. Sincerely, Jordan"
ON_A2 = NOTE.replace("---\n", "---\ncard: a2\n", 1)
# An A2 card opened is a page of two panels side by side; where the outside is empty there is none.
PLACES = {"front": (0, 1), "back": (0, 0), "inside-left": (-1, 0), "inside-right": (-1, 1)}

ALIKE = 0.95
"""Two programs draw the edges of thin strokes each in its own way; beside each other is less."""


@pytest.fixture
def desk(page, studio, request):
    """A note of its own for each test, open at the desk."""
    page.set_viewport_size(DESK)
    page.emulate_media(reduced_motion="reduce")
    name = "".join(c if c.isalnum() else " " for c in request.node.name)
    open_desk(page, studio, f"{name}.md", ON_A2)
    return page


def panel(page, name):
    return page.locator(f'[data-panel="{name}"] img')


def picture(page, studio, name, dpi=240):
    """The picture of a panel that the page shows, as fine as is wanted."""
    source = panel(page, name).get_attribute("src").partition("?")[0] + f"?dpi={dpi}"
    with studio.client() as client:
        data = client.get(source).raise_for_status().content
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), float), int(
        source.split("=")[-1]
    )


def after(page, name, act):
    """Do something, and wait until a panel has its new picture."""
    image = panel(page, name)
    before = image.get_attribute("src") if image.count() else ""
    act()
    expect(image).not_to_have_attribute("src", before or "-", timeout=20000)
    page.wait_for_selector('#saved[data-state="saved"]')
    page.wait_for_timeout(250)


def card_pdf(page, folder):
    page.click("#tab-print")
    with page.expect_download() as coming:
        page.click('[data-what="card.pdf"]')
    path = folder / f"{len(list(folder.iterdir()))}.pdf"
    coming.value.save_as(path)
    return path


def raster(path, name, dpi):
    """A panel of an opened A2 card as another program sees it in the PDF."""
    number, place = PLACES[name]
    with pikepdf.open(path) as file:
        number = range(1, len(file.pages) + 1)[number]
    done = subprocess.run(
        [tool("pdftoppm"), "-r", str(dpi), "-png", "-singlefile", "-f", str(number),
         str(path)], capture_output=True, check=True,
    )  # fmt: skip
    whole = np.asarray(Image.open(io.BytesIO(done.stdout)).convert("RGB"), float)
    middle = whole.shape[1] / 2
    return whole[:, round(place * middle) : round((place + 1) * middle)]


def alike(one, other):
    """How alike two pictures are, from 0 to 1: their greys blurred a little, correlated."""
    parts = []
    for each in (one, other):
        grey = Image.fromarray(each.mean(axis=2).astype(np.uint8))
        parts.append(np.asarray(grey.resize((200, 260), Image.Resampling.BOX), float).ravel())
    return np.corrcoef(*parts)[0, 1]


def text_of(path):
    done = subprocess.run([tool("pdftotext"), "-layout", str(path), "-"], capture_output=True,
                          text=True, check=True)  # fmt: skip
    return " ".join(done.stdout.split())


def test_the_picture_on_the_table_is_that_of_the_pdf(desk, studio, tmp_path):
    dpi = int(panel(desk, "inside-right").get_attribute("src").rpartition("=")[2])
    path = card_pdf(desk, tmp_path)
    wide, high = panel(desk, "inside-right").evaluate(
        "one => [one.naturalWidth, one.naturalHeight]"
    )
    assert (wide, high) == pytest.approx((4.25 * dpi, 5.5 * dpi), abs=1)
    seen, dpi = picture(desk, studio, "inside-right")
    pdf = raster(path, "inside-right", dpi)
    assert np.abs(np.subtract(seen.shape, pdf.shape)).max() <= 1
    high, wide = np.minimum(seen.shape, pdf.shape)[:2]
    seen, pdf = seen[:high, :wide], pdf[:high, :wide]
    assert np.abs(seen - pdf).mean() < 1.5
    assert alike(seen, pdf) > 0.98
    # Half a millimetre beside it, it would not be.
    assert alike(seen, np.roll(pdf, round(0.5 * dpi / 25.4), axis=1)) < 0.9


def position_picture(size=(3600, 2600)):
    """A picture whose red says how far to the right one is, and whose green how far down."""
    wide, high = size
    red = np.tile(np.linspace(20, 235, wide), (high, 1))
    green = np.tile(np.linspace(20, 235, high)[:, None], (1, wide))
    data = np.stack([red, green, np.full_like(red, 120)], axis=2).astype(np.uint8)
    stream = io.BytesIO()
    Image.fromarray(data).save(stream, "PNG")
    return stream.getvalue()


_DROP = """async ([selector, name, kind, data]) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name, { type: kind }));
  for (const what of ["dragenter", "dragover", "drop"]) {
    document.querySelector(selector).dispatchEvent(
      new DragEvent(what, { dataTransfer: carried, bubbles: true, cancelable: true }));
  }
}"""


def drop(page, selector, name, kind, data):
    page.evaluate(_DROP, [selector, name, kind, base64.b64encode(data).decode()])


def middle_colour(image):
    high, wide = image.shape[:2]
    return image[high // 2 - 5 : high // 2 + 5, wide // 2 - 5 : wide // 2 + 5].mean(axis=(0, 1))


def seen_part(image):
    """Which part of the position picture is seen: its edges, from 0 to 1."""
    high, wide = image.shape[:2]
    row, column = image[high // 2, 3:-3, 0], image[3:-3, wide // 2, 1]
    return [(one - 20) / 215 for one in (row[0], row[-1], column[0], column[-1])]


def test_a_picture_of_ones_own_is_dropped_moved_and_zoomed_as_the_pdf_has_it(
    desk, studio, tmp_path
):
    desk.click("#tab-front")
    desk.wait_for_selector('input[name="front"]')
    after(
        desk, "front", lambda: drop(desk, "#art-drop", "place.png", "image/png", position_picture())
    )
    expect(desk.locator("#placing")).to_be_visible()
    desk.check('input[name="fit"][value="cover"]')
    desk.wait_for_timeout(600)
    parts = [seen_part(picture(desk, studio, "front")[0])]
    assert parts[0][0] > 0.1
    assert parts[0][1] < 0.9

    # By the mouse: what was under it stays under it.
    box = desk.locator('[data-panel="front"]').bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    held = middle_colour(picture(desk, studio, "front")[0])

    def drag():
        desk.mouse.move(x, y)
        desk.mouse.down()
        desk.mouse.move(x + 30, y, steps=4)
        desk.mouse.up()

    after(desk, "front", drag)
    desk.wait_for_timeout(600)
    image, _ = picture(desk, studio, "front")
    column = round(image.shape[1] * (0.5 + 30 / box["width"]))
    under = image[image.shape[0] // 2 - 5 : image.shape[0] // 2 + 5, column - 5 : column + 5]
    assert under.mean(axis=(0, 1)) == pytest.approx(held, abs=6)
    parts.append(seen_part(image))
    assert parts[1][0] < parts[0][0] - 0.03

    # By the keyboard, and larger.
    desk.focus("#art-across")
    after(desk, "front", lambda: desk.keyboard.press("End"))
    parts.append(seen_part(picture(desk, studio, "front")[0]))
    assert parts[2][1] > 0.97
    desk.focus("#art-zoom")
    after(desk, "front", lambda: [desk.keyboard.press("ArrowRight") for _ in range(20)])
    desk.wait_for_timeout(500)
    seen, dpi = picture(desk, studio, "front")
    parts.append(seen_part(seen))
    assert parts[3][1] - parts[3][0] == pytest.approx((parts[2][1] - parts[2][0]) / 2, abs=0.03)

    pdf = raster(card_pdf(desk, tmp_path), "front", dpi)
    assert seen_part(pdf) == pytest.approx(parts[3], abs=0.02)
    assert np.abs(middle_colour(pdf) - middle_colour(seen)).max() < 6
    desk.reload()
    desk.wait_for_selector("#stage[data-shown]")
    desk.click("#tab-front")
    assert desk.input_value("#art-zoom") == "2"
    assert desk.input_value("#art-across") == "1"


def test_a_page_of_a_pdf_is_chosen_for_the_front(desk, studio, tmp_path):
    pages = [Image.new("RGB", (425, 550), colour) for colour in ("#b03030", "#30b030", "#3030b0")]
    path = tmp_path / "pages.pdf"
    pages[0].save(path, save_all=True, append_images=pages[1:])
    desk.click("#tab-front")
    desk.wait_for_selector('input[name="front"]')
    after(desk, "front", lambda: desk.set_input_files("#art-file", path))
    assert np.argmax(middle_colour(picture(desk, studio, "front")[0])) == 0
    after(desk, "front", lambda: desk.fill("#art-page", "2"))
    seen, dpi = picture(desk, studio, "front")
    assert np.argmax(middle_colour(seen)) == 1
    pdf = raster(card_pdf(desk, tmp_path), "front", dpi)
    assert np.abs(middle_colour(pdf) - middle_colour(seen)).max() < 8


def test_a_drawn_front_and_words_on_it(desk, studio, tmp_path):
    desk.click("#tab-front")
    desk.wait_for_selector('input[name="front"][value="wreath"]')
    after(desk, "front", lambda: desk.check('input[name="front"][value="wreath"]', force=True))
    drawn, _ = picture(desk, studio, "front")
    after(desk, "front", lambda: desk.fill("#front", "With thanks"))
    seen, dpi = picture(desk, studio, "front")
    assert np.abs(seen - drawn).mean() > 0.1
    path = card_pdf(desk, tmp_path)
    assert alike(seen, raster(path, "front", dpi)) > ALIKE
    assert text_of(path).startswith("With thanks")
    assert WORDS in text_of(path)


def test_a_font_of_ones_own_is_a_hand_and_the_words_stay_words(desk, studio, tmp_path):
    own = tmp_path / "My hand.ttf"
    shutil.copy(next((FONTS / "kalam").glob("*.ttf")), own)
    desk.click("#tab-look")
    desk.wait_for_selector('input[name="hand"]')
    before, _ = picture(desk, studio, "inside-right")
    after(desk, "inside-right", lambda: desk.set_input_files("#hand-file", own))
    seen, dpi = picture(desk, studio, "inside-right")
    assert alike(before, seen) < 0.9
    assert desk.locator("[data-own] input").is_checked()
    (tmp_path / "made").mkdir()
    path = card_pdf(desk, tmp_path / "made")
    assert text_of(path) == WORDS
    assert alike(seen, raster(path, "inside-right", dpi)) > ALIKE


CHANGES = {
    "written again": lambda page: page.click("#again"),
    "another ink": lambda page: page.check('input[name="ink"][value="black"]', force=True),
    "another layout": lambda page: page.select_option("#layout", "centred"),
    "more evenly": lambda page: page.fill("#neatness", "0"),
    "large": lambda page: page.check("#large"),
    "another pen": lambda page: page.select_option("#pen", "fountain-broad"),
    "another hand": lambda page: page.check('input[name="hand"][value="caveat"]', force=True),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_chosen_changes_the_picture_and_no_word(name, desk, studio, tmp_path):
    desk.click("#tab-look")
    desk.wait_for_selector('input[name="hand"]')
    desk.evaluate("document.querySelector('#look details').open = true")
    before, _ = picture(desk, studio, "inside-right")
    after(desk, "inside-right", lambda: CHANGES[name](desk))
    seen, dpi = picture(desk, studio, "inside-right")
    assert np.abs(seen - before).mean() > 0.1
    path = card_pdf(desk, tmp_path)
    assert text_of(path) == WORDS
    assert alike(seen, raster(path, "inside-right", dpi)) > ALIKE


def test_the_colour_of_the_paper_is_for_the_eye_alone(desk, tmp_path):
    before = card_pdf(desk, tmp_path).read_bytes()
    desk.click("#tab-look")
    paper = '[data-panel="inside-right"]'
    white = desk.eval_on_selector(paper, "one => getComputedStyle(one).backgroundColor")
    desk.check('input[name="paper"][value="kraft"]', force=True)
    assert desk.eval_on_selector(paper, "one => getComputedStyle(one).backgroundColor") != white
    assert card_pdf(desk, tmp_path).read_bytes() == before
    desk.reload()
    desk.wait_for_selector("#stage[data-shown]")
    assert desk.get_attribute("#scene", "data-paper") == "kraft"


@pytest.mark.parametrize("pixels", [260, 431])
def test_the_true_size_is_set_by_a_bank_card_and_kept(pixels, desk):
    desk.click("#set-scale")
    desk.fill("#scale-width", str(pixels))
    assert desk.locator("#bank-card").bounding_box()["width"] == pytest.approx(pixels, abs=0.6)
    desk.click('#scale [type="submit"]')
    expect(desk.locator("#zoom-true")).to_have_attribute("aria-pressed", "true")
    true = 107.95 * pixels / 85.60
    size = "one => [one.offsetWidth, one.offsetHeight]"
    wide, high = desk.eval_on_selector('[data-panel="inside-right"]', size)
    assert wide == pytest.approx(true, abs=1)
    assert high == pytest.approx(true * 139.7 / 107.95, abs=1)
    desk.wait_for_timeout(300)
    box = desk.locator('[data-panel="inside-right"]').bounding_box()
    assert box["width"] == pytest.approx(true, rel=0.005)

    desk.reload()
    desk.wait_for_selector("#stage[data-shown]")
    desk.click("#zoom-true")
    wide, _ = desk.eval_on_selector('[data-panel="inside-right"]', size)
    assert wide == pytest.approx(true, abs=1)
