"""The catalogue: `layouts/stationery/*.toml` and `inks.toml`, `pens.toml`, by name and alias."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeVar

from fairhand.catalog import Model, build, layouts_folder, lookup, read_toml
from fairhand.errors import InputError, Place
from fairhand.stationery.model import Card, Envelope, Ink, Kind, Pen

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

EntryT = TypeVar("EntryT", bound=Model)
NamedT = TypeVar("NamedT", Card, Envelope, Ink, Pen)

MOST_INK = 300.0
"""The most ink of all plates together, per cent: what coated paper bears (FOGRA39)."""

_CMYK_INK = re.compile(r"^cmyk\(?\s*" + r"[\s,]+".join([r"(\d+(?:\.\d+)?)%?"] * 4) + r"\s*\)?$")
_SPOT_INK = re.compile(
    r"^spot\(\s*([^,()]{1,60}?)\s*," + r"[\s,]+".join([r"\s*(\d+(?:\.\d+)?)%?"] * 4) + r"\s*\)$",
    re.IGNORECASE,
)
_PROCESS_PLATES = ("cyan", "magenta", "yellow", "black")
_NO_SPOT = ("all", "none")
"""Names that mean every plate and no plate at all (ISO 32000-1 section 8.6.6.4)."""

_HEX_INK = re.compile(r"^#[0-9a-fA-F]{6}$")
_SHORT_HEX_INK = re.compile(r"^#[0-9a-fA-F]{3}$")
_WHITE = Ink(name="white", title="White", cmyk=(0, 0, 0, 0), rgb="#ffffff")
"""For words over a picture; it is no ink of the catalogue, for on paper it is not seen."""


@cache
def cards() -> dict[str, Card]:
    """Return every card by its name."""
    return _read("stationery/cards.toml", Card)


@cache
def envelopes() -> dict[str, Envelope]:
    """Return every envelope by its name."""
    return _read("stationery/envelopes.toml", Envelope)


@cache
def inks() -> dict[str, Ink]:
    """Return every ink by its name."""
    return _read("inks.toml", Ink)


@cache
def pens() -> dict[str, Pen]:
    """Return every pen by its name."""
    return _read("pens.toml", Pen)


def card(name: str, region: str = "us") -> Card:
    """Return the card of that name or alias; InputError with a suggestion otherwise.

    Where two regions use one name ("a6", "postcard"), that of the given region is meant.
    """
    return lookup("card", name.lower(), _named_cards(region))


@cache
def _named_cards(region: str) -> dict[str, Card]:
    if region == "us":
        return {**_by_alias(cards()), **cards()}
    own = {key[4:]: entry for key, entry in cards().items() if key.startswith("iso-")}
    return {**cards(), **_by_alias(cards()), **own}


def envelope(name: str) -> Envelope:
    """Return the envelope of that name or alias; InputError with a suggestion otherwise."""
    return lookup("envelope", name.lower(), _named_envelopes())


@lru_cache(maxsize=256)
def ink(name: str) -> Ink:
    """Return the ink of that name or alias, or one made of "#rrggbb" or "cmyk(100, 68, 12, 48)".

    "#rgb" is short for "#rrggbb"; "white" is there for words over art.
    "spot(PANTONE 289 C, 100, 76, 12, 70)" is a plate of its own, with what stands in for it.
    InputError otherwise, and for plates that no press prints: a fine line bears
    `MOST_INK` per cent of ink.
    """
    spot = _SPOT_INK.match(name.strip())
    if spot:
        mixed = _mixed(name, tuple(float(part) for part in spot.groups()[1:]))
        _refuse_plate_of_every_press(spot[1])
        return mixed.model_copy(update={"spot": spot[1], "title": spot[1]})
    plates = _CMYK_INK.match(name.strip().lower())
    if plates:
        return _mixed(name, tuple(float(part) for part in plates.groups()))
    if _SHORT_HEX_INK.match(name):
        name = "#" + "".join(2 * digit for digit in name[1:])
    if name.lower() == _WHITE.name:
        return _WHITE
    if _HEX_INK.match(name):
        return Ink(name=name.lower(), title=name.lower(), cmyk=_plates(name), rgb=name)
    return lookup("ink", name.lower(), _named_inks())


def pen(name: str) -> Pen:
    """Return the pen of that name or alias; InputError with a suggestion otherwise."""
    return lookup("pen", name.lower(), _named_pens())


def auto_cards(region: str) -> list[Card]:
    """Return the folded cards that `card: auto` may choose in a region, the smallest first."""
    found = [entry for entry in cards().values() if entry.auto and entry.region == region]
    if not found and region != "iso":
        return auto_cards("iso")
    return sorted(found, key=lambda entry: entry.width * entry.height)


def cards_of(kinds: Collection[Kind], region: str) -> list[Card]:
    """Return the cards of some kinds in a region, the smallest first."""
    found = [c for c in cards().values() if c.kind in kinds and c.region == region]
    if not found and region != "iso":
        return cards_of(kinds, "iso")
    return sorted(found, key=lambda entry: entry.width * entry.height)


@cache
def _named_envelopes() -> dict[str, Envelope]:
    return {**_by_alias(envelopes()), **envelopes()}


@cache
def _named_inks() -> dict[str, Ink]:
    return {**_by_alias(inks()), **inks()}


@cache
def _named_pens() -> dict[str, Pen]:
    return {**_by_alias(pens()), **pens()}


def _by_alias(entries: Mapping[str, NamedT]) -> dict[str, NamedT]:
    return {alias: entry for entry in entries.values() for alias in entry.aliases}


def _read(file: str, model: type[EntryT]) -> dict[str, EntryT]:
    path = layouts_folder() / file
    blocks = read_toml(path)
    return {
        name: build(model, {**block, "name": name}, Place(f"{path} [{name}]"))
        for name, block in blocks.items()
    }


def _mixed(name: str, plates: tuple[float, ...]) -> Ink:
    """Make an ink of plates; its screen colour is that of ISO 32000-1 section 10.3.4."""
    if max(plates) > 100:
        raise InputError(f'"{name}" is no ink: a plate has 100 per cent at most.')
    if sum(plates) > MOST_INK:
        raise InputError(
            f'"{name}" is {sum(plates):.0f} per cent of ink, which does not dry.',
            hint=f"Choose plates of {MOST_INK:.0f} per cent together at most.",
        )
    cyan, magenta, yellow, black = plates
    rgb = "".join(f"{round(255 * (1 - min(1, (p + black) / 100))):02x}" for p in plates[:3])
    return Ink(name=name, title=name, cmyk=(cyan, magenta, yellow, black), rgb=f"#{rgb}")


def _refuse_plate_of_every_press(spot: str) -> None:
    if spot.casefold() in (*_PROCESS_PLATES, *_NO_SPOT):
        raise InputError(
            f'"{spot}" is no spot colour: to a press the name means plates that it has anyhow.',
            hint="Name the printer's ink, such as PANTONE 286 C, or write the plates alone: "
            '"cmyk(100, 68, 12, 48)".',
        )


def _plates(rgb: str) -> tuple[float, float, float, float]:
    """Separate an sRGB colour naively, all grey into black (ISO 32000-1 section 10.3.5)."""
    red, green, blue = (int(rgb[start : start + 2], 16) / 255 for start in (1, 3, 5))
    black = 1 - max(red, green, blue)
    if black >= 1:
        return 0.0, 0.0, 0.0, 100.0
    cyan, magenta, yellow = (
        round(100 * (1 - part - black) / (1 - black), 1) for part in (red, green, blue)
    )
    if cyan > yellow:
        # A blue whose magenta comes near its cyan prints purple (shared print rules).
        magenta = min(magenta, round(0.7 * cyan, 1)) if blue > red else magenta
    return cyan, magenta, yellow, round(100 * black, 1)
