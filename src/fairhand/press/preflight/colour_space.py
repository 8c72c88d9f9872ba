"""Colour spaces: what a colour in a file is made of, and how much ink that is."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf

from fairhand.press.preflight.function import value_at
from fairhand.press.preflight.icc import profile_of
from fairhand.press.preflight.streams import read_stream
from fairhand.press.preflight.subject import DAMAGED, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEVICE = {
    "/DeviceGray": ("Gray", 1), "/G": ("Gray", 1), "/CalGray": ("CalGray", 1),
    "/DeviceRGB": ("RGB", 3), "/RGB": ("RGB", 3), "/CalRGB": ("CalRGB", 3),
    "/DeviceCMYK": ("CMYK", 4), "/CMYK": ("CMYK", 4), "/Lab": ("Lab", 3),
    "/Pattern": ("Pattern", 0),
}  # fmt: skip
_DEFAULTS = {"Gray": "/DefaultGray", "RGB": "/DefaultRGB", "CMYK": "/DefaultCMYK"}
_ICC = {1: "Gray", 3: "RGB", 4: "CMYK"}
_MOST_NESTED = 8
_MARKS_ONLY = ("All",)


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space (ISO 32000-1 section 8.6).

    `kind` is Gray, RGB, CMYK, CalGray, CalRGB, Lab, ICC, Indexed, Spot, Pattern or unknown;
    `count` how many numbers make a colour. `model` is an ICC profile's own space, `base` the
    space under an Indexed, Spot or Pattern one, `names` the plates of a Spot (Separation or
    DeviceN), `table` the colours of an Indexed one, `mixture` what full ink of one plate is in
    the base.
    """

    kind: str
    count: int
    model: str = ""
    base: Space | None = None
    names: tuple[str, ...] = ()
    table: bytes = b""
    profile: bytes = b""
    mixture: tuple[float, ...] = ()

    def inside(self) -> Iterator[Space]:
        """Yield the space and all those under it."""
        space: Space | None = self
        while space is not None:
            yield space
            space = space.base

    @property
    def is_registration(self) -> bool:
        """Whether it prints on every plate."""
        return self.names == _MARKS_ONLY

    def white(self, colour: tuple[float, ...]) -> bool:
        """Tell whether a colour leaves the paper bare; False when that is not known."""
        match self.kind, self.model:
            case ("Gray" | "RGB" | "CalGray" | "CalRGB", _) | ("ICC", "Gray" | "RGB"):
                return bool(colour) and min(colour) >= 0.999
            case ("CMYK" | "Spot", _) | ("ICC", "CMYK"):
                return bool(colour) and max(colour) <= 0.001
            case "Lab", _:
                return bool(colour) and colour[0] >= 99.9
            case _:
                return False

    def ink(self, colour: tuple[float, ...]) -> float:
        """Return the ink of a colour: per cent of all plates together.

        Colours that the press's own profile turns into plates (RGB, Lab) count nothing: the
        profile keeps the limit.
        """
        match self.kind, self.model:
            case ("CMYK", _) | ("ICC", "CMYK"):
                return 100 * sum(min(max(part, 0.0), 1.0) for part in colour)
            case ("Gray" | "CalGray", _) | ("ICC", "Gray"):
                return 100 * (1 - min(max(colour[0], 0.0), 1.0)) if colour else 0.0
            case "Spot", _ if self.is_registration:
                return 400 * min(max(colour[0], 0.0), 1.0) if colour else 0.0
            case "Spot", _:
                return 100 * sum(
                    min(max(part, 0.0), 1.0)
                    for part, name in zip(colour, self.names, strict=False)
                    if name != "None"
                )
            case _:
                return 0.0


GRAY = Space("Gray", 1)
UNKNOWN = Space("unknown", 0)


def space_of(value: Any, resources: Any, depth: int = 0) -> Space:
    """Return the colour space that a name or an array stands for; `UNKNOWN` for a damaged one.

    A device space that the resources replace by a default (8.6.5.6) is that default.
    """
    if value is None or depth > _MOST_NESTED:
        return UNKNOWN
    with suppress(*DAMAGED):
        if isinstance(value, pikepdf.Name):
            return _named(str(value), resources, depth)
        if isinstance(value, pikepdf.Array) and len(value):
            return _array(value, resources, depth)
    return UNKNOWN


def _named(name: str, resources: Any, depth: int) -> Space:
    if name in _DEVICE:
        kind, count = _DEVICE[name]
        with suppress(*DAMAGED):
            default = resources.get("/ColorSpace", {}).get(_DEFAULTS.get(kind, "/"))
            if default is not None:
                return space_of(default, None, depth + 1)
        return Space(kind, count)
    with suppress(*DAMAGED):
        entry = resources.get("/ColorSpace", {}).get(name)
        if entry is not None and str(entry) != name:
            return space_of(entry, resources, depth + 1)
    return UNKNOWN


def _array(value: Any, resources: Any, depth: int) -> Space:
    family = str(value[0])
    if family in ("/Indexed", "/I"):
        base = space_of(value[1], resources, depth + 1)
        table = value[3]
        colours = read_stream(table) if isinstance(table, pikepdf.Stream) else bytes(table)
        return Space("Indexed", 1, base=base, table=colours)
    if family in ("/Separation", "/DeviceN"):
        names = [value[1]] if family == "/Separation" else list(value[1])
        plates = tuple(str(name).lstrip("/") for name in names)
        mixture = value_at(value[3], 1.0) if len(plates) == 1 else ()
        return Space("Spot", len(plates), base=space_of(value[2], resources, depth + 1),
                     names=plates, mixture=tuple(round(part, 2) for part in mixture))  # fmt: skip
    if family == "/ICCBased":
        return _icc(value[1])
    if family == "/Pattern" and len(value) > 1:
        return Space("Pattern", 0, base=space_of(value[1], resources, depth + 1))
    return _named(family, resources, depth) if family in _DEVICE else UNKNOWN


def _icc(stream: Any) -> Space:
    count = int(number_of(stream.get("/N")) or 0)
    data = b""
    with suppress(*DAMAGED):
        data = read_stream(stream)
    profile = profile_of(data)
    model = {"GRAY": "Gray"}.get(profile.space, profile.space) if profile else ""
    return Space("ICC", count, model=model or _ICC.get(count, ""), profile=data)
