"""`fairhand check FILE.pdf`: would a print shop take this file?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fairhand.cli.press_options import refuse_ink_limit

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairhand.geometry import Size

CommandT = TypeVar("CommandT", bound="Callable[..., Any]")
_LARGEST = 2_000_000_000
_HEAD = 1024

_OPTIONS = (
    click.option("--standard", type=click.Choice(["x-4", "x-3", "x-1a"]),
                 help="Of a PDF: hold it against this, not against what it claims."),
    click.option("--ink-limit", type=float, metavar="PER CENT",
                 help="Of a PDF: the most ink, all plates together (300)."),
    click.option("--bleed", metavar="LENGTH", help="Of a PDF: the least bleed, such as 3mm."),
    click.option("--safe", metavar="LENGTH", help="Of a PDF: text stays so far inside (3mm)."),
    click.option("--size", metavar="NAME|WxH",
                 help="Of a PDF: the finished size, such as a7 or 5x7in."),
)  # fmt: skip


PDF_WISHES = ("standard", "ink_limit", "bleed", "safe", "size")
"""The options' names in Python."""


def pdf_check_options(command: CommandT) -> CommandT:
    """Add the options that concern PDF files."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def is_pdf(path: str) -> bool:
    """Tell whether a path is meant for a PDF: by its name, or by how the file begins."""
    if path.lower().endswith(".pdf"):
        return True
    try:
        with Path(path).open("rb") as file:
            return b"%PDF-" in file.read(_HEAD)
    except (OSError, ValueError):
        return False


def refuse_pdf_wishes(path: str, wishes: dict[str, Any]) -> None:
    """InputError when something was asked of a note that only a PDF can have."""
    from fairhand.errors import InputError

    for name, value in wishes.items():
        if value is not None:
            option = name.replace("_", "-")
            raise InputError(f'"--{option}" is about PDF files, and "{path}" is a note.',
                             hint="fairhand write --press makes the PDF.")  # fmt: skip


def refuse_note_wishes(path: str, wishes: dict[str, Any]) -> None:
    """InputError when something was asked of a PDF that only a note can have."""
    from fairhand.errors import InputError

    for name, value in wishes.items():
        if value:
            raise InputError(f'"--{name}" is about notes, and "{path}" is a PDF.',
                             hint="Its finished size is asked with --size a7.")  # fmt: skip


def check_pdf(path: str, as_json: bool, **wishes: Any) -> int:
    """Print what is wrong with a PDF, and return the exit code: 0 when it is fit, else 2.

    InputError for a file that is not there, and for options that cannot be read.
    """
    from fairhand.press.preflight.report import as_json as json_of
    from fairhand.press.preflight.report import as_text
    from fairhand.press.preflight.run import preflight

    wanted = _wanted(wishes)
    report = preflight(_read(path), wanted, wishes["standard"])
    click.echo(json_of(report, path) if as_json else as_text(report, path))
    return 0 if report.passes else 2


def _read(path: str) -> bytes:
    from fairhand.catalog import own_file, read_at_most
    from fairhand.errors import InputError

    try:
        return read_at_most(own_file(path), _LARGEST)
    except FileNotFoundError:
        raise InputError(f'There is no file "{path}".') from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise InputError(f'The file "{path}" cannot be read: {reason}.') from None


def _wanted(wishes: dict[str, Any]) -> Any:
    from dataclasses import replace

    from fairhand.press.preflight.run import USUAL
    from fairhand.units import parse_length

    wanted = USUAL
    refuse_ink_limit(wishes["ink_limit"])
    if wishes["ink_limit"] is not None:
        wanted = replace(wanted, most_ink=wishes["ink_limit"])
    if wishes["bleed"]:
        wanted = replace(wanted, bleed=parse_length(wishes["bleed"]))
    if wishes["safe"]:
        wanted = replace(wanted, safe=parse_length(wishes["safe"]))
    if wishes["size"]:
        wanted = replace(wanted, size=_size(wishes["size"]))
    return wanted


def _size(text: str) -> Size:
    """Return a finished size: that of a card opened flat, or the one given as 5x7in."""
    import re

    from fairhand.errors import InputError
    from fairhand.geometry import Size
    from fairhand.stationery.catalogue import card, envelopes
    from fairhand.units import parse_length

    match = re.fullmatch(r"\s*([\d.]+)\s*(mm|in|cm|pt)?\s*[x×]\s*([\d.]+)\s*(mm|in|cm|pt)\s*", text)
    if match:
        across, first, up, unit = match.groups()
        return Size(parse_length(f"{across}{first or unit}"), parse_length(f"{up}{unit}"))
    try:
        known = envelopes().get(text.lower().removeprefix("envelope-").removeprefix("envelope "))
        if known is not None and text.lower().startswith("envelope"):
            return known.size
        return card(text).flat_size
    except InputError as error:
        raise InputError(
            f'"{text}" is no finished size.', hint="Write it like 148x105mm, 5x7in, or name a card."
        ) from error
