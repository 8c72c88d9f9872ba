"""What a printer can do, as it says itself: sizes, margins, paper types, trays, sides.

Lengths over IPP are in hundredths of a millimetre (PWG 5100.7); here they are points.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from fairhand.errors import FairhandError
from fairhand.geometry import Insets, Rect, Size
from fairhand.press.ipp import PRINTER, Range
from fairhand.press.ipp_client import CUPS_DEFAULT, CUPS_PRINTERS, ask, printer_attributes
from fairhand.press.ipp_words import reasons, refusal
from fairhand.units import MM, in_mm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairhand.press.ipp import Attributes

_HUNDREDTH = MM / 100
CLOSE = 0.5 * MM
"""Sizes that differ by less are one size."""

UNKNOWN_MARGIN: Final = 6.35 * MM
"""What printers leave white at the edges, where they do not say (a quarter of an inch)."""

_ASKED = (
    "printer-name", "printer-info", "printer-make-and-model", "printer-uri-supported",
    "media-col-database", "media-size-supported", "media-supported", "media-type-supported",
    "media-source-supported", "media-left-margin-supported", "media-right-margin-supported",
    "media-top-margin-supported", "media-bottom-margin-supported", "sides-supported",
    "print-quality-supported", "print-scaling-supported", "document-format-supported",
    "copies-supported", "printer-is-accepting-jobs", "printer-state-reasons",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Medium:
    """A size that a printer takes, or all sizes between `least` and `most`, points.

    `margins` are what it leaves white at the edges.
    """

    least: Size
    most: Size
    margins: Insets

    def takes(self, size: Size) -> bool:
        """Tell whether a size is this one, or one of these."""
        return (
            self.least.width - CLOSE <= size.width <= self.most.width + CLOSE
            and self.least.height - CLOSE <= size.height <= self.most.height + CLOSE
        )

    @property
    def told(self) -> str:
        """The size in words."""
        if self.least == self.most:
            return _size(self.least)
        return f"any size from {_size(self.least)} to {_size(self.most)}"


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer: its name, its address, and what it can do; empty where it does not say.

    `accepts`: it takes jobs at the moment; `troubles` are what it complains of, in words.
    """

    name: str
    uri: str
    title: str
    media: tuple[Medium, ...]
    types: tuple[str, ...]
    sources: tuple[str, ...]
    margins: tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...], tuple[float, ...]]
    sides: tuple[str, ...]
    qualities: tuple[int, ...]
    scalings: tuple[str, ...]
    formats: tuple[str, ...]
    accepts: bool = True
    troubles: tuple[str, ...] = ()

    def medium(self, size: Size) -> tuple[Medium, Size] | None:
        """Return the medium for a page and the size as it is fed; None when there is none.

        Printers feed media upright, their short edge first, unless they name a size that
        lies; so a page on its side goes in turned.
        """
        upright = Size(min(size), max(size))
        exact = [medium for medium in self.media if medium.least == medium.most]
        for media, tries in ((exact, (size, upright)), (self.media, (upright, size))):
            for wanted in tries:
                for medium in media:
                    if medium.takes(wanted):
                        return medium, wanted
        return None

    @property
    def is_borderless(self) -> bool:
        """Whether it can print to the edge of the paper on all sides."""
        return all(0.0 in side for side in self.margins)


def printer_at(uri: str, name: str = "") -> Printer:
    """Ask the printer at an address what it can do; FailureError when it cannot be asked."""
    return _printer(uri, printer_attributes(uri, _ASKED), name)


def server() -> str:
    """Return the address of the print server of `lp`: CUPS_SERVER, client.conf, or this machine.

    One that listens at a socket of this machine listens at its port too.
    """
    named = (os.environ.get("CUPS_SERVER") or _lpstat("-H").strip()).partition("/")[0]
    if not named:
        return "ipp://localhost:631/"
    return f"ipp://{named}/" if named.rpartition(":")[2].isdigit() else f"ipp://{named}:631/"


def printers() -> list[Printer]:
    """Return the printers of the print server (CUPS), as it tells; none where there is none."""
    try:
        answer = ask(server(), CUPS_PRINTERS, requested_attributes=list(_ASKED))
    except FairhandError:
        return []
    if refusal(answer):
        return []
    return [
        _printer(_first(entry.get("printer-uri-supported"), server()), entry)
        for entry in answer.all_attributes(PRINTER)
    ]


def queue_names() -> list[str]:
    """Return the names of the queues that `lp` knows.

    To be asked wakes a print server that sleeps until it is wanted, as that of macOS does.
    """
    return _lpstat("-e").split()


def default_queue() -> str:
    """Return the name of the queue that is printed to when none is named; "" when there is none."""
    _, colon, name = _lpstat("-d").rpartition(":")
    if colon:
        return name.strip()
    try:
        told = ask(server(), CUPS_DEFAULT, requested_attributes=["printer-name"])
    except FairhandError:
        return ""
    return "" if refusal(told) else _first(told.attributes(PRINTER).get("printer-name"), "")


def _lpstat(option: str) -> str:
    program = shutil.which("lpstat")
    if program is None:
        return ""
    try:
        return subprocess.run(
            [program, option], capture_output=True, text=True, errors="replace", timeout=15,
            check=False, stdin=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C"},
        ).stdout  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""


def ink_outside(ink: Rect, size: Size, margins: Insets) -> float:
    """Return how far ink lies in the margins that a printer leaves white, points; 0 when not."""
    room = Rect.of(size).inset(margins)
    return max(
        0.0, room.left - ink.left, room.bottom - ink.bottom, ink.right - room.right,
        ink.top - room.top,
    )  # fmt: skip


def _printer(uri: str, told: Attributes, name: str = "") -> Printer:
    edges: Any = tuple(
        tuple(
            value * _HUNDREDTH
            for value in _all(told.get(f"media-{edge}-margin-supported"))
            if isinstance(value, int)
        )
        for edge in ("top", "right", "bottom", "left")
    )
    media = tuple(_media(told, edges))
    return Printer(
        name or _first(told.get("printer-name"), uri),
        uri,
        _first(told.get("printer-info"), "") or _first(told.get("printer-make-and-model"), ""),
        media,
        _texts(told.get("media-type-supported")),
        _texts(told.get("media-source-supported")),
        edges,
        _texts(told.get("sides-supported")),
        tuple(value for value in _all(told.get("print-quality-supported")) if _is_int(value)),
        _texts(told.get("print-scaling-supported")),
        _texts(told.get("document-format-supported")),
        told.get("printer-is-accepting-jobs") is not False,
        reasons(_all(told.get("printer-state-reasons"))),
    )


def _media(told: Attributes, edges: tuple[tuple[float, ...], ...]) -> Iterator[Medium]:
    """Yield each size of the database, then those that only the plain list of sizes has."""
    usual = Insets(*(min((value for value in edge if value > 0), default=UNKNOWN_MARGIN)
                     for edge in edges))  # fmt: skip
    seen: set[Medium] = set()
    for entry in _all(told.get("media-col-database")):
        if isinstance(entry, dict):
            found = _medium(entry.get("media-size"), entry, usual)
            if found and found not in seen:
                seen.add(found)
                yield found
    # A print queue of CUPS has its ranges of sizes in this list only, other printers all of them.
    for size in _all(told.get("media-size-supported")):
        found = _medium(size, {}, usual)
        if found and not any(_same_size(found, other) for other in seen):
            seen.add(found)
            yield found


def _same_size(one: Medium, other: Medium) -> bool:
    return (one.least, one.most) == (other.least, other.most)


def _medium(size: Any, entry: Attributes, usual: Insets) -> Medium | None:
    if not isinstance(size, dict):
        return None
    across, along = _ends(size.get("x-dimension")), _ends(size.get("y-dimension"))
    if across is None or along is None:
        return None
    margins = []
    for edge, otherwise in zip(("top", "right", "bottom", "left"), usual, strict=True):
        value = entry.get(f"media-{edge}-margin")
        margins.append(value * _HUNDREDTH if _is_int(value) else otherwise)
    return Medium(Size(across[0], along[0]), Size(across[1], along[1]), Insets(*margins))


def _ends(value: Any) -> tuple[float, float] | None:
    if isinstance(value, Range):
        return value.low * _HUNDREDTH, value.high * _HUNDREDTH
    return (value * _HUNDREDTH, value * _HUNDREDTH) if _is_int(value) else None


def _is_int(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _all(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(one for one in _all(value) if isinstance(one, str))


def _first(value: Any, otherwise: str) -> str:
    found = _texts(value)
    return found[0] if found else otherwise


def _size(size: Size) -> str:
    return f"{in_mm(size.width):.0f} x {in_mm(size.height):.0f} mm"


def told_media(media: Iterable[Medium]) -> str:
    """Return a list of sizes in words."""
    return ", ".join(dict.fromkeys(medium.told for medium in media)) or "none"
