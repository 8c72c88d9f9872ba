"""`fairhand.merge`: what a program gives, looked through before anything is read."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from fairhand.errors import InputError
from fairhand.job.merge.order import Order
from fairhand.job.merge.people import people_of
from fairhand.job.merge.run import Merged, merge
from fairhand.merge.selection import selection
from fairhand.merge.wording import Wording

_MOST: Final = {"per_file": 10_000, "jobs": 512}
_OPTIONS: Final = frozenset((
    "condition", "correction", "delimiter", "encoding", "first", "flip", "gutter", "keep",
    "keep_duplicates", "label_start", "labels", "map", "marks", "most_ink", "no_cards",
    "no_envelope", "no_key", "on", "one_each", "outline", "outlines", "press", "printer",
    "reverse", "shard", "sheet", "sides", "start", "uncorrected",
))  # fmt: skip
"""Options that `fairhand merge` has on the command line alone."""

_NAMED_OTHERWISE: Final = {"map": "columns", "no_envelope": "envelopes=False"}


def merged_people(
    note: Any, people: Any, output: Any, overrides: Mapping[str, Any], *, columns: Any = None,
    rows: Any = None, envelopes: Any = True, **wishes: Any,
) -> Merged:  # fmt: skip
    """Make the cards of a note for everybody in a table, or in mappings of columns to cells.

    `wishes` are fields of `Order`. InputError for what is not of its kind, and all that
    `people_of` and `run.merge` raise.
    """
    _refuse_options(overrides)
    for name, value in (("envelopes", envelopes), ("skip_bad", wishes["skip_bad"])):
        if not isinstance(value, bool):
            raise _not(name, "True or False", value)
    for name, most in _MOST.items():
        value = wishes[name]
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            raise _not(name, f"a number from 1 to {most:,}", value)
    if columns is None:
        columns = {}
    if not isinstance(columns, Mapping) or not all(
        isinstance(part, str) for pair in columns.items() for part in pair
    ):
        raise _not("columns", 'a mapping of fields to columns, such as {"name": "Donor"}', columns)
    given = {key: value for key, value in overrides.items() if value is not None}
    order = Order(
        Wording.read(_path("note", note), given), _path("output", output), given=columns,
        rows=selection(_rows(rows), None), companion="envelopes" if envelopes else "none", **wishes,
    )  # fmt: skip
    path, stream = _table(people)
    with people_of(order, path, stream=stream) as found:
        return merge(found.order, found.rows)


def _refuse_options(overrides: Mapping[str, Any]) -> None:
    for name in sorted(_OPTIONS & overrides.keys()):
        option = f"--{name.replace('_', '-')}"
        other = _NAMED_OTHERWISE.get(name, "")
        raise InputError(
            f'"{name}" is {option} of the command line, and fairhand.merge has no such keyword.',
            hint=f"Here it is {other}." if other else f"Run fairhand merge with {option}.",
        )


def _not(name: str, what: str, value: object) -> InputError:
    return InputError(f'"{name}" is {what}, and not {type(value).__name__}.')


def _path(name: str, value: object) -> Path:
    if isinstance(value, str | os.PathLike):
        return Path(os.fspath(value))
    raise _not(name, "the path of a file or folder", value)


def _rows(rows: object) -> str | None:
    """Return rows as a person names them."""
    if rows is None or isinstance(rows, str):
        return rows
    numbers = list(rows) if isinstance(rows, Iterable) else [rows]
    if not all(isinstance(one, int) and not isinstance(one, bool) for one in numbers):
        raise _not("rows", 'numbers of rows, or text such as "88-91,120"', rows)
    return ",".join(map(str, numbers))


def _table(people: object) -> tuple[str, io.BytesIO | None]:
    """Return the path of a table; mappings become one of JSON Lines."""
    if isinstance(people, str | os.PathLike):
        return str(_path("people", people)), None
    found = list(people) if isinstance(people, Iterable) and not isinstance(people, Mapping) else []
    if not found or not all(isinstance(one, Mapping) for one in found):
        raise _not("people", "the path of a table, or mappings of columns to cells", people)
    lines = [json.dumps(dict(one), ensure_ascii=False, default=str) for one in found]
    return "people.jsonl", io.BytesIO("\n".join(lines).encode("utf-8", "surrogatepass"))
