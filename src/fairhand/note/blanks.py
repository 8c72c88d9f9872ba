"""Blanks: what a starter note leaves for the sender to fill in, and what people type for it.

Found are "[one thing you admire]", "{{ name }}", "<name>", "____", "TODO", "TBD", "xx" and
"xxx" as a word of its own. "xx" after a closing or a name is a kiss, not a blank.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fairhand.errors import InputError, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

BLANK = re.compile(
    r"""
      \[ [^\[\]\n]* (?:\n[^\[\]\n]+)* \]      # [name], [admire: one concrete thing]
    | \{\{ .*? \}\}                          # {{ name }}
    | < [^\W\d_] [\w' -]* >                  # <name>
    | _{3,}                                  # ____
    | \b (?:TODO|TBD|FIXME) \b
    | (?<!\w) (?: x{2,5} | X{3,5} ) (?!\w)
    """,
    re.VERBOSE,
)
_KISS = re.compile(r"^[xX]{2,5}$")
_KEYED = re.compile(r"\[([^\[\]:]+?)(?::([^\[\]]*))?\]")


class Blank(NamedTuple):
    """One blank: its words as they stand, and its line in the file, counted from 1."""

    text: str
    line: int


def find_blanks(text: str, first_line: int = 1) -> list[Blank]:
    """Return the blanks of a text, in order; `first_line` is the text's own line in its file."""
    blanks = []
    for match in BLANK.finditer(text):
        if _KISS.match(match[0]) and _closes_its_line(text, match):
            continue
        line = first_line + text.count("\n", 0, match.start())
        blanks.append(Blank(" ".join(match[0].split()), line))
    return blanks


def _closes_its_line(text: str, match: re.Match[str]) -> bool:
    rest_of_line = text[match.end() :].split("\n", 1)[0]
    before = text[: match.start()].rsplit("\n", 1)[-1].strip(" ,.!")
    return not rest_of_line.strip(" .!") and len(before.split()) <= 4


def refuse_blanks(blanks: list[Blank], file: str) -> None:
    """Raise one InputError that names every blank with its line; nothing when there is none."""
    if not blanks:
        return
    named = "; ".join(f"{blank.text} (line {blank.line})" for blank in blanks)
    count = "1 blank is" if len(blanks) == 1 else f"{len(blanks)} blanks are"
    raise InputError(
        f"{count} still to be filled in: {named}.",
        hint="Write your own words in place of each, then run the command again.",
        place=Place(file, blanks[0].line),
    )


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with each "[key]" or "[key: hint]" whose key has a value replaced."""
    folded = {key.strip().lower(): value for key, value in values.items()}

    def replacement(match: re.Match[str]) -> str:
        return folded.get(" ".join(match[1].lower().split()), match[0])

    return _KEYED.sub(replacement, text)


def keys(text: str) -> list[str]:
    """Return the keys of the "[key: hint]" blanks of a text, each once, in order."""
    return list(
        dict.fromkeys(" ".join(match[1].lower().split()) for match in _KEYED.finditer(text))
    )
