"""The proof of a merge: the worst cards on plain paper, each with its envelope or label.

The page says why it is here. Cards that are too large for the paper are shown smaller.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from fairhand.art.drawing import Shape, moved, rectangle
from fairhand.geometry import Affine, Rect, Size
from fairhand.impose.sheet import Placement, Sheet
from fairhand.job.captions import Caption, captioned
from fairhand.job.labels import label_edges
from fairhand.job.merge.key import key_of
from fairhand.output.pdf import About, pdf
from fairhand.stationery.model import Ink
from fairhand.stationery.paper import paper
from fairhand.units import MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairhand.job.labels import LabelWish
    from fairhand.job.made import Made
    from fairhand.job.merge.order import Order
    from fairhand.job.merge.persons import Person
    from fairhand.job.merge.worst import Chosen

_EDGE = 12 * MM
_GAP = 7 * MM
_CAPTION = 21 * MM
_X_HEIGHT = 1.7 * MM
_ACROSS = 90
"""Letters of a caption's line; longer ones would be written smaller, to fit."""

_SMALL = 0.4
"""A label that is no higher than this share of the room is shown at its true size."""

_ROUNDING = 0.01
_RULE_WIDTH = 0.4
_RULE = Ink(name="rule", title="Rule", cmyk=(0, 0, 0, 30), rgb="#b9b9b9")


class _Shown(NamedTuple):
    """A side on the page, its left and upper edges there."""

    side: Sheet
    left: float
    top: float


def proof_pdf(
    order: Order, chosen: Sequence[Chosen], persons: Sequence[Person], count: int
) -> bytes:
    """Return the proof: a page for each person that is shown.

    The table has `count` rows, 0 where that is not known.
    """
    pages = [_page(order, *one, count) for one in zip(chosen, persons, strict=True)]
    language = persons[0].made.source.note.language if persons else "en"
    return pdf(pages, About("Proof", language))


def _page(order: Order, chosen: Chosen, person: Person, count: int) -> Sheet:
    made, labels = person.made, order.labels
    size = paper("letter" if made.composed.card.region == "us" else "a4").size
    sides = [*(made.card_sheets if order.cards else ()), *made.envelope_sheets]
    label = _label(person, labels)
    room = Rect(_EDGE, _EDGE, size.width - _EDGE, size.height - _EDGE - _CAPTION)
    # A label is small: where it stands beside the rest at its true size it is not made smaller.
    scale, shown = _laid_out(sides, label, room)
    placements: list[Placement] = []
    frames = []
    for side, left, top in shown:
        by = 1.0 if side is label and _is_small(side, room) else scale
        width, height = side.size.width * by, side.size.height * by
        matrix = Affine(by, 0.0, 0.0, by, left, top - height)
        if side is label and labels:
            frames += [moved(one, matrix) for one in label_edges(labels.sheet)]
        else:
            edges = rectangle(left, top - height, left + width, top)
            frames.append(Shape(edges, stroke=_RULE, width=_RULE_WIDTH))
        placements += [
            Placement(one.page, one.matrix.then(matrix), one.clip and matrix.about(one.clip))
            for one in side.placements
        ]
    told = "at its true size" if scale == 1 else f"at {100 * scale:.0f} % of its size"
    if label and scale < 1 and _is_small(label, room):
        told += ", the label at its true size"
    caption = captioned(
        "proof", size, _captions(chosen, made, count, told, size), under=frames, letters=made.hand
    )
    return Sheet("proof", size, Rect.of(size), (Placement(caption, Affine()), *placements))


def _label(person: Person, labels: LabelWish | None) -> Sheet | None:
    """Return a person's label as a side of its own."""
    if labels is None or person.label is None:
        return None
    size = Size(labels.sheet.cell_width, labels.sheet.cell_height)
    return Sheet("label", size, Rect.of(size), (Placement(person.label, Affine()),))


def _captions(chosen: Chosen, made: Made, count: int, shown: str, size: Size) -> Iterator[Caption]:
    row = chosen.record.row
    name = made.source.note.to.name if made.source.note.to else ""
    of = f" of {count}" if count else ""
    told = [f"Row {row.number}{of}, key {key_of(row.number)}: {name}".rstrip(": ")]
    told += wrap(f"Shown as {', '.join(chosen.why)}; {shown}.", _ACROSS)
    top = size.height - _EDGE
    yield Caption(tuple(told), Rect(_EDGE, top - _CAPTION, size.width - _EDGE, top), _X_HEIGHT)


def _is_small(side: Sheet, room: Rect) -> bool:
    return side.size.height <= _SMALL * room.height and side.size.width <= room.width


def _laid_out(
    sides: Sequence[Sheet], label: Sheet | None, room: Rect
) -> tuple[float, list[_Shown]]:
    """Return how large sides are shown, and where: as they are where they fit."""
    for hundredths in range(100, 0, -1):
        scale = hundredths / 100
        sizes = [(side, side.size.width * scale, side.size.height * scale) for side in sides]
        if label:
            by = 1.0 if _is_small(label, room) else scale
            sizes.append((label, label.size.width * by, label.size.height * by))
        shown: list[_Shown] = []
        left, top, high = room.left, room.top, 0.0
        for side, width, height in sizes:
            if left > room.left and left + width > room.right + _ROUNDING:
                left, top, high = room.left, top - high - _GAP, 0.0
            shown.append(_Shown(side, left, top))
            left, high = left + width + _GAP, max(high, height)
            if left - _GAP > room.right + _ROUNDING or top - high < room.bottom - _ROUNDING:
                break
        else:
            return scale, shown
    raise AssertionError("nothing is a hundred times larger than a sheet of paper")
