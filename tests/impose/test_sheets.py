"""Cards on larger sheets: every card on every paper, whichever way the paper is turned over."""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from conftest import tool
from PIL import Image, ImageOps

from fairhand.art.drawing import Shape, rectangle
from fairhand.cli import fairhand
from fairhand.errors import InputError
from fairhand.geometry import Rect
from fairhand.hand.hand import bundled_hand
from fairhand.impose.grid import grid
from fairhand.impose.imposed import FLIPS, Imposition, imposed
from fairhand.impose.sheet import card_sheets
from fairhand.job import make, read
from fairhand.job.sheets import SheetWish, imposition, papers_for, sheets_pdf
from fairhand.output.pdf import About, pdf
from fairhand.stationery.catalogue import cards, ink
from fairhand.stationery.paper import Paper, paper, papers
from fairhand.units import MM
from fairhand.write.page import WrittenPage

SAFE = 6.35 * MM
SAMPLE = Path(__file__).parents[2] / "samples" / "wedding-thanks" / "note.md"
BLACK = ink("black")


def marked(card):
    """Return a card's two sides with one rectangle each, the second right behind the first.

    It stands in a corner of the safe area, so that no reflection takes it to itself.
    """
    width, height = card.flat_size
    first, second = card.sides
    mark = Rect(SAFE, SAFE, SAFE + width / 5, SAFE + height / 9)
    behind = (
        Rect(mark.left, height - mark.top, mark.right, height - mark.bottom)
        if card.fold == "top"
        else Rect(width - mark.right, mark.bottom, width - mark.left, mark.top)
    )
    pages = []
    for side, rect in ((first, mark), (second, behind)):
        for place in card.sides[side]:
            a, _, _, d, e, f = place.matrix()
            own = sorted(((rect.left - e) / a, (rect.right - e) / a))
            up = sorted(((rect.bottom - f) / d, (rect.top - f) / d))
            if (
                own[0] >= -1e-6
                and up[0] >= -1e-6
                and (own[1] <= card.width + 1e-6 and up[1] <= card.height + 1e-6)
            ):
                shape = Shape(rectangle(own[0], up[0], own[1], up[1]), fill=BLACK)
                pages.append(WrittenPage(place.panel, card.size, Rect.of(card.size), (), (shape,),
                                         bundled_hand("kalam"), BLACK, 0.0))  # fmt: skip
    assert len(pages) == 2
    return card_sheets(card, pages)


def rectangles(data):
    """Return the filled rectangles of each page, as PDFium finds them."""
    document = pypdfium2.PdfDocument(data)
    found = []
    for page in document:
        bounds = [Rect(*thing.get_bounds()) for thing in page.get_objects()]
        found.append(sorted(rect for rect in bounds if min(rect.width, rect.height) > 3))
        page.close()
    document.close()
    return found


def seen_from_the_front(rect, size, flip):
    """Return where ink on the back lies, looking through the paper from the front.

    A sheet turned about an edge keeps what is along that edge and exchanges the rest; by hand
    it is turned like a page of a book, about its long edge.
    """
    width, height = size
    long_edge_is_upright = height >= width
    about_upright = (flip != "short-edge") == long_edge_is_upright
    if about_upright:
        return Rect(width - rect.right, rect.bottom, width - rect.left, rect.top)
    return Rect(rect.left, height - rect.top, rect.right, height - rect.bottom)


FITTING = [
    (card.name, name) for card in cards().values() for name in papers_for(card)
]  # fmt: skip


def test_there_is_a_sheet_for_every_card_and_a_card_for_every_sheet():
    assert {name for name, _ in FITTING} == set(cards())
    assert {name for _, name in FITTING} == set(papers())


@pytest.mark.parametrize("flip", FLIPS)
def test_every_card_on_every_sheet_lies_inside_it_and_its_back_behind_its_front(flip):
    """The whole table: what is measured is what PDFium finds in the PDF."""
    compared = 0
    for name, paper_name in FITTING:
        card, chosen = cards()[name], papers()[paper_name]
        places = grid(chosen, card)
        how = Imposition(places, card, tuple(card.sides), flip, marks=False)
        sheets = list(imposed([marked(card)] * len(places.cells), how))
        front, back = rectangles(pdf(sheets, About("table")))
        assert len(front) == len(back) == len(places.cells), (name, paper_name)
        behind = sorted(seen_from_the_front(rect, chosen.size, flip) for rect in back)
        for one, other in zip(front, behind, strict=True):
            assert max(abs(a - b) for a, b in zip(one, other, strict=True)) < 0.01
            compared += 1
        # The marks stand at the corner of the safe area: ink is where a printer can print.
        room = chosen.printable
        for rect in (*front, *behind):
            assert room.intersection(rect).width >= rect.width - 0.02, (name, paper_name)
            assert room.intersection(rect).height >= rect.height - 0.02, (name, paper_name)
    assert compared > 500


def test_cells_lie_on_the_paper_and_not_on_each_other():
    for name, paper_name in FITTING:
        chosen = papers()[paper_name]
        places = grid(chosen, cards()[name])
        bounds = Rect.of(chosen.size) if places.to_edge else chosen.printable
        for index, cell in enumerate(places.cells):
            inside = bounds.intersection(cell.rect)
            assert inside.width >= cell.rect.width - 0.5
            assert inside.height >= cell.rect.height - 0.5
            for other in places.cells[:index]:
                shared = cell.rect.intersection(other.rect)
                assert min(shared.width, shared.height) < 0.01, (name, paper_name)


@pytest.mark.parametrize("gutter_mm", [0, 4, 9])
def test_art_that_bleeds_stays_where_a_printer_prints_if_it_can(gutter_mm):
    for name, paper_name in FITTING:
        chosen, card = papers()[paper_name], cards()[name]
        places = grid(chosen, card, gutter_mm * MM, bleeds=True)
        if places is None or chosen.is_stock or not places.to_edge:
            continue
        room = chosen.printable
        flat = card.flat_size
        assert not any(
            size.width <= room.width and size.height <= room.height
            for size in (flat, flat.turned())
        )


# As people fold it


def ocr(image: Image.Image) -> str:
    buffer = io.BytesIO()
    ImageOps.expand(image.convert("L"), 30, 255).save(buffer, "PNG")
    done = subprocess.run(
        [tool("tesseract"), "stdin", "stdout", "--psm", "6", "--dpi", "200"],
        input=buffer.getvalue(), capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout.decode()


@cache
def folded_card(card: str):
    return make(read(SAMPLE, card=card, hand="kalam", neatness=0, imprint="Made with love"),
                with_envelope=False)  # fmt: skip


@pytest.mark.parametrize("flip", FLIPS)
@pytest.mark.parametrize(
    ("card", "on"),
    [("a2", "avery-8315"), ("a2-tent", "letter"), ("iso-a6", "a4"), ("a9", "avery-8316")],
)
def test_a_folded_dummy_reads_the_right_way_up(card, on, flip):
    """Print, cut, fold: the pictures of the pages are turned as a person turns the paper."""
    made = folded_card(card)
    wish = SheetWish(paper(on), flip=flip, marks=False)
    how = imposition(made.composed.card, made.card_sheets, wish)
    data = sheets_pdf([made.card_sheets], how, wish, made.card_about("rgb"), "both")
    scale = 200 / 72
    document = pypdfium2.PdfDocument(data)
    front, back = (page.render(scale=scale).to_pil() for page in document)
    document.close()
    # The paper is turned over between its sides: looking through it, the back is mirrored.
    about_upright = (flip != "short-edge") == (front.height >= front.width)
    through = ImageOps.mirror(back) if about_upright else ImageOps.flip(back)
    cell = how.grid.cells[0]
    rect = cell.rect
    cut = [
        round(part * scale)
        for part in (
            rect.left,
            how.grid.paper.height - rect.top,
            rect.right,
            how.grid.paper.height - rect.bottom,
        )
    ]
    outside, inside = front.crop(cut), through.crop(cut)
    if cell.turned:
        outside, inside = outside.rotate(-90, expand=True), inside.rotate(-90, expand=True)
    width, height = outside.size
    if made.composed.card.fold == "left":
        # The front is the right half; opening it like a book turns it about an upright line.
        cover = outside.crop((width // 2, 0, width, height))
        rear = outside.crop((0, 0, width // 2, height))
        opened = ImageOps.mirror(inside)
    else:
        # The front is the lower half, the rear stands on its head above it; it opens upwards.
        cover = outside.crop((0, height // 2, width, height))
        rear = outside.crop((0, 0, width, height // 2)).rotate(180)
        opened = ImageOps.flip(inside)
    assert "Thank" in ocr(cover)
    assert "Made with love" in " ".join(ocr(rear).split())
    read_inside = ocr(opened)
    assert "Margaret" in read_inside
    assert "casserole" in read_inside


# Copies, places, order


def numbered(card, count):
    """Return cards that differ by how wide their rectangle is."""
    made = []
    for number in range(1, count + 1):
        page = WrittenPage(
            "front", card.size, Rect.of(card.size), (),
            (Shape(rectangle(20, 20, 20 + 5 * number, 24), fill=BLACK),),
            bundled_hand("kalam"), BLACK, 0.0,
        )  # fmt: skip
        made.append(card_sheets(card, [page]))
    return made


def numbers_on(pages):
    return [
        [round((max(rect.width, rect.height)) / 5) for rect in page] for page in pages
    ]  # fmt: skip


def imposed_numbers(count, **wishes):
    card = cards()["a2-flat"]
    wish = SheetWish(paper("avery-8387"), **wishes)
    made = numbered(card, count)
    how = imposition(card, made[0], wish)
    return numbers_on(rectangles(sheets_pdf(made, how, wish, About("numbers"), "both")))


def test_every_card_is_there_once_and_sheets_are_filled_in_reading_order():
    pages = imposed_numbers(10)
    assert [sorted(page) for page in pages] == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]
    assert Counter(number for page in pages for number in page) == Counter(range(1, 11))


def test_a_sheet_that_was_begun_is_gone_on_with():
    assert [sorted(page) for page in imposed_numbers(5, start=3)] == [[1, 2], [3, 4, 5]]


def test_the_last_sheet_may_come_first():
    assert [sorted(page) for page in imposed_numbers(10, reverse=True)] == [
        [9, 10], [5, 6, 7, 8], [1, 2, 3, 4],
    ]  # fmt: skip


def test_places_and_papers_that_do_not_fit_are_refused_with_those_that_do():
    card = cards()["a7"]
    with pytest.raises(InputError, match="does not fit") as caught:
        imposition(card, marked(card), SheetWish(paper("a5")))
    assert "letter" in caught.value.hint
    with pytest.raises(InputError, match="takes 4 of these cards"):
        imposed_numbers(3, start=5)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Pre-scored A2 2-up", "avery-8315"), ("Letter", "letter"), ("8315", "avery-8315"),
     ("avery 5315", "avery-8315"), ("A4", "a4")],
)  # fmt: skip
def test_papers_are_found_as_people_say_them(said, meant):
    assert paper(said).name == meant


def test_stock_with_cells_over_its_edge_is_refused():
    cells = {"cell_width": "5in", "cell_height": "5in", "columns": 2, "rows": 1, "across": "5in"}
    with pytest.raises((InputError, ValueError), match="edge"):
        Paper.model_validate(
            {"name": "bad", "title": "Bad", "width": "8in", "height": "10in", "source": "none",
             "down": "5in", **cells}
        )  # fmt: skip


# Marks


def test_stock_has_no_marks_and_plain_paper_has_them_outside_the_cards():
    card = cards()["a2"]
    sides = marked(card)
    assert (
        next(imposed([sides], imposition(card, sides, SheetWish(paper("avery-8315"))))).marks == ()
    )
    how = imposition(card, sides, SheetWish(paper("a3")))
    front, back = list(imposed([sides], how))
    assert front.marks
    assert back.marks
    for mark in front.marks:
        xs = [xy[0] for _, xy in mark.path]
        ys = [xy[1] for _, xy in mark.path]
        box = Rect(min(xs), min(ys), max(xs), max(ys))
        for cell in how.grid.cells:
            shared = box.intersection(cell.rect)
            assert shared.width < 0 or shared.height < 0
        inside = how.grid.paper.printable.intersection(box)
        assert (inside.width, inside.height) == (box.width, box.height)


# The command


def run(*arguments: str, folder):
    return CliRunner().invoke(fairhand, ["write", str(SAMPLE), "-o", str(folder), *arguments])


def test_the_command_makes_a_sheetful_and_says_how_to_print_it(tmp_path):
    done = run("--card", "a2", "--on", "Pre-scored A2 2-up", folder=tmp_path)
    assert done.exit_code == 0, done.output
    assert "2 cards to a sheet" in done.output
    assert '"flip on long edge"' in done.output
    document = pypdfium2.PdfDocument(tmp_path / "note.sheets.pdf")
    assert [page.get_size() for page in document] == [(612, 792)] * 2


@pytest.mark.parametrize(("art", "lost"), [("stripes", True), ("botanical", False)])
def test_what_the_edge_of_the_paper_takes_is_told_of_art_that_reaches_it(art, lost, tmp_path):
    done = run("--card", "a2", "--art", art, "--on", "avery-8315", folder=tmp_path)
    assert done.exit_code == 0, done.output
    assert "leave 6 mm white" in done.output
    assert ("will be missing" in done.output) == lost
    assert "at 100 %" in done.output


@pytest.mark.parametrize(("art", "told"), [("stripes", True), ("botanical", False)])
def test_a_card_of_its_own_size_tells_of_the_white_that_a_home_printer_leaves(art, told, tmp_path):
    done = run("--card", "a2", "--art", art, folder=tmp_path)
    assert ("white" in done.output) == told
    assert "white" not in run("--card", "a2", "--art", art, "--press", folder=tmp_path).output


def test_one_who_names_a_card_in_place_of_paper_is_told_what_takes_it(tmp_path):
    error = run("--card", "a2", "--on", "A2", folder=tmp_path).exception
    assert isinstance(error, InputError)
    assert error.message == '"A2" is a card, and --on wants the paper that it is printed on.'
    assert error.hint.startswith("It fits on: avery-8315, letter")


def test_by_hand_fronts_and_backs_come_apart(tmp_path):
    done = run("--card", "a2", "--on", "letter", "--flip", "manual", folder=tmp_path)
    assert done.exit_code == 0, done.output
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == ["note.envelope.pdf", "note.sheets.backs.pdf", "note.sheets.fronts.pdf"]


@pytest.mark.parametrize("arguments", [("--copies", "4"), ("--on", "letter", "--press")])
def test_wishes_that_do_not_go_together_are_refused(arguments, tmp_path):
    done = run(*arguments, folder=tmp_path)
    assert isinstance(done.exception, InputError)
    assert list(tmp_path.iterdir()) == []
