"""The SVG shows the same letters in the same places as the PDF."""

from __future__ import annotations

import io
import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from fontTools.misc.transform import Identity, Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path
from reportlab.pdfgen import canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from fairhand.job import Made, make, read
from fairhand.output.svg import svg

SAMPLE = Path(__file__).parents[2] / "samples" / "after-rejection" / "note.md"
SVG = "{http://www.w3.org/2000/svg}"
MM = 72 / 25.4
DPI = 150
CARDS = {
    "sample": {},
    "joined": {"hand": "homemade-apple"},
    "joined by strokes": {"hand": "playwrite-us-trad"},
    "overlapping strokes": {"hand": "caveat", "neatness": 1.5},
    "exact": {"neatness": 0},
    "ruled": {"layout": "ruled"},
    "tent": {"card": "a6-tent", "front": "Thank you", "imprint": "Fairhand Press"},
    "odd characters": {"signature": 'Tom & "Ann" <O’Neil>'},
}


@cache
def made(which: str) -> Made:
    return make(read(SAMPLE, **CARDS[which]), with_envelope=False)


@cache
def files(which: str) -> list[bytes]:
    return svg(made(which).card_sheets, made(which).card_about("rgb"))


class Outlines(BasePen):
    """Draws quadratic and cubic outlines on a ReportLab path."""

    def __init__(self, path: PDFPathObject) -> None:
        super().__init__()
        self.path = path

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.path.moveTo(*pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.path.lineTo(*pt)

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self.path.curveTo(*points[0], *points[1], *points[2])

    def _closePath(self) -> None:  # noqa: N802
        self.path.close()


def transform_of(element: ET.Element) -> Transform:
    found = element.get("transform")
    matrix = Identity
    if found:
        numbers = re.fullmatch(r"matrix\(([^)]*)\)", found)[1]
        matrix = Transform(*map(float, re.split(r"[ ,]+", numbers.strip())))
    if element.tag == f"{SVG}use":
        matrix = matrix.translate(float(element.get("x", 0)), float(element.get("y", 0)))
    return matrix


def shapes(root: ET.Element) -> Iterator[tuple[str, Transform, ET.Element]]:
    """Yield the path data, the whole transform and the element of everything that is drawn."""
    by_id = {f"#{element.get('id')}": element for element in root.iter() if element.get("id")}

    def walk(element: ET.Element, outer: Transform) -> Iterator[tuple[str, Transform, ET.Element]]:
        if element.tag == f"{SVG}defs":
            return
        matrix = outer.transform(transform_of(element))
        if element.tag == f"{SVG}use":
            yield by_id[element.get("href")].get("d"), matrix, element
        elif element.tag == f"{SVG}path":
            yield element.get("d"), matrix, element
        for child in element:
            yield from walk(child, matrix)

    yield from walk(root, Identity)


def ink(pdf: bytes, page: int = 0) -> np.ndarray:
    document = pypdfium2.PdfDocument(pdf)
    picture = document[page].render(scale=DPI / 72, grayscale=True).to_numpy()
    document.close()
    return picture < 128


def drawn(file: bytes) -> bytes:
    """Draw an SVG's filled outlines on a page of its size, by another road than ours."""
    root = ET.fromstring(file)
    width, height = (float(value) for value in root.get("viewBox").split()[2:])
    buffer = io.BytesIO()
    paper = canvas.Canvas(buffer, pagesize=(width, height))
    upright = Transform(1, 0, 0, -1, 0, height)
    for path, matrix, element in shapes(root):
        if element.get("stroke"):
            continue
        outline = paper.beginPath()
        parse_path(path, TransformPen(Outlines(outline), upright.transform(matrix)))
        paper.drawPath(outline, stroke=0, fill=1, fillMode=1)
    paper.showPage()
    paper.save()
    return buffer.getvalue()


@pytest.mark.parametrize("which", CARDS)
def test_it_is_xml_of_the_sheet_s_size_in_millimetres(which: str) -> None:
    card = made(which)
    for sheet, file in zip(card.card_sheets, files(which), strict=True):
        root = ET.fromstring(file)
        assert root.tag == f"{SVG}svg"
        for side, length in (("width", sheet.size.width), ("height", sheet.size.height)):
            value = re.fullmatch(r"([\d.]+)mm", root.get(side))[1]
            assert float(value) == pytest.approx(length / MM, abs=0.01)
        assert root.get("viewBox").split()[:2] == ["0", "0"]
        assert root.find(f"{SVG}title").text


@pytest.mark.parametrize("which", CARDS)
def test_it_shows_what_the_pdf_shows(which: str) -> None:
    card = made(which)
    pdf = card.card_pdf()
    for number, file in enumerate(files(which)):
        ours, theirs = ink(drawn(file)), ink(pdf, number)
        assert ours.shape == theirs.shape
        for axis in (0, 1):
            near, far = np.flatnonzero(ours.any(axis)), np.flatnonzero(theirs.any(axis))
            for end in (0, -1):
                assert abs(int(near[end]) - int(far[end])) * 25.4 / DPI <= 0.3
        # Letters as text are drawn a little bolder than as shapes, so a pixel is allowed.
        for one, other in ((ours, theirs), (theirs, ours)):
            assert (one & wider(other)).sum() >= 0.995 * one.sum()


def wider(mask: np.ndarray) -> np.ndarray:
    """Return a mask grown by a pixel to all eight sides."""
    padded = np.pad(mask, 1)
    height, width = mask.shape
    grown = np.zeros_like(mask)
    for down, right in itertools.product(range(3), range(3)):
        grown |= padded[down : down + height, right : right + width]
    return grown


@pytest.mark.parametrize("which", CARDS)
def test_every_word_is_named_and_every_name_is_safe_in_xml(which: str) -> None:
    card = made(which)
    names = [
        element.get("aria-label")
        for file in files(which)
        for element in ET.fromstring(file).iter()
        if element.get("aria-label")
    ]
    written = [
        word.shaped.text
        for sheet in card.card_sheets
        for placed in sheet.placements
        for line in placed.page.lines
        for word in line.words
    ]
    assert names == written


def test_rules_are_lines_in_their_own_colour() -> None:
    root = ET.fromstring(files("ruled")[0])
    rules = [element for _, _, element in shapes(root) if element.get("stroke")]
    page = made("ruled").card_sheets[0].placements[0].page
    assert len(rules) == len(page.under) > 5
    assert {rule.get("stroke") for rule in rules} == {page.under[0].stroke.rgb}


def test_a_letter_s_outline_stands_once_in_the_file() -> None:
    root = ET.fromstring(files("exact")[0])
    outlines = [element.get("d") for element in root.find(f"{SVG}defs")]
    assert len(outlines) == len(set(outlines))
    assert len(outlines) < 130, "exact type has one drawing of a glyph"
