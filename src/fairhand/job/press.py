"""A job's files for a print shop: PDF/X-4 with bleed, marks and a slug line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from fairhand.compose.lines import fitted_lines
from fairhand.compose.shape import shaper_for
from fairhand.errors import FailureError, InputError
from fairhand.geometry import Rect, Size
from fairhand.hand.hand import bundled_hand
from fairhand.impose.press_sheet import press_sheet
from fairhand.note.language import language
from fairhand.output.pdf import pdf
from fairhand.output.press_file import Press
from fairhand.press.preflight.report import where
from fairhand.press.preflight.run import USUAL, preflight
from fairhand.stationery.catalogue import ink, pen
from fairhand.units import INCH, MM, in_mm
from fairhand.write.hand_page import write_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairhand.job.made import Made
    from fairhand.stationery.condition import Condition
    from fairhand.write.page import WrittenPage

_BLEED = {"us": INCH / 8}
_USUAL_BLEED = 3 * MM

Piece = Literal["card", "envelope"]

_SLUG_HAND = "kalam"
_SLUG_X_HEIGHT = 1.1 * MM
_LEAST_SLUG = 0.5 * MM


class PressFile(NamedTuple):
    """A file for a press, and what its preflight said that a person should look at."""

    data: bytes
    notices: tuple[str, ...]


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
    data = press_pdf(made, piece, condition, outlines=outlines, marks=marks)
    report = preflight(data, replace(USUAL, most_ink=condition.most_ink, bleed=_bleed(made)))
    for finding in report.findings:
        if finding.level == "error":
            raise FailureError(
                f"The file for the press is not right: {where(finding)}{finding.message}",
                hint=finding.remedy,
            )
    told = (f"{where(one)}{one.message} {one.remedy}" for one in report.findings)
    return PressFile(data, tuple(told))


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
    _refuse_wet(made, condition)
    sides = made.card_sheets if piece == "card" else made.envelope_sheets
    about = made.card_about("cmyk") if piece == "card" else made.envelope_about("cmyk")
    press = Press(
        condition.identifier, condition.registry, condition.title, condition.profile(), outlines
    )
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
    return pdf(sheets, replace(about, press=press))


def _bleed(made: Made) -> float:
    return _BLEED.get(made.composed.card.region, _USUAL_BLEED)


def _envelope_title(made: Made) -> str:
    return f"envelope {made.envelope.title}" if made.envelope else "envelope"


def _refuse_wet(made: Made, condition: Condition) -> None:
    total = sum(made.ink.cmyk)
    if total > condition.most_ink:
        raise InputError(
            f'The ink "{made.ink.name}" is {total:.0f} per cent of all plates together, more than '
            f"the {condition.most_ink:.0f} that {condition.identifier} bears.",
            hint="Choose a lighter ink.",
        )


def _slug(text: str, made: Made) -> Callable[[Size], WrittenPage]:
    """Return what writes a line of small type into the size it is given."""

    def write(size: Size) -> WrittenPage:
        plain = bundled_hand(_SLUG_HAND)
        letters = plain if not plain.font.missing(text) else made.hand
        # Whatever neither hand has is left out here; the title in the file has it.
        shown = "".join(c for c in text if c not in letters.font.missing(text))
        room = Rect.of(size)
        page = fitted_lines(
            "slug", "imprint", [shown], room, size, room, shaper_for(letters, language("en")),
            _SLUG_X_HEIGHT, "left", floor=_LEAST_SLUG,
        )  # fmt: skip
        return write_page(page, letters, ink("black"), pen("fineliner"), "", 0.0)

    return write
