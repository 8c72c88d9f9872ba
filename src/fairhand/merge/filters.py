"""What the words of a merge may call: a few filters and tests, none of which can run away.

All take text, for every cell is text. An empty cell passes through those that change text, so
that `{{ gift | trim | default("the gift") }}` works as it reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from jinja2 import Undefined
from jinja2.filters import do_default
from jinja2.tests import TESTS as _TESTS

from fairhand.errors import InputError
from fairhand.merge.numbers import number, thousands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LONGEST_TEXT = 100_000
"""Characters; a note may have 15,000, and a cell of a table 64 kB."""

MOST_TURNS = 10_000
"""Of all loops together, each time a text is filled in."""

_LONGEST_RANGE = 1_000


def short_text(text: str) -> str:
    """Return a text; InputError for one that is longer than any note."""
    if len(text) > LONGEST_TEXT:
        raise too_long()
    return text


def too_long() -> InputError:
    """Return the error for words that fill more than any card."""
    return InputError(
        f"The words come to more than {LONGEST_TEXT:,} characters.", hint="No note is so long."
    )


def safe_range(*bounds: Any) -> range:
    """Return Python's range; InputError for a long one."""
    try:
        found = range(*bounds)
        # len() cannot count a range of more than 2**63.
        if -_LONGEST_RANGE <= found.start - found.stop <= _LONGEST_RANGE:
            return found
    except (TypeError, ValueError) as error:
        raise InputError(f"range(): {error}.") from None
    raise InputError(f"A loop may count to {_LONGEST_RANGE:,} at most.")


def _on_text(change: Callable[[str], Any]) -> Callable[[Any], Any]:
    def changed(value: Any) -> Any:
        return value if isinstance(value, Undefined) else short_text(change(str(value)))

    return changed


def _title(text: str) -> str:
    """Capitalise each word and leave the rest of it, as in "McDonald" and "o’neil"."""
    return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))


def _replace(value: Any, old: Any, new: Any) -> Any:
    if isinstance(value, Undefined):
        return value
    text, before, after = str(value), str(old), str(new)
    if text.count(before) * len(after) > LONGEST_TEXT:
        raise too_long()
    return short_text(text.replace(before, after))


def _split(value: Any, separator: Any = None) -> Any:
    """Divide a text at a separator, or at white space; what is empty is left out."""
    if isinstance(value, Undefined):
        return value
    parts = str(value).split(str(separator) if separator else None)
    return [part.strip() for part in parts if part.strip()]


def listed(things: Iterable[Any]) -> Iterable[Any]:
    """Return what a list has; InputError for a text, whose letters nobody means."""
    if isinstance(things, str):
        raise InputError(
            "A cell is text, and here a list is meant.",
            hint='Divide it: {% for child in children | split(",") %}',
        )
    return things


def _join(parts: Iterable[Any], separator: Any = "", last: Any = None) -> Any:
    """Join parts by a separator; `last` is what stands before the last of them (" and ")."""
    if isinstance(parts, Undefined):
        return parts
    texts: list[str] = []
    length = 0
    between = str(separator)
    for part in listed(parts):
        texts.append(str(part))
        length += len(texts[-1]) + len(between)
        if length > LONGEST_TEXT:
            raise too_long()
    if last is not None and len(texts) > 1:
        return short_text(f"{between.join(texts[:-1])}{last}{texts[-1]}")
    return between.join(texts)


def _number(value: Any, decimal: Any = "") -> int | float:
    return value if isinstance(value, int | float) else number(str(value), str(decimal))


def _thousands(value: Any, mark: Any = ",") -> Any:
    return value if isinstance(value, Undefined) else thousands(_number(value), str(mark))


def _first(value: Any) -> Any:
    if isinstance(value, Undefined):
        return value
    return next(iter(value), "")


def _last(value: Any) -> Any:
    if isinstance(value, Undefined):
        return value
    return value[-1] if value else ""


FILTERS: dict[str, Callable[..., Any]] = {
    "capitalize": _on_text(str.capitalize),
    "count": len,
    "default": do_default,
    "first": _first,
    "float": lambda value, decimal="": float(_number(value, decimal)),
    "int": lambda value, decimal="": int(_number(value, decimal)),
    "join": _join,
    "last": _last,
    "length": len,
    "lower": _on_text(str.lower),
    "replace": _replace,
    "split": _split,
    "thousands": _thousands,
    "title": _on_text(_title),
    "trim": _on_text(str.strip),
    "upper": _on_text(str.upper),
}

TESTS: dict[str, Callable[..., Any]] = {
    name: cast("Callable[..., Any]", _TESTS[name])
    for name in ("defined", "undefined", "divisibleby", "even", "odd", "in", "eq", "ne", "lt", "le",
                 "gt", "ge")
}  # fmt: skip
