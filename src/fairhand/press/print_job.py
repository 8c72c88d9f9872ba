"""A page, a wish and a printer to the attributes of a print job, or a sentence why not.

What a card needs: its own size as the medium, the type of its stock, and no scaling at all
(PWG 5100.7 media-col, PWG 5100.13 print-scaling).
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairhand.errors import FailureError, InputError
from fairhand.geometry import Insets, Size
from fairhand.press.ipp import ENUM, Tagged
from fairhand.press.printers import told_media
from fairhand.units import in_mm

if TYPE_CHECKING:
    from fairhand.press.ipp import Attributes
    from fairhand.press.printers import Printer

HIGH = 5
"""The best of the print qualities (RFC 8011 section 5.2.13)."""

_HEAVY = ("cardstock", "stationery-heavyweight", "stationery-cover", "photographic-matte", "heavy",
          "thick", "card")  # fmt: skip
_ENVELOPES = ("envelope", "envelope-plain", "envelope-heavyweight")
_BY_HAND = ("manual", "by-pass-tray", "rear", "top", "alternate")


@dataclass(frozen=True, slots=True)
class PrintWish:
    """What is wanted of a print: "auto" chooses what suits a card, or an envelope.

    `sides` in IPP's words: one-sided, two-sided-long-edge, two-sided-short-edge.
    """

    copies: int = 1
    sides: str = "one-sided"
    type: str = "auto"
    source: str = "auto"
    borderless: bool = False
    is_envelope: bool = False


@dataclass(frozen=True, slots=True)
class PrintPlan:
    """What will be sent: the medium as it is fed, its margins, and the choices made."""

    size: Size
    margins: Insets
    type: str
    source: str
    sides: str
    quality: int | None
    copies: int
    scaling: bool

    def attributes(self) -> Attributes:
        """Return the job's attributes (RFC 8011 section 5.2, PWG 5100.7)."""
        hundredths = [round(in_mm(part) * 100) for part in (*self.size, *self.margins)]
        across, along, top, right, bottom, left = hundredths
        medium: Attributes = {
            "media-size": {"x-dimension": across, "y-dimension": along},
            "media-top-margin": top,
            "media-right-margin": right,
            "media-bottom-margin": bottom,
            "media-left-margin": left,
        }
        if self.type:
            medium["media-type"] = self.type
        if self.source:
            medium["media-source"] = self.source
        job: Attributes = {"copies": self.copies, "sides": self.sides, "media-col": medium}
        if self.quality:
            job["print-quality"] = Tagged(ENUM, self.quality)
        if self.scaling:
            job["print-scaling"] = "none"
        return job

    def lp_options(self) -> list[str]:
        """Return the same for `lp`."""
        across, along = (in_mm(part) for part in self.size)
        options = [f"media=Custom.{across:.2f}x{along:.2f}mm", "print-scaling=none",
                   f"sides={self.sides}"]  # fmt: skip
        if self.type:
            options.append(f"media-type={self.type}")
        if self.source:
            options.append(f"media-source={self.source}")
        if self.quality:
            options.append(f"print-quality={self.quality}")
        return [word for option in options for word in ("-o", option)]


def planned(printer: Printer, size: Size, wish: PrintWish) -> PrintPlan:
    """Return how a page of a size (points) is printed; InputError for what the printer lacks.

    FailureError when it takes no jobs at all.
    """
    if not printer.accepts:
        raise FailureError(f'The printer "{printer.name}" takes no jobs at the moment.',
                           hint="Look at its display, or resume its queue.")  # fmt: skip
    found = printer.medium(size)
    if found is None:
        raise InputError(
            f'The printer "{printer.name}" does not take a page of '
            f"{in_mm(size.width):.1f} x {in_mm(size.height):.1f} mm.",
            hint=f"It takes: {told_media(printer.media)}. Print several cards on a larger sheet "
            "(--on letter), or choose another card.",
        )
    medium, fed = found
    margins = medium.margins
    if wish.borderless:
        if not printer.is_borderless:
            raise InputError(f'The printer "{printer.name}" does not print without margins.',
                             hint="Leave out --borderless.")  # fmt: skip
        margins = Insets(0, 0, 0, 0)
    if wish.copies < 1:
        raise InputError("Print one copy at least.")
    if wish.sides != "one-sided" and printer.sides and wish.sides not in printer.sides:
        raise InputError(
            f'The printer "{printer.name}" does not print both sides by itself ({wish.sides}).',
            hint="Print one side, turn the card over, print the other: --side 1, then --side 2.",
        )
    likely = _ENVELOPES if wish.is_envelope else _HEAVY
    return PrintPlan(
        fed, margins, _chosen("paper type", wish.type, likely, printer.types, printer),
        _chosen("tray", wish.source, _BY_HAND, printer.sources, printer), wish.sides,
        HIGH if not printer.qualities or HIGH in printer.qualities else None, wish.copies,
        not printer.scalings or "none" in printer.scalings,
    )  # fmt: skip


def _chosen(
    what: str, wished: str, likely: tuple[str, ...], known: tuple[str, ...], printer: Printer
) -> str:
    """Return one of the words that a printer knows; "" lets it choose where it knows none."""
    if wished == "auto":
        exact = (word for word in likely if word in known)
        # Makers have names of their own: "com.example-cardstock-glossy".
        close = (word for part in likely for word in known if part in word)
        return next(exact, next(close, ""))
    if not known or wished in known:
        return wished
    near = difflib.get_close_matches(wished, known, 1)
    raise InputError(
        f'The printer "{printer.name}" has no {what} "{wished}".',
        hint=(f'Did you mean "{near[0]}"? ' if near else "") + f"It has: {', '.join(known)}.",
    )
