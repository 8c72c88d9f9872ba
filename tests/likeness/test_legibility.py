"""Variation costs hardly any legibility: tesseract reads our writing as well as our type."""

from __future__ import annotations

import io
import subprocess

import pytest
from conftest import tool

from benchmarks.legibility import GOAL_MORE, READS_AT_ALL, misread, reading, unjoined_hands
from fairhand.hand.hand import hands
from fairhand.job import make, read
from fairhand.output.raster import rasters

READABLE = [name for name in unjoined_hands() if hands()[name].legibility == "high"]


@pytest.mark.parametrize("hand", READABLE)
def test_a_written_page_is_read_as_well_as_a_typed_one(hand: str) -> None:
    """Of the hands that say of themselves that machines read them."""
    found = reading(hand, range(1, 4), tool("tesseract"))
    assert found.typed < READS_AT_ALL
    assert found.more <= GOAL_MORE


PUZZLES = ["quilt", "quiche", "Quinn", "back", "box", "robbed", "thank", "queue"]
"""Words that become others, or none, by one letter: guilt, hack, hox."""


def test_the_default_hand_s_letters_are_not_taken_for_others() -> None:
    note = {"hand": "mynerve", "neatness": 0, "card": "letter", "layout": "letter"}
    made = make(read({**note, "paragraphs": [f"{' '.join(PUZZLES)}."]}))
    png = io.BytesIO()
    rasters(made.card_pdf(), 300)[0].save(png, "PNG", dpi=(300, 300))
    done = subprocess.run(
        [tool("tesseract"), "-", "-", "--psm", "6", "-l", "eng"],
        input=png.getvalue(), capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    found = done.stdout.decode("utf-8").replace(".", " ").split()
    assert [word for word in PUZZLES if word not in found] == []


def test_some_hands_are_for_machines() -> None:
    assert {"mynerve", "kalam", "playpen-sans", "bad-script"} <= set(READABLE)


def test_misread_characters_are_counted_by_their_edits() -> None:
    assert misread("thank you", "thank  you\n") == 0
    assert misread("thank you", "thank yon") == pytest.approx(1 / 9)
    assert misread("“ab”", '"ab"') == 0
