"""What a column is called in the wording: "Gift item" is {{ gift_item }}."""

from __future__ import annotations

import keyword
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

_TAKEN = {
    *map(str.lower, keyword.kwlist), "loop", "self", "super", "varargs", "kwargs", "caller",
    "context", "block", "macro", "call", "filter", "set", "include", "extends", "range", "dict",
}  # fmt: skip
"""What means something else in {{ }} and {% %}."""


def identifier(header: str, place: int) -> str:
    """Return a name that may stand in {{ }} for a column's; the place stands in for none."""
    name = re.sub(r"\W+", "_", unicodedata.normalize("NFC", header.lower()))
    name = name.strip("_")
    if not name:
        return f"column_{place}"
    if not name.isidentifier():
        name = f"column_{name}" if f"column_{name}".isidentifier() else f"column_{place}"
    return f"{name}_" if name in _TAKEN else name


def identifiers(
    headers: Iterable[str], fields: Collection[str], sources: Collection[tuple[str, str]],
    tell: Callable[[str], None],
) -> tuple[str, ...]:  # fmt: skip
    """Return each column's name in the wording; those that had to give way are told.

    `fields` are names that mean a field; `sources` are the (field, header) where the field is
    made of that column, so that it may be called alike.
    """
    found: dict[str, str] = {}
    for place, header in enumerate(headers, start=1):
        name = identifier(header, place)
        if name in found or (name in fields and (name, header) not in sources):
            number = 2
            while f"{name}_{number}" in found:
                number += 1
            tell(f'In the wording "{header}" is {{{{ {name}_{number} }}}}; '
                 f"{{{{ {name} }}}} is another.")  # fmt: skip
            name = f"{name}_{number}"
        found[name] = header
    return tuple(found)
