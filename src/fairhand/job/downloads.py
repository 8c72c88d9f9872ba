"""What can be made of one note as a file: a table of names, and what each of them is made by."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from fairhand.errors import InputError, did_you_mean
from fairhand.job.calibrating import carried, correction_for
from fairhand.job.files import name_of_ours
from fairhand.job.guide import GuideWish, guide_pdf
from fairhand.job.home_pages import how_to_turn
from fairhand.job.labels import LabelWish, labels, labels_pdf, sheet_notices
from fairhand.job.loading import loading_picture
from fairhand.job.make import make
from fairhand.job.merge.order import PressWish
from fairhand.job.page_words import lines_on_page
from fairhand.job.printing import home_pdf
from fairhand.job.sheets import (
    SheetWish,
    on_its_stock,
    paper_for_cards,
    reaches_the_edge,
    sheet_pdfs,
    to_the_edge,
)
from fairhand.output.formats import FORMATS, png_file
from fairhand.stationery.label_catalogue import label_sheet
from fairhand.stationery.paper import paper

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairhand.impose.corrected import Correction
    from fairhand.job.made import Made
    from fairhand.job.press import Piece
    from fairhand.note.read import NoteFile

_PDF, _PNG, _SVG, _ZIP = "application/pdf", "image/png", "image/svg+xml", "application/zip"
_MOCKUP_DPI = 110
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of what lies in an archive, so that the same note gives the same bytes."""


class Downloaded(NamedTuple):
    """A file for the person: its name, its kind, its bytes, and what is to be known of it."""

    name: str
    media_type: str
    data: bytes
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileWish:
    """What is wished of a file, where it has a choice.

    `paper`, `copies` and `start` are for sheets of several cards, and `paper` for guides; `sheet`,
    `copies`, `start` and `sender` for labels. `printer`, `tray` and `medium` say whose correction
    files for home carry, unless they are not to be `corrected`. `condition` is that of a press.
    """

    paper: str = ""
    sheet: str = ""
    copies: int = 0
    start: int = 1
    sender: bool = False
    printer: str = ""
    tray: str = ""
    medium: str = ""
    corrected: bool = True
    condition: str = "auto"


def download(source: NoteFile, what: str, **wishes: Any) -> Downloaded:
    """Return one of the files that can be made of a note, named after it.

    `what` is a name of `DOWNLOADS`, `wishes` are fields of `FileWish`. InputError when it cannot
    be made as the note is, or there is no such file.
    """
    if what not in DOWNLOADS:
        raise InputError(f'There is no file "{what}" of a note.',
                         hint=did_you_mean(what, DOWNLOADS))  # fmt: skip
    media_type, made_by = DOWNLOADS[what]
    data, notices = made_by(source, FileWish(**wishes))
    stem = Path(source.file).stem or "note"
    name = f"{stem}.{what}"
    if media_type == _SVG and data.startswith(b"PK"):
        name, media_type = f"{name}.zip", _ZIP
    return Downloaded(name, media_type, data, lines_on_page(notices))


def press_pieces(
    made: Made, wish: PressWish, pieces: Sequence[Piece] = ("card", "envelope")
) -> tuple[dict[Piece, bytes], tuple[str, ...]]:
    """Return the press files of the card, of its envelope, or of both, and what is to be said.

    There is none of an envelope that is not. InputError when the ink is more than the condition
    bears; FailureError when the preflight finds an error.
    """
    # Slow to load, and wanted for a press only.
    from fairhand.job.press import press_file

    chosen = wish.chosen(made.composed.card.region)
    files = {
        piece: press_file(made, piece, chosen, outlines=wish.outlines, marks=wish.marks)
        for piece in pieces
        if piece == "card" or made.envelope_sheets
    }
    fit = all(file.fit for file in files.values())
    verdict = "found fit by fairhand check" if fit else "but look at this before you send it"
    said = [
        f'For a print shop: PDF/X-4 for "{chosen.title}", {verdict}.',
        *(notice for file in files.values() for notice in file.notices),
    ]
    return {piece: file.data for piece, file in files.items()}, tuple(dict.fromkeys(said))


def made_with_envelope(source: NoteFile) -> Made:
    """Make a note that has an envelope; InputError for one that has none."""
    made = make(source)
    if not made.envelope_sheets:
        hint = "" if source.note.to else 'Add "to:" with a name and an address.'
        raise InputError(" ".join(made.notices), hint=hint, field="to")
    return made


_Made = tuple[bytes, tuple[str, ...]]


def _card(source: NoteFile, wish: FileWish) -> _Made:
    made = make(source)
    correction, said = _correction(wish)
    turned = how_to_turn(made.card_sheets)
    notices = (turned, *made.notices) if turned else made.notices
    if reaches_the_edge(made.card_sheets):
        notices += (to_the_edge("fairhand print asks your printer"),)
    return home_pdf(made.card_sheets, made.card_about("rgb"), correction), notices + said


def _envelope(source: NoteFile, wish: FileWish) -> _Made:
    made = made_with_envelope(source)
    correction, said = _correction(wish)
    data = home_pdf(made.envelope_sheets, made.envelope_about("rgb"), correction)
    return data, made.notices + said


def _press_card(source: NoteFile, wish: FileWish) -> _Made:
    made = make(source)
    files, said = press_pieces(made, PressWish(name_of_ours(wish.condition)), ("card",))
    return files["card"], made.notices + said


def _press_envelope(source: NoteFile, wish: FileWish) -> _Made:
    made = made_with_envelope(source)
    files, said = press_pieces(made, PressWish(name_of_ours(wish.condition)), ("envelope",))
    return files["envelope"], made.notices + said


def _sheets(source: NoteFile, wish: FileWish) -> _Made:
    on = _sheet_wish(wish)
    made = make(on_its_stock(source, on), with_envelope=False)
    correction, said = _correction(wish)
    files, told = sheet_pdfs(made, on, correction=correction)
    return files["both"], (*made.notices, *told, *said)


def _labels(source: NoteFile, wish: FileWish) -> _Made:
    found = label_sheet(name_of_ours(wish.sheet or _USUAL_LABELS))
    made = labels(source, LabelWish(found.sheet, wish.start, wish.copies, wish.sender))
    correction, said = _correction(wish)
    data = labels_pdf(made.sheets, made.about("rgb"), correction)
    return data, (*made.notices, *sheet_notices(found), *said)


def _loading(source: NoteFile, wish: FileWish) -> _Made:
    on = _sheet_wish(wish) if wish.paper else None
    made = make(on_its_stock(source, on))
    return loading_picture(made, on), ()


def _guide(source: NoteFile, wish: FileWish) -> _Made:
    made = make(source)
    return guide_pdf(made, GuideWish(paper=paper(wish.paper) if wish.paper else None)), made.notices


def _preview(source: NoteFile, wish: FileWish) -> _Made:
    # What makes pictures is slow to load.
    from fairhand.output.mockup import mockup
    from fairhand.output.raster import rasters

    del wish
    made = make(source)
    card = list(zip(made.card_sheets, rasters(made.card_pdf(), _MOCKUP_DPI), strict=True))
    sides = made.envelope_pdf()
    envelope = (made.envelope_sheets[0], rasters(sides, _MOCKUP_DPI)[0]) if sides else None
    return png_file(mockup(card, envelope, _MOCKUP_DPI), _MOCKUP_DPI), made.notices


def _outlines(source: NoteFile, wish: FileWish) -> _Made:
    """Return the card as an SVG file; those of two sides in one archive."""
    del wish
    made = make(source, with_envelope=False)
    files = FORMATS[".svg"](made.card_sheets, made.card_about("rgb"))
    if len(files) == 1:
        return files[0], made.notices
    stem = Path(source.file).stem or "note"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for sheet, data in zip(made.card_sheets, files, strict=True):
            one = zipfile.ZipInfo(f"{stem}.card.{sheet.name}.svg", _FIRST_DAY)
            packed.writestr(one, data, zipfile.ZIP_DEFLATED)
    said = "The card has two printed sides, so there are two files in an archive."
    return archive.getvalue(), (*made.notices, said)


DOWNLOADS: Final[dict[str, tuple[str, Callable[[NoteFile, FileWish], _Made]]]] = {
    "card.pdf": (_PDF, _card),
    "envelope.pdf": (_PDF, _envelope),
    "card.press.pdf": (_PDF, _press_card),
    "envelope.press.pdf": (_PDF, _press_envelope),
    "sheets.pdf": (_PDF, _sheets),
    "labels.pdf": (_PDF, _labels),
    "loading.pdf": (_PDF, _loading),
    "guide.pdf": (_PDF, _guide),
    "preview.png": (_PNG, _preview),
    "card.svg": (_SVG, _outlines),
}
"""Every file that can be made of a note: its kind, and what makes it."""

_USUAL_LABELS = "avery-5160"


def _sheet_wish(wish: FileWish) -> SheetWish:
    on = SheetWish(paper_for_cards(wish.paper or "letter"), start=wish.start)
    return replace(on, copies=wish.copies)


def _correction(wish: FileWish) -> tuple[Correction | None, tuple[str, ...]]:
    """Return what files for home carry, and what is to be said of that."""
    if not wish.corrected:
        return None, ()
    found, said = correction_for(wish.printer, wish.tray, wish.medium)
    return (found.correction, (carried(found),)) if found else (None, said)
