"""`fairhand preview`: a picture of the card as it will look."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fairhand.cli.common import (
    end_progress,
    goes_alone,
    note_options,
    place_of_note,
    progress,
    put,
    read_source,
    say,
)
from fairhand.cli.table_options import refuse_without_table, source_of_row, table_options


@click.command(name="preview", short_help="A picture of the card as it will look.")
@click.argument("note", metavar="NOTE")
@click.option(
    "-o", "--output", metavar="FILE",
    help="The picture (.png); note.preview.png else, - is standard output.",
)  # fmt: skip
@click.option("--hands", "all_hands", is_flag=True, help="The note in every hand, in one picture.")
@click.option("--layouts", "all_layouts", is_flag=True, help="The note in every layout.")
@click.option("--fronts", "all_fronts", is_flag=True, help="The card with every drawn front.")
@click.option("--dpi", type=click.IntRange(30, 600), default=None, help="Pixels per inch.")
@table_options
@click.option("--row", type=click.IntRange(1), metavar="N", help="With --for: whose card (1).")
@note_options
def preview_command(
    note: str, output: str | None, all_hands: bool, all_layouts: bool, all_fronts: bool,
    dpi: int | None, people: str | None, mapped: tuple[str, ...], row: int | None, **overrides: Any,
) -> None:  # fmt: skip
    """Make a picture of NOTE: the card on its paper, with fold, shadow and envelope.

    \b
      fairhand preview note.md
      fairhand preview note.md --hands -o hands.png
      fairhand preview note.md --fronts -o fronts.png
      fairhand preview note.md --for people.csv --row 3
    """
    from fairhand.errors import InputError
    from fairhand.job import make, save
    from fairhand.output.formats import png_file
    from fairhand.pictures import MOCKUP_DPI, fronts_sheet, hands_sheet, layouts_sheet, mockup_of

    sheets = {"hands": all_hands, "layouts": all_layouts, "fronts": all_fronts}
    if sum(sheets.values()) > 1:
        raise InputError("Choose one of --hands, --layouts and --fronts.")
    if people:
        source = source_of_row(note, people, mapped, row or 1, overrides)
    else:
        refuse_without_table(row=row, map=mapped)
        source = read_source(note, overrides)
    kind = next((name for name, wished in sheets.items() if wished), "preview")
    folder, stem = place_of_note(source)
    path = Path(output) if output else folder / f"{stem}.{kind}.png"
    alone = goes_alone(output)
    if path.suffix.lower() != ".png" and not alone:
        raise InputError(f'A preview is a PNG picture, so "{path.name}" must end in .png.')
    if all_hands:
        picture = hands_sheet(source, progress)
    elif all_layouts:
        picture = layouts_sheet(source, progress)
    elif all_fronts:
        picture = fronts_sheet(source, progress)
    else:
        made = make(source)
        picture = mockup_of(made, dpi or MOCKUP_DPI)
        for notice in made.notices:
            say(notice)
    end_progress()
    data = png_file(picture, dpi or MOCKUP_DPI)
    if output and alone:
        put(data, output)
        return
    save({path: data})
    click.echo(str(path))
