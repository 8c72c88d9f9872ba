"""What a person reads off a printer's test page, made into a correction and kept.

A reading is a length as people write it ("1.5mm", "-0.04in", "0,8"). What was read of the rules
is how long they came out; everything else is how far ink has to move.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

from fairhand.catalog import build
from fairhand.errors import FailureError, InputError, Place
from fairhand.geometry import Size
from fairhand.job.calibration_page import calibration_pdf
from fairhand.job.files import save
from fairhand.press.calibration import (
    FOLDER,
    Calibrated,
    calibrated,
    calibrations,
    kept,
    kept_for,
    with_one_more,
    without,
)
from fairhand.stationery.catalogue import card
from fairhand.stationery.paper import paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

READINGS: Final = {
    "right": "To the right",
    "down": "Down",
    "across": "The level rule",
    "along": "The upright rule",
    "skew": "The slant of the level line",
    "back_right": "On the back, to the right",
    "back_down": "On the back, down",
}
"""What can be read off a test page, and what each is called on a page."""

_SIGNED = re.compile(r"^\s*([+-]?[0-9]+(?:[.,][0-9]+)?)\s*(mm|cm|in|pt|\")?\s*$")
_IN_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, '"': 25.4, "pt": 25.4 / 72}
_MOST_STRETCH, _SCALED = 0.03, 0.3
"""Printers are off by a hundredth or so; what "fit to page" does begins at three and more."""

_MOST = {"right": 30.0, "down": 30.0, "back_right": 30.0, "back_down": 30.0, "skew": 8.0}


class Kept(NamedTuple):
    """A correction that is kept: for which printer, tray and paper type, and what it does."""

    printer: str
    tray: str
    medium: str
    told: str
    moves: str


def on_page(name: str) -> str:
    """Return what a reading is called on a page: "To the right"."""
    return READINGS[name]


def corrections() -> tuple[Kept, ...]:
    """Return what is kept, in words; InputError when the file of it is damaged."""
    return tuple(map(_told, calibrations()))


def keep(
    readings: Mapping[str, str], printer: str = "", tray: str = "", medium: str = "",
    called: Callable[[str], str] = on_page,
) -> Kept:  # fmt: skip
    """Make readings into a correction, and keep it for a printer, a tray, a paper type; "" is all.

    What was measured before and is not among the readings stays. `called` tells what the person
    knows a reading by. InputError, with its name as `field`, for what is no reading; FailureError
    when nothing can be kept.
    """
    if not readings:
        raise InputError("Nothing was read off the test page.",
                         hint="Two numbers are enough: to the right, and down.")  # fmt: skip
    entry = _entry(printer, tray, medium, readings, called)
    _save(with_one_more(entry))
    return _told(entry)


def forget(printer: str = "", tray: str = "", medium: str = "") -> None:
    """Forget the correction for these; InputError when there is none."""
    _save(without(printer, tray, medium))


def page_for(
    sheet: str = "letter", found: Calibrated | None = None, *, in_studio: bool = False
) -> bytes:
    """Return the test page on a paper ("letter", "a4") or on an opened card ("a2").

    With what was `found` for a printer it is a proof that carries that. `in_studio`: what is read
    off it is written on a page. InputError for a sheet that there is not.
    """
    size, title = _sheet(sheet)
    correction = found.correction if found else None
    return calibration_pdf(size, title, correction, on_page=in_studio)


def corrected_page(
    sheet: str = "letter", printer: str = "", tray: str = "", medium: str = "", *,
    in_studio: bool = False,
) -> tuple[bytes, Kept]:  # fmt: skip
    """Return a test page that carries what is kept, and what that is; InputError for nothing."""
    found = calibrated(printer, tray, medium)
    if found is None:
        raise InputError("Nothing is kept for this printer.", hint="Measure the test page first.")
    return page_for(sheet, found, in_studio=in_studio), _told(found)


def correction_for(
    printer: str = "", tray: str = "", medium: str = ""
) -> tuple[Calibrated | None, tuple[str, ...]]:
    """Return the correction that a file for home carries, if there is one, and what is to be said.

    InputError when a printer, tray or paper type is named that has none.
    """
    asked = {"printer": printer, "tray": tray, "medium": medium}
    named = {key: value for key, value in asked.items() if value}
    found = calibrated(**named)
    if named and not found:
        _refuse(named)
    if not found and calibrations():
        return None, (
            "Several printers are calibrated, so ink stays where it is: name one with --printer.",
        )
    return found, ()


def carried(found: Calibrated, what: str = "PDF") -> str:
    """Return what a person has to know of files that carry a correction."""
    return (
        f"In the {what} ink moves {found.correction.told}, as calibrated for {found.told}, and "
        "pages stand upright, as they are fed; --uncorrected leaves them as they were."
    )


def _refuse(named: Mapping[str, str]) -> NoReturn:
    """InputError that tells what is calibrated; of the printer alone, where trays differ."""
    known = calibrations()
    own = [one for one in known if one.key[0] == named.get("printer", "").casefold()]
    if own and list(named) == ["printer"]:
        told = "; ".join(one.told for one in own)
        raise InputError(f'"{own[0].printer}" has several corrections, and none for all of it.',
                         hint=f"Choose with --tray, --medium: {told}.")  # fmt: skip
    told = "; ".join(one.told for one in known) or "none"
    raise InputError(f"There is no correction for {Calibrated(**named).told}.",
                     hint=f"Calibrated: {told}. fairhand calibrate makes one.")  # fmt: skip


def _told(entry: Calibrated) -> Kept:
    return Kept(entry.printer, entry.tray, entry.medium, entry.told, entry.correction.told)


def _save(entries: Iterable[Calibrated]) -> None:
    try:
        save(kept(entries))
    except FailureError as error:
        raise FailureError(
            error.message, hint=f"Name another folder for settings with {FOLDER}."
        ) from None


def _sheet(name: str) -> tuple[Size, str]:
    try:
        found = paper(name)
        size, title = found.size, found.title
    except InputError:
        chosen = card(name)
        size = chosen.flat_size
        title = f"{chosen.title}, opened" if chosen.fold != "none" else chosen.title
    # It stands upright, as it is fed: a driver that turns pages would turn what is read off too.
    return Size(min(size), max(size)), title


def _entry(
    printer: str, tray: str, medium: str, given: Mapping[str, str], called: Callable[[str], str]
) -> Calibrated:
    """Make the numbers that were read into a correction; InputError for what is no reading."""
    if unknown := sorted(given.keys() - READINGS.keys()):
        raise InputError(f'"{unknown[0]}" is not read off a test page.',
                         hint=f"There are: {', '.join(READINGS)}.")  # fmt: skip
    read = {name: _millimetres(name, text, called) for name, text in given.items()}
    for name, value in read.items():
        most = _MOST.get(name)
        if most and abs(value) > most:
            raise InputError(
                f'"{called(name)} {given[name]}" is more than a printer is ever off.',
                hint=f"At most {most:g} mm: by how much ink has to move, not where it stands.",
                field=name,
            )
    # What was measured today does not unsay what was measured yesterday.
    fields: dict[str, Any] = kept_for(printer, tray, medium).model_dump()
    for name in ("right", "down", "back_right", "back_down"):
        if name in read:
            fields[f"{name}_mm"] = read[name]
    for name in ("across", "along"):
        if name in read:
            fields[f"scale_{name}"] = _factor(name, read[name], called)
    if "skew" in read:
        # What runs down to the right is turned back to the left.
        fields["turn_degrees"] = round(math.degrees(math.atan2(read["skew"], 100.0)), 4)
    return build(Calibrated, fields, Place("what you measured"))


def _factor(name: str, measured: float, called: Callable[[str], str]) -> float:
    """Return by how much a rule that was measured has to grow."""
    for true in (100.0, 50.0):
        if abs(measured / true - 1) <= _MOST_STRETCH:
            return round(true / measured, 6)
        if abs(measured / true - 1) < _SCALED:
            raise InputError(
                f"{measured:g} mm for {true:g} mm is no printer's error: a viewer scaled the page.",
                hint='Print the test page at 100 % ("actual size", not "fit"), and measure again.',
                field=name,
            )
    raise InputError(
        f'"{called(name)}" is what you measured of a rule of 100 mm (or 50 mm on a small page), '
        f"not {measured:g} mm.",
        hint=f"Measure from its first stroke to its last, and write it like {_example(called)}.",
        field=name,
    )


def _example(called: Callable[[str], str]) -> str:
    return "99.2mm" if called is on_page else f"{called('across')} 99.2mm"


def _millimetres(name: str, text: str, called: Callable[[str], str]) -> float:
    """Turn "1.5mm", "-0.04in" or a bare number of millimetres into millimetres."""
    match = _SIGNED.match(text)
    if match is None:
        raise InputError(
            f'"{called(name)} {text}" is not a length.',
            hint='Write it like "1.5mm"; to the left and up are negative.',
            field=name,
        )
    return round(float(match[1].replace(",", ".")) * _IN_MM[match[2] or "mm"], 4)
