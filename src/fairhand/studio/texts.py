"""The words of the pages: one file for each language, every word in it, so that more are data."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).parent / "texts"
USUAL: Final = "en"


@cache
def texts(language: str = USUAL) -> dict[str, str]:
    """Return the words of a language by their dotted keys ("start.title").

    What a translation lacks is English.
    """
    known = {} if language == USUAL else dict(texts(USUAL))
    path = _FOLDER / f"{language}.toml"
    return known | dict(_flat(tomllib.loads(path.read_text(encoding="utf-8"))))


def languages() -> list[str]:
    """Return the languages that the pages are written in."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def _flat(table: dict[str, Any], before: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        found += _flat(value, f"{before}{key}.") if isinstance(value, dict) \
            else [(f"{before}{key}", value)]  # fmt: skip
    return found
