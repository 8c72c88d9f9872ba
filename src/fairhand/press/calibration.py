"""What was read off a test page, kept by printer, tray and medium in a file of the user's.

FAIRHAND_CONFIG names another folder than the system's own for settings.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs
from pydantic import Field, ValidationError

from fairhand.catalog import Model
from fairhand.errors import InputError, Place
from fairhand.impose.corrected import Correction

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER: Final = "FAIRHAND_CONFIG"
_FILE = "calibration.json"
_MOST_MM = 30.0
_MOST_DEGREES = 5.0
_LARGEST = 1_000_000


class Calibrated(Model):
    """One printer's correction; an empty `tray` or `medium` means all of them.

    `back_right_mm`, `back_down_mm`: how far ink moves on the second side, as one looks at that;
    None: as on the first.
    """

    printer: str = ""
    tray: str = ""
    medium: str = ""
    right_mm: float = Field(0.0, ge=-_MOST_MM, le=_MOST_MM)
    down_mm: float = Field(0.0, ge=-_MOST_MM, le=_MOST_MM)
    scale_across: float = Field(1.0, ge=0.9, le=1.1)
    scale_along: float = Field(1.0, ge=0.9, le=1.1)
    turn_degrees: float = Field(0.0, ge=-_MOST_DEGREES, le=_MOST_DEGREES)
    back_right_mm: float | None = Field(None, ge=-_MOST_MM, le=_MOST_MM)
    back_down_mm: float | None = Field(None, ge=-_MOST_MM, le=_MOST_MM)

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is for."""
        return (self.printer.casefold(), self.tray.casefold(), self.medium.casefold())

    @property
    def correction(self) -> Correction:
        """What is done to sheets."""
        back = (self.back_right_mm, self.back_down_mm)
        more = (
            0.0 if own is None else own - front
            for own, front in zip(back, (self.right_mm, self.down_mm), strict=True)
        )
        return Correction(
            self.right_mm, self.down_mm, self.scale_across, self.scale_along, self.turn_degrees,
            *more,
        )  # fmt: skip

    @property
    def told(self) -> str:
        """For which printer, tray and medium, in words."""
        parts = [self.printer or "every printer", self.tray and f"tray {self.tray}", self.medium]
        return ", ".join(part for part in parts if part)


def config_file() -> Path:
    """Return where corrections are kept."""
    named = os.environ.get(FOLDER)
    folder = Path(named) if named else Path(platformdirs.user_config_dir("fairhand", False))
    return folder / _FILE


def calibrations() -> tuple[Calibrated, ...]:
    """Return all corrections that are kept; InputError when their file is damaged."""
    path = config_file()
    try:
        with path.open("rb") as stream:
            entries = json.loads(stream.read(_LARGEST).decode())
        return tuple(Calibrated.model_validate(entry) for entry in entries)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, ValidationError, TypeError, RecursionError):
        raise InputError(
            "The printers' corrections cannot be read.",
            hint="Delete the file, and calibrate anew: fairhand calibrate.",
            place=Place(str(path)),
        ) from None


def calibrated(printer: str = "", tray: str = "", medium: str = "") -> Calibrated | None:
    """Return the correction for a print; the one that names most of it, None when none is for it.

    Without a printer's name: that for every printer, else the only printer's that is known.
    """
    known = calibrations()
    if not printer:
        names = {entry.printer.casefold() for entry in known}
        if "" not in names:
            if len(names) != 1:
                return None
            printer = known[0].printer
    wanted = (printer.casefold(), tray.casefold(), medium.casefold())
    fitting = [
        entry for entry in known
        if all(own in ("", asked) for own, asked in zip(entry.key, wanted, strict=True))
    ]  # fmt: skip
    if not (tray or medium):
        # One tray was calibrated, and no tray was named: it is that one.
        own = [entry for entry in known if entry.key[0] == wanted[0]]
        fitting = own if len(own) == 1 else fitting
    return max(fitting, key=lambda entry: sum(map(bool, entry.key)), default=None)


def kept(entries: Iterable[Calibrated]) -> dict[Path, bytes]:
    """Return the file that keeps these corrections."""
    told = [entry.model_dump(exclude_defaults=True) for entry in entries]
    return {config_file(): (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()}


def kept_for(printer: str, tray: str, medium: str) -> Calibrated:
    """Return the correction that is kept for exactly these, or one that corrects nothing."""
    asked = Calibrated(printer=printer, tray=tray, medium=medium)
    return next((one for one in calibrations() if one.key == asked.key), asked)


def with_one_more(entry: Calibrated) -> list[Calibrated]:
    """Return the corrections with one of them new, or in the place of the old one for the same."""
    return [*(one for one in calibrations() if one.key != entry.key), entry]


def without(printer: str, tray: str, medium: str) -> list[Calibrated]:
    """Return the corrections without one; InputError when there is none for these."""
    wanted = (printer.casefold(), tray.casefold(), medium.casefold())
    known = calibrations()
    if all(one.key != wanted for one in known):
        names = "; ".join(one.told for one in known) or "none"
        raise InputError("There is no correction to forget for this.", hint=f"Kept: {names}.")
    return [one for one in known if one.key != wanted]
