"""What may be changed in a note that does not fit its card, as fields to take over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fairhand.errors import InputError
from fairhand.hand.hand import all_hands
from fairhand.job.advice import MOST_SUGGESTIONS, NoteTooLongError, Way
from fairhand.job.blanks_left import blanks_left, shown_fields
from fairhand.job.make import composed
from fairhand.note.language import language
from fairhand.note.read import note_of
from fairhand.stationery.catalogue import card

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fairhand.note.read import NoteFile


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to make a note fit: what it is called, and the fields that it changes.

    A field that is None is to be taken out.
    """

    title: str
    fields: Mapping[str, Any]


def for_the_eye(fields: Mapping[str, Any], file: Path) -> NoteFile:
    """Return a note to be seen only: blanks that are left stand in it by their names.

    InputError for what is wrong with it otherwise.
    """
    shown = shown_fields(fields, file) if blanks_left(fields) else fields
    return note_of(shown, file=str(file), with_blanks=True)


def remedies(fields: Mapping[str, Any], file: Path) -> tuple[Remedy, ...]:
    """Return what would make a note fit, the best first; nothing where it fits, or is wrong.

    It tries cards and hands, which takes up to a second.
    """
    try:
        source = for_the_eye(fields, file)
        composed(source)
    except NoteTooLongError as error:
        ways = error.ways
    except InputError:
        return ()
    else:
        return ()
    note = source.note
    region = language(note.language).region
    found = [_on_card(way, region) for way in ways.cards[:MOST_SUGGESTIONS]]
    for name in ways.hands:
        found.append(Remedy(f"Write it in {all_hands()[name].name}", {"hand": name}))
    sides: dict[str, Any] = {"front": None, "art": None}
    if ways.beside and _fits({**fields, **sides}, file):
        what = "words and art" if note.front and note.art else "words" if note.front else "art"
        found.append(Remedy(f"Take the {what} off the front, and write on both sides", sides))
    return tuple(found)


def _fits(fields: Mapping[str, Any], file: Path) -> bool:
    try:
        composed(for_the_eye(fields, file), with_advice=False)
    except InputError:
        return False
    return True


def _on_card(way: Way, region: str) -> Remedy:
    entry = card(way.card, region)
    fields = {"card": way.card, "layout": way.layout} if way.layout else {"card": way.card}
    return Remedy(f"Take the {entry.title}", fields)
