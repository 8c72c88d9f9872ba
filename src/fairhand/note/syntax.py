"""TOML, YAML and JSON text to plain data, and the lines on which its keys stand.

All three refuse a key that is given twice and nesting that no note has; `null` says nothing.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from fairhand.catalog import load_toml
from fairhand.errors import InputError, Place

_MOST_NODES = 5_000
_DEEPEST = 20
_NOTHING = ("null", "~")


def from_toml(text: str) -> dict[str, Any]:
    """Return the data of TOML text; InputError with its line for what cannot be parsed."""
    try:
        return plain(load_toml(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else 0
        content = text.split("\n")[line - 1] if line else ""
        key = re.match(r"\s*([\w-]+)\s*=\s*(.*)", content)
        place = Place(line=line)
        if key and "overwrite" in str(error):
            raise given_twice(key[1], line) from None
        if key and key[1] == "date":
            raise InputError(
                f"The date {key[2]} is not a day in the calendar.",
                hint='Write it as date = "2026-11-22", or in words.',
                place=place,
            ) from None
        reason = str(error).split(" (at")[0]
        raise InputError(
            f"This is not valid TOML: {reason[0].lower()}{reason[1:]}.", place=place
        ) from None


def from_json(text: str) -> dict[str, Any]:
    """Return the data of JSON text; InputError with its line for what cannot be parsed."""
    try:
        data = json.loads(text, object_pairs_hook=_without_doubles)
    except json.JSONDecodeError as error:
        raise InputError(
            f"This is not valid JSON: {error.msg.lower()}.", place=Place(line=error.lineno)
        ) from None
    except InputError as error:
        standing = [
            number
            for number, line in enumerate(text.split("\n"), start=1)
            if f'"{error.field}"' in line
        ]
        raise error.at(Place(line=standing[1] if len(standing) > 1 else 0)) from None
    except (ValueError, RecursionError):
        raise InputError("This JSON holds a number or a nesting that no note has.") from None
    return plain(data)


def from_yaml(text: str) -> dict[str, Any]:
    """Return the data of YAML text; InputError with its line for what cannot be parsed.

    Scalars stay the text that was typed: "no" is Norwegian and 02035 keeps its zero.
    """
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise InputError(
            f"The settings cannot be read: {error.problem or 'bad YAML'}.",
            hint='Write each as "key: value"; put a value that holds a colon in quotes.',
            place=Place(line=line),
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):
        # PyYAML leaves an escape beyond Unicode ("\U00110000") to chr().
        raise InputError("The settings cannot be read as YAML.") from None
    return plain(_Tree().data(node, depth=0)) if node is not None else {}


def plain(data: object) -> dict[str, Any]:
    """Return a note's settings without what says nothing; InputError when they are none."""
    if not isinstance(data, Mapping):
        raise InputError(
            "The settings of a note must be a list of keys with values.",
            hint='Write each as "key: value", for example "hand: caveat".',
        )
    found: dict[str, Any] = _something(data, depth=0)
    return found


def given_twice(key: str, line: int = 0) -> InputError:
    """Return the error for a key that is given twice."""
    return InputError(
        f'"{key}" is given twice.',
        hint="Keep one of the two.",
        place=Place(line=line),
        field=key,
    )


def key_lines(text: str) -> dict[str, int]:
    """Return the line of each top-level key of YAML, TOML or JSON text, from 1."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        match = re.match(r'^[\s{,]*"?([A-Za-z_]+)"?\s*[:=]', line) or re.match(
            r"^\[([A-Za-z_]+)\]", line
        )
        if match:
            lines.setdefault(match[1], number)
    return lines


def _too_deep() -> InputError:
    return InputError("The settings are longer or more deeply nested than a note's.")


def _something(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise _too_deep()
    if isinstance(value, Mapping):
        return {k: _something(v, depth + 1) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [_something(child, depth + 1) for child in value if child is not None]
    return value


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise given_twice(key)
        result[key] = value
    return result


class _Tree:
    """Turns YAML nodes into data, refusing doubled keys and runaway aliases."""

    def __init__(self) -> None:
        self.seen = 0

    def data(self, node: yaml.Node, depth: int) -> Any:
        self.seen += 1
        if self.seen > _MOST_NODES or depth > _DEEPEST:
            raise _too_deep()
        if isinstance(node, yaml.MappingNode):
            result: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = str(self.data(key_node, depth + 1))
                if key in result:
                    raise given_twice(key, key_node.start_mark.line + 1)
                result[key] = self.data(value_node, depth + 1)
            return result
        if isinstance(node, yaml.SequenceNode):
            return [self.data(child, depth + 1) for child in node.value]
        quoted = getattr(node, "style", None)
        return None if node.value in _NOTHING and not quoted else node.value
