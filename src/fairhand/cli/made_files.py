"""A job's files as the person named them, and what is told of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from fairhand.cli.common import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fairhand.impose.sheet import Sheet
    from fairhand.job import Made
    from fairhand.output.pdf import About
    from fairhand.press.calibration import Calibrated


def exported(
    sheets: Sequence[Sheet], about: About, path: Path, found: Calibrated | None = None
) -> dict[Path, bytes]:
    """Return the files of some sheets: one, or one for each sheet named after its side.

    PDFs carry the correction of the printer that was found.
    """
    from fairhand.job.printing import home_pdf
    from fairhand.output.formats import FORMATS

    if found and path.suffix.lower() == ".pdf":
        return {path: home_pdf(sheets, about, found.correction)}
    contents = FORMATS[path.suffix.lower()](sheets, about)
    if len(contents) == 1:
        return {path: contents[0]}
    return {
        path.with_name(f"{path.stem}.{sheet.name}{path.suffix}"): content
        for sheet, content in zip(sheets, contents, strict=True)
    }


def report(
    made: Made, files: list[Path], said: Sequence[str] = (), *, as_json: bool, flips: bool = True
) -> None:
    """Tell which files were made, what was chosen for them, and how to turn them over.

    `said` is what is to be said of the files beside what the job says itself.
    """
    from fairhand.job import what_was_chosen
    from fairhand.job.home_pages import how_to_turn
    from fairhand.job.sheets import reaches_the_edge, to_the_edge

    composed = made.composed
    if as_json:
        about = {
            "files": [str(path) for path in files],
            "card": composed.card.name,
            "layout": composed.layout.name,
            "hand": made.hand.slug,
            "ink": made.ink.name,
            "x_height_mm": composed.x_height_mm,
            "fill": round(composed.fill, 2),
            "comfortable": composed.comfortable,
            "panels": [page.name for page in composed.pages],
            "envelope": made.envelope.name if made.envelope else None,
            "notices": [*made.notices, *said],
        }
        click.echo(json.dumps(about, ensure_ascii=False, indent=2))
        return
    for path in files:
        click.echo(str(path))
    envelope = f"; envelope {made.envelope.title}" if made.envelope else ""
    say(f"{what_was_chosen(made)}{envelope}.")
    if flips and (turned := how_to_turn(made.card_sheets)):
        say(turned)
    if flips and reaches_the_edge(made.card_sheets):
        say(to_the_edge("fairhand print asks your printer"))
    for notice in (*made.notices, *said):
        say(notice)
