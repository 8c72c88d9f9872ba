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
from fairhand.impose.corrected import Correction, corrected, half_turned, quarter_turned
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


def sides_of(made: Made, *, envelope: bool, side: int) -> tuple[Sheet, ...]:
    """Return the sides to print: all (0), or the one of that number.

    InputError when there is no envelope, or no such side.
    """
    if envelope and not made.envelope_sheets:
        raise InputError('There is no envelope, because the note does not say whom it goes to '
                         '("to").')  # fmt: skip
    sides = made.envelope_sheets if envelope else made.card_sheets
    if side > len(sides):
        raise InputError("There is only one printed side.", hint="Leave out --side.")
    return sides[side - 1 : side] if side else sides


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


def ready(
    made: Made, printer: Printer, wish: PrintWish, *, side: int = 0, correct: bool = True
) -> PrintReady:
    """Return a print of a card or its envelope, ready to be sent.

    Its page is the card's trim size at 100 %. InputError for what the printer cannot do.
    """
    sides = sides_of(made, envelope=wish.is_envelope, side=side)
    about = made.envelope_about("rgb") if wish.is_envelope else made.card_about("rgb")
    if len(sides) > 1 and not wish.is_envelope:
        wish = replace(wish, sides=flip_of(sides[0]))
    unprinted = wish.is_envelope and len(sides) > 1
    if unprinted:
        sides = sides[:1]
    size = sides[0].size
    plan = planned(printer, size, wish) if printer.media else _unasked(size, wish)
    turned = abs(plan.size.width - size.width) > abs(plan.size.width - size.height)
    notices = [f"The printer says: {trouble}." for trouble in printer.troubles]
    if unprinted:
        notices.append("The flap is not printed yet: turn the envelope over, and --side 2.")
    if printer.types and not plan.type:
        what = "envelopes" if wish.is_envelope else "card stock"
        notices.append(
            f'"{printer.name}" has no paper type for {what}: choose the heaviest with --type '
            f"({', '.join(printer.types)}), or on its display."
        )
    if not printer.media:
        notices.append(
            f'"{printer.name}" does not tell what it takes: choose the paper size and type there, '
            "and try it with plain paper."
        )
    if turned:
        sides = tuple(quarter_turned(one) for one in sides)
    if side == 2 and is_head_down(sides[0]):
        # Turned over by hand like a page of a book, the same edge goes in first.
        sides = (half_turned(sides[0]),)
    found = calibrated(printer.name, plan.source, plan.type) if correct else None
    if found:
        sides = tuple(home_sides(sides, found.correction, first=max(side, 1)))
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


def is_head_down(sheet: Sheet) -> bool:
    """Tell whether a side's back stands on its head where sheets turn like the pages of a book.

    It does where its fold is level: the card is turned about that.
    """
    return any(y0 == y1 for _, y0, _, y1 in sheet.folds)


def home_pdf(sides: Sequence[Sheet], about: About, correction: Correction | None = None) -> bytes:
    """Return a PDF for a home printer, its ink moved by the printer's correction.

    Corrected pages stand upright, as printers feed them, for the error is the printer's own:
    were they turned on their way, it would not turn with them.
    """
    if correction is None:
        return pdf(sides, about)
    fed = [upright(one) for one in sides]
    return pdf(home_sides(fed, correction), _corrected_about(about, correction))


def upright(sheet: Sheet) -> Sheet:
    """Return a side as printers feed it: its short edge first."""
    return quarter_turned(sheet) if sheet.size.width > sheet.size.height else sheet


def home_sides(
    sides: Sequence[Sheet], correction: Correction, *, first: int = 1
) -> Iterator[Sheet]:
    """Yield the sides of a sheet, as it is fed, with their ink corrected.

    `first` is the number of the first of these sides: even ones are backs.
    """
    for number, one in enumerate(sides, first):
        back = number % 2 == 0
        head_down = back and first == 1 and is_head_down(one)
        yield corrected(one, correction, back=back, head_down=head_down)


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
