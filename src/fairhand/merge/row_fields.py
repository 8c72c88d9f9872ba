"""What a row adds to the fields of a note: its letter filled in, its settings, its recipient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fairhand.merge.recipient import recipient_of
from fairhand.merge.sandbox import BACKSLASH, BREAK
from fairhand.merge.segments import without_vanished
from fairhand.note.letter import split_letter
from fairhand.note.read import LETTER_KEYS
from fairhand.note.syntax import given_twice

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

SETTINGS: Final = (
    "hand",
    "card",
    "ink",
    "pen",
    "layout",
    "seed",
    "language",
    "art",
    "neatness",
    "imb",
)
"""What a row may choose for itself, in columns of these names."""


def settled(text: str) -> str:
    """Return a text with its masked backslashes as they were."""
    return text.replace(BACKSLASH, "\\") if BACKSLASH in text else text


def add_letter(fields: dict[str, Any], text: str) -> None:
    """Divide a letter that is filled in, and add its parts."""
    text = without_vanished(text)
    if BREAK in text:
        # A break in a cell is one in the letter: a backslash at a line's end keeps it.
        text = text.replace(BREAK, "\\")
    parts = split_letter(text, 0)
    for key in LETTER_KEYS:
        written = getattr(parts, key)
        if not written:
            continue
        if key in fields:
            raise given_twice(key)
        fields[key] = (
            [settled(one) for one in written] if isinstance(written, list) else settled(written)
        )


def add_settings(
    fields: dict[str, Any], columns: Mapping[str, str], filled: Collection[str]
) -> None:
    """Add what a row chooses for itself, but where the note says how a column chooses it."""
    for key in SETTINGS:
        if key not in columns or key in filled:
            continue
        value: Any = columns[key]
        if key == "art" and isinstance(fields.get("art"), dict):
            value = {**fields["art"], "file": value}
        fields[key] = value


def add_recipient(fields: dict[str, Any], columns: Mapping[str, str]) -> None:
    """Add to whom the note goes; what its own "to" says stands before the columns."""
    given = recipient_of(columns)
    own = fields.get("to")
    if isinstance(own, dict):
        given |= {key: value for key, value in own.items() if value}
    elif own:
        text = own if isinstance(own, str) else "\n".join(map(str, own))
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        # Lines are a whole address; one alone is the name.
        given = {"name": lines[0], "address": lines[1:]} if lines[1:] else {
            **given, "name": lines[0]}  # fmt: skip
    if given:
        fields["to"] = given
