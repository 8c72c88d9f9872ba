"""Layouts by name (`layouts/cards`, `layouts/envelopes`) or by the path of the user's own."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from fairhand.catalog import build, layouts_folder, lookup, own_file, read_toml
from fairhand.errors import InputError, Place
from fairhand.layout.model import CardLayout, EnvelopeLayout

if TYPE_CHECKING:
    from pathlib import Path

    from fairhand.stationery.model import Card


@cache
def card_layouts() -> dict[str, CardLayout]:
    """Return every bundled card layout by its name."""
    return {path.stem: _read(path) for path in sorted((layouts_folder() / "cards").glob("*.toml"))}


@cache
def envelope_layouts() -> dict[str, EnvelopeLayout]:
    """Return every bundled envelope layout by its name."""
    return {
        path.stem: build(EnvelopeLayout, {**read_toml(path), "name": path.stem}, Place(str(path)))
        for path in sorted((layouts_folder() / "envelopes").glob("*.toml"))
    }


def card_layout(
    name: str, card: Card, folder: Path | None = None, *, with_art: bool = False
) -> CardLayout:
    """Return a layout by name, "auto" for the card's usual one, or a path ending in .toml.

    The usual one may be another for a card `with_art` (or words) on its front. A path is taken
    from `folder` (that of the note) when it is relative.
    """
    if name == "auto":
        layouts = card_layouts().values()
        for layout in layouts:
            if with_art and card.kind in layout.default_with_art:
                return layout
        for layout in layouts:
            if card.kind in layout.default_for:
                return layout
        raise InputError(f'No layout is the usual one for a {card.kind} card like "{card.name}".')
    if name.lower().endswith(".toml"):
        return _own(own_file(name, folder))
    return lookup("layout", name.lower(), card_layouts())


def envelope_layout(name: str) -> EnvelopeLayout:
    """Return the layout of a post's envelopes by the post's name."""
    return envelope_layouts()[name]


def _own(path: Path) -> CardLayout:
    try:
        stamp = path.stat()
    except (OSError, ValueError):
        return _read(path)
    return _kept_layout(path, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=16)
def _kept_layout(path: Path, _changed_at: int, _size: int) -> CardLayout:
    """Read a layout; kept while the file is as it was, for a merge asks for it with every card."""
    return _read(path)


def _read(path: Path) -> CardLayout:
    return build(CardLayout, {**read_toml(path), "name": path.stem}, Place(str(path)))
