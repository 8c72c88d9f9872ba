"""The test page of a printer: rules, edges and cross-hairs on both sides of one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.art.drawing import Shape as Drawing
from fairhand.art.drawing import ellipse, line
from fairhand.geometry import Affine, Rect, Size
from fairhand.impose.corrected import READ_MM, corrected
from fairhand.impose.sheet import Placement, Sheet
from fairhand.job.captions import Caption, captioned
from fairhand.output.pdf import About, pdf
from fairhand.stationery.catalogue import ink
from fairhand.units import INCH, MM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.impose.corrected import Correction
    from fairhand.write.page import WrittenPage

EDGE_MM = READ_MM
"""How far from the paper's edges the two lines stand from which shifts are read."""

_FINE, _BOLD = 0.35, 0.8
_LARGE = 130 * MM
_BLACK = ink("black")
_PRINTED = "Print both sides at 100 %, from the tray and on the stock that you will use."


def rule_mm(size: Size) -> float:
    """Return how long the millimetre rules are on a page of this size."""
    return 100.0 if min(size) >= _LARGE else 50.0


def calibration_pdf(
    size: Size, title: str, correction: Correction | None = None, *, on_page: bool = False
) -> bytes:
    """Return the test page for a sheet of this size, printed on both sides.

    `correction` is one to try: it is applied as home output would be. `on_page`: what is read off
    it is written on a page of the studio, and not on the command line.
    """
    sheets = []
    for number, page in enumerate((_front(size, title, on_page=on_page), _back(size))):
        sheet = Sheet(page.name, size, Rect.of(size), (Placement(page, Affine()),))
        sheets.append(corrected(sheet, correction, back=number == 1) if correction else sheet)
    return pdf(sheets, About("Test page for a printer"))


def _front(size: Size, title: str, *, on_page: bool) -> WrittenPage:
    width, height = size
    edge = EDGE_MM * MM
    length = rule_mm(size) * MM
    inches = 4 if length > 60 * MM else 2
    start = edge + 8 * MM
    across_y = height - edge - 18 * MM
    inch_y = across_y - 15 * MM
    drawn: list[Drawing] = [
        *_two_lines(size),
        *_targets(size),
        *_cross(width / 2, height / 2, (9 if rule_mm(size) == 100 else 6) * MM),
        *_rule_across(start, across_y, rule_mm(size), MM, 10),
        *_rule_across(start, inch_y, 8 * inches, INCH / 8, 8),
        *_rule_down(*_beside(size, start, across_y, inch_y), rule_mm(size), MM, 10),
        *_arrow(width / 2, height - 8 * MM),
    ]
    told = rule_mm(size)
    right = width - 12 * MM
    text_left = edge + 42 * MM
    low = min(inch_y - 14 * MM, height / 2 - 14 * MM)
    if _has_room_beside(size, start):
        low = min(low, _beside(size, start, across_y, inch_y)[1] - length - 6 * MM)
    text_left = start if _has_room_beside(size, start) else text_left
    captions = [
        Caption((title,), Rect(edge + 4 * MM, height - edge + 2 * MM, width / 2 - 8 * MM,
                               height - edge + 8 * MM)),
        Caption(("this edge first",), Rect(width / 2 + 5 * MM, height - 16 * MM, right,
                                           height - 9 * MM)),
        Caption((f"{told:.0f} mm",), Rect(start, across_y + 4.5 * MM, start + 30 * MM,
                                          across_y + 9 * MM)),
        Caption((f"{inches} in",), Rect(start, inch_y + 4.5 * MM, start + 30 * MM,
                                        inch_y + 9 * MM)),
    ]  # fmt: skip
    if low - 12 * MM > 40 * MM and right - text_left > 60 * MM:
        captions.append(
            Caption(
                _on_page(told) if on_page else _on_the_command_line(told),
                Rect(text_left, 14 * MM, right, low), 1.7 * MM,
            )
        )  # fmt: skip
    return captioned("front", size, captions, drawn)


def _on_the_command_line(told: float) -> tuple[str, ...]:
    """Return what to read off the page, and how to say it to `fairhand calibrate`."""
    return (
        _PRINTED,
        f"1  Left edge to upright line, near the corner: {EDGE_MM:.0f} mm wanted.",
        "-> You read 18.5? Then fairhand calibrate --right 1.5mm",
        f"2  Top edge to level line, near the corner: {EDGE_MM:.0f} mm wanted.",
        "-> You read 21? Then --down -1mm",
        f"3  The rules. You read {told - 0.8:g} for {told:.0f} mm? Then",
        f"-> --across {told - 0.8:g}mm (the level one), --along (the upright one)",
        f"(Under {told * 0.97:g}? A viewer shrank it: print it at 100 %, not to fit.)",
        "4  The back, as you look at it, as 1 and 2:",
        "-> --back-right, --back-down",
        "Then fairhand calibrate --corrected: held to the light, the crosses meet.",
    )


def _on_page(told: float) -> tuple[str, ...]:
    """Return what to read off the page, and what to write into the studio's fields."""
    return (
        _PRINTED,
        f"1  Left edge to upright line, near the corner: {EDGE_MM:.0f} mm wanted.",
        '-> You read 18.5? Then write 1.5 at "to the right".',
        f"2  Top edge to level line, near the corner: {EDGE_MM:.0f} mm wanted.",
        '-> You read 21? Then write -1 at "down".',
        f"3  The rules. You read {told - 0.8:g} for {told:.0f} mm? Then",
        f'-> write {told - 0.8:g} at "the level rule", and so "the upright rule".',
        f"(Under {told * 0.97:g}? A viewer shrank it: print it at 100 %, not to fit.)",
        "4  The back, as you look at it, as 1 and 2:",
        '-> write it at "on the back".',
        "Then print a corrected test page: held to the light, the crosses meet.",
    )


def _back(size: Size) -> WrittenPage:
    width, height = size
    x, y = width / 2, height / 2
    reach = 10
    drawn: list[Drawing] = [
        *_two_lines(size),
        line(x - 14 * MM, y, x + 14 * MM, y, _BLACK, _FINE),
        line(x, y - 14 * MM, x, y + 14 * MM, _BLACK, _FINE),
        *_targets(size),
        *_arrow(x, height - 8 * MM),
    ]
    for step in range(-reach, reach + 1):
        tall = 2.2 * MM if step % 5 == 0 else 0.9 * MM
        drawn.append(line(x + step * MM, y - tall, x + step * MM, y + tall, _BLACK, _FINE))
        drawn.append(line(x - tall, y + step * MM, x + tall, y + step * MM, _BLACK, _FINE))
    captions = [
        Caption(("back",), Rect(x + 5 * MM, height - 16 * MM, width - 12 * MM, height - 9 * MM)),
        Caption(
            ("a stroke is a millimetre",),
            Rect(max(12 * MM, x - 40 * MM), y - 30 * MM, min(width - 12 * MM, x + 40 * MM),
                 y - 18 * MM), align="centre",
        ),
    ]  # fmt: skip
    return captioned("back", size, captions, drawn)


def _two_lines(size: Size) -> Iterator[Drawing]:
    edge, near = EDGE_MM * MM, 9 * MM
    width, height = size
    yield line(edge, near, edge, height - near, _BLACK, _BOLD)
    yield line(near, height - edge, width - near, height - edge, _BLACK, _BOLD)


def _cross(x: float, y: float, reach: float) -> Iterator[Drawing]:
    yield line(x - reach, y, x + reach, y, _BLACK, _FINE)
    yield line(x, y - reach, x, y + reach, _BLACK, _FINE)
    yield Drawing(ellipse(x, y, 3 * MM, 3 * MM), stroke=_BLACK, width=_FINE)


def _targets(size: Size) -> Iterator[Drawing]:
    inset = 12 * MM
    for x in (inset, size.width - inset):
        for y in (inset, size.height - inset):
            yield line(x - 3 * MM, y, x + 3 * MM, y, _BLACK, _FINE)
            yield line(x, y - 3 * MM, x, y + 3 * MM, _BLACK, _FINE)
            yield Drawing(ellipse(x, y, 1.5 * MM, 1.5 * MM), stroke=_BLACK, width=_FINE)


def _arrow(x: float, y: float) -> Iterator[Drawing]:
    yield Drawing(
        (("m", (x, y)), ("l", (x - 2.6 * MM, y - 5 * MM)), ("l", (x + 2.6 * MM, y - 5 * MM)),
         ("h", ())), fill=_BLACK,
    )  # fmt: skip
    yield line(x, y - 5 * MM, x, y - 9 * MM, _BLACK, 1.2)


def _rule_across(x: float, y: float, count: float, step: float, group: int) -> Iterator[Drawing]:
    yield line(x, y, x + count * step, y, _BLACK, _FINE)
    for number in range(int(count) + 1):
        at = x + number * step
        yield line(at, y, at, y + _tick(number, group), _BLACK, _FINE)


def _has_room_beside(size: Size, start: float) -> bool:
    return start + rule_mm(size) * MM + 30 * MM < size.width


def _beside(size: Size, start: float, across_y: float, inch_y: float) -> tuple[float, float]:
    """Return where the upright rule begins: beside the level ones, or below them."""
    if _has_room_beside(size, start):
        return start + rule_mm(size) * MM + 14 * MM, across_y + 4 * MM
    return start + 6 * MM, inch_y - 12 * MM


def _rule_down(x: float, y: float, count: float, step: float, group: int) -> Iterator[Drawing]:
    yield line(x, y, x, y - count * step, _BLACK, _FINE)
    for number in range(int(count) + 1):
        at = y - number * step
        yield line(x, at, x + _tick(number, group), at, _BLACK, _FINE)


def _tick(number: int, group: int) -> float:
    if number % group == 0:
        return 4 * MM
    return 2.8 * MM if number % (group // 2) == 0 else 1.6 * MM
