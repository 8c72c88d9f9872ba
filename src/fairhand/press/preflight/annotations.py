"""Annotations: only those of printers' marks may lie on what is printed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.subject import DAMAGED, rect_of, thing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.subject import Page, Subject

_MARKS = ("/TrapNet", "/PrinterMark")
_MEDIA = ("/Movie", "/Sound", "/Screen", "/3D", "/RichMedia")
_MOST = 200_000


def check_annotations(subject: Subject) -> Iterator[Finding]:
    """Yield annotations that reach into the bleed (ISO 15930-7 section 6.14)."""
    for page in subject.pages:
        with suppress(*DAMAGED):
            for entry in list(page.dictionary.get("/Annots", []))[:_MOST]:
                with suppress(*DAMAGED):
                    yield from _annotation(subject, page, entry)
        with suppress(*DAMAGED):
            if "/PresSteps" in page.dictionary:
                yield Finding("presentation", "error", "The page has presentation steps.",
                              "Save it without them.", page.number, page.thing)  # fmt: skip
        with suppress(*DAMAGED):
            if "/SeparationInfo" in page.dictionary:
                yield Finding("separated", "error", "The page is one plate of a separated page.",
                              "Export it composite, not as separations.", page.number,
                              page.thing)  # fmt: skip


def _annotation(subject: Subject, page: Page, entry: object) -> Iterator[Finding]:
    kind = str(entry.get("/Subtype", "/"))  # type: ignore[attr-defined]
    place = rect_of(entry.get("/Rect"))  # type: ignore[attr-defined]
    around = page.bleed
    if kind in _MARKS:
        if kind == "/TrapNet" and subject.wanted.standard != "x-4":
            yield Finding("annotation", "error", "The page has a trap network.",
                          "Save it without.", page.number, thing_of(entry))  # fmt: skip
        elif kind == "/PrinterMark" and place is not None and page.trim is not None and (
            place.intersection(page.trim) == place
        ):  # fmt: skip
            yield Finding("annotation", "warning", "A printer's mark lies on the card itself.",
                          "Move it outside the trim.", page.number, thing_of(entry))  # fmt: skip
        return
    if kind in _MEDIA:
        yield Finding("annotation", "error", f"The page has sound, film or a model in it "
                      f"({kind[1:]}).", "Take it off.", page.number, thing_of(entry))  # fmt: skip
        return
    if place is None or around is None:
        met = True
    else:
        shared = place.intersection(around)
        met = shared.width > 0 and shared.height > 0
    if met:
        yield Finding(
            "annotation", "error",
            f"A note, link or field ({kind.lstrip('/') or 'annotation'}) lies on the printed page.",
            "Take it off, or flatten it into the page.", page.number, thing_of(entry),
        )  # fmt: skip
