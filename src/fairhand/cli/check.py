"""`fairhand check`: what is wrong with a note, or with a PDF, before paper is used."""

from __future__ import annotations

import json
from typing import Any

import click

from fairhand.cli.check_pdf import (
    PDF_WISHES,
    check_pdf,
    is_pdf,
    pdf_check_options,
    refuse_note_wishes,
    refuse_pdf_wishes,
)
from fairhand.cli.common import note_options, read_source
from fairhand.cli.table_options import check_rows, refuse_without_table, table_options


@click.command(name="check", short_help="Tell what is wrong with a note, or a PDF for a press.")
@click.argument("note", metavar="NOTE|PDF")
@table_options
@note_options
@pdf_check_options
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def check_command(
    note: str, as_json: bool, people: str | None, mapped: tuple[str, ...], **overrides: Any
) -> None:
    """Read, compose and address NOTE without making a file; or look through a PDF.

    A PDF, of whatever program, is held against what print shops ask for (PDF/X), and each
    finding is told with its remedy. With --for all rows of a table are looked at. Ends with exit
    code 0 when all is well, 2 when something is wrong.
    """
    wishes = {name: overrides.pop(name) for name in PDF_WISHES}
    if is_pdf(note):
        refuse_note_wishes(note, {"for": people, **overrides})
        raise SystemExit(check_pdf(note, as_json, **wishes))
    refuse_pdf_wishes(note, wishes)
    if not people:
        refuse_without_table(map=mapped)
    from fairhand.errors import FairhandError
    from fairhand.job import make, what_was_chosen
    from fairhand.job.meter import counted

    try:
        if people:
            raise SystemExit(check_rows(note, people, mapped, overrides, as_json=as_json))
        made = make(read_source(note, overrides))
    except FairhandError as error:
        if as_json:
            fault = {"message": error.message, "hint": error.hint, "file": error.place.file,
                     "line": error.place.line}  # fmt: skip
            click.echo(json.dumps({"ok": False, "problem": fault}, ensure_ascii=False, indent=2))
            raise SystemExit(error.exit_code) from None
        raise
    composed = made.composed
    words, unit = counted(made.source.note)
    if as_json:
        fact = {"ok": True, "words": words, "card": composed.card.name, "hand": made.hand.slug,
                "x_height_mm": composed.x_height_mm, "fill": round(composed.fill, 2),
                "comfortable": composed.comfortable,
                "panels": [page.name for page in composed.pages],
                "envelope": made.envelope.name if made.envelope else None,
                "notices": list(made.notices)}  # fmt: skip
        click.echo(json.dumps(fact, ensure_ascii=False, indent=2))
        return
    click.echo(
        f"{words} {unit}{'s' * (words != 1)}: {what_was_chosen(made)}, {composed.fill:.0%} full."
    )
    for notice in made.notices:
        click.echo(notice)
