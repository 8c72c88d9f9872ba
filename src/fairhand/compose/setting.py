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

    `rtl` tells from which side its lines are set.
    """

    role: Role
    field: str
    hard_lines: tuple[tuple[Unit, ...], ...]
    block: Block
    rtl: bool = False


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
            isolated = note.heading_parts if role == "heading" else ()
            parts.append(_part(role, field, text, isolated, block, whole, shaper))
    return parts


@lru_cache(maxsize=512)
def _part(
    role: Role, field: str, text: str, isolated: tuple[str, ...], block: Block, whole: bool,
    shaper: Shaper,
) -> Part:  # fmt: skip
    rtl = reads_right_to_left(text, within=whole)
    if isolated:
        lines: tuple[tuple[Unit, ...], ...] = (_isolated(isolated, shaper, rtl=rtl),)
    else:
        lines = tuple(shaper.units(line, rtl=rtl) for line in text.split("\n"))
    from_right = rtl if role in ("body", "postscript") else whole
    return Part(role, field, lines, block, from_right)


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
    block = part.block
    indent, room, first_indent = _room(part, measure, shaper)
    broken = []
    for number, (hard_line, gaps) in enumerate(
        zip(part.hard_lines, _gaps(part, hand), strict=True)
    ):
        units = divided(hard_line, room - first_indent, shaper)
        opening = first_indent if number == 0 else 0.0
        if len(units) != len(hard_line):
            gaps = _between(units, hand)
        broken += break_lines(units, room, gaps, opening)
        if not units:
            broken.append([])
    lines = []
    for number, units in enumerate(broken):
        words, width = _placed(merged(units, shaper), hand)
        lines.append(
            SetLine(
                part.role,
                part.field,
                words,
                width,
                block.size,
                block.align,
                indent + (first_indent * block.size if number == 0 else 0.0),
                block.space_before if number == 0 else 0.0,
                opens_part=number == 0,
                closes_part=number == len(broken) - 1,
                rtl=part.rtl,
            )
        )
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
    _, room, _ = _room(part, measure, shaper)
    count = 0
    for width, widest_gap in _naturals(part, shaper.hand):
        # A line may stand out a little, and the gap at its end is no part of it.
        held = (1 + OVER) * room + widest_gap
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
    """Return for each part the widest word (em of its own size) that needs no cut at a measure."""
    widest = []
    for part in parts:
        _, room, first_indent = _room(part, measure, shaper)
        widest.append(_widest_under(part, room - first_indent))
    return widest


@lru_cache(maxsize=512)
def _widest_under(part: Part, room: float) -> float:
    widths = (unit.shaped.width_em for line in part.hard_lines for unit in line)
    return max((width for width in widths if width <= room), default=0.0)


def holds(parts: list[Part], widths: list[float], measure: float, shaper: Shaper) -> bool:
    """Tell whether words of these widths, one for each part, need no cut at a measure."""
    for part, width in zip(parts, widths, strict=True):
        _, room, first_indent = _room(part, measure, shaper)
        if width > room - first_indent + 1e-9:
            return False
    return True


@lru_cache(maxsize=1024)
def _room(part: Part, measure: float, shaper: Shaper) -> tuple[float, float, float]:
    """Return a block's indent (em of the body), its lines' room, and its first line's indent.

    The indent is less where a closing or a name would be broken by it.
    """
    block = part.block
    indent = block.indent * measure
    if indent and part.role != "body":
        lines = (_placed(merged(line, shaper), shaper.hand) for line in part.hard_lines)
        indent = max(0.0, min(indent, measure - max(width for _, width in lines) * block.size))
    return indent, (measure - indent) / block.size, block.first_indent * measure / block.size


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
