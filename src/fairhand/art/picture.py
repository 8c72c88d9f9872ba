"""Pictures of samples (PNG, JPEG, TIFF, WebP) as files hold them, made ready for a page.

Grey and RGB become sRGB by the file's own profile, 8 bits a sample; what is see-through lies on
white, as it would on paper. CMYK stays what it is, with its profile. A profile of another kind of
colour than the samples', or a broken one, says nothing about them, and is not heeded.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageChops, ImageCms, ImageOps

from fairhand.art.drawing import Picture
from fairhand.errors import InputError
from fairhand.geometry import Affine, Size
from fairhand.units import INCH

if TYPE_CHECKING:
    from fairhand.geometry import Rect

MOST_PIXELS = 90_000_000
LEAST_PPI, GOOD_PPI = 100.0, 200.0
"""Fewer samples to the inch than the first look like tiles; under the second, soft."""

_ENOUGH_PPI = 400.0
"""What no eye and no press tells from more."""

_KINDS = ("PNG", "JPEG", "TIFF", "WEBP")
_JPEG_QUALITY = 93
_SMALLER = "Save it smaller; 3000 pixels are enough for any card."


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """A picture as read: upright, in L, RGB or CMYK.

    `lossy` tells that it came as a JPEG, `clear` that parts of it are see-through.
    """

    image: Image.Image
    profile: bytes
    name: str
    lossy: bool = False
    clear: bool = False

    @property
    def size(self) -> Size:
        """Its width and height in samples."""
        return Size(float(self.image.width), float(self.image.height))


@lru_cache(maxsize=1)
def read_picture(data: bytes, name: str) -> Raster:
    """Read a picture's file; InputError in a sentence for what cannot be printed.

    Refused are kinds that are not in `_KINDS`, damaged files and more than `MOST_PIXELS`.
    """
    try:
        with warnings.catch_warnings():
            # Pillow warns of half of what it refuses; this door has a limit of its own.
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=_KINDS)
            if image.width * image.height > MOST_PIXELS:
                raise _too_large(name, image.width, image.height)
            lossy = image.format == "JPEG"
            profile = image.info.get("icc_profile") or b""
            image.load()
            # In its place, for a large picture is a large part of the memory.
            ImageOps.exif_transpose(image, in_place=True)
    except InputError:
        raise
    except Image.DecompressionBombError:
        raise InputError(f'The picture "{name}" has far too many pixels.', hint=_SMALLER) from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, TypeError, KeyError):
        raise InputError(
            f'"{name}" is damaged, or no picture that can be printed.',
            hint="Open it in a picture program and save it as PNG or JPEG.",
        ) from None
    if min(image.size) < 1:
        raise InputError(f'The picture "{name}" is empty.')
    clear = image.has_transparency_data
    return Raster(*_for_print(image, profile, name), name, lossy, clear)


def _too_large(name: str, width: int, height: int) -> InputError:
    return InputError(
        f'The picture "{name}" has {width} x {height} pixels, more than '
        f"{MOST_PIXELS / 1e6:.0f} million.",
        hint=_SMALLER,
    )


def _for_print(image: Image.Image, profile: bytes, name: str) -> tuple[Image.Image, bytes]:
    """Return a picture in L, RGB or CMYK, and the profile that its samples still need."""
    if image.mode.startswith("I") or image.mode == "F":
        # 16 bits a sample, or shares of white; a conversion by Pillow would cut them off at 255.
        wide: Any = image.convert("F")
        white = 1.0 if image.mode == "F" and wide.getextrema()[1] <= 1.0 else 65535.0
        return wide.point(lambda value: value * (255.0 / white)).convert("L"), b""
    space = _space(profile)
    if image.mode == "CMYK":
        return image, profile if space == "CMYK" else b""
    if image.mode in ("P", "PA", "LA", "La", "RGBA", "RGBa") or "transparency" in image.info:
        image = _on_paper(image)
    if image.mode in ("L", "1"):
        grey = image.convert("L")
        if space == "GRAY":
            grey = _turned_to_srgb(grey, io.BytesIO(profile), name).convert("L")
        return grey, b""
    if image.mode == "LAB":
        lab: Any = ImageCms.createProfile("LAB")
        return _turned_to_srgb(image, lab, name), b""
    image = image.convert("RGB")
    if space == "RGB":
        image = _turned_to_srgb(image, io.BytesIO(profile), name)
    return _grey_if_it_is(image), b""


def _grey_if_it_is(image: Image.Image) -> Image.Image:
    """Return a picture in RGB that has no colour as the grey one that it is.

    A black mark saved as RGB would come from four plates on a press, with coloured edges.
    """
    red, green, blue = image.split()
    coloured = (ImageChops.difference(red, other).getbbox() for other in (green, blue))
    return red if all(box is None for box in coloured) else image


def _on_paper(image: Image.Image) -> Image.Image:
    """Return a picture, parts of which may be see-through, as it looks on white."""
    mode = "L" if image.mode in ("LA", "La") else "RGB"
    if image.mode != "LA":
        image = image.convert("RGBA")
    paper = Image.new(mode, image.size, "white")
    paper.paste(image.convert(mode), mask=image.getchannel("A"))
    return paper


def _space(profile: bytes) -> str:
    """Return the kind of colour that a profile is of: "RGB", "GRAY", "CMYK"; "" for none."""
    if not profile:
        return ""
    try:
        return ImageCms.getOpenProfile(io.BytesIO(profile)).profile.xcolor_space.strip()
    except (ImageCms.PyCMSError, OSError, ValueError):
        return ""


def _turned_to_srgb(image: Image.Image, profile: Any, name: str) -> Image.Image:
    try:
        turned = ImageCms.profileToProfile(
            image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )  # fmt: skip
    except (ImageCms.PyCMSError, OSError, ValueError):
        if image.mode != "LAB":
            return image
        turned = None
    if turned is None:
        raise InputError(f'The colours of the picture "{name}" cannot be used.',
                         hint="Save the picture again as sRGB.")  # fmt: skip
    return turned


def pixels_to_an_inch(raster: Raster, whole: Rect) -> float:
    """Return how many samples of a picture come to an inch when it fills a rectangle."""
    return min(raster.size.width / whole.width, raster.size.height / whole.height) * INCH


def placed_picture(raster: Raster, whole: Rect, seen: Rect) -> Picture:
    """Return the part of a picture that is seen, where all of it would fill `whole`.

    What is finer than press or eye can tell is made coarser; nothing is ever made finer.
    """
    image = raster.image
    across, up = image.width / whole.width, image.height / whole.height
    left = max(0, int((seen.left - whole.left) * across))
    top = max(0, int((whole.top - seen.top) * up))
    right = min(image.width, ceil((seen.right - whole.left) * across))
    bottom = min(image.height, ceil((whole.top - seen.bottom) * up))
    right, bottom = max(right, left + 1), max(bottom, top + 1)
    part = image.crop((left, top, right, bottom))
    matrix = Affine(
        (right - left) / across, 0.0, 0.0, (bottom - top) / up,
        whole.left + left / across, whole.top - bottom / up,
    )  # fmt: skip
    spare = min(across, up) * INCH / _ENOUGH_PPI
    if spare > 1.05:
        size = (max(1, round(part.width / spare)), max(1, round(part.height / spare)))
        part = part.resize(size, Image.Resampling.LANCZOS)
    jpeg = b""
    if raster.lossy and part.mode != "CMYK":
        buffer = io.BytesIO()
        part.save(buffer, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
        jpeg = buffer.getvalue()
        part = Image.open(io.BytesIO(jpeg))
    mode: Any = part.mode
    return Picture(part.tobytes(), mode, part.width, part.height, matrix, raster.profile, jpeg)
