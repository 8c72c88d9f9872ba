"""Labels: a note's address, or its sender's, on the labels of a sheet from any place on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from fairhand.art.drawing import Shape, ellipse, rectangle
from fairhand.compose.letters import refuse_missing
from fairhand.compose.shape import shaper_for
from fairhand.errors import InputError
from fairhand.geometry import Affine, Rect
from fairhand.hand.hand import hand
from fairhand.impose.corrected import corrected
from fairhand.impose.sheet import Placement, Sheet
from fairhand.job.captions import Caption, captioned
from fairhand.job.home_pages import upright
from fairhand.job.make import natural_pen
from fairhand.note.language import language
from fairhand.output.pdf import About, pdf
from fairhand.post.address_hand import address_hand, capitals_stand_apart, legible_hands
from fairhand.post.address_note import addressed_note
from fairhand.post.label import compose_label
from fairhand.stationery.catalogue import ink, pen
from fairhand.units import MM, in_mm
from fairhand.write.hand_page import Task, write_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairhand.art.drawing import Path as DrawnPath
    from fairhand.compose.page import ComposedPage
    from fairhand.hand.hand import Hand
    from fairhand.impose.corrected import Correction
    from fairhand.note.model import Note
    from fairhand.note.read import NoteFile
    from fairhand.output.pdf_colour import Colour
    from fairhand.stationery.label import LabelSheet
    from fairhand.stationery.label_catalogue import Found
    from fairhand.write.page import WrittenPage

_CALM = 0.5
"""Addresses are written more carefully than notes: machines and strangers read them."""

NO_BARCODE: Final = "Labels have no Intelligent Mail barcode; it stands on envelopes only."
_MOST_COPIES = 10_000
_OUTLINE = 0.3
_HOLE = 0.16
"""The hole of a ring in an outline, share of its width: what CDs have, nearly."""

_CAPTION = 1.3 * MM
_EDGE = 5 * MM
"""What most printers leave white: no caption stands nearer to the paper's edge."""


@dataclass(frozen=True, slots=True)
class LabelWish:
    """What a person wants of labels: `copies` of them, 0 for one, or a sheetful of the sender's.

    `start` is the first label to be filled, from 1, as one reads; `sender`: return labels.
    `outline`: the labels' edges are drawn, for a test on plain paper.
    """

    sheet: LabelSheet
    start: int = 1
    copies: int = 0
    sender: bool = False
    outline: bool = False


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels made: their sheets, and what was chosen for them."""

    source: NoteFile
    sheet: LabelSheet
    sheets: tuple[Sheet, ...]
    count: int
    hand: Hand
    x_height_mm: float
    notices: tuple[str, ...] = ()

    def about(self, colour: Colour) -> About:
        """Return what their file says of itself."""
        note = self.source.note
        sender = note.from_.name if note.from_ else ""
        return About(f"Labels on {self.sheet.name}", note.language, sender, colour)


def sheet_notices(found: Found) -> tuple[str, ...]:
    """Return what a person has to know of a sheet of labels before printing on it."""
    notices = [found.notice] if found.notice else []
    if found.sheet.reaches_white:
        notices.append(
            "The outer labels reach the edge of the paper, where most printers leave 6 mm white: "
            "try one on plain paper, and begin on an inner label if ink is missing."
        )
    return tuple(notices)


def labels(source: NoteFile, wish: LabelWish) -> Labels:
    """Set, write and lay out a note's labels; each copy is written anew.

    InputError when the address is missing or does not fit, or the first place is not there.
    """
    check_start(wish.sheet, wish.start)
    copies = wish.copies or (wish.sheet.count - wish.start + 1 if wish.sender else 1)
    if not 1 <= copies <= _MOST_COPIES:
        raise InputError(f"{copies} labels cannot be made.",
                         hint=f"Choose from 1 to {_MOST_COPIES}.")  # fmt: skip
    page, chosen, said = composed_label(source, wish.sheet, sender=wish.sender)
    written = write_pages(
        [label_task(source, page, chosen, number) for number in range(1, copies + 1)]
    )
    sheets = tuple(label_sheets(written, wish.sheet, wish.start, outline=wish.outline))
    height = in_mm(page.x_height_em * page.lines[0].size)
    barcode = "" if wish.sender or not source.note.imb else NO_BARCODE
    notices = tuple(filter(None, (said, barcode)))
    return Labels(source, wish.sheet, sheets, copies, chosen, height, notices)


class ComposedLabel(NamedTuple):
    """An address as it is set on a label, its hand, and what is to be known of that choice."""

    page: ComposedPage
    hand: Hand
    said: str


def composed_label(source: NoteFile, sheet: LabelSheet, *, sender: bool = False) -> ComposedLabel:
    """Set a note's address on one label; InputError, with the note's line, when it cannot be."""
    note = source.note
    field = "from" if sender else "to"
    try:
        folder = Path(source.file).parent
        own = hand(note.hand, folder)
        note, _ = addressed_note(note, capitals=capitals_stand_apart(note, own, folder))
        chosen, said = address_hand(note, own, folder)
        lines = _lines(note, sender=sender)
        lost = [(field, letter) for line in lines for letter in chosen.font.missing(line)]
        refuse_missing(lost, source, chosen)
        return ComposedLabel(*_set(note, lines, sheet, chosen, sender=sender), said)
    except InputError as error:
        raise error.at(source.place_of(error.field or field)) from None


def _set(
    note: Note, lines: tuple[str, ...], sheet: LabelSheet, chosen: Hand, *, sender: bool
) -> tuple[ComposedPage, Hand]:
    """Set lines on a label, evenly apart; in another hand where that helps and may be chosen.

    Tall letters and long tails cost a label a line: five of Mynerve crowd on a small one, where
    five of Playpen Sans stand well.
    """
    wish = {"sender": sender, "large": note.large}
    others = legible_hands("\n".join(lines)) if note.address_hand == "auto" else iter(())
    for one in (chosen, *others):
        with suppress(InputError):
            shaper = shaper_for(one, language(note.language))
            return compose_label(lines, sheet, shaper, evenly=True, **wish), one
    return compose_label(lines, sheet, shaper_for(chosen, language(note.language)), **wish), chosen


def label_task(source: NoteFile, page: ComposedPage, chosen: Hand, number: int = 1) -> Task:
    """Return how a label is written; another `number` writes the same words anew."""
    note = source.note
    own_pen = natural_pen(chosen) if note.pen == "auto" else pen(note.pen)
    seed = f"{note.seed}\n{note.to.name if note.to else ''}\nlabel {number}"
    return Task(page, chosen, ink(note.ink), own_pen, seed, note.neatness * _CALM)


def _lines(note: Note, *, sender: bool) -> tuple[str, ...]:
    party = note.from_ if sender else note.to
    if party is None or not party.lines:
        field, what = ("from", "whom it comes from") if sender else ("to", "whom it goes to")
        raise InputError(
            f'The note does not say {what} ("{field}"), so there is no label.',
            hint=f'Add "{field}:" with a name and an address.', field=field,
        )  # fmt: skip
    return party.lines_in(note.language)


def check_start(sheet: LabelSheet, start: int) -> None:
    """InputError when a sheet has no label of that number."""
    if not 1 <= start <= sheet.count:
        raise InputError(
            f'A sheet of "{sheet.name}" has {sheet.count} labels, so none can begin at '
            f"place {start}.",
            hint=f"Choose a number from 1 to {sheet.count}: places are counted as one reads.",
        )


def label_sheets(
    pages: Iterable[WrittenPage], sheet: LabelSheet, start: int = 1, *, outline: bool = False
) -> Iterator[Sheet]:
    """Yield sheets with a page on each label, row by row, the first on label `start`.

    Pages are taken one sheet at a time, so that there may be any number of them. `outline`
    draws the edges of all labels, and says in the margin what sheet it is.
    """
    check_start(sheet, start)
    cells = sheet.cells
    marks = tuple(outlines(sheet)) if outline else ()
    told = _caption(sheet) if outline else ()
    given = iter(pages)
    first = start - 1
    number = 0
    while batch := list(islice(given, len(cells) - first)):
        number += 1
        placements = tuple(
            Placement(page, Affine.move(cell.left, cell.bottom), cell)
            for cell, page in zip(cells[first:], batch, strict=False)
        )
        first = 0
        whole = Rect.of(sheet.size)
        yield Sheet(f"labels-{number}", sheet.size, whole, placements + told, marks=marks)


def labels_pdf(
    sheets: Iterable[Sheet], about: About, correction: Correction | None = None
) -> bytes:
    """Return the PDF of sheets of labels, their ink moved by a printer's correction.

    Every page is a front. Corrected pages stand upright, as printers feed them.
    """
    if correction is None:
        return pdf(sheets, about)
    told = replace(about, keywords=f"corrected: {correction.told}")
    return pdf((corrected(upright(one), correction) for one in sheets), told)


def outlines(sheet: LabelSheet) -> Iterator[Shape]:
    """Yield the edges of a sheet's labels as fine lines."""
    for cell in sheet.cells:
        yield from _outline(cell, sheet)


def label_edges(sheet: LabelSheet) -> Iterator[Shape]:
    """Yield the edges of one label by itself, its lower left corner in the origin."""
    return _outline(Rect(0.0, 0.0, sheet.cell_width, sheet.cell_height), sheet)


def _outline(cell: Rect, sheet: LabelSheet) -> Iterator[Shape]:
    black = ink("black")
    yield Shape(_edge(cell, sheet), stroke=black, width=_OUTLINE)
    if sheet.shape == "ring":
        x, y = (cell.left + cell.right) / 2, (cell.bottom + cell.top) / 2
        radius = _HOLE / 2 * cell.width
        yield Shape(ellipse(x, y, radius, radius), stroke=black, width=_OUTLINE)


def _edge(cell: Rect, sheet: LabelSheet) -> DrawnPath:
    if sheet.shape != "rectangle":
        x, y = (cell.left + cell.right) / 2, (cell.bottom + cell.top) / 2
        return ellipse(x, y, cell.width / 2, cell.height / 2)
    r = min(sheet.corner, cell.width / 2, cell.height / 2)
    if r <= 0:
        return rectangle(*cell)
    left, bottom, right, top = cell
    k = 0.4477152502 * r  # what is left of the radius beside a Bézier curve's handle
    return (
        ("m", (left + r, bottom)), ("l", (right - r, bottom)),
        ("c", (right - k, bottom, right, bottom + k, right, bottom + r)),
        ("l", (right, top - r)), ("c", (right, top - k, right - k, top, right - r, top)),
        ("l", (left + r, top)), ("c", (left + k, top, left, top - k, left, top - r)),
        ("l", (left, bottom + r)), ("c", (left, bottom + k, left + k, bottom, left + r, bottom)),
        ("h", ()),
    )  # fmt: skip


def _caption(sheet: LabelSheet) -> tuple[Placement, ...]:
    """Return the sheet's name, in the margin above its labels or below; nothing without room."""
    cells = sheet.cells
    side = max(_EDGE, min(cell.left for cell in cells))
    right = sheet.width - _EDGE
    above = Rect(side, max(cell.top for cell in cells) + MM, right, sheet.height - _EDGE)
    below = Rect(side, _EDGE, right, min(cell.bottom for cell in cells) - MM)
    band = max(above, below, key=lambda rect: rect.height)
    if band.height < 2.5 * _CAPTION:
        return ()
    text = f"{sheet.name}: print at 100 % on plain paper, and hold it against a sheet of labels"
    page = captioned("labels", sheet.size, [Caption((text,), band, _CAPTION)])
    return (Placement(page, Affine()),)
