"""A page of another program's PDF is shown as its reader sees it, and nothing but it."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from own_files import (
    INNER,
    PANEL,
    drawn_pdf,
    front_of,
    front_picture,
)

from fairhand.art.drawing import PdfPage
from fairhand.art.pdf_art import read_pdf_page
from fairhand.art.place import Wish, placed
from fairhand.errors import InputError
from fairhand.geometry import Rect
from fairhand.job.own_art import BLEED


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
