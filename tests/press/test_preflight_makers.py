"""Good files of other makers pass, whatever they do in their own way."""

from __future__ import annotations

import subprocess
import zlib

import pytest
from conftest import tool
from other_makers import GOOD, ROOM, also, made, turned, type_1
from pikepdf import Array, Name, Stream

from fairhand.geometry import Size
from fairhand.press.preflight.finding import Wanted
from fairhand.press.preflight.run import preflight

_LETTERS = """%!PS
<</PageSize [378 522]>> setpagedevice
0.2 0.1 0 0 setcmykcolor 0 0 378 522 rectfill 0 0 0 1 setcmykcolor
/P052-Roman findfont 14 scalefont setfont 60 300 moveto (Dear Ana, thank you) show
/C059-Italic findfont 14 scalefont setfont 60 250 moveto (With love) show
showpage
"""


@pytest.mark.parametrize("name", list(GOOD))
def test_what_is_unusual_is_not_blamed(name):
    standard, change = GOOD[name]
    report = preflight(made(standard, change))
    assert report.findings == ()
    assert (report.standard, report.claims) == (standard, True)


def test_a_large_picture_is_no_bomb():
    def large(document):
        packed = zlib.compress(bytes(100_000_000), 1)
        return Stream(document, packed, Filter=Name.FlateDecode, Type=Name.XObject,
                      Subtype=Name.Image, Width=5000, Height=5000, BitsPerComponent=8,
                      ColorSpace=Name.DeviceCMYK)  # fmt: skip

    shown = also("q 72 0 0 72 100 100 cm /I Do Q", XObject={"I": large})
    assert preflight(made("x-4", shown)).findings == ()


def test_the_finished_size_may_be_an_art_box():
    data = made("x-4", lambda document: None, box="ArtBox")
    assert preflight(data).findings == ()
    assert preflight(data, Wanted(size=Size(378 - 2 * ROOM, 522 - 2 * ROOM))).passes
    assert not preflight(data, Wanted(size=Size(300, 400))).passes


def test_letters_of_ghostscripts_embedding_are_as_wide_as_it_says(tmp_path):
    """Fonts embedded as CFF are well; and a width that is changed is found."""
    (tmp_path / "in.ps").write_text(_LETTERS)
    subprocess.run(
        [tool("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-dPDFSETTINGS=/prepress",
         "-sOutputFile=out.pdf", "in.ps"],
        check=True, timeout=120, cwd=tmp_path, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    data = (tmp_path / "out.pdf").read_bytes()
    assert preflight(made("x-4", lambda document: None, data=data)).findings == ()

    def widened(document):
        for font in document.pages[0].Resources.Font.as_dict().values():
            assert "/FontFile3" in font.FontDescriptor
            font.Widths = Array([float(width) + 30 for width in font.Widths])

    report = preflight(made("x-4", widened, data=data))
    assert {finding.rule for finding in report.findings} == {"font-widths"}
    assert len(report.findings) == 2


def test_letters_of_type_1_are_as_wide_as_the_file_says():
    def letters(stated):
        font = {"T": lambda document: type_1(document, own=700, stated=stated)}
        shown = also("BT /T 12 Tf 0 0 0 1 k 100 100 Td (aa) Tj ET", Font=font)
        return preflight(made("x-4", shown)).findings

    assert letters(700) == ()
    assert [finding.rule for finding in letters(640)] == ["font-widths"]


def test_a_place_on_a_turned_page_is_told_as_the_page_is_seen():
    def spoil(document):
        turned(document)
        also("1 0 0 rg 60 400 40 40 re f")(document)

    found = next(f for f in preflight(made("x-4", spoil)).findings if f.rule == "rgb")
    # Turned clockwise, what was the lower edge is on the left, and the left edge on top.
    across, down = (400 - ROOM) / 72 * 25.4, (60 - ROOM) / 72 * 25.4
    assert found.place == f"{across:.0f} mm from the left and {down:.0f} mm from the top"
