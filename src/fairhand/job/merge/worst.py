"""The worst cases of a merge, which a person looks at before paper is used, and a sample.

Chosen as the cards are made, so that any number of them needs no memory: each question keeps
the few that answer it best.
"""

from __future__ import annotations

from hashlib import blake2b
from heapq import heappush, heapreplace, nlargest
from typing import TYPE_CHECKING, Final, NamedTuple

from fairhand.merge.faults import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from fairhand.job.merge.order import CardFacts
    from fairhand.merge.record import Record

    _Answer = tuple[float, int, Record]

_SAMPLE = 6
_RARE_LETTERS = 3
_OF_A_KIND = 2
"""Rows that are shown of each kind of warning."""

_MESSAGES = 12
"""Messages of a kind whose rows are kept until it is known which of them are of rows at all."""

_MOST_RARE = 0.02
"""A letter is rare that no more than this share of the cards has."""


class _Question(NamedTuple):
    """What is asked of every card, and how many of the best answers are shown."""

    told: str
    score: Callable[[CardFacts], float]
    shown: int


_QUESTIONS: Final = (
    _Question("the longest", lambda card: card.words, 2),
    _Question("the shortest", lambda card: -card.words, 2),
    _Question("the most address lines", lambda card: card.address_lines, 1),
    _Question("the fewest address lines", lambda card: -card.address_lines, 1),
    _Question("the longest name", lambda card: len(card.name), 1),
    _Question("the smallest writing", lambda card: -card.x_height_mm, 1),
)


class Chosen(NamedTuple):
    """A row that a proof shows, and why."""

    record: Record
    why: tuple[str, ...]


class Worst:
    """Keeps the rows that a proof has to show."""

    def __init__(self) -> None:
        """Begin with no row."""
        self._best: list[list[_Answer]] = [[] for _ in _QUESTIONS]
        self._sample: list[_Answer] = []
        self._letters: dict[str, tuple[int, int, Record]] = {}
        self._warned: dict[Kind, dict[str, tuple[Record, ...]]] = {}
        self._cards = 0

    def warn(self, kind: Kind, message: str, records: Iterable[Record]) -> None:
        """Take in a warning that some rows with a card have."""
        messages = self._warned.setdefault(kind, {})
        known = messages.get(message, ())
        found = {one.row.number: one for one in (*known, *records)}
        messages[message] = tuple(found[row] for row in sorted(found)[:_OF_A_KIND])
        if len(messages) > _MESSAGES:
            del messages[max(messages, key=lambda one: messages[one][0].row.number)]

    def see(self, cards: Iterable[CardFacts], records: Mapping[int, Record]) -> None:
        """Take in some cards, and the records of their rows by number."""
        seen = list(cards)
        self._cards += len(seen)
        # Of equals the one that comes first in the table, in whichever order they are seen.
        for best, question in zip(self._best, _QUESTIONS, strict=True):
            answers = ((question.score(card), -card.row) for card in seen)
            for score, row in nlargest(question.shown, answers):
                _keep(best, question.shown, (score, row, records[-row]))
        for number, row in nlargest(_SAMPLE, ((_number(card), -card.row) for card in seen)):
            _keep(self._sample, _SAMPLE, (number, row, records[-row]))
        # Nearly all cards of a merge have the same letters.
        alike: dict[str, list[int]] = {}
        for card in seen:
            alike.setdefault(card.letters, []).append(card.row)
        for letters, rows in alike.items():
            least = min(rows)
            for letter in letters:
                count, row, first = self._letters.get(letter, (0, least, records[least]))
                if least < row:
                    row, first = least, records[least]
                self._letters[letter] = (count + len(rows), row, first)

    def chosen(self, messages: Container[str] = ()) -> list[Chosen]:
        """Return the rows to be shown, the worst first, each once with all its reasons.

        Rows that were warned of stand before all others; `messages` are those that rows were
        warned by.
        """
        why: dict[int, list[str]] = {}
        records: dict[int, Record] = {}

        def add(row: int, record: Record, reason: str) -> None:
            records[row] = record
            why.setdefault(row, []).append(reason)

        for kind in Kind:
            warned = self._warned.get(kind, {})
            of_kind = {one.row.number: one for message, some in warned.items()
                       if message in messages for one in some}  # fmt: skip
            for row in sorted(of_kind)[:_OF_A_KIND]:
                add(row, of_kind[row], kind.value)
        for best, question in zip(self._best, _QUESTIONS, strict=True):
            for _, row, record in sorted(best, reverse=True, key=lambda one: one[:2]):
                add(-row, record, question.told)
        for letter, (count, row, record) in sorted(
            self._letters.items(), key=lambda item: (item[1][0], item[1][1], item[0])
        )[:_RARE_LETTERS]:
            if count <= max(1, _MOST_RARE * self._cards):
                add(row, record, f'the rare letter "{letter}"')
        for _, row, record in sorted(self._sample, key=lambda one: -one[1]):
            add(-row, record, "a sample")
        return [
            Chosen(records[row], tuple(r for r in reasons if r != "a sample") or ("a sample",))
            for row, reasons in why.items()
        ]


def _number(card: CardFacts) -> float:
    """Return a number that is as good as drawn by lot, always the same for a card's key."""
    return -int.from_bytes(blake2b(card.key.encode(), digest_size=6).digest(), "big")


def _keep(best: list[_Answer], count: int, one: _Answer) -> None:
    """Keep the largest few; rows are all different, so that records are never compared."""
    if len(best) < count:
        heappush(best, one)
    elif one[:2] > best[0][:2]:
        heapreplace(best, one)
