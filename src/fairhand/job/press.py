"""A job's files for a print shop: PDF/X-4 with bleed, marks and a slug line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from fairhand.art.drawing import Clipped, PdfPage, Shape
from fairhand.errors import FailureError, InputError
from fairhand.geometry import Rect, Size
from fairhand.impose.press_sheet import press_sheet
from fairhand.job.captions import Caption, captioned
from fairhand.job.own_art import names_a_file
from fairhand.output.pdf import pdf
from fairhand.output.press_file import Press
from fairhand.press.preflight.report import where
from fairhand.press.preflight.run import USUAL, preflight
from fairhand.units import INCH, MM, in_mm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fairhand.art.drawing import Drawn
    from fairhand.impose.sheet import Sheet
    from fairhand.job.made import Made
    from fairhand.output.pdf import About
    from fairhand.press.preflight.finding import Finding, Wanted
    from fairhand.press.preflight.run import Report
    from fairhand.stationery.condition import Condition
    from fairhand.stationery.model import Ink
    from fairhand.write.page import WrittenPage

_BLEED = {"us": INCH / 8}
_USUAL_BLEED = 3 * MM

Piece = Literal["card", "envelope"]

_SLUG_X_HEIGHT = 1.1 * MM
_SLUG_TOP = 0.7
"""How high in its strip the slug line reaches, a share of the strip's height."""


class PressFile(NamedTuple):
    """A file for a press, what its preflight said that a person should look at, and its verdict."""

    data: bytes
    notices: tuple[str, ...]
    fit: bool = True


def press_file(
    made: Made,
    piece: Piece,
    condition: Condition,
    *,
    outlines: bool = False,
    marks: bool = True,
) -> PressFile:
    """Return the card or the envelope as PDF/X-4 for a printing condition, and looked through.

    InputError when the ink is more than the condition bears; FailureError when the preflight
    finds an error, so that no file leaves the house that a print shop would send back.
    """
    wanted = wanted_of(made, condition)
    data = press_pdf(made, piece, condition, outlines=outlines, marks=marks)
    report = preflight(data, wanted)
    told: list[str] = []
    if not report.passes and has_pages(made):
        # Another program's page may hold anything; a picture of it holds plates only.
        why = next(finding.message for finding in report.findings if finding.level == "error")
        from fairhand.output.raster import PRINT_DPI

        told.append(
            "The page of the PDF on the front is not fit for a press, so it is in the file as a "
            f"picture, {PRINT_DPI} to the inch: {why}"
        )
        data = press_pdf(pictured(made), piece, condition, outlines=outlines, marks=marks)
        report = preflight(data, wanted)
    refuse_faults(report, made)
    told += [f"{where(one)}{one.message} {one.remedy}" for one in report.findings]
    return PressFile(data, tuple(told), report.passes)


def wanted_of(made: Made, condition: Condition) -> Wanted:
    """Return what the preflight of a file with this card has to look for."""
    return replace(USUAL, most_ink=condition.most_ink, bleed=_bleed(made))


def refuse_faults(report: Report, made: Made) -> None:
    """Raise FailureError for what keeps a file from a press."""
    if faults := _faults(report, made):
        raise FailureError(
            f"The file for the press is not right: {where(faults[0])}{faults[0].message}",
            hint=faults[0].remedy,
        )


def has_pages(made: Made) -> bool:
    """Tell whether another program's page stands on a card."""
    return any(isinstance(thing, PdfPage) for thing in _art(made))


def pictured(made: Made) -> Made:
    """Return a card with pictures in the place of other programs' pages."""
    return replace(made, card_sheets=tuple(map(_pictured, made.card_sheets)))


def _faults(report: Report, made: Made) -> list[Finding]:
    """Return what keeps a file from a press.

    Where a drawing of the user's own ends is the user's wish, and told; our own art has bleed.
    """
    art = made.source.note.art
    bears = {"bleed-missing"} if art and names_a_file(art.file) else set()
    return [one for one in report.findings if one.level == "error" and one.rule not in bears]


def _art(made: Made) -> Iterator[Drawn]:
    """Yield what is drawn on a card beside its writing."""
    for sheet in made.card_sheets:
        for placement in sheet.placements:
            yield from placement.page.under


def _pictured(sheet: Sheet) -> Sheet:
    """Return a side with pictures in the place of other programs' pages."""
    # pdfium is slow to load, and few cards have a page of a PDF on them.
    from fairhand.output.raster import PRINT_DPI, picture_of

    placements = tuple(
        replace(
            one,
            page=replace(
                one.page,
                under=tuple(
                    picture_of(thing, PRINT_DPI) if isinstance(thing, PdfPage) else thing
                    for thing in one.page.under
                ),
            ),
        )
        for one in sheet.placements
    )
    return replace(sheet, placements=placements)


def press_pdf(
    made: Made,
    piece: Piece,
    condition: Condition,
    *,
    outlines: bool = False,
    marks: bool = True,
) -> bytes:
    """Return the card or the envelope as PDF/X-4 for a printing condition.

    InputError when the ink is more than the condition bears.
    """
    about = made.card_about("cmyk") if piece == "card" else made.envelope_about("cmyk")
    sheets = press_pages(made, piece, condition, marks=marks)
    return pdf(sheets, press_about(about, condition, outlines=outlines))


def press_about(about: About, condition: Condition, *, outlines: bool = False) -> About:
    """Return what a file for a printing condition says of itself."""
    press = Press(
        condition.identifier,
        condition.registry,
        condition.title,
        condition.profile(),
        condition.most_ink,
        outlines,
    )
    return replace(about, press=press, colour="cmyk")


def press_pages(
    made: Made, piece: Piece, condition: Condition, *, marks: bool = True
) -> list[Sheet]:
    """Return the sides of the card or the envelope with bleed, and with marks and a slug line.

    InputError when the ink is more than the condition bears.
    """
    _refuse_inks(made, condition)
    sides = made.card_sheets if piece == "card" else made.envelope_sheets
    about = made.card_about("cmyk") if piece == "card" else made.envelope_about("cmyk")
    bleed = _bleed(made)
    title = made.composed.card.title if piece == "card" else _envelope_title(made)
    sheets = []
    for number, side in enumerate(sides, 1):
        said = (
            f"{about.title} - {title} - {side.name}, {number} of {len(sides)} - "
            f"{in_mm(side.size.width):.1f} x {in_mm(side.size.height):.1f} mm"
            f"{', folded at the dashed marks' if side.folds else ''} - {condition.identifier}"
        )
        sheets.append(press_sheet(side, bleed, marks=marks, slug=_slug(said, made)))
    return sheets


def _bleed(made: Made) -> float:
    return _BLEED.get(made.composed.card.region, _USUAL_BLEED)


def _envelope_title(made: Made) -> str:
    return f"envelope {made.envelope.title}" if made.envelope else "envelope"


def _refuse_inks(made: Made, condition: Condition) -> None:
    """Raise InputError for an ink that does not dry, or one that leaves nothing on the paper."""
    if not made.ink.spot and not any(made.ink.cmyk):
        raise InputError(
            f'The ink "{made.ink.name}" leaves nothing on the paper.',
            hint='Choose another for the note; "front_ink" is that of words over art.',
        )
    for used in _inks(made):
        total = sum(used.cmyk)
        if total > condition.most_ink:
            raise InputError(
                f'The ink "{used.name}" is {total:.0f} per cent of all plates together, more than '
                f"the {condition.most_ink:.0f} that {condition.identifier} bears.",
                hint='Choose a lighter ink; those of a drawn front are its "inks".',
            )


def _inks(made: Made) -> Iterator[Ink]:
    """Yield the inks of the writing and of what is drawn, but for those that a profile mixes."""
    yield made.ink
    if made.front:
        yield made.front.page.ink
    for thing in _flat(_art(made)):
        if isinstance(thing, Shape):
            yield from (one for one in (thing.fill, thing.stroke) if one and not one.screen_only)


def _flat(things: Iterable[Drawn]) -> Iterator[Drawn]:
    for thing in things:
        yield from _flat(thing.things) if isinstance(thing, Clipped) else (thing,)


def _slug(text: str, made: Made) -> Callable[[Size], WrittenPage]:
    """Return what writes a line of small type into the size it is given."""

    def write(size: Size) -> WrittenPage:
        place = Rect(0.0, 0.0, size.width, _SLUG_TOP * size.height)
        # What neither hand can write is left out here; the title in the file has it.
        return captioned("slug", size, [Caption((text,), place, _SLUG_X_HEIGHT)],
                         letters=made.hand)  # fmt: skip

    return write
