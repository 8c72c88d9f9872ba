"""Art of the user's own on a front: read by what is in the file, fitted, and cut. Unit: points."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Literal, NamedTuple

from fairhand.art.drawing import Clipped, around, bounds, moved
from fairhand.art.pdf_art import PdfArt, read_pdf_page
from fairhand.art.picture import (
    GOOD_PPI,
    LEAST_PPI,
    Raster,
    pixels_to_an_inch,
    placed_picture,
    read_picture,
)
from fairhand.art.svg import Vector, read_svg
from fairhand.errors import InputError
from fairhand.geometry import Affine, Insets, Rect, Size
from fairhand.units import INCH

if TYPE_CHECKING:
    from fairhand.art.drawing import Drawn

Fit = Literal["auto", "cover", "contain"]
Source = Raster | Vector | PdfArt

_ALIKE = 0.04
"""A drawing whose shape is a panel's within this share is meant to fill it."""


class Wish(NamedTuple):
    """Which part of the art is seen: `across` and `down` are 0 to 1, `zoom` 1 or more."""

    fit: Fit = "auto"
    across: float = 0.5
    down: float = 0.5
    zoom: float = 1.0


@dataclass(frozen=True, slots=True)
class PlacedArt:
    """What is drawn, whether it covers the panel, and what a person should be told."""

    things: tuple[Drawn, ...]
    covers: bool
    notices: tuple[str, ...] = ()


def read_art(data: bytes, page: int, name: str) -> Source:
    """Read a file by what is in it, whatever its name says; InputError in a sentence."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data:
        raise InputError(f'"{name}" is empty.')
    if b"%PDF-" in data[:1024]:
        return read_pdf_page(data, page, name)
    if start[:1] == b"<" or start[:2] in (b"\x1f\x8b", b"\xff\xfe", b"\xfe\xff"):
        return read_svg(data, name)
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        raise InputError(
            f'"{name}" is a HEIC or AVIF picture, which cannot be read here.',
            hint="Open it in your photo program and export it as JPEG. (An iPhone takes JPEGs with "
            'Settings, Camera, Formats, "Most Compatible".)',
        )
    return read_picture(data, name)


def placed(source: Source, panel: Size, inner: Rect, bleed: float, wish: Wish) -> PlacedArt:
    """Put art on a panel: over all of it and its bleed, or whole inside `inner`.

    "auto" covers with pictures; drawings, and pictures that are see-through in parts, only when
    they have the panel's shape. InputError for a picture with fewer than `LEAST_PPI` samples to
    the inch.
    """
    covers = wish.fit == "cover" or (wish.fit == "auto" and _fills(source, panel))
    if not covers:
        whole = _contained(source.size, inner)
        things, notices = _things(source, whole, whole)
        return PlacedArt(things, False, notices)
    full = Rect.of(panel).inset(Insets(-bleed, -bleed, -bleed, -bleed))
    if isinstance(source, PdfArt) and wish.zoom == 1 and _has_bleed(source, panel, bleed):
        # Made for this card: its finished size is the panel's, its own bleed the bleed.
        return PlacedArt((source.placed(Rect.of(panel), full, with_bleed=True),), True)
    whole = _covering(source.size, full, wish)
    things, notices = _things(source, whole, full)
    return PlacedArt(things, True, notices)


def _fills(source: Source, panel: Size) -> bool:
    if isinstance(source, Raster) and not source.clear:
        return True
    return abs(source.size.width * panel.height / (source.size.height * panel.width) - 1) < _ALIKE


def _has_bleed(art: PdfArt, panel: Size, bleed: float) -> bool:
    """Tell whether a page has the panel's finished size, and reaches over it on its own."""
    same = abs(art.size.width - panel.width) < 3 and abs(art.size.height - panel.height) < 3
    return same and art.over >= bleed - 1.0


def _contained(size: Size, inner: Rect) -> Rect:
    scale = min(inner.width / size.width, inner.height / size.height)
    width, height = size.width * scale, size.height * scale
    left, bottom = (
        inner.left + (inner.width - width) / 2,
        inner.bottom + (inner.height - height) / 2,
    )
    return Rect(left, bottom, left + width, bottom + height)


def _covering(size: Size, full: Rect, wish: Wish) -> Rect:
    scale = max(full.width / size.width, full.height / size.height) * wish.zoom
    width, height = size.width * scale, size.height * scale
    left = full.left - (width - full.width) * wish.across
    top = full.top + (height - full.height) * wish.down
    return Rect(left, top - height, left + width, top)


def _things(source: Source, whole: Rect, seen: Rect) -> tuple[tuple[Drawn, ...], tuple[str, ...]]:
    match source:
        case Raster():
            return (placed_picture(source, whole, seen),), _resolution(source, whole, seen)
        case PdfArt():
            page = source.placed(whole, seen, with_bleed=False)
            return (page,), ()
        case Vector():
            scale = Affine(whole.width / source.size.width, 0.0, 0.0,
                           whole.height / source.size.height, whole.left, whole.bottom)  # fmt: skip
            shapes = tuple(moved(shape, scale) for shape in source.shapes)
            box = around(bounds(shape) for shape in shapes)
            over = box.intersection(whole) != box
            return ((Clipped(whole, shapes),) if over else shapes), ()


def _resolution(raster: Raster, whole: Rect, seen: Rect) -> tuple[str, ...]:
    """Return what to say of a coarse picture; InputError for one that is too coarse."""
    found = pixels_to_an_inch(raster, whole)
    width, height = raster.image.size
    # One of another shape would do as well, so what counts is the place that it fills.
    enough = " x ".join(f"{ceil(side / INCH * GOOD_PPI)}" for side in (seen.width, seen.height))
    told = (
        f'The picture "{raster.name}" has {width} x {height} pixels, {found:.0f} to the inch here'
    )
    if found < LEAST_PPI:
        raise InputError(
            f"{told}, so it would print as little squares.",
            hint=f"Take one of at least {enough} pixels, or show it smaller, with white round "
            f"it: art: {{file: {raster.name}, fit: contain}}.",
        )
    if found < GOOD_PPI:
        return (f"{told}: it will look soft. From {enough} pixels on it is sharp.",)
    return ()
