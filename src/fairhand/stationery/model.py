"""A card, an envelope, an ink. Lengths in points."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from fairhand.catalog import Length, Model
from fairhand.errors import InputError
from fairhand.geometry import Affine, Rect, Size

Fold = Literal["left", "top", "none"]
Kind = Literal["folded", "flat", "postcard", "sheet"]
Panel = Literal["front", "back", "inside-left", "inside-right", "inside-top", "inside-bottom"]

_HEX = re.compile(r"^#[0-9a-fA-F]{6}$")


def _hex(value: str) -> str:
    if not _HEX.match(value):
        raise InputError(f'"{value}" is not a colour.', hint='Write it like "#1b2a52".')
    return value.lower()


Plate = Annotated[float, Field(ge=0, le=100)]
Plates = tuple[Plate, Plate, Plate, Plate]
"""Cyan, magenta, yellow, black: 0-100."""

Screen = Annotated[str, AfterValidator(_hex)]
"""An sRGB colour as "#rrggbb"."""


class PanelPlace(Model):
    """Where one panel lies on a side of the flat, opened card."""

    panel: str
    rect: Rect
    turned: bool = False

    def matrix(self) -> Affine:
        """Return what takes the panel's own points to those of the flat side."""
        if self.turned:
            return Affine(-1.0, 0.0, 0.0, -1.0, self.rect.right, self.rect.top)
        return Affine.move(self.rect.left, self.rect.bottom)


class Card(Model):
    """A card or sheet: its closed size, its fold, and the envelope that takes it."""

    name: str
    title: str
    width: Length
    height: Length
    fold: Fold = "none"
    kind: Kind
    region: str
    envelope: str = ""
    aliases: tuple[str, ...] = ()
    auto: bool = False
    source: str

    @property
    def size(self) -> Size:
        """The closed card."""
        return Size(self.width, self.height)

    @property
    def flat_size(self) -> Size:
        """The card opened flat: the sheet that goes through a printer."""
        match self.fold:
            case "left":
                return Size(2 * self.width, self.height)
            case "top":
                return Size(self.width, 2 * self.height)
            case _:
                return self.size

    @property
    def sides(self) -> dict[str, tuple[PanelPlace, ...]]:
        """The panels on each side of the flat card.

        Outside and inside lie as one sees them when the opened card is turned over about
        its fold. On a tent card the back stands on its head above the front, so that it
        reads upright once folded.
        """
        return dict(_sides(self.fold, self.width, self.height))

    @property
    def panels(self) -> tuple[str, ...]:
        """The names of all panels."""
        return tuple(place.panel for side in self.sides.values() for place in side)

    def fold_edge(self, panel: str) -> str:
        """Return which edge of a panel is the fold: "left", "right", "top", "bottom" or ""."""
        if self.fold == "left":
            return {"front": "left", "back": "right", "inside-left": "right"}.get(panel, "left")
        if self.fold == "top":
            return {"front": "top", "back": "top", "inside-top": "bottom"}.get(panel, "top")
        return ""


@lru_cache(maxsize=256)
def _sides(
    fold: Fold, width: float, height: float
) -> tuple[tuple[str, tuple[PanelPlace, ...]], ...]:
    near = Rect(0, 0, width, height)

    def one(panel: Panel, rect: Rect, *, turned: bool = False) -> PanelPlace:
        return PanelPlace(panel=panel, rect=rect, turned=turned)

    match fold:
        case "left":
            far = Rect(width, 0, 2 * width, height)
            outside = one("back", near), one("front", far)
            inside = one("inside-left", near), one("inside-right", far)
        case "top":
            far = Rect(0, height, width, 2 * height)
            outside = one("front", near), one("back", far, turned=True)
            inside = one("inside-bottom", near), one("inside-top", far)
        case _:
            return ("front", (one("front", near),)), ("back", (one("back", near),))
    return ("outside", outside), ("inside", inside)


class Envelope(Model):
    """An envelope, as its address side lies before the writer."""

    name: str
    title: str
    width: Length
    height: Length
    media: str = ""
    aliases: tuple[str, ...] = ()
    source: str

    @property
    def size(self) -> Size:
        """The address side."""
        return Size(self.width, self.height)


class Ink(Model):
    """A colour as the press mixes it (per cent) and as a screen shows it (sRGB)."""

    name: str
    title: str
    aliases: tuple[str, ...] = ()
    cmyk: Plates = Field(description="Cyan, magenta, yellow, black: 0-100.")
    rgb: Screen
    spot: str = Field("", description="A plate of its own; cmyk is what stands in for it.")
    tint: float = Field(1.0, ge=0, le=1, description="The share of a spot colour on the paper.")
    screen_only: bool = Field(
        False, description="Its plates are a guess; for a press they are made by its profile."
    )

    @property
    def rgb_fractions(self) -> tuple[float, float, float]:
        """Red, green and blue from 0 to 1."""
        red, green, blue = (int(self.rgb[start : start + 2], 16) / 255 for start in (1, 3, 5))
        return red, green, blue

    def toned(self, tone: float) -> Ink:
        """Return the ink with only a share of it on the paper: every plate, or its tint."""
        if tone >= 1:
            return self
        share = 1.0 if self.spot else tone
        plates = tuple(round(part * share, 2) for part in self.cmyk)
        paler = "".join(
            f"{round(255 * (1 - (1 - part) * tone)):02x}" for part in self.rgb_fractions
        )
        changes = {"cmyk": plates, "rgb": f"#{paler}", "tint": self.tint * tone}
        return self.model_copy(update=changes)


REGISTRATION = Ink(
    name="registration", title="Registration", cmyk=(100, 100, 100, 100), rgb="#000000", spot="All"
)
"""The printer's marks: on every plate (ISO 32000-1 section 8.6.6.4)."""


class Pen(Model):
    """A pen: the width of its line, and how evenly it writes.

    `pressure` and `tone` are standard deviations: of the width of strokes, and of how much
    ink is wanting, as shares. `fade` is how much is wanting when a fill is spent.
    """

    name: str
    title: str
    aliases: tuple[str, ...] = ()
    width: Length
    pressure: float = Field(0.0, ge=0, le=0.4)
    tone: float = Field(0.0, ge=0, le=0.3)
    fade: float = Field(0.0, ge=0, le=0.5)
    fill_lines: float = Field(5.0, gt=0, description="Lines that a fill of ink lasts.")
