"""The options of files for a print shop, and what they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fairhand.job import Made
    from fairhand.job.merge.order import PressWish
    from fairhand.job.press import Piece

CommandT = TypeVar("CommandT", bound="Callable[..., Any]")

_OPTIONS = (
    click.option("--press", is_flag=True, help="For a print shop: PDF/X-4 with bleed and marks."),
    click.option(
        "--condition", metavar="NAME|ICC",
        help="With --press: fogra39, or the print shop's own profile (a path to .icc).",
    ),
    click.option(
        "--most-ink", type=float, metavar="PER CENT",
        help="With --press: what the paper bears of all plates together, if the shop says so.",
    ),
    click.option("--outlines", is_flag=True, help="With --press: letters as shapes, no fonts."),
    click.option("--no-marks", is_flag=True, help="With --press: bleed, but no marks."),
)  # fmt: skip


def press_options(command: CommandT) -> CommandT:
    """Add the options of files for a print shop."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def press_wish(
    press: bool, condition: str | None, outlines: bool, no_marks: bool, most_ink: float | None
) -> PressWish | None:
    """Return what was wished of a press file, None when none was.

    InputError when details are given without `--press`, or the ink is no share of four plates.
    """
    from fairhand.errors import InputError
    from fairhand.job.merge.order import PressWish

    if press:
        refuse_ink_limit(most_ink)
        return PressWish(condition or "auto", outlines, not no_marks, most_ink)
    given = {"--condition": condition, "--outlines": outlines, "--no-marks": no_marks,
             "--most-ink": most_ink is not None}  # fmt: skip
    for name, value in given.items():
        if value:
            raise InputError(f'"{name}" is about files for a print shop.', hint="Add --press.")
    return None


def refuse_ink_limit(limit: float | None) -> None:
    """InputError for what is no limit of four plates together, per cent."""
    from fairhand.errors import InputError

    if limit is not None and not 0 < limit <= 400:
        raise InputError("The ink limit is a number of per cent up to 400.",
                         hint="Coated paper bears 300, uncoated 260 to 300.")  # fmt: skip


def press_files(
    made: Made, wish: PressWish, paths: Mapping[Piece, Path]
) -> tuple[dict[Path, bytes], tuple[str, ...]]:
    """Return the press files of the card, of its envelope, or of both, and what is to be said.

    InputError when one of the paths is no PDF's.
    """
    from fairhand.errors import InputError
    from fairhand.job.downloads import press_pieces

    if any(path.suffix.lower() != ".pdf" for path in paths.values()):
        raise InputError("A press wants a PDF.", hint="Name a file that ends in .pdf, or none.")
    files, said = press_pieces(made, wish, tuple(paths))
    return {paths[piece]: data for piece, data in files.items()}, said
