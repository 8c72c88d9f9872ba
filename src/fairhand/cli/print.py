"""`fairhand print`: a note to a printer, on the right medium, at 100 %."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from fairhand.cli.check_pdf import is_pdf
from fairhand.cli.common import end_progress, loading_path, note_options, progress, read_source, say
from fairhand.cli.sheet_options import SHEET_WISHES, sheet_wish

if TYPE_CHECKING:
    from pathlib import Path

    from fairhand.job import Made
    from fairhand.job.printing import PrintReady
    from fairhand.job.sheets import SheetWish
    from fairhand.press.printers import Printer


@click.command(name="print", short_help="Print the card, or its envelope, at 100 %.")
@click.argument("note", metavar="NOTE", required=False)
@click.option(
    "--printer", default="", metavar="NAME|URI", help="Its name, or ipp://HOST/ipp/print."
)
@click.option("--envelope", is_flag=True, help="The envelope, not the card.")
@click.option("--side", type=click.IntRange(1, 2), help="Only the first, or only the second side.")
@click.option(
    "--copies", type=click.IntRange(1, 999), help="How many cards: one, or a sheetful with --on."
)
@click.option(
    "--on",
    "paper",
    metavar="PAPER",
    help='Several on a sheet of letter, a4, "pre-scored A2 2-up" (fairhand stationery).',
)
@click.option("--start", type=int, help="With --on: the first place to fill, from 1.")
@click.option(
    "--flip",
    type=click.Choice(["long-edge", "short-edge"]),
    help="With --on: how the printer turns the sheet over (long-edge).",
)
@click.option(
    "--type",
    "paper_type",
    default="auto",
    metavar="NAME",
    help="The paper type; card stock or envelope unless you say.",
)
@click.option("--tray", default="auto", metavar="NAME", help="The tray; by hand unless you say.")
@click.option("--borderless", is_flag=True, help="Without margins, where the printer can.")
@click.option("--uncorrected", is_flag=True, help="Without the printer's correction.")
@click.option("--loading", metavar="FILE", help="Write a picture of how to load the tray (PDF).")
@click.option("--dry-run", is_flag=True, help="Tell what would be sent, and send nothing.")
@click.option("--list", "listing", is_flag=True, help="List the printers and what they take.")
@note_options
def print_command(
    note: str | None, printer: str, envelope: bool, side: int | None, copies: int | None,
    paper: str | None, start: int | None, flip: str | None, paper_type: str, tray: str,
    borderless: bool, uncorrected: bool, loading: str | None, dry_run: bool, listing: bool,
    **overrides: Any,
) -> None:  # fmt: skip
    """Print NOTE's card on a medium of its own size, never scaled.

    The printer is asked first what it takes, and a card that it cannot take is refused.

    \b
      fairhand print --list
      fairhand print note.md --loading load.pdf --dry-run
      fairhand print note.md --printer ipp://printer.local/ipp/print
      fairhand print note.md --envelope
      fairhand print note.md --on "pre-scored A2 2-up" --copies 20
    """
    from fairhand.errors import InputError
    from fairhand.job.at_the_printer import plan_told, prepared
    from fairhand.job.printing import sent
    from fairhand.press.print_job import PrintWish

    if listing:
        _list(printer)
        return
    if note is None:
        raise InputError("Name the note to print.", hint="fairhand print note.md")
    if is_pdf(note):
        raise InputError(
            f'"{note}" is a PDF, and fairhand print takes a note.',
            hint="Print it from a viewer at 100 % (actual size); or fairhand print NOTE.",
        )
    picture = loading_path(loading)
    wish = PrintWish(copies or 1, "one-sided", paper_type, tray, borderless, envelope)
    wishes = {"paper": paper, "copies": copies if paper else None, "start": start, "flip": flip}
    sheets = sheet_wish({**dict.fromkeys(SHEET_WISHES), **wishes})
    on = sheets[0] if sheets else None
    source = read_source(note, overrides)
    made, job = prepared(source, printer, wish, side=side or 0, correct=not uncorrected, on=on)
    if picture:
        _write_loading(made, job, picture, on, envelope=envelope)
    for line in plan_told(job):
        say(line)
    if dry_run:
        click.echo(json.dumps(_plain(job.plan.attributes()), indent=2))
        return
    progress(f'Sending to "{job.printer.name}"')
    done = sent(job)
    end_progress()
    say(f'Sent to "{job.printer.name}": {done.name}.')
    for notice in done.notices:
        say(notice)


def _write_loading(
    made: Made, job: PrintReady, path: Path, on: SheetWish | None, *, envelope: bool
) -> None:
    from fairhand.job import save
    from fairhand.job.loading import load_of, loading_pdf, sheet_load
    from fairhand.job.sheets import imposition

    if on:
        how = imposition(made.composed.card, made.card_sheets, on)
        load = sheet_load(made, how, on.copies)
        save({path: loading_pdf([load], made.composed.card.region)})
        click.echo(str(path))
        return
    sides = made.envelope_sheets if envelope else made.card_sheets
    flip = job.plan.sides.removeprefix("two-sided-")
    two = flip if flip != job.plan.sides else ("by hand" if len(sides) > 1 and not envelope else "")
    load = load_of(made, job.fed, envelope=envelope, flip=two)
    save({path: loading_pdf([load], made.composed.card.region)})
    click.echo(str(path))


def _list(name: str) -> None:
    from fairhand.job.printing import BY_ADDRESS, printer_named, printers_here

    known = [printer_named(name)] if name else printers_here()
    if not known:
        say("There is no printer on this machine's print server.")
        say(f"  {BY_ADDRESS}")
    for one in known:
        _show(one)


def _show(one: Printer) -> None:
    from fairhand.job.at_the_printer import troubles
    from fairhand.press.printers import told_media

    click.echo(f"{one.name}  {one.title}".rstrip())
    for label, told in (
        ("sizes", told_media(one.media) if one.media else "it does not tell"),
        ("paper types", ", ".join(one.types)),
        ("trays", ", ".join(one.sources)), ("sides", ", ".join(one.sides)),
        ("borderless", ("yes" if one.is_borderless else "no") if one.media else ""),
        ("at the moment", ", ".join(troubles(one))),
    ):  # fmt: skip
        if told:
            click.echo(f"  {label:<14} {told}")


def _plain(value: Any) -> Any:
    """Return attributes as JSON can tell them."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value.value if hasattr(value, "value") else value
