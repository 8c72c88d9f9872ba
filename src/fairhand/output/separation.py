"""Pictures to the plates of a printing condition, through its ICC profile."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageCms

from fairhand.errors import InputError

if TYPE_CHECKING:
    from fairhand.art.drawing import Picture

_JPEG_QUALITY = 95


def separated(picture: Picture, profile: bytes) -> Picture:
    """Return a picture in CMYK by `profile`; grey stays grey, which prints in black alone.

    Relative colorimetric with black point compensation, as pictures for a press are turned
    (ISO 12640 and what Ghent Workgroup files are made with). InputError when the picture's
    own profile cannot be used.
    """
    if picture.mode == "L" or (picture.mode == "CMYK" and not picture.profile):
        return replace(picture, profile=b"")
    size = (picture.width_px, picture.height_px)
    image = Image.frombytes(picture.mode, size, picture.samples)
    try:
        plates = ImageCms.applyTransform(image, _transform(picture.mode, picture.profile, profile))
    except (ImageCms.PyCMSError, OSError, ValueError):
        raise InputError(
            "The colour profile inside the picture cannot be used.",
            hint="Save the picture again as sRGB.",
        ) from None
    if plates is None:
        raise InputError("The picture cannot be turned into printing colours.")
    samples = plates.tobytes()
    jpeg = _jpeg(plates) if picture.jpeg else b""
    return replace(picture, samples=samples, mode="CMYK", profile=b"", jpeg=jpeg)


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


def _jpeg(plates: Image.Image) -> bytes:
    buffer = io.BytesIO()
    plates.save(buffer, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    return buffer.getvalue()
