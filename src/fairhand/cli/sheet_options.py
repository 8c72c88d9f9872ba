"""The options of cards on larger sheets, and what they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fairhand.job import Made
    from fairhand.job.sheets import SheetWish
    from fairhand.output.pdf_colour import Colour
    from fairhand.press.calibration import Calibrated

CommandT = TypeVar("CommandT", bound="Callable[..., Any]")

_OPTIONS = (
    click.option("--on", "paper", metavar="PAPER",
                 help='Impose on letter, a4, "pre-scored A2 2-up" (fairhand stationery).'),
    click.option("--copies", type=int, help="With --on: how many of the card (a sheetful)."),
    click.option("--start", type=int, help="With --on: the first place to fill, from 1."),
    click.option("--reverse", is_flag=True, default=None, help="With --on: the last sheet first."),
    click.option("--flip", type=click.Choice(["long-edge", "short-edge", "manual"]),
                 help="With --on: how the sheet is turned over (long-edge)."),
    click.option("--sides", type=click.Choice(["both", "fronts", "backs", "apart"]),
                 help="With --on: both in one file, one of them, or apart in two files."),
    click.option("--marks/--no-sheet-marks", default=None,
                 help="With --on: marks for cutting and folding, or none."),
    click.option("--gutter", metavar="LENGTH", help="With --on: room between cards, such as 5mm."),
)  # fmt: skip
SHEET_WISHES = (
    "paper", "copies", "start", "reverse", "flip", "sides", "marks", "gutter",
)  # fmt: skip
"""The options' names in Python."""


def sheet_options(command: CommandT) -> CommandT:
    """Add the options of cards on larger sheets."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def merge_sheet_options(command: CommandT) -> CommandT:
    """Add those of the options that a merge has: how many there are, and their order, it knows."""
    for option in reversed([_OPTIONS[0], *_OPTIONS[4:]]):
        command = option(command)
    return command


def sheet_wish(wishes: dict[str, Any]) -> tuple[SheetWish, str] | None:
    """Return what was wished of sheets, and which files; None when none were.

    InputError when details are given without `--on`.
    """
    from fairhand.errors import InputError
    from fairhand.job.sheets import SheetWish, paper_for_cards
    from fairhand.units import parse_length

    given = {key: value for key, value in wishes.items() if value is not None and key != "paper"}
    if wishes["paper"] is None:
        for key in given:
            option = key.replace("_", "-")
            raise InputError(f'"--{option}" is about cards on larger sheets.',
                             hint="Add --on letter, or the paper that you have.")  # fmt: skip
        return None
    sides = given.pop("sides", "both")
    if "gutter" in given:
        given["gutter"] = parse_length(given["gutter"])
    copies = given.pop("copies", 0)
    if wishes["copies"] == 0:
        raise InputError("0 copies cannot be made.", hint="Leave out --copies for a sheetful.")
    wish = SheetWish(paper_for_cards(wishes["paper"]), copies=copies, **given)
    if wish.flip == "manual" and sides == "both":
        sides = "apart"
    return wish, sides


def sheet_files(
    made: Made, wish: SheetWish, sides: str, path: Path, colour: Colour,
    found: Calibrated | None = None,
) -> tuple[dict[Path, bytes], list[str]]:  # fmt: skip
    """Return the files of a card's sheets, and what is to be said of them.

    They carry the correction of the printer that was found.

    InputError when the card does not fit, or the name is not that of a PDF.
    """
    from fairhand.errors import InputError
    from fairhand.job.sheets import sheet_pdfs

    if path.suffix.lower() != ".pdf":
        raise InputError("Sheets are PDF files.", hint="Name a file that ends in .pdf, or none.")
    made_pdfs, said = sheet_pdfs(made, wish, sides, colour, found.correction if found else None)
    files = {
        path if which == "both" else path.with_name(f"{path.stem}.{which}.pdf"): data
        for which, data in made_pdfs.items()
    }
    return files, said
