"""An address on a label: inside it, readable, and refused in numbers where it does not fit."""

from __future__ import annotations

import random
import re
from contextlib import suppress

import pytest

from fairhand.compose.shape import shaper_for
from fairhand.errors import InputError
from fairhand.hand.hand import bundled_hand
from fairhand.note.language import language
from fairhand.post.label import FLOOR, compose_label
from fairhand.stationery.label_catalogue import label_sheet
from fairhand.units import MM, in_mm

LINES = [
    "Ms. Adaeze Okafor", "Meridian Health", "418 Lakeview Avenue, Suite 200", "Troy, NY 12180",
    "Jürgen Groß", "Apt. 3", "c/o Ågot Bjørnsdóttir-Fjellgjøy", "Unit 7b", "P.O. Box 9",
    "Minneapolis, MN 55401", "Yjgpq & Sons", "Llanfairpwllgwyngyllgogerychwyrn", "W",
    "The Right Honourable Dame Philippa Featherstonehaugh-Cholmondeley",
]  # fmt: skip
SHEETS = ["avery-5160", "avery-5161", "avery-5163", "avery-5167", "avery-l7160", "avery-l7163",
          "herma-4267", "avery-zweckform-3474", "avery-c2244", "avery-l7651"]  # fmt: skip
HANDS = ["mynerve", "kalam", "homemade-apple"]
US = ("Ms. Adaeze Okafor", "418 Lakeview Avenue", "Suite 200", "Troy, NY 12180")


def shaper(name="kalam"):
    return shaper_for(bundled_hand(name), language("en"))


def ink_of(page):
    """The ends of all ink of a composed page: left, bottom, right, top."""
    lefts, rights, lows, highs = [], [], [], []
    for line in page.lines:
        for word in line.words:
            lefts.append(word.x + word.shaped.ink_left_em * line.size)
            rights.append(word.x + word.shaped.ink_right_em * line.size)
            lows.append(line.y + word.shaped.columns[:, 1].min() * line.size)
            highs.append(line.y + word.shaped.columns[:, 2].max() * line.size)
    return min(lefts), min(lows), max(rights), max(highs)


@pytest.mark.parametrize("sheet_name", SHEETS)
@pytest.mark.parametrize("hand", HANDS)
def test_ink_stays_inside_and_letters_stay_readable_or_the_address_is_refused(sheet_name, hand):
    lot = random.Random(f"{sheet_name} {hand}")
    sheet = label_sheet(sheet_name).sheet
    set_by = shaper(hand)
    refused = 0
    for _ in range(12):
        lines = lot.sample(LINES, lot.randint(1, 6))
        sender = lot.random() < 0.5
        page = None
        with suppress(InputError):
            page = compose_label(lines, sheet, set_by, sender=sender)
        if page is None:
            refused += 1
            continue
        left, bottom, right, top = ink_of(page)
        safe = sheet.safe
        assert left >= safe.left - 0.01
        assert right <= safe.right + 0.01
        assert bottom >= safe.bottom - 0.01
        assert top <= safe.top + 0.01
        x_height = page.x_height_em * page.lines[0].size
        assert x_height >= (1.1 * MM if sender else FLOOR) - 1e-6
        assert page.text.split("\n") == list(lines)
    assert refused < 12


@pytest.mark.parametrize("sheet_name", [name for name in SHEETS[:9] if name != "avery-5167"])
def test_an_address_of_four_lines_goes_on_every_label_for_addresses(sheet_name):
    page = compose_label(US, label_sheet(sheet_name).sheet, shaper())
    starts = {round(line.words[0].x + line.words[0].shaped.ink_left_em * line.size)
              for line in page.lines}  # fmt: skip
    assert max(starts) - min(starts) <= 2, "lines begin under one another"


def test_a_block_stands_in_the_middle_of_the_height():
    sheet = label_sheet("avery-5163").sheet
    page = compose_label(US, sheet, shaper())
    _, bottom, _, top = ink_of(page)
    assert abs((bottom + top) / 2 - sheet.cell_height / 2) < 2 * MM


def test_lines_never_touch():
    sheet = label_sheet("avery-5160").sheet
    page = compose_label(("Yjgpq & Sons", "Apt. 3", "Jürgen Groß", "Llyfgj Åålld", "Wjgy"), sheet,
                         shaper())  # fmt: skip
    for above, below in zip(page.lines, page.lines[1:], strict=False):
        lows: dict[int, float] = {}
        for word in above.words:
            for x, low, _ in word.shaped.columns:
                at = round((word.x + x * above.size) / 0.5)
                lows[at] = min(lows.get(at, 1e9), above.y + low * above.size)
        for word in below.words:
            for x, _, high in word.shaped.columns:
                at = round((word.x + x * below.size) / 0.5)
                assert below.y + high * below.size < lows.get(at, 1e9)


def test_large_writing_is_larger_where_the_label_bears_it():
    sheet = label_sheet("avery-5163").sheet
    sizes = [
        page.x_height_em * page.lines[0].size
        for page in (compose_label(US, sheet, shaper(), large=large) for large in (False, True))
    ]
    assert sizes[1] > 1.2 * sizes[0]


def test_what_does_not_fit_is_told_by_how_much_and_that_much_helps():
    long = (LINES[-1], "1 Road", "Town")
    small = label_sheet("avery-5160").sheet
    with pytest.raises(InputError, match="more width") as caught:
        compose_label(long, small, shaper())
    more = float(re.search(r"(\d+) mm more width", str(caught.value))[1])
    compose_label(long, widened(small, more + 1), shaper())
    with pytest.raises(InputError, match="width"):
        compose_label(long, widened(small, more - 1), shaper())


def widened(sheet, by_mm):
    """The same sheet with wider labels on wider paper."""
    by = by_mm * MM
    return sheet.model_copy(update={
        "cell_width": sheet.cell_width + by, "across": sheet.across + by,
        "width": sheet.width + sheet.columns * by,
    })  # fmt: skip


def test_the_larger_labels_that_are_named_take_the_address():
    lines = ("Dr. Jürgen Groß-Hartmann", "c/o Ågot Bjørnsdóttir", "Hinterhaus, 3. Stock links",
             "Friedrich-Ebert-Straße 112a", "10115 Berlin", "GERMANY")  # fmt: skip
    with pytest.raises(InputError) as caught:
        compose_label(lines, label_sheet("avery-5160").sheet, shaper("mynerve"))
    names = re.findall(r"avery-[\w.-]+", caught.value.hint)
    assert names
    for name in names:
        compose_label(lines, label_sheet(name).sheet, shaper("mynerve"))


def test_a_disc_takes_no_address():
    with pytest.raises(InputError, match="hole"):
        compose_label(US, label_sheet("avery-l7676").sheet, shaper())


def test_labels_at_the_edge_of_the_paper_keep_ink_where_printers_print():
    sheet = label_sheet("avery-zweckform-3474").sheet
    assert sheet.left == 0
    assert in_mm(sheet.safe.left) >= 6.3
    left, *_ = ink_of(compose_label(US, sheet, shaper()))
    assert in_mm(left) >= 6.3
