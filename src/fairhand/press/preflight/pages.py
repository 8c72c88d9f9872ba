"""The checks of what pages paint, in one walk over each page."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fairhand.press.preflight.edges import check_art_bleeds, check_hairlines, check_text_near_trim
from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.fonts import font_findings
from fairhand.press.preflight.inks import check_ink, check_spaces
from fairhand.press.preflight.picture_checks import check_picture_ink, check_resolution
from fairhand.press.preflight.subject import DAMAGED, thing_of
from fairhand.press.preflight.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fairhand.press.preflight.painted import Painted
    from fairhand.press.preflight.subject import Page, Subject
    from fairhand.press.preflight.type_metrics import Metrics

PAINT_CHECKS: tuple[Callable[[Painted, Page, Subject], Iterator[Finding]], ...] = (
    check_spaces,
    check_ink,
    check_hairlines,
    check_text_near_trim,
    check_art_bleeds,
    check_resolution,
    check_picture_ink,
)
"""Checks of one painted thing. A new one is a function and a row here."""


def check_pages(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with what the pages paint, and with the fonts that they use."""
    metrics: dict[object, Metrics] = {}
    walked: set[object] = set()
    fonts = _Fonts()
    for page in subject.pages:
        key = _looks(page)
        if key is not None and key in walked:
            continue
        walked.add(key)
        told: set[tuple[str, str]] = set()
        last: Painted | None = None
        for thing in Walk(subject, page, metrics).painted():
            if isinstance(thing, Finding):
                yield thing
                continue
            alike = last is not None and _is_like(thing, last, page)
            last = thing
            if thing.font is not None and (not alike or 0 in thing.codes):
                yield from fonts.met(thing)
            for check in (check_text_near_trim,) if alike else PAINT_CHECKS:
                with suppress(*DAMAGED):
                    for finding in check(thing, page, subject):
                        # One picture or text may break a rule a thousand times.
                        if (finding.rule, finding.message) not in told:
                            told.add((finding.rule, finding.message))
                            yield finding
    yield from fonts.unused()


def _looks(page: Page) -> object:
    """Return what pages that look alike share, None for a page that shares nothing."""
    with suppress(*DAMAGED):
        contents, resources = page.dictionary.get("/Contents"), page.resources
        if contents.objgen != (0, 0) and resources is not None and resources.objgen != (0, 0):
            boxes = tuple(sorted(page.boxes.items()))
            return tuple(contents.objgen), tuple(resources.objgen), boxes
    return None


def _is_like(thing: Painted, last: Painted, page: Page) -> bool:
    """Tell whether letters differ from the last ones in their place on the card only.

    A page of handwriting is a hundred words of one ink; most checks need to see one of them.
    """
    return (
        thing.kind == last.kind == "text"
        and thing.colour is last.colour
        and thing.font is last.font
        and thing.visible == last.visible
        and thing.overprints == last.overprints
        and thing.size >= last.size * 0.8
        and _within(thing, page) and _within(last, page)
    )  # fmt: skip


def _within(thing: Painted, page: Page) -> bool:
    box, trim = thing.box, page.trim
    return box is not None and trim is not None and (
        box.left >= trim.left and box.bottom >= trim.bottom
        and box.right <= trim.right and box.top <= trim.top
    )  # fmt: skip


class _Fonts:
    """The fonts that were met: those that show letters are checked, once each."""

    def __init__(self) -> None:
        self._checked: set[object] = set()
        self._selected: dict[object, tuple[int, Any]] = {}
        self._empty: set[object] = set()

    def met(self, thing: Painted) -> Iterator[Finding]:
        key = _font_key(thing.font)
        if thing.kind != "text":
            self._selected.setdefault(key, (thing.page, thing.font))
            return
        if key not in self._checked:
            self._checked.add(key)
            with suppress(*DAMAGED):
                yield from font_findings(thing.font, thing.page)
        if 0 in thing.codes and key not in self._empty and _is_identity(thing.font):
            self._empty.add(key)
            yield Finding(
                "letter-missing", "warning", "A letter is shown that the font does not have; an "
                "empty box stands in its place.", "Choose a font that has it.", thing.page,
                thing_of(thing.font),
            )  # fmt: skip

    def unused(self) -> Iterator[Finding]:
        for key, (page, font) in self._selected.items():
            if key in self._checked:
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
