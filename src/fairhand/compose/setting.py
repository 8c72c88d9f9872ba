"""A note's parts to lines of one writing size: broken, aligned, with their distances.

Unit: em of the body's writing size ("em"), or lines of the leading where it says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from fairhand.compose.breaks import break_lines, divided
from fairhand.compose.shape import Shaper, Unit, gap_after, visual_order

if TYPE_CHECKING:
    from fairhand.compose.page import ShapedWord
    from fairhand.hand.hand import Hand
    from fairhand.layout.model import Align, Block, CardLayout, Role
    from fairhand.note.model import Note


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the note, shaped: hard lines of units, and how the layout sets it."""

    role: Role
    field: str
    hard_lines: tuple[tuple[Unit, ...], ...]
    block: Block


class Gap(NamedTuple):
    """What lies between two units: its width (em), and whether it is a space of the text."""

    width: float
    spaced: bool


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line: words from left to right with their left ends (em of its own size)."""

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


def parts_of(note: Note, layout: CardLayout, shaper: Shaper, *, rtl: bool) -> list[Part]:
    """Shape the note's blocks in reading order; blocks without words are left out."""
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
    return [
        Part(
            role,
            field,
            tuple(tuple(shaper.units(line, rtl=rtl)) for line in text.split("\n")),
            layout.block(role),
        )
        for role, field, text in blocks
        if text
    ]


def set_lines(parts: list[Part], measure: float, shaper: Shaper) -> list[SetLine]:
    """Break every part into lines no wider than `measure` (em of the body's size)."""
    lines: list[SetLine] = []
    hand = shaper.hand
    for part in parts:
        block = part.block
        indent = _indent(part, measure, hand)
        room = (measure - indent) / block.size
        first_indent = block.first_indent * measure / block.size
        broken = []
        for number, hard_line in enumerate(part.hard_lines):
            units = divided(hard_line, room - first_indent, shaper)
            opening = first_indent if number == 0 else 0.0
            gaps = [gap_after(a, b, hand) for a, b in pairwise(units)] + [0.0]
            broken += break_lines(units, room, gaps, opening)
            if not units:
                broken.append([])
        for number, units in enumerate(broken):
            words, width = _placed(units, hand)
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
                )
            )
    return lines


def _indent(part: Part, measure: float, hand: Hand) -> float:
    """Return a block's indent, less where a closing or a name would be broken by it."""
    indent = part.block.indent * measure
    if not indent or part.role == "body":
        return indent
    widest = max(_placed(list(line), hand)[1] for line in part.hard_lines) * part.block.size
    return max(0.0, min(indent, measure - widest))


def _placed(
    units: list[Unit], hand: Hand
) -> tuple[tuple[tuple[ShapedWord, float, bool], ...], float]:
    """Put a line's units into visual order and give each its left end."""
    items: list[tuple[Unit | Gap, int]] = []
    for index, unit in enumerate(units):
        items.append((unit, unit.level))
        if index < len(units) - 1:
            after = units[index + 1]
            gap = Gap(gap_after(unit, after, hand), spaced=unit.spaced)
            items.append((gap, min(unit.level, after.level)))
    order = visual_order([level for _, level in items])
    x = 0.0
    placed: list[tuple[ShapedWord, float, bool]] = []
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
