"""The kinds of text that a field of a note may hold, cleaned as it is read."""

from __future__ import annotations

import datetime
import os
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from fairhand.errors import InputError
from fairhand.note.text import tidy


def _one_line(value: object) -> object:
    if isinstance(value, str):
        return " ".join(tidy(value).split())
    return value


def _lines(value: object) -> object:
    return tidy(value) if isinstance(value, str) else value


def _as_text(value: object) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | datetime.date | datetime.time | os.PathLike):
        return str(value)
    return value


def short(value: str) -> str:
    """Return a text that is no longer than a greeting or an address; InputError for any other."""
    lines = value.split("\n")
    if len(lines) > _MOST_LINES:
        raise InputError(f"it has more than {_MOST_LINES} lines.")
    if max(map(len, lines)) > LONGEST_LINE:
        raise InputError(f"it has a line of more than {LONGEST_LINE} characters.")
    return value


_MOST_LINES = 12
LONGEST_LINE = 500
"""More than any greeting, name, address or front of a card has."""

OneLine = Annotated[str, BeforeValidator(_one_line), AfterValidator(short)]
Lines = Annotated[str, BeforeValidator(_lines)]
FewLines = Annotated[Lines, AfterValidator(short)]
Word = Annotated[
    str,
    BeforeValidator(_one_line),
    BeforeValidator(_as_text),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}]}),
]
