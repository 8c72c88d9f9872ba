"""Blanks that are left in a note: which, how the card shows them, and where they stand on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from fairhand.errors import InputError
from fairhand.hand.hand import hand
from fairhand.note.blanks import BLANK, blank_fields, find_blanks, key_of, may_have_blanks
from fairhand.note.model import Note
from fairhand.note.read import blanks_in
from fairhand.write.extent import extent_of

if TYPE_CHECKING:
    from pathlib import Path

    from fairhand.compose.page import ComposedLine, ComposedPage, ComposedWord
    from fairhand.geometry import Size
    from fairhand.job.made import Made
    from fairhand.write.page import WrittenPage, WrittenWord

_ORDER = (
    "to", "from", "front", "place", "date", "salutation", "paragraphs", "valediction", "signature",
    "postscript", "imprint",
)  # fmt: skip
_PAD = 0.12
"""How far a mark reaches over the ink of its words, em."""


@dataclass(frozen=True, slots=True)
class BlankLeft:
    """A blank of a field: its text as it stands, and its key ("" where it has no name)."""

    text: str
    key: str
    field: str

    @property
    def asked(self) -> str:
        """What it asks for, in words: "What you talked about"; as it stands where it is no key."""
        return next((one.title for one in blank_fields(self.text)), self.text)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a blank stands on a panel (`pictures.shown_panels`): shares of it, from the top left.

    A blank that runs over two lines has two of them.
    """

    panel: str
    left: float
    top: float
    width: float
    height: float


def blanks_left(fields: Mapping[str, Any]) -> tuple[BlankLeft, ...]:
    """Return the blanks of a note that is still being written, each once in a field."""
    found: dict[BlankLeft, None] = {}
    for field in _ORDER:
        value = fields.get(field, fields.get("from_") if field == "from" else None)
        for blank in blanks_in({field: value}, {}, "") if value else ():
            found[BlankLeft(blank.text, key_of(blank.text), field)] = None
    return tuple(found)


def shown_fields(fields: Mapping[str, Any], file: Path) -> dict[str, Any]:
    """Return a note's fields as they are shown: "[topic: what you ...]" as "[topic]".

    Where the hand has no brackets the name of the blank stands there without them.
    """
    try:
        lacks = hand(str(fields.get("hand", _USUAL_HAND)), file.parent).font.missing
    except InputError:
        # What is wrong with the hand is told when it is to write.
        return {key: _shown(value, _short) for key, value in fields.items()}

    def shown(blank: str) -> str:
        short = _short(blank)
        for text in (short, short.strip("[]{}<>% "), "..."):
            if text and not lacks(text):
                return text
        return short

    return {key: _shown(value, shown) for key, value in fields.items()}


_USUAL_HAND = Note.model_fields["hand"].default


def _short(blank: str) -> str:
    """Return a blank without its hint."""
    inside, colon, _ = blank[1:-1].partition(":")
    if not blank.startswith("[") or not colon or not inside.strip():
        return " ".join(blank.split())
    return f"[{' '.join(inside.split())}]"


def _shown(value: Any, shown: Any) -> Any:
    if isinstance(value, str):
        return BLANK.sub(lambda match: shown(match[0]), value) if may_have_blanks(value) else value
    if isinstance(value, Mapping):
        return {key: _shown(child, shown) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(child, shown) for child in value]
    return value


class _Placed(NamedTuple):
    """A word on a panel, as it was set and as it was written."""

    panel: str
    size: Size
    line: ComposedLine
    word: ComposedWord
    written: WrittenWord


def marks_of(made: Made) -> tuple[Mark, ...]:
    """Return where blanks stand on the panels of a card and on its envelope."""
    on_card = [one.page for sheet in made.card_sheets for one in sheet.placements]
    composed = [*made.composed.pages, made.composed.address]
    words = [
        placed
        for page in composed
        if page
        for placed in _words_of(page.name, page, [one for one in on_card if one.name == page.name])
    ]
    for panel, page, sheet in zip(
        ("envelope", "envelope-back"), made.envelope_pages, made.envelope_sheets, strict=False
    ):
        words += _words_of(panel, page, [one.page for one in sheet.placements])
    runs = groupby(words, key=lambda one: (one.line.field, one.panel.startswith("envelope")))
    return tuple(mark for _, run in runs for mark in _marks(list(run)))


def _words_of(panel: str, page: ComposedPage, written: list[WrittenPage]) -> list[_Placed]:
    """Return the words of a page in reading order; `written` are the pages on its panel."""
    for one in written:
        found = [word for line in one.lines for word in line.words]
        set_words = [word for line in page.lines for word in line.words]
        if [word.shaped.text for word in found] != [word.shaped.text for word in set_words]:
            continue
        left = iter(found)
        lines = [
            [_Placed(panel, page.size, line, word, next(left)) for word in line.words]
            for line in page.lines
        ]
        return [
            placed
            for line in lines
            for placed in (reversed(line) if line and line[0].line.rtl else line)
        ]
    return []


def _marks(run: list[_Placed]) -> Iterator[Mark]:
    """Yield the marks of the blanks in one field's words: one for each line that a blank is on."""
    text = ""
    spans: list[tuple[int, int, _Placed]] = []
    for number, placed in enumerate(run):
        ends_line = number + 1 == len(run) or run[number + 1].line is not placed.line
        start = len(text)
        text += placed.word.shaped.text
        spans.append((start, len(text), placed))
        text += " " if placed.word.spaced or ends_line else ""
    for match in BLANK.finditer(text):
        # What only looks like a blank ("siglo XXX") is none here either.
        named = match[0].startswith(("[", "{"))
        if not named and not find_blanks(text[: match.end()], kisses=True):
            continue
        within = [one for start, end, one in spans if start < match.end() and end > match.start()]
        for _, words in groupby(within, key=lambda one: id(one.line)):
            mark = _mark(list(words))
            if mark:
                yield mark


def _mark(words: list[_Placed]) -> Mark | None:
    ink = extent_of(one.written for one in words)
    if ink is None:
        return None
    width, height = words[0].size
    pad = _PAD * words[0].line.size
    left, right = max(0.0, ink.left - pad), min(width, ink.right + pad)
    bottom, top = max(0.0, ink.bottom - pad), min(height, ink.top + pad)
    return Mark(
        words[0].panel,
        left / width,
        1 - top / height,
        (right - left) / width,
        (top - bottom) / height,
    )
