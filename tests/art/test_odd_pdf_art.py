"""Odd and hostile PDF pages as art: shown as their readers show them, or refused at once."""

from __future__ import annotations

import io
import subprocess
import time
import zlib

import pikepdf
import pypdfium2
import pytest
from conftest import tool
from pikepdf import Array, Dictionary, Name
from PIL import Image

from fairhand.art.drawing import PdfPage, Picture
from fairhand.art.pdf_art import read_pdf_page
from fairhand.art.place import Wish, placed, read_art
from fairhand.errors import InputError
from fairhand.geometry import Affine, Rect, Size
from fairhand.job import make, read
from fairhand.job.own_art import BLEED
from fairhand.job.press import press_file
from fairhand.output.raster import picture_of
from fairhand.output.svg import svg
from fairhand.stationery.condition import condition

PANEL = Size(306.0, 396.0)
INNER = Rect(30.0, 40.0, 276.0, 356.0)
ORANGE = b"0 0.4 0.8 0 k 0 0 306 396 re f "


def page_with(painted: bytes, arrange=lambda document, page: None) -> bytes:
    """Return a PDF of one A2 page."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=PANEL)
        page.Contents = document.make_stream(painted)
        arrange(document, page)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def card_with(tmp_path, data: bytes):
    (tmp_path / "art.pdf").write_bytes(data)
    (tmp_path / "note.md").write_text("---\ncard: a2\nart: art.pdf\n---\nDear Ana,\n\nHi.\n\nTom\n")
    return make(read(tmp_path / "note.md"), with_envelope=False)


def in_the_middle(data: bytes) -> tuple[int, int, int]:
    """Return the colour in the middle of a folded A2 card's front, by pdfium."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    box = page.get_trimbox()
    x, y = box[0] + 0.75 * (box[2] - box[0]), page.get_height() - (box[1] + box[3]) / 2
    picture = page.render(scale=1).to_pil().convert("RGB")
    document.close()
    return picture.getpixel((round(x), round(y)))


def layers(off: bool, by: str = "/OFF"):
    def arrange(document, page) -> None:
        group = document.make_indirect(Dictionary(Type=Name.OCG, Name="draft"))
        usual = Dictionary(BaseState=Name.OFF) if off and by != "/OFF" else Dictionary()
        if off and by == "/OFF":
            usual.OFF = Array([group])
        document.Root.OCProperties = Dictionary(OCGs=[group], D=usual)
        page.Resources = Dictionary(Properties=Dictionary(L=group))

    return arrange


HIDDEN = ORANGE + b"/OC /L BDC 1 0 0 0 k 40 40 226 316 re f EMC"


@pytest.mark.parametrize("by", ["/OFF", "/BaseState"])
def test_a_layer_that_is_off_stays_off(by, tmp_path):
    job = card_with(tmp_path, page_with(HIDDEN, layers(off=True, by=by)))
    assert "layers" in job.notices[0]
    file = press_file(job, "card", condition("auto", "us"))
    for data in (job.card_pdf(), file.data):
        red, _, blue = in_the_middle(data)
        assert red > blue + 100
    (shown,) = [one for s in job.card_sheets for p in s.placements for one in p.page.under]
    assert isinstance(shown, Picture)


def test_layers_that_are_all_on_change_nothing(tmp_path):
    job = card_with(tmp_path, page_with(HIDDEN, layers(off=False)))
    assert not any("layers" in notice for notice in job.notices)
    red, _, blue = in_the_middle(job.card_pdf())
    assert blue > red + 100


@pytest.mark.parametrize(
    "painted",
    [b"Q Q " + ORANGE + b"Q", b"q q " + ORANGE, b"(q) pop Q q 1 0 0 1 0 0 cm Q " + ORANGE],
)
def test_a_page_that_keeps_no_order_in_its_states_is_seen_in_every_reader(painted, tmp_path):
    painted = painted.replace(b"(q) pop ", b"/Span << /ActualText (q Q) >> BDC EMC ")
    job = card_with(tmp_path, page_with(painted))
    file = press_file(job, "card", condition("auto", "us"))
    assert file.notices == ()
    (tmp_path / "card.pdf").write_bytes(job.card_pdf())
    subprocess.run(
        [tool("pdftoppm"), "-r", "36", "-png", "-singlefile", "-f", "1", "-l", "1",
         str(tmp_path / "card.pdf"), str(tmp_path / "card")],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    with Image.open(tmp_path / "card.png") as shown:
        red, _, blue = shown.convert("RGB").getpixel((3 * shown.width // 4, shown.height // 2))
    assert red > blue + 100


def test_a_page_that_counts_in_larger_units_keeps_its_bleed():
    def arrange(document, page) -> None:
        del document
        page.MediaBox = page.BleedBox = [0, 0, (306 + 18) / 2, (396 + 18) / 2]
        page.TrimBox = [4.5, 4.5, 4.5 + 153, 4.5 + 198]
        page.UserUnit = 2

    art = read_pdf_page(page_with(ORANGE, arrange), 1, "art.pdf")
    assert art.size == (306, 396)
    (page,) = placed(art, PANEL, INNER, BLEED, Wish()).things
    assert page.matrix.about(art.trim) == pytest.approx(Rect.of(PANEL), abs=1e-6)


def test_no_more_of_a_page_is_kept_than_the_card_and_its_bleed_show():
    art = read_pdf_page(page_with(ORANGE), 1, "art.pdf")
    (page,) = placed(art, PANEL, INNER, BLEED, Wish(zoom=8.0)).things
    wanted = Rect(-BLEED, -BLEED, PANEL.width + BLEED, PANEL.height + BLEED)
    assert page.matrix.about(page.box) == pytest.approx(wanted, abs=1e-6)


def forms_in_forms(document, page) -> None:
    inner = document.make_stream(ORANGE, Subtype=Name.Form, BBox=[0, 0, 306, 396])
    for _ in range(12):
        inner = document.make_stream(
            b"/F Do " * 10, Subtype=Name.Form, BBox=[0, 0, 306, 396],
            Resources=Dictionary(XObject=Dictionary(F=inner)),
        )  # fmt: skip
    page.Resources = Dictionary(XObject=Dictionary(F=inner))


def packed_many_times(document, page) -> None:
    stream = document.make_stream(b"")
    stream.write(zlib.compress(b"0 0 1 1 re f " * 10_000_000, 9), filter=Name.FlateDecode)
    page.Contents = stream


@pytest.mark.parametrize("arrange", [forms_in_forms, packed_many_times])
def test_a_page_that_would_keep_every_reader_busy_is_refused_at_once(arrange, tmp_path):
    data = page_with(ORANGE + b"/F Do", arrange)
    assert len(data) < 500_000
    start = time.process_time()
    with pytest.raises(InputError, match="draws more than a card can show") as caught:
        card_with(tmp_path, data)
    assert "picture" in caught.value.hint
    assert time.process_time() - start < 5


def test_a_form_that_shows_itself_is_shown_once(tmp_path):
    def arrange(document, page) -> None:
        form = document.make_stream(b"/F Do " + ORANGE, Subtype=Name.Form, BBox=[0, 0, 306, 396])
        form.Resources = Dictionary(XObject=Dictionary(F=form))
        page.Resources = Dictionary(XObject=Dictionary(F=form))

    job = card_with(tmp_path, page_with(b"/F Do", arrange))
    red, _, blue = in_the_middle(job.card_pdf())
    assert red > blue + 100


def test_what_is_broken_in_the_content_is_told_when_the_note_is_read():
    def arrange(document, page) -> None:
        stream = document.make_stream(b"")
        stream.write(zlib.compress(ORANGE * 50)[:40] + b"nonsense", filter=Name.FlateDecode)
        page.Contents = Array([stream, stream])

    with pytest.raises(InputError, match="damaged"):
        read_art(page_with(b"", arrange), 1, "art.pdf")


def test_a_damaged_file_that_can_be_mended_is_a_picture_too(tmp_path):
    """As where it is sent to a press in colours of a screen, or made an SVG."""
    whole = page_with(b"0.9 0.4 0 rg 0 0 306 396 re f")
    torn = whole[: whole.index(b"/ID [<") + 30]
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(torn)
    job = card_with(tmp_path, torn)
    assert press_file(job, "card", condition("auto", "us")).notices
    (sheet, *_) = svg(job.card_sheets, job.card_about("rgb"))
    assert b"<image" in sheet


def test_a_page_that_pdfium_cannot_read_is_told():
    with pytest.raises(InputError, match="damaged"):
        picture_of(PdfPage(b"%PDF-1.7 nothing", 0, Affine(), INNER))
