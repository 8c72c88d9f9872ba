"""One volume: the cards of some hundred persons as finished files, or what keeps them from it."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from fairhand.errors import FailureError
from fairhand.job.files import save
from fairhand.job.merge.journal import GOES_ON
from fairhand.job.merge.names import person_name, volume_name
from fairhand.job.merge.notices import noticed
from fairhand.job.merge.order import CardFacts, FileFacts, Order, Volume, VolumeMade
from fairhand.job.merge.own_files import own_files
from fairhand.job.merge.streams import Person, Stream, about_of, streams
from fairhand.output.pdf import pdf

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fairhand.job.merge.recipe import Ready, Recipe
    from fairhand.merge.faults import Fault

_OF_ONE = {"cards": "card", "envelopes": "envelope", "envelope-backs": "envelope-back"}
"""What a file of one person is called."""


class _File(NamedTuple):
    piece: str
    name: str
    pages: int
    data: bytes


Places = list[dict[str, tuple[int, int]]]
"""For each person and piece: the file's number among the volume's, and the page in it."""


def make_volume(recipe: Recipe, volume: Volume, folder: Path) -> VolumeMade:
    """Make a volume's files in a folder; nothing is written when it is only to be checked.

    FailureError when a file cannot be written.
    """
    order = recipe.order
    rows, faults = _ready(recipe, volume)
    is_bad = any(not fault.is_warning for fault in faults)
    if volume.check_only or not rows or (is_bad and not order.skip_bad):
        return VolumeMade(volume.number, (), (), tuple(faults))
    persons = recipe.persons(rows)
    places: Places = [{} for _ in persons]
    files = _one_each(order, persons, places) if order.one_each else _together(
        order, volume.number, persons, places)  # fmt: skip
    _save(files, folder)
    facts = tuple(
        FileFacts(one.piece, one.name, one.pages, len(one.data), sha256(one.data).hexdigest())
        for one in files
    )
    cards = tuple(_facts(one, place) for one, place in zip(persons, places, strict=True))
    sources = [person.made.source for person in persons]
    own = frozenset(path for one in sources for path in own_files(one.note, one.file))
    told = noticed((one.row.number, one.notices) for one in rows)
    return VolumeMade(volume.number, facts, cards, tuple(faults), own, told)


def _save(files: Sequence[_File], folder: Path) -> None:
    try:
        save({folder / file.name: file.data for file in files})
    except FailureError as error:
        raise FailureError(error.message, hint=GOES_ON) from None


def _ready(recipe: Recipe, volume: Volume) -> tuple[list[Ready], list[Fault]]:
    """Return the rows that can be made, and what is wrong or odd with rows."""
    rows: list[Ready] = []
    faults: list[Fault] = []
    for record in volume.records:
        ready, found = recipe.ready(record)
        faults += found
        if ready:
            rows.append(ready)
    return rows, faults


def _together(order: Order, number: int, persons: Sequence[Person], places: Places) -> list[_File]:
    """Return the files of a volume that holds many persons; note where each of them stands."""
    found: list[_File] = []
    span = f"{persons[0].key} to {persons[-1].key}"
    for stream in streams(order, persons, is_first=number == 1):
        if not stream.pages:
            continue
        _note(places, stream, len(found))
        title = f"{stream.piece.replace('-', ' ').capitalize()}, {span}"
        data = _pdf_of(order, persons, stream, title)
        name = volume_name(stream.piece, number, order.suffix)
        found.append(_File(stream.piece, name, len(stream.pages), data))
    return found


def _one_each(order: Order, persons: Sequence[Person], places: Places) -> list[_File]:
    """Return files of their own for all persons; note where each of them stands."""
    found: list[_File] = []
    for index, person in enumerate(persons):
        for stream in streams(order, [person], is_first=True):
            if not stream.pages:
                continue
            _note(places[index : index + 1], stream, len(found))
            piece = _OF_ONE[stream.piece]
            title = f"{piece.replace('-', ' ').capitalize()} {person.key}"
            data = _pdf_of(order, [person], stream, title)
            suffix = ".press" if order.press else ""
            name = person_name(person.key, person.name, piece, suffix)
            found.append(_File(stream.piece, name, len(stream.pages), data))
    return found


def _note(places: Sequence[dict[str, tuple[int, int]]], stream: Stream, file: int) -> None:
    for place, page in zip(places, stream.at, strict=True):
        if page:
            place[stream.piece] = (file, page)


def _pdf_of(order: Order, persons: Sequence[Person], stream: Stream, title: str) -> bytes:
    """Return a stream's file; one for a press has been looked through. Labels go on no press.

    FailureError when it is not fit for a press.
    """
    makes = [person.made for person in persons]
    at_home = stream.piece == "labels"
    data = pdf(stream.pages, about_of(order, makes[0], title, at_home=at_home))
    if order.press and not at_home:
        # Slow to load, and wanted for a press only.
        from fairhand.job.press import refuse_faults, wanted_of
        from fairhand.press.preflight.run import preflight

        chosen = order.press.chosen(makes[0].composed.card.region)
        refuse_faults(preflight(data, wanted_of(makes[0], chosen)), makes[0])
    return data


def _facts(person: Person, places: dict[str, tuple[int, int]]) -> CardFacts:
    note = person.made.source.note
    blocks = [_block(text) for text in note.blocks]
    return CardFacts(
        person.row.number,
        person.row.line,
        person.key,
        person.name,
        sum(count for count, _ in blocks),
        len(note.to.lines) if note.to else 0,
        person.made.composed.x_height_mm,
        "".join(sorted(frozenset[str]().union(*(letters for _, letters in blocks)))),
        places,
    )


@lru_cache(maxsize=256)
def _block(text: str) -> tuple[int, frozenset[str]]:
    """Return the number of a text's words, and its letters."""
    words = text.split()
    return len(words), frozenset("".join(words))
