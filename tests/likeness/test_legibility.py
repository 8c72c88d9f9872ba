"""Variation costs hardly any legibility: tesseract reads our writing as well as our type."""

from __future__ import annotations

import pytest
from conftest import tool

from benchmarks.legibility import GOAL_MORE, READS_AT_ALL, misread, reading, unjoined_hands
from fairhand.hand.hand import hands

READABLE = [name for name in unjoined_hands() if hands()[name].legibility == "high"]


@pytest.mark.parametrize("hand", READABLE)
def test_a_written_page_is_read_as_well_as_a_typed_one(hand: str) -> None:
    """Of the hands that say of themselves that machines read them."""
    found = reading(hand, range(1, 4), tool("tesseract"))
    assert found.typed < READS_AT_ALL
    assert found.more <= GOAL_MORE


def test_some_hands_are_for_machines() -> None:
    assert {"mynerve", "kalam", "playpen-sans", "bad-script"} <= set(READABLE)


def test_misread_characters_are_counted_by_their_edits() -> None:
    assert misread("thank you", "thank  you\n") == 0
    assert misread("thank you", "thank yon") == pytest.approx(1 / 9)
    assert misread("“ab”", '"ab"') == 0
