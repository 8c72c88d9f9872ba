"""No ink outside the safe area, no lines that touch: for any note, hand and layout.

Random notes are composed and written, every line is drawn alone, and its pixels are looked
at. FAIRHAND_CASES sets the number of notes for each hand, layout and kind of card (1).
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pypdfium2
import pytest

from fairhand.compose.card import ComposedCard, compose_card
from fairhand.compose.shape import Shaper
from fairhand.errors import InputError
from fairhand.geometry import Affine, Rect
from fairhand.hand.hand import bundled_hand, hands
from fairhand.impose.sheet import Placement, Sheet
from fairhand.job import make, read
from fairhand.layout.catalogue import card_layouts
from fairhand.note.language import language
from fairhand.note.model import Note
from fairhand.output.pdf import About, pdf
from fairhand.stationery.catalogue import card, cards, ink, pen, pens
from fairhand.stationery.model import Card
from fairhand.write.hand_page import write_page
from fairhand.write.page import WrittenPage

CASES = int(os.environ.get("FAIRHAND_CASES", "1"))
HANDS = sorted(hands())
LAYOUTS = sorted(card_layouts())
MM = 72 / 25.4
DPI = 150
SCALE = DPI / 72

WORDS = {
    "Latin": (
        "a I to of in it is as be we my so up me the and for you was but not all our your with "
        "thank letter again evening conversation wonderful gratefully jiggly flying happy "
        "Fjord Lyfjaberg quip, joyfully! (yes) “gift” – fifty-five 1984 & co. e-mail "
        "Gypsy Yacht Jaguar Qua Philip's Björk gyp flag pygmy jazz buff"
    ),
    "accents": "Ärger Öl Über süß façade Ångström naïve Ñandú Éléonore Çığ ÿ ŒUVRE Ísland Þór Ðe",
    "Latin-A": "Żółw Świętej ČEŠTINA Ğazi Ōsaka Łódź Šuňa Ťava Řeřicha őrült ģībeņi Ķīna",
    "Vietnamese": "Chị Nguyễn Thị Hương Ẫn Ấm Ố Ộ Ề Ỗ thưởng ngượng quyển mẹ Ẩm Ắt Ệ",
    "Cyrillic": "Съешь Йод Ёж щука Цифра дружба Џуля їжак Ґанок объявление у ф р д",
    "Greek": "Ξένος ψυχή φίλος ΰ ΐ Ώρα βδελυγμία ζήλος Άγγελος γη ρ χ",
    "Hebrew": "שלום לך קרן ףץ תודה רבה נועה צדק ל ק 12 (כן) יום-הולדת",
    "Arabic": "محمد شكرا جزيلا الأصدقاء لله إلى ئ ؤ حجج عيسى في ١٢ بيت",
    "Devanagari": "नमस्ते क्षत्रिय ज्ञान श्रीमती र्की द्ध कूँ धन्यवाद हृदय औौ",
}
LONG = {
    "Latin": "Donaudampfschifffahrtsgesellschaftskapitän antidisestablishmentarianism Llanfairpwll"
    "gwyngyllgogerychwyrndrobwll wwwwwwwwwwwwwwwwww jjjjjjjjjjjjjjjjjj https://fairhand.example/"
    "a/very/long/address?with=everything",
    "Cyrillic": "достопримечательностями превысокомногорассмотрительствующий",
    "Greek": "ηλεκτροεγκεφαλογραφήματα",
    "Hebrew": "וכשבהשתעשעויותיהם",
    "Arabic": "أفاستسقيناكموها",
    "Devanagari": "किंकर्तव्यविमूढ़तापूर्वक",
}
TAGS = {"Hebrew": "he", "Arabic": "ar", "Devanagari": "hi", "Cyrillic": "ru", "Greek": "el"}
TALL = ("ÍÐÅÇ", "ǾŲ", "ẪỆ", "ÅJQ", "fjgyþ")
OF_A_KIND = {
    "folded": ("a2", "4bar", "iso-a6", "a7", "no10", "square-5_5", "iso-a5"),
    "tent": ("a2-tent", "4bar-tent", "iso-a6-tent", "no10-tent", "a6-tent"),
    "flat": ("4bar-flat", "a7-flat-wide", "no10-flat", "bristol", "correspondence"),
    "postcard": ("postcard", "postcard-6x9", "iso-postcard"),
    "sheet": ("half-letter-sheet", "monarch", "a4", "letter", "a5-sheet"),
}


@cache
def vocabulary(name: str) -> dict[str, tuple[list[str], list[str]]]:
    """Return the words and the long words of every script that a hand writes."""
    font = bundled_hand(name).font
    found = {}
    for script, words in WORDS.items():
        usual = [word for word in words.split() if not font.missing(word)]
        long = [word for word in LONG.get(script, "").split() if not font.missing(word)]
        if len(usual) > 0.5 * len(words.split()):
            found[script] = (usual, long)
    return found


def random_note(lot: random.Random, name: str, count: int) -> Note:
    """Return a note of about so many words, in one or two of the hand's scripts."""
    scripts = vocabulary(name)
    main = lot.choice(list(scripts))
    usual, long = scripts[main]
    other, _ = scripts[lot.choice(list(scripts))]
    habit = lot.choice(["plain", "plain", "accents", "long"])

    def word() -> str:
        chance = lot.random()
        if long and chance < (0.15 if habit == "long" else 0.01):
            return lot.choice(long)
        if habit == "accents" and chance < 0.5 and "accents" in scripts:
            return lot.choice(scripts["accents"][0])
        return lot.choice(other if chance > 0.93 else usual)

    def words(least: int, most: int) -> str:
        return " ".join(word() for _ in range(lot.randint(least, most)))

    paragraphs = []
    while count > 0:
        length = min(count, lot.choice([1, 3, 20, 60, 200]))
        joints = lot.choices([" ", "\n"], [0.97, 0.03], k=length)
        text = "".join(word() + joint for joint in joints)
        paragraphs.append(text.strip())
        count -= length
    given = {
        "language": TAGS.get(main, "en"),
        "paragraphs": paragraphs,
        "seed": str(lot.randrange(1000)),
        "neatness": lot.choice([0.0, 0.5, 1.0, 1.0, 1.5, 1.5]),
        "ink": "black",
        "large": lot.random() < 0.1,
        "to": [words(1, 3), words(2, 4), words(1, 4)],
    }
    for key, least, most in (
        ("salutation", 1, 4), ("valediction", 1, 4), ("signature", 1, 3), ("postscript", 2, 20),
        ("place", 1, 2), ("front", 1, 4), ("imprint", 1, 4),
    ):  # fmt: skip
        if lot.random() < 0.6:
            given[key] = words(least, most)
    if lot.random() < 0.5:
        given["date"] = lot.choice([word for word in usual if not re.search(r"\d", word)])
    return Note.model_validate(given)


def composed(lot: random.Random, name: str, layout: str, chosen: Card) -> tuple[Note, ComposedCard]:
    """Return a random note on a card; a shorter one when it is refused, as long ones may be."""
    count = lot.choice([1, 4, 15, 40, 80, 120, 200])
    if lot.random() < 0.8:
        # Most notes go on a card that can hold them: a word for every 1.3 cm² of a panel.
        count = min(count, int(chosen.width * chosen.height / (10 * MM) ** 2 / 1.3))
    while True:
        note = random_note(lot, name, count)
        shaper = Shaper(bundled_hand(name), language(note.language))
        try:
            page = compose_card(note, chosen, card_layouts()[layout], shaper)
        except InputError:
            page = None  # A front or an address too long for its place.
        if page is not None:
            return note, page
        count = max(1, count // 2)


def lines_drawn(page: WrittenPage) -> Iterator[np.ndarray]:
    """Yield the ink of each line of a page, drawn alone: how dark each pixel is, 0 to 255."""
    whole = Rect.of(page.size)
    sheets = [
        Sheet(page.name, page.size, whole, (Placement(alone, Affine()),))
        for line in page.lines
        for alone in (replace(page, lines=(line,), under=()),)
    ]
    document = pypdfium2.PdfDocument(pdf(sheets, About("lines")))
    try:
        for sheet in document:
            yield 255 - sheet.render(scale=SCALE, grayscale=True).to_numpy()
    finally:
        document.close()


def outside(rect: Rect, shape: tuple[int, int]) -> np.ndarray:
    """Return the pixels that lie outside a rectangle of the page by more than one."""
    height, width = shape
    mask = np.ones(shape, dtype=bool)
    left, right = int(rect.left * SCALE) - 1, int(np.ceil(rect.right * SCALE)) + 1
    top, bottom = height - rect.top * SCALE, height - rect.bottom * SCALE
    mask[max(0, int(top) - 1) : int(np.ceil(bottom)) + 1, max(0, left) : min(width, right)] = False
    return mask


def faults(page: WrittenPage) -> list[str]:
    """Look at the pixels of a written page and name what must not be."""
    found = []
    seen: np.ndarray | None = None
    for number, dark in enumerate(lines_drawn(page)):
        if seen is None:
            seen = np.full(dark.shape, -1, dtype=np.int16)
            forbidden = outside(page.safe, dark.shape)
        text = " ".join(word.shaped.text for word in page.lines[number].words)
        if (forbidden & (dark > 50)).any():
            found.append(f"{page.name}, line {number} ({text}): ink outside the safe area")
        inked = dark > 127
        met = set(seen[inked & (seen >= 0)].tolist())
        found += [f"{page.name}, line {number} ({text}): touches line {other}" for other in met]
        seen[inked] = number
    for shape in page.under:
        xs = [x for _, (x, _) in shape.path]
        if min(xs) < page.safe.left or max(xs) > page.safe.right:
            found.append(f"{page.name}: a rule outside the safe area")
        if not page.safe.bottom <= shape.path[0][1][1] <= page.safe.top:
            found.append(f"{page.name}: a rule outside the safe area")
    return found


def kinds_of(layout: str) -> list[str]:
    own = card_layouts()[layout]
    return [kind for kind in OF_A_KIND if {"tent": "folded"}.get(kind, kind) in own.kinds]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", HANDS)
def test_ink_stays_in_the_safe_area_and_lines_stay_apart(name: str, layout: str) -> None:
    found = {}
    for kind in kinds_of(layout):
        for case in range(CASES):
            lot = random.Random(f"{name} {layout} {kind} {case}")
            chosen = card(lot.choice(OF_A_KIND[kind]))
            note, made = composed(lot, name, layout, chosen)
            hand = bundled_hand(name)
            chosen_pen = pens()[lot.choice(sorted(pens()))]
            wrong = [
                fault
                for page in made.pages
                for fault in faults(
                    write_page(page, hand, ink("black"), chosen_pen, note.seed, note.neatness)
                )
            ]
            if wrong:
                found[chosen.name, case, note.neatness] = wrong
    assert found == {}


@pytest.mark.parametrize("neatness", [0.0, 1.5])
@pytest.mark.parametrize("name", HANDS)
def test_tall_letters_stay_inside_on_the_front_and_in_the_imprint_too(
    name: str, neatness: float
) -> None:
    """Accented capitals and long tails reach farther than a hand's usual letters."""
    missing = bundled_hand(name).font.missing
    tall = [word for word in TALL if not missing(word)]
    words = " ".join(tall or ["dJQ", "fjgy"])
    found = {}
    for chosen in ("4bar-tent", "iso-a6"):
        note = Note(
            paragraphs=("Hi",),
            front=f"{words}\n{words}",
            imprint=f"{words} {words}",
            neatness=neatness,
        )
        hand = bundled_hand(name)
        shaper = Shaper(hand, language("en"))
        try:
            made = compose_card(note, card(chosen), card_layouts()["classic"], shaper)
        except InputError:
            continue  # Too long for the place: nothing is made.
        for page in made.pages if made else ():
            wrong = faults(
                write_page(page, hand, ink("black"), pen(hand.data.pen), note.seed, neatness)
            )
            if wrong:
                found[chosen] = wrong
    assert found == {}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_safe_area_keeps_off_cut_edges_and_the_fold(layout: str) -> None:
    """No printer cuts or folds to a hair: a quarter inch at an edge, 3 mm at a fold."""
    own = card_layouts()[layout]
    for chosen in cards().values():
        if chosen.kind not in own.kinds:
            continue
        for side in chosen.sides.values():
            for place in side:
                safe = own.safe_area(chosen, place.panel)
                corners = [place.matrix().apply(safe.left, safe.bottom)]
                corners.append(place.matrix().apply(safe.right, safe.top))
                x, y = (sorted(values) for values in zip(*corners, strict=True))
                width, height = chosen.flat_size
                folds = {"left": (width / 2, None), "top": (None, height / 2)}
                fold_x, fold_y = folds.get(chosen.fold, (None, None))
                assert all(6 * MM <= value <= width - 6 * MM for value in x)
                assert all(6 * MM <= value <= height - 6 * MM for value in y)
                if fold_x is not None:
                    assert min(abs(value - fold_x) for value in x) >= 2.9 * MM
                if fold_y is not None:
                    assert min(abs(value - fold_y) for value in y) >= 2.9 * MM


@pytest.mark.parametrize("name", HANDS)
def test_the_whole_sheet_shows_the_panels_where_they_belong(name: str) -> None:
    """The finished PDF of a folded card: ink on the written panels, none near edge or fold."""
    words = " ".join(vocabulary(name)["Latin"][0][:30])
    for chosen in ("a6", "a6-tent"):
        note = {
            "paragraphs": [words],
            "hand": name,
            "card": chosen,
            "front": "Hello",
            "neatness": 1.5,
        }
        made = make(read(note))
        document = pypdfium2.PdfDocument(made.card_pdf())
        for sheet, page in zip(made.card_sheets, document, strict=True):
            dark = 255 - page.render(scale=SCALE, grayscale=True).to_numpy()
            allowed = np.zeros(dark.shape, dtype=bool)
            for placed in sheet.placements:
                safe = placed.page.safe
                a = placed.matrix.apply(safe.left, safe.bottom)
                b = placed.matrix.apply(safe.right, safe.top)
                (left, right), (bottom, top) = (sorted(v) for v in zip(a, b, strict=True))
                here = ~outside(Rect(left, bottom, right, top), dark.shape)
                assert (here & (dark > 127)).any(), placed.page.name
                allowed |= here
            assert not (~allowed & (dark > 50)).any(), sheet.name
        document.close()
