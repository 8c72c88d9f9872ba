"""A note to a printer from beginning to end, and the printers as one chooses among them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from fairhand.errors import InputError
from fairhand.job.make import make
from fairhand.job.page_words import lines_on_page
from fairhand.job.printing import printer_named, printers_here, ready, sent
from fairhand.job.sheets import SheetWish, on_its_stock, paper_for_cards
from fairhand.press.print_job import PrintWish
from fairhand.press.printers import printer_at
from fairhand.units import in_mm

if TYPE_CHECKING:
    from fairhand.job.made import Made
    from fairhand.job.printing import PrintReady
    from fairhand.note.read import NoteFile
    from fairhand.press.printers import Printer

_SCHEMES = ("ipp", "ipps")
_ADDRESS = "It is like ipp://printer.local/ipp/print, as the printer or its papers tell."

CLOSED = "it takes no jobs"
"""What is told of a printer that takes none at the moment."""


@dataclass(frozen=True, slots=True)
class PrinterShown:
    """A printer as one chooses it: paper types and trays in its own words, and what troubles it.

    `is_silent`: it tells nothing of itself, and is printed to all the same.
    """

    name: str
    title: str
    types: tuple[str, ...]
    trays: tuple[str, ...]
    is_borderless: bool
    is_silent: bool
    troubles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """What is chosen on a page for a print.

    `side` is 1 or 2, 0 for all of a card's sides. `paper` is a larger sheet with several cards on
    it, "" for a sheet of the card's own size. `type` and `tray` are the printer's words, "auto"
    what suits a card or an envelope.
    """

    piece: Literal["card", "envelope"] = "card"
    copies: int = 1
    side: int = 0
    type: str = "auto"
    tray: str = "auto"
    borderless: bool = False
    corrected: bool = True
    paper: str = ""


def printers_shown() -> tuple[PrinterShown, ...]:
    """Return the printers of this machine; none where there is no print server."""
    return tuple(map(shown, printers_here()))


def printer_shown(address: str) -> PrinterShown:
    """Return the printer at an address as one chooses it, with the address as its name.

    InputError for an address that is none of a printer; FailureError when it does not answer.
    """
    address = address.strip()
    if "://" not in address:
        raise InputError(f'"{address}" is not the address of a printer.', hint=_ADDRESS,
                         field="printer")  # fmt: skip
    return replace(shown(printer_at(_checked(address))), name=address)


def shown(printer: Printer) -> PrinterShown:
    """Return a printer as one chooses it."""
    return PrinterShown(
        printer.name, printer.title, printer.types, printer.sources,
        bool(printer.media) and printer.is_borderless, not printer.media, troubles(printer),
    )  # fmt: skip


def troubles(printer: Printer) -> tuple[str, ...]:
    """Return what is the matter with a printer at the moment, in words."""
    return (*printer.troubles, *(() if printer.accepts else (CLOSED,)))


def prepared(
    source: NoteFile, printer: str, wish: PrintWish, *, side: int = 0, correct: bool = True,
    on: SheetWish | None = None,
) -> tuple[Made, PrintReady]:  # fmt: skip
    """Make a note and a print of it, for a printer by its name, its address, or "" for the usual.

    InputError for what the note lacks or the printer cannot do.
    """
    made = make(on_its_stock(source, on), with_envelope=wish.is_envelope)
    if on and wish.is_envelope:
        raise InputError("An envelope is printed by itself.", hint="Leave out --on.")
    return made, ready(made, printer_named(printer), wish, side=side, correct=correct, on=on)


def plan_told(job: PrintReady) -> tuple[str, ...]:
    """Return how a print will be done, in sentences, and what is to be known of it."""
    plan = job.plan
    across, along = (in_mm(part) for part in plan.size)
    parts = [
        f"{across:.0f} x {along:.0f} mm, the edge of {across:.0f} mm first",
        plan.type or "paper type as set on the printer",
        f"tray {plan.source}" if plan.source else "tray as set on the printer",
        plan.sides.replace("-", " "), "100 %",
    ]  # fmt: skip
    return (f'"{job.printer.name}": {"; ".join(parts)}.', *job.notices)


def print_note(
    source: NoteFile, printer: str = "", choice: PrintChoice | None = None
) -> tuple[str, ...]:
    """Print a note's card or its envelope, and return what is to be said of it.

    InputError for what the note lacks or the printer cannot do; FailureError when it cannot be
    printed. The printer is looked after for some seconds.
    """
    job = ready_as(source, printer, choice or PrintChoice())
    done = sent(job)
    return lines_on_page(
        (*plan_told(job), f'Sent to "{job.printer.name}": {done.name}.', *done.notices)
    )


def _checked(printer: str) -> str:
    """Return a printer's name, or its address; InputError for one of something else."""
    scheme, found, _ = printer.strip().partition("://")
    if found and scheme.casefold() not in _SCHEMES:
        raise InputError(f'"{printer}" is not the address of a printer.', hint=_ADDRESS,
                         field="printer")  # fmt: skip
    return printer


def ready_as(source: NoteFile, printer: str, choice: PrintChoice) -> PrintReady:
    """Return a print as it is chosen on a page, before it is sent; InputError as `print_note`."""
    on = None
    if choice.paper:
        on = SheetWish(paper_for_cards(choice.paper), choice.copies)
    wish = PrintWish(
        choice.copies, "one-sided", choice.type or "auto", choice.tray or "auto",
        choice.borderless, choice.piece == "envelope",
    )  # fmt: skip
    _, job = prepared(
        source, _checked(printer), wish, side=choice.side, correct=choice.corrected, on=on
    )
    return job
