"""The options of a note that is shown or checked for the people in a table."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fairhand.cli.common import given_overrides, say
from fairhand.cli.merge_order import given_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fairhand.job.merge.people import People
    from fairhand.note.read import NoteFile

CommandT = TypeVar("CommandT", bound="Callable[..., Any]")

_OPTIONS = (
    click.option("--for", "people", metavar="PEOPLE",
                 help="A table of people, for whom the note has blanks (fairhand merge)."),
    click.option("--map", "mapped", multiple=True, metavar="FIELD=COLUMN",
                 help="With --for: which column a field is in; may be given again."),
)  # fmt: skip


def table_options(command: CommandT) -> CommandT:
    """Add the options of a table."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def refuse_without_table(**given: Any) -> None:
    """InputError when something was asked of a table and there is none."""
    from fairhand.errors import InputError

    for name, value in given.items():
        if value:
            raise InputError(f'"--{name}" is about the people of a table.',
                             hint="Add --for people.csv.")  # fmt: skip


@contextmanager
def opened_people(
    note: str, people: str, mapped: tuple[str, ...], overrides: dict[str, Any]
) -> Iterator[People]:
    """Open a table for a note as a merge does."""
    from pathlib import Path

    from fairhand.job.merge.order import Order
    from fairhand.job.merge.people import people_of
    from fairhand.merge.wording import Wording

    wording = Wording.read(_words(note), given_overrides(overrides))
    with people_of(Order(wording, Path(), given=given_columns(mapped)), people) as found:
        yield found


def _words(note: str) -> str:
    return "-" if note == "/dev/stdin" else note


def source_of_row(
    note: str, people: str, mapped: tuple[str, ...], row: int, overrides: dict[str, Any]
) -> NoteFile:
    """Return the note as it is for one row of a table, from 1."""
    from fairhand.job.merge.session import source_of_row as of_row

    given = given_columns(mapped)
    return of_row(_words(note), people, given, row, given_overrides(overrides))


def check_rows(
    note: str, people: str, mapped: tuple[str, ...], overrides: dict[str, Any], *, as_json: bool
) -> int:
    """Tell what is wrong with the rows of a table, and return the exit code: 2 if anything is."""
    from fairhand.job.merge.looking import looked_at
    from fairhand.merge.faults import as_data, report

    with opened_people(note, people, mapped, overrides) as found:
        if not as_json:
            for line in found.told:
                say(line)
        looked = looked_at(found)
        later = found.told_later()
    if as_json:
        told = {
            "ok": not looked.bad,
            "rows": looked.rows,
            "bad": looked.bad,
            "problems": [as_data(fault) for fault in looked.faults],
            "notices": [*found.told, *later, *looked.notices],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in (*later, *report(looked.faults, hints=found.hints), *looked.notices):
            click.echo(line)
        good = looked.rows - looked.bad
        left = f"; {looked.bad:,} cannot be made as written" if looked.bad else ""
        click.echo(f"{good:,} of {looked.rows:,} rows are good{left}. Nothing was made.")
    return 2 if looked.bad else 0
