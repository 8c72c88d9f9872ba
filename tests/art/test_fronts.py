"""Drawn fronts: on every card, in every language of theirs, clear of the edges and of the words."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache

import numpy as np
import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from fairhand.art.drawing import bleeds, bounds
from fairhand.art.fronts import DRAWINGS
from fairhand.cli import fairhand
from fairhand.errors import InputError
from fairhand.geometry import Affine, Rect
from fairhand.hand.hand import bundled_hand
from fairhand.impose.sheet import Placement, Sheet
from fairhand.job import make, read
from fairhand.job.press import press_file
from fairhand.layout.front import front, fronts, read_front
from fairhand.output.pdf import About, pdf
from fairhand.output.raster import rasters
from fairhand.stationery.catalogue import cards
from fairhand.stationery.condition import condition
from fairhand.write.extent import ink_extent

NOTE = {"salutation": "Dear Ana,", "paragraphs": "It was lovely.", "signature": "Tom Reed"}
SHAPES = ("a2", "a7-tent", "square-5_5", "slim", "slim-tent", "4bar", "a6-flat", "iso-a5")
GROUNDS = {"deckle", "stripes", "terrazzo", "winter"}
"""Fronts whose words stand on colour or on a label, as they should."""

LIGHTEST_BACKGROUND = 0.9


@cache
def made(name: str, card: str, language: str = "en", **more):
    return make(read({**NOTE, "card": card, "art": name, "language": language, **more}),
                with_envelope=False)  # fmt: skip


def the_front(job):
    return next(
        one for sheet in job.card_sheets for one in sheet.placements if one.page.name == "front"
    )


def test_there_are_about_ten_fronts_and_each_has_its_drawing():
    assert len(fronts()) >= 10
    for design in fronts().values():
        assert design.drawing in DRAWINGS
        assert design.title
        assert design.description
        assert design.initials or {"en", "de", "fr", "es"} <= set(design.words)
        assert not design.hand or not bundled_hand(design.hand).font.missing(
            "".join(design.words.values())
        )
    assert {design.drawing for design in fronts().values()} == set(DRAWINGS)


@pytest.mark.parametrize("name", fronts())
@pytest.mark.parametrize("card", SHAPES)
def test_what_is_not_to_be_cut_keeps_clear_of_the_edges(name, card):
    """A shape either reaches over the edge by the whole bleed, or stays inside the safe area."""
    page = the_front(made(name, card)).page
    width, height = page.size
    safe = page.safe
    for shape in page.under:
        box = bounds(shape)
        for near, edge, inside in (
            (box.left, 0.0, safe.left), (box.bottom, 0.0, safe.bottom),
            (width - box.right, 0.0, width - safe.right),
            (height - box.top, 0.0, height - safe.top),
        ):  # fmt: skip
            # Handles of curves count as ink here, so a hair's breadth is allowed.
            assert near <= edge or near >= inside - 1.5 or bleeding(page), (name, card, box)


def bleeding(page) -> bool:
    return bleeds(page.under, page.size)


@pytest.mark.parametrize("words", ["Hi", "Thank you", "With compliments", "Mit bestem Dank an Sie"])
@pytest.mark.parametrize("card", SHAPES)
def test_no_stripe_shows_as_a_sliver_beside_the_label(card, words):
    page = the_front(made("stripes", card, front=words)).page
    *stripes, label, _rule = (bounds(shape) for shape in page.under)
    width = page.size.width
    for stripe in stripes[1:]:
        for side, out in ((label.left, stripe.left), (label.right, stripe.right)):
            if stripe.left - 0.5 <= side <= stripe.right + 0.5:
                # There was no room for a wider label: then it cuts the stripe, and far inside.
                assert label.width > 0.7 * width, (out, side)


@pytest.mark.parametrize("name", [name for name in fronts() if name not in GROUNDS])
@pytest.mark.parametrize("card", SHAPES)
def test_nothing_is_drawn_through_the_words(name, card):
    page = the_front(made(name, card)).page
    words = ink_extent(page)
    assert words is not None
    whole = Rect.of(page.size)
    bare = replace(page, lines=())
    sheet = Sheet("front", page.size, whole, (Placement(bare, Affine()),))
    picture = np.asarray(rasters(pdf([sheet], About("art")), 144)[0].convert("L"))
    left, right = int(2 * words.left) - 4, int(2 * words.right) + 4
    top, bottom = (
        int(2 * (page.size.height - words.top)),
        int(2 * (page.size.height - words.bottom)),
    )
    assert picture.min() < 230
    assert picture[top - 4 : bottom + 4, left:right].min() > 250


@pytest.mark.parametrize("name", fronts())
def test_the_words_of_a_front_are_its_own_until_the_note_says_others(name):
    design = front(name)
    for language, words in design.words.items():
        assert written(made(name, "a7", language)) == words
    other = make(read({**NOTE, "art": name, "front": "Bravo", "card": "a7"}), with_envelope=False)
    assert written(other) == "Bravo"
    none = make(read({**NOTE, "art": {"file": name, "words": False}, "card": "a7"}),
                with_envelope=False)  # fmt: skip
    assert the_front(none).page.lines == ()


def written(job) -> str:
    document = pypdfium2.PdfDocument(job.card_pdf())
    page = document[0]
    place = the_front(job).matrix.about(Rect.of(job.composed.card.size))
    text = page.get_textpage().get_text_bounded(*place)
    document.close()
    return " ".join(text.split())


def test_initials_are_the_senders():
    assert written(made("monogram", "a2")) == "TR"
    for name, letters in (("Ms. Ana Maria Lima", "AML"), ("Priya and Daniel", "P & D"),
                          ("Jo", "J")):  # fmt: skip
        job = make(read({**NOTE, "art": "monogram", "from": name, "card": "a2"}))
        assert written(job) == letters
    with pytest.raises(InputError, match="initials") as caught:
        make(read({"paragraphs": "It was lovely.", "art": "monogram"}))
    assert "front:" in caught.value.hint


@pytest.mark.parametrize("name", fronts())
@pytest.mark.parametrize("card", ["a2", "a6-tent", "iso-a6"])
def test_every_front_goes_to_a_press_without_a_fault(name, card):
    job = made(name, card)
    file = press_file(job, "card", condition("auto", job.composed.card.region))
    assert file.notices == ()
    with pikepdf.open(io.BytesIO(file.data)) as document:
        assert len(document.pages) == 2


@pytest.mark.parametrize("name", sorted(GROUNDS))
def test_colour_that_reaches_the_edge_is_there_in_the_bleed(name):
    job = made(name, "a2")
    file = press_file(job, "card", condition("auto", "us"))
    with pikepdf.open(io.BytesIO(file.data)) as document:
        left, bottom, right, top = (float(v) for v in document.pages[0].BleedBox)
        high = float(document.pages[0].MediaBox[3])
    document = pypdfium2.PdfDocument(file.data)
    picture = np.asarray(document[0].render(scale=2).to_pil().convert("L"), float) / 255
    document.close()
    rim = picture[int(2 * (high - top)) + 2 : int(2 * (high - bottom)) - 2,
                  int(2 * right) - 6 : int(2 * right) - 2]  # fmt: skip
    assert rim.mean() < LIGHTEST_BACKGROUND + 0.08
    beyond = picture[int(2 * (high - top)) + 40 : int(2 * (high - bottom)) - 40,
                     int(2 * right) + 3 : int(2 * right) + 6]  # fmt: skip
    assert beyond.mean() > 0.99
    assert left < right


def test_other_inks_may_be_wished():
    job = made("fine-frame", "a2")
    red = make(read({**NOTE, "card": "a2", "art": {"file": "fine-frame", "inks": "#aa2233"}}),
               with_envelope=False)  # fmt: skip
    assert {shape.stroke.rgb for shape in the_front(red).page.under if shape.stroke} == {"#aa2233"}
    assert {shape.stroke.rgb for shape in the_front(job).page.under if shape.stroke} != {"#aa2233"}


def test_the_words_may_be_in_any_hand_and_ink():
    job = make(read({**NOTE, "card": "a2", "front": "Thanks", "front_hand": "caveat",
                     "front_ink": "sepia"}))  # fmt: skip
    page = the_front(job).page
    assert (page.hand.slug, page.ink.name) == ("caveat", "sepia")
    with pytest.raises(InputError, match="cannot write") as caught:
        make(read({**NOTE, "card": "a2", "front": "Спасибо", "front_hand": "kristi"}))
    assert "Hands that have them all" in caught.value.hint


def test_a_front_without_the_letters_of_a_name_is_written_in_the_notes_hand():
    job = make(read({**NOTE, "card": "a2", "art": "botanical", "front": "Спасибо",
                     "hand": "bad-script"}))  # fmt: skip
    assert the_front(job).page.hand.slug == "bad-script"


def test_a_flat_card_with_a_front_is_written_on_its_back():
    job = made("meadow", "a6-flat")
    assert [sheet.name for sheet in job.card_sheets] == ["front", "back"]
    with pytest.raises(InputError, match='no room for "art"'):
        make(read({**NOTE, "card": "a6-flat", "art": "meadow", "layout": "correspondence"}))


def test_a_front_of_ones_own_is_a_file(tmp_path):
    (tmp_path / "star.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="50mm" height="50mm">'
        '<path d="M5 1 6 4 9 4 7 6 8 9 5 7 2 9 3 6 1 4 4 4z" fill="#c0334d"/></svg>'
    )
    (tmp_path / "star.toml").write_text('title = "Star"\nfile = "star.svg"\nwords = {en = "Hi"}\n')
    assert read_front(tmp_path / "star.toml").title == "Star"
    (tmp_path / "note.md").write_text("---\nart: star.toml\ncard: a2\n---\nDear Ana,\n\nHi.\n")
    job = make(read(tmp_path / "note.md"))
    assert written(job) == "Hi"
    assert any(shape.fill.rgb == "#c0334d" for shape in the_front(job).page.under)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", 'either "drawing" or "file"'),
        ('drawing = "sprig"', '"inks"'),
        ('drawing = "sprg"\ninks = ["black"]', 'no drawing "sprg"'),
        ('drawing = "sprig"\ninks = ["blak"]', "blak"),
        ('drawing = "sprig"\ninks = ["black"]\nplaec = 1', "plaec"),
        ('drawing = "sprig"\ninks = ["black"]\n'
         "place = {left = 0.9, right = 0.1, top = 1, bottom = 0}", "beyond"),
    ],
)  # fmt: skip
def test_a_fault_in_a_front_is_told(tmp_path, lines, said):
    (tmp_path / "x.toml").write_text(f'title = "X"\n{lines}\n')
    (tmp_path / "note.md").write_text("---\nart: x.toml\n---\nDear Ana,\n\nHi.\n")
    with pytest.raises(InputError, match=said):
        make(read(tmp_path / "note.md"))


@pytest.mark.parametrize("name", fronts())
def test_a_front_is_the_same_every_time(name):
    first = make(read({**NOTE, "card": "a2", "art": name}), with_envelope=False).card_pdf()
    assert first == make(read({**NOTE, "card": "a2", "art": name}), with_envelope=False).card_pdf()


def test_there_is_a_front_for_every_card_of_the_catalogue():
    for card in cards().values():
        if card.kind == "sheet":
            continue
        job = make(read({**NOTE, "to": "Ana Lima\n1 Road", "card": card.name, "art": "terrazzo"}),
                   with_envelope=False)  # fmt: skip
        assert the_front(job).page.under


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("the Garcias", "G"), ("The O'Neils", "O"), ("The Smith Family", "S"),
        ("Familie Müller", "M"), ("Les Dupont", "D"), ("van der Berg", "VDB"),
        ("Dr. and Mrs. Smith", "S"), ("Anne-Marie & Jo", "A & J"), ("Los", "L"), ("ß", "S"),
    ],
)  # fmt: skip
def test_a_house_has_the_initial_of_its_name(name, letters):
    assert written(make(read({**NOTE, "art": "monogram", "from": name, "card": "a2"}))) == letters


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ("art: botanic", 3), ("art: 5", 3), ("art: {zoom: 2}", 3), ("art: no.toml", 3),
        ("art: ~nobody-is-so-called/a.png", 3), ("art: https://example.org/a.png", 3),
        ("art: {file: botanical, inks: [nope]}", 3), ("art: botanical\nfront_hand: nope", 4),
        ("art: botanical\nfront_ink: nope", 4),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line_of_the_note(lines, line, tmp_path):
    (tmp_path / "note.md").write_text(f"---\ncard: a2\n{lines}\n---\nDear Ana,\n\nHi.\n\nTom\n")
    with pytest.raises(InputError) as caught:
        make(read(tmp_path / "note.md"))
    assert caught.value.place.line == line


def test_a_fault_in_a_file_of_art_has_no_line_of_another_file(tmp_path):
    (tmp_path / "art.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    (tmp_path / "note.md").write_text("---\ncard: a2\nart: art.svg\n---\nDear Ana,\n\nHi.\n\nTom\n")
    with pytest.raises(InputError) as caught:
        make(read(tmp_path / "note.md"))
    assert str(caught.value.place) == "art.svg"


def test_art_at_the_edge_is_told_to_those_who_print_at_home(tmp_path):
    (tmp_path / "note.md").write_text("---\ncard: a2\n---\nDear Ana,\n\nHi.\n")
    told = {
        name: CliRunner()
        .invoke(fairhand, ["write", str(tmp_path / "note.md"), "--art", name])
        .output
        for name in ("terrazzo", "fine-frame")
    }
    assert "leave some 6 mm white" in told["terrazzo"]
    assert "white" not in told["fine-frame"]
