"""The options of files for a print shop, and what they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fairhand.job import Made
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


class PressWish(NamedTuple):
    """What the person said about files for a press."""

    condition: str
    outlines: bool
    marks: bool
    most_ink: float | None = None


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
    from fairhand.job.press import press_file
    from fairhand.stationery.condition import condition

    if any(path.suffix.lower() != ".pdf" for path in paths.values()):
        raise InputError("A press wants a PDF.", hint="Name a file that ends in .pdf, or none.")
    chosen = condition(wish.condition, made.composed.card.region)
    if wish.most_ink is not None:
        chosen = chosen.model_copy(update={"most_ink": wish.most_ink})
    details = {"outlines": wish.outlines, "marks": wish.marks}
    files = {
        path: press_file(made, piece, chosen, **details)
        for piece, path in paths.items()
        if piece == "card" or made.envelope_sheets
    }
    fit = all(file.fit for file in files.values())
    verdict = "found fit by fairhand check" if fit else "but look at this before you send it"
    said = [
        f'For a print shop: PDF/X-4 for "{chosen.title}", {verdict}.',
        *(notice for file in files.values() for notice in file.notices),
    ]
    return {path: file.data for path, file in files.items()}, tuple(dict.fromkeys(said))
