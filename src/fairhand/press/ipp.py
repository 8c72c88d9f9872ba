"""The Internet Printing Protocol's messages: attributes to bytes and back.

RFC 8010 (encoding) and RFC 8011 (model). Values are Python's own where one kind of theirs means
one kind of IPP's: `Tagged` says which one is meant where it does not. Pure functions; nothing is
sent here.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from fairhand.errors import FailureError

# Delimiter tags (RFC 8010 section 3.5.1).
OPERATION, JOB, END, PRINTER, UNSUPPORTED = 0x01, 0x02, 0x03, 0x04, 0x05

# Value tags (section 3.5.2).
INTEGER, BOOLEAN, ENUM = 0x21, 0x22, 0x23
OCTETS, DATE_TIME, RESOLUTION, RANGE = 0x30, 0x31, 0x32, 0x33
BEGIN_COLLECTION, TEXT_WITH_LANGUAGE, NAME_WITH_LANGUAGE, END_COLLECTION = 0x34, 0x35, 0x36, 0x37
TEXT, NAME, KEYWORD, URI, URI_SCHEME, CHARSET, LANGUAGE, MIME, MEMBER = (
    0x41, 0x42, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A,
)  # fmt: skip
_OUT_OF_BAND = range(0x10, 0x20)
_STRINGS = (TEXT, NAME, KEYWORD, URI, URI_SCHEME, CHARSET, LANGUAGE, MIME)
_MOST_VALUES = 200_000
_DEEPEST = 8

VERSION: Final = (2, 0)


class Tagged(NamedTuple):
    """A value and which kind of IPP's it is: Tagged(NAME, "card")."""

    tag: int
    value: Any


class Range(NamedTuple):
    """A range of whole numbers, both ends in it (rangeOfInteger)."""

    low: int
    high: int


class Resolution(NamedTuple):
    """Dots across and along, and their unit: 3 for an inch, 4 for a centimetre."""

    across: int
    along: int
    unit: int


Attributes = dict[str, Any]
"""Attributes by name: a value, or a list of several; a dict is a collection."""


@dataclass(frozen=True, slots=True)
class Message:
    """A request or a response: `code` is the operation, or the status of a response.

    `groups` are pairs of a delimiter tag and the attributes of the group.
    """

    code: int
    number: int
    groups: tuple[tuple[int, Attributes], ...]
    version: tuple[int, int] = VERSION
    data: bytes = field(default=b"", repr=False)

    def attributes(self, tag: int) -> Attributes:
        """Return the attributes of the first group of a kind; none when there is no such group."""
        return next((found for kind, found in self.groups if kind == tag), {})

    def all_attributes(self, tag: int) -> list[Attributes]:
        """Return the attributes of every group of a kind."""
        return [found for kind, found in self.groups if kind == tag]


def not_ipp() -> FailureError:
    """Return what to say of an answer that is not a message of the protocol."""
    return FailureError(
        "The printer answered with something that is no IPP.",
        hint="Check its address: most are ipp://NAME:631/ipp/print.",
    )


def encoded(message: Message) -> bytes:
    """Return a message as it goes over the wire (RFC 8010 section 3.1)."""
    parts = [struct.pack(">bbhi", *message.version, message.code, message.number)]
    for tag, attributes in message.groups:
        parts.append(bytes([tag]))
        for name, value in attributes.items():
            parts += _attribute(name, value)
    return b"".join(parts) + bytes([END]) + message.data


def _attribute(name: str, value: Any) -> list[bytes]:
    values = value if isinstance(value, list) else [value]
    parts = []
    for index, one in enumerate(values):
        parts += _value("" if index else name, one)
    return parts


def _value(name: str, value: Any) -> list[bytes]:
    if isinstance(value, dict):
        parts = [_field(BEGIN_COLLECTION, name, b"")]
        for member, one in value.items():
            parts.append(_field(MEMBER, "", member.encode()))
            for entry in one if isinstance(one, list) else [one]:
                parts += _value("", entry)
        return [*parts, _field(END_COLLECTION, "", b"")]
    tag, plain = value if isinstance(value, Tagged) else (_tag_of(value), value)
    return [_field(tag, name, _octets(tag, plain))]


def _tag_of(value: Any) -> int:
    match value:
        case bool():
            return BOOLEAN
        case int():
            return INTEGER
        case Range():
            return RANGE
        case Resolution():
            return RESOLUTION
        case bytes():
            return OCTETS
        case str():
            return KEYWORD
    raise TypeError(f"IPP has no kind for {type(value).__name__}")


def _octets(tag: int, value: Any) -> bytes:
    if tag in _OUT_OF_BAND:
        return b""
    match tag:
        case 0x22:
            return b"\x01" if value else b"\x00"
        case 0x21 | 0x23:
            return struct.pack(">i", value)
        case 0x33:
            return struct.pack(">ii", *value)
        case 0x32:
            return struct.pack(">iib", *value)
    return value if isinstance(value, bytes) else str(value).encode()


def _field(tag: int, name: str, value: bytes) -> bytes:
    raw = name.encode()
    return (
        struct.pack(">bh", tag, len(raw)) + raw + struct.pack(">h", len(value)) + value
    )  # fmt: skip


def decoded(data: bytes) -> Message:
    """Return the message of some bytes; FailureError when they are none or are cut short."""
    try:
        major, minor, code, number = struct.unpack(">bbhi", data[:8])
        reader = _Reader(data, 8)
        groups = tuple(reader.groups())
    except (struct.error, IndexError, UnicodeDecodeError, ValueError):
        raise not_ipp() from None
    return Message(code & 0xFFFF, number, groups, (major, minor), data[reader.at :])


class _Reader:
    """Reads attributes one field after the other; ValueError where they are no attributes."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data = data
        self.at = at
        self._count = 0

    def groups(self) -> Any:
        tag = self.data[self.at]
        self.at += 1
        while tag != END:
            if tag >= 0x10:
                raise ValueError("a value outside of any group")
            attributes: Attributes = {}
            last = ""
            while self.data[self.at] >= 0x10:
                kind, name, raw = self._field()
                value = self._read(kind, raw, 0)
                if name:
                    last = name
                    attributes[name] = value
                elif last:
                    _add(attributes, last, value)
                else:
                    raise ValueError("a value without a name")
            yield tag, attributes
            tag = self.data[self.at]
            self.at += 1

    def _field(self) -> tuple[int, str, bytes]:
        self._count += 1
        if self._count > _MOST_VALUES:
            raise ValueError("too many values")
        tag = self.data[self.at]
        self.at += 1
        name = self._sized().decode()
        return tag, name, self._sized()

    def _sized(self) -> bytes:
        (length,) = struct.unpack(">H", self.data[self.at : self.at + 2])
        start = self.at + 2
        if length > 0x7FFF or start + length > len(self.data):
            raise ValueError("cut short")
        self.at = start + length
        return self.data[start : self.at]

    def _read(self, tag: int, raw: bytes, depth: int) -> Any:
        if tag == BEGIN_COLLECTION:
            return self._collection(depth + 1)
        return _python(tag, raw)

    def _collection(self, depth: int) -> Attributes:
        if depth > _DEEPEST:
            raise ValueError("collections in collections")
        members: Attributes = {}
        name = ""
        while True:
            tag, _, raw = self._field()
            if tag == END_COLLECTION:
                return members
            if tag == MEMBER:
                name = raw.decode()
                continue
            value = self._read(tag, raw, depth)
            if name in members:
                _add(members, name, value)
            else:
                members[name] = value


def _add(attributes: Attributes, name: str, value: Any) -> None:
    if isinstance(attributes[name], list):
        attributes[name].append(value)
    else:
        attributes[name] = [attributes[name], value]


def _python(tag: int, raw: bytes) -> Any:
    if tag in _OUT_OF_BAND:
        return None
    if tag in (INTEGER, ENUM):
        return struct.unpack(">i", raw)[0]
    if tag == BOOLEAN:
        return raw != b"\x00"
    if tag == RANGE:
        return Range(*struct.unpack(">ii", raw))
    if tag == RESOLUTION:
        return Resolution(*struct.unpack(">iib", raw))
    if tag in (TEXT_WITH_LANGUAGE, NAME_WITH_LANGUAGE):
        (length,) = struct.unpack(">H", raw[:2])
        return raw[4 + length :].decode("utf-8", "replace")
    if tag in _STRINGS:
        return raw.decode("utf-8", "replace")
    return raw
