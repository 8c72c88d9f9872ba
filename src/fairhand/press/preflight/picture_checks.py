"""Pictures: how fine they are at their printed size, and how much ink they lay down."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
from PIL import Image

from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.streams import LARGEST, read_stream
from fairhand.press.preflight.subject import DAMAGED, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.colour_space import Space
    from fairhand.press.preflight.painted import Painted
    from fairhand.press.preflight.subject import Page, Subject

_REFUSED, _COARSE, _COARSE_LINES = 100.0, 200.0, 550.0
_FEWEST_PIXELS = 4
_SMALLEST = 9.0
_MOST_PIXELS = 60_000_000
_WET_SHARE = 0.001
"""The share of a picture that may have more ink than the paper bears: specks do not count."""


def check_resolution(thing: Painted, page: Page, subject: Subject) -> Iterator[Finding]:
    """Yield pictures with too few pixels for the size at which they are printed."""
    del subject
    if thing.kind != "picture" or not thing.visible or thing.box is None:
        return
    if page.bleed is not None:
        shared = thing.box.intersection(page.bleed)
        if shared.width <= 0 or shared.height <= 0:
            return
    size = _pixels(thing.picture)
    if size is None:
        yield Finding("picture-damaged", "error", "A picture has no size.",
                      "Put it in again.", page.number, thing.thing)  # fmt: skip
        return
    across, up, bits = size
    a, b, c, d, _, _ = thing.matrix
    width, height = math.hypot(a, b), math.hypot(c, d)
    if min(across, up) <= _FEWEST_PIXELS or min(width, height) < _SMALLEST:
        return
    ppi = min(across / width, up / height) * 72
    lines = bits == 1
    if ppi < _REFUSED - 0.5:
        level, need = "error", "300"
    elif ppi < (_COARSE_LINES if lines else _COARSE) - 0.5:
        level, need = "warning", "600" if lines else "300"
    else:
        return
    need = "600" if lines else need
    yield Finding(
        "resolution", "error" if level == "error" else "warning",
        f"A picture has {ppi:.0f} pixels per inch at its printed size "
        f"({across} x {up} pixels on {width / 72:.1f} x {height / 72:.1f} in).",
        f"Take one with {need} pixels per inch, or print it smaller.", page.number, thing.thing,
    )  # fmt: skip


def check_picture_ink(thing: Painted, page: Page, subject: Subject) -> Iterator[Finding]:
    """Yield pictures in plates of which a visible part has more ink than the paper bears."""
    space = thing.colour.space
    if (
        thing.kind != "picture"
        or not thing.visible
        or not isinstance(thing.picture, pikepdf.Stream)
    ):
        return
    plates = space.base if space.kind == "Indexed" and space.base else space
    if not (plates.kind in ("CMYK", "Spot") or plates.model == "CMYK") or plates.count < 2:
        return
    try:
        samples = plate_samples(thing.picture, space)
    except (*DAMAGED, OSError, SyntaxError, Image.DecompressionBombError):
        yield Finding("picture-damaged", "error", "A picture cannot be read.", "Put it in again.",
                      page.number, thing.thing)  # fmt: skip
        return
    if samples is None:
        return
    totals = samples.sum(axis=1, dtype=np.uint32) * (100 / 255)
    most = subject.wanted.most_ink
    if len(totals) and np.count_nonzero(totals > most + 1) > _WET_SHARE * len(totals):
        yield Finding(
            "ink-limit", "error", f"A picture has up to {totals.max():.0f} % of ink, all plates "
            f"together; the paper bears {most:.0f} %.",
            "Convert it with the print shop's profile, which keeps the limit.", page.number,
            thing.thing,
        )  # fmt: skip


def plate_samples(picture: Any, space: Space) -> np.ndarray | None:
    """Return a picture's samples, one row for each pixel, 255 full ink; None when they are not
    of eight bits, or too many to look at.
    """  # fmt: skip
    size = _pixels(picture)
    if size is None or size[0] * size[1] > _MOST_PIXELS or size[2] != 8:
        return None
    filters = picture.get("/Filter")
    names = [str(part) for part in filters] if isinstance(filters, pikepdf.Array) else [
        str(filters)
    ]  # fmt: skip
    count = space.count
    if names[-1] == "/DCTDecode":
        raw = bytes(picture.get_raw_stream_buffer()) if len(names) == 1 else b""
        if not raw:
            return None
        with Image.open(io.BytesIO(raw)) as image:
            if image.mode != "CMYK":
                return None
            image.draft("CMYK", (1000, 1000))
            rows = np.asarray(image).reshape(-1, 4)
            # Pillow hands the samples of Adobe's files over the right way up already.
            if "adobe" in image.info:
                rows = 255 - rows
    elif names[-1] in ("/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"):
        return None
    else:
        if size[0] * size[1] * count > LARGEST:
            return None
        data = np.frombuffer(read_stream(picture), np.uint8)
        rows = data[: size[0] * size[1] * count].reshape(-1, count)
    if space.kind == "Indexed" and space.base:
        table = np.frombuffer(space.table, np.uint8)
        table = table[: len(table) // space.base.count * space.base.count]
        colours = table.reshape(-1, space.base.count)
        chosen: np.ndarray = colours[np.minimum(rows[:, 0], len(colours) - 1)]
        return chosen
    decode = picture.get("/Decode")
    if decode is not None and number_of(decode[0]) == 1:
        rows = 255 - rows
    return rows


def _pixels(picture: Any) -> tuple[int, int, int] | None:
    """Return width, height and bits for each sample."""
    try:
        if isinstance(picture, pikepdf.Stream):
            mask = bool(picture.get("/ImageMask", False))
            bits = 1 if mask else int(picture.get("/BitsPerComponent", 8))
            size = int(picture["/Width"]), int(picture["/Height"])
        else:
            bits = 1 if picture.image_mask else int(picture.bits_per_component or 8)
            size = int(picture.width), int(picture.height)
    except DAMAGED:
        return None
    return (*size, bits) if min(size) > 0 else None
