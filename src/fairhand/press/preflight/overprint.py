"""Inks that overprint or are multiplied: what lies beneath on a page, and the sum of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.press.preflight.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.geometry import Rect
    from fairhand.press.preflight.colour_space import Space
    from fairhand.press.preflight.painted import Painted
    from fairhand.press.preflight.subject import Page, Subject

_MOST_LAYERS = 300
_PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_ROUNDING = 0.5

Plates = dict[str, float]


class Layers:
    """Rectangles that a page has filled, so that what overprints them can be added up.

    Only rectangles, for of other shapes the box says too little: a sum that is found is there.
    """

    def __init__(self) -> None:
        """Begin a page: bare paper."""
        self._filled: list[tuple[Rect, Plates]] = []

    def met(self, thing: Painted, page: Page, subject: Subject) -> Iterator[Finding]:
        """Yield ink over the limit where something overprints, and keep what it covers."""
        space, parts = thing.colour.space, thing.colour.parts
        if thing.box is None or not thing.visible or thing.colour.pattern is not None:
            return
        own = plates(space, parts)
        if own is None:
            return
        if thing.overprints or thing.multiplies:
            below = self._below(thing.box)
            how = "overprint" if thing.overprints else "are multiplied with"
            if thing.overprints:
                spot = space.kind == "Spot"
                own = below | {name: part for name, part in own.items() if part > 0 or spot}
            else:
                own = _multiplied(below, own, thing.multiplies)
            total = 100 * sum(own.values())
            most = subject.wanted.most_ink
            if space.ink(parts) <= most + _ROUNDING < total:
                yield Finding(
                    "ink-limit", "error", f"Inks that {how} each other add up to {total:.0f} % "
                    f"of ink; the paper bears {most:.0f} %.",
                    "Turn overprint off, or use lighter mixtures." if thing.overprints
                    else "Use lighter mixtures, or do not multiply.", page.number, thing.thing,
                )  # fmt: skip
        if thing.kind == "fill" and thing.width != float("inf"):
            self._filled.append((thing.box, own))
            del self._filled[:-_MOST_LAYERS]

    def _below(self, box: Rect) -> Plates:
        """Return the ink of the last rectangle that holds a box, bare paper where none does."""
        for below, plates_below in reversed(self._filled):
            if (
                below.left <= box.left and below.bottom <= box.bottom
                and below.right >= box.right and below.top >= box.top
            ):  # fmt: skip
                return plates_below
        return {}


def _multiplied(below: Plates, own: Plates, share: float) -> Plates:
    """Return the ink of a colour multiplied with another, plate by plate (11.3.5.2)."""
    return {
        name: below.get(name, 0.0)
        + min(share, 1.0) * own.get(name, 0.0) * (1 - below.get(name, 0.0))
        for name in below | own
    }


def plates(space: Space, parts: tuple[float, ...]) -> Plates | None:
    """Return the ink of a colour on each plate, 0 to 1; None where that is not known."""
    if space.kind == "CMYK" and len(parts) == 4:
        names: tuple[str, ...] = _PROCESS
    elif space.kind == "Spot" and not space.is_registration and len(parts) == len(space.names):
        names = space.names
    elif space.kind == "Gray" and parts:
        names, parts = ("Black",), (1 - parts[0],)
    else:
        return None
    return {
        name: min(max(part, 0.0), 1.0)
        for name, part in zip(names, parts, strict=True)
        if name != "None"
    }
