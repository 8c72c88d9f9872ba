"""`fairhand calibrate`: a test page, and what was read off it."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairhand.cli.common import goes_alone, put, say

if TYPE_CHECKING:
    from fairhand.geometry import Size
    from fairhand.press.calibration import Calibrated

_SIGNED = re.compile(r"^\s*([+-]?[0-9]+(?:[.,][0-9]+)?)\s*(mm|cm|in|pt|\")?\s*$")
_IN_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, '"': 25.4, "pt": 25.4 / 72}
_MOST_STRETCH, _SCALED = 0.03, 0.3
"""Printers are off by a hundredth or so; what "fit to page" does begins at three and more."""

_MOST = {"right": 30.0, "down": 30.0, "back_right": 30.0, "back_down": 30.0, "skew": 8.0}


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
@click.option("--forget", is_flag=True, help="Forget the correction for these.")
@click.option(
    "--on",
    "paper",
    default="letter",
    metavar="PAPER|CARD",
    help="The test page's sheet: letter, a4, or a card (opened), such as a2.",
)
@click.option("-o", "--output", default="calibration.pdf", metavar="FILE", help="The test page.")
def calibrate_command(
    printer: str, tray: str, medium: str, corrected: bool, show: bool, forget: bool, paper: str,
    output: str, **readings: str | None,
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
    from fairhand.press.calibration import (
        calibrated,
        calibrations,
        with_one_more,
        without,
    )

    given = {name: value for name, value in readings.items() if value is not None}
    if sum((show, forget, corrected, bool(given))) > 1:
        raise InputError("Show, forget, correct or keep: one at a time.",
                         hint="fairhand calibrate --help")  # fmt: skip
    if show:
        for entry in calibrations():
            click.echo(f"{entry.told}: {entry.correction.told}")
        if not calibrations():
            say("No printer is calibrated.")
    elif forget:
        _keep(without(printer, tray, medium))
        say("Forgotten.")
    elif given:
        entry = _entry(printer, tray, medium, given)
        _keep(with_one_more(entry))
        say(f"Kept for {entry.told}: ink moves {entry.correction.told}.")
        say("All that you print at home carries it from now on; --uncorrected leaves it out.")
    else:
        found = calibrated(printer, tray, medium) if corrected else None
        if corrected and found is None:
            raise InputError(
                "Nothing is kept for this printer.", hint="Measure the test page first."
            )
        _write_page(paper, output, found)


def _keep(entries: list[Calibrated]) -> None:
    from fairhand.errors import FailureError
    from fairhand.job import save
    from fairhand.press.calibration import FOLDER, kept

    try:
        save(kept(entries))
    except FailureError as error:
        raise FailureError(
            error.message, hint=f"Name another folder for settings with {FOLDER}."
        ) from None


def _write_page(paper: str, output: str, found: Calibrated | None) -> None:
    from fairhand.errors import InputError
    from fairhand.job import save
    from fairhand.job.calibration_page import calibration_pdf

    alone = goes_alone(output)
    if Path(output).suffix.lower() != ".pdf" and not alone:
        raise InputError("The test page is a PDF.", hint="Name a file that ends in .pdf.")
    size, title = _sheet(paper)
    data = calibration_pdf(size, title, found.correction if found else None)
    if alone:
        put(data, output)
    else:
        save({Path(output): data})
        click.echo(output)
    say("Print it at 100 %, on the stock and from the tray that you will use; both sides, if you "
        'will print both ("flip on long edge").')  # fmt: skip
    if found:
        say(f"Ink moves {found.correction.told}: the lines are 20 mm from their edges now, on "
            "both sides.")  # fmt: skip
    else:
        say("Then tell what you read: fairhand calibrate --right 1.5mm --down -1mm.")


def _sheet(name: str) -> tuple[Size, str]:
    from fairhand.errors import InputError
    from fairhand.stationery.catalogue import card
    from fairhand.stationery.paper import paper

    try:
        found = paper(name)
        size, title = found.size, found.title
    except InputError:
        chosen = card(name)
        size = chosen.flat_size
        title = f"{chosen.title}, opened" if chosen.fold != "none" else chosen.title
    # It stands upright, as it is fed: a driver that turns pages would turn what is read off too.
    return type(size)(min(size), max(size)), title


def _entry(printer: str, tray: str, medium: str, given: dict[str, str]) -> Any:
    """Make the numbers that were read into a correction; InputError for what is no reading."""
    from fairhand.catalog import build
    from fairhand.errors import InputError, Place
    from fairhand.press.calibration import Calibrated, kept_for

    read = {name: _millimetres(name, text) for name, text in given.items()}
    for name, value in read.items():
        most = _MOST.get(name)
        if most and abs(value) > most:
            raise InputError(
                f'"--{name.replace("_", "-")} {given[name]}" is more than a printer is ever off.',
                hint=f"At most {most:g} mm: by how much ink has to move, not where it stands.",
            )
    # What was measured today does not unsay what was measured yesterday.
    fields: dict[str, Any] = kept_for(printer, tray, medium).model_dump()
    for name in ("right", "down", "back_right", "back_down"):
        if name in read:
            fields[f"{name}_mm"] = read[name]
    for name in ("across", "along"):
        if name in read:
            fields[f"scale_{name}"] = _factor(name, read[name])
    if "skew" in read:
        # What runs down to the right is turned back to the left.
        fields["turn_degrees"] = round(math.degrees(math.atan2(read["skew"], 100.0)), 4)
    return build(Calibrated, fields, Place("what you measured"))


def _factor(name: str, measured: float) -> float:
    """Return by how much a rule that was measured has to grow."""
    from fairhand.errors import InputError

    for true in (100.0, 50.0):
        if abs(measured / true - 1) <= _MOST_STRETCH:
            return round(true / measured, 6)
        if abs(measured / true - 1) < _SCALED:
            raise InputError(
                f"{measured:g} mm for {true:g} mm is no printer's error: a viewer scaled the page.",
                hint='Print the test page at 100 % ("actual size", not "fit"), and measure again.',
            )
    raise InputError(
        f'"--{name}" is what you measured of a rule of 100 mm (or 50 mm on a small page), '
        f"not {measured:g} mm.",
        hint="Measure from its first stroke to its last, and write it like --across 99.2mm.",
    )


def _millimetres(name: str, text: str) -> float:
    """Turn "1.5mm", "-0.04in" or a bare number of millimetres into millimetres."""
    from fairhand.errors import InputError

    match = _SIGNED.match(text)
    if match is None:
        raise InputError(
            f'"--{name.replace("_", "-")} {text}" is not a length.',
            hint='Write it like "1.5mm"; to the left and up are negative.',
        )
    return round(float(match[1].replace(",", ".")) * _IN_MM[match[2] or "mm"], 4)
