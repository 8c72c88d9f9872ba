"""Pages that are written together come out as if each were written alone, to the last bit."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from fairhand.errors import InputError
from fairhand.geometry import Rect
from fairhand.hand.hand import hands
from fairhand.job import Made, make, read
from fairhand.stationery.catalogue import ink, pens
from fairhand.write.hand_page import Task, write_page, write_pages

HANDS = sorted(hands())
TEXTS = {
    "latin": (
        "Thank you so much for a very, very good evening; you and you and you.",
        "It is as it is: I am to be up at six, so we go in by no. 4.",
        "All of us were glad that you could come to the wedding, and so was the dog.",
    ),
    "hebrew": ("תודה רבה רבה על הערב", "שלום לך ולכל המשפחה"),
}
NAMES = ("Ann", "Bartholomew", "Cy and Dee", "Eve")
PLACES = ({"card": "a7"}, {"card": "a6-tent"}, {"card": "a4", "layout": "ruled"},
          {"card": "postcard-6x9"})  # fmt: skip


@cache
def cards(name: str) -> tuple[Made, ...]:
    """Return cards of some sizes and layouts with their envelopes, in a hand's own script."""
    data = hands()[name]
    hebrew = "Hebrew" in data.scripts
    texts = TEXTS["hebrew" if hebrew else "latin"]
    found = []
    for place in PLACES:
        for number, to in enumerate(NAMES):
            who = "נועה" if hebrew else to
            note = {
                "salutation": who, "paragraphs": [who, *texts[: 1 + number % 3]],
                "valediction": texts[0].split()[0], "signature": who, "hand": name,
                "to": [who, who, who], "language": "he" if hebrew else "en", **place,
            }  # fmt: skip
            # One hand's loops are too long for any ruled sheet.
            with contextlib.suppress(InputError):
                found.append(make(read(note)))
    assert len(found) >= 12
    return tuple(found)


def tasks(name: str, seed: int) -> Iterator[Task]:
    """Yield pages of all kinds: ruled ones, envelopes, crowded ones, with and without words."""
    lot = random.Random(f"{name} {seed}")
    for card in cards(name):
        pages = [*card.composed.pages]
        page = pages[0]
        silent = replace(page.lines[0], words=())
        middle = page.block.top - 0.5 * page.block.height
        pages += [
            replace(page, lines=(silent, *page.lines, silent)),
            replace(page, lines=(silent,)),
            replace(page, lines=()),
            replace(page, lines=page.lines[:1]),
            replace(page, keep_clear=(Rect(0.0, 0.0, page.size.width, middle),)),
        ]
        for one in pages:
            strength = lot.choice([0.0, 0.5, 1.0, 1.0, 1.0, 2.5])
            pen = pens()[lot.choice(sorted(pens()))]
            yield Task(one, card.hand, ink("black"), pen, str(lot.randrange(99)), strength)


@pytest.mark.parametrize("name", HANDS)
def test_a_page_among_others_is_the_page_alone(name: str) -> None:
    mixed = list(tasks(name, 1))
    random.Random(name).shuffle(mixed)
    assert write_pages(mixed) == [write_page(*task) for task in mixed]


def test_pages_of_many_hands_are_each_written_in_their_own() -> None:
    mixed = [task for name in HANDS[:6] for task in tasks(name, 2)]
    random.Random(2).shuffle(mixed)
    for task, page in zip(mixed, write_pages(mixed), strict=True):
        assert page.hand is task.hand
        assert page == write_page(*task)


def test_a_page_too_full_for_its_motion_is_calmed_alone() -> None:
    """Its neighbours move as much as they would without it."""
    mixed = list(tasks("mynerve", 3))
    written = write_pages([task._replace(strength=2.5) for task in mixed])
    with_words = [page for page in written if any(line.words for line in page.lines)]
    assert {page.strength for page in with_words} == {0.0, 2.5}


def test_no_pages_are_none() -> None:
    assert write_pages([]) == []
