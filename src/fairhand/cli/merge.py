"""`fairhand merge`: cards for everybody in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from fairhand.cli.common import colour_option, note_options, say
from fairhand.cli.correction_options import correction_options
from fairhand.cli.merge_order import order_of, refuse_swapped
from fairhand.cli.merge_report import of_merged, of_table, report_merged, rows_in_words, tell
from fairhand.cli.press_options import press_options
from fairhand.cli.progress import Bar, has_bar
from fairhand.cli.sheet_options import merge_sheet_options
from fairhand.cli.stopping import asked_to_stop

if TYPE_CHECKING:
    from fairhand.job.merge.run import Progress


@click.command(name="merge", short_help="Make cards for everybody in a table.")
@click.argument("note", metavar="NOTE")
@click.argument("people", metavar="PEOPLE")
@click.option("-o", "--output", required=True, metavar="DIR", help="The folder for all files.")
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Which column a field is in, such as name=Donor; may be given again. address= again, or "
    "address2= and so on, is the next line of the address.",
)
@click.option("--sheet", metavar="NAME", help="Which sheet of a workbook; the first otherwise.")
@click.option("--encoding", metavar="NAME", help="How the table is encoded, if not as was found.")
@click.option("--delimiter", metavar="CHARACTER", help="What parts its cells, if not as was found.")
@click.option("--rows", metavar="LIST", help="Only these rows, from 1: 88-91,120.")
@click.option("--from", "first", type=int, metavar="ROW", help="Only from this row on.")
@click.option("--skip-bad", is_flag=True, help="Leave bad rows out and make the others.")
@click.option("--keep-duplicates", is_flag=True, help="Make a card for who is there twice, too.")
@click.option(
    "--per-file",
    type=click.IntRange(1, 10_000),
    default=500,
    show_default=True,
    metavar="N",
    help="Persons in a volume.",
)
@click.option("--one-each", is_flag=True, help="Files of their own for every person.")
@click.option("--reverse", is_flag=True, help="The last first in each file, for face-up trays.")
@click.option("--no-key", is_flag=True, help="No small number on the backs of cards and envelopes.")
@click.option(
    "--keep",
    multiple=True,
    metavar="COLUMN",
    help="A column of the table for manifest.csv too; may be given again.",
)
@click.option("--no-envelope", is_flag=True, help="Only the cards.")
@click.option("--no-cards", is_flag=True, help="Only the envelopes, or with --labels these.")
@click.option("--labels", metavar="SHEET", help="Labels in place of envelopes: avery-5160.")
@click.option("--outline", is_flag=True, help="With --labels: their edges, for plain paper.")
@click.option(
    "--start",
    type=click.IntRange(1),
    default=1,
    metavar="PLACE",
    help="With --on, or else --labels: the first place of the first sheet to fill.",
)
@click.option(
    "--label-start",
    type=click.IntRange(1),
    metavar="PLACE",
    help="With --labels: the first label to fill, where --start is for the cards.",
)
@merge_sheet_options
@press_options
@correction_options
@colour_option
@click.option(
    "--jobs",
    type=click.IntRange(1, 512),
    metavar="N",
    help="Processes at work at once; all cores otherwise.",
)
@click.option("--shard", "share", metavar="K/N", help="Only the Kth of N shares, for clusters.")
@note_options
@click.option("--json", "as_json", is_flag=True, help="Tell what was made as JSON.")
def merge_command(
    note: str, people: str, output: str, mapped: tuple[str, ...], sheet: str | None,
    encoding: str | None, delimiter: str | None, as_json: bool, **wishes: Any,
) -> None:  # fmt: skip
    """Make the cards and envelopes of NOTE for everybody in PEOPLE.

    NOTE is a note with blanks such as {{ first_name }}. PEOPLE is a table: .csv, .tsv, .xlsx,
    .jsonl, .vcf, an export of Google or Outlook contacts, or - for standard input. Every bad
    row is named before any file is made.

    \b
      fairhand merge note.md people.csv -o thanks
      fairhand merge note.md people.csv -o thanks --rows 88-91,120
      fairhand merge note.md people.xlsx -o thanks --map name=Donor --labels avery-5160
      fairhand merge note.md people.csv -o thanks --on letter
    """
    from fairhand.errors import FairhandError

    told: dict[str, Any] = {}
    try:
        _merge(note, people, output, mapped, wishes, told, sheet=sheet, encoding=encoding,
               delimiter=delimiter, names_files=not as_json)  # fmt: skip
    except FairhandError as error:
        if as_json:
            place = error.place
            where = {"file": place.file, "line": place.line} if place.file else {}
            tell({**told, "error": error.message, "hint": error.hint, **where})
        raise
    if as_json:
        tell(told)


def _merge(
    note: str, people: str, output: str, mapped: tuple[str, ...], wishes: dict[str, Any],
    told: dict[str, Any], *, names_files: bool, **how: Any,
) -> None:  # fmt: skip
    """Make the cards, say what came of it, and put it into `told` for a program as it comes."""
    from fairhand.errors import InputError
    from fairhand.job.merge.people import people_of
    from fairhand.job.merge.run import merge, stopped

    streams = ("-", "/dev/stdin")
    if note in streams and people in streams:
        raise InputError(
            "The note and the people cannot both come from standard input.",
            hint="Write one of them into a file.",
        )
    refuse_swapped(note, people)
    order, notices = order_of(note, output, mapped, wishes)
    with people_of(order, people, counted=has_bar(), **how) as found:
        told |= of_table(found, notices)
        for line in (*found.told, *notices):
            say(line)
        bar = Bar(found.count)
        reached = 0

        def observe(progress: Progress) -> None:
            nonlocal reached
            if progress.at_work:
                return
            reached = progress.cards
            bar.show(reached, progress.bad, progress.resumed)

        try:
            with asked_to_stop() as is_stopping:
                merged = merge(found.order, found.rows, observe, is_stopping)
        except KeyboardInterrupt:
            raise stopped(reached) from None
        finally:
            bar.end()
        later = found.told_later()
        told["notices"] += later
        for line in later:
            say(line)
    told |= of_merged(merged, told["notices"])
    if names_files:
        for path in merged.files:
            click.echo(str(path))
    report_merged(order, merged, found.hints)
    if not merged.cards and not merged.left_out:
        say("There is nothing to make in this share of the table.")
    elif not merged.cards:
        raise InputError(
            f"No card was made, because {rows_in_words(merged.left_out)} cannot be made as "
            "written.",
            hint="Mend the table and start again, or leave bad rows out with --skip-bad.",
        )
