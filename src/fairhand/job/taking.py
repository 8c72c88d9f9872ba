"""A look at a file that somebody gives: is it what it shall be, and can a card be made with it?

The look is taken in a process of its own, with little memory and little time. What is made to
break its reader, or to keep it busy for ever, breaks that one; whoever asked goes on. Such a file
is refused in one sentence, as all others are that the rooms below do not take.

    python -m fairhand.job.taking KIND FILE NAME       the other process: prints what it found
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, process_time
from typing import TYPE_CHECKING, Any, Final, Literal

from fairhand.errors import FailureError, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["art", "font", "table"]

LONGEST_LOOK: Final[Mapping[Kind, float]] = {"art": 30.0, "font": 20.0, "table": 60.0}
_MOST_WORK: Final[Mapping[Kind, int]] = {"art": 12, "font": 8, "table": 30}
"""Seconds by the clock and of work; the largest files that pass take a third of that."""

MOST_PAGES = 24
"""Of a PDF, for each of them can be chosen, and so each is looked at."""

_LONGEST_DRAWING = 3.0
"""Seconds of work for one card with it; the usual one takes a tenth of a second."""

_LONGEST_READING = 20.0
"""Seconds for rows; those beyond are read when the cards are made, some at a time."""

_MOST_MEMORY = 1_800_000_000
"""Bytes: the largest picture needs 1.6 thousand million of them (where a system holds to it)."""

_MOST_ANSWER = 100_000
_WORDS = (
    "Sphinx of black quartz, judge my vow.",
    # An opening bracket before a closing one would be a blank to fill.
    " ".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "[{<") + " [ { <",
    " ".join(chr(code) for code in range(0xC0, 0x100)),
)
"""All letters of Western Europe: any of them may be the one that does it."""
_ANY_LETTERS = "aenAENαεаеאבاباकカあ人가กხა"
"""Of a font in which none of these can be written, nothing is known to write."""

_LOOK_DPI = 100

_ART_BEGINNINGS: Final = {
    b"\x89PNG": ".png", b"\xff\xd8": ".jpg", b"II": ".tif", b"MM": ".tif", b"RIFF": ".webp",
    b"\x1f\x8b": ".svgz",
}  # fmt: skip
_FONT_BEGINNINGS: Final = {b"OTTO": ".otf", b"ttcf": ".ttc"}
_TABLE_ENDINGS: Final = {
    "a workbook": ".xlsx", "a file of vCards": ".vcf", "JSON": ".json", "CSV": ".csv",
}  # fmt: skip


def ending_of(kind: Kind, path: Path, name: str) -> str:
    """Return the ending that a file should have by what is in it, when it can be used.

    `name` is what its owner calls it. InputError in one sentence for one that is not what it
    shall be, is damaged, or asks for too much; FailureError when no process can be started.
    """
    program = [sys.executable, "-P", "-m", "fairhand.job.taking", kind, str(path), name]
    root = str(Path(__file__).parents[2])
    paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    # What it draws is of a font that may not stay, so it keeps none of it.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "FAIRHAND_CACHE": "",
                   "PYTHONIOENCODING": "utf-8"}  # fmt: skip
    try:
        done = subprocess.run(
            program, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, timeout=LONGEST_LOOK[kind], check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise InputError(f'"{name}" takes too long to read.', hint=_SIMPLER[kind]) from None
    except OSError as error:
        raise FailureError(f'"{name}" cannot be looked at: {error.strerror}.') from None
    found = _answer(done.stdout)
    if "ending" in found:
        return str(found["ending"])
    if "message" in found:
        raise InputError(str(found["message"]), hint=str(found.get("hint", "")))
    raise InputError(f'"{name}" cannot be read; it may be damaged.', hint=_SIMPLER[kind])


_SIMPLER: Final[Mapping[Kind, str]] = {
    "art": "Open it in a picture program and save it as PNG or JPEG.",
    "font": "Choose another font (.ttf or .otf).",
    "table": "Save it as CSV from your spreadsheet.",
}


def _answer(data: bytes) -> dict[str, Any]:
    with suppress(ValueError):
        found = json.loads(data[:_MOST_ANSWER])
        if isinstance(found, dict):
            return found
    return {}


def look_at(kind: Kind, path: Path, name: str) -> str:
    """Return what `ending_of` does, in this very process."""
    try:
        look = {"art": _look_at_art, "font": _look_at_font, "table": _look_at_table}[kind]
        return look(path, name)
    except InputError as error:
        # The file has another name here than its owner's.
        message, hint = (
            text.replace(str(path), name).replace(f'"{path.name}"', f'"{name}"')
            for text in (error.message, error.hint)
        )
        raise InputError(message, hint=hint) from None
    except (MemoryError, RecursionError):
        raise InputError(f'"{name}" needs more memory than it may.', hint=_SIMPLER[kind]) from None


def _look_at_art(path: Path, name: str) -> str:
    from fairhand.art.pdf_art import count_pages
    from fairhand.art.picture import Raster
    from fairhand.art.place import read_art

    data = path.read_bytes()
    is_pdf = b"%PDF-" in data[:1024]
    pages = count_pages(data, name) if is_pdf else 1
    if pages > MOST_PAGES:
        raise InputError(
            f'"{name}" has {pages:,} pages; art for a card has {MOST_PAGES} at the most.',
            hint="Export the page that you want by itself.",
        )
    source = read_art(data, 1, name)
    if not isinstance(source, Raster):
        # Who shows a page or a drawing may stumble over what one who reads it does not.
        for page in range(1, pages + 1):
            art = {"file": str(path), "page": page, "fit": "contain"}
            _shown({"salutation": "Dear Ana,", "art": art, "card": "a6"}, name)
    return ".pdf" if is_pdf else _by_beginning(data, _ART_BEGINNINGS, ".svg")


def _look_at_font(path: Path, name: str) -> str:
    from fairhand.errors import DoesNotFitError, MissingLetterError
    from fairhand.hand.hand import own_hand

    own = own_hand(path)
    if all(own.font.missing(letter) for letter in _ANY_LETTERS):
        raise InputError(f'"{name}" has no letters to write with.', hint=_SIMPLER["font"])
    for words in _WORDS:
        with suppress(MissingLetterError, DoesNotFitError):
            _shown({"paragraphs": words, "hand": str(path), "card": "a4", "layout": "letter"}, name)
    with path.open("rb") as stream:
        return _by_beginning(stream.read(4), _FONT_BEGINNINGS, ".ttf")


def _look_at_table(path: Path, name: str) -> str:
    from fairhand.merge.source import source_of
    from fairhand.merge.table import READERS, opened

    del name
    until = monotonic() + _LONGEST_READING
    with opened(path) as table:
        for _ in table:
            if monotonic() > until:
                break
    source = source_of(path)
    try:
        ending = _TABLE_ENDINGS[next(form.name for form in READERS if form.is_it(source))]
    finally:
        source.close()
    # Its columns are told apart by what its ending says first.
    return ".tsv" if ending == ".csv" and path.suffix.lower() == ".tsv" else ending


def _shown(fields: Mapping[str, Any], name: str) -> None:
    """Make a card, and a picture of it as it would be shown; InputError for too much of it."""
    from fairhand.job.files import read
    from fairhand.job.make import make
    from fairhand.output.raster import rasters

    begun = process_time()
    rasters(make(read(fields), with_envelope=False).card_pdf(), _LOOK_DPI)
    if process_time() - begun > _LONGEST_DRAWING:
        raise InputError(f'"{name}" takes too long to draw.', hint=_SIMPLER["art"])


def _by_beginning(data: bytes, endings: Mapping[bytes, str], otherwise: str) -> str:
    return next((end for start, end in endings.items() if data.startswith(start)), otherwise)


def _hold_back(kind: Kind) -> None:
    """Let this process have little memory and time, where the system can see to it."""
    if sys.platform == "win32":
        return
    import resource

    limits = {
        resource.RLIMIT_DATA: _MOST_MEMORY, resource.RLIMIT_CPU: _MOST_WORK[kind],
        resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0,
    }  # fmt: skip
    for limit, most in limits.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def _main(kind: Kind, path: str, name: str) -> None:
    _hold_back(kind)
    try:
        told = {"ending": look_at(kind, Path(path), name)}
    except InputError as error:
        told = {"message": error.message, "hint": error.hint}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    _main(*sys.argv[1:4])  # type: ignore[arg-type]
