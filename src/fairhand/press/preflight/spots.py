"""Spot colours over the whole document: how many, and whether one name is one ink."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.subject import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.colour_space import Space
    from fairhand.press.preflight.painted import Painted

_NO_SPOTS = frozenset(("All", "None", "Cyan", "Magenta", "Yellow", "Black"))
_USUAL = 4


class Spots:
    """The spot colours that were met: page, object and mixture of each name."""

    def __init__(self) -> None:
        """Begin a document."""
        self._met: dict[str, tuple[int, str]] = {}
        self._mixtures: dict[str, object] = {}
        self._differ: dict[str, tuple[int, str]] = {}

    def met(self, thing: Painted) -> None:
        """Take note of the spot colours that something is painted in."""
        if thing.kind == "font" or not thing.visible or thing.box is None:
            return
        for space in thing.colour.space.inside():
            if space.kind != "Spot":
                continue
            for name in space.names:
                if name not in _NO_SPOTS:
                    self._met.setdefault(name, (thing.page, thing.thing))
            if len(space.names) == 1:
                self._mixture(space, thing)

    def _mixture(self, space: Space, thing: Painted) -> None:
        name = space.names[0]
        if name in _NO_SPOTS or not space.mixture:
            return
        known = self._mixtures.setdefault(name, space.mixture)
        if known != space.mixture:
            self._differ.setdefault(name, (thing.page, thing.thing))

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with the spot colours together."""
        alike: dict[str, str] = {}
        for name, (page, thing) in self._met.items():
            plain = "".join(name.lower().split()).replace("_", "").replace("-", "")
            with suppress(*DAMAGED):
                other = alike.setdefault(plain, name)
                if other != name:
                    yield Finding(
                        "spots-alike", "warning", f'The spot colours "{other}" and "{name}" are '
                        "two plates, but seem to be one ink.",
                        "Give both the same name.", page, thing,
                    )  # fmt: skip
        for name, (page, thing) in self._differ.items():
            yield Finding(
                "spots-alike", "warning", f'The spot colour "{name}" is mixed in two ways, so it '
                "may be shown or converted in two ways.",
                "Use one swatch for it all over.", page, thing,
            )  # fmt: skip
        if len(self._met) > _USUAL:
            names = ", ".join(f'"{name}"' for name in list(self._met)[:8])
            yield Finding(
                "spots-many", "warning", f"The file has {len(self._met)} spot colours ({names}), "
                "each of which is a plate and a price of its own.",
                "Convert those to CMYK that are not printed as inks.",
            )  # fmt: skip
