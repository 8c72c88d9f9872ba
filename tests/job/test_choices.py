"""Whatever is offered for choice can be chosen, and is told in words."""

from pathlib import Path

import pytest

from fairhand.hand.hand import hand
from fairhand.job import choices
from fairhand.job.drafts import read_draft
from fairhand.job.look import looked
from fairhand.stationery.catalogue import card
from fairhand.stationery.label_catalogue import label_sheet
from fairhand.stationery.paper import paper

FILE = Path("samples/after-rejection/note.md")
NOTE = read_draft(FILE.read_bytes()).fields


@pytest.mark.parametrize(
    ("field", "offered"),
    [
        ("hand", choices.hands_for(NOTE["paragraphs"])),
        ("ink", choices.inks()),
        ("pen", choices.pens()),
        ("art", choices.fronts()),
        ("layout", choices.layouts_for("folded")),
        ("language", choices.languages()),
    ],
)
def test_every_choice_makes_a_card(field, offered):
    assert len({one.name for one in offered}) == len(offered) > 2
    for one in offered:
        assert one.title
        seen = looked({**NOTE, "card": "a7", field: one.name}, FILE)
        assert seen.fault is None, one


def test_every_card_that_is_offered_is_there_and_those_of_the_region_come_first():
    for where, first in (("en", "us"), ("de", "iso"), ("iso", "iso"), ("ja", "jp"), ("us", "us")):
        auto, *offered = choices.cards_for(where)
        assert auto.name == "auto"
        cards = [card(one.name) for one in offered]
        assert [one.name for one in offered] == [one.name for one in cards]
        assert cards[0].kind == ("flat" if where == "ja" else "folded")
        regions = [one.region for one in cards]
        own = regions[: regions.count(cards[0].region)]
        assert set(own) == {cards[0].region}
        assert cards[0].region == first


def test_hands_are_those_that_can_write_the_words_the_usual_one_first():
    assert choices.hands_for("Dear Ana,")[0].name == "mynerve"
    hebrew = {one.name for one in choices.hands_for("שלום", "he")}
    assert hebrew
    assert "mynerve" not in hebrew
    assert all(not hand(name).font.missing("שלום") for name in hebrew)
    assert choices.hands_for("", "he")[0].name in hebrew


def test_papers_and_labels_can_be_asked_for_by_their_names():
    assert all(paper(one.name).title == one.title for one in choices.papers())
    found = choices.label_sheets("avery 5160")
    assert "avery-5160" in {one.name for one in found}
    assert len(found) < len(choices.label_sheets())
    assert all(label_sheet(one.name).sheet for one in found)


def test_inks_and_fronts_show_their_colour():
    for one in (*choices.inks(), *choices.fronts()):
        assert len(one.colour) == 7
        assert one.colour[0] == "#"
