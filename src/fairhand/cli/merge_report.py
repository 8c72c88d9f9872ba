"""What a merge tells: to a person on standard error, to a program as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from fairhand.cli.common import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fairhand.job.merge.order import Order
    from fairhand.job.merge.people import People
    from fairhand.job.merge.run import Merged

_MOST_NAMED = 6


def of_table(found: People, notices: Sequence[str]) -> dict[str, Any]:
    """Return how the table was read, and for which card, as JSON tells it."""
    return {
        "card": found.order.card,
        "columns": {field: list(columns) for field, columns in found.columns.items()},
        "notices": [*found.told, *notices],
    }


def of_merged(merged: Merged, notices: Sequence[str]) -> dict[str, Any]:
    """Return what came of a merge as JSON tells it."""
    from fairhand.merge.faults import as_data

    published = merged.published
    return {
        "cards": merged.cards,
        "left_out": merged.left_out,
        "resumed": merged.resumed,
        "files": [str(path) for path in merged.files],
        "replaced": list(published.replaced),
        "taken_away": list(published.taken_away),
        "kept": published.kept,
        "problems": [as_data(fault) for fault in merged.faults],
        "notices": [*notices, *merged.notices],
        "printing": list(merged.printing),
    }


def tell(told: Mapping[str, Any]) -> None:
    """Print what a program is told."""
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


def report_merged(order: Order, merged: Merged, hints: Mapping[str, str]) -> None:
    """Tell a person what was made, and what was wrong with which rows."""
    from fairhand.merge.faults import report

    said = (*merged.notices, *_of_before(order, merged), *merged.printing)
    for line in (*report(merged.faults, hints=hints), *said):
        say(line)
    if merged.cards:
        what = "card" if order.cards else "label" if order.labels else "envelope"
        cards = f"{merged.cards:,} {what}{'s' * (merged.cards != 1)}"
        left = f", {rows_in_words(merged.left_out)} left out" if merged.left_out else ""
        there = f" ({merged.resumed:,} were there from before)" if merged.resumed else ""
        say(f"{cards} made{there}{left}. Look at proof{order.mark}.pdf before you use paper.")


def _of_before(order: Order, merged: Merged) -> Iterator[str]:
    """Yield what became of the files of an earlier run."""
    found = merged.published
    if found.kept:
        yield f'The files that an earlier run made in "{order.output}" are as they were.'
    changed = (("replaced", found.replaced), ("taken away", found.taken_away))
    told = [f"{what} {_listed(names)}" for what, names in changed if names]
    if told and not found.kept:
        yield f"Of an earlier run: {'; '.join(told)}."


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def rows_in_words(count: int) -> str:
    """Return so many rows in words."""
    return "one row" if count == 1 else f"{count:,} rows"
