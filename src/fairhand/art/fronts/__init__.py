"""Fronts drawn in code: each is a function from a `FrontPanel` to shapes, and a row here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairhand.art.fronts import figures, frames, patterns, plants

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairhand.art.drawing import Shape
    from fairhand.art.fronts.panel import FrontPanel

DRAWINGS: Final[dict[str, Callable[[FrontPanel], tuple[Shape, ...]]]] = {
    "branch": plants.branch,
    "candles": figures.candles,
    "deckle": frames.deckle,
    "flourish": figures.flourish,
    "frame": frames.frame,
    "meadow": plants.meadow,
    "monogram": frames.monogram,
    "sprig": plants.sprig,
    "stripes": patterns.stripes,
    "terrazzo": patterns.terrazzo,
    "waves": patterns.waves,
    "winter": figures.winter,
    "wreath": plants.wreath,
}
"""Every drawing by the name that a front's file gives (`layouts/fronts/*.toml`)."""
