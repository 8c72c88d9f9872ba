"""Compose a note on a card: the pages of its panels, or how much too long it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from fairhand.compose.copyfit import Fit, PanelFit, fit, fits, is_comfortable, size_range
from fairhand.compose.lines import fitted_lines
from fairhand.compose.page import ComposedLine, ComposedPage, ComposedWord
from fairhand.compose.setting import SetLine, parts_of
from fairhand.compose.shape import Shaper
from fairhand.errors import InputError
from fairhand.layout.panels import panels_of
from fairhand.note.characters import counts_characters, portions
from fairhand.units import in_mm

if TYPE_CHECKING:
    from fairhand.geometry import Rect
    from fairhand.hand.hand import Hand
    from fairhand.layout.model import CardLayout, Slot
    from fairhand.note.model import Note
    from fairhand.stationery.model import Card

_LINE_WORDS_KEPT = 3
_TYPE_SHARE = 0.83
"""Type's x-height beside that of a hand: its capitals are as high, and it is read as well."""


@dataclass(frozen=True, slots=True)
class ComposedCard:
    """A note on its card: the written panels, and the choices that were made for it.

    `address` is the address of a postcard in another hand than its words: a page that stands on
    the same panel as one of the others.
    """

    card: Card
    layout: CardLayout
    pages: tuple[ComposedPage, ...]
    x_height_mm: float
    fill: float
    comfortable: bool
    address: ComposedPage | None = None


def compose_card(
    note: Note, card: Card, layout: CardLayout, shaper: Shaper,
    address_shaper: Shaper | None = None,
) -> ComposedCard | None:  # fmt: skip
    """Set a note on a card; None when it does not fit at the smallest allowed size.

    The note's letters must all be in the shaper's hand (`letters.missing_letters`).
    `address_shaper` sets the address that stands on the card itself, if not the same hand does.
    """
    hand = shaper.hand
    parts = parts_of(note, layout, shaper)
    found = fit(parts, card, layout, shaper, large=note.large)
    if found is None:
        return None
    pages = [_page(panel, found, card, layout, hand) for panel in found.panels]
    address = _address(note, card, layout, address_shaper or shaper, found)
    if address and not address_shaper:
        pages, address = _joined(pages, address), None
    used = {page.name for page in pages}
    if note.imprint:
        refuse_written(card, "imprint", "back", used)
        pages.append(
            fitted_lines(
                "back", "imprint", [note.imprint], _in_safe(layout.imprint, layout, card),
                card.size,
                panels_of(layout, card).safe("back"), shaper, layout.imprint_x_height, "centre",
            )
        )  # fmt: skip
    return ComposedCard(
        card, layout, tuple(pages), round(in_mm(found.x_height), 2), found.fill,
        is_comfortable(found, layout, card, large=note.large), address,
    )  # fmt: skip


def _in_safe(slot: Slot, layout: CardLayout, card: Card) -> Rect:
    """Return the part of a slot in which ink may stand."""
    return slot.rect(card.size).intersection(panels_of(layout, card).safe(slot.panel))


def refuse_written(card: Card, field: str, panel: str, used: set[str]) -> None:
    """Raise InputError when a field's panel is one that the note itself is written on."""
    if panel in used:
        raise InputError(
            f'There is no room for "{field}", because the note itself is written '
            f'on the {panel} of the card "{card.name}".',
            hint=f'Leave "{field}" out, or choose a folded card.',
        )


def fits_card(note: Note, card: Card, layout: CardLayout, shaper: Shaper) -> bool:
    """Tell whether a note fits on a card at the smallest allowed size."""
    parts = parts_of(note, layout, shaper)
    return fits(parts, card, layout, shaper, large=note.large)


def words_too_many(note: Note, card: Card, layout: CardLayout, shaper: Shaper) -> int:
    """Return about how many words of the body must go before the note fits this card.

    Characters where people count these (`counts_characters`). 0 when it would not fit even
    without a body.
    """
    if not fits_card(note.model_copy(update={"paragraphs": ()}), card, layout, shaper):
        return 0
    count = sum(len(portions(paragraph)) for paragraph in note.paragraphs)
    low, high = 1, max(1, count - _LINE_WORDS_KEPT)
    while low < high:
        middle = (low + high) // 2
        shorter = note.model_copy(update={"paragraphs": _without_last(note.paragraphs, middle)})
        if not fits_card(shorter, card, layout, shaper):
            low = middle + 1
        else:
            high = middle
    gone = [portion for paragraph in note.paragraphs for portion in portions(paragraph)][-low:]
    return len("".join("".join(gone).split())) if counts_characters(note.words) else low


def _without_last(paragraphs: tuple[str, ...], count: int) -> tuple[str, ...]:
    kept: list[str] = []
    left = sum(len(portions(paragraph)) for paragraph in paragraphs) - count
    for paragraph in paragraphs:
        words = portions(paragraph)
        if left <= 0:
            break
        kept.append("".join(words[:left]).rstrip())
        left -= len(words)
    return tuple(kept)


def _page(panel: PanelFit, found: Fit, card: Card, layout: CardLayout, hand: Hand) -> ComposedPage:
    spare = max(0.0, panel.block.height - panel.height)
    above = 0.0 if layout.ruling or len(found.panels) > 1 else spare * layout.balance.above
    above = min(above, panel.room)
    top = panel.block.top - above
    lines = tuple(
        composed_line(line, left, top + y, found.size)
        for line, left, y in zip(panel.lines, panel.lefts, panel.baselines, strict=True)
    )
    safe = panels_of(layout, card).safe(panel.name)
    ruling = layout.ruling
    rules: tuple[float, ...] = ()
    if ruling and lines:
        count = int((lines[0].y - panel.block.bottom) / found.pitch) + 1
        drop = 0.12 * found.x_height
        rules = tuple(lines[0].y - drop - n * found.pitch for n in range(max(count, len(lines))))
        rules = tuple(y for y in rules if y > safe.bottom)
    return ComposedPage(
        name=panel.name,
        size=card.size,
        safe=safe,
        block=panel.block,
        lines=lines,
        x_height_em=hand.x_height_em,
        space_em=hand.space_em,
        pitch=found.pitch,
        rules=rules,
        rule_width=ruling.line if ruling else 0.0,
        rule_ink=ruling.ink if ruling else None,
    )


@lru_cache(maxsize=1024)
def composed_line(line: SetLine, left: float, y: float, size: float) -> ComposedLine:
    """Give a set line its place on the page; `left`, `y` and `size` in points."""
    em = size * line.size
    words = tuple(ComposedWord(shaped, left + x * em, spaced) for shaped, x, spaced in line.words)
    return ComposedLine(
        line.role, line.field, words, y, em, line.side, line.rtl, apart=line.space_before > 0
    )


def _address(
    note: Note, card: Card, layout: CardLayout, shaper: Shaper, found: Fit
) -> ComposedPage | None:
    """Set the address that stands on the card itself, where the layout has a place for it."""
    slot = layout.address
    if slot is None or note.to is None or not note.to.lines:
        return None
    lines = list(note.to.lines_in(note.language))
    x_height = max(found.x_height, size_range(layout, large=note.large)[1])
    if shaper.hand.data.kind == "type":
        x_height *= _TYPE_SHARE
    for even in (True, False):
        try:
            return fitted_lines(
                slot.panel, "address", lines, _in_safe(slot, layout, card), card.size,
                panels_of(layout, card).safe(slot.panel), shaper, x_height, "left", field="to",
                even=even,
            )  # fmt: skip
        except InputError as error:
            refusal = error
    raise refusal


def _joined(pages: list[ComposedPage], added: ComposedPage) -> list[ComposedPage]:
    """Return pages with the lines of another, on the same panel's page where there is one."""
    for index, page in enumerate(pages):
        if page.name == added.name:
            return [*pages[:index], replace(page, lines=page.lines + added.lines),
                    *pages[index + 1 :]]  # fmt: skip
    return [*pages, added]
