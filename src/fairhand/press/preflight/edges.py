"""What is too near to an edge, too thin, or ends where the card is cut."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from fairhand.press.preflight.finding import Finding
from fairhand.units import in_mm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.geometry import Rect
    from fairhand.press.preflight.painted import Painted
    from fairhand.press.preflight.subject import Page, Subject

_HAIRLINE = 0.249
"""A quarter of a point is the least that offset printing holds; just under it, for rounding."""

_TOUCHES = 1.0
"""Art that ends so near to the trim (points) is meant to end at it."""

_SHORT = 0.5
_LEAST_TEXT, _LEAST_WHITE = 4.0, 6.0
_LEAST_ART = 3.0
_LEAST_BLEED = 7.15
"""A tenth of an inch (points), the least that gang printers take, less a rounding."""
_ALONG = 0.25
"""What goes along so much of a side is ground, and no leaf."""


def check_hairlines(thing: Painted, page: Page, subject: Subject) -> Iterator[Finding]:
    """Yield lines too thin to print: strokes, and rectangles that are lines."""
    del subject
    if thing.kind not in ("stroke", "fill") or not thing.visible or not _on_card(thing, page):
        return
    if thing.width >= _HAIRLINE or thing.colour.space.white(thing.colour.parts):
        return
    if thing.kind == "fill" and thing.box and max(thing.box.width, thing.box.height) < _LEAST_ART:
        return
    nothing = thing.width <= 0
    yield Finding(
        "hairline", "error" if nothing and thing.kind == "stroke" else "warning",
        "A line has no width, so each printer draws it differently." if nothing
        else f"A line is {thing.width:.2f} pt wide, too thin to be printed for certain.",
        "Make it 0.25 pt or wider.", page.number, thing.thing,
    )  # fmt: skip


def check_text_near_trim(thing: Painted, page: Page, subject: Subject) -> Iterator[Finding]:
    """Yield text so near to the trim that it may be cut."""
    trim = page.trim
    if thing.kind != "text" or not thing.visible or thing.box is None or trim is None:
        return
    shared = thing.box.intersection(trim)
    if shared.width <= 0 or shared.height <= 0:
        return
    near = min(_distances(thing.box, trim))
    if near < -0.2 * thing.size:
        yield Finding(
            "text-cut", "warning", "Text runs over the edge of the card and is cut.",
            f"Keep text {in_mm(subject.wanted.safe):.0f} mm inside.", page.number, thing.thing,
        )  # fmt: skip
    elif near < subject.wanted.safe:
        yield Finding(
            "text-near-trim", "warning", f"Text stands {in_mm(max(near, 0)):.1f} mm from the edge, "
            "where it may be cut.",
            f"Keep text {in_mm(subject.wanted.safe):.0f} mm inside.", page.number, thing.thing,
        )  # fmt: skip


def check_small_text(thing: Painted, page: Page, subject: Subject) -> Iterator[Finding]:
    """Yield text too small to be printed cleanly, and white text whose strokes fill up."""
    del subject
    if thing.kind != "text" or not thing.visible or not _on_card(thing, page):
        return
    least = _LEAST_WHITE if thing.colour.space.white(thing.colour.parts) else _LEAST_TEXT
    if thing.size < least - 0.05:
        white = "White text" if least == _LEAST_WHITE else "Text"
        yield Finding(
            "text-small", "warning", f"{white} is {thing.size:.1f} pt high, too small to be "
            "printed clearly.", f"Set it in {least:.0f} pt or larger.", page.number, thing.thing,
        )  # fmt: skip


def check_art_bleeds(thing: Painted, page: Page, subject: Subject) -> Iterator[Finding]:
    """Yield art that ends at the trim, where a white edge shows when the cut is a hair off.

    A small shape of curves that crosses the trim, such as a leaf, may end in the bleed.
    """
    trim, around = page.trim, page.bleed
    if thing.kind not in ("fill", "picture", "shading") or not thing.visible:
        return
    if thing.box is None or trim is None or around is None:
        return
    if not {"TrimBox", "ArtBox"} & set(page.boxes):
        return
    if thing.kind != "shading" and thing.colour.space.white(thing.colour.parts):
        return
    shared = thing.box.intersection(trim)
    if shared.width < _LEAST_ART or shared.height < _LEAST_ART:
        return
    upright, level = shared.height / trim.height, shared.width / trim.width
    # Without a BleedBox the page bleeds as far as its paper goes (14.11.2.1).
    outer = page.boxes.get("BleedBox") or page.boxes.get("CropBox") or page.boxes.get("MediaBox")
    for side, inside, room, share, space in zip(
        _sides(page), _distances(thing.box, trim), _distances(trim, around),
        (upright, level, upright, level), _distances(trim, outer or around), strict=True,
    ):  # fmt: skip
        if thing.kind == "fill" and thing.width == inf and share < _ALONG:
            continue
        crosses = inside < -_SHORT
        if inside > _TOUCHES:
            continue
        if crosses and (room <= _SHORT or -inside >= room - _SHORT):
            kept = min(space, -inside)
            if kept < _LEAST_BLEED and not subject.wanted.bleed:
                yield _little_bleed(kept, side, page)
                return
            continue
        masked = thing.kind == "picture" and _is_masked(thing)
        yield Finding(
            "bleed-missing", "error" if room > _SHORT and not masked else "warning",
            f"Something ends {_where(inside)} the {side} edge of the card "
            f"({in_mm(abs(min(inside, 0.0))):.1f} mm of bleed), so that a white line may show "
            "there.",
            "Let it reach 3 mm (1/8 in) over the edge, and export with a BleedBox.",
            page.number, thing.thing,
        )  # fmt: skip
        return


def _little_bleed(kept: float, side: str, page: Page) -> Finding:
    return Finding(
        "bleed-small", "warning", f"The page bleeds {in_mm(max(kept, 0)):.1f} mm over its {side} "
        "edge, less than print shops ask for.",
        "Export it with 3 mm (1/8 in) of bleed on every side.", page.number, page.thing,
    )  # fmt: skip


def _sides(page: Page) -> tuple[str, ...]:
    """Return what left, bottom, right and top of a page are called as it is seen, turned."""
    sides = ("left", "bottom", "right", "top")
    quarters = int(page.rotation or 0) // 90 % 4
    return sides[-quarters:] + sides[:-quarters] if quarters else sides


def _where(inside: float) -> str:
    return "at" if abs(inside) <= _SHORT else ("just inside" if inside > 0 else "just outside")


def _distances(inner: Rect, outer: Rect) -> tuple[float, float, float, float]:
    """Return how far a rectangle lies inside another: left, bottom, right, top."""
    return (inner.left - outer.left, inner.bottom - outer.bottom,
            outer.right - inner.right, outer.top - inner.top)  # fmt: skip


def _on_card(thing: Painted, page: Page) -> bool:
    if thing.box is None or page.bleed is None:
        return thing.box is not None
    shared = thing.box.intersection(page.bleed)
    return shared.width >= 0 and shared.height >= 0


def _is_masked(thing: Painted) -> bool:
    try:
        return any(key in thing.picture for key in ("/SMask", "/Mask", "/ImageMask"))
    except TypeError:
        return False
