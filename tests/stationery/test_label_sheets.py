"""Sheets of labels: thousands of rows that are all sheets, and names that find the right one."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairhand.catalog import read_toml
from fairhand.errors import InputError
from fairhand.geometry import Size
from fairhand.stationery.label import LabelSheet, agree, difference_mm, mm
from fairhand.stationery.label_catalogue import (
    drawings,
    label_sheet,
    larger,
    listed,
    same_cells,
)
from fairhand.stationery.label_rows import DATABASES, folder, makers, rows_of, sheet_of, slug
from fairhand.units import MM

INCH = 72.0
LISTED = listed()


@cache
def every_sheet() -> list[LabelSheet]:
    """Every row of every file, as the sheet that it makes."""
    return [
        sheet_of(maker, row, database)
        for maker in makers()
        for database in DATABASES
        for row in rows_of(maker, database).values()
        if not row.same_as
    ]


def sheet(**changes):
    own = {"name": "own", "paper": "a4", "cell_width": "60mm", "cell_height": "30mm",
           "columns": 3, "rows": 8, "left": "10mm", "top": "20mm", **changes}  # fmt: skip
    return LabelSheet.model_validate(own)


def test_there_are_over_a_thousand_sheets_for_addresses():
    usable = [one for one in LISTED if one.row.shape != "ring"]
    assert len(usable) > 2000
    assert len({one.name for one in LISTED}) == len(LISTED)


def test_every_label_lies_on_its_paper_and_none_over_another():
    for one in every_sheet():
        cells = one.cells
        for cell in cells:
            assert cell.left >= -0.5
            assert cell.bottom >= -0.5
            assert cell.right <= one.width + 0.5
            assert cell.top <= one.height + 0.5
        # Cells of a grid are apart where those next to each other are.
        beside = [(a, b) for a, b in pairwise(cells) if a.bottom == b.bottom]
        below = [(a, b) for a, b in zip(cells, cells[one.columns :], strict=False)]
        assert all(a.right <= b.left + 0.02 for a, b in beside), one.name
        assert all(b.top <= a.bottom + 0.02 for a, b in below), one.name


def test_every_label_has_room_for_ink_inside_it_or_says_that_it_has_a_hole():
    for one in every_sheet():
        if one.shape == "ring":
            with pytest.raises(InputError, match="hole"):
                _ = one.safe
            continue
        safe = one.safe
        assert 1.4 * MM <= safe.left < safe.right <= one.cell_width - 1.4 * MM, one.name
        assert 1.4 * MM <= safe.bottom < safe.top <= one.cell_height - 1.4 * MM, one.name
        if one.shape == "ellipse":
            middle, half = one.cell_width / 2, one.cell_height / 2
            for x in (safe.left, safe.right):
                for y in (safe.bottom, safe.top):
                    assert ((x - middle) / middle) ** 2 + ((y - half) / half) ** 2 < 1


def test_the_same_row_is_the_same_as_one_that_is_there():
    for maker in makers():
        for database in DATABASES:
            rows = rows_of(maker, database)
            for row in rows.values():
                assert not row.same_as or not rows[slug(row.same_as)].same_as


def test_every_name_in_the_list_finds_its_sheet():
    for one in LISTED[::7]:
        found = label_sheet(one.name).sheet
        assert found.name == one.name
        assert (found.columns, found.rows) == (one.row.columns, one.row.rows)


@pytest.mark.parametrize(
    ("written", "name"),
    [("avery-5160", "avery-5160"), ("Avery 5160", "avery-5160"), ("AVERY_L7160", "avery-l7160"),
     ("L7160", "avery-l7160"), ("8160", "avery-8160"), ("herma-4267", "herma-4267"),
     ("zweckform-3474", "avery-zweckform-3474"), ("avery-3474", "avery-zweckform-3474"),
     ("avery-5163@glabels", "avery-5163")],
)  # fmt: skip
def test_a_sheet_is_found_as_people_write_it(written, name):
    assert label_sheet(written).sheet.name == name


def test_a_number_that_several_makers_use_is_not_guessed():
    with pytest.raises(InputError) as caught:
        label_sheet("5160")
    assert "avery-5160" in caught.value.hint
    assert "herma-5160" in caught.value.hint


@pytest.mark.parametrize(
    ("wrong", "right"), [("avery-5161x", "avery-5161"), ("hermma-4267", "herma-4267")]
)
def test_a_name_that_is_not_there_has_a_suggestion(wrong, right):
    with pytest.raises(InputError) as caught:
        label_sheet(wrong)
    assert right in caught.value.hint


def test_a_database_that_is_not_there_is_refused():
    with pytest.raises(InputError, match='"word"'):
        label_sheet("avery-5160@word")


def test_a_part_that_equals_another_has_its_drawings():
    assert label_sheet("avery-5810").sheet.cells == label_sheet("avery-5160").sheet.cells
    assert "5810" in same_cells(label_sheet("avery-5160").sheet)


def test_where_the_databases_agree_nothing_is_said_and_where_they_differ_both_are():
    silent = said = 0
    for one in LISTED:
        drawn = list(drawings(one.maker, one.name.removeprefix(f"{one.maker}-")).values())
        if len(drawn) < 2:
            continue
        found = label_sheet(one.name)
        if agree(*drawn):
            silent += 1
            assert found.notice == ""
            continue
        said += 1
        assert all(sheet.source in found.notice for sheet in drawn)
        other = label_sheet(f"{found.other.name}@{found.other.database}")
        assert other.sheet.cells == found.other.cells != found.sheet.cells
        differing = {mm(getattr(found.sheet, key)) for key in ("left", "top", "across", "down",
                     "cell_width", "cell_height")}  # fmt: skip
        assert any(number in found.notice for number in differing)
    assert silent > 200
    assert said > 100


def test_the_postcards_on_which_the_databases_differ_most_are_named_with_both_numbers():
    found = label_sheet("avery-5389")
    assert found.sheet.source == "gLabels"
    assert "31.75" in found.notice
    assert "38.1" in found.notice
    assert "avery-5389@libreoffice" in found.notice


def test_what_was_judged_are_sheets_on_which_they_differ():
    for name, block in read_toml(folder() / "judged.toml").items():
        drawn = drawings("avery", name.removeprefix("avery-"))
        assert next(iter(drawn)) == block["right"] or len(drawn) == 1
        assert block["why"]


def test_a_sheet_turned_by_a_quarter_is_the_same_sheet():
    one = label_sheet("avery-zweckform-4760@libreoffice").sheet
    other = label_sheet("avery-zweckform-4760@glabels").sheet
    assert one.size.width > one.size.height
    assert other.size.width < other.size.height
    assert agree(one, other)
    assert agree(other, one)


@given(shift=st.floats(0, 3))
def test_two_drawings_differ_by_as_much_as_an_edge_is_moved(shift):
    other = sheet(left=f"{10 + shift:.4f}mm")
    assert difference_mm(sheet(), other) == pytest.approx(shift, abs=1e-3)


def test_labels_that_are_named_as_large_enough_are():
    small = label_sheet("avery-5167").sheet
    room = Size(70 * MM, 24 * MM)
    names = [told.split(" ")[0] for told in larger(small, room)]
    assert names
    for name in names:
        found = label_sheet(name).sheet
        assert found.size == pytest.approx(small.size, abs=MM)
        assert found.cell_width >= room.width
        assert found.cell_height >= room.height


# Sheets of one's own


OWN = """
[shelf]
title = "Address labels from the corner shop"
paper = "a4"
columns = 3
rows = 8
cell_width = "2.5in"
cell_height = "33.9mm"
left = "0,72cm"
top = "12.7 mm"
across = "66mm"
"""


def test_a_sheet_of_ones_own_is_a_block_with_lengths_as_people_write_them(tmp_path):
    path = tmp_path / "my-labels.toml"
    path.write_text(OWN, encoding="utf-8")
    for name in (str(path), f"{path}#shelf"):
        own = label_sheet(name).sheet
        assert own.count == 24
        assert own.cell_width == pytest.approx(2.5 * INCH)
        assert own.left == pytest.approx(7.2 * MM)
        assert own.down == own.cell_height
        assert own.media == "iso_a4_210x297mm"


@pytest.mark.parametrize(
    ("change", "said"),
    [(("rows = 8", "rows = 9"), "over the edge"), (("66mm", "60mm"), "overlap"),
     (("33.9mm", "33.9"), "unit|length"), (("columns = 3", "colums = 3"), "colum"),
     (('"a4"', '"a44"'), "a4"), (("2.5in", "2mm"), "5 mm"), (("rows = 8", "rows = 0"), "rows")],
)  # fmt: skip
def test_measures_that_make_no_sheet_are_refused_in_a_sentence(tmp_path, change, said):
    path = tmp_path / "my-labels.toml"
    path.write_text(OWN.replace(*change), encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        label_sheet(str(path))
    assert "my-labels.toml" in str(caught.value)


def test_of_several_sheets_in_a_file_one_has_to_be_named(tmp_path):
    path = tmp_path / "my-labels.toml"
    path.write_text(OWN + OWN.replace("[shelf]", "[desk]"), encoding="utf-8")
    with pytest.raises(InputError, match="several") as caught:
        label_sheet(str(path))
    assert "#desk" in caught.value.hint
    assert label_sheet(f"{path}#desk").sheet.name == "desk"
    with pytest.raises(InputError, match="shelv"):
        label_sheet(f"{path}#shelv")


def test_a_card_reads_no_labels():
    code = (
        "import sys, fairhand; fairhand.write({'salutation': 'Dear Ann,', 'to': 'Ann\\n1 Road'});"
        "assert not [name for name in sys.modules if 'label' in name.split('.')[-1]]"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
