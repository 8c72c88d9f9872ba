"""A note's parts to lines of one writing size: broken, aligned, with their distances.

Unit: em of the body's writing size ("em"), or lines of the leading where it says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from fairhand.compose.bidi import note_reads_right_to_left, reads_right_to_left, visual_order
from fairhand.compose.breaks import OVER, break_lines, divided
from fairhand.compose.shape import Shaper, Unit, gap_after, merged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairhand.compose.page import ShapedWord
    from fairhand.hand.hand import Hand
    from fairhand.layout.model import Align, Block, CardLayout, Role
    from fairhand.note.model import Note


_SURELY: Final = 0.98
"""Words that are divided or merged may become a little narrower than their pieces were."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One block of the note, shaped: hard lines of units, and how the layout sets it.

    `rtl` tells from which side its lines are set. Under a name `details` is how the lines below
    the first one are set: a title, a company, a telephone are not signed.
    """

    role: Role
    field: str
    hard_lines: tuple[tuple[Unit, ...], ...]
    block: Block
    rtl: bool = False
    details: Block | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """How each of its hard lines is set."""
        others = self.details or self.block
        return (self.block, *[others] * (len(self.hard_lines) - 1))


class Room(NamedTuple):
    """A hard line's indent (em of the body), its room, and its first line's indent (own em)."""

    indent: float
    width: float
    first_indent: float


class Gap(NamedTuple):
    """What lies between two units: its width (em), and whether it is a space of the text."""

    width: float
    spaced: bool


@dataclass(frozen=True, slots=True, eq=False)
class SetLine:
    """One line: words from left to right with their left ends (em of its own size).

    `align` and `indent` are those of a line that is set from the left; `rtl` tells that this
    one is set from the right, where they change sides.
    """

    role: Role
    field: str
    words: tuple[tuple[ShapedWord, float, bool], ...]
    width: float
    size: float
    align: Align
    indent: float
    space_before: float
    opens_part: bool
    closes_part: bool
    rtl: bool

    @property
    def side(self) -> Align:
        """The side on which the line stands, left and right changed where `rtl` asks it."""
        if self.rtl and self.align != "centre":
            return "left" if self.align == "right" else "right"
        return self.align


def parts_of(note: Note, layout: CardLayout, shaper: Shaper) -> list[Part]:
    """Shape the note's blocks in reading order; blocks without words are left out.

    Each block runs in its own direction. Paragraphs are set from the side on which they
    begin; greeting, closing and name go with the note as a whole.
    """
    whole = note_reads_right_to_left(note.words, note.language)
    blocks: list[tuple[Role, str, str]] = [
        ("heading", "date", note.heading),
        ("salutation", "salutation", note.salutation),
        *(
            ("body", f"paragraphs {number}", text)
            for number, text in enumerate(note.paragraphs, start=1)
        ),
        ("valediction", "valediction", note.valediction),
        ("signature", "signature", note.signature),
        ("postscript", "postscript", note.postscript),
    ]
    if note.valediction and not note.signature:
        # Room to sign by hand: an empty line under the closing.
        blocks[-2] = ("signature", "signature", "\n")
    parts = []
    for role, field, text in blocks:
        if text:
            block = layout.block(role)
            signed = role == "signature" and note.signature
            details = layout.block("details") if signed and "\n" in text else None
            isolated = note.heading_parts if role == "heading" else ()
            parts.append(_part(role, field, text, isolated, block, details, whole, shaper))
    return parts


@lru_cache(maxsize=512)
def _part(
    role: Role, field: str, text: str, isolated: tuple[str, ...], block: Block,
    details: Block | None, whole: bool, shaper: Shaper,
) -> Part:  # fmt: skip
    rtl = reads_right_to_left(text, within=whole)
    if isolated:
        lines: tuple[tuple[Unit, ...], ...] = (_isolated(isolated, shaper, rtl=rtl),)
    else:
        lines = tuple(shaper.units(line, rtl=rtl) for line in text.split("\n"))
    from_right = rtl if role in ("body", "postscript") else whole
    return Part(role, field, lines, block, from_right, details)


def _isolated(texts: tuple[str, ...], shaper: Shaper, *, rtl: bool) -> tuple[Unit, ...]:
    """Shape texts in a row of which none changes the direction of another (UAX 9, isolates).

    A day after a Latin place's name belongs to its month, not to the name.
    """
    units: list[Unit] = []
    for text in texts:
        if units:
            units[-1] = replace(units[-1], spaced=True, space_level=int(rtl))
        units += shaper.units(text, rtl=rtl)
    return tuple(units)


def set_lines(parts: list[Part], measure: float, shaper: Shaper) -> list[SetLine]:
    """Break every part into lines no wider than `measure` (em of the body's size)."""
    return [line for part in parts for line in _part_lines(part, measure, shaper)]


@lru_cache(maxsize=1024)
def _part_lines(part: Part, measure: float, shaper: Shaper) -> tuple[SetLine, ...]:
    """Break one part into lines; kept, for the parts of a merge's notes are nearly all alike."""
    hand = shaper.hand
    lines: list[SetLine] = []
    rooms = _rooms(part, measure, shaper)
    hard = zip(part.hard_lines, _gaps(part, hand), part.blocks, rooms, strict=True)
    for number, (hard_line, gaps, block, room) in enumerate(hard):
        opening = room.first_indent if number == 0 else 0.0
        units = divided(hard_line, room.width - room.first_indent, shaper)
        if len(units) != len(hard_line):
            gaps = _between(units, hand)
        role: Role = "details" if number and part.details else part.role
        # Details begin a block of their own under the name.
        opens = number == 0 or (number == 1 and role == "details")
        for index, piece in enumerate(break_lines(units, room.width, gaps, opening) or [[]]):
            words, width = _placed(merged(piece, shaper), hand)
            first = index == 0 and opens
            lines.append(
                SetLine(
                    role,
                    part.field,
                    words,
                    width,
                    block.size,
                    block.align,
                    room.indent + (opening * block.size if first else 0.0),
                    block.space_before if first else 0.0,
                    opens_part=not lines,
                    closes_part=False,
                    rtl=part.rtl,
                )
            )
    lines[-1] = replace(lines[-1], closes_part=True)
    return tuple(lines)


@lru_cache(maxsize=512)
def _gaps(part: Part, hand: Hand) -> tuple[tuple[float, ...], ...]:
    """Return the space after each unit of a part's hard lines, em of its own size."""
    return tuple(_between(line, hand) for line in part.hard_lines)


def _between(units: Sequence[Unit], hand: Hand) -> tuple[float, ...]:
    return (*(gap_after(unit, after, hand) for unit, after in pairwise(units)), 0.0)


def least_lines(parts: list[Part], measure: float, shaper: Shaper) -> int:
    """Return a number of lines below which no break of the parts at a measure can come.

    It costs little, and tells of many sizes that they are too large for a note.
    """
    return sum(_least_lines(part, measure, shaper) for part in parts)


@lru_cache(maxsize=1024)
def _least_lines(part: Part, measure: float, shaper: Shaper) -> int:
    count = 0
    naturals = _naturals(part, shaper.hand)
    for (width, widest_gap), room in zip(naturals, _rooms(part, measure, shaper), strict=True):
        # A line may stand out a little, and the gap at its end is no part of it.
        held = (1 + OVER) * room.width + widest_gap
        count += max(1, ceil(_SURELY * (width + widest_gap) / held))
    return count


@lru_cache(maxsize=512)
def _naturals(part: Part, hand: Hand) -> tuple[tuple[float, float], ...]:
    """Return each hard line's width when it is not broken, and the widest gap in it, em."""
    return tuple(
        (sum(unit.shaped.width_em for unit in line) + sum(gaps), max(gaps))
        for line, gaps in zip(part.hard_lines, _gaps(part, hand), strict=True)
    )


def widest_whole(parts: list[Part], measure: float, shaper: Shaper) -> list[float]:
    """Return for each hard line its widest word (own em) that needs no cut at a measure."""
    widest: list[float] = []
    for part in parts:
        rooms = _rooms(part, measure, shaper)
        widest += _widest_under(part, tuple(room.width - room.first_indent for room in rooms))
    return widest


@lru_cache(maxsize=512)
def _widest_under(part: Part, rooms: tuple[float, ...]) -> tuple[float, ...]:
    widths = ([unit.shaped.width_em for unit in line] for line in part.hard_lines)
    return tuple(
        max((width for width in line if width <= room), default=0.0)
        for line, room in zip(widths, rooms, strict=True)
    )


def holds(parts: list[Part], widths: list[float], measure: float, shaper: Shaper) -> bool:
    """Tell whether words of these widths, one for each hard line, need no cut at a measure."""
    rooms = [room for part in parts for room in _rooms(part, measure, shaper)]
    return all(
        width <= room.width - room.first_indent + 1e-9
        for width, room in zip(widths, rooms, strict=True)
    )


@lru_cache(maxsize=1024)
def _rooms(part: Part, measure: float, shaper: Shaper) -> tuple[Room, ...]:
    """Return the room of each of a part's hard lines.

    Their indent is less where a closing or a name would be broken by it, for all of them alike.
    """
    blocks = part.blocks
    over = 0.0
    if part.role != "body":
        for line, block in zip(part.hard_lines, blocks, strict=True):
            if block.indent:
                _, width = _placed(merged(line, shaper), shaper.hand)
                over = max(over, block.indent * measure + width * block.size - measure)
    rooms = []
    for block in blocks:
        indent = max(0.0, block.indent * measure - over)
        first_indent = block.first_indent * measure / block.size
        rooms.append(Room(indent, (measure - indent) / block.size, first_indent))
    return tuple(rooms)


def _placed(
    units: list[Unit], hand: Hand
) -> tuple[tuple[tuple[ShapedWord, float, bool], ...], float]:
    """Put a line's units into visual order and give each its left end."""
    x = 0.0
    placed: list[tuple[ShapedWord, float, bool]] = []
    if not any(unit.level or unit.space_level for unit in units):
        for unit, after in pairwise(units):
            placed.append((unit.shaped, x, unit.spaced))
            x += unit.shaped.width_em
            x += gap_after(unit, after, hand)
        if units:
            placed.append((units[-1].shaped, x, False))
            x += units[-1].shaped.width_em
        return tuple(placed), x
    items: list[tuple[Unit | Gap, int]] = []
    for index, unit in enumerate(units):
        items.append((unit, unit.level))
        if index < len(units) - 1:
            after = units[index + 1]
            gap = Gap(gap_after(unit, after, hand), spaced=unit.spaced)
            level = unit.space_level if unit.spaced else min(unit.level, after.level)
            items.append((gap, level))
    order = visual_order([level for _, level in items])
    for position in order:
        item = items[position][0]
        if isinstance(item, Gap):
            x += item.width
            if placed and item.spaced:
                placed[-1] = (*placed[-1][:2], True)
        else:
            placed.append((item.shaped, x, False))
            x += item.shaped.width_em
    return tuple(placed), x
