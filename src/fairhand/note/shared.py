"""Notes that have most of their fields in common: each is checked once, not in every note.

The notes of a merge differ in a name and an address. What a field may hold does not depend on
the others, so a note whose fields are all known to be right is put together of them. One with
anything else in it goes the whole way (`read.noted`), and is told what is wrong as any note is.
"""

from __future__ import annotations

import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from fairhand.catalog import Model
from fairhand.errors import InputError
from fairhand.note.blanks import may_have_blanks
from fairhand.note.kinds import LONGEST_LINE, short
from fairhand.note.model import Note, Party
from fairhand.note.read import LONGEST_NOTE, NoteFile, blanks_in, noted, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS = ("salutation", "paragraphs", "valediction", "postscript")
"""A note has one of these at least."""

_LINES = ("place", "salutation", "valediction", "imprint")
_PARTY_LINES = ("name", "organisation", "care_of", "district", "city", "region", "country")
"""Fields that are one line of text, and nothing else is asked of them."""

_ATTRIBUTES = {"from": "from_"}
_PARTIES = ("to", "from")


class _OtherError(Exception):
    """A note has to go the whole way."""


class _Field(NamedTuple):
    """A field that is right: its value, and with how many characters it was given."""

    value: Any
    length: int


class _Pairs(tuple[tuple[str, object], ...]):
    """A table's keys and values, which a cache can tell from a list."""

    __slots__ = ()


def shared_note(
    fields: Mapping[str, Any], lines: Mapping[str, int], text: str, file: str
) -> NoteFile:
    """Check a note as `read.noted` does, with the same result and the same errors."""
    try:
        note = _put_together(fields)
    except (ValidationError, InputError, _OtherError):
        return noted(fields, lines, text, "", file, {})
    return NoteFile(note, file, text, lines)


def _put_together(fields: Mapping[str, Any]) -> Note:
    found: dict[str, Any] = {}
    length = 0
    for field, given in fields.items():
        key = "from" if field == "from_" else field
        name = _ATTRIBUTES.get(key, key)
        if name in found:
            raise _OtherError
        if key in _LINES and is_plain(given):
            value, characters = given, len(given)
        elif key in _PARTIES and isinstance(given, dict):
            value, characters = _party(given)
        else:
            value, characters = _of_note(key, _frozen(given))
        found[name] = value
        length += characters
    if length > LONGEST_NOTE or not any(map(found.get, _WORDS)):
        raise _OtherError
    note: Note = _without_fields(Note).model_copy(update=found)
    return note


def _party(given: Mapping[str, Any]) -> _Field:
    found: dict[str, Any] = {}
    length = 0
    for key, text in given.items():
        if key in _PARTY_LINES and is_plain(text):
            found[key], characters = text, len(text)
        elif key == "address" and isinstance(text, list) and all(text) and all(map(is_plain, text)):
            found[key], characters = tuple(text), sum(map(len, text))
        else:
            found[key], characters = _of_party(key, _frozen(text))
        length += characters
    party = _without_fields(Party).model_copy(update=found)
    short("\n".join(party.lines))
    return _Field(party, length)


def is_plain(text: object) -> bool:
    """Tell whether a text is one that any field of one line holds as it is: most names are."""
    return (
        type(text) is str
        and text.isascii()
        and text.isprintable()
        and len(text) <= LONGEST_LINE
        and " ".join(text.split()) == text
        and not may_have_blanks(text)
    )


@lru_cache(maxsize=1024, typed=True)
def _of_note(key: str, frozen: object) -> _Field:
    given = _thawed(frozen)
    beside = {"valediction" if key == "salutation" else "salutation": "x"}
    return _checked(Note, key, given, {key: given}, beside)


@lru_cache(maxsize=1024, typed=True)
def _of_party(key: str, frozen: object) -> _Field:
    given = _thawed(frozen)
    return _checked(Party, key, given, {"to": given}, {})


def _checked(
    model: type[Model], key: str, given: object, written: dict[str, Any], beside: dict[str, Any]
) -> _Field:
    if blanks_in(written, {}, ""):
        raise _OtherError
    made = model.model_validate({**beside, key: given})
    return _Field(getattr(made, _ATTRIBUTES.get(key, key)), sum(map(len, texts_of(given))))


def _frozen(given: object) -> object:
    """Return a value as a cache can keep it, if there is only text in it."""
    if isinstance(given, str | bool | int | float | datetime.date | Model):
        return given
    if isinstance(given, list | tuple) and all(type(one) is str for one in given):
        return tuple(given)
    if isinstance(given, dict) and all(type(one) is str for pair in given.items() for one in pair):
        return _Pairs(given.items())
    raise _OtherError


def _thawed(frozen: object) -> object:
    if isinstance(frozen, _Pairs):
        return dict(frozen)
    return list(frozen) if isinstance(frozen, tuple) else frozen


@cache
def _without_fields(model: type[Any]) -> Any:
    """Return a model of which nothing is given, to be copied."""
    return model.model_construct()
