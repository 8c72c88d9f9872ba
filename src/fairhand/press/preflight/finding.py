"""What a preflight is asked, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from fairhand.geometry import Size

Level = Literal["error", "warning"]
Standard = Literal["x-4", "x-3", "x-1a"]

STANDARDS: Final[dict[Standard, str]] = {
    "x-4": "PDF/X-4 (ISO 15930-7:2010)",
    "x-3": "PDF/X-3:2003 (ISO 15930-6)",
    "x-1a": "PDF/X-1a (ISO 15930-1:2001 and 15930-4:2003)",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: what, where, and what to do.

    `rule` is its short name, `page` counts from 1 (0: the document), `thing` is the object, the
    font or the picture, `place` where on the page it is seen. An error makes the file unfit; a
    warning is for a person to judge.
    """

    rule: str
    level: Level
    message: str
    remedy: str
    page: int = 0
    thing: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file is held against.

    `most_ink` in per cent of all plates together; `safe` is how near to the trim writing may
    come, `bleed` the least bleed (0: none is asked for), `size` the finished size, either way
    round; all three in points.
    """

    standard: Standard = "x-4"
    most_ink: float = 300.0
    safe: float = 8.5
    bleed: float = 0.0
    size: Size | None = None
