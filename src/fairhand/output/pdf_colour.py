"""Inks to the operators of a content stream: sRGB, process plates, or a spot colour.

ISO 32000-1 sections 8.6.4 (device colours) and 8.6.6.4 (Separation).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from reportlab.pdfbase import pdfdoc

from fairhand.output.numbers import number as _n

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fairhand.stationery.model import Ink

Colour = Literal["rgb", "cmyk"]


class Colours:
    """How a document tells its inks; remembers the spot colours that it used."""

    def __init__(self, colour: Colour, mix: Callable[[Ink], Ink] | None = None) -> None:
        """Begin with no spot colour; `mix` makes the plates of inks known by a screen's colour."""
        self.colour = colour
        self._mix = mix
        self._mixed: dict[Ink, Ink] = {}
        self.spots: dict[str, Ink] = {}
        self._tones: dict[Ink, _Tones] = {}

    def fill(self, ink: Ink) -> str:
        """Return the operator that fills with an ink from now on."""
        return self._told(ink, "k", "rg", "cs", "scn")

    def tones(self, ink: Ink) -> Mapping[float, str]:
        """Return the operators that fill with shares of an ink, by the share."""
        if ink not in self._tones:
            self._tones[ink] = _Tones(self, ink)
        return self._tones[ink]

    def stroke(self, ink: Ink) -> str:
        """Return the operator that strokes with an ink from now on."""
        return self._told(ink, "K", "RG", "CS", "SCN")

    def _told(self, ink: Ink, cmyk: str, rgb: str, space: str, spot: str) -> str:
        if self.colour == "rgb":
            return " ".join(_n(part) for part in ink.rgb_fractions) + f" {rgb}"
        if ink.screen_only and self._mix:
            if ink not in self._mixed:
                self._mixed[ink] = self._mix(ink)
            ink = self._mixed[ink]
        if not ink.spot:
            return " ".join(_n(part / 100) for part in ink.cmyk) + f" {cmyk}"
        self.spots.setdefault(ink.spot, ink)
        name = f"S{list(self.spots).index(ink.spot)}"
        return f"/{name} {space} {_n(ink.tint)} {spot}"

    def resources(self) -> dict[str, Any]:
        """Return the colour space of each spot colour by its resource name."""
        return {f"S{n}": _separation(ink) for n, ink in enumerate(self.spots.values())}


class _Tones(dict[float, str]):
    """The operators that fill with shares of one ink; there are few such shares."""

    def __init__(self, colours: Colours, ink: Ink) -> None:
        super().__init__()
        self._colours = colours
        self._ink = ink

    def __missing__(self, tone: float) -> str:
        operator = self[tone] = self._colours.fill(self._ink.toned(tone))
        return operator


def _separation(ink: Ink) -> Any:
    """Return a spot colour whose alternate are the plates that an ink has at full tint."""
    full = [float(_n(part / 100)) for part in ink.cmyk]
    tint = pdfdoc.PDFDictionary(
        {"FunctionType": 2, "Domain": pdfdoc.PDFArrayCompact((0, 1)), "N": 1,
         "C0": pdfdoc.PDFArrayCompact((0, 0, 0, 0)), "C1": pdfdoc.PDFArrayCompact(full)}
    )  # fmt: skip
    # A name is bytes, of UTF-8 where it is to be read (ISO 32000-1 section 7.3.5); ReportLab
    # escapes each character as if it were one.
    plate = ink.spot.encode().decode("latin-1")
    names = [pdfdoc.PDFName(part) for part in ("Separation", plate, "DeviceCMYK")]
    return pdfdoc.PDFArrayCompact((*names, tint))
