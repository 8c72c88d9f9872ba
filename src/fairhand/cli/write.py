"""`fairhand write`: a note's card and its envelope."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairhand.cli.common import (
    colour_option,
    goes_alone,
    loading_path,
    note_options,
    outputs,
    put,
    read_source,
)
from fairhand.cli.correction_options import CORRECTION_WISHES, correction_options, correction_wish
from fairhand.cli.made_files import exported, report
from fairhand.cli.press_options import press_files, press_options, press_wish
from fairhand.cli.sheet_options import (
    SHEET_WISHES,
    sheet_files,
    sheet_options,
    sheet_wish,
)

if TYPE_CHECKING:
    from fairhand.job import Made
    from fairhand.output.pdf_colour import Colour


@click.command(name="write", short_help="Make the card and its envelope.")
@click.argument("note", metavar="NOTE")
@click.option(
    "-o", "--output", metavar="FILE|DIR",
    help="A folder, or the card's file (.pdf, .png, .svg); - writes the card to standard output.",
)  # fmt: skip
@click.option("--preview", is_flag=True, help="Add pictures (PNG) of the pages and of the whole.")
@colour_option
@press_options
@sheet_options
@correction_options
@click.option("--loading", metavar="FILE", help="Add a picture of how to load the tray (PDF).")
@click.option("--no-envelope", is_flag=True, help="Only the card.")
@note_options
@click.option("--json", "as_json", is_flag=True, help="Tell what was made as JSON.")
def write_command(
    note: str, output: str | None, preview: bool, colour: Colour, press: bool,
    condition: str | None, outlines: bool, no_marks: bool, most_ink: float | None,
    loading: str | None, no_envelope: bool, as_json: bool, **overrides: Any,
) -> None:  # fmt: skip
    """Make NOTE into a card and its addressed envelope.

    NOTE is a file (.md, .toml, .yaml, .json) or - for standard input. The files appear
    beside it: note.card.pdf and note.envelope.pdf.

    \b
      fairhand write note.md
      fairhand write note.md --card a6 --hand homemade-apple --preview
      fairhand write note.md -o card.svg
      fairhand write note.md --press                 note.card.press.pdf, for a print shop
      fairhand write note.md --on letter             note.sheets.pdf, as many as a sheet takes
    """
    from fairhand.errors import InputError
    from fairhand.job import make, save
    from fairhand.job.calibrating import carried
    from fairhand.job.loading import loading_picture
    from fairhand.job.sheets import on_its_stock

    wish = press_wish(press, condition, outlines, no_marks, most_ink)
    sheets = sheet_wish({key: overrides.pop(key) for key in SHEET_WISHES})
    if wish and sheets:
        raise InputError("A print shop imposes cards itself.", hint="Leave out --press or --on.")
    picture = loading_path(loading)
    if picture and (wish or (output and goes_alone(output))):
        raise InputError(
            "The loading picture is for printing at home.", hint="Leave out --loading."
        )
    found = correction_wish({key: overrides.pop(key) for key in CORRECTION_WISHES}, wish)
    source = on_its_stock(read_source(note, overrides), sheets[0] if sheets else None)
    if output and goes_alone(output):
        if sheets:
            raise InputError("Sheets go to files of their own.", hint="Name a folder with -o.")
        made = make(source, with_envelope=False)
        card_path = Path("card.pdf")
        if wish:
            alone, _ = press_files(made, wish, {"card": card_path})
        else:
            alone = exported(made.card_sheets, made.card_about(colour), card_path, found)
        put(alone[card_path], output)
        return
    made = make(source, with_envelope=not no_envelope)
    card_path, envelope_path = outputs(source, output, ".press.pdf" if wish else ".pdf")
    said: tuple[str, ...] = ()
    if wish:
        files, said = press_files(made, wish, {"card": card_path, "envelope": envelope_path})
    elif sheets:
        sheets_path = outputs(source, output, ".pdf", piece="sheets")[0]
        files, told = sheet_files(made, *sheets, sheets_path, colour, found)
        said = tuple(told)
    else:
        files = exported(made.card_sheets, made.card_about(colour), card_path, found)
    if made.envelope_sheets and not wish:
        about = made.envelope_about(colour)
        files |= exported(made.envelope_sheets, about, envelope_path, found)
    if found and any(path.suffix.lower() == ".pdf" for path in files):
        said += (carried(found),)
    if preview:
        files |= _previews(made, card_path, envelope_path)
    if picture:
        files[picture] = loading_picture(made, sheets[0] if sheets else None)
    save(files)
    report(made, list(files), said, as_json=as_json, flips=not (sheets or wish))


def _previews(made: Made, card_path: Path, envelope_path: Path) -> dict[Path, bytes]:
    from fairhand.output.formats import png_file
    from fairhand.pictures import MOCKUP_DPI, mockup_of

    files = exported(made.card_sheets, made.card_about("rgb"), card_path.with_suffix(".png"))
    if made.envelope_sheets:
        about = made.envelope_about("rgb")
        files |= exported(made.envelope_sheets, about, envelope_path.with_suffix(".png"))
    stem = card_path.stem.removesuffix(".card")
    preview = card_path.with_name(f"{stem}.preview.png")
    return files | {preview: png_file(mockup_of(made), MOCKUP_DPI)}
