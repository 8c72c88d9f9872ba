"""`fairhand envelope`: the envelope alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairhand.cli.common import colour_option, goes_alone, note_options, outputs, put, read_source
from fairhand.cli.correction_options import CORRECTION_WISHES, correction_options, correction_wish
from fairhand.cli.label_options import (
    LABEL_WISHES,
    label_files,
    label_options,
    label_wish,
    report_labels,
)
from fairhand.cli.made_files import exported, report
from fairhand.cli.press_options import press_files, press_options, press_wish

if TYPE_CHECKING:
    from fairhand.output.pdf_colour import Colour


@click.command(name="envelope", short_help="Make only the envelope.")
@click.argument("note", metavar="NOTE")
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR",
    help="A folder, or the envelope's file; - is standard output.",
)
@label_options
@colour_option
@press_options
@correction_options
@note_options
@click.option("--json", "as_json", is_flag=True, help="Tell what was made as JSON.")
def envelope_command(
    note: str, output: str | None, colour: Colour, press: bool, condition: str | None,
    outlines: bool, no_marks: bool, most_ink: float | None, as_json: bool, **overrides: Any,
) -> None:  # fmt: skip
    """Make only the envelope of NOTE: note.envelope.pdf; or labels instead: note.labels.pdf.

    \b
      fairhand envelope note.md
      fairhand envelope note.md -o address.svg
      fairhand envelope note.md --press              note.envelope.press.pdf
      fairhand envelope note.md --labels avery-5160 --start 7
      fairhand envelope note.md --labels L7651 --return      a sheet of return labels
    """
    from fairhand.errors import InputError
    from fairhand.job import save
    from fairhand.job.downloads import made_with_envelope

    on_labels = label_wish({key: overrides.pop(key) for key in LABEL_WISHES})
    wish = press_wish(press, condition, outlines, no_marks, most_ink)
    if on_labels and wish:
        raise InputError("Labels are printed at home or in an office, not on a press.",
                         hint="Leave out --press, or --labels.")  # fmt: skip
    found = correction_wish({key: overrides.pop(key) for key in CORRECTION_WISHES}, wish)
    source = read_source(note, overrides)
    alone = bool(output) and goes_alone(output)
    if on_labels:
        path, _ = outputs(source, None if alone else output, ".pdf", "labels")
        files, printed = label_files(source, on_labels[0], path, colour, found)
        if output and alone:
            put(files[path], output)
            return
        save(files)
        report_labels(printed, list(files), on_labels[1], as_json=as_json)
        return
    made = made_with_envelope(source)
    named, beside = outputs(source, None if alone else output, ".press.pdf" if wish else ".pdf")
    path = named if output and Path(output) == named else beside
    said: tuple[str, ...] = ()
    if wish:
        files, said = press_files(made, wish, {"envelope": path})
    else:
        files = exported(made.envelope_sheets, made.envelope_about(colour), path, found)
    if output and alone:
        put(files[path], output)
        return
    save(files)
    report(made, list(files), said, as_json=as_json, flips=False)
