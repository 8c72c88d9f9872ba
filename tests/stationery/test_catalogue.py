"""What one can buy: every size has its source, every card an envelope that takes it."""

from collections import Counter

import pytest

from fairhand.errors import InputError
from fairhand.geometry import Rect
from fairhand.layout.catalogue import card_layout
from fairhand.stationery.catalogue import (
    auto_cards,
    card,
    cards,
    envelope,
    envelopes,
    ink,
    inks,
    pen,
)
from fairhand.units import INCH, MM, in_mm, parse_length

CARDS = list(cards().values())
ENVELOPES = list(envelopes().values())
INKS = list(inks().values())
ENCLOSED = [entry for entry in CARDS if entry.kind in ("folded", "flat")]
US_ROOM = INCH / 8
ISO_ROOM = 3 * MM
ROUNDING = 0.01
KNOWN_SIZES_MM = {
    "a2": (107.95, 139.7), "a7": (127, 177.8), "iso-a6": (105, 148), "iso-a5": (148, 210),
    "iso-dl": (99, 210), "letter": (215.9, 279.4), "a4": (210, 297), "postcard": (152.4, 101.6),
    "iso-postcard": (148, 105), "hagaki": (100, 148), "correspondence": (158.75, 114.3),
}  # fmt: skip
KNOWN_ENVELOPES_MM = {
    "a2": (146.05, 111.125), "a7": (184.15, 133.35), "c6": (162, 114), "c5": (229, 162),
    "dl": (220, 110), "no10": (241.3, 104.775),
}  # fmt: skip


def by_name(entry):
    return entry.name


every_card = pytest.mark.parametrize("entry", CARDS, ids=by_name)


@pytest.mark.parametrize("entry", ENCLOSED, ids=by_name)
def test_a_card_goes_into_its_envelope_with_room_to_spare(entry):
    own = envelope(entry.envelope)
    room = US_ROOM if entry.region == "us" else ISO_ROOM
    for inner, outer in zip(sorted(entry.size), sorted(own.size), strict=True):
        assert outer - inner >= room - ROUNDING


@pytest.mark.parametrize("entry", ENCLOSED, ids=by_name)
def test_a_card_does_not_slide_about_in_its_envelope(entry):
    own = envelope(entry.envelope)
    for inner, outer in zip(sorted(entry.size), sorted(own.size), strict=True):
        assert outer - inner <= 20 * MM


@every_card
def test_the_envelope_of_a_card_exists_and_a_postcard_has_none(entry):
    if entry.kind == "postcard":
        assert entry.envelope == ""
    else:
        assert envelope(entry.envelope).name in envelopes()


@pytest.mark.parametrize("entry", [c for c in CARDS if c.kind == "sheet"], ids=by_name)
def test_a_sheet_folded_once_or_in_three_goes_into_its_envelope(entry):
    low, high = sorted(envelope(entry.envelope).size)
    folded = [sorted((entry.width, entry.height / parts)) for parts in (2, 3)]
    assert any(short < low and long < high for short, long in folded)


@pytest.mark.parametrize("kind", ["cards", "envelopes"])
def test_a_name_or_alias_means_one_thing(kind):
    entries = CARDS if kind == "cards" else ENVELOPES
    find = card if kind == "cards" else envelope
    names = Counter(name for entry in entries for name in (entry.name, *entry.aliases))
    assert [name for name, count in names.items() if count > 1] == []
    for entry in entries:
        for name in (entry.name, *entry.aliases):
            assert find(name) is entry
            assert find(name.upper()) is entry


@pytest.mark.parametrize("entry", [*CARDS, *ENVELOPES], ids=by_name)
def test_a_size_has_a_source_and_a_title(entry):
    assert len(entry.source) > 5
    assert entry.title
    assert all(50 * MM < length < 300 * MM for length in entry.size)


def test_an_envelope_lies_along_its_longer_side():
    assert all(entry.width >= entry.height for entry in ENVELOPES)


@pytest.mark.parametrize("name", KNOWN_SIZES_MM)
def test_a_well_known_card_has_its_well_known_size(name):
    assert tuple(map(in_mm, card(name).size)) == pytest.approx(KNOWN_SIZES_MM[name], abs=0.01)


@pytest.mark.parametrize("name", KNOWN_ENVELOPES_MM)
def test_a_well_known_envelope_has_its_well_known_size(name):
    assert tuple(map(in_mm, envelope(name).size)) == pytest.approx(
        KNOWN_ENVELOPES_MM[name], abs=0.01
    )


def test_cards_of_both_worlds_are_there_folded_on_either_edge_and_flat():
    for region in ("us", "iso"):
        there = {(entry.kind, entry.fold) for entry in CARDS if entry.region == region}
        assert there >= {("folded", "left"), ("folded", "top"), ("flat", "none"),
                         ("postcard", "none"), ("sheet", "none")}  # fmt: skip


@every_card
def test_a_folded_card_has_a_fold_and_a_flat_one_none(entry):
    assert (entry.fold == "none") == (entry.kind != "folded")


@every_card
def test_the_panels_tile_each_side_of_the_flat_card(entry):
    whole = Rect.of(entry.flat_size)
    panels = 2 if entry.fold != "none" else 1
    assert len(entry.sides) == 2
    for places in entry.sides.values():
        assert len(places) == panels
        area = 0.0
        for place in places:
            assert (place.rect.width, place.rect.height) == pytest.approx(entry.size)
            assert place.rect.intersection(whole) == place.rect
            area += place.rect.width * place.rect.height
            for other in places:
                shared = place.rect.intersection(other.rect)
                assert other is place or shared.width <= 0 or shared.height <= 0
        assert area == pytest.approx(whole.width * whole.height)
    assert len(set(entry.panels)) == 2 * panels


@every_card
def test_a_panel_is_put_on_its_place_and_only_the_back_of_a_tent_is_turned(entry):
    width, height = entry.size
    for places in entry.sides.values():
        for place in places:
            ends = [place.matrix().apply(0, 0), place.matrix().apply(width, height)]
            corners = (place.rect.left, place.rect.bottom), (place.rect.right, place.rect.top)
            turned = entry.fold == "top" and place.panel == "back"
            assert place.turned == turned
            expected = corners[::-1] if turned else corners
            for end, corner in zip(ends, expected, strict=True):
                assert end == pytest.approx(corner)


@every_card
def test_the_fold_is_the_edge_that_the_two_panels_of_a_side_share(entry):
    for places in entry.sides.values():
        for place in places:
            edge = entry.fold_edge(place.panel)
            if entry.fold == "none":
                assert edge == ""
                continue
            (other,) = (p for p in places if p is not place)
            vertical = {"left": -1, "right": 1}.get(edge, 0)
            horizontal = {"bottom": -1, "top": 1}.get(edge, 0)
            if place.turned:
                vertical, horizontal = -vertical, -horizontal
            assert other.rect.left - place.rect.left == pytest.approx(vertical * entry.width)
            assert other.rect.bottom - place.rect.bottom == pytest.approx(horizontal * entry.height)


@pytest.mark.parametrize("entry", [c for c in CARDS if c.fold == "left"], ids=by_name)
def test_an_open_card_shows_its_back_at_the_left_of_its_front(entry):
    assert [place.panel for place in entry.sides["outside"]] == ["back", "front"]
    assert [place.panel for place in entry.sides["inside"]] == ["inside-left", "inside-right"]


@pytest.mark.parametrize("region", ["us", "iso", "jp"])
def test_auto_chooses_folded_cards_of_the_region_smallest_first(region):
    found = auto_cards(region)
    areas = [entry.width * entry.height for entry in found]
    assert found
    assert areas == sorted(areas)
    assert {entry.kind for entry in found} == {"folded"}
    assert len({entry.region for entry in found}) == 1
    if region != "jp":
        assert found[0].region == region


@every_card
def test_every_card_has_a_usual_layout_that_is_for_it(entry):
    assert card_layout("auto", entry).flows(entry)


@pytest.mark.parametrize("entry", INKS, ids=by_name)
def test_an_ink_can_be_printed_and_shown(entry):
    cyan, magenta, _, _ = entry.cmyk
    assert all(0 <= plate <= 100 for plate in entry.cmyk)
    assert sum(entry.cmyk) <= 300
    assert all(0 <= part <= 1 for part in entry.rgb_fractions)
    red, _, blue = entry.rgb_fractions
    if blue > red and cyan:
        assert magenta <= 0.7 * cyan, "or it prints purple"


def test_black_is_black_ink_alone():
    assert ink("black").cmyk == (0, 0, 0, 100)
    assert ink("#000000").cmyk == (0, 0, 0, 100)
    assert ink("#808080").cmyk[:3] == (0, 0, 0)


@pytest.mark.parametrize("colour", ["#1b2a52", "#1B2A52", "#ff8800", "#ffffff", "#0000ff"])
def test_any_colour_is_an_ink(colour):
    made = ink(colour)
    assert made.rgb == colour.lower()
    assert all(0 <= plate <= 100 for plate in made.cmyk)


@pytest.mark.parametrize("find", [card, envelope, ink, pen])
@pytest.mark.parametrize("name", ["", "nothing", "#12", "../a2"])
def test_an_unknown_name_is_refused(find, name):
    with pytest.raises(InputError, match="There is no"):
        find(name)


@pytest.mark.parametrize(
    ("text", "millimetres"),
    [
        ("4.25in", 107.95),
        ("148mm", 148),
        ("148 mm", 148),
        ("1,5cm", 15),
        ('5"', 127),
        ("72pt", 25.4),
    ],
)
def test_a_length_is_written_as_people_say_it(text, millimetres):
    assert in_mm(parse_length(text)) == pytest.approx(millimetres)


@pytest.mark.parametrize(
    "text", ["", "4", "in", "4 feet", "-1mm", "1.2.3mm", "nanmm", "1e3mm", "4in x"]
)
def test_what_is_no_length_is_refused(text):
    with pytest.raises(InputError, match="is not a length"):
        parse_length(text)


@pytest.mark.parametrize(("short", "long"), [("#fff", "#ffffff"), ("#A3b", "#aa33bb")])
def test_a_colour_may_be_written_short(short, long):
    assert ink(short).rgb.lower() == long
    assert ink(short).cmyk == ink(long).cmyk


def test_white_is_paper_on_every_plate_and_is_offered_to_nobody_for_a_note():
    assert (ink("White").rgb, ink("white").cmyk) == ("#ffffff", (0, 0, 0, 0))
    assert "white" not in inks()


def test_one_who_names_a_colour_of_their_printer_is_told_how_to_say_it():
    with pytest.raises(InputError) as caught:
        ink("PANTONE 286 C")
    assert "spot(PANTONE 286 C, 100, 66, 0, 2)" in caught.value.hint
    with pytest.raises(InputError) as near:
        ink("blakc")
    assert near.value.hint == 'Did you mean "black"?'
