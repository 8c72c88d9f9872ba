"""Printing from a page: the printers as one chooses them, and a card that a printer receives."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from card_printer import card_printer
from click.testing import CliRunner

from fairhand.cli import fairhand
from fairhand.errors import InputError
from fairhand.job import read
from fairhand.job.at_the_printer import PrintChoice, plan_told, print_note, ready_as, shown
from fairhand.press.printers import printer_at

SAMPLE = Path(__file__).parents[2] / "samples" / "after-rejection" / "note.md"


@pytest.fixture(scope="module")
def printer(tmp_path_factory):
    with card_printer(tmp_path_factory.mktemp("printer")) as started:
        yield started


def test_a_printer_shows_what_one_chooses_from(printer):
    found = shown(printer_at(printer[0]))
    assert found.title
    assert found.types
    assert found.trays
    assert not found.is_silent
    with pytest.raises(InputError):
        plan_told(
            ready_as(read(SAMPLE, card="a2-flat"), printer[0], PrintChoice(type="no-such-stock"))
        )
    for kind in set(found.types) - {"auto"}:
        said = plan_told(ready_as(read(SAMPLE, card="a2-flat"), printer[0], PrintChoice(type=kind)))
        assert kind in said[0]


@pytest.mark.parametrize("piece", ["card", "envelope"])
def test_a_piece_reaches_the_printer_and_is_told_as_on_the_command_line(printer, piece):
    uri, spool = printer
    before = set(spool.glob("*.pdf"))
    said = print_note(read(SAMPLE, card="a2-flat"), uri, PrintChoice(piece=piece, copies=2))
    (received,) = set(spool.glob("*.pdf")) - before
    with pikepdf.open(received) as file:
        assert len(file.pages) == (2 if piece == "card" else 1)
    options = ["--envelope"] if piece == "envelope" else []
    done = CliRunner().invoke(fairhand, ["print", str(SAMPLE), "--card", "a2-flat", "--printer",
                                         uri, "--copies", "2", *options])  # fmt: skip
    told = [line for line in done.output.splitlines() if not line.startswith("Sent")]
    assert [one for one in said if not one.startswith("Sent")] == told
    assert any(one.startswith("Sent") for one in said)


def test_a_plan_sends_nothing(printer):
    uri, spool = printer
    before = set(spool.glob("*"))
    assert "100 %" in plan_told(ready_as(read(SAMPLE, card="a2-flat"), uri, PrintChoice()))[0]
    assert set(spool.glob("*")) == before


@pytest.mark.parametrize(
    "choice",
    [PrintChoice(side=2, piece="envelope"), PrintChoice(copies=0), PrintChoice(tray="no-such"),
     PrintChoice(piece="envelope", paper="letter"), PrintChoice(paper="a7")],
)  # fmt: skip
def test_what_cannot_be_printed_is_refused(printer, choice):
    with pytest.raises(InputError):
        plan_told(ready_as(read(SAMPLE, card="a2-flat"), printer[0], choice))
