"""Settings written as YAML, so that a person can read and change them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fairhand.errors import InputError
from fairhand.note.text import normalise

_PLAIN = re.compile(r"[A-Za-z0-9./(][\w .,'/()+-]*")
"""What needs no quotes: no colon, no number sign, no brackets, nothing that YAML means."""

_NUMBER = re.compile(r"-?\d[\d.]*(e[+-]?\d+)?")
_NOTHING = ("null", "~")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n"}


def front_matter(settings: Mapping[str, Any]) -> str:
    """Return settings as YAML, a line or a block each; "" for none."""
    return "".join(f"{_key(key)}:{_value(value, 0)}\n" for key, value in settings.items())


def without_loss(settings: Mapping[str, Any]) -> str:
    """Return settings as YAML in which every text is quoted and every sign beyond ASCII escaped."""
    return "".join(f"{quoted(key)}: {_flow(value)}\n" for key, value in settings.items())


def quoted(text: str, *, ascii_only: bool = True) -> str:
    """Return a text in double quotes (YAML 1.2, section 7.3.1), on one line."""
    escaped = "".join(_escaped(character, ascii_only=ascii_only) for character in text)
    # Comments are taken out before anything else is read.
    return f'"{escaped}"'.replace("<!", "\\x3c!")


def _escaped(character: str, *, ascii_only: bool) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable() and (character.isascii() or not ascii_only):
        return character
    code = ord(character)
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}"


def _key(key: str) -> str:
    return key if re.fullmatch(r"[a-z][a-z_]*", key) and key not in _NOTHING else quoted(key)


def _value(value: Any, depth: int) -> str:
    """Return a value with what parts it from its key."""
    inside = "  " * (depth + 1)
    if isinstance(value, Mapping):
        if list(value) == ["file"] and isinstance(value["file"], str):
            return _value(value["file"], depth)
        lines = (f"{inside}{_key(key)}:{_value(child, depth + 1)}" for key, child in value.items())
        return "".join(f"\n{line}" for line in lines)
    if isinstance(value, list):
        return f" {_flow(value)}"
    if isinstance(value, str) and "\n" in value and _is_block(value):
        lines = (f"\n{inside}{line}" if line else "\n" for line in value.split("\n"))
        return " |" + "".join(lines)
    return f" {_scalar(value)}"


def _is_block(text: str) -> bool:
    """Tell whether the lines of a text come through as they stand (YAML 1.2, section 8.1.2)."""
    return (
        _is_stable(text)
        and "<!--" not in text
        and not text.startswith(("\n", " "))
        and not text.endswith("\n")
        and all(line == line.rstrip() and line.isprintable() for line in text.split("\n"))
    )


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    is_plain = _PLAIN.fullmatch(value) or _NUMBER.fullmatch(value)
    if is_plain and value == value.strip() and value not in _NOTHING:
        return value
    return quoted(value, ascii_only=not _is_stable(value))


def _is_stable(text: str) -> bool:
    """Tell whether a file may hold a text as it is: reading changes none of its characters."""
    try:
        return normalise(text) == text
    except InputError:
        return False


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{quoted(key)}: {_flow(child)}' for key, child in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return quoted(value) if isinstance(value, str) else _scalar(value)
