"""An envelope that the post can read: ink where it belongs, nothing where machines look.

FAIRHAND_CASES sets the number of random addresses for each hand and envelope (1).
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import numpy as np
import pypdfium2
import pytest

from fairhand.errors import InputError
from fairhand.geometry import Affine, Rect
from fairhand.hand.hand import bundled_hand, hands
from fairhand.impose.sheet import Placement, Sheet
from fairhand.job import Made, make, read
from fairhand.layout.catalogue import envelope_layout
from fairhand.output.pdf import About, pdf
from fairhand.post.verdict import layout_name, sending_post
from fairhand.stationery.catalogue import cards, envelopes
from fairhand.write.page import WrittenPage

CASES = int(os.environ.get("FAIRHAND_CASES", "1"))
SAMPLE = Path(__file__).parents[2] / "samples" / "after-rejection" / "note.md"
HANDS = sorted(hands())
INCH = 72.0
DPI = 150
SCALE = DPI / 72
PLACES = {(entry.envelope, entry.region): name for name, entry in cards().items() if entry.envelope}
"""One card for every envelope and region."""

LATIN = [
    "Ms. Adaeze Okafor", "Meridian Health", "418 Lakeview Avenue, Suite 200", "Troy, NY 12180",
    "Jürgen Groß", "Apt. 3", "Queensferry Junction", "c/o Ågot Bjørnsdóttir-Fjellgjøy", "Unit 7b",
    "Minneapolis, MN 55401", "P.O. Box 9", "Yjgpq & Sons", "Llanfairpwllgwyngyllgogerychwyrn",
    "The Right Honourable Dame Philippa Featherstonehaugh-Cholmondeley", "W", "Big Sky, MT",
]  # fmt: skip
OTHERS = {
    "gveret-levin": ["נועה ברק", "רחוב הרצל 27, דירה 4", "תל אביב 6688312"],
    "playpen-sans-hebrew": ["נועה ברק", "רחוב הרצל 27, דירה 4", "תל אביב 6688312"],
    "aref-ruqaa": ["السيدة ليلى محمد", "شارع النيل ٢٧", "القاهرة"],
    "kalam": ["श्रीमती ज्योति शर्मा", "१२ महात्मा गांधी मार्ग", "नई दिल्ली ११०००१"],
    "caveat": ["Анна Сергеевна Щукина", "ул. Джамбула, д. 7", "190000 Санкт-Петербург"],
    "mynerve": ["Chị Nguyễn Thị Hương", "45 Lý Thường Kiệt", "Hà Nội 11017"],
}


def random_address(lot: random.Random, name: str) -> list[str]:
    if name in OTHERS and lot.random() < 0.3:
        return OTHERS[name]
    missing = bundled_hand(name).font.missing
    known = [line for line in LATIN if not missing(line)]
    return lot.sample(known, lot.randint(1, min(6, len(known))))


def random_envelope(lot: random.Random, name: str, card: str) -> Made:
    """Return an envelope for random people; for shorter addresses where they are refused."""
    for _ in range(30):
        note = {
            "paragraphs": ["Hi"],
            "hand": name,
            "card": card,
            "ink": "black",
            "to": random_address(lot, name),
            "from": random_address(lot, name),
            "return_address": lot.choice(["front", "front", "front", "flap", "none"]),
            "neatness": lot.choice([0, 0.5, 1, 1.5]),
            "address_hand": lot.choice(["same", "same", "auto", "plain"]),
            "seed": lot.randrange(1000),
            "large": lot.random() < 0.15,
        }
        try:
            return make(read(note))
        except InputError:
            continue
    raise AssertionError(f"thirty addresses in a row do not fit the envelope of {card}")


def lines_drawn(page: WrittenPage) -> Iterator[np.ndarray]:
    """Yield how dark each pixel is, 0 to 255, of each line drawn alone."""
    whole = Rect.of(page.size)
    sheets = [
        Sheet(page.name, page.size, whole, (Placement(replace(page, lines=(line,)), Affine()),))
        for line in page.lines
    ]
    document = pypdfium2.PdfDocument(pdf(sheets, About("lines")))
    try:
        for sheet in document:
            yield 255 - sheet.render(scale=SCALE, grayscale=True).to_numpy()
    finally:
        document.close()


def in_points(dark: np.ndarray) -> tuple[float, float, float, float]:
    """Return the box of the ink as left, bottom, right, top from the lower left corner."""
    rows, columns = (np.flatnonzero((dark > 50).any(axis=axis)) for axis in (1, 0))
    height = dark.shape[0]
    return (
        columns[0] / SCALE,
        (height - 1 - rows[-1]) / SCALE,
        (columns[-1] + 1) / SCALE,
        (height - rows[0]) / SCALE,
    )


def faults(made: Made) -> list[str]:
    """Look at the pixels of an envelope and name what must not be."""
    post = sending_post(made.source.note, made.composed.card)
    layout = envelope_layout(layout_name(post))
    width, height = made.envelope.size
    pixel = 1.5 / SCALE
    found = []
    for sheet in made.envelope_sheets:
        (placed,) = sheet.placements
        page = placed.page
        seen: np.ndarray | None = None
        for number, dark in enumerate(lines_drawn(page)):
            text = " ".join(word.shaped.text for word in page.lines[number].words)
            left, bottom, right, top = in_points(dark)
            if min(left, width - right) < layout.side - pixel:
                found.append(f"{page.name} {text}: nearer to a side than allowed")
            if min(bottom, height - top) < layout.return_top - pixel:
                found.append(f"{page.name} {text}: nearer to the top or bottom than allowed")
            if page.name == "front":
                if right > width - layout.clear_width and bottom < layout.clear_height - pixel:
                    found.append(f"{text}: in the zone that the post prints its code in")
                stamp = height - layout.stamp_height + pixel
                if right > width - layout.stamp_width + pixel and top > stamp:
                    found.append(f"{text}: under the stamp")
            inked = dark > 127
            seen = np.zeros(dark.shape, dtype=bool) if seen is None else seen
            if (seen & inked).any():
                found.append(f"{page.name} {text}: touches another line")
            seen |= inked
    return found


@pytest.mark.parametrize("envelope", sorted({envelope for envelope, _ in PLACES}))
def test_ink_stays_where_the_post_wants_it(envelope: str) -> None:
    found = {}
    for (own, region), card in sorted(PLACES.items()):
        if own != envelope:
            continue
        for case in range(5 * CASES):
            lot = random.Random(f"{envelope} {region} {case}")
            name = HANDS[(case * 7 + len(envelope) + ord(envelope[-1])) % len(HANDS)]
            made = random_envelope(lot, name, card)
            wrong = faults(made)
            if wrong:
                found[name, region, case] = wrong
    assert found == {}


@pytest.mark.parametrize("name", HANDS)
def test_every_hand_addresses_an_envelope(name: str) -> None:
    lot = random.Random(name)
    for card in lot.sample(sorted(PLACES.values()), 4):
        assert faults(random_envelope(lot, name, card)) == []


@pytest.mark.parametrize("neatness", [0, 1.5])
@pytest.mark.parametrize("name", HANDS)
def test_a_us_address_stands_in_the_area_that_usps_machines_read(
    name: str, neatness: float
) -> None:
    """DMM 202.1: 0.625 to 2.75 in above the edge, half an inch from the sides."""
    made = make(read(SAMPLE, hand=name, address_hand="same", card="a7", neatness=neatness))
    note = made.source.note
    page = made.envelope_sheets[0].placements[0].page
    delivery = list(lines_drawn(page))[-len(note.to.lines) :]
    for dark in delivery:
        left, bottom, right, top = in_points(dark)
        assert bottom >= 0.625 * INCH - 1
        assert top <= 2.75 * INCH + 1
        assert left >= 0.5 * INCH - 1
        assert right <= made.envelope.width - 0.5 * INCH + 1


@pytest.mark.parametrize("name", HANDS)
def test_the_sender_stands_above_and_left_of_the_recipient(name: str) -> None:
    made = make(read(SAMPLE, hand=name, address_hand="same", card="a7"))
    note = made.source.note
    boxes = [in_points(dark) for dark in lines_drawn(made.envelope_sheets[0].placements[0].page)]
    count = len(note.from_.lines)
    sender, recipient = boxes[:count], boxes[count:]
    assert len(recipient) == len(note.to.lines)
    assert min(box[0] for box in sender) < min(box[0] for box in recipient)
    assert max(box[3] for box in sender) > max(box[3] for box in recipient)
    middle = made.envelope.height / 2
    assert min(box[1] for box in recipient) < middle


def distances(ys: list[float]) -> list[float]:
    return [above - below for above, below in itertools.pairwise(ys)]


JAGGED = ["Philippa Yjgpq & Sons", "Ågot Fjellgjøy", "Unit 3", "Friedrich-Ebert-Straße 112a"]


@pytest.mark.parametrize("where", ["front", "flap"])
@pytest.mark.parametrize("name", HANDS)
def test_the_lines_of_an_address_are_evenly_far_apart(name: str, where: str) -> None:
    """As composed all alike, and as written within a seventh, tails and capitals or not."""
    own = [line for line in JAGGED if not bundled_hand(name).font.missing(line)] or OTHERS[name]
    for neatness, seed in ((0, 1), (1, 2), (1.5, 3)):
        note = {"paragraphs": ["Hi"], "card": "a7", "hand": name, "address_hand": "same",
                "to": own, "from": own[::-1], "return_address": where,
                "neatness": neatness, "seed": seed}  # fmt: skip
        made = make(read(note))
        for page, sheet in zip(made.envelope_pages, made.envelope_sheets, strict=True):
            written = sheet.placements[0].page
            for field in ("to", "from"):
                lines = [n for n, line in enumerate(page.lines) if line.field == field]
                composed = distances([page.lines[n].y for n in lines])
                assert composed == pytest.approx(composed[:1] * len(composed))
                rows = [fmean(word.matrix.f for word in written.lines[n].words) for n in lines]
                for drawn, wished in zip(distances(rows), composed, strict=True):
                    assert drawn == pytest.approx(wished, rel=0.14 * neatness + 1e-6)


def words(made: Made, side: int = 0) -> list[str]:
    return [
        " ".join(word.shaped.text for word in line.words)
        for placed in made.envelope_sheets[side].placements
        for line in placed.page.lines
    ]


def test_all_lines_of_both_addresses_are_written_in_their_order() -> None:
    made = make(read(SAMPLE))
    note = made.source.note
    assert words(made) == [*note.from_.lines, *note.to.lines]


@pytest.mark.parametrize(
    ("where", "front", "sides"), [("front", True, 1), ("flap", False, 2), ("none", False, 1)]
)
def test_the_sender_goes_to_the_front_the_flap_or_nowhere(
    where: str, front: bool, sides: int
) -> None:
    made = make(read(SAMPLE, return_address=where))
    note = made.source.note
    assert len(made.envelope_sheets) == sides
    assert (words(made)[: len(note.from_.lines)] == list(note.from_.lines)) == front
    if where == "flap":
        assert words(made, 1) == list(note.from_.lines)


LONG_SENDER = [
    "The Right Honourable Philippa Featherstonehaugh",
    "Llanfairpwllgwyngyll House, 1234 Lakeview Avenue",
    "Saint Paul, Minnesota 55401-1234",
]


@pytest.mark.parametrize(
    "name", [name for name in HANDS if not bundled_hand(name).font.missing("".join(LONG_SENDER))]
)
def test_a_long_sender_is_written_smaller_and_else_goes_to_the_flap_and_is_told(name: str) -> None:
    for card in ("4bar", "iso-a6", "a7"):
        note = {"paragraphs": ["Hi"], "hand": name, "card": card, "from": LONG_SENDER,
                "address_hand": "same"}  # fmt: skip
        made = make(read({**note, "to": ["Ana Lima", "12 Lincoln Road", "Troy, NY 12180"]}))
        on_flap = len(made.envelope_sheets) == 2
        assert words(made, side=1 if on_flap else 0)[:3] == LONG_SENDER
        assert any("flap, a page of its own" in notice for notice in made.notices) == on_flap
        assert faults(made) == []


def test_a_card_handed_over_has_the_name_alone_in_the_middle() -> None:
    made = make(read({"paragraphs": ["Happy birthday!"], "to": "Grandma Rose", "card": "a2"}))
    (dark,) = lines_drawn(made.envelope_sheets[0].placements[0].page)
    left, bottom, right, top = in_points(dark)
    width, height = made.envelope.size
    assert (left + right) / 2 == pytest.approx(width / 2, abs=0.06 * width)
    assert (bottom + top) / 2 == pytest.approx(height / 2, abs=0.1 * height)


def test_without_a_recipient_there_is_no_envelope_and_the_sender_is_told() -> None:
    made = make(read({"paragraphs": ["Thank you."]}))
    assert made.envelope_pdf() is None
    assert any("envelope" in notice for notice in made.notices)


def test_a_postcard_goes_without_an_envelope() -> None:
    made = make(
        read({"paragraphs": ["Sea!"], "card": "postcard", "to": ["Ann", "1 Elm St", "Troy"]})
    )
    assert made.envelope_pdf() is None


@pytest.mark.parametrize("name", sorted(entry.name for entry in cards().values() if entry.envelope))
def test_a_card_goes_into_its_envelope(name: str) -> None:
    """Closed, folded once or in three as the catalogue says, with a little room to spare."""
    card = cards()[name]
    envelope = envelopes()[card.envelope]
    short, long = sorted(card.size)
    folded = [(short, long)]
    if card.kind == "sheet":
        folded += [sorted((long / parts, short)) for parts in (2, 3)]
        folded += [sorted((short / 2, long / 2))]
    room = sorted(envelope.size)
    assert any(s <= room[0] - 4 and t <= room[1] - 4 for s, t in map(sorted, folded))


def test_an_address_that_does_not_fit_is_refused_in_a_sentence() -> None:
    long = "x" * 400
    with pytest.raises(InputError, match="does not fit") as refused:
        make(read({"paragraphs": ["Hi"], "to": ["Ann", long, "Troy, NY"], "card": "a2"}))
    assert refused.value.hint


def test_a_letter_that_the_hand_lacks_is_refused_on_the_envelope_too() -> None:
    with pytest.raises(InputError, match="cannot write"):
        make(read({"paragraphs": ["Hi"], "hand": "mynerve", "to": ["გიორგი", "1 Elm St", "Troy"]}))
