"""The pages of a print at home: a card's sides, its envelope's, or sheets of several cards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.impose.corrected import corrected, quarter_turned
from fairhand.impose.imposed import imposed
from fairhand.job.sheets import copies_of, how_to_print, imposition, sheetful

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairhand.impose.corrected import Correction
    from fairhand.impose.imposed import Sides
    from fairhand.impose.sheet import Sheet
    from fairhand.job.made import Made
    from fairhand.job.sheets import SheetWish
    from fairhand.output.pdf import About

ONE_SIDED = "one-sided"
_PARTS: tuple[Sides, Sides, Sides] = ("both", "fronts", "backs")


@dataclass(frozen=True, slots=True)
class HomePages:
    """Pages as they lie before they are fed, in the order in which they are printed.

    `flip` is IPP's word for how sheets are turned over by the printer (RFC 8011 section 5.2.8),
    `backs` tells which pages are those of second sides. `upside_down`: backs go through on
    their head; None: where a page's own fold is level.
    """

    sides: tuple[Sheet, ...]
    about: About
    flip: str = ONE_SIDED
    backs: tuple[bool, ...] = ()
    upside_down: bool | None = None
    notices: tuple[str, ...] = ()

    def turned(self) -> HomePages:
        """Return the pages a quarter turn to the left, as they are fed on their short edge."""
        down = None if self.upside_down is None else not self.upside_down
        return replace(self, sides=tuple(map(quarter_turned, self.sides)), upside_down=down)

    def corrected(self, correction: Correction) -> tuple[Sheet, ...]:
        """Return the sides with a printer's error taken back.

        A back that is printed by itself was put in by hand, the same edge first.
        """
        return corrected_sides(self.sides, self.backs, correction, self.upside_down)


def card_pages(made: Made, *, envelope: bool, side: int) -> HomePages:
    """Return the sides of a card or its envelope: all (0), or the one of that number.

    An envelope's flap is never printed with its front. InputError when there is no envelope,
    or no such side.
    """
    if envelope and not made.envelope_sheets:
        raise InputError('There is no envelope, because the note does not say whom it goes to '
                         '("to").')  # fmt: skip
    sides = made.envelope_sheets if envelope else made.card_sheets
    if side > len(sides):
        raise InputError("There is only one printed side.", hint="Leave out --side.")
    about = made.envelope_about("rgb") if envelope else made.card_about("rgb")
    if side:
        return HomePages(sides[side - 1 : side], about, backs=(side == 2,))
    if envelope:
        said = "The flap is not printed yet: turn the envelope over, and --side 2."
        return HomePages(sides[:1], about, backs=(False,), notices=(said,) * (len(sides) > 1))
    flip = flip_of(sides[0]) if len(sides) > 1 else ONE_SIDED
    return HomePages(sides, about, flip, tuple(bool(n) for n in range(len(sides))))


def sheet_pages(made: Made, on: SheetWish, *, side: int) -> HomePages:
    """Return sheets of several cards: both sides of each (0), or only fronts (1) or backs (2).

    InputError when the card does not fit on the paper, or has no second side.
    """
    how = imposition(made.composed.card, made.card_sheets, on)
    on = sheetful(on, how)
    two = len(how.names) > 1
    if side == 2 and not two:
        raise InputError("There is only one printed side.", hint="Leave out --side.")
    if side:
        how = replace(how, flip="manual")
    part = _PARTS[side]
    sides = tuple(imposed(copies_of(made.card_sheets, on), how, part))
    flip = f"two-sided-{on.flip}" if two and not side else ONE_SIDED
    backs = tuple(one.name.startswith("back") for one in sides)
    said = tuple(how_to_print(how, on, bleeding=False)[:1])
    about = made.card_about("rgb")
    return HomePages(sides, about, flip, backs, how.is_head_down, notices=said)


def corrected_sides(
    sides: Sequence[Sheet], backs: Sequence[bool], correction: Correction,
    upside_down: bool | None = None,
) -> tuple[Sheet, ...]:  # fmt: skip
    """Return sides as they are fed with a printer's error taken back; see `HomePages`."""
    both = not all(backs)
    return tuple(
        corrected(
            one, correction, back=back,
            head_down=back and both
            and (is_head_down(one) if upside_down is None else upside_down),
        )
        for one, back in zip(sides, backs, strict=True)
    )  # fmt: skip


def flip_of(sheet: Sheet) -> str:
    """Return how a printer calls turning a card over: about its fold, or like a page.

    It is a word of IPP's "sides" (RFC 8011 section 5.2.8).
    """
    width, height = sheet.size
    axis_is_upright = True
    if sheet.folds:
        x0, _, x1, _ = sheet.folds[0]
        axis_is_upright = x0 == x1
    along_long = axis_is_upright == (height >= width)
    return "two-sided-long-edge" if along_long else "two-sided-short-edge"


def how_to_turn(sides: Sequence[Sheet]) -> str:
    """Return how a card of two printed sides is printed, in a sentence; "" for one of one side."""
    if len(sides) < 2:
        return ""
    names = " and ".join(one.name for one in sides)
    flip = flip_of(sides[0]).removeprefix("two-sided-").replace("-", " ")
    return f'The card has two printed sides ({names}): print both, "flip on {flip}".'


def is_head_down(sheet: Sheet) -> bool:
    """Tell whether a side's back stands on its head where sheets turn like the pages of a book.

    It does where its fold is level: the card is turned about that.
    """
    return any(y0 == y1 for _, y0, _, y1 in sheet.folds)


def upright(sheet: Sheet) -> Sheet:
    """Return a side as printers feed it: its short edge first."""
    return quarter_turned(sheet) if sheet.size.width > sheet.size.height else sheet
