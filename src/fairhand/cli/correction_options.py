"""The options of a printer's correction in files for home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from fairhand.cli.common import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairhand.job.merge.order import PressWish
    from fairhand.press.calibration import Calibrated

CommandT = TypeVar("CommandT", bound="Callable[..., Any]")

_OPTIONS = (
    click.option("--printer", default="", metavar="NAME",
                 help="Carry the correction of this printer (fairhand calibrate)."),
    click.option("--tray", default="", metavar="NAME", help="The correction for this tray of it."),
    click.option("--medium", default="", metavar="NAME",
                 help="The correction for this paper type."),
    click.option("--uncorrected", is_flag=True, help="Carry no printer's correction."),
)  # fmt: skip
CORRECTION_WISHES = ("printer", "tray", "medium", "uncorrected")
"""The options' names in Python."""


def correction_options(command: CommandT) -> CommandT:
    """Add the options of a printer's correction."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def correction_wish(wishes: dict[str, Any], press: PressWish | None) -> Calibrated | None:
    """Return the correction that a file for home carries; None for a press, and where none is.

    InputError when a printer, tray or paper type is named that has none, or for a press.
    """
    from fairhand.errors import InputError
    from fairhand.job.calibrating import correction_for

    named = {key: wishes[key] for key in ("printer", "tray", "medium") if wishes[key]}
    if press and named:
        raise InputError(
            "A file for a press carries no printer's correction.",
            hint=f"Leave out --press, or --{next(iter(named))}.",
        )
    if press or wishes["uncorrected"]:
        return None
    found, said = correction_for(**named)
    for line in said:
        say(line)
    return found
