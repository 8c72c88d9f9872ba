"""JSON Lines, one array of objects, or objects one after the other; nested keys with a point.

{"name": "Ann", "address": {"city": "Boston"}} has the columns "name" and "address.city". In
JSON Lines a line that cannot be read costs its own row only.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO

from fairhand.errors import InputError, Place
from fairhand.merge.encoding import beginning, text_of
from fairhand.merge.form import LONGEST_LINE, Opened, checked_headers, trouble_of
from fairhand.merge.record import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fairhand.merge.form import Wishes
    from fairhand.merge.source import Source

_LOOKED_AT = 1_000
"""Entries whose keys make the columns; later ones may leave keys out but not bring new ones."""

_DEEPEST = 3
_BEGINS = re.compile(r'\s*(?:\{\s*["}]|\[\s*(?:\{|\]))')
_BETWEEN = re.compile(r"[\s,]*")
_Entry = tuple[int, dict[str, str], str]


def is_it(source: Source) -> bool:
    """Tell whether it begins with an object, or an array of them."""
    start = source.head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1]
    return start in (b"{", b"[") and bool(_BEGINS.match(beginning(source, None)))


def read(source: Source, wishes: Wishes, tell: Callable[[str], None]) -> Opened:
    """Open JSON; InputError where it is no JSON, and for entries that are no objects."""
    text = text_of(source, wishes.encoding, tell)
    line, first = 1, text.readline(LONGEST_LINE)
    while first and not first.strip():
        line, first = line + 1, text.readline(LONGEST_LINE)
    try:
        whole = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        whole = False
    entries = (_lines if whole else _values)(first, line, text, source.name)
    looked_at = list(islice(entries, _LOOKED_AT))
    keys = dict.fromkeys(key for _, cells, _ in looked_at for key in cells)
    headers = checked_headers([" ".join(key.split()) or "-" for key in keys], are_names=True)
    return Opened(headers, _rows(tuple(keys), headers, looked_at, entries))


def _rows(
    keys: tuple[str, ...], headers: tuple[str, ...], looked_at: list[_Entry],
    entries: Iterator[_Entry],
) -> Iterator[Row]:  # fmt: skip
    number = 0
    known = set(keys)
    looked_at.reverse()
    while True:
        entry = looked_at.pop() if looked_at else next(entries, None)
        if entry is None:
            return
        line, cells, trouble = entry
        if not trouble and not any(cells.values()):
            continue
        number += 1
        if not trouble and not known.issuperset(cells):
            key = next((key for key in cells if key not in known and cells[key]), "")
            if key:
                trouble = f'It has "{key}", which none of the first {_LOOKED_AT:,} entries has.'
        texts = [cells.get(key, "") for key in keys]
        trouble = trouble or trouble_of(headers, texts)
        yield Row(number, line, dict(zip(headers, texts, strict=True)), trouble)


def _lines(line: str, number: int, text: TextIO, file: str) -> Iterator[_Entry]:
    """Yield (line, cells, trouble) of JSON Lines."""
    while line:
        if len(line) >= LONGEST_LINE:
            raise _too_long(file, number)
        if line.strip():
            try:
                yield (number, *_flat(_parsed(line)))
            except (ValueError, RecursionError) as error:
                yield number, {}, _told(error)
        line = text.readline(LONGEST_LINE)
        number += 1


def _values(first: str, line: int, text: TextIO, file: str) -> Iterator[_Entry]:
    """Yield (line, cells, trouble) of an array, or of objects that run over several lines."""
    waiting = first.lstrip()
    in_array = waiting.startswith("[")
    waiting = waiting[1:] if in_array else waiting
    while True:
        between = _BETWEEN.match(waiting)
        end = between.end() if between else 0
        line += waiting.count("\n", 0, end)
        waiting = waiting[end:]
        if in_array and waiting.startswith("]"):
            return
        try:
            value, end = _DECODER.raw_decode(waiting) if waiting else (None, 0)
            # A number or a word may go on in what is not read yet.
            complete = end > 0 and (end < len(waiting) or isinstance(value, dict))
            error: Exception | None = None
        except (ValueError, RecursionError) as found:
            complete, error = False, found
        if complete:
            yield (line, *_flat(value))
            line += waiting.count("\n", 0, end)
            waiting = waiting[end:]
            continue
        if isinstance(error, _TwiceError):
            raise InputError(_told(error), place=Place(file, line))
        if len(waiting) >= LONGEST_LINE:
            # A fault in the midst of an entry looks like an entry that goes on.
            if isinstance(error, json.JSONDecodeError) and error.pos < len(waiting) // 2:
                line += waiting.count("\n", 0, error.pos)
                raise InputError(_told(error), place=Place(file, line))
            raise _too_long(file, line)
        more = text.read(LONGEST_LINE // 4)
        if not more:
            if waiting or in_array:
                told = _told(error) if waiting and error else "The array is never closed."
                raise InputError(told, place=Place(file, line))
            return
        waiting += more


def _too_long(file: str, line: int) -> InputError:
    return InputError(
        "One entry has more than a million characters, so this is no table of people.",
        place=Place(file, line),
    )


def _told(error: Exception | None) -> str:
    if isinstance(error, _TwiceError):
        return f'It has "{error.key}" twice.'
    if isinstance(error, json.JSONDecodeError):
        return f"This is not valid JSON ({error.msg[:1].lower()}{error.msg[1:]})."
    return "This is not valid JSON."


class _TwiceError(ValueError):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _TwiceError(next(key for key in found if keys.count(key) > 1))
    return found


# Numbers stay as they are written.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=lambda _: None
)


def _parsed(line: str) -> Any:
    return _DECODER.decode(line)


def _flat(value: Any) -> tuple[dict[str, str], str]:
    """Return the cells of one entry, and its trouble."""
    if not isinstance(value, dict):
        return {}, 'It is no object with names and values: {"name": "Ann"}.'
    cells: dict[str, str] = {}
    trouble = _put(cells, "", value, _DEEPEST)
    return cells, trouble


def _put(cells: dict[str, str], before: str, value: dict[str, Any], deepest: int) -> str:
    trouble = ""
    for key, inner in value.items():
        name = before + key
        if isinstance(inner, str):
            cells[name] = inner.strip()
        elif inner is None:
            cells[name] = ""
        elif isinstance(inner, bool):
            cells[name] = "true" if inner else "false"
        elif isinstance(inner, dict) and deepest > 1:
            trouble = _put(cells, f"{name}.", inner, deepest - 1) or trouble
        elif isinstance(inner, list) and all(isinstance(item, str) for item in inner):
            cells[name] = "\n".join(item.strip() for item in inner)
        else:
            trouble = f'"{name}" holds more than text, a number or lines of text.'
    return trouble
