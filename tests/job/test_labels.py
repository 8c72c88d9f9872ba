"""Sheets of labels as they are printed, over the dimensions that the makers publish."""

from __future__ import annotations

import io
import json
from ctypes import c_float
from itertools import pairwise, repeat
from pathlib import Path
from types import GeneratorType

import numpy as np
import pypdfium2
import pytest
from click.testing import CliRunner
from pypdfium2 import raw

from fairhand.cli import fairhand
from fairhand.errors import InputError
from fairhand.geometry import Rect
from fairhand.impose.corrected import Correction
from fairhand.job import read
from fairhand.job.labels import (
    LabelWish,
    composed_label,
    label_sheets,
    label_task,
    labels,
    labels_pdf,
)
from fairhand.output.pdf import About, pdf
from fairhand.stationery.label_catalogue import label_sheet
from fairhand.units import MM, in_mm
from fairhand.write.hand_page import write_pages

INCH = 72.0
DPI = 254
PX = DPI / 25.4
"""Pixels of a millimetre: a tenth of it is one."""

PUBLISHED = {
    # Avery: 2 5/8 x 1 in; 4 x 1 in; 4 x 2 in on Letter; 63.5 x 38.1 and 99.1 x 38.1 mm on A4.
    "avery-5160": ("letter", 3, 10, 66.675, 25.4, 4.7625, 12.7, 69.85, 25.4),
    "avery-5161": ("letter", 2, 10, 101.6, 25.4, 3.96875, 12.7, 106.3625, 25.4),
    "avery-5163": ("letter", 2, 5, 101.6, 50.8, 3.96875, 12.7, 106.3625, 50.8),
    "avery-l7160": ("a4", 3, 7, 63.5, 38.1, 7.2, 15.15, 66.04, 38.1),
    "avery-l7163": ("a4", 2, 7, 99.1, 38.1, 4.67, 15.15, 101.6, 38.1),
}
"""Paper, columns, rows; width, height, from the left, from the top, pitch across and down, mm."""

PAPERS = {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}
NOTE = {
    "to": ["Ms. Adaeze Okafor", "Meridian Health", "418 Lakeview Avenue", "Troy, NY 12180"],
    "from": ["Jonas Weber", "27 Prospect Street", "Burlington, VT 05401"],
    "salutation": "Dear Ms. Okafor,",
}


def written_label(*label):
    return write_pages([label_task(*label)])[0]


def note(**changes):
    return read({**NOTE, **changes})


def published_cells(name):
    """The labels of a sheet by the maker's dimensions, mm from the upper left corner."""
    _, columns, rows, width, height, left, top, across, down = PUBLISHED[name]
    return [
        (left + c * across, top + r * down, left + c * across + width, top + r * down + height)
        for r in range(rows) for c in range(columns)
    ]  # fmt: skip


def made_pdf(name, **wish):
    source = note()
    made = labels(source, LabelWish(label_sheet(name).sheet, **wish))
    return pdf(made.sheets, made.about("rgb"))


def ink_of(data, page=0):
    """Whether there is ink, by pixels of a tenth of a millimetre."""
    document = pypdfium2.PdfDocument(data)
    picture = document[page].render(scale=DPI / 72, grayscale=True).to_numpy()
    return np.asarray(picture).reshape(picture.shape[0], picture.shape[1]) < 200


def outlines_in(data, number=0):
    """The rectangles about all stroked paths of a PDF's page, mm from the upper left."""
    page = pypdfium2.PdfDocument(data)[number]
    height = page.get_height()
    found = []
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        ends = [c_float() for _ in range(4)]
        assert raw.FPDFPageObj_GetBounds(thing.raw, *ends)
        left, bottom, right, top = (end.value for end in ends)
        found.append(tuple(in_mm(v) for v in (left, height - top, right, height - bottom)))
    return found


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_outline_lies_on_the_makers_dimensions_to_a_tenth_of_a_millimetre(name):
    data = made_pdf(name, outline=True)
    page = pypdfium2.PdfDocument(data)[0]
    assert [in_mm(v) for v in page.get_size()] == pytest.approx(PAPERS[PUBLISHED[name][0]], abs=0.1)
    drawn = outlines_in(data)
    wanted = published_cells(name)
    assert len(drawn) == len(wanted)
    for ours, theirs in zip(drawn, wanted, strict=True):
        # The line itself is a tenth of a millimetre wide.
        assert ours == pytest.approx(theirs, abs=0.16)
        middle = [(ours[0] + ours[2]) / 2, (ours[1] + ours[3]) / 2]
        assert middle == pytest.approx(
            [(theirs[0] + theirs[2]) / 2, (theirs[1] + theirs[3]) / 2], abs=0.1
        )


@pytest.mark.parametrize("name", PUBLISHED)
def test_ink_of_a_full_sheet_lies_in_every_label_of_the_maker_and_nowhere_else(name):
    count = label_sheet(name).sheet.count
    ink = ink_of(made_pdf(name, copies=count))
    outside = ink.copy()
    for left, top, right, bottom in published_cells(name):
        # Ink keeps 2 mm off a label's edges; a tenth is lost in pixels, a tenth in rounding.
        inner = (
            slice(round((top + 1.8) * PX), round((bottom - 1.8) * PX)),
            slice(round((left + 1.8) * PX), round((right - 1.8) * PX)),
        )
        assert ink[inner].any()
        outside[inner] = False
    assert not outside.any()


@pytest.mark.parametrize("start", [1, 2, 7, 30])
def test_labels_begin_at_any_place_as_one_reads(start):
    ink = ink_of(made_pdf("avery-5160", start=start))
    filled = [
        number
        for number, (left, top, right, bottom) in enumerate(published_cells("avery-5160"), start=1)
        if ink[round(top * PX) : round(bottom * PX), round(left * PX) : round(right * PX)].any()
    ]
    assert filled == [start]


@pytest.mark.parametrize(("start", "copies", "sheets"), [(1, 30, 1), (1, 31, 2), (30, 2, 2),
                                                         (29, 33, 3)])  # fmt: skip
def test_what_a_sheet_does_not_take_goes_on_the_next_from_its_first_label(start, copies, sheets):
    sheet = label_sheet("avery-5160").sheet
    made = labels(note(), LabelWish(sheet, start=start, copies=copies))
    assert len(made.sheets) == sheets
    assert sum(len(one.placements) for one in made.sheets) == copies
    places = [one.placements[0].matrix.e for one in made.sheets[1:]]
    assert places == pytest.approx([sheet.left] * (sheets - 1))


@pytest.mark.parametrize("start", [0, 31, -3])
def test_a_place_that_is_not_there_is_refused(start):
    with pytest.raises(InputError, match="30 labels"):
        labels(note(), LabelWish(label_sheet("avery-5160").sheet, start=start))


def test_return_labels_fill_the_sheet_with_the_sender_each_written_anew():
    made = labels(note(), LabelWish(label_sheet("avery-5160").sheet, start=4, sender=True))
    assert made.count == 27
    pages = [placement.page for placement in made.sheets[0].placements]
    words = [tuple(word.matrix for line in page.lines for word in line.words) for page in pages]
    assert len(set(words)) == 27
    text = pypdfium2.PdfDocument(pdf(made.sheets, About("")))[0].get_textpage().get_text_bounded()
    assert text.count("Jonas Weber") == 27
    assert "Okafor" not in text


def test_labels_of_a_hundred_thousand_people_are_laid_out_a_sheet_at_a_time():
    source = note()
    sheet = label_sheet("avery-5160").sheet
    page, hand, _ = composed_label(source, sheet)
    taken = 0

    def pages():
        nonlocal taken
        for page_ in repeat(written_label(source, page, hand), 100_000):
            taken += 1
            yield page_

    made = label_sheets(pages(), sheet, 7)
    assert isinstance(made, GeneratorType)
    next(made)
    assert taken == 24
    assert sum(1 for _ in made) == -(-(100_000 - 24) // 30)
    assert taken == 100_000


def test_every_address_of_many_stays_inside_its_label_as_written():
    sheet = label_sheet("avery-5160").sheet
    addresses = [
        ["Llanfairpwllgwyngyll Yjgpq", "c/o Ågot Bjørnsdóttir", "Unit 7b, 418 Lakeview Avenue",
         "Minneapolis, MN 55401"],
        ["W", "1 Road", "Troy, NY 12180"],
        ["Yggdrasil & Young, Gifts", "P.O. Box 9", "Big Sky, MT 59716"],
    ]  # fmt: skip
    pages = []
    for number in range(30):
        source = note(to=addresses[number % 3], neatness=1.5, hand=("kalam", "mynerve")[number % 2])
        page, hand, _ = composed_label(source, sheet)
        pages.append(written_label(source, page, hand, number))
    ink = ink_of(pdf(label_sheets(pages, sheet), About("")))
    for left, top, right, bottom in published_cells("avery-5160"):
        ink[round((top + 1.8) * PX) : round((bottom - 1.8) * PX),
            round((left + 1.8) * PX) : round((right - 1.8) * PX)] = False  # fmt: skip
    assert not ink.any()


def test_a_test_sheet_says_what_it_is_in_its_margin_and_off_its_labels():
    data = made_pdf("avery-5160", outline=True)
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()
    assert "avery-5160" in text
    assert "100 %" in text
    placements = labels(
        note(), LabelWish(label_sheet("avery-5160").sheet, outline=True)
    ).sheets[0].placements  # fmt: skip
    caption = placements[-1].page
    tops = [word.matrix.f for line in caption.lines for word in line.words]
    assert min(tops) > label_sheet("avery-5160").sheet.cells[0].top
    assert max(tops) < 11 * INCH - 5 * MM


# The command line


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = "\n".join(f"  - {line}" for line in NOTE["to"])
    sender = "\n".join(f"  - {line}" for line in NOTE["from"])
    Path("note.md").write_text(f"---\nto:\n{lines}\nfrom:\n{sender}\n---\nDear Ms. Okafor,\n")

    def command(*arguments):
        return CliRunner().invoke(fairhand, arguments)

    return command


def test_the_command_makes_a_sheet_beside_the_note_and_tells_where_the_databases_differ(run):
    done = run("envelope", "note.md", "--labels", "avery-5160", "--start", "7")
    assert done.exit_code == 0, done.output
    assert done.stdout == "note.labels.pdf\n"
    assert "LibreOffice" in done.stderr
    assert "gLabels" in done.stderr
    assert Path("note.labels.pdf").read_bytes().startswith(b"%PDF")
    assert not Path("note.envelope.pdf").exists()


def test_the_same_command_gives_the_same_bytes(run):
    for name in ("a.pdf", "b.pdf"):
        assert run("envelope", "note.md", "--labels", "avery-5163", "-o", name).exit_code == 0
    assert Path("a.pdf").read_bytes() == Path("b.pdf").read_bytes()


def test_the_command_tells_a_program(run):
    done = run("envelope", "note.md", "--labels", "avery-5389", "--json")
    told = json.loads(done.stdout)
    assert told["labels"] == "avery-5389"
    assert told["count"] == 1
    assert any("31.75" in notice and "38.1" in notice for notice in told["notices"])


@pytest.mark.parametrize("option", [("--start", "3"), ("--return",), ("--copies", "4"),
                                    ("--outline",)])  # fmt: skip
def test_details_of_labels_without_a_sheet_are_refused(run, option):
    done = run("envelope", "note.md", *option)
    assert isinstance(done.exception, InputError)
    assert "--labels" in done.exception.hint


def test_labels_are_not_for_a_press(run):
    done = run("envelope", "note.md", "--labels", "avery-5160", "--press")
    assert isinstance(done.exception, InputError)


def test_a_sheet_of_ones_own_is_used_by_its_file(run):
    Path("my.toml").write_text(
        '[shelf]\npaper = "a4"\ncolumns = 2\nrows = 4\ncell_width = "90mm"\n'
        'cell_height = "60mm"\nleft = "15mm"\ntop = "28.5mm"\n'
    )
    done = run("envelope", "note.md", "--labels", "my.toml", "--start", "8",
               "--address-hand", "same", "--json")  # fmt: skip
    assert json.loads(done.stdout)["labels"] == "shelf"
    assert json.loads(done.stdout)["notices"] == []


def test_a_calibrated_printers_error_is_taken_back(run, tmp_path, monkeypatch):
    monkeypatch.setenv("FAIRHAND_CONFIG", str(tmp_path / "config"))
    plain, moved = Path("plain.pdf"), Path("moved.pdf")
    sheet = ("envelope", "note.md", "--labels", "avery-5163", "--outline")
    assert run(*sheet, "-o", str(plain)).exit_code == 0
    done = run("calibrate", "--right", "2mm", "--down", "1mm", "--printer", "desk")
    assert done.exit_code == 0, done.output
    assert run(*sheet, "--printer", "desk", "-o", str(moved)).exit_code == 0
    before, after = outlines_in(plain.read_bytes()), outlines_in(moved.read_bytes())
    for (left, top, *_), (left2, top2, *_) in zip(before, after, strict=True):
        assert (left2 - left, top2 - top) == pytest.approx((2, 1), abs=0.02)


def test_every_sheet_of_several_is_a_front_to_the_printers_correction():
    sheet = label_sheet("avery-l7160").sheet
    made = labels(note(), LabelWish(sheet, copies=2 * sheet.count, outline=True))
    error = Correction(right_mm=1.0, back_right_mm=5.0)
    moved = labels_pdf(made.sheets, made.about("rgb"), error)
    before = outlines_in(labels_pdf(made.sheets, made.about("rgb")))
    for number in (0, 1):
        for (left, *_), (left2, *_) in zip(before, outlines_in(moved, number), strict=True):
            assert left2 - left == pytest.approx(1.0, abs=0.02)


def test_sheets_that_lie_across_are_fed_upright_when_they_are_corrected():
    sheet = label_sheet("avery-l7169@libreoffice").sheet
    assert sheet.width > sheet.height
    made = labels(note(), LabelWish(sheet, copies=4))
    page = pypdfium2.PdfDocument(labels_pdf(made.sheets, made.about("rgb"), Correction(1.0)))[0]
    assert page.get_width() < page.get_height()


@pytest.mark.parametrize("name", ["x.svg", "x.png", "-"])
def test_labels_go_where_a_person_says(run, name):
    done = run("envelope", "note.md", "--labels", "avery-5163", "-o", name)
    assert done.exit_code == 0, done.output
    if name == "-":
        assert done.stdout_bytes.startswith(b"%PDF")
    else:
        assert Path(name).is_file()


def test_the_list_of_sheets_names_makers_kinds_and_measures(run):
    assert "herma" in run("stationery", "labels").stdout
    shipping = run("stationery", "labels", "shipping").stdout
    assert "avery-5163" in shipping
    assert "avery-5160 " not in shipping
    one = run("stationery", "labels", "avery", "5160")
    assert "LibreOffice" in one.stdout
    assert "69.85 mm" in one.stdout
    assert "70.64 mm" in one.stdout
    told = json.loads(run("stationery", "labels", "avery-5160", "--json").stdout)
    assert told["agree"] is False
    assert told["drawings"]["LibreOffice"]["left_mm"] == 4.78
    assert told["drawings"]["gLabels"]["left_mm"] == 3.969
    everything = json.loads(run("stationery", "labels", "--json").stdout)
    assert len(everything) > 2000
    wrong = run("stationery", "labels", "qqqqq")
    assert isinstance(wrong.exception, InputError)


def test_a_rectangle_stands_for_a_label(tmp_path):
    """The rooms agree on where a cell is: its matrix takes the page's corners to the cell's."""
    made = labels(note(), LabelWish(label_sheet("avery-l7163").sheet, start=9))
    placement = made.sheets[0].placements[0]
    cell = label_sheet("avery-l7163").sheet.cells[8]
    assert placement.matrix.about(Rect.of(placement.page.size)) == pytest.approx(cell)
    assert io.BytesIO(pdf(made.sheets, About(""))).read(5) == b"%PDF-"


def test_an_address_in_parts_is_put_in_the_order_of_its_country():
    parts = {"name": "Ann Lee", "address": "5 Elm St", "city": "Troy", "region": "NY",
             "postcode": "12180"}  # fmt: skip
    label = composed_label(note(to=parts), label_sheet("avery-5160").sheet)
    assert label.page.text.split("\n") == ["Ann Lee", "5 Elm St", "Troy, NY 12180"]


FIVE = [
    [
        "Ms. Philippa Yjgpq-Okafor",
        "Meridian Health Partners",
        "418 Lakeview Avenue",
        "Apt. 3",
        "Troy, NY 12180-1234",
    ],
    ["Ms. Adaeze Okafor", "Meridian Health", "418 Lakeview Avenue", "Suite 200", "Troy, NY 12180"],
    ["Dr. Jürgen Groß", "c/o Fjellgjøy", "Friedrich-Ebert-Straße 112a", "80336 MÜNCHEN", "GERMANY"],
    ["Jonathan Grey", "Acme Works", "27 Prospect Street", "Apt. 3", "Burlington, VT 05401"],
]


@pytest.mark.parametrize("wish", ["auto", "plain"])
@pytest.mark.parametrize("name", ["mynerve", "homemade-apple", "caveat", "kalam"])
def test_five_lines_stand_evenly_on_the_commonest_of_labels(name, wish):
    for lines in FIVE:
        source = note(to=lines, hand=name, address_hand=wish)
        page, chosen, _ = composed_label(source, label_sheet("avery-5160").sheet)
        ys = [line.y for line in page.lines]
        composed = [above - below for above, below in pairwise(ys)]
        assert composed == pytest.approx(composed[:1] * 4)
        written = written_label(source, page, chosen)
        rows = [np.mean([word.matrix.f for word in line.words]) for line in written.lines]
        assert -np.diff(rows) == pytest.approx(composed, rel=0.15)


def test_a_hand_that_was_asked_for_is_kept_on_a_small_label():
    for lines in FIVE[:1]:
        source = note(to=lines, hand="mynerve", address_hand="same")
        _, chosen, _ = composed_label(source, label_sheet("avery-5160").sheet)
        assert chosen.slug == "mynerve"


@pytest.mark.parametrize("sender", [False, True])
def test_a_barcode_that_a_label_has_no_room_for_is_told(sender):
    wish = LabelWish(label_sheet("avery-5160").sheet, sender=sender)
    made = labels(note(imb="01 234 567094 987654321 12180"), wish)
    assert any("Intelligent Mail" in notice for notice in made.notices) is not sender


@pytest.mark.parametrize("sheet", ["avery-5160", "avery-l7651", "avery-l7160"])
def test_a_short_line_alone_is_no_larger_than_an_address(sheet):
    sizes = [composed_label(note(to=to, address_hand="plain"), label_sheet(sheet).sheet)[0]
             for to in (["Ann Lee"], ["Ann Lee", "5 Elm St", "Troy"])]  # fmt: skip
    assert sizes[0].lines[0].size == sizes[1].lines[0].size
