"""Screen colours to the plates of a printing condition, through its ICC profile, and back."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageCms

from fairhand.errors import InputError

if TYPE_CHECKING:
    from fairhand.art.drawing import Picture
    from fairhand.stationery.model import Ink

_JPEG_QUALITY = 95
_ROOM_FOR_JPEG = 8.0
"""Per cent of ink by which a JPEG's samples may come out higher than they went in."""


def separated(picture: Picture, profile: bytes, most_ink: float) -> Picture:
    """Return a picture in CMYK by `profile`; grey stays grey, which prints in black alone.

    Relative colorimetric with black point compensation, as pictures for a press are turned
    (ISO 12640 and what Ghent Workgroup files are made with); CMYK without a profile is taken
    for the press's own. No sample has more than `most_ink` per cent of all plates together.
    InputError when the picture's own profile cannot be used.
    """
    if picture.mode == "L":
        return replace(picture, profile=b"")
    image = Image.frombytes(picture.mode, (picture.width_px, picture.height_px), picture.samples)
    plates: Image.Image | None = image
    if picture.mode != "CMYK" or picture.profile not in (b"", profile):
        try:
            transform = _transform(picture.mode, picture.profile, profile)
            plates = ImageCms.applyTransform(image, transform)
        except (ImageCms.PyCMSError, OSError, ValueError):
            plates = None
    if plates is None:
        raise InputError(
            "The colour profile inside the picture cannot be used.",
            hint="Save the picture again as sRGB.",
        )
    jpeg = b""
    plates = _dry(plates, most_ink - (_ROOM_FOR_JPEG if picture.jpeg else 0.0))
    if picture.jpeg:
        jpeg = _jpeg(plates)
    samples = plates.tobytes()
    return replace(picture, samples=samples, mode="CMYK", profile=b"", jpeg=jpeg)


def separated_ink(ink: Ink, profile: bytes, most_ink: float) -> Ink:
    """Return an ink that is known by its screen colour alone with plates by `profile`.

    Greys keep the black plate alone, so that fine lines in them stay sharp.
    """
    red, green, blue = (round(255 * part) for part in ink.rgb_fractions)
    if red == green == blue:
        return ink
    one = Image.new("RGB", (1, 1), (red, green, blue))
    plates = ImageCms.applyTransform(one, _transform("RGB", b"", profile))
    if plates is None:
        return ink
    values = np.asarray(_dry(plates, most_ink)).reshape(-1) * (100 / 255)
    cyan, magenta, yellow, black = (round(float(value), 1) for value in values)
    return ink.model_copy(update={"cmyk": (cyan, magenta, yellow, black)})


def on_screen(picture: Picture) -> Picture:
    """Return a picture in the colours of screens; plates without a profile stay plates."""
    if picture.mode != "CMYK" or not picture.profile:
        return picture
    image = Image.frombytes("CMYK", (picture.width_px, picture.height_px), picture.samples)
    try:
        seen = ImageCms.profileToProfile(
            image, io.BytesIO(picture.profile), ImageCms.createProfile("sRGB"), outputMode="RGB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )  # fmt: skip
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    if seen is None:
        return picture
    return replace(picture, samples=seen.tobytes(), mode="RGB", profile=b"", jpeg=b"")


@cache
def _transform(mode: str, source: bytes, target: bytes) -> Any:
    first: Any = io.BytesIO(source) if source else ImageCms.createProfile("sRGB")
    return ImageCms.buildTransform(
        first,
        io.BytesIO(target),
        mode,
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _dry(plates: Image.Image, most_ink: float) -> Image.Image:
    """Return plates with the coloured ones lowered where all together are more than paper bears.

    Black stays, so that depth and detail do (under-colour removal).
    """
    samples = np.asarray(plates).astype(np.int32)
    most = int(most_ink * 255 / 100)
    wet = samples.sum(axis=2) > most
    if not wet.any():
        return plates
    coloured = samples[..., :3].sum(axis=2)
    room = np.maximum(most - samples[..., 3], 0)
    share = np.where(wet, room / np.maximum(coloured, 1), 1.0)
    samples[..., :3] = (samples[..., :3] * share[..., None]).astype(np.int32)
    return Image.fromarray(samples.astype(np.uint8), "CMYK")


def _jpeg(plates: Image.Image) -> bytes:
    buffer = io.BytesIO()
    plates.save(buffer, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    return buffer.getvalue()
