"""Where the printer at home really prints: a test page, and the numbers that were read off it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field

from fairhand.job import calibrating
from fairhand.studio.asked import Asked, DeskHere
from fairhand.studio.giving import attached

router = APIRouter()
_LENGTHS = ("right", "down", "across", "along", "skew", "back_right", "back_down")


class WhichPrinter(Asked):
    """A printer, one of its trays and a paper type; "" for all."""

    printer: str = Field("", max_length=300)
    tray: str = Field("", max_length=60)
    medium: str = Field("", max_length=60)


class Readings(WhichPrinter):
    """What was measured on the test page, as a person writes lengths."""

    right: str = Field("", max_length=20)
    down: str = Field("", max_length=20)
    across: str = Field("", max_length=20)
    along: str = Field("", max_length=20)
    skew: str = Field("", max_length=20)
    back_right: str = Field("", max_length=20)
    back_down: str = Field("", max_length=20)


@router.get("/calibration.pdf")
def page_to_measure(desk: DeskHere, paper: str = "letter", corrected: bool = False) -> Response:
    """Return the test page of a paper or a card."""
    with desk.work:
        if corrected:
            data, _ = calibrating.corrected_page(paper, in_studio=True)
        else:
            data = calibrating.page_for(paper, in_studio=True)
    return attached(data, "calibration.pdf", "application/pdf")


@router.get("/calibration")
def kept() -> dict[str, list[str]]:
    """Return what is kept, in sentences."""
    return {"kept": _kept()}


@router.post("/calibration")
def keep(asked: Readings) -> dict[str, list[str]]:
    """Keep what was measured."""
    given = {name: getattr(asked, name) for name in _LENGTHS if getattr(asked, name).strip()}
    one = calibrating.keep(given, asked.printer, asked.tray, asked.medium)
    return {"said": [f"Kept for {one.told}: ink moves {one.moves}."], "kept": _kept()}


@router.delete("/calibration")
def forget(asked: WhichPrinter) -> dict[str, list[str]]:
    """Forget what was measured for a printer."""
    calibrating.forget(asked.printer, asked.tray, asked.medium)
    return {"kept": _kept()}


def _kept() -> list[str]:
    return [f"{one.told}: ink moves {one.moves}" for one in calibrating.corrections()]
