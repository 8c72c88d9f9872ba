"""The loading picture: how card stock goes into a printer, drawn for one job."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

from fairhand.art.drawing import Clipped, Shape, line, moved, rectangle
from fairhand.geometry import Affine, Rect, Size
from fairhand.impose.imposed import imposed
from fairhand.impose.sheet import Placement, Sheet
from fairhand.job.captions import Caption, captioned
from fairhand.job.home_pages import flip_of, upright
from fairhand.job.sheets import imposition
from fairhand.output.pdf import About, pdf
from fairhand.stationery.catalogue import ink
from fairhand.stationery.model import Ink
from fairhand.stationery.paper import paper
from fairhand.units import MM, in_inches, in_mm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairhand.art.drawing import Drawn
    from fairhand.impose.imposed import Imposition
    from fairhand.job.made import Made
    from fairhand.job.sheets import SheetWish

_BLACK = ink("black")
_PALE = Ink(name="pale", title="Pale", cmyk=(0, 0, 0, 8), rgb="#ececec")
_SHADE = Ink(name="shade", title="Shade", cmyk=(0, 0, 0, 22), rgb="#c9c9c9")
_WORDS = Ink(name="words", title="Words", cmyk=(30, 15, 0, 35), rgb="#7f90a8")
HEAVY = "paper type: card stock or heavy (80 to 110 lb cover, 200 to 300 g/m\u00b2)"
_LARGEST = 0.5
_LINE = 0.9

Line = tuple[float, float, float, float]
"""From x0, y0 to x1, y1 on the sheet, points."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a job wants of the tray: the sheet as it is fed, and the words about it.

    `printed` is where lines of writing run on the side that is shown, `art` what is drawn there
    beside. `flap` says how that of an envelope lies; "" for cards.
    """

    what: str
    size: Size
    printed: tuple[Line, ...]
    art: tuple[Drawn, ...]
    folds: tuple[Line, ...]
    stock: str
    two_sided: str = ""
    flap: str = ""


def load_of(made: Made, fed: Sheet, *, envelope: bool, flip: str = "") -> Load:
    """Return what a card (or its envelope) wants of the tray, `fed` being a side as it goes in."""
    if envelope and made.envelope:
        what, stock = f"Envelope: {made.envelope.title}", "paper type: envelope"
        turned = fed.size.width < fed.size.height
    else:
        opened = ", opened flat" if fed.folds else ""
        what, stock, turned = f"{made.composed.card.title}{opened}", HEAVY, False
    return Load(
        what,
        fed.size,
        tuple(_written(fed)),
        tuple(_art(fed)),
        fed.folds,
        stock,
        flip,
        ("its fold at the left" if turned else "its fold first") if envelope else "",
    )


def sheet_load(made: Made, how: Imposition, copies: int = 0) -> Load:
    """Return what the first sheet of so many cards wants of the tray; 0 is a sheetful."""
    fed = how.grid.paper
    cards = repeat(made.card_sheets, copies or len(how.grid.cells))
    front = next(iter(imposed(cards, how, "fronts")))
    flip = "by hand" if how.flip == "manual" else how.flip
    return Load(
        f"{made.composed.card.title}, on {fed.title}", fed.size,
        tuple(_written(front)), tuple(_art(front)), tuple(_scores(how)), HEAVY,
        flip if len(how.names) > 1 else "",
    )  # fmt: skip


def _scores(how: Imposition) -> Iterator[Line]:
    """Yield the folds of the cards on a sheet."""
    for cell in how.grid.cells if how.card.fold != "none" else ():
        left, bottom, right, top = cell.rect
        if (how.card.fold == "left") != cell.turned:
            yield ((left + right) / 2, bottom, (left + right) / 2, top)
        else:
            yield (left, (bottom + top) / 2, right, (bottom + top) / 2)


def loading_picture(made: Made, wish: SheetWish | None = None) -> bytes:
    """Return a page for each thing that goes into the tray: the card or its sheets, the envelope.

    What is wider than high is fed upright, its short edge first.
    """
    first = made.card_sheets[0]
    if wish:
        how = imposition(made.composed.card, made.card_sheets, wish)
        loads = [sheet_load(made, how, wish.copies)]
    else:
        flip = flip_of(first).removeprefix("two-sided-") if len(made.card_sheets) > 1 else ""
        loads = [load_of(made, upright(first), envelope=False, flip=flip)]
    if made.envelope_sheets:
        loads.append(load_of(made, upright(made.envelope_sheets[0]), envelope=True))
    return loading_pdf(loads, made.composed.card.region)


def loading_pdf(loads: Sequence[Load], region: str) -> bytes:
    """Return a page for each load, Letter or A4 by region, that shows how to load the tray."""
    size = paper("letter" if region == "us" else "a4").size
    return pdf([_page(load, size) for load in loads], About("How to load the printer"))


def _page(load: Load, size: Size) -> Sheet:
    fed = load.size
    scale = min(_LARGEST * size.width / fed.width, 0.36 * size.height / fed.height, 1.0)
    width, height = fed.width * scale, fed.height * scale
    middle = size.width / 2
    slot = 0.60 * size.height
    sheet = Rect(middle - width / 2, slot - height, middle + width / 2, slot)
    drawn = [
        *_sheet(load, sheet, scale),
        *_printer(middle, slot, max(width, 70 * MM)),
        *_arrow(sheet.right + 16 * MM, slot - height * 0.75, slot - 4 * MM),
    ]
    page = captioned("loading", size, _captions(load, size, sheet, fed), drawn)
    return Sheet("loading", size, Rect.of(size), (Placement(page, Affine()),))


def _captions(load: Load, size: Size, sheet: Rect, fed: Size) -> Iterator[Caption]:
    left, right = 22 * MM, size.width - 22 * MM
    top = size.height - 24 * MM
    yield Caption(("Load it like this",), Rect(left, top - 8 * MM, right, top + 6 * MM), 3.4 * MM)
    inches = f"{in_inches(fed.width):.4g} x {in_inches(fed.height):.4g} in"
    millimetres = f"{in_mm(fed.width):.0f} x {in_mm(fed.height):.0f} mm"
    facts = [
        load.what,
        f"paper size: {inches} ({millimetres}), the edge of {in_mm(fed.width):.0f} mm first",
        load.stock,
        "scale: 100 % (actual size)",
    ]
    yield Caption(tuple(facts), Rect(left, top - 42 * MM, right, top - 12 * MM), 1.9 * MM)
    beside = Rect(sheet.right + 21 * MM, sheet.top - 14 * MM, size.width - 8 * MM, sheet.top)
    yield Caption(("this edge first",), beside, 1.8 * MM)
    below = [
        "The picture shows the side that is printed. In most trays at the back it looks at you;",
        "in most drawers it looks down. One sheet of plain paper first, and you know.",
    ]
    if load.two_sided == "by hand":
        below += [
            "Second side: when the first is dry, turn the sheets over like the pages of a book and "
            "put them back,",
            "the same edge first.",
        ]
    elif load.two_sided:
        below.append(f'Both sides: choose "flip on {load.two_sided.replace("-", " ")}".')
    if load.flap:
        below.append(f"The flap closed, on the side that is not printed, {load.flap}.")
        below.append("Press the pile flat; if the printer has a lever for envelopes, use it.")
    else:
        below.append("Fan the stack, a few sheets at a time; fold after the ink is dry.")
    yield Caption(tuple(below), Rect(left, 22 * MM, right, sheet.bottom - 10 * MM), 1.8 * MM)


def _sheet(load: Load, place: Rect, scale: float) -> Iterator[Drawn]:
    """Yield the sheet on its way in, with its art, its fold and the lines of its writing."""
    shade = Rect(place.left + 1.2 * MM, place.bottom - 1.2 * MM, place.right + 1.2 * MM, place.top)
    yield Shape(rectangle(*shade), fill=_SHADE)
    yield Shape(rectangle(*place), fill=Ink(name="paper", title="Paper", cmyk=(0, 0, 2, 0),
                                            rgb="#fffffa"), stroke=_BLACK, width=_LINE)  # fmt: skip
    matrix = Affine(scale, 0.0, 0.0, scale, place.left, place.bottom)
    for thing in load.art:
        yield moved(thing, matrix)
    for x0, y0, x1, y1 in load.folds:
        yield line(*matrix.apply(x0, y0), *matrix.apply(x1, y1), _BLACK, 0.5, (3.0, 3.0))
    for x0, y0, x1, y1 in load.printed:
        yield line(*matrix.apply(x0, y0), *matrix.apply(x1, y1), _WORDS, 1.1)


def _printer(middle: float, slot: float, width: float) -> Iterator[Shape]:
    """Yield a printer that takes the sheet in: a body over its upper edge."""
    left, right = middle - width / 2 - 14 * MM, middle + width / 2 + 14 * MM
    yield Shape(
        (
            ("m", (left, slot - 3 * MM)), ("l", (left, slot + 16 * MM)),
            ("c", (left, slot + 20 * MM, left + 2 * MM, slot + 22 * MM,
                   left + 6 * MM, slot + 22 * MM)),
            ("l", (right - 6 * MM, slot + 22 * MM)),
            ("c", (right - 2 * MM, slot + 22 * MM, right, slot + 20 * MM, right, slot + 16 * MM)),
            ("l", (right, slot - 3 * MM)), ("h", ()),
        ),
        fill=_PALE, stroke=_BLACK, width=_LINE,
    )  # fmt: skip
    yield line(left + 8 * MM, slot + 3 * MM, right - 8 * MM, slot + 3 * MM, _BLACK, 1.6)
    yield Shape(rectangle(right - 20 * MM, slot + 14 * MM, right - 9 * MM, slot + 18 * MM),
                stroke=_BLACK, width=0.5)  # fmt: skip


def _arrow(x: float, low: float, high: float) -> Iterator[Shape]:
    yield line(x, low, x, high - 4 * MM, _BLACK, 1.8)
    yield Shape((("m", (x, high)), ("l", (x - 3 * MM, high - 6 * MM)),
                 ("l", (x + 3 * MM, high - 6 * MM)), ("h", ())), fill=_BLACK)  # fmt: skip


def _art(side: Sheet) -> Iterator[Drawn]:
    """Yield what is drawn on a side beside its writing, as much of it as the paper holds."""
    whole = Rect.of(side.size)
    for one in side.placements:
        seen = one.clip.intersection(whole) if one.clip else whole
        if one.page.under:
            yield Clipped(seen, tuple(moved(thing, one.matrix) for thing in one.page.under))


def _written(side: Sheet) -> Iterator[Line]:
    """Yield where each line of writing runs on a side, roughly through its letters' middle."""
    for one in side.placements:
        for written in one.page.lines:
            words = written.words
            if not words:
                continue
            last = max(words, key=lambda word: word.matrix.e)
            left = min(word.matrix.e for word in words)
            right = last.matrix.e + last.matrix.a * last.shaped.width_em
            y = sum(word.matrix.f for word in words) / len(words) + abs(last.matrix.d) * 0.2
            yield (*one.matrix.apply(left, y), *one.matrix.apply(right, y))
