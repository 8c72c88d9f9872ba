"""The proof of a merge: the worst cards on plain paper, each with its envelope and why it is here.

Cards that are too large for the paper are shown smaller, and say so.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from fairhand.art.drawing import Shape, rectangle
from fairhand.geometry import Affine, Rect, Size
from fairhand.impose.sheet import Placement, Sheet
from fairhand.job.captions import Caption, captioned
from fairhand.job.merge.key import key_of
from fairhand.output.pdf import About, pdf
from fairhand.stationery.model import Ink
from fairhand.stationery.paper import paper
from fairhand.units import MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairhand.job.made import Made
    from fairhand.job.merge.worst import Chosen

_EDGE = 12 * MM
_GAP = 7 * MM
_CAPTION = 21 * MM
_X_HEIGHT = 1.7 * MM
_ACROSS = 90
"""Letters of a caption's line; longer ones would be written smaller, to fit."""

_RULE_WIDTH = 0.4
_RULE = Ink(name="rule", title="Rule", cmyk=(0, 0, 0, 30), rgb="#b9b9b9")


def proof_pdf(chosen: Sequence[Chosen], makes: Sequence[Made], count: int) -> bytes:
    """Return the proof: a page for each card that is shown, of `count` that were made."""
    pages = [_page(one, made, count) for one, made in zip(chosen, makes, strict=True)]
    language = makes[0].source.note.language if makes else "en"
    return pdf(pages, About("Proof", language))


def _page(chosen: Chosen, made: Made, count: int) -> Sheet:
    size = paper("letter" if made.composed.card.region == "us" else "a4").size
    sides = [*made.card_sheets, *made.envelope_sheets[:1]]
    room = Rect(_EDGE, _EDGE, size.width - _EDGE, size.height - _EDGE - _CAPTION)
    scale = _scale(sides, room)
    placements: list[Placement] = []
    frames = []
    top = room.top
    for side in sides:
        top -= side.size.height * scale
        matrix = Affine(scale, 0.0, 0.0, scale, room.left, top)
        right, high = room.left + side.size.width * scale, top + side.size.height * scale
        edges = rectangle(room.left, top, right, high)
        frames.append(Shape(edges, stroke=_RULE, width=_RULE_WIDTH))
        placements += [
            Placement(one.page, one.matrix.then(matrix), one.clip and matrix.about(one.clip))
            for one in side.placements
        ]
        top -= _GAP
    caption = captioned(
        "proof", size, _captions(chosen, made, count, scale, size), under=frames, letters=made.hand
    )
    return Sheet("proof", size, Rect.of(size), (Placement(caption, Affine()), *placements))


def _captions(
    chosen: Chosen, made: Made, count: int, scale: float, size: Size
) -> Iterator[Caption]:
    row = chosen.record.row
    name = made.source.note.to.name if made.source.note.to else ""
    told = [f"Row {row.number} of {count}, key {key_of(row.number)}: {name}".rstrip(": ")]
    shown = "at its true size" if scale == 1 else f"at {100 * scale:.0f} % of its size"
    told += wrap(f"Shown as {', '.join(chosen.why)}; {shown}.", _ACROSS)
    top = size.height - _EDGE
    yield Caption(tuple(told), Rect(_EDGE, top - _CAPTION, size.width - _EDGE, top), _X_HEIGHT)


def _scale(sides: Sequence[Sheet], room: Rect) -> float:
    """Return how large sides are shown one below the other: as they are where they fit."""
    high = sum(side.size.height for side in sides)
    wide = max(side.size.width for side in sides)
    return min(1.0, (room.height - _GAP * (len(sides) - 1)) / high, room.width / wide)
