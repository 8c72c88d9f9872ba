"""A note to a printer: its home file, corrected, with what the printer is told about it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fairhand.art.drawing import bounds
from fairhand.errors import FailureError, InputError
from fairhand.geometry import Insets, Rect, Size
from fairhand.impose.corrected import Correction, half_turned
from fairhand.job.home_pages import HomePages, card_pages, is_head_down, sheet_pages, upright
from fairhand.output.pdf import pdf
from fairhand.press.calibration import calibrated
from fairhand.press.ipp_client import print_job
from fairhand.press.job_watch import watched
from fairhand.press.print_job import HIGH, PrintPlan, PrintWish, planned
from fairhand.press.printers import (
    UNKNOWN_MARGIN,
    Printer,
    default_queue,
    ink_outside,
    printer_at,
    printers,
    queue_names,
)
from fairhand.units import MM, in_mm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairhand.impose.sheet import Sheet
    from fairhand.job.made import Made
    from fairhand.job.sheets import SheetWish
    from fairhand.output.pdf import About


_SEEN = 0.1 * MM
"""Less than this nobody misses at an edge, and margins are told in rounded numbers."""


@dataclass(frozen=True, slots=True)
class PrintReady:
    """A print before it is sent: the printer, the plan, the PDF, and what is to be said.

    `fed` is the side that is printed first, as it goes in.
    """

    printer: Printer
    plan: PrintPlan
    data: bytes
    title: str
    fed: Sheet
    notices: tuple[str, ...]


def printer_named(name: str) -> Printer:
    """Return a printer by its address or its name, the default or the only one for "".

    InputError with the printers that there are.
    """
    name = name.strip()
    if "://" in name:
        return printer_at(name)
    known = printers_here()
    by_name = {one.name.casefold(): one for one in known}
    if not known:
        raise InputError(
            "There is no printer on this machine's print server.",
            hint=f"{BY_ADDRESS} Or make the PDF with fairhand write, and print it from a viewer.",
        )
    told = f"There are: {', '.join(one.name for one in known)}."
    wanted = name or (default_queue() if len(known) > 1 else known[0].name)
    if not wanted:
        raise InputError("There are several printers, and none of them is the usual one.",
                         hint=f"Name one with --printer. {told}")  # fmt: skip
    if wanted.casefold() not in by_name:
        raise InputError(f'There is no printer "{wanted}".', hint=f"{told} {BY_ADDRESS}")
    return by_name[wanted.casefold()]


BY_ADDRESS = "Name one by its address: --printer ipp://NAME.local/ipp/print."


def printers_here() -> list[Printer]:
    """Return the printers of this machine, those that tell nothing of themselves too."""
    known = printers()
    if known:
        return known
    names = queue_names()
    # A server that slept is awake now, and may tell more.
    return (printers() or [_silent(name) for name in names]) if names else []


def _silent(name: str) -> Printer:
    """Return a queue that tells nothing of itself; it is printed to with `lp`."""
    empty: tuple[float, ...] = ()
    return Printer(name, "", "", (), (), (), (empty, empty, empty, empty), (), (), (), ())


def ready(
    made: Made, printer: Printer, wish: PrintWish, *, side: int = 0, correct: bool = True,
    on: SheetWish | None = None,
) -> PrintReady:  # fmt: skip
    """Return a print of a card, its envelope, or a sheet of several cards (`on`), ready to be sent.

    Its page is the trim size of what is printed, or the paper, at 100 %. InputError for what the
    printer cannot do.
    """
    if on is None:
        pages = card_pages(made, envelope=wish.is_envelope, side=side)
    else:
        pages = sheet_pages(made, on, side=side)
        wish = replace(wish, copies=1)
    wish = replace(wish, sides=pages.flip)
    size = pages.sides[0].size
    plan = planned(printer, size, wish) if printer.media else _unasked(size, wish)
    if abs(plan.size.width - size.width) > abs(plan.size.width - size.height):
        pages = pages.turned()
    if side == 2 and on is None and is_head_down(pages.sides[0]):
        # Turned over by hand like a page of a book, the same edge goes in first.
        pages = replace(pages, sides=(half_turned(pages.sides[0]),))
    found = calibrated(printer.name, plan.source, plan.type) if correct else None
    about = pages.about
    notices = [*_remarks(printer, plan, wish), *pages.notices]
    sides = pages.corrected(found.correction) if found else pages.sides
    over = max(
        (ink_outside(ink, one.size, plan.margins) for one in sides for ink in _ink(one)),
        default=0.0,
    )
    if over > _SEEN:
        notices.append(
            f"Ink lies {in_mm(over):.1f} mm in the edge that this printer leaves white, and will "
            "be missing there."
        )
    data = pdf(sides, _corrected_about(about, found.correction) if found else about)
    if found:
        notices.append(f"Ink moves {found.correction.told} (calibrated for {found.told}).")
    return PrintReady(printer, plan, data, about.title, sides[0], tuple(notices))


def _remarks(printer: Printer, plan: PrintPlan, wish: PrintWish) -> Iterator[str]:
    """Yield what a person should know of the printer beforehand."""
    yield from (f"The printer says: {trouble}." for trouble in printer.troubles)
    if printer.types and not plan.type:
        what = "envelopes" if wish.is_envelope else "card stock"
        yield (
            f'"{printer.name}" has no paper type for {what}: choose the heaviest with --type '
            f"({', '.join(printer.types)}), or on its display."
        )
    if not printer.media:
        yield (
            f'"{printer.name}" does not tell what it takes: choose the paper size and type there, '
            "and try it with plain paper."
        )


def home_pdf(sides: Sequence[Sheet], about: About, correction: Correction | None = None) -> bytes:
    """Return a PDF for a home printer, its ink moved by the printer's correction.

    Corrected pages stand upright, as printers feed them, for the error is the printer's own:
    were they turned on their way, it would not turn with them.
    """
    if correction is None:
        return pdf(sides, about)
    fed = [upright(one) for one in sides]
    pages = HomePages(tuple(fed), about, backs=tuple(n % 2 == 1 for n in range(len(fed))))
    return pdf(pages.corrected(correction), _corrected_about(about, correction))


def _corrected_about(about: About, correction: Correction) -> About:
    return replace(about, keywords=f"corrected: {correction.told}")


class Sent(NamedTuple):
    """What a printer calls a job, and what is to be said of it."""

    name: str
    notices: tuple[str, ...]


def sent(job: PrintReady) -> Sent:
    """Send a print, and look after it for some seconds; FailureError when it cannot be printed."""
    uri = job.printer.uri
    if uri:
        number, lacking = print_job(uri, job.title, job.plan.attributes(), job.data)
        notices = []
        if lacking:
            notices.append(f"The printer did not take: {', '.join(lacking)}. "
                           "Look at the first card before you print more.")  # fmt: skip
        try:
            told = watched(uri, number) if number else ""
        except KeyboardInterrupt:
            told = ""  # enough seen: the job is the printer's by now
        if told:
            notices.append(f"The printer says: {told}.")
        return Sent(f"job {number}", tuple(notices))
    return Sent(_by_lp(job), ())


def _by_lp(job: PrintReady) -> str:
    program = shutil.which("lp")
    if program is None:
        raise FailureError("There is no program to print with (lp).",
                           hint="Print the PDF from its viewer, at actual size.")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "card.pdf"
        path.write_bytes(job.data)
        command = [program, "-d", job.printer.name, "-n", str(job.plan.copies), "-t", job.title,
                   *job.plan.lp_options(), str(path)]  # fmt: skip
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, errors="replace", timeout=60,
                check=False, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            raise FailureError(f'The queue "{job.printer.name}" does not answer.',
                               hint="Is the print server running?") from None  # fmt: skip
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:] or ["it does not say why"]
        raise FailureError(f'"{job.printer.name}" does not take the job: {reason[0].rstrip(".")}.',
                           hint="Print the PDF from its viewer, at actual size.")  # fmt: skip
    return done.stdout.strip()


def _unasked(size: Size, wish: PrintWish) -> PrintPlan:
    """Return a plan for a printer that tells nothing of itself."""
    margins = Insets(*[0.0 if wish.borderless else UNKNOWN_MARGIN] * 4)
    given = {"type": wish.type, "source": wish.source}
    chosen = {key: "" if value == "auto" else value for key, value in given.items()}
    upright = Size(min(size), max(size))
    return PrintPlan(upright, margins, chosen["type"], chosen["source"], wish.sides, HIGH,
                     wish.copies, True)  # fmt: skip


def _ink(sheet: Sheet) -> list[Rect]:
    """Return where a side may have ink: the safe area of what is written, and its art."""
    found = []
    for one in sheet.placements:
        seen = one.clip or Rect.of(sheet.size)
        if one.page.lines:
            found.append(one.matrix.about(one.page.safe))
        inked = (one.matrix.about(bounds(thing)).intersection(seen) for thing in one.page.under)
        found += [rect.intersection(Rect.of(sheet.size)) for rect in inked]
    return found
