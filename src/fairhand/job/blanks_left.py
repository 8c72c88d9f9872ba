"""Blanks that are left in a note: which, how the card shows them, and where they stand on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from fairhand.errors import InputError
from fairhand.hand.hand import hand
from fairhand.note.blanks import BLANK, find_blanks, key_of, may_have_blanks
from fairhand.note.model import Note
from fairhand.note.read import blanks_in

if TYPE_CHECKING:
    from pathlib import Path

    from fairhand.compose.page import ComposedLine, ComposedPage, ComposedWord
    from fairhand.job.made import Made

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


def marks_of(made: Made) -> tuple[Mark, ...]:
    """Return where blanks stand on the panels of a card and on its envelope."""
    pages = [(page.name, page) for page in made.composed.pages]
    if made.composed.address:
        pages.append((made.composed.address.name, made.composed.address))
    pages += zip(("envelope", "envelope-back"), made.envelope_pages, strict=False)
    marks: list[Mark] = []
    words = [(panel, page, *one) for panel, page in pages for one in _words_of(page)]
    for _, run in groupby(words, key=lambda one: (one[2].field, one[0].startswith("envelope"))):
        marks += _marks(list(run))
    return tuple(marks)


_Placed = tuple[str, "ComposedPage", "ComposedLine", "ComposedWord"]


def _words_of(page: ComposedPage) -> Iterator[tuple[ComposedLine, ComposedWord]]:
    """Yield the words of a page in reading order, with their lines."""
    for line in page.lines:
        for word in reversed(line.words) if line.rtl else line.words:
            yield line, word


def _marks(run: list[_Placed]) -> Iterator[Mark]:
    """Yield the marks of the blanks in one field's words: one for each line that a blank is on."""
    text = ""
    spans: list[tuple[int, int, _Placed]] = []
    for number, placed in enumerate(run):
        word = placed[3]
        ends_line = number + 1 == len(run) or run[number + 1][2] is not placed[2]
        spans.append((len(text), len(text) + len(word.shaped.text), placed))
        text += word.shaped.text + (" " if word.spaced or ends_line else "")
    for match in BLANK.finditer(text):
        # What only looks like a blank ("siglo XXX") is none here either.
        if not match[0].startswith(("[", "{")) and not find_blanks(
            text[: match.end()], kisses=True
        ):
            continue
        within = [one for start, end, one in spans if start < match.end() and end > match.start()]
        for _, words in groupby(within, key=lambda one: id(one[2])):
            yield _mark(list(words))


def _mark(words: list[_Placed]) -> Mark:
    panel, page, line, _ = words[0]
    em = line.size
    inks = [(w.x + w.shaped.ink_left_em * em, w.x + w.shaped.ink_right_em * em) for *_, w in words]
    columns = [w.shaped.columns for *_, w in words if len(w.shaped.columns)]
    low = min((float(one[:, 1].min()) for one in columns), default=0.0)
    high = max((float(one[:, 2].max()) for one in columns), default=page.x_height_em)
    left = float(min(ink[0] for ink in inks)) - _PAD * em
    right = float(max(ink[1] for ink in inks)) + _PAD * em
    bottom, top = line.y + (low - _PAD) * em, line.y + (high + _PAD) * em
    width, height = page.size
    left, right = max(0.0, left), min(width, right)
    bottom, top = max(0.0, bottom), min(height, top)
    return Mark(
        panel, left / width, 1 - top / height, (right - left) / width, (top - bottom) / height
    )
