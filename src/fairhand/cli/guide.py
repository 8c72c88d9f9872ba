"""`fairhand guide`: a sheet to write a note by one's own hand."""

from __future__ import annotations

from typing import Any

import click

from fairhand.cli.common import (
    goes_alone,
    note_options,
    outputs,
    put,
    read_source,
    say,
)


@click.command(name="guide", short_help="A guide sheet, to write the note yourself.")
@click.argument("note", metavar="NOTE")
@click.option(
    "-o", "--output", metavar="FILE|DIR",
    help="A folder, or the file; NOTE.guide.pdf else, - is standard output.",
)  # fmt: skip
@click.option(
    "--on",
    "paper",
    metavar="PAPER",
    help="A larger sheet with the card's corners marked: letter, a4.",
)
@click.option("--rules-only", is_flag=True, help="Rules without words.")
@note_options
def guide_command(
    note: str, output: str | None, paper: str | None, rules_only: bool, **overrides: Any
) -> None:
    """Make NOTE into a sheet to lay under your card on a light box, or to trace.

    The words stand in pale ink where fairhand would have written them, on rules of true
    size. The ink on the card is yours.

    \b
      fairhand guide note.md
      fairhand guide note.md --on a4
    """
    from fairhand.errors import InputError
    from fairhand.job import make, save, what_was_chosen
    from fairhand.job.guide import GuideWish, guide_pdf
    from fairhand.stationery.paper import paper as find

    chosen = find(paper) if paper else None
    source = read_source(note, overrides)
    made = make(source)
    alone = bool(output) and goes_alone(output)
    path = outputs(source, None if alone else output, piece="guide")[0]
    if path.suffix.lower() != ".pdf":
        raise InputError("A guide sheet is a PDF.", hint="Name a file that ends in .pdf.")
    data = guide_pdf(made, GuideWish(words=not rules_only, paper=chosen))
    if output and alone:
        put(data, output)
        return
    save({path: data})
    click.echo(str(path))
    say(f"{what_was_chosen(made)}. Print it at 100 %.")
