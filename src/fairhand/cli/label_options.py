"""The options of labels, the file that they make, and what is told of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fairhand.cli.common import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fairhand.job.labels import Labels, LabelWish
    from fairhand.note.read import NoteFile
    from fairhand.output.pdf_colour import Colour
    from fairhand.press.calibration import Calibrated

CommandT = TypeVar("CommandT", bound="Callable[..., Any]")

_OPTIONS = (
    click.option("--labels", metavar="SHEET",
                 help="Labels instead: avery-5160, L7160 (fairhand stationery labels), or your own "
                 "my-labels.toml."),
    click.option("--start", type=int, help="With --labels: the first label to fill, from 1."),
    click.option("--return", "sender", is_flag=True, default=None,
                 help="With --labels: the sender's address, a sheetful."),
    click.option("--copies", type=int, help="With --labels: how many (1; a sheetful to return)."),
    click.option("--outline", is_flag=True, default=None,
                 help="With --labels: draw their edges, for a test on plain paper."),
)  # fmt: skip
LABEL_WISHES = ("labels", "start", "sender", "copies", "outline")
"""The options' names in Python."""


def label_options(command: CommandT) -> CommandT:
    """Add the options of labels."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def label_wish(wishes: dict[str, Any]) -> tuple[LabelWish, list[str]] | None:
    """Return what is wished of labels, and what has to be said of their sheet; None for none.

    InputError when details are given without `--labels`, or there is no such sheet.
    """
    from fairhand.errors import InputError
    from fairhand.job.labels import LabelWish, sheet_notices
    from fairhand.stationery.label_catalogue import label_sheet

    given = {key: value for key, value in wishes.items() if value is not None and key != "labels"}
    if wishes["labels"] is None:
        for key in given:
            option = "return" if key == "sender" else key
            hint = "Add --labels avery-5160, or the sheet that you have."
            raise InputError(f'"--{option}" is about labels.', hint=hint)
        return None
    if given.get("copies") == 0:
        raise InputError("0 labels cannot be made.", hint="Leave --copies out for one.")
    found = label_sheet(wishes["labels"])
    return LabelWish(found.sheet, **given), list(sheet_notices(found))


def label_files(
    source: NoteFile, wish: LabelWish, path: Path, colour: Colour, found: Calibrated | None
) -> tuple[dict[Path, bytes], Labels]:
    """Return the file of a note's labels, with the correction of the printer that was found."""
    from fairhand.cli.made_files import exported
    from fairhand.job.labels import labels, labels_pdf

    made = labels(source, wish)
    if path.suffix.lower() == ".pdf":
        correction = found.correction if found else None
        return {path: labels_pdf(made.sheets, made.about(colour), correction)}, made
    return exported(made.sheets, made.about(colour), path), made


def report_labels(made: Labels, files: list[Path], notices: list[str], *, as_json: bool) -> None:
    """Tell which file was made, what is on it, and how it is printed."""
    from fairhand.units import in_mm

    sheet = made.sheet
    notices = [*made.notices, *notices]
    size = f"{in_mm(sheet.cell_width):.4g} x {in_mm(sheet.cell_height):.4g} mm"
    if as_json:
        about = {
            "files": [str(path) for path in files],
            "labels": sheet.name,
            "source": sheet.source,
            "hand": made.hand.slug,
            "x_height_mm": round(made.x_height_mm, 2),
            "count": made.count,
            "sheets": len(made.sheets),
            "notices": notices,
        }
        click.echo(json.dumps(about, ensure_ascii=False, indent=2))
        return
    for path in files:
        click.echo(str(path))
    several = "labels" if made.count > 1 else "label"
    sheets = "1 sheet" if len(made.sheets) == 1 else f"{len(made.sheets)} sheets"
    say(
        f"{made.count} {several} of {size} on {sheets} of {sheet.name}, in {made.hand.data.name}, "
        f"small letters {made.x_height_mm:.1f} mm high. Print at 100 % (actual size), on the "
        'paper type "labels".'
    )
    for notice in notices:
        say(notice)
