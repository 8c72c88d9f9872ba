"""What is to be known of cards, and for how many of them: told once, or of the rows by name.

`fairhand write` tells a card's notices. What is alike for nearly all cards of a merge is told once
for all; anything else is a warning of its row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fairhand.job.merge.order import Noticed
from fairhand.merge.faults import KINDS, Fault, Kind
from fairhand.post.address_hand import is_for_machines
from fairhand.post.verdict import face_notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fairhand.job.make import Composed

_NEARLY_ALL: Final = 0.8
_MOST_NAMED: Final = 1000
"""Rows that are named for one notice; more of them are only counted, so that memory is bounded."""

_OF_TABLE = '"to": '
"""What a notice of an odd address begins with: the table's rows are looked at for these."""


def notices_of(card: Composed) -> Iterator[tuple[Kind, str]]:
    """Yield what is to be known of a card and its envelope; at business rates, as for a merge."""
    addresses = card.addresses
    face = ""
    if addresses:
        bulk = face_notice(addresses.post, addresses.hand, bulk=True)
        single = face_notice(addresses.post, addresses.hand)
        # Where "auto" leaves a hand that machines hardly read, no type has its letters either.
        if bulk != single:
            face = bulk
            yield Kind.NOTICE, bulk
    for notice in card.notices:
        if notice.startswith(_OF_TABLE) or (face and notice == single):
            continue
        if addresses and notice == addresses.doubt:
            yield Kind.BARCODE, notice
        elif addresses and notice == addresses.hand_said:
            yield Kind.OTHER_HAND, notice
        else:
            yield Kind.NOTICE, notice


def noticed(found: Iterable[tuple[int, Iterable[tuple[Kind, str]]]]) -> tuple[Noticed, ...]:
    """Return the notices of a volume's rows, each once with the rows that have it."""
    rows: dict[tuple[Kind, str], list[int]] = {}
    count = 0
    for row, notices in found:
        count += 1
        for notice in notices:
            rows.setdefault(notice, []).append(row)
    return tuple(
        Noticed(*notice, () if len(those) == count else tuple(those))
        for notice, those in rows.items()
    )


_Named = tuple[int, int, str]
"""A row's number, its line, and its person."""


@dataclass(slots=True)
class _Seen:
    count: int = 0
    rows: list[_Named] = field(default_factory=list)
    """The first rows that have it."""


class Tally:
    """Counts the notices of a merge as its volumes come."""

    def __init__(self) -> None:
        """Begin with none."""
        self._seen: dict[tuple[Kind, str], _Seen] = {}
        self._cards = 0

    def see(self, cards: Sequence[_Named], notices: Iterable[Noticed]) -> None:
        """Take in the cards of a volume, and their notices."""
        self._cards += len(cards)
        for kind, message, rows in notices:
            seen = self._seen.setdefault((kind, message), _Seen())
            seen.count += len(rows) or len(cards)
            if len(seen.rows) < _MOST_NAMED:
                chosen = set(rows)
                seen.rows += [card for card in cards if not chosen or card[0] in chosen]

    def told(self) -> tuple[list[str], list[Fault]]:
        """Return what is told once, and the warnings of rows."""
        once: list[str] = []
        faults: list[Fault] = []
        for (kind, message), seen in self._seen.items():
            if seen.count == self._cards:
                once.append(message)
            elif (
                seen.count >= _NEARLY_ALL * self._cards
                or seen.count > _MOST_NAMED
                # A code with an 8 is nothing odd about its row, and many have one.
                or is_for_machines(message)
            ):
                once.append(f"In {seen.count:,} of {self._cards:,} rows: {message}")
            else:
                what_to_do = KINDS[kind].what_to_do
                faults += [
                    Fault(row, line, kind, "", message, what_to_do, name)
                    for row, line, name in seen.rows
                ]
        return once, faults
