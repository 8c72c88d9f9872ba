"""Cards imposed on larger sheets, as PDFs for printing at home or on an office machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import repeat
from typing import TYPE_CHECKING, Any

from fairhand.art.drawing import bleeds
from fairhand.errors import InputError
from fairhand.impose.corrected import corrected
from fairhand.impose.grid import grid
from fairhand.impose.imposed import Imposition, imposed
from fairhand.output.pdf import pdf
from fairhand.stationery.catalogue import card, cards
from fairhand.stationery.paper import paper, papers
from fairhand.units import MM, in_mm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairhand.impose.corrected import Correction
    from fairhand.impose.imposed import CardSides, Flip, Sides
    from fairhand.impose.sheet import Sheet
    from fairhand.job.made import Made
    from fairhand.note.read import NoteFile
    from fairhand.output.pdf import About
    from fairhand.output.pdf_colour import Colour
    from fairhand.stationery.model import Card
    from fairhand.stationery.paper import Paper

_BLEED_GUTTER = 6 * MM
"""Between cards whose art bleeds: 3 mm for each of them."""

_MOST_COPIES = 10_000


@dataclass(frozen=True, slots=True)
class SheetWish:
    """What a person wants of sheets: `copies` cards, 0 for a sheetful.

    `gutter` in points, None: as the card's art asks.
    """

    paper: Paper
    copies: int = 0
    start: int = 1
    reverse: bool = False
    flip: Flip = "long-edge"
    sides: Sides = "both"
    marks: bool | None = None
    gutter: float | None = None


def imposition(card: Card, sides: Sequence[Sheet], wish: SheetWish) -> Imposition:
    """Return how a card goes on the paper that is wished.

    `sides` are those that at least one of the cards has. InputError when the card does not fit,
    or the first cell is not there.
    """
    bleeding = reaches_the_edge(sides)
    gutter = wish.gutter
    if gutter is None:
        gutter = _BLEED_GUTTER if bleeding else 0.0
    chosen = grid(wish.paper, card, gutter, bleeds=bleeding)
    if chosen is None:
        own = scored_for(wish.paper)
        other = f" Or take the card of this stock: --card {own.name}." if own else ""
        raise InputError(
            f'The card "{card.name}", opened '
            f"{in_mm(card.flat_size.width):.0f} x {in_mm(card.flat_size.height):.0f} mm, does not "
            f'fit on "{wish.paper.name}" ({wish.paper.title}).',
            hint=f"It fits on: {', '.join(papers_for(card)) or 'none of the papers'}.{other}",
        )
    if not 1 <= wish.start <= len(chosen.cells):
        raise InputError(
            f'A sheet of "{wish.paper.name}" takes {len(chosen.cells)} of these cards, so none '
            f"can begin at place {wish.start}.",
            hint=f"Choose a number from 1 to {len(chosen.cells)}.",
        )
    used = {side.name for side in sides}
    names = tuple(name for name in card.sides if name in used)
    marks = not wish.paper.is_stock if wish.marks is None else wish.marks
    return Imposition(chosen, card, names, wish.flip, wish.start, marks)


def reaches_the_edge(sides: Sequence[Sheet]) -> bool:
    """Tell whether art on a card's sides is meant to be cut at its edges."""
    return any(bleeds(one.page.under, one.page.size) for s in sides for one in s.placements)


def to_the_edge(who_knows: str) -> str:
    """Return what a person has to know of art that goes to the edge of a card by itself."""
    return (
        "The art goes to the edge of the card, where most home printers leave some 6 mm white: "
        f"print it borderless, or on larger paper to cut (--on letter, --on a4); {who_knows}. For "
        "a print shop there is --press."
    )


def scored_for(paper: Paper) -> Card | None:
    """Return the card for which stock is cut or scored; None for plain paper."""
    if not paper.is_stock:
        return None
    return next((one for one in cards().values() if grid(paper, one)), None)


def paper_for_cards(name: str) -> Paper:
    """Return the paper of that name; InputError that tells who names a card what takes that."""
    try:
        return paper(name)
    except InputError as error:
        try:
            found = papers_for(card(name))
        except InputError:
            raise error from None
        raise InputError(
            f'"{name}" is a card, and --on wants the paper that it is printed on.',
            hint=f"It fits on: {', '.join(found)}; on a sheet of its own size leave out --on.",
        ) from None


def on_its_stock(source: NoteFile, wish: SheetWish | None) -> NoteFile:
    """Return a note on the card for which stock is made, where the note leaves that to us."""
    own = scored_for(wish.paper) if wish and source.note.card == "auto" else None
    if own is None:
        return source
    return replace(source, note=source.note.model_copy(update={"card": own.name}))


def papers_for(card: Card) -> list[str]:
    """Return the names of the stock and the papers on which a card fits, the stock first."""
    found = [paper for paper in papers().values() if grid(paper, card)]
    return [paper.name for paper in sorted(found, key=lambda paper: not paper.is_stock)]


def sheets_pdf(
    cards: Iterable[CardSides],
    how: Imposition,
    wish: SheetWish,
    about: About,
    sides: Sides,
    correction: Correction | None = None,
) -> bytes:
    """Return the PDF of cards imposed: all sides, or only the fronts or the backs of sheets.

    `correction` is that of the printer they are for.
    """
    made = imposed(cards, how, sides)
    if correction is not None:
        made = (
            corrected(side, correction, back=is_back, head_down=is_back and how.is_head_down)
            for side in made
            for is_back in (side.name.startswith("back"),)
        )
        about = replace(about, keywords=f"corrected: {correction.told}")
    return pdf(reversed_sheets(made, how, sides) if wish.reverse else made, about)


def reversed_sheets(made: Iterable[Sheet], how: Imposition, sides: Sides) -> list[Sheet]:
    """Return sheets from the last to the first, each front still before its back."""
    pages = list(made)
    step = 2 if sides == "both" and len(how.names) > 1 else 1
    return [page for at in range(len(pages) - step, -1, -step) for page in pages[at : at + step]]


def sheet_pdfs(
    made: Made, wish: SheetWish, sides: str = "both", colour: Colour = "rgb",
    correction: Correction | None = None,
) -> tuple[dict[str, bytes], list[str]]:  # fmt: skip
    """Return the PDFs of sheets of a card by the sides in them, and what is to be said of them.

    `sides` is "both", "fronts", "backs", or "apart" for two files. InputError when the card does
    not fit, or has no second side.
    """
    how = imposition(made.composed.card, made.card_sheets, wish)
    wish = sheetful(wish, how)
    about = made.card_about(colour)
    two_sided = len(how.names) > 1
    parts = ("fronts", "backs") if sides == "apart" and two_sided else (sides,)
    if "backs" in parts and not two_sided:
        raise InputError("This card has only one printed side, so there are no backs.",
                         hint="Leave --sides out.")  # fmt: skip
    files: dict[str, bytes] = {}
    for part in parts:
        which: Any = "both" if part == "apart" else part
        cards = copies_of(made.card_sheets, wish)
        files[which] = sheets_pdf(cards, how, wish, about, which, correction)
    return files, how_to_print(how, wish, bleeding=reaches_the_edge(made.card_sheets))


def copies_of(sides: CardSides, wish: SheetWish) -> Iterable[CardSides]:
    """Return a card as often as it is wished; InputError for a number that makes no sense."""
    if not 1 <= wish.copies <= _MOST_COPIES:
        raise InputError(
            f"{wish.copies} copies cannot be made.", hint=f"Choose from 1 to {_MOST_COPIES}."
        )
    return repeat(sides, wish.copies)


def sheetful(wish: SheetWish, how: Imposition) -> SheetWish:
    """Return a wish with as many cards as its first sheet takes, where it says no number."""
    count = len(how.grid.cells) - wish.start + 1
    return wish if wish.copies else replace(wish, copies=count)


def how_to_print(how: Imposition, wish: SheetWish, *, bleeding: bool) -> list[str]:
    """Return what a person has to do with the sheets, in sentences.

    `bleeding` tells that the cards have art at their edges.
    """
    count = len(how.grid.cells)
    cards = f"{count} card{'s' * (count != 1)}"
    said = [f"{cards} to a sheet of {wish.paper.title}."]
    if len(how.names) > 1:
        if wish.flip == "manual":
            said.append(
                "Print the fronts at 100 %, turn the stack over like a page of a book, put it back "
                "with the same edge first, and print the backs; try it with one sheet of plain "
                "paper."
            )
        else:
            edge = wish.flip.replace("-", " ")
            said.append(f'Print both sides at 100 % (actual size), "flip on {edge}".')
    else:
        said.append("Print at 100 % (actual size).")
    if how.grid.to_edge:
        white = f"{in_mm(wish.paper.unprintable):.0f} mm"
        said.append(
            f"The cards reach the edge of the paper, where most printers leave {white} white: "
            + (
                "so wide a strip of the art will be missing there, unless yours prints borderless."
                if bleeding
                else "nothing on them stands so near to it."
            )
        )
        if not wish.paper.is_stock:
            said += _where_to_cut(how)
    return said


def _where_to_cut(how: Imposition) -> list[str]:
    """Tell in numbers what marks cannot tell on a sheet without room for them."""
    width, height = how.grid.paper.size
    cells = [cell.rect for cell in how.grid.cells]
    from_left = {round(in_mm(x), 1) for rect in cells for x in (rect.left, rect.right)}
    from_top = {round(in_mm(height - y), 1) for rect in cells for y in (rect.bottom, rect.top)}
    cuts = [*_measured(from_left, in_mm(width), "left"), *_measured(from_top, in_mm(height), "top")]
    folds = []
    if how.card.fold != "none":
        upright = (how.card.fold == "left") != how.grid.cells[0].turned
        if upright:
            middles = {round(in_mm((rect.left + rect.right) / 2), 1) for rect in cells}
            folds = _measured(middles, in_mm(width), "left")
        else:
            middles = {round(in_mm(height - (rect.bottom + rect.top) / 2), 1) for rect in cells}
            folds = _measured(middles, in_mm(height), "top")
    told = [f"cut {', '.join(cuts)}"] if cuts else []
    told += [f"fold {', '.join(folds)}"] if folds else []
    return [f"Where there is no room for marks: {'; '.join(told)}."] if told else []


def _measured(places: set[float], whole: float, edge: str) -> list[str]:
    return [f"{at:g} mm from the {edge}" for at in sorted(places) if 0.5 < at < whole - 0.5]
