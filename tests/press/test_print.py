"""A real IPP printer receives cards: the right medium, one size, and the very page.

`ippeveprinter` of CUPS plays the printer; what it took is asked of it with CUPS's `ipptool`.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from card_printer import card_printer
from click.testing import CliRunner
from conftest import tool

from fairhand.cli import fairhand
from fairhand.errors import InputError
from fairhand.geometry import Insets
from fairhand.job import make, read
from fairhand.job.home_pages import flip_of
from fairhand.job.printing import ready
from fairhand.job.sheets import SheetWish, copies_of, imposition, sheets_pdf
from fairhand.press.print_job import PrintWish
from fairhand.press.printers import printer_at
from fairhand.stationery.paper import paper

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "samples" / "after-rejection" / "note.md"


@pytest.fixture(scope="module")
def printer(tmp_path_factory):
    """A printer that takes cards: its address, and the folder of what it received."""
    with card_printer(tmp_path_factory.mktemp("printer")) as started:
        yield started


def run(*arguments: str):
    return CliRunner().invoke(fairhand, ["print", *arguments])


def sent(printer, *arguments: str):
    """Print the sample, and return what the printer tells of the job and the file it received."""
    uri, spool = printer
    before = set(spool.glob("*.pdf"))
    done = run(str(SAMPLE), "--printer", uri, *arguments)
    assert done.exit_code == 0, (done.output, done.exception)
    number = re.search(r"job (\d+)", done.output)[1]
    (received,) = set(spool.glob("*.pdf")) - before
    told = subprocess.run(
        [tool("ipptool"), "-tv", uri, "-d", f"job={number}", "-f", os.devnull, "/dev/stdin"],
        input=ASK, capture_output=True, text=True, timeout=30, check=False,
    ).stdout  # fmt: skip
    return told, received.read_bytes(), done.output


ASK = """{
  NAME "What was asked"
  OPERATION Get-Job-Attributes
  GROUP operation-attributes-tag
  ATTR charset attributes-charset utf-8
  ATTR language attributes-natural-language en
  ATTR uri printer-uri $uri
  ATTR integer job-id $job
  ATTR name requesting-user-name $user
  STATUS successful-ok
}
"""


def box(data):
    with pikepdf.open(pypdfium_bytes(data)) as document:
        return [tuple(float(part) for part in page.mediabox) for page in document.pages]


def pypdfium_bytes(data):
    import io

    return io.BytesIO(data)


def test_the_printer_receives_the_card_as_it_is_on_a_medium_of_its_size(printer):
    told, received, output = sent(printer, "--card", "a2-flat", "--side", "1")
    assert "x-dimension=10795" in told
    assert "y-dimension=13970" in told
    assert "media-type=cardstock" in told
    assert "media-source=manual" in told
    assert "sides (keyword) = one-sided" in told
    assert "print-quality (enum) = high" in told
    assert "print-scaling (keyword) = none" in told
    assert "copies (integer) = 1" in told
    assert "100 %" in output
    assert box(received) == [(0, 0, 306, 396)]
    made = make(read(SAMPLE, card="a2-flat"), with_envelope=False)
    document, home = pypdfium2.PdfDocument(received), pypdfium2.PdfDocument(made.card_pdf())
    assert document[0].render().to_pil().tobytes() == home[0].render().to_pil().tobytes()


def test_a_folded_card_is_printed_on_both_sides_about_its_fold(printer):
    told, received, _ = sent(printer, "--card", "a7", "--copies", "3")
    assert "x-dimension=17780" in told
    assert "y-dimension=25400" in told
    assert "copies (integer) = 3" in told
    # One written side is one side; it goes in upright, so the page is turned with it.
    assert "sides (keyword) = one-sided" in told
    assert box(received) == [(0, 0, 504, 720)]


def test_two_written_sides_are_turned_about_the_fold(printer, tmp_path):
    note = tmp_path / "front.md"
    note.write_text("---\ncard: a2\nfront: Thank you\n---\nDear Ana,\n\nIt was lovely.\n\nTom\n")
    uri, _ = printer
    done = run(str(note), "--printer", uri, "--dry-run")
    assert '"sides": "two-sided-short-edge"' in done.output


def test_an_envelope_is_printed_as_one(printer):
    told, received, _ = sent(printer, "--card", "a7", "--envelope")
    assert "media-type=envelope" in told
    assert {round(part) for part in box(received)[0][2:]} == {378, 522}


def test_a_medium_that_the_printer_lacks_is_refused_with_those_it_has(printer):
    uri, spool = printer
    before = list(spool.iterdir())
    done = run(str(SAMPLE), "--card", "a10", "--printer", uri, "--type", "cardstock")
    assert isinstance(done.exception, InputError)
    assert "does not take a page of 292.1 x 234.9 mm" in done.exception.message
    assert "216 x 279 mm" in done.exception.hint
    done = run(str(SAMPLE), "--card", "a2", "--printer", uri, "--type", "papyrus")
    assert 'has no paper type "papyrus"' in done.exception.message
    assert "cardstock" in done.exception.hint
    assert list(spool.iterdir()) == before


def test_the_printer_is_listed_with_what_it_takes(printer):
    done = run("--list", "--printer", printer[0])
    assert done.exit_code == 0
    assert "216 x 279 mm" in done.output
    assert "cardstock" in done.output
    assert "two-sided-short-edge" in done.output


def test_the_loading_picture_is_written_with_the_print(printer, tmp_path):
    picture = tmp_path / "load.pdf"
    done = run(str(SAMPLE), "--card", "a2", "--printer", printer[0], "--dry-run",
               "--loading", str(picture))  # fmt: skip
    assert done.exit_code == 0, done.exception
    text = pypdfium2.PdfDocument(picture)[0].get_textpage().get_text_range()
    assert "A2 folded card, opened flat" in text
    assert "the edge of 140 mm first" in text
    assert "card stock" in text


def test_ink_in_the_margins_is_told(printer):
    made = make(read(SAMPLE, card="a2-flat"), with_envelope=False)
    found = printer_at(printer.uri)
    assert ready(made, found, PrintWish()).notices == ()
    wide = tuple(replace(medium, margins=Insets(30, 30, 30, 30)) for medium in found.media)
    (notice,) = ready(made, replace(found, media=wide), PrintWish()).notices
    assert "will be missing there" in notice


@pytest.mark.parametrize(
    ("card", "flip"),
    [("a2", "two-sided-short-edge"), ("a2-tent", "two-sided-short-edge"),
     ("a2-flat", "two-sided-long-edge"), ("a2-flat-wide", "two-sided-short-edge"),
     ("a9", "two-sided-short-edge")],
)  # fmt: skip
def test_a_card_is_turned_about_its_fold_or_like_a_page(card, flip):
    made = make(read(SAMPLE, card=card), with_envelope=False)
    assert flip_of(made.card_sheets[0]) == flip


def test_the_second_side_by_hand_stands_as_a_card_turned_like_a_page_needs_it(printer, tmp_path):
    """Printed apart and turned like the page of a book, the inside lies as a duplexer lays it."""
    note = tmp_path / "front.md"
    note.write_text("---\ncard: a2\nfront: Thank you\n---\nDear Ana,\n\nIt was lovely.\n\nTom\n")
    made = make(read(note), with_envelope=False)
    found = printer_at(printer.uri)
    both, second = (ready(made, found, PrintWish(), side=side).data for side in (0, 2))
    by_duplexer, by_hand = (
        pypdfium2.PdfDocument(data)[page].render().to_pil().convert("L")
        for data, page in ((both, 1), (second, 0))
    )
    assert by_hand.size == by_duplexer.size
    upside_down = by_hand.rotate(180)
    pairs = zip(by_duplexer.tobytes(), upside_down.tobytes(), strict=True)
    assert sum(abs(a - b) > 160 for a, b in pairs) < 0.002 * by_hand.width * by_hand.height
    flat = make(read(SAMPLE, card="a2-flat"), with_envelope=False)
    both, second = (ready(flat, found, PrintWish(), side=side).data for side in (0, 2))
    assert (
        pypdfium2.PdfDocument(both)[1].render().to_pil().tobytes()
        == pypdfium2.PdfDocument(second)[0].render().to_pil().tobytes()
    )


# Several cards on a sheet


def test_a_sheetful_of_cards_is_printed_on_the_paper_that_they_lie_on(printer):
    told, received, output = sent(
        printer, "--card", "a2", "--art", "botanical", "--on", "pre-scored A2 2-up",
        "--copies", "3",
    )  # fmt: skip
    assert "x-dimension=21590" in told
    assert "y-dimension=27940" in told
    assert "sides (keyword) = two-sided-long-edge" in told
    assert "copies (integer) = 1" in told
    assert "2 cards to a sheet" in output
    assert box(received) == [(0, 0, 612, 792)] * 4
    made = make(read(SAMPLE, card="a2", art="botanical"), with_envelope=False)
    wish = SheetWish(paper("pre-scored A2 2-up"), copies=3)
    how = imposition(made.composed.card, made.card_sheets, wish)
    cards = copies_of(made.card_sheets, wish)
    home = pypdfium2.PdfDocument(sheets_pdf(cards, how, wish, made.card_about("rgb"), "both"))
    for one, other in zip(pypdfium2.PdfDocument(received), home, strict=True):
        assert one.render().to_pil().tobytes() == other.render().to_pil().tobytes()


def test_sheets_are_printed_one_side_after_the_other_by_hand(printer):
    wishes = ("--card", "a2", "--art", "meadow", "--on", "letter")
    for side, words in (("1", "Thinking of you"), ("2", "Dear Ms. Okafor")):
        told, received, _ = sent(printer, *wishes, "--side", side)
        assert "sides (keyword) = one-sided" in told
        (page,) = pypdfium2.PdfDocument(received)
        assert words in " ".join(page.get_textpage().get_text_range().split())


@pytest.mark.parametrize(
    ("wishes", "said"),
    [(("--on", "a2"), "is a card"), (("--start", "2"), "larger sheets"),
     (("--on", "letter", "--start", "3"), "none can begin at place 3"),
     (("--on", "letter", "--envelope"), "by itself"),
     (("--on", "letter", "--side", "2"), "only one printed side")],
)  # fmt: skip
def test_sheets_that_cannot_be_printed_are_refused(printer, wishes, said):
    done = run(str(SAMPLE), "--card", "a2", "--printer", printer[0], "--dry-run", *wishes)
    assert isinstance(done.exception, InputError)
    assert said in done.exception.message
