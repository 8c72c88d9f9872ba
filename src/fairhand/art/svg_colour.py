"""Colours as CSS writes them (CSS Color 3 and 4), to sRGB and the inks that print them."""

from __future__ import annotations

import colorsys
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from PIL.ImageColor import colormap, getrgb

from fairhand.art.svg_tree import broken
from fairhand.errors import did_you_mean
from fairhand.stationery.catalogue import ink

if TYPE_CHECKING:
    from fairhand.stationery.model import Ink

_HEX = re.compile(r"^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$")
_FUNCTION = re.compile(r"^(rgb|hsl)a?\(([^()]*)\)$")
_PART = re.compile(r"^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(%|deg|turn|rad|grad)?$")
_DEGREES = {"": 1.0, "deg": 1.0, "turn": 360.0, "rad": 57.29577951308232, "grad": 0.9}


class Colour(NamedTuple):
    """An sRGB colour as "#rrggbb" and how much it covers, 0 to 1."""

    rgb: str
    alpha: float = 1.0

    @property
    def ink(self) -> Ink:
        """What prints it: black on the black plate alone, white on none."""
        return _ink(self.rgb)


@cache
def _ink(rgb: str) -> Ink:
    return ink(rgb).model_copy(update={"screen_only": True})


def colour(text: str, line: int) -> Colour:
    """Return what a colour of CSS means; InputError for what is none.

    Names, #rgb, #rgba, #rrggbb, #rrggbbaa, rgb(), rgba(), hsl() and hsla(), with commas or not.
    An ICC colour after it (SVG 1.1 section 11.2) is left aside, as programs do.
    """
    plain = text.strip().lower().partition(" icc-color(")[0].strip()
    if plain == "transparent":
        return Colour("#000000", 0.0)
    if plain in colormap:
        # Asked by its function, for Pillow writes what it has parsed back into the table.
        plain = "#" + "".join(f"{part:02x}" for part in getrgb(plain))
    if _HEX.match(plain):
        digits = plain[1:] if len(plain) > 5 else "".join(2 * digit for digit in plain[1:])
        return Colour(f"#{digits[:6]}", int(digits[6:] or "ff", 16) / 255)
    function = _FUNCTION.match(plain)
    parts = (
        [_PART.match(part) for part in re.split(r"[\s,/]+", function[2].strip())]
        if function
        else []
    )
    found = [(float(part[1]), part[2] or "") for part in parts if part]
    if function and len(found) == len(parts) in (3, 4):
        three = _rgb(found) if function[1] == "rgb" else _hsl(found)
        if three:
            alpha = _share(*found[3], 1.0) if len(found) == 4 else 1.0
            return Colour("#" + "".join(f"{round(255 * part):02x}" for part in three), alpha)
    raise broken(
        f'"{text[:40]}" is not a colour that is known.',
        line,
        did_you_mean(plain[:40], colormap) or 'Write it like "#1b2a52".',
    )


def _share(value: float, unit: str, whole: float) -> float:
    return min(max(value / (100.0 if unit == "%" else whole), 0.0), 1.0)


def _rgb(parts: list[tuple[float, str]]) -> tuple[float, float, float] | None:
    if any(unit not in ("", "%") for _, unit in parts):
        return None
    red, green, blue = (_share(*part, 255.0) for part in parts[:3])
    return red, green, blue


def _hsl(parts: list[tuple[float, str]]) -> tuple[float, float, float] | None:
    (hue, unit), saturation, lightness = parts[:3]
    if unit not in _DEGREES or abs(hue) > 1e9:
        return None
    turn = hue * _DEGREES[unit] / 360 % 1.0
    return colorsys.hls_to_rgb(turn, _share(*lightness, 100.0), _share(*saturation, 100.0))
