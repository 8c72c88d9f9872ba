"""What stands deep in a file, or is not seen on a screen, is found with its page and object."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import pytest
import spoilers
from faults_deep import DEEP, DEEP_OLDER, DEEP_WARNED, letters
from faults_older import OLD
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from other_makers import type_1
from pikepdf import Name

from fairhand.press.preflight.run import Report, preflight
from fairhand.units import MM

_OF_THE_DOCUMENT = {"output-profile-missing"}
_WITH = {
    "blend-mode": {"group-space-missing"},
    "ink-limit": {"group-space-missing"},
    "media-box-missing": {"boxes-nesting"},
}
"""What else is wrong with a page that has such a fault."""


@cache
def good() -> bytes:
    return spoilers.good()


def rules(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings}


@pytest.mark.parametrize("name", list(DEEP))
def test_what_stands_deep_is_found_alone_and_with_its_place(name):
    rule, spoil = DEEP[name]
    report = preflight(spoilers.spoilt(good(), spoil))
    assert rules(report) - _WITH.get(rule, set()) == {rule}
    assert report.passes == (name in DEEP_WARNED)
    for finding in report.findings[:1]:
        assert finding.page == (0 if rule in _OF_THE_DOCUMENT else 1)
        assert finding.thing
        assert finding.remedy


@pytest.mark.parametrize("standard", ["x-3", "x-1a"])
@pytest.mark.parametrize("name", list(DEEP_OLDER))
def test_what_the_older_standards_do_not_know_is_found_two_drawings_deep(standard, name):
    rule, spoil = DEEP_OLDER[name]
    report = preflight(spoilers.spoilt(OLD[standard](good()), spoil))
    assert rule in rules(report)
    assert not report.passes


def test_what_a_colour_is_multiplied_with_counts_by_its_share_and_only_beneath_it():
    under = "1 1 0 0 k 100 100 50 50 re f"

    def multiplied(place, share):
        gs = {"M": pikepdf.Dictionary(BM=Name.Multiply, ca=share)}
        shown = spoilers.more(f"{under} /M gs 0 0 0.9 0.9 k {place} 20 20 re f", ExtGState=gs)
        return rules(preflight(spoilers.spoilt(good(), shown)))

    assert "ink-limit" in multiplied("110 110", 1)
    assert "ink-limit" not in multiplied("110 110", 0.5)
    assert "ink-limit" not in multiplied("200 200", 1)


def test_letters_that_a_truetype_font_has_are_not_blamed():
    assert preflight(spoilers.spoilt(good(), letters("Dear Dear"))).findings == ()


def test_a_page_that_bleeds_as_far_as_its_paper_needs_no_bleed_box():
    def change(document):
        page = spoilers.page(document)
        left, bottom, right, top = (float(part) for part in page.TrimBox)
        del page["/BleedBox"]
        page.MediaBox = [left - 3 * MM, bottom - 3 * MM, right + 3 * MM, top + 3 * MM]
        spoilers.more("0.1 0 0.1 0 k 0 0 2000 2000 re f")(document)

    assert preflight(spoilers.spoilt(good(), change)).findings == ()


def test_a_file_that_lacks_its_last_bytes_is_cut_short():
    data = good().rstrip()
    assert preflight(data).passes
    assert "file-damaged" in rules(preflight(data[:-1]))


def test_what_stands_before_the_file_is_told():
    assert rules(preflight(b"From the mail\r\n" + good())) == {"file-begins-late"}


def test_a_page_without_trim_is_not_also_blamed_for_its_size():
    def change(document):
        document.pages.append(document.pages[0])
        del document.pages[1].obj["/TrimBox"]

    assert rules(preflight(spoilers.spoilt(good(), change))) == {"trim-box-missing"}


def test_an_output_profile_of_version_4_is_younger_than_both_older_standards():
    newer = spoilers.profile(spoilers.put(8, b"\x04"))
    for standard in ("x-3", "x-1a"):
        report = preflight(spoilers.spoilt(OLD[standard](good()), newer))
        assert "output-profile-version" in rules(report)
    assert preflight(spoilers.spoilt(good(), newer)).passes


def _type_1(document):
    return type_1(document, 500, 500), "/FontFile"


def _compact(document):
    """Return a font of one letter in CFF."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "a"])
    pen = T2CharStringPen(500, None)
    pen.moveTo((0, 0))
    for point in ((400, 0), (400, 400), (0, 400)):
        pen.lineTo(point)
    pen.closePath()
    letter = pen.getCharString()
    builder.setupCFF("Small", {}, {".notdef": letter, "a": letter}, {})
    program = builder.font["CFF "].cff
    buffer = io.BytesIO()
    program.compile(buffer, builder.font)
    return document.make_indirect(pikepdf.Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Small, FirstChar=97, LastChar=97,
        Widths=[500], Encoding=Name.WinAnsiEncoding,
        FontDescriptor=pikepdf.Dictionary(
            Type=Name.FontDescriptor, FontName=Name.Small, Flags=32,
            FontFile3=pikepdf.Stream(document, buffer.getvalue(), Subtype=Name.Type1C)))), (
        "/FontFile3")  # fmt: skip


@pytest.mark.parametrize("make", [_type_1, _compact])
@pytest.mark.parametrize("kept", [1.0, 0.9, 0.6, 0.3])
def test_a_font_that_is_cut_short_anywhere_is_damaged(make, kept):
    def shown(document):
        font, key = make(document)
        stream = font.FontDescriptor[key]
        data = stream.read_bytes()
        stream.write(data[: int(len(data) * kept)])
        spoilers.more("BT /Ff 14 Tf 0 0 0 1 k 100 200 Td (a) Tj ET", Font={"Ff": font})(document)

    report = preflight(spoilers.spoilt(good(), shown))
    assert rules(report) == (set() if kept == 1 else {"font-damaged"})
