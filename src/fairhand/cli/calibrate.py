"""`fairhand calibrate`: a test page, and what was read off it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairhand.cli.common import goes_alone, put, say

if TYPE_CHECKING:
    from fairhand.job.calibrating import Kept


@click.command(name="calibrate", short_help="Teach it where your printer really prints.")
@click.option("--printer", default="", metavar="NAME", help="For this printer; else for all.")
@click.option("--tray", default="", metavar="NAME", help="For this tray; else for all.")
@click.option("--medium", default="", metavar="NAME", help="For this paper type; else for all.")
@click.option("--right", metavar="LENGTH", help="Move ink to the right by 1.5mm; -1mm: left.")
@click.option("--down", metavar="LENGTH", help="Move ink down by 1.5mm; -1mm: up.")
@click.option("--across", metavar="LENGTH", help="What you measured of the level 100 mm rule.")
@click.option("--along", metavar="LENGTH", help="What you measured of the upright 100 mm rule.")
@click.option(
    "--skew",
    metavar="LENGTH",
    help="By how much the level line's right end is too low, for each 100 mm.",
)
@click.option("--back-right", metavar="LENGTH", help="As --right, for the back, looking at it.")
@click.option("--back-down", metavar="LENGTH", help="As --down, for the back, looking at it.")
@click.option("--corrected", is_flag=True, help="A test page that carries what is kept: a proof.")
@click.option("--show", is_flag=True, help="Tell what is kept.")
@click.option("--forget", "is_forgotten", is_flag=True, help="Forget the correction for these.")
@click.option(
    "--on",
    "paper",
    default="letter",
    metavar="PAPER|CARD",
    help="The test page's sheet: letter, a4, or a card (opened), such as a2.",
)
@click.option("-o", "--output", default="calibration.pdf", metavar="FILE", help="The test page.")
def calibrate_command(
    printer: str, tray: str, medium: str, corrected: bool, show: bool, is_forgotten: bool,
    paper: str, output: str, **readings: str | None,
) -> None:  # fmt: skip
    """Make a test page; or keep what you read off it, for all that you print at home.

    Two numbers are enough: how far ink has to move to the right, and down. Files for a
    press never carry a correction.

    \b
      fairhand calibrate                         calibration.pdf, with instructions on it
      fairhand calibrate --right 1.5mm --down -1mm
      fairhand calibrate --printer Canon --tray rear --right 0.8mm --back-down 0.5mm
      fairhand calibrate --show
    """
    from fairhand.errors import InputError
    from fairhand.job.calibrating import corrected_page, corrections, forget, keep, page_for

    given = {name: value for name, value in readings.items() if value is not None}
    if sum((show, is_forgotten, corrected, bool(given))) > 1:
        raise InputError("Show, forget, correct or keep: one at a time.",
                         hint="fairhand calibrate --help")  # fmt: skip
    if show:
        for entry in corrections():
            click.echo(f"{entry.told}: {entry.moves}")
        if not corrections():
            say("No printer is calibrated.")
    elif is_forgotten:
        forget(printer, tray, medium)
        say("Forgotten.")
    elif given:
        entry = keep(given, printer, tray, medium, _option)
        say(f"Kept for {entry.told}: ink moves {entry.moves}.")
        say("All that you print at home carries it from now on; --uncorrected leaves it out.")
    elif corrected:
        _refuse_other(output)
        _write_page(*corrected_page(paper, printer, tray, medium), output=output)
    else:
        _refuse_other(output)
        _write_page(page_for(paper), None, output=output)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _refuse_other(output: str) -> None:
    from fairhand.errors import InputError

    if Path(output).suffix.lower() != ".pdf" and not goes_alone(output):
        raise InputError("The test page is a PDF.", hint="Name a file that ends in .pdf.")


def _write_page(data: bytes, found: Kept | None, *, output: str) -> None:
    from fairhand.job import save

    if goes_alone(output):
        put(data, output)
    else:
        save({Path(output): data})
        click.echo(output)
    say("Print it at 100 %, on the stock and from the tray that you will use; both sides, if you "
        'will print both ("flip on long edge").')  # fmt: skip
    if found:
        say(f"Ink moves {found.moves}: the lines are 20 mm from their edges now, on both sides.")
    else:
        say("Then tell what you read: fairhand calibrate --right 1.5mm --down -1mm.")
