"""The checks of what pages paint, in one walk over each page."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fairhand.geometry import Rect
from fairhand.press.preflight.edges import (
    check_art_bleeds,
    check_hairlines,
    check_small_text,
    check_text_near_trim,
)
from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.fonts import font_findings, width_findings
from fairhand.press.preflight.inks import check_ink, check_spaces
from fairhand.press.preflight.overprint import Layers
from fairhand.press.preflight.picture_checks import check_picture_ink, check_resolution
from fairhand.press.preflight.spots import Spots
from fairhand.press.preflight.subject import DAMAGED, thing_of
from fairhand.press.preflight.walk import Known, Walk
from fairhand.units import in_mm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fairhand.press.preflight.painted import Painted
    from fairhand.press.preflight.spots import Spots
from fairhand.press.preflight.subject import Page, Subject

PAINT_CHECKS: tuple[Callable[[Painted, Page, Subject], Iterator[Finding]], ...] = (
    check_spaces,
    check_ink,
    check_hairlines,
    check_text_near_trim,
    check_small_text,
    check_art_bleeds,
    check_resolution,
    check_picture_ink,
)
"""Checks of one painted thing. A new one is a function and a row here."""


def check_pages(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with what the pages paint, and with the fonts that they use."""
    known = Known()
    walked: set[object] = set()
    fonts = _Fonts()
    spots = Spots()
    blank: list[Page] = []
    for page in subject.pages:
        if known.stopped:
            break
        key = _looks(page)
        if key is not None and key in walked:
            continue
        walked.add(key)
        told: set[tuple[str, str]] = set()
        alike = _Alike()
        layers = Layers()
        safe = _safe(page, subject)
        bare = True
        for thing in Walk(subject, page, known).painted():
            if isinstance(thing, Finding):
                # What could not be looked at to its end is not called blank.
                bare = False
                yield thing
                continue
            inside = safe is not None and thing.box is not None and _is_within(thing.box, safe)
            if inside and alike.met(thing) and fonts.knows(thing):
                continue
            bare = bare and _is_bare(thing, page)
            if thing.font is not None:
                yield from fonts.met(thing)
            spots.met(thing)
            for check in (*PAINT_CHECKS, layers.met):
                with suppress(*DAMAGED):
                    for finding in check(thing, page, subject):
                        # One picture or text may break a rule a thousand times.
                        if (finding.rule, finding.message) not in told:
                            told.add((finding.rule, finding.message))
                            yield replace(finding, place=place_of(thing, page))
        if bare:
            blank.append(page)
    yield from fonts.rest()
    yield from spots.findings()
    yield from _blank(blank, len(subject.pages))


def _blank(pages: list[Page], count: int) -> Iterator[Finding]:
    """Yield pages on which nothing is printed; that is an error where it is all of them."""
    for page in pages:
        yield Finding(
            "page-blank", "error" if len(pages) == count else "warning", "Nothing is printed on "
            "the page.", "Take the page out, if it is not meant to be blank.", page.number,
            page.thing,
        )  # fmt: skip


def _is_bare(thing: Painted, page: Page) -> bool:
    """Tell whether something leaves the paper of the card as it was."""
    if thing.kind == "font" or not thing.visible or thing.box is None:
        return True
    around = page.bleed
    shared = thing.box.intersection(around) if around is not None else thing.box
    out = shared.width < 0 or shared.height < 0
    return out or (thing.colour.pattern is None and thing.colour.space.white(thing.colour.parts))


def place_of(thing: Painted, page: Page) -> str:
    """Return where something is seen on the finished card, "" where that is not known."""
    trim = page.trim
    if thing.box is None or trim is None:
        return ""
    seen = thing.box.intersection(trim)
    if seen.width < 0 or seen.height < 0:
        return "outside the trim"
    if seen.width >= trim.width - 1 and seen.height >= trim.height - 1:
        return "all over the card"
    left, bottom, right, top = (seen.left - trim.left, seen.bottom - trim.bottom,
                                trim.right - seen.right, trim.top - seen.top)  # fmt: skip
    across, down = ((left, top), (bottom, left), (right, bottom), (top, right))[
        int(page.rotation or 0) // 90 % 4
    ]
    return f"{in_mm(across):.0f} mm from the left and {in_mm(down):.0f} mm from the top"


def _looks(page: Page) -> object:
    """Return what pages that look alike share, None for a page that shares nothing."""
    with suppress(*DAMAGED):
        if "/Annots" in page.dictionary:
            return None
        contents, resources = page.dictionary.get("/Contents"), page.resources
        if contents.objgen != (0, 0) and resources is not None and resources.objgen != (0, 0):
            boxes = tuple(sorted(page.boxes.items()))
            return tuple(contents.objgen), tuple(resources.objgen), boxes
    return None


def _safe(page: Page, subject: Subject) -> Rect | None:
    """Return where writing is far enough from every edge."""
    trim, room = page.trim, max(subject.wanted.safe, 0)
    if trim is None:
        return None
    return Rect(trim.left + room, trim.bottom + room, trim.right - room, trim.top - room)


def _is_within(box: Rect, around: Rect) -> bool:
    return (
        box.left >= around.left and box.bottom >= around.bottom
        and box.right <= around.right and box.top <= around.top
    )  # fmt: skip


class _Alike:
    """Letters well inside a page, of which others differ in their place on the card only.

    A page of handwriting is a hundred words of a few inks; the checks need to see one of each.
    """

    def __init__(self) -> None:
        self._least: dict[object, tuple[float, Painted]] = {}

    def met(self, thing: Painted) -> bool:
        """Tell whether letters like these, and hardly larger, were met before."""
        colour = thing.colour
        if thing.kind != "text" or colour.pattern is not None:
            return False
        key = (id(colour.space), colour.parts, id(thing.font), thing.visible, thing.hidden,
               thing.unseen, thing.overprints, thing.multiplies)  # fmt: skip
        known = self._least.get(key)
        if known is not None and thing.size >= known[0] * 0.8:
            return True
        # What is kept keeps its space and font, so that no other takes their identity.
        self._least[key] = thing.size, thing
        return False


class _Fonts:
    """The fonts that were met: those that show letters are checked, once each."""

    def __init__(self) -> None:
        self._shown: dict[object, tuple[int, Any, set[int]]] = {}
        self._selected: dict[object, tuple[int, Any]] = {}
        self._unseen: set[object] = set()
        self._empty: set[object] = set()
        self._codes: dict[int, tuple[Any, set[int]]] = {}

    def knows(self, thing: Painted) -> bool:
        """Take note of letters in a font that was met; tell whether nothing is new."""
        codes = self._codes.get(id(thing.font))
        if codes is None or 0 in thing.codes:
            return False
        codes[1].update(thing.codes)
        return True

    def met(self, thing: Painted) -> Iterator[Finding]:
        key = _font_key(thing.font)
        # Letters in render mode 3 are never drawn, so their font may stay outside (6.2.5).
        if thing.unseen:
            self._unseen.add(key)
            return
        if thing.kind != "text":
            self._selected.setdefault(key, (thing.page, thing.font))
            return
        if key not in self._shown:
            self._shown[key] = (thing.page, thing.font, set())
            with suppress(*DAMAGED):
                yield from font_findings(thing.font, thing.page)
        codes = self._shown[key][2]
        codes.update(thing.codes)
        # The font is kept, so that no other takes its identity.
        self._codes[id(thing.font)] = thing.font, codes
        if 0 in thing.codes and key not in self._empty and _is_identity(thing.font):
            self._empty.add(key)
            yield Finding(
                "letter-missing", "warning", "A letter is shown that the font does not have; an "
                "empty box stands in its place.", "Choose a font that has it.", thing.page,
                thing_of(thing.font),
            )  # fmt: skip

    def rest(self) -> Iterator[Finding]:
        """Yield what can be told when all letters are known, and fonts that show none."""
        for page, font, codes in self._shown.values():
            with suppress(*DAMAGED):
                yield from width_findings(font, codes - {0}, page)
        for key, (page, font) in self._selected.items():
            if key in self._shown or key in self._unseen:
                continue
            with suppress(*DAMAGED):
                for finding in font_findings(font, page):
                    if finding.rule == "font-not-embedded":
                        yield Finding(
                            "font-unused", "warning", finding.message.replace(
                                "is not inside", "is named but not used, and is not inside"),
                            "Export it again without the font.", page, finding.thing,
                        )  # fmt: skip


def _font_key(font: Any) -> object:
    with suppress(*DAMAGED):
        if font.objgen != (0, 0):
            return tuple(font.objgen)
    return id(font)


def _is_identity(font: Any) -> bool:
    with suppress(*DAMAGED):
        return str(font.get("/Encoding", "")) in ("/Identity-H", "/Identity-V")
    return False
