"""The words of the pages: one file for each language, every word in it, so that more are data."""

from __future__ import annotations

import tomllib
from contextlib import suppress
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


def best_of(accepted: str) -> str:
    """Return the language for a browser that accepts some (RFC 9110, section 12.5.4).

    The first that there are texts in, in the order of their weights; English else.
    """
    known = {path.stem for path in _FOLDER.glob("*.toml")}
    weighed = []
    for number, one in enumerate(accepted.split(",")):
        tag, _, weight = one.partition(";q=")
        with suppress(ValueError):
            weighed.append((-float(weight or 1), number, tag.strip().lower()))
    tags = [tag for weight, _, tag in sorted(weighed) if weight < 0]
    found = (name for tag in tags for name in (tag, tag.split("-")[0]) if name in known)
    return next(found, USUAL)


def _flat(table: dict[str, Any], before: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        found += _flat(value, f"{before}{key}.") if isinstance(value, dict) \
            else [(f"{before}{key}", value)]  # fmt: skip
    return found
