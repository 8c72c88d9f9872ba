"""The loading picture shows what goes into the tray, and how it lies there."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from fairhand.cli import fairhand
from fairhand.errors import InputError
from fairhand.job import make, read
from fairhand.job.home_pages import upright
from fairhand.job.loading import load_of, sheet_load
from fairhand.job.printing import _silent, ready
from fairhand.job.sheets import SheetWish, imposition
from fairhand.press.print_job import PrintWish
from fairhand.stationery.paper import paper

SAMPLE = Path(__file__).parents[2] / "samples" / "after-rejection" / "note.md"


@pytest.fixture(scope="module")
def made():
    return make(read(SAMPLE, card="a7"))


def write(*arguments: str):
    return CliRunner().invoke(fairhand, ["write", *map(str, arguments)])


def texts(path) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]


@pytest.mark.parametrize("name", ["scored-a7", "tabloid", "a4"])
@pytest.mark.parametrize("flip", ["long-edge", "manual"])
def test_each_line_of_writing_is_a_line_of_the_picture_however_the_card_lies(made, name, flip):
    load = sheet_load(
        made, imposition(made.composed.card, made.card_sheets, SheetWish(paper(name), flip=flip))
    )
    alone = load_of(made, upright(made.card_sheets[0]), envelope=False).printed

    def lengths(lines):
        return [round(max(abs(x1 - x0), abs(y1 - y0)), 1) for x0, y0, x1, y1 in lines]

    assert lengths(load.printed[: len(alone)]) == lengths(alone)
    assert min(lengths(alone)) > 10


def test_the_second_side_is_shown_as_the_second_side_is_fed():
    flat = make(read(SAMPLE, card="a2-flat"), with_envelope=False)
    shown = [
        load_of(flat, ready(flat, _silent("x"), PrintWish(), side=side).fed, envelope=False).printed
        for side in (1, 2)
    ]
    assert [len(lines) for lines in shown] == [
        sum(bool(line.words) for one in side.placements for line in one.page.lines)
        for side in flat.card_sheets
    ]


def test_write_shows_the_card_and_the_envelope(tmp_path):
    picture = tmp_path / "load.pdf"
    done = write(SAMPLE, "--card", "a7", "-o", tmp_path, "--loading", picture)
    assert done.exit_code == 0, done.exception
    card, envelope = texts(picture)
    assert "7 x 10 in (178 x 254 mm), the edge of 178 mm first" in card
    assert "card stock" in card
    assert "g/m²" in card
    assert "paper type: envelope" in envelope
    assert "The flap closed" in envelope
    assert "its fold at the left" in envelope


def test_write_shows_the_sheet_that_cards_are_imposed_on(tmp_path):
    picture = tmp_path / "load.pdf"
    note = tmp_path / "note.md"
    note.write_text("---\ncard: a2\nfront: Hello\n---\nDear Ana,\n\nThank you.\n\nTom\n")
    for flip, told in (("short-edge", '"flip on short edge"'), ("manual", "the same edge first")):
        done = write(note, "--on", "avery-8315", "--flip", flip, "--loading", picture)
        assert done.exit_code == 0, done.exception
        (sheet,) = texts(picture)
        assert "8.5 x 11 in (216 x 279 mm)" in sheet
        assert told in sheet


@pytest.mark.parametrize("copies", [1, 2])
def test_the_picture_shows_as_many_cards_as_there_are_on_the_sheet(tmp_path, copies):
    card = make(read({"paragraphs": "Hi.", "card": "a2", "art": "botanical"}))
    wish = SheetWish(paper("avery-8315"), copies=copies)
    how = imposition(card.composed.card, card.card_sheets, wish)
    assert len(sheet_load(card, how, copies).art) == copies


@pytest.mark.parametrize("more", [("--press",), ("-o", "-")])
def test_what_is_not_printed_at_home_needs_no_picture(tmp_path, more):
    done = write(SAMPLE, "--loading", tmp_path / "load.pdf", *more)
    assert isinstance(done.exception, InputError)
    assert "at home" in done.exception.message


def test_where_marks_have_no_room_the_places_to_cut_and_fold_are_told_in_numbers(tmp_path):
    note = tmp_path / "note.md"
    note.write_text("---\ncard: a2\n---\nDear Ana,\n\nThank you.\n\nTom\n")
    done = write(note, "--on", "letter")
    assert "cut 139.7 mm from the top; fold 107.9 mm from the left" in done.output
    assert "no room for marks" not in write(note, "--on", "avery-8315").output
    assert "no room for marks" not in write(note, "--on", "a3", "--card", "a7").output
