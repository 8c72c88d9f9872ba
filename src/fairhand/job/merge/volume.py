"""One volume: the cards of some hundred persons as finished files, or what keeps them from it."""

from __future__ import annotations

from functools import lru_cache, partial
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from fairhand.errors import FailureError
from fairhand.job.files import save
from fairhand.job.make import written
from fairhand.job.merge.journal import GOES_ON
from fairhand.job.merge.names import person_name, volume_name
from fairhand.job.merge.notices import noticed
from fairhand.job.merge.order import CardFacts, FileFacts, Order, Volume, VolumeMade
from fairhand.job.merge.own_files import own_files
from fairhand.job.merge.persons import persons
from fairhand.job.merge.streams import Stream, about_of, streams
from fairhand.output.pdf import pdf
from fairhand.write.hand_page import write_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from fairhand.job.make import Piece
    from fairhand.job.merge.order import PressWish
    from fairhand.job.merge.persons import Person, Ready
    from fairhand.job.merge.recipe import Recipe
    from fairhand.merge.faults import Fault

_OF_ONE = {"cards": "card", "envelopes": "envelope", "envelope-backs": "envelope-back"}
"""What a file of one person is called."""


_SET = 0.5
"""To set cards takes about this share of the time; the rest goes to writing and drawing them."""


class _File(NamedTuple):
    piece: str
    name: str
    pages: int
    data: bytes


Places = list[dict[str, tuple[int, int]]]
"""For each person and piece: the file's number among the volume's, and the page in it."""


def make_volume(
    recipe: Recipe, volume: Volume, folder: Path, within: Callable[[float], None] = lambda _: None
) -> VolumeMade:
    """Make a volume's files in a folder; nothing is written when it is only to be checked.

    `within` is told how much of it is done, from 0 to 1.

    FailureError when a file cannot be written.
    """
    order = recipe.order
    rows, faults = _ready(recipe, volume, within)
    is_bad = any(not fault.is_warning for fault in faults)
    if volume.check_only or not rows or (is_bad and not order.skip_bad):
        return VolumeMade(volume.number, (), (), tuple(faults))
    places: Places = [{} for _ in rows]
    files = _one_each(order, rows, places) if order.one_each else _together(
        order, volume.number, rows, places, within)  # fmt: skip
    _save(files, folder)
    facts = tuple(
        FileFacts(one.piece, one.name, one.pages, len(one.data), sha256(one.data).hexdigest())
        for one in files
    )
    cards = tuple(facts_of(one, order.keep, place) for one, place in zip(rows, places, strict=True))
    sources = [one.composed.source for one in rows]
    own = frozenset(path for one in sources for path in own_files(one.note, one.file))
    told = noticed((one.row.number, one.notices) for one in rows)
    return VolumeMade(volume.number, facts, cards, tuple(faults), own, told)


def _save(files: Sequence[_File], folder: Path) -> None:
    try:
        save({folder / file.name: file.data for file in files})
    except FailureError as error:
        raise FailureError(error.message, hint=GOES_ON) from None


def _ready(
    recipe: Recipe, volume: Volume, within: Callable[[float], None]
) -> tuple[list[Ready], list[Fault]]:
    """Return the rows that can be made, and what is wrong or odd with rows."""
    rows: list[Ready] = []
    faults: list[Fault] = []
    for number, record in enumerate(volume.records):
        within(_SET * number / len(volume.records))
        ready, found = recipe.ready(record)
        faults += found
        if ready:
            rows.append(ready)
    return rows, faults


def _together(
    order: Order, number: int, rows: Sequence[Ready], places: Places,
    within: Callable[[float], None],
) -> list[_File]:  # fmt: skip
    """Return the files of a volume that holds many persons; note where each of them stands."""
    found: list[_File] = []
    span = f"{rows[0].key} to {rows[-1].key}"
    labels = write_pages([one.label for one in rows if one.label])
    given = partial(_written, order, rows, within)
    for stream in streams(order, given, labels, is_first=number == 1):
        title = f"{stream.piece.replace('-', ' ').capitalize()}, {span}"
        name = volume_name(stream.piece, number, order.suffix)
        found += _file(order, rows[0], stream, name, title)
        _note(places, stream, len(found) - 1)
    return found


def _one_each(order: Order, rows: Sequence[Ready], places: Places) -> list[_File]:
    """Return files of their own for all persons; note where each of them stands."""
    found: list[_File] = []
    for place, person in zip(places, persons(rows), strict=True):
        one = person.ready
        for stream in streams(order, partial(_all_of, person), (), is_first=True):
            piece = _OF_ONE[stream.piece]
            title = f"{piece.replace('-', ' ').capitalize()} {one.key}"
            name = person_name(one.key, one.name, piece, order.suffix_of_one)
            found += _file(order, one, stream, name, title)
            _note([place], stream, len(found) - 1)
    return found


def _written(
    order: Order, rows: Sequence[Ready], within: Callable[[float], None], piece: Piece
) -> Iterator[Person]:
    """Yield the persons with a piece of theirs; those on sheets are turned with the sheets."""
    on_sheets = piece == "card" and order.on
    turned = rows[::-1] if order.reverse and not on_sheets else rows
    for number, person in enumerate(persons(turned, piece)):
        # Cards take most of the time, and come first; of the rest nobody has to wait for long.
        if piece == "card":
            within(_SET + (1 - _SET) * number / len(rows))
        yield person


def _all_of(person: Person, _: Piece) -> tuple[Person]:
    return (person,)


def _file(order: Order, first: Ready, stream: Stream, name: str, title: str) -> list[_File]:
    """Return a stream's file, or none where it has no pages; labels go on no press."""
    pages = iter(stream)
    page = next(pages, None)
    if page is None:
        return []
    at_home = stream.piece == "labels"
    about = about_of(order, first.composed, title, at_home=at_home)
    data = pdf(chain((page,), pages), about)
    if order.press and not at_home:
        _refuse_unfit(order.press, first, data)
    return [_File(stream.piece, name, stream.count, data)]


def _note(places: Sequence[dict[str, tuple[int, int]]], stream: Stream, file: int) -> None:
    for place, page in zip(places, stream.at, strict=True):
        if page:
            place[stream.piece] = (file, page)


def _refuse_unfit(press: PressWish, first: Ready, data: bytes) -> None:
    """Raise FailureError when a file for a press is not fit for it."""
    # Slow to load, and wanted for a press only.
    from fairhand.job.press import refuse_faults, wanted_of
    from fairhand.press.preflight.run import preflight

    (made,) = written([first.composed])
    chosen = press.chosen(made.composed.card.region)
    refuse_faults(preflight(data, wanted_of(made, chosen)), made)


def facts_of(ready: Ready, keep: Sequence[str], places: dict[str, tuple[int, int]]) -> CardFacts:
    """Return what is known of a card that is set, and where its pieces stand in the files."""
    note = ready.composed.source.note
    fields = ready.record.fields
    blocks = [_block(text) for text in note.blocks]
    return CardFacts(
        ready.row.number,
        ready.row.line,
        ready.key,
        ready.name,
        sum(count for count, _ in blocks),
        len(note.to.lines) if note.to else 0,
        ready.composed.card.x_height_mm,
        "".join(sorted(frozenset[str]().union(*(letters for _, letters in blocks)))),
        (fields.get("postcode", ""), fields.get("country", ""), note.imb),
        tuple(ready.row.cells.get(column, "") for column in keep),
        places,
    )


@lru_cache(maxsize=256)
def _block(text: str) -> tuple[int, frozenset[str]]:
    """Return the number of a text's words, and its letters."""
    words = text.split()
    return len(words), frozenset("".join(words))
