"""The boxes of every page: where it is cut, how far it bleeds, and whether all are alike."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from fairhand.geometry import Rect
from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.subject import DAMAGED, Page, number_of
from fairhand.units import in_mm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.subject import Subject

_CLOSE = 0.01
"""Boxes that lie outside each other by less (points) are taken for rounded."""

_SAME = 0.5
"""Sizes that differ by less (points) are one size: a sixth of a millimetre."""

_AREAS = ("ViewArea", "ViewClip", "PrintArea", "PrintClip")


def check_boxes(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with the pages' boxes (ISO 32000-1 14.11.2, ISO 15930-7 6.8)."""
    if not subject.pages:
        yield Finding("no-pages", "error", "The file has no page that can be read.",
                      "Export it again; this copy is damaged.")  # fmt: skip
    for page in subject.pages:
        yield from _page(subject, page)
    yield from _sizes(subject)
    yield from _areas(subject)


def _page(subject: Subject, page: Page) -> Iterator[Finding]:
    def fault(rule: str, message: str, remedy: str) -> Finding:
        return Finding(rule, "error", message, remedy, page.number, page.thing)

    boxes = page.boxes
    for name, box in boxes.items():
        if box is None:
            yield fault("box-damaged", f"The {name} is no rectangle with an area.",
                        f"Export it again with a right {name}.")  # fmt: skip
    if "MediaBox" not in boxes:
        yield fault("media-box-missing", "The page has no MediaBox.", "Export it again.")
    if "TrimBox" not in boxes and "ArtBox" not in boxes:
        yield fault(
            "trim-box-missing", "The page does not say where it is cut (no TrimBox).",
            "Export it with a TrimBox of the finished size.",
        )  # fmt: skip
    if "TrimBox" in boxes and "ArtBox" in boxes:
        yield fault(
            "trim-and-art-box", "The page has both a TrimBox and an ArtBox.",
            "Keep the TrimBox and take the ArtBox out.",
        )  # fmt: skip
    for inner, outer in (("TrimBox", "BleedBox"), ("ArtBox", "BleedBox"), ("TrimBox", "MediaBox"),
                         ("ArtBox", "MediaBox"), ("BleedBox", "MediaBox"),
                         ("TrimBox", "CropBox"), ("BleedBox", "CropBox")):  # fmt: skip
        small, large = boxes.get(inner), boxes.get(outer)
        if small is None or large is None:
            continue
        over = _over(small, large)
        if over > _CLOSE or (over > 0 and outer != "CropBox"):
            rule = "crop-box" if outer == "CropBox" else "boxes-nesting"
            yield Finding(
                rule, "error" if over > _CLOSE and (outer != "CropBox" or inner == "TrimBox")
                else "warning",
                f"The {inner} lies {_length(over)} outside the {outer}.",
                "Export it with TrimBox in BleedBox in MediaBox, and no CropBox inside them.",
                page.number, page.thing,
            )  # fmt: skip
    yield from _bleed(subject, page)
    yield from _rotation(page)
    with suppress(*DAMAGED):
        unit = number_of(page.dictionary.get("/UserUnit", 1))
        if unit is not None and unit != 1:
            yield fault(
                "user-unit", f"The page's unit is {unit:g} points, so its size is not what it "
                "seems.", "Export it without a user unit.",
            )  # fmt: skip


def _rotation(page: Page) -> Iterator[Finding]:
    with suppress(*DAMAGED):
        turned = page.rotation
        if turned is None or turned % 90:
            yield Finding(
                "rotation", "error", "The page is turned by an angle that is no multiple of 90.",
                "Export it again without turning the page.", page.number, page.thing,
            )  # fmt: skip


def _bleed(subject: Subject, page: Page) -> Iterator[Finding]:
    trim = page.boxes.get("TrimBox") or page.boxes.get("ArtBox")
    bleed = page.boxes.get("BleedBox")
    wanted = subject.wanted
    if trim and wanted.bleed:
        around = bleed or trim
        least = min(trim.left - around.left, trim.bottom - around.bottom,
                    around.right - trim.right, around.top - trim.top)  # fmt: skip
        if least < wanted.bleed - 0.05:
            yield Finding(
                "bleed-small", "error",
                f"The bleed is {in_mm(max(least, 0)):.1f} mm, but {in_mm(wanted.bleed):.1f} mm are "
                "wanted.",
                f"Export it with {in_mm(wanted.bleed):.1f} mm of bleed on every side.",
                page.number, page.thing,
            )  # fmt: skip
    if trim and wanted.size:
        sizes = [sorted((trim.width, trim.height)), sorted(wanted.size)]
        if any(abs(a - b) > _SAME for a, b in zip(*sizes, strict=True)):
            width, height = wanted.size
            opened = (sorted((2 * width, height)), sorted((width, 2 * height)))
            is_opened = any(
                all(abs(a - b) <= _SAME for a, b in zip(sizes[0], one, strict=True))
                for one in opened
            )
            yield Finding(
                "size-wrong", "error",
                f"The finished size is {_size(trim)}, but "
                f"{in_mm(width):.1f} x {in_mm(height):.1f} mm is wanted.",
                "A folded card is measured opened, twice as large: ask for that size, or for the "
                "card by its name." if is_opened
                else "Set the page to the finished size and export it again.",
                page.number, page.thing,
            )  # fmt: skip


def _sizes(subject: Subject) -> Iterator[Finding]:
    # A page without a trim is told already, and its paper is of another size of course.
    sizes = [
        (page, page.trim) for page in subject.pages
        if page.trim and (page.boxes.get("TrimBox") or page.boxes.get("ArtBox"))
    ] or [(page, page.trim) for page in subject.pages if page.trim]  # fmt: skip
    if not sizes:
        return
    usual, _ = Counter(_seen(page, trim) for page, trim in sizes).most_common(1)[0]
    for page, trim in sizes:
        if any(abs(a - b) > 1 for a, b in zip(_seen(page, trim), usual, strict=True)):
            yield Finding(
                "sizes-differ", "warning",
                f"The page is {_size(trim)}, unlike most of the others.",
                "Put pages of different size into files of their own.", page.number, page.thing,
            )  # fmt: skip


def _areas(subject: Subject) -> Iterator[Finding]:
    with suppress(*DAMAGED):
        preferences = subject.root.get("/ViewerPreferences", {})
        for key in _AREAS:
            value = str(preferences.get(f"/{key}", "/MediaBox")).lstrip("/")
            if value not in ("MediaBox", "BleedBox"):
                yield Finding(
                    "view-area", "error", f"{key} is {value}; only MediaBox or BleedBox may be.",
                    f"Take {key} out of the viewer preferences.",
                )  # fmt: skip
        if str(preferences.get("/PrintScaling", "/AppDefault")) != "/None":
            yield Finding(
                "print-scaling", "warning",
                "The file does not ask to be printed at 100 %, so a viewer may shrink it.",
                'Set PrintScaling to "None", and choose "actual size" when printing.',
            )  # fmt: skip


def _over(small: Rect, large: Rect) -> float:
    """Return how far a rectangle reaches out of another, points."""
    return max(large.left - small.left, large.bottom - small.bottom,
               small.right - large.right, small.top - large.top, 0.0)  # fmt: skip


def _seen(page: Page, rect: Rect) -> tuple[int, int]:
    """Return width and height as the page is seen, turned, in steps that are one size."""
    size = round(rect.width / _SAME), round(rect.height / _SAME)
    return size[::-1] if (page.rotation or 0) % 180 else size


def _length(points: float) -> str:
    if in_mm(points) >= 10:
        return f"{in_mm(points):.0f} mm"
    return f"{in_mm(points):.2g} mm" if in_mm(points) >= 0.01 else f"{points:.2g} pt"


def _size(rect: Rect) -> str:
    return f"{in_mm(rect.width):.1f} x {in_mm(rect.height):.1f} mm"
